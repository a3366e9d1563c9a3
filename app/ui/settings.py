"""What this computer remembers of its user: look, window, recent projects, reading positions.

One JSON file in the folder named by the environment variable COFACTOR_HOME, else in the place
that the platform has for it. Nothing of a project is kept here but where you were in it.
"""

import atexit
import json
import os
import tempfile
import threading
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

LEFT_OFF = "read.left_off"
"""The value under which the reading view keeps how its pages stood when the window was left."""
MAX_RECENT = 12
MAX_READING_PLACES = 500
WRITE_AFTER = 0.4
"""Seconds within which what changes is written in one go, off the window's thread."""


def home() -> Path:
    """Return the folder for settings; it may not exist yet."""
    chosen = os.environ.get("COFACTOR_HOME")
    if chosen:
        return Path(chosen)
    from platformdirs import user_config_path

    return Path(user_config_path("Cofactor", appauthor=False))


@dataclass(frozen=True, slots=True)
class Look:
    """How the window looks: "system", "light", "dark" or "contrast"; font in per cent."""

    theme: str = "system"
    font_percent: int = 100
    compact: bool = False
    system_font: bool = False
    white_paper: bool = False
    reduced_motion: bool = False


@dataclass(frozen=True, slots=True)
class RecentProject:
    """A project as it was when it was closed; ``opened_at`` is ISO 8601 UTC."""

    path: str
    title: str
    opened_at: str
    studies: int = 0
    coded: int = 0
    """Studies with at least one coding by the coder who had it open."""
    round: str = ""
    closed: bool = True
    """False while it is open, and after a crash."""

    @property
    def exists(self) -> bool:
        """True where the file can be seen now."""
        return Path(self.path).is_file()


@dataclass(frozen=True, slots=True)
class ReadingPosition:
    """Where you were: 1-based page, share of the page (0 to 1) at the top, zoom (1 = 100 %)."""

    page: int = 1
    share: float = 0.0
    zoom: float = 0.0


class Settings:
    """Reads the file once and writes it after every change; a broken file counts as none."""

    def __init__(self, path: Path | None = None, *, soon: bool = False) -> None:
        """Read ``path``, by default settings.json in ``home()``.

        With ``soon`` changes are written a moment later, by another thread, and at the latest by
        ``flush`` or when the program ends.
        """
        self.path = path or home() / "settings.json"
        self._soon, self._lock = soon, threading.Lock()
        self._unwritten = False
        self._timer: threading.Timer | None = None
        self._data: dict[str, Any] = {}
        try:
            read = json.loads(self.path.read_text(encoding="utf-8"))
            self._data = read if isinstance(read, dict) else {}
        except (OSError, ValueError):
            self._data = {}

    def value(self, name: str, default: Any = None) -> Any:
        """Return a value of your own; choose names such as "studies.columns"."""
        return self._section("values").get(name, default)

    def remember(self, name: str, value: Any) -> None:
        """Keep a value that JSON can hold."""
        self._section("values")[name] = value
        self._write()

    @property
    def look(self) -> Look:
        """The chosen look; unknown values fall back to the defaults."""
        return _known(Look, self._section("look"))

    def choose_look(self, look: Look) -> None:
        """Keep the look."""
        self._data["look"] = asdict(look)
        self._write()

    def splitter(self, view: str) -> list[int]:
        """Return the sizes of a view's splitter in pixels, [] where none are known."""
        sizes = self._section("splitters").get(view, [])
        return [size for size in sizes if isinstance(size, int)] if isinstance(sizes, list) else []

    def remember_splitter(self, view: str, sizes: list[int]) -> None:
        """Keep the sizes of a view's splitter."""
        self._section("splitters")[view] = list(sizes)
        self._write()

    def reading_position(self, document_id: str) -> ReadingPosition | None:
        """Return where you were in a document, or None."""
        found = self._section("reading").get(document_id)
        return _known(ReadingPosition, found) if isinstance(found, dict) else None

    def remember_reading_position(self, document_id: str, position: ReadingPosition) -> None:
        """Keep where you are; the oldest of 500 documents is forgotten."""
        places = self._section("reading")
        places.pop(document_id, None)
        places[document_id] = asdict(position)
        while len(places) > MAX_READING_PLACES:
            places.pop(next(iter(places)))
        self._write()

    def recent_projects(self) -> tuple[RecentProject, ...]:
        """Return the projects opened last, newest first, also those that are not there now."""
        entries = self._data.get("recent", [])
        entries = entries if isinstance(entries, list) else []
        named = [entry for entry in entries if isinstance(entry, dict) and entry.get("path")]
        return tuple(
            _known(RecentProject, {"title": "", "opened_at": "", **entry}) for entry in named
        )

    def remember_project(self, project: RecentProject) -> None:
        """Put a project first in the list of recent ones."""
        others = [asdict(other) for other in self.recent_projects() if other.path != project.path]
        self._data["recent"] = [asdict(project), *others][:MAX_RECENT]
        self._write()

    def forget_project(self, path: str) -> None:
        """Take a project out of the list; its file stays."""
        self._data["recent"] = [
            asdict(other) for other in self.recent_projects() if other.path != path
        ]
        self._write()

    def _section(self, name: str) -> dict[str, Any]:
        section = self._data.setdefault(name, {})
        if not isinstance(section, dict):
            section = self._data[name] = {}
        return section

    def flush(self) -> None:
        """Write what has not been written yet."""
        with self._lock:
            unwritten, self._unwritten, self._timer = self._unwritten, False, None
            if unwritten:
                _replace(self.path, self._text())

    def _text(self) -> str:
        # Without an indent it is one step that no other thread can come into.
        now = json.dumps(self._data, ensure_ascii=False)
        return json.dumps(json.loads(now), ensure_ascii=False, indent=1)

    def _write(self) -> None:
        if not self._soon:
            _replace(self.path, self._text())
            return
        self._unwritten = True
        if self._timer is None:
            self._timer = threading.Timer(WRITE_AFTER, self.flush)
            self._timer.daemon = True
            self._timer.start()


def _replace(path: Path, text: str) -> None:
    """Replace the file in one step; a full disk must not cost the old settings."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError:
        return


def _known(kind: type, values: dict[str, Any]) -> Any:
    """Make a dataclass of the values that it knows and that have the type of its default."""
    kept = {}
    for field in fields(kind):
        value = values.get(field.name)
        wanted = field.type if isinstance(field.type, type) else str
        numbers = wanted is float and isinstance(value, int) and not isinstance(value, bool)
        if value is not None and (type(value) is wanted or numbers):
            kept[field.name] = value
    return kind(**kept)


_open: dict[Path, Settings] = {}


def settings() -> Settings:
    """Return the settings of this computer, read once for each settings folder."""
    path = home() / "settings.json"
    if path not in _open:
        _open[path] = Settings(path, soon=True)
    return _open[path]


@atexit.register
def _flush_all() -> None:
    for kept in _open.values():
        kept.flush()
