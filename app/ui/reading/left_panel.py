"""The left panel: the codes to apply, and the codings of this document."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from app.ui.reading.codings_list import CodingsList
from app.ui.theme import scale, theme
from app.ui.widgets import SegmentedControl, tight
from app.ui.widgets.layout import gap

LEAST = 220


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
        self._pages: set[str] = set()
        self._tabs: dict[str, QWidget] = {"codes": codes, "codings": codings}
        self._stack.addWidget(codes)
        self._stack.addWidget(codings)
        column = tight(QVBoxLayout(self))
        top = tight(QVBoxLayout(), 0, (12, 12, 12, 0))
        top.addWidget(self.switch)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        self.switch.chosen.connect(self.show_tab)
        theme.changed.connect(self._fit)
        codings.chosen.connect(self.coding_chosen)

    def showEvent(self, event: QShowEvent) -> None:
        """Be wide enough for the names of the tabs."""
        self._fit()

    def _fit(self) -> None:
        """Grow with the size of text, up to a third of the window."""
        widths = [each.sizeHint().width() for each in self.switch.findChildren(QToolButton)]
        wanted = max(widths) * len(widths) + 8 + 2 * gap(12) if scale() > 1 else 0
        third = self.window().width() * 0.36
        self.setMinimumWidth(max(LEAST, min(wanted, round(third))))

    def add_tab(self, key: str, text: str, widget: QWidget) -> None:
        """Add one more tab at the end."""
        self._tabs[key] = widget
        self._stack.addWidget(widget)
        self.switch.add(key, text)
        self._fit()

    def add_page(self, key: str, widget: QWidget) -> None:
        """Add something that is shown now and then, without a tab of its own."""
        self._tabs[key] = widget
        self._pages.add(key)
        self._stack.addWidget(widget)

    def show_tab(self, key: str) -> None:
        """Show "codes", "codings", or a tab or page that was added."""
        if key in self._pages:
            self.switch.choose_none()
        else:
            self.switch.choose(key)
        self._stack.setCurrentWidget(self._tabs[key])
