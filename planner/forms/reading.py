"""A file becomes an XForm: given directly, or made by pyxform from an XLSForm.

A file may come from anywhere. Its size, its unpacked size, its rows and cells are bounded before anything larger reads
it, and whatever pyxform trips over is told as one calm sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from planner.forms.definition import PLANNER
from planner.forms.external import ITEMSETS
from planner.forms.external_files import files_beside, named_files, read_plain
from planner.forms.foreign_types import known_types
from planner.forms.other_words import lists_with_other, say_other
from planner.forms.safe_xml import LARGEST_FILE
from planner.forms.table_words import in_our_words, why_not
from planner.forms.table_xform import xform_in_memory
from planner.forms.titles import take_titles, with_titles
from planner.forms.trouble import FormUnreadable, Problem
from planner.forms.workbook import MOST_ROWS, check_old_workbook, check_workbook
from planner.words import _

LARGEST_TEXT = 4_000_000
LONGEST_LINE = 40_000
MOST_HASHES = 300
DEEPEST_GROUP = 40

_BEGINS = re.compile(r"begin[ _]")
_ENDS = re.compile(r"end[ _](?!time)")

SURVEY_COLUMNS = frozenset(
    {
        "type", "name", "label", "caption", "hint", "guidance_hint", "appearance", "required", "required_message",
        "requiredmsg", "readonly", "read_only", "relevant", "relevance", "constraint", "constraint_message",
        "constraining_message", "calculation", "calculate", "default", "choice_filter", "repeat_count", "trigger",
        "parameters", "save_to", "media", "image", "big-image", "audio", "video", "autoplay", "rows", "note", "body",
        "bind", "instance", "control", "list_name", "command", "tag", "value", "intent", "query", "save_incomplete",
        "noapperrorstring", "no_app_error_string", "jr", "disabled",
    }
)  # fmt: skip
SETTINGS = frozenset(
    {
        "form_title", "title", "set form title", "form_id", "id_string", "set form id", "version", "default_language",
        "instance_name", "style", "allow_choice_duplicates", "namespaces", "name", "instance_xmlns", "attribute",
        "omit_instanceid", "instance_id", "clean_text_values", "add_none_option",
    }
)  # fmt: skip
SENDING = frozenset(
    {
        "public_key", "submission_url", "auto_send", "auto_delete", "client_editable", "sms_keyword", "sms_separator",
        "sms_allow_media", "sms_date_format", "sms_datetime_format", "sms_response", "prefix", "delimiter",
    }
)  # fmt: skip
OUR_MARKS = frozenset({"who", "sensitive", "heavy", "source", "domain", "time", "for-worker", "anew"})


@dataclass(frozen=True, slots=True)
class FormFile:
    """The XForm in a file, what could not be kept of it, and the row of each name on the survey sheet.

    ``files`` are the contents of what stands beside it, by plain file name.
    """

    xform: bytes
    problems: tuple[Problem, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)


def read_raw(path: Path) -> bytes:
    """The bytes of a form as it lies on a disk; nothing of them is looked at.

    Raises:
        FormUnreadable: nothing there, or too large.
    """
    try:
        data = read_plain(path, LARGEST_FILE + 1)
    except OSError as trouble:
        raise FormUnreadable(_("This file could not be opened.")) from trouble
    if len(data) > LARGEST_FILE:
        raise FormUnreadable(_("This file is too large to be a form."))
    return data


def read_form_file(path: Path) -> FormFile:
    """Read a form from a file.

    Raises:
        FormUnreadable: nothing there, no form, too large, damaged or hostile.
    """
    data = read_raw(path)
    made = _made_of(data, path.suffix.lower(), path.stem)
    files, problems = files_beside(path, made.xform)
    return replace(made, problems=(*made.problems, *problems), files={**made.files, **files})


def read_form_data(name: str, data: bytes, media: Mapping[str, bytes], around: Mapping[str, bytes]) -> FormFile:
    """Read a form that is in memory already.

    ``media`` are its own files, ``around`` what else lies there, of which it takes what it names; by plain file name.

    Raises:
        FormUnreadable: no form, too large, damaged or hostile.
    """
    if len(data) > LARGEST_FILE:
        raise FormUnreadable(_("This file is too large to be a form."))
    stem, dot, ending = name.rpartition(".")
    made = _made_of(data, f"{dot}{ending}".lower(), stem or name)
    named = {each: around[each] for each in named_files(made.xform) if each in around}
    return replace(made, files={**made.files, **named, **media})


def _made_of(data: bytes, suffix: str, stem: str) -> FormFile:
    if not data.strip():
        raise FormUnreadable(_("This file is empty."))
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if suffix == ".xml" or start == b"<" or data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return FormFile(data)
    return xform_from_table(data, suffix, stem)


def xform_from_table(data: bytes, suffix: str, name: str = "") -> FormFile:
    """Make an XForm from an XLSForm; ``name`` is that of its file, without the ending.

    Raises:
        FormUnreadable: see :func:`read_form_file`; ``problems`` then says where, as far as pyxform knows.
    """
    kind = _check_table(data, suffix)
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import get_xlsform

    warnings: list[str] = []
    rows: dict[str, int] = {}
    try:
        book = get_xlsform(data, file_type=kind)
        _check_book(book)
        problems = [*_columns_unknown(book), *_settings_unknown(book), *known_types(book)]
        _add_namespace(book)
        titles = take_titles(book)
        rows = _rows_of(book)
        # XLSForm reference, "Settings worksheet": without a form_id, the name of the file stands in.
        book.fallback_form_name = name or book.fallback_form_name
        sheets = {each: getattr(book, each) for each in book.__slots__}
        made, itemsets = xform_in_memory(sheets, warnings)
    except FormUnreadable:
        raise
    except PyXFormError as trouble:
        raise FormUnreadable(why_not(str(trouble)), tuple(in_our_words(str(trouble), rows))) from None
    except Exception as trouble:
        raise FormUnreadable(_("This file could not be read as a form.")) from trouble
    for each in warnings:
        problems.extend(in_our_words(each, rows))
    xform, unknown = say_other(made, lists_with_other(book.survey or ()))
    if unknown:
        what = _("“Other” is added to a list, but only in one language.")
        problems.append(Problem("survey", 0, what, _("It is offered all the same.")))
    files = {ITEMSETS: itemsets.encode()} if itemsets else {}
    return FormFile(with_titles(xform.encode(), titles), tuple(problems), rows, files)


def _check_table(data: bytes, suffix: str) -> str:
    if data[:2] == b"PK":
        check_workbook(data)
        return ".xlsx"
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        check_old_workbook(data)
        return ".xls"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as trouble:
        raise FormUnreadable(_("This file could not be read as a form.")) from trouble
    lines = text.split("\n")
    if len(data) > LARGEST_TEXT or len(lines) > MOST_ROWS:
        raise FormUnreadable(_("This file is too large to be a form."))
    if "\x00" in text or any(len(line) > LONGEST_LINE or line.count("#") > MOST_HASHES for line in lines):
        raise FormUnreadable(_("This file could not be read as a form."))
    return ".csv" if suffix == ".csv" else ".md"


def _check_book(book: Any) -> None:
    depth = 0
    for row in book.survey or ():
        words = str(row.get("type", "")).strip().lower()
        if _BEGINS.match(words):
            depth += 1
        elif _ENDS.match(words):
            depth -= 1
        if depth > DEEPEST_GROUP:
            raise FormUnreadable(_("This form is nested too deeply to be opened."))
    sheets = (book.survey, book.choices, book.entities, book.settings, book.external_choices)
    if sum(len(each or ()) for each in sheets) > MOST_ROWS:
        raise FormUnreadable(_("This file is too large to be a form."))


def _rows_of(book: Any) -> dict[str, int]:
    """The row of each name, and of each path below the root; of two rows with one name the first counts."""
    rows: dict[str, int] = {}
    above: list[str] = []
    for i, row in enumerate(book.survey or (), start=2):
        name, kind = str(row.get("name") or "").strip(), str(row.get("type") or "").strip().lower()
        if name:
            rows.setdefault(name, i)
            rows.setdefault("/" + "/".join([*above, name]), i)
        if _BEGINS.match(kind):
            above.append(name)
        elif _ENDS.match(kind) and above:
            above.pop()
    return rows


def _columns_unknown(book: Any) -> list[Problem]:
    found: list[Problem] = []
    for header in (book.survey_header or [{}])[0]:
        name = str(header).strip().lower()
        first, _colons, rest = name.partition("::")
        if first.startswith(("$", "kobo--")) or not name:
            # KoBoToolbox's own marks, which say nothing about the asking.
            continue
        ours = first == "bind" and rest.startswith("planner:")
        mark = rest.removeprefix("planner:").partition("::")[0]
        foreign = ours and mark not in OUR_MARKS and not mark.startswith("set-")
        if first.split(":")[0] not in SURVEY_COLUMNS or foreign:
            found.append(
                Problem(
                    "survey",
                    1,
                    _("The column “{name}” is not known here.").format(name=header),
                    _("It is left aside."),
                )
            )
    return found


def _settings_unknown(book: Any) -> list[Problem]:
    """Settings that change nothing here (XLSForm reference, "Settings worksheet")."""
    found: list[Problem] = []
    settings = (book.settings or [{}])[0]
    for header in (book.settings_header or [{}])[0]:
        name = str(header).strip().lower().split("::")[0]
        if not str(settings.get(header) or "").strip() or name in SETTINGS:
            continue
        if name in SENDING:
            found.append(
                Problem(
                    "settings",
                    2,
                    _("“{name}” is about sending answers away.").format(name=header),
                    _("Nothing is sent here."),
                )
            )
        else:
            what = _("The setting “{name}” is not known here.").format(name=header)
            found.append(Problem("settings", 2, what, _("It is left aside.")))
    return found


def _add_namespace(book: Any) -> None:
    """Declare the prefix of our own columns, so that an author need not."""
    settings = list(book.settings or [{}]) or [{}]
    first = dict(settings[0])
    there = str(first.get("namespaces", ""))
    if "planner=" not in there:
        first["namespaces"] = f'{there} planner="{PLANNER}"'.strip()
    book.settings = [first, *settings[1:]]
    header = dict((book.settings_header or [{}])[0])
    header["namespaces"] = None
    book.settings_header = [header]
