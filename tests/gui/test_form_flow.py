"""The way through a form: a quiet moment one key away, another language in the middle, a worker beside, what is new."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from planner.forms import Way
from planner.session import Session
from planner.ui.a11y import walk
from planner.ui.kit.floats import Menu
from planner.ui.kit.text import Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.form_answers import AreaAnswer
from planner.ui.pages.form_news import NewsView
from planner.words import use_language
from tests.gui.forms_desk import Key, OnScreen, OpenForm, button, on_with_keys, press, type_keys
from tests.gui.made_up_forms import BringIn, made_up_form  # noqa: F401 - a fixture

FORM = """
| settings |
| | form_title | form_id | version | default_language |
| | Made up | made-up | {version} | English (en) |
| survey |
| | type | name | label::English (en) | label::Español (es) | appearance | bind::planner:for-worker::English (en) | bind::planner:for-worker::Español (es) | bind::planner:heavy |
| | begin group | one | Part one | Parte uno | | | | |
| | text | dream | What do you dream of? | ¿Con qué sueñas? | multiline | Let her take her time. | Dale su tiempo. | |
| | text | place | Where? | ¿Dónde? | | | | |
{more}
| | end group | | | | | | | |
| | begin group | two | Part two | Parte dos | | Ask if the door may stay closed. | | yes |
| | text | deep | Something deep? | ¿Algo profundo? | | | | |
| | end group | | | | | | | |
"""  # noqa: E501

SECRET = "Let her take her time."
DOOR = "Ask if the door may stay closed."


def table(version: int = 1, more: str = "") -> str:
    return FORM.format(version=version, more=more).replace("\n\n|", "\n|")


def words_on(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(Text) if each.isVisible())


@pytest.fixture
def made_up(
    made_up_form: BringIn,  # noqa: F811
    open_session: Callable[..., Session],
    show_notebook: Callable[..., OpenNotebook],
) -> Callable[..., OnScreen]:
    """``made_up("empty")`` or ``made_up("nobody")`` (with a worker) opens the made-up form on the screen."""

    def start(what: str = "empty", **look: object) -> OnScreen:
        session = open_session(what, str(look.get("language", "en")))
        made_up_form(session, table())
        if what == "nobody":
            session.choose(session.add_person("Rosa", told_on="2026-03-01").id)
        notebook = show_notebook(session, "forms", **look)
        notebook.go("form", form="made-up")
        return OnScreen(session, notebook)

    return start


def again(screen: OnScreen) -> OnScreen:
    """As another process would: only what is in the store is known."""
    screen.notebook.leave()
    screen.session.forms._open = None
    screen.notebook.forget()
    screen.notebook.go("form", form="made-up")
    return screen


# ---------------------------------------------------------------- a quiet moment


def test_one_key_leads_to_a_quiet_moment_and_back_to_the_very_same_place(made_up: Callable[..., OnScreen]) -> None:
    screen = made_up()
    type_keys("A small house")
    type_keys(Key.Key_Left, Key.Key_Left)
    view, answer = screen.page.view, screen.block("dream").answer
    assert isinstance(answer, AreaAnswer)
    place = answer.area.paper.textCursor().position()
    assert place == len("A small hou")
    type_keys(Key.Key_Escape)
    assert screen.notebook.current == "moment"
    assert "A small house" in screen.stored(), "it is saved before anything else"
    type_keys(Key.Key_Escape)
    assert screen.notebook.current == "form"
    assert screen.page.view is view
    assert QApplication.focusWidget() is answer.area.paper
    assert answer.area.paper.textCursor().position() == place
    type_keys("m")
    assert answer.area.text() == "A small houmse"


def test_what_can_be_taken_back_stays_so_over_a_quiet_moment(made_up: Callable[..., OnScreen]) -> None:
    screen = made_up()
    press(screen.view._ways[Way.NOT_NOW])
    assert "place" in screen.key
    press(screen.page.sections.moment)
    press(button(screen.notebook.page("moment"), "Back to where I was"))
    assert "place" in screen.key
    screen.notebook.undo()
    assert screen.filling.way("dream") is None
    # Also by way of other pages.
    press(screen.view._ways[Way.RATHER_NOT])
    screen.notebook.go("today")
    screen.notebook.go("form", form="made-up")
    screen.notebook.undo()
    assert screen.filling.way("dream") is None


def test_another_person_or_another_filling_is_never_left_on_the_screen(made_up: Callable[..., OnScreen]) -> None:
    screen = made_up("nobody")
    type_keys("Of Rosa alone", Key.Key_Escape)
    screen.session.choose(screen.session.add_person("Mina", told_on="2026-03-01").id)
    screen.notebook.go("form", form="made-up")
    assert "Of Rosa alone" not in words_on(screen.page)
    answer = screen.block("dream").answer
    assert isinstance(answer, AreaAnswer)
    assert answer.area.text() == ""


def test_thrown_away_meanwhile_it_begins_anew(made_up: Callable[..., OnScreen]) -> None:
    screen = made_up()
    type_keys("words", Key.Key_Escape)
    (row,) = screen.session.forms.unfinished(screen.person)
    screen.session.forms.throw_away(row.id)
    screen.notebook.back()
    answer = screen.block("dream").answer
    assert isinstance(answer, AreaAnswer)
    assert answer.area.text() == ""


# ---------------------------------------------------------------- the keyboard


def test_tab_goes_on_as_the_page_is_read(made_up: Callable[..., OnScreen]) -> None:
    screen = made_up()
    screen.next()
    ways, foot = list(screen.view._ways.values()), screen.page.foot
    first = screen.view.first()
    assert QApplication.focusWidget() is first
    seen = [first]
    for _press in range(6):
        type_keys(Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == [first, *ways, foot.back, foot.pause, foot.next]


# ---------------------------------------------------------------- languages


def choose_language(screen: OnScreen, words: str) -> None:
    """By keyboard: the button, then down the menu."""
    screen.page.languages.setFocus()
    type_keys(Key.Key_Return)
    menu = next(each for each in screen.notebook.window().findChildren(Menu) if each.isVisible())
    for _press in range(10):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert menu.isAncestorOf(focus)
        if words in (focus.accessibleName(), getattr(focus, "text", str)()):
            break
        type_keys(Key.Key_Down)
    type_keys(Key.Key_Return)


def test_the_questions_change_their_language_in_the_middle_and_everything_stays(
    made_up: Callable[..., OnScreen],
) -> None:
    screen = made_up()
    assert screen.page.languages.isVisible()
    assert screen.page.languages.accessibleName() == "The questions are in English"
    type_keys("Un gato")
    choose_language(screen, "Español")
    assert screen.block("dream").question.label == "¿Con qué sueñas?"
    assert screen.filling.value("dream") == "Un gato"
    assert screen.page.languages.text() == "Español"
    assert [tab.text for tab in screen.page.sections.tabs][:2] == ["Parte uno", "Parte dos"]
    # It is the language of this filling: also after a lock, while the program speaks its own.
    other = again(screen)
    assert other.block("dream").question.label == "¿Con qué sueñas?"
    assert other.page.foot.next.text() == "Next"
    choose_language(other, "English")
    assert other.block("dream").question.label == "What do you dream of?"


def test_all_of_the_program_can_take_that_language(made_up: Callable[..., OnScreen]) -> None:
    screen = made_up()
    asked: list[tuple[str, object]] = []
    screen.notebook.look_asked.connect(lambda name, value: asked.append((name, value)))
    assert "Everything in Español" not in [each.text for each in screen.page.languages.items()]
    choose_language(screen, "Español")
    assert [(each.text, each.checked) for each in screen.page.languages.items()] == [
        ("English", False),
        ("Español", True),
        ("Everything in Español", None),
    ]
    choose_language(screen, "Everything in Español")
    assert asked == [("language", "es")]
    use_language("es")
    other = again(screen)
    assert other.block("dream").question.label == "¿Con qué sueñas?"
    assert "Everything in Español" not in [each.text for each in other.page.languages.items()]


def test_a_form_in_one_language_offers_none(made_up: Callable[..., OnScreen], made_up_form: BringIn) -> None:  # noqa: F811
    screen = made_up()
    made_up_form(
        screen.session,
        "| settings |\n| | form_title | form_id |\n| | T | made-up |\n| survey |\n| | type | name | label |\n"
        "| | text | a | A? |\n",
    )
    again(screen)
    assert screen.page.head_extras() == []


# ---------------------------------------------------------------- a worker beside


def test_what_is_said_to_a_worker_is_at_the_side_until_the_screen_is_turned(made_up: Callable[..., OnScreen]) -> None:
    screen = made_up("nobody")
    assert SECRET in words_on(screen.page)
    assert "For Miriam" in words_on(screen.page)
    turn = screen.page.worker.button
    assert turn.isVisible()
    assert turn.text() == "Turn the screen"
    type_keys("half a wo")
    press(turn)
    assert SECRET not in words_on(screen.page)
    assert "For Miriam" not in words_on(screen.page)
    answer = screen.block("dream").answer
    assert isinstance(answer, AreaAnswer)
    assert answer.area.text() == "half a wo", "nothing else is another"
    # It stays so from page to page, and over a lock, until it is turned back.
    screen.next()
    screen.next()
    assert "section-note" in screen.key
    assert DOOR not in words_on(screen.page)
    other = again(screen)
    assert DOOR not in words_on(other.page)
    assert other.page.worker.button.text() == "Turn it back"
    press(other.page.worker.button)
    assert DOOR in words_on(other.page)
    other.next()
    assert DOOR in words_on(other.page)


def test_it_is_never_on_the_screen_of_somebody_left_with_only_their_pages(made_up: Callable[..., OnScreen]) -> None:
    screen = made_up("nobody")
    assert SECRET in words_on(screen.page), "a test of absence first shows that it would see it"
    screen.session.stay_with(screen.person)
    screen.notebook.go("form", form="made-up")
    assert "dream" in screen.key
    assert SECRET not in words_on(screen.page)
    assert not screen.page.findChildren(QWidget, "For Miriam")
    assert screen.page.worker.button not in screen.page.head_extras()
    assert not screen.page.worker.button.isVisible()


def test_it_is_never_in_a_notebook_of_one_s_own(made_up: Callable[..., OnScreen]) -> None:
    screen = made_up("empty")
    assert "What do you dream of?" in words_on(screen.page)
    assert SECRET not in words_on(screen.page)
    assert screen.page.worker.button not in screen.page.head_extras()


def test_it_follows_the_language_of_the_questions(made_up: Callable[..., OnScreen]) -> None:
    screen = made_up("nobody")
    choose_language(screen, "Español")
    assert "Dale su tiempo." in words_on(screen.page)
    assert SECRET not in words_on(screen.page)


# ---------------------------------------------------------------- a newer form


def test_a_form_that_changed_says_what_is_new_and_keeps_the_rest(
    made_up: Callable[..., OnScreen],
    made_up_form: BringIn,  # noqa: F811
) -> None:
    screen = made_up()
    type_keys("A small house")
    screen.next()
    type_keys("Lyon")
    screen.next()
    assert "section-note" in screen.key
    new = "| | text | when | When? | ¿Cuándo? | | | | |\n| | text | who | With whom? | ¿Con quién? | | | | |"
    made_up_form(screen.session, table(2, new))
    again(screen)
    assert screen.shows(NewsView)
    said = words_on(screen.page)
    assert "This form has changed a little" in said
    assert "When?" in said
    assert "With whom?" in said
    assert "What do you dream of?" not in said
    assert "No longer asked" not in said
    assert walk(screen.notebook.window()) == []
    assert QApplication.focusWidget() is screen.page.foot.next
    type_keys(Key.Key_Return)
    assert "section-note" in screen.key, "where it was left"
    assert screen.filling.value("dream") == "A small house"
    assert screen.filling.value("place") == "Lyon"
    again(screen)
    assert not screen.shows(NewsView), "it is said once"


def test_a_new_question_can_be_opened_at_once(made_up: Callable[..., OnScreen], made_up_form: BringIn) -> None:  # noqa: F811
    screen = made_up()
    type_keys("A small house")
    made_up_form(screen.session, table(2, "| | text | when | When? | ¿Cuándo? | | | | |"))
    again(screen)
    line = screen.view_of(NewsView).rows[0]
    line.press.setFocus()
    type_keys(Key.Key_Return)
    assert screen.key.endswith("/when")
    on_with_keys()
    assert "section-note" in screen.key


def test_what_is_gone_is_told(made_up: Callable[..., OnScreen], made_up_form: BringIn) -> None:  # noqa: F811
    screen = made_up()
    type_keys("A small house")
    screen.next()
    type_keys("Lyon")
    gone = "\n".join(line for line in table(2).split("\n") if "| place |" not in line)
    made_up_form(screen.session, gone)
    again(screen)
    assert screen.shows(NewsView)
    said = words_on(screen.page)
    assert "No longer asked" in said
    assert "Where?" in said, "the question as it was asked"
    assert "Lyon" in said, "and what was answered, to be seen once more"
    assert "these answers are let go" in said
    assert walk(screen.notebook.window()) == []
    screen.next()
    assert screen.filling.value("dream") == "A small house"


def test_what_a_changed_form_lets_go_stays_until_she_goes_on(
    made_up: Callable[..., OnScreen],
    made_up_form: BringIn,  # noqa: F811
) -> None:
    screen = made_up("nobody")
    screen.next()
    type_keys("Lyon")
    screen.notebook.leave()
    made_up_form(screen.session, "\n".join(line for line in table(2).split("\n") if "| place |" not in line))
    for _time in range(2):
        again(screen)
        assert screen.shows(NewsView)
        choose_language(screen, "Español")
        press(screen.page.worker.button)
        assert "Lyon" in words_on(screen.page)
        press(screen.page.foot.pause)
        assert "Lyon" in screen.stored()
        screen.notebook.go("form", form="made-up")
        assert screen.shows(NewsView), "also without another process in between"
    again(screen)
    screen.next()
    assert "Lyon" not in screen.stored()


def test_from_what_is_new_a_section_can_be_opened(
    made_up: Callable[..., OnScreen],
    made_up_form: BringIn,  # noqa: F811
) -> None:
    screen = made_up()
    type_keys("A small house")
    made_up_form(screen.session, table(2, "| | text | when | When? | ¿Cuándo? | | | | |"))
    again(screen)
    screen.page.sections.section_asked.emit("/data/two")
    assert "section-note" in screen.key
    assert not screen.shows(NewsView)


def test_a_form_that_changed_under_the_same_number_says_so_too(
    made_up: Callable[..., OnScreen],
    made_up_form: BringIn,  # noqa: F811
) -> None:
    screen = made_up()
    type_keys("A small house")
    made_up_form(screen.session, table(1, "| | text | when | When? | ¿Cuándo? | | | | |"))
    again(screen)
    assert "When?" in words_on(screen.view_of(NewsView))


def test_a_filling_begun_under_the_same_version_says_nothing(made_up: Callable[..., OnScreen]) -> None:
    screen = made_up()
    type_keys("words")
    assert not again(screen).shows(NewsView)


# ---------------------------------------------------------------- as it looks


@pytest.mark.parametrize("look", [{}, {"scale": 2.0, "width": 640, "height": 480}, {"look": "dark", "language": "es"}])
def test_every_control_is_named_and_reached(made_up: Callable[..., OnScreen], look: dict[str, object]) -> None:
    use_language(str(look.get("language", "en")))
    screen = made_up("nobody", **look)
    assert walk(screen.notebook.window()) == []
    press(screen.page.worker.button)
    assert walk(screen.notebook.window()) == []
    type_keys(Key.Key_Escape)
    assert screen.notebook.current == "moment"
    screen.notebook.back()
    screen.next()
    screen.next()
    assert walk(screen.notebook.window()) == []


def test_with_two_columns_the_quiet_moment_is_not_at_the_foot(made_up: Callable[..., OnScreen]) -> None:
    assert not made_up().page.foot.moment.isVisible(), "below the sections it is enough"


def test_in_one_column_it_leads_there_and_back(made_up: Callable[..., OnScreen]) -> None:
    screen = made_up(scale=2.0)
    view = screen.page.view
    press(screen.page.foot.moment)
    assert screen.notebook.current == "moment"
    type_keys(Key.Key_Escape)
    assert screen.page.view is view


def test_esc_is_told_where_the_quiet_moment_is(form: OpenForm) -> None:
    assert form().page.sections.moment.accessibleDescription() == "Also with Esc"


def test_a_form_that_was_removed_meanwhile_is_told_calmly(made_up: Callable[..., OnScreen]) -> None:
    screen = made_up()
    screen.notebook.go("forms")
    screen.notebook.go("form", form="no such form")
    said = words_on(screen.page)
    assert "This form is not here any more." in said
    assert screen.page.foot.isHidden()


def test_a_form_put_aside_can_be_gone_on_with(made_up: Callable[..., OnScreen]) -> None:
    screen = made_up()
    type_keys("A small house")
    screen.notebook.leave()
    screen.session.forms.own.put_aside("made-up")
    again(screen)
    assert screen.filling.value("dream") == "A small house"
