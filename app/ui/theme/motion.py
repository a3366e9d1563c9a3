"""Whether anything may move by itself, as the system and the settings say."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyle

EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip, Qt.UIEffect.UI_FadeTooltip, Qt.UIEffect.UI_AnimateToolBox,
)  # fmt: skip
_blinking: list[int] = []


def system_is_still() -> bool:
    """Tell whether the system asks for reduced motion."""
    hints = QGuiApplication.styleHints()
    accessibility = hints.accessibility() if hasattr(hints, "accessibility") else None
    wish = getattr(accessibility, "motionPreference", None)
    if wish is not None:
        return bool(getattr(wish(), "name", "") == "ReducedMotion")
    style = QApplication.style() if isinstance(QApplication.instance(), QApplication) else None
    # Qt tells through the style that the desktop has switched animations off.
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    return style is not None and style.styleHint(hint) == 0


def settle(application: QApplication, *, still: bool) -> None:
    """Let cursors blink and menus fade only where motion is wanted."""
    if still and not _blinking:
        _blinking.append(application.cursorFlashTime())
        application.setCursorFlashTime(0)
        for effect in EFFECTS:
            QApplication.setEffectEnabled(effect, False)
    elif not still and _blinking:
        application.setCursorFlashTime(_blinking.pop())
