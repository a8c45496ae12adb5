"""Odd forms, for as long as one likes: ``python -m tests.fuzz.fuzz_forms SECONDS [FOLDER FOR FINDS] [FIRST NUMBER]``.

A form is taken as a table in Markdown or CSV, as a workbook, or as an XForm, with the files that stand beside it. Its
bytes, its cells, its expressions or the files are changed; it is opened as from a folder, and what opens is filled in
at random, kept, taken up again and handed in. Each odd form is refused with a sentence or works: nothing else comes
out, nothing takes more than :data:`TOO_LONG` seconds of the processor's time or more room than :data:`MOST_ROOM` bytes,
and answers taken up again are the same.

Its first two runs, 42 minutes together, tried 39,480 odd forms: 17,565 opened, and 89,667 answers were given in them.
What was found is kept in ``tests/forms/test_hostile*.py``: bytes in a workbook that cannot be unpacked came out as an
exception of zlib; a question bound to a group was asked, and its answer had no place to stand. The third run, 18 min
and 13,249 forms, found that what pyxform made of an odd table was no XML, and titles were put into it as if it were.
Since these were mended, 6,349 more forms found nothing.
"""

from __future__ import annotations

import io
import re
import resource
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from planner.errors import MachineTrouble
from planner.forms import Filling, Form, FormUnreadable, Way
from planner.forms.check import Report, lines
from planner.forms.reading import xform_from_table
from tests.forms.workbooks import book_of, xls, xlsx
from tests.fuzz import run
from tests.fuzz.mutate import NUMBERS, mutate

SEEDS = Path(__file__).parent / "seeds" / "forms"
FORMS = Path(__file__).parents[2] / "resources" / "forms"
NOW = datetime(2026, 3, 12, 10, 30, tzinfo=UTC)
TOO_LONG = 6.0
MOST_ROOM = 3_000_000_000

BESIDE = {
    "things.csv": b'name,label,color\nx,A thing,red\ny,Another one,green\nz,"The, last",red\n',
    "places.xml": b"<root><item><name>x</name><label>Here</label></item><item><name>y</name></item></root>",
    "spots.geojson": b'{"type":"FeatureCollection","features":[{"type":"Feature","id":"s","geometry":{"type":"Point",'
    b'"coordinates":[1,2]},"properties":{"title":"Spot","n":1}}]}',
}
ANSWERS: tuple[object, ...] = (
    *(
        "",
        " ",
        "a",
        "b a",
        "c",
        "x",
        "yes",
        "OK",
        "0",
        "-1",
        "1e309",
        "9" * 400,
        "NaN",
        "0.1",
        "2026-02-30",
        "1969-12-31",
    ),
    *("2026-03-12", "10:30:00.000+01:00", "2026-03-29T02:30:00.000+01:00", "9999-12-31T23:59:59.999Z", "0000-00-00"),
    *("1 2 0 0", "1 2 0 0;3 4 0 0;5 1 0 0;1 2 0 0", "91 181 0 0", "a'b\"c<&>]]>", "\u202e\u0000\ud800", "x" * 70_000),
    *("${a}", "'", "(", None, True, False, 3, 2.5, -0.0, float("inf"), ["a", "b"], [], datetime(2024, 2, 29)),  # noqa: DTZ001
)
PIECES = (
    *(
        "''",
        "0",
        "-1",
        "1 div 0",
        "0 div 0",
        "''''",
        "true()",
        "null",
        ".",
        "..",
        "/",
        "//*",
        "../..",
        "current()/.",
        "@x",
    ),
    *(
        "${words}",
        "${person}",
        "${age}",
        "${sum}",
        "${thing}",
        "${photo}",
        "${nothing}",
        "/data",
        "/data//age",
        "age[1]",
    ),
    *("instance('things')/root/item", "instance('no')", "'(a+)+$'", "'" + "a" * 40 + "!'", "'%Y-%m-%d'", "'SHA-512'"),
    *("'2026-02-29'", "'24:00:00'", "99999999999999999999", "1e300", "'\u0661'", "'x y x'", "today()", "now()"),
)
CALLS = (
    *("string", "number", "boolean", "not", "count", "sum", "concat", "substr", "string-length", "translate", "regex"),
    *(
        "selected",
        "selected-at",
        "count-selected",
        "jr:choice-name",
        "format-date",
        "date",
        "decimal-date-time",
        "round",
    ),
    *(
        "int",
        "pow",
        "log",
        "sqrt",
        "digest",
        "base64-decode",
        "uuid",
        "random",
        "randomize",
        "join",
        "max",
        "min",
        "once",
    ),
    *(
        "position",
        "indexed-repeat",
        "pulldata",
        "area",
        "distance",
        "checklist",
        "weighted-checklist",
        "coalesce",
        "if",
    ),
    *(
        "count-non-empty",
        "ends-with",
        "contains",
        "starts-with",
        "substring-before",
        "normalize-space",
        "version",
        "id",
    ),
    *(
        "property",
        "intersects",
        "geofence",
        "decimal-time",
        "date-time",
        "cos",
        "atan2",
        "exp10",
        "abs",
        "name",
        "last",
    ),
)
SIGNS = (
    " + ",
    " - ",
    " * ",
    " div ",
    " mod ",
    " = ",
    " != ",
    " < ",
    " >= ",
    " and ",
    " or ",
    " | ",
    "/",
    "[",
    "] ",
    ", ",
)
WAYS = tuple(Way)


