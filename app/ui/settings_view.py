"""The settings: theme, size of text, density, paper. Every change takes effect at once."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.ui.look import apply_look
from app.ui.settings import Look, settings
from app.ui.theme import FONT_STEPS, px
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.layout import button, label, tight
from app.ui.widgets.segments import SegmentedControl

THEMES = (
    ("system", "As system"),
    ("light", "Light"),
    ("dark", "Dark"),
    ("contrast", "High contrast"),
)


class SettingsDialog(Dialog):
    """One page; Close leaves, since nothing is waiting to be applied."""

    shortcuts_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Settings", parent)
        look = settings().look
        self.theme = SegmentedControl(THEMES)
        self.theme.choose(look.theme if look.theme in dict(THEMES) else "system")
        self.theme.chosen.connect(lambda key: self._keep(theme=key))
        self.font_size = SegmentedControl([(str(step), f"{step} %") for step in FONT_STEPS])
        self.font_size.choose(str(look.font_percent if look.font_percent in FONT_STEPS else 100))
        self.font_size.chosen.connect(lambda key: self._keep(font_percent=int(key)))
        self.density = SegmentedControl((("comfortable", "Comfortable"), ("compact", "Compact")))
        self.density.choose("compact" if look.compact else "comfortable")
        self.density.chosen.connect(lambda key: self._keep(compact=key == "compact"))
        self.system_font = self._box("Use the system font", look.system_font)
        self.system_font.toggled.connect(lambda on: self._keep(system_font=on))
        self.white_paper = self._box("Paper stays white in the dark theme", look.white_paper)
        self.white_paper.toggled.connect(lambda on: self._keep(white_paper=on))
        self.still = self._box("Move nothing by itself", look.reduced_motion)
        self.still.setToolTip("Nothing flashes, fades or blinks.")
        self.still.toggled.connect(lambda on: self._keep(reduced_motion=on))
        self.shortcuts = button("Change shortcuts…")
        self.shortcuts.clicked.connect(self.shortcuts_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        column = tight(QVBoxLayout(self), 16, (24, 24, 24, 24))
        column.addWidget(label("Settings", "heading"))
        grid = tight(QGridLayout(), 12)
        grid.setHorizontalSpacing(px(24))
        rows: tuple[tuple[str, QWidget], ...] = (
            ("Theme", self.theme),
            ("Size of text", self.font_size),
            ("Rows", self.density),
            ("Font", self.system_font),
            ("Pages", self.white_paper),
            ("Motion", self.still),
            ("Keyboard", self.shortcuts),
        )
        for number, (text, control) in enumerate(rows):
            grid.addWidget(label(text, "body", "text_2"), number, 0)
            at = Qt.AlignmentFlag.AlignLeft if control is self.shortcuts else Qt.AlignmentFlag(0)
            grid.addWidget(control, number, 1, at)
        grid.setColumnStretch(2, 1)
        column.addLayout(grid)
        column.addStretch(1)
        close = button("Close", "primary")
        close.clicked.connect(self.accept)
        foot = tight(QHBoxLayout(), 8)
        foot.addWidget(label("Kept on this computer, not in the project.", "small", "text_2"), 1)
        foot.addWidget(close)
        column.addLayout(foot)

    @staticmethod
    def _box(text: str, on: bool) -> QCheckBox:
        made = QCheckBox(text)
        made.setChecked(on)
        return made

    def _keep(self, **change: object) -> None:
        look: Look = replace(settings().look, **change)  # type: ignore[arg-type]
        settings().choose_look(look)
        apply_look(look)
        self.adjustSize()
