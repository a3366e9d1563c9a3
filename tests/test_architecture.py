"""The rules of the house, each a sentence."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"
MODULES = sorted(APP.rglob("*.py"))
LINES_AT_MOST = 450
WITHOUT_QT = (
    "app.models",
    "app.documents",
    "app.analysis",
    "app.coding",
    "app.exchange",
    "app.cli",
)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )


def package_modules(package: str) -> list[str]:
    """Return the package or module itself and every module in it, as dotted names."""
    folder = ROOT.joinpath(*package.split("."))
    files = sorted(folder.rglob("*.py")) or [folder.with_suffix(".py")]
    parts = [path.relative_to(ROOT).with_suffix("").parts for path in files if path.exists()]
    names = [".".join(part[:-1] if part[-1] == "__init__" else part) for part in parts]
    return [name for name in names if not name.endswith("__main__")]


def test_imports_go_one_way() -> None:
    code = (
        "import sys; from importlinter.cli import lint_imports;"
        "sys.exit(lint_imports(no_cache=True, show_timings=False))"
    )
    outcome = run_python(code)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize("package", WITHOUT_QT)
def test_everything_below_the_window_works_without_qt(package: str) -> None:
    names = package_modules(package)
    if not names:
        pytest.skip(f"{package} does not exist yet")
    code = f"""
import importlib, sys
sys.modules.update({{"PySide6": None, "shiboken6": None}})
for name in {names!r}:
    importlib.import_module(name)
loaded = [name for name, module in sys.modules.items()
          if name.split(".")[0] in ("PySide6", "shiboken6") and module is not None]
sys.exit(f"loaded: {{loaded}}" if loaded else 0)
"""
    outcome = run_python(code)
    assert outcome.returncode == 0, outcome.stderr


def test_the_pdf_engine_does_not_bring_a_neural_network_runtime() -> None:
    outcome = run_python("import sys, pymupdf; sys.exit('onnxruntime' in sys.modules)")
    assert outcome.returncode == 0, outcome.stderr


def test_the_first_window_does_not_wait_for_what_only_exports_need() -> None:
    late = ("matplotlib", "networkx", "docx", "openpyxl", "xlsxwriter", "jinja2", "bibtexparser")
    names = package_modules("app.coding") + package_modules("app.models")
    code = f"""
import importlib, sys
for name in {names!r}:
    importlib.import_module(name)
sys.exit(", ".join(name for name in {late!r} if name in sys.modules) or 0)
"""
    outcome = run_python(code)
    assert outcome.returncode == 0, outcome.stderr


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_every_module_parses_and_keeps_to_its_size(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    ast.parse(source, filename=str(path))
    assert source.count("\n") <= LINES_AT_MOST, "split it: a newcomer reads a file in one sitting"


def test_every_package_folder_says_that_it_is_one() -> None:
    folders = {path.parent for path in MODULES} | {
        path.parent for path in (ROOT / "tests").rglob("*.py")
    }
    assert [relative(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def is_theme(path: Path) -> bool:
    return relative(path) == "app/ui/theme.py" or relative(path).startswith("app/ui/theme/")


@pytest.mark.parametrize(
    "path", [path for path in MODULES if "ui" in path.parts and not is_theme(path)], ids=relative
)
def test_colours_and_styles_come_from_the_theme(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    literal = r"""["']#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})["']"""
    by_numbers = r"QColor(?:\.fromRgb(?:F)?)?\(\s*(?:\d|0x)"
    by_name = r"Qt\.(?:GlobalColor\.)?(?:white|black|red|green|blue|yellow|gray|darkGray)\b"
    found = re.findall(f"{literal}|{by_numbers}|{by_name}|setStyleSheet", source)
    assert found == []


def project_files() -> list[Path]:
    """Return the files that belong to the project: what git knows or would take in."""
    outcome = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if outcome.returncode != 0:
        pytest.skip("not a git working tree: which files belong to the project is unknown")
    return [ROOT / name for name in outcome.stdout.split("\0") if name]


def test_no_file_names_a_package_index_or_a_place_on_somebodys_machine() -> None:
    hosts = ("py" + "pi.org", "python" + "hosted.org", "--index" + "-url", "--find" + "-links")
    homes = ("/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/", "/wo" + "rk/")
    pattern = re.compile("|".join(map(re.escape, hosts + homes)).encode())
    text_suffixes = {"", ".py", ".toml", ".lock", ".md", ".yaml", ".yml", ".json", ".csv", ".txt"}
    found = [
        relative(path)
        for path in project_files()
        if path.is_file() and path.suffix in text_suffixes and pattern.search(path.read_bytes())
    ]
    assert found == []


def test_the_lock_pins_every_package_with_hashes_and_keeps_to_the_known_good_versions() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", lock, flags=re.MULTILINE))
    blocks = re.split(r"^(?=[a-z0-9-]+==)", lock, flags=re.MULTILINE)[1:]
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert pins["pyside6-essentials"] != "6.12.0"
    assert int(pins["pymupdf"].split(".")[0]) < 2
    assert {"pytest", "pytest-qt", "hypothesis", "import-linter"} <= set(pins)
