"""The left panel: the codes to apply, and the codings of this document."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from app.ui.reading.codings_list import CodingsList
from app.ui.widgets import SegmentedControl, tight


class LeftPanel(QFrame):
    """Takes the widget with the codes; ``coding_chosen`` carries a coding of the list."""

    coding_chosen = Signal(str)

    def __init__(self, codes: QWidget, codings: CodingsList) -> None:
        """Put both behind one switch."""
        super().__init__()
        self.setProperty("look", "panel_left")
        self.codes, self.codings = codes, codings
        self.switch = SegmentedControl((("codes", "Codes"), ("codings", "Codings")), wide=True)
        self._stack = QStackedWidget()
        self._tabs: dict[str, QWidget] = {"codes": codes, "codings": codings}
        self._stack.addWidget(codes)
        self._stack.addWidget(codings)
        column = tight(QVBoxLayout(self))
        top = tight(QVBoxLayout(), 0, (12, 12, 12, 0))
        top.addWidget(self.switch)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        self.switch.chosen.connect(self.show_tab)
        codings.chosen.connect(self.coding_chosen)

    def add_tab(self, key: str, text: str, widget: QWidget) -> None:
        """Add one more tab at the end."""
        self._tabs[key] = widget
        self._stack.addWidget(widget)
        self.switch.add(key, text)

    def show_tab(self, key: str) -> None:
        """Show "codes", "codings" or a tab that was added."""
        self.switch.choose(key)
        self._stack.setCurrentWidget(self._tabs[key])