@dataclass
class Odd:
    """One odd form: the name and bytes of its file, what stands beside it, and how it was changed."""

    name: str
    data: bytes
    beside: dict[str, bytes] = field(default_factory=dict)
    how: str = ""


def expression(rng: Random, depth: int = 0) -> str:
    """Something that is an expression, or almost."""
    what = rng.random()
    if depth > 3 or what < 0.35:
        return rng.choice(PIECES)
    if what < 0.75:
        inside = ", ".join(expression(rng, depth + 1) for _each in range(rng.choice((0, 1, 1, 2, 2, 3, 4))))
        return f"{rng.choice(CALLS)}({inside})"
    if what < 0.8:
        return rng.choice(("-", "(", "not ")) * rng.choice((1, 2, 60)) + expression(rng, depth + 1)
    return f"{expression(rng, depth + 1)}{rng.choice(SIGNS)}{expression(rng, depth + 1)}"


def in_cells(table: str, rng: Random) -> str:
    """A table with some cells replaced by expressions, by other cells, or by numbers at the edge."""
    rows = table.split("\n")
    for _each in range(rng.choice((1, 1, 2, 4, 8))):
        at = rng.randrange(len(rows))
        cells = re.split(r"(?<!\\)\|", rows[at])
        if len(cells) < 4:
            continue
        cell = rng.randrange(2, len(cells) - 1)
        what = rng.random()
        if what < 0.5:
            cells[cell] = f" {expression(rng)} "
        elif what < 0.7:
            cells[cell] = f" {rng.choice(NUMBERS).decode('utf-8', 'replace')} "
        elif what < 0.9:
            other = re.split(r"(?<!\\)\|", rng.choice(rows))
            cells[cell] = rng.choice(other)
        else:
            rows.insert(at, rows[rng.randrange(len(rows))])
        rows[at] = "|".join(cells) if what < 0.9 else rows[at]
    return "\n".join(rows)


def in_attributes(xform: bytes, rng: Random) -> bytes:
    """An XForm with the values of some attributes replaced."""
    for _each in range(rng.choice((1, 1, 2, 4, 8))):
        found = list(re.finditer(rb'([\w:-]+)="([^"]*)"', xform))
        where = rng.choice(found)
        if rng.random() < 0.3:
            new = rng.choice(found)[2]
        else:
            text = expression(rng).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
            new = re.sub(r"\$\{(\w+)\}", r"/data/\1", text).encode("utf-8", "replace")
        xform = xform[: where.start(2)] + new + xform[where.end(2) :]
    return xform


