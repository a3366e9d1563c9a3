"""The theme in force: which table, which font step, which density."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication

from app.ui.theme import fonts, motion
from app.ui.theme.tokens import CLUSTERS, LIGHT, THEMES, Tokens

CHOICES = ("system", "light", "dark", "contrast")
NUMBERED = len(CLUSTERS) - 1


class Theme(QObject):
    """Answers for colours by name; ``changed`` tells painters to repaint and lists to re-measure.

    ``changed`` is emitted once after each change of colours, font size or density, when the
    application's palette, font and sheet are already in place.
    """

    changed = Signal()

    def __init__(self) -> None:
        """Start with the light table until ``apply`` has asked the system."""
        super().__init__()
        self.setting = "system"
        self.font_percent = 100
        self.system_font = False
        self.compact = False
        self.white_paper = False
        self.still = False
        self.tokens: Tokens = LIGHT
        self._colours: dict[str, QColor] = {}
        self._listening = False
        self._applied: tuple[object, ...] = ()

    @property
    def name(self) -> str:
        """The table in force: "light", "dark" or "contrast"."""
        return self.tokens.name

    def token(self, name: str) -> QColor:
        """Return the colour of a token such as "accent" or "text_2"; KeyError if unknown."""
        if not self._colours:
            self._colours = {key: QColor(value) for key, value in self.tokens.colours().items()}
        return self._colours[name]

    def cluster(self, number: str, part: str = "fill") -> QColor:
        """Return a cluster's "fill", "text" or "tint"; what has no number is the context."""
        return self.token(self.cluster_token(number, part))

    def cluster_token(self, number: str, part: str = "fill") -> str:
        """Return the token name that ``cluster`` answers with, for ``icon`` and labels."""
        key = "context"
        if str(number).isdecimal() and int(number):
            # Five are distinct for every kind of colour vision; a sixth begins again.
            key = str((int(number) - 1) % NUMBERED + 1)
        return f"cluster_{key}_{part}"

    def valence(self, key: str) -> QColor:
        """Return the colour of a direction; mixed has two and answers with text_2."""
        return self.token(key if key in {"facilitator", "barrier", "moderates"} else "unclear")

    def passage_fill(self, number: str) -> QColor:
        """Return the translucent fill of a coded passage; transparent in high contrast."""
        colour = QColor(self.cluster(number, "fill"))
        colour.setAlphaF(self.tokens.passage_fill)
        return colour

    @property
    def inverts_paper(self) -> bool:
        """True where pages are shown dark (lightness inverted to ``paper`` and ``ink``)."""
        return self.tokens.is_dark and not self.white_paper

    @property
    def paper(self) -> QColor:
        """The colour of an empty page as it is shown now."""
        return self.token("paper") if self.inverts_paper else QColor(LIGHT.paper)

    @property
    def ink(self) -> QColor:
        """The colour of words on that page."""
        return self.token("ink") if self.inverts_paper else QColor(LIGHT.ink)

    def shadow(self, opacity: float) -> QColor:
        """Return the colour of a soft shadow at an opacity between 0 and 1."""
        colour = QColor(self.tokens.well if self.tokens.is_dark else LIGHT.ink)
        colour.setAlphaF(opacity)
        return colour

    @property
    def reduced_motion(self) -> bool:
        """True where nothing may move or flash by itself: by the setting, or by the system."""
        return self.still or motion.system_is_still()

    def row(self, kind: str) -> int:
        """Return the height of a row in pixels: "tree", "table", "list" or "list_tall"."""
        heights = {"tree": 26, "table": 34, "list": 48, "list_tall": 64}
        return fonts.px(heights[kind]) - (4 if self.compact else 0)

    def choose(
        self,
        setting: str | None = None,
        *,
        font_percent: int | None = None,
        system_font: bool | None = None,
        compact: bool | None = None,
        white_paper: bool | None = None,
        still: bool | None = None,
    ) -> None:
        """Change what the user may set; what is None stays. Takes effect at once."""
        self.setting = self.setting if setting is None else setting
        self.font_percent = self.font_percent if font_percent is None else font_percent
        self.system_font = self.system_font if system_font is None else system_font
        self.compact = self.compact if compact is None else compact
        self.white_paper = self.white_paper if white_paper is None else white_paper
        self.still = self.still if still is None else still
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self.apply(application)

    def apply(self, application: QApplication) -> None:
        """Set style, font, palette and then the one sheet, in this order, if anything changed."""
        state = (self._wanted(), self.font_percent, self.system_font, self.compact,
                 self.white_paper, self.still)  # fmt: skip
        if state == self._applied:
            return
        dressed, self._applied = state[:3] == self._applied[:3], state
        self.tokens = THEMES[self._wanted()]
        self._colours = {}
        if not dressed:
            self._dress(application)
        motion.settle(application, still=self.reduced_motion)
        self._listen()
        self.changed.emit()

    def _dress(self, application: QApplication) -> None:
        from app.ui.theme.palette import palette
        from app.ui.theme.sheet import sheet

        if application.style().objectName().lower() != "fusion":
            application.setStyle("Fusion")
        application.setFont(fonts.application_font(self.font_percent, system=self.system_font))
        fonts.forget_scale()
        application.setPalette(palette(self.tokens))
        application.setStyleSheet(sheet(self.tokens, fonts.scale()))

    def _wanted(self) -> str:
        if self.setting in THEMES:
            return self.setting
        hints = QGuiApplication.styleHints()
        if hasattr(hints, "accessibility"):
            preference = hints.accessibility().contrastPreference()
            if preference == Qt.ContrastPreference.HighContrast:
                return "contrast"
        return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    def _listen(self) -> None:
        if self._listening:
            return
        self._listening = True
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        if hasattr(hints, "accessibility"):
            hints.accessibility().contrastPreferenceChanged.connect(self._follow)

    def _follow(self) -> None:
        application = QApplication.instance()
        if self.setting == "system" and isinstance(application, QApplication):
            self.apply(application)


theme = Theme()
