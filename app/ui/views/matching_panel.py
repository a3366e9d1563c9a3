"""The card that shows how a reference list was matched to the PDFs."""

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QRectF, QSize, Signal
from PySide6.QtGui import QHideEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from app.coding.documents import list_documents
from app.coding.references import Match
from app.coding.studies import MatchResult, settle_match
from app.ui.bridge import ProjectBridge
from app.ui.theme import font, paint_icon, px, theme
from app.ui.theme import icon as theme_icon
from app.ui.views.card import Card
from app.ui.views.matching_model import (
    CANDIDATE,
    GROUP,
    UNSURE,
    MatchingModel,
    MatchLine,
    MatchRole,
)
from app.ui.views.row_painting import LEFT, RIGHT, paint_coloured, paint_rule, paint_text
from app.ui.views.studies_rows import count
from app.ui.widgets import RowDelegate, button, icon_button, label, line, tight
from app.ui.widgets.rows import Index

WIDTH, HEIGHT = 760, 520
ICONS = {UNSURE: ("circle-question-mark", "warning"), CANDIDATE: ("file-text", "text_3")}


class _MatchDelegate(RowDelegate):
    kind = "table"
    radius = 0.0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = theme.row("table") if index.parent().isValid() else theme.row("table") + px(4)
        return QSize(px(200), height)

    def paint_content(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        box: QRectF,
    ) -> None:
        shown: MatchLine = index.data(MatchRole.LINE)
        row = box.adjusted(px(24), 0, -px(24), 0)
        if shown.kind == GROUP:
            row.setTop(row.top() + px(6))
            taken = paint_coloured(painter, row, shown.text, font("group"), theme.token("text"))
            note = row.adjusted(taken + px(12), 0, -px(48), 0)
            paint_text(painter, note, shown.detail, font("small"), "text_2", LEFT)
            paint_text(painter, row, shown.fact, font("name", tabular=True), "text_2", RIGHT)
            paint_rule(painter, box, "line_strong")
            return
        side = px(16)
        if shown.kind == CANDIDATE:
            row.setLeft(row.left() + px(28))
        if shown.kind in ICONS:
            name, token = ICONS[shown.kind]
            glyph = QRectF(row.left(), row.center().y() - side / 2, side, side)
            paint_icon(painter, glyph, name, token)
            row.setLeft(glyph.right() + px(12))
        fact = QRectF(row.right() - px(120), row.top(), px(120), row.height())
        paint_text(painter, fact, shown.fact, font("small", tabular=True), "text_2", RIGHT)
        if shown.fact:
            row.setRight(fact.left() - px(8))
        words = QRectF(row)
        words.setWidth(row.width() * (0.58 if shown.detail else 1.0))
        face = font("name" if shown.kind == UNSURE else "body")
        paint_text(painter, words, shown.text, face, "text", LEFT)
        detail = QRectF(row)
        detail.setLeft(words.right() + px(12))
        paint_text(painter, detail, shown.detail, font("small"), "text_2", LEFT)
        paint_rule(painter, box)


