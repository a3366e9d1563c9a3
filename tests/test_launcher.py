"""main.py: what it says, notices and hands over; nothing here touches network or environment."""

import ast
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import main

ROOT = Path(main.__file__).resolve().parent


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A complete environment as far as the launcher looks, with a lock of its own."""
    folder = tmp_path / ".venv"
    monkeypatch.setattr(main, "ROOT", str(tmp_path))
    monkeypatch.setattr(main, "VENV", str(folder))
    monkeypatch.setattr(main, "LOCK", str(tmp_path / "requirements.lock"))
    Path(main.LOCK).write_text("numpy==2.4.6 \\\n    --hash=sha256:00\n")
    make_venv(folder)
    (folder / "cofactor-unfinished").touch()
    main.write_stamp()
    return folder


def make_venv(folder: Path) -> None:
    python = Path(main.venv_python())
    python.parent.mkdir(parents=True)
    python.touch()
    (folder / "pyvenv.cfg").write_text(f"home = {folder.parent}\nversion = 3.11.7\n")
    packages(folder).mkdir(parents=True)
    for name in ("numpy", "numpy-2.4.6.dist-info"):
        (packages(folder) / name).mkdir()


def packages(folder: Path) -> Path:
    if os.name == "nt":
        return folder / "Lib" / "site-packages"
    return folder / "lib" / "python3.11" / "site-packages"


# --- old Pythons ----------------------------------------------------------------------------------


def test_it_parses_on_pythons_that_are_too_old_to_run_it() -> None:
    source = (ROOT / "main.py").read_text(encoding="ascii")
    tree = ast.parse(source, feature_version=(3, 4))
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef, ast.Nonlocal)
    for node in ast.walk(tree):
        assert not isinstance(node, newer), node.lineno
        if isinstance(node, ast.arguments):
            assert node.kwonlyargs + node.posonlyargs == []
            assert not any(argument.annotation for argument in node.args)
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None
        if isinstance(node, ast.Raise):
            assert node.cause is None
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            assert not any(isinstance(element, ast.Starred) for element in node.elts)


def test_it_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse((ROOT / "main.py").read_text(encoding="ascii"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    assert names <= set(sys.stdlib_module_names)
    assert [node.module for node in imports if isinstance(node, ast.ImportFrom)] == ["__future__"]


@pytest.mark.parametrize("found", [(2, 7, 18), (3, 4, 0), (3, 10, 13)])
def test_an_old_python_is_told_which_one_is_needed(
    found: tuple[int, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", found)
    assert main.main(["info"]) == 1
    told = capsys.readouterr()
    assert "needs Python 3.11 or newer" in told.err
    assert f"this is Python {found[0]}.{found[1]} (" in told.err
    assert told.out == ""


@pytest.mark.parametrize("found", [(3, 11, 0), (3, 14, 2), (4, 0, 0)])
def test_a_new_python_is_welcome(found: tuple[int, ...]) -> None:
    assert main.version_problem(found, "python") == ""


# --- the state of the environment -----------------------------------------------------------------


def test_a_complete_environment_is_used_at_once(
    venv: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(main, "run_quietly", lambda *_: pytest.fail("nothing is to be run"))
    main.ensure_environment()
    assert main.environment_state() == "ready"
    assert capsys.readouterr() == ("", "")


def test_no_environment_is_noticed(venv: Path) -> None:
    venv.rename(venv.parent / "elsewhere")
    assert main.environment_state() == "missing"


def test_a_changed_lock_is_noticed(venv: Path) -> None:
    Path(main.LOCK).write_text("numpy==2.5.5 \\\n    --hash=sha256:11\n")
    assert main.environment_state() == "outdated"


def test_an_environment_made_by_hand_is_filled_rather_than_removed(venv: Path) -> None:
    (venv / "cofactor-stamp").unlink()
    assert main.environment_state() == "outdated"


def remove_package(folder: Path) -> None:
    (packages(folder) / "numpy").rmdir()


def leave_unfinished(folder: Path) -> None:
    (folder / "cofactor-unfinished").touch()


def remove_python(folder: Path) -> None:
    Path(main.venv_python()).unlink()


def remove_base_python(folder: Path) -> None:
    (folder / "pyvenv.cfg").write_text(f"home = {folder / 'gone'}\nversion = 3.11.7\n")


def rest_on_an_old_python(folder: Path) -> None:
    (folder / "pyvenv.cfg").write_text(f"home = {folder.parent}\nversion = 3.9.2\n")


def remove_settings(folder: Path) -> None:
    (folder / "pyvenv.cfg").unlink()


def empty_stamp(folder: Path) -> None:
    (folder / "cofactor-stamp").write_text("")


def replace_python(folder: Path) -> None:
    (folder / "cofactor-stamp").write_text(main.made_from().rsplit(" ", 1)[0] + " python3.99\n")


@pytest.mark.parametrize(
    "damage",
    [
        remove_package,
        leave_unfinished,
        remove_python,
        remove_base_python,
        rest_on_an_old_python,
        remove_settings,
        empty_stamp,
        replace_python,
    ],
)
def test_a_damaged_environment_is_noticed(venv: Path, damage: Callable[[Path], None]) -> None:
    damage(venv)
    assert main.environment_state() == "damaged"


def test_packages_that_someone_added_do_no_harm(venv: Path) -> None:
    (packages(venv) / "ipython").mkdir()
    assert main.environment_state() == "ready"


# --- making it ------------------------------------------------------------------------------------


class FakeInstaller:
    """Stands for the child processes of the set-up; remembers them and answers by what they do."""

    def __init__(self, *, ensurepip: bool = True, output: str = "", code: int = 0) -> None:
        self.ensurepip, self.output, self.code = ensurepip, output, code
        self.commands: list[list[str]] = []

    def __call__(self, command: list[str], on_line: object = None) -> tuple[int, str]:
        self.commands.append(command)
        if "venv" in command:
            if not self.ensurepip and "--without-pip" not in command:
                return 1, "ensurepip is not available"
            make_venv(Path(main.VENV))
        if command[-1] == "--version":
            return (0 if self.ensurepip or "--python" in command else 1), ""
        return (self.code, self.output) if "install" in command else (0, "")


def with_installer(monkeypatch: pytest.MonkeyPatch, **answers: object) -> FakeInstaller:
    fake = FakeInstaller(**answers)  # type: ignore[arg-type]
    monkeypatch.setattr(main, "run_quietly", fake)
    return fake


def test_a_damaged_environment_is_made_anew(
    venv: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    remove_package(venv)
    (venv / "left over").touch()
    fake = with_installer(monkeypatch)
    main.ensure_environment()
    assert main.environment_state() == "ready"
    assert not (venv / "left over").exists()
    install = fake.commands[-1]
    assert {"--require-hashes", "--no-deps", main.LOCK} <= set(install)
    told = capsys.readouterr()
    assert "incomplete; making it anew" in told.err
    assert told.out == ""


def test_without_ensurepip_the_outer_pip_fills_the_environment(
    venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv.rename(venv.parent / "elsewhere")
    fake = with_installer(monkeypatch, ensurepip=False)
    main.ensure_environment()
    assert main.environment_state() == "ready"
    assert fake.commands[-1][1:5] == ["-m", "pip", "--python", main.venv_python()]


def test_an_update_that_finds_no_network_leaves_what_worked(
    venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(main.LOCK).write_text("numpy==2.5.5\n")
    with_installer(monkeypatch, code=1, output="Retrying after NewConnectionError ...")
    with pytest.raises(main.SetUpError, match="network"):
        main.ensure_environment()
    assert main.environment_state() == "outdated"
    assert (packages(venv) / "numpy").exists()


def test_an_update_that_broke_half_way_is_noticed_next_time(
    venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(main.LOCK).write_text("numpy==2.5.5\n")
    broke = "Installing collected packages: numpy\nOSError: [Errno 28] No space left on device"
    with_installer(monkeypatch, code=1, output=broke)
    with pytest.raises(main.SetUpError, match="disk is too full"):
        main.ensure_environment()
    assert main.environment_state() == "damaged"


def test_a_full_disk_is_told_before_anything_is_fetched(
    venv: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    venv.rename(venv.parent / "elsewhere")
    fake = with_installer(monkeypatch)
    usage = main.shutil.disk_usage(str(venv.parent))
    monkeypatch.setattr(main.shutil, "disk_usage", lambda _: usage._replace(free=10**8))
    assert main.main(["info"]) == 1
    assert "Free about 1 GB" in capsys.readouterr().err
    assert fake.commands == []


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is too full"),
        ("PermissionError: [WinError 5] Access is denied", "cannot be written"),
        ("OSError: [Errno 30] Read-only file system: '/x'", "cannot be written"),
        ("Retrying ... Temporary failure in name resolution", "network"),
        ("ReadTimeoutError: Read timed out.\nERROR: No matching distribution", "network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "downloads"),
        ("ERROR: No matching distribution found for numpy==2.4.6", "64-bit"),
        ("something else\nhappened", "The installer said:\nsomething else\nhappened"),
    ],
)
def test_a_failed_installation_is_explained(output: str, told: str) -> None:
    assert told in main.explain(output)


def test_of_two_starts_at_once_one_waits(venv: Path) -> None:
    with main.only_one_at_a_time(), open(venv.parent / ".venv.lock", "a+") as second:
        assert not main.try_to_lock(second)
    with open(venv.parent / ".venv.lock", "a+") as third:
        assert main.try_to_lock(third)


# --- Qt -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("apt-get", ["apt-get install", "libegl1", "libxkbcommon0", "libglib2.0-0"]),
        ("dnf", ["dnf install", "libglvnd-egl"]),
        ("zypper", ["zypper install", "Mesa-libEGL1"]),
        ("pacman", ["pacman -S", "libglvnd"]),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="Windows needs no further packages for Qt")
def test_missing_system_libraries_are_mended_by_one_line(
    program: str, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main.shutil, "which", lambda name: name if name == program else None)
    line = main.mend_line()
    assert all(word in line for word in words)
    assert "\n" not in line


def test_without_qt_the_headless_tests_run_and_the_others_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(main, "qt_problem", lambda offscreen: "libEGL.so.1: cannot open")
    monkeypatch.setattr(main, "hand_over", lambda command, cwd: ran.append(command) or 0)
    assert main.run_tests(["-q"]) == 0
    (command,) = ran
    assert command[:4] == ["-m", "pytest", "-p", "no:pytest-qt"]
    assert command[command.index("--ignore") + 1].endswith("ui")
    told = capsys.readouterr().err
    assert "libEGL.so.1" in told
    assert "WINDOW TESTS (tests/ui) WERE SKIPPED" in told


def test_window_tests_that_were_asked_for_are_never_silently_green(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(main, "qt_problem", lambda offscreen: "no Qt")
    monkeypatch.setattr(main, "hand_over", lambda *_, **__: pytest.fail("nothing is to be run"))
    assert main.run_tests(["tests/ui/test_toolkit.py"]) == 1
    assert "WERE SKIPPED" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ([], True),
        (["review.cofactor"], True),
        (["demo"], True),
        (["demo", "--no-window"], False),
        (["--help"], False),
        (["info", "review.cofactor"], False),
        (["text", "review.cofactor", "a.pdf"], False),
    ],
)
def test_only_what_opens_a_window_asks_for_qt(
    args: list[str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert main.opens_window(args) is expected


# --- handing over ---------------------------------------------------------------------------------


@pytest.fixture
def this_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the launcher hand over to the Python that runs the tests."""
    monkeypatch.setattr(main, "venv_python", lambda: sys.executable)


