"""The facets of a coding beside valence and stage, whatever the codebook declares: one line each.

In the small card they fold away behind "More" where they would make it too tall.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.coding.codebook import STAGE, VALENCE, Codebook, Facet
from app.coding.passages import Coding
from app.ui.reading.values_button import ValuesButton
from app.ui.settings import settings
from app.ui.theme import icon
from app.ui.widgets import button, clear, label, tight

MOST_UNFOLDED = 1
"""Lines that the small card shows without folding."""
OPEN_SETTING = "read.more_facets"


class FacetLines(QWidget):
    """``picked`` carries facet and value that were chosen or taken away."""

    picked = Signal(str, str)
    resized = Signal()
    """The lines were folded or unfolded."""

    def __init__(self, *, folds: bool = False) -> None:
        """Start empty; with ``folds`` the lines stand behind "More"."""
        super().__init__()
        self._folds = folds
        self._facets: tuple[Facet, ...] = ()
        self._own, self._told = False, ""
        self.buttons: dict[str, ValuesButton] = {}
        self.more = button("More", "small", icon=icon("chevron-right", size=14))
        self.more.clicked.connect(self._fold)
        self._summary = label("", "small", "text_2")
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._head = QWidget()
        head = tight(QHBoxLayout(self._head), 8)
        head.addWidget(self.more)
        head.addWidget(self._summary, 1)
        self._lines = QWidget()
        self._grid = tight(QGridLayout(self._lines), 4)
        self._grid.setHorizontalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._words = label("", "small", "text_2", wrap=True)
        column = tight(QVBoxLayout(self), 4)
        column.addWidget(self._head)
        column.addWidget(self._lines)
        column.addWidget(self._words)

    def show_coding(self, coding: Coding, codebook: Codebook | None, *, own: bool) -> None:
        """Show the further facets of a coding; ``own`` ones can be changed."""
        self._own = own
        facets = further_facets(codebook)
        if facets != self._facets:
            self._build(facets)
        told = []
        for facet in facets:
            keys = coding.facets.get(facet.key, ())
            self.buttons[facet.key].choose(keys)
            labels = ", ".join(value.label for value in facet.values if value.key in keys)
            if labels:
                told.append((facet.label, labels))
        self._words.setText("\n".join(f"{name}: {labels}" for name, labels in told))
        self._words.setVisible(not own and bool(told))
        self._told = "; ".join(labels for _name, labels in told)
        self._summary.setToolTip(self._words.text())
        self.more.setAccessibleDescription(self._words.text())
        self._show_lines()
        self.setVisible(bool(facets) if own else bool(told))

    @property
    def told(self) -> str:
        """The facets of a coding in words, one line each."""
        return self._words.text()

    @property
    def is_open(self) -> bool:
        """True while the lines are shown."""
        folded = self._folds and len(self._facets) > MOST_UNFOLDED
        return not folded or bool(settings().value(OPEN_SETTING, False))

    def _build(self, facets: Sequence[Facet]) -> None:
        clear(self._grid)
        self._facets, self.buttons = tuple(facets), {}
        for row, facet in enumerate(facets):
            name: QLabel = label(facet.label, "small", "text_2")
            made = ValuesButton(facet.label, multiple=facet.multiple)
            made.show_values(facet.values)
            made.picked.connect(lambda value, key=facet.key: self.picked.emit(key, value))
            self.buttons[facet.key] = made
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(made, row, 1, Qt.AlignmentFlag.AlignLeft)
        names = ", ".join(facet.label for facet in facets)
        self.more.setToolTip(f"Show and set {names}")

    @property
    def name_width(self) -> int:
        """Where values begin, for a line above that is to stand in the same column."""
        if self._lines.isHidden():
            return 0
        names = (self._grid.itemAtPosition(row, 0) for row in range(len(self._facets)))
        widest = max((item.sizeHint().width() for item in names if item is not None), default=0)
        return widest + self._grid.horizontalSpacing()

    def _fold(self) -> None:
        settings().remember(OPEN_SETTING, not self.is_open)
        self._show_lines()
        self.resized.emit()

    def _show_lines(self) -> None:
        folds = self._folds and len(self._facets) > MOST_UNFOLDED
        is_open = self.is_open
        self._head.setVisible(self._own and folds)
        self._lines.setVisible(self._own and is_open)
        self._summary.setText("" if is_open else self._told)
        self.more.setText("Less" if is_open else "More")
        self.more.setIcon(icon("chevron-down" if is_open else "chevron-right", size=14))


def further_facets(codebook: Codebook | None) -> tuple[Facet, ...]:
    """Return the facets of a codebook that have no place of their own in the form."""
    if codebook is None:
        return ()
    return tuple(
        facet for facet in codebook.facets if facet.key not in (VALENCE, STAGE) and facet.values
    )
