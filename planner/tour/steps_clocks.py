"""Time limits: one taken over, one whose day has gone by, how they warn, and what still helps in the first days."""

from __future__ import annotations

from datetime import date, timedelta

from planner.tour.hand import Key
from planner.tour.stage import TODAY, Stage
from planner.words import _, language


def time_limits(stage: Stage) -> None:
    """They stay in the plan only until they are undone."""
    hand = stage.hand
    stage.shell.go("clocks")
    hand.picture("limits-empty")
    _taken_over(stage, "hearing", TODAY + timedelta(days=4), pictures=True)
    _taken_over(stage, "letter", TODAY - timedelta(days=2), pictures=False)
    hand.picture("limit-gone-by")
    hand.press(_("All time limits"))
    hand.picture("limits")
    hand.press(_("Care in the first days"))
    hand.picture("limits-first-days")
    stage.shell.go("today")
    hand.picture("today-limits")
    stage.shell.go("calendar")
    hand.picture("calendar-limits")
    for _time in range(2):
        stage.shell.undo()
        hand.hush()


def _taken_over(stage: Stage, limit: str, last: date, *, pictures: bool) -> None:
    """Chosen from the list, with its last day typed in."""
    hand = stage.hand
    template = stage.session.content.time_limit(limit)
    assert template is not None
    assert template.ask is not None
    stage.shell.go("clocks", add="yes")
    if pictures:
        hand.picture("limits-to-choose")
    hand.open_line(template.title.get(language()))
    hand.type_anew(template.ask.get(language()), stage.shell.formats.day_full(last))
    hand.key(Key.Key_Tab)
    if pictures:
        hand.picture("limit-taken-over")
    hand.press(_("Put into my time limits"))
    if pictures:
        hand.picture("limit")
