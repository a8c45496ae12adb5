"""Papers as a person keeps them: brought in, seen, named, put with an appointment, and removed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.plan.records import Appointment
from planner.session import Session
from planner.session.erasing import OnHold
from planner.session.papers import MOST_BYTES
from planner.tour.made_up_paper import made_up_photo
from planner.ui.a11y import walk
from planner.ui.kit.text import Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages import papers_bringing
from planner.ui.pages.appointment import AppointmentPage
from planner.ui.paper import pictures
from planner.ui.paper.choose_file import ChooseFile, NotRead
from planner.ui.paper.pictures import Beside, CannotShow, read_pages, read_picture
from tests.gui.paper_desk import home_fixture, press, press_words  # noqa: F401 - a fixture among them
from tests.gui.papers_desk import PHOTO, Opened, opened_fixture  # noqa: F401 - a fixture among them
from tests.unit.exchange.photos import SIZE, drawing, encoded, pdf, pixels, png, webp

Key = Qt.Key


# ---------------------------------------------------------------- coming in


@pytest.mark.apart
def test_a_file_comes_in_as_it_is_and_is_named_in_her_own_words(opened: Callable[..., Opened], home: Path) -> None:
    (home / "IMG_0941.jpg").write_bytes(PHOTO)
    (home / "notes.txt").write_text("not listed")
    desk = opened()
    assert "up to 25 MB" in desk.words(), "told before"
    press(desk.page.first_button)
    choose = desk.shown(ChooseFile)
    assert isinstance(choose, ChooseFile)
    assert [line.title for line in choose.list._model.all()][1:] == ["Music", "IMG_0941.jpg"]
    choose.list.opened.emit(choose.list._model.all()[-1].id)
    desk.wait(lambda: bool(desk.papers()))
    paper = desk.papers()[0]
    assert paper.title == "Photo of a paper, March 12", "not the name of the file, which may say something"
    assert desk.session.papers.content(paper) == PHOTO
    desk.wait(lambda: desk.page.one.viewer.has_picture)
    assert "The photo itself is still on this computer at the place it came from." in desk.words()
    assert (home / "IMG_0941.jpg").read_bytes() == PHOTO, "nothing outside is touched"
    assert desk.page.one.name.hasFocus()
    QTest.keyClicks(desk.page.one.name, "Birth record")
    desk.page.one.viewer.setFocus()
    assert desk.papers()[0].title == "Birth record"
    assert desk.page.title() == "Birth record"
    assert desk.page.one.viewer.accessibleName() == "Birth record"
    desk.notebook.go("papers")
    desk.open(paper)
    assert "still on this computer" not in desk.words(), "said once"


def test_the_name_of_the_file_is_taken_when_asked_for(opened: Callable[..., Opened], home: Path) -> None:
    (home / "lease.pdf").write_bytes(pdf())
    desk = opened()
    desk.page.bringing.file(home / "lease.pdf")
    desk.wait(desk.page.one.use_name.isVisible)
    assert desk.papers()[0].title == "Paper of March 12"
    assert "The file itself is still on this computer" in desk.words()
    press(desk.page.one.use_name)
    assert desk.papers()[0].title == "lease"


def test_kinds_are_told_by_what_is_inside(opened: Callable[..., Opened], home: Path) -> None:
    desk = opened()
    for name, content in (("a.pdf", PHOTO), ("b.jpg", png()), ("c.png", webp()), ("d.jpeg", pdf())):
        (home / name).write_bytes(content)
        desk.page.bringing.file(home / name)
        desk.wait(lambda content=content: any(each.size == len(content) for each in desk.papers()))  # type: ignore[misc]
    kinds = {each.media_type for each in desk.papers()}
    assert kinds == {"image/jpeg", "image/png", "image/webp", "application/pdf"}


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (b"GIF89a and so on", "This is not a photo or a PDF that can be kept here."),
        (b"", "There is nothing in this file."),
        (b"\x00\x00\x00\x20ftypheic", "Photos of this kind (HEIC) cannot be shown on this computer."),
        (b"\xff\xd8\xff" + b"x" * MOST_BYTES, "This file is larger than 25 MB, so it cannot be kept here."),
        (None, "This file cannot be read."),
    ],
)
def test_what_cannot_be_kept_is_said_in_one_sentence_and_nothing_comes_in(
    opened: Callable[..., Opened], home: Path, content: bytes | None, title: str
) -> None:
    desk = opened()
    if content is not None:
        (home / "file").write_bytes(content)
    desk.page.bringing.file(home / "file")
    desk.dialog(title)
    assert desk.session.store.attachments(include_removed=True) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(home: Path) -> None:
    os.mkfifo(home / "pipe.jpg")
    with pytest.raises(NotRead):
        papers_bringing.read_in_pieces(home / "pipe.jpg", lambda _done, _of: None)


def test_a_picture_that_was_copied_is_pasted(opened: Callable[..., Opened]) -> None:
    desk = opened()
    QGuiApplication.clipboard().clear()
    press(desk.page.first_paste)
    press_words(desk.dialog("There is no picture to paste right now."), "All right")
    QGuiApplication.clipboard().setImage(drawing())
    press(desk.page.first_paste)
    desk.wait(lambda: bool(desk.papers()))
    paper = desk.papers()[0]
    assert paper.media_type == "image/png"
    assert pixels(desk.session.papers.content(paper))[:3] == pixels(encoded(drawing(), "png"))[:3]
    desk.wait(desk.page.one.fresh.isVisible)
    assert "stays copied until you copy something else" in desk.words()
    copied = QMimeData()
    copied.setData("image/jpeg", PHOTO)
    assert desk.page.bringing.take(copied)
    desk.wait(lambda: len(desk.papers()) == 2)
    assert desk.session.papers.content(desk.papers()[0]) == PHOTO, "the file itself where another program gives it"


def test_a_file_that_is_dropped_comes_in_and_words_do_not(opened: Callable[..., Opened], home: Path) -> None:
    (home / "photo.png").write_bytes(png())
    desk = opened()

    def drop(data: QMimeData) -> bool:
        keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, data, *keys)
        event.ignore()
        desk.page.dropEvent(event)
        return event.isAccepted() and event.dropAction() is Qt.DropAction.CopyAction

    words, one, several = QMimeData(), QMimeData(), QMimeData()
    words.setText("hello")
    one.setUrls([QUrl.fromLocalFile(str(home / "photo.png"))])
    several.setUrls([QUrl.fromLocalFile(str(home / "photo.png")), QUrl.fromLocalFile(str(home / "x.png"))])
    assert [desk.page.bringing.is_there(each) for each in (words, one, several)] == [False, True, False]
    assert not drop(words)
    assert drop(one) is True
    desk.wait(lambda: len(desk.papers()) == 1)


# ---------------------------------------------------------------- the list


@pytest.mark.apart
def test_the_list_shows_small_pictures_from_memory_and_lets_go_of_them(opened: Callable[..., Opened]) -> None:
    desk = opened()
    broken = desk.keep(b"%PDF-1.4 broken", "application/pdf", "Broken")
    photo, paper = desk.keep(), desk.keep(pdf(), "application/pdf", "Lease")
    small = desk.page.list.pictures
    desk.wait(lambda: small[photo.id].has_image and small[paper.id].has_image)
    assert not small[broken.id].has_image
    assert list(desk.page.list.rows) == [paper.id, photo.id, broken.id]
    assert "PDF · March 12" in desk.words()
    press(desk.page.list.rows[paper.id].press)
    assert desk.open_id() == paper.id
    desk.notebook.go("today")
    assert not any(each.has_image for each in small.values())
    assert not desk.page.one.viewer.has_picture
    assert desk.open_id() == ""
    desk.notebook.go("papers")
    desk.wait(lambda: desk.page.list.pictures[photo.id].has_image)


def test_an_empty_page_says_kindly_what_will_be_here(opened: Callable[..., Opened]) -> None:
    desk = opened()
    assert "Your papers will be here" in desk.words()
    desk.keep()
    assert "Your papers will be here" not in desk.words()
    assert "Letter" in desk.words()


def test_beside_somebody_only_their_papers_are_there(
    open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook], qtbot: QtBot
) -> None:
    session = open_session("others")
    one, other = session.people()[:2]
    theirs = session.papers.keep(one.id, PHOTO, "image/jpeg", "Lease of one")
    session.papers.keep(other.id, PHOTO, "image/jpeg", "Letter of another")
    session.choose(one.id)
    desk = Opened(session, show_notebook(session, "papers"), qtbot)
    assert "Lease of one" in desk.words()
    session.stay_with(other.id)
    assert desk.notebook.current == "papers"
    assert "papers" in [tab.name for tab in desk.notebook.navigation.tabs]
    assert "Letter of another" in desk.words()
    desk.open(theirs)
    assert desk.open_id() == ""
    assert "Lease of one" not in desk.words()


# ---------------------------------------------------------------- one paper


def test_a_photo_is_seen_turned_as_it_was_taken_and_larger_and_moved(opened: Callable[..., Opened]) -> None:
    desk = opened()
    desk.seen(desk.keep())
    view = desk.page.one.viewer
    whole = view.paper()
    assert whole.width() < whole.height(), "the camera was held upright"
    assert view.rect().contains(whole.toAlignedRect())
    view.setFocus()
    QTest.keyClick(view, Key.Key_Plus)
    QTest.keyClick(view, Key.Key_Plus)
    assert view.zoom == 2.0
    assert view.paper().height() == pytest.approx(2 * whole.height())
    top = view.paper().top()
    QTest.keyClick(view, Key.Key_Down)
    assert view.paper().top() < top
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    QTest.mouseMove(view, QPoint(200, 260))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 260))
    assert view.paper().top() > top - 500
    for _press in range(40):
        QTest.keyClick(view, Key.Key_Up)
    assert view.paper().top() == pytest.approx(1)
    press(desk.page.one.turn)
    assert view.paper().width() > view.paper().height()
    QTest.keyClick(view, Key.Key_0)
    assert view.zoom == 1.0
    where = QPointF(10, 10)
    ctrl = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(view, QWheelEvent(where, where, QPoint(), QPoint(0, 120), *ctrl))
    assert view.zoom == 1.5
    assert desk.session.papers.content(desk.papers()[0]) == PHOTO, "what is kept is not turned"


def test_what_is_seen_is_the_paper(opened: Callable[..., Opened]) -> None:
    desk = opened()
    desk.seen(desk.keep(encoded(drawing(), "png"), "image/png"))
    view = desk.page.one.viewer
    seen, area, picture = view.grab().toImage(), view.paper(), drawing()
    for x, y in ((0.15, 0.15), (0.7, 0.6), (0.9, 0.1)):
        shown = seen.pixelColor(round(area.left() + x * area.width()), round(area.top() + y * area.height()))
        meant = picture.pixelColor(round(x * SIZE[0]), round(y * SIZE[1]))
        assert abs(shown.red() - meant.red()) + abs(shown.green() - meant.green()) < 40


def test_the_pages_of_a_pdf_are_turned_by_keys_and_by_buttons(opened: Callable[..., Opened]) -> None:
    desk = opened()
    desk.seen(desk.keep(pdf(), "application/pdf", "Lease"))
    view = desk.page.one.viewer
    assert view.accessibleName() == "Lease. Page 1 of 2. A letter about a room"
    assert desk.page.one.later.isVisible()
    assert not desk.page.one.earlier.isVisible()
    press(desk.page.one.later)
    assert (view.number, desk.page.one.where.text()) == (1, "Page 2 of 2")
    desk.wait(lambda: view.has_picture)
    view.setFocus()
    QTest.keyClick(view, Key.Key_PageDown)
    assert view.number == 1
    QTest.keyClick(view, Key.Key_PageUp)
    assert view.number == 0
    desk.wait(lambda: view.has_picture)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf(passphrase="orange kettle"), "application/pdf"),
        (b"%PDF-1.7 and no more", "application/pdf"),
        (PHOTO[:40], "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "image/png"),
    ],
)
@pytest.mark.qt_log_ignore("libpng|JPEG|jpeg|Corrupt")
def test_what_cannot_be_shown_is_kept_and_said(opened: Callable[..., Opened], content: bytes, kind: str) -> None:
    desk = opened()
    paper = desk.keep(content, kind)
    desk.open(paper)
    desk.wait(desk.page.one.cannot.isVisible)
    assert "This paper cannot be shown." in desk.words()
    assert desk.session.papers.content(paper) == content


@pytest.mark.qt_log_ignore("Not a JPEG")
def test_what_says_that_it_is_too_large_is_not_read() -> None:
    whole = bytearray(png())
    whole[16:24] = (100_000).to_bytes(4, "big") * 2
    import zlib

    whole[29:33] = zlib.crc32(bytes(whole[12:29])).to_bytes(4, "big")
    with pytest.raises(CannotShow):
        read_picture(bytes(whole), "image/png")
    with pytest.raises(CannotShow):
        read_picture(png(), "image/jpeg")
    assert max(read_picture(made_up_photo(), "image/jpeg", 90_000).width(), 400) == 400
    with pytest.raises(CannotShow):
        read_pages(b"%PDF-1.4")


def test_nobody_waits_long_for_what_hangs(qtbot: QtBot) -> None:
    from threading import Event

    holder, never, said = QWidget(), Event(), list[str]()
    qtbot.addWidget(holder)
    beside = Beside(holder, patience=20)
    beside.do(lambda: never.wait(60), lambda _found: said.append("came"), lambda: said.append("given up"))
    beside.do(lambda: "next", said.append, lambda: said.append("no"))
    qtbot.waitUntil(lambda: said == ["given up", "next"])
    never.set()
    qtbot.wait(50)
    assert said == ["given up", "next"], "what comes late is not shown"


def test_a_mistake_of_ours_beside_the_window_is_not_hidden(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)

    def wrong() -> None:
        raise AssertionError("ours")

    with qtbot.captureExceptions() as raised:
        Beside(holder).do(wrong, lambda _none: None, lambda: None)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is AssertionError


def test_it_belongs_to_an_appointment_that_is_chosen(opened: Callable[..., Opened]) -> None:
    desk = opened()
    with desk.session.edit(desk.person, "x") as edit:
        appointment = edit.add(Appointment(title="See the room", starts="2026-03-14T10:00", zone="UTC"))
    paper = desk.keep()
    desk.open(paper)
    desk.page.one.belongs.choose(appointment)
    desk.page.one.belongs.changed.emit()
    assert desk.papers()[0].record == appointment
    desk.notebook.go("papers")
    assert "Photo · March 12 · See the room" in desk.words()
    desk.notebook.undo()
    assert desk.papers()[0].record == ""


def test_an_appointment_leads_to_its_papers(opened: Callable[..., Opened]) -> None:
    desk = opened()
    with desk.session.edit(desk.person, "x") as edit:
        appointment = edit.add(Appointment(title="See the room", starts="2026-03-14T10:00", zone="UTC"))
    paper = desk.keep()
    desk.notebook.go("appointment", appointment=appointment)
    page = desk.notebook.page("appointment")
    assert isinstance(page, AppointmentPage)
    assert page.papers.isHidden()
    desk.session.papers.belongs_to(paper, appointment)
    assert page.papers.isVisible()
    press(page.papers.rows[0].press)
    assert desk.notebook.current == "papers"
    assert desk.open_id() == paper.id


def test_removed_it_comes_back_by_undo(opened: Callable[..., Opened]) -> None:
    desk = opened()
    paper = desk.keep()
    desk.open(paper)
    press(desk.page.one.remove_button)
    assert desk.papers() == []
    assert "Your papers will be here" in desk.words()
    assert desk.session.undo_words() == "Remove a paper"
    desk.notebook.undo()
    assert [each.id for each in desk.papers()] == [paper.id]
    assert "Letter" in desk.words()
    desk.notebook.redo()
    assert desk.papers() == []


def test_erased_for_good_it_is_gone_after_a_look_at_what_that_means(opened: Callable[..., Opened]) -> None:
    desk = opened()
    paper = desk.keep()
    desk.seen(paper)
    press(desk.page.one.erase_button)
    press_words(desk.dialog("Erase “Letter” for good?"), "Do not erase")
    assert desk.papers() == [paper]
    press(desk.page.one.erase_button)
    asked = desk.dialog("Erase “Letter” for good?")
    assert "The file or the picture that it came from" in " ".join(each.text() for each in asked.findChildren(Text))
    press_words(asked, "Erase for good")
    desk.wait(lambda: not desk.session.store.attachments(include_removed=True))
    desk.wait(lambda: "Your papers will be here" in desk.words())
    assert desk.session.undo_words() is None


def test_of_somebody_on_hold_no_paper_is_erased(opened: Callable[..., Opened]) -> None:
    desk = opened()
    paper = desk.keep()
    desk.open(paper)
    desk.session.erasing.hold(desk.person)
    press(desk.page.one.erase_button)
    desk.dialog(OnHold().sentence)
    assert desk.papers() == [paper]


def test_a_name_is_saved_after_a_pause_and_the_keyboard_stays(opened: Callable[..., Opened]) -> None:
    desk = opened()
    desk.open(desk.keep())
    name = desk.page.one.name
    name.setFocus()
    name.setText("")
    QTest.keyClicks(name, "Lease ")
    desk.wait(lambda: desk.papers()[0].title == "Lease")
    assert name.hasFocus()
    assert name.text() == "Lease ", "a space typed last stays"
    QTest.keyClicks(name, "of the room")
    desk.notebook.go("today")
    assert desk.papers()[0].title == "Lease of the room"
    desk.notebook.go("papers")
    desk.notebook.undo()
    assert desk.papers()[0].title == "Letter"


def test_a_name_is_never_emptied(opened: Callable[..., Opened]) -> None:
    desk = opened()
    desk.open(desk.keep())
    desk.page.one.name.setFocus()
    desk.page.one.name.selectAll()
    QTest.keyClick(desk.page.one.name, Key.Key_Backspace)
    desk.notebook.go("today")
    assert desk.papers()[0].title == "Letter"


# ---------------------------------------------------------------- for everyone


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_control_has_a_name_and_nothing_is_cut_off(opened: Callable[..., Opened], scale: float) -> None:
    desk = opened(scale=scale)
    assert walk(desk.notebook.window()) == []
    paper = desk.keep(pdf(), "application/pdf", "A letter with quite a long name about the room on Elm Street")
    desk.notebook.go("papers")
    assert walk(desk.notebook.window()) == []
    desk.seen(paper)
    assert walk(desk.notebook.window()) == []


def test_reading_looks_at_bounds_that_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_SHOWN", 10_000)
    pages = read_pages(pdf())
    try:
        picture = pictures.page_picture(pages, 0, 4000)
        assert picture.width() * picture.height() <= 10_500
    finally:
        pages.close()
