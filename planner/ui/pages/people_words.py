"""Words for the people in somebody's life, and how they stand in a list."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from planner.plan.records import Dependent, Reach, Ring, SupportContact
from planner.session.types import Mode
from planner.ui.kit.lists import Line
from planner.ui.people_words import tone_of
from planner.words import N_, _, c_, n_

if TYPE_CHECKING:
    from planner.ui.formats import Formats
    from planner.ui.page import Desk

HEAD = "head:"
LANGUAGES: dict[str, str] = {
    "am": N_("Amharic"),
    "ar": N_("Arabic"),
    "bn": N_("Bengali"),
    "de": N_("German"),
    "en": N_("English"),
    "es": N_("Spanish"),
    "fa": N_("Persian"),
    "fr": N_("French"),
    "ht": N_("Haitian Creole"),
    "hi": N_("Hindi"),
    "hmn": N_("Hmong"),
    "ja": N_("Japanese"),
    "ko": N_("Korean"),
    "ne": N_("Nepali"),
    "pa": N_("Punjabi"),
    "pt": N_("Portuguese"),
    "ro": N_("Romanian"),
    "ru": N_("Russian"),
    "so": N_("Somali"),
    "sw": N_("Swahili"),
    "th": N_("Thai"),
    "ti": N_("Tigrinya"),
    "tl": N_("Tagalog"),
    "uk": N_("Ukrainian"),
    "ur": N_("Urdu"),
    "vi": N_("Vietnamese"),
    "yo": N_("Yoruba"),
    "zh": N_("Chinese"),
}
"""Languages that are kept by their code (ISO 639) and said in the language of the screen; others stay as typed."""


def hers(desk: Desk) -> bool:
    """Whether the one whose people these are is at the screen, so that it may say "me"."""
    return desk.session.mode is Mode.FOR_ME or desk.session.only is not None


def owner_name(desk: Desk) -> str:
    """The name of the one whose people these are; "" when there is none."""
    person = desk.session.person
    return person.shown if person is not None else ""


def shown_name(record: SupportContact | Dependent) -> str:
    """The name, or words that say there is none yet."""
    return record.name or _("No name yet")


def ring_words(ring: Ring) -> str:
    """How near somebody is, as the head of a list."""
    return {
        Ring.CLOSE: c_("how near", "Close"),
        Ring.AROUND: c_("how near", "Around"),
        Ring.FURTHER: c_("how near", "Further"),
    }[ring]


def ring_sentence(ring: Ring, desk: Desk) -> str:
    """How near somebody is, as it stands on their card."""
    if hers(desk):
        return {Ring.CLOSE: _("Close to me."), Ring.AROUND: _("Around me."), Ring.FURTHER: _("Further from me.")}[ring]
    words = {
        Ring.CLOSE: _("Close to {name}."),
        Ring.AROUND: _("Around {name}."),
        Ring.FURTHER: _("Further from {name}."),
    }
    return words[ring].format(name=owner_name(desk))


def about_words(contact: SupportContact, desk: Desk) -> str:
    """Who somebody is, in one line, as in "A friend. Close to me."."""
    role = contact.role.strip()
    near = "" if contact.keep_away else ring_sentence(contact.ring, desk)
    if role and role[-1] not in ".!?…":
        role = f"{role}."
    return " ".join(part for part in (role, near) if part)


def looked_after_words(desk: Desk) -> str:
    """The head above children and others."""
    if hers(desk):
        return _("Children and others I look after")
    return _("Children and others {name} looks after").format(name=owner_name(desk))


def if_near_words(desk: Desk) -> str:
    """What is asked about somebody to be careful with."""
    return _("What I do if they turn up") if hers(desk) else _("What to do if they turn up")


def call_words(reach: Reach) -> str:
    """Whether calling is safe."""
    return {Reach.YES: _("Call: yes"), Reach.NO: _("Call: no"), Reach.UNKNOWN: _("Call: not sure")}[reach]


def message_words(reach: Reach) -> str:
    """Whether leaving a message is safe."""
    return {
        Reach.YES: _("Leave a message: yes"),
        Reach.NO: _("Leave a message: no"),
        Reach.UNKNOWN: _("Leave a message: not sure"),
    }[reach]


def text_words(reach: Reach) -> str:
    """Whether a text message is safe."""
    return {Reach.YES: _("Text: yes"), Reach.NO: _("Text: no"), Reach.UNKNOWN: _("Text: not sure")}[reach]


def language_words(kept: str) -> str:
    """A language as it is said; what is no known code stays as it was typed."""
    words = _(LANGUAGES[kept]) if kept in LANGUAGES else kept
    return words[:1].upper() + words[1:]


def language_kept(typed: str) -> str:
    """The code of a language whose name was typed, in the language of the screen or in English; else what was typed."""
    plain = bare(typed)
    for code, words in LANGUAGES.items():
        if plain in (bare(words), bare(_(words))):
            return code
    return typed


def joined(words: Sequence[str]) -> str:
    """The words as a list in a sentence: "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return _("{these} and {last}").format(these=", ".join(words[:-1]), last=words[-1])


