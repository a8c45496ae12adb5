from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.exchange.gate import (
    Leaving,
    Left,
    PaperKind,
    leaving_words,
    phone_like,
    reveals,
    slip_reveals,
)
from planner.exchange.paper import plan_pdf, slip_pdf
from planner.exchange.parts import PaperDate, PlanPaper, PlanParts
from planner.plan.life import LifeDomain, Section
from planner.plan.records import (
    Appointment,
    Barrier,
    CheckIn,
    Dependent,
    Goal,
    GoalState,
    Helper,
    LimitState,
    PaperState,
    Reach,
    Record,
    Step,
    SupportContact,
    TimeLimit,
    TrackedPaper,
)

from .made_up import EVERYTHING, PlainFormats, pages, plan, text_of

FORMATS = PlainFormats()


def test_in_plain_words() -> None:
    said = reveals(EVERYTHING, replace(plan(), title="Spring", printed_on=dt.date(2026, 3, 1)))
    assert said == [
        "It says what you do on 3 days.",
        "It says where you will be on 3 days.",
        "It says who comes along to 1 appointment.",
        "It says how you get ready for 1 appointment: child care, interpreter, what to bring or ask.",
        "It shows 1 appointment that is yours alone.",
        "It names 4 people and shows 2 phone numbers.",
        "It says when and how 1 of them can be reached.",
        "It names 1 office or group.",
        "It names 1 person you look after.",
        "It says where 1 of them is in the day.",
        "It names 1 person you keep away from.",
        "It shows 4 goals.",
        "It names these parts of your life: Health, Papers, Family.",
        "It says why you want 1 of them.",
        "It lists 2 steps.",
        "It says when 1 step was done.",
        "It says who does 2 steps with you.",
        "It says 1 thing that is in the way.",
        "It shows 1 goal that is done, resting or let go.",
        "It shows 1 goal that is yours alone.",
        "At the top it says “Spring”.",
        "It shows the day it was made.",
        "Your own words are printed as you wrote them. Other names may stand in them.",
    ]


def test_nothing_to_reveal_is_said_kindly() -> None:
    assert reveals(PlanParts(), PlanPaper()) == ["These pages hold nothing of yours yet."]
    assert slip_reveals(()) == ["This slip holds nothing of yours yet."]


def test_who_she_keeps_away_from_and_what_is_hers_alone_is_out_until_chosen_one_by_one() -> None:
    usual = text_of(
        plan_pdf(plan(PlanParts(finished=True, places=True, details=True, phones=True, children=True)), FORMATS)
    )
    for hidden in ("Ray", "ray", "drives", "knowstheclerk", "Walkintotheshop", "Secret", "secretgarden", "HiddenLane"):
        assert hidden not in usual
    chosen = text_of(plan_pdf(plan(EVERYTHING), FORMATS))
    for shown in ("Ray", "drives", "knowstheclerk", "Walkintotheshop", "secretgarden", "HiddenLane"):
        assert shown in chosen
    # Choosing the section of what is hers alone does not choose what is in it.
    sections = text_of(plan_pdf(plan(PlanParts(sections=frozenset(Section))), FORMATS))
    assert "secretgarden" not in sections


def test_a_name_she_keeps_away_from_inside_her_own_words_is_told() -> None:
    base = plan()
    goals = (Goal(title="Block RAY on my phone"), Goal(title="A sunny ray-ban array"))
    assert "Your own words name 1 person you keep away from." in reveals(PlanParts(), replace(base, goals=goals[:1]))
    told = [
        each for each in reveals(PlanParts(), replace(base, goals=(Goal(title="An array"),))) if "keep away" in each
    ]
    assert told == []


def test_a_friend_of_the_same_name_as_somebody_she_keeps_away_from_stays() -> None:
    two = (SupportContact(id="friend", name="Ana"), SupportContact(id="away", name="Ana", keep_away=True))
    helpers = (Helper(goal="g", contact="friend", how="calls"), Helper(goal="g", contact="away", how="waits"))
    data = PlanPaper(goals=(Goal(id="g", title="A wish"),), helpers=helpers, contacts=two)
    text = text_of(plan_pdf(data, FORMATS))
    assert "Ana,calls" in text
    assert "waits" not in text


