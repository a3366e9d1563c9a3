"""Nothing leaves the computer: no code that could, and no attempt while the work is done."""

import ast
import os
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import LIND, OKAFOR, write_pdfs

ROOT = Path(__file__).resolve().parent.parent
TALKATIVE = {
    "aiohttp",
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "nntplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "websockets",
    "xmlrpc",
    "PySide6.QtNetwork",
    "PySide6.QtWebChannel",
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebEngineWidgets",
    "PySide6.QtWebSockets",
}
# Runs at the start of every Python of the job, the PDF worker included, and cannot be taken out.
LISTENER = """
import os, sys
log = os.environ["COFACTOR_TEST_LOG"]
def write(words):
    with open(log, "a", encoding="utf-8") as file:
        file.write(words + "\\n")
def listen(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        if isinstance(address, tuple):
            write(f"reached {address}")
            raise OSError("no network in this test")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        write(f"looked up {arguments[0]}")
        raise OSError("no network in this test")
sys.addaudithook(listen)
write("started " + " ".join(sys.orig_argv[1:]).replace("\\n", " "))
"""
JOB = f"""
import sys
from app.cli import main
project, pdfs, out = "review.cofactor", "pdfs", "network.svg"
coded = ["--document", {OKAFOR!r}, "--quote", "the coordinators said", "--code", "maw.mandate"]
for command in (
    ["new", project],
    ["add", project, pdfs],
    ["code", project, *coded, "--valence", "barrier", "--coder", "Ada Sample"],
    ["search", project, "funding ended"],
    ["export", project, "extracts", "--out", "extracts.csv"],
    ["network", project, "--out", out],
    ["check", project],
):
    code = main(command)
    if code:
        sys.exit(f"{{command}} ended with {{code}}")
"""


def run_listened_to(code: str, folder: Path) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Run Python code in a folder; return how it ended and what the listener wrote down."""
    listener = folder / "listener"
    listener.mkdir()
    (listener / "sitecustomize.py").write_text(LISTENER, encoding="utf-8")
    log = folder / "log.txt"
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(listener), str(ROOT))),
        "COFACTOR_TEST_LOG": str(log),
        "COFACTOR_HOME": str(folder / "home"),
    }
    outcome = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    return outcome, log.read_text(encoding="utf-8").splitlines()


def test_the_main_job_reaches_for_no_network(tmp_path: Path) -> None:
    (tmp_path / "pdfs").mkdir()
    write_pdfs(tmp_path / "pdfs")
    outcome, heard = run_listened_to(JOB, tmp_path)
    assert outcome.returncode == 0, outcome.stderr
    assert LIND in outcome.stderr
    assert [line for line in heard if not line.startswith("started")] == []
    assert any("app.documents.worker" in line for line in heard), "the worker was not listened to"


def test_the_listener_would_hear_an_attempt(tmp_path: Path) -> None:
    attempt = (
        "import contextlib, socket\n"
        "with contextlib.suppress(OSError):\n"
        "    socket.create_connection(('127.0.0.1', 9))\n"
        "with contextlib.suppress(OSError), socket.socket() as plain:\n"
        "    plain.connect(('127.0.0.1', 9))\n"
    )
    _, heard = run_listened_to(attempt, tmp_path)
    assert [line.split()[0] for line in heard] == ["started", "looked", "reached"]


def imported_modules(path: Path) -> set[str]:
    """Return what a module imports by dotted name, wherever in the file."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def is_talkative(name: str) -> bool:
    return any(name == talker or name.startswith(f"{talker}.") for talker in TALKATIVE)


def test_no_module_imports_anything_that_talks_over_a_network() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): sorted(filter(is_talkative, imported_modules(path)))
        for path in (ROOT / "app").rglob("*.py")
    }
    assert {path: names for path, names in found.items() if names} == {}


def test_such_imports_would_be_seen(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("import http.client\ndef f():\n    from urllib import request\n")
    assert set(filter(is_talkative, imported_modules(module))) == {"http.client", "urllib.request"}
