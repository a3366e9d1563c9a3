"""What the reading view can do beyond reading and coding, each in a module of its own.

A feature is a class that is made with the place and ties itself to it: to the canvas
(``canvas.painter.extras``, ``canvas.pointer.tools``, ``canvas.keys.listeners``), to what keys ask
for (``place.commands.known``), to the bars above the pages (``place.add_bar``), to the left panel
(``place.left.add_tab``) and to its rows of the table of actions. Making one must be cheap: what
needs widgets makes them when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QMouseEvent, QPainter

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace

FEATURES: tuple[str, ...] = (
    "app.ui.reading.codebook_feature:CodebookFeature",
    "app.ui.reading.key_feature:KeyFeature",
    "app.ui.reading.filter_feature:FilterFeature",
    "app.ui.reading.lost_letters:LostLetters",
    "app.ui.reading.areas:Areas",
    "app.ui.reading.find_bar_feature:FindInDocument",
    "app.ui.reading.turning:TurnPages",
    "app.ui.reading.page_numbers:PageNumbers",
    "app.ui.reading.links_history:History",
    "app.ui.reading.outline:Outline",
    "app.ui.reading.links:Links",
    "app.ui.reading.password_bar:Passwords",
    "app.ui.reading.attribute_evidence:AttributeEvidence",
    "app.ui.reading.integrity_notice:IntegrityNotice",
    "app.ui.reading.translation_note:TranslationNotes",
    "app.ui.reading.text_feature:TextOfDocument",
    "app.ui.reading.review_feature:AnchorReview",
    "app.ui.reading.order_feature:ReadingOrder",
    "app.ui.reading.submit_feature:SubmitDocument",
)
"""Each "module:class"; the class takes the place."""


class PagePainter(Protocol):
    """Paints something of its own on a page, above the codings and below the selection."""

    def __call__(self, painter: QPainter, page: int, scale: float, part: QRectF) -> None:
        """Paint on a 1-based page; (0, 0) is its corner, ``scale`` pixels are one point."""


class MouseTool(Protocol):
    """May take a press of the left button; then it gets the moves and the release as well."""

    def press(self, event: QMouseEvent) -> bool:
        """Return True to take it."""

    def move(self, event: QMouseEvent) -> None:
        """Follow the mouse, with the button held."""

    def release(self, event: QMouseEvent) -> None:
        """End what the press began."""


def make_features(place: "ReadingPlace") -> dict[str, object]:
    """Make all features; return them by class name."""
    made = {}
    for feature in FEATURES:
        module, name = feature.split(":")
        made[name] = getattr(import_module(module), name)(place)
    return made
