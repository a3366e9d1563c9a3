"""What opens above the window: palette, keys, settings, people, work."""

from PySide6.QtWidgets import QApplication, QDialog

from app.ui.tour.album import Album


def all_sheets(album: Album) -> None:
    """Show command palette, shortcut sheet, settings, the menu of coders, the list of work."""
    command_palette(album)
    dialog(album, "F1", "shortcuts")
    dialog(album, "Ctrl+,", "settings")
    who_you_are(album)
    work(album)


def command_palette(album: Album) -> None:
    """Show everything that answers to a word."""
    hands, window = album.hands, album.window
    hands.step = "command palette"
    palette = window.palette_popup
    hands.press("Ctrl+K")
    hands.until(palette.isVisible, "the command palette")
    hands.type("supervision")
    hands.until(
        lambda: any(finding.kind == "Passages" for finding in palette.findings()),
        "passages among the findings",
    )
    album.take("command-palette")
    hands.press("Esc")
    hands.until(lambda: not palette.isVisible(), "the end of the palette")


def dialog(album: Album, key: str, name: str) -> None:
    """Show one dialog, opened by its key and closed with Esc."""
    hands, window = album.hands, album.window
    hands.step = name
    hands.press(key)
    shown = window._window_actions.dialog
    assert isinstance(shown, QDialog)
    hands.until(shown.isVisible, "the dialog")
    album.take(name)
    hands.press("Esc")
    hands.until(lambda: not shown.isVisible(), "the end of the dialog")


def who_you_are(album: Album) -> None:
    """Show the menu behind your name."""
    hands, window = album.hands, album.window
    hands.step = "who you are"
    hands.click(window.workbench.strip.person)
    menu = window._window_actions.menu
    hands.until(menu.isVisible, "the menu of coders")
    album.take("who-you-are")
    hands.press("Esc")
    hands.until(lambda: QApplication.activePopupWidget() is None, "the end of the menu")


def work(album: Album) -> None:
    """Show what was done in the background."""
    hands, window = album.hands, album.window
    hands.step = "work under way"
    window.actions_table.trigger("window.work")
    hands.until(window.work_popup.isVisible, "the list of work")
    album.take("work")
    hands.press("Esc")
    hands.click(window.workbench.header.title)
    hands.until(lambda: not window.work_popup.isVisible(), "the end of the list")
