"""Drawing as an answer: with the mouse, with keys alone, over a picture, and a name that is typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.errors import MachineTrouble
from planner.store.attachments import ANSWER
from planner.ui.a11y import walk
from planner.ui.kit.dialogs import Dialog
from planner.ui.pages.form_answers_draw import AnnotateAnswer, DrawAnswer, SignatureAnswer
from planner.ui.pages.form_canvas import LONGEST, WIDE, Canvas
from tests.gui.forms_desk import Key, press, type_keys
from tests.gui.media_desk import Form, MediaScreen, media  # noqa: F401 - a fixture among them
from tests.unit.exchange.photos import png

AFTER = "text | after | And then?"
LEFT = Qt.MouseButton.LeftButton


def line(canvas: Canvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw with the mouse; places are parts of the paper."""
    area = canvas.paper()

    def at(place: tuple[float, float]) -> QPoint:
        return QPointF(area.left() + area.width() * place[0], area.top() + area.height() * place[1]).toPoint()

    QTest.mousePress(canvas, LEFT, pos=at(start))
    for part in (0.25, 0.5, 0.75, 1.0):
        QTest.mouseMove(canvas, at((start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)))
        QApplication.processEvents()
    QTest.mouseRelease(canvas, LEFT, pos=at(end))
    QApplication.processEvents()


def kept(screen: MediaScreen) -> QImage:
    """The picture that is the answer now, as it lies in the notebook."""
    desk = screen.session.forms._open
    assert desk is not None
    return QImage.fromData(desk.files.content(screen.filling.value(screen.view._blocks[0].question.ref)) or b"")


def dark(picture: QImage) -> int:
    """How many pixels are no paper."""
    places = ((x, y) for x in range(0, picture.width(), 2) for y in range(0, picture.height(), 2))
    return sum(picture.pixelColor(x, y).lightness() < 128 for x, y in places)