def test_papers_and_days_are_out_until_they_are_wanted() -> None:
    data = PlanPaper(
        papers=(
            TrackedPaper(
                title="ID card", state=PaperState.ASKED, where_to_ask="The clerk", cost="30 dollars",
                fee_waiver="A letter", safe_address="12 Hill Road", expires="2026-04-01", note="blue one",
            ),
            TrackedPaper(id="alone", title="Permit", mine_alone=True),
        ),
        check_ins=(CheckIn(day="2026-03-11", scales=({"name": "sleep", "value": "2"},), note="Rain"),),
    )  # fmt: skip
    assert reveals(PlanParts(), data) == ["These pages hold nothing of yours yet."]
    parts = PlanParts(papers=True, check_ins=True)
    assert reveals(parts, data) == [
        "It says of 1 paper where it stands.",
        "It says when 1 of them runs out.",
        "It says how 1 day was for you.",
        "Your own words are printed as you wrote them. Other names may stand in them.",
    ]
    text = text_of(plan_pdf(replace(data, parts=parts), FORMATS))
    for shown in ("IDcard", "Askedfor", "Thedayitrunsout:1.4.2026", "Theclerk", "30dollars", "Aletter", "blueone"):
        assert shown in text
    for shown in ("11.3.2026", "Sleep:hard", "Rain"):
        assert shown in text
    assert "HillRoad" not in text
    assert "Permit" not in text
    wanted = replace(parts, places=True, mine_alone=frozenset({"alone"}))
    text = text_of(plan_pdf(replace(data, parts=wanted), FORMATS))
    assert "12HillRoad" in text
    assert "Permit" in text
    said = reveals(wanted, data)
    assert "It shows 1 address to which a paper may be sent." in said
    assert "It shows 1 paper that is yours alone." in said
    assert wanted.names()[-3:] == ("papers", "check_ins", "mine_alone")


def test_time_limits_are_out_until_they_are_wanted_and_only_open_ones_go() -> None:
    data = PlanPaper(
        limits=(
            TimeLimit(title="Send the form", due="2026-04-01T09:30", rule="The letter", note="Ask Lin"),
            TimeLimit(title="Ask the state"),
            TimeLimit(title="Sent long ago", due="2026-01-01", state=LimitState.DONE),
            TimeLimit(id="alone", title="Hers alone", mine_alone=True),
        )
    )
    assert reveals(PlanParts(), data) == ["These pages hold nothing of yours yet."]
    parts = PlanParts(limits=True)
    assert reveals(parts, data) == [
        "It says by when you have to do 2 things, and what they are about.",
        "Your own words are printed as you wrote them. Other names may stand in them.",
    ]
    text = text_of(plan_pdf(replace(data, parts=parts), FORMATS))
    for shown in ("Sendtheform", "1.4.2026", "Theletter", "AskLin", "Askthestate", "Alawyermustconfirmthisday."):
        assert shown in text
    assert "Sentlongago" not in text
    assert "Hersalone" not in text
    wanted = replace(parts, mine_alone=frozenset({"alone"}))
    assert "Hersalone" in text_of(plan_pdf(replace(data, parts=wanted), FORMATS))
    assert "It shows 1 time limit that is yours alone." in reveals(wanted, data)
    assert parts.names()[-1] == "limits"


def test_numbers_inside_her_own_words_are_told() -> None:
    data = PlanPaper(goals=(Goal(title="Call 555-010-2233 or (555) 0199 771", why="before 2026-03-12"),))
    assert "In your own words stand 2 numbers that look like phone numbers." in reveals(PlanParts(), data)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("555 0199", 1),
        ("+34 600 000 000, +1 (555) 010-2233", 2),
        ("on 2026-03-12 and 12.03.2026 and 1/2/26", 0),
        ("25 dollars, room 1204", 0),
        ("12345678901234567890", 0),
        ("call ٠٥٥٥٠١٢٣", 1),
        ("(" * 20_000, 0),
        ("1 " * 20_000, 0),
    ],
)
def test_what_looks_like_a_phone_number(text: str, count: int) -> None:
    assert phone_like(text) == count


