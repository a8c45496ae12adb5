"""Answers as XML: written for a submission or for going on later, and read back."""

from __future__ import annotations

import copy
import re
from datetime import datetime, time, timezone
from typing import TYPE_CHECKING, Any

from lxml import etree

from planner.forms.definition import JR, Definition
from planner.forms.kinds import KINDS, trouble_with
from planner.forms.live import Live
from planner.forms.safe_xml import parse_xml
from planner.forms.schema import Node
from planner.forms.trouble import FillingUnreadable, FormUnreadable
from planner.forms.versions import Crossing
from planner.forms.xpath.convert import moment_text, read_date, read_date_time, read_time, written_offset

if TYPE_CHECKING:
    from planner.forms.filling import Filling


def everything(filling: Filling) -> bytes:
    """All answers that apply and every place for one, without a declaration."""
    return etree.tostring(filling.engine.root.element, encoding="utf-8")


def submission(filling: Filling) -> bytes:
    """A submission: nodes that do not apply and texts that do not fit their type are left out."""
    engine = filling.engine
    made = copy.deepcopy(engine.root.element)
    _prune(filling, engine.root, made)
    own = engine.definition.own_namespace
    if own:
        made = _in_namespace(made, own)
    etree.cleanup_namespaces(made)
    return etree.tostring(made, encoding="utf-8", xml_declaration=True)


def _in_namespace(root: Any, own: str) -> Any:
    """The same tree in the namespace the form's own instance has, as the default one."""
    made = etree.Element(root.tag, dict(root.attrib), nsmap={None: own})  # type: ignore[dict-item]  # the stubs forget the default
    made.extend(list(root))
    for element in made.iter():
        if not etree.QName(element).namespace:
            element.tag = f"{{{own}}}{element.tag}"
    return made


def _prune(filling: Filling, live: Live, element: Any) -> None:
    inner = [each for each in live.children if not each.node.attribute]
    for child, child_element in zip(inner, list(element), strict=True):
        if not child.on:
            element.remove(child_element)
            continue
        _prune(filling, child, child_element)
    bind = live.node.bind
    if (bind.preload, bind.preload_params) == ("timestamp", "end"):
        element.text = moment_text(filling.engine.now())
    elif live.value and live.node.control is not None:
        kind = filling.kind(live)
        trouble = trouble_with(kind, live.value, live.node.control.settings, bind.type)
        if kind is not KINDS["text"]:
            element.text = _strict(kind.name, live.value) if trouble is None else None


_ZONE = r"(Z|[+-]\d\d:\d\d)?\Z"
_STRICT = {
    "date": re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII),
    "time": re.compile(r"\d\d:\d\d:\d\d(\.\d+)?" + _ZONE, re.ASCII),
    "dateTime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?" + _ZONE, re.ASCII),
}


def _strict(kind: str, text: str) -> str:
    """A day or an hour as XML Schema has it: the specification is laxer in what may be typed than in what is kept."""
    if kind not in _STRICT or _STRICT[kind].match(text):
        return text
    if kind == "time":
        read, offset = read_time(text), written_offset(text)
        if read is None:
            return text
        hour, minute, second, milli = read
        moment = time(hour, minute, second, milli * 1000, timezone(offset) if offset is not None else None)
        return moment.isoformat(timespec="milliseconds")
    found = read_date(text) if kind == "date" else read_date_time(text)
    if found is None:
        return text
    return moment_text(found) if isinstance(found, datetime) else found.isoformat()


def read_answers(
    definition: Definition, data: bytes, *, again: bool = False, other: bool | None = None
) -> tuple[Any, str, Crossing | None]:
    """Answers kept as XML, laid over a fresh primary instance; the version they were given under; how that differs.

    ``again``: they begin a new filling, so its own id is not taken over. ``other``: whether the form was another
    one, even where its version has the same number; None if only the version can tell.

    Raises:
        FillingUnreadable: no XML, or the answers of another form.
    """
    try:
        saved = parse_xml(data)
    except FormUnreadable as trouble:
        raise FillingUnreadable from trouble
    if (saved.get("id") or definition.form_id) != definition.form_id:
        raise FillingUnreadable
    version = str(next((value for name, value in saved.attrib.items() if etree.QName(name).localname == "version"), ""))
    same = version == definition.version and bool(version) if other is None else not other
    crossing = None if same and not again else Crossing(definition, saved)
    fresh = copy.deepcopy(definition.document[0])
    _Laying(definition, crossing, again=again).lay(definition.root, fresh, saved)
    return fresh, version, crossing


