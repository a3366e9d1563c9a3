"""Palette and card upon the page: when they open, where they stand, what they cause."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QPointF, QRect, Qt, QTimer, Signal

from app.coding.codebook import STAGE, VALENCE
from app.coding.people import CoderInfo
from app.errors import UserError
from app.ui.messages import Messages
from app.ui.reading.acts import CodingActs
from app.ui.reading.areas_view import Place, place_rect, reveal_place
from app.ui.reading.canvas import Canvas
from app.ui.reading.card import AboutPanel, Card
from app.ui.reading.coding_form import CodingForm
from app.ui.reading.marks import Mark
from app.ui.reading.palette import Palette
from app.ui.reading.popup import Popup

LINGER_MS = 350


class Overlays(QObject):
    """Opens and closes the two popups of a canvas."""

    codebook_shown = Signal()
    """Palette and keys have taken codes, valences and stages of a codebook."""

    def __init__(self, canvas: Canvas, acts: CodingActs, messages: Messages) -> None:
        """Connect them with what they change."""
        super().__init__(canvas)
        self._canvas, self._state = canvas, canvas.state
        self._acts, self._messages = acts, messages
        self.palette = Palette(canvas.viewport())
        self.card = Card(canvas.viewport())
        canvas.popups = [self.palette, self.card]
        self.coders: Mapping[str, CoderInfo] = {}
        self._panel: AboutPanel | None = None
        self._recoding = ""
        self._linger = QTimer(self, singleShot=True, interval=LINGER_MS)
        self._linger.timeout.connect(self._leave_card)
        self._connect()

    def _connect(self) -> None:
        canvas, acts = self._canvas, self._acts
        self.palette.chosen.connect(self._chosen)
        self.palette.left.connect(self.close_palette)
        self.palette.stage_toggled.connect(acts.toggle_stage)
        acts.stages_changed.connect(lambda: self.palette.show_stages(acts.stages))
        acts.condition_wanted.connect(self._ask_condition)
        canvas.marks_clicked.connect(self._clicked)
        canvas.marks_hovered.connect(self._hovered)
        canvas.zoom_changed.connect(lambda _zoom: self.close_all())
        self._state.selection_changed.connect(self._selection_changed)
        self._state.area_changed.connect(self._selection_changed)
        self._state.active_changed.connect(lambda _spans: self._refresh_card())
        self._state.marks_changed.connect(lambda _spans: self._refresh_card())
        self._state.document_changed.connect(self.close_all)
        self.card.closed.connect(canvas.setFocus)
        self.card.form.resized.connect(self._refit)
        self.tie(self.card.form)

    def tie(self, form: CodingForm) -> None:
        """Let a form change the coding it shows."""
        acts = self._acts

        def with_active(act: object) -> object:
            def run(value: str) -> None:
                self._state.set_active(form.coding_id)
                act(value)  # type: ignore[operator]

            return run

        form.valence_chosen.connect(with_active(acts.set_valence))
        form.stage_toggled.connect(with_active(acts.set_stage))
        form.facet_picked.connect(lambda facet, value: acts.toggle(form.coding_id, facet, value))
        form.condition_written.connect(acts.set_condition)
        form.recode_wanted.connect(self.open_recode)
        form.remove_wanted.connect(acts.remove)

    def use_panel(self, panel: AboutPanel) -> None:
        """While ``panel`` is shown it stands in for the card."""
        self._panel = panel
        self.tie(panel.form)

    def set_codebook(self) -> None:
        """Take codes, valences, stages and hot keys from the state's codebook."""
        self.palette.set_codebook(self._state.codebook)
        self.palette.set_facets(self._acts.facet_values(VALENCE), self._acts.facet_values(STAGE))
        self.palette.show_stages(self._acts.stages)
        keys = self._canvas.keys
        codes = self._state.codebook.codes if self._state.codebook else ()
        keys.hot_keys = {c.hot_key.upper(): c.id for c in codes if c.hot_key and not c.retired}
        values = self._acts.facet_values(VALENCE)
        keys.valences = {value.symbol: value.key for value in values if value.symbol}
        self.codebook_shown.emit()

    # -- palette -----------------------------------------------------------------------------

    def open_palette(self) -> None:
        """Open it for the selected passage, or once more for the active coding's."""
        place = self._state.target_place()
        if place is None:
            self._messages.report(
                UserError(
                    "There is nothing selected to code.", "Select a passage first, then press /."
                )
            )
            return
        self._recoding = ""
        self._open_at(place)

    def open_recode(self, coding_id: str) -> None:
        """Open it to give a coding another code."""
        mark, coding = self._state.marks.get(coding_id), self._state.codings.get(coding_id)
        if mark is not None and coding is not None and mark.own:
            self._recoding = coding_id
            self._state.set_active(coding_id)
            self._open_at(self._state.place_of(mark), coding.valence)

    def _open_at(self, place: Place, valence: str = "") -> None:
        self.card.close_card()
        self.palette.open(recent=self._acts.recent, valence=valence)
        self.palette.place_by(self._room_for(self.palette, place))

    def _room_for(self, popup: Popup, place: Place) -> QRect:
        """Scroll so that a popup fits below or above a passage; return what it must not cover."""
        reveal_place(self._canvas, place, flash=False)
        up = popup.room_below(self._anchor(place))
        if up:
            bar = self._canvas.verticalScrollBar()
            bar.setValue(bar.value() + up)
        return self._anchor(place)

    def close_palette(self) -> None:
        """Close it and give the focus back to the page."""
        if self.palette.isVisible():
            self.palette.hide()
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, code_id: str, valence: str, condition: str, stay: bool) -> None:
        if self._recoding:
            coding = self._state.codings.get(self._recoding)
            self._acts.recode(self._recoding, code_id)
            if coding is not None and coding.valence != valence and valence:
                self._acts.set_valence(valence)
            self.close_palette()
            return
        made = self._acts.code(code_id, valence=valence, condition=condition, keep=stay)
        if stay and made:
            self.palette.again()
        else:
            self.close_palette()

    # -- card --------------------------------------------------------------------------------

    def open_card(self) -> None:
        """Open the card of the active coding by its passage."""
        active = self._state.active
        if active is not None and not self._panel_shown:
            self._fill(active)
            anchor = self._room_for(self.card, self._state.place_of(active))
            self.card.show_by(anchor, pinned=True)
        if active is not None:
            self._form.focus_first()

    def open_memo(self) -> None:
        """Put the cursor into the memo of the active coding."""
        self.open_card()
        if self._state.active is not None:
            self._form.memo.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def _panel_shown(self) -> bool:
        return self._panel is not None and self._panel.isVisible()

    @property
    def _form(self) -> CodingForm:
        panel = self._panel
        return panel.form if panel is not None and panel.isVisible() else self.card.form

    def close_all(self) -> None:
        """Close both."""
        self.close_palette()
        self.card.close_card()

    def _ask_condition(self, coding_id: str) -> None:
        self._state.set_active(coding_id)
        self.open_card()
        self._form.ask_condition()
        if self.card.isVisible():
            self.card.fit()

    def _clicked(self, marks: tuple[Mark, ...], at: QPointF) -> None:
        self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.palette.isVisible():
            self.close_palette()
        ids = [mark.id for mark in marks]
        again = self._state.active_id in ids and self.card.isVisible() and self.card.pinned
        place = ids.index(self._state.active_id or "") + 1 if again else 0
        mark = marks[place % len(marks)]
        self._state.set_active(mark.id)
        self._show_card(mark, self._anchor(self._state.place_of(mark), at), pinned=True)

    def _hovered(self, marks: tuple[Mark, ...], at: QPointF) -> None:
        pinned = self.card.isVisible() and self.card.pinned
        if self.palette.isVisible() or pinned or self._panel_shown:
            return
        if marks:
            self._linger.stop()
            mark = marks[0]
            self._show_card(mark, self._anchor(self._state.place_of(mark), at), pinned=False)
        elif self.card.isVisible():
            self._linger.start()

    def _leave_card(self) -> None:
        if self.card.isVisible() and not self.card.pinned:
            self.card.hide()

    def _show_card(self, mark: Mark, anchor: QRect, *, pinned: bool) -> None:
        if not self._panel_shown:
            self._fill(mark)
            self.card.show_by(anchor, pinned=pinned)

    def _fill(self, mark: Mark) -> None:
        coding = self._state.codings.get(mark.id)
        if coding is None:
            return
        here = [m.id for m in self._state.marks.around(mark)]
        where = f"{here.index(mark.id) + 1} of {len(here)} here" if len(here) > 1 else ""
        self.card.form.show_coding(coding, mark, self._state.codebook, self.coders, where)
        self.card.fit()

    def _refit(self) -> None:
        """Give the card the room it needs now, above or below its passage."""
        mark = self._state.marks.get(self.card.form.coding_id)
        if self.card.isVisible() and mark is not None:
            self.card.place_by(self._room_for(self.card, self._state.place_of(mark)))

    def _refresh_card(self) -> None:
        if not self.card.isVisible():
            return
        mark = self._state.marks.get(self.card.form.coding_id)
        active = self._state.active
        if mark is None or not self._state.marks.shows(mark):
            self.card.hide()
        elif self.card.pinned and active is not None and active.id != mark.id:
            self._fill(active)
        elif self.card.pinned and active is None:
            self.card.close_card()
        else:
            self._fill(mark)

    def _selection_changed(self) -> None:
        if not self._state.selection.empty or self._state.area is not None:
            self.card.close_card()
        if self.palette.isVisible() and self._state.target_place() is None:
            self.close_palette()

    def _anchor(self, place: Place, at: QPointF | None = None) -> QRect:
        """Return what a popup must not cover: the visible part of a passage."""
        box = place_rect(self._canvas, place).toAlignedRect()
        view = self._canvas.viewport().rect()
        visible = box.intersected(view)
        if visible.isEmpty():
            middle = at.toPoint() if at is not None else view.center()
            visible = QRect(middle.x(), middle.y() - 8, 1, 16)
        if at is not None:
            visible = QRect(int(at.x()), visible.top(), 1, visible.height())
        return visible
