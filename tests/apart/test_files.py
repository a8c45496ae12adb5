"""Each kind of file from somebody else, read in a real child from beginning to end; and files that mean ill."""

from __future__ import annotations

import gc
import io
import threading
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from struct import pack as packed

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter

from planner.apart import asking, data_files, form_files, papers
from planner.apart.asking import CouldNotAsk
from planner.apart.kinds import Kind
from planner.apart.questions import PictureAsked
from planner.errors import MachineTrouble
from planner.exchange.clean_image import CannotClean
from planner.exchange.clean_pdf import picture_page
from planner.forms import Form, FormUnreadable
from planner.packs.check import check_files
from planner.packs.pack import zipped
from planner.packs.refused import PackRefused
from planner.words import use_language
from tests.apart.test_hostile_children import is_there
from tests.forms.hostile import BOOK, LAUGHS
from tests.forms.workbooks import xls, xlsx
from tests.unit.packs.made_packs import FORM, TODAY, made

Work = Callable[[], object]


def steps(_done: int, _of: int) -> None:
    """Nobody looks."""


ICS = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:a
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Berlin:20260301T100000
DTEND;TZID=Europe/Berlin:20260301T110000
RRULE:FREQ=WEEKLY;COUNT=5
SUMMARY:Dentist
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()
VCF = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Field\r\nTEL:+1 212 555 0100\r\nEND:VCARD\r\n"
LIST = b"name,phone\nFood bank,+1 212 555 0100\n"


def picture(kind: str, width: int = 60, height: int = 40) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 30, 10))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(kind.encode())).write(image)
    return bytes(buffer.data().data())


PDF = picture_page(2, 2, bytes(12))


# ---------------------------------------------------------------- as they are meant


def test_a_calendar_is_read() -> None:
    (coming,) = data_files.read_calendar(ICS, "America/New_York", steps).coming
    assert (coming.title, coming.starts, coming.zone) == ("Dentist", "2026-03-01T10:00", "Europe/Berlin")
    assert coming.repeat


def test_cards_are_read() -> None:
    (card,) = data_files.read_cards(VCF, steps, "US").cards
    assert (card.name, [each.number for each in card.phones]) == ("Ann Field", ["(212) 555-0100"])


def test_a_list_of_places_is_read() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("services.csv", LIST)
    for data in (LIST, whole.getvalue()):
        (found,) = data_files.read_services(data, steps, "US").found
        assert (found.number, found.entry.name) == (1, "Food bank")


