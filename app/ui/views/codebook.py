"""The place Codebook: all codes at the left, the chosen one in full beside them."""

from functools import partial

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.coding.codebook import VALENCE
from app.coding.extracts import ExtractFilter
from app.ui.bridge import ProjectBridge
from app.ui.place import Window
from app.ui.search import Finding
from app.ui.theme import px, scale, theme
from app.ui.views.code_page import CodePage, CodeUses
from app.ui.views.code_tree import CodeTreePanel
from app.ui.views.code_tree_model import CATEGORY, CODE
from app.ui.views.coding_filters import facet_values
from app.ui.views.evidence_source import EvidenceSource
from app.ui.views.folding import holds_all_words
from app.ui.views.studies_rows import count
from app.ui.views.view_place import ViewPlace
from app.ui.widgets import EmptyView, RememberingSplitter

LEAST_TREE = 240


class CodebookPlace(ViewPlace):
    """Tree and page; reading only."""

    key = "codebook"
    title = "Codebook"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._source = EvidenceSource.of(window.bridge)
        self.tree = CodeTreePanel(window.bridge)
        self.tree.set_document(None)
        self.page = CodePage()
        self._splitter = RememberingSplitter("codebook")
        self._splitter.fill(self.tree, self.page, sizes=[px(304), px(900)])
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._scale = scale()
        self._measure()
        theme.changed.connect(self._measure)
        self._empty = EmptyView(
            "list-tree",
            "No codebook yet",
            "A codebook holds the factors you code with. Choose one when you make a project.",
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(self._empty)
        self.setFocusProxy(self.tree.tree)
        self.tree.code_chosen.connect(self._show)
        self.tree.code_activated.connect(self._show_extracts)
        self.page.code_asked.connect(self.tree.choose_code)
        self.page.extracts_asked.connect(self._show_extracts)
        self._source.changed.connect(self.refresh_when_seen)

    def _measure(self) -> None:
        """Let the panel of codes follow the size of text."""
        self._keep_balance()
        if scale() != self._scale:
            ratio, self._scale = scale() / self._scale, scale()
            left, right = self._splitter.sizes()
            grown = min(round(left * ratio), (left + right) // 2)
            self._splitter.setSizes([grown, left + right - grown])

    def _keep_balance(self) -> None:
        """Leave at least half of the width to the page of the code."""
        self.tree.setMinimumWidth(min(px(LEAST_TREE), self.width() * 2 // 5))
        left, right = self._splitter.sizes()
        if left > right > 0:
            half = (left + right) // 2
            self._splitter.setSizes([half, left + right - half])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share a new width out."""
        super().resizeEvent(event)
        self._keep_balance()

    def panels(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return [self.tree.field, self.tree.tree, self.page]

    def set_project(self, bridge: ProjectBridge) -> None:
        """Show the codebook of the project."""
        self.refresh_when_seen()

    def show_code(self, code_id: str) -> None:
        """Put the cursor on a code and show it."""
        self.tree.choose_code(code_id)
        self.tree.tree.setFocus()

    def findings(self, query: str) -> list[Finding]:
        """Offer codes by name."""
        codebook = self._source.codebook()
        if codebook is None:
            return []
        return [
            Finding(
                "Codes",
                code.name,
                codebook.cluster(code.cluster_id).name,
                partial(self.window_of_places.show_code, code.id),
                "tag",
                code.hot_key.upper(),
                codebook.cluster(code.cluster_id).number or "context",
            )
            for code in codebook.codes
            if not code.retired and holds_all_words(code.name, query)
        ][:8]

    def refresh(self) -> None:
        """Show codebook and counts as they are now."""
        codebook = self._source.codebook()
        if codebook is None:
            return
        self._stack.setCurrentWidget(self._splitter if codebook.codes else self._empty)
        self.tree.refresh()
        self.title_and_fact()
        chosen = self.tree.code_id()
        if chosen:
            self._show(chosen)
        elif codebook.codes:
            self.tree.tree.choose_first()

    def title_and_fact(self) -> None:
        """Name codebook and version in the header."""
        codebook = self._source.codebook()
        if codebook is None or not codebook.codes:
            self.fact = ""
        else:
            codes = count(self.tree.model.counts(CODE), "code")
            categories = self.tree.model.counts(CATEGORY)
            self.fact = (
                f"{codebook.title}, version {codebook.version}: {codes} in {categories} categories"
            )
        self.title_changed.emit()

    def _show(self, code_id: str) -> None:
        codebook = self._source.codebook()
        if codebook is None:
            return
        uses = CodeUses(
            self._source.codings_of_codes().get(code_id, 0),
            self._source.studies_of_codes().get(code_id, 0),
            self._directions(code_id),
        )
        self.page.show_code(codebook, codebook.code(code_id), uses)

    def _directions(self, code_id: str) -> tuple[tuple[str, str, int], ...]:
        evidence, codebook = self._source.evidence(), self._source.codebook()
        if evidence is None or codebook is None:
            return ()
        labels = {value.key: value.label for value in facet_values(codebook, VALENCE)}
        mine = evidence.where(codes=[code_id])
        found = []
        for place, key in enumerate(evidence.valences):
            studies = len(np.unique(mine.study[mine.valence == place]))
            if studies:
                found.append((key, labels.get(key, key), studies))
        return tuple(found)

    def _show_extracts(self, code_id: str, valence: str = "") -> None:
        self.window_of_places.show_extracts(
            ExtractFilter(
                code_ids=frozenset({code_id}),
                valences=frozenset({valence}) if valence else None,
            )
        )
