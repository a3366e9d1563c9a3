"""Says on the paper of a page that it could not be read, and offers to try again."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.ui.theme import px
from app.ui.widgets import button, label, tight

if TYPE_CHECKING:
    from app.ui.reading.canvas import Canvas

WIDTH, APART = 480, 8


class TroubleCard(QFrame):
    """One sentence and a button, on the paper of one page."""

    again = Signal()

    def __init__(self, canvas: "Canvas") -> None:
        """Build it below whatever else stands on the pages."""
        super().__init__(canvas.viewport())
        self.setProperty("look", "popup")
        self.words = label("", "small", "text", wrap=True)
        self.button = button("Try again", "small")
        self.button.clicked.connect(self.again)
        self._row = tight(QHBoxLayout(self), 12, (12, 8, 8, 8))
        self._row.addWidget(self.words, 1)
        self._row.addWidget(self.button)
        self.lower()

    def say(self, sentence: str) -> None:
        """Show a sentence."""
        self.words.setText(sentence)
        self.setAccessibleName(sentence)

    def stand_on(self, page: QRect, view: QRect, *, in_the_middle: bool) -> None:
        """Stand on the visible part of a page (viewport): in its middle, or at its head."""
        shown, apart = page.intersected(view), px(APART)
        width = min(px(WIDTH), shown.width() - 2 * apart)
        height = self._row.totalHeightForWidth(width)
        top = shown.center().y() - height // 2 if in_the_middle else shown.top() + apart
        top = max(min(top, page.bottom() - apart - height), page.top() + apart)
        self.setGeometry(shown.center().x() - width // 2, top, width, height)


class TroubleCards(QObject):
    """Keeps a card on each page in view whose picture or characters could not be had."""

    def __init__(self, canvas: "Canvas") -> None:
        """Watch the pages of ``canvas``."""
        super().__init__(canvas)
        self._canvas = canvas
        self.cards: dict[int, TroubleCard] = {}
        images, geometries = canvas.images, canvas.geometries
        images.worker_changed.connect(geometries.new_worker)
        for changed in (
            images.failed,
            images.arrived,
            images.worker_changed,
            geometries.failed,
            geometries.arrived,
            canvas.scrolled,
            canvas.zoom_changed,
            canvas.state.document_changed,
        ):
            changed.connect(self.refresh)

    def refresh(self) -> None:
        """Bring the cards up to date with the pages in view."""
        images, geometries = self._canvas.images, self._canvas.geometries
        troubled = bool(images.broken or geometries.broken)
        if not troubled and not self.cards:
            return
        # Without the PDF the bar above the pages says so once for all of them.
        troubled = troubled and self._canvas.state.is_open and images.has_pages
        shown = self._canvas.visible_parts() if troubled else {}
        wanted = {page for page in shown if page in images.broken or page in geometries.broken}
        for page in self.cards.keys() - wanted:
            self.cards.pop(page).deleteLater()
        for page in wanted:
            self._show(page)

    def _show(self, page: int) -> None:
        canvas = self._canvas
        card = self.cards.get(page)
        if card is None:
            card = self.cards[page] = TroubleCard(canvas)
            card.again.connect(lambda: self.try_again(page))
        why = canvas.images.broken.get(page)
        if why is not None:
            card.say(f"This page cannot be shown. {why}")
        else:
            card.say(f"Nothing can be selected on this page. {canvas.geometries.broken[page]}")
        _left, _top, width, height = canvas.layout_.rect(page)
        paper = QRect(canvas.page_origin(page).toPoint(), QSize(width, height))
        card.stand_on(paper, canvas.viewport().rect(), in_the_middle=why is not None)
        card.show()

    def try_again(self, page: int) -> None:
        """Ask for a page once more."""
        self._canvas.setFocus()
        self._canvas.images.retry(page)
        self._canvas.geometries.retry(page)
        self.refresh()
