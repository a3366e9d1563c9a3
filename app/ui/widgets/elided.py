"""A label that is cut with an ellipsis where there is no room; the whole text is its tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import font, px, theme


class ElidedLabel(QWidget):
    """One line in a font role and a colour token."""

    def __init__(
        self, text: str = "", role: str = "body", tone: str = "text",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:  # fmt: skip
        """``mode`` says where the text is cut."""
        super().__init__()
        self._text, self._role, self._tone, self._mode = text, role, tone, mode
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)
        theme.changed.connect(self.updateGeometry)

    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def setText(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()
        self._explain()

    def sizeHint(self) -> QSize:
        """Return the size of the whole text."""
        metrics = QFontMetrics(font(self._role))
        return QSize(metrics.horizontalAdvance(self._text) + px(2), metrics.height() + px(2))

    def minimumSizeHint(self) -> QSize:
        """Return the width of a few letters."""
        return QSize(min(self.sizeHint().width(), px(48)), self.sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        """Explain in the tooltip what is cut."""
        self._explain()

    def paintEvent(self, event: object) -> None:
        """Paint the text."""
        painter = QPainter(self)
        painter.setFont(font(self._role))
        painter.setPen(theme.token(self._tone if self.isEnabled() else "off"))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(self._text, self._mode, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)

    def _explain(self) -> None:
        self.setToolTip(self._text if self.sizeHint().width() > self.width() else "")
