"""What reads in the child. The other side never loads this module.

Each function has what is asked, and what tells how far it is; each answers what :mod:`planner.apart.kinds` says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from planner.apart.questions import CalendarAsked, CardsAsked, FormAsked, FormMade, PackAsked, PackMade, ServicesAsked

if TYPE_CHECKING:
    from planner.exchange.calendar_read import CalendarFile
    from planner.exchange.cards_read import CardFile
    from planner.exchange.services_read import ServiceFile
    from planner.forms.form import Form
    from planner.forms.reading import FormFile

Progress = Callable[[int, int], None]


def calendar(asked: CalendarAsked, progress: Progress) -> CalendarFile:
    """The appointments of an .ics file."""
    from planner.exchange.calendar_read import read_calendar

    return read_calendar(asked.content, asked.zone, progress)


def cards(asked: CardsAsked, progress: Progress) -> CardFile:
    """The people of a .vcf file."""
    from planner.exchange.cards_read import read_cards

    return read_cards(asked.content, progress, asked.region)


def services(asked: ServicesAsked, progress: Progress) -> ServiceFile:
    """The places of a list."""
    from planner.exchange.services_read import read_services

    return read_services(asked.content, progress, asked.region)


def form(asked: FormAsked, progress: Progress) -> FormMade:
    """A form of any kind of file, opened once as it will be opened beside the store, so that this is known to end."""
    from planner.forms.form import Form
    from planner.forms.reading import read_form_data

    progress(0, 0)
    made = read_form_data(asked.name, asked.data, asked.files, {})
    return _form_made(made, Form.from_made(made))


def pack(asked: PackAsked, progress: Progress) -> PackMade:
    """A pack, and every form in it; all that is looked at before one may come in is looked at here first."""
    from datetime import date

    from planner.forms.form import Form
    from planner.forms.reading import read_form_data
    from planner.packs.check import check_files
    from planner.packs.pack import unpacked

    progress(0, 0)
    files = unpacked(asked.package) if asked.package else asked.files
    made: dict[str, FormMade] = {}

    def open_form(name: str, media: Mapping[str, bytes], around: Mapping[str, bytes]) -> Form:
        progress(len(made), 0)
        file: FormFile = read_form_data(PurePosixPath(name).name, files[name], media, around)
        form = Form.from_made(file)
        made[name] = _form_made(file, form)
        return form

    check_files(files, date.fromisoformat(asked.today), open_form)
    return PackMade(files if asked.package else {}, made)


def _form_made(file: FormFile, form: Form) -> FormMade:
    from planner.forms.anew import pieces_of
    from planner.forms.external import lists_in_xml
    from planner.forms.trouble import FormUnreadable

    form.start().pages()
    _ = form.problems
    files, lists = dict(file.files), {}
    for name in lists_in_xml(file.xform, file.files):
        content = files.pop(name)
        try:
            lists[name] = pieces_of(content)
        except (FormUnreadable, RecursionError):
            lists[name] = ()  # told as a list that cannot be read
    problems = tuple((each.sheet, each.row, each.what, each.instead) for each in file.problems)
    return FormMade(pieces_of(file.xform), problems, file.rows, files, lists)
