"""Forms as what paper is made of: every question of one, or what was answered, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImageWriter

from planner.apart.papers import MOST_SHOWN, Photos
from planner.apart.questions import PictureAsked
from planner.errors import MachineTrouble
from planner.exchange.clean_image import JPEG, PNG
from planner.exchange.form_parts import Asked, Block, FormSection, Room
from planner.exchange.paper_kinds import kind_of
from planner.forms.styling import plain
from planner.ui.pages.form_words import shown
from planner.ui.paper.pictures import picture_asked
from planner.words import N_, _

if TYPE_CHECKING:
    from planner.forms import Filling, Form, FormPage, Question
    from planner.forms.answer_files import AnswerFiles
    from planner.forms.on_paper import PaperQuestion
    from planner.ui.formats import Formats

WIDEST = 1400
"""Dots along the longer side of a picture; more is not seen on paper."""

_ROOMS = {
    "select_one": Room.ONE,
    "select_multiple": Room.MANY,
    "rank": Room.ORDER,
    "date": Room.DAY,
    "time": Room.HOUR,
    "dateTime": Room.MOMENT,
    "acknowledge": Room.YES,
    "note": Room.NONE,
    "image": Room.BESIDE,
    "audio": Room.BESIDE,
    "video": Room.BESIDE,
    "file": Room.BESIDE,
}
_OWN_WORDS = frozenset({"text", "barcode", "geopoint", "geotrace", "geoshape"})
_FILES = {"image": N_("A picture"), "audio": N_("A recording"), "video": N_("A video"), "file": N_("A file")}


def blank_sections(form: Form, language: str) -> list[FormSection]:
    """Every question of a form, in one of its languages by name."""
    from planner.forms.on_paper import blank_blocks

    blocks = blank_blocks(form, language)
    found = []
    for (ref, title), inside in groupby(blocks, key=lambda block: (block.section, block.section_title)):
        titled = [
            Block(title=plain(block.title), asked=tuple(map(_to_ask, block.questions)), again=block.again)
            for block in inside
        ]
        found.append(FormSection(ref=ref, title=plain(title), blocks=tuple(_joined(titled))))
    return found


def _to_ask(question: PaperQuestion) -> Asked:
    room = Room.SPACE if question.drawn else _ROOMS.get(question.kind, Room.LINE)
    return Asked(
        label=plain(question.label),
        hint=plain(question.hint),
        why=plain(question.why) if question.sensitive else "",
        room=Room.LINES if question.many_lines and room is Room.LINE else room,
        choices=tuple(plain(each) for each in question.choices),
        sensitive=question.sensitive,
        conditional=question.conditional,
    )


def filled_sections(filling: Filling, formats: Formats, files: AnswerFiles | None = None) -> list[FormSection]:
    """What is asked as the answers stand, with the answers in words; nothing of how a question was left open."""
    photos = Photos()
    try:
        return _filled(filling, formats, files, photos)
    finally:
        photos.close()


def _filled(filling: Filling, formats: Formats, files: AnswerFiles | None, photos: Photos) -> list[FormSection]:
    pages = filling.pages()
    titles = {
        ref: f"{plain(page.title)} {number}".strip() for page in pages for number, ref in enumerate(page.instances, 1)
    }
    found = []
    asking = (page for page in pages if page.kind in {"question", "field-list"})
    for (ref, title), inside in groupby(asking, key=lambda page: (page.section, page.section_title)):
        blocks = [
            Block(title=_title(page, titles), asked=tuple(_answered(page.items, formats, files, photos)))
            for page in inside
        ]
        found.append(FormSection(ref=ref, title=plain(title), blocks=tuple(_joined(blocks))))
    return found


def _title(page: FormPage, titles: dict[str, str]) -> str:
    """The innermost of several that the page belongs to, else the page's own title."""
    within = [ref for ref in titles if page.ref == ref or page.ref.startswith(f"{ref}/")]
    return titles[max(within, key=len)] if within else plain(page.title)


def _answered(
    items: Iterable[Question], formats: Formats, files: AnswerFiles | None, photos: Photos
) -> Iterator[Asked]:
    for item in items:
        if item.kind == "note" or item.is_head:
            continue
        room = _ROOMS.get(item.kind, Room.LINE)
        asked = Asked(
            label=plain(item.label),
            hint=plain(item.hint),
            room=Room.LINES if "multiline" in item.appearance and room is Room.LINE else room,
            choices=tuple(plain(each.label) for each in item.choices),
            answer=_answer(item, formats),
            free=item.kind in _OWN_WORDS,
            sensitive=item.sensitive,
        )
        if item.kind == "image" and item.value and files is not None:
            content, media_type = _picture(files.content(item.value) or b"", photos)
            asked = replace(asked, picture=content, media_type=media_type)
        yield asked


def _answer(item: Question, formats: Formats) -> str:
    if not item.value:
        return ""
    # The name under which a file is kept says nothing to anybody.
    return _(_FILES[item.kind]) if item.kind in _FILES else plain(shown(item, formats))


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks that follow one another under one title as one."""
    for title, same in groupby((each for each in blocks if each.asked), key=lambda block: block.title):
        all_same = list(same)
        asked = tuple(one for block in all_same for one in block.asked)
        yield Block(title=title, asked=asked, again=any(block.again for block in all_same))


def _picture(content: bytes, photos: Photos) -> tuple[bytes, str]:
    """A picture as paper needs it and no larger, the right way up, with its media type; nothing when it is none."""
    try:
        kind = kind_of(content)
        asked = PictureAsked(content, kind, MOST_SHOWN, longest=WIDEST, seen_through=True, usual_colours=True)
        image = picture_asked(asked, photos)
    except MachineTrouble:
        return b"", ""
    drawn = image.hasAlphaChannel() or content.startswith(b"\x89PNG")
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(out, QByteArray(b"png" if drawn else b"jpeg"))
    writer.setQuality(-1 if drawn else 85)
    if not writer.write(image):
        return b"", ""
    return bytes(out.data().data()), PNG if drawn else JPEG
