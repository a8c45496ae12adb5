"""Puts canaries of every kind into an open notebook for the people somebody works with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from io import BytesIO

from planner.packs.services import OwnService
from planner.plan.records import (
    Appointment,
    Barrier,
    CheckIn,
    Dependent,
    Goal,
    Helper,
    Reach,
    SafetyLine,
    Step,
    SupportContact,
    TimeLimit,
    TrackedPaper,
)
from planner.plan.safety import SafetyGroup
from planner.session import Session

Words = Mapping[str, Sequence[str]]


def turned(words: str) -> str:
    """From behind: what only came in, and was never used, is not taken for something that was shown."""
    return words[::-1]


class Bag:
    """Words by their kinds, each given out once; they came in turned round."""

    def __init__(self, words: Words) -> None:
        self._left: dict[str, Iterator[str]] = {kind: iter(each) for kind, each in words.items()}

    def one(self, kind: str) -> str:
        return turned(next(self._left.get(kind, iter(())), ""))

    def all(self, kind: str) -> list[str]:
        return [turned(each) for each in self._left.get(kind, ())]


def fill(session: Session, bag: Bag) -> str:
    """Everything that is kept; gives the id of the person whose pages hold it."""
    session.set_setting("shelter_line_name", bag.one("shelter line"))
    person, *_others = [
        session.add_person(name, code=bag.one("code of a person"), under_18=False)
        for name in bag.all("name of a person")
    ]
    session.choose(person.id)
    _plan(session, person.id, bag)
    _dates_and_people(session, person.id, bag)
    _papers(session, person.id, bag)
    for facts in iter(lambda: bag.one("note of the worker"), ""):
        agreed = bag.one("note of the worker")
        session.notes.add(person.id, when=session.today(), kind="call", minutes=5, who="", facts=facts, agreed=agreed)
    for name in iter(lambda: bag.one("own place"), ""):
        session.directory.save(OwnService(name=name, note=bag.one("own place")))
    return person.id


def _plan(session: Session, person: str, bag: Bag) -> None:
    with session.edit(person, "Fill") as edit:
        goals = [Goal(title=title, why=bag.one("why of a goal")) for title in bag.all("goal")]
        for goal in goals:
            edit.add(goal)
        for number, title in enumerate(bag.all("step")):
            when, whom = bag.one("when and with whom"), bag.one("when and with whom")
            edit.add(Step(goal=goals[number % len(goals)].id, title=title, when=when, with_whom=whom))
        for number, what in enumerate(bag.all("what is in the way")):
            edit.add(Barrier(goal=goals[number].id, what=what, way_round=bag.one("way round")))
        for number, name in enumerate(bag.all("helper")):
            edit.add(Helper(goal=goals[number].id, name=name))


def _dates_and_people(session: Session, person: str, bag: Bag) -> None:
    today = session.today()
    with session.edit(person, "Fill") as edit:
        for number, title in enumerate(bag.all("appointment")):
            day = today + timedelta(days=number % 7)
            edit.add(
                Appointment(
                    title=title,
                    starts=f"{day.isoformat()}T15:00",
                    zone="America/New_York",
                    place=bag.one("place"),
                    way_there=bag.one("way there"),
                    bring=(bag.one("bring and ask"),),
                    note=bag.one("note of an appointment"),
                )
            )
        for name in bag.all("somebody"):
            edit.add(
                SupportContact(
                    name=name,
                    role=bag.one("who it is"),
                    call=Reach.YES,
                    call_when=bag.one("safe way"),
                    message=Reach.NO,
                    message_note=bag.one("safe way"),
                    our_word=bag.one("our word"),
                    knows=(bag.one("what they know"),),
                )
            )
        for name in bag.all("to be careful with"):
            edit.add(SupportContact(name=name, keep_away=True, if_near=bag.one("if near")))
        for name in bag.all("somebody looked after"):
            edit.add(Dependent(name=name))
        for title in bag.all("time limit"):
            edit.add(TimeLimit(title=title, due=(today + timedelta(days=20)).isoformat()))
        for number, note in enumerate(bag.all("note of a day")):
            day = today - timedelta(days=number)
            edit.add(CheckIn(day=day.isoformat(), scales=({"name": "mood", "value": "3"},), note=note))
        for line in bag.all("line of the own page"):
            edit.add(SafetyLine(group=SafetyGroup.CALM, line=line))
        for line in bag.all("line of the card"):
            edit.add(SafetyLine(group=SafetyGroup.PLACE, line="A place", on_card=True, card_words=line))


def _papers(session: Session, person: str, bag: Bag) -> None:
    with session.edit(person, "Fill") as edit:
        for title in bag.all("paper that is tracked"):
            edit.add(TrackedPaper(title=title))
    for title in bag.all("title of a paper"):
        session.papers.keep(person, letter(bag.one("words in a paper")), "application/pdf", title)


def letter(words: str) -> bytes:
    """A PDF of one page with these words on it."""
    import pikepdf

    made, name = BytesIO(), pikepdf.Name
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(400, 400))
        font = pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica)
        pdf.pages[0].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
        pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, f"BT /F 12 Tf 20 300 Td ({words}) Tj ET".encode())
        pdf.save(made, compress_streams=False)
    return made.getvalue()


def undo(session: Session, person: str, bag: Bag) -> None:
    """What only the history of undo still knows, until the next quiet moment."""
    for title in bag.all("taken back"):
        with session.edit(person, "Add a goal") as edit:
            edit.add(Goal(title=title))
        session.undo()
    for title in bag.all("before a change"):
        goal = Goal(title=title)
        with session.edit(person, "Add a goal") as edit:
            edit.add(goal)
        with session.edit(person, "Change a goal") as edit:
            edit.change(goal.id, title="Something else")
