"""The PDF worker: reads requests from standard input, answers on standard output.

Run as ``python -m app.documents.worker [--low-priority]``; ends when its input ends. It keeps a
few documents open and a few pages interpreted, and holds no other state.
"""

import os
import signal
import sys
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import astuple
from typing import Any, BinaryIO

from app.documents.extraction import extract_document
from app.documents.links import read_links
from app.documents.mupdf import pymupdf
from app.documents.opening import open_document, reason
from app.documents.outline import read_outline
from app.documents.problems import DocumentProblem
from app.documents.protocol import Header, Part, document_to_message, read_message, write_message

_DISPLAY_LISTS = 8
_MAX_PIXEL_BYTES = 64 << 20
_NICENESS = 10

Answer = tuple[Header, list[Part]]


class Worker:
    """Answers one request at a time."""

    def __init__(self) -> None:
        self._documents: dict[str, Any] = {}
        self._display_lists: OrderedDict[tuple[str, int], Any] = OrderedDict()
        self._last_pixmap: Any = None
        self._verbs: dict[str, Callable[[Header, list[bytes]], Answer]] = {
            "extract": self._extract,
            "open": self._open,
            "forget": self._forget,
            "render": self._render,
            "geometry": self._geometry,
            "outline": self._outline,
            "links": self._links,
        }

    def answer(self, header: Header, parts: list[bytes]) -> Answer:
        """Return the answer to a request; a failure is an answer with a "problem"."""
        try:
            return self._verbs[header["verb"]](header, parts)
        except DocumentProblem as problem:
            return _problem(problem.kind, problem.message, problem.hint), []
        except MemoryError:
            return _problem("too_large", "There is not enough memory for this page."), []
        except Exception as error:  # MuPDF's failures have many types
            return _problem("damaged", f"This part of the PDF is damaged ({reason(error)})."), []

    def _extract(self, header: Header, parts: list[bytes]) -> Answer:
        fields, texts = document_to_message(extract_document(parts[0], header["password"]))
        return {"document": fields}, list(texts)

    def _open(self, header: Header, parts: list[bytes]) -> Answer:
        self._forget(header, [])
        self._documents[header["key"]] = open_document(parts[0], header["password"])
        return {}, []

    def _forget(self, header: Header, parts: list[bytes]) -> Answer:
        for place in [place for place in self._display_lists if place[0] == header["key"]]:
            del self._display_lists[place]
        document = self._documents.pop(header["key"], None)
        if document is not None:
            document.close()
        return {}, []

    def _render(self, header: Header, parts: list[bytes]) -> Answer:
        scale, clip = header["scale"], header["clip"]
        shown = self._display_list(header["key"], header["page"])
        turn = _turn(pymupdf.Rect(shown.rect), header.get("turn", 0))
        area = pymupdf.Rect(shown.rect)
        if clip is not None:
            area &= pymupdf.Rect(clip) * ~turn
        if area.is_empty or scale <= 0:
            raise DocumentProblem("empty", "There is nothing to draw in this area.")
        matrix = turn * pymupdf.Matrix(scale, scale)
        pixels = (area * matrix).irect
        if pixels.width * pixels.height * 3 > _MAX_PIXEL_BYTES:
            raise DocumentProblem(
                "too_large", "This page is too large to draw in one piece.", "Zoom out a little."
            )
        pixmap = shown.get_pixmap(matrix=matrix, colorspace=pymupdf.csRGB, alpha=0, clip=area)
        self._last_pixmap = pixmap  # owns the memory until the answer has been written
        size = {"width": pixmap.width, "height": pixmap.height, "stride": pixmap.stride}
        return size, [pixmap.samples_mv]

    def _geometry(self, header: Header, parts: list[bytes]) -> Answer:
        # numpy nearly doubles the time to the first page, which does not need it.
        from app.documents.page_geometry import read_geometry

        page = self._page(header["key"], header["page"])
        geometry = read_geometry(page, header["order"])
        return {}, [geometry.text.encode(), geometry.pack()]

    def _outline(self, header: Header, parts: list[bytes]) -> Answer:
        return {"entries": [astuple(entry) for entry in read_outline(self._open_at(header))]}, []

    def _links(self, header: Header, parts: list[bytes]) -> Answer:
        page = self._page(header["key"], header["page"])
        return {"links": [astuple(link) for link in read_links(page)]}, []

    def _open_at(self, header: Header) -> Any:
        return self._documents[header["key"]]

    def _page(self, key: str, page: int) -> Any:
        document = self._documents[key]
        if not 1 <= page <= document.page_count:
            raise DocumentProblem("damaged", f"The PDF has no page {page}.")
        return document.load_page(page - 1)

    def _display_list(self, key: str, page: int) -> Any:
        place = (key, page)
        if place not in self._display_lists:
            self._display_lists[place] = self._page(key, page).get_displaylist()
            while len(self._display_lists) > _DISPLAY_LISTS:
                self._display_lists.popitem(last=False)
        self._display_lists.move_to_end(place)
        return self._display_lists[place]


def _turn(page: Any, degrees: int) -> Any:
    """Return the matrix that turns a page clockwise and puts its corner at 0, 0 again."""
    parts = {
        0: (1, 0, 0, 1, 0, 0),
        90: (0, 1, -1, 0, page.height, 0),
        180: (-1, 0, 0, -1, page.width, page.height),
        270: (0, -1, 1, 0, 0, page.width),
    }
    return pymupdf.Matrix(*parts[degrees % 360])


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    worker = Worker()
    while True:
        try:
            header, parts = read_message(requests)
        except EOFError:
            return
        answer, answer_parts = worker.answer(header, parts)
        write_message(answers, answer, answer_parts)


def _problem(kind: str, message: str, hint: str = "") -> Header:
    return {"problem": {"kind": kind, "message": message, "hint": hint}}


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes for messages only: what MuPDF prints goes nowhere."""
    requests, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (requests, answers):
            msvcrt.setmode(descriptor, os.O_BINARY)
    return os.fdopen(requests, "rb"), os.fdopen(answers, "wb")


def main() -> None:
    """Serve the program that started this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program; it closes the pipe
    if "--low-priority" in sys.argv[1:] and sys.platform != "win32":
        os.nice(_NICENESS)
    try:
        serve(*_private_pipes())
    except BrokenPipeError:  # the program has gone
        os._exit(0)


if __name__ == "__main__":
    main()
