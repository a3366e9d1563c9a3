"""The field in which memos are written: bold, italic, lists and links to places."""

from collections.abc import Callable, Collection, Iterator
from uuid import uuid4

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit

from app.coding.memo_text import Run, parse, write
from app.ui.theme import font, px, theme
from app.ui.widgets.rich_text_document import (
    BOLD,
    char_format,
    fill,
    lines_of,
    list_format,
    point_of,
)

PAUSE = 1200
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SIGNS = {"-": "bullet", "*": "bullet", "1.": "number", "1)": "number"}


class RichMemo(QTextEdit):
    """Holds one memo as markup; what is typed is told at pauses and on leaving.

    ``written`` carries the markup and the sitting it belongs to: acts of one sitting undo as one.
    ``link_wanted`` asks for something to link to, ``link_opened`` carries an address such as
    ``passage:ID``, ``grown`` tells of another height, ``left`` comes with Esc.
    """

    written = Signal(str, str)
    link_wanted = Signal()
    link_opened = Signal(str)
    links_changed = Signal()
    moved = Signal()
    grown = Signal()
    left = Signal()

    def __init__(self, placeholder: str = "", *, grows: tuple[int, int] | None = None) -> None:
        """``grows`` are the least and greatest height (px at 100 %) between which it follows."""
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName("Memo")
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self.setMouseTracking(True)
        self.sitting = ""
        self._gone: frozenset[str] = frozenset()
        self._names: dict[str, str] = {}
        self._kept, self._grows, self._filling = "", grows, False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.keep)
        self.document().contentsChange.connect(self._changed)
        self.cursorPositionChanged.connect(self.moved)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        theme.changed.connect(self._dress)
        self._fit()

    # What it holds

    def markup(self) -> str:
        """Return the memo as it is kept."""
        return write(lines_of(self.document())).rstrip()

    def set_markup(self, text: str) -> None:
        """Show a memo; what is being typed stays, and so does the cursor."""
        if self.has_unkept or (self.hasFocus() and self.markup() == text.rstrip()):
            return
        if self._kept == text.rstrip() and self.markup() == self._kept:
            return
        self._show(text)

    def clear_memo(self) -> None:
        """Show nothing; what was typed has been kept or is dropped."""
        self._pause.stop()
        self._show("")

    @property
    def has_unkept(self) -> bool:
        """True while something was typed that is not told yet."""
        return self._pause.isActive()

    def keep(self) -> None:
        """Tell now what was typed."""
        self._pause.stop()
        text = self.markup()
        if text != self._kept and not self.isReadOnly():
            self._kept = text
            self.sitting = self.sitting or _new_sitting()
            self.written.emit(text, self.sitting)

    def links(self) -> tuple[str, ...]:
        """Return the addresses that the memo links to."""
        runs = (run for line in lines_of(self.document()) for run in line.runs)
        return tuple(dict.fromkeys(run.link for run in runs if run.link))

    def show_links(self, names: dict[str, str], gone: Collection[str]) -> None:
        """Say where links lead (in tooltips); those that are gone are struck out."""
        self._names = dict(names)
        if frozenset(gone) != self._gone:
            self._gone = frozenset(gone)
            if not self.has_unkept:
                self._dress()

    # Looks of the words chosen

    def toggle_bold(self) -> None:
        """Make the words chosen bold, or no longer."""
        look = QTextCharFormat()
        bold = self.currentCharFormat().fontWeight() >= BOLD
        look.setFontWeight(400 if bold else BOLD)
        self.mergeCurrentCharFormat(look)

    def toggle_italic(self) -> None:
        """Make the words chosen italic, or no longer."""
        look = QTextCharFormat()
        look.setFontItalic(not self.currentCharFormat().fontItalic())
        self.mergeCurrentCharFormat(look)

    def toggle_points(self, point: str) -> None:
        """Make the paragraphs chosen points of a list ("bullet", "number"), or no longer."""
        cursor = self.textCursor()
        known = point_of(cursor.block())
        cursor.beginEditBlock()
        if known == point:
            for block in self._blocks(cursor):
                block.textList().remove(block)
                bare = QTextCursor(block)
                bare.setBlockFormat(QTextBlockFormat())
        else:
            cursor.createList(list_format(point))
        cursor.endEditBlock()

    def insert_link(self, address: str, words: str) -> None:
        """Put a link at the cursor; words that are chosen become the link."""
        cursor = self.textCursor()
        chosen = cursor.selectedText().strip()
        plain = QTextCharFormat()
        cursor.insertText(chosen or words, char_format(Run(words, link=address)))
        cursor.insertText(" ", plain)
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(plain)
        self.links_changed.emit()

    def link_here(self) -> str:
        """Return the address of the link that the cursor is in, or ""."""
        look = self.textCursor().charFormat()
        return look.anchorHref() if look.isAnchor() else ""

    def point_here(self) -> str:
        """Return which kind of list the cursor is in, or ""."""
        return point_of(self.textCursor().block())

    def open_link(self) -> None:
        """Open the link that the cursor is in."""
        if self.link_here():
            self.keep()
            self.link_opened.emit(self.link_here())

    # Events

    def event(self, event: QEvent) -> bool:
        """Take the keys of the field before the window does; say where a link leads."""
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and self._act_of(event) is not None:  # type: ignore[arg-type]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys for looks, lists and links; a sign at the start of a line begins a list."""
        act = self._act_of(event)
        if act is not None:
            act()
        elif event.key() == Qt.Key.Key_Escape:
            self.keep()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._new_line()
        elif event.key() == Qt.Key.Key_Space and self._begins_list():
            return
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin a sitting."""
        self.sitting = self.sitting or _new_sitting()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End the sitting; a menu or another window does not end it."""
        super().focusOutEvent(event)
        self.keep()
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.sitting = ""

    def hideEvent(self, event: object) -> None:
        """Keep what was typed."""
        self.keep()
        super().hideEvent(event)  # type: ignore[arg-type]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand and where the link leads."""
        super().mouseMoveEvent(event)
        address = self.anchorAt(event.position().toPoint())
        opens = bool(address) and (self.isReadOnly() or bool(event.modifiers() & CONTROL))
        shape = Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        name = self._names.get(address, "")
        how = "" if self.isReadOnly() or address in self._gone else "\nCtrl and click to go there"
        self.viewport().setToolTip(f"{name}{how}" if name else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ctrl and a click on a link open it; a click does where nothing can be written."""
        super().mouseReleaseEvent(event)
        address = self.anchorAt(event.position().toPoint())
        wanted = self.isReadOnly() or bool(event.modifiers() & CONTROL)
        if address and wanted and not self.textCursor().hasSelection():
            self.keep()
            self.link_opened.emit(address)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what the keys do beside cut, copy and paste."""
        menu = self.createStandardContextMenu(event.pos())
        if not self.isReadOnly():
            menu.addSeparator()
            menu.addAction("Bold\tCtrl+B", self.toggle_bold)
            menu.addAction("Italic\tCtrl+I", self.toggle_italic)
            menu.addAction("List\tCtrl+Shift+8", lambda: self.toggle_points("bullet"))
            menu.addAction("Numbered list\tCtrl+Shift+7", lambda: self.toggle_points("number"))
            menu.addAction("Link…\tCtrl+L", self.link_wanted.emit)
        if self.link_here():
            menu.addAction("Go to link\tCtrl+Enter", self.open_link)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words without their look."""
        self.textCursor().insertText(source.text(), QTextCharFormat())

    def sizeHint(self) -> QSize:
        """Be as high as the words, within what was asked for."""
        return QSize(px(240), self.height() if self._grows else px(160))

    # Inside

    def _act_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        keys = (
            Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier,
        )  # fmt: skip
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if keys[0] in enter and keys[1] == CONTROL and self.link_here():
            return self.open_link
        if self.isReadOnly():
            return None
        acts = {
            (Qt.Key.Key_B, CONTROL): self.toggle_bold,
            (Qt.Key.Key_I, CONTROL): self.toggle_italic,
            (Qt.Key.Key_L, CONTROL): self.link_wanted.emit,
            (Qt.Key.Key_8, CONTROL | SHIFT): lambda: self.toggle_points("bullet"),
            (Qt.Key.Key_Asterisk, CONTROL | SHIFT): lambda: self.toggle_points("bullet"),
            (Qt.Key.Key_7, CONTROL | SHIFT): lambda: self.toggle_points("number"),
            (Qt.Key.Key_Ampersand, CONTROL | SHIFT): lambda: self.toggle_points("number"),
        }
        return acts.get(keys)

    def _new_line(self) -> None:
        cursor = self.textCursor()
        if self.point_here() and not cursor.block().text():
            self.toggle_points(self.point_here())
        else:
            cursor.insertBlock()
            look = cursor.charFormat()
            if look.isAnchor():
                cursor.setCharFormat(QTextCharFormat())
            self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _begins_list(self) -> bool:
        cursor = self.textCursor()
        words = cursor.block().text()
        sign = SIGNS.get(words)
        if self.isReadOnly() or sign is None or cursor.positionInBlock() != len(words):
            return False
        if self.point_here():
            return False
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.createList(list_format(sign))
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        return True

    @staticmethod
    def _blocks(cursor: QTextCursor) -> Iterator[QTextBlock]:
        document = cursor.document()
        block = document.findBlock(cursor.selectionStart())
        last = document.findBlock(cursor.selectionEnd())
        while block.isValid() and block.position() <= last.position():
            following = block.next()
            if block.textList() is not None:
                yield block
            block = following

    def _show(self, text: str) -> None:
        at = self.textCursor().position()
        self._kept = text.rstrip()
        document = self.document()
        self._filling = True
        document.setDefaultFont(font("body"))
        fill(document, parse(text), self._gone)
        self._filling = False
        cursor = self.textCursor()
        cursor.setPosition(min(at, document.characterCount() - 1))
        self.setTextCursor(cursor)
        document.clearUndoRedoStacks()
        self.viewport().update()
        self._fit()
        self.links_changed.emit()

    def _dress(self) -> None:
        """Paint links anew in the colours and with the words of now."""
        kept, text = self._kept, self.markup()
        waiting = self.has_unkept
        names = self._gone
        self.blockSignals(True)
        self._show(text)
        self.blockSignals(False)
        self._kept, self._gone = kept, names
        if waiting:
            self._pause.start()

    def _changed(self, _at: int, removed: int, added: int) -> None:
        if not self._filling and not self.isReadOnly() and (removed or added):
            self._pause.start()

    def _fit(self) -> None:
        if self._grows is None:
            return
        least, most = self._grows
        edges = px(10) + 2 * self.frameWidth()
        wanted = round(self.document().size().height()) + edges
        height = max(px(least), min(px(most), wanted))
        if height != self.height():
            self.setFixedHeight(height)
            self.grown.emit()


def _new_sitting() -> str:
    return str(uuid4())
