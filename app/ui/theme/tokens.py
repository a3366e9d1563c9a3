"""The three colour tables. No other file of the window holds a colour value.

The light data colours are those of the paper figures and of every export.
"""

from dataclasses import dataclass, fields

CLUSTERS = ("1", "2", "3", "4", "5", "context")
VALENCES = ("facilitator", "barrier", "mixed", "moderates", "unclear")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colour values ("#RRGGBB") of one theme by the name of their use."""

    name: str
    base: str
    window: str
    raised: str
    well: str
    hover: str
    pressed: str
    selected: str
    selected_idle: str
    line: str
    line_strong: str
    control: str
    text: str
    text_2: str
    text_3: str
    off: str
    accent: str
    accent_pointed: str
    on_accent: str
    tint: str
    text_selection: str
    on_text_selection: str
    error: str
    error_tint: str
    error_line: str
    warning: str
    warning_tint: str
    warning_line: str
    success: str
    success_tint: str
    success_line: str
    info: str
    info_tint: str
    info_line: str
    paper: str
    ink: str
    toast: str
    on_toast: str
    toast_line: str
    cluster_1_fill: str
    cluster_1_text: str
    cluster_1_tint: str
    cluster_2_fill: str
    cluster_2_text: str
    cluster_2_tint: str
    cluster_3_fill: str
    cluster_3_text: str
    cluster_3_tint: str
    cluster_4_fill: str
    cluster_4_text: str
    cluster_4_tint: str
    cluster_5_fill: str
    cluster_5_text: str
    cluster_5_tint: str
    cluster_context_fill: str
    cluster_context_text: str
    cluster_context_tint: str
    facilitator: str
    barrier: str
    moderates: str
    unclear: str
    is_dark: bool = False
    framed: bool = False
    """True where the selected row is shown by a 2 px frame instead of a fill."""
    passage_fill: float = 0.20
    """Opacity of the fill of a coded passage on the page; 0 means a 2 px underline."""

    def colours(self) -> dict[str, str]:
        """Return all colour values by token name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if str(value).startswith("#")}


LIGHT = Tokens(
    name="light",
    base="#FFFFFF",
    window="#F5F6F7",
    raised="#FFFFFF",
    well="#EBEDEF",
    hover="#ECEEF1",
    pressed="#DFE2E6",
    selected="#D9EDEA",
    selected_idle="#E7EAED",
    line="#E4E7EA",
    line_strong="#CFD4DA",
    control="#868E99",
    text="#1B1F23",
    text_2="#505862",
    text_3="#5F6771",
    off="#A0A7AF",
    accent="#0B6B66",
    accent_pointed="#085651",
    on_accent="#FFFFFF",
    tint="#E4F2F0",
    text_selection="#B9E0DB",
    on_text_selection="#1B1F23",
    error="#AF231C",
    error_tint="#FCEDEC",
    error_line="#DFA09D",
    warning="#7F4E00",
    warning_tint="#FCF3E0",
    warning_line="#CCB48B",
    success="#1C6637",
    success_tint="#E7F4EB",
    success_line="#9ABEA7",
    info="#245A8C",
    info_tint="#EAF2F9",
    info_line="#9FB8D0",
    paper="#FFFFFF",
    ink="#000000",
    toast="#1B1F23",
    on_toast="#FFFFFF",
    toast_line="#868E99",
    cluster_1_fill="#004C99",
    cluster_1_text="#004C99",
    cluster_1_tint="#E3ECF6",
    cluster_2_fill="#A97C00",
    cluster_2_text="#765600",
    cluster_2_tint="#F8F0DA",
    cluster_3_fill="#93164E",
    cluster_3_text="#93164E",
    cluster_3_tint="#F6E5EC",
    cluster_4_fill="#4D9353",
    cluster_4_text="#2F6B36",
    cluster_4_tint="#E6F2E7",
    cluster_5_fill="#693717",
    cluster_5_text="#693717",
    cluster_5_tint="#F3EAE3",
    cluster_context_fill="#868686",
    cluster_context_text="#626262",
    cluster_context_tint="#EEEEEE",
    facilitator="#1F6E9C",
    barrier="#C8571B",
    moderates="#4F6B3A",
    unclear="#6C747E",
)