class Ground:
    """The good forms, each in every way a form is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        tables = [path.read_text("utf-8") for path in sorted((*SEEDS.glob("*.md"), *FORMS.glob("*.md")))]
        self.tables = tables
        self.xforms = [xform_from_table(table.encode(), ".md").xform for table in tables]
        books = [book_of(table.replace("\\|", "/")) for table in tables]
        self.workbooks = [xlsx(book) for book in books]
        self.old = [xls(book) for book in books[:1]]
        self.commas = ["\n".join(_comma_rows(book)).encode() for book in books]
        self.all = [*(table.encode() for table in tables), *self.xforms, *self.commas]

    def make(self, number: int) -> Odd:
        """The odd form of a number; the same number makes the same one."""
        rng = Random(number)
        beside = dict(BESIDE)
        if rng.random() < 0.25:
            name = rng.choice(list(beside))
            beside[name] = mutate(beside[name], rng, list(BESIDE.values()))
        kind = rng.choices(range(7), (30, 10, 25, 10, 10, 10, 5))[0]
        seed = 0 if rng.random() < 0.8 else rng.randrange(len(self.tables))
        if kind == 0:
            return Odd("f.md", in_cells(self.tables[seed], rng).encode("utf-8", "replace"), beside, "cells")
        if kind == 1:
            return Odd("f.md", mutate(self.tables[seed].encode(), rng, self.all), beside, "bytes of a table")
        if kind == 2:
            return Odd("f.xml", in_attributes(self.xforms[seed], rng), beside, "attributes")
        if kind == 3:
            return Odd("f.xml", mutate(self.xforms[seed], rng, self.all), beside, "bytes of an XForm")
        if kind == 4:
            return Odd("f.xlsx", self._workbook(self.workbooks[seed], rng), beside, "parts of a workbook")
        if kind == 5:
            return Odd("f.csv", mutate(self.commas[seed], rng, self.commas), beside, "bytes of a CSV")
        return Odd("f.xls", mutate(self.old[0], rng, self.old), beside, "bytes of an old workbook")

    def _workbook(self, data: bytes, rng: Random) -> bytes:
        if rng.random() < 0.2:
            return mutate(data, rng, self.workbooks)
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            names = old.namelist()
            odd = {rng.choice(names) for _each in range(rng.choice((1, 1, 2)))}
            for name in names:
                part = old.read(name)
                if name in odd:
                    part = in_attributes(part, rng) if rng.random() < 0.4 else mutate(part, rng, [old.read(names[0])])
                new.writestr(name, part)
        return out.getvalue()

    def use(self, odd: Odd, rng: Random) -> int:
        """Open and fill it in. Returns how many answers were given, -1 for a form that was refused."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        for name, content in odd.beside.items():
            (self.folder / name).write_bytes(content)
        path = self.folder / odd.name
        path.write_bytes(odd.data)
        try:
            form = Form.load(path)
        except FormUnreadable as trouble:
            if not (trouble.sentence and trouble.what_next):
                raise AssertionError("refused without a word") from trouble
            lines([Report(path, "", trouble.problems, trouble.sentence)])
            return -1
        lines([Report(path, form.title, form.problems)])
        return fill(form, rng)


def _comma_rows(book: dict[str, list[list[str]]]) -> list[str]:
    out = []
    for name, rows in book.items():
        out.append(f'"{name}"')
        for row in rows:
            cells = ",".join('"' + cell.replace('"', '""') + '"' for cell in row)
            out.append(f",{cells}")
    return out


def fill(form: Form, rng: Random) -> int:
    """Fill a form in at random, and hold what is promised of a filling. Returns how many answers were given."""
    filling = form.start(NOW)
    given = 0
    for _step in range(rng.choice((3, 10, 25))):
        given += _something(filling, rng)
    filling.outline()
    filling.entities()
    filling.to_xml()
    kept = filling.state()
    again = form.resume_state(kept, NOW)
    assert _answers(again) == _answers(filling), "answers taken up again are others"
    again.to_xml()
    done = form.again(filling.finish(), NOW)
    done.pages()
    done.entities()
    return given