def test_single_parts_of_life_and_single_records() -> None:
    only_health = PlanParts(domains=frozenset({LifeDomain.HEALTH}))
    assert "Find a doctor" in "".join(pages(plan_pdf(plan(only_health), FORMATS)))
    assert "ID card" not in "".join(pages(plan_pdf(plan(only_health), FORMATS)))
    only_papers = PlanParts(sections=frozenset({Section.MONEY_AND_PAPERS}))
    assert "It shows 1 goal." in reveals(only_papers, plan())
    without = PlanParts(left_out=frozenset({"g-id", "c-joan", "a-Clinic"}))
    text = text_of(plan_pdf(plan(without), FORMATS))
    assert "IDcard" not in text
    assert "Joan" not in text
    assert "Clinic" not in text


# What stands in each field is a word that stands nowhere else, so that the PDF itself tells what was printed.
_FLAGS = [each.name for each in fields(PlanParts) if each.type == "bool"]


@st.composite
def choices(draw: st.DrawFn) -> PlanParts:
    flags: dict[str, Any] = {name: draw(st.booleans(), label=name) for name in _FLAGS}
    ids = st.frozensets(
        st.sampled_from(
            [f"{kind}{n}" for kind in ("goal", "date", "person", "paper", "limit", "day") for n in range(4)]
        )
    )
    return PlanParts(**flags, mine_alone=draw(ids), kept_away=draw(ids), left_out=draw(ids))


@st.composite
def plans(draw: st.DrawFn) -> PlanPaper:
    some = st.integers(0, 3)
    goals = [
        Goal(
            id=f"goal{n}",
            title=f"xgoal{n}x",
            why=draw(st.sampled_from(("", f"xwhy{n}x"))),
            mine_alone=draw(st.booleans()),
            state=draw(st.sampled_from(GoalState)),
            removed=draw(st.sampled_from((False, False, True))),
        )
        for n in range(draw(some))
    ]
    steps = [
        Step(goal=f"goal{n}", title=f"xstep{n}{m}x", done_on=draw(st.sampled_from(("", "2026-01-02"))))
        for n in range(3)
        for m in range(draw(some))
    ]
    contacts = [
        SupportContact(
            id=f"person{n}",
            name=f"xname{n}x",
            organisation=draw(st.sampled_from(("", f"xorg{n}x"))),
            phones=tuple({"number": f"555000{n}{m}77", "label": ""} for m in range(draw(some))),
            keep_away=draw(st.booleans()),
            call=draw(st.sampled_from(Reach)),
        )
        for n in range(draw(some))
    ]
    helpers = [Helper(goal=f"goal{n}", contact=f"person{draw(some)}", name="", how="") for n in range(draw(some))]
    helpers += [Helper(goal=f"goal{n}", name=f"xname{draw(some)}x", how=f"xhow{n}x") for n in range(draw(some))]
    barriers = [Barrier(goal=f"goal{n}", what=f"xway{n}x") for n in range(draw(some))]
    dates = [
        PaperDate(
            appointment=Appointment(
                id=f"date{n}",
                title=f"xdate{n}x",
                place=draw(st.sampled_from(("", f"xplace{n}x"))),
                who_comes=draw(st.sampled_from(("", f"xcomes{n}x", "xname0x"))),
                mine_alone=draw(st.booleans()),
            ),
            day=dt.date(2026, 3, draw(st.integers(1, 3))),
            time=dt.time(10),
        )
        for n in range(draw(some))
    ]
    dependents = [
        Dependent(id=f"child{n}", name=f"xchild{n}x", day_place=f"xdayplace{n}x", may_collect=(f"xname{draw(some)}x",))
        for n in range(draw(some))
    ]
    papers = [
        TrackedPaper(
            id=f"paper{n}",
            title=f"xpaper{n}x",
            safe_address=draw(st.sampled_from(("", f"xsent{n}x"))),
            expires=draw(st.sampled_from(("", "2026-03-12"))),
            mine_alone=draw(st.booleans()),
            removed=draw(st.sampled_from((False, False, True))),
        )
        for n in range(draw(some))
    ]
    check_ins = [
        CheckIn(
            id=f"day{n}", day=f"2026-01-0{n + 1}", scales=({"name": f"xscale{n}x", "value": "3"},), note=f"xday{n}x"
        )
        for n in range(draw(some))
    ]
    limits = [
        TimeLimit(
            id=f"limit{n}",
            title=f"xlimit{n}x",
            due=draw(st.sampled_from(("", "2026-03-12", "2026-03-12T10:00", "soon"))),
            state=draw(st.sampled_from(LimitState)),
            mine_alone=draw(st.booleans()),
            removed=draw(st.sampled_from((False, False, True))),
        )
        for n in range(draw(some))
    ]
    return PlanPaper(
        limits=limits, goals=goals, steps=steps, helpers=helpers, barriers=barriers, dates=dates, contacts=contacts,
        dependents=dependents, papers=papers, check_ins=check_ins,
    )  # fmt: skip


