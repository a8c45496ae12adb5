"""Shipped forms are made into XForms when the project is built, and what opening them works out is kept beside them."""

from __future__ import annotations

from pathlib import Path

from planner.forms.prepared import prepare
from planner.forms.reading import read_form_file


def compile_form(path: Path) -> bytes:
    """The XForm of a form table. The same table always gives the same bytes.

    Raises:
        FormUnreadable: the table has a mistake; ``problems`` says where.
    """
    return read_form_file(path).xform


def prepare_form(xform: bytes) -> bytes:
    """What opening an XForm works out, to lie beside it; empty for one too unusual. The same form, the same bytes.

    Raises:
        FormUnreadable: it is no XForm.
    """
    return prepare(xform) or b""
