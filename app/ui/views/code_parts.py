"""Small parts of the page of a code: its square, its numbers, the codes it names."""

import re
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from app.coding.codebook import Cluster, Code, Codebook
from app.ui.theme import paint_swatch, px
from app.ui.views.studies_rows import count
from app.ui.widgets import Chip, CountLabel, FlowLayout, ValenceMark, clear, label, tight

CODE_KEY = re.compile(r"\b[a-z]+\.[a-z_]+\b")


@dataclass(frozen=True, slots=True)
class CodeUses:
    """How often a code is used; the numbers are doors to its extracts.

    ``directions`` are (valence key, label, number of studies) of the valences that occur.
    """

    codings: int = 0
    studies: int = 0
    directions: tuple[tuple[str, str, int], ...] = ()


class Swatch(QWidget):
    """The square of a cluster, split where the code has a colour of its own."""

    def __init__(self, number: str, colour: str = "", *, side: int = 11) -> None:
        super().__init__()
        self._number, self._colour, self._side = number, colour, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of the square."""
        return QSize(px(self._side), px(self._side))

    def paintEvent(self, event: object) -> None:
        """Paint it."""
        painter = QPainter(self)
        paint_swatch(painter, QRectF(self.rect()), self._number, self._colour)
        painter.end()


class UsesRow(QWidget):
    """How often a code is used; ``directions`` is a second line for valences.

    ``asked`` carries the code's id and a valence or "".
    """

    asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._row = tight(QHBoxLayout(self), 0)
        self.directions = FlowLayout(spacing=12)

    def show_uses(self, code: Code, uses: CodeUses) -> None:
        """Show the numbers of a code."""
        clear(self._row)
        self._show_directions(code, uses)
        if not uses.codings:
            words = "Nothing is coded with this code yet."
            self._row.addWidget(label(words, "body", "text_2"))
            return
        doors = ((count(uses.studies, "study"), ", "), (count(uses.codings, "coding"), ""))
        for words, after in doors if not code.retired else doors[1:]:
            door = CountLabel(words, role="name", tone="text")
            door.setToolTip("Show the extracts of this code")
            door.clicked.connect(lambda: self.asked.emit(code.id, ""))
            self._row.addWidget(door)
            self._row.addWidget(label(after, "body", "text_2"))
        ending = " of this code, not counted" if code.retired else " with this code"
        self._row.addWidget(label(ending, "body", "text_2"))

    def _show_directions(self, code: Code, uses: CodeUses) -> None:
        clear(self.directions)
        for key, name, number in uses.directions:
            one = QWidget()
            inside = tight(QHBoxLayout(one), 4)
            inside.addWidget(ValenceMark(key, name))
            door = CountLabel(f"{name} in {count(number, 'study')}", role="small", tone="text_2")
            door.setToolTip(f"Show the extracts coded {name.lower()}")
            door.clicked.connect(lambda _on=False, key=key: self.asked.emit(code.id, key))
            inside.addWidget(door)
            self.directions.addWidget(one)


class FurtherClusters(QWidget):
    """Chips of the clusters a code belongs to beside its own; ``toggled`` carries one's id."""

    toggled = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._row = FlowLayout(self, spacing=6, line=30)
        self._free: tuple[Cluster, ...] = ()

    def show_clusters(self, codebook: Codebook, code: Code) -> None:
        """Show those of a code, and offer the others."""
        clear(self._row)
        for cluster_id in code.further_cluster_ids:
            for cluster in (one for one in codebook.clusters if one.id == cluster_id):
                chip = Chip(full_name(cluster), is_set=True)
                chip.removed.connect(lambda one=cluster_id: self.toggled.emit(one))
                self._row.addWidget(chip)
        taken = (code.cluster_id, *code.further_cluster_ids)
        self._free = tuple(one for one in codebook.clusters if one.id not in taken)
        add = Chip("Add a cluster", kind="add")
        add.set_menu(self._menu)
        add.setEnabled(bool(self._free) and not code.retired)
        self._row.addWidget(add)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for cluster in self._free:
            action = menu.addAction(full_name(cluster))
            action.triggered.connect(lambda _on=False, one=cluster.id: self.toggled.emit(one))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu


def full_name(cluster: Cluster) -> str:
    """Return a cluster's number and name."""
    return f"{cluster.number} {cluster.name}".strip()


def neighbours_of(codebook: Codebook, code: Code) -> list[Code]:
    """Return the codes to see instead, each where it went, if it went into another."""
    found = [one for key in code.see_instead for one in codebook.codes if one.key == key]
    return list(dict.fromkeys(codebook.code(codebook.living(one.id)) for one in found))


def mentioned(codebook: Codebook, code: Code) -> list[Code]:
    """Return the codes whose keys, such as ``maw.roles``, stand in the texts of a code."""
    known = {one.key: one for one in codebook.codes if one.id != code.id}
    texts = " ".join((code.definition, code.include, code.exclude))
    keys = dict.fromkeys(CODE_KEY.findall(texts))
    return [known[key] for key in keys if key in known]


def swatch_icon(number: str, colour: str) -> QIcon:
    """Return the square of a cluster or code as an icon."""
    picture = QPixmap(px(14), px(14))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_swatch(painter, QRectF(picture.rect()), number, colour)
    painter.end()
    return QIcon(picture)
