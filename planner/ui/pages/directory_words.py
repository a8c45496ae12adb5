"""Words for places and services: what they are for, what they cost, what is easy there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.exchange.services_read import Why
from planner.packs.services import MANY, Cost, Ease, Need, OwnService
from planner.session.directory import Listing
from planner.ui.kit.lists import Line
from planner.ui.pages.people_words import language_words
from planner.words import N_, _, n_

if TYPE_CHECKING:
    from datetime import date

    from planner.session.directory_lists import DirectoryPreview
    from planner.ui.formats import Formats

NEEDS: dict[Need, tuple[str, str]] = {
    Need.TALK: (N_("Someone to talk to now"), "message"),
    Need.STAY: (N_("A safe place to stay"), "home"),
    Need.FOOD: (N_("Food and clothes"), "services"),
    Need.HEALTH: (N_("A doctor or a clinic"), "health"),
    Need.HEALING: (N_("Talking and healing"), "mind"),
    Need.SUBSTANCES: (N_("Alcohol and drugs"), "health"),
    Need.LAW: (N_("A lawyer, the law"), "law"),
    Need.IMMIGRATION: (N_("Immigration"), "globe"),
    Need.PAPERS: (N_("Papers and cards"), "papers"),
    Need.MONEY: (N_("Money and debt"), "money"),
    Need.WORK: (N_("Work and pay"), "work"),
    Need.SCHOOL: (N_("Learning"), "learn"),
    Need.FAMILY: (N_("Children and family"), "family"),
    Need.ONLINE: (N_("Phone and pictures online"), "phone"),
}
"""What somebody may look for, and its icon."""

COSTS: dict[Cost, str] = {
    Cost.FREE: N_("Free"),
    Cost.BY_INCOME: N_("By what you earn"),
    Cost.COSTS: N_("It costs something"),
}

EASES: dict[Ease, str] = {
    Ease.NO_ID: N_("No ID needed"),
    Ease.NO_PAPERS: N_("No immigration papers needed"),
    Ease.NO_REPORT: N_("They report nothing without a yes"),
    Ease.CHILDREN: N_("Children can come"),
    Ease.NIGHT: N_("Open at night"),
    Ease.WRITE: N_("You can write instead of talking"),
    Ease.NO_TRAVEL: N_("No travel: by phone, or they come"),
    Ease.ALL_GENDERS: N_("Open to all genders"),
    Ease.RECORD: N_("A police record does not matter"),
    Ease.USING: N_("Open to people who drink or use"),
    Ease.PETS: N_("Pets can come"),
    Ease.STEP_FREE: N_("No steps to climb"),
}

FIELDS: dict[str, str] = {
    "name": N_("Name"),
    "purpose": N_("What it is for"),
    "needs": N_("What people find there"),
    "phones": N_("Phone numbers"),
    "email": N_("E-mail"),
    "site": N_("On the web"),
    "address": N_("Address"),
    "show_address": N_("Show the address"),
    "languages": N_("Languages"),
    "cost": N_("Cost"),
    "cost_note": N_("More about the cost"),
    "eases": N_("What is easy there"),
    "hours": N_("When it is open"),
    "note": N_("Note"),
    "checked": N_("Last checked on"),
}
"""The fields of an own entry as they are called."""


def field_words(name: str) -> str:
    """What a field is called."""
    return _(FIELDS[name])


WHYS: dict[Why, str] = {
    Why.NO_NAME: N_("It has no name."),
    Why.CLOSED: N_("The list says that it is closed now."),
    Why.TWICE: N_("It is in the list twice."),
}


def spoken(kept: str) -> str:
    """A language, or interpreters for many."""
    return _("Many languages, with an interpreter") if kept == MANY else language_words(kept)


def need_words(kept: str) -> str:
    """What somebody looks for."""
    return _(NEEDS[Need(kept)][0])


def ease_words(kept: str) -> str:
    """What is easy there."""
    return _(EASES[Ease(kept)])


def cost_words(kept: str) -> str:
    """What it costs; "" when nobody says."""
    return _(COSTS[Cost(kept)]) if kept else ""


def icon_of(listing: Listing) -> str:
    """By the first of its needs; nearly every line can be talked to, so that comes last."""
    order = [*(each for each in Need if each is not Need.TALK), Need.TALK]
    return next((NEEDS[each][1] for each in order if each in listing.needs), "services")


def value_words(entry: OwnService, name: str, formats: Formats) -> str:
    """A field of an entry in words, for what a list would change; "" where it is empty."""
    value = getattr(entry, name)
    if name == "phones":
        return ", ".join(" ".join(filter(None, (each["number"], each.get("label", "")))) for each in value)
    if name in {"needs", "eases", "languages"}:
        words = {"needs": need_words, "eases": ease_words, "languages": spoken}[name]
        return ", ".join(words(each) for each in value)
    if name == "cost":
        return cost_words(value)
    if name == "checked":
        return day_words(value, formats)
    return str(value) if isinstance(value, str) else ""


def day_words(day: str, formats: Formats) -> str:
    """A kept day in words."""
    from datetime import date

    return formats.day(date.fromisoformat(day)) if day else ""


def line_of(listing: Listing, today: date) -> Line:
    """A place as a line of the list."""
    check = (("why", _("Please check")),) if listing.please_check(today) else ()
    number = next(iter(listing.numbers), "")
    from_whom = _("From {giver}").format(giver=listing.giver) if listing.giver else ""
    detail = " · ".join(filter(None, (" ".join(listing.purpose.split()), from_whom)))
    return Line(listing.id, listing.name, detail, icon=icon_of(listing), trail=number, chips=check)


def preview_words(preview: DirectoryPreview) -> str:
    """How many places a list has, in one sentence."""
    count = len(preview.rows)
    return n_("{n} place is in this list.", "{n} places are in this list.", count).format(n=count)


def came_in_words(new: int, changed: int) -> str:
    """What came of bringing a list in."""
    said = []
    if new:
        said.append(n_("{n} place came in.", "{n} places came in.", new).format(n=new))
    if changed:
        said.append(
            n_("{n} place reads differently now.", "{n} places read differently now.", changed).format(n=changed)
        )
    return " ".join(said) or _("Nothing came in.")
