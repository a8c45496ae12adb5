"""The parts of a life that a plan speaks of, and the section in which each is kept.

A section is the smallest piece that can be shared with someone, because a document cannot be shared in part
(DESIGN, section 1). The 22 life domains follow the service domains of the field (FIELD, section C).
"""

from __future__ import annotations

from enum import StrEnum

from planner.words import N_


class Section(StrEnum):
    """One document of a person's plan."""

    EVERYDAY = "everyday"
    SAFETY = "safety"
    HEALTH = "health"
    LAW = "law"
    MONEY_AND_PAPERS = "money-and-papers"
    PEOPLE = "people"
    MINE_ALONE = "mine-alone"


class LifeDomain(StrEnum):
    """A part of life in which goals are set."""

    SAFETY = "safety"
    BASIC_NEEDS = "basic-needs"
    PAPERS = "papers"
    HOME = "home"
    HEALTH = "health"
    HEALING = "healing"
    SUBSTANCE_USE = "substance-use"
    T_STATUS = "t-status"
    CONTINUED_PRESENCE = "continued-presence"
    U_STATUS = "u-status"
    RECORD_RELIEF = "record-relief"
    PROTECTIVE_ORDER = "protective-order"
    VICTIM_RIGHTS = "victim-rights"
    COMPENSATION = "compensation"
    MONEY = "money"
    SCHOOL = "school"
    WORK = "work"
    FAMILY = "family"
    PEOPLE = "people"
    STIGMA = "stigma"
    DEVICES = "devices"
    YEARS_AFTER = "years-after"


_LAW = (
    LifeDomain.T_STATUS,
    LifeDomain.CONTINUED_PRESENCE,
    LifeDomain.U_STATUS,
    LifeDomain.RECORD_RELIEF,
    LifeDomain.PROTECTIVE_ORDER,
    LifeDomain.VICTIM_RIGHTS,
    LifeDomain.COMPENSATION,
)

SECTION_OF: dict[LifeDomain, Section] = {
    LifeDomain.SAFETY: Section.SAFETY,
    LifeDomain.DEVICES: Section.SAFETY,
    LifeDomain.BASIC_NEEDS: Section.EVERYDAY,
    LifeDomain.HOME: Section.EVERYDAY,
    LifeDomain.SCHOOL: Section.EVERYDAY,
    LifeDomain.WORK: Section.EVERYDAY,
    LifeDomain.YEARS_AFTER: Section.EVERYDAY,
    LifeDomain.HEALTH: Section.HEALTH,
    LifeDomain.HEALING: Section.HEALTH,
    LifeDomain.SUBSTANCE_USE: Section.HEALTH,
    LifeDomain.PAPERS: Section.MONEY_AND_PAPERS,
    LifeDomain.MONEY: Section.MONEY_AND_PAPERS,
    LifeDomain.FAMILY: Section.PEOPLE,
    LifeDomain.PEOPLE: Section.PEOPLE,
    LifeDomain.STIGMA: Section.PEOPLE,
    **dict.fromkeys(_LAW, Section.LAW),
}

# Neutral words for the screen and for paper (DESIGN, section 4). Several legal domains share one word on purpose:
# which law it is stands in the goal itself, never in a heading that others may read.
DOMAIN_WORDS: dict[LifeDomain, str] = {
    LifeDomain.SAFETY: N_("Feeling safe"),
    LifeDomain.BASIC_NEEDS: N_("Everyday needs"),
    LifeDomain.PAPERS: N_("Papers"),
    LifeDomain.HOME: N_("Home"),
    LifeDomain.HEALTH: N_("Health"),
    LifeDomain.HEALING: N_("Healing"),
    LifeDomain.SUBSTANCE_USE: N_("Alcohol and drugs"),
    LifeDomain.MONEY: N_("Money"),
    LifeDomain.SCHOOL: N_("Learning"),
    LifeDomain.WORK: N_("Work"),
    LifeDomain.FAMILY: N_("Family"),
    LifeDomain.PEOPLE: N_("People around me"),
    LifeDomain.STIGMA: N_("What I tell others"),
    LifeDomain.DEVICES: N_("Phone and accounts"),
    LifeDomain.YEARS_AFTER: N_("The years ahead"),
    **dict.fromkeys(_LAW, N_("Law")),
}

DOMAIN_ICONS: dict[LifeDomain, str] = {
    LifeDomain.SAFETY: "shield",
    LifeDomain.BASIC_NEEDS: "home",
    LifeDomain.PAPERS: "papers",
    LifeDomain.HOME: "home",
    LifeDomain.HEALTH: "health",
    LifeDomain.HEALING: "mind",
    LifeDomain.SUBSTANCE_USE: "health",
    LifeDomain.MONEY: "money",
    LifeDomain.SCHOOL: "learn",
    LifeDomain.WORK: "work",
    LifeDomain.FAMILY: "family",
    LifeDomain.PEOPLE: "people",
    LifeDomain.STIGMA: "speak",
    LifeDomain.DEVICES: "phone",
    LifeDomain.YEARS_AFTER: "sun",
    **dict.fromkeys(_LAW, "law"),
}
