"""From answers into the plan: papers, check-ins, steps for goals that are there, and updates of what is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.forms import Form
from planner.forms.entities import EntityDraft
from planner.plan.life import Section
from planner.plan.paper_days import AHEAD, in_order, runs_out_soon
from planner.plan.records import CheckIn, Goal, PaperState, Step, TrackedPaper, new_id
from planner.session.filling_desk import FillingDesk
from planner.session.proposals import SCALE
from planner.session.proposing import proposals_of
from planner.session.types import Choice, Decision, FormInfo, Proposal
from planner.store.rows import FillingRow
from tests.forms.tables import form as form_of
from tests.session.conftest import Kept

FORM = "papers-and-days"
INFO = FormInfo(FORM, "Papers and days", "")
DAY = date(2026, 3, 12)


@pytest.fixture(name="form", scope="module")
def form_fixture() -> Form:
    return Form.load(Path(__file__).with_name("into_plan.md"))


class Answering:
    """The same form answered once after the other in one notebook."""

    def __init__(self, kept: Kept, form: Form) -> None:
        self.kept, self.form = kept, form
        self.done: bytes = b""

    def desk(self, **answers: str) -> FillingDesk:
        now = self.kept.session.now
        filling = self.form.again(self.done, now=now) if self.done else self.form.start(now=now)
        for name, value in answers.items():
            filling.answer(name, value)
        stamp = self.kept.session.stamp()
        row = FillingRow(
            id=new_id(),
            person=self.kept.me,
            form=FORM,
            version="1",
            state=filling.state(),
            started=stamp,
            updated=stamp,
            finished="",
        )
        earlier = self.form.resume(self.done, now=now) if self.done else None
        return FillingDesk(self.kept.session, row, filling, INFO, stored=False, earlier=earlier)

    def finish(self, desk: FillingDesk, *dropped: str) -> None:
        proposals = desk.proposals()
        desk.finish(
            proposals,
            [Decision(each.origin, Choice.DROP if each.kind in dropped else Choice.KEEP) for each in proposals],
        )
        self.done = desk.filling.to_xml()

    def keep(self, **answers: str) -> None:
        self.finish(self.desk(**answers))


@pytest.fixture(name="answering")
def answering_fixture(kept: Kept, form: Form) -> Answering:
    return Answering(kept, form)


def of_kind(desk: FillingDesk, kind: str) -> Proposal:
    (found,) = [each for each in desk.proposals() if each.kind == kind]
    return found


def differences(proposal: Proposal) -> list[tuple[str, object, object]]:
    return [(each.field, each.before, each.after) for each in proposal.differences]


# ---------------------------------------------------------------- papers


def test_a_paper_is_kept_with_what_was_answered(kept: Kept, answering: Answering) -> None:
    answering.keep(card_name="ID card", card_state="asked", card_ends="2026-04-01", card_where="The county clerk")
    (paper,) = kept.session.tracked_papers(kept.me)
    assert (paper.title, paper.state, paper.expires) == ("ID card", PaperState.ASKED, "2026-04-01")
    assert (paper.where_to_ask, paper.domain.value, paper.home()) == (
        *("The county clerk", "papers"),
        Section.MONEY_AND_PAPERS,
    )
    kept.lock_and_open()
    assert kept.session.tracked_papers(kept.me) == [paper]


def test_what_is_left_out_is_not_in_the_plan_and_can_be_kept_the_next_time(kept: Kept, answering: Answering) -> None:
    answering.finish(answering.desk(card_name="ID card"), "paper")
    assert kept.session.tracked_papers(kept.me) == []
    again = answering.desk()
    assert of_kind(again, "paper").dropped_before
    answering.finish(again)
    assert [each.title for each in kept.session.tracked_papers(kept.me)] == ["ID card"]


def test_what_she_changed_in_the_proposal_is_what_is_kept(kept: Kept, answering: Answering) -> None:
    desk = answering.desk(card_name="ID card", card_state="asked")
    proposal = of_kind(desk, "paper")
    hers = replace(proposal.record, title="My own card", state=PaperState.RECEIVED)  # type: ignore[call-arg]
    desk.finish([proposal], [Decision(proposal.origin, Choice.KEEP, hers)])
    (paper,) = kept.session.tracked_papers(kept.me)
    assert (paper.title, paper.state) == ("My own card", PaperState.RECEIVED)


def test_answering_again_tells_the_difference_before_anything_changes(kept: Kept, answering: Answering) -> None:
    answering.keep(card_name="ID card", card_state="asked", card_where="The clerk")
    (paper,) = kept.session.tracked_papers(kept.me)
    desk = answering.desk(card_state="received", card_ends="2031-03-01")
    proposal = of_kind(desk, "paper")
    assert proposal.existing == paper
    assert sorted(differences(proposal)) == [
        ("expires", "", "2031-03-01"),
        ("state", PaperState.ASKED, PaperState.RECEIVED),
    ]
    assert kept.session.tracked_papers(kept.me) == [paper]
    answering.finish(desk)
    (now,) = kept.session.tracked_papers(kept.me)
    assert (now.id, now.state, now.expires, now.where_to_ask) == (
        *(paper.id, PaperState.RECEIVED, "2031-03-01", "The clerk"),
    )


def test_an_update_that_is_left_changes_nothing(kept: Kept, answering: Answering) -> None:
    answering.keep(card_name="ID card", card_state="asked")
    before = kept.session.tracked_papers(kept.me)
    answering.finish(answering.desk(card_state="received"), "paper")
    assert kept.session.tracked_papers(kept.me) == before


def test_a_paper_can_be_missing_again_and_her_own_words_stay(kept: Kept, answering: Answering) -> None:
    answering.keep(card_name="ID card", card_state="received", card_where="The clerk")
    (paper,) = kept.session.tracked_papers(kept.me)
    with kept.session.edit(kept.me, "Change") as edit:
        edit.change(paper.id, where_to_ask="The clerk, window 3")
    desk = answering.desk(card_state="missing")
    assert differences(of_kind(desk, "paper")) == [("state", PaperState.RECEIVED, PaperState.MISSING)]
    answering.finish(desk)
    (now,) = kept.session.tracked_papers(kept.me)
    assert (now.state, now.where_to_ask) == (PaperState.MISSING, "The clerk, window 3")


def test_the_same_answers_propose_nothing(kept: Kept, answering: Answering) -> None:
    answering.keep(card_name="ID card", card_state="missing", sleep="2", ask_what="Go", ask_goal="goal_wish")
    kept.now += timedelta(minutes=5)
    assert answering.desk().proposals() == []


# ---------------------------------------------------------------- check-ins


def test_a_check_in_is_about_its_day(kept: Kept, answering: Answering) -> None:
    answering.keep(sleep="2", mood="4", day_note="Rain")
    (check_in,) = kept.session.check_ins(kept.me)
    assert (check_in.day, check_in.ratings, check_in.note) == ("2026-03-12", {"sleep": 2, "mood": 4}, "Rain")
    assert check_in.home() is Section.HEALTH
    assert kept.session.forms.last_kept == ("A check-in",)
    kept.now += timedelta(days=7)
    answering.keep(sleep="3")
    assert [(each.day, each.ratings["sleep"]) for each in kept.session.check_ins(kept.me)] == [
        ("2026-03-19", 3),
        ("2026-03-12", 2),
    ]


def test_on_the_same_day_it_is_the_same_check_in_and_the_difference_is_told(kept: Kept, answering: Answering) -> None:
    answering.keep(sleep="2", mood="4")
    (before,) = kept.session.check_ins(kept.me)
    desk = answering.desk(sleep="5")
    assert differences(of_kind(desk, "check-in")) == [(f"{SCALE}sleep", 2, 5)]
    answering.finish(desk)
    (now,) = kept.session.check_ins(kept.me)
    assert (now.id, now.ratings) == (before.id, {"sleep": 5, "mood": 4})


@pytest.mark.parametrize("value", ["0", "6", "2.5", "-1", "many", " "])
def test_a_rating_that_is_none_of_ours_is_none(kept: Kept, value: str) -> None:
    found = proposed(kept, draft("check-in_day", scale_sleep=value, scale_mood="3.0"))
    assert isinstance(found[0].record, CheckIn)
    assert found[0].record.ratings == {"mood": 3}
    assert proposed(kept, draft("check-in_day", scale_sleep=value)) == []


def test_a_form_may_say_of_which_day_it_speaks(kept: Kept) -> None:
    (found,) = proposed(kept, draft("check-in_day", scale_sleep="1", day="2026-03-10T09:00"))
    assert isinstance(found.record, CheckIn)
    assert (found.record.day, found.record.origin) == ("2026-03-10", f"{FORM}/check-in_day@2026-03-10")


# ---------------------------------------------------------------- steps


def draft(name: str, label: str = "", *, create: bool = True, entity_id: str = "", **properties: str) -> EntityDraft:
    kind = name.split("_", maxsplit=1)[0]
    return EntityDraft(
        kind, name, entity_id or f"{FORM}/{name}", label, properties, create=create, update=bool(entity_id)
    )


def proposed(
    kept: Kept, *drafts: EntityDraft, earlier: Mapping[str, tuple[str, Mapping[str, str]]] | None = None
) -> list[Proposal]:
    return proposals_of(kept.session, kept.me, FORM, drafts, earlier or {}, frozenset())


def add_goal(kept: Kept, origin: str, *steps: Step) -> Goal:
    goal = Goal(title="Bake bread", origin=origin)
    with kept.session.edit(kept.me, "Add") as edit:
        edit.add(goal)
        for step in steps:
            edit.add(replace(step, goal=goal.id))
    return goal


@pytest.mark.parametrize(("origin", "named"), [(f"{FORM}/goal_wish", "goal_wish"), ("other/goal_x", "other/goal_x")])
def test_a_step_goes_to_the_end_of_a_goal_that_is_there(
    kept: Kept, answering: Answering, origin: str, named: str
) -> None:
    goal = add_goal(kept, origin, Step(title="Buy flour", order="F"))
    desk = answering.desk(ask_what="Ask for an oven", ask_goal=named, ask_when="this week")
    proposal = of_kind(desk, "step")
    assert (proposal.about, proposal.existing) == ("Bake bread", None)
    answering.finish(desk)
    steps = kept.session.parts(kept.me, goal.id).steps
    assert [(each.title, each.when) for each in steps] == [("Buy flour", ""), ("Ask for an oven", "this week")]
    assert kept.session.store.row(kept.me, steps[1].id).section == goal.home().value  # type: ignore[union-attr]


def test_a_step_of_a_goal_that_is_proposed_too_comes_with_it(kept: Kept, answering: Answering) -> None:
    desk = answering.desk(ask_what="Ask for an oven", ask_goal="goal_wish", wish_what="Bake bread")
    (proposal,) = desk.proposals()
    assert [part.title_text() for part in proposal.parts] == ["Ask for an oven"]
    answering.finish(desk)
    (goal,) = kept.session.goals(kept.me)
    assert [each.title for each in kept.session.parts(kept.me, goal.id).steps] == ["Ask for an oven"]


def test_a_step_without_its_goal_is_not_proposed(kept: Kept, answering: Answering) -> None:
    assert answering.desk(ask_what="Go", ask_goal="goal_nowhere").proposals() == []
    assert answering.desk(ask_what="Go").proposals() == []
    with kept.session.edit(kept.me, "Remove") as edit:
        edit.remove(add_goal(kept, f"{FORM}/goal_wish").id)
    assert answering.desk(ask_what="Go", ask_goal="goal_wish").proposals() == []


def test_a_step_said_again_in_other_words_is_changed_where_it_stands(kept: Kept, answering: Answering) -> None:
    goal = add_goal(kept, f"{FORM}/goal_wish")
    answering.keep(ask_what="Ask for an oven", ask_goal="goal_wish")
    (step,) = kept.session.parts(kept.me, goal.id).steps
    with kept.session.edit(kept.me, "Done") as edit:
        edit.change(step.id, done_on="2026-03-12")
    desk = answering.desk(ask_what="Ask for a small oven")
    assert differences(of_kind(desk, "step")) == [("title", "Ask for an oven", "Ask for a small oven")]
    answering.finish(desk)
    (now,) = kept.session.parts(kept.me, goal.id).steps
    assert (now.id, now.title, now.done_on, now.order) == (
        *(step.id, "Ask for a small oven", "2026-03-12", step.order),
    )


def test_two_steps_for_one_goal_stand_one_after_the_other(kept: Kept, answering: Answering) -> None:
    goal = add_goal(kept, f"{FORM}/goal_wish", Step(title="0", order="F"))
    desk = answering.desk()
    offered = proposed(kept, draft("step_a", "1", goal="goal_wish"), draft("step_b", "2", goal="goal_wish"))
    desk.finish(offered, [Decision(each.origin, Choice.KEEP) for each in offered])
    assert [each.title for each in kept.session.parts(kept.me, goal.id).steps] == ["0", "1", "2"]


def test_a_step_whose_goal_went_meanwhile_stays_out(kept: Kept, answering: Answering) -> None:
    goal = add_goal(kept, f"{FORM}/goal_wish")
    desk = answering.desk(ask_what="Go", ask_goal="goal_wish", card_name="ID card")
    offered = desk.proposals()
    assert {each.kind for each in offered} == {"step", "paper"}
    with kept.session.edit(kept.me, "Remove") as edit:
        edit.remove(goal.id)
    desk.finish(offered, [Decision(each.origin, Choice.KEEP) for each in offered])
    assert [each.title for each in kept.session.tracked_papers(kept.me)] == ["ID card"]
    assert kept.session.parts(kept.me, goal.id).steps == ()


# ---------------------------------------------------------------- updates (ODK XForms specification, "Entities")


def test_an_update_of_what_another_form_made_is_a_difference(kept: Kept, answering: Answering) -> None:
    answering.keep(card_name="ID card", card_state="asked")
    # "Declaring that a form updates entities": the label is a MAY; without one the title stays.
    (found,) = proposed(kept, draft("paper_any", create=False, entity_id=f"{FORM}/paper_card", state="received"))
    assert differences(found) == [("state", PaperState.ASKED, PaperState.RECEIVED)]
    assert found.record.title_text() == "ID card"


def test_a_form_of_its_own_updates_what_another_made(kept: Kept, answering: Answering) -> None:
    answering.keep(card_name="ID card", card_state="asked")
    again = form_of(
        "type | name | label | save_to\nselect_one s | st | Where does it stand? | state",
        "list_name | name | label\ns | received | Here",
        entities="list_name | entity_id | update_if\npaper_any | '" + FORM + "/paper_card' | ${st} != ''",
    ).start(now=kept.session.now)
    assert proposals_of(kept.session, kept.me, "t", again.entities(), {}, frozenset()) == []
    again.answer("st", "received")
    (found,) = proposals_of(kept.session, kept.me, "t", again.entities(), {}, frozenset())
    assert differences(found) == [("state", PaperState.ASKED, PaperState.RECEIVED)]
    assert found.existing == kept.session.tracked_papers(kept.me)[0]


def test_an_update_may_name_a_record_that_no_form_made(kept: Kept) -> None:
    paper = TrackedPaper(title="Passport", where_to_ask="The embassy")
    with kept.session.edit(kept.me, "Add") as edit:
        edit.add(paper)
    (found,) = proposed(kept, draft("paper_any", create=False, entity_id=paper.id, cost="60 dollars"))
    assert differences(found) == [("cost", "", "60 dollars")]
    assert found.record == replace(paper, cost="60 dollars")


@pytest.mark.parametrize("there", [False, True])
def test_an_update_of_nothing_or_of_another_kind_is_nothing(kept: Kept, there: bool) -> None:
    # "Consumers … MUST fail if id does not reference an existing entity"; here it is simply not proposed.
    goal = Goal(title="Bake", origin="other/goal_x")
    if there:
        with kept.session.edit(kept.me, "Add") as edit:
            edit.add(goal)
    assert proposed(kept, draft("paper_any", "A name", create=False, entity_id="other/goal_x")) == []


def test_two_drafts_of_one_id_are_one_proposal(kept: Kept) -> None:
    first = draft("paper_card", "ID card", state="asked", cost="30 dollars")
    second = draft("paper_card", "", create=False, entity_id=f"{FORM}/paper_card", state="received")
    (found,) = proposed(kept, first, second)
    assert found.existing is None
    assert isinstance(found.record, TrackedPaper)
    assert (found.record.title, found.record.state, found.record.cost) == (
        *("ID card", PaperState.RECEIVED, "30 dollars"),
    )


# ---------------------------------------------------------------- the order of papers


def test_what_runs_out_soon_comes_first() -> None:
    papers = [
        TrackedPaper(id="far", title="Far", state=PaperState.RECEIVED, expires=(DAY + AHEAD).isoformat()),
        TrackedPaper(id="near", title="Near", state=PaperState.RECEIVED, expires="2026-03-13"),
        TrackedPaper(id="gone", title="Gone", state=PaperState.RECEIVED, expires="2026-03-01"),
        TrackedPaper(id="later", title="Later", state=PaperState.RECEIVED, expires="2031-01-01"),
        TrackedPaper(id="not", title="Not", state=PaperState.NOT_NEEDED, expires="2026-03-13"),
        TrackedPaper(id="asked", title="Asked", state=PaperState.ASKED),
        TrackedPaper(id="b", title="b"),
        TrackedPaper(id="A", title="A"),
        TrackedPaper(id="words", title="C", expires="next spring"),
    ]
    assert [each.id for each in in_order(papers, DAY)] == [
        *("gone", "near", "far", "A", "b", "words", "asked", "later", "not"),
    ]
    assert not runs_out_soon(replace(papers[0], expires=(DAY + AHEAD + timedelta(days=1)).isoformat()), DAY)


def test_a_form_that_was_brought_in_goes_the_whole_way(kept: Kept) -> None:
    session = kept.session
    session.forms.own.keep(session.forms.own.look(Path(__file__).with_name("into_plan.md")))
    desk = session.forms.open(kept.me, FORM)
    for name, value in {"card_name": "ID card", "sleep": "2", "wish_what": "Bake", "ask_what": "Buy flour"}.items():
        desk.filling.answer(name, value)
    desk.filling.answer("ask_goal", "goal_wish")
    desk.save()
    session = kept.lock_and_open()
    desk = session.forms.open(kept.me, FORM)
    offered = desk.proposals()
    assert sorted(each.kind for each in offered) == ["check-in", "goal", "paper"]
    desk.finish(offered, [Decision(each.origin, Choice.KEEP) for each in offered])
    assert session.forms.last_kept == ("ID card", "A check-in", "Bake")
    again = session.forms.open(kept.me, FORM)
    assert again.proposals() == []
    again.filling.answer("card_state", "received")
    assert differences(of_kind(again, "paper")) == [("state", PaperState.MISSING, PaperState.RECEIVED)]
    assert session.undo()
    assert (session.tracked_papers(kept.me), session.check_ins(kept.me), session.goals(kept.me)) == ([], [], [])


def test_a_goal_of_the_same_words_is_offered_but_left_out_unless_she_says_so(kept: Kept, answering: Answering) -> None:
    desk = answering.desk(wish_what="I want to bake bread")
    assert not of_kind(desk, "goal").there
    with kept.session.edit(kept.me, "") as edit:
        edit.add(Goal(title="I  want to bake BREAD"))
    again = of_kind(desk, "goal")
    assert again.there
    assert again.offered_out
    answering.finish(desk)
    assert [each.there for each in answering.desk().proposals()] == []
    changed = of_kind(answering.desk(wish_what="I want to bake cake"), "goal")
    assert changed.existing is not None
    assert not changed.there