def test_a_form_of_every_kind_is_read(tmp_path: Path) -> None:
    table = Form.from_data("arriving.md", FORM.encode())
    files = {
        "form.md": FORM.encode(),
        "form.xml": table.xform,
        "book.xlsx": xlsx(BOOK),
        "book.xls": xls(BOOK),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        found = form_files.read_form(tmp_path / name)
        assert found.digest == Form.load(tmp_path / name).digest, name
        assert [each.what for each in found.problems] == [each.what for each in Form.load(tmp_path / name).problems]


BESIDE = """| survey |
| | type | name | label |
| | select_one_from_file towns.xml | town | Which town? |
| | select_one_from_file streets.csv | street | Which street? |
| | note | n | A note |
| settings |
| | form_title | form_id |
| | Towns | towns |
"""


def test_what_stands_beside_a_form_comes_with_it(tmp_path: Path) -> None:
    (tmp_path / "towns.md").write_text(BESIDE)
    (tmp_path / "streets.csv").write_text("name,label\nhigh,High Street\n")
    towns = "<?xml version='1.0'?><!-- x --><root><item><name>ash</name><label>Ash &amp; Elm</label></item></root>"
    (tmp_path / "towns.xml").write_text(towns)
    found = form_files.read_form(tmp_path / "towns.md")
    assert found.files["streets.csv"] == b"name,label\nhigh,High Street\n"
    # Written anew: what a stranger wrote as XML does not reach the parser here.
    rest = b"<root><item><name>ash</name><label>Ash &amp; Elm</label></item></root>"
    assert found.files["towns.xml"] == b'<?xml version="1.0"?>' + rest
    assert [each.label for each in found.start().pages()[0].items[0].choices] == ["Ash & Elm"]
    assert not found.problems


def test_a_pack_is_read_as_a_file_and_as_a_folder(tmp_path: Path) -> None:
    files = made()
    there = check_files(files, TODAY)
    (tmp_path / "pack.zip").write_bytes(zipped(files))
    for name, content in files.items():
        (tmp_path / "pack" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pack" / name).write_bytes(content)
    for path in (tmp_path / "pack.zip", tmp_path / "pack"):
        found = form_files.read_pack(path, TODAY)
        assert (found.manifest, found.digest, found.key, found.content) == (
            there.manifest,
            there.digest,
            there.key,
            there.content,
        )
        assert found.items == there.items
        assert [each.digest for each in found.forms] == [each.digest for each in there.forms]
        assert found.files == files


@pytest.mark.parametrize(("kind", "media_type"), [("jpg", "image/jpeg"), ("png", "image/png"), ("webp", "image/webp")])
def test_a_photo_is_read(kind: str, media_type: str) -> None:
    photos = papers.Photos()
    content = picture(kind)
    found = photos.read(PictureAsked(content, media_type, 1_000_000))
    assert (found.width, found.height, len(found.pixels)) == (60, 40, 4 * 60 * 40)
    blue, green, red, _ = found.pixels[:4]
    assert red > 190
    assert max(blue, green) < 45
    small = photos.read(PictureAsked(content, media_type, 600))
    assert (small.width, small.height) == (30, 20)
    photos.close()
    assert papers.ready_to_leave(media_type, content, steps)


def test_a_pdf_is_read_drawn_and_cleaned() -> None:
    pages = papers.Pages()
    found = pages.open(PDF)
    assert found.sizes == ((595280, 841890),)
    drawn = pages.draw(0, 100)
    assert drawn.width == 100
    assert len(drawn.pixels) == 4 * drawn.width * drawn.height
    assert pages.draw(0, 50).width == 50
    pages.close()
    assert papers.ready_to_leave("application/pdf", PDF, steps).startswith(b"%PDF-")
    assert papers.ready_to_leave("image/jpeg", picture("jpg"), steps, on="a4").startswith(b"%PDF-")


def test_what_a_child_says_is_in_the_language_in_use() -> None:
    use_language("es")
    with pytest.raises(MachineTrouble) as trouble:
        data_files.read_services(b"PK\x03\x04", steps, "US")
    assert "archivo" in trouble.value.sentence


# ---------------------------------------------------------------- as somebody means ill


def chunk(name: bytes, content: bytes) -> bytes:
    return packed(">I", len(content)) + name + content + packed(">I", zlib.crc32(name + content))


def large_png() -> bytes:
    """A hundred thousand pixels a side, in a few bytes."""
    head = packed(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(10_000))) + chunk(b"IEND", b"")
    )


