"""A form prepared: everything derived from its XForm, kept as plain data, so that opening it is only reading.

The data are bound to the digest of the XForm they were made from and to the program that made them, and carry a digest
of themselves: what is damaged, older or of another form is left aside, and the XForm is read as if there were nothing.
Parts of it are read when they are first needed: the graph when a filling begins, expressions and texts when one is
asked for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import MISSING, fields
from functools import cache, partial
from importlib.resources import files
from typing import Any

from lxml import etree

import planner
from planner.forms.definition import Definition, Parts, beside, read_definition
from planner.forms.graph import Graph, build_graph, read_expressions, tell_circles
from planner.forms.ready import Kept, written
from planner.forms.schema import Aside, Bind, Control, EntityRule, Item, Node, SetValue, Words
from planner.forms.trouble import ExpressionTrouble
from planner.forms.xpath.write import Written

PREPARED = ".prepared"
"""The ending of the file beside a shipped form."""

_DECIDING = (
    "circles",
    "definition",
    "external_implied",
    "graph",
    "prepared",
    "ready",
    "references",
    "schema",
    "search_lists",
)

GraphMaker = Callable[[Definition], Graph]


@cache
def _made_by() -> str:
    """This program, by its version and by the very text of what reads a form, rewrites expressions and ranks them."""
    here = files("planner.forms")
    deciding = {f"{name}.py": here / f"{name}.py" for name in _DECIDING}
    deciding |= {f"xpath/{each.name}": each for each in (here / "xpath").iterdir() if each.name.endswith(".py")}
    digest = hashlib.sha256()
    for name in sorted(deciding):
        # Where the text of the program was left out, its version alone tells.
        with suppress(OSError):
            digest.update(deciding[name].read_bytes())
    return f"{planner.__version__} {digest.hexdigest()}"


@cache
def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# ------------------------------------------------------------ writing


def prepare(xform: bytes) -> bytes | None:
    """What opening a form works out, as data; None for a form too unusual to be kept so. The same form, the same bytes.

    Raises:
        FormUnreadable: it is no XForm, or a hostile one.
    """
    definition = read_definition(xform)
    graph = build_graph(definition)
    nodes = sorted(definition.root.walk(), key=lambda each: each.order)
    if len(nodes) != len(definition.nodes) or any(not _usual(definition, *each) for each in enumerate(nodes, 1)):
        return None
    try:
        return _packed(xform, definition, graph, {node: place for place, node in enumerate(nodes)})
    except TypeError:
        return None


def _usual(definition: Definition, place: int, node: Node) -> bool:
    """Whether what is left out of the data (see ``_FROM_PLACE``) follows from where a node stands."""
    above, depth = (node.parent.path, node.parent.depth) if node.parent is not None else ("", 0)
    stands = node.path == f"{above}/{node.name}" and node.depth == depth + 1 and node.order == place
    return stands and definition.nodes[node.path] is node


def _packed(xform: bytes, definition: Definition, graph: Graph, places: dict[Node, int]) -> bytes:
    _compile_all(definition)
    out = _Writer(places)
    parts = [
        _json(
            {
                "form": [definition.form_id, definition.title, definition.version, definition.own_namespace],
                "namespaces": definition.namespaces,
                "languages": definition.languages,
                "default": definition.default_language,
                "nodes": out.nodes(),
                "body": out.controls(definition.body),
                "actions": [out.plain(each, SetValue) for each in definition.set_values],
                "entities": [out.plain(each, EntityRule) for each in definition.entities],
                "asides": [out.plain(each, Aside) for each in definition.asides],
            }
        ),
        etree.tostring(definition.document, encoding="utf-8"),
        _json(out.graph(graph)),
        _json(_written(definition)),
        *(_json(definition.texts[each]) for each in definition.languages),
    ]
    body = b"".join(parts)
    head = {"by": _made_by(), "xform": _digest(xform), "parts": [len(each) for each in parts]}
    whole = _json(head) + b"\n" + body
    return _digest(whole).encode() + b"\n" + whole


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _compile_all(definition: Definition) -> None:
    """Compile whatever a filling may ask for, so that it is known."""
    for node in definition.nodes.values():
        for source in (node.bind.constraint, node.bind.required, node.bind.readonly):
            _compile(definition, source, node)
        control = node.control
        if control is not None:
            _compile(definition, control.itemset, node)
            for source in definition.choice_outputs(control):
                _compile(definition, source, node)
    for control in definition.body.walk():
        if control.node is not None:
            for words in (control.label, control.hint):
                for source in _put_into(definition, words):
                    _compile(definition, source, control.node)
                    # "Another one?" is asked by what is above the repeat.
                    _compile(definition, source, control.node.parent or control.node)
            if control.kind == "repeat":
                for source in (control.count, control.node.bind.relevant):
                    _compile(definition, source, beside(control.node))
    for action in definition.set_values:
        _compile(definition, action.expression, action.node)
        _compile(definition, action.ref, action.source or definition.root)


def _compile(definition: Definition, source: str, node: Node) -> None:
    if source.strip():
        definition.compile(source, node)


def _put_into(definition: Definition, words: Words | None) -> Iterator[str]:
    if words is not None:
        yield words.expression
        yield from (expression for _text, expression in words.parts if expression)
        for language in definition.languages if words.text_id else ():
            for parts in definition.texts[language].get(words.text_id, {}).values():
                yield from (expression for _text, expression in parts if expression)


def _written(definition: Definition) -> dict[str, tuple[Written, str, bool] | None]:
    out: dict[str, tuple[Written, str, bool] | None] = {}
    for (source, node), made in definition.compiled.items():
        try:
            out[Kept.name(source, node)] = None if made is None else written(source, node.place())
        except ExpressionTrouble:
            out[Kept.name(source, node)] = None
    return out


_FROM_PLACE = frozenset({"path", "parent", "depth", "order", "children"})


_STANDS_IN_COLUMNS = {"kind", "node", "label", "hint", "settings", "children"}


def _usual_settings(control: Control) -> dict[str, str]:
    """The attributes that nearly every control has: where it stands."""
    if control.node is None or control.kind == "body":
        return {}
    return {"nodeset" if control.kind == "repeat" else "ref": control.node.path}


class _Writer:
    """Turns what a form is made of into plain values; of each thing only what differs from its defaults."""

    def __init__(self, places: dict[Node, int]) -> None:
        self._places = places

    def nodes(self) -> dict[str, Any]:
        """The last part of each path and the place of its parent, then what is special about some, by place."""
        names, above, tags, more = [], [], [], []
        binds: dict[str, tuple[list[int], list[Any]]] = {}
        for node, place in self._places.items():
            names.append(node.name)
            above.append(-1 if node.parent is None else self._places[node.parent])
            if node.tag != node.name:
                tags.append([place, node.tag])
            special = self._more(node, {*_FROM_PLACE, "tag", "control", "bind", "template"})
            if node.template is not None:
                special["template"] = etree.tostring(node.template, encoding="unicode")
            if special:
                more.append([place, special])
            rules = self._more(node.bind, {"marks"})
            if node.bind.marks:
                rules["marks"] = node.bind.marks
            for name, rule in rules.items():
                column = binds.setdefault(name, ([], []))
                column[0].append(place)
                column[1].append(rule)
        return {"names": names, "above": above, "tags": tags, "more": more, "binds": binds}

    def controls(self, body: Control) -> dict[str, Any]:
        """What every control has stands in columns, because there are many; what is special about some, by place."""
        controls = [*body.walk()]
        numbers = {control: number for number, control in enumerate(controls)}
        above = {child: numbers[control] for control in controls for child in control.children}
        kinds = sorted({each.kind for each in controls})
        return {
            "kinds": kinds,
            "kind": [kinds.index(each.kind) for each in controls],
            "above": [above.get(each, -1) for each in controls],
            "node": [-1 if each.node is None else self._places[each.node] for each in controls],
            "label": [self._words(each.label, each.node, "label") for each in controls],
            "hint": [self._words(each.hint, each.node, "hint") for each in controls],
            "settings": [
                [number, each.settings] for each, number in numbers.items() if each.settings != _usual_settings(each)
            ],
            "more": [
                [number, more] for each, number in numbers.items() if (more := self._more(each, _STANDS_IN_COLUMNS))
            ],
        }

    @staticmethod
    def _words(words: Words | None, node: Node | None, what: str) -> Any:
        """Nothing; 1 for the id that pyxform gives; the id; or all there is."""
        if words is None:
            return None
        if words.parts or words.expression:
            plain = len(words.parts) == 1 and not words.parts[0][1] and not words.text_id and not words.expression
            return [words.parts[0][0]] if plain else [words.text_id, words.parts, words.expression]
        return 1 if node is not None and words.text_id == f"{node.path}:{what}" else words.text_id

    def plain(self, thing: Any, kind: type) -> list[Any]:
        return [self._value(getattr(thing, each.name)) for each in fields(kind)]

    def graph(self, graph: Graph) -> dict[str, Any]:
        code = self._vertex
        return {
            "rank": [code(each) for each in sorted(graph.rank, key=graph.rank.__getitem__)],
            "edges": [
                [code(source), sorted([code(target), pivot] for target, pivot in targets)]
                for source, targets in sorted(graph.edges.items(), key=lambda each: code(each[0]))
            ],
            "rings": graph.rings,
        }

    def _vertex(self, vertex: tuple[Node, bool]) -> int:
        return self._places[vertex[0]] * 2 + vertex[1]

    def _more(self, thing: Any, without: set[str]) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for each in fields(thing):
            value = getattr(thing, each.name)
            usual = each.default if each.default_factory is MISSING else each.default_factory()
            if each.name not in without and value != usual:
                out[each.name] = self._value(value)
        return out

    def _value(self, value: Any) -> Any:
        match value:
            case None | str() | bool() | int() | float():
                return value
            case Node():
                return {"=": self._places[value]}
            case Item():
                return {"item": [value.value, self._words(value.label, None, "")]}
            case frozenset():
                return {"set": sorted(value)}
            case tuple():
                return {"tuple": [self._value(each) for each in value]}
            case list():
                return [self._value(each) for each in value]
            case dict():
                return {"dict": {str(key): self._value(each) for key, each in value.items()}}
        raise TypeError(type(value).__name__)


# ------------------------------------------------------------ reading


def take_up(xform: bytes, prepared: bytes) -> tuple[Definition, GraphMaker] | None:
    """A definition and what makes its graph, from what :func:`prepare` gave; None when that does not fit."""
    digest, _line, whole = prepared.partition(b"\n")
    if digest != _digest(whole).encode():
        return None
    try:
        end = whole.index(b"\n")
        head = json.loads(whole[:end])
        if head["by"] != _made_by() or head["xform"] != _digest(xform):
            return None
        at = end + 1
        parts: list[bytes] = []
        for length in head["parts"]:
            parts.append(whole[at : at + length])
            at += length
        return _Reader(parts).read()
    except (ValueError, TypeError, LookupError, AttributeError, etree.XMLSyntaxError):
        return None


class _Texts(Mapping[str, Mapping[str, Mapping[str, Parts]]]):
    """The texts of each language, read when one of it is needed."""

    def __init__(self, data: dict[str, bytes]) -> None:
        self._data = data
        self._known: dict[str, Mapping[str, Mapping[str, Parts]]] = {}

    def __getitem__(self, language: str) -> Mapping[str, Mapping[str, Parts]]:
        known = self._known.get(language)
        if known is None:
            # Parts come as lists; nobody tells them from tuples.
            known = self._known[language] = json.loads(self._data[language])
        return known

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)


_NOT_ASKING = frozenset({"body", "group", "repeat"})
_NOT_REF: dict[str, Callable[[str], dict[str, str]]] = {
    "body": lambda _path: {},
    "repeat": lambda path: {"nodeset": path},
}
_NO_BIND = Bind()
"""Shared by all nodes without rules; nobody changes the rules of a form that is open."""


class _Reader:
    def __init__(self, parts: list[bytes]) -> None:
        main, self._document, self._graph, self._expressions, *self._texts = parts
        self._main: dict[str, Any] = json.loads(main)
        self._nodes: list[Node] = []

    def read(self) -> tuple[Definition, GraphMaker]:
        main = self._main
        self._read_nodes(main["nodes"])
        body = self._read_controls(main["body"])
        form_id, title, version, own = main["form"]
        languages = tuple(main["languages"])
        definition = Definition(
            form_id=form_id,
            title=title,
            version=version,
            document=etree.fromstring(self._document, _parser()),
            root=self._nodes[0],
            nodes={each.path: each for each in self._nodes},
            body=body,
            languages=languages,
            default_language=main["default"],
            texts=_Texts(dict(zip(languages, self._texts, strict=True))),
            set_values=[SetValue(*map(self._value, each)) for each in main["actions"]],
            entities=[EntityRule(*map(self._value, each)) for each in main["entities"]],
            asides=[Aside(*map(self._value, each)) for each in main["asides"]],
            namespaces=main["namespaces"],
            own_namespace=own,
            kept=Kept(self._expressions, main["namespaces"]),
        )
        return definition, partial(_read_graph, self._graph, self._nodes)

    def _read_nodes(self, kept: dict[str, list[Any]]) -> None:
        nodes = self._nodes
        binds = self._binds(kept["binds"])
        order = 0
        for name, above in zip(kept["names"], kept["above"], strict=True):
            bind = binds.get(order) or _NO_BIND
            order += 1
            if above < 0:
                nodes.append(Node(name, f"/{name}", None, 1, order, False, False, bind, []))
                continue
            parent = nodes[above]
            node = Node(name, f"{parent.path}/{name}", parent, parent.depth + 1, order, False, False, bind, [])
            parent.children.append(node)
            nodes.append(node)
        for place, tag in kept["tags"]:
            nodes[place].tag = tag
        for place, more in kept["more"]:
            node = nodes[place]
            self._take(node, more)
            if node.template is not None:
                node.template = etree.fromstring(node.template, _parser())

    @staticmethod
    def _binds(kept: Any) -> dict[int, Bind]:
        binds: dict[int, Bind] = {}
        for name, (places, rules) in kept.items():
            for place, rule in zip(places, rules, strict=True):
                if place not in binds:
                    binds[place] = Bind()
                setattr(binds[place], name, rule)
        return binds

    def _take(self, thing: Any, more: dict[str, Any]) -> None:
        for name, value in more.items():
            setattr(thing, name, value if type(value) is str else self._value(value))

    def _read_controls(self, kept: dict[str, list[Any]]) -> Control:
        nodes, kinds, made = self._nodes, kept["kinds"], list[Control]()
        rows = zip(kept["kind"], kept["above"], kept["node"], kept["label"], kept["hint"], strict=True)
        for kind_number, above, place, label, hint in rows:
            kind = kinds[kind_number]
            if place < 0:
                control = Control(kind, None, _words(label), _words(hint))
            else:
                node = nodes[place]
                usual = {"ref": node.path} if kind not in _NOT_REF else _NOT_REF[kind](node.path)
                control = Control(
                    kind,
                    node,
                    None if label is None else Words(f"{node.path}:label") if label == 1 else _words(label),
                    None if hint is None else Words(f"{node.path}:hint") if hint == 1 else _words(hint),
                    settings=usual,
                )
                if kind not in _NOT_ASKING:
                    node.control = control
            made.append(control)
            if above >= 0:
                made[above].children.append(control)
        for number, settings in kept["settings"]:
            made[number].settings = settings
        for number, more in kept["more"]:
            self._take(made[number], more)
        return made[0]

    def _value(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._value(each) for each in value]
        if not isinstance(value, dict):
            return value
        ((kind, inner),) = value.items()
        if kind == "=":
            return self._nodes[inner]
        if kind == "item":
            return Item(inner[0], _words(inner[1]) or Words())
        if kind == "set":
            return frozenset(inner)
        if kind == "tuple":
            return tuple(self._value(each) for each in inner)
        return {key: self._value(each) for key, each in inner.items()}


def _words(kept: Any) -> Words | None:
    if kept is None:
        return None
    if type(kept) is str:
        return Words(kept)
    if len(kept) == 1:
        return Words("", ((kept[0], ""),))
    text_id, parts, expression = kept
    return Words(text_id, tuple([(text, output) for text, output in parts]), expression)


def _read_graph(data: bytes, nodes: list[Node], definition: Definition) -> Graph:
    kept = json.loads(data)
    vertices = [(node, flag) for node in nodes for flag in (False, True)]
    graph = Graph(
        edges={
            vertices[source]: [(vertices[target], pivot) for target, pivot in targets]
            for source, targets in kept["edges"]
        },
        rank={vertices[code]: place for place, code in enumerate(kept["rank"])},
        rings=kept["rings"],
    )
    for _each in read_expressions(definition, graph):
        pass
    tell_circles(definition, graph)
    return graph
