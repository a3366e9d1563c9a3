"""What the documentation points to exists, and what it tells people to type is understood."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
import typer.core
import typer.main

from app.cli import (  # noqa: F401  (they register the commands)
    agreement,
    evidence,
    importing,
    results,
    team,
)
from app.cli.shared import app

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    path
    for path in (
        ROOT / "README.md",
        ROOT / "CHANGELOG.md",
        ROOT / "codebooks" / "README.md",
        *(ROOT / "docs").rglob("*.md"),
    )
    if path.exists()
)
GUIDE = ROOT / "docs" / "user-guide.md"
STANDARD_KEYS = {"Copy": "Ctrl+C", "Paste": "Ctrl+V", "SelectAll": "Ctrl+A"}
ACTION_TABLES = ("actions.py", "reading/actions.py", "reading/page_keys.py", "views/actions.py")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def without_code(text: str) -> str:
    """Return the text without blocks and spans of code, which may hold brackets."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))


def heading_anchors(path: Path) -> set[str]:
    """Return the anchors of a document's headings as they are made from the words."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.M)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings
    }


def links(path: Path) -> list[str]:
    """Return the targets of all links and pictures that point into the project."""
    text = without_code(path.read_text(encoding="utf-8"))
    targets = re.findall(r"\]\(([^)\s]+)[^)]*\)", text) + re.findall(r'src="([^"]+)"', text)
    return [target for target in targets if not re.match(r"[a-z]+:", target)]


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_every_link_and_picture_leads_somewhere(path: Path) -> None:
    dead = []
    for target in links(path):
        name, _, anchor = target.partition("#")
        place = (path.parent / name).resolve() if name else path
        lost = bool(anchor) and place.suffix == ".md" and anchor not in heading_anchors(place)
        if lost or (name and not place.exists()):
            dead.append(target)
    assert dead == []


def shown_commands() -> list[tuple[str, str]]:
    """Return (document, command line without the program) for every command in a code block."""
    found = []
    for path in DOCUMENTS:
        for block in re.findall(
            r"^```\w*\n(.*?)^```", path.read_text(encoding="utf-8"), re.M | re.S
        ):
            for line in block.replace("\\\n", " ").splitlines():
                match = re.match(r"\s*(?:\$ )?(?:python3|py) main\.py\b(.*)", line)
                if match:
                    found.append((relative(path), match[1].strip()))
    return found


def registered_commands() -> dict[str, typer.core.TyperCommand]:
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    return group.commands


def problem_with(arguments: list[str]) -> str:
    """Return why the command line would refuse these arguments, or an empty text."""
    if not arguments or arguments[0] == "test" or arguments[0].endswith(".cofactor"):
        return ""
    name, *rest = arguments
    if name == "--help":
        return ""
    command = registered_commands().get(name)
    if command is None:
        return f"there is no command {name}"
    if rest == ["--help"]:
        return ""
    try:
        command.make_context(name, rest)
    except Exception as error:
        return str(error) or type(error).__name__
    return ""


@pytest.mark.parametrize(("document", "line"), sorted(set(shown_commands())))
def test_every_command_shown_is_understood(document: str, line: str) -> None:
    assert problem_with(shlex.split(line, comments=True)) == ""


@pytest.mark.parametrize(
    "line", ["frobnicate r.cofactor", "info r.cofactor --colour", "network r.cofactor", "info"]
)
def test_a_command_that_does_not_exist_would_be_seen(line: str) -> None:
    assert problem_with(shlex.split(line)) != ""


def test_the_readme_shows_how_to_begin() -> None:
    shown = {line for document, line in shown_commands() if document == "README.md"}
    assert {"demo", "test"} <= shown


def test_the_user_guide_explains_every_command() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    missing = [name for name in registered_commands() if f"main.py {name}" not in guide]
    assert missing == []


def action_keys() -> Iterator[tuple[str, str]]:
    """Yield (action id, key) from the tables of actions, read as text so that Qt is not needed."""
    for name in ACTION_TABLES:
        tree = ast.parse((ROOT / "app" / "ui" / name).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ActionRow":
                for key in ast.literal_eval(node.args[2]) if len(node.args) > 2 else ():
                    yield ast.literal_eval(node.args[0]), STANDARD_KEYS.get(key, key)


def keys_in_the_guide() -> set[str]:
    """Return what stands as code in the part of the guide about the keyboard."""
    part = GUIDE.read_text(encoding="utf-8").split("\n## Keyboard\n")[1].split("\n## ")[0]
    return set(re.findall(r"`([^`]+)`", part))


def test_the_guide_names_every_key() -> None:
    same = {"=": "+", "Ctrl+=": "Ctrl++", "Shift+F6": "F6", "Return": "Enter"}
    known = keys_in_the_guide()
    assert [pair for pair in action_keys() if same.get(pair[1], pair[1]) not in known] == []


def test_the_guide_invents_no_key() -> None:
    shown = {key for key in keys_in_the_guide() if re.match(r"Ctrl\+|F\d|Alt\+(Up|Down)", key)}
    assert shown - {key for _, key in action_keys()} == set()


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    folder = ROOT / "docs" / "adr"
    names = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert [name for name in names if f"({name})" not in index] == []
