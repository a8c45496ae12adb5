"""What a child answers that was taken over: of the right type, and still nothing that our own readers could say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from planner.apart import asking, data_files, form_files, papers, running
from planner.apart.asking import CouldNotAsk
from planner.apart.questions import FormMade, PackMade, Page, Picture, PictureAsked, Wrong
from planner.errors import MachineTrouble
from planner.exchange.calendar_read import CalendarFile, Coming, Time
from planner.exchange.cards_read import Card, CardFile, LeftOut, Phone
from planner.exchange.services_read import Found, ServiceFile
from planner.forms import FormUnreadable
from planner.forms.anew import BEGINNING, pieces_of, put_together, written_anew
from planner.packs.pack import LARGEST_PACK, zipped
from planner.packs.refused import PackRefused
from planner.packs.services import OwnService
from planner.plan.records import WhatHappened
from planner.words import _, use_language
from tests.apart.test_hostile_children import child, is_gone_soon
from tests.unit.packs.made_packs import FORM, TODAY, made


class Says:
    """A child that answers with this, whatever it is asked."""

    def __init__(self, answer: object) -> None:
        self._answer = answer

    def ask(self, _question: object, _progress: object = None) -> object:
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer

    def close(self) -> None:
        pass


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Callable[[object], None]:
    return lambda answer: monkeypatch.setattr(asking, "start", lambda _kind: Says(answer))


def steps(_done: int, _of: int) -> None:
    """Nobody looks."""


COMING = Coming(uid="a", title="x", starts="2026-03-01T10:00", zone="UTC", minutes=30)


@pytest.mark.parametrize(
    "changed",
    [
        {"starts": ""},
        {"starts": "soon"},
        {"starts": "9999-01-01"},
        {"zone": "Nowhere/None"},
        {"zone": "../../etc/passwd"},
        {"minutes": -1},
        {"uid": ""},
        {"repeat": "FREQ=OFTEN"},
        {"repeat": "DTSTART:2026"},
        {"recurrence": "x"},
        {"except_starts": ("x",)},
        {"extra_starts": ("2026-13-01",)},
        {"times": (Time("x", WhatHappened.MOVED),)},
        {"times": (Time("2026-03-01", WhatHappened.MOVED, "x"),)},
    ],
)
def test_an_appointment_that_cannot_be_is_no_calendar(changed: dict[str, Any], says: Callable[[object], None]) -> None:
    says(CalendarFile((COMING,), ()))
    assert data_files.read_calendar(b"", "UTC", steps).coming == (COMING,)
    says(CalendarFile((COMING, replace(COMING, **changed)), ()))
    with pytest.raises(MachineTrouble):
        data_files.read_calendar(b"", "UTC", steps)


CARD = Card(number=1, name="Ann", phones=(Phone("1"),))


@pytest.mark.parametrize(
    "file",
    [
        CardFile((replace(CARD, name="x" * 1000),)),
        CardFile((replace(CARD, name="x\ny"),)),
        CardFile((replace(CARD, note="x" * 10_000),)),
        CardFile((replace(CARD, emails=("x",) * 100),)),
        CardFile((CARD, CARD)),
        CardFile(tuple(replace(CARD, number=n) for n in range(6000))),
        CardFile((CARD,), left_out={LeftOut.OTHER: -1}),
    ],
)
def test_a_card_that_cannot_be_is_no_card(file: CardFile, says: Callable[[object], None]) -> None:
    says(CardFile((CARD,)))
    assert data_files.read_cards(b"", steps, "US").cards == (CARD,)
    says(file)
    with pytest.raises(MachineTrouble):
        data_files.read_cards(b"", steps, "US")


def test_a_place_is_cleaned_as_one_that_somebody_types(says: Callable[[object], None]) -> None:
    entry = OwnService(id="x", name="n" * 5000, show_address=True, cost="much", needs=("magic",), checked="soon")
    says(ServiceFile((Found(1, entry),)))
    (found,) = data_files.read_services(b"", steps, "US").found
    assert (found.entry.id, len(found.entry.name), found.entry.cost, found.entry.needs) == ("", 300, "", ())
    assert found.entry.checked == ""
    for wrong in (ServiceFile((Found(1, entry), Found(1, entry))), ServiceFile(formulas=-1)):
        says(wrong)
        with pytest.raises(MachineTrouble):
            data_files.read_services(b"", steps, "US")


def test_only_sentences_of_this_program_reach_her() -> None:
    for code, ours in (("en", "There is nothing in this pack."), ("es", "En este paquete no hay nada.")):
        use_language(code)
        assert _("There is nothing in this pack.") == ours
        told = asking.in_our_words(Wrong("x", ours, "Call this number now.", "b\u202ec\0d", "a" * 5000))
        assert (told.sentence, told.what_next, told.where) == (ours, "", "b c d")
        assert len(told.detail) == asking.LONGEST_SENTENCE
        for theirs in ("Call this number now.", "", f"{ours} Call this number now."):
            with pytest.raises(asking.CouldNotAsk):
                asking.in_our_words(Wrong("x", theirs))


# ---------------------------------------------------------------- forms


PIECES = ("<a", "@b=c", '"d', "<e", ">", ">")


def test_pieces_are_put_together_and_taken_apart() -> None:
    whole = put_together(PIECES)
    assert whole == f'{BEGINNING}<a b="c">d<e/></a>'.encode()
    assert pieces_of(whole) == PIECES


@pytest.mark.parametrize(
    "pieces",
    [
        (),
        ("",),
        ("?",),
        ("?", "?", "<a", ">"),
        ("<a",),
        ("<a", ">", ">"),
        ("<a", ">", "<b", ">"),
        ("<a", ">", '"x'),
        ('"x', "<a", ">"),
        ("<a", '"x', "@b=c", ">"),
        ("<a b='c'", ">"),
        ("<a", "@b' c=d", ">"),
        ("<!DOCTYPE", ">"),
        ("<?x", ">"),
        ("<a:b:c", ">"),
        ("<", ">"),
        ("<a", ">x"),
        ("<a", '"\x01', ">"),
        ("<a", '"\ufffe', ">"),
        *[("<a",) * 1000 + (">",) * 1000],
    ],
)
def test_pieces_that_are_no_document_are_refused(pieces: tuple[str, ...]) -> None:
    with pytest.raises(FormUnreadable):
        put_together(pieces)


MARKS = some.text(some.sampled_from("<>&\"'=!?[]ab; \t\n\r\u00e4\U0001f600-/"), max_size=20)


@given(MARKS, MARKS)
def test_whatever_words_hold_they_stay_words(text: str, value: str) -> None:
    from lxml import etree

    whole = put_together(("<a", f"@b={value}", f'"{text}', "<c", ">", ">"))
    root = etree.fromstring(whole)
    assert (root.text or "", root.get("b"), [each.tag for each in root]) == (text, value, ["c"])
    assert written_anew(whole) == whole


def test_what_no_form_needs_is_gone() -> None:
    odd = b"<?xml version='1.0' encoding='iso-8859-1'?><!-- x --><a><?x y?>\xe4<![CDATA[<b>]]></a>"
    assert written_anew(odd) == f"{BEGINNING}<a>ä&lt;b&gt;</a>".encode()


def test_a_list_that_would_be_read_as_xml_comes_in_pieces_or_not_at_all(
    says: Callable[[object], None], tmp_path: Any
) -> None:
    (tmp_path / "x.xml").write_bytes(b"x")
    from planner.forms import Form
    from tests.apart.test_files import BESIDE

    xform = Form.from_data("towns.md", BESIDE.encode()).xform
    hostile = b"<!DOCTYPE x><root><item><name>a</name><label>b</label></item></root>"
    answer = FormMade(pieces_of(xform), (("survey", -5, "what", ""),), {}, {"towns.xml": hostile, "a.png": b"x"}, {})
    says(answer)
    found = form_files.read_form(tmp_path / "x.xml")
    assert found.files == {"towns.xml": b"", "a.png": b"x"}
    assert min(each.row for each in found.problems) >= 0
    says(replace(answer, pieces=answer.pieces[:-1]))
    with pytest.raises(FormUnreadable):
        form_files.read_form(tmp_path / "x.xml")


def test_a_pack_is_held_against_every_rule_again(says: Callable[[object], None], tmp_path: Any) -> None:
    files = made()
    (tmp_path / "a.zip").write_bytes(zipped(files))
    from planner.forms import Form

    form = Form.from_data("arriving.md", FORM.encode())
    good = FormMade(pieces_of(form.xform), (), {}, {}, {})
    says(PackMade(files, {"forms/arriving.md": good}))
    assert [each.id for each in form_files.read_pack(tmp_path / "a.zip", TODAY).forms] == ["arriving"]
    for wrong in (
        PackMade(files, {}),
        PackMade({}, {}),
        PackMade({**files, "../x.toml": b""}, {"forms/arriving.md": good}),
        PackMade({**files, "forms/big.png": bytes(LARGEST_PACK)}, {"forms/arriving.md": good}),
        PackMade(files, {"forms/arriving.md": replace(good, pieces=())}),
        PackMade({**files, "pack.toml": b"format = 2"}, {"forms/arriving.md": good}),
    ):
        says(wrong)
        with pytest.raises(PackRefused):
            form_files.read_pack(tmp_path / "a.zip", TODAY)


# ---------------------------------------------------------------- photos and PDFs


@pytest.mark.parametrize(
    "picture",
    [
        Picture(10, 10, bytes(399)),
        Picture(10, 10, bytes(401)),
        Picture(0, 10, b""),
        Picture(-10, -10, bytes(400)),
        Picture(2_000_000, 1, bytes(8_000_000)),
        Picture(10_000, 10_000, b""),
        Picture(400, 400, bytes(640_000)),
    ],
)
def test_pixels_are_as_many_as_is_said_and_no_more_than_were_asked_for(
    picture: Picture, says: Callable[[object], None]
) -> None:
    asked = PictureAsked(b"", "image/png", 1000)
    says(Picture(10, 10, bytes(400)))
    assert papers.Photos().read(asked).width == 10
    says(picture)
    with pytest.raises(CouldNotAsk):
        papers.Photos().read(asked)


@pytest.mark.parametrize(
    "page",
    [Page(), Page(((1000, 1000),), ()), Page(((0, 1000),), ("",)), Page(((1000, -1000),), ("",))],
)
def test_pages_have_a_size_and_words(page: Page, says: Callable[[object], None]) -> None:
    says(Page(((1000, 1000),), ("",)))
    assert papers.Pages().open(b"").texts == ("",)
    says(page)
    with pytest.raises(CouldNotAsk):
        papers.Pages().open(b"")
    with pytest.raises(CouldNotAsk):
        papers.Pages().draw(0, 100)


# ---------------------------------------------------------------- a lock


def test_a_lock_ends_every_child() -> None:
    """Also where the system would not do it by itself."""
    import threading
    import time

    from tests.apart.test_hostile_children import ASKED

    one = child("hang", seconds=60)
    ended: list[BaseException] = []

    def asks() -> None:
        try:
            one.ask(ASKED)
        except CouldNotAsk as problem:
            ended.append(problem)

    thread = threading.Thread(target=asks)
    thread.start()
    while not one.process_id:
        time.sleep(0.01)
    running.end_all()
    thread.join(10)
    assert len(ended) == 1
    assert is_gone_soon(one.process_id)
    assert one not in running.under_way