DARK = Tokens(
    name="dark",
    base="#181A1D",
    window="#1E2024",
    raised="#282B30",
    well="#0F1012",
    hover="#2B2E34",
    pressed="#353940",
    selected="#173F3C",
    selected_idle="#2E3238",
    line="#2D3137",
    line_strong="#3D434A",
    control="#767E89",
    text="#E7E9EC",
    text_2="#B1B8C0",
    text_3="#9EA6B0",
    off="#626972",
    accent="#53BDB3",
    accent_pointed="#74CFC6",
    on_accent="#06211F",
    tint="#18322F",
    text_selection="#1F5C56",
    on_text_selection="#E7E9EC",
    error="#F39A93",
    error_tint="#3B1F1E",
    error_line="#814E4A",
    warning="#E8BA6C",
    warning_tint="#372B17",
    warning_line="#7A6137",
    success="#82CB9C",
    success_tint="#1B3324",
    success_line="#426D52",
    info="#86B7E4",
    info_tint="#1B2C3D",
    info_line="#44617C",
    paper="#1B1C1E",
    ink="#D9D7D2",
    toast="#353940",
    on_toast="#E7E9EC",
    toast_line="#767E89",
    cluster_1_fill="#6EA8E6",
    cluster_1_text="#7FB3EA",
    cluster_1_tint="#1C2B3D",
    cluster_2_fill="#D8AA3C",
    cluster_2_text="#DDB252",
    cluster_2_tint="#352C16",
    cluster_3_fill="#EE8BB9",
    cluster_3_text="#F09CC2",
    cluster_3_tint="#3A2030",
    cluster_4_fill="#C5E6BC",
    cluster_4_text="#C5E6BC",
    cluster_4_tint="#20301C",
    cluster_5_fill="#DC6953",
    cluster_5_text="#F29A88",
    cluster_5_tint="#3B2119",
    cluster_context_fill="#808080",
    cluster_context_text="#B2B2B2",
    cluster_context_tint="#2C2D2F",
    facilitator="#5BAEDD",
    barrier="#F09155",
    moderates="#9DBF83",
    unclear="#8F97A1",
    is_dark=True,
    passage_fill=0.30,
)

CONTRAST = Tokens(
    name="contrast",
    base="#FFFFFF",
    window="#FFFFFF",
    raised="#FFFFFF",
    well="#FFFFFF",
    hover="#E6E6E6",
    pressed="#CCCCCC",
    selected="#FFFFFF",
    selected_idle="#FFFFFF",
    line="#000000",
    line_strong="#000000",
    control="#000000",
    text="#000000",
    text_2="#000000",
    text_3="#1F1F1F",
    off="#595959",
    accent="#00453F",
    accent_pointed="#002B28",
    on_accent="#FFFFFF",
    tint="#FFFFFF",
    text_selection="#000000",
    on_text_selection="#FFFFFF",
    error="#8A0000",
    error_tint="#FFFFFF",
    error_line="#8A0000",
    warning="#5C3A00",
    warning_tint="#FFFFFF",
    warning_line="#5C3A00",
    success="#00441A",
    success_tint="#FFFFFF",
    success_line="#00441A",
    info="#00336B",
    info_tint="#FFFFFF",
    info_line="#00336B",
    paper="#FFFFFF",
    ink="#000000",
    toast="#000000",
    on_toast="#FFFFFF",
    toast_line="#FFFFFF",
    cluster_1_fill="#003A75",
    cluster_1_text="#003A75",
    cluster_1_tint="#FFFFFF",
    cluster_2_fill="#5E4500",
    cluster_2_text="#5E4500",
    cluster_2_tint="#FFFFFF",
    cluster_3_fill="#7A0C3D",
    cluster_3_text="#7A0C3D",
    cluster_3_tint="#FFFFFF",
    cluster_4_fill="#003D0F",
    cluster_4_text="#003D0F",
    cluster_4_tint="#FFFFFF",
    cluster_5_fill="#2E1000",
    cluster_5_text="#2E1000",
    cluster_5_tint="#FFFFFF",
    cluster_context_fill="#595959",
    cluster_context_text="#3F3F3F",
    cluster_context_tint="#FFFFFF",
    facilitator="#0B4A70",
    barrier="#8A3300",
    moderates="#2E4520",
    unclear="#3F3F3F",
    framed=True,
    passage_fill=0.0,
)

THEMES: dict[str, Tokens] = {table.name: table for table in (LIGHT, DARK, CONTRAST)}
