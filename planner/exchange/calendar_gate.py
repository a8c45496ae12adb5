"""What a calendar file tells, in words before it leaves; what is held back until it is chosen by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from planner.exchange.calendar_write import Leaves, Told
from planner.exchange.gate import alone, phone_like, stands_in, where_words
from planner.plan.life import Section
from planner.plan.records import Appointment, SupportContact
from planner.words import _, n_


class Held(StrEnum):
    """Why an appointment stays out of a file unless it is chosen by itself."""

    MINE_ALONE = "mine-alone"
    KEPT_AWAY = "kept-away"


def held_back(appointment: Appointment, kept_away: Iterable[SupportContact]) -> Held | None:
    """Why an appointment is held back; ``kept_away`` are the people she keeps away from."""
    if appointment.home() is Section.MINE_ALONE or any(appointment.rivals.get("mine_alone", ())):
        return Held.MINE_ALONE
    texts = [
        *(appointment.title, appointment.place, appointment.way_there, appointment.who_comes, appointment.note),
        *(appointment.child_care, appointment.interpreter, *appointment.bring, *appointment.ask),
    ]
    for each in kept_away:
        if appointment.contact == each.id or stands_in(each.name, texts):
            return Held.KEPT_AWAY
    return None


def calendar_reveals(times: Sequence[Leaves], told: Told, *, rule: bool = False) -> list[str]:
    """What someone who opens the file learns. ``rule`` says that a whole row of times leaves with its rule."""
    if not times:
        return [_("There is nothing to save in this time.")]
    return list(_sentences(times, told, rule=rule))


def _sentences(times: Sequence[Leaves], told: Told, *, rule: bool) -> Iterator[str]:
    days = len({each.time.starts[:10] for each in times})
    if rule:
        yield _("It shows on which days this appointment is, also later ones.")
        if times[0].time.starts_utc is not None:
            yield _("It names the time zone of the appointment, and with it a part of the world.")
    else:
        yield n_(
            "It shows that there is an appointment on {n} day.", "It shows appointments on {n} days.", days
        ).format(n=days)
    records = list({each.appointment.id: each.appointment for each in times}.values())
    texts: list[str] = []
    if told.titles:
        titles = [each.title for each in records if each.title.strip()]
        texts += titles
        if titles:
            yield n_(
                "It says what {n} appointment is about.", "It says what {n} appointments are about.", len(titles)
            ).format(n=len(titles))
    else:
        yield _("Each is called only “Appointment”.")
    if told.places:
        texts += [each.place for each in records if each.place.strip()]
        where = len({each.time.starts[:10] for each in times if each.appointment.place.strip()})
        if where:
            yield where_words(where)
    numbers = sum(map(phone_like, texts))
    if numbers:
        yield n_(
            "In your own words stands {n} number that looks like a phone number.",
            "In your own words stand {n} numbers that look like phone numbers.",
            numbers,
        ).format(n=numbers)
    yield from alone(records)
