"""Pages on their way out, as a person sends them: to a printer, into a PDF; and what is noted."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from planner.exchange.gate import Left
from planner.ui import printing
from planner.ui.pages.activity import ActivityPage
from planner.ui.paper import preview as preview_module
from planner.ui.paper.pdf_pages import PdfPages
from planner.ui.paper.place import ChoosePlace
from planner.ui.paper.printer import PrinterTrouble, print_pages
from planner.ui.paper.saving import NotSaved, SealFirst, write_pdf
from planner.ui.work import Progress, Stopped
from tests.gui.paper_desk import SEALED_WITH, Desk, desk_fixture, home_fixture, pages_of, press, press_words  # noqa: F401 - fixtures

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
