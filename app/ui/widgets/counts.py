"""Small painted things: counts that are doors, key caps, tags, people, directions."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.theme import (
    font,
    key_cap_size,
    paint_key_cap,
    paint_person,
    paint_tag,
    paint_valence,
    px,
    tag_size,
    theme,
)


class CountLabel(QAbstractButton):
    """A number as a door: looks like text, underlined on pointing, ``clicked`` opens it."""

    def __init__(self, text: str = "–", *, role: str = "body", tone: str = "text") -> None:
        """``text`` may hold its unit ("27 studies"); figures are tabular."""
        super().__init__()
        self._role, self._tone = role, tone
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_count(self, text: str) -> None:
        """Show another number."""
        self.setText(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size of the text, at least 24 px high as every target."""
        metrics = QFontMetrics(font(self._role, tabular=True))
        width = metrics.horizontalAdvance(self.text()) + 1
        return QSize(max(width, px(24)), max(metrics.height(), px(24)))

    def paintEvent(self, event: object) -> None:
        """Paint the number, underlined under the pointer and with the focus."""
        painter = QPainter(self)
        if self.hasFocus():
            painter.fillRect(self.rect(), theme.token("tint"))
        shown = font(self._role, tabular=True)
        pointed = self.isEnabled() and (self.underMouse() or self.hasFocus())
        shown.setUnderline(pointed)
        painter.setFont(shown)
        painter.setPen(theme.token("accent" if pointed else self._tone))
        painter.drawText(
            self.rect(),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            self.text(),
        )
        if self.hasFocus():
            painter.setPen(QPen(theme.token("accent"), 2))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class _Painted(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)


class KeyCap(_Painted):
    """One key ("K") or one combination ("Ctrl+K"), 17 px high."""

    def __init__(self, text: str, *, on: str = "raised") -> None:
        """``on`` is what it stands on: "raised", "accent" or "toast"."""
        super().__init__()
        self._text, self._on = text, on
        self.setAccessibleName(text)

    def show_key(self, text: str) -> None:
        """Show another key."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the cap."""
        return key_cap_size(self._text).toSize()

    def paintEvent(self, event: object) -> None:
        """Paint the cap."""
        painter = QPainter(self)
        paint_key_cap(painter, QRectF(self.rect()), self._text, on=self._on)


class Tag(_Painted):
    """A fact of 19 px that cannot be clicked; kinds as in ``theme.paint_tag``."""

    def __init__(self, text: str, kind: str = "plain", icon: str = "") -> None:
        """``icon`` is the name of a Lucide icon."""
        super().__init__()
        self._text, self._kind, self._icon = text, kind, icon
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """Return the size of the tag."""
        return tag_size(self._text, with_icon=bool(self._icon)).toSize()

    def paintEvent(self, event: object) -> None:
        """Paint the tag."""
        painter = QPainter(self)
        paint_tag(painter, QRectF(self.rect()), self._text, self._kind, self._icon)


class Person(_Painted):
    """A coder of 20 px: "you" a disc, "other" a dashed ring, "consensus" an accent square."""

    def __init__(self, initials: str = "", kind: str = "you", name: str = "") -> None:
        """``name`` is spoken and shown in the tooltip."""
        super().__init__()
        self.show_person(initials, kind, name)

    def show_person(self, initials: str, kind: str = "you", name: str = "") -> None:
        """Show another coder."""
        self._initials, self._kind = initials, kind
        self.setAccessibleName(name or initials)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the disc."""
        return QSize(px(20), px(20))

    def paintEvent(self, event: object) -> None:
        """Paint the disc."""
        painter = QPainter(self)
        paint_person(painter, QRectF(self.rect()), self._initials, self._kind)


class ValenceMark(_Painted):
    """The shape of a direction, 14 px."""

    def __init__(self, valence: str, name: str = "", *, size: int = 14) -> None:
        """``name`` is the label of the codebook for it, spoken and shown in the tooltip."""
        super().__init__()
        self._valence, self._size = valence, size
        self.setAccessibleName(name or valence)
        self.setToolTip(name)

    def show_valence(self, valence: str, name: str = "") -> None:
        """Show another direction."""
        self._valence = valence
        self.setAccessibleName(name or valence)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the shape."""
        return QSize(px(self._size), px(self._size))

    def paintEvent(self, event: object) -> None:
        """Paint the shape."""
        painter = QPainter(self)
        paint_valence(painter, QRectF(self.rect()), self._valence)
