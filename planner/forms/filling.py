"""A filling in progress: the face that the screens and the session use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from planner.forms import entities, submission
from planner.forms.engine import Engine
from planner.forms.entities import EntityDraft
from planner.forms.kinds import Kind, answer_text, keepable, kind_of, trouble_with
from planner.forms.live import Live, Refs
from planner.forms.pages import FormPage, Layout, OutlineSection, Question, lay_out, outline, question
from planner.forms.schema import Control, Node
from planner.forms.versions import followed
from planner.forms.ways import Kept, Way, skipped_days, too_old
from planner.forms.wording import Wording, find_language
from planner.forms.xpath import compile_expression
from planner.forms.xpath.convert import Value
from planner.words import _

if TYPE_CHECKING:
    from planner.forms.form import Form

_PART = re.compile(r"([^\[\]]+)(?:\[(\d+)\])?\Z")


@dataclass(frozen=True, slots=True)
class Validity:
    """Whether an answer fits. ``gentle``: the form would like an answer to an open question; going on is fine."""

    ok: bool
    message: str = ""
    gentle: bool = False


@dataclass(frozen=True, slots=True)
class Resumed:
    """What is different from when the filling was begun: the paths of what is new, what is gone and what has moved."""

    version_before: str
    new_refs: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)


class Filling:
    """Answers to one form.

    A ``ref`` is a path with places (``/data/person[2]/name``); without a place the first is meant, and a question's
    bare name will do while it is the only one.
    """

    def __init__(self, form: Form, engine: Engine, wording: Wording, resumed: Resumed | None = None) -> None:
        self.form = form
        self.engine = engine
        self.wording = wording
        self.resumed = resumed
        self.layout = Layout(self)
        self.page = ""
        self.last_saved = b""
        """The answers that ``instance('__last-saved')`` means; never part of the state."""
        self._ways: dict[Live, Kept] = {}
        self._skipped: dict[str, str] = {}

    # ------------------------------------------------------------ finding

    def _live(self, ref: str) -> Live:
        found = self._find(ref)
        if found is None:
            raise KeyError(ref)
        return found

    def _find(self, ref: str) -> Live | None:
        if not ref.startswith("/"):
            named = [node for node in self.form.definition.nodes.values() if node.name == ref and not node.attribute]
            return next(iter(self.engine.root.below(named[0])), None) if len(named) == 1 else None
        here: Live | None = None
        for i, part in enumerate(ref.strip("/").split("/")):
            match = _PART.match(part)
            if match is None:
                return None
            name, place = match[1], int(match[2] or 1)
            among = [self.engine.root] if i == 0 else [] if here is None else here.children
            same = [each for each in among if each.node.name == name]
            here = same[place - 1] if 1 <= place <= len(same) else None
        return here

    @property
    def root(self) -> Live:
        """The root of the answers; for pages and entities."""
        return self.engine.root

    def control(self, live: Live) -> Control | None:
        """The control that asks for a node."""
        return live.node.control

    def kind(self, live: Live) -> Kind:
        """The kind of a question."""
        return self.kind_at(live.node)

    def kind_at(self, node: Node) -> Kind:
        """The kind of a question, all instances of which are alike."""
        bind, control = node.bind, node.control
        note = bind.readonly.strip() == "true()" and not bind.calculate and bind.type == "string"
        media_type = control.settings.get("mediatype", "") if control else ""
        return kind_of(control.kind if control else "input", bind.type, media_type, note=note)

    # ------------------------------------------------------------ answers

    def answer(self, ref: str, value: object) -> None:
        """Answer a question; None or an empty text takes the answer away. Saved is what the form calls its value.

        Raises:
            KeyError: there is no such question.
            ValueError: it is worked out by the form, or is no question.
            TypeError: the value is nothing that can be an answer.
        """
        live = self._question(ref)
        kind = self.kind(live)
        text = answer_text(kind, value)
        if text:
            self._ways.pop(live, None)
            self._unskip(live)
        self.engine.answer(live, text)

    def _question(self, ref: str) -> Live:
        live = self._live(ref)
        if not live.is_leaf() or live.node.bind.calculate or not self.kind(live).answerable:
            raise ValueError("this is not a question that can be answered")
        return live

    def value(self, ref: str) -> str:
        """The value of a node as the form has it; empty when there is none or it does not apply."""
        live = self._live(ref)
        return live.value if live.on else ""

    def relevant(self, ref: str) -> bool:
        """Whether a node applies, together with all that is above it."""
        return self._live(ref).on

    def valid(self, ref: str) -> Validity:
        """Whether the answer fits its type and constraint; an open question fits, asked for gently if required."""
        live = self._live(ref)
        bind = live.node.bind
        if not live.on:
            return Validity(True)
        if not live.value:
            if bind.required.strip() and live not in self._ways and self.engine.is_true(bind.required, live):
                own = self.wording.message(bind.required_message, live)
                return Validity(False, own or _("This helps the most if you can answer it. You can also go on."), True)
            return Validity(True)
        kind = self.kind(live)
        settings = live.node.control.settings if live.node.control else {}
        trouble = trouble_with(kind, live.value, settings, bind.type)
        if trouble is not None:
            return Validity(False, trouble)
        trouble = self._choice_trouble(kind, live)
        if trouble:
            return Validity(False, trouble)
        if bind.constraint.strip() and not self.engine.is_true(bind.constraint, live):
            if self.form.definition.compile(bind.constraint, live.node) is None:
                return Validity(True)
            return Validity(False, self.wording.message(bind.constraint_message, live) or _("This does not fit here."))
        return Validity(True)

    def _choice_trouble(self, kind: Kind, live: Live) -> str:
        """What to say when what was chosen is not what is offered now; empty when it is.

        A filter may have taken a choice away since; a ranking holds all there are (specification, "Body Elements").
        """
        control = live.node.control
        if control is None or kind.name not in {"select_one", "select_multiple", "rank"}:
            return ""
        offered = {value for value, _label in self.wording.choices(control, live)}
        chosen = {live.value} if kind.name == "select_one" else set(live.value.split())
        if kind.name == "rank" and offered - chosen:
            return _("Please put all of them in an order.")
        return "" if chosen <= offered else _("What was chosen is no longer offered here. Please choose again.")

    def readonly(self, ref: str) -> bool:
        """Whether a node cannot be changed by hand."""
        live = self._live(ref)
        return bool(live.node.bind.calculate) or self.engine.is_true(live.node.bind.readonly, live)

    def repeats(self, ref: str) -> list[str]:
        """The refs of all instances of a repeat, ``ref`` being the path of the repeat without its last place."""
        parent, node = self._repeat(ref)
        return [each.ref() for each in parent.children if each.node is node]

    def _repeat(self, ref: str) -> tuple[Live, Node]:
        path, _slash, last = ref.rpartition("/")
        name = last.partition("[")[0]
        if not ref.startswith("/"):
            return self._repeat_named(name)
        parent = self._live(path)
        node = next((each for each in parent.node.children if each.name == name and each.repeat), None)
        if node is None:
            raise KeyError(ref)
        return parent, node

    def _repeat_named(self, name: str) -> tuple[Live, Node]:
        named = [node for node in self.form.definition.nodes.values() if node.name == name and node.repeat]
        above = named[0].parent if len(named) == 1 else None
        parent = next(iter(self.engine.root.below(above)), None) if above is not None else None
        if parent is None:
            raise KeyError(name)
        return parent, named[0]

    def add_repeat(self, ref: str) -> str:
        """Add an instance at the end of a repeat; gives its ref.

        Raises:
            KeyError: there is no such repeat.
        """
        parent, node = self._repeat(ref)
        return self.engine.add_repeat(parent, node).ref()

    def remove_repeat(self, ref: str) -> None:
        """Take away the instance at ``ref`` with all its answers.

        Raises:
            KeyError: there is no such instance.
        """
        live = self._live(ref)
        if not live.node.repeat:
            raise KeyError(ref)
        for each in live.walk():
            self._ways.pop(each, None)
        self.engine.remove_repeat(live)

    def evaluate(self, expression: str, context_ref: str | None = None) -> Value:
        """Try an expression on these answers: a bool, float, str or list of nodes.

        Raises:
            ExpressionTrouble: it is not understood.
            KeyError: there is no such context.
        """
        live = self._live(context_ref) if context_ref else self.engine.root
        around = self.engine.around
        around.current = live.element
        around.current_attribute = live.node.tag if live.node.attribute else ""
        definition = self.form.definition
        return compile_expression(expression, live.node.place(), definition.namespaces).value(live.element, around)

    # ------------------------------------------------------------ ways

    def put_off(self, ref: str, way: Way) -> None:
        """Choose a way of not answering. What stood there leaves the answers; a refused one is forgotten at once.

        Raises:
            KeyError: there is no such question.
            ValueError: it is no question.
        """
        live = self._question(ref)
        earlier = self._ways.get(live)
        answer = live.value or (earlier.answer if earlier else "")
        self._ways[live] = Kept(way, "" if way is Way.RATHER_NOT else answer, self._today())
        self.engine.answer(live, "")

    def take_back(self, ref: str) -> None:
        """Take a way back; an answer that stood there stands there again."""
        live = self._live(ref)
        kept = self._ways.pop(live, None)
        if kept is not None and kept.answer and not live.value:
            self.engine.answer(live, kept.answer)

    def way(self, ref: str) -> Way | None:
        """The way chosen for a question, None when there is none."""
        kept = self._ways.get(self._live(ref))
        return kept.way if kept else None

    def way_of(self, live: Live) -> Way | None:
        """As :meth:`way`, for a node already found."""
        kept = self._ways.get(live)
        return kept.way if kept else None

    def ways(self) -> Iterator[tuple[Live, Way]]:
        """The questions there are for which a way was chosen."""
        lives = self.engine.lives
        return ((live, kept.way) for live, kept in self._ways.items() if lives.get(live.element) is live)

    def forget_old_marks(self) -> None:
        """Let go of every mark that is too old (:data:`~planner.forms.ways.KEPT_DAYS`), with what it kept."""
        today = self.engine.now().date()
        self._ways = {live: kept for live, kept in self._ways.items() if not too_old(kept.made, today)}
        self._skipped = {ref: made for ref, made in self._skipped.items() if not too_old(made, today)}

    def skip_section(self, ref: str) -> None:
        """Leave a whole section for later; its answers stay."""
        self._skipped[ref] = self._today()

    def open_section(self, ref: str) -> None:
        """Bring a skipped section back."""
        self._skipped.pop(ref, None)

    def skipped(self, ref: str) -> bool:
        """Whether a section is left for later."""
        return ref in self._skipped

    def _today(self) -> str:
        return self.engine.now().date().isoformat()

    def _unskip(self, live: Live) -> None:
        if self._skipped:
            top = live.above(2)
            self._skipped.pop(f"/{self.engine.root.node.name}/{top.node.name}", None)

    # ------------------------------------------------------------ words and pages

    @property
    def instance_name(self) -> str:
        """What this filling is called by its form (specification, "Metadata", instanceName), or empty."""
        named = (node for node in self.form.definition.nodes.values() if node.name.rpartition(":")[2] == "instanceName")
        found = [live.value for node in named for live in self.engine.root.below(node) if live.on]
        return found[0].strip() if found else ""

    @property
    def language(self) -> str:
        """The language in use, by its name in the form; set it by name or code. One the form lacks changes nothing."""
        return self.wording.language

    @language.setter
    def language(self, wanted: str) -> None:
        found = find_language(self.form.languages, wanted)
        if found is not None and found != self.wording.language:
            self.wording.language = found
            self.engine.respeak()

    def pages(self) -> list[FormPage]:
        """The pages as they are now, one thought each, the last one the summary."""
        return lay_out(self)

    def outline(self) -> list[OutlineSection]:
        """The sections as they are now."""
        return outline(self)

    def question(self, ref: str) -> Question:
        """One question with its words, choices and value."""
        live = self._live(ref)
        assert live.node.control is not None
        return question(self, live, live.node.control)

    def entities(self) -> list[EntityDraft]:
        """What would be put into the plan."""
        return entities.drafts(self.engine)

    # ------------------------------------------------------------ keeping

    def to_xml(self) -> bytes:
        """The submission: only what applies, without a trace of ways (specification, bind attribute ``relevant``)."""
        return submission.submission(self)

    def finish(self) -> bytes:
        """The finished submission. Ways and what they kept are gone afterwards."""
        self._ways.clear()
        self._skipped.clear()
        self.engine.forget_counted_away()
        self.page = ""
        return self.to_xml()

    def state(self, beside: Mapping[str, Any] | None = None) -> bytes:
        """Everything needed to go on later, ways included; made after every answer, so it is quick.

        ``beside`` is kept along, for whoever keeps the filling; its names are none of those used here.
        """
        refs = Refs()
        ways = {
            refs.of(live): [kept.way.value, kept.answer, kept.made]
            for live, kept in self._ways.items()
            if self.engine.lives.get(live.element) is live
        }
        hidden: dict[str, str] = {}
        for live in map(self.engine.lives.get, self.engine.hidden):
            if live is not None and live.value and not live.node.bind.calculate:
                ref = refs.of(live)
                # Two elements may share a path; a ref means the first of them.
                if ref not in hidden or self._find(ref) is live:
                    hidden[ref] = live.value
        kept: dict[str, Any] = {
            "form": self.form.id,
            "version": self.form.version,
            "digest": self.form.digest,
            "language": self.language,
            "page": self.page,
            "ways": ways,
            "hidden": dict(sorted(hidden.items())),
            "skipped": dict(sorted(self._skipped.items())),
            "xml": submission.everything(self).decode(),
            **(beside or {}),
        }
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()

    def take_ways(self, kept: dict[str, Any]) -> None:
        """Put back what :meth:`state` kept beside the answers, before anything is worked out."""
        for ref, text in kept.get("hidden", {}).items():
            live = self._followed(ref)
            if live is not None and not live.value and live.is_leaf():
                live.value = str(text)
                live.show(live.value)
        for ref, (way, answer, *made) in kept.get("ways", {}).items():
            live = self._followed(ref)
            if live is not None and way in set(Way):
                # Earlier versions kept no day: it counts from now on.
                day = str(made[0]) if made and made[0] else self._today()
                self._ways[live] = Kept(Way(way), keepable(str(answer)), day)
        days = skipped_days(kept.get("skipped"), self._today())
        self._skipped.update((ref, day) for ref, day in days.items() if self._find(ref) is not None)
        self.page = str(kept.get("page", ""))

    def _followed(self, ref: str) -> Live | None:
        moved = self.resumed.moved if self.resumed else {}
        return next((live for each in followed(ref, moved) if (live := self._find(each)) is not None), None)

    def leaves(self) -> Iterator[Live]:
        """All nodes that can hold a value and are shown by a control."""
        return (live for live in self.engine.root.walk() if live.node.control is not None)
