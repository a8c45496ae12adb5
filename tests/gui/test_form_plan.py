"""From a form on the screen into the plan, and before its first question; and the page of all forms."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.errors import MachineTrouble
from planner.plan.life import LifeDomain
from planner.plan.records import GoalTime
from planner.session import Session
from planner.session.filling_desk import FillingDesk
from planner.ui.a11y import walk
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.text import Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.before_form import AgeView, TellView
from planner.ui.pages.form_summary import SummaryView
from planner.ui.pages.form_views import QuestionView
from planner.ui.pages.proposal_card import ProposalCard
from planner.ui.pages.proposals import EndView, ProposalsView
from tests.gui.forms_desk import FORM, OnScreen, OpenForm, button, press


def answered(screen: OnScreen) -> None:
    """Sleep, a date, a person, a hope: answered by hand, up to the page to read over."""
    screen.until("needs")
    screen.choose("needs", "sleep", "dates", "people", "hope")
    screen.until("sleep_tonight")
    screen.choose("sleep_tonight", "none")
    screen.until("dates_any")
    screen.choose("dates_any", "yes")
    screen.until("d_page")
    screen.choose("d_kind", "court")
    write_day(screen, "4/1/2026")
    screen.until("people_any")
    screen.choose("people_any", "yes")
    screen.until("p_page")
    screen.write("p_name", "Maya")
    screen.until("hoping/hope")
    screen.write("hope", "I want to bake bread")
    screen.until("hope_step")
    screen.write("hope_step", "Ask for flour")
    screen.until("summary")


def write_day(screen: OnScreen, words: str) -> None:
    answer = screen.block("d_day").answer
    assert answer is not None
    first = answer.first()
    assert first is not None
    QTest.keyClicks(first, words)


def card(screen: OnScreen, title: str) -> ProposalCard:
    assert screen.shows(ProposalsView)
    return next(each for each in screen.view_of(ProposalsView).cards if each.record.title_text() == title)


def test_filled_by_hand_to_the_end_it_is_in_the_plan(form: OpenForm) -> None:
    screen = form()
    answered(screen)
    assert screen.shows(SummaryView)
    screen.next()
    assert screen.shows(ProposalsView)
    screen.next()
    assert screen.shows(EndView)
    assert screen.page.outline() is None
    session, me = screen.session, screen.person
    goals = {each.title: each for each in session.goals(me)}
    assert {"I want to sleep where I feel safe", "I want to bake bread"} <= set(goals)
    bread = goals["I want to bake bread"]
    assert [each.title for each in session.parts(me, bread.id).steps] == ["Ask for flour"]
    (court,) = session.appointments(me)
    assert (court.title, court.starts) == ("Court date", "2026-04-01")
    assert [each.name for each in session.contacts(me)] == ["Maya"]
    assert session.forms.unfinished(me) == []
    press(screen.view_of(EndView).plan)
    assert screen.notebook.current == "plan"


def test_each_thing_can_be_left_out_or_changed_in_its_place(form: OpenForm) -> None:
    screen = form()
    answered(screen)
    screen.next()
    sleep = card(screen, "I want to sleep where I feel safe")
    press(sleep.tray._parts[1])
    bread = card(screen, "I want to bake bread")
    press(bread.change)
    assert walk(screen.notebook.window()) == []
    editor = bread._editor
    assert editor is not None
    editor._fields["title"].selectAll()
    QTest.keyClicks(editor._fields["title"], "Bread on Sundays")
    assert editor._time is not None
    editor._time.choose(GoalTime.NOW.value)
    editor._step_fields[0].selectAll()
    QTest.keyClicks(editor._step_fields[0], "Ask Ben for flour")
    press(button(editor, "Add a step"))
    QTest.keyClicks(editor._step_fields[1], "Find a tin")
    press(button(editor, "That is right"))
    assert bread.record.title_text() == "Bread on Sundays"
    press(card(screen, "Maya").change)
    maya = card(screen, "Maya")._editor
    assert maya is not None
    QTest.keyClicks(maya._fields["phone"], "555 0134")
    court = card(screen, "Court date")
    press(court.change)
    assert court._editor is not None
    assert court._editor._hour is not None
    QTest.keyClicks(court._editor._hour.field, "10:30")
    screen.next()
    session, me = screen.session, screen.person
    goals = {each.title: each for each in session.goals(me)}
    assert "I want to sleep where I feel safe" not in goals
    changed = goals["Bread on Sundays"]
    assert changed.time is GoalTime.NOW
    assert [each.title for each in session.parts(me, changed.id).steps] == ["Ask Ben for flour", "Find a tin"]
    assert [dict(each)["number"] for each in session.contacts(me)[0].phones] == ["555 0134"]
    assert session.appointments(me)[0].starts == "2026-04-01T10:30"


def test_leaving_in_the_middle_loses_nothing_of_what_she_chose(
    form: OpenForm, show_notebook: Callable[..., OpenNotebook]
) -> None:
    screen = form()
    answered(screen)
    screen.next()
    press(card(screen, "I want to sleep where I feel safe").tray._parts[1])
    bread = card(screen, "I want to bake bread")
    press(bread.change)
    assert bread._editor is not None
    QTest.keyClicks(bread._editor._fields["title"], " at home")
    screen.notebook.go("forms")
    screen.session.forms._open = None  # another process knows only what is in the store
    again = OnScreen(screen.session, show_notebook(screen.session, "today"))
    again.notebook.go("form", form=FORM)
    assert again.shows(ProposalsView)
    again.next()
    titles = [each.title for each in again.session.goals(again.person)]
    assert "I want to bake bread at home" in titles
    assert "I want to sleep where I feel safe" not in titles


def test_answering_again_shows_the_difference_and_what_was_left_out_stays_out(form: OpenForm) -> None:
    screen = form()
    answered(screen)
    screen.next()
    press(card(screen, "I want to sleep where I feel safe").tray._parts[1])
    screen.next()
    screen.notebook.go("forms")
    press(button(screen.notebook.page("forms"), "Look again"))
    assert screen.shows(SummaryView)
    assert screen.session.forms.unfinished(screen.person) == [], "to look is not to begin"
    line = next(each for each in screen.view_of(SummaryView).rows if "bake bread" in each.press.accessibleName())
    press(line.press)
    assert screen.shows(QuestionView)
    screen.write("hope", " and cakes")
    screen.next()
    assert screen.shows(SummaryView), "from a visit Next leads back"
    screen.next()
    shown = "\n".join(each.text() for each in screen.page.view.findChildren(Text))
    assert "“I want to bake bread” becomes “I want to bake bread and cakes”" in shown
    assert card(screen, "I want to sleep where I feel safe").tray.chosen == 1
    screen.next()
    titles = [each.title for each in screen.session.goals(screen.person)]
    assert "I want to bake bread and cakes" in titles
    assert "I want to sleep where I feel safe" not in titles
    assert len(screen.session.contacts(screen.person)) == 1


def test_the_page_after_the_end_knows_its_things_in_another_language_too(
    form: OpenForm, show_notebook: Callable[..., OpenNotebook]
) -> None:
    screen = form()
    answered(screen)
    screen.next()
    screen.next()
    screen.session.forms.open(screen.person, FORM)
    notebook = show_notebook(screen.session, "today")
    notebook.go(screen.notebook.here()[0], **screen.notebook.here()[1])
    page = OnScreen(screen.session, notebook).page
    assert page.view.heading() == "It is in your plan now"
    assert "I want to bake bread" in [each.text() for each in page.view.findChildren(Text)]


def test_undo_after_the_end_takes_it_out_of_the_plan(form: OpenForm) -> None:
    screen = form()
    answered(screen)
    screen.next()
    screen.next()
    assert screen.session.goals(screen.person)
    screen.notebook.undo()
    assert screen.session.goals(screen.person) == []


def test_a_full_disk_at_the_end_keeps_everything_and_finishes_once_there_is_room(
    form: OpenForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = form()
    answered(screen)
    screen.next()
    real = FillingDesk.finish

    def full(_table: FillingDesk, *_rest: object) -> None:
        raise MachineTrouble("The disk is full.", "Make some room.")

    monkeypatch.setattr(FillingDesk, "finish", full)
    screen.next()
    screen.next()
    assert screen.shows(ProposalsView)
    assert screen.notebook.unsaved == 1, "asked for twice, kept once"
    assert screen.session.goals(screen.person) == []
    monkeypatch.setattr(FillingDesk, "finish", real)
    assert screen.notebook._keeping.try_again()
    QApplication.processEvents()
    assert screen.shows(EndView)
    assert screen.session.goals(screen.person)


def test_with_nothing_to_propose_the_end_is_as_kind(form: OpenForm) -> None:
    screen = form()
    screen.page.sections.section_asked.emit("summary")
    screen.next()
    assert screen.shows(ProposalsView)
    assert screen.view_of(ProposalsView).proposals == []
    screen.next()
    assert screen.shows(EndView)
    assert screen.page.view.heading() == "Your answers are kept"
    assert walk(screen.notebook.window()) == []


# ---------------------------------------------------------------- before the first question


def test_with_a_worker_it_is_asked_gently_and_said_before_the_first_question(form: OpenForm) -> None:
    screen = form("nobody", who="Lin")
    assert screen.shows(AgeView)
    assert walk(screen.notebook.window()) == []
    press(screen.view_of(AgeView).group.cards[0])
    screen.next()
    person = screen.session.person
    assert person is not None
    assert person.under_18 is True
    assert screen.shows(TellView)
    shown = "\n".join(each.text() for each in screen.page.view.findChildren(Text))
    assert "If Miriam learns that someone under 18 is hurt" in shown
    assert "Not a parent, not a guardian, not a partner." in shown
    assert walk(screen.notebook.window()) == []
    assert person.told_on == ""
    screen.next()
    assert screen.session.find_person(person.id).told_on == "2026-03-12"
    assert "welcome" in screen.key
    assert screen.shows(QuestionView)


def test_over_18_nothing_more_is_said(form: OpenForm) -> None:
    screen = form("nobody", who="Lin")
    assert screen.shows(AgeView)
    press(screen.view_of(AgeView).group.cards[1])
    screen.next()
    assert screen.shows(QuestionView)
    screen.notebook.go("forms")
    screen.notebook.go("form", form=FORM)
    assert screen.shows(QuestionView)


def test_not_known_is_said_too_and_asked_only_once(form: OpenForm) -> None:
    screen = form("nobody", who="Lin")
    screen.next()
    assert screen.shows(TellView)
    screen.page.sections.section_asked.emit("summary")
    assert screen.shows(TellView), "no way round it by the outline"
    screen.next()
    assert screen.shows(SummaryView)
    person = screen.session.person
    assert person is not None
    assert (person.under_18, person.told_on) == (None, "2026-03-12")
    screen.notebook.go("forms")
    screen.notebook.go("form", form=FORM)
    assert screen.shows(SummaryView)


def test_in_her_own_notebook_nobody_asks(form: OpenForm) -> None:
    assert form().shows(QuestionView)


def test_a_quiet_moment_and_a_look_elsewhere_lead_back_to_the_same_page(form: OpenForm) -> None:
    screen = form()
    answered(screen)
    screen.next()
    screen.next()
    screen.notebook.go("forms")
    press(button(screen.notebook.page("forms"), "Look again"))
    press(screen.view_of(SummaryView).rows[0].press)
    here = screen.key
    press(screen.page.sections.moment)
    assert screen.notebook.current == "moment"
    screen.notebook.back()
    assert screen.notebook.current == "form"
    assert screen.key == here


# ---------------------------------------------------------------- all forms


def texts(screen: OnScreen) -> str:
    page = screen.notebook.page("forms")
    QApplication.processEvents()
    return "\n".join(each.text() for each in page.findChildren(Text) if each.isVisible())


def test_all_forms_say_where_it_stopped(form: OpenForm) -> None:
    screen = form()
    screen.until("needs")
    screen.choose("needs", "sleep")
    screen.until("sleep_tonight")
    press(screen.page.foot.pause)
    assert screen.notebook.current == "forms"
    assert "You stopped at “Where I sleep”, today." in texts(screen)
    assert walk(screen.notebook.window()) == []
    press(button(screen.notebook.page("forms"), "Go on"))
    assert "sleep_tonight" in screen.key


def test_throwing_away_asks_calmly_and_erases(form: OpenForm) -> None:
    screen = form()
    screen.until("needs")
    screen.choose("needs", "sleep")
    press(screen.page.foot.pause)
    page = screen.notebook.page("forms")
    press(button(page, "Throw away: First steps"))
    dialog = screen.notebook.window().findChild(Dialog)
    assert dialog is not None
    assert QApplication.focusWidget() is button(dialog, "Keep them")
    press(button(dialog, "Keep them"))
    assert len(screen.session.forms.unfinished(screen.person)) == 1
    press(button(page, "Throw away: First steps"))
    dialog = next(each for each in screen.notebook.window().findChildren(Dialog) if each.isVisible())
    press(button(dialog, "Erase these answers"))
    assert screen.session.forms.unfinished(screen.person) == []
    assert button(page, "Begin").isVisible()


def test_while_a_hold_is_on_answers_are_not_thrown_away(form: OpenForm) -> None:
    screen = form()
    screen.until("needs")
    screen.choose("needs", "sleep")
    press(screen.page.foot.pause)
    screen.session.erasing.hold(screen.person)
    QApplication.processEvents()
    press(button(screen.notebook.page("forms"), "Throw away: First steps"))
    dialog = next(each for each in screen.notebook.window().findChildren(Dialog) if each.isVisible())
    assert dialog.title.text().startswith("If papers from a court or a lawyer have come")
    press(button(dialog, "All right"))
    assert len(screen.session.forms.unfinished(screen.person)) == 1


def test_a_finished_form_says_when(form: OpenForm) -> None:
    screen = form()
    answered(screen)
    screen.next()
    screen.next()
    screen.notebook.go("forms")
    assert "You finished it on March 12." in texts(screen)
    home = [each for each in screen.session.goals(screen.person) if each.domain is LifeDomain.HOME]
    assert home


def test_unfinished_answers_that_are_damaged_are_said_and_kept(
    open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]
) -> None:
    from planner.store.rows import FillingRow

    session = open_session("empty")
    person = session.person
    assert person is not None
    now = session.stamp()
    row = FillingRow(id="x", person=person.id, form=FORM, state=b"\x00 cut", started=now, updated=now)
    session.store.save_filling(row)
    notebook = show_notebook(session, "forms")
    screen = OnScreen(session, notebook)
    assert "could not be opened" in texts(screen)
    notebook.go("form", form=FORM)
    assert "could not be opened" in screen.page.view.heading()
    assert session.store.filling("x") == row
