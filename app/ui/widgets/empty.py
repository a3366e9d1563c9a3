"""Empty views: what belongs here and the next step."""

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.theme import icon as theme_icon
from app.ui.theme import paint_icon, px, theme
from app.ui.widgets.layout import button, clear, label, tight

TEXT_WIDTH = 360


class IconDisc(QWidget):
    """An icon in a disc of 44 px."""

    def __init__(self, icon: str) -> None:
        """``icon`` is the name of a Lucide icon."""
        super().__init__()
        self._icon = icon
        self._trim()
        theme.changed.connect(self._trim)

    def show_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def paintEvent(self, event: object) -> None:
        """Paint disc and icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.token("hover"))
        painter.drawEllipse(self.rect())
        side = px(20)
        glyph = QRectF(0, 0, side, side)
        glyph.moveCenter(QRectF(self.rect()).center())
        paint_icon(painter, glyph, self._icon, "text_2")

    def _trim(self) -> None:
        self.setFixedSize(QSize(px(44), px(44)))


class EmptyView(QWidget):
    """Icon, heading, one sentence, one or two buttons, in the middle of a view.

    ``actions`` are (text, callable) or (text, callable, icon name); the first is primary where
    ``primary`` is true, a last one beyond the first is quiet.
    """

    def __init__(
        self,
        icon: str,
        heading: str,
        sentence: str,
        actions: Sequence[tuple[object, ...]] = (),
        *,
        primary: bool = False,
    ) -> None:
        """Build it; ``show_message`` changes all of it."""
        super().__init__()
        self._disc = IconDisc(icon)
        self._heading = label("", "heading")
        self._sentence = label("", "body", "text_2", wrap=True)
        self._heading.setWordWrap(True)
        self._heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._buttons = tight(QHBoxLayout(), 8)
        column = tight(QVBoxLayout(self), 0, (16, 16, 16, 16))
        column.addStretch(2)
        column.addWidget(self._disc, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(px(12))
        column.addWidget(self._heading, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(px(4))
        column.addWidget(self._sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(px(16))
        column.addLayout(self._buttons)
        column.addStretch(3)
        self.show_message(icon, heading, sentence, actions, primary=primary)
        self._trim()
        theme.changed.connect(self._trim)

    def show_message(
        self,
        icon: str,
        heading: str,
        sentence: str,
        actions: Sequence[tuple[object, ...]] = (),
        *,
        primary: bool = False,
    ) -> None:
        """Say something else."""
        self._disc.show_icon(icon)
        self._heading.setText(heading)
        self._sentence.setText(sentence)
        self._trim()
        clear(self._buttons)
        self._buttons.addStretch(1)
        for index, action in enumerate(actions):
            self._buttons.addWidget(self._make(action, index, primary))
        self._buttons.addStretch(1)

    def buttons(self) -> list[QPushButton]:
        """Return the buttons, left to right."""
        items = [self._buttons.itemAt(index) for index in range(self._buttons.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, QPushButton)]

    def resizeEvent(self, event: object) -> None:
        """Keep the sentence inside; where it is low, the disc makes room for the words."""
        self._trim()

    def showEvent(self, event: object) -> None:
        """Measure now that there is a size."""
        self._trim()

    def _make(self, action: tuple[object, ...], index: int, primary: bool) -> QPushButton:
        look = "primary" if primary and index == 0 else ""
        name = str(action[2]) if len(action) > 2 else ""
        token = "on_accent" if look else "text_2"
        made = button(str(action[0]), look, icon=theme_icon(name, token) if name else None)
        act = cast("Callable[[], object]", action[1])
        made.clicked.connect(lambda _checked=False: act())
        return made

    def _trim(self) -> None:
        # Centred in its column a label is asked for its height without its width.
        room = self.width() - px(32) if self.isVisible() else px(TEXT_WIDTH)
        width = min(px(TEXT_WIDTH), max(px(120), room))
        self._sentence.setMinimumHeight(0)
        self._sentence.setFixedWidth(width)
        self._sentence.setMinimumHeight(max(0, self._sentence.heightForWidth(width)))
        self._disc.setVisible(not self.isVisible() or self.height() >= px(230))
