"""What goes and what stays when something is erased, in plain sentences with counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from planner.plan.records import Appointment, CheckIn, Record, SupportContact
from planner.plan.scores import Score
from planner.session.erasing import Account, Belonging
from planner.session.types import Mode
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.session.core import Session
    from planner.store.backups import Backup

_LONGEST = 60


def record_account(session: Session, person: str, found: Belonging, backups: tuple[Backup, ...]) -> Account:
    """Of one record: itself, its parts, its papers; what is said of it elsewhere stays."""
    record = found.record
    title = short(record)
    counts = Counter(part.kind for part in found.parts)
    goes = [_("Everything written about {title}").format(title=title)]
    if isinstance(record, Appointment) and (record.repeat or record.extra_starts):
        goes.append(_("All its times, not only one"))
    goes += _counted(counts)
    papers = len(found.papers)
    if papers:
        goes.append(n_("{n} paper kept with it", "{n} papers kept with it", papers).format(n=papers))
    titles = session.forms.titles()
    forms = tuple(titles.get(each, each) for each in found.forms)
    stays = [_("The answers in the guided form “{form}”").format(form=each) for each in forms]
    if isinstance(record, SupportContact):
        stays.append(_("Goals and appointments this person comes with. Only the name is taken off there."))
    stays.append(_("Words about it that were written somewhere else"))
    if session.mode is Mode.WITH_OTHERS and session.only is None and session.store.notes(person):
        stays.append(_("Your notes"))
    stays += [_log_line(), *_held_copies(session, backups), _out_of_reach()]
    return Account(title, tuple(goes), tuple(stays), _offered(session, backups), forms)


def person_account(session: Session, person: str, backups: tuple[Backup, ...]) -> Account:
    """Of one person: everything."""
    store = session.store
    counts = Counter(row.kind for row in store.rows(person))
    papers = len(session.papers.of(person))
    name = session.find_person(person).shown
    goes = [_("The name, and everything written about {name}").format(name=name), *_counted(counts)]
    for number, words in (
        (
            len(store.fillings(person)),
            n_("Answers in {n} guided form", "Answers in {n} guided forms", len(store.fillings(person))),
        ),
        (len(store.notes(person)), n_("{n} note", "{n} notes", len(store.notes(person)))),
        (papers, n_("{n} paper", "{n} papers", papers)),
    ):
        if number:
            goes.append(words.format(n=number))
    goes.append(_("The lines about this person in “What was looked at and what left”"))
    stays = [
        _("Words about this person on other people's pages"),
        _("One line: that somebody was erased, and when. No name."),
        *_held_copies(session, backups),
        _out_of_reach(),
    ]
    return Account(name, tuple(goes), tuple(stays), _offered(session, backups))


def notebook_account(session: Session, backups: tuple[Backup, ...]) -> Account:
    """Of the whole notebook."""
    others = session.mode is Mode.WITH_OTHERS
    people = len(session.store.people())
    everything = (
        n_("Everything about {n} person", "Everything about {n} people", people).format(n=people)
        if others
        else _("Everything you wrote here: your plan, your people, your appointments, your answers and papers")
    )
    goes = [everything, _("The keys: your passphrase and the spare key open nothing any more")]
    if backups:
        goes.append(
            n_("The safety copy in its folder", "The {n} safety copies in its folder", len(backups)).format(
                n=len(backups)
            )
        )
    stays = [
        _out_of_reach(),
        _("The program itself, and other notebooks on this computer"),
        _(
            "Traces on the disk: some disks keep old pieces for a while, scrambled. The keys are destroyed first, "
            "so that they can hardly be read."
        ),
    ]
    return Account(_("this notebook"), tuple(goes), tuple(stays), backups)


def short(record: Record) -> str:
    """The words by which she knows a record, cut where they are long."""
    if isinstance(record, CheckIn):
        return _("one check-in")
    if isinstance(record, Score):
        return _("a number from a doctor or therapist")
    title = " ".join(record.title_text().split())
    if len(title) > _LONGEST:
        title = f"{title[:_LONGEST].rsplit(' ', 1)[0]} …"
    return _("“{words}”").format(words=title) if title else _("something without a name")


def _counted(counts: Counter[str]) -> list[str]:
    found = {
        "goal": n_("{n} goal", "{n} goals", counts["goal"]),
        "step": n_("{n} step", "{n} steps", counts["step"]),
        "barrier": n_("{n} thing that is in the way", "{n} things that are in the way", counts["barrier"]),
        "helper": n_("{n} line on who helps", "{n} lines on who helps", counts["helper"]),
        "appointment": n_("{n} appointment", "{n} appointments", counts["appointment"]),
        "outcome": n_("How {n} appointment went", "How {n} appointments went", counts["outcome"]),
        "contact": n_("{n} person in the circle", "{n} people in the circle", counts["contact"]),
        "dependent": n_("{n} person to look after", "{n} people to look after", counts["dependent"]),
        "tracked-paper": n_(
            "What is written about {n} paper", "What is written about {n} papers", counts["tracked-paper"]
        ),
        "clock": n_("{n} time limit", "{n} time limits", counts["clock"]),
        "check-in": n_("{n} check-in", "{n} check-ins", counts["check-in"]),
        "score": n_("{n} number from a doctor or therapist", "{n} numbers from doctors or therapists", counts["score"]),
        "safety-line": n_("{n} line of an own page", "{n} lines of an own page", counts["safety-line"]),
    }
    return [words.format(n=counts[kind]) for kind, words in found.items() if counts[kind]]


def _offered(session: Session, backups: tuple[Backup, ...]) -> tuple[Backup, ...]:
    """Copies hold everybody; a hold on one keeps them all."""
    return () if session.erasing.anyone_held() else backups


def _held_copies(session: Session, backups: tuple[Backup, ...]) -> list[str]:
    if not backups or not session.erasing.anyone_held():
        return []
    words = n_(
        "{n} safety copy that still holds it, because everything is kept for somebody else",
        "{n} safety copies that still hold it, because everything is kept for somebody else",
        len(backups),
    )
    return [words.format(n=len(backups))]


def _log_line() -> str:
    return _("One line: that something was erased, and when. Not what it said.")


def _out_of_reach() -> str:
    return _("Copies on paper, on other devices, or with somebody else. This program cannot reach those.")
