"""Guided forms on a real notebook: saved, resumed, finished into the plan, answered again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from planner.forms import Way
from planner.plan.life import LifeDomain
from planner.plan.records import GoalState, Step, WrittenBy
from planner.session import Mode, OutOfReach
from planner.session.filling_desk import FillingDesk
from planner.session.types import Choice, Decision
from planner.words import use_language
from tests.session.conftest import Kept
from tests.session.test_folding import decrypted

FORM = "first-steps"
PUT_OFF = "heron-put-off"
REFUSED = "otter-refused"
HIDDEN = "linnet-hidden"
SAID = "curlew-said"


def opened(kept: Kept) -> FillingDesk:
    return kept.session.forms.open(kept.me, FORM)


def keep_all(desk: FillingDesk) -> None:
    proposals = desk.proposals()
    desk.finish(proposals, [Decision(each.origin, Choice.KEEP) for each in proposals])


def hope(desk: FillingDesk, words: str = "I want a garden", step: str = "") -> None:
    desk.filling.answer("needs", "hope")
    desk.filling.answer("hope", words)
    desk.filling.answer("hope_part", "home")
    desk.filling.answer("hope_step", step)


def test_begun_but_not_answered_is_nowhere(kept: Kept) -> None:
    desk = opened(kept)
    assert not desk.stored
    assert desk.saved_at == ""
    assert kept.session.forms.unfinished(kept.me) == []
    assert kept.session.forms.begun(kept.me) == frozenset()


def test_each_answer_is_there_after_a_lock(kept: Kept) -> None:
    desk = opened(kept)
    desk.filling.answer("needs", "sleep hope")
    desk.filling.put_off("sleep_tonight", Way.NOT_NOW)
    desk.filling.page = "question:/data/sleep/sleep_week"
    desk.decided = {"x": {"choice": "drop"}}
    desk.save()
    kept.lock_and_open()
    again = opened(kept)
    assert again.stored
    assert again.filling.value("needs") == "sleep hope"
    assert again.filling.way("sleep_tonight") is Way.NOT_NOW
    assert again.filling.page == "question:/data/sleep/sleep_week"
    assert again.decided == {"x": {"choice": "drop"}}
    (row,) = kept.session.forms.unfinished(kept.me)
    assert kept.session.forms.stopped_at(row) == "Where I sleep"


def test_where_it_stopped_is_said_in_the_language_in_use(kept: Kept) -> None:
    desk = opened(kept)
    desk.filling.page = "question:/data/start/needs"
    desk.save()
    use_language("es")
    (row,) = kept.session.forms.unfinished(kept.me)
    assert kept.session.forms.stopped_at(row) == "Por dónde empezar"


def test_one_filling_is_open_at_a_time(kept: Kept) -> None:
    desk = opened(kept)
    desk.filling.answer("needs", "food")
    assert opened(kept) is desk
    desk.save()
    (row,) = kept.session.forms.unfinished(kept.me)
    kept.session.forms.throw_away(row.id)
    assert opened(kept) is not desk
    assert opened(kept).filling.value("needs") == ""
    kept.session.forms.throw_away("nobody knows this one")


def test_what_is_kept_becomes_records_in_order(kept: Kept) -> None:
    desk = opened(kept)
    hope(desk, step="Buy one pot")
    desk.filling.answer("needs", "hope food dates")
    desk.filling.answer("food_need", "food shoes")
    desk.filling.answer("dates_any", "yes")
    (one,) = desk.filling.repeats("/data/dates/date")
    desk.filling.answer(f"{one}/d_page/d_kind", "court")
    desk.filling.answer(f"{one}/d_page/d_day", "2026-04-01")
    desk.save()
    keep_all(desk)
    session = kept.session
    goals = {each.title: each for each in session.goals(kept.me)}
    assert {"I want a garden", "I want what I need for this week"} <= set(goals)
    garden = goals["I want a garden"]
    assert (garden.domain, garden.written_by) == (LifeDomain.HOME, WrittenBy.ME)
    assert [step.title for step in session.parts(kept.me, garden.id).steps] == ["Buy one pot"]
    orders = [each.order for each in session.goals(kept.me)]
    assert len(set(orders)) == len(orders)
    food = session.parts(kept.me, goals["I want what I need for this week"].id).steps
    assert food[0].title == "Ask for food for today"
    (date,) = session.appointments(kept.me)
    assert (date.title, date.starts, date.zone) == ("Court date", "2026-04-01", session.zone)
    assert session.forms.unfinished(kept.me) == []
    assert [row.form for row in session.forms.finished(kept.me)] == [FORM]
    assert desk.finished


def test_left_out_is_remembered_and_one_can_change_it(kept: Kept) -> None:
    desk = opened(kept)
    hope(desk)
    (proposal,) = [each for each in desk.proposals() if each.record.title_text() == "I want a garden"]
    others = [each for each in desk.proposals() if each.origin != proposal.origin]
    decisions = [Decision(proposal.origin, Choice.DROP), *(Decision(each.origin, Choice.DROP) for each in others)]
    desk.finish([proposal, *others], decisions)
    assert kept.session.goals(kept.me) == []
    again = opened(kept)
    assert again.again
    assert not again.stored
    (proposal,) = [each for each in again.proposals() if each.origin == proposal.origin]
    assert proposal.dropped_before
    mine = replace(proposal.record, title="A garden of my own")  # type: ignore[call-arg]
    step = Step(goal=mine.id, title="Ask Maya")
    again.finish([proposal], [Decision(proposal.origin, Choice.KEEP, mine, (step,))])
    (goal,) = kept.session.goals(kept.me)
    assert goal.title == "A garden of my own"
    assert [each.title for each in kept.session.parts(kept.me, goal.id).steps] == ["Ask Maya"]
    assert [each for each in opened(kept).proposals() if each.dropped_before and each.origin == proposal.origin] == []


def test_the_same_answers_again_change_nothing(kept: Kept) -> None:
    desk = opened(kept)
    hope(desk, step="Buy one pot")
    keep_all(desk)
    assert opened(kept).proposals() == []


def test_answering_again_shows_only_what_is_said_otherwise(kept: Kept) -> None:
    desk = opened(kept)
    hope(desk, step="Buy one pot")
    keep_all(desk)
    session, me = kept.session, kept.me
    garden = next(each for each in session.goals(me) if each.title == "I want a garden")
    (step,) = session.parts(me, garden.id).steps
    with session.edit(me, "Rest") as edit:
        edit.change(garden.id, state=GoalState.RESTING, why="For my hands")
        edit.change(step.id, done_on="2026-03-12")
    again = opened(kept)
    again.filling.answer("hope", "I want a garden and a cat")
    again.filling.answer("hope_step", "Buy two pots")
    again.save()
    (proposal,) = again.proposals()
    assert proposal.existing == session.record(me, garden.id)
    assert [(each.field, each.before, each.after) for each in proposal.differences] == [
        ("title", "I want a garden", "I want a garden and a cat"),
        ("step", "Buy one pot", "Buy two pots"),
    ]
    keep_all(again)
    now = next(each for each in session.goals(me) if each.id == garden.id)
    assert (now.title, now.state, now.why) == ("I want a garden and a cat", GoalState.RESTING, "For my hands")
    (after,) = session.parts(me, garden.id).steps
    assert (after.id, after.title, after.done_on, after.order) == (step.id, "Buy two pots", "2026-03-12", step.order)


def test_her_own_words_and_what_she_took_out_stay_so(kept: Kept) -> None:
    desk = opened(kept)
    hope(desk, step="Buy one pot")
    keep_all(desk)
    session, me = kept.session, kept.me
    garden = next(each for each in session.goals(me) if each.title == "I want a garden")
    (step,) = session.parts(me, garden.id).steps
    with session.edit(me, "Mine") as edit:
        edit.change(garden.id, title="A balcony with herbs")
        edit.remove(step.id)
    assert opened(kept).proposals() == []


def test_another_part_of_life_moves_the_goal_with_its_steps(kept: Kept) -> None:
    desk = opened(kept)
    hope(desk, step="Buy one pot")
    keep_all(desk)
    again = opened(kept)
    again.filling.answer("hope_part", "health")
    keep_all(again)
    session, me = kept.session, kept.me
    garden = next(each for each in session.goals(me) if each.title == "I want a garden")
    assert garden.domain is LifeDomain.HEALTH
    assert [each.title for each in session.parts(me, garden.id).steps] == ["Buy one pot"]
    assert [each.title for each in kept.lock_and_open().goals(me)].count("I want a garden") == 1


def test_another_language_rewrites_nothing_in_the_plan(kept: Kept) -> None:
    desk = opened(kept)
    desk.filling.answer("needs", "sleep")
    desk.filling.answer("sleep_tonight", "none")
    keep_all(desk)
    again = opened(kept)
    again.filling.language = "es"
    assert again.proposals() == []


def test_refused_and_put_off_answers_leave_no_trace(kept: Kept) -> None:
    desk = opened(kept)
    filling = desk.filling
    filling.answer("needs", "hope people language")
    filling.answer("people_any", "yes")
    (one,) = filling.repeats("/data/people/person")
    filling.answer(f"{one}/p_page/p_name", PUT_OFF)
    filling.put_off(f"{one}/p_page/p_name", Way.NOT_NOW)
    filling.answer("hope", REFUSED)
    filling.put_off("hope", Way.RATHER_NOT)
    filling.answer("lang_best", "other")
    filling.answer("lang_other", HIDDEN)
    filling.answer("lang_best", "en")
    filling.answer(f"{one}/p_reach/p_phone", SAID)
    desk.decided = {"first-steps/goal_hope": {"title": REFUSED}}
    desk.save()
    state = kept.session.forms.unfinished(kept.me)[0].state
    assert PUT_OFF.encode() in state, "it is there until the filling is finished"
    keep_all(desk)
    (row,) = kept.session.forms.finished(kept.me)
    for word in (PUT_OFF, REFUSED, HIDDEN, "not-now", "rather-not"):
        assert word.encode() not in row.state, word
    assert SAID.encode() in row.state
    kept.session.lock()
    data = decrypted(kept)
    assert SAID.encode() in data
    for word in (PUT_OFF, REFUSED, HIDDEN):
        assert word.encode() not in data, word
    kept.open()


def test_thrown_away_leaves_no_trace_but_what_is_in_the_plan(kept: Kept) -> None:
    desk = opened(kept)
    hope(desk, "I want a garden", step=PUT_OFF)
    desk.filling.answer("needs", "hope people")
    desk.filling.answer("people_any", "yes")
    (one,) = desk.filling.repeats("/data/people/person")
    desk.filling.answer(f"{one}/p_reach/p_phone", HIDDEN)
    proposals = [each for each in desk.proposals() if each.record.title_text() == "I want a garden"]
    desk.finish(proposals, [Decision(proposals[0].origin, Choice.KEEP)])
    (row,) = kept.session.forms.finished(kept.me)
    kept.session.forms.throw_away(row.id)
    kept.session.lock()
    data = decrypted(kept)
    assert PUT_OFF.encode() in data
    assert HIDDEN.encode() not in data
    kept.open()


def test_answers_can_be_taken_back_to_an_earlier_moment(kept: Kept) -> None:
    desk = opened(kept)
    desk.filling.answer("needs", "sleep")
    before = desk.filling.state()
    desk.filling.put_off("needs", Way.RATHER_NOT)
    desk.put_back(before)
    assert desk.filling.value("needs") == "sleep"
    assert desk.filling.way("needs") is None


def test_with_others_words_are_written_together_and_others_are_out_of_reach(team: Kept) -> None:
    session = team.session
    assert session.mode is Mode.WITH_OTHERS
    one, other = session.add_person("Lin"), session.add_person("Mia")
    session.choose(one.id)
    desk = session.forms.open(one.id, FORM)
    hope(desk)
    keep_all(desk)
    assert all(each.written_by is WrittenBy.TOGETHER for each in session.goals(one.id))
    session.stay_with(one.id)
    for ask in (session.forms.unfinished, session.forms.finished, session.forms.begun):
        with pytest.raises(OutOfReach):
            ask(other.id)
    with pytest.raises(OutOfReach):
        session.forms.open(other.id, FORM)


def test_an_unknown_form(kept: Kept) -> None:
    with pytest.raises(KeyError):
        kept.session.forms.open(kept.me, "no-such-form")


def test_the_newest_comes_first(kept: Kept) -> None:
    for words in ("one", "two"):
        desk = opened(kept)
        hope(desk, words)
        keep_all(desk)
        kept.now += timedelta(days=1)
    rows = kept.session.forms.finished(kept.me)
    assert [b"two" in row.state for row in rows] == [True, False]


def test_damaged_answers_of_a_finished_form_stay_and_do_not_stop_a_new_one(kept: Kept) -> None:
    desk = opened(kept)
    hope(desk)
    keep_all(desk)
    (row,) = kept.session.forms.finished(kept.me)
    damaged = replace(row, state=row.state[:40])
    kept.session.store.save_filling(damaged)
    again = opened(kept)
    assert not again.again
    assert again.filling.value("needs") == ""
    assert kept.session.store.filling(row.id) == damaged


def test_what_was_put_into_the_plan_is_known_until_the_lock(kept: Kept) -> None:
    desk = opened(kept)
    hope(desk)
    keep_all(desk)
    assert "I want a garden" in kept.session.forms.last_kept
    assert kept.lock_and_open().forms.last_kept == ()


def test_a_late_save_does_not_touch_what_is_finished(kept: Kept) -> None:
    desk = opened(kept)
    hope(desk)
    keep_all(desk)
    (row,) = kept.session.forms.finished(kept.me)
    desk.filling.put_off("hope", Way.NOT_NOW)
    desk.save()
    assert kept.session.forms.finished(kept.me) == [row]


def test_what_was_left_out_is_forgotten_with_the_last_answers_of_a_form(kept: Kept) -> None:
    """What she said no to tells what she had answered."""
    session, me = kept.session, kept.me

    def told() -> str:
        return str([value for name, value in session.store.settings().items() if name.startswith("dropped/")])

    for _time in range(2):
        desk = opened(kept)
        hope(desk)
        proposals = desk.proposals()
        desk.finish(proposals, [Decision(each.origin, Choice.DROP) for each in proposals])
    assert proposals[0].origin in told()
    first, second = (row.id for row in session.forms.finished(me))
    session.forms.throw_away(first)
    assert proposals[0].origin in told()
    session.forms.throw_away(second)
    assert proposals[0].origin not in told()
