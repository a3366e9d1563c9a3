"""A tour through the real window that leaves a picture of each main screen."""

from app.ui.tour.hands import Hands, TourError
from app.ui.tour.running import run_tour

__all__ = ["Hands", "TourError", "run_tour"]
