"""The map of the law, days seen over months, numbers from a clinician, and words of her own in a quiet moment."""

from __future__ import annotations

from datetime import timedelta

from planner.plan.records import CheckIn
from planner.plan.scores import Score
from planner.tour.stage import TODAY, Stage
from planner.tour.steps_form import until
from planner.words import _

LAW = "legal-map"
WEEKS = (
    {"mood": 2, "sleep": 1, "safety": 2, "hope": 2},
    {"mood": 2, "sleep": 2, "safety": 3, "closeness": 2, "body": 2},
    {"mood": 3, "sleep": 2, "safety": 3, "hope": 2, "closeness": 2},
    {"mood": 2, "sleep": 3, "safety": 2, "hope": 3, "body": 3},
    {"mood": 3, "sleep": 3, "safety": 4, "hope": 3, "closeness": 3, "body": 3},
    {"mood": 4, "sleep": 3, "safety": 4, "hope": 4, "closeness": 3},
)
"""Made-up ratings, a week apart; the last one is of a week before today."""


def law(stage: Stage, before: str = "") -> None:
    """The map of the law: where to begin, one kind of permit, a list of papers; then the answers are thrown away."""
    hand, forms = stage.hand, stage.session.forms
    stage.shell.go("form", form=LAW)
    hand.hush()
    hand.picture(f"{before}law")
    until(stage, "topics")
    hand.choose("stay", "costs")
    hand.picture(f"{before}law-map")
    for part in ("stay", "costs"):
        until(stage, f"/data/{part}/")
        hand.picture(f"{before}law-{part}")
        hand.press(_("Next"))
        hand.picture(f"{before}law-{part}-more")
    until(stage, "summary")
    hand.picture(f"{before}law-read-over")
    stage.shell.go("today")
    for row in forms.unfinished(stage.me):
        if row.form == LAW:
            forms.throw_away(row.id)


def weeks(stage: Stage) -> None:
    """Put made-up weeks and numbers into the notebook."""
    with stage.session.edit(stage.me, "Weeks") as edit:
        for back, ratings in enumerate(reversed(WEEKS), start=1):
            scales = tuple({"name": name, "value": str(value)} for name, value in ratings.items())
            edit.add(CheckIn(day=(TODAY - timedelta(weeks=back)).isoformat(), scales=scales))
        for instrument, total, ago in (("phq-9", 14, 40), ("phq-9", 9, 5)):
            edit.add(Score(instrument=instrument, total=total, day=(TODAY - timedelta(days=ago)).isoformat()))


def over_time(stage: Stage, before: str = "") -> None:
    """Days as a chart and as a table, the numbers from a clinician, and words of her own."""
    hand = stage.hand
    stage.shell.go("check-ins")
    hand.hush()
    hand.press(_("Over time"))
    hand.picture(f"{before}days-chart")
    hand.press(_("As a table"))
    hand.picture(f"{before}days-table")
    hand.press(_("Days"))
    stage.shell.go("scores")
    hand.picture(f"{before}numbers")
    stage.shell.go("scores", score=stage.session.scores(stage.me)[0].id)
    hand.picture(f"{before}number")
    stage.shell.go("moment")
    hand.press(_("My words"))
    hand.picture(f"{before}moment-words")
    stage.shell.go("today")
