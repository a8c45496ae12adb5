"""A PDF that somebody made so that it takes for ever: given up, and nothing else stands still for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from time import monotonic

import pytest
from PySide6.QtGui import QImage

from planner.exchange.clean_pdf import picture_page
from planner.ui.pages.papers_leaving import OnlyAsItCame, pages_to_leave
from planner.ui.paper import pdf_pages, pictures
from planner.ui.paper.pdf_pages import PdfBusy, PdfPages
from planner.ui.paper.pictures import CannotShow, read_pages
from planner.ui.paper.sheets import Sheets
from planner.ui.work import Progress

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Drawing waits inside of pdfium until this is set; patience is short."""
    go_on = threading.Event()
    image = PdfPages.image

    def waits(pages: PdfPages, number: int, width: int, *, grey: bool = False) -> QImage:
        with pdf_pages._alone():
            go_on.wait(60)
        return image(pages, number, width, grey=grey)

    monkeypatch.setattr(PdfPages, "image", waits)
    for where, name in ((pdf_pages, "LONGEST"), (pictures, "LONGEST"), (pictures, "_LONGEST_SEEN")):
        monkeypatch.setattr(where, name, 0.3)
    yield go_on
    go_on.set()


def in_a_while(work: Callable[[], object]) -> None:
    """Do it, and see that it did not wait for what hangs."""
    before = monotonic()
    work()
    assert monotonic() - before < 30


def test_a_page_that_takes_for_ever_is_given_up_and_the_window_goes_on(hanging: threading.Event) -> None:
    pages = read_pages(picture_page(2, 2, bytes(12)))
    with pytest.raises(CannotShow):
        in_a_while(lambda: pages.image(0, 100))
    sheets = Sheets(pages)
    assert sheets.picture(0, 100).isNull()
    in_a_while(sheets.forget)

    def other() -> None:
        with pytest.raises(PdfBusy):
            PdfPages(picture_page(2, 2, bytes(12)))

    in_a_while(other)
    hanging.set()
    assert PdfPages(picture_page(2, 2, bytes(12))).count == 1


def test_it_is_found_out_before_the_window_shows_what_would_leave(hanging: threading.Event) -> None:
    pdf = picture_page(2, 2, bytes(12))
    with pytest.raises(OnlyAsItCame):
        in_a_while(lambda: pages_to_leave(pdf, "application/pdf", "a4", Progress(lambda _done, _of: None)))
    assert not hanging.is_set()


def test_a_page_of_an_odd_shape_has_no_more_pixels_than_can_be_held() -> None:
    pages = read_pages(picture_page(2, 2, bytes(12)).replace(b"595.28", b"2.0000").replace(b"841.89", b"9999.0"))
    size = pages.sizes[0]
    assert size.height() > 1000 * size.width()
    picture = pages.image(0, 3000)
    assert 0 < picture.width() * picture.height() < 3 * pictures.MOST_SHOWN
