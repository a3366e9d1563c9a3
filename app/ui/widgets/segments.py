"""A choice of one among few, in a row."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.ui.widgets.layout import tight


class SegmentedControl(QFrame):
    """Segments of 26 px in a frame of 30; ``chosen`` carries the key of the new one."""

    chosen = Signal(str)

    def __init__(self, segments: Sequence[tuple[str, str]], *, wide: bool = False) -> None:
        """``segments`` are (key, text); ``wide`` shares the whole width equally."""
        super().__init__()
        self.setProperty("look", "segments")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(
            QSizePolicy.Policy.Expanding if wide else QSizePolicy.Policy.Fixed,
            QSizePolicy.Policy.Fixed,
        )
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self._wide, self._row = wide, tight(QHBoxLayout(self), 0, (2, 2, 2, 2))
        for key, text in segments:
            self.add(key, text)
        if segments:
            self.choose(segments[0][0])

    def add(self, key: str, text: str) -> None:
        """Add a segment at the end."""
        made = QToolButton()
        made.setText(text)
        made.setCheckable(True)
        made.setProperty("look", "segment")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if self._wide:
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
        self._group.addButton(made)
        self._buttons[key] = made
        self._row.addWidget(made, 1 if self._wide else 0)

    @property
    def key(self) -> str:
        """The key of the chosen segment."""
        return next((key for key, made in self._buttons.items() if made.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose a segment without emitting ``chosen``."""
        self._buttons[key].setChecked(True)

    def choose_none(self) -> None:
        """Let no segment be chosen, while something else is shown."""
        self._group.setExclusive(False)
        for made in self._buttons.values():
            made.setChecked(False)
        self._group.setExclusive(True)

    def segment(self, key: str) -> QToolButton:
        """Return one segment, to give it another text, a tooltip or a menu."""
        return self._buttons[key]

    def add_control(self, control: QWidget) -> None:
        """Put a further control, such as a "More" button with a menu, at the end."""
        layout = self.layout()
        assert layout is not None
        layout.addWidget(control)
