from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.exchange.gate import slip_reveals
from planner.exchange.paper import plan_pdf, plan_sheet, slip_pdf, spare_key_pdf
from planner.exchange.parts import PaperDate, PlanPaper, PlanParts
from planner.exchange.typst_render import PaperTrouble, plain, render
from planner.plan.records import Barrier, Goal, GoalTime, Helper, Step, TimeLimit
from planner.resources import resource

from .made_up import EVERYTHING, PlainFormats, pages, plan, squeezed, text_of

FORMATS = PlainFormats()

HOSTILE = [
    '#import "@preview/x"',
    '#import "@preview/cetz:0.3.1": *',
    '#read("/etc/hosts")',
    '#read("base.typ")',
    '#include "plan.typ"',
    '#eval("1 + 1")',
    "#panic()",
    "#while true {}",
    "*bold* _slanted_ `raw` $x^2$ <label> @label = Head",
    "= A heading",
    "- a list\n- of two",
    "// gone? /* gone too? */",
    '"; #sys.inputs.data; "',
    "\\u{41} \\ \\# ~ -- ---",
    "<script>alert(1)</script> &amp; %s {n} {0}",
    "http://example.org/a?b=c#d",
    "]]>] } ) #[",
]


def goal_pdf(title: str, why: str = "") -> bytes:
    return plan_pdf(PlanPaper(goals=(Goal(title=title, why=why),)), FORMATS)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_markup_is_printed_as_it_stands(text: str) -> None:
    everywhere = PlanPaper(
        title=text,
        goals=(Goal(id="g", title=text, why=text),),
        steps=(Step(goal="g", title=text, when=text, with_whom=text),),
        helpers=(Helper(goal="g", name=text, how=text),),
        barriers=(Barrier(goal="g", what=text, way_round=text),),
    )
    assert text_of(plan_pdf(everywhere, FORMATS)).count(squeezed(text)) == 10


def test_every_field_of_every_paper_takes_hostile_text() -> None:
    text = '#read("/etc/hosts")'
    base = plan(EVERYTHING)
    dates = tuple(
        PaperDate(appointment=replace(each.appointment, place=text, title=text), day=each.day) for each in base.dates
    )
    people = tuple(replace(each, name=text, role=text, call_when=text, if_near=text) for each in base.contacts)
    printed = text_of(plan_pdf(replace(base, dates=dates, contacts=people), FORMATS))
    assert printed.count(squeezed(text)) >= 2 * 3 + 3 * 2
    assert text_of(slip_pdf(dates, FORMATS, places=True)).count(squeezed(text)) == 3
    assert squeezed(text) in text_of(spare_key_pdf(text))


_SIGNS = st.sampled_from("#$*_`<>@=-+/\\~'\"[]{}()|;:&%ab 1\n")


@settings(max_examples=40)
@given(st.text(_SIGNS, min_size=1, max_size=60))
def test_any_signs_come_out_literally(text: str) -> None:
    # The letters around it keep the whole from being only spaces.
    assert squeezed(f"X{text}X") in text_of(goal_pdf(f"X{text}X"))


@settings(max_examples=40)
@given(st.text(max_size=80))
def test_no_text_at_all_stops_the_press(text: str) -> None:
    assert goal_pdf(text, text).startswith(b"%PDF")


@pytest.mark.parametrize(
    "text",
    [
        "😀👩🏽‍👧 a family",
        "أريد أن أتعلم",
        "我想学英语",
        "เรียนภาษา",
        "שלום",
        "\x00\x07\x1b[31m red",
        "\ud83d half",
        "\u202eback\u202c",
        "a\u0301\u0323",
        "\ufffe\uffff",
    ],
)
def test_other_scripts_and_odd_signs_do_not_stop_the_press(text: str) -> None:
    assert len(pages(goal_pdf(f"before {text} after"))) == 1
    assert "before" in text_of(goal_pdf(f"before {text} after"))


