"""Made-up plans for the papers, and the eyes that read a PDF."""

from __future__ import annotations

import datetime as dt

import pypdfium2

from planner.exchange.parts import PaperDate, PlanPaper, PlanParts
from planner.plan.life import LifeDomain
from planner.plan.records import (
    Appointment,
    Barrier,
    Dependent,
    Goal,
    GoalState,
    GoalTime,
    Helper,
    Reach,
    Step,
    SupportContact,
)

EVERYTHING = PlanParts(
    finished=True,
    places=True,
    details=True,
    phones=True,
    children=True,
    mine_alone=frozenset({"g-alone", "a-alone"}),
    kept_away=frozenset({"c-away"}),
)


class PlainFormats:
    """Days and hours as plain as they come."""

    def day(self, day: dt.date) -> str:
        return f"{day.day}.{day.month}.{day.year}"

    def day_with_weekday(self, day: dt.date) -> str:
        return f"{day:%a} {day.day} {day:%b}"

    def time(self, time: dt.time) -> str:
        return f"{time:%H:%M}"


def plan(parts: PlanParts | None = None) -> PlanPaper:
    """A small plan in which every kind of record stands, some of them hers alone."""
    return PlanPaper(
        goals=(
            Goal(id="g-id", title="Get my own ID card", why="To sign for my room", domain=LifeDomain.PAPERS),
            Goal(id="g-doc", title="Find a doctor", domain=LifeDomain.HEALTH, time=GoalTime.MONTHS),
            Goal(id="g-rest", title="Write to my sister", domain=LifeDomain.FAMILY, state=GoalState.RESTING),
            Goal(id="g-alone", title="The secret garden", domain=LifeDomain.HEALTH, mine_alone=True),
            Goal(id="g-gone", title="An old wish", removed=True),
        ),
        steps=(
            Step(goal="g-id", title="Write the letter", done_on="2026-03-03", with_whom="Joan", order="a"),
            Step(goal="g-id", title="Go to the office", when="in May", with_whom="Ray", order="b"),
        ),
        helpers=(
            Helper(goal="g-id", contact="c-joan", how="writes and posts"),
            Helper(goal="g-id", name="Pilar", how="goes with me"),
            Helper(goal="g-id", contact="c-away", how="knows the clerk"),
            Helper(goal="g-doc", name="ray", how="drives"),
        ),
        barriers=(Barrier(goal="g-id", what="It costs 25 dollars", way_round="Ask for it free"),),
        dates=(
            _date("Clinic", 12, dt.time(10, 30), place="14 Oak Street", who_comes="Ray", bring=("my letter",)),
            _date("Class", 16, None, way_there="Bus 7"),
            _date("Quiet hour", 17, dt.time(9), place="Hidden Lane", mine_alone=True, record="a-alone"),
        ),
        contacts=(
            SupportContact(
                id="c-joan",
                name="Joan",
                role="Helper",
                organisation="Open Door",
                phones=({"number": "555 010 2233", "label": "work"}, {"number": "", "label": ""}),
                call=Reach.YES,
                call_when="until five",
                our_word="bluebird",
                email="joan@door.example",
                note="likes tea",
                knows=("everything",),
            ),
            SupportContact(id="c-maya", name="Maya", phones=({"number": "555 019 9771", "label": ""},)),
            SupportContact(
                id="c-away",
                name="Ray",
                keep_away=True,
                if_near="Walk into the shop",
                phones=({"number": "555 066 6000", "label": ""},),
            ),
        ),
        dependents=(
            Dependent(name="Leo", relation="my son", day_place="Hill School", may_collect=("Maya", "Ray"), born="2020"),
        ),
        parts=parts or PlanParts(),
    )


def _date(
    title: str,
    day: int,
    time: dt.time | None,
    *,
    place: str = "",
    way_there: str = "",
    who_comes: str = "",
    bring: tuple[str, ...] = (),
    mine_alone: bool = False,
    record: str = "",
) -> PaperDate:
    what = Appointment(
        title=title, place=place, way_there=way_there, who_comes=who_comes, bring=bring, mine_alone=mine_alone,
        id=record or f"a-{title}",
    )  # fmt: skip
    return PaperDate(appointment=what, day=dt.date(2026, 3, day), time=time)


def pages(pdf: bytes, passphrase: str | None = None) -> list[str]:
    """The text of each page as a reader would copy it."""
    document = pypdfium2.PdfDocument(pdf, password=passphrase)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def squeezed(text: str) -> str:
    """Text without what a line break, a page break or a breakable word may add."""
    return "".join(char for char in text if not char.isspace() and char not in "\u200b\ufffe\u00ad\u0002")


def text_of(pdf: bytes) -> str:
    """All the text of a PDF, squeezed."""
    return squeezed("".join(pages(pdf)))
