"""The rows of the command palette: group heads, findings, quotations with the words searched."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.ui.search import Finding, runs_in_view
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

HEAD, ROW, PASSAGE = 28, 32, 50
LEAD = 0.3
"""Share of the width that the words before the first word searched may take."""
Index = QModelIndex | QPersistentModelIndex
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class FindingModel(QAbstractListModel):
    """Findings with a head above each group; a head cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Finding | str] = []

    def show(self, findings: Sequence[Finding]) -> None:
        """Show other findings, which are in the order of their groups."""
        rows: list[Finding | str] = []
        group = ""
        for finding in findings:
            if finding.kind != group:
                group = finding.kind
                rows.append(group)
            rows.append(finding)
        self.beginResetModel()
        self._rows = rows
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

    def height(self) -> int:
        """Return the height of all rows in pixels."""
        return sum(_height(row) for row in self._rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of heads and findings."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return text, what is read aloud, or the row itself (UserRole)."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if isinstance(row, str):
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        key = f"key {row.key}" if row.key else ""
        return ", ".join(part for part in (row.text, row.kind, row.detail, row.place, key) if part)

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
        return QSize(0, _height(index.data(Qt.ItemDataRole.UserRole)))

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
            return
        inside = box.adjusted(px(8), 0, -px(8), 0)
        self._paint_glyph(painter, inside, row)
        inside.setLeft(inside.left() + px(26))
        if row.kind == "Passages":
            self._paint_passage(painter, inside, row)
        else:
            self._paint_line(painter, inside, row)

    @staticmethod
    def _paint_glyph(painter: QPainter, box: QRectF, finding: Finding) -> None:
        side = px(16)
        height = px(26) if finding.kind == "Passages" else box.height()
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
    def _paint_passage(painter: QPainter, box: QRectF, finding: Finding) -> None:
        upper = QRectF(box.left(), box.top() + px(4), box.width(), px(22))
        _paint_quotation(painter, upper, finding)
        lower = QRectF(box.left(), box.top() + px(26), box.width(), px(18))
        painter.setFont(font("small"))
        painter.setPen(theme.token("text_2"))
        metrics = QFontMetricsF(painter.font())
        place = f", {finding.place}" if finding.place else ""
        room = lower.width() - metrics.horizontalAdvance(place) - 1
        painter.drawText(lower, MIDDLE, _elided(metrics, finding.detail, room) + place)


def _paint_quotation(painter: QPainter, box: QRectF, finding: Finding) -> None:
    plain, strong = font("quotation"), QFont(font("quotation"))
    strong.setWeight(QFont.Weight.Bold)
    measures = {False: QFontMetricsF(plain), True: QFontMetricsF(strong)}
    runs = runs_in_view(
        finding.text,
        finding.marks,
        lambda words: measures[False].horizontalAdvance(words) <= box.width() * LEAD,
    )
    left = box.left()
    for text, marked in runs:
        room = box.right() - left
        width = measures[marked].horizontalAdvance(text)
        shown = text if width <= room else _elided(measures[marked], text, room)
        painter.setFont(strong if marked else plain)
        painter.setPen(theme.token("text"))
        painter.drawText(QRectF(left, box.top(), room + 1, box.height()), MIDDLE, shown)
        left += width
        if shown != text:
            return


def _elided(metrics: QFontMetricsF, text: str, room: float) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room))


def _height(row: Finding | str) -> int:
    if isinstance(row, str):
        return px(HEAD)
    return px(PASSAGE if row.kind == "Passages" else ROW)
