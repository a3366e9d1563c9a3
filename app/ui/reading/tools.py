"""The reading view's tools in the header: page, zoom, people, panels."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from app.coding.people import CoderInfo
from app.ui.actions import Actions
from app.ui.reading.state import ReadingState
from app.ui.theme import icon, px
from app.ui.widgets import icon_button, label, line, tight


class ReadingTools(QWidget):
    """Buttons for what is used every few minutes; everything else is in the menus."""

    coder_toggled = Signal(str)

    def __init__(self, state: ReadingState, actions: Actions) -> None:
        """Build them on the table of actions."""
        super().__init__()
        self._state, self._actions = state, actions
        self._coders: tuple[CoderInfo, ...] = ()
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
        self._separate(row)
        row.addWidget(self._acting("minus", "read.zoom_out"))
        row.addWidget(self._zoom)
        row.addWidget(self._acting("plus", "read.zoom_in"))
        row.addWidget(self._acting("move-horizontal", "read.zoom_width"))
        self._separate(row)
        row.addWidget(self.people)
        row.addWidget(self._toggle("panel-left", "read.left_panel"))
        row.addWidget(self._toggle("panel-right", "read.right_panel"))
        self._separate(row)
        self.show_page(0)

    def show_page(self, page: int) -> None:
        """Show "Page 112 (4 of 18)"."""
        text = self._state.text
        if text is None or not page:
            self._pages.setText("No page")
            return
        printed, total = text.label_of(page), len(text.sizes)
        same = printed == str(page)
        where = f"{page} of {total}" if same else f"{printed} ({page} of {total})"
        self._pages.setText(f"Page {where}")
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

    def _separate(self, row: QHBoxLayout) -> None:
        row.addSpacing(px(4))
        bar = line(vertical=True, strong=True)
        bar.setFixedHeight(px(20))
        row.addWidget(bar)
        row.addSpacing(px(4))

    def _button(self, glyph: str, action_id: str) -> QToolButton:
        name = self._actions.rows[action_id].text
        tip = self._actions.tooltip(action_id)
        return icon_button(icon(glyph, checked="accent"), name, tip=tip)

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
            action = self._menu.addAction(f"{coder.initials}  {coder.name}")
            action.setCheckable(True)
            action.setChecked(coder.id not in self._state.hidden_coders)
            action.triggered.connect(
                lambda _checked=False, coder_id=coder.id: self.coder_toggled.emit(coder_id)
            )

    def _open_people(self) -> None:
        corner = self.people.mapToGlobal(QPoint(0, self.people.height() + px(4)))
        self._menu.popup(corner)
