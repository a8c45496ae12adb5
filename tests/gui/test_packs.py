"""Content from others, as a person meets it: six words are compared, it comes in and goes, on a real notebook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.keys.givers import public_of, six_words
from planner.packs.check import check_files
from planner.session import Session
from planner.ui.a11y import walk
from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.text import Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.packs import PacksPage
from planner.ui.pages.packs_bring import NOT_YET, SAME, SHOWN, PacksBringPage
from planner.ui.pages.settings import SettingsPage
from planner.words import use_language
from tests.gui.notebooks import OpenSession, ShowNotebook
from tests.unit.packs.made_packs import (
    CLOCKS,
    GOAL,
    GUIDE,
    MANIFEST,
    OTHER_SEED,
    SEED,
    TODAY,
    in_zip,
    made,
    of_version,
    signed,
    without_form,
)


def said(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(each.text() for each in widget.findChildren(Text) if each.isVisibleTo(widget))


class Hand:
    """What somebody does there."""

    def __init__(self, session: Session, notebook: OpenNotebook, place: Path, qtbot: QtBot) -> None:
        self.session, self.notebook, self._place, self._qtbot = session, notebook, place, qtbot

    @property
    def packs(self) -> PacksPage:
        self.notebook.go("packs")
        page = self.notebook.page("packs")
        assert isinstance(page, PacksPage)
        QApplication.processEvents()
        return page

    def look(self, files: dict[str, bytes]) -> PacksBringPage:
        path = in_zip(self._place, files)
        self.notebook.go("packs-bring")
        page = self.notebook.page("packs-bring")
        assert isinstance(page, PacksBringPage)
        page.read(path)
        self._qtbot.waitUntil(lambda: page.preview is not None or page.refused is not None, timeout=20_000)
        return page

    def take(self, files: dict[str, bytes]) -> None:
        page = self.look(files)
        page.giver.answer.choose((SAME,))
        page.take.click()
        self._qtbot.waitUntil(lambda: self.notebook.current == "packs")

    def answer(self, words: str) -> None:
        QApplication.processEvents()
        (dialog,) = [each for each in self.notebook.window().findChildren(Dialog) if each.isVisible()]
        next(each for each in dialog.findChildren(Button) if each.text() == words).click()
        QApplication.processEvents()


@pytest.fixture
def hand(open_session: OpenSession, show_notebook: ShowNotebook, tmp_path: Path, qtbot: QtBot) -> Hand:
    session = open_session("empty")
    return Hand(session, show_notebook(session, "settings"), tmp_path, qtbot)


def test_the_way_leads_through_settings(hand: Hand) -> None:
    page = hand.notebook.page("settings")
    assert isinstance(page, SettingsPage)
    line = next(each for each in page.findChildren(QWidget) if each.accessibleName().startswith("Content from others"))
    line.setFocus()
    line.click()  # type: ignore[attr-defined]
    assert hand.notebook.current == "packs"
    assert "Nothing from others is here yet" in said(hand.packs)
    hand.packs.first.click()
    assert hand.notebook.current == "packs-bring"


@pytest.mark.apart
def test_a_stranger_is_taken_only_after_the_six_words_were_compared(hand: Hand, qtbot: QtBot) -> None:
    page = hand.look(signed(made()))
    words = said(page)
    assert "  ".join(six_words(public_of(SEED), "en")) in words
    assert "  ".join(six_words(public_of(SEED), "es")) in words
    assert "It says it is from Heron House" in words
    for answer in ((), (NOT_YET,)):
        page.giver.answer.choose(answer)
        page.take.click()
        assert "Compare the six words first." in said(page)
        assert hand.session.packs.all() == []
    page.giver.answer.choose((SAME,))
    page.take.click()
    qtbot.waitUntil(lambda: hand.notebook.current == "packs")
    assert "From Heron House" in said(hand.packs)
    assert [each.name for each in hand.session.packs.givers()] == ["Heron House"]
    assert hand.session.content.kit("heron-county") is not None


def test_every_number_link_and_form_is_on_the_page(hand: Hand) -> None:
    words = said(hand.look(signed(made())))
    for each in ("555-0142", "555-0143", "1-800-555-0142", "heron.example", "https://town.example/help", "Arriving"):
        assert f"\n{each}\n" in words, each
    assert "At night, call 555-0143." in words


def test_what_changes_stands_beside_what_was_there(hand: Hand) -> None:
    hand.take(signed(made()))
    manifest = MANIFEST.replace('"1.2"', '"2"')
    words = {"pack.toml": manifest, "goals/bus.toml": GOAL.replace("0142", "0199"), "directory/heron.toml": None}
    page = hand.look(signed(made(words)))
    shown = said(page)
    assert "You have compared their six words before." in shown
    assert "555-0199" in shown
    assert "Before: 555-0142" in shown
    assert "It goes away." in shown
    assert "555-0143" not in shown
    assert "as they were" in shown
    page.take.click()
    assert "Version 2" in said(hand.packs) or "version 2" in said(hand.packs)


def test_a_changed_giver_and_a_pack_without_one_are_told(hand: Hand) -> None:
    hand.take(signed(without_form()))
    page = hand.look(without_form({"pack.toml": of_version("2")}))
    assert page.refused is not None
    assert not page.take.isVisible()
    page = hand.look(signed(without_form({"pack.toml": of_version("2")}), OTHER_SEED))
    assert "the key is a new one" in said(page)
    assert "  ".join(six_words(public_of(OTHER_SEED), "en")) in said(page)


def test_without_a_giver_it_is_said_plainly(hand: Hand, qtbot: QtBot) -> None:
    page = hand.look(without_form())
    assert "Nobody signed this" in said(page)
    assert not page.giver.answer.isVisible()
    page.take.click()
    qtbot.waitUntil(lambda: hand.notebook.current == "packs")
    assert "Nobody signed this" in said(hand.packs)


def test_what_is_refused_says_why_and_changes_nothing(hand: Hand) -> None:
    files = signed(made())
    before = hand.session.store.fingerprint()
    page = hand.look({**files, "goals/bus.toml": files["goals/bus.toml"] + b"\n"})
    assert "Somebody changed this pack after it was signed" in said(page)
    assert "Nothing was changed." in said(page)
    assert not page.take.isVisible()
    assert hand.session.store.fingerprint() == before


def test_nothing_of_a_file_stays_on_a_page_that_was_left(hand: Hand) -> None:
    page = hand.look(without_form())
    hand.notebook.go("settings")
    assert page.preview is None
    hand.notebook.go("packs-bring")
    assert "Heron House" not in said(page)


def test_a_file_that_is_still_being_read_is_given_up_with_its_page(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting: list[Callable[[object], object]] = []
    monkeypatch.setattr(hand.notebook, "busy", lambda _words, _work, done, **_more: waiting.append(done))
    hand.notebook.go("packs-bring")
    page = hand.notebook.page("packs-bring")
    assert isinstance(page, PacksBringPage)
    found = hand.session.packs.look_at(check_files(without_form(), TODAY))
    page.read(Path("any.zip"))
    hand.notebook.go("settings")
    waiting.pop()(found)
    assert page.preview is None
    hand.notebook.go("packs-bring")
    page.read(Path("any.zip"))
    waiting.pop()(found)
    assert page.preview is found


def test_taking_out_asks_first_and_leaves_what_was_written(hand: Hand) -> None:
    hand.take(signed(made()))
    hand.packs.out["heron-house"].click()
    hand.answer("Not now")
    assert hand.session.packs.all()
    hand.packs.out["heron-house"].click()
    hand.answer("Take it out")
    assert hand.session.packs.all() == []
    assert "Nothing from others is here yet" in said(hand.packs)
    assert hand.session.packs.givers()


def test_a_giver_can_be_forgotten(hand: Hand) -> None:
    hand.take(signed(without_form()))
    (button,) = hand.packs.forget_buttons.values()
    button.click()
    assert hand.session.packs.givers() == []
    assert hand.packs.forget_buttons == {}


def test_ones_own_six_words_are_shown_when_asked_for_and_then_put_away(hand: Hand) -> None:
    page = hand.packs
    assert not hand.session.packs.gives
    page.show_words.click()
    words = "  ".join(hand.session.packs.my_words("en"))
    assert words in said(page)
    hand.notebook.go("settings")
    assert words not in said(hand.packs)


def test_a_long_list_shows_its_rest_at_a_press(hand: Hand) -> None:
    many = "".join(f"[[part]]\ntext.en = 'Call 555-{n:04}.'\ntext.es = 'Llama 555-{n:04}.'\n" for n in range(SHOWN + 5))
    words = {"guides/heron-first-week.toml": GUIDE.partition("[[part]]")[0] + many}
    page = hand.look(without_form(words))
    last = f"555-{SHOWN + 4:04}"
    assert last not in said(page)
    more = next(each for each in page.findChildren(Button) if each.text().startswith("Show "))
    more.click()
    assert last in said(page)
    assert not more.isVisible()


def test_with_somebody_beside_the_worker_the_pages_are_out_of_reach(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    session = open_session("others")
    notebook = show_notebook(session, "packs")
    assert notebook.current == "packs"
    session.stay_with(session.people()[0].id)
    for page in ("packs", "packs-bring"):
        notebook.go(page)
        assert notebook.current != page


@pytest.mark.parametrize(("language", "scale", "look"), [("en", 1.0, "light"), ("es", 2.0, "dark")])
def test_the_pages_can_be_used_by_everybody(
    open_session: OpenSession, show_notebook: ShowNotebook, language: str, scale: float, look: str
) -> None:
    use_language(language)
    session = open_session("empty", language)
    notebook = show_notebook(session, "packs", language=language, scale=scale, look=look)
    assert walk(notebook.window()) == []
    session.packs.bring_in(session.packs.look_at(check_files(signed(made()), TODAY)), compared=True)
    page = notebook.page("packs")
    assert isinstance(page, PacksPage)
    page.show_own()
    QApplication.processEvents()
    assert walk(notebook.window()) == []
    notebook.go("packs-bring")
    bring = notebook.page("packs-bring")
    assert isinstance(bring, PacksBringPage)
    newer = {"pack.toml": of_version("2"), "goals/bus.toml": GOAL.replace("555-0142", "911")}
    bring.show_preview(session.packs.look_at(check_files(signed(without_form(newer), OTHER_SEED), TODAY)))
    QApplication.processEvents()
    assert walk(notebook.window()) == []
    use_language("en")


def test_a_form_says_whose_it_is_in_the_list_and_while_it_is_filled_in(hand: Hand) -> None:
    hand.take(signed(made()))
    hand.notebook.go("forms")
    assert "From Heron House, version 1." in told(hand.notebook.page("forms"))
    hand.notebook.go("form", form="arriving")
    assert "Arriving · Heron House" in told(hand.notebook)


def test_time_limits_say_whose_they_are(hand: Hand) -> None:
    hand.take(signed(without_form({"clocks/heron.toml": CLOCKS})))
    hand.notebook.go("clocks", show="hours")
    assert "The clinic van" in told(hand.notebook)
    assert "From Heron House, not from this program." in told(hand.notebook)
    hand.notebook.go("clocks", template="heron-locker")
    assert "From Heron House, not from this program." in told(hand.notebook)


def told(widget: QWidget) -> str:
    """All that is said on it, to the eye or by a screen reader."""
    QApplication.processEvents()
    shown = [each for each in widget.findChildren(QWidget) if each.isVisibleTo(widget)]
    return "\n".join(each.accessibleName() for each in shown) + "\n" + said(widget)
