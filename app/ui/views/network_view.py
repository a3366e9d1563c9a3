"""The network on screen: zoom, move, point, choose; places of codes never change."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.analysis.network_model import NetworkFigure
from app.ui.theme import px, theme
from app.ui.views.network_painting import NetworkPainter
from app.ui.views.network_scene import NetworkScene, Target, fitted

SLACK = 6  # px round a target that still count as it
LEAST_ZOOM, MOST_ZOOM = 0.4, 6.0
STEP = 1.25
LEAST_VIEW = (320, 160)  # pixels at any size of text: large text must not push the legend out


class NetworkView(QWidget):
    """``chosen`` carries a Target or None, ``entered`` that Enter asks for the passages."""

    chosen = Signal(object)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.scene: NetworkScene | None = None
        self._numbers: Mapping[str, str] = {}
        self.target: Target | None = None
        self._pointed: Target | None = None
        self._figure: NetworkFigure | None = None
        self._zoom, self._origin = 1.0, QPointF()
        self._fitted = True
        self._held: QPointF | None = None
        self._moved = False
        self._layer: QPixmap | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Network of codes")
        self.setMinimumSize(QSize(*LEAST_VIEW))
        theme.changed.connect(self._measure)

    def show_figure(self, figure: NetworkFigure, numbers: Mapping[str, str]) -> None:
        """Show a figure; zoom, place and choice stay. ``numbers``: cluster id to number."""
        self._figure, self._numbers = figure, numbers
        self._pointed = None
        if self._fitted or self.scene is None:
            self.fit()
        else:
            self.scene = NetworkScene(figure, self.scene.size)
            self._repaint()
        if self.scene is None or not self.scene.holds(self.target):
            self.target = None

    def clear(self) -> None:
        """Show nothing: the project is gone."""
        self._figure, self.scene, self.target, self._pointed = None, None, None, None
        self._fitted = True
        self._repaint()

    def choose(self, target: Target | None) -> None:
        """Choose a node or tie, or nothing."""
        if self.scene is None or (target is not None and not self.scene.holds(target)):
            return
        self.target = target
        self.setAccessibleDescription(self.scene.describe(target) if target else "")
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )
        self._repaint()
        self.chosen.emit(target)

    def fit(self) -> None:
        """Show the whole network, stretched to the shape of the view."""
        self._fitted = True
        if self._figure is None:
            return
        self.scene, self._zoom = fitted(self._figure, QSizeF(self.size()))
        self._origin = QPointF()
        self._repaint()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge or shrink round a point, by default the middle."""
        at = at if at is not None else QPointF(self.width() / 2, self.height() / 2)
        zoom = max(LEAST_ZOOM, min(self._zoom * factor, MOST_ZOOM))
        self._origin = at - (at - self._origin) * (zoom / self._zoom)
        self._zoom = zoom
        self._fitted = False
        self._repaint()

    def place_of(self, target: Target) -> QPointF:
        """Return where a node, or the middle of a tie, stands in this widget."""
        assert self.scene is not None
        return self.scene.place_of(target) * self._zoom + self._origin

    def paintEvent(self, event: object) -> None:
        """Paint the cached picture, then what is pointed at."""
        painter = QPainter(self)
        if self.scene is not None:
            painter.drawPixmap(0, 0, self._picture())
            drawing = NetworkPainter(self.scene, self._numbers, self._zoom, self._origin)
            if self._pointed is not None and self._pointed != self.target:
                drawing.paint_pointed(painter, self._pointed, focused=False)
            # A chosen tie has its outline in the picture, below the names.
            if self.target is not None and not self.target.is_tie:
                drawing.paint_pointed(painter, self.target, focused=self.hasFocus())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the whole network in sight until someone has zoomed."""
        self._repaint()
        if self._fitted:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom round the pointer."""
        turn = event.angleDelta().y() or event.pixelDelta().y()
        if turn:
            self.zoom(STEP ** (turn / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a move."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._held, self._moved = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture while a button is held; else show what is pointed at."""
        if self._held is not None:
            way = event.position() - self._held
            if self._moved or way.manhattanLength() > SLACK:
                self._moved = True
                self._origin += way
                self._held = event.position()
                self._fitted = False
                self._repaint()
            return
        self._point(self._target_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what was clicked; a click on the ground chooses nothing."""
        if self._held is not None and not self._moved:
            self.choose(self._target_at(event.position()))
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go on to the passages."""
        if self._target_at(event.position()) is not None:
            self.entered.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys work here."""
        super().focusInEvent(event)
        self._repaint()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that keys work elsewhere."""
        super().focusOutEvent(event)
        self._repaint()

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        self._point(None)

    def event(self, event: QEvent) -> bool:
        """Say in a tooltip what is pointed at."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            target = self._target_at(QPointF(event.pos()))
            if target is not None and self.scene is not None:
                QToolTip.showText(event.globalPos(), self.scene.describe(target), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through ties and nodes by strength, and leaves at either end."""
        if self.scene is not None:
            following = self.scene.next_target(self.target, 1 if forward else -1)
            if following is not None:
                self.choose(following)
                return True
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to what is tied, Enter to the passages, Esc chooses nothing."""
        if event.key() == Qt.Key.Key_Escape and self.target is not None:
            self.choose(None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.target is not None:
            self.entered.emit()
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self._walk(1)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self._walk(-1)
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        """From a node to its ties, from a tie on round its first node's ties."""
        if self.scene is None:
            return
        if self.target is None:
            self.choose(self.scene.next_target(None, 1))
            return
        around = self.scene.neighbours(self.target)
        if around:
            self.choose(around[0] if step > 0 else around[-1])

    def _target_at(self, at: QPointF) -> Target | None:
        if self.scene is None:
            return None
        place = (at - self._origin) / self._zoom
        return self.scene.target_at(place.x(), place.y(), px(SLACK) / self._zoom)

    def _point(self, target: Target | None) -> None:
        if target != self._pointed:
            self._pointed = target
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if target else Qt.CursorShape.ArrowCursor
            )
            self.update()

    def _picture(self) -> QPixmap:
        if self._layer is None and self.scene is not None:
            ratio = self.devicePixelRatioF()
            layer = QPixmap(self.size() * ratio)
            layer.setDevicePixelRatio(ratio)
            layer.fill(theme.token("base"))
            painter = QPainter(layer)
            drawing = NetworkPainter(self.scene, self._numbers, self._zoom, self._origin)
            drawing.paint(painter, self.target, focused=self.hasFocus())
            painter.end()
            self._layer = layer
        assert self._layer is not None
        return self._layer

    def _measure(self) -> None:
        """Fonts may have changed, and names break by their widths."""
        if self._figure is not None:
            self.show_figure(self._figure, self._numbers)

    def _repaint(self) -> None:
        self._layer = None
        self.update()