@pytest.mark.usefixtures("this_python")
def test_the_code_of_the_child_is_returned_and_the_folder_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text("raise SystemExit('the wrong app')")
    monkeypatch.chdir(tmp_path)
    code = "import app, os, sys; open('made here', 'w'); sys.exit(int(sys.argv[1]))"
    assert main.hand_over(["-c", code, "7"]) == 7
    assert (tmp_path / "made here").exists()


@pytest.mark.usefixtures("this_python")
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_a_child_that_was_killed_gives_the_code_that_shells_give() -> None:
    assert main.hand_over(["-c", "import os; os.kill(os.getpid(), 9)"]) == 137


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl+C to a whole console")
@pytest.mark.parametrize(("sent", "expected"), [(signal.SIGINT, 5), (signal.SIGTERM, 143)])
def test_a_stop_reaches_the_child_and_its_answer_counts(
    tmp_path: Path, sent: signal.Signals, expected: int
) -> None:
    child = (
        "import pathlib, sys, time\n"
        "try:\n pathlib.Path('ready').touch(); time.sleep(30)\n"
        "except KeyboardInterrupt:\n sys.exit(5)"
    )
    parent = (
        "import sys, main; main.venv_python = lambda: sys.executable;"
        f"sys.exit(main.hand_over(['-c', {child!r}]))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", parent],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 20
    while not (tmp_path / "ready").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(sent)
    assert process.wait(timeout=20) == expected
