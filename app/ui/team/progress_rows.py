"""How far each coder is: a bar, and numbers that are doors."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.coding.people import CoderInfo
from app.coding.roster import Progress
from app.ui.dates import counted
from app.ui.theme import px
from app.ui.views.row_painting import paint_bar
from app.ui.widgets import Person, button, clear, label, tight


class Bar(QWidget):
    """A bar of a share between 0 and 1."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of a bar in a row."""
        return QSize(px(180), px(8))

    def paintEvent(self, event: object) -> None:
        """Paint it."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        middle = QRectF(box.left(), box.center().y() - px(2), box.width(), px(4))
        paint_bar(painter, middle, self._share)


class ProgressRows(QWidget):
    """A line for each coder; ``submitted_asked`` and ``codings_asked`` carry a coder."""

    submitted_asked = Signal(str)
    codings_asked = Signal(str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._grid = tight(QGridLayout(self), 4)
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setColumnStretch(5, 1)
        self.setAccessibleName("Progress")

    def show_progress(
        self, progress: Sequence[Progress], coders: Sequence[CoderInfo], you: str | None
    ) -> None:
        """Show how far everybody is."""
        clear(self._grid)
        known = {coder.id: coder for coder in coders}
        for row, one in enumerate(p for p in progress if p.coder_id in known):
            coder = known[one.coder_id]
            disc = Person(coder.initials, "you" if coder.id == you else "other")
            of_all = max(one.assigned, one.submitted)
            finished = f"{one.submitted} of {of_all} submitted" if of_all else "nothing on the list"
            first = button(finished, "link", tip=f"Show what {coder.name} has not finished")
            first.clicked.connect(lambda _=False, c=coder.id: self.submitted_asked.emit(c))
            second = button(
                counted(one.codings, "coding", "codings"), "link", tip="Show them as extracts"
            )
            second.clicked.connect(lambda _=False, c=coder.id: self.codings_asked.emit(c))
            second.setEnabled(one.codings > 0)
            self._grid.addWidget(disc, row, 0)
            self._grid.addWidget(label(coder.name, "name"), row, 1)
            self._grid.addWidget(Bar(one.submitted / of_all if of_all else 0), row, 2)
            self._grid.addWidget(first, row, 3)
            self._grid.addWidget(second, row, 4)
