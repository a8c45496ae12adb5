"""A picture of her own in a quiet moment: she alone chooses it, nothing comes up that she did not choose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from planner.session import Session
from planner.session.papers import Paper
from planner.ui.a11y import walk
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.moment import MomentPage
from planner.ui.pages.moment_picture import PictureView
from planner.ui.pages.papers_bringing import CameIn
from planner.words import use_language
from tests.gui.forms_desk import Key, press, type_keys

Show = Callable[..., OpenNotebook]
PICTURE = 2


def photo(colour: str = "teal", wide: int = 300, high: int = 200) -> bytes:
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(held.data())


def keep(session: Session, title: str, content: bytes = b"", kind: str = "image/png") -> Paper:
    assert session.person is not None
    return session.papers.keep(session.person.id, content or photo(), kind, title)


def moment(notebook: OpenNotebook) -> MomentPage:
    page = notebook.page("moment")
    assert isinstance(page, MomentPage)
    return page


def at_picture(notebook: OpenNotebook) -> PictureView:
    """The third exercise, chosen with the keyboard."""
    page = moment(notebook)
    page.choice.findChildren(type(page.choice._parts[0]))[0].setFocus()
    type_keys(Key.Key_Right, Key.Key_Right)
    assert page.choice.chosen == PICTURE
    assert page.picture is not None
    return page.picture


def test_only_names_are_there_until_one_is_chosen_and_it_is_kept(
    open_session: Callable[..., Session], show_notebook: Show, qtbot: QtBot
) -> None:
    session = open_session("empty")
    lake, letter = keep(session, "The lake"), keep(session, "A letter", b"%PDF-1.4", "application/pdf")
    notebook = show_notebook(session, "moment")
    view = at_picture(notebook)
    assert set(view.rows) == {lake.id}
    assert letter.id not in view.rows
    assert not view.shown.isVisible()
    view.rows[lake.id].press.setFocus()
    type_keys(Key.Key_Return)
    qtbot.waitUntil(lambda: view.shown.has_picture)
    assert view.shown.isVisible()
    assert view.shown.accessibleName() == "The lake"
    assert view.words.text() == "Look at it as long as you like."
    # Another time it comes up at once; the exercises are there as before.
    notebook.go("today")
    assert not view.shown.has_picture, "it is let go of"
    notebook.go("moment")
    page = moment(notebook)
    assert page.choice.chosen == 0
    assert page.go_on.isVisible()
    again = at_picture(notebook)
    qtbot.waitUntil(lambda: again.shown.has_picture)
    assert again.rows == {}


def test_another_one_can_be_chosen_and_one_that_was_removed_does_not_come_up(
    open_session: Callable[..., Session], show_notebook: Show
) -> None:
    session = open_session("empty")
    lake, cat = keep(session, "The lake"), keep(session, "The cat", photo("red"))
    session.papers.choose_calm(lake.person, lake)
    notebook = show_notebook(session, "moment")
    view = at_picture(notebook)
    assert view.other.isVisible()
    assert not view.bring.isVisible()
    view.other.setFocus()
    type_keys(Key.Key_Space)
    assert set(view.rows) == {lake.id, cat.id}
    assert any(line.press.hasFocus() for line in view.rows.values())
    press(view.rows[cat.id].press)
    assert session.papers.calm(cat.person) == cat
    session.papers.remove(cat)
    notebook.go("today")
    notebook.go("moment")
    assert set(at_picture(notebook).rows) == {lake.id}


def test_where_there_is_none_one_can_be_brought_in(
    open_session: Callable[..., Session], show_notebook: Show, qtbot: QtBot
) -> None:
    session = open_session("empty")
    notebook = show_notebook(session, "moment")
    view = at_picture(notebook)
    assert view.words.text() == "There is no picture here yet."
    type_keys(Key.Key_Tab)
    assert view.bring.hasFocus()
    lake = keep(session, "The lake")
    view._bringing._came(CameIn(lake, from_file=True))
    qtbot.waitUntil(lambda: view.shown.has_picture)
    assert session.papers.calm(lake.person) == lake


def test_a_damaged_picture_leads_back_to_the_choice(
    open_session: Callable[..., Session], show_notebook: Show, qtbot: QtBot
) -> None:
    session = open_session("empty")
    broken = keep(session, "Broken", b"\x89PNG\r\n\x1a\nno")
    notebook = show_notebook(session, "moment")
    view = at_picture(notebook)
    press(view.rows[broken.id].press)
    qtbot.waitUntil(lambda: view.words.text() == "This picture cannot be shown.")
    assert set(view.rows) == {broken.id}


def test_without_anybody_chosen_there_is_no_picture(open_session: Callable[..., Session], show_notebook: Show) -> None:
    page = moment(show_notebook(open_session("others"), "moment"))
    assert len(page.choice._parts) == 2


@pytest.mark.parametrize("look", [{}, {"scale": 2.0, "width": 640, "height": 480}, {"look": "dark", "language": "es"}])
def test_every_control_is_named_and_reached(
    open_session: Callable[..., Session], show_notebook: Show, qtbot: QtBot, look: dict[str, object]
) -> None:
    use_language(str(look.get("language", "en")))
    session = open_session("empty", str(look.get("language", "en")))
    notebook = show_notebook(session, "moment", **look)
    view = at_picture(notebook)
    assert walk(notebook.window()) == []
    lake = keep(session, "A long name for a picture of the lake behind the house")
    view.choose()
    assert walk(notebook.window()) == []
    press(view.rows[lake.id].press)
    qtbot.waitUntil(lambda: view.shown.has_picture)
    assert walk(notebook.window()) == []