def test_a_letter_that_no_font_has_is_told() -> None:
    assert plan_sheet(plan(), FORMATS).all_letters
    # The last private plane: no font fills it.
    assert not plan_sheet(PlanPaper(goals=(Goal(title="\U0010fff0"),)), FORMATS).all_letters


def test_a_long_text_runs_on_over_the_pages_and_inside_them() -> None:
    words = " ".join(f"word{n}" for n in range(6000))
    pdf = goal_pdf("A long one", words)
    assert len(pages(pdf)) > 5
    bodies = (page.rsplit("\r\n", 1)[0] for page in pages(pdf))  # without the page's number
    assert squeezed(words) in squeezed("".join(bodies))
    inside_the_paper(pdf)


def test_a_word_without_an_end_stays_on_the_paper() -> None:
    pdf = goal_pdf("x" * 5000)
    inside_the_paper(pdf)
    assert text_of(pdf).count("x") >= 5000


def inside_the_paper(pdf: bytes, margin: float = 30.0) -> None:
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        width, height = page.get_size()
        texts = page.get_textpage()
        for at in range(texts.count_rects()):
            left, bottom, right, top = texts.get_rect(at)
            assert left >= margin
            assert right <= width - margin
            assert bottom >= margin / 2
            assert top <= height - margin
    document.close()


def test_the_check_for_the_edge_would_see_a_text_that_runs_over_it() -> None:
    with pytest.raises(AssertionError):
        inside_the_paper(goal_pdf("x" * 20), margin=250)


def test_two_hundred_goals_are_never_cut() -> None:
    goals = [
        Goal(id=f"g{n}", title=f"<goal {n}>", why=f"<why {n}>", time=list(GoalTime)[n % 3], order=f"{n:04}")
        for n in range(200)
    ]
    steps = [Step(goal=f"g{n}", title=f"<step {n} {m}>", order=str(m)) for n in range(200) for m in range(n % 6)]
    ways = [Barrier(goal=f"g{n}", what=f"<what {n}>", way_round=f"<way {n}>") for n in range(0, 200, 3)]
    pdf = plan_pdf(PlanPaper(goals=goals, steps=steps, barriers=ways), FORMATS)
    page_of: dict[str, int] = {}
    for number, page in enumerate(pages(pdf)):
        for found in re.findall(r"<[^>]*>", page.replace("\r\n", " ")):
            assert found not in page_of
            page_of[found] = number
    assert len(page_of) == 2 * len(goals) + len(steps) + 2 * len(ways)
    for goal in goals:
        own = [page_of[text] for text in page_of if re.search(rf"^<\w+ {goal.id[1:]}[ >]", text)]
        assert len(set(own)) == 1
    inside_the_paper(pdf)


def test_a_long_list_of_dates_is_never_cut_and_repeats_its_head() -> None:
    base = plan(EVERYTHING)
    one = base.dates[0]
    many = [
        PaperDate(
            appointment=replace(one.appointment, title=f"<title {n}>", place=f"<place {n}>", id=f"a{n}"), day=one.day
        )
        for n in range(120)
    ]
    pdf = plan_pdf(PlanPaper(dates=many, parts=EVERYTHING), FORMATS)
    for page in pages(pdf):
        assert re.findall(r"<title (\d+)>", page) == re.findall(r"<place (\d+)>", page)
        assert "Time" in page
    assert sum(page.count("<title") for page in pages(pdf)) == 120
    slip = pages(slip_pdf(many, FORMATS, places=True))
    assert sum(page.count("<place") for page in slip) == 120


def test_an_empty_plan_prints_kindly() -> None:
    (page,) = pages(plan_pdf(PlanPaper(), FORMATS))
    assert page.split("\r\n") == ["My plan", "Nothing is written here yet. There is no hurry."]


def test_goals_stand_by_time_in_their_order_and_the_title_is_hers() -> None:
    data = replace(plan(EVERYTHING), title="  Spring\u00a0  ")
    text = pages(plan_pdf(data, FORMATS))[0]
    assert text.startswith("Spring")
    assert text.index("Now") < text.index("Get my own ID card") < text.index("In the next months")
    assert text.index("In the next months") < text.index("Find a doctor")
    assert "Done, 3.3.2026, Joan" in text


