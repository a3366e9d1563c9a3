"""The reading view's tools in the header: page, zoom, people, panels."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from app.coding.people import CoderInfo
from app.ui.actions import Actions
from app.ui.reading.state import ReadingState
from app.ui.theme import icon, paint_person, px
from app.ui.widgets import icon_button, label, line, tight

NARROW = 1000


class ReadingTools(QWidget):
    """Buttons for what is used every few minutes; everything else is in the menus."""

    coder_toggled = Signal(str)

    def __init__(self, state: ReadingState, actions: Actions) -> None:
        """Build them on the table of actions."""
        super().__init__()
        self._state, self._actions = state, actions
        self._coders: tuple[CoderInfo, ...] = ()
        self._tipped: list[tuple[QToolButton, str]] = []
        self._narrow, self._page = False, 0
        self._pages = label("", "body", "text_2")
        self._zoom = label("", "body", "text_2")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.people = self._button("users", "read.others")
        self.people.clicked.connect(self._open_people)
        row = tight(QHBoxLayout(self), 4)
        row.addWidget(self._acting("chevron-up", "read.previous_page"))
        row.addWidget(self._pages)
        row.addWidget(self._acting("chevron-down", "read.next_page"))
        zoom_line = self._separate(row)
        self._zoom_group: tuple[QWidget, ...] = (
            self._acting("minus", "read.zoom_out"),
            self._zoom,
            self._acting("plus", "read.zoom_in"),
            self._acting("move-horizontal", "read.zoom_width"),
        )
        for widget in self._zoom_group:
            row.addWidget(widget)
        self._zoom_group += (zoom_line,)
        self._separate(row)
        row.addWidget(self.people)
        row.addWidget(self._toggle("funnel", "read.filters"))
        row.addWidget(self._toggle("panel-left", "read.left_panel"))
        row.addWidget(self._toggle("panel-right", "read.right_panel"))
        self._separate(row)
        actions.keys_changed.connect(self._show_keys)
        self.show_page(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the width of the window."""
        self.window().installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave out in a narrow window what menus and keys do as well."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        narrow = self.window().width() < px(NARROW)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for widget in self._zoom_group:
            widget.setVisible(not narrow)
        self.show_page(self._page)

    def show_page(self, page: int) -> None:
        """Show "Page 112 (4 of 18)", in a narrow window only "112"."""
        self._page = page
        text = self._state.text
        if text is None or not page:
            self._pages.setText("–" if self._narrow else "No page")
            return
        printed, total = text.label_of(page), len(text.sizes)
        same = printed == str(page)
        where = f"{page} of {total}" if same else f"{printed} ({page} of {total})"
        self._pages.setText(printed if self._narrow else f"Page {where}")
        self._pages.setToolTip(f"Page {where}" if self._narrow else "")
        self._pages.setAccessibleName(f"Page {printed}, {page} of {total}")

    def show_zoom(self, zoom: float) -> None:
        """Show "118 %"."""
        self._zoom.setText(f"{zoom * 100:.0f} %")
        self._zoom.setMinimumWidth(self._zoom.fontMetrics().horizontalAdvance("100 %") + px(8))

    def show_coders(self, coders: Iterable[CoderInfo]) -> None:
        """Offer the layers of these coders."""
        self._coders = tuple(coders)
        several = len(self._coders) > 1
        self.people.setEnabled(several)
        why = "" if several else "\nNobody else codes in this project yet."
        self.people.setToolTip(f"Other coders' layers{why}")
        self._actions.enable("read.others", several, "Nobody else codes in this project yet.")

    def _separate(self, row: QHBoxLayout) -> QWidget:
        row.addSpacing(px(4))
        bar = line(vertical=True, strong=True)
        bar.setFixedHeight(px(20))
        row.addWidget(bar)
        row.addSpacing(px(4))
        return bar

    def _button(self, glyph: str, action_id: str) -> QToolButton:
        name = self._actions.rows[action_id].text
        tip = self._actions.tooltip(action_id)
        made = icon_button(icon(glyph, checked="accent"), name, tip=tip)
        self._tipped.append((made, action_id))
        return made

    def _show_keys(self) -> None:
        """Bring the keys in the tooltips up to date."""
        for made, action_id in self._tipped:
            if made is not self.people:
                made.setToolTip(self._actions.tooltip(action_id).partition("\n")[0])

    def _acting(self, glyph: str, action_id: str) -> QToolButton:
        made = self._button(glyph, action_id)
        made.clicked.connect(lambda: self._actions.trigger(action_id))
        return made

    def _toggle(self, glyph: str, action_id: str) -> QToolButton:
        made = self._button(glyph, action_id)
        action = self._actions[action_id]
        made.setCheckable(True)
        made.setChecked(action.isChecked())
        action.toggled.connect(made.setChecked)
        made.clicked.connect(action.trigger)
        return made

    def _fill_menu(self) -> None:
        self._menu.clear()
        self._menu.addAction(self._actions["read.others"])
        self._menu.addSeparator()
        for coder in self._coders:
            if coder.id == self._state.coder_id:
                continue
            words = coder.name if coder.role == "consensus" else f"{coder.initials}  {coder.name}"
            action = self._menu.addAction(words)
            if coder.role == "consensus":
                action.setIcon(_square(coder.initials))
            action.setCheckable(True)
            action.setChecked(coder.id not in self._state.hidden_coders)
            action.triggered.connect(
                lambda _checked=False, coder_id=coder.id: self.coder_toggled.emit(coder_id)
            )

    def _open_people(self) -> None:
        corner = self.people.mapToGlobal(QPoint(0, self.people.height() + px(4)))
        self._menu.popup(corner)


def _square(initials: str) -> QIcon:
    """Return the accent square of the consensus."""
    ratio = 2.0
    side = px(16)
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_person(painter, QRectF(0, 0, side, side), initials, "consensus")
    painter.end()
    return QIcon(pixmap)
