"""Files as answers: taken into the notebook, seen there, handed out by choice, and gone when they are taken out."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from planner.forms import Question
from planner.session.papers import MOST_BYTES
from planner.store.attachments import ANSWER
from planner.ui.a11y import walk
from planner.ui.kit.dialogs import Dialog
from planner.ui.pages import papers_bringing
from planner.ui.pages.form_answers_media import BarcodeAnswer, FileAnswer, GivenFile
from planner.ui.pages.form_files import ANY_ENDING, endings, ready
from planner.ui.paper.preview import Preview
from tests.gui.forms_desk import press, type_keys
from tests.gui.media_desk import Form, MediaScreen, media  # noqa: F401 - a fixture among them
from tests.unit.exchange.photos import jpeg, pdf, png, secrets_in

PHOTO = jpeg(6)
AFTER = "text | after | And then?"


def outside(screen: MediaScreen) -> set[str]:
    return {each.name for each in screen.home.iterdir()}


def contents(screen: MediaScreen) -> list[bytes]:
    store = screen.session.store
    rows = store.attachments(record=ANSWER, include_removed=True)
    return [store.attachment_content(row.id) for row in rows]


def left(screen: MediaScreen) -> list[Mapping[str, object]]:
    return [entry.detail for entry in screen.session.activity() if entry.what == "left"]


def problems(screen: MediaScreen) -> str:
    return "\n".join(map(str, walk(screen.notebook.window())))


def give_photo(screen: MediaScreen) -> str:
    answer = screen.answer(FileAnswer)
    screen.choose_file(answer.choose, "IMG_1.jpg", PHOTO)
    screen.wait(answer.value)
    return str(answer.value())


@pytest.mark.apart
def test_a_chosen_photo_is_kept_saved_and_seen_again(media: Form) -> None:  # noqa: F811
    screen = media("image | photo | A photo", AFTER)
    value = give_photo(screen)
    answer = screen.answer(FileAnswer)
    assert contents(screen) == [PHOTO], "byte for byte as it came"
    assert value in screen.stored()
    assert screen.filling.valid("photo").ok
    assert "still on this computer" in screen.words(), "where it came from is told"
    screen.wait(lambda: answer.file.seen.viewer.has_picture)
    assert answer.file.seen.viewer.accessibleName() == "A photo. IMG_1.jpg"
    assert outside(screen) == {"IMG_1.jpg"}, "nothing else lies outside"
    screen.open_again()
    again = screen.answer(FileAnswer)
    screen.wait(lambda: again.file.seen.viewer.has_picture)
    assert "still on this computer" not in screen.words()
    assert "IMG_1.jpg" in screen.words()


def test_taken_out_it_comes_back_with_undo_and_goes_for_good_after(media: Form) -> None:  # noqa: F811
    screen = media("image | photo | A photo", AFTER)
    value = give_photo(screen)
    press(screen.answer(FileAnswer).remove)
    assert screen.filling.value("photo") == ""
    screen.session.settle()
    screen.notebook.undo()
    assert screen.filling.value("photo") == value
    answer = screen.answer(FileAnswer)
    screen.wait(lambda: answer.file.seen.viewer.has_picture)
    press(answer.remove)
    screen.next()
    screen.open_again()
    screen.session.settle()
    assert contents(screen) == []


def test_what_is_no_picture_is_said_and_changes_nothing(media: Form) -> None:  # noqa: F811
    screen = media("image | photo | A photo")
    value = give_photo(screen)
    screen.choose_file(screen.answer(FileAnswer).choose, "not.png", b"GIF89a only by name")
    dialog = screen.shown(Dialog)
    assert dialog.title.text() == "This is no picture that can be shown here."
    assert screen.answer(FileAnswer).value() == value
    assert contents(screen) == [PHOTO]


def test_what_is_too_large_is_said_before_it_is_read(
    media: Form,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = media("video | film | A video")
    monkeypatch.setattr(papers_bringing, "MOST_BYTES", 100)
    screen.choose_file(screen.answer(FileAnswer).choose, "film.mp4", b"x" * 101)
    assert "larger than" in screen.shown(Dialog).title.text()
    assert contents(screen) == []
    assert MOST_BYTES == 25 * 1024 * 1024


def test_a_copied_picture_is_pasted_and_where_there_is_none_it_is_said(media: Form) -> None:  # noqa: F811
    screen = media("image | photo | A photo")
    QApplication.clipboard().clear()
    answer = screen.answer(FileAnswer)
    press(answer.paste)
    assert "no picture to paste" in screen.shown(Dialog).title.text()
    screen.press_words("All right")
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(0x336699)
    copied = QMimeData()
    copied.setImageData(picture)
    QApplication.clipboard().setMimeData(copied)
    press(answer.paste)
    screen.wait(answer.value)
    found = QImage.fromData(contents(screen)[0])
    assert (found.width(), found.height(), found.pixelColor(3, 3).name()) == (40, 30, "#336699")
    QApplication.clipboard().clear()


def test_a_file_can_be_dropped_and_stays_where_it_was(media: Form) -> None:  # noqa: F811
    screen = media("file | letter | A letter")
    answer = screen.answer(FileAnswer)
    (screen.home / "letter.pdf").write_bytes(pdf())
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(screen.home / "letter.pdf"))])
    where, copy = QPointF(5, 5), Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    event = QDropEvent(where, copy, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    answer.dropEvent(event)
    assert event.dropAction() is Qt.DropAction.CopyAction
    screen.wait(answer.value)
    assert contents(screen) == [pdf()]
    assert (screen.home / "letter.pdf").exists()


def test_max_pixels_makes_it_smaller(media: Form) -> None:  # noqa: F811
    """XLSForm reference, "Image": max-pixels is the longer edge."""
    screen = media("image | photo | A photo | | | max-pixels=24")
    large = QImage.fromData(PHOTO)
    assert max(large.width(), large.height()) > 24
    give_photo(screen)
    small = QImage.fromData(contents(screen)[0])
    assert max(small.width(), small.height()) == 24


def test_a_recording_is_kept_and_leaves_as_it_came_only_after_plain_words(media: Form) -> None:  # noqa: F811
    screen = media("audio | sound | A recording")
    answer = screen.answer(FileAnswer)
    sound = b"\x00\x00\x00\x18ftypM4A made up" * 50
    screen.choose_file(answer.choose, "Voice 3.M4A", sound)
    screen.wait(answer.value)
    assert "not opened here" in screen.words()
    assert answer.file.seen.isHidden()
    press(answer.file.copy)
    assert "may still say where, when and by whom" in screen.words()
    assert left(screen) == []
    screen.press_words("Choose a place")
    path = screen.save_here("copy.m4a")
    screen.wait(lambda: left(screen))
    assert path.read_bytes() == sound
    (entry,) = left(screen)
    assert (entry["paper"], entry["what"], entry["parts"]) == ("form-file", "saved-open", ["as_it_came"])


def test_only_recordings_are_listed_for_a_recording(media: Form) -> None:  # noqa: F811
    screen = media("audio | sound | A recording")
    with pytest.raises(AssertionError, match="not listed"):
        screen.choose_file(screen.answer(FileAnswer).choose, "letter.pdf", pdf())


def test_a_copy_of_a_photo_is_cleaned_and_written_down(media: Form) -> None:  # noqa: F811
    screen = media("image | photo | A photo")
    assert secrets_in(PHOTO), "the photo says something beside what is seen"
    give_photo(screen)
    press(screen.answer(FileAnswer).file.copy)
    screen.press_words("Choose a place")
    path = screen.save_here("copy.jpg")
    screen.wait(lambda: left(screen))
    assert not secrets_in(path.read_bytes())
    assert [(each["paper"], each["what"]) for each in left(screen)] == [("form-file", "saved-open")]


def test_a_pdf_is_shown_and_leaves_by_its_pages(media: Form) -> None:  # noqa: F811
    screen = media("file | letter | A letter")
    answer = screen.answer(FileAnswer)
    screen.choose_file(answer.choose, "letter.pdf", pdf())
    screen.wait(lambda: answer.file.seen.viewer.has_picture)
    press(answer.file.copy)
    assert screen.shown(Preview).isVisible()


def test_any_file_can_answer_and_what_the_form_accepts_is_listed() -> None:
    """XLSForm reference, "Upload": ``body::accept`` names endings or media types."""

    def asked(accept: str) -> tuple[str, ...]:
        return endings(Question("/data/f", "file", "F", settings={"accept": accept}))

    assert asked("") == ANY_ENDING
    assert asked("application/pdf,.csv") == (".pdf", ".csv")
    assert ".jpg" in asked("image/*")
    assert ".pdf" not in asked("image/*")
    assert asked("application/x-made-up") == ANY_ENDING, "better too much than nothing"
    question = Question("/data/f", "file", "F")
    assert ready(question, b"\x7fELF", "tool", ".bin") == ("tool.bin", "application/octet-stream", b"\x7fELF")
    assert ready(question, png(), "odd", ".txt")[:2] == ("odd.png", "image/png"), "told by what is in it"


def test_a_file_that_is_gone_is_said(media: Form) -> None:  # noqa: F811
    screen = media("image | photo | A photo", AFTER)
    give_photo(screen)
    screen.next()
    for row in screen.session.store.attachments(record=ANSWER):
        screen.session.store.erase_attachment(row.id)
    screen.back()
    assert "not in this notebook any more" in screen.words()
    press(screen.answer(FileAnswer).remove)
    assert "not in this notebook any more" not in screen.words()


def test_a_picture_that_the_form_brings_along_is_shown_until_another_is_chosen(media: Form) -> None:  # noqa: F811
    """XLSForm reference, "Default": a default image stands beside the form."""
    screen = media("image | photo | A photo | | | | | | | map.png", AFTER, files={"map.png": png()})
    answer = screen.answer(FileAnswer)
    assert screen.filling.value("photo") == "jr://images/map.png"
    screen.wait(lambda: answer.file.seen.viewer.has_picture)
    assert not answer.file.copy.isVisible(), "nothing of hers would leave"
    screen.choose_file(answer.choose, "IMG_1.jpg", PHOTO)
    screen.wait(answer.file.copy.isVisible)
    assert contents(screen) == [PHOTO]


def test_a_code_is_typed(media: Form) -> None:  # noqa: F811
    screen = media("barcode | code | The code", AFTER)
    assert isinstance(screen.answer(BarcodeAnswer).first(), type(QApplication.focusWidget()))
    type_keys("4006381333931")
    screen.next()
    assert screen.filling.value("code") == "4006381333931"


@pytest.mark.parametrize("kind", ["image", "audio", "video", "file", "image | x | X | | signature", "geoshape"])
@pytest.mark.parametrize(("language", "scale"), [("en", 1.0), ("es", 2.0)])
def test_nothing_is_nameless_cut_off_or_out_of_reach(
    media: Form,  # noqa: F811
    kind: str,
    language: str,
    scale: float,
) -> None:
    row = kind if "|" in kind else f"{kind} | it | What is asked here"
    screen = media(row, language=language, scale=scale)
    assert problems(screen) == ""
    if kind == "image":
        give_photo(screen)
        assert problems(screen) == ""


def test_finished_answers_show_what_was_given(media: Form) -> None:  # noqa: F811
    screen = media("image | photo | A photo", "audio | sound | A recording", AFTER)
    give_photo(screen)
    screen.next()
    answer = screen.answer(FileAnswer)
    screen.choose_file(answer.choose, "voice.mp3", b"ID3 made up")
    screen.wait(answer.value)
    desk = screen.session.forms._open
    assert desk is not None
    desk.finish([], [])
    (row,) = screen.session.forms.finished(screen.person)
    screen.notebook.go("form-read", filling=row.id)
    page = screen.notebook.page("form-read")
    photo, sound = page.findChildren(GivenFile)
    screen.wait(lambda: photo.seen.viewer.has_picture)
    assert sound.seen.isHidden()
    assert "voice.mp3" in screen.words()
    assert photo.copy.isVisible()
    assert problems(screen) == ""


def test_a_picture_that_nobody_may_change_is_shown(media: Form) -> None:  # noqa: F811
    row = "image | photo | A photo | | | | | | | map.png | yes"
    screen = media(row, AFTER, files={"map.png": png()})
    (file,) = screen.view._blocks[0].findChildren(GivenFile)
    screen.wait(lambda: file.seen.viewer.has_picture)
    assert not screen.view._blocks[0].findChildren(FileAnswer)
