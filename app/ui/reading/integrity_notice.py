"""A notice above the pages when the study was retracted, corrected or put in doubt."""

from typing import TYPE_CHECKING

from app.coding.studies import integrity_of
from app.models.changes import Changes
from app.ui.widgets import NoticeBar
from app.ui.widgets.notices import Notice

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace

WORDS = {
    "retracted": ("error", "This study has been retracted."),
    "concern": ("warning", "The publisher has expressed concern about this study."),
    "corrected": ("info", "The publisher has corrected this study."),
}


class IntegrityNotice:
    """The feature: follows the document and what is said of its study."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Tie it to the document."""
        self._place = place
        self.bar: NoticeBar | None = None
        self._shown: tuple[str, str, str] = ("", "", "")
        place.state.document_changed.connect(self._follow)
        place.bridge.changed.connect(self._notice)

    def _notice(self, changes: Changes) -> None:
        if changes.touches("study", "memo", "report"):
            self._follow()

    def _follow(self) -> None:
        info = self._place.state.info
        if info is None or not self._place.bridge.is_open:
            self._show("", "", "")
            return
        flag, note = integrity_of(self._place.bridge.project, info.study_id)
        self._show(info.study_id, flag, note)

    def _show(self, study_id: str, flag: str, note: str) -> None:
        if (study_id, flag, note) == self._shown:
            return
        self._shown = (study_id, flag, note)
        if self.bar is not None:
            self.bar.hide()
            self.bar.deleteLater()
            self.bar = None
        if flag in WORDS:
            kind, words = WORDS[flag]
            self.bar = NoticeBar(Notice(kind, words, note, key="integrity"))
            self._place.add_bar(self.bar)
            self.bar.show()
