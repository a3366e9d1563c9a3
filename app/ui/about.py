"""What this program is, and under which licence."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import __version__
from app.ui.theme import paint_mark, px
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.layout import button, label, tight


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(px(48), px(48)))

    def paintEvent(self, event: object) -> None:
        paint_mark(QPainter(self), self.rect().toRectF())


class AboutDialog(Dialog):
    """Name, version, licence, what it is built with."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("About Cofactor", parent)
        from PySide6 import __version__ as pyside_version

        close = button("Close", "primary")
        close.clicked.connect(self.accept)
        column = tight(QVBoxLayout(self), 8, (24, 24, 24, 24))
        head = tight(QHBoxLayout(), 16)
        head.addWidget(_Mark())
        names = tight(QVBoxLayout(), 0)
        names.addWidget(label("Cofactor", "display"))
        names.addWidget(label(f"Version {__version__}", "body", "text_2"))
        head.addLayout(names, 1)
        column.addLayout(head)
        column.addSpacing(px(8))
        for sentence in (
            "Free software under the GNU Affero General Public License, version 3 or later.",
            f"Built with PySide6 {pyside_version} and PyMuPDF. Typefaces Inter and Source Serif 4 "
            "(SIL Open Font Licence), icons from Lucide (ISC and MIT).",
        ):
            words = label(sentence, "body", "text_2", wrap=True)
            words.setMinimumWidth(px(380))
            column.addWidget(words)
        column.addSpacing(px(8))
        foot = tight(QHBoxLayout(), 8)
        foot.addStretch(1)
        foot.addWidget(close)
        column.addLayout(foot)