def counted(said: list[str], one: str, many: str) -> int:
    """The number in the sentence that begins so; 0 when it is not said."""
    pattern = re.compile(rf"(?:.* and |It )?(?:{one}|{many})".replace("{n}", r"(\d+)"))
    found = [int(match.group(1) or match.group(2)) for each in said if (match := pattern.search(each))]
    assert len(found) <= 1, said
    return found[0] if found else 0


@settings(max_examples=120)
@given(plans(), choices())
def test_the_sentences_say_exactly_what_the_pages_hold(data: PlanPaper, parts: PlanParts) -> None:
    said = reveals(parts, data)
    text = text_of(plan_pdf(replace(data, parts=parts), FORMATS))

    def kinds(word: str) -> set[str]:
        return set(re.findall(rf"x{word}\d+x", text))

    numbers = {each["number"] for contact in data.contacts for each in contact.phones if each["number"] in text}
    assert counted(said, "shows {n} phone number", "shows {n} phone numbers") == len(numbers)
    if not parts.phones:
        assert not numbers
    away = {each.name for each in data.contacts if each.keep_away}
    assert counted(said, "names {n} person you keep", "names {n} people you keep") == len(kinds("name") & away)
    assert {each.name for each in data.contacts if each.name in text and each.keep_away} <= {
        each.name for each in data.contacts if each.id in parts.kept_away
    }
    assert counted(said, "shows {n} goal[.]", "shows {n} goals[.]") == len(kinds("goal"))
    assert counted(said, "why you want {n} of", "why you want {n} of") == len(kinds("why"))
    assert counted(said, "lists {n} step", "lists {n} steps") == len(kinds("step"))
    assert counted(said, "says {n} thing", "says {n} things") == len(kinds("way"))
    assert counted(said, "names {n} person you look", "names {n} people you look") == len(kinds("child"))
    assert counted(said, "where {n} of them is", "where {n} of them are") == len(kinds("dayplace"))
    assert counted(said, "names {n} office", "names {n} offices") == len(kinds("org") - _away_words(data, "org"))
    by_title = {each.appointment.title: each for each in data.dates}
    shown = [each for title, each in by_title.items() if title in text]
    assert counted(said, "do on {n} day", "do on {n} days") == len({each.day for each in shown})
    somewhere = {each.day for each in data.dates if each.appointment.place and each.appointment.place in text}
    assert counted(said, "will be on {n} day", "will be on {n} days") == len(somewhere)
    assert ("Everydayneeds" in text) == any("Everyday needs" in each for each in said)
    for goal in data.goals:
        if goal.title in text:
            assert not goal.removed
            assert not goal.mine_alone or goal.id in parts.mine_alone
            assert goal.id not in parts.left_out
    assert counted(said, "says of {n} paper", "says of {n} papers") == len(kinds("paper"))
    assert counted(said, "shows {n} address", "shows {n} addresses") == len(kinds("sent"))
    assert counted(said, "says how {n} day", "says how {n} days") == len(kinds("day"))
    assert counted(said, "have to do {n} thing", "have to do {n} things") == len(kinds("limit"))
    assert parts.limits or not kinds("limit")
    for limit in data.limits:
        if limit.title in text:
            assert limit.state is LimitState.OPEN
            assert not limit.removed
            assert not limit.mine_alone or limit.id in parts.mine_alone
            assert limit.id not in parts.left_out
    assert parts.papers or not kinds("paper")
    assert (parts.papers and parts.places) or not kinds("sent")
    assert parts.check_ins or not kinds("day")
    for paper in data.papers:
        if paper.title in text:
            assert not paper.removed
            assert not paper.mine_alone or paper.id in parts.mine_alone
            assert paper.id not in parts.left_out
    for date in shown:
        assert not date.appointment.mine_alone or date.appointment.id in parts.mine_alone
    if said == ["These pages hold nothing of yours yet."]:
        assert not re.search(r"x[a-z]+\d+x", text)


