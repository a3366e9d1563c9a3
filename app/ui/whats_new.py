"""What is new, taken from the newest section of the changelog that says anything."""

import re
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from app.paths import ROOT
from app.ui.theme import px
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.layout import button, label, tight

SHORT = 76
"""Characters of an item as the start view shows it."""


@dataclass(frozen=True, slots=True)
class News:
    """One section of the changelog: its heading in words, its items in short, its whole text."""

    title: str
    items: tuple[str, ...]
    text: str


def newest(changelog: str) -> News | None:
    """Return the newest section with items, None where there is none."""
    for part in re.split(r"^## ", changelog, flags=re.MULTILINE)[1:]:
        heading, _, text = part.partition("\n")
        items = re.findall(r"^[-*] (.+(?:\n  .+)*)", text, flags=re.MULTILINE)
        if items:
            found = re.search(r"\d+(?:\.\d+)+", heading)
            title = f"New in version {found[0]}" if found else "New in this version"
            return News(title, tuple(_short(item) for item in items), text.strip())
    return None


def read_news() -> News | None:
    """Return what is new in the changelog that is shipped, None where it cannot be read."""
    try:
        return newest((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    except OSError:
        return None


def _short(item: str) -> str:
    """Return what an item is about: a bold sentence, else its first one, cut after a word."""
    flat = " ".join(item.split())
    bold = re.match(r"\*\*([^*]+\.)\*\*", flat)
    words = bold[1] if bold else re.split(r"(?<=[.:;])\s", flat)[0]
    words = re.sub(r"[*`]|\[([^]]*)\]\([^)]*\)", lambda match: match[1] or "", words).rstrip(" .:;")
    return words if len(words) <= SHORT else f"{words[:SHORT].rpartition(' ')[0]} …"


class WhatsNewDialog(Dialog):
    """The whole section, to read."""

    def __init__(self, news: News, parent: QWidget) -> None:
        super().__init__("What is new", parent)
        page = QTextBrowser()
        page.setMarkdown(news.text)
        page.setOpenLinks(False)
        page.setAccessibleName("What is new")
        page.setFrameShape(QTextBrowser.Shape.NoFrame)
        page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = tight(QVBoxLayout(self), 16, (24, 24, 24, 24))
        column.addWidget(label(news.title, "heading"))
        column.addWidget(page, 1)
        foot = tight(QHBoxLayout(), 8)
        foot.addStretch(1)
        close = button("Close", "primary")
        close.clicked.connect(self.accept)
        foot.addWidget(close)
        column.addLayout(foot)
        room = parent.size()
        self.resize(min(px(640), room.width() - px(48)), min(px(560), room.height() - px(96)))
