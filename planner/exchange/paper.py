"""The papers: the plan, a slip of next dates, the spare key.

Each is made in memory from records and from nothing else; see :mod:`planner.exchange.typst_render` for how text is kept
from being read as anything but text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from planner import words
from planner.exchange.formats import Formats
from planner.exchange.parts import ChosenGoal, Dated, PaperDate, PlanPaper, choose
from planner.exchange.pdf_seal import neutral
from planner.exchange.typst_render import Rendered, plain, render
from planner.plan.life import DOMAIN_WORDS
from planner.plan.limits import due_wall
from planner.plan.limits import field_name as limit_field
from planner.plan.paper_days import STATES, field_name
from planner.plan.records import CheckIn, GoalState, GoalTime, Reach, Step, SupportContact, TimeLimit, TrackedPaper
from planner.plan.scales import in_order, scale_words, step_words
from planner.words import N_, _, c_

PAPER_SIZES = ("a4", "us-letter")

_TIME_WORDS = {
    GoalTime.NOW: N_("Now"),
    GoalTime.MONTHS: N_("In the next months"),
    GoalTime.LATER: N_("Later on"),
}
_STATE_WORDS = {
    GoalState.OPEN: "",
    GoalState.DONE: N_("Done"),
    GoalState.RESTING: N_("Resting for now"),
    GoalState.LET_GO: N_("Let go"),
}
# A block up to this many letters is kept whole on one page; a longer one may run on, or it might not fit on any.
_WHOLE = 1200
# One more row of a goal takes about as much room as this many letters.
_ROW = 60
# Words this short stand at the end of their row; longer ones go below it.
_ASIDE = 30


def plan_pdf(data: PlanPaper, formats: Formats) -> bytes:
    """The plan as a tagged PDF. Raises :class:`PaperTrouble`."""
    return plan_sheet(data, formats).pdf


def plan_sheet(data: PlanPaper, formats: Formats) -> Rendered:
    """Like :func:`plan_pdf`, and says too whether every letter could be shown."""
    return _finished("plan.typ", plan_data(data, formats))


def missing_letters_words() -> str:
    """What to say when :attr:`Rendered.all_letters` is false."""
    return _("This computer cannot draw some of the letters or signs. They are printed as empty boxes.")


def slip_pdf(
    dates: Sequence[Dated],
    formats: Formats,
    *,
    places: bool = False,
    size: str = "a4",
    limits: Sequence[TimeLimit] = (),
) -> bytes:
    """A small slip of next dates to cut out. It says only that there is an appointment, and where if she chooses.

    Of ``limits`` it says the day alone, and that it is a last one. Raises :class:`PaperTrouble`.
    """
    return _finished("slip.typ", slip_data(dates, formats, places=places, size=size, limits=limits)).pdf


def spare_key_pdf(key: str, *, size: str = "a4") -> bytes:
    """A spare key, its groups in lines, with room around it and not one word. Raises :class:`PaperTrouble`."""
    groups = key.replace("-", " ").split()
    rows = [groups[at : at + 4] for at in range(0, len(groups), 4)]
    return _finished("lines.typ", {**_common(size), "rows": rows}).pdf


def _line(words: str) -> str:
    """Final text at the beginning of a line."""
    text = plain(words)
    return text[:1].upper() + text[1:]


def _finished(template: str, data: Mapping[str, Any]) -> Rendered:
    sheet = render(template, data)
    return Rendered(neutral(sheet.pdf, data["name"], sheet.all_letters), sheet.all_letters)


def _common(size: str) -> dict[str, Any]:
    # The name in the metadata is what a viewer may list among recent files, so it is the same for every paper.
    return {
        "lang": words.language(),
        "size": size if size in PAPER_SIZES else PAPER_SIZES[0],
        "name": c_("paper", "Document"),
    }


def slip_data(
    dates: Sequence[Dated], formats: Formats, *, places: bool, size: str, limits: Sequence[TimeLimit] = ()
) -> dict[str, Any]:
    """What the template of the slip shows: for each date a day, what it is in neutral words, and a place or nothing."""
    found = [
        (
            (each.day, each.time or dt.time.min),
            _joined(_("Appointment"), _hours(each, formats)),
            plain(each.appointment.place) if places else "",
        )
        for each in dates
    ]
    for limit in limits:
        wall = due_wall(limit)
        if isinstance(wall, dt.datetime):
            hour = plain(formats.time(wall.time()))
            found.append(((wall.date(), wall.time()), _joined(_("Last day"), hour), ""))
        elif wall is not None:
            found.append(((wall, dt.time.min), _("Last day"), ""))
    rows = [
        {"day": _line(formats.day_with_weekday(at[0])), "what": what, "place": place}
        for at, what, place in sorted(found, key=lambda each: each[0])
    ]
    return {**_common(size), "rows": rows, "none": _("No appointments for now.")}


def plan_data(data: PlanPaper, formats: Formats) -> dict[str, Any]:
    """What the template of the plan shows, as plain JSON values; every string is final text."""
    chosen = choose(data, data.parts)
    return {
        **_common(data.size),
        "title": plain(data.title) or _("My plan"),
        "printed_on": plain(formats.day(data.printed_on)) if data.printed_on else "",
        "labels": {
            "done": _("Done"),
            "helps": _("Who helps"),
            "in_the_way": _("In the way"),
            "way_round": _("A way round"),
        },
        "times": _times(chosen.goals, formats, data.parts.areas),
        "dates": _dates(chosen.dates, formats),
        "people": [
            _block(_("People"), [_person(each) for each in chosen.people]),
            _block(
                _("People I look after"),
                [
                    _entry(each.name, (each.relation,), _labelled(_dependent_lines(each.day_place, each.may_collect)))
                    for each in chosen.dependents
                ],
            ),
            _block(
                _("People I keep away from"),
                [
                    _entry(each.name, (), _labelled([(_("If they come near"), each.if_near)]))
                    for each in chosen.kept_away
                ],
            ),
            _block(_("Days that count"), [_limit(each, formats) for each in chosen.limits]),
            _block(_("Papers"), [_tracked(each, formats) for each in chosen.papers]),
            _block(_("How it has been"), [_check_in(each, formats) for each in chosen.check_ins]),
        ],
        "empty": _("Nothing is written here yet. There is no hurry.") if chosen.nothing() else "",
        "room": data.room or chosen.nothing(),
    }


def _times(goals: Iterable[ChosenGoal], formats: Formats, areas: bool) -> list[dict[str, Any]]:
    found: dict[GoalTime, list[dict[str, Any]]] = {}
    for each in goals:
        found.setdefault(each.goal.time, []).append(_goal(each, formats, areas))
    return [{"heading": _(_TIME_WORDS[time]), "goals": found[time]} for time in GoalTime if time in found]


def _goal(chosen: ChosenGoal, formats: Formats, areas: bool) -> dict[str, Any]:
    goal = chosen.goal
    out: dict[str, Any] = {
        "title": plain(goal.title) or _("No name yet"),
        "aside": _joined(_(DOMAIN_WORDS[goal.domain]) if areas else "", _(_STATE_WORDS[goal.state])),
        "why": plain(goal.why),
        "steps": [_step(each, formats) for each in chosen.steps],
        "helpers": [{"name": plain(each.name), "how": plain(each.how)} for each in chosen.helpers],
        "barriers": [{"what": plain(each.what), "way": plain(each.way_round)} for each in chosen.barriers],
    }
    rows = len(out["steps"]) + len(out["helpers"]) + 2 * len(out["barriers"])
    out["long"] = _letters(out) + _ROW * rows > _WHOLE
    return out


def _step(step: Step, formats: Formats) -> dict[str, Any]:
    when = _day(step.done_on, formats) if step.done_on else plain(step.when)
    aside = _joined(when, plain(step.with_whom))
    out = {"text": plain(step.title) or _("No name yet"), "aside": aside, "done": bool(step.done_on)}
    out["below"] = len(aside) > _ASIDE
    out["long"] = _letters(out) > _WHOLE
    return out


def _dates(dates: Sequence[PaperDate], formats: Formats) -> dict[str, Any] | None:
    if not dates:
        return None
    rows = []
    for each in dates:
        what = each.appointment
        lines = _labelled(
            [
                (_("Where"), what.place),
                (_("Way there"), what.way_there),
                (_("Who comes along"), what.who_comes),
                (_("Child care"), what.child_care),
                (_("Interpreter"), what.interpreter),
                (_("To bring"), ", ".join(what.bring)),
                (_("To ask"), ", ".join(what.ask)),
            ]
        )
        row = {
            "day": _line(formats.day_with_weekday(each.day)),
            "time": _hours(each, formats),
            "title": plain(what.title) or _("Appointment"),
            "lines": lines,
        }
        rows.append({**row, "long": _letters(row) > _WHOLE})
    head = [c_("paper", "Day"), c_("paper", "Time"), c_("paper", "What")]
    return {"heading": _("Next appointments"), "head": head, "rows": rows}


def _person(contact: SupportContact) -> dict[str, Any]:
    lines = []
    if contact.phones:
        reach = [
            _reach(contact.call, _("Calling is all right"), _("Please do not call"), contact.call_when),
            _reach(contact.message, _("A message is all right"), _("Please leave no message"), contact.message_note),
            _reach(contact.text, _("Texting is all right"), _("Please do not text"), contact.text_note),
        ]
        lines = [{"label": "", "text": each} for each in reach if each]
    numbers = [_joined(plain(each.get("number", "")), plain(each.get("label", ""))) for each in contact.phones]
    return _entry(contact.name, (contact.role, contact.organisation), lines, numbers)


def _tracked(paper: TrackedPaper, formats: Formats) -> dict[str, Any]:
    names = ("where_to_ask", "cost", "fee_waiver", "safe_address", "note")
    lines = [(field_name("expires"), _day(paper.expires, formats) if paper.expires else "")]
    lines += [(field_name(name), str(getattr(paper, name))) for name in names]
    return _entry(paper.title, (_(STATES[paper.state]),), _labelled(lines))


def _limit(limit: TimeLimit, formats: Formats) -> dict[str, Any]:
    wall = due_wall(limit)
    day = wall.date() if isinstance(wall, dt.datetime) else wall
    hour = plain(formats.time(wall.time())) if isinstance(wall, dt.datetime) else ""
    when = _joined(plain(formats.day(day)), hour) if day is not None else _("Ask which day it is")
    lines = [(limit_field(name), str(getattr(limit, name))) for name in ("rule", "note")]
    return _entry(
        limit.title, (when,), [*_labelled(lines), {"label": "", "text": _("A lawyer must confirm this day.")}]
    )


def _check_in(check_in: CheckIn, formats: Formats) -> dict[str, Any]:
    ratings = in_order(check_in.ratings).items()
    said = [_("{scale}: {how}").format(scale=scale_words(name), how=step_words(value)) for name, value in ratings]
    return _entry(_day(check_in.day, formats), said, _labelled([(_("Note"), check_in.note)]))


def _entry(name: str, about: Iterable[str], lines: list[dict[str, str]], numbers: Sequence[str] = ()) -> dict[str, Any]:
    out = {"name": plain(name) or _("No name yet"), "about": _joined(*map(plain, about)), "numbers": list(numbers)}
    row = {**out, "lines": lines}
    return {**row, "long": _letters(row) > _WHOLE}


def _block(heading: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"heading": heading, "rows": rows}


def _dependent_lines(day_place: str, may_collect: Sequence[str]) -> list[tuple[str, str]]:
    return [(_("In the day"), day_place), (_("May collect"), ", ".join(may_collect))]


def _labelled(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"label": label, "text": plain(text)} for label, text in pairs if text.strip()]


def _reach(way: Reach, good: str, bad: str, note: str) -> str:
    said = {Reach.YES: good, Reach.NO: bad, Reach.UNKNOWN: ""}[way]
    return ": ".join(each for each in (said, plain(note)) if each)


def _hours(date: Dated, formats: Formats) -> str:
    if date.time is None:
        return ""
    start = plain(formats.time(date.time))
    return f"{start}–{plain(formats.time(date.ends))}" if date.ends else start


def _day(iso: str, formats: Formats) -> str:
    try:
        return plain(formats.day(dt.date.fromisoformat(iso)))
    except ValueError:  # a copy from elsewhere may hold other text
        return plain(iso)


def _joined(*texts: str) -> str:
    return ", ".join(each for each in texts if each)


def _letters(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(map(_letters, value.values()))
    return sum(map(_letters, value)) if isinstance(value, list) else 0
