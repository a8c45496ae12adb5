"""Several notebooks side by side: one more of them, for every day; the log, and what is about to go."""

from __future__ import annotations

from datetime import timedelta

from planner.exchange.gate import Leaving, Left, PaperKind
from planner.keys import Cost
from planner.sample import SAMPLE_PASSPHRASE
from planner.settings import EVERYDAY
from planner.store.local import Local
from planner.store.notebooks import Notebook
from planner.tour.hand import CONTROL, Key, NotThere
from planner.tour.made_up import SECOND_PASSPHRASE, Said
from planner.tour.stage import NOW, Stage
from planner.words import _

LABELS = {"en": ("Garden", "Kitchen", "Notes"), "es": ("Cocina", "Jardín", "Notas")}


def three_on_the_lock_screen(stage: Stage, language: str, theme: str, text_size: int = 100) -> None:
    """By their labels, and in their order; nothing tells whose they are."""
    for label in LABELS[language]:
        Notebook.create(stage.folder, SAMPLE_PASSPHRASE, label, Cost()).close()
    labels = Local.read(stage.folder).labels
    Local(language=language, theme=theme, text_size=text_size, labels=labels).write(stage.folder)
    hand = stage.start(language=language, theme=theme, text_size=text_size)
    hand.wait_to_see(_("Make another notebook"))
    hand.picture("lock-screen-several")
    hand.press_beginning(_("Notebook"))
    hand.picture("lock-screen-choose")
    hand.key(Key.Key_Escape)


def make_another(stage: Stage, said: Said) -> None:
    """First start's stops again, with a label; the last one for every day, filled."""
    hand = stage.hand
    hand.press(_("Make another notebook"))
    hand.wait_to_see(_("For every day"))
    hand.press(_("For every day"))
    hand.picture("another-who")
    hand.press(_("Next"))
    hand.picture("another-label")
    hand.press(_("Next"))
    hand.type_into(_("What shall we call you here?"), said.name)
    hand.press(_("Put some everyday things in to begin with"))
    hand.picture("another-to-begin-with")
    hand.press(_("Next"))
    hand.type_into(_("Passphrase"), SECOND_PASSPHRASE)
    hand.type_into(_("Once more"), SECOND_PASSPHRASE)
    hand.press(_("Make the notebook"))
    hand.wait_to_see(_("Would you like a spare key?"))
    hand.press(_("Not now"))
    hand.wait_for(lambda: stage.program.session is not None, "the open notebook")
    if stage.session.setting("contents") != EVERYDAY:
        raise NotThere("a notebook for every day")


def for_every_day(stage: Stage) -> None:
    """Its plain pages, which say nothing of when it was opened before."""
    hand = stage.hand
    for page in ("today", "plan", "calendar", "people", "papers", "settings"):
        stage.shell.go(page)
        hand.hush()
        hand.picture(f"everyday-{page}")
    hand.scroll(1)
    hand.picture("everyday-settings-below")
    hand.scroll(0)
    hand.key(Key.Key_L, CONTROL)
    stage.start_again()
    hand = stage.hand
    hand.press_beginning(_("Notebook"))
    hand.press(_("Notebook {n}").format(n=4))
    hand.type_into(_("Passphrase"), SECOND_PASSPHRASE)
    hand.key(Key.Key_Return)
    hand.wait_for(lambda: stage.program.session is not None, "the open notebook")
    hand.picture("everyday-open-again")


def log_and_keeping(stage: Stage) -> None:
    """For a worker: what was looked at and what left, and what was kept long enough."""
    hand, session, store = stage.hand, stage.session, stage.session.store
    someone = session.people()[0].id
    old = NOW - timedelta(days=400)
    for day in range(9):
        at = (old + timedelta(days=day)).isoformat(timespec="seconds")
        store.log(at, "left", someone, Leaving(what=Left.PRINTED, paper=PaperKind.SLIP).detail())
    store.log(session.stamp(), "left", someone, Leaving(what=Left.PRINTED, paper=PaperKind.PLAN, pages=3).detail())
    session.choose(someone)
    session.choose(None)
    resting = session.people()[-1].id
    session.change_person(resting, resting=True)
    session.settle()
    store.set(f"changed/{resting}", (old - timedelta(days=800)).date().isoformat())
    session.set_setting("keep_resting_years", 3)
    session.change_person(session.people()[0].id, resting=False)
    store.set(f"changed/{resting}", (old - timedelta(days=800)).date().isoformat())
    session.settle()
    stage.shell.go("today")
    hand.wait_to_see(_("Keep longer"))
    hand.scroll(1)
    hand.picture("going")
    hand.press(_("Look"))
    hand.picture("going-looked-at")
    hand.press(_("All right"), place=-1)
    hand.press(_("Keep longer"))
    hand.picture("keeping")
    stage.shell.go("activity")
    hand.hush()
    hand.picture("log")
