"""The panel beside the table of studies: one study in full, with its reports and files."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.coding.studies import INTEGRITY, ReportRow
from app.ui.theme import icon, px, theme
from app.ui.views.attribute_form import AttributeForm
from app.ui.views.memo_box import MemoBox
from app.ui.views.people import Person
from app.ui.views.side_panel import SidePanel
from app.ui.views.studies_loading import StudyTable
from app.ui.views.studies_rows import DOCUMENT, Progress, TableRow, count, language_name
from app.ui.widgets import KeyCap, SegmentedControl, Tag, button, frame, label, line, tight
from app.ui.widgets import Person as PersonPicture
from app.ui.widgets.elided import ElidedLabel

ATTRIBUTES, REPORTS = "attributes", "reports"


class StudyPanel(SidePanel):
    """Shows the study the cursor is on. Signals carry ids of documents, reports and studies."""

    opened = Signal(str)
    removed = Signal(object)
    parted = Signal(str)
    extracts_asked = Signal(str)
    marked = Signal(str, str, str)
    """Study, mark of integrity, the reason."""

    def __init__(self) -> None:
        super().__init__()
        self._table = StudyTable()
        self._tab = ATTRIBUTES
        self._people: Mapping[str, Person] = {}
        self.form = AttributeForm()
        self.memos = MemoBox(title="Memos")
        self._acts: dict[str, Callable[..., object]] = {}
        self._column = tight(QVBoxLayout())
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ground = frame("window")
        tight(QVBoxLayout(ground)).addWidget(self._area)
        tight(QVBoxLayout(self)).addWidget(ground)
        self.setAccessibleName("Study")
        self._row: TableRow | None = None
        theme.changed.connect(self._show_again)
        self.show_row(None, self._table)

    def connect_form(self, acts: dict[str, Callable[..., object]]) -> None:
        """Say what the signals of the form of attributes call, by the name of the signal."""
        self._acts = acts

    def shows(self, row: TableRow | None, table: StudyTable) -> bool:
        """Say whether this row stands here already."""
        return row is self._row and table is self._table

    def show_row(
        self,
        row: TableRow | None,
        table: StudyTable,
        people: Mapping[str, Person] | None = None,
    ) -> None:
        """Show the study of this row; None says what would stand here."""
        self._row, self._table = row, table
        self._people = self._people if people is None else people
        focused = self._focused_attribute()
        place = self._area.verticalScrollBar().value()
        is_writing = self.memos.memo.hasFocus()
        holder = QWidget()
        self._column = tight(QVBoxLayout(holder), 4, (20, 20, 20, 20))
        if row is None:
            self._column.addWidget(label("No study chosen", "heading"))
            self._column.addWidget(
                label("Choose a study to see its reports and files.", "body", "text_2", wrap=True)
            )
        else:
            self._fill(row)
            self._show_memos(row)
        self._column.addStretch(1)
        if row is None:
            self.memos.setParent(self)
            self.memos.hide()
        self._replace(holder)
        if is_writing and row is not None:
            self.memos.memo.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.verticalScrollBar().setValue(place)
        if focused and focused in self.form.fields:
            self.form.field(focused).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_memos(self, row: TableRow) -> None:
        """Show the memos on the study, or on the file that the cursor is on."""
        self._column.addSpacing(px(16))
        self._column.addWidget(self.memos)
        self.memos.show()
        if row.kind == DOCUMENT and row.document_id:
            self.memos.show_subject("document", row.document_id)
        else:
            self.memos.show_subject("study", row.study_id)

    def _replace(self, holder: QWidget) -> None:
        """Show other contents; what is shown now may be in the middle of telling something."""
        before = self._area.takeWidget()
        if before is not None:
            for field in before.findChildren(QLineEdit):
                field.blockSignals(True)
            before.hide()
            before.deleteLater()
        self._area.setWidget(holder)

    def _focused_attribute(self) -> str:
        """Return the attribute whose field has the cursor, to put it there again."""
        fields = self.form.fields.items() if isValid(self.form) else ()
        return next((key for key, field in fields if field.hasFocus()), "")

    def _show_again(self) -> None:
        self.show_row(self._row, self._table)

    def _fill(self, row: TableRow) -> None:
        table = self._table
        study = next(one for one in table.rows if one.id == row.study_id)
        self._show_head(study, row)
        reports = [
            report for report in (table.reports or {}).values() if report.study_id == study.id
        ]
        self._show_tabs(len(reports))
        if self._tab == ATTRIBUTES:
            self._show_attributes(study)
            self._show_progress(study, row)
            return
        for number, report in enumerate(reports):
            if number:
                self._column.addSpacing(px(4))
                self._column.addWidget(line())
                self._column.addSpacing(px(4))
            self._show_report(report, can_part=len(reports) > 1)
        self._show_integrity(study)

    def show_tab(self, key: str) -> None:
        """Show the attributes or the reports."""
        self._tab = key
        self._show_again()

    def _show_tabs(self, reports: int) -> None:
        words = "Report" if reports == 1 else count(reports, "report")
        tabs = SegmentedControl(((ATTRIBUTES, "Attributes"), (REPORTS, words)), wide=True)
        tabs.choose(self._tab)
        tabs.chosen.connect(self.show_tab)
        self._column.addSpacing(px(12))
        self._column.addWidget(tabs)
        self._column.addSpacing(px(8))

    def _show_attributes(self, study: TableRow) -> None:
        self.form = AttributeForm()
        for name, act in self._acts.items():
            getattr(self.form, name).connect(act)
        known: dict[str, list[str]] = {one.id: [] for one in self._table.attributes}
        for row in self._table.rows:
            for attribute_id, cell in row.cells.items():
                if cell.shown is not None and attribute_id in known:
                    known[attribute_id].append(cell.shown.text)
        self.form.show_study(study.id, self._table.attributes, study.cells, self._people, known)
        self._column.addWidget(self.form)

    def _show_integrity(self, study: TableRow) -> None:
        self._group("Integrity")
        mark = QComboBox()
        mark.setAccessibleName("Integrity of the study")
        for key, words in INTEGRITY.items():
            mark.addItem(words, key)
        mark.setCurrentIndex(max(0, mark.findData(study.flag)))
        reason = QLineEdit(study.flag_note)
        reason.setPlaceholderText("Who says so, and where?")
        reason.setAccessibleName("Reason of the mark")
        mark.activated.connect(
            lambda: self.marked.emit(study.id, mark.currentData(), reason.text())
        )
        reason.editingFinished.connect(lambda: self._give_reason(study, reason.text()))
        self.reason = reason
        self._column.addWidget(mark)
        self._column.addWidget(reason)
        reason.setVisible(bool(study.flag))

    def _give_reason(self, study: TableRow, reason: str) -> None:
        if reason != study.flag_note:
            self.marked.emit(study.id, study.flag, reason)

    def _show_head(self, study: TableRow, row: TableRow) -> None:
        self._column.addWidget(label(study.label, "heading", wrap=True))
        if study.title and study.title != study.label:
            self._column.addWidget(label(study.title, "body", "text_2", wrap=True))
        if study.notes:
            tags = tight(QHBoxLayout(), 6, (0, 4, 0, 0))
            for note in study.notes:
                kind = "plain" if note.tone == "neutral" else note.tone
                tag = Tag(note.text, kind, note.icon)
                tag.setToolTip(note.why or note.text)
                tags.addWidget(tag)
            tags.addStretch(1)
            self._column.addLayout(tags)
        self._column.addSpacing(px(8))
        buttons = tight(QHBoxLayout(), 8)
        read = button("Read", "primary", icon=icon("book-open-text", "on_accent"))
        document = row.document_id or study.document_id
        read.setEnabled(bool(document))
        if not document:
            read.setToolTip("This study has no PDF yet")
        read.clicked.connect(lambda: self.opened.emit(document))
        extracts = button("Extracts", icon=icon("quote"))
        extracts.setToolTip("Show what is coded in this study")
        extracts.clicked.connect(lambda: self.extracts_asked.emit(study.id))
        buttons.addWidget(read)
        buttons.addWidget(KeyCap("Enter"))
        buttons.addWidget(extracts)
        buttons.addStretch(1)
        self._column.addLayout(buttons)

    def _show_report(self, report: ReportRow, *, can_part: bool) -> None:
        if report.authors:
            names = "; ".join(report.authors[:6])
            names += " and others" if len(report.authors) > 6 else ""
            year = f" ({report.year})" if report.year else ""
            self._column.addWidget(label(f"{names}{year}", "body", "text", wrap=True))
        else:
            self._column.addWidget(label("No record yet", "body", "text"))
            self._column.addWidget(
                label(
                    "Title and year were read from the file. Add a reference list to complete it.",
                    "small", "text_2", wrap=True,
                )
            )  # fmt: skip
        if report.title and report.authors:
            self._column.addWidget(label(report.title, "small", "text_2", wrap=True))
        if report.doi:
            self._column.addWidget(ElidedLabel(f"DOI {report.doi}", "small", "text_2"))
        if not report.document_ids:
            self._column.addWidget(Tag("Needs PDF", "warning", "file-question-mark"))
        for document_id in report.document_ids:
            self._show_document(document_id)
        if can_part:
            part = button("Make this a study of its own", "link")
            part.clicked.connect(lambda: self.parted.emit(report.id))
            self._column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_document(self, document_id: str) -> None:
        document = self._table.document(document_id)
        if document is None:
            return
        card = frame("card")
        inside = tight(QVBoxLayout(card), 2, (12, 8, 8, 8))
        name = ElidedLabel(document.file_name, "name", "text", Qt.TextElideMode.ElideMiddle)
        top = tight(QHBoxLayout(), 4)
        top.addWidget(name, 1)
        remove = button("Remove", "link")
        remove.setToolTip("Take this PDF out of the review")
        remove.clicked.connect(lambda: self.removed.emit([document_id]))
        top.addWidget(remove)
        inside.addLayout(top)
        language = language_name(document.language)
        facts = ", ".join(part for part in (count(document.page_count, "page"), language) if part)
        inside.addWidget(label(facts, "small", "text_2"))
        if document.text_note:
            inside.addWidget(label(document.text_note, "small", "warning", wrap=True))
        self._column.addSpacing(px(4))
        self._column.addWidget(card)

    def _show_progress(self, study: TableRow, row: TableRow) -> None:
        shown = row if row.kind == DOCUMENT else study
        if not shown.progress or not shown.pdfs:
            return
        self._group("Progress")
        for person, work in zip(self._table.coders, shown.progress, strict=True):
            entry = tight(QHBoxLayout(), 8, (0, 2, 0, 2))
            entry.addWidget(PersonPicture(person.initials, person.kind, person.name))
            entry.addWidget(ElidedLabel(person.name), 1)
            entry.addWidget(label(_progress_words(work), "small", _progress_tone(work)))
            self._column.addLayout(entry)

    def _group(self, text: str) -> None:
        self._column.addSpacing(px(16))
        self._column.addWidget(label(text, "small_group", "text_2"))


def _progress_words(work: Progress) -> str:
    if work.is_submitted:
        return "Submitted"
    return work.spoken()


def _progress_tone(work: Progress) -> str:
    return "success" if work.is_submitted else "text_2"
