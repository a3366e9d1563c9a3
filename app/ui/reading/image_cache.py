"""Keeps painted pages up to a number of bytes; the least lately used go first. No Qt needed."""

from collections import OrderedDict
from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """An image that knows how much memory it takes."""

    def sizeInBytes(self) -> int:
        """Return the bytes of its pixels."""


Image = TypeVar("Image", bound=Sized)
Key = tuple[int, float, int, int]
"""Page, device pixels per point, tile column, tile row; -1, -1 for a whole page."""
WHOLE = (-1, -1)


class ImageCache(Generic[Image]):
    """Images by page, scale and tile, bounded in bytes."""

    def __init__(self, budget: int) -> None:
        """Hold at most ``budget`` bytes."""
        self.budget = budget
        self.used = 0
        self._images: OrderedDict[Key, Image] = OrderedDict()

    def __contains__(self, key: Key) -> bool:
        """Tell whether the image is there, without using it."""
        return key in self._images

    def __iter__(self) -> Iterator[Key]:
        """Go through the keys, least lately used first."""
        return iter(tuple(self._images))

    def get(self, key: Key) -> Image | None:
        """Return an image and note that it was used."""
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    def put(self, key: Key, image: Image) -> None:
        """Add an image and let go of the oldest where the budget is passed."""
        self.drop(key)
        self._images[key] = image
        self.used += image.sizeInBytes()
        while self.used > self.budget and len(self._images) > 1:
            _oldest, gone = self._images.popitem(last=False)
            self.used -= gone.sizeInBytes()

    def drop(self, key: Key) -> None:
        """Forget one image."""
        gone = self._images.pop(key, None)
        if gone is not None:
            self.used -= gone.sizeInBytes()

    def clear(self) -> None:
        """Forget all."""
        self._images.clear()
        self.used = 0

    def nearest(self, page: int, scale: float) -> tuple[float, Image] | None:
        """Return the whole page at the scale nearest to ``scale``, with the scale it has.

        A sharper one wins a tie.
        """
        scales = [key[1] for key in self._images if key[0] == page and key[2:] == WHOLE]
        if not scales:
            return None
        best = min(scales, key=lambda s: (max(s / scale, scale / s), -s))
        image = self.get((page, best, *WHOLE))
        return (best, image) if image is not None else None
