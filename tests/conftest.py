"""What every test can rely on: no display, no one's own settings, repeatable examples."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# Both have to be set before Qt or the app is imported anywhere.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_SESSION_HOME = tempfile.TemporaryDirectory(prefix="cofactor-tests-")
os.environ["COFACTOR_HOME"] = _SESSION_HOME.name
os.environ["XDG_CONFIG_HOME"] = _SESSION_HOME.name

settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Keep pytest-qt's settings known where it cannot be loaded, so that they raise no warning."""
    if not pluginmanager.hasplugin("pytest-qt"):
        parser.addini("qt_api", "unused without pytest-qt")
        parser.addini("qt_log_level_fail", "unused without pytest-qt")


@pytest.fixture(autouse=True)
def cofactor_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Give each test a settings folder of its own, so that nothing it remembers leaks out."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("COFACTOR_HOME", str(home))
    return home


def pytest_sessionfinish() -> None:
    """Take the session's settings folder away."""
    _SESSION_HOME.cleanup()
