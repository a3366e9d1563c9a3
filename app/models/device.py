"""What this computer knows about itself: its device id, and who the user is in each project."""

import json
import os
import platform
from dataclasses import dataclass
from pathlib import Path

from app.models.ids import new_id


@dataclass(frozen=True, slots=True)
class DeviceIdentity:
    """A computer; the name tells the operating system and nothing personal."""

    id: str
    name: str


def settings_folder() -> Path:
    """Return the folder of the user's settings, made when missing.

    ``COFACTOR_HOME`` overrides the platform's place (portable installs, tests).
    """
    override = os.environ.get("COFACTOR_HOME")
    if override:
        folder = Path(override)
    else:
        import platformdirs

        folder = Path(platformdirs.user_config_dir("Cofactor", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def this_device() -> DeviceIdentity:
    """Return this computer's identity; it is made at the first call and then stays."""
    known = _read()
    if "device" not in known:
        known["device"] = new_id()
        _write(known)
    identifier = str(known["device"])
    system = platform.system() or "Unknown"
    return DeviceIdentity(identifier, f"{system} computer {identifier[-4:]}")


def remembered_coder(project_id: str) -> str | None:
    """Return the coder whom the user of this computer chose to be in a project."""
    coders = _read().get("coders", {})
    return coders.get(project_id) if isinstance(coders, dict) else None


def remember_coder(project_id: str, coder_id: str) -> None:
    """Remember on this computer who the user is in a project."""
    known = _read()
    coders = known.get("coders")
    known["coders"] = {**(coders if isinstance(coders, dict) else {}), project_id: coder_id}
    _write(known)


def _file() -> Path:
    return settings_folder() / "device.json"


def _read() -> dict[str, object]:
    try:
        known = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _write(known: dict[str, object]) -> None:
    temporary = _file().with_suffix(".tmp")
    temporary.write_text(json.dumps(known, indent=1), encoding="utf-8")
    temporary.replace(_file())
