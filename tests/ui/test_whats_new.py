import itertools

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser
from pytestqt.qtbot import QtBot

from app.ui.main_window import MainWindow
from app.ui.whats_new import WhatsNewDialog, newest, read_news

LOG = """# Changelog

## [Unreleased]

### Added

## [0.2.0] - 2026-11-23

In short.

### Added

- **Filters in the reading view.** By code,
  cluster and coder.
- **Projects** in one file that holds PDFs, text, codes, codings and who decided what, all of it.
- Light and `dark` themes; see the [guide](docs/user-guide.md).

## [0.1.0]

- Older.
"""


def test_the_newest_section_that_says_anything_is_told_in_short() -> None:
    news = newest(LOG)
    assert news is not None
    assert news.title == "New in version 0.2.0"
    assert news.items[0] == "Filters in the reading view"
    assert news.items[1].startswith("Projects in one file that holds PDFs")
    assert news.items[1].endswith(" …")
    assert len(news.items[1]) <= 80
    assert news.items[2] == "Light and dark themes"
    assert "Older" not in news.text
    assert newest("# Nothing yet") is None


def test_the_start_view_tells_it_and_leads_to_all_of_it(window: MainWindow, qtbot: QtBot) -> None:
    news = read_news()
    assert news is not None
    assert window.start._news_box.isVisible()
    window.actions_table.trigger("help.news")
    dialog = window._window_actions.dialog
    assert isinstance(dialog, WhatsNewDialog)
    (page,) = dialog.findChildren(QTextBrowser)
    first = news.items[0].removesuffix(" …")
    assert first[:20] in page.toPlainText().replace("\n", " ")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_in_a_small_window_nothing_lies_on_anything_else(window: MainWindow, qtbot: QtBot) -> None:
    from app.ui.theme import theme

    window.resize(1024, 680)
    theme.choose(font_percent=200)
    qtbot.waitUntil(lambda: not window.start._news_box.isVisible())
    start = window.start

    def apart() -> bool:
        boxes = [made.geometry() for made in start._buttons.values()]
        return not any(one.intersects(other) for one, other in itertools.pairwise(boxes))

    qtbot.waitUntil(apart)
    assert not start.finder.isVisible()
