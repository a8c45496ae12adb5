"""Print and share, as a person does it: choose, read what pages tell, look at them, print, save; and what is noted."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pikepdf
import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.exchange.gate import Leaving, Left, PaperKind
from planner.exchange.paper import spare_key_pdf
from planner.plan.records import Goal
from planner.session import OutOfReach, Session
from planner.ui import printing
from planner.ui.a11y import walk
from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.text import Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.activity import ActivityPage
from planner.ui.pages.print import PrintPage
from planner.ui.paper import preview as preview_module
from planner.ui.paper.pdf_pages import PdfPages
from planner.ui.paper.place import ChoosePlace
from planner.ui.paper.preview import Preview
from planner.ui.paper.printer import PrinterTrouble, print_pages
from planner.ui.paper.saving import NotSaved, SealFirst, write_pdf
from planner.ui.paper.sheets import KEPT_PICTURES, ZOOMS
from planner.ui.printing import preview_and_print, print_spare_key, usual_paper_size
from planner.ui.work import Progress, Stopped
from planner.words import use_language

Shown = TypeVar("Shown", bound=QWidget)
HOSTILE = '#read("/etc/passwd") #import "@preview/x" *bold* <b>'
SEALED_WITH = "orange kettle by the window"
LEFT_BUTTON = Qt.MouseButton.LeftButton


class Desk:
    """An open notebook with the print page in front."""

    def __init__(self, session: Session, notebook: OpenNotebook, qtbot: QtBot) -> None:
        self.session, self.notebook, self._qtbot = session, notebook, qtbot
        page = notebook.page("print")
        assert isinstance(page, PrintPage)
        self.page = page

    @property
    def person(self) -> str:
        assert self.session.person is not None
        return self.session.person.id

    def told(self) -> str:
        return " ".join(self.page.told.sentences)

    def tick(self, name: str) -> None:
        press(self.page.parts_ticks.ticks[name])

    def look(self) -> Preview:
        press(self.page.look_button)
        return self.shown(Preview)

    def shown(self, kind: type[Shown]) -> Shown:
        """Wait until a widget of this kind is open."""
        window = self.notebook.window()
        self._qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(kind)), timeout=20_000)
        return next(each for each in window.findChildren(kind) if each.isVisible())

    def dialog(self, title: str) -> Dialog:
        """Wait until a dialog of this title is open."""
        window = self.notebook.window()

        def found() -> list[Dialog]:
            return [each for each in window.findChildren(Dialog) if each.isVisible() and each.title.text() == title]

        self._qtbot.waitUntil(lambda: bool(found()), timeout=20_000)
        return found()[0]

    def wait(self, what: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(what, timeout=20_000)


def press(widget: QWidget) -> None:
    """A click in the middle of a widget."""
    QTest.mouseClick(widget, LEFT_BUTTON, pos=QPoint(widget.width() // 2, widget.height() // 2))
    QApplication.processEvents()


def press_words(dialog: QWidget, words: str) -> None:
    """Press the button with these words."""
    press(next(each for each in dialog.findChildren(Button) if each.text() == words and each.isVisible()))


@pytest.fixture
def desk(qtbot: QtBot, open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]) -> Desk:
    session = open_session("me")
    return Desk(session, show_notebook(session, "print"), qtbot)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the person's own, where a PDF can be saved."""
    folder = tmp_path / "home"
    (folder / "Music").mkdir(parents=True)
    monkeypatch.setattr(Path, "home", classmethod(lambda _cls: folder))
    return folder


def pages_of(text: str = "ABCDE-FGHJK-23456") -> PdfPages:
    return PdfPages(spare_key_pdf(text))


# ---------------------------------------------------------------- choosing


def test_what_the_pages_tell_follows_every_choice(desk: Desk) -> None:
    assert "It shows 5 goals." in desk.told()
    assert "phone" not in desk.told()
    desk.tick("phones")
    assert "phone numbers" in desk.told()
    desk.tick("places")
    assert "where you will be" in desk.told()
    desk.tick("goals")
    assert "goals" not in desk.told()
    assert not desk.page.parts_ticks.ticks["steps"].isVisible()
    assert desk.page.paper().parts.steps is False, "what hangs on the goals goes with them"


def test_kept_away_is_in_only_one_by_one(desk: Desk) -> None:
    away = next(each for each in desk.session.contacts(desk.person, keep_away=True))
    assert "keep away from" not in desk.told()
    assert desk.page.paper().parts.kept_away == frozenset()
    press(desk.page.chosen_alone.ticks[away.id])
    assert "It names 1 person you keep away from." in desk.told()
    assert desk.page.paper().parts.kept_away == {away.id}
    assert desk.page.paper().parts.mine_alone == frozenset()


