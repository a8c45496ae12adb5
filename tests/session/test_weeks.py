"""The weekly check-in, week after week in one notebook: each its own day and its own small step under one goal."""

from __future__ import annotations

from datetime import timedelta

from planner.plan.records import PaperState
from planner.session.types import Choice, Decision
from tests.session.conftest import Kept


def finish(kept: Kept, form: str, **answers: str) -> list[str]:
    """Answer, keep all that is proposed; the kinds of what was proposed."""
    desk = kept.session.forms.open(kept.me, form)
    for name, value in answers.items():
        desk.filling.answer(name, value)
    desk.save()
    offered = desk.proposals()
    desk.finish(offered, [Decision(each.origin, Choice.KEEP) for each in offered])
    return sorted(each.kind for each in offered)


def test_each_week_is_a_check_in_of_its_own_and_a_step_that_is_done_stays(kept: Kept) -> None:
    finish(kept, "weekly-check-in", sleep="2", small="rest")
    session = kept.session
    (goal,) = session.goals(kept.me)
    (first,) = session.parts(kept.me, goal.id).steps
    with session.edit(kept.me, "Done") as edit:
        edit.change(first.id, done_on="2026-03-14")
    kept.now += timedelta(days=7)
    desk = session.forms.open(kept.me, "weekly-check-in")
    assert desk.proposals() == [], "nothing of last week comes along"
    assert finish(kept, "weekly-check-in", sleep="4", small="outside") == ["check-in", "step"]
    assert session.goals(kept.me) == [goal]
    steps = session.parts(kept.me, goal.id).steps
    assert [(each.title, each.done_on) for each in steps] == [
        ("Go to bed a bit earlier", "2026-03-14"),
        ("Go outside for a while", ""),
    ]
    days = {each.day: each.ratings for each in session.check_ins(kept.me)}
    assert days == {"2026-03-12": {"sleep": 2}, "2026-03-19": {"sleep": 4}}


def test_a_week_that_was_begun_and_left_keeps_its_answers(kept: Kept) -> None:
    finish(kept, "weekly-check-in", sleep="2")
    desk = kept.session.forms.open(kept.me, "weekly-check-in")
    desk.filling.answer("mood", "3")
    desk.save()
    kept.lock_and_open()
    filling = kept.session.forms.open(kept.me, "weekly-check-in").filling
    assert (filling.value("mood"), filling.value("sleep")) == ("3", "")


def test_papers_are_tracked_and_what_is_not_needed_any_more_is_changed(kept: Kept) -> None:
    assert finish(kept, "my-papers", birth="missing", school="not-needed", first="birth") == ["goal", "paper"]
    session = kept.session
    (paper,) = session.tracked_papers(kept.me)
    assert (paper.title, paper.state) == ("Birth record", PaperState.MISSING)
    (goal,) = session.goals(kept.me)
    assert "Ask first for: Birth record" in [each.title for each in session.parts(kept.me, goal.id).steps]
    assert session.forms.open(kept.me, "my-papers").proposals() == []
    assert finish(kept, "my-papers", birth="not-needed") == ["paper"]
    assert [each.state for each in session.tracked_papers(kept.me)] == [PaperState.NOT_NEEDED]
