"""The menu behind your name: choose who you are, or add a coder."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget, QWidgetAction

from app.errors import UserError
from app.ui.bridge import ProjectBridge
from app.ui.theme import px
from app.ui.widgets.layout import button, label, tight


def become(bridge: ProjectBridge, coder_id: str) -> None:
    """Be this coder; UserError in a hand-out made for another."""
    from app.coding.people import choose_coder

    choose_coder(bridge.project, coder_id)


class WhoMenu(QMenu):
    """Lists the coders of the project; a field at the foot adds one and makes it you."""

    def __init__(
        self, bridge: ProjectBridge, chosen: Callable[[], object], parent: QWidget
    ) -> None:
        """``chosen`` is called after you have become somebody else."""
        super().__init__(parent)
        self._bridge, self._chosen = bridge, chosen
        self._group = QActionGroup(self)
        self._fill()

    def _fill(self) -> None:
        from app.coding.people import list_coders

        project = self._bridge.project
        people = [coder for coder in list_coders(project) if coder.role != "consensus"]
        for coder in people:
            action = QAction(coder.name, self, checkable=True)
            action.setChecked(coder.id == project.actor_id)
            action.triggered.connect(lambda _checked=False, who=coder.id: self._become(who))
            self._group.addAction(action)
            self.addAction(action)
        if people:
            self.addSeparator()
        holder = QWidgetAction(self)
        holder.setDefaultWidget(self._adding())
        self.addAction(holder)

    def _adding(self) -> QWidget:
        panel = QWidget()
        column = tight(QVBoxLayout(panel), 4, (8, 4, 8, 8))
        self.name = QLineEdit()
        self.name.setPlaceholderText("Name")
        self.name.setAccessibleName("Name of a new coder")
        self.name.setMinimumWidth(px(180))
        self.name.installEventFilter(self)
        self.problem = label("", "small", "error", wrap=True)
        self.problem.hide()
        add = button("Add coder")
        add.clicked.connect(self._add)
        row = tight(QHBoxLayout(), 8)
        row.addWidget(self.name, 1)
        row.addWidget(add)
        column.addWidget(label("Add a coder and be that person", "small", "text_2"))
        column.addLayout(row)
        column.addWidget(self.problem)
        return panel

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter adds instead of closing the menu."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._add()
            return True
        return False

    def _become(self, coder_id: str) -> None:
        become(self._bridge, coder_id)
        self._chosen()

    def _add(self) -> None:
        from app.coding.people import add_coder, list_coders

        project = self._bridge.project
        first = not list_coders(project)
        try:
            made = add_coder(project, self.name.text(), role="lead" if first else "coder")
        except UserError as problem:
            self.problem.setText(problem.message)
            self.problem.show()
            self.adjustSize()
            return
        self.close()
        self._become(made)
