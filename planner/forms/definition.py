"""An XForm read into its parts (ODK XForms specification, "Structure")."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from planner.forms.external_implied import add_implied, in_xforms
from planner.forms.ready import Kept, Ready
from planner.forms.safe_xml import parse_xml
from planner.forms.schema import Aside, Bind, Control, EntityRule, Item, Node, SetValue, Words
from planner.forms.search_lists import is_of_list, searched_rows, without_search
from planner.forms.trouble import ExpressionTrouble, FormUnreadable, Problem
from planner.forms.xpath import Expression, compile_expression
from planner.forms.xpath.convert import column_name
from planner.words import _

XFORMS = "http://www.w3.org/2002/xforms"
XHTML = "http://www.w3.org/1999/xhtml"
JR = "http://openrosa.org/javarosa"
ENTITIES = "http://www.opendatakit.org/xforms/entities"
PLANNER = "https://planner.example/xforms"
ODK = "http://www.opendatakit.org/xforms"
ASKING = frozenset({"http://openrosa.org/xforms", "http://openrosa.org/xforms/", ODK})
"""Namespaces of attributes of a bind that say how a question is asked (specification, "Bind Attributes")."""

MOST_NODES = 20_000
MOST_LETTERS = 600_000
"""Letters in all expressions together: about as many as are understood in ten seconds."""

CONTROLS = frozenset({"input", "select1", "select", "trigger", "range", "upload", "rank", "secret", "group", "repeat"})

ONE_PAGE = frozenset({"field-list", "table-list"})
"""Appearances of a group whose questions stand together on one page."""
NOT_DONE = frozenset({"setgeopoint", "recordaudio", "submission"})
BESIDE_CONTROLS = NOT_DONE | {"label", "hint", "help", "alert", "item", "itemset", "choices", "setvalue", "tag"}
"""What may stand in the body and asks nothing."""

_TEMPLATE = f"{{{JR}}}template"
_ITEXT = re.compile(r"\s*jr:itext\(\s*'([^']*)'\s*\)\s*\Z")
_PREDICATE = re.compile(r"\[[^\[\]]*\]")
_ITEXT_NODE = re.compile(r"\s*jr:itext\(\s*([\w.\-]+)\s*\)\s*\Z")

Parts = tuple[tuple[str, str], ...]
Compiled = Expression | Ready
Texts = Mapping[str, Mapping[str, Mapping[str, Parts]]]
"""Parts by language, id and form (``guidance``, ``image``, …; empty for the plain one)."""


@dataclass(slots=True, eq=False)
class Definition:
    """Everything that is fixed about a form. ``document`` is ``<all>`` with the instances, copied for a filling."""

    form_id: str
    title: str
    version: str
    document: Any
    root: Node
    nodes: dict[str, Node]
    body: Control
    languages: tuple[str, ...]
    default_language: str
    texts: Texts
    set_values: list[SetValue]
    entities: list[EntityRule]
    namespaces: dict[str, str]
    own_namespace: str
    problems: list[Problem] = field(default_factory=list)
    rows: Mapping[str, int] = field(default_factory=dict)
    asides: list[Aside] = field(default_factory=list)
    kept: Kept | None = None
    compiled: dict[tuple[str, Node], Compiled | None] = field(default_factory=dict)

    def compile(self, source: str, node: Node) -> Compiled | None:
        """An expression that stands at a node; None (and a problem told) when it is not understood."""
        key = (source, node)
        if key not in self.compiled:
            made = self._compile(source, node)
            if made is None:
                self.problems.append(
                    Problem(
                        "survey",
                        self.row_of(node),
                        _("{name}: “{expression}” is not understood.").format(name=node.name, expression=source[:80]),
                        _("It is left aside."),
                    )
                )
            self.compiled[key] = made
        return self.compiled[key]

    def row_of(self, node: Node) -> int:
        """The row of a node on the survey sheet; 0 when it has none. Names need be unique only within their group."""
        inside = node.path.split("/", 2)[-1]
        # What counts a repeat stands in a question of its own, made from the row of the repeat.
        names = (f"/{inside}", node.name, f"/{inside.removesuffix('_count')}", node.name.removesuffix("_count"))
        return next((self.rows[name] for name in names if name in self.rows), 0)

    def _compile(self, source: str, node: Node) -> Compiled | None:
        found = self.kept.get(source, node) if self.kept is not None else False
        if found is not False:
            return found
        try:
            return compile_expression(source, node.place(), self.namespaces)
        except ExpressionTrouble:
            return None

    def words_of(self, text_id: str, language: str, form: str = "") -> Parts | None:
        """A translated text; pyxform leaves spaces around a name put into a quoted id, so they do not count."""
        for candidate in (text_id, "".join(text_id.split())):
            found = self.texts.get(language, {}).get(candidate, {}).get(form)
            if found is not None:
                return found
        return None

    def outputs(self, text_id: str) -> list[str]:
        """The expressions put into a translated text, in any language."""
        return [
            expression
            for language in self.languages
            for _text, expression in self.words_of(text_id, language) or ()
            if expression
        ]

    def choice_outputs(self, control: Control) -> list[str]:
        """The expressions put into the labels of choices."""
        found = [expression for item in control.items for _text, expression in item.label.parts if expression]
        ids = {item.label.text_id for item in control.items}
        child = item_text_id(control.item_label)
        if child:
            ids |= {element.text or "" for element in self.document[1].iter(child)}
        return found + [expression for text_id in sorted(ids) for expression in self.outputs(text_id)]


def _local(element: Any) -> str:
    return str(etree.QName(element).localname)


def _parts(element: Any) -> Parts:
    parts: list[tuple[str, str]] = [(element.text or "", "")]
    for child in element:
        if _local(child) == "output":
            parts.append(("", child.get("value") or child.get("ref") or ""))
        else:
            parts.append(("".join(child.itertext()), ""))
        parts.append((child.tail or "", ""))
    return tuple((text, expression) for text, expression in parts if text or expression)


def _words(element: Any) -> Words | None:
    if element is None:
        return None
    ref = element.get("ref")
    if ref:
        match = _ITEXT.match(ref)
        return Words(text_id=match[1]) if match else Words(expression=ref)
    return Words(parts=_parts(element))


def _clean_template(element: Any) -> Any:
    """A template as a new instance needs it: repeats inside it begin with one instance of their own."""
    element.attrib.pop(_TEMPLATE, None)
    element.tail = None
    for inner in [each for each in element.iter() if _TEMPLATE in each.attrib]:
        parent = inner.getparent()
        if sum(1 for each in parent.iterfind(inner.tag) if _TEMPLATE not in each.attrib):
            parent.remove(inner)
        else:
            inner.attrib.pop(_TEMPLATE)
    return element


def read_definition(data: bytes) -> Definition:
    """Read an XForm.

    Raises:
        FormUnreadable: it is no XForm, or a hostile one.
    """
    html = in_xforms(parse_xml(data))
    model = next(html.iter(f"{{{XFORMS}}}model"), None)
    body = next(html.iter(f"{{{XHTML}}}body"), None)
    primary = (
        None if model is None else next((each for each in model.iterfind(f"{{{XFORMS}}}instance") if len(each)), None)
    )
    if model is None or body is None or primary is None:
        raise FormUnreadable(_("This file could not be read as a form."))
    return _Reader(html, model, body, primary, data).read()


class _Reader:
    def __init__(self, html: Any, model: Any, body: Any, primary: Any, data: bytes) -> None:
        # Most forms hold none of these: then nobody has to look at every element for them. UTF-16 is looked at.
        wide = b"\x00" in data
        self._may_imply = wide or any(each in data for each in (b"pulldata", b"search(", b"query="))
        self._may_ask_device = wide or any(each.encode() in data for each in NOT_DONE)
        self._html, self._model, self._body, self._primary = html, model, body, primary
        self._nodes: dict[str, Node] = {}
        self._order = 0
        self._prefixes = {uri: prefix for element in html.iter() for prefix, uri in element.nsmap.items() if prefix}
        self._problems: list[Problem] = []
        self._set_values: list[SetValue] = []
        self._asides: list[Aside] = []
        self._asking: dict[Node, dict[str, str]] = {}
        self._datasets: dict[str, str] = {}

    def read(self) -> Definition:
        data = self._primary[0]
        own = etree.QName(data).namespace or ""
        document = self._document(data, own)
        main = document[0]
        root = self._node(main, None)
        self._read_binds()
        for element in self._model.iter(f"{{{XFORMS}}}setvalue"):
            self._read_set_value(element, root, None)
        if self._may_ask_device:
            self._read_asides(root)
        body = Control("body", root)
        self._read_controls(self._body, body, root)
        languages, default, texts = self._read_texts()
        title = next(self._html.iter(f"{{{XHTML}}}title"), None)
        form_id = data.get("id") or main.tag
        version = next((value for name, value in data.attrib.items() if etree.QName(name).localname == "version"), "")
        self._settle_templates(main)
        return Definition(
            form_id=str(form_id),
            title=str(title.text or form_id).strip() if title is not None else str(form_id),
            version=str(version),
            document=document,
            root=root,
            nodes=self._nodes,
            body=body,
            languages=languages,
            default_language=default,
            texts=texts,
            set_values=self._set_values,
            entities=self._read_entities(),
            namespaces={prefix: uri for uri, prefix in self._prefixes.items()},
            own_namespace="" if own == XFORMS else own,
            problems=self._problems,
            asides=self._asides,
        )

    def _document(self, data: Any, own: str) -> Any:
        document = etree.Element("all")
        main = copy.deepcopy(data)
        main.tail = None
        document.append(main)
        instances = etree.SubElement(document, "instances")
        for each in self._model.iterfind(f"{{{XFORMS}}}instance"):
            if each is not self._primary:
                kept = copy.deepcopy(each)
                kept.tail = None
                instances.append(kept)
        for element in document.iter():
            name = etree.QName(element)
            if name.namespace in {XFORMS, own}:
                element.tag = name.localname
            if len(element) and not (element.text or "").strip():
                element.text = None
            if not (element.tail or "").strip():
                element.tail = None
        if self._may_imply:
            add_implied(instances, self._html)
        etree.cleanup_namespaces(document, keep_ns_prefixes=["orx"] if "orx" in self._prefixes.values() else None)
        return document

    def _path_part(self, tag: str) -> str:
        name = etree.QName(tag)
        prefix = self._prefixes.get(name.namespace or "")
        return f"{prefix}:{name.localname}" if name.namespace and prefix else str(name.localname)

    def _node(self, element: Any, parent: Node | None) -> Node:
        tag = str(element.tag)
        known = parent.child(tag) if parent else None
        if known is None:
            path = f"{parent.path if parent else ''}/{self._path_part(tag)}"
            known = Node(tag, path, parent, parent.depth + 1 if parent else 1, self._next())
            self._nodes[path] = known
            if parent:
                parent.children.append(known)
        if _TEMPLATE in element.attrib:
            known.template = element
        if "dataset" in element.attrib:
            self._datasets[known.path] = element.get("dataset")
        for name in element.attrib:
            if parent is not None and not str(name).startswith("{") and known.child(str(name), attribute=True) is None:
                made = Node(str(name), f"{known.path}/@{name}", known, known.depth + 1, self._next(), attribute=True)
                known.children.append(made)
                self._nodes[made.path] = made
        for child in element:
            self._node(child, known)
        return known

    def _next(self) -> int:
        self._order += 1
        if self._order > MOST_NODES:
            raise FormUnreadable(_("This file is too large to be a form."))
        return self._order

    def _settle_templates(self, main: Any) -> None:
        """Give each repeat the element it grows from, and take the templates out of what is filled in."""
        for node in self._nodes.values():
            if node.repeat:
                found = node.template if node.template is not None else self._first_element(main, node)
                if found is None:
                    node.repeat = False
                    continue
                node.template = _clean_template(copy.deepcopy(found))
        main.attrib.pop(_TEMPLATE, None)
        for element in [each for each in main.iter() if _TEMPLATE in each.attrib]:
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)

    @staticmethod
    def _first_element(main: Any, node: Node) -> Any:
        """The first element of a node, whichever instance of what is above it holds one; an attribute has none."""
        found = [main]
        for each in [*node.up()][-2::-1]:
            found = [child for element in found for child in element if child.tag == each.tag and not each.attribute]
        return next(iter(found), None)

    def _find(self, path: str, base: Node | None) -> Node | None:
        path = path.strip().removeprefix("current()/")
        if not path.startswith("/"):
            parts = (base.path if base else "").split("/")[1:]
            for part in path.split("/"):
                if part == "..":
                    parts = parts[:-1]
                elif part not in {".", ""}:
                    parts.append(part)
            path = "/" + "/".join(parts)
        return self._nodes.get(path)

    def _read_binds(self) -> None:
        letters = 0
        for element in self._model.iter(f"{{{XFORMS}}}bind"):
            node = self._find(element.get("nodeset") or element.get("ref") or "", None)
            if node is None:
                continue
            bind = node.bind
            bind.type = (element.get("type") or "string").rsplit(":", 1)[-1]
            bind.calculate = element.get("calculate") or ""
            bind.relevant = element.get("relevant") or ""
            bind.constraint = element.get("constraint") or ""
            bind.required = element.get("required") or ""
            bind.readonly = element.get("readonly") or ""
            letters += sum(map(len, (bind.calculate, bind.relevant, bind.constraint, bind.required, bind.readonly)))
            if letters > MOST_LETTERS:
                raise FormUnreadable(_("This file is too large to be a form."))
            for key, value in element.attrib.items():
                name = etree.QName(key)
                self._read_bind_mark(bind, name, value)
                if name.namespace in ASKING:
                    self._asking.setdefault(node, {})[name.localname] = value

    @staticmethod
    def _read_bind_mark(bind: Bind, name: Any, value: str) -> None:
        if name.namespace == JR:
            named = {
                "constraintMsg": "constraint_message",
                "requiredMsg": "required_message",
                "preload": "preload",
                "preloadParams": "preload_params",
            }.get(name.localname)
            if named:
                setattr(bind, named, value)
        elif name.namespace == PLANNER:
            bind.marks[name.localname] = value
        elif name.namespace == ENTITIES and name.localname == "saveto":
            bind.save_to = value

    def _read_set_value(self, element: Any, base: Node, source: Node | None) -> None:
        ref = element.get("ref") or ""
        node = self._find(_PREDICATE.sub("", ref), base)
        if node is not None:
            events = frozenset((element.get("event") or "").replace("xforms-ready", "odk-instance-first-load").split())
            expression = (element.get("value") or "").strip()
            self._set_values.append(
                SetValue(events, node, expression, element.text or "", source, ref if "[" in ref else "")
            )

    def _read_asides(self, root: Node) -> None:
        """What a device would do and this program does not, wherever it stands."""
        for element in self._html.iter():
            name = _local(element)
            if name in NOT_DONE:
                self._asides.append(Aside(name, self._find(element.get("ref") or "", root)))

    def _read_controls(self, element: Any, into: Control, base: Node, page: frozenset[str] = frozenset()) -> None:
        if into.kind == "group" and into.appearance & ONE_PAGE:
            page = into.appearance
        for child in element:
            name = _local(child)
            if name == "setvalue":
                self._read_set_value(child, base, into.node)
            if name in CONTROLS:
                into.children.append(self._read_control(child, name, base, page))
            elif name not in BESIDE_CONTROLS:
                self._asides.append(Aside(name, into.node))

    def _read_control(self, element: Any, name: str, base: Node, page: frozenset[str]) -> Control:
        ref = element.get("ref") or element.get("nodeset")
        node = self._find(ref, base) if ref else None
        made = Control(name, node)
        made.label = _words(element.find(f"{{{XFORMS}}}label"))
        made.hint = _words(element.find(f"{{{XFORMS}}}hint"))
        appearance = element.get("appearance") or ""
        made.appearance = frozenset(without_search(appearance).split())
        made.count = (element.get(f"{{{JR}}}count") or "").strip()
        made.fixed = (element.get(f"{{{JR}}}noAddRemove") or "").startswith("true")
        made.group_appearance = page if name not in {"group", "repeat"} else frozenset()
        made.settings = self._settings(element, node)
        if node is not None and name == "repeat":
            node.repeat = True
        if node is not None and name not in {"group", "repeat"}:
            if any(not each.attribute for each in node.children):
                made.node = None  # what holds other questions cannot hold an answer
            else:
                node.control = made
        for each in element.iterfind(f"{{{XFORMS}}}item"):
            value = each.find(f"{{{XFORMS}}}value")
            label = _words(each.find(f"{{{XFORMS}}}label"))
            made.items.append(Item((value.text or "").strip() if value is not None else "", label or Words()))
        for each in element.iterfind(f"{{{XFORMS}}}itemset"):
            made.itemset = each.get("nodeset") or ""
            value, label = each.find(f"{{{XFORMS}}}value"), each.find(f"{{{XFORMS}}}label")
            made.item_value = "name" if value is None else value.get("ref") or "name"
            made.item_label = "label" if label is None else label.get("ref") or "label"
        if name == "input" and element.get("query"):
            made.kind, made.itemset = "select1", element.get("query")
        rows = searched_rows(appearance) if "search(" in appearance else None
        if rows is not None:
            made.searched = next((i for i, each in enumerate(made.items) if is_of_list(each.value)), -1)
        if rows is not None and made.searched >= 0:
            made.itemset, made.item_label = rows, ""
            made.item_value = column_name(made.items[made.searched].value)
        self._read_controls(element, made, node or base, page)
        return made

    def _settings(self, element: Any, node: Node | None) -> dict[str, str]:
        found = dict(self._asking.get(node, {})) if node is not None else {}
        for key, value in element.attrib.items():
            name = etree.QName(key)
            if name.namespace != JR:
                found[str(name.localname)] = value
        return found

    def _read_texts(self) -> tuple[tuple[str, ...], str, dict[str, dict[str, dict[str, Parts]]]]:
        texts: dict[str, dict[str, dict[str, Parts]]] = {}
        default = ""
        for translation in self._model.iter(f"{{{XFORMS}}}translation"):
            language = translation.get("lang") or ""
            if translation.get("default") in {"true()", "true", ""} and not default:
                default = language
            known = texts.setdefault(language, {})
            for text in translation.iterfind(f"{{{XFORMS}}}text"):
                known[text.get("id") or ""] = {
                    value.get("form") or "": _parts(value) for value in text.iterfind(f"{{{XFORMS}}}value")
                }
        return tuple(texts), default or next(iter(texts), ""), texts

    def _read_entities(self) -> list[EntityRule]:
        found: dict[Node, EntityRule] = {}
        for node in self._nodes.values():
            if node.tag == "entity" and node.parent is not None and node.parent.parent is not None:
                if etree.QName(node.parent.tag).localname != "meta":
                    continue
                container = node.parent.parent
                dataset = self._datasets.get(node.path, "")
                constants = {
                    name.removeprefix("set-"): value
                    for name, value in container.bind.marks.items()
                    if name.startswith("set-") or name in {"domain", "time"}
                }
                found[container] = EntityRule(dataset, container, node, {}, constants)
        for node in self._nodes.values():
            holder = next((each for each in node.up() if each in found), None)
            if node.bind.save_to and holder is not None:
                found[holder].properties[node.bind.save_to] = node
        return list(found.values())


def beside(node: Node) -> Node:
    """A stand-in for a repeat that may have no instance: its count is worked out from the node above it."""
    return Node("", f"{node.path}/@count", node.parent, node.depth, node.order, attribute=True)


def item_text_id(label: str) -> str:
    """The child of a choice that holds the id of its translated label, for a label written ``jr:itext(itextId)``."""
    match = _ITEXT_NODE.match(label)
    return match[1] if match else ""
