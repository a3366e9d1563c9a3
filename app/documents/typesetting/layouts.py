"""The layouts: paper, columns and type of each kind of report."""

from dataclasses import dataclass, replace
from typing import Literal

from app.documents.typesetting.lines import Type
from app.documents.typesetting.manuscript import LayoutName

A4 = (595.0, 842.0)
LETTER = (612.0, 792.0)
JOURNAL = (552.0, 750.0)
ROYAL = (481.0, 680.0)
Opening = Literal["journal", "cover", "plain", "thesis"]


@dataclass(frozen=True, slots=True)
class Layout:
    """Measures in points; ``front`` says that cover and contents come first, numbered i, ii."""

    paper: tuple[float, float]
    margins: tuple[float, float, float, float]  # left, top, right, bottom of the text area
    body: Type
    small: Type
    headings: tuple[Type, Type, Type]
    title: Type
    furniture: Type
    opening: Opening
    columns: int = 1
    gutter: float = 0.0
    indent: float = 0.0
    gap: float = 0.0
    justified: bool = True
    hyphens: bool = False
    chapters: bool = False
    right_to_left: bool = False
    colour: tuple[float, float, float] = (0.2, 0.25, 0.3)

    @property
    def front(self) -> bool:
        """Tell whether a cover and a table of contents open the report."""
        return self.opening in ("cover", "thesis")

    @property
    def measure(self) -> float:
        """Width of one column."""
        return (self.text_width - self.gutter * (self.columns - 1)) / self.columns

    @property
    def text_width(self) -> float:
        """Width between the left and the right margin."""
        return self.paper[0] - self.margins[0] - self.margins[2]


def _serif(size: float, leading: float, *, heavy: bool = False) -> Type:
    return Type("serif", "serif-italic", size, leading, heavy)


def _sans(size: float, leading: float, name: str = "sans", grey: float = 0.0) -> Type:
    return Type(name, "sans-italic", size, leading, grey=grey)


def _times(size: float, leading: float, name: str = "times") -> Type:
    return Type(name, "times-italic", size, leading)


ARTICLE = Layout(
    paper=A4,
    margins=(96, 92, 96, 96),
    body=_times(11, 13.6),
    small=_times(9, 11),
    headings=(
        _times(12.5, 15, "times-bold"),
        _times(11, 13.6, "times-italic"),
        _times(11, 13.6, "times-italic"),
    ),
    title=_times(18, 22, "times-bold"),
    furniture=_times(8.5, 10),
    opening="journal",
    indent=14,
    hyphens=True,
)
TWO_COLUMN = Layout(
    paper=JOURNAL,
    margins=(50, 76, 50, 72),
    body=_serif(9.6, 12.4),
    small=_serif(8.2, 10.2),
    headings=(
        _sans(10.8, 13.6, "sans-bold"),
        _sans(9.6, 12.4, "sans-medium"),
        _serif(9.6, 12.4, heavy=True),
    ),
    title=_sans(17, 21, "sans-bold"),
    furniture=_serif(7.8, 9.6),
    opening="journal",
    columns=2,
    gutter=20,
    indent=10,
    hyphens=True,
)
GOVERNMENT = Layout(
    paper=A4,
    margins=(84, 96, 84, 92),
    body=_sans(9.8, 14.6),
    small=_sans(8.2, 11),
    headings=(
        _sans(17, 22, "sans-bold"),
        _sans(12, 16, "sans-bold"),
        _sans(10, 14.6, "sans-medium"),
    ),
    title=_sans(26, 33, "sans-bold"),
    furniture=_sans(7.8, 10, grey=0.25),
    opening="cover",
    gap=7.3,
    justified=False,
    colour=(0.13, 0.27, 0.36),
)
PRACTICE = Layout(
    paper=LETTER,
    margins=(136, 84, 78, 86),
    body=_serif(10.4, 14.2),
    small=_serif(8.6, 11),
    headings=(
        _sans(15, 19, "sans-bold"),
        _sans(11, 15, "sans-bold"),
        _serif(10.4, 14.2, heavy=True),
    ),
    title=_sans(23, 29, "sans-bold"),
    furniture=_sans(7.6, 10, grey=0.25),
    opening="cover",
    gap=6,
    hyphens=True,
    colour=(0.36, 0.2, 0.3),
)
WORKING_PAPER = Layout(
    paper=LETTER,
    margins=(90, 84, 90, 88),
    body=_times(11.6, 15.6),
    small=_times(9.6, 12),
    headings=(
        _times(13.5, 17, "times-bold"),
        _times(11.6, 15.6, "times-bold"),
        _times(11.6, 15.6, "times-italic"),
    ),
    title=_times(19, 24, "times-bold"),
    furniture=_times(9, 11),
    opening="plain",
    indent=18,
)
THESIS = Layout(
    paper=A4,
    margins=(112, 96, 92, 100),
    body=_times(12, 23.4),
    small=_times(9.8, 12.4),
    headings=(
        _times(20, 26, "times-bold"),
        _times(13.5, 18, "times-bold"),
        _times(12, 23.4, "times-italic"),
    ),
    title=_times(24, 31, "times-bold"),
    furniture=_times(9.2, 11),
    opening="thesis",
    indent=18,
    hyphens=True,
    chapters=True,
)
HEBREW = replace(
    WORKING_PAPER,
    paper=ROYAL,
    margins=(68, 86, 68, 90),
    body=_serif(12, 20),
    small=_serif(9.4, 12.8),
    headings=(_serif(14.4, 19, heavy=True), _serif(12, 18, heavy=True), _serif(11.6, 18)),
    title=_serif(18, 24, heavy=True),
    furniture=_serif(8.4, 10.4),
    indent=14,
    right_to_left=True,
)
LAYOUTS: dict[LayoutName, Layout] = {
    "article": ARTICLE,
    "two_column": TWO_COLUMN,
    "government": GOVERNMENT,
    "practice_report": PRACTICE,
    "working_paper": WORKING_PAPER,
    "thesis": THESIS,
    "hebrew": HEBREW,
}