class MatchingPanel(Card):
    """Lists the outcome of a reference list; unsure records can be given their PDF here."""

    left_unsure = Signal(object)
    """The records that nobody chose a PDF for, when the card is closed."""
    result: MatchResult | None = None

    def __init__(self, bridge: ProjectBridge, parent: QWidget) -> None:
        super().__init__(parent, "Reference list", WIDTH, HEIGHT)
        self._bridge = bridge
        self._keeps = True
        self.model = MatchingModel(self)
        self.tree = QTreeView()
        self.tree.setProperty("look", "raised")
        self.tree.setModel(self.model)
        self.tree.setItemDelegate(_MatchDelegate(self.tree))
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(0)
        self.tree.setRootIsDecorated(False)
        self.tree.setMouseTracking(True)
        self.tree.setItemsExpandable(False)
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.tree.setAccessibleName("Records and PDFs")
        self.tree.activated.connect(self.take)
        self.tree.selectionModel().currentChanged.connect(lambda *_: self._dress())
        self._build()

    def show_result(self, result: MatchResult, source: str, *, keeps: bool = True) -> None:
        """Show what became of the list in the file ``source``.

        With ``keeps``, unsure records that are left are kept without a PDF when the card closes.
        """
        self._keeps = keeps
        self._source.setText(source)
        self._show(result)
        first = self.model.first_unsure()
        if first.isValid():
            self.tree.setCurrentIndex(self.model.index(0, 0, first))
        self.open()
        self.tree.setFocus()

    def take(self, index: QModelIndex) -> None:
        """Give an unsure record the PDF of this row."""
        shown = index.data(MatchRole.LINE) if index.isValid() else None
        if shown is None or shown.kind != CANDIDATE or self.result is None:
            return
        settle_match(self._bridge.project, shown.document_id, shown.record)
        match = Match(shown.record, shown.document_id, "chosen by you", 100.0)
        name = shown.text
        self._show(
            replace(
                self.result,
                matched=(*self.result.matched, match),
                unsure=tuple(one for one in self.result.unsure if one.record is not shown.record),
                pdfs_without_record=tuple(
                    file for file in self.result.pdfs_without_record if file != name
                ),
            )
        )
        first = self.model.first_unsure()
        if first.isValid():
            self.tree.setCurrentIndex(self.model.index(0, 0, first))

    def hideEvent(self, event: QHideEvent) -> None:
        """Let records that nobody chose a PDF for be kept as studies that need one."""
        super().hideEvent(event)
        if self.result is None or not self.isHidden() or not self._bridge.is_open:
            return
        unsure = [one.record for one in self.result.unsure]
        self.result = replace(self.result, unsure=())
        if unsure and self._keeps:
            self.left_unsure.emit(unsure)

    def _show(self, result: MatchResult) -> None:
        self.result = result
        names = {d.id: d.file_name for d in list_documents(self._bridge.project)}
        self.model.set_result(result, lambda document_id: names.get(document_id, document_id))
        self.tree.expandAll()
        parts = [f"{len(result.matched)} matched"]
        if result.unsure:
            parts.append(f"{len(result.unsure)} not sure")
        if result.records_without_pdf:
            parts.append(f"{count(len(result.records_without_pdf), 'record')} without a PDF")
        if result.pdfs_without_record:
            parts.append(f"{count(len(result.pdfs_without_record), 'PDF')} without a record")
        self._headline.setText(", ".join(parts))
        self._dress()

    def _dress(self) -> None:
        shown = self.tree.currentIndex().data(MatchRole.LINE)
        can = shown is not None and shown.kind == CANDIDATE
        unsure = self.result is not None and bool(self.result.unsure)
        self._take.setVisible(unsure)
        self._take.setEnabled(can)
        self._take.setToolTip("" if can else "Choose a PDF below an unsure record first")
        self._hint.setText(
            "Nothing is guessed: a record you leave is kept as a study that needs its PDF."
            if unsure
            else "Matched records give the studies their titles, authors and years."
        )

    def _build(self) -> None:
        self._headline = label("", "name")
        self._source = label("", "body", "text_2")
        close = icon_button(theme_icon("x"), "Close this list", size=16)
        close.clicked.connect(self.hide)
        head = tight(QVBoxLayout(), 4, (24, 20, 24, 12))
        top = tight(QHBoxLayout(), 8)
        top.addWidget(label("Reference list", "heading"), 1)
        top.addWidget(close)
        head.addLayout(top)
        head.addWidget(self._source)
        head.addSpacing(px(4))
        head.addWidget(self._headline)
        self._hint = label("", "small", "text_2", wrap=True)
        self._take = button("Use this PDF")
        self._take.clicked.connect(lambda: self.take(self.tree.currentIndex()))
        done = button("Done", "primary")
        done.clicked.connect(self.hide)
        foot = tight(QHBoxLayout(), 8, (24, 12, 24, 16))
        foot.addWidget(self._hint, 1)
        foot.addWidget(self._take)
        foot.addWidget(done)
        column = tight(QVBoxLayout(self), 0, (1, 1, 1, 1))
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self.tree, 1)
        column.addWidget(line())
        column.addLayout(foot)
