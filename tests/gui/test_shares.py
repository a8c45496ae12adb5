"""Shares as people use them: made, given one by one, typed back, and typed again at the lock screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.keys import Cost, SlotKind, WrongPassphrase
from planner.keys.shares import NewShares, share_list
from planner.sample import fill_for_me
from planner.session import Session
from planner.store.backups import make_backup
from planner.store.notebooks import Notebook
from planner.ui.a11y import walk
from planner.ui.dialogs.change_passphrase import ChangePassphrase
from planner.ui.dialogs.copy_secret import CopySecret, not_this_copy
from planner.ui.dialogs.make_shares import GiveShares, MakeShares, RemoveShares
from planner.ui.dialogs.open_with_shares import OpenWithShares
from planner.ui.first_start.route import Stop
from planner.ui.first_start.stops import Who
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.settings import SettingsPage
from planner.ui.pages.settings_opening import OpeningPart
from planner.ui.paper.choose_file import ChooseFolder
from planner.ui.paper.preview import Preview
from planner.ui.share_words import ShareEntry, ShareWords
from planner.words import use_language
from tests.gui.notebooks import PASSPHRASE
from tests.gui.programs import StartProgram, dialog_on, said, says, type_into

Key = Qt.Key
Open = Callable[..., Session]
Show = Callable[..., OpenNotebook]
NEW = "copper lanterns over the old harbor wall"


def with_shares(data_dir: Path, *, also: str = "") -> tuple[Path, NewShares]:
    """A locked notebook that shares open, and perhaps one more passphrase."""
    notebook = Notebook.create(data_dir, PASSPHRASE, "", Cost())
    made = NewShares.make()
    for number, share in enumerate(made.shares):
        made.try_one(number, share)
    notebook.put_shares(made)
    if also:
        notebook.add_passphrase(also, "Front desk")
    notebook.close()
    return notebook.folder, made


def type_share(entry: ShareEntry, words: tuple[str, ...]) -> None:
    """By keyboard, four letters of each word and Enter."""
    for word in words:
        QTest.keyClicks(entry.field, word[:4])
        QTest.keyClick(entry.field, Key.Key_Return)


def opening_of(notebook: OpenNotebook) -> OpeningPart:
    page = notebook.page("settings")
    assert isinstance(page, SettingsPage)
    return page.safety.opening


# ---------------------------------------------------------------- at the lock screen


def test_two_of_three_open_it_word_by_word(tmp_path: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    _folder, made = with_shares(tmp_path)
    program = start_program(tmp_path)
    screen = program.lock_screen
    assert screen is not None
    assert not screen.shares_way.isVisible()
    assert "share" not in said(screen).lower()
    screen.other_way.click()
    screen.shares_way.click()
    dialog = dialog_on(program.window)
    assert isinstance(dialog, OpenWithShares)
    assert dialog.entry.field.hasFocus()
    assert walk(program.window) == []
    type_share(dialog.entry, made.shares[2])
    assert "1 share is in. 1 more is needed." in said(dialog)
    assert dialog.entry.words == ()
    type_share(dialog.entry, made.shares[0])
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    assert program.session is not None
    # Whoever came in so has most likely forgotten the passphrase.
    asked = dialog_on(program.window)
    assert isinstance(asked, ChangePassphrase)
    assert not asked.present.isVisible()
    assert walk(program.window) == []
    type_into(asked.new.first, NEW)
    type_into(asked.new.second, NEW)
    asked.yes.click()
    qtbot.waitUntil(lambda: not program.window.findChildren(ChangePassphrase), timeout=30_000)
    program.session.check_secret(NEW)
    program.session.check_secret(made.secret)
    with pytest.raises(WrongPassphrase):
        program.session.check_secret(PASSPHRASE)


def test_which_of_several_passphrases_is_asked(tmp_path: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    _folder, made = with_shares(tmp_path, also="somebody else entirely")
    program = start_program(tmp_path)
    program.door.open(_folder, made.secret)
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    assert program.session is not None
    asked = dialog_on(program.window)
    assert isinstance(asked, ChangePassphrase)
    assert asked.which.isVisible()
    front = next(each for each in program.session.notebook.slots() if each.label == "Front desk")
    asked.which.choose(front.id)
    type_into(asked.new.first, NEW)
    type_into(asked.new.second, NEW)
    asked.yes.click()
    qtbot.waitUntil(lambda: not program.window.findChildren(ChangePassphrase), timeout=30_000)
    program.session.check_secret(NEW)
    program.session.check_secret(PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        program.session.check_secret("somebody else entirely")


def test_a_copy_on_another_computer_is_opened_with_shares(
    tmp_path: Path, start_program: StartProgram, qtbot: QtBot
) -> None:
    stick, data_dir = tmp_path / "stick", tmp_path / "new computer"
    stick.mkdir()
    folder, made = with_shares(tmp_path / "old")
    old = Notebook.open(folder, PASSPHRASE)
    fill_for_me(old.store, "en", date(2026, 3, 12), "UTC")
    make_backup(old, stick)
    old.close()
    program = start_program(data_dir)
    first = program.first_start
    assert first is not None
    first.show_stop(Stop.WHO)
    assert isinstance(first.view, Who)
    first.view.copy_button.click()
    place = dialog_on(program.window)
    assert isinstance(place, ChooseFolder)
    place.show_folder(stick)
    place.use.click()
    secret = dialog_on(program.window)
    assert isinstance(secret, CopySecret)
    for shares, opens in ((NewShares.make().shares, False), (made.shares, True)):
        secret.shares.click()
        dialog = dialog_on(program.window)
        assert isinstance(dialog, OpenWithShares)
        for share in shares[1:]:
            type_share(dialog.entry, share)
        if not opens:
            qtbot.waitUntil(lambda: not_this_copy() in said(secret), timeout=20_000)
            assert program.session is None
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    assert program.session is not None
    assert program.session.people()


def test_shares_of_another_notebook_are_said_so(tmp_path: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    with_shares(tmp_path)
    strange = NewShares.make()
    program = start_program(tmp_path)
    screen = program.lock_screen
    assert screen is not None
    screen.other_way.click()
    screen.shares_way.click()
    dialog = dialog_on(program.window)
    assert isinstance(dialog, OpenWithShares)
    for share in strange.shares[:2]:
        type_share(dialog.entry, share)
    qtbot.waitUntil(screen._row.asking, timeout=20_000)
    assert "These shares fit together, but they do not open this notebook." in said(screen)
    assert program.session is None
    # What they made together is not left in the field.
    assert screen.secret.text() == ""


def test_a_wrong_word_gets_one_clear_sentence(tmp_path: Path, start_program: StartProgram) -> None:
    _folder, made = with_shares(tmp_path)
    program = start_program(tmp_path)
    screen = program.lock_screen
    assert screen is not None
    screen.other_way.click()
    screen.shares_way.click()
    dialog = dialog_on(program.window)
    assert isinstance(dialog, OpenWithShares)
    entry = dialog.entry
    QTest.keyClicks(entry.field, "rivver")
    QTest.keyClick(entry.field, Key.Key_Return)
    assert "“rivver” is not on the list of words. Did you mean one of these?" in said(dialog)
    assert "river" in [each.text() for each in entry.offered if each.isVisible()]
    entry.field.selectAll()
    QTest.keyClicks(entry.field, "ac")
    assert [each.text() for each in entry.offered if each.isVisible()][:2] == ["academic", "acid"]
    QTest.keyClick(entry.field, Key.Key_Return)
    assert "More than one word begins with “ac”." in said(dialog)
    entry.field.selectAll()
    QTest.keyClicks(entry.field, "zzz")
    QTest.keyClick(entry.field, Key.Key_Return)
    assert "Look at the paper once more." in said(dialog)
    assert entry.words == ()
    entry.clear()
    assert not any(each.isVisible() for each in (*entry.offered, *entry.typed))
    wrong = list(made.shares[0])
    wrong[11] = next(word for word in share_list() if word != wrong[11])
    type_share(entry, tuple(wrong))
    assert "Look at word 12: it does not fit the others." in said(dialog)
    assert "Word 12 of 20" in said(dialog)
    assert entry.field.hasFocus()
    QTest.keyClicks(entry.field, made.shares[0][11] + " ")
    assert "1 share is in." in said(dialog)
    type_share(entry, made.shares[0])
    assert "This share is in already." in said(dialog)
    assert entry.field.isReadOnly()
    entry.typed[3].click()
    assert "Word 4 of 20" in said(dialog)
    assert not entry.field.isReadOnly()
    assert walk(program.window) == []
    assert program.session is None


def test_a_damaged_key_file_is_mended_by_shares_too(tmp_path: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    folder, made = with_shares(tmp_path)
    good = (folder / "keys").read_bytes()
    (folder / "keys").write_bytes(good[:-1])
    program = start_program(tmp_path)
    program.door.open(folder, made.secret)
    qtbot.waitUntil(lambda: program.lock_screen is not None and program.lock_screen._note is not None, timeout=20_000)
    screen = program.lock_screen
    assert screen is not None
    assert (folder / "keys").read_bytes() == good[:-1]
    screen.mend_button.click()
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    assert (folder / "keys").read_bytes() == good


# ---------------------------------------------------------------- made in the settings


def begin(notebook: OpenNotebook, qtbot: QtBot, split: str = "2/3") -> GiveShares:
    opening_of(notebook).shares_row.press.click()
    dialog = dialog_on(notebook.window())
    assert isinstance(dialog, MakeShares)
    assert walk(notebook.window()) == []
    dialog.split.choose([split])
    type_into(dialog.secret, PASSPHRASE)
    dialog.yes.click()
    qtbot.waitUntil(lambda: bool(notebook.window().findChildren(GiveShares)), timeout=30_000)
    found = dialog_on(notebook.window())
    assert isinstance(found, GiveShares)
    return found


def give_all(notebook: OpenNotebook, giving: GiveShares, qtbot: QtBot) -> NewShares:
    made = giving._shares
    for number, share in enumerate(made.shares):
        assert f"Share {number + 1} of {len(made.shares)}" in said(giving)
        assert [word in said(giving) for word in share] == [True] * 20
        giving.yes.click()
        assert giving.entry.field.hasFocus()
        # The paper is what is typed from: the words are covered.
        assert f"1  {share[0]}" not in said(giving).replace("\u2007", "")
        type_share(giving.entry, share)
    qtbot.waitUntil(lambda: not notebook.window().findChildren(GiveShares), timeout=30_000)
    assert "The shares are ready" in said(dialog_on(notebook.window()))
    dialog_on(notebook.window()).accept()
    return made


@pytest.mark.parametrize("split", ["2/3", "3/5"])
def test_shares_are_given_one_by_one_and_count_at_the_end(
    open_session: Open, show_notebook: Show, qtbot: QtBot, split: str
) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "settings")
    assert "There are none. Two of three people" in said(opening_of(notebook))
    giving = begin(notebook, qtbot, split)
    assert walk(notebook.window()) == []
    made = give_all(notebook, giving, qtbot)
    assert made.label == split
    session.check_secret(made.secret)
    assert "Any {} of {} open the notebook.".format(*split.split("/")) in said(opening_of(notebook))


def test_until_the_last_is_typed_back_none_counts(open_session: Open, show_notebook: Show, qtbot: QtBot) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "settings")
    keys = (session.notebook.folder / "keys").read_bytes()
    giving = begin(notebook, qtbot)
    made = giving._shares
    for share in made.shares[:2]:
        giving.yes.click()
        type_share(giving.entry, share)
    giving.yes.click()
    type_share(giving.entry, made.shares[0])
    assert "This is another of your shares." in said(giving)
    assert walk(notebook.window()) == []
    giving.look_again.click()
    assert made.shares[2][19] in said(giving)
    QTest.keyClick(giving.yes, Key.Key_Escape)
    asked = dialog_on(notebook.window())
    assert asked is not giving
    assert "The pages so far will open nothing." in said(asked)
    next(each for each in asked.stops() if getattr(each, "text", str)() == "Stop").click()  # type: ignore[attr-defined]
    assert not giving.isVisible()
    assert (session.notebook.folder / "keys").read_bytes() == keys
    assert [each.kind for each in session.notebook.slots()] == [SlotKind.PASSPHRASE]
    with pytest.raises(WrongPassphrase):
        session.check_secret(made.secret)


def test_new_ones_take_the_place_and_removed_ones_open_nothing(
    open_session: Open, show_notebook: Show, qtbot: QtBot
) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "settings")
    assert not opening_of(notebook).remove_shares.isVisible()
    first = give_all(notebook, begin(notebook, qtbot), qtbot)
    second = give_all(notebook, begin(notebook, qtbot), qtbot)
    with pytest.raises(WrongPassphrase):
        session.check_secret(first.secret)
    session.check_secret(second.secret)
    opening_of(notebook).remove_shares.click()
    asked = dialog_on(notebook.window())
    assert isinstance(asked, RemoveShares)
    assert walk(notebook.window()) == []
    # Not by whoever finds the notebook open, nor by the shares themselves.
    keys = (session.notebook.folder / "keys").read_bytes()
    asked.yes.click()
    assert "Type your passphrase first." in said(asked)
    for typed, answer in (("a guess", "That does not open this notebook."), (second.secret, "Type another one")):
        asked.secret.clear()
        type_into(asked.secret, typed)
        asked.yes.click()
        qtbot.waitUntil(partial(says, asked, answer), timeout=30_000)
    assert (session.notebook.folder / "keys").read_bytes() == keys
    asked.secret.clear()
    type_into(asked.secret, PASSPHRASE)
    asked.yes.click()
    qtbot.waitUntil(lambda: "There are none." in said(opening_of(notebook)), timeout=30_000)
    with pytest.raises(WrongPassphrase):
        session.check_secret(second.secret)
    session.check_secret(PASSPHRASE)


def test_nobody_makes_shares_without_the_passphrase(open_session: Open, show_notebook: Show, qtbot: QtBot) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "settings")
    opening_of(notebook).shares_row.press.click()
    dialog = dialog_on(notebook.window())
    assert isinstance(dialog, MakeShares)
    dialog.yes.click()
    assert "Type your passphrase first." in said(dialog)
    type_into(dialog.secret, "a guess")
    dialog.yes.click()
    qtbot.waitUntil(lambda: "That does not open this notebook." in said(dialog), timeout=30_000)
    assert not notebook.window().findChildren(GiveShares)


@pytest.mark.parametrize("look", [{}, {"look": "dark", "language": "es"}, {"scale": 2.0, "width": 640, "height": 480}])
def test_every_control_is_named_and_reached(
    open_session: Open, show_notebook: Show, qtbot: QtBot, look: dict[str, object]
) -> None:
    use_language(str(look.get("language", "en")))
    notebook = show_notebook(open_session("others"), "settings", **look)
    giving = begin(notebook, qtbot)
    assert walk(notebook.window()) == []
    giving.yes.click()
    giving.entry._take("acid river academic")
    assert walk(notebook.window()) == []
    giving.look_again.click()
    words = giving.findChildren(ShareWords)[-1]
    words.setFocus()
    bar = giving._scroll.verticalScrollBar()
    bar.setValue(0)
    QTest.keyClick(words, Key.Key_Down)
    # Where not all words are in sight, the arrows bring the others there.
    assert (bar.value() > 0) == (bar.maximum() > 0)
    giving.done(0)


def test_the_page_of_a_share_is_printed_and_cannot_be_saved(
    open_session: Open, show_notebook: Show, qtbot: QtBot
) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "settings")
    giving = begin(notebook, qtbot)
    giving.print_button.click()
    qtbot.waitUntil(lambda: bool(notebook.window().findChildren(Preview)), timeout=30_000)
    look = notebook.window().findChildren(Preview)[0]
    shown = look.sheets.sheets[0].accessibleName()
    assert [word in shown for word in giving.share] == [True] * 20
    # Words of the share may themselves hold such letters: "keyboard".
    others = " ".join(each for each in shown.lower().split() if each not in giving.share)
    assert not any(word in others for word in ("share", "planner", "notebook", "key", "together"))
    assert not look.save_button.isVisible()
    assert session.activity() == []
    look.reject()
    giving.done(0)
