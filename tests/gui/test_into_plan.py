"""Papers, days and steps that a form proposes: on their cards kept, changed in their place or left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.forms.entity_report import PROPERTIES
from planner.plan.records import CheckIn, PaperState, Record, Step, TrackedPaper
from planner.session.proposals import SCALE
from planner.session.proposals import proposal as made_by_a_form
from planner.session.types import Choice, Decision, Difference, Proposal
from planner.ui.a11y import walk
from planner.ui.formats import Formats
from planner.ui.kit.scroll import Scroll
from planner.ui.kit.text import Text
from planner.ui.pages.form_summary import SummaryView
from planner.ui.pages.proposal_card import Editor, ProposalCard
from planner.ui.pages.proposal_words import FIELDS
from planner.ui.pages.proposals import MANY, AllAtOnce, EndView, ProposalsView
from planner.ui.theme import theme
from planner.words import use_language
from tests.gui.forms_desk import OnScreen, button, press
from tests.gui.notebooks import TODAY, OpenSession, ShowNotebook

FORM_FILE = Path(__file__).parents[1] / "session" / "into_plan.md"

CARD = TrackedPaper(id="c", title="ID card", state=PaperState.ASKED, where_to_ask="The clerk", expires="2026-04-01")
DAY = CheckIn(
    id="d",
    day="2026-03-12",
    scales=({"name": "sleep", "value": "2"}, {"name": "own_scale", "value": "4"}),
    note="Rain",
)
STEP = Step(id="s", goal="g", title="Ask for an oven", when="this week", with_whom="Maya")

Shown = Callable[..., ProposalsView]


@pytest.fixture(name="shown")
def shown_fixture(qtbot: QtBot) -> Shown:
    shown: list[Scroll] = []

    def show(*proposals: Proposal, language: str = "en", scale: float = 1.0) -> ProposalsView:
        use_language(language)
        theme.apply("light", scale, language)
        view = ProposalsView(proposals, Formats(language, "12", TODAY), {})
        area = Scroll(view)
        qtbot.addWidget(area)
        shown.append(area)
        area.resize(1000, 900)
        area.show()
        QApplication.processEvents()
        return view

    return show


def proposal(record: Record, kind: str = "", existing: Record | None = None, *differences: Difference) -> Proposal:
    return Proposal(f"form/{record.id}", kind or record.kind, record, (), existing, differences, about="Bake bread")


def words(view: QWidget) -> list[str]:
    return [each.text() for each in view.findChildren(Text) if each.text()]


def opened(card: ProposalCard) -> Editor:
    press(card.change)
    assert card._editor is not None
    return card._editor


def test_each_says_what_it_is(shown: Shown) -> None:
    view = shown(proposal(STEP), proposal(CARD, "paper"), proposal(DAY))
    said = words(view)
    for expected in (
        *("Steps", "Ask for an oven", "A step for “Bake bread” · this week · Maya"),
        *("Papers", "ID card", "Paper · Asked for · Runs out on April 1", "Where to ask for it: The clerk"),
        *("Check-ins", "Check-in of March 12", "Sleep: hard", "Own scale: good", "Rain"),
    ):
        assert expected in said
    assert walk(view) == []


def test_in_spanish_too(shown: Shown) -> None:
    said = words(shown(proposal(CARD, "paper"), proposal(DAY), language="es"))
    for expected in ("Papel · Ya se pidió · Vence el 1 de abril", "Apunte del 12 de marzo", "Sueño: difícil"):
        assert expected in said


def test_a_paper_is_changed_in_its_place(shown: Shown) -> None:
    (card,) = shown(proposal(CARD, "paper")).cards
    editor = opened(card)
    assert walk(card) == []
    editor._fields["cost"].setFocus()
    QTest.keyClicks(editor._fields["cost"], "30 dollars")
    editor._pickers["state"].choose(PaperState.RECEIVED.value)
    assert editor._ends is not None
    editor._ends.field.selectAll()
    QTest.keyClicks(editor._ends.field, "5/6/2031")
    press(button(editor, "That is right"))
    record = replace(CARD, cost="30 dollars", state=PaperState.RECEIVED, expires="2031-05-06")
    assert card.record == record
    assert card.decision().record == record
    said = card.saying()
    again = ProposalCard(proposal(CARD, "paper"), Formats("en", "12", TODAY), said)
    assert again.record == record


def test_a_half_typed_day_changes_nothing_and_an_emptied_one_is_none(shown: Shown) -> None:
    (card,) = shown(proposal(CARD, "paper")).cards
    editor = opened(card)
    assert editor._ends is not None
    editor._ends.field.setText("next spr")
    assert editor.fields(CARD) == {}
    editor._ends.field.setText("")
    assert editor.fields(CARD) == {"expires": ""}


def test_a_day_is_changed_rating_by_rating(shown: Shown) -> None:
    (card,) = shown(proposal(DAY)).cards
    editor = opened(card)
    assert list(editor._pickers) == [
        f"{SCALE}{name}" for name in ("mood", "sleep", "safety", "closeness", "hope", "body", "own_scale")
    ]
    editor._pickers[f"{SCALE}sleep"].choose("5")
    editor._pickers[f"{SCALE}own_scale"].choose("")
    editor._pickers[f"{SCALE}hope"].choose("1")
    press(button(editor, "That is right"))
    record = card.record
    assert isinstance(record, CheckIn)
    assert record.ratings == {"sleep": 5, "hope": 1}
    again = ProposalCard(proposal(DAY), Formats("en", "12", TODAY), card.saying())
    assert again.record == record


def test_what_was_said_to_another_kind_of_thing_does_no_harm(shown: Shown) -> None:
    said = {
        "choice": "keep",
        "fields": {"why": "x", "state": "resting", "time": "soon", "scale:mood": "9", "cost": "1"},
    }
    formats = Formats("en", "12", TODAY)
    assert ProposalCard(proposal(CARD, "paper"), formats, said).record == replace(CARD, cost="1")
    assert ProposalCard(proposal(DAY), formats, said).record == DAY


def test_a_step_is_changed_in_its_place(shown: Shown) -> None:
    (card,) = shown(proposal(STEP)).cards
    editor = opened(card)
    editor._fields["with_whom"].selectAll()
    QTest.keyClicks(editor._fields["with_whom"], "Joan")
    press(button(editor, "That is right"))
    assert card.record == replace(STEP, with_whom="Joan")


def test_the_difference_is_told_and_follows_what_she_changes(shown: Shown) -> None:
    now = replace(CARD, state=PaperState.RECEIVED, cost="30 dollars")
    (card,) = shown(proposal(now, "paper", CARD, Difference("state", CARD.state, now.state))).cards
    said = words(card)
    assert "Where it stands: “Asked for” becomes “It is here”" in said
    assert "What it costs: “30 dollars” is added" in said
    assert button(card, "Leave as it is").isVisible()
    editor = opened(card)
    editor._pickers["state"].choose(PaperState.NOT_NEEDED.value)
    editor._fields["where_to_ask"].setText("")
    press(button(editor, "That is right"))
    said = words(card)
    assert "Where it stands: “Asked for” becomes “Not needed”" in said
    assert "Where to ask for it: “The clerk” is taken out" in said
    editor = opened(card)
    for name in ("where_to_ask", "cost"):
        editor._fields[name].setText(getattr(CARD, name))
    editor._pickers["state"].choose(CARD.state.value)
    press(button(editor, "That is right"))
    assert card.record == CARD
    assert "It stays as it is in your plan." in words(card)
    press(card.tray._parts[1])
    assert card.decision().choice is Choice.DROP
    assert not any("becomes" in each for each in words(card))


def test_the_difference_of_a_day_is_told_scale_by_scale(shown: Shown) -> None:
    now = replace(DAY, scales=({"name": "sleep", "value": "5"}, {"name": "hope", "value": "3"}))
    (card,) = shown(proposal(now, "", DAY, Difference(f"{SCALE}sleep", 2, 5))).cards
    said = words(card)
    assert "Sleep: “hard” becomes “very good”" in said
    assert "Hope: “in between” is added" in said
    assert "Own scale: “good” is taken out" in said


def test_from_a_form_on_the_screen_into_the_plan_and_again(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    session = open_session("empty")
    session.forms.own.keep(session.forms.own.look(FORM_FILE))
    screen = OnScreen(session, show_notebook(session, "forms"))
    screen.notebook.go("form", form="papers-and-days")
    screen.until("card_name")
    screen.write("card_name", "ID card")
    screen.until("card_state")
    screen.choose("card_state", "asked")
    screen.until("day_note")
    screen.write("day_note", "Rain")
    screen.until("wish_what")
    screen.write("wish_what", "Bake bread")
    screen.until("summary")
    screen.next()
    said = words(screen.view_of(ProposalsView))
    assert {"ID card", "Paper · Asked for", "Check-in of March 12", "Rain", "Bake bread"} <= set(said)
    assert walk(screen.notebook.window()) == []
    wish = next(each for each in screen.view_of(ProposalsView).cards if each.record.title_text() == "Bake bread")
    press(wish.tray._parts[1])
    screen.next()
    assert {"ID card", "A check-in"} <= set(words(screen.view_of(EndView)))
    (paper,) = session.tracked_papers(screen.person)
    assert (paper.title, paper.state) == ("ID card", PaperState.ASKED)
    assert [each.note for each in session.check_ins(screen.person)] == ["Rain"]
    assert session.goals(screen.person) == []
    screen.notebook.go("forms")
    press(button(screen.notebook.page("forms"), "Look again"))
    line = next(each for each in screen.view_of(SummaryView).rows if "Asked for" in each.press.accessibleName())
    press(line.press)
    screen.choose("card_state", "received")
    screen.next()
    screen.next()
    assert "Where it stands: “Asked for” becomes “It is here”" in words(screen.view_of(ProposalsView))
    assert session.tracked_papers(screen.person) == [paper]
    screen.next()
    assert session.tracked_papers(screen.person) == [replace(paper, state=PaperState.RECEIVED)]


@pytest.mark.parametrize("language", ["en", "es"])
def test_with_text_twice_as_large_nothing_is_cut_off(shown: Shown, language: str) -> None:
    now = replace(CARD, state=PaperState.RECEIVED)
    update = replace(proposal(now, "paper", CARD), origin="form/again")
    view = shown(proposal(STEP), proposal(CARD, "paper"), update, proposal(DAY), language=language, scale=2.0)
    for card in view.cards:
        opened(card)
    assert walk(view.window()) == []


def test_every_field_that_a_form_may_change_has_words(shown: Shown) -> None:
    """Whether somebody is one to keep away from must not stand there as a name of ours."""
    contact = dict.fromkeys(PROPERTIES["contact"], "no") | {"keep_away": "yes", "ring": "close", "call": "yes"}
    for kind, properties in (
        ("contact", contact),
        ("dependent", dict.fromkeys(PROPERTIES["dependent"], "2020-01-02")),
        ("appointment", dict.fromkeys(PROPERTIES["appointment"], "30") | {"starts": "2026-04-01T10:00"}),
        ("goal", {"why": "no", "domain": "health", "mine_alone": "yes"}),
        ("paper", dict.fromkeys(PROPERTIES["paper"], "2031-05-06") | {"state": "received", "domain": "health"}),
        ("step", dict.fromkeys(PROPERTIES["step"], "30")),
    ):
        said = {name.replace("#", "1"): value for name, value in properties.items()}
        first = made_by_a_form("o", kind, "One", {}, {}, frozenset())
        assert first is not None
        second = made_by_a_form("o", kind, "Two", said, {"o": first.record}, frozenset(), update=True)
        assert second is not None
        assert {each.field for each in second.differences} <= set(FIELDS)
        said_on_card = words(shown(second))
        assert not [each for each in said_on_card if "_" in each]
        if kind == "contact":
            assert "Someone you keep away from: “No” becomes “Yes”" in said_on_card
            assert "How close: “Around me” becomes “Close to me”" in said_on_card


@pytest.mark.parametrize(
    "said",
    [
        {"fields": {"id": "another", "origin": "x", "removed": "", "mine_alone": "", "goal": "another", "order": "a"}},
        {"fields": {"scales": "x", "scale:mood": "5", "day": "2026-01-01"}},
        {"fields": ["id"], "choice": ["keep"], "steps": {"a": 1}},
        {"fields": {"state": "nowhere", "time": "nowhere"}, "choice": "nowhere"},
        "drop",
        5,
    ],
)
def test_what_a_copy_claims_she_said_to_a_proposal_changes_no_other_field(qtbot: QtBot, said: object) -> None:
    for each in (proposal(STEP), proposal(CARD, "paper")):
        use_language("en")
        view = ProposalsView([each], Formats("en", "12", TODAY), {each.origin: said})
        qtbot.addWidget(view)
        assert view.decisions() == [Decision(each.origin, Choice.KEEP, each.record, each.parts)]


def test_many_of_a_kind_can_be_left_out_and_kept_at_once(shown: Shown) -> None:
    papers = [proposal(replace(CARD, id=f"card{n}", title=f"Paper {n}"), "paper") for n in range(MANY)]
    view = shown(*papers, proposal(DAY))
    (at_once,) = view.findChildren(AllAtOnce)
    assert at_once.text() == "Leave out all of these"
    press(at_once)
    assert [each.proposal.kind for each in view.cards if not each.is_kept] == ["paper"] * MANY
    assert at_once.text() == "Keep all of these"
    view.cards[0].choose(Choice.KEEP)
    assert at_once.text() == "Leave out all of these"
    press(at_once)
    press(at_once)
    assert all(each.choice is Choice.KEEP for each in view.decisions())
    assert view.saying() == {}
    assert walk(view) == []
    assert shown(*papers[1:]).findChildren(AllAtOnce) == []