def test_what_is_never_printed() -> None:
    text = text_of(plan_pdf(plan(EVERYTHING), FORMATS))
    for never in ("bluebird", "joan@door.example", "likestea", "everything", "2020", "5550666000", "Anoldwish"):
        assert never not in text
    assert "5550102233" in text


def test_the_slip_says_no_more_than_that_there_is_an_appointment() -> None:
    dates = plan().dates
    (page,) = pages(slip_pdf(dates, FORMATS))
    lines = page.split("\r\n")
    assert lines == [
        "Thu 12 Mar",
        "Appointment, 10:30",
        "Mon 16 Mar",
        "Appointment",
        "Tue 17 Mar",
        "Appointment, 09:00",
    ]
    assert "14 Oak Street" in pages(slip_pdf(dates, FORMATS, places=True))[0]
    assert pages(slip_pdf((), FORMATS)) == ["No appointments for now."]


def test_the_slip_says_of_a_time_limit_only_that_it_is_a_last_day() -> None:
    limits = (
        TimeLimit(title="bluebird", rule="heron", note="wren", due="2026-03-14T16:00"),
        TimeLimit(title="bluebird", due="2026-03-01"),
        TimeLimit(title="bluebird", due="one day"),
    )
    (page,) = pages(slip_pdf((), FORMATS, limits=limits))
    assert page.count("Last day") == 2
    assert "Last day, 16:00" in page
    assert not any(word in page for word in ("bluebird", "heron", "wren", "Appointment"))
    assert slip_reveals((), limits=2) == ["It shows 2 last days, not what they are about."]


def test_the_spare_key_stands_alone() -> None:
    key = "7KQ2M-ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2-34567"
    (page,) = pages(spare_key_pdf(key))
    assert page.split() == key.split("-")
    assert len(page.split("\r\n")) == 2


@pytest.mark.parametrize(("size", "points"), [("a4", (595, 842)), ("us-letter", (612, 792)), ("a0 #x", (595, 842))])
def test_sizes_of_paper(size: str, points: tuple[int, int]) -> None:
    for pdf in (
        plan_pdf(replace(plan(), size=size), FORMATS),
        slip_pdf(plan().dates, FORMATS, size=size),
        spare_key_pdf("ABCDE", size=size),
    ):
        document = pypdfium2.PdfDocument(pdf)
        assert tuple(round(side) for side in document[0].get_size()) == points
        document.close()


def all_papers() -> list[bytes]:
    return [
        plan_pdf(plan(EVERYTHING), FORMATS),
        plan_pdf(PlanPaper(goals=(Goal(title="\U0010fff0"),)), FORMATS),
        slip_pdf(plan().dates, FORMATS),
        spare_key_pdf("ABCDE"),
    ]


def check_says_nothing_of_itself(pdf: bytes, title: str, language: str) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert dict(document.docinfo) == {"/Title": title}
        assert document.Root.Lang == language
        assert bool(document.Root.MarkInfo.Marked)
        assert len(document.Root.StructTreeRoot.K) > 0
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        metadata = document.Root.Metadata.read_bytes()
        everything = [pdf, *(each.read_bytes() for each in document.objects if readable(each))]
        everything += [each.unparse(resolved=True) for each in document.objects]
    assert title.encode() in metadata
    assert b"Date" not in metadata
    for word in (b"typst", b"Typst", b"Planner", b"planner", b"pikepdf", b"CreationDate", b"ModDate", b"Producer"):
        assert not any(word in each for each in everything)


def readable(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Stream)


def test_a_paper_does_not_say_who_made_it_with_what_and_when() -> None:
    for pdf in all_papers():
        check_says_nothing_of_itself(pdf, "Document", "en")
    as_typst_made_it = render("lines.typ", {"lang": "en", "size": "a4", "name": "x", "rows": []}).pdf
    with pytest.raises(AssertionError):
        check_says_nothing_of_itself(as_typst_made_it, "x", "en")


