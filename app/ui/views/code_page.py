"""One code in full, to be read and changed in place: meaning, place, neighbours, use."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.coding.codebook import Code, Codebook
from app.ui.theme import icon, px, theme
from app.ui.theme.code_colours import CODE_COLOURS
from app.ui.views.code_fields import CodeField, NameField, TextField
from app.ui.views.code_panels import MergePanel, SplitPanel
from app.ui.views.code_parts import (
    CodeUses,
    FurtherClusters,
    Swatch,
    UsesRow,
    full_name,
    mentioned,
    neighbours_of,
    swatch_icon,
)
from app.ui.views.memo_box import MemoBox
from app.ui.widgets import (
    Chip,
    FlowLayout,
    Tag,
    button,
    clear,
    frame,
    label,
    line,
    tight,
)

NARROW = 620
TEXT_WIDTH = 700  # px at 100 %: no line of prose longer than about 100 characters


class CodePage(QWidget):
    """Shows and edits one code.

    Texts are drafts until they are recorded: with the button, Ctrl+Enter, or by going elsewhere.
    ``edited`` carries the code's id and its changed parts; what is asked for beside that has a
    signal of its own.
    """

    code_asked = Signal(str)
    extracts_asked = Signal(str, str)
    edited = Signal(str, dict)
    renamed = Signal(str, str)
    merged = Signal(str, str)
    split_asked = Signal(str)
    split = Signal(str, str, list)
    retired = Signal(str)
    restored = Signal(str)
    passage_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        # A click beside the fields stays in the page, and records nothing.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._shown: tuple[Codebook, Code, CodeUses] | None = None
        self._number = 2
        self._is_filling = False
        self.name = NameField()
        self.fields = {
            "definition": TextField("Definition", lines=3),
            "include": TextField("Include", lines=4),
            "exclude": TextField("Exclude", lines=4),
            "example": TextField("Example", lines=2, serif=True),
        }
        self.colour = QComboBox()
        self.hot_key = QLineEdit()
        self.record_button = button("Record", "primary", tip="Record the change  Ctrl+Enter")
        self.discard_button = button("Discard change", "quiet")
        self.merge_button = button("Merge", icon=icon("merge"), tip="Let it go into another code")
        self.split_button = button("Split", icon=icon("split"), tip="Part a new code from it")
        self.retire_button = button("Retire", icon=icon("archive"))
        self.merge_panel, self.split_panel = MergePanel(), SplitPanel()
        self.add_neighbour = CodeField("Add a code")
        self.memos = MemoBox("code", title="Memos")
        self._build()
        self._connect()

    # -- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = frame("base")
        whole = tight(QVBoxLayout(ground))
        whole.addWidget(self._area, 1)
        whole.addWidget(line())
        whole.addLayout(self._foot())
        tight(QVBoxLayout(self)).addWidget(ground)
        page = frame("base")
        holder = self._holder = QWidget()
        beside = tight(QHBoxLayout(page))
        beside.addWidget(holder, 1)
        beside.addStretch(0)
        column = self._column = tight(QVBoxLayout(holder), 0, (36, 24, 36, 32))
        self._path = tight(QHBoxLayout(), 6)
        self._facts = label("", "small", "text_2", wrap=True)
        self._facts.setTextFormat(Qt.TextFormat.RichText)
        self._tags = FlowLayout(spacing=8)
        column.addLayout(self._path)
        column.addSpacing(px(4))
        column.addLayout(self._head())
        column.addWidget(self._facts)
        column.addLayout(self._tags)
        column.addWidget(self.merge_panel)
        column.addWidget(self.split_panel)
        column.addSpacing(px(12))
        column.addLayout(self._places())
        column.addSpacing(px(16))
        column.addWidget(self.fields["definition"])
        column.addSpacing(px(16))
        pair = tight(QHBoxLayout(), 16)
        pair.addWidget(self.fields["include"], 1, Qt.AlignmentFlag.AlignTop)
        pair.addWidget(self.fields["exclude"], 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(pair)
        column.addSpacing(px(16))
        column.addWidget(self.fields["example"])
        column.addSpacing(px(16))
        column.addWidget(label("See instead", "small", "text_2"))
        column.addSpacing(px(4))
        self._neighbours = FlowLayout(spacing=8)
        column.addLayout(self._neighbours)
        self._mentioned = FlowLayout(spacing=12)
        column.addLayout(self._mentioned)
        column.addSpacing(px(16))
        column.addWidget(self.memos)
        column.addSpacing(px(12))
        column.addLayout(self._uses.directions)
        self._basis = label("", "small", "text_2", wrap=True)
        column.addSpacing(px(8))
        column.addWidget(self._basis)
        column.addStretch(1)
        self._area.setWidget(page)
        self._measure()

    def _head(self) -> QHBoxLayout:
        row = tight(QHBoxLayout(), 8)
        row.addWidget(self.name, 1)
        self._head_row = row
        self._acts = QWidget()
        acts = tight(QHBoxLayout(self._acts), 8)
        for made in (self.merge_button, self.split_button, self.retire_button):
            acts.addWidget(made)
        row.addWidget(self._acts)
        return row

    def _places(self) -> QGridLayout:
        grid = tight(QGridLayout(), 4)
        grid.setHorizontalSpacing(px(16))
        for place, words in enumerate(("Also belongs to", "Colour", "Hot key")):
            grid.addWidget(label(words, "small", "text_2"), 0, place)
        self._further = FurtherClusters()
        self._further.toggled.connect(self._toggle_cluster)
        grid.addWidget(self._further, 1, 0)
        self.colour.setAccessibleName("Colour")
        self.colour.setMinimumWidth(px(140))
        self.hot_key.setAccessibleName("Hot key")
        self.hot_key.setPlaceholderText("None")
        self.hot_key.setMaximumWidth(px(84))
        grid.addWidget(self.colour, 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.hot_key, 1, 2, Qt.AlignmentFlag.AlignTop)
        self.problem = label("", "small", "error", wrap=True)
        self.problem.hide()
        grid.addWidget(self.problem, 2, 0, 1, 3)
        grid.setColumnStretch(0, 1)
        self.show_passage = button("Show passage", "link", tip="Open the passage it was taken from")
        self.fields["example"].head.addWidget(self.show_passage)
        return grid

    def _foot(self) -> QHBoxLayout:
        row = tight(QHBoxLayout(), 8, (36, 10, 36, 10))
        row.addWidget(self.record_button)
        row.addWidget(self.discard_button)
        row.addStretch(1)
        self._uses = UsesRow()
        self._uses.asked.connect(self.extracts_asked)
        row.addWidget(self._uses)
        return row

    def _connect(self) -> None:
        for field in self.fields.values():
            field.changed.connect(self._tell_draft)
        self.name.named.connect(lambda name: self.renamed.emit(self.code_id, name))
        self.record_button.clicked.connect(self.record)
        self.discard_button.clicked.connect(self.discard)
        self.colour.activated.connect(self._choose_colour)
        self.hot_key.editingFinished.connect(self._choose_hot_key)
        self.merge_button.clicked.connect(self.open_merge)
        self.split_button.clicked.connect(lambda: self.split_asked.emit(self.code_id))
        self.retire_button.clicked.connect(self._retire)
        self.merge_panel.merged.connect(lambda into: self.merged.emit(self.code_id, into))
        self.split_panel.split.connect(lambda name, ids: self.split.emit(self.code_id, name, ids))
        self.add_neighbour.picked.connect(self._add_neighbour)
        self.show_passage.clicked.connect(lambda: self.passage_asked.emit(self.code_id))
        theme.changed.connect(self._show_again)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    # -- showing -----------------------------------------------------------------------------

    @property
    def code_id(self) -> str:
        """The id of the code that is shown, "" for none."""
        return self._shown[1].id if self._shown else ""

    def show_code(self, codebook: Codebook, code: Code, uses: CodeUses, revision: int = 2) -> None:
        """Show a code with how often it is used; ``revision`` is the number of its next one."""
        same = self.code_id == code.id
        if not same:
            self.record()
            self.merge_panel.hide()
            self.split_panel.hide()
            self.tell("")
        self._shown, self._number = (codebook, code, uses), revision
        self._is_filling = True
        self._show_path(codebook, code)
        self.name.show_name(code.name)
        self._show_facts(codebook, code)
        self._show_places(codebook, code)
        for field, text in self.fields.items():
            text.show_text(getattr(code, field), keep_draft=same)
        self.fields["example"].set_hint("" if code.example else "Taken from a passage or written")
        self.show_passage.setVisible("” (" in code.example and bool(uses.codings))
        self._show_neighbours(codebook, code)
        self._show_mentioned(codebook, code)
        self._uses.show_uses(code, uses)
        self._basis.setText(f"Basis: {code.basis}" if code.basis else "")
        self._is_filling = False
        self.memos.show_subject("code", code.id)
        self._lock(code.retired)
        self._tell_draft()
        if not same:
            self._area.verticalScrollBar().setValue(0)

    def _lock(self, retired: bool) -> None:
        for one in (self.merge_button, self.split_button):
            one.setVisible(not retired)
        self.retire_button.setText("Bring back" if retired else "Retire")
        tip = "Count and offer it again" if retired else "Hide it and count it no longer  Del"
        self.retire_button.setToolTip(tip)
        for field in (self.colour, self.hot_key, self.name):
            field.setEnabled(not retired)
        for text in self.fields.values():
            text.edit.setReadOnly(retired)

    def _show_path(self, codebook: Codebook, code: Code) -> None:
        clear(self._path)
        cluster = codebook.cluster(code.cluster_id)
        tone = theme.cluster_token("context" if cluster.is_context else cluster.number, "text")
        self._path.addWidget(Swatch(cluster.number, code.colour))
        self._path.addWidget(label(full_name(cluster), "name", tone))
        category = next((c for c in codebook.categories if c.id == code.category_id), None)
        if category is not None:
            self._path.addWidget(label("›", "name", "text_3"))
            self._path.addWidget(label(category.name, "name", tone))
        self._path.addStretch(1)

    def _show_facts(self, codebook: Codebook, code: Code) -> None:
        facts = []
        if code.former_names:
            names = ", ".join(f"“{name}”" for name in code.former_names)
            facts.append(f"Also found as {names}")
        for told, other in (("Went into", code.merged_into), ("Split from", code.split_from)):
            known = next((one for one in codebook.codes if one.id == other), None)
            if known is not None:
                facts.append(f"{told} “{known.name}”")
        self._facts.setTextFormat(Qt.TextFormat.PlainText)
        self._facts.setText(". ".join(facts))
        self._facts.setVisible(bool(facts))
        clear(self._tags)
        if code.starter:
            self._tags.addWidget(Tag("In the starter codebook"))
        if code.retired:
            self._tags.addWidget(Tag("Retired", "warning", "archive"))

    def _show_places(self, codebook: Codebook, code: Code) -> None:
        self._further.show_clusters(codebook, code)
        self.colour.clear()
        number = codebook.cluster(code.cluster_id).number
        self.colour.addItem(swatch_icon(number, ""), "As cluster", "")
        colours = list(CODE_COLOURS)
        if code.colour and code.colour not in {value for _name, value in colours}:
            colours.append((code.colour, code.colour))
        for name, value in colours:
            self.colour.addItem(swatch_icon(number, value), name, value)
        self.colour.setCurrentIndex(max(0, self.colour.findData(code.colour)))
        if not self.hot_key.hasFocus() or self.hot_key.text().upper() == code.hot_key:
            self.hot_key.setText(code.hot_key)

    def _show_neighbours(self, codebook: Codebook, code: Code) -> None:
        # The field stays where it is: taking it out would take its focus away.
        while self._neighbours.count():
            item = self._neighbours.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not self.add_neighbour:
                widget.hide()
                widget.deleteLater()
        for neighbour in neighbours_of(codebook, code):
            chip = Chip(neighbour.name, is_set=True)
            chip.setToolTip(neighbour.definition or neighbour.name)
            chip.clicked.connect(lambda _on=False, one=neighbour: self.code_asked.emit(one.id))
            chip.removed.connect(lambda key=neighbour.key: self._drop_neighbour(key))
            self._neighbours.addWidget(chip)
        self.add_neighbour.setFixedWidth(px(180))
        self.add_neighbour.setEnabled(not code.retired)
        taken = frozenset({code.id, *(one.id for one in neighbours_of(codebook, code))})
        self.add_neighbour.set_codes(codebook, without=taken)
        self._neighbours.addWidget(self.add_neighbour)

    def _show_mentioned(self, codebook: Codebook, code: Code) -> None:
        clear(self._mentioned)
        named = [one for one in mentioned(codebook, code) if one.key not in code.see_instead]
        if named:
            self._mentioned.addWidget(label("Named above", "small", "text_2"))
        for one in named:
            link = button(f"{one.name} ({one.key})", "link", tip=one.definition or one.name)
            link.clicked.connect(lambda _on=False, one=one: self.code_asked.emit(one.id))
            self._mentioned.addWidget(link)

    def _measure(self) -> None:
        self._holder.setMaximumWidth(px(TEXT_WIDTH) + px(72))

    def _show_again(self) -> None:
        self._measure()
        if self._shown is not None:
            self.show_code(*self._shown, self._number)

    # -- changing ----------------------------------------------------------------------------

    def tell(self, problem: str) -> None:
        """Say why a field was refused; "" takes it away."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def draft(self) -> dict[str, str]:
        """Return the texts that differ from what is stored."""
        return {name: field.text() for name, field in self.fields.items() if field.is_changed}

    def record(self) -> None:
        """Make the draft a revision; nothing happens where there is none."""
        draft = self.draft()
        if draft and self._shown is not None and not self._is_filling:
            for field in self.fields.values():
                field.show_text(field.text())
            self.edited.emit(self.code_id, draft)

    def mark_proposal(self, proposed: bool) -> None:
        """Say that the lead will get what was changed here as a proposal."""
        if proposed:
            tag = Tag("Changed in this hand-out", "info", "pencil")
            tag.setToolTip("Your change goes back to the lead as a proposal")
            self._tags.addWidget(tag)

    def discard(self) -> None:
        """Go back to the texts as they are stored."""
        for field in self.fields.values():
            field.discard()

    def open_merge(self) -> None:
        """Ask into which code this one goes."""
        if self._shown is not None:
            codebook, code, uses = self._shown
            self.split_panel.hide()
            self.merge_panel.ask(codebook, code, uses.codings)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the name the whole line where there is little room."""
        super().resizeEvent(event)
        narrow = self.width() < px(NARROW)
        if narrow == (self._head_row.indexOf(self._acts) >= 0):
            if narrow:
                self._head_row.removeWidget(self._acts)
                self._column.insertWidget(2, self._acts, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                self._column.removeWidget(self._acts)
                self._head_row.addWidget(self._acts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter records."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.record()
        else:
            super().keyPressEvent(event)

    def _tell_draft(self) -> None:
        drafting = bool(self.draft())
        self.record_button.setText(f"Record as revision {self._number}")
        self.record_button.setVisible(drafting)
        self.discard_button.setVisible(drafting)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        was_here = old is not None and self.isAncestorOf(old)
        if was_here and new not in (None, self) and not self.isAncestorOf(new):
            self.record()

    def _choose_colour(self) -> None:
        if not self._is_filling:
            self.edited.emit(self.code_id, {"colour": self.colour.currentData()})

    def _choose_hot_key(self) -> None:
        if (
            self._shown is not None
            and self.hot_key.text().strip().upper() != self._shown[1].hot_key
        ):
            self.edited.emit(self.code_id, {"hot_key": self.hot_key.text()})

    def _toggle_cluster(self, cluster_id: str) -> None:
        if self._shown is not None:
            known = list(self._shown[1].further_cluster_ids)
            wanted = [one for one in known if one != cluster_id]
            wanted = wanted if cluster_id in known else [*known, cluster_id]
            self.edited.emit(self.code_id, {"further_cluster_ids": wanted})

    def _add_neighbour(self, code_id: str) -> None:
        if self._shown is not None:
            codebook, code, _uses = self._shown
            keys = [*code.see_instead, codebook.code(code_id).key]
            self.add_neighbour.clear()
            self.edited.emit(code.id, {"see_instead": keys})

    def _drop_neighbour(self, key: str) -> None:
        if self._shown is not None:
            keys = [one for one in self._shown[1].see_instead if one != key]
            self.edited.emit(self.code_id, {"see_instead": keys})

    def _retire(self) -> None:
        if self._shown is not None:
            asked = self.restored if self._shown[1].retired else self.retired
            asked.emit(self.code_id)
