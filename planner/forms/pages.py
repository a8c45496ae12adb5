"""Pages: one thought each, made from the body of a form as the answers stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import takewhile
from typing import TYPE_CHECKING

from planner.forms.definition import ONE_PAGE
from planner.forms.for_worker import MARK, worker_words
from planner.forms.kinds import Kind
from planner.forms.live import Live
from planner.forms.schema import Control, Node
from planner.forms.styling import plain
from planner.forms.ways import Way
from planner.words import N_

if TYPE_CHECKING:
    from planner.forms.filling import Filling

_YES = frozenset({"yes", "true", "true()", "1"})
SECTION_NOTE_ENDING = "_section_note"


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a question; ``image``, ``audio`` and ``video`` are names of files of the form."""

    value: str
    label: str
    hint: str = ""
    image: str = ""
    audio: str = ""
    video: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is shown. ``who`` is a code word (``you``, ``you-and-worker``, …), ``value`` the kept text.

    ``source`` are the ids of the pages where a fact was read, with blanks between them (``resources/sources.csv``).
    ``media`` are names of files of the form by what they are (``image``, ``big-image``, ``audio``, ``video``).
    ``settings`` are the attributes of the control by local name (``start``, ``step``, ``rows``, ``mediatype``), and
    ``group_appearance`` is that of the group in which several questions stand on one page. ``for_worker`` is said to a
    worker alone.
    """

    ref: str
    kind: str
    label: str
    hint: str = ""
    why: str = ""
    who: str = ""
    sensitive: bool = False
    heavy: bool = False
    choices: tuple[Choice, ...] = ()
    required: bool = False
    readonly: bool = False
    value: str = ""
    appearance: frozenset[str] = frozenset()
    constraint_message: str = ""
    way: Way | None = None
    settings: dict[str, str] = field(default_factory=dict)
    source: str = ""
    data_type: str = ""
    media: Mapping[str, str] = field(default_factory=dict)
    group_appearance: frozenset[str] = frozenset()
    for_worker: str = ""
    label_markup: str = ""
    hint_markup: str = ""

    @property
    def is_head(self) -> bool:
        """Whether it is the head of a table, that shows its choices once and is not answered."""
        return self.kind in {"select_one", "select_multiple"} and "label" in self.appearance


@dataclass
class FormPage:
    """One page. ``index`` (from 1) and ``count`` are within its section; ``part`` numbers the sections (from 0).

    Questions that stand loose between groups are sections, too, and have no ref and no title.

    ``kind`` is ``question``, ``note``, ``field-list``, ``section-note`` (before a heavy section), ``repeat`` ("another
    one?": ``ref`` is the repeat, ``title`` what one is called, ``instances`` the refs there are) or ``summary``.
    """

    ref: str
    kind: str
    section: str = ""
    section_title: str = ""
    title: str = ""
    hint: str = ""
    why: str = ""
    who: str = ""
    for_worker: str = ""
    heavy: bool = False
    part: int = -1
    index: int = 1
    count: int = 1
    instances: tuple[str, ...] = ()
    make: Callable[[], list[Question]] = field(default=list, repr=False)

    @cached_property
    def items(self) -> list[Question]:
        """The questions of the page, made when they are first looked at."""
        return self.make()


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A section in the outline. ``state`` is ``open``, ``begun``, ``answered`` or ``later`` (skipped).

    ``note`` is a message to translate, ``kept_for_later`` how many questions were put off, ``asks`` whether anything is
    asked there, or there are only words to read. ``part`` is that of its pages.
    """

    ref: str
    title: str
    state: str
    note: str = ""
    kept_for_later: int = 0
    asks: bool = True
    part: int = -1


def _mark(live: Live | None, name: str) -> str:
    while live is not None:
        value = live.node.bind.marks.get(name, "")
        if value:
            return value
        live = live.parent
    return ""


def _is_heavy(live: Live) -> bool:
    return live.node.bind.marks.get("heavy", "").strip().lower() in _YES


def question(filling: Filling, live: Live, control: Control) -> Question:
    """A question with everything a screen shows of it."""
    wording, engine, bind = filling.wording, filling.engine, live.node.bind
    kind = filling.kind(live)
    choices: tuple[Choice, ...] = ()
    if kind.name in {"select_one", "select_multiple", "rank", "range"}:
        choices = wording.offered(control, live)
    label, label_markup = _plain_and_styled(wording.words(control.label, live))
    hint, hint_markup = _plain_and_styled(wording.words(control.hint, live))
    return Question(
        ref=live.ref(),
        kind=kind.name,
        label=label,
        hint=hint,
        why=plain(wording.words(control.hint, live, "guidance")),
        who=_mark(live, "who"),
        sensitive=_mark(live, "sensitive").strip().lower() in _YES,
        heavy=any(_is_heavy(each) for each in _above(live)),
        choices=choices,
        required=bool(bind.required.strip()) and engine.is_true(bind.required, live),
        readonly=bool(bind.calculate) or (bool(bind.readonly.strip()) and engine.is_true(bind.readonly, live)),
        value=live.value if live.on else "",
        appearance=control.appearance,
        constraint_message=wording.message(bind.constraint_message, live),
        way=filling.way_of(live),
        settings=control.settings,
        source=live.node.bind.marks.get("source", "").strip(),
        data_type=bind.type,
        group_appearance=control.group_appearance,
        for_worker=worker_words(_mark(live, MARK), wording.language),
        media=wording.media(control.label, live),
        label_markup=label_markup,
        hint_markup=hint_markup,
    )


def _plain_and_styled(words: str) -> tuple[str, str]:
    """The words without signs of styling, and with them where there are any."""
    said = plain(words)
    return said, words if said != words else ""


def _above(live: Live) -> Iterator[Live]:
    here: Live | None = live
    while here is not None:
        yield here
        here = here.parent


@dataclass(slots=True)
class _Section:
    ref: str
    title: str
    live: Live | None
    controls: list[Control]
    base: Live


def _sections(filling: Filling) -> Iterator[_Section]:
    """Top-level groups and repeats; what stands loose between them is a section without a title."""
    root = filling.root
    loose: list[Control] = []
    for control in filling.form.definition.body.children:
        if control.kind in {"group", "repeat"} and control.node is not root.node:
            if loose:
                yield _Section("", "", None, loose, root)
                loose = []
            repeat = _repeat_of(control)
            live = None if repeat else next(iter(root.below(control.node)), None) if control.node else None
            if live is not None and not live.on:
                continue
            title = plain(filling.wording.words(control.label, live or root))
            path = control.node.path if control.node else ""
            yield _Section(path, title, live, [control], root)
        else:
            loose.append(control)
    if loose:
        yield _Section("", "", None, loose, root)


def _repeat_of(control: Control) -> Control | None:
    """The repeat a group is only there to name (specification, "Repeats"), or the repeat itself."""
    if control.kind == "repeat":
        return control
    inner = control.children
    if control.kind == "group" and len(inner) == 1 and inner[0].kind == "repeat" and inner[0].node is control.node:
        return inner[0]
    return None


class Layout:
    """Lays out pages, from above to below, so that a ref is put together once.

    A page of a repeat is kept with its instance until something about it may be different: its items were looked at, a
    node in the instance came or went, it stands at another place, or the language changed.
    """

    def __init__(self, filling: Filling) -> None:
        self._filling = filling
        self._ways: dict[tuple[Node, Node], str | None] = {}
        self._kinds: dict[Node, Kind] = {}
        self._said: dict[Control, bool] = {}

    def pages(self, section: _Section, part: int) -> list[FormPage]:
        made = list(self._all(section))
        heavy = section.live is not None and _is_heavy(section.live)
        if heavy and made:
            skipped = self._filling.skipped(section.ref)
            note, rest = self._section_note(section, made)
            made = [note] if skipped else [note, *rest]
        ref, title, count = section.ref, section.title, len(made)
        for index, page in enumerate(made, 1):
            page.section, page.section_title, page.heavy = ref, title, heavy
            page.part, page.index, page.count = part, index, count
        return made

    def has_pages(self, section: _Section) -> bool:
        return next(self._all(section), None) is not None

    def _all(self, section: _Section) -> Iterator[FormPage]:
        ref = section.base.ref()
        for control in section.controls:
            yield from self._of(control, section.base, ref)

    def _section_note(self, section: _Section, made: list[FormPage]) -> tuple[FormPage, list[FormPage]]:
        first = made[0]
        if first.kind == "note" and first.ref.endswith(SECTION_NOTE_ENDING):
            words = first.items[0]
            note = FormPage(
                section.ref, "section-note", title=words.label, hint=words.hint, why=words.why, who=words.who
            )
            note.for_worker = words.for_worker
            return note, made[1:]
        note = FormPage(section.ref, "section-note", title=section.title, who=_mark(section.live, "who"))
        note.for_worker = worker_words(_mark(section.live, MARK), self._filling.wording.language)
        return note, made

    def _ref(self, live: Live, base: Live, ref: str) -> str:
        """The ref of a node inside one whose ref is known."""
        key = live.node, base.node
        if key not in self._ways:
            between = list(takewhile(lambda each: each is not base.node, live.node.up()))
            plain = not any(each.repeat for each in between)
            self._ways[key] = live.node.path[len(base.node.path) :] if plain else None
        way = self._ways[key]
        return live.ref() if way is None else ref + way

    def _kind(self, live: Live) -> Kind:
        if live.node not in self._kinds:
            self._kinds[live.node] = self._filling.kind_at(live.node)
        return self._kinds[live.node]

    def _of(self, control: Control, base: Live, ref: str) -> Iterator[FormPage]:
        repeat = _repeat_of(control)
        if repeat is not None:
            yield from self._repeat(control, repeat, base, ref)
        elif control.kind == "group":
            live = next(iter(base.below(control.node)), None) if control.node else base
            if live is None or not live.on:
                return
            inner = self._ref(live, base, ref)
            if control.appearance & ONE_PAGE:
                yield from self._one_page(control, live, inner)
            else:
                for child in control.children:
                    yield from self._of(child, live, inner)
        else:
            yield from self._question(control, base, ref)

    def _question(self, control: Control, base: Live, ref: str) -> Iterator[FormPage]:
        for live in base.below(control.node) if control.node else ():
            if live.on:
                kind = self._kind(live)
                if kind.shown:
                    page_kind = "note" if kind.name == "note" else "question"
                    yield FormPage(
                        self._ref(live, base, ref), page_kind, make=partial(self._make, base, ((live, control),))
                    )

    def _make(self, inside: Live, pairs: Iterable[tuple[Live, Control]]) -> list[Question]:
        """The questions of a page, which from now on is not the page of another look; none of what is gone."""
        inside.reshaped()
        return [question(self._filling, live, control) for live, control in pairs if live.is_there()]

    def _one_page(self, control: Control, live: Live, ref: str) -> Iterator[FormPage]:
        """One page of all questions of a group; a repeat in it has its own pages, for one more can be added there."""
        together: list[Control] = []
        first = True
        for child in control.children:
            if self._adds(child):
                yield from self._field_list(control, together, live, ref, first=first)
                yield from self._of(child, live, ref)
                together, first = [], False
            else:
                together.append(child)
        yield from self._field_list(control, together, live, ref, first=first)

    @staticmethod
    def _adds(control: Control) -> bool:
        """Whether a person may add to a repeat in a control."""
        return any(each.kind == "repeat" and not each.count and not each.fixed for each in control.walk())

    def _field_list(
        self, control: Control, children: Iterable[Control], live: Live, ref: str, *, first: bool
    ) -> Iterator[FormPage]:
        pairs = list(self._inside(children, live))
        if pairs:
            title = plain(self._filling.wording.words(control.label, live))
            # No two pages are called the same.
            own = ref if first else self._ref(pairs[0][0], live, ref)
            yield FormPage(own, "field-list", title=title, make=partial(self._make, live, pairs))

    def _inside(self, children: Iterable[Control], live: Live) -> Iterator[tuple[Live, Control]]:
        for child in children:
            if child.kind in {"group", "repeat"}:
                for inner in live.below(child.node) if child.node and child.node is not live.node else [live]:
                    if inner.on:
                        yield from self._inside(child.children, inner)
            else:
                for found in live.below(child.node) if child.node else ():
                    if found.on and self._kind(found).shown:
                        yield found, child

    def _repeat(self, control: Control, repeat: Control, base: Live, ref: str) -> Iterator[FormPage]:
        if repeat.node is None or repeat.node.parent is None or not repeat.node.repeat:
            return
        keep = not self._speaks(repeat)
        for parent in base.below(repeat.node.parent):
            above = f"{self._ref(parent, base, ref)}/{repeat.node.name}"
            instances = [each for each in parent.children if each.node is repeat.node]
            applies = parent.on and (
                any(each.on for each in instances)
                if instances
                else self._filling.engine.would_apply(repeat.node, parent)
            )
            refs = tuple(f"{above}[{place}]" for place in range(1, len(instances) + 1))
            for live, here in zip(instances, refs, strict=True):
                if live.on:
                    yield from (
                        self._kept(control, repeat, live, here) if keep else self._one(control, repeat, live, here)
                    )
            if applies and not repeat.count and not repeat.fixed:
                title = plain(self._filling.wording.words(control.label, parent))
                yield FormPage(above, "repeat", title=title, instances=refs)

    def _kept(self, control: Control, repeat: Control, live: Live, ref: str) -> list[FormPage]:
        if live.laid is None or live.laid[0] != ref:
            live.laid = ref, list(self._one(control, repeat, live, ref))
        return live.laid[1]

    def _one(self, control: Control, repeat: Control, live: Live, ref: str) -> Iterator[FormPage]:
        if ONE_PAGE & (control.appearance | repeat.appearance):
            yield from self._one_page(repeat, live, ref)
        else:
            for child in repeat.children:
                yield from self._of(child, live, ref)

    def _speaks(self, repeat: Control) -> bool:
        """Whether an answer is put into a title inside a repeat: then it may be another at any time."""
        if repeat not in self._said:
            definition = self._filling.form.definition
            titles = (each.label for each in repeat.walk() if each.kind in {"group", "repeat"} and each.label)
            self._said[repeat] = any(
                bool(words.expression or any(output for _text, output in words.parts))
                or bool(words.text_id and definition.outputs(words.text_id))
                for words in titles
            )
        return self._said[repeat]


def lay_out(filling: Filling) -> list[FormPage]:
    """All pages as the answers stand; a section without questions has none. The summary comes last."""
    layout = filling.layout
    made = [page for part, section in enumerate(_sections(filling)) for page in layout.pages(section, part)]
    return [*made, FormPage("", "summary")]


def outline(filling: Filling) -> list[OutlineSection]:
    """The sections that have pages, with where they stand; never a number that hurries."""
    layout = filling.layout
    out: list[OutlineSection] = []
    for part, section in enumerate(_sections(filling)):
        if not layout.has_pages(section):
            continue
        nodes = _asking(filling, section)
        values = [live.value for node in nodes for live in filling.root.below(node) if live.on]
        asked, answered = len(values), len(values) - values.count("")
        ways = [(live, way) for live, way in filling.ways() if live.on and live.node in nodes]
        later = sum(1 for _live, way in ways if way in {Way.NOT_NOW, Way.WITH_SOMEONE})
        said = answered + sum(1 for live, _way in ways if not live.value)
        heavy = section.live is not None and _is_heavy(section.live)
        if heavy and filling.skipped(section.ref):
            state, later = "later", asked - answered
        else:
            state = "answered" if asked and said == asked else "begun" if said else "open"
        note = N_("May feel heavy") if heavy else ""
        out.append(OutlineSection(section.ref, section.title, state, note, later, bool(asked), part))
    return out


def _asking(filling: Filling, section: _Section) -> set[Node]:
    """The nodes of a section that ask for an answer."""
    nodes = {control.node for top in section.controls for control in top.walk() if control.node is not None}
    return {
        node
        for node in nodes
        if node.control is not None
        and not node.control.is_head
        and not node.bind.calculate
        and filling.kind_at(node).answerable
    }
