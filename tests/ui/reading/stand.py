"""A bare window for the reading view: what ``app.ui.place.Window`` asks for and no other place."""

from typing import Any

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.actions import Actions
from app.ui.bridge import ProjectBridge
from app.ui.messages import Messages
from app.ui.reading.place import ReadingPlace
from app.ui.widgets.notices import NoticeStack, UndoMessage


class Stand(QWidget):
    """Holds one reading view; closing it closes the project."""

    def __init__(self) -> None:
        super().__init__()
        self.bridge = ProjectBridge(self)
        self.actions_table = Actions(self)
        stack = NoticeStack()
        self.messages = Messages(self, stack, UndoMessage(self))
        self.asked: list[tuple[str, Any]] = []
        self.actions_table.connect("edit.undo", self.bridge.undo)
        self.actions_table.connect("edit.redo", self.bridge.redo)
        self.place = ReadingPlace(self)
        tools = QHBoxLayout()
        for tool in self.place.tools():
            tools.addWidget(tool)
        column = QVBoxLayout(self)
        column.addLayout(tools)
        column.addWidget(stack)
        column.addWidget(self.place, 1)
        self.bridge.opened.connect(lambda: self.place.set_project(self.bridge))

    def go(self, place: str) -> QWidget:
        self.asked.append(("go", place))
        return self.place

    def open_passage(self, document_id: str, start: int = 0, end: int = 0) -> None:
        self.place.open_passage(document_id, start, end)

    def show_extracts(self, extract_filter: Any) -> None:
        self.asked.append(("extracts", extract_filter))

    def show_code(self, code_id: str) -> None:
        self.asked.append(("code", code_id))

    def show_study(self, study_id: str) -> None:
        self.asked.append(("study", study_id))

    def add_files(self, paths: list[str]) -> None:
        self.asked.append(("add", paths))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.bridge.shut_down()
        super().closeEvent(event)