def test_a_drawing_is_kept_at_each_pause_and_seen_again(media: Form) -> None:  # noqa: F811
    screen = media("image | way | The way there | | draw", AFTER)
    answer = screen.answer(DrawAnswer)
    line(answer.canvas, (0.2, 0.5), (0.8, 0.5))
    screen.wait(lambda: screen.filling.value("way"))
    picture = kept(screen)
    assert (picture.width(), picture.height()) == (WIDE, DrawAnswer.high)
    assert picture.pixelColor(WIDE // 2, DrawAnswer.high // 2).lightness() < 128, "where the line went"
    assert picture.pixelColor(WIDE // 2, 40).lightness() == 255
    screen.next()
    screen.back()
    again = screen.answer(DrawAnswer)
    assert again.canvas.finished() == picture
    assert not again.canvas.strokes
    assert list(screen.home.iterdir()) == []


def test_lines_are_taken_back_one_by_one(media: Form) -> None:  # noqa: F811
    screen = media("image | way | The way there | | draw", AFTER)
    answer = screen.answer(DrawAnswer)
    line(answer.canvas, (0.1, 0.3), (0.9, 0.3))
    line(answer.canvas, (0.1, 0.7), (0.9, 0.7))
    screen.page.commit()
    both = dark(kept(screen))
    press(answer.undo)
    screen.page.commit()
    one = dark(kept(screen))
    assert 0 < one < both
    press(answer.undo)
    screen.page.commit()
    assert screen.filling.value("way") == "", "an empty paper is no answer"


def test_start_anew_can_be_undone(media: Form) -> None:  # noqa: F811
    screen = media("image | way | The way there | | draw", AFTER)
    answer = screen.answer(DrawAnswer)
    line(answer.canvas, (0.1, 0.3), (0.9, 0.3))
    screen.page.commit()
    before = screen.filling.value("way")
    press(answer.anew)
    assert screen.filling.value("way") == ""
    screen.notebook.undo()
    assert screen.filling.value("way") == before
    assert dark(screen.answer(DrawAnswer).canvas.finished()) > 0


def test_with_keys_alone(media: Form) -> None:  # noqa: F811
    screen = media("image | way | The way there | | draw", AFTER)
    answer = screen.answer(DrawAnswer)
    assert QApplication.focusWidget() is answer.canvas
    type_keys(Key.Key_Space, *[Key.Key_Right] * 12, Key.Key_Space, *[Key.Key_Down] * 6)
    assert len(answer.canvas.strokes) == 1
    assert "Space" in answer.canvas.accessibleDescription()
    type_keys(Key.Key_Space, Key.Key_Left, Key.Key_Space)
    assert len(answer.canvas.strokes) == 2
    type_keys(Key.Key_Backspace)
    assert len(answer.canvas.strokes) == 1
    type_keys(Key.Key_Return)
    assert "after" in screen.key, "Enter goes on"
    screen.back()
    picture = kept(screen)
    middle = (WIDE // 2, DrawAnswer.high // 2)
    assert picture.pixelColor(middle[0] + 48, middle[1]).lightness() < 128
    assert picture.pixelColor(middle[0] - 40, middle[1]).lightness() == 255


def test_colours_of_the_pen(media: Form) -> None:  # noqa: F811
    screen = media("image | way | The way there | | draw")
    answer = screen.answer(DrawAnswer)
    answer.pens.choose(1)
    answer.pens.chosen_changed.emit(1)
    line(answer.canvas, (0.2, 0.5), (0.8, 0.5))
    screen.page.commit()
    found = kept(screen).pixelColor(WIDE // 2, DrawAnswer.high // 2)
    assert found.blue() > found.red() + 50


def test_what_was_just_drawn_is_there_after_a_lock(media: Form) -> None:  # noqa: F811
    screen = media("image | way | The way there | | draw", AFTER)
    line(screen.answer(DrawAnswer).canvas, (0.2, 0.5), (0.8, 0.5))
    assert screen.filling.value("way") == "", "no pause yet"
    screen.open_again()
    assert dark(screen.answer(DrawAnswer).canvas.finished()) > 0


def test_only_the_last_state_of_a_drawing_stays_in_the_notebook(media: Form) -> None:  # noqa: F811
    screen = media("image | way | The way there | | draw", AFTER)
    answer = screen.answer(DrawAnswer)
    for high in (0.2, 0.4, 0.6, 0.8):
        line(answer.canvas, (0.2, high), (0.8, high))
        screen.page.commit()
    screen.notebook.leave()
    screen.session.forms._open = None
    screen.session.settle()
    screen.session.settle()
    screen.session.store.purge_attachments()
    assert len(screen.session.store.attachments(record=ANSWER, include_removed=True)) == 1


def test_while_the_machine_cannot_keep_it_the_drawing_stays_on_the_paper(
    media: Form,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = media("image | way | The way there | | draw", AFTER)
    answer = screen.answer(DrawAnswer)

    def full(*_anything: object) -> str:
        raise MachineTrouble("There is no room left.", "Make some room.")

    with monkeypatch.context() as patched:
        patched.setattr(type(answer.around.files), "keep", full)
        line(answer.canvas, (0.2, 0.5), (0.8, 0.5))
        screen.page.commit()
        screen.page.commit()
        shown = [each for each in screen.notebook.window().findChildren(Dialog) if each.isVisible()]
        assert [each.title.text() for each in shown] == ["There is no room left."], "said once"
        screen.press_words("All right")
    screen.page.commit()
    assert dark(kept(screen)) > 0


def test_a_signature_can_be_typed_by_keyboard_alone(media: Form) -> None:  # noqa: F811
    screen = media("image | sign | Your signature | | signature", AFTER)
    answer = screen.answer(SignatureAnswer)
    for _tab in range(8):
        if QApplication.focusWidget() is answer.name:
            break
        type_keys(Key.Key_Tab)
    type_keys("Ana Lin")
    type_keys(Key.Key_Return)
    assert "after" in screen.key
    screen.back()
    short = dark(kept(screen))
    assert short > 200, "the name stands on the paper"
    answer = screen.answer(SignatureAnswer)
    answer.name.setFocus()
    type_keys("Ana Linares de la Fuente y Montemayor y Ocampo y Villanueva")
    screen.page.commit()
    picture = kept(screen)
    assert all(picture.pixelColor(x, y).lightness() == 255 for x in (2, WIDE - 3) for y in range(picture.height()))
    assert dark(picture) != short


def test_a_picture_is_drawn_on(media: Form) -> None:  # noqa: F811
    screen = media("image | map | Mark the place | | annotate", AFTER)
    answer = screen.answer(AnnotateAnswer)
    assert answer.canvas.isHidden() or not answer.canvas.isVisible(), "there is nothing to draw on yet"
    photo = QImage(2400, 1200, QImage.Format.Format_RGB32)
    photo.fill(0xE0D0B0)
    from planner.ui.pages.papers_bringing import as_png

    screen.choose_file(answer.choose, "map.png", as_png(photo))
    screen.wait(answer.canvas.isVisible)
    assert screen.filling.value("map"), "the picture alone is an answer"
    plain_one = kept(screen)
    assert (plain_one.width(), plain_one.height()) == (LONGEST, LONGEST // 2)
    assert dark(plain_one) == 0
    line(answer.canvas, (0.2, 0.5), (0.8, 0.5))
    screen.page.commit()
    marked = kept(screen)
    assert marked.size() == plain_one.size()
    assert dark(marked) > 0


def test_a_picture_that_the_form_brings_along_is_drawn_on(media: Form) -> None:  # noqa: F811
    """ODK documentation, "Image widgets": annotate with a default image."""
    screen = media("image | map | Mark it | | annotate | | | | | map.png", AFTER, files={"map.png": png()})
    answer = screen.answer(AnnotateAnswer)
    assert answer.canvas.isVisible()
    assert screen.filling.value("map") == "jr://images/map.png"
    line(answer.canvas, (0.2, 0.5), (0.8, 0.5))
    screen.page.commit()
    assert not screen.filling.value("map").startswith("jr:")
    assert kept(screen).size() == QImage.fromData(png()).size()


def test_what_can_be_neither_read_nor_shown_changes_nothing(media: Form) -> None:  # noqa: F811
    screen = media("image | map | Mark the place | | annotate")
    screen.choose_file(screen.answer(AnnotateAnswer).choose, "map.png", png()[:60])
    assert screen.shown(Dialog).title.text()
    assert screen.filling.value("map") == ""


@pytest.mark.parametrize("appearance", ["draw", "signature", "annotate"])
@pytest.mark.parametrize(("language", "scale"), [("en", 1.0), ("es", 2.0)])
def test_nothing_is_nameless_cut_off_or_out_of_reach(
    media: Callable[..., MediaScreen],  # noqa: F811
    appearance: str,
    language: str,
    scale: float,
) -> None:
    screen = media(f"image | it | What is asked here | | {appearance}", language=language, scale=scale)
    assert "\n".join(map(str, walk(screen.notebook.window()))) == ""
