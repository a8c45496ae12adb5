"""Photos and PDFs, whoever made them and wherever they lie: read, drawn and cleaned in a child.

A child that has read one paper may be asked for another one (small pictures of a list, pages of one PDF): what took it
over with the first then sees the second as well, and can show something else in its place. So papers that are opened
large have a child each, and a list of small ones has one for the papers of one person.
"""

from __future__ import annotations

import weakref
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Any

from planner.apart import asking
from planner.apart.asking import LOOK_EVERY, CouldNotAsk, Gone, ItSays
from planner.apart.kinds import KINDS
from planner.apart.questions import CleanAsked, Page, PageAsked, Picture, PictureAsked

if TYPE_CHECKING:
    from planner.apart.asking import Asks, Progress

MOST_SHOWN = 16_000_000
"""Pixels of a picture as it is kept for showing; enough to read small print."""

_MORE = 1.02
"""What rounding may add to the number of pixels that were asked for."""


def picture_format(media_type: str) -> str:
    """The name by which Qt knows a kind of photo."""
    from planner.exchange.paper_kinds import HEIC, SUFFIXES

    return {"image/jpeg": "jpeg", HEIC: "heic"}.get(media_type, SUFFIXES.get(media_type, ".?")[1:])


class _Asked:
    """A child that is started when it is first asked, and anew where one has died. One question at a time."""

    def __init__(self, kind: str) -> None:
        self._kind = KINDS[kind]
        self._children: list[Asks] = []
        """The one that is asked, if there is one."""
        self._one_at_a_time = Lock()
        # Whoever forgets to close it must not leave a process behind.
        weakref.finalize(self, _end, self._children)

    def ask(self, question: object, progress: Progress | None) -> Any:
        """Raises CouldNotAsk."""
        while not self._one_at_a_time.acquire(timeout=LOOK_EVERY):
            if progress is not None:
                progress(0, 0)
        try:
            return self._asked(question, progress)
        finally:
            self._one_at_a_time.release()

    def _asked(self, question: object, progress: Progress | None) -> Any:
        if not self._children:
            self._children.append(asking.start(self._kind))
        child, lives = self._children[0], False
        try:
            answer = child.ask(question, progress)
            lives = True
        except ItSays:
            lives = True
            raise CouldNotAsk("it cannot be read") from None
        except CouldNotAsk as trouble:
            lives = not isinstance(trouble, Gone)
            raise
        finally:
            if not lives:
                with suppress(ValueError):
                    self._children.remove(child)
        return answer

    def close(self) -> None:
        """End the child, whatever it is doing."""
        _end(self._children)


def _end(children: list[Asks]) -> None:
    while children:
        children.pop().close()


class Photos:
    """Reads photos, one after another in one child."""

    def __init__(self) -> None:
        self._asked = _Asked("picture")

    def read(self, asked: PictureAsked, progress: Progress | None = None) -> Picture:
        """The pixels of a photo.

        Raises:
            CouldNotAsk: it cannot be read, or takes too long.
        """
        found = self._asked.ask(asked, progress)
        if not isinstance(found, Picture):
            raise CouldNotAsk("no picture")
        return _looked_over(found, asked.most)

    def close(self) -> None:
        """No more of them."""
        self._asked.close()


class Pages:
    """Reads PDFs, one after another in one child: each is open until the next is."""

    def __init__(self) -> None:
        self._asked = _Asked("pages")

    def open(self, content: bytes, progress: Progress | None = None) -> Page:
        """The sizes and words of every page of a PDF.

        Raises:
            CouldNotAsk: it cannot be read, or takes too long.
        """
        found: Page = self._asked.ask(PageAsked(content), progress)
        if not found.sizes or len(found.sizes) != len(found.texts) or any(min(each) < 1 for each in found.sizes):
            raise CouldNotAsk("no pages")
        return found

    def draw(self, number: int, width: int, progress: Progress | None = None) -> Picture:
        """One page about ``width`` px wide. Raises CouldNotAsk."""
        found: Page = self._asked.ask(PageAsked(None, number, width), progress)
        if found.picture is None or found.picture.seen_through:
            raise CouldNotAsk("no picture")
        return _looked_over(found.picture, 2 * MOST_SHOWN)

    def close(self) -> None:
        """No more of them."""
        self._asked.close()


def _looked_over(found: Picture, most: int) -> Picture:
    pixels = found.width * found.height
    if min(found.width, found.height) < 1 or max(found.width, found.height) > 1_000_000:
        raise CouldNotAsk("no picture")
    # A very long and thin picture is at least one pixel wide.
    if pixels > max(_MORE * most, found.width + found.height) + 10_000 or len(found.pixels) != 4 * pixels:
        raise CouldNotAsk("no picture")
    return found


def ready_to_leave(media_type: str, content: bytes, progress: Progress, on: str = "") -> bytes:
    """A paper without anything that was written into it; with ``on`` (a size of paper) a JPEG as a PDF of one page.

    Raises:
        CannotClean: that cannot be done for this one.
    """
    from planner.exchange.clean_image import CannotClean

    try:
        found = asking.ask("clean", CleanAsked(media_type, content, on), progress)
    except (ItSays, CouldNotAsk):
        raise CannotClean from None
    return bytes(found.content)