def begins_anew(node: Node) -> bool:
    """Whether answers of last time do not come along when the form is answered again, such as how a week was.

    Our mark ``bind::planner:anew`` on it or on a group around it.
    """
    return any(each.bind.marks.get("anew", "").strip().lower() in {"yes", "true", "1"} for each in node.up())


LAST_SAVED = "jr://instance/last-saved"


def lay_last_saved(document: Any, definition: Definition, saved: bytes) -> None:
    """Put the answers saved last where expressions look for them (specification, "Virtual Endpoints").

    Damaged answers, or those of another form, are as good as none.
    """
    places = [each for each in document[1] if each.get("src") == LAST_SAVED]
    if not places or not saved:
        return
    try:
        root = parse_xml(saved)
    except FormUnreadable:
        return
    if (root.get("id") or definition.form_id) != definition.form_id:
        return
    own = f"{{{etree.QName(root).namespace or ''}}}"
    for element in root.iter(etree.Element):
        element.tag = element.tag.removeprefix(own)
    for place in places:
        place.append(copy.deepcopy(root))


def _by_tag(element: Any, own: str) -> dict[str, list[Any]]:
    """The elements inside one by tag, the namespace of the answers themselves left out; templates do not count."""
    found: dict[str, list[Any]] = {}
    prefix = f"{{{own}}}" if own else ""
    for each in element:
        if _TEMPLATE not in each.attrib:
            found.setdefault(each.tag.removeprefix(prefix), []).append(each)
    return found


_TEMPLATE = f"{{{JR}}}template"


class _Laying:
    """Lays kept answers over a fresh instance."""

    def __init__(self, definition: Definition, crossing: Crossing | None, *, again: bool) -> None:
        self._crossing = crossing
        self._again = again
        # Of attributes only what was set once comes back: the rest belongs to the form or is worked out.
        self._set_once = {action.node for action in definition.set_values if action.node.attribute}

    def lay(self, node: Node, fresh: Any, saved: Any) -> None:
        saved_inside = _by_tag(saved, etree.QName(saved).namespace or "") if len(saved) else {}
        fresh_inside = _by_tag(fresh, "") if len(fresh) else {}
        for child_node in node.children:
            if child_node.attribute:
                if child_node in self._set_once and child_node.tag in saved.attrib:
                    fresh.set(child_node.tag, saved.get(child_node.tag))
                continue
            if self._again and begins_anew(child_node):
                continue
            theirs = saved_inside.get(child_node.tag, [])
            if self._crossing is not None and not theirs:
                theirs = self._crossing.elements(child_node)
            ours = fresh_inside.get(child_node.tag, [])
            if child_node.repeat:
                ours = _same_number(child_node, fresh, ours, len(theirs))
            self._each(child_node, ours, theirs)

    def _each(self, node: Node, ours: list[Any], theirs: list[Any]) -> None:
        if self._again and etree.QName(node.tag).localname == "instanceID":
            return
        leaf = not any(not each.attribute for each in node.children)
        if self._crossing is not None and not theirs and not leaf:
            # What has moved may stand in a group that is new.
            for mine in ours:
                self.lay(node, mine, etree.Element("none"))
        for mine, their in zip(ours, theirs, strict=False):
            self.lay(node, mine, their)
            if leaf:
                mine.text = their.text


def _same_number(node: Node, parent: Any, ours: list[Any], wanted: int) -> list[Any]:
    for extra in ours[wanted:]:
        parent.remove(extra)
    ours = ours[:wanted]
    for _ in range(wanted - len(ours)):
        made = copy.deepcopy(node.template)
        if ours:
            ours[-1].addnext(made)
        else:
            _put_in_order(node, parent, made)
        ours.append(made)
    return ours


def _put_in_order(node: Node, parent: Any, made: Any) -> None:
    later = {each.tag for each in (node.parent.children if node.parent else ()) if each.order > node.order}
    following = next((each for each in parent if each.tag in later), None)
    if following is None:
        parent.append(made)
    else:
        following.addprevious(made)
