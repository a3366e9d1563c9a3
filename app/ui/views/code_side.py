"""The panel beside a code: its revisions, passages to look at again, its passages."""

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.coding.code_history import ADDED, GONE, CodeRevision, FieldChange
from app.ui.dates import spoken_date
from app.ui.theme import px, theme
from app.ui.views.code_look_again import LookAgain
from app.ui.views.passages_list import PassagesList
from app.ui.views.side_panel import SidePanel
from app.ui.widgets import SegmentedControl, button, frame, label, line, tight

NOTHING = "What is changed of a code stands here, with who and when."
TABS = (("revisions", "Revisions"), ("again", "Look again"), ("passages", "Passages"))


class Revisions(QWidget):
    """The revisions of a code, newest first, each with the words that came and went."""

    look_again_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._revisions: Sequence[CodeRevision] = ()
        self._may_ask = 0
        self._names: Mapping[str, str] = {}
        self._head = ""
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName("Revisions")
        tight(QVBoxLayout(self)).addWidget(self._area)
        theme.changed.connect(self._show_again)

    def show_revisions(self, revisions: Sequence[CodeRevision], may_ask: int) -> None:
        """Show these; ``may_ask`` passages were coded before the newest change of meaning."""
        self._show(revisions, may_ask, {}, "")

    def show_changes(
        self, revisions: Sequence[CodeRevision], names: Mapping[str, str], head: str
    ) -> None:
        """Show what changed in several codes; ``head`` says since when."""
        self._show(revisions, 0, names, head)

    def _show(
        self,
        revisions: Sequence[CodeRevision],
        may_ask: int,
        names: Mapping[str, str],
        head: str,
    ) -> None:
        self._revisions, self._may_ask, self._names = revisions, may_ask, names
        self._head = head
        holder = frame("window")
        column = tight(QVBoxLayout(holder))
        if may_ask:
            column.addWidget(self._notice(may_ask))
        if head:
            words = label(head, "body", "text_2", wrap=True)
            words.setContentsMargins(px(16), px(12), px(16), px(8))
            column.addWidget(words)
            column.addWidget(line())
        for revision in revisions:
            column.addWidget(self._block(revision))
            column.addWidget(line())
        if not revisions and not head:
            words = label(NOTHING, "body", "text_2", wrap=True)
            words.setMargin(px(20))
            column.addWidget(words)
        column.addStretch(1)
        self._area.setWidget(holder)

    def _show_again(self) -> None:
        self._show(self._revisions, self._may_ask, self._names, self._head)

    def _notice(self, passages: int) -> QWidget:
        holder = QWidget()
        card = frame("notice_info")
        tight(QVBoxLayout(holder), 0, (16, 16, 16, 8)).addWidget(card)
        inside = tight(QVBoxLayout(card), 4, (12, 10, 12, 10))
        one = passages == 1
        head = f"{passages} {'passage was' if one else 'passages were'} coded before this change."
        inside.addWidget(label(head, "group", wrap=True))
        told = "Nothing is recoded by itself. You can list them to be looked at again."
        inside.addWidget(label(told, "small", "text_2", wrap=True))
        ask = button("Ask to look again", "small", tip="List them for every coder")
        ask.clicked.connect(lambda: self.look_again_asked.emit(self._reason()))
        inside.addWidget(ask, 0, Qt.AlignmentFlag.AlignLeft)
        return holder

    def _reason(self) -> str:
        newest = next((one for one in self._revisions if one.changes_meaning), None)
        fields = ", ".join(change.label for change in newest.changes) if newest else ""
        return f"{fields} changed" if fields else "The code changed"

    def _block(self, revision: CodeRevision) -> QWidget:
        block = QWidget()
        column = tight(QVBoxLayout(block), 4, (16, 10, 16, 12))
        head = tight(QHBoxLayout(), 8)
        head.addWidget(label(f"Revision {revision.number}", "small_group"))
        head.addStretch(1)
        when = spoken_date(revision.at)
        head.addWidget(label(", ".join(p for p in (revision.who, when) if p), "small", "text_2"))
        column.addLayout(head)
        name = self._names.get(revision.code_id, "")
        told = "First version." if revision.is_first else revision.label
        told = f"{name}: {told}" if name else told
        column.addWidget(label(told, "small", "text_2", wrap=True))
        for change in revision.changes:
            words = label("", "body", wrap=True)
            words.setTextFormat(Qt.TextFormat.RichText)
            words.setText(diff_html(change))
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setAccessibleName(diff_words(change))
            column.addWidget(words)
        return block


class CodeSide(SidePanel):
    """Three faces behind one switch; ``passage_opened`` carries a PassageRow."""

    passage_opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.switch = SegmentedControl(TABS)
        self.revisions, self.again, self.passages = Revisions(), LookAgain(), PassagesList()
        nothing = label("No passages are coded with it yet.", "body", "text_2", wrap=True)
        nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        nothing.setMargin(px(20))
        self._stack = QStackedWidget()
        for widget in (self.revisions, self.again, self.passages, nothing):
            self._stack.addWidget(widget)
        ground = frame("window")
        tight(QVBoxLayout(self)).addWidget(ground)
        column = tight(QVBoxLayout(ground))
        top = tight(QHBoxLayout(), 0, (12, 12, 12, 8))
        top.addWidget(self.switch)
        top.addStretch(1)
        column.addLayout(top)
        column.addWidget(line())
        column.addWidget(self._stack, 1)
        self.setAccessibleName("About the code")
        self.switch.chosen.connect(self.show_tab)
        self.passages.opened.connect(self.passage_opened)
        self.again.opened.connect(self.passage_opened)

    def show_tab(self, key: str) -> None:
        """Show "revisions", "again" or "passages"."""
        self.switch.choose(key)
        place = [name for name, _text in TABS].index(key)
        if key == "passages" and not self.passages.passages.rows:
            place = len(TABS)
        self._stack.setCurrentIndex(place)

    def show_group(
        self, revisions: Sequence[CodeRevision], names: Mapping[str, str], head: str
    ) -> None:
        """Show what changed in the codes of a group; nothing stands behind the other faces."""
        self.revisions.show_changes(revisions, names, head)
        self.passages.show_rows(())
        self.again.show_nothing()
        self.show_waiting(0)
        self.refresh_tab()

    def refresh_tab(self) -> None:
        """Show the chosen face again after its content changed."""
        self.show_tab(self.switch.key)

    def show_waiting(self, number: int) -> None:
        """Show how many passages wait to be looked at again."""
        segment = self.switch.segment("again")
        segment.setText(f"Again {number}" if number else "Look again")
        segment.setToolTip(f"Passages to look at again: {number}" if number else "")


def diff_html(change: FieldChange) -> str:
    """Return a change as rich text: added words underlined, gone ones struck out."""
    marks = {
        ADDED: f'<span style="color:{theme.token("success").name()}"><u>{{}}</u></span>',
        GONE: f'<span style="color:{theme.token("error").name()}"><s>{{}}</s></span>',
    }
    html, before = "", " "
    for kind, words in change.parts:
        if not before[-1:].isspace() and not words[:1].isspace():
            html += " "
        html += marks.get(kind, "{}").format(escape(words).replace("\n", "<br>"))
        before = words
    return f"<b>{escape(change.label)}:</b> {html}"


def diff_words(change: FieldChange) -> str:
    """Return a change in words for those who hear it."""
    told = {ADDED: "added", GONE: "removed"}
    parts = [f"{told[kind]}: {words.strip()}" for kind, words in change.parts if kind in told]
    return f"{change.label}, {'; '.join(parts)}"