def test_a_goal_of_her_own_alone_waits_to_be_chosen(desk: Desk) -> None:
    goal = Goal(id="0" * 31 + "a", title="Learn to swim", mine_alone=True)
    with desk.session.edit(desk.person, "Add a goal") as edit:
        edit.add(goal)
    tick = desk.page.chosen_alone.ticks[goal.id]
    assert "It shows 5 goals." in desk.told()
    press(tick)
    assert "It shows 6 goals." in desk.told()
    assert "yours alone" in desk.told()


def test_single_things_can_stay_out(desk: Desk) -> None:
    press(desk.page.some_out.button)
    goal = desk.session.goals(desk.person)[0]
    press(desk.page.kept_in.ticks[goal.id])
    assert "It shows 4 goals." in desk.told()
    press(desk.page.kept_in.ticks[goal.id])
    assert "It shows 5 goals." in desk.told()


def test_words_at_the_top_are_told_and_kept_over_a_lock(desk: Desk) -> None:
    QTest.keyClicks(desk.page.heading, "For Monday")
    desk.tick("phones")
    assert "At the top it says “For Monday”." in desk.told()
    kept = desk.page.draft()
    assert kept == {"heading": "For Monday", "flags": {"phones": True}}
    again = PrintPage(desk.notebook)
    again.take_draft(kept)
    assert again.heading.text() == "For Monday"
    assert again.parts_ticks.flags()["phones"] is True


def test_an_untouched_page_has_nothing_to_keep(desk: Desk) -> None:
    assert desk.page.draft() is None


def test_nothing_to_print_says_so_kindly(
    qtbot: QtBot, open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]
) -> None:
    desk = Desk(session := open_session("empty"), show_notebook(session, "print"), qtbot)
    assert desk.page.empty.isVisible()
    assert not desk.page.look_button.isVisible()
    press_words(desk.page.empty, "Open the plan")
    assert desk.notebook.current == "plan"


