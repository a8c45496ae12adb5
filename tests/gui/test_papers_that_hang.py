"""A PDF that somebody made so that it takes for ever: given up, and nothing else stands still for it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from planner.apart import asking
from planner.apart.kinds import Kind
from planner.apart.papers import MOST_SHOWN
from planner.exchange.clean_pdf import picture_page
from planner.ui.pages.papers_leaving import OnlyAsItCame, pages_to_leave
from planner.ui.paper import pictures
from planner.ui.paper.pictures import CannotShow, read_pages
from planner.ui.paper.sheets import Sheets
from planner.ui.work import Progress

pytestmark = [pytest.mark.usefixtures("qapp"), pytest.mark.apart]
HANGING = Path(__file__).parents[1] / "apart" / "hanging_pages.py"


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing a page never ends; patience is short."""

    def start(kind: Kind) -> asking.Child:
        return asking.Child(kind, [sys.executable, "-P", str(HANGING)] if kind.name == "pages" else None)

    monkeypatch.setattr(asking, "start", start)
    monkeypatch.setattr(pictures, "_LONGEST_SEEN", 5.0)


def in_a_while(work: Callable[[], object]) -> None:
    """Do it, and see that it did not wait for what hangs."""
    before = monotonic()
    work()
    assert monotonic() - before < 30


@pytest.mark.usefixtures("hanging")
def test_a_page_that_takes_for_ever_is_given_up_and_the_window_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = read_pages(picture_page(2, 2, bytes(12)))
    with pytest.raises(CannotShow):
        in_a_while(lambda: pages.image(0, 100))
    sheets = Sheets(pages)
    assert sheets.picture(0, 100).isNull()
    in_a_while(sheets.forget)
    # It keeps nothing from any other one.
    monkeypatch.setattr(asking, "start", asking.Child)
    assert not read_pages(picture_page(2, 2, bytes(12))).image(0, 100).isNull()


@pytest.mark.usefixtures("hanging")
def test_it_is_found_out_before_the_window_shows_what_would_leave() -> None:
    pdf = picture_page(2, 2, bytes(12))
    with pytest.raises(OnlyAsItCame):
        in_a_while(lambda: pages_to_leave(pdf, "application/pdf", "a4", Progress(lambda _done, _of: None)))


def test_a_page_of_an_odd_shape_has_no_more_pixels_than_can_be_held() -> None:
    pages = read_pages(picture_page(2, 2, bytes(12)).replace(b"595.28", b"2.0000").replace(b"841.89", b"9999.0"))
    size = pages.sizes[0]
    assert size.height() > 1000 * size.width()
    picture = pages.image(0, 3000)
    assert 0 < picture.width() * picture.height() < 3 * MOST_SHOWN