def _away_words(data: PlanPaper, word: str) -> set[str]:
    return {each.organisation for each in data.contacts if each.keep_away and word}


@settings(max_examples=60)
@given(plans(), choices())
def test_the_people_named_are_counted_once_each(data: PlanPaper, parts: PlanParts) -> None:
    # Names in free text and in a heading of their own are told by other sentences, so leave those out here.
    data = replace(data, contacts=[replace(each, keep_away=False) for each in data.contacts])
    data = replace(data, dates=[])
    said = reveals(parts, data)
    text = text_of(plan_pdf(replace(data, parts=parts), FORMATS))
    names = set(re.findall(r"xname\d+x", text))
    found = counted(said, "names {n} person(?:[.]| and)", "names {n} people(?:[.]| and)")
    assert found == len(names)


def test_the_slip_too() -> None:
    dates = plan().dates
    assert slip_reveals(dates) == ["It shows appointments on 3 days."]
    assert slip_reveals(dates, places=True) == [
        "It shows appointments on 3 days.",
        "It says where you will be on 2 days.",
    ]
    text = text_of(slip_pdf(dates, FORMATS, places=True))
    assert [each.appointment.place.replace(" ", "") in text for each in dates] == [True, True, True]


def test_what_left_is_written_down_without_content() -> None:
    data = plan(EVERYTHING)
    left = Leaving(what=Left.PRINTED, paper=PaperKind.PLAN, parts=data.parts.names(), person="p1", pages=2)
    kept = json.dumps(left.detail())
    for records in (data.goals, data.steps, data.contacts, data.dependents):
        for record in records:
            assert isinstance(record, Record)
            assert record.title_text() not in kept
            assert record.id not in kept
    assert json.loads(kept)["pages"] == 2
    assert leaving_words(left.detail()).startswith("The plan was printed. With it: goals, parts of life, why, steps,")
    assert leaving_words({"what": "flown", "paper": "kite", "parts": ["wings"]}) == ""
    assert leaving_words({}) == ""
    for paper in PaperKind:
        ways = [leaving_words(Leaving(what=how, paper=paper).detail()) for how in Left]
        assert any(ways), f"nothing is said when {paper} leaves"


@pytest.mark.usefixtures("spanish")
def test_every_sentence_has_its_spanish() -> None:
    said = reveals(EVERYTHING, replace(plan(), title="Abril", printed_on=dt.date(2026, 3, 1)))
    assert not [each for each in said if each.startswith(("It ", "Your ", "In your", "At the"))]
    assert "Nombra a 4 personas y muestra 2 números de teléfono." in said
