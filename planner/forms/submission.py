"""Answers as XML: written for a submission or for going on later, and read back."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from lxml import etree

from planner.forms.definition import JR, Definition
from planner.forms.kinds import KINDS, trouble_with
from planner.forms.live import Live
from planner.forms.safe_xml import parse_xml
from planner.forms.schema import Node
from planner.forms.trouble import FillingUnreadable, FormUnreadable
from planner.forms.xpath.convert import moment_text

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
        if kind is not KINDS["text"] and trouble is not None:
            element.text = None


def read_answers(definition: Definition, data: bytes, *, again: bool = False) -> tuple[Any, str]:
    """Answers kept as XML, laid over a fresh primary instance; also the version they were given under.

    ``again``: they begin a new filling, so its own id is not taken over.

    Raises:
        FillingUnreadable: no XML, or the answers of another form.
    """
    try:
        saved = parse_xml(data)
    except FormUnreadable as trouble:
        raise FillingUnreadable from trouble
    if saved.get("id", definition.form_id) != definition.form_id:
        raise FillingUnreadable
    fresh = copy.deepcopy(definition.document[0])
    _lay_over(definition.root, fresh, saved, again=again)
    version = next((value for name, value in saved.attrib.items() if etree.QName(name).localname == "version"), "")
    return fresh, str(version)


def _by_tag(element: Any, own: str) -> dict[str, list[Any]]:
    """The elements inside one by tag, the namespace of the answers themselves left out; templates do not count."""
    found: dict[str, list[Any]] = {}
    prefix = f"{{{own}}}" if own else ""
    for each in element:
        if _TEMPLATE not in each.attrib:
            found.setdefault(each.tag.removeprefix(prefix), []).append(each)
    return found


_TEMPLATE = f"{{{JR}}}template"


def _lay_over(node: Node, fresh: Any, saved: Any, *, again: bool) -> None:
    saved_inside = _by_tag(saved, etree.QName(saved).namespace or "") if len(saved) else {}
    fresh_inside = _by_tag(fresh, "") if len(fresh) else {}
    for child_node in node.children:
        if child_node.attribute:
            if child_node.tag in saved.attrib and node.tag == "entity":
                fresh.set(child_node.tag, saved.get(child_node.tag))
            continue
        theirs = saved_inside.get(child_node.tag, [])
        ours = fresh_inside.get(child_node.tag, [])
        if child_node.repeat:
            ours = _same_number(child_node, fresh, ours, len(theirs))
        for mine, their in zip(ours, theirs, strict=False):
            if again and etree.QName(child_node.tag).localname == "instanceID":
                continue
            _lay_over(child_node, mine, their, again=again)
            if not any(not each.attribute for each in child_node.children):
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


def paths_in(saved: bytes) -> set[str]:
    """The plain paths of all elements kept in some answers, without namespaces."""
    root = parse_xml(saved)
    found: set[str] = set()
    stack = [(root, f"/{etree.QName(root).localname}")]
    while stack:
        element, path = stack.pop()
        found.add(path)
        stack.extend((child, f"{path}/{etree.QName(child).localname}") for child in element)
    return found