def born_words(born: str, today: date, formats: Formats) -> str:
    """A birthday with the age; a day that cannot be read stays as it was written."""
    day = as_day(born)
    if day is None:
        return born
    years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    if years < 0:
        return formats.day_full(day)
    age = n_("{n} year old", "{n} years old", years).format(n=years)
    return f"{formats.day_full(day)}, {age}"


def as_day(text: str) -> date | None:
    """A day in ISO 8601, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def bare(text: str) -> str:
    """Small letters without accents, one space between words, to compare by."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def meant(search: str, *texts: str) -> bool:
    """Whether every word typed stands somewhere in these texts."""
    whole = bare(" ".join(texts))
    return all(word in whole for word in bare(search).split())


def found_contacts(contacts: Sequence[SupportContact], search: str) -> list[SupportContact]:
    """Those whose name, role or organisation has what was typed."""
    return [each for each in contacts if meant(search, each.name, each.role, each.organisation)]


def found_dependents(dependents: Sequence[Dependent], search: str) -> list[Dependent]:
    """Those whose name, relation or place in the day has what was typed."""
    return [each for each in dependents if meant(search, each.name, each.relation, each.day_place)]


def people_lines(
    contacts: Sequence[SupportContact], dependents: Sequence[Dependent], desk: Desk, *, narrowed: bool = False
) -> list[Line]:
    """Who is close, who is around, who is further, then those who are looked after.

    All three groups are there as in the circle, so that somebody can be moved to each; ``narrowed`` to what was typed,
    only those with somebody in them.
    """
    lines: list[Line] = []
    for ring in Ring if contacts else ():
        near = [each for each in contacts if each.ring is ring]
        head = ring_words(ring) if near else _("{group}: nobody yet").format(group=ring_words(ring))
        if near or not narrowed:
            lines.append(Line(f"{HEAD}{ring.value}", head, section=True))
            lines += [replace(contact_line(each), movable=True, group="people") for each in near]
    if dependents:
        lines.append(Line(f"{HEAD}looked-after", looked_after_words(desk), section=True))
        lines += [_line(each, each.relation) for each in dependents]
    return lines


def moved_words(name: str, ring: Ring) -> str:
    """What is said when somebody was moved."""
    words = {
        Ring.CLOSE: _("{name} is close now."),
        Ring.AROUND: _("{name} is around now."),
        Ring.FURTHER: _("{name} is further away now."),
    }
    return words[ring].format(name=name)


def no_further_words(name: str, step: int) -> str:
    """What is said when somebody cannot come closer (-1) or go further (1)."""
    words = _("{name} is as close as can be.") if step < 0 else _("{name} is on the outermost ring.")
    return words.format(name=name)


def contact_line(contact: SupportContact) -> Line:
    """Somebody in the list."""
    return _line(contact, contact.role or contact.organisation)


def _line(record: SupportContact | Dependent, detail: str) -> Line:
    name = shown_name(record)
    return Line(record.id, name, detail, letter=record.name[:1].upper() or "?", tone=tone_of(record.id))