def _something(filling: Filling, rng: Random) -> int:
    pages = filling.pages()
    page = rng.choice(pages)
    what = rng.random()
    if page.kind == "repeat" and len(page.instances) < 12:
        if page.instances and what < 0.3:
            filling.remove_repeat(rng.choice(page.instances))
        else:
            filling.add_repeat(page.ref)
        return 0
    if what < 0.04:
        filling.language = rng.choice(("es", "en", "xx"))
    elif what < 0.08 and page.section:
        filling.skip_section(page.section)
    given = 0
    for asked in page.items:
        filling.valid(asked.ref)
        values = ANSWERS if rng.random() < 0.5 or not asked.choices else [each.value for each in asked.choices]
        try:
            if rng.random() < 0.1:
                filling.put_off(asked.ref, rng.choice(WAYS))
            elif rng.random() < 0.1:
                filling.take_back(asked.ref)
            else:
                filling.answer(asked.ref, rng.choice(values))
                given += 1
        except (ValueError, KeyError):
            # Of a page that is no longer up to date: an answer before it may have taken the question away.
            there = any(asked.ref == each.ref for now in filling.pages() for each in now.items)
            assert asked.readonly or asked.kind == "note" or not there
        with suppress(KeyError):
            filling.valid(asked.ref)
    return given


_BY_CHANCE = re.compile(r"uuid|random|once|now\(|decimal-time")


def _answers(filling: Filling) -> dict[str, str]:
    """What was answered by hand, unless chance has a say in what is asked."""
    sources = (source for node in filling.form.definition.nodes.values() for source in _sources(node.bind))
    if any(_BY_CHANCE.search(each) for each in sources):
        return {}
    return {
        live.ref(): live.value
        for live in filling.leaves()
        if live.on and live.value and not live.node.bind.calculate and live.is_leaf()
    }


def _sources(bind: object) -> list[str]:
    names = ("calculate", "relevant", "constraint", "required", "readonly")
    return [str(getattr(bind, name)) for name in names]


def main(arguments: list[str]) -> int:
    """Go on for so many seconds; the answer is 1 where trouble was met."""
    seconds = float(arguments[0]) if arguments else 60.0
    finds = Path(arguments[1]) if len(arguments) > 1 else None
    first = int(arguments[2]) if len(arguments) > 2 else 1
    resource.setrlimit(resource.RLIMIT_AS, (MOST_ROOM, MOST_ROOM))
    kinds: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground(Path(folder) / "form")
        answers: list[int] = []
        until, number = time.monotonic() + seconds, first
        said = time.monotonic()
        while time.monotonic() < until:
            odd = ground.make(number)
            began = time.process_time()
            trace = run.one(_reader(ground, odd, number, answers), b"", TOO_LONG)
            if trace:
                _keep(trace, odd, number, kinds, finds)
            elif time.process_time() - began > TOO_LONG / 3:
                print(f"{number}: {time.process_time() - began:.1f} s, {odd.how}", flush=True)
            number += 1
            if time.monotonic() - said > 60:
                said = time.monotonic()
                print(f"{number - first:,} forms, {len(kinds)} kinds of trouble", flush=True)
    filled = [each for each in answers if each >= 0]
    tried = f"{number - first:,} odd forms in {seconds:.0f} s, from {first}: {len(filled):,} opened"
    print(f"{tried}, {sum(filled):,} answers given, {len(kinds)} kinds of trouble")
    return 1 if kinds else 0


def _reader(ground: Ground, odd: Odd, number: int, answers: list[int]) -> Callable[[bytes], None]:
    def read(_data: bytes) -> None:
        try:
            answers.append(ground.use(odd, Random(number)))
        except MachineTrouble as trouble:
            raise AssertionError("a sentence where there should be none") from trouble

    return read


def _keep(trace: str, odd: Odd, number: int, kinds: dict[str, int], finds: Path | None) -> None:
    steps = [line.strip() for line in trace.splitlines()]
    where = [line for line in steps if line.startswith("File ")]
    kind = f"{steps[-1].split(':')[0]} {where[-1] if where else ''}"
    kinds[kind] = kinds.get(kind, 0) + 1
    if kinds[kind] > 3:
        return
    print(f"{number} ({odd.how}): {kind}", flush=True)
    if finds is not None:
        folder = finds / str(number)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in {odd.name: odd.data, **odd.beside, "trace.txt": trace.encode("utf-8", "replace")}.items():
            (folder / name).write_bytes(content)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
