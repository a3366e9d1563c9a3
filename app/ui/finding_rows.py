"""The rows of findings: group heads with counts, findings, prose with all words searched."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from app.ui.finding_prose import prose
from app.ui.search import Finding
from app.ui.theme import (
    font,
    key_cap_size,
    paint_icon,
    paint_key_cap,
    paint_swatch,
    px,
    theme,
)
from app.ui.widgets.rows import RowDelegate

HEAD, ROW, BELOW, SCROLL_BAR = 28, 32, 30, 14
BESIDE = 8  # pixels that a row keeps free at its edges, at any size of text
COUNT = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class FindingModel(QAbstractListModel):
    """Findings with a head above each group; a head cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Finding | str] = []
        self._totals: Mapping[str, int] = {}

    def show(self, findings: Sequence[Finding], totals: Mapping[str, int] | None = None) -> None:
        """Show other findings, in the order of their groups; ``totals`` also count the rest."""
        rows: list[Finding | str] = []
        group = ""
        for finding in findings:
            if finding.kind != group:
                group = finding.kind
                rows.append(group)
            rows.append(finding)
        self.beginResetModel()
        self._rows, self._totals = rows, totals or {}
        self.endResetModel()

    def findings(self) -> list[Finding]:
        """Return the findings without the heads."""
        return [row for row in self._rows if isinstance(row, Finding)]

    def finding(self, row: int) -> Finding | None:
        """Return the finding in a row; None for a head and outside."""
        found = self._rows[row] if 0 <= row < len(self._rows) else ""
        return found if isinstance(found, Finding) else None

    def row_of(self, finding: Finding | None) -> int:
        """Return the row of a finding that can be done, else of the first one; -1 for none."""
        able = [
            number
            for number, row in enumerate(self._rows)
            if isinstance(row, Finding) and row.enabled
        ]
        same = [number for number in able if self._rows[number] is finding]
        return next(iter(same or able), -1)

    def height(self, width: int) -> int:
        """Return the height of all rows in a list of that width, in pixels."""
        return sum(height_of(row, width) for row in self._rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of heads and findings."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return text, what is read aloud, or the row itself (UserRole)."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == COUNT and isinstance(row, str):
            return self._count(row)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if isinstance(row, str):
            spoken = role == Qt.ItemDataRole.AccessibleTextRole and self._count(row)
            return f"{row}, {spoken}" if spoken else row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        key = f"key {row.key}" if row.key else ""
        return ", ".join(part for part in (row.text, row.kind, row.detail, row.place, key) if part)

    def _count(self, head: str) -> str:
        """Return "8 of 130", "130", or "" where nothing is counted."""
        shown = sum(isinstance(row, Finding) and row.kind == head for row in self._rows)
        total = self._totals.get(head, 0)
        if not total:
            return ""
        return f"{shown:,} of {total:,}" if total > shown else f"{shown:,}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let findings be chosen that can be done."""
        finding = self.finding(index.row())
        if finding is None or not finding.enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled


class FindingDelegate(RowDelegate):
    """Paints heads, findings in one line, and passages in two."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the row."""
        return QSize(0, height_of(index.data(Qt.ItemDataRole.UserRole), self._width()))

    def paint_content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRectF
    ) -> None:
        """Paint one row."""
        row: Finding | str = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(row, str):
            painter.setFont(font("small_group"))
            painter.setPen(theme.token("text_2"))
            words = box.adjusted(px(8), px(6), -px(8), 0)
            painter.drawText(words, MIDDLE, row)
            painter.setFont(font("small", tabular=True))
            painter.drawText(words, MIDDLE | Qt.AlignmentFlag.AlignRight, index.data(COUNT) or "")
            return
        inside = box.adjusted(px(8), 0, -px(8), 0)
        self._paint_glyph(painter, inside, row)
        inside.setLeft(inside.left() + px(26))
        if row.is_prose:
            self._paint_passage(painter, inside, row, prose_width(self._width()))
        else:
            self._paint_line(painter, inside, row)

    def _width(self) -> int:
        view = self.parent()
        return view.width() if isinstance(view, QListView) else 0

    @staticmethod
    def _paint_glyph(painter: QPainter, box: QRectF, finding: Finding) -> None:
        side = px(16)
        height = px(28) if finding.is_prose else box.height()
        glyph = QRectF(box.left(), box.top() + (height - side) / 2, side, side)
        if finding.cluster:
            paint_swatch(painter, glyph.adjusted(px(3), px(3), -px(3), -px(3)), finding.cluster)
        elif finding.icon:
            paint_icon(painter, glyph, finding.icon, "text_2" if finding.enabled else "off")

    @staticmethod
    def _paint_line(painter: QPainter, box: QRectF, finding: Finding) -> None:
        if finding.key:
            width = key_cap_size(finding.key).width()
            cap = QRectF(box.right() - width, box.top(), width, box.height())
            paint_key_cap(painter, cap, finding.key, enabled=finding.enabled)
            box.setRight(box.right() - width - px(8))
        painter.setFont(font("name"))
        painter.setPen(theme.token("text" if finding.enabled else "off"))
        metrics = QFontMetricsF(painter.font())
        wanted = metrics.horizontalAdvance(finding.text) + 1
        given = min(wanted, box.width() * (0.66 if finding.detail else 1))
        name = QRectF(box.left(), box.top(), given + 1, box.height())
        painter.drawText(name, MIDDLE, _elided(metrics, finding.text, given))
        painter.setFont(font("small"))
        painter.setPen(theme.token("text_2" if finding.enabled else "off"))
        rest = box.adjusted(given + px(12), 0, 0, 0)
        detail = _elided(QFontMetricsF(painter.font()), finding.detail, rest.width())
        painter.drawText(rest, MIDDLE | Qt.AlignmentFlag.AlignRight, detail)

    @staticmethod
    def _paint_passage(painter: QPainter, box: QRectF, finding: Finding, width: int) -> None:
        words = prose(finding.text, finding.marks, width, serif=finding.in_serif)
        words.paint(painter, box.left(), box.top() + px(4))
        lower = QRectF(box.left(), box.top() + px(5) + words.height(), box.width(), px(18))
        painter.setFont(font("small"))
        painter.setPen(theme.token("text_2"))
        metrics = QFontMetricsF(painter.font())
        place = finding.place
        place = f", {place}" if place and finding.detail else place
        room = lower.width() - metrics.horizontalAdvance(place) - 1
        painter.drawText(lower, MIDDLE, _elided(metrics, finding.detail, room) + place)


def _elided(metrics: QFontMetricsF, text: str, room: float) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room))


def height_of(row: Finding | str, width: int) -> int:
    """Return the height of a row in a list of that width, in pixels."""
    if isinstance(row, str):
        return px(HEAD)
    if not row.is_prose:
        return px(ROW)
    words = prose(row.text, row.marks, prose_width(width), serif=row.in_serif)
    return words.height() + px(BELOW)


def prose_width(width: int) -> int:
    """Return how wide prose is in a list of that width, with its scroll bar or without it."""
    return width - BESIDE - px(42 + SCROLL_BAR)
