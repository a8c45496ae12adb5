"""Guided forms: opening a shipped one, and what one answer costs in a form that is as large as they come."""

from __future__ import annotations

import random  # noqa: TID251 - the same made-up answers each time, and no secret
import tempfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from statistics import quantiles
from time import process_time
from typing import TYPE_CHECKING, Any

from benches.table import Measured, NotMeasured, in_turn, milliseconds, ratio, row

if TYPE_CHECKING:
    from planner.forms import Filling, Form

FRAME_MS = 16
ANSWERS = 1_000
SECTIONS, IN_SECTION, LAST = 10, 28, 16
REPEAT = 50
# Nothing here waits for anything, so what the processor spends is what the person waits, whatever else runs.
CLOCK = process_time


def timed(work: Callable[[], object]) -> float:
    """Seconds of the processor."""
    begun = CLOCK()
    work()
    return CLOCK() - begun


def shipped() -> Path:
    """The compiled XForm of the largest shipped form."""
    from planner.resources import resource

    there = sorted(resource("compiled", "forms").glob("*.xml"), key=lambda path: path.stat().st_size)
    if not there or not there[-1].with_suffix(".prepared").exists():
        raise NotMeasured("the project has not been built")
    return there[-1]


@row("opening a shipped form", "lxml reads the same file", "3 ×")
def opening() -> Measured:
    """From the file to a form that can be filled in."""
    from lxml import etree

    from planner.forms import Form

    path = shipped()
    return ratio(
        *in_turn(
            lambda: timed(lambda: Form.load(path)),
            lambda: timed(lambda: etree.fromstring(path.read_bytes())),
            repeats=51,
            warm_up=5,
        ),
        3,
        milliseconds,
    )


@row("a shipped form from its file to its first page", "lxml reads the same file", f"{FRAME_MS} ms")
def first_page() -> Measured:
    """Opened, begun, everything worked out, laid out, the first question with its words."""
    from lxml import etree

    from planner.forms import Form

    path = shipped()
    ours, theirs = in_turn(
        lambda: timed(lambda: Form.load(path).start().pages()[0].items),
        lambda: timed(lambda: etree.fromstring(path.read_bytes())),
        repeats=31,
        warm_up=3,
    )
    return Measured(
        f"{ours / theirs:.1f} × ({milliseconds(ours)} against {milliseconds(theirs)})", ours * 1000 <= FRAME_MS
    )


# ------------------------------------------------------------ a large form


def rows() -> Iterator[tuple[str, ...]]:
    """300 questions and 200 expressions, all of which libxml2 understands by itself too."""
    yield "type", "name", "label", "relevant", "calculation", "constraint"
    for section in range(SECTIONS):
        yield "begin group", f"g{section}", f"Part {section}", "", "", ""
        for number in range(section * IN_SECTION, (section + 1) * IN_SECTION):
            relevant = f"${{q{number - 1}}} != 'x'" if number % 3 == 1 else ""
            kind = "text" if number % 2 else "integer"
            yield kind, f"q{number}", f"Question {number}", relevant, "", ". != 'z'" if number % 14 == 2 else ""
            if number % 4 == 0:
                before = f" + ${{c{number - 4}}}" if number % IN_SECTION else ""
                yield "calculate", f"c{number}", "", "", f"${{q{number}}} * 2{before}", ""
        yield "end group", "", "", "", "", ""
    yield "begin repeat", "a", "A", "", "", ""
    yield "text", "an", "Name", "", "", ""
    yield "integer", "ak", "Number", "${q0} != 7", "", ""
    yield "begin repeat", "b", "B", "", "", ""
    yield "integer", "n", "How many for ${an}?", "", "", ""
    yield "integer", "m", "And how many of these?", "${n} > 2", "", ""
    yield "text", "t", "Which?", "", "", ""
    yield "calculate", "twice", "", "", "${n} * 2 + ${ak}", ""
    yield "end repeat", "", "", "", "", ""
    yield "calculate", "total", "", "", "sum(${twice})", ""
    yield "end repeat", "", "", "", "", ""
    yield "calculate", "grand", "", "", "sum(${total})", ""
    for number in range(LAST):
        yield "text", f"z{number}", f"Last {number}", f"${{grand}} > {number}", "", ""


@lru_cache
def large() -> Form:
    """The large form."""
    from planner.forms import Form

    table = "\n".join(["| survey |", *("| | " + " | ".join(cells) + " |" for cells in rows())]) + "\n"
    with tempfile.TemporaryDirectory(prefix="planner-bench-") as name:
        path = Path(name, "large.md")
        path.write_text(table, "utf-8")
        return Form.load(path)


