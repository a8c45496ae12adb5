"""Shipped forms are made into XForms when the project is built, so that pyxform is not needed to open them."""

from __future__ import annotations

from pathlib import Path

from planner.forms.reading import read_form_file


def compile_form(path: Path) -> bytes:
    """The XForm of a form table. The same table always gives the same bytes.

    Raises:
        FormUnreadable: the table has a mistake; ``problems`` says where.
    """
    return read_form_file(path).xform
