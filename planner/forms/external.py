"""Lists beside a form, put where expressions look for them (ODK XForms, "Secondary Instances - External").

A file named by ``jr://file/…`` or ``jr://file-csv/…`` becomes the content of its instance: a CSV or GeoJSON file a
``<root>`` with an ``<item>`` for each row, an XML file as it is. Nothing is fetched and no path is followed: only what
was handed over with the form counts, by its plain name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from lxml import etree

from planner.forms.definition import Definition, Parts
from planner.forms.external_lists import ListUnreadable, Rows, read_csv, read_geojson
from planner.forms.safe_xml import parse_xml
from planner.forms.schema import Node
from planner.forms.trouble import FormUnreadable, Problem
from planner.forms.wording import MEDIA_FORMS, file_name
from planner.words import _

LARGEST_LIST = 10_000_000
"""Bytes of one list."""
MOST_ELEMENTS = 250_000
"""Elements of one list."""
MOST_IN_ALL = 500_000
"""Elements of all lists of a form together: each filling has a copy of them."""

MOST_LISTS = 300
_SOURCE = re.compile(r"""\ssrc\s*=\s*["']([^"'<>]*)["']""")
_NO_XML = (".csv", ".geojson")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")

ITEMSETS = "itemsets.csv"
"""What a sheet ``external_choices`` becomes (XLSForm reference, "Database-backed fast external itemsets")."""


def attach(definition: Definition, files: Mapping[str, bytes]) -> list[Problem]:
    """Put the lists in ``files``, by plain file name, into a definition; tells what is missing or cannot be read."""
    return _Attaching(definition, files).attach()


def lists_in_xml(xform: bytes, files: Mapping[str, bytes]) -> list[str]:
    """Which of the files beside a form are read as XML: it names them as lists, and they are of no other kind."""
    text = xform.decode("utf-8", "replace")
    named = {file_name(unescape(each)).lower() for each in _SOURCE.findall(text)}
    return [each for each in files if each.lower() in named and not each.lower().endswith(_NO_XML)]


def missing_media(definition: Definition, files: Mapping[str, bytes]) -> list[Problem]:
    """Pictures and sounds of labels and choices that are not among the files of the form."""
    found: dict[str, Problem] = {}
    # There the name is that of a column.
    columns = {each.items[each.searched].label.text_id for each in definition.body.walk() if each.searched >= 0}
    for text_id, forms in _texts(definition):
        if text_id in columns:
            continue
        for form in MEDIA_FORMS:
            parts = forms.get(form, ())
            name = file_name("".join(text for text, _expression in parts))
            put_together = any(expression for _text, expression in parts)
            if name in {"", "-"} or put_together or name in found or name in files:
                continue
            node = definition.nodes.get(text_id.rsplit(":", 1)[0])
            found[name] = Problem(
                "survey" if node else "choices",
                definition.row_of(node) if node else 0,
                _("The file “{name}” is not beside the form.").format(name=name),
                _("The words are shown without it."),
            )
    return list(found.values())


def _texts(definition: Definition) -> Iterator[tuple[str, Mapping[str, Parts]]]:
    for language in definition.languages:
        yield from definition.texts[language].items()


class _Attaching:
    def __init__(self, definition: Definition, files: Mapping[str, bytes]) -> None:
        self._definition = definition
        self._files = files
        self._by_lower = {name.lower(): name for name in reversed(list(files))}
        self._room = MOST_IN_ALL
        self._problems: list[Problem] = []
        self._naming: dict[str, dict[Node, None]] | None = None

    def attach(self) -> list[Problem]:
        lists = 0
        for instance in self._definition.document[1]:
            source = str(instance.get("src") or "")
            if source and not source.startswith("jr://instance/"):
                lists += 1
                if lists > MOST_LISTS:
                    what = _("This form names more lists than can be read.")
                    self._problems.append(Problem("survey", 0, what, _("The rest is left aside.")))
                    break
                self._fill(instance, file_name(source), is_csv=source.startswith("jr://file-csv/"))
        return self._problems

    def _content(self, name: str) -> bytes | None:
        return self._files.get(self._by_lower.get(name.lower(), "") if name not in self._files else name)

    def _fill(self, instance: Any, name: str, *, is_csv: bool) -> None:
        instance_id = str(instance.get("id") or "")
        content = self._content(name)
        if content is None:
            if not len(instance):
                self._tell(
                    instance_id,
                    _("The file “{name}” is not beside the form.").format(name=name),
                    _("Its choices and look-ups stay empty."),
                )
            return
        try:
            made, rows = self._read(content, name, instance_id, is_csv=is_csv)
        except ListUnreadable as trouble:
            self._tell(instance_id, trouble.sentence, _("Its choices and look-ups stay empty."))
            return
        for each in list(instance):
            instance.remove(each)
        instance.extend(list(made) if rows is None and self._means_inside(instance_id, made) else [made])
        if rows is not None:
            for note in rows.notes:
                self._tell(instance_id, note, _("Some letters may look wrong."))
            self._check(instance_id, name, rows)

    def _read(self, content: bytes, name: str, instance_id: str, *, is_csv: bool) -> tuple[Any, Rows | None]:
        """The root element, and the rows it was made of if it was."""
        too_large = _("The file “{name}” is too large.").format(name=name)
        if len(content) > LARGEST_LIST:
            raise ListUnreadable(too_large)
        ending = name.lower().rsplit(".", 1)[-1]
        if is_csv or ending in {"csv", "geojson"}:
            reader = read_geojson if ending == "geojson" else read_csv
            rows = reader(content, name, min(MOST_ELEMENTS, self._room))
            if name == ITEMSETS:
                rows = _of_list(rows, instance_id)
            self._room -= len(rows.items) * (len(rows.columns) + 1)
            return _root_of(rows), rows
        # Twice: an element has a beginning and an end.
        if content.count(b"<") > 2 * min(MOST_ELEMENTS, self._room) + 100:
            raise ListUnreadable(too_large)
        try:
            root = parse_xml(content)
        except (FormUnreadable, RecursionError) as trouble:
            raise ListUnreadable(_("The file “{name}” could not be read as a list.").format(name=name)) from trouble
        self._room -= sum(1 for _each in root.iter())
        return _plain(root), None

    def _check(self, instance_id: str, name: str, rows: Rows) -> None:
        """Tell of columns that questions look for and the file lacks, and of values that cannot be several at once."""
        for node in self._users(instance_id):
            control = node.control
            if control is None or not _names_instance(control.itemset, instance_id):
                continue
            for wanted, instead in (
                (control.item_value, _("There is nothing to choose from.")),
                (control.item_label, _("The choices are shown by their names.")),
            ):
                if re.fullmatch(r"[\w.\-]+", wanted) and wanted not in rows.columns:
                    what = _("The file “{name}” has no column “{column}”.").format(name=name, column=wanted)
                    self._problems.append(Problem("survey", self._definition.row_of(node), what, instead))
            if control.kind in {"select", "rank"} and control.item_value in rows.columns:
                place = rows.columns.index(control.item_value)
                if any(" " in values[place] for values in rows.items):
                    what = _("The file “{name}” has names with blanks in the column “{column}”.")
                    what = what.format(name=name, column=control.item_value)
                    instead = _("Such a choice cannot be told from several.")
                    self._problems.append(Problem("survey", self._definition.row_of(node), what, instead))

    def _tell(self, instance_id: str, what: str, instead: str) -> None:
        rows = self._definition.rows
        row = rows.get(instance_id, 0)
        users = self._users(instance_id)
        self._problems.append(
            Problem("survey", row or next((self._definition.row_of(each) for each in users), 0), what, instead)
        )

    def _means_inside(self, instance_id: str, root: Any) -> bool:
        """Whether paths begin below the root of an XML file (XLSForm reference, "External XML data")."""
        call = re.compile(rf"instance\(\s*['\"]{re.escape(instance_id)}['\"]\s*\)\s*/\s*([\w.\-]+)")
        steps = {
            step for node in self._users(instance_id) for source in _sources(node) for step in call.findall(source)
        }
        return root.tag not in steps and any(child.tag in steps for child in root)

    def _users(self, instance_id: str) -> list[Node]:
        """The nodes whose choices or expressions look into an instance."""
        if self._naming is None:
            self._naming = {}
            for node in self._definition.nodes.values():
                for source in _sources(node):
                    for one, two in _QUOTED.findall(source) if "'" in source or '"' in source else ():
                        self._naming.setdefault(one or two, {})[node] = None
        return list(self._naming.get(instance_id, ()))


def _sources(node: Node) -> list[str]:
    bind = node.bind
    asked = [node.control.itemset] if node.control is not None else []
    return [bind.calculate, bind.relevant, bind.constraint, bind.required, bind.readonly, *asked]


def _names_instance(source: str, instance_id: str) -> bool:
    return f"'{instance_id}'" in source or f'"{instance_id}"' in source


def _of_list(rows: Rows, list_name: str) -> Rows:
    """Of all external choices those of one list."""
    if "list_name" not in rows.columns:
        return rows
    place = rows.columns.index("list_name")
    return Rows(rows.columns, [each for each in rows.items if each[place] == list_name], rows.notes)


def _root_of(rows: Rows) -> Any:
    root = etree.Element("root")
    for values in rows.items:
        item = etree.SubElement(root, "item")
        for column, value in zip(rows.columns, values, strict=True):
            etree.SubElement(item, column).text = value or None
    return root


def _plain(root: Any) -> Any:
    """The tree without namespaces, so that paths name its elements plainly."""
    for element in root.iter():
        element.tag = etree.QName(element).localname
    etree.cleanup_namespaces(root)
    return root