@lru_cache
def full() -> bytes:
    """The state of a filling of it with 50 times 50 instances, some of them answered."""
    filling = large().start()
    for outer in range(1, REPEAT + 1):
        if outer > 1:
            filling.add_repeat("/data/a")
        for inner in range(1, REPEAT + 1):
            if inner > 1:
                filling.add_repeat(f"/data/a[{outer}]/b")
            if inner % 5 == 0:
                filling.answer(f"/data/a[{outer}]/b[{inner}]/n", inner % 7)
    return filling.state()


def answers() -> Iterator[tuple[str, str]]:
    """Made-up answers: each question of the form equally often, in any instance."""
    dice = random.Random(7)  # noqa: S311
    nodes = [node for node in large().definition.nodes.values() if node.control is not None]
    while True:
        node = dice.choice(nodes)
        ref = node.path.replace("/data/a/", f"/data/a[{dice.randint(1, REPEAT)}]/")
        yield ref.replace("/b/", f"/b[{dice.randint(1, REPEAT)}]/"), str(dice.randint(0, 9))


def one_answer(filling: Filling, ref: str, value: str) -> float:
    """Seconds from an answer until the page and the outline beside it can be drawn."""
    begun = CLOCK()
    filling.answer(ref, value)
    pages = filling.pages()
    shown = next((page for page in pages if page.ref == ref), pages[0])
    assert shown.items is not None
    filling.outline()
    return CLOCK() - begun


class Alone:
    """libxml2 on the expressions that an answer had evaluated, without the program around it."""

    def __init__(self, filling: Filling) -> None:
        self._asked: list[tuple[str, Any]] = []
        self._known: dict[str, Any] = {}
        engine: Any = filling.engine
        original = engine.value_of

        def value_of(expression: Any, live: Any) -> Any:
            self._asked.append((expression.source, live.element))
            return original(expression, live)

        engine.value_of = value_of

    def asked(self) -> list[tuple[str, Any]]:
        """What was evaluated since it was last asked."""
        asked, self._asked = self._asked, []
        return asked

    def spent(self, asked: list[tuple[str, Any]]) -> float:
        """Seconds for these expressions."""
        from lxml import etree

        for source, _element in asked:
            if source not in self._known:
                self._known[source] = etree.XPath(source.replace("/data/", "/all/data/"), smart_strings=False)
        begun = CLOCK()
        for source, element in asked:
            self._known[source](element)
        return CLOCK() - begun


def _p99(values: list[float]) -> float:
    return quantiles(values, n=100)[98]


@row(
    "an answer in a form of 300 questions with 50 × 50 repeats, its page and outline (p99)",
    "libxml2 alone on the same expressions",
    f"{FRAME_MS} ms",
)
def one_answer_in_a_large_form() -> Measured:
    """Each of a thousand answers; the time of libxml2 for the same expressions is held beside."""
    filling = large().resume_state(full())
    made = answers()
    for _ in range(20):
        one_answer(filling, *next(made))
    ours = [one_answer(filling, *next(made)) for _ in range(ANSWERS)]
    alone = Alone(filling)
    theirs = []
    for _ in range(ANSWERS):
        filling.answer(*next(made))
        theirs.append(alone.spent(alone.asked()))
    mine, other = _p99(ours), _p99(theirs)
    text = f"{milliseconds(mine)} against {milliseconds(other)} (median {milliseconds(_median(ours))})"
    return Measured(text, mine * 1000 <= FRAME_MS)


def _median(values: list[float]) -> float:
    return quantiles(values, n=2)[0]


@row("going on with a filling of 50 × 50 repeats", "lxml reads its answers and libxml2 evaluates", "–")
def resuming() -> Measured:
    """From what was saved to answers that are whole again: every expression is worked out once."""
    import json

    from lxml import etree

    form, state = large(), full()
    xml = json.loads(state)["xml"].encode()
    filling = form.resume_state(state)
    alone = Alone(filling)
    filling.engine.settle()

    asked = alone.asked()
    ours, theirs = in_turn(
        lambda: timed(lambda: form.resume_state(state)),
        lambda: timed(lambda: etree.fromstring(xml)) + alone.spent(asked),
    )
    return Measured(f"{ours / theirs:.1f} × ({milliseconds(ours)} against {milliseconds(theirs)})", True)
