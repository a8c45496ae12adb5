"""Cards that come in: whom they are about, what she chooses, and that nothing of hers changes by itself."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from planner.exchange.cards_gate import CardParts, cards_leaving, cards_reveal
from planner.exchange.cards_read import LeftOut, Why
from planner.exchange.cards_text import CardTrouble
from planner.exchange.cards_write import CardOut, Version, write_cards
from planner.exchange.gate import leaving_words
from planner.plan.records import Reach, Ring, SupportContact
from planner.session.card_files import Alike, By, CardDecision, CardsPreview, Keep, What
from planner.session.types import OutOfReach
from tests.session.conftest import Kept


def vcf(*cards: str) -> bytes:
    return "".join(f"BEGIN:VCARD\r\nVERSION:3.0\r\n{each}\r\nEND:VCARD\r\n" for each in cards).encode()


def lines(*each: str) -> str:
    return "\r\n".join(each)


def step(_done: int, _of: int) -> None:
    """Nobody looks."""


def preview(kept: Kept, data: bytes) -> CardsPreview:
    return kept.session.card_files.preview(data, kept.me, step)


def add(kept: Kept, **values: object) -> SupportContact:
    record = replace(SupportContact(), **values)  # type: ignore[arg-type]
    with kept.session.edit(kept.me, "Add a person") as edit:
        edit.add(record)
    return record


def people(kept: Kept) -> list[SupportContact]:
    return kept.session.contacts(kept.me)


def take(kept: Kept, found: CardsPreview, ring: Ring = Ring.AROUND, **said: CardDecision) -> list[SupportContact]:
    """Bring in; ``said`` are decisions by the number of the card, as ``c2``."""
    decisions = {name[1:]: decision for name, decision in said.items()}
    files = kept.session.card_files
    files.tell(files.take_in(found, decisions, step, ring))
    return people(kept)


def only(found: tuple[Alike, ...]) -> Alike:
    (one,) = found
    return one


LIN = {"name": "Lin Park", "phones": ({"number": "615-555-0110", "label": "Mobile"},), "email": "lin@example.org"}


# ---------------------------------------------------------------- new people


def test_new_people_come_in_as_one_edit_that_can_be_taken_back(kept: Kept) -> None:
    found = preview(
        kept,
        vcf(
            lines("FN:Lin Park", "TEL;TYPE=CELL:6155550110", "EMAIL:a@example.org", "EMAIL:b@example.org", "UID:u-1"),
            lines("FN:Marisol", "ORG:Casa Abierta", "TITLE:Consejera", "NOTE:Door on the left", "PHOTO:x"),
            "REV:1",
        ),
    )
    assert [each.contact.name for each in found.new] == ["Lin Park", "Marisol"]
    assert [(each.number, each.why) for each in found.not_understood] == [(3, Why.NOTHING)]
    assert found.left_out == {LeftOut.PICTURES: 1}
    assert people(kept) == [], "nothing changes before she says so"
    lin, marisol = take(kept, found, Ring.FURTHER)
    assert (lin.phones, lin.email) == (({"number": "(615) 555-0110", "label": "Mobile"},), "a@example.org")
    assert lin.note == "E-mail: b@example.org"
    assert (lin.uid, lin.ring, lin.call) == ("u-1", Ring.FURTHER, Reach.UNKNOWN)
    assert (marisol.organisation, marisol.role, marisol.note) == ("Casa Abierta", "Consejera", "Door on the left")
    assert kept.session.undo_words() == "Bring in cards"
    kept.session.undo()
    assert people(kept) == []
    kept.session.redo()
    assert [each.name for each in kept.lock_and_open().contacts(kept.me)] == ["Lin Park", "Marisol"]


def test_a_new_one_can_be_left_out(kept: Kept) -> None:
    found = preview(kept, vcf("FN:Lin", "FN:Ben"))
    assert [each.name for each in take(kept, found, c1=CardDecision(What.LEAVE))] == ["Ben"]


def test_what_was_brought_in_is_here_with_all_it_says_the_second_time(kept: Kept) -> None:
    data = vcf(lines("FN:Lin Park", "TEL:6155550110", "EMAIL:a@x.org", "EMAIL:b@x.org", "NOTE:one\\ntwo"), "FN:Ben")
    take(kept, preview(kept, data))
    again = preview(kept, data)
    assert [each.arriving.contact.name for each in again.same] == ["Lin Park", "Ben"]
    assert (again.new, again.alike) == ((), ())
    before = people(kept)
    assert take(kept, again) == before


# ---------------------------------------------------------------- somebody who is here already


@pytest.mark.parametrize(
    ("card", "by"),
    [
        (lines("FN:L. Park", "TEL:+1 (615) 555 0110"), (By.PHONE,)),
        (lines("FN:L. Park", "EMAIL:LIN@Example.ORG"), (By.EMAIL,)),
        (lines("FN:L. Park", "EMAIL;PREF=1:new@example.org", "EMAIL:lin@example.org"), (By.EMAIL,)),
        (lines("FN:L. Park", "UID:urn:uuid:U-9"), (By.UID,)),
        (lines("FN:lín  PARK", "ORG:Legal Aid"), (By.NAME,)),
        (lines("FN:Lin Park", "TEL:615.555.0110", "TEL:615 555 0111"), (By.PHONE, By.NAME)),
    ],
)
def test_somebody_who_is_here_is_known_again(kept: Kept, card: str, by: tuple[By, ...]) -> None:
    mine = add(kept, **LIN, uid="u-9")
    found = preview(kept, vcf(card, "FN:Somebody else"))
    assert [each.contact.name for each in found.new] == ["Somebody else"]
    alike = only(found.alike)
    assert (alike.existing.id, alike.by) == (mine.id, by)


def test_hers_stays_and_what_is_missing_is_added(kept: Kept) -> None:
    mine = add(kept, **LIN, role="My lawyer", note="Very kind", our_word="Blue", call=Reach.NO, ring=Ring.CLOSE)
    card = lines(
        "FN:Ms. Lin Park",
        "ORG:Legal Aid",
        "TITLE:Attorney",
        "TEL;TYPE=WORK:615 555 0199",
        "TEL:615 555 0110",
        "EMAIL:office@example.org",
        "EMAIL:lin@example.org",
        "NOTE:Room 4",
    )
    found = preview(kept, vcf(card))
    alike = only(found.alike)
    assert [(each.name, each.usual) for each in alike.fields] == [
        ("name", Keep.MINE),
        ("organisation", Keep.THEIRS),
        ("role", Keep.MINE),
        ("phones", Keep.BOTH),
        ("email", Keep.MINE),
        ("note", Keep.BOTH),
    ]
    (now,) = take(kept, found)
    assert now == replace(
        mine,
        organisation="Legal Aid",
        phones=({"number": "615-555-0110", "label": "Mobile"}, {"number": "(615) 555-0199", "label": "Work"}),
        note="Very kind\nRoom 4\nE-mail: lin@example.org",
    )
    assert preview(kept, vcf(card)).new == ()


def test_each_field_is_chosen(kept: Kept) -> None:
    mine = add(kept, **LIN, languages=("es",))
    found = preview(
        kept, vcf(lines("FN:Lin P.", "TEL:615 555 0199", "EMAIL:lin@example.org", "ORG:Aid", "LANG:en", "UID:u-3"))
    )
    keeps = {"name": Keep.THEIRS, "phones": Keep.THEIRS, "organisation": Keep.MINE, "languages": Keep.MINE}
    (now,) = take(kept, found, c1=CardDecision(What.MERGE, keeps))
    assert now == replace(mine, name="Lin P.", phones=({"number": "(615) 555-0199", "label": ""},), uid="u-3")


def test_she_may_say_that_it_is_somebody_else_or_leave_it_out(kept: Kept) -> None:
    mine = add(kept, **LIN)
    found = preview(kept, vcf(lines("FN:Lin Park", "TEL:615 555 0110", "ORG:Aid")))
    assert take(kept, found, c1=CardDecision(What.LEAVE)) == [mine]
    both = take(kept, found, c1=CardDecision(What.NEW))
    assert [each.organisation for each in both if each.id != mine.id] == ["Aid"]
    assert mine in both


def test_a_name_alone_with_other_ways_to_reach_them_is_somebody_else_unless_she_says_so(kept: Kept) -> None:
    add(kept, **LIN)
    found = preview(kept, vcf(lines("FN:Lin Park", "TEL:404 555 0100")))
    assert only(found.alike).usual is What.NEW
    assert len(take(kept, found)) == 2


def test_the_number_of_an_office_makes_nobody_the_same(kept: Kept) -> None:
    add(kept, **LIN)
    cards = [lines(f"FN:{name}", "TEL:615 555 0110") for name in ("Ann", "Bea", "Cleo")]
    found = preview(kept, vcf(*cards))
    assert [each.usual for each in found.alike] == [What.NEW] * 3
    fewer = preview(kept, vcf(lines("FN:Mom", "TEL:615 555 0110")))
    assert only(fewer.alike).usual is What.MERGE


def test_what_was_written_since_the_preview_stays(kept: Kept) -> None:
    mine = add(kept, name="Lin Park")
    found = preview(kept, vcf(lines("FN:Lin Park", "ORG:Aid", "TEL:615 555 0110")))
    with kept.session.edit(kept.me, "Write") as edit:
        edit.change(mine.id, organisation="Hers", phones=({"number": "911", "label": ""},))
    (now,) = take(kept, found)
    assert now.organisation == "Hers"
    assert [each["number"] for each in now.phones] == ["911", "(615) 555-0110"]


def test_who_was_removed_since_the_preview_does_not_come_back(kept: Kept) -> None:
    mine = add(kept, **LIN)
    found = preview(kept, vcf(lines("FN:Lin Park", "TEL:615 555 0110", "ORG:Aid")))
    with kept.session.edit(kept.me, "Remove") as edit:
        edit.remove(mine.id)
    assert take(kept, found) == []


# ---------------------------------------------------------------- twice in one file


def test_two_cards_of_one_person_become_one(kept: Kept) -> None:
    found = preview(
        kept,
        vcf(
            lines("FN:Lin", "TEL:615 555 0110"),
            lines("FN:Lin Park", "TEL:615 555 0110", "EMAIL:lin@example.org"),
            lines("FN:Lin", "TEL:+16155550110"),
        ),
    )
    assert (len(found.new), found.twice) == (1, 1)
    alike = only(found.alike)
    assert (alike.earlier, alike.arriving.key, alike.usual) == ("1", "2", What.MERGE)
    (now,) = take(kept, found)
    assert (now.name, now.email) == ("Lin", "lin@example.org")
    kept.session.undo()
    (alone,) = take(kept, found, c1=CardDecision(What.LEAVE))
    assert alone.name == "Lin Park", "the other card was not left out"


def test_a_card_like_one_that_went_into_somebody_goes_there_too(kept: Kept) -> None:
    mine = add(kept, **LIN)
    found = preview(
        kept,
        vcf(
            lines("FN:Lin Park", "TEL:6155550110", "TEL:404 555 0101"), lines("FN:Park", "TEL:404 555 0101", "ORG:Aid")
        ),
    )
    (now,) = take(kept, found)
    assert (now.id, now.organisation, len(now.phones)) == (mine.id, "Aid", 2)


# ---------------------------------------------------------------- people she keeps away from


def test_somebody_she_keeps_away_from_is_named_and_never_changed(kept: Kept) -> None:
    away = add(kept, **LIN, keep_away=True, if_near="I call Ruth")
    found = preview(kept, vcf(lines("FN:Lee", "TEL:615 555 0110", "ORG:Aid"), "FN:Ben"))
    alike = only(found.careful)
    assert (alike.existing.id, alike.by, alike.usual, alike.fields) == (away.id, (By.PHONE,), What.LEAVE, ())
    assert {each.name for each in take(kept, found)} == {"Ben", "Lin Park"}
    assert kept.session.record(kept.me, away.id) == away
    take(kept, found, c1=CardDecision(What.MERGE), c2=CardDecision(What.LEAVE))
    assert kept.session.record(kept.me, away.id) == away, "whatever is asked for"
    assert [each.name for each in kept.session.contacts(kept.me, keep_away=False)] == ["Ben"]


def test_being_careful_goes_before_being_like_somebody_else(kept: Kept) -> None:
    add(kept, name="Lin Park", email="lin@example.org")
    away = add(kept, name="Other", phones=({"number": "615 555 0110", "label": ""},), keep_away=True)
    found = preview(kept, vcf(lines("FN:Lin Park", "EMAIL:lin@example.org", "TEL:615 555 0110")))
    assert only(found.careful).existing.id == away.id


def test_who_is_kept_away_since_the_preview_is_not_changed(kept: Kept) -> None:
    mine = add(kept, **LIN)
    found = preview(kept, vcf(lines("FN:Lin Park", "TEL:615 555 0110", "ORG:Aid")))
    with kept.session.edit(kept.me, "Careful") as edit:
        edit.change(mine.id, keep_away=True)
    (now,) = take(kept, found)
    assert (now.organisation, now.keep_away) == ("", True)


def test_a_new_card_like_somebody_kept_away_since_the_preview_stays_out(kept: Kept) -> None:
    found = preview(kept, vcf(lines("FN:Lee", "TEL:615 555 0110"), "FN:Ben"))
    add(kept, **LIN, keep_away=True)
    taken = kept.session.card_files.take_in(found, {}, step)
    assert (len(taken.ids), taken.held_back) == (1, 1)
    assert [each.name for each in kept.session.contacts(kept.me, keep_away=False)] == ["Ben"]


def test_she_may_say_that_it_is_somebody_else_than_the_one_she_keeps_away_from(kept: Kept) -> None:
    away = add(kept, **LIN, keep_away=True)
    found = preview(kept, vcf(lines("FN:Lin Park", "TEL:404 555 0100")))
    take(kept, found, c1=CardDecision(What.NEW))
    assert [each.keep_away for each in people(kept)].count(False) == 1
    assert kept.session.record(kept.me, away.id) == away


# ---------------------------------------------------------------- stopping, and where it runs


class Stop(Exception):
    """Stop was pressed."""


@pytest.mark.parametrize("after", [1, 20, 40])
def test_stopped_in_the_middle_nothing_has_changed(kept: Kept, after: int) -> None:
    data = vcf(*(lines(f"FN:Person {n}", f"TEL:615555{n:04}") for n in range(300)))
    asked: list[int] = []

    def stop(done: int, _of: int) -> None:
        asked.append(done)
        if len(asked) > after:
            raise Stop

    with pytest.raises(Stop):
        kept.session.card_files.preview(data, kept.me, stop)
    found = preview(kept, data)
    asked.clear()
    with pytest.raises(Stop):
        kept.session.card_files.take_in(found, {}, stop)
    assert people(kept) == []
    assert kept.session.undo_words() is None
    assert len(take(kept, found)) == 300


def test_it_runs_beside_the_window_and_tells_it_afterwards(kept: Kept) -> None:
    told: list[frozenset[str]] = []
    kept.session.on_change(lambda changed: told.append(changed.kinds))
    files = kept.session.card_files
    done = []

    def work() -> None:
        done.append(files.take_in(files.preview(vcf("FN:Lin"), kept.me, step), {}, step))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert told == []
    files.tell(done[0])
    assert told == [frozenset({"contact"})]


def test_one_person_s_pages_alone(team: Kept) -> None:
    session = team.session
    one, other = session.add_person("A"), session.add_person("B")
    session.stay_with(one.id)
    with pytest.raises(OutOfReach):
        session.card_files.preview(vcf("FN:Lin"), other.id, step)
    found = session.card_files.preview(vcf("FN:Lin"), one.id, step)
    with pytest.raises(OutOfReach):
        session.card_files.take_in(replace(found, person=other.id), {}, step)


def test_a_file_that_is_none_says_so(kept: Kept) -> None:
    with pytest.raises(CardTrouble):
        preview(kept, b"%PDF-1.7")


# ---------------------------------------------------------------- going out

PRIVATE = {
    "call_when": "zzcallwhen",
    "message_note": "zzmessage",
    "text_note": "zztext",
    "our_word": "zzourword",
    "if_near": "zzifnear",
    "note": "zznote",
    "knows": ("zzknows",),
    "knows_not": ("zzknowsnot",),
    "origin": "zzform/zzentity",
    "uid": "zzuid",
}
LEAVES = {
    "name": "Zoe Zname",
    "role": "zzrole",
    "organisation": "zzorganisation",
    "email": "zzmail@example.org",
    "phones": ({"number": "615 555 0110", "label": "zzlabel"}, {"number": "911", "label": "Work"}),
    "languages": ("es", "zzlanguage"),
}


def everything(kept: Kept, **more: object) -> SupportContact:
    return add(
        kept,
        **PRIVATE,
        **LEAVES,
        call=Reach.YES,
        message=Reach.NO,
        text=Reach.YES,
        ring=Ring.CLOSE,
        **more,
    )


@pytest.mark.parametrize("version", Version)
def test_only_what_may_leave_stands_in_a_card(kept: Kept, version: Version) -> None:
    contact = everything(kept)
    (card,) = kept.session.card_files.cards(kept.me, [contact.id], CardParts())
    raw = write_cards([card], version).decode()
    for word in ("Zoe Zname", "zzrole", "zzorganisation", "zzmail@example.org", "615 555 0110", "TYPE=work:911"):
        assert word in raw, "what may leave is seen, so that what may not would be"
    stored = repr(kept.session.record(kept.me, contact.id))
    for words in PRIVATE.values():
        for word in words if isinstance(words, tuple) else (words,):
            assert word in stored
            assert word not in raw.casefold()
    for word in ("zzlabel", "zzlanguage", "close", contact.id, "planner", "yes"):
        assert word not in raw
    known = {"BEGIN", "VERSION", "UID", "FN", "N", "ORG", "TITLE", "TEL", "EMAIL", "END"} | (
        {"LANG"} if version is Version.FOUR else set()
    )
    assert {line.split(":")[0].split(";")[0] for line in raw.split("\r\n") if line} == known


def test_parts_that_are_off_stay_here(kept: Kept) -> None:
    contact = everything(kept)
    parts = CardParts(phones=False, emails=False, organisations=False, roles=False, languages=False)
    assert kept.session.card_files.cards(kept.me, [contact.id], parts) == [CardOut(name="Zoe Zname")]


def test_people_she_keeps_away_from_get_no_card(kept: Kept) -> None:
    away, friend = everything(kept, keep_away=True), add(kept, name="Ben")
    nobody = add(kept, role="somebody without a name")
    files = kept.session.card_files
    assert [each.id for each in files.offered(kept.me)] == [friend.id]
    ids = {away.id, friend.id, nobody.id}
    assert files.cards(kept.me, ids, CardParts()) == [CardOut(name="Ben")]


def test_what_leaves_is_said_and_written_down_without_content(kept: Kept) -> None:
    contact = everything(kept)
    cards = kept.session.card_files.cards(kept.me, [contact.id], CardParts())
    said = cards_reveal(cards, Version.FOUR)
    assert said == [
        "It names 1 person.",
        "It shows 2 phone numbers.",
        "It shows 1 e-mail address.",
        "It names 1 office or group.",
        "It says who this is, in your words.",
        "It says which languages they speak.",
    ]
    both = [*cards, CardOut(name="Ben")]
    assert cards_reveal(both, Version.FOUR)[-2:] == [
        "It says who 1 of them is, in your words.",
        "It says which languages 1 of them speaks.",
    ]
    assert said[:-1] == cards_reveal(cards, Version.THREE)
    assert cards_reveal([], Version.THREE) == ["No card is chosen yet."]
    leaving = cards_leaving(kept.me, cards, Version.THREE)
    assert leaving_words(leaving.detail()) == (
        "Cards of people were saved as a file that anyone can open. "
        "With it: people, phone numbers, e-mail addresses, places or groups, who somebody is."
    )
    assert "zz" not in repr(leaving)


def test_what_went_out_comes_in_the_same(kept: Kept) -> None:
    add(kept, **LIN, organisation="Legal Aid", role="Lawyer")
    add(kept, name="Ben")
    ids = [each.id for each in people(kept)]
    for version in Version:
        raw = write_cards(kept.session.card_files.cards(kept.me, ids, CardParts()), version)
        found = preview(kept, raw)
        assert len(found.same) == 2, found