def bomb(name: str) -> bytes:
    """A .zip that says it is small and unpacks to a thousand million bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pack.toml", b"format = 1")
        archive.writestr(name, bytes(200_000_000))
    return whole.getvalue()


RUBBISH = bytes(range(256)) * 40
ILL: dict[str, tuple[Callable[[Path], object], type[Exception]]] = {
    "calendar": (lambda _: data_files.read_calendar(RUBBISH, "UTC", steps), MachineTrouble),
    "calendar with a rule that never ends": (
        lambda _: data_files.read_calendar(
            ICS.replace(b"FREQ=WEEKLY;COUNT=5", b"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=1"), "UTC", steps
        ),
        MachineTrouble,
    ),
    "cards": (lambda _: data_files.read_cards(RUBBISH, steps, "US"), MachineTrouble),
    "list": (lambda _: data_files.read_services(RUBBISH, steps, "US"), MachineTrouble),
    "list that unpacks to much": (lambda _: data_files.read_services(bomb("a.csv"), steps, "US"), MachineTrouble),
    "form": (lambda at: read_form(at, "a.xml", RUBBISH), FormUnreadable),
    "form that laughs": (lambda at: read_form(at, "a.xml", LAUGHS.encode()), FormUnreadable),
    "form in depth": (lambda at: read_form(at, "a.xml", b"<a>" * 100_000), FormUnreadable),
    "workbook": (lambda at: read_form(at, "a.xlsx", b"PK" + RUBBISH), FormUnreadable),
    "pack": (lambda at: read_pack(at, RUBBISH), PackRefused),
    "pack that unpacks to much": (lambda at: read_pack(at, bomb("forms/a.png")), PackRefused),
    "photo": (lambda _: read_photo(b"\xff\xd8\xff" + RUBBISH, "image/jpeg"), CouldNotAsk),
    "photo that is too large": (lambda _: read_photo(large_png(), "image/png"), CouldNotAsk),
    "photo that is a drawing": (lambda _: read_photo(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x"), CouldNotAsk),
    "pdf": (lambda _: papers.Pages().open(b"%PDF-1.7" + RUBBISH), CouldNotAsk),
    "pdf to be cleaned": (
        lambda _: papers.ready_to_leave("application/pdf", b"%PDF-1.7" + RUBBISH, steps),
        CannotClean,
    ),
}


def read_form(folder: Path, name: str, data: bytes) -> object:
    (folder / name).write_bytes(data)
    return form_files.read_form(folder / name)


def read_pack(folder: Path, data: bytes) -> object:
    (folder / "a.zip").write_bytes(data)
    return form_files.read_pack(folder / "a.zip", TODAY)


def read_photo(content: bytes, media_type: str) -> object:
    return papers.Photos().read(PictureAsked(content, media_type, 1000))


@pytest.mark.parametrize("what", [name for name in ILL if name != "calendar with a rule that never ends"])
def test_one_calm_sentence_and_nothing_else(what: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    work, trouble = ILL[what]
    with pytest.raises(trouble) as told:
        work(tmp_path)
    if isinstance(told.value, MachineTrouble):
        assert 10 < len(told.value.sentence) < 200
        assert told.value.sentence.isprintable()
    assert capfd.readouterr() == ("", "")


def test_a_rule_that_never_comes_true_ends(tmp_path: Path) -> None:
    work, _trouble = ILL["calendar with a rule that never ends"]
    found = work(tmp_path)
    assert not getattr(found, "coming", None) or getattr(found, "not_understood", None) is not None


class Stop(Exception):
    pass


def test_a_large_file_is_stopped_in_the_middle_and_its_child_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty thousand appointments take seconds."""
    started: list[asking.Child] = []

    def start(kind: Kind) -> asking.Child:
        started.append(asking.Child(kind))
        return started[-1]

    monkeypatch.setattr(asking, "start", start)
    event = ICS[ICS.index(b"BEGIN:VEVENT") : ICS.index(b"END:VCALENDAR")]
    many = b"".join(event.replace(b"UID:a", b"UID:%d" % n) for n in range(20_000))
    whole = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + many + b"END:VCALENDAR\r\n"
    told: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> None:
        told.append((done, of))
        if done:
            raise Stop

    with pytest.raises(Stop):
        data_files.read_calendar(whole, "UTC", progress)
    assert 0 < told[-1][0] < told[-1][1]
    until = time.monotonic() + 10
    while is_there(started[0].process_id) and time.monotonic() < until:
        time.sleep(0.01)
    assert not is_there(started[0].process_id)


def open_files() -> int:
    folder = Path("/proc/self/fd")
    return sum(1 for _each in folder.iterdir()) if folder.is_dir() else 0


def threads_ended() -> bool:
    """Whether nobody is left who listens to a child."""
    until = time.monotonic() + 10
    while any(each.name == asking.THREAD for each in threading.enumerate()) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(each.name == asking.THREAD for each in threading.enumerate())


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a file nor a thread nor an open pipe."""
    gc.collect()  # what the tests before did not close
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    data_files.read_cards(VCF, steps, "US")
    assert threads_ended()
    before = open_files()
    photos = papers.Photos()
    photos.read(PictureAsked(picture("png"), "image/png", 1000))
    assert open_files() == before + 2 or not before
    photos.close()
    for _ in range(3):
        data_files.read_cards(VCF, steps, "US")
    assert threads_ended()
    assert open_files() == before
    assert not list(tmp_path.iterdir())
