"""Forms and packs from files: made, unpacked and tried in a child; what comes back is put together and checked anew.

The child hands over no XML but pieces of it (:mod:`planner.forms.anew`), so that the parser beside the open store is
given only what was written here. Who signed a pack, and whether it keeps the rules, is decided on this side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from planner.apart import asking
from planner.apart.asking import CouldNotAsk, ItSays, Progress
from planner.apart.questions import FormAsked, FormMade, PackAsked, PackMade
from planner.words import _

if TYPE_CHECKING:
    from planner.forms.form import Form
    from planner.forms.reading import FormFile
    from planner.packs.check import OpenForm, Pack
    from planner.packs.pack import Files


def read_form(path: Path, progress: Progress | None = None) -> Form:
    """A form from a file, with the files beside it.

    Raises:
        FormUnreadable: nothing there, no form, too large, damaged or hostile.
    """
    from planner.forms.external_files import files_beside
    from planner.forms.form import Form
    from planner.forms.reading import read_raw

    data = read_raw(path)
    made = _form(path.name, data, {}, progress)
    files, problems = files_beside(path, made.xform)
    if files:
        # Named by what was made only now; and what stands beside a form is as much a stranger's as the form.
        made = _form(path.name, data, files, progress)
    return Form.from_made(replace(made, problems=(*made.problems, *problems)))


def _form(name: str, data: bytes, files: Mapping[str, bytes], progress: Progress | None) -> FormFile:
    from planner.forms.trouble import FormUnreadable, Problem

    try:
        return _taken(asking.ask("form", FormAsked(name, data, files), progress))
    except ItSays as said:
        problems = tuple(Problem(*each) for each in said.wrong.problems)
        raise FormUnreadable(said.wrong.sentence, problems) from None
    except CouldNotAsk:
        raise FormUnreadable(_("This file could not be read as a form.")) from None


def _taken(made: FormMade) -> FormFile:
    """Put together what a child handed over.

    Raises:
        FormUnreadable: it is none.
    """
    from planner.forms.anew import put_together
    from planner.forms.external import lists_in_xml
    from planner.forms.reading import FormFile
    from planner.forms.trouble import Problem

    xform = put_together(made.pieces)
    files = dict(made.files)
    # Read as XML, it would be a stranger's.
    files.update(dict.fromkeys(lists_in_xml(xform, files), b""))
    files.update({name: put_together(each) if each else b"" for name, each in made.lists.items()})
    problems = tuple(Problem(sheet, max(0, row), what, instead) for sheet, row, what, instead in made.problems)
    return FormFile(xform, problems, made.rows, files)


# ---------------------------------------------------------------- packs


def read_pack(path: Path, today: date, progress: Progress | None = None) -> Pack:
    """Read and check a pack on a disk.

    Raises:
        PackRefused: it cannot be opened, or breaks a rule.
    """
    from planner.packs.pack import read_raw

    package, files = read_raw(path)
    return _pack(package, files, today, progress)


def check_pack(files: Files, today: date) -> Pack:
    """Check a pack that is in memory. Raises PackRefused."""
    return _pack(b"", files, today, None)


def _pack(package: bytes, files: Files, today: date, progress: Progress | None) -> Pack:
    from planner.packs.check import check_files
    from planner.packs.pack import taken_over
    from planner.packs.refused import PackRefused

    try:
        made: PackMade = asking.ask("pack", PackAsked(package, files, today.isoformat()), progress)
    except ItSays as said:
        raise PackRefused(said.wrong.sentence, said.wrong.where, said.wrong.detail) from None
    except CouldNotAsk:
        raise PackRefused(_("This file is damaged, or it is no pack.")) from None
    return check_files(taken_over(made.files) if package else files, today, _opener(made))


def _opener(made: PackMade) -> OpenForm:
    from planner.forms.form import Form
    from planner.forms.trouble import FormUnreadable

    def open_form(name: str, _media: Mapping[str, bytes], _around: Mapping[str, bytes]) -> Form:
        if name not in made.forms:
            raise FormUnreadable(_("This file could not be read as a form."))
        return Form.from_made(_taken(made.forms[name]))

    return open_form
