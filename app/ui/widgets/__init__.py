"""Small widgets that every view uses. Colours and sizes come from the theme alone."""

from app.ui.widgets.chips import Chip, FilterRow
from app.ui.widgets.counts import CountLabel, KeyCap, Person, Tag, ValenceMark
from app.ui.widgets.empty import EmptyView
from app.ui.widgets.layout import (
    FlowLayout,
    button,
    clear,
    fit_icon,
    fix,
    frame,
    icon_button,
    label,
    line,
    roomy,
    set_look,
    stretch,
    tight,
)
from app.ui.widgets.notices import NoticeBar, NoticeStack, UndoMessage
from app.ui.widgets.progress_bar import ProgressBar
from app.ui.widgets.rows import RowDelegate, paint_row_background
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segments import SegmentedControl
from app.ui.widgets.splitter import RememberingSplitter

__all__ = [
    "Chip",
    "CountLabel",
    "EmptyView",
    "FilterRow",
    "FlowLayout",
    "KeyCap",
    "NoticeBar",
    "NoticeStack",
    "Person",
    "ProgressBar",
    "RememberingSplitter",
    "RowDelegate",
    "SearchField",
    "SegmentedControl",
    "Tag",
    "UndoMessage",
    "ValenceMark",
    "button",
    "clear",
    "fit_icon",
    "fix",
    "frame",
    "icon_button",
    "label",
    "line",
    "paint_row_background",
    "roomy",
    "set_look",
    "stretch",
    "tight",
]
