"""Step 4: the plan by time and by part of life, with the keyboard."""

from __future__ import annotations

from planner.tour.hand import ALT, CONTROL, SHIFT, Key, NotThere
from planner.tour.made_up import Said
from planner.tour.stage import Stage
from planner.ui.pages.plan_steps import StepRow
from planner.words import _


def look(stage: Stage) -> None:
    """By time, and by part of life."""
    hand = stage.hand
    hand.press(_("My plan"))
    hand.picture("plan-by-time")
    hand.press(_("By part of life"))
    hand.picture("plan-by-part")
    hand.press(_("By time"))


def add_a_goal(stage: Stage, said: Said) -> None:
    """A goal in her own words and its steps, by keyboard alone."""
    hand = stage.hand
    hand.put_keyboard_on(_("Add a goal"))
    hand.key(Key.Key_Space)
    hand.type(said.goal)
    hand.picture("plan-new-goal")
    hand.key(Key.Key_Return)
    for step in said.steps:
        hand.type(step)
        hand.key(Key.Key_Return)
    hand.key(Key.Key_Return)
    hand.press(_("Why do you want this? So that …"))
    hand.type(said.why)
    hand.key(Key.Key_Return)
    hand.hush()
    hand.picture("plan-goal")


def steps_of(stage: Stage, title: str) -> list[str]:
    """The steps of a goal, in order."""
    goal = next(each for each in stage.session.goals(stage.me) if each.title == title)
    return [step.title for step in stage.session.parts(stage.me, goal.id).steps]


def move_and_tick(stage: Stage, said: Said) -> None:
    """A step goes down with Alt and the arrow key; another one is done."""
    hand = stage.hand
    first = _row(stage, said.steps[0])
    first.line.handle.setFocus()
    hand.key(Key.Key_Down, ALT)
    if steps_of(stage, said.goal)[1] != said.steps[0]:
        raise NotThere(f"{said.steps[0]!r} at the second place of {steps_of(stage, said.goal)}")
    _row(stage, said.steps[1]).line.tick.click()
    hand.settle()
    hand.picture("plan-moved-and-done")


def _row(stage: Stage, title: str) -> StepRow:
    for each in stage.hand.visible(StepRow):
        if each.step.title == title:
            return each
    raise NotThere(f"the step {title!r}")


def barrier(stage: Stage, said: Said) -> None:
    """What is in the way, and a way round."""
    hand = stage.hand
    hand.hush()
    hand.press(_("Write what is in the way"))
    hand.type_into(_("What is in the way"), said.barrier)
    hand.type_into(_("A way round"), said.way_round)
    hand.key(Key.Key_Escape)
    hand.scroll(1)
    hand.picture("plan-in-the-way")
    hand.scroll(0)


def undo_and_redo(stage: Stage) -> None:
    """Ctrl+Z takes back, Ctrl+Shift+Z does again."""
    hand = stage.hand
    hand.press(_("By time"))
    last = stage.session.undo_words()
    hand.key(Key.Key_Z, CONTROL)
    if stage.session.undo_words() == last:
        raise NotThere(f"{last!r} taken back")
    hand.picture("plan-taken-back")
    hand.key(Key.Key_Z, CONTROL | SHIFT)
    if stage.session.undo_words() != last:
        raise NotThere(f"{last!r} done again")
    hand.hush()


def rest_one(stage: Stage, said: Said) -> None:
    """Letting a goal rest is as good as finishing it."""
    hand = stage.hand
    hand.open_line(said.goal)
    hand.press(_("Let it rest"))
    hand.scroll(1)
    hand.picture("plan-resting")
    hand.hush()
    hand.scroll(0)