def test_the_page_itself_loads_nothing_heavy() -> None:
    code = """
import sys
import planner.ui.pages.print, planner.ui.pages.activity, planner.ui.printing
heavy = {"typst", "pikepdf", "pypdfium2", "PySide6.QtPrintSupport", "pycrdt", "dateutil", "lxml", "zxcvbn"}
print(sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# ---------------------------------------------------------------- looking


def test_the_pages_are_shown_with_their_words(desk: Desk) -> None:
    look = desk.look()
    words = " ".join(sheet.accessibleName() for sheet in look.sheets.sheets)
    assert words.startswith("Page 1 of ")
    for goal in desk.session.goals(desk.person):
        assert (goal.title in words) is (goal.state == "open")
    shown = look.sheets.sheets[0].grab().toImage()
    spots = [(x, y) for x in range(0, shown.width(), 3) for y in range(0, shown.height(), 3)]
    ink = sum(shown.pixelColor(*at).lightness() < 100 for at in spots) / len(spots)
    assert 0.002 < ink < 0.2, "there is ink on the paper, and mostly paper"
    assert QApplication.focusWidget() is look.sheets.sheets[0]


def test_a_hostile_title_is_printed_as_it_stands(desk: Desk) -> None:
    desk.page.heading.setText(HOSTILE)
    look = desk.look()
    words = look.sheets.sheets[0].accessibleName().replace(" ", "")
    assert HOSTILE.replace(" ", "") in words
    assert "root:" not in words


def test_the_size_follows_the_keyboard_and_wide_pages_move_aside(desk: Desk) -> None:
    look = desk.look()
    sheet = look.sheets.sheets[0]
    before = sheet.heightForWidth(sheet.width())
    for _number in ZOOMS:
        QTest.keyClick(sheet, Qt.Key.Key_Plus)
    assert look.sheets.zoom == ZOOMS[-1]
    assert sheet.heightForWidth(sheet.width()) > 3 * before
    QTest.keyClick(sheet, Qt.Key.Key_Right)
    assert sheet.paper().left() < 0
    QTest.keyClick(sheet, Qt.Key.Key_0)
    assert look.sheets.zoom == 1.0
    QTest.keyClick(sheet, Qt.Key.Key_PageDown)
    assert look.area.verticalScrollBar().value() > 0
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not look.isVisible()


def test_only_a_few_pictures_are_kept(desk: Desk) -> None:
    sheets = desk.look().sheets
    for width in range(100, 120):
        sheets.picture(0, width)
    assert len(sheets._pictures) == KEPT_PICTURES


def test_letters_that_no_font_has_are_told_of(desk: Desk) -> None:
    desk.page.heading.setText("\U000f1234 sign")
    look = desk.look()
    assert any("cannot draw some of the letters" in each.text() for each in look.findChildren(Text))


# ---------------------------------------------------------------- printing


def test_pages_are_painted_onto_a_printer(tmp_path: Path, desk: Desk) -> None:
    look = desk.look()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    steps: list[tuple[int, int]] = []
    count = print_pages(printer, look.sheets.pages, Progress(lambda done, of: steps.append((done, of))))
    assert count == look.sheets.pages.count == len(steps)
    with pikepdf.open(tmp_path / "out.pdf") as printed:
        assert len(printed.pages) == count
        assert str(printed.docinfo["/Title"]) == "Document"
        assert "Planner" not in str(printed.docinfo.get("/Creator", ""))
        width, height = (float(each) for each in printed.pages[0].mediabox[2:])
    assert (width, height) == pytest.approx(
        (look.sheets.pages.sizes[0].width(), look.sheets.pages.sizes[0].height()), abs=1.5
    )
    on_paper = PdfPages((tmp_path / "out.pdf").read_bytes()).image(0, 400, grey=True)
    on_screen = look.sheets.pages.image(0, 400, grey=True)
    points = [(x, y) for x in range(0, 400, 5) for y in range(0, min(on_paper.height(), on_screen.height()), 5)]
    off = [abs(on_paper.pixelColor(*at).lightness() - on_screen.pixelColor(*at).lightness()) for at in points]
    dark = [at for at in points if on_paper.pixelColor(*at).lightness() < 128]
    assert sum(off) / len(off) < 6, "the paper shows what the screen shows"
    assert dark


def test_stop_stops_a_print(tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    progress = Progress(lambda _done, _of: None)
    progress.stop()
    with pytest.raises(Stopped):
        print_pages(printer, pages_of(), progress)


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_said_calmly(tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "out.pdf"))
    with pytest.raises(PrinterTrouble) as told:
        print_pages(printer, pages_of(), Progress(lambda _done, _of: None))
    assert "did not take" in told.value.sentence


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="no memory to write to")
def test_what_qt_hands_to_the_system_lies_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setenv("TMPDIR", "/tmp")
    seen: list[str] = []
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    print_pages(printer, pages_of(), Progress(lambda _done, _of: seen.append(os.environ["TMPDIR"])))
    assert set(seen) == {"/dev/shm"}
    assert os.environ["TMPDIR"] == "/tmp"


def test_without_a_printer_the_way_out_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview_module, "printer_names", list)
    look = desk.look()
    press(look.print_button)
    assert "save a PDF" in desk.dialog("This computer knows of no printer.").words.text()
    assert desk.session.activity() == []


def test_a_print_is_noted_without_content(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def to_file(_name: str, _copies: int, _both_sides: bool) -> QPrinter:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "out.pdf"))
        return printer

    monkeypatch.setattr(preview_module, "printer_names", lambda: ["Office"])
    monkeypatch.setattr(preview_module, "make_printer", to_file)
    desk.page.heading.setText("Secret heading")
    look = desk.look()
    press(look.print_button)
    press_words(desk.dialog("Print"), "Print")
    desk.wait(lambda: bool(desk.session.activity()))
    (entry,) = desk.session.activity()
    assert (entry.what, entry.person) == (printing.LEFT, desk.person)
    assert entry.detail == {
        "what": "printed",
        "paper": "plan",
        "parts": ["goals", "areas", "why", "steps", "helpers", "barriers", "appointments", "people"],
        "pages": look.sheets.pages.count if not look.sheets.closed else entry.detail["pages"],
    }
    assert entry.detail["pages"] >= 1
    assert "Secret" not in repr(entry)
    desk.notebook.go("activity")
    page = desk.notebook.page("activity")
    assert isinstance(page, ActivityPage)
    shown = [page.list.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert "The plan was printed." in shown[1]
    assert "phone numbers" not in shown[1]


# ---------------------------------------------------------------- saving


def save_sealed(desk: Desk, passphrase: str = SEALED_WITH) -> ChoosePlace:
    press(desk.look().save_button)
    ask = desk.shown(SealFirst)
    QTest.keyClicks(ask.first.field, passphrase)
    QTest.keyClicks(ask.again.field, passphrase)
    press(ask.save)
    return desk.shown(ChoosePlace)


def test_a_saved_pdf_opens_with_the_passphrase_only(desk: Desk, home: Path) -> None:
    place = save_sealed(desk)
    assert place.file_name.text() == "Document"
    assert place.folder == home
    press(place.save)
    path = home / "Document.pdf"
    desk.wait(lambda: bool(desk.session.activity()))
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in home.iterdir() if each.is_file()] == ["Document.pdf"], "nothing half written"
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(path)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(path, password="orange kettle")
    with pikepdf.open(path, password=SEALED_WITH) as opened:
        assert opened.encryption.R == 6
        assert opened.encryption.bits == 256
        plain = io.BytesIO()
        opened.save(plain, encryption=False)
    assert "Get my own ID card" in " ".join(PdfPages(plain.getvalue()).texts)
    assert desk.session.activity()[0].detail["what"] == Left.SAVED_SEALED
    assert str(home) not in repr(desk.session.activity())


def test_without_a_passphrase_only_after_what_it_means(desk: Desk, home: Path) -> None:
    press(desk.look().save_button)
    press(desk.shown(SealFirst).open_one)
    asked = desk.dialog("Save it without a passphrase?")
    assert "anyone who finds this file can read all of it" in asked.words.text()
    assert not list(home.glob("*.pdf"))
    press_words(asked, "Save without a passphrase")
    place = desk.shown(ChoosePlace)
    place.list.opened.emit("Music")
    press(place.save)
    desk.wait(lambda: bool(desk.session.activity()))
    with pikepdf.open(home / "Music" / "Document.pdf") as opened:
        assert not opened.is_encrypted
    assert desk.session.activity()[0].detail["what"] == Left.SAVED_OPEN


def test_two_that_differ_are_asked_again(desk: Desk) -> None:
    press(desk.look().save_button)
    ask = desk.shown(SealFirst)
    press(ask.save)
    assert ask.isVisible()
    QTest.keyClicks(ask.first.field, SEALED_WITH)
    QTest.keyClicks(ask.again.field, "something else")
    press(ask.save)
    assert ask.isVisible()
    assert ask.again.field.hasFocus()


def test_a_made_passphrase_is_shown_and_stands_in_both(desk: Desk) -> None:
    press(desk.look().save_button)
    ask = desk.shown(SealFirst)
    press(ask.make)
    assert len(ask.first.text().split()) == 5
    assert ask.again.text() == ask.first.text()
    assert ask.first.field.displayText() == ask.first.text()


def test_no_file_is_replaced_without_asking(desk: Desk, home: Path) -> None:
    path = home / "Document.pdf"
    path.write_bytes(b"hers")
    press(save_sealed(desk).save)
    asked = desk.dialog("There is already a file of this name.")
    press_words(asked, "Choose another name")
    assert path.read_bytes() == b"hers"
    place = desk.shown(ChoosePlace)
    press(place.save)
    press_words(desk.dialog("There is already a file of this name."), "Replace it")
    desk.wait(lambda: path.read_bytes() != b"hers")
    desk.wait(lambda: bool(desk.session.activity()))


@pytest.mark.parametrize("name", ["", "   ", "../up", "a/b", ".hidden", "a:b", "what?"])
def test_names_that_lead_elsewhere_are_asked_again(desk: Desk, home: Path, name: str) -> None:
    place = save_sealed(desk)
    place.file_name.setText(name)
    press(place.save)
    assert place.isVisible()
    assert not list(home.parent.rglob("*.pdf"))


def test_a_file_of_another_kind_is_never_meant(desk: Desk, home: Path) -> None:
    (home / "keys").write_bytes(b"keys")
    place = save_sealed(desk)
    place.file_name.setText("keys")
    press(place.save)
    desk.wait(lambda: (home / "keys.pdf").exists() and bool(desk.session.activity()))
    assert (home / "keys").read_bytes() == b"keys"


def test_trouble_of_the_disk_is_said_and_another_place_asked(
    desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    place = save_sealed(desk)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        press(place.save)
        told = desk.dialog("There is no room left there, so the PDF was not saved.")
    assert [each.name for each in home.iterdir()] == ["Music"]
    assert desk.session.activity() == []
    press_words(told, "All right")
    press(desk.shown(ChoosePlace).save)
    desk.wait(lambda: bool(desk.session.activity()))
    with pikepdf.open(home / "Document.pdf", password=SEALED_WITH):
        pass


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotSaved) as told:
        write_pdf(tmp_path / "gone" / "Document.pdf", b"%PDF")
    assert str(tmp_path) not in f"{told.value}{told.value.sentence}{told.value.what_next}"


# ---------------------------------------------------------------- other people, other papers


def test_with_others_a_question_stands_first_and_one_person_only(
    qtbot: QtBot, open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]
) -> None:
    session = open_session("others")
    first, second = session.people()[:2]
    session.choose(first.id)
    session.log(printing.LEFT, second.id, Leaving(what=Left.PRINTED, paper=PaperKind.PLAN, pages=1).detail())
    session.log(printing.LEFT, first.id, Leaving(what=Left.PRINTED, paper=PaperKind.SLIP, pages=1).detail())
    desk = Desk(session, show_notebook(session, "print"), qtbot)
    assert desk.page.release_note.isVisible()
    session.stay_with(first.id)
    desk.notebook.go("print")
    assert [tab.name for tab in desk.notebook.tabs()].count("print") == 1
    with pytest.raises(OutOfReach):
        session.contacts(second.id)
    desk.notebook.go("activity")
    page = desk.notebook.page("activity")
    assert isinstance(page, ActivityPage)
    assert [entry.person for entry in page._entries()] == [first.id]


def test_what_left_names_people_by_code_or_initial_when_nobody_is_chosen(
    qtbot: QtBot, open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]
) -> None:
    session = open_session("others")
    someone = next(each for each in session.people() if each.name and not each.code)
    session.log(printing.LEFT, someone.id, Leaving(what=Left.PRINTED, paper=PaperKind.PLAN, pages=2).detail())
    notebook = show_notebook(session, "today")
    notebook.go("activity")
    page = notebook.page("activity")
    assert isinstance(page, ActivityPage)
    line = page.list.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert f"For {someone.initial}" in line
    assert someone.name not in line


def test_a_slip_goes_the_same_way(desk: Desk) -> None:
    from planner.exchange.paper import slip_pdf

    dates = desk.session.agenda(desk.session.today(), 28, desk.person)
    leaving = Leaving(what=Left.PRINTED, paper=PaperKind.SLIP, parts=("appointments",), person=desk.person)
    preview_and_print(
        desk.notebook, "Next dates", lambda: slip_pdf(dates, desk.notebook.formats), ["It shows days."], leaving
    )
    look = desk.shown(Preview)
    assert "Appointment" in look.sheets.sheets[0].accessibleName()


def test_a_spare_key_is_printed_and_cannot_be_saved(desk: Desk) -> None:
    window = desk.notebook.window()
    print_spare_key(window, "ABCDE-FGHJK-23456")
    look = desk.shown(Preview)
    assert "ABCDE FGHJK 23456" in look.sheets.sheets[0].accessibleName()
    assert not look.save_button.isVisible()
    assert desk.session.activity() == []


def test_the_paper_fits_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("en_US", "us-letter"), ("es_MX", "us-letter"), ("de_DE", "a4"), ("C", "us-letter")):
        monkeypatch.setattr(QLocale, "system", staticmethod(lambda name=name: QLocale(name)))
        assert usual_paper_size() == size


# ---------------------------------------------------------------- for everyone


@pytest.mark.parametrize(
    ("width", "height", "scale", "language", "look"),
    [(1366, 768, 1.0, "en", "light"), (1366, 768, 2.0, "es", "dark"), (640, 480, 2.0, "en", "light")],
)
def test_everything_can_be_reached_and_has_a_name(
    qtbot: QtBot,
    open_session: Callable[..., Session],
    show_notebook: Callable[..., OpenNotebook],
    width: int,
    height: int,
    scale: float,
    language: str,
    look: str,
) -> None:
    use_language(language)
    session = open_session("me", language)
    notebook = show_notebook(session, "print", width=width, height=height, scale=scale, language=language, look=look)
    desk = Desk(session, notebook, qtbot)
    desk.page.some_out.set_open(True)
    QApplication.processEvents()
    assert walk(notebook.window()) == []
    preview = desk.look()
    assert walk(notebook.window()) == []
    preview.ask_passphrase()
    QApplication.processEvents()
    assert walk(notebook.window()) == []
    desk.shown(SealFirst).reject()
    ChoosePlace(preview, lambda _path: None).open()
    QApplication.processEvents()
    assert walk(notebook.window()) == []
    desk.shown(ChoosePlace).reject()
    preview.reject()
    notebook.go("activity")
    QApplication.processEvents()
    assert walk(notebook.window()) == []
