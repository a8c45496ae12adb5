"""The running form: values, what applies, calculations, repeats. No words, no pages.

Order of events follows the ODK XForms specification, "Events": at first load default actions, then all calculations and
relevance; on an answer what depends on it, then its actions and what depends on those; on a new repeat its actions, and
what depends on it. An action that came to nothing because a calculation had yet to be worked out has a second turn.
"""

from __future__ import annotations

import copy
import heapq
import math
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from planner.forms.definition import Compiled, Definition, beside
from planner.forms.graph import Graph, Vertex
from planner.forms.kinds import calculated_text
from planner.forms.live import Live, grow
from planner.forms.patience import Patience
from planner.forms.schema import Node, SetValue
from planner.forms.trouble import ExpressionTrouble
from planner.forms.xpath import Surroundings
from planner.forms.xpath.convert import Value, moment_text, to_boolean, to_number

MOST_INSTANCES = 1_000
MOST_LIVES = 20_000
"""Nodes up to which a count may make a filling grow: counts inside counts multiply."""


class Engine:
    """The state of a filling in progress, and its consistency."""

    def __init__(
        self, definition: Definition, graph: Graph, data: Any, around: Surroundings, now: Callable[[], datetime]
    ) -> None:
        """``data`` is the primary instance to begin with; it is taken over."""
        self.definition = definition
        self.graph = graph
        self.around = around
        self.now = now
        document = copy.deepcopy(definition.document)
        document.replace(document[0], data)
        self.document = document
        self.root = grow(definition.root, data, None)
        self.hidden: set[Any] = set()
        around.hidden = self.hidden
        self.evaluated = 0
        self._patience = Patience()
        self.lives = {each.element: each for each in self.root.walk() if not each.node.attribute}
        self._actions: dict[Node, list[SetValue]] = {}
        for action in definition.set_values:
            if action.source is not None and "xforms-value-changed" in action.events:
                self._actions.setdefault(action.source, []).append(action)
        self._beside: dict[Node, Node] = {}
        self._heard: dict[Live, None] | None = None
        self._late: list[tuple[SetValue, Live]] = []
        self._uncounted: set[tuple[Live, Node]] = set()
        self._aside: dict[tuple[Live, Node], list[Live]] = {}
        self._counted = [
            (each.node, each.count, beside(each.node))
            for each in definition.body.walk()
            if each.kind == "repeat" and each.node is not None and each.node.repeat and each.count
        ]

    # ------------------------------------------------------------ evaluating

    def value_of(self, expression: Compiled, live: Live) -> Value:
        """Evaluate an expression where it stands; what cannot be worked out, or not soon, is an empty text."""
        around = self.around
        around.current = live.element
        around.current_attribute = live.node.tag if live.node.attribute else ""
        self.evaluated += 1
        began = self._patience.begin()
        if began is None:
            return ""
        try:
            return expression.value(live.element, around)
        except ExpressionTrouble:
            return ""
        finally:
            self._patience.end(began)

    def text_of(self, source: str, live: Live) -> str | None:
        """The text of an expression standing at a node, in the node's data type; None if it is not understood."""
        expression = self.definition.compile(source, live.node)
        return None if expression is None else calculated_text(live.node.bind.type, self.value_of(expression, live))

    def is_true(self, source: str, live: Live) -> bool:
        """Whether a condition of a node holds; one that is not understood never holds."""
        expression = self.definition.compile(source, live.node) if source.strip() else None
        return expression is not None and to_boolean(self.value_of(expression, live))

    def would_apply(self, node: Node, parent: Live) -> bool:
        """Whether a repeat without any instance applies inside ``parent``."""
        source = node.bind.relevant
        if not source.strip():
            return True
        if node not in self._beside:
            self._beside[node] = beside(node)
        return self.is_true(source, Live(self._beside[node], parent.element, parent))

    # ------------------------------------------------------------ beginning

    def begin(self) -> None:
        """First load: preloaded values and default actions, for the whole form."""
        for live in list(self.root.walk()):
            self._preload(live)
        self._uncounted = self._to_count(self.root)
        self._fire("odk-instance-first-load", self.root)
        self._fire("odk-instance-load", self.root)

    def begin_again(self, fresh: Callable[[Live], bool]) -> None:
        """Earlier answers begin a new filling: what is empty is preloaded, what is ``fresh`` is first loaded."""
        for live in list(self.root.walk()):
            self._preload(live)
        self.go_on(fresh)

    def go_on(self, fresh: Callable[[Live], bool] | None = None) -> None:
        """Answers are loaded again. ``fresh`` tells what the form has asked only since: that is loaded first now."""
        if fresh is not None:
            self._fire("odk-instance-first-load", self.root, fresh)
        self._fire("odk-instance-load", self.root)

    def _to_count(self, inside: Live) -> set[tuple[Live, Node]]:
        """What holds a repeat with a count, with that repeat."""
        here = inside.node
        counted = [node for node, _count, _at in self._counted if node.parent is not None and here in node.parent.up()]
        return {(parent, node) for node in counted for parent in inside.below(node.parent or node)}

    def _preload(self, live: Live) -> None:
        bind = live.node.bind
        if live.value or not bind.preload:
            return
        made = {
            ("uid", ""): lambda: f"uuid:{uuid.uuid4()}",
            ("timestamp", "start"): lambda: moment_text(self.now()),
            ("date", "today"): lambda: self.now().date().isoformat(),
        }.get((bind.preload, bind.preload_params))
        if made is not None:
            self._put(live, made())

    def _fire(self, event: str, inside: Live, wanted: Callable[[Live], bool] | None = None) -> None:
        for action in self.definition.set_values:
            if event not in action.events:
                continue
            for live in self._targets(action, inside, self.root):
                if wanted is not None and not wanted(live):
                    continue
                text = self.text_of(action.expression, live) if action.expression else action.text
                if text is None:
                    continue
                if not text and action.expression:
                    self._late.append((action, live))
                if text != live.value:
                    self._put(live, text)

    def _targets(self, action: SetValue, inside: Live, at: Live) -> list[Live]:
        """What an action sets inside a node; a path with predicates is followed from ``at``."""
        if not action.ref:
            return inside.below(action.node)
        path = self.definition.compile(action.ref, at.node)
        found = self.value_of(path, at) if path is not None else []
        lives = [self.lives.get(each) for each in found] if isinstance(found, list) else []
        return [each for each in lives if each is not None and each.node is action.node]

    def _fire_late(self) -> bool:
        """Actions that came to nothing have their second turn; whether any came to something."""
        late, self._late = self._late, []
        changed: list[tuple[Vertex, Live]] = []
        for action, live in late:
            text = "" if live.value else self.text_of(action.expression, live)
            if text:
                self._put(live, text)
                changed.append(((live.node, True), live))
        self._flow([], [each for each in changed if each[1].on])
        return bool(changed)

    def settle(self) -> None:
        """Work out everything anew."""
        todo: list[tuple[Vertex, Live]] = []
        for live in self.root.walk():
            todo.extend(self._own_work(live))
        self._spread(todo)

    def _own_work(self, live: Live) -> list[tuple[Vertex, Live]]:
        node = live.node
        work: list[tuple[Vertex, Live]] = []
        if node in self.graph.relevants:
            work.append(((node, False), live))
        if node in self.graph.calculates:
            work.append(((node, True), live))
        return work

    # ------------------------------------------------------------ changing

    def _put(self, live: Live, text: str) -> None:
        live.value = text
        if live.on:
            live.show(text)
        if self._heard is not None and live.node in self._actions:
            self._heard[live] = None

    def answer(self, live: Live, text: str) -> None:
        """Give a node its value and bring up to date whatever depends on it, then what its actions set."""
        if text == live.value:
            return
        self._heard = {}
        try:
            self._put(live, text)
            self._spread([], [((live.node, True), live)] if live.on else [])
            self._react()
        finally:
            self._heard = None

    def _react(self) -> None:
        """Run the actions of whatever changed (XForms 1.1, "xforms-value-changed"), each once for one answer."""
        done: set[tuple[SetValue, Live]] = set()
        while self._heard:
            sources, self._heard = self._heard, {}
            for source in sources:
                for action in self._actions[source.node]:
                    if (action, source) not in done and source.is_there():
                        done.add((action, source))
                        changed = self._triggered(action, source)
                        self._spread([], [((each.node, True), each) for each in changed if each.on])

    def _triggered(self, action: SetValue, source: Live) -> list[Live]:
        above = set(action.node.up())
        shared = next((each for each in source.node.up() if each in above), self.root.node)
        out: list[Live] = []
        for target in self._targets(action, source.above(shared.depth), source):
            made = self.text_of(action.expression, target) if action.expression else action.text
            if made is not None and made != target.value:
                self._put(target, made)
                out.append(target)
        return out

    def add_repeat(self, parent: Live, node: Node) -> Live:
        """Add an instance of a repeat at the end of those inside ``parent``."""
        made = self._insert(parent, node)
        self._spread_new(made)
        return made

    def _insert(self, parent: Live, node: Node) -> Live:
        made = grow(node, copy.deepcopy(node.template), parent)
        self._place(parent, made)
        for live in made.walk():
            if not live.node.attribute:
                self.lives[live.element] = live
            live.on = bool(live.parent and live.parent.on)
            if not live.on:
                self._hide(live)
        for live in list(made.walk()):
            self._preload(live)
        self._uncounted |= self._to_count(made)
        self._fire("odk-new-repeat", made)
        return made

    def _place(self, parent: Live, made: Live) -> None:
        """Put an instance of a repeat after the last one there is, else where the form has it."""
        node, element = made.node, made.element
        same = [each for each in parent.children if each.node is node]
        if same:
            same[-1].element.addnext(element)
            at = parent.children.index(same[-1]) + 1
        else:
            before = [each for each in parent.children if not each.node.attribute and each.node.order < node.order]
            if before:
                before[-1].element.addnext(element)
                at = parent.children.index(before[-1]) + 1
            else:
                parent.element.insert(0, element)
                at = sum(1 for each in parent.children if each.node.attribute)
        parent.children.insert(at, made)
        parent.reshaped()

    def _spread_new(self, made: Live) -> None:
        todo: list[tuple[Vertex, Live]] = []
        for live in made.walk():
            todo.extend(self._own_work(live))
        changed = [((live.node, True), live) for live in made.walk() if live.value or live.node.repeat]
        self._spread(todo, changed)

    def remove_repeat(self, live: Live) -> None:
        """Take an instance of a repeat away, with all its answers."""
        parent = live.parent
        if parent is None:
            return
        changed = [((each.node, True), each) for each in live.walk() if each.node.repeat or each.value]
        targets = [found for vertex, each in changed for found in self._hanging_on(vertex, each)]
        self._forget(live)
        gone = set(live.walk())
        self._aside = {key: lives for key, lives in self._aside.items() if key[0] not in gone}
        self._spread([(vertex, each) for vertex, each in targets if each not in gone])

    def _forget(self, live: Live) -> None:
        assert live.parent is not None
        live.parent.reshaped()
        live.parent.children.remove(live)
        live.parent.element.remove(live.element)
        for each in live.walk():
            self.hidden.discard(each.element)
            self.lives.pop(each.element, None)

    # ------------------------------------------------------------ spreading

    def respeak(self) -> None:
        """The language changed: work out what is made of words again."""
        for live in self.root.walk():
            live.laid = None
        todo = [(vertex, live) for vertex in self.graph.speaking for live in self.root.below(vertex[0])]
        self._spread(todo)

    def _hanging_on(self, vertex: Vertex, live: Live) -> Iterable[tuple[Vertex, Live]]:
        for target, pivot in self.graph.edges.get(vertex, ()):
            above = live.above(max(pivot, 1))
            for found in above.below(target[0]):
                yield target, found

    def _spread(self, todo: Iterable[tuple[Vertex, Live]], changed: Iterable[tuple[Vertex, Live]] = ()) -> None:
        self._flow(todo, changed)
        for _round in range(8):
            late = bool(self._late) and self._fire_late()
            if not self._counts() and not late:
                return

    def _flow(self, todo: Iterable[tuple[Vertex, Live]], changed: Iterable[tuple[Vertex, Live]]) -> None:
        rank = self.graph.rank
        waiting: dict[Vertex, dict[Live, None]] = {}
        heap: list[tuple[int, int, bool]] = []
        at_rank: dict[int, Vertex] = {}
        passes: dict[Vertex, int] = {}

        def push(vertex: Vertex, live: Live) -> None:
            if vertex not in waiting:
                waiting[vertex] = {}
                at_rank[rank[vertex]] = vertex
                heapq.heappush(heap, (rank[vertex], 0, False))
            waiting[vertex][live] = None

        for vertex, live in todo:
            push(vertex, live)
        for vertex, live in changed:
            for target, found in self._hanging_on(vertex, live):
                push(target, found)
        while heap:
            vertex = at_rank[heapq.heappop(heap)[0]]
            lives = waiting.pop(vertex)
            passes[vertex] = passes.get(vertex, 0) + 1
            if passes[vertex] > MOST_INSTANCES + 2:
                continue
            for live in lives:
                for changed_vertex, changed_live in self._evaluate(vertex, live, push):
                    for target, found in self._hanging_on(changed_vertex, changed_live):
                        push(target, found)

    def _evaluate(self, vertex: Vertex, live: Live, push: Callable[[Vertex, Live], None]) -> list[tuple[Vertex, Live]]:
        node, is_value = vertex
        if not is_value:
            own = to_boolean(self.value_of(self.graph.relevants[node], live))
            if own == live.own:
                return []
            live.own = own
            live.reshaped()
            return self._turn(live, push)
        if not live.on:
            return []
        text = calculated_text(node.bind.type, self.value_of(self.graph.calculates[node], live))
        if text == live.value:
            return []
        self._put(live, text)
        return [(vertex, live)]

    def _turn(self, live: Live, push: Callable[[Vertex, Live], None]) -> list[tuple[Vertex, Live]]:
        """Bring a node and all below it to whether they apply now."""
        changed: list[tuple[Vertex, Live]] = []
        stack = [live]
        while stack:
            here = stack.pop()
            on = here.own and (here.parent is None or here.parent.on)
            if on == here.on:
                continue
            here.on = on
            here.laid = None
            if on:
                if not here.node.attribute:
                    self.hidden.discard(here.element)
                if here.is_leaf():
                    here.show(here.value)
                if here.node in self.graph.calculates:
                    push((here.node, True), here)
            else:
                self._hide(here)
            # A set leaves out what does not apply, so that even an empty node's coming and going can be seen.
            if here.node.repeat or here.is_leaf():
                changed.append(((here.node, True), here))
            stack.extend(reversed(here.children))
        return changed

    def _hide(self, live: Live) -> None:
        if live.is_leaf():
            live.show("")
        if not live.node.attribute:
            self.hidden.add(live.element)

    def forget_counted_away(self) -> None:
        """What counts took away does not come back any more: it is in memory only, and never kept."""
        self._aside.clear()

    def _counts(self) -> bool:
        """Bring repeats with a count to their number; whether any changed."""
        changed = False
        for node, source, place in self._counted:
            expression = self.definition.compile(source, place)
            if expression is None or node.parent is None:
                continue
            for parent in self.root.below(node.parent):
                number = to_number(self.value_of(expression, Live(place, parent.element, parent)))
                changed = self._count(parent, node, number) or changed
        return changed

    def _count(self, parent: Live, node: Node, number: float) -> bool:
        key = (parent, node)
        first = key in self._uncounted
        if math.isnan(number):
            # A number that is being written anew takes nothing away; before there was any, there are none.
            if not first:
                return False
            number = 0
        else:
            self._uncounted.discard(key)
        wanted = int(max(0, min(MOST_INSTANCES, number)))
        there = [each for each in parent.children if each.node is node]
        for live in there[wanted:]:
            self._forget(live)
        if there[wanted:] and not first:
            self._aside[key] = [*there[wanted:], *self._aside.get(key, [])]
        fresh = self._grown(parent, node, wanted - len(there))
        if not fresh and len(there) <= wanted:
            return False
        todo = [work for made in fresh for live in made.walk() for work in self._own_work(live)]
        touched = [((live.node, True), live) for made in fresh for live in made.walk() if live.value]
        removed = [((live.node, True), live) for gone in there[wanted:] for live in gone.walk()]
        structure = [((node, True), each) for each in (fresh or there[wanted:])[:1]]
        self._flow(todo, [*touched, *structure, *(each for each in removed if each[1].value)])
        return True

    def _grown(self, parent: Live, node: Node, more: int) -> list[Live]:
        """Instances added by a count: first those it took away earlier, with what was answered there."""
        each_takes = 1 + sum(1 for _each in node.template.iter())
        more = min(max(0, more), max(0, MOST_LIVES - len(self.lives)) // each_takes)
        aside = self._aside.pop((parent, node), [])
        back, rest = aside[:more], aside[more:]
        if rest:
            self._aside[parent, node] = rest
        for made in back:
            self._place(parent, made)
            for live in made.walk():
                live.on = live.own and bool(live.parent and live.parent.on)
                live.laid = None
                if not live.node.attribute:
                    self.lives[live.element] = live
                if not live.on:
                    self._hide(live)
                elif live.is_leaf():
                    live.show(live.value)
        return back + [self._insert(parent, node) for _ in range(more - len(back))]