def test_the_same_paper_made_twice_has_no_mark_in_common() -> None:
    def marks(pdf: bytes) -> set[bytes]:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            return {bytes(each) for each in document.trailer.ID.as_list()}

    assert not marks(goal_pdf("a wish")) & marks(goal_pdf("a wish"))


@pytest.mark.usefixtures("spanish")
def test_papers_in_spanish() -> None:
    for pdf in all_papers():
        check_says_nothing_of_itself(pdf, "Documento", "es")
    assert pages(plan_pdf(PlanPaper(), FORMATS))[0].startswith("Mi plan\r\nAquí todavía no hay nada escrito.")
    text = "".join(pages(plan_pdf(plan(EVERYTHING), FORMATS)))
    for words in ("Ahora", "En los próximos meses", "Próximas citas", "Quién ayuda", "Personas a mi cuidado"):
        assert words in text
    assert "Cita, 10:30" in pages(slip_pdf(plan().dates, FORMATS))[0]


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler is not here")
def test_pdfinfo_says_tagged_and_no_more(tmp_path: Path) -> None:
    for pdf in all_papers():
        file = tmp_path / "a.pdf"
        file.write_bytes(pdf)
        done = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=True)
        assert done.stderr == ""
        assert re.search(r"^Tagged: +yes$", done.stdout, re.MULTILINE)
        for word in ("Creator", "Producer", "Author", "CreationDate", "ModDate", "Subject", "Keywords"):
            assert word not in done.stdout


def test_heads_steps_and_dates_are_tagged_as_what_they_are() -> None:
    kinds: list[str] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for each in node:
                walk(each)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                kinds.append(str(node.S))
            if "/K" in node:
                walk(node.K)

    with pikepdf.open(io.BytesIO(plan_pdf(plan(EVERYTHING), FORMATS))) as document:
        walk(document.Root.StructTreeRoot.K)
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 6
    assert kinds.count("/H3") == 4
    assert kinds.count("/LI") == 2
    assert kinds.count("/L") == 1
    assert kinds.count("/TH") == 3
    assert kinds.count("/TR") == 1 + 3


def test_templates_reach_for_nothing() -> None:
    for file in resource("print").glob("*.typ"):
        text = re.sub(r"//.*", "", file.read_text(encoding="utf-8"))
        # A picture is made of bytes that came as data; one that is named would be looked for.
        assert text.count("image(bytes(it.picture)") == (file.name == "form.typ")
        text = text.replace("image(bytes(it.picture)", "")
        assert not re.search(r"@|\b(eval|read|include|plugin|image|toml|yaml|csv|xml|cbor|url|link)\b", text), file.name
        assert re.findall(r"json\(.*", text) == (["json(bytes(sys.inputs.data))"] if file.name == "base.typ" else [])
        assert set(re.findall(r'#import "([^"]*)"', text)) <= {"base.typ"}


def test_trouble_does_not_quote_what_stands_on_the_page() -> None:
    with pytest.raises(PaperTrouble) as caught:
        render("slip.typ", {"secret": "bluebird"})
    assert "bluebird" not in f"{caught.value!r} {caught.value.sentence} {caught.value.what_next}"
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_plain_text() -> None:
    assert plain(" a\tb\r\nc\x00 ") == "a b\nc"
    assert plain("x" * 100).replace("\u200b", "") == "x" * 100
    assert plain("word " * 30) == ("word " * 30).strip()


def test_room_to_write_by_hand_and_parts_of_the_paper() -> None:
    assert plan_pdf(replace(plan(), room=True), FORMATS) != plan_pdf(plan(), FORMATS)
    text = text_of(plan_pdf(plan(PlanParts(goals=False, appointments=False, people=False)), FORMATS))
    assert text.startswith("Myplan")
    assert "Nothingiswrittenhereyet" in text
