"""Papers on their way out: without what a camera or a program wrote into them, and noted without what was on them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from planner.exchange.clean_image import CannotClean
from planner.ui.kit.buttons import Button
from planner.ui.kit.text import Text
from planner.ui.pages import papers_leaving
from planner.ui.pages.activity import ActivityPage
from planner.ui.paper.place import ChoosePlace
from planner.ui.paper.preview import Preview
from tests.gui.paper_desk import home_fixture, press, press_words  # noqa: F401 - a fixture among them
from tests.gui.papers_desk import PHOTO, Opened, opened_fixture  # noqa: F401 - a fixture among them
from tests.unit.exchange.photos import pdf, pixels, png, secrets_in, unpacked


def noted(desk: Opened) -> list[str]:
    desk.notebook.go("activity")
    page = desk.notebook.page("activity")
    assert isinstance(page, ActivityPage)
    return [f"{line.title} {line.detail}" for line in page.list._model.all() if not line.section]


def test_a_copy_of_a_photo_says_nothing_of_place_and_time_and_shows_every_pixel(
    opened: Callable[..., Opened], home: Path
) -> None:
    assert len(secrets_in(PHOTO)) == 10, "or the copy could not lose them"
    desk = opened()
    desk.seen(desk.keep())
    press(desk.page.one.copy_button)
    asked = desk.dialog("Save a copy")
    said = " ".join(each.text() for each in asked.findChildren(Text))
    assert "every name, number and picture" in said
    assert "Anyone who finds this file can open it" in said
    press_words(asked, "Choose a place")
    place = desk.shown(ChoosePlace)
    assert isinstance(place, ChoosePlace)
    assert place.file_name.text() == "Document"
    press(place.save)
    desk.wait((home / "Document.jpg").exists)
    copy = (home / "Document.jpg").read_bytes()
    assert secrets_in(copy) == []
    assert pixels(copy) == pixels(PHOTO)
    desk.wait(lambda: bool(desk.session.activity()))
    assert noted(desk) == ["A paper that was brought in was saved, so that anyone can open it. 1 page."]
    assert "Letter" not in str(desk.session.activity())


@pytest.mark.apart
@pytest.mark.parametrize(
    ("content", "kind"), [(PHOTO, "image/jpeg"), (png(6), "image/png"), (pdf(), "application/pdf")]
)
def test_pages_that_leave_are_clean(opened: Callable[..., Opened], home: Path, content: bytes, kind: str) -> None:
    desk = opened()
    desk.seen(desk.keep(content, kind))
    press(desk.page.one.print_button)
    look = desk.shown(Preview)
    assert isinstance(look, Preview)
    assert secrets_in(unpacked(look.sheets.pages.pdf)) == []
    assert look.sheets.pages.count == (2 if kind == "application/pdf" else 1)
    first = look.sheets.pages.image(0, 200, grey=True)
    assert not first.allGray(), "a paper is printed in its colours"
    look.save(home / "out.pdf", "")
    desk.wait(lambda: (home / "out.pdf").exists() and bool(desk.session.activity()))
    with pikepdf.open(io.BytesIO((home / "out.pdf").read_bytes())) as saved:
        assert "/Info" not in saved.trailer
    assert noted(desk)[0].startswith("A paper that was brought in was saved, so that anyone can open it.")


def test_what_cannot_be_cleaned_leaves_only_after_plain_words(opened: Callable[..., Opened], home: Path) -> None:
    sealed = pdf(passphrase="orange kettle")
    desk = opened()
    desk.open(desk.keep(sealed, "application/pdf"))
    press(desk.page.one.print_button)
    asked = desk.dialog("This paper can only leave as it came.")
    press_words(asked, "Save it as it came")
    place = desk.shown(ChoosePlace)
    assert isinstance(place, ChoosePlace)
    press(place.save)
    desk.wait((home / "Document.pdf").exists)
    assert (home / "Document.pdf").read_bytes() == sealed
    desk.wait(lambda: bool(desk.session.activity()))
    assert "With it: what cameras and programs wrote into it." in noted(desk)[0]


def test_a_photo_that_cannot_be_taken_apart_is_made_anew_from_what_is_seen(
    opened: Callable[..., Opened], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_file: object) -> bytes:
        raise CannotClean

    monkeypatch.setattr(papers_leaving, "ready_to_leave", cannot)
    desk = opened()
    desk.seen(desk.keep())
    desk.page.going._make_copy(desk.papers()[0])
    place = desk.shown(ChoosePlace)
    assert isinstance(place, ChoosePlace)
    press(place.save)
    desk.wait((home / "Document.png").exists)
    copy = (home / "Document.png").read_bytes()
    assert secrets_in(copy) == []
    assert pixels(copy)[:3] == pixels(PHOTO)[:3]


def test_a_folder_that_takes_nothing_is_said_and_another_can_be_chosen(
    opened: Callable[..., Opened], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from planner.system.files import DiskFull
    from planner.ui.paper import choose_file

    def full(_path: Path, _content: bytes) -> None:
        raise DiskFull

    monkeypatch.setattr(choose_file, "write_private", full)
    desk = opened()
    desk.seen(desk.keep())
    desk.page.going._make_copy(desk.papers()[0])
    place = desk.shown(ChoosePlace)
    assert isinstance(place, ChoosePlace)
    press(place.save)
    asked = desk.dialog("There is no room left there, so the file was not saved.")
    next(each for each in asked.findChildren(Button) if each.isVisible()).click()
    desk.shown(ChoosePlace)
    assert desk.session.activity() == []
