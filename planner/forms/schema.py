"""What a form is made of once it is read: its nodes, their rules, the controls that show them, its texts.

Names follow the ODK XForms specification: a *bind* holds the rules of a node of the primary instance, a *control* is an
element of the body.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from planner.forms.xpath import Place


@dataclass(slots=True)
class Bind:
    """The rules of one node; expressions as written, empty where there are none."""

    type: str = "string"
    calculate: str = ""
    relevant: str = ""
    constraint: str = ""
    constraint_message: str = ""
    required: str = ""
    required_message: str = ""
    readonly: str = ""
    preload: str = ""
    preload_params: str = ""
    save_to: str = ""
    marks: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Node:
    """One element or attribute of the primary instance; all instances of a repeat share one.

    ``tag`` is in Clark notation, ``path`` the plain path without places (``/data/person/name``), ``depth`` counts from
    1 at the root. ``template`` is the element from which a new instance of a repeat is made.
    """

    tag: str
    path: str
    parent: Node | None
    depth: int
    order: int
    attribute: bool = False
    repeat: bool = False
    bind: Bind = field(default_factory=Bind)
    children: list[Node] = field(default_factory=list)
    template: Any = None
    control: Control | None = None

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rsplit("/", 1)[-1]

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def up(self) -> Iterator[Node]:
        """This node and all above it, from the inside out."""
        here: Node | None = self
        while here is not None:
            yield here
            here = here.parent

    def place(self) -> Place:
        """Where an expression of this node stands."""
        owner = self.parent if self.attribute and self.parent is not None else self
        chain = [*owner.up()][::-1]
        return Place(
            tuple(each.path.rsplit("/", 1)[-1] for each in chain),
            tuple(each.depth for each in chain if each.repeat),
            self.name.removeprefix("@") if self.attribute else "",
        )

    def child(self, tag: str, *, attribute: bool = False) -> Node | None:
        """The child with this tag."""
        return next((each for each in self.children if each.tag == tag and each.attribute == attribute), None)


@dataclass(slots=True)
class Words:
    """A label or hint: an id of translated text, or parts that are text and expressions (``("", expression)``).

    Nobody changes it; a frozen one would take three times as long to make, and a form has hundreds.
    """

    text_id: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    expression: str = ""


@dataclass(slots=True, eq=False)
class Item:
    """A choice written into the question itself."""

    value: str
    label: Words


@dataclass(slots=True, eq=False)
class Control:
    """One element of the body. ``kind`` is its name there: input, select1, select, trigger, group, repeat and so on.

    ``settings`` are its attributes by local name, among them those of its bind about the asking (``max-pixels``);
    ``group_appearance`` is that of the nearest group whose questions stand on one page (``field-list``). ``searched``
    is the place among ``items`` where choices from a list are put, by the columns that item names; -1 for none.
    """

    kind: str
    node: Node | None
    label: Words | None = None
    hint: Words | None = None
    appearance: frozenset[str] = frozenset()
    items: list[Item] = field(default_factory=list)
    itemset: str = ""
    item_value: str = "name"
    item_label: str = "label"
    searched: int = -1
    count: str = ""
    fixed: bool = False
    group_appearance: frozenset[str] = frozenset()
    settings: dict[str, str] = field(default_factory=dict)
    children: list[Control] = field(default_factory=list)

    @property
    def is_head(self) -> bool:
        """Whether it is the head of a table, that shows its choices once and is not answered (XLSForm, ``label``)."""
        return self.kind in {"select1", "select"} and "label" in self.appearance

    def walk(self) -> Iterator[Control]:
        """This control and all inside it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class SetValue:
    """An action: at one of ``events`` the node gets the value of the expression, or else the text.

    ``source`` is the question it stands in; ``ref`` a path with predicates that leads to some of the node's instances.
    """

    events: frozenset[str]
    node: Node
    expression: str
    text: str
    source: Node | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """Something in a form that is left aside: ``what`` is the name of its element, ``node`` where it belongs."""

    what: str
    node: Node | None = None


@dataclass(frozen=True, slots=True)
class EntityRule:
    """An entity declared in a ``meta`` block; ``properties`` are the nodes that are saved, by property name."""

    dataset: str
    container: Node
    entity: Node
    properties: dict[str, Node]
    constants: dict[str, str]
