"""Packs with something odd anywhere: taken whole or refused with a sentence, and nothing else ever happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.packs.check import Pack, check_files, read_kept
from planner.packs.manifest import LONGEST_NAME
from planner.packs.pack import LARGEST_TEXT, LARGEST_WORDS, SIGNATURE, read_files
from planner.packs.refused import PackRefused
from planner.packs.report import PackReport, lines
from tests.unit.packs.made_packs import FORM, MANIFEST, TODAY, in_zip, made, of_version, signed, without_form

FILES = without_form()
NAMES = sorted(FILES)
SNIPPETS = st.sampled_from(
    [
        *("[[", "]]", '"', "'''", "= {", "}", "\n", "\r", "\x00", "\ufeff", "\u202e", "é", "=", ".", "[]", "<b>", ","),
        *("1e999", "nan", "inf", "9999-12-31", "0001-01-01", "true", "id", "sources", "en = 1"),
        *("[[goal]]", "[[door]]", "[[service]]"),
    ]
)


def looked_at(files: dict[str, bytes]) -> Pack | PackRefused:
    """Whichever it is; anything else that is raised fails the test."""
    try:
        return check_files(files, TODAY)
    except PackRefused as refused:
        return refused


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_a_pack_with_one_odd_file_is_taken_or_refused(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    text = FILES[name].decode()
    for _time in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 30)))
        text = text[:start] + data.draw(SNIPPETS | st.text(max_size=8)) + text[end:]
    files = {**FILES, name: text.encode("utf-8", "surrogatepass")}
    found = looked_at(files)
    if isinstance(found, PackRefused):
        assert found.sentence
        assert all(line.isprintable() for line in lines([PackReport(Path("x"), refused=found)]))
        return
    manifest, content = read_kept(files, "somebody")
    assert (manifest, content.ids()) == (found.manifest, found.content.ids())


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(NAMES), st.binary(max_size=200))
def test_a_pack_with_any_bytes_in_a_file_is_taken_or_refused(name: str, content: bytes) -> None:
    for files in ({**FILES, name: content}, {**FILES, SIGNATURE: content}):
        found = looked_at(files)
        assert isinstance(found, Pack) or found.sentence


def refused(files: dict[str, bytes]) -> PackRefused:
    with pytest.raises(PackRefused) as caught:
        check_files(files, TODAY)
    return caught.value


@pytest.mark.parametrize(
    "giver", ["Planner", "PLÄNNER", "plan-ner", "Heron\u202eesuoH", "<b>Heron</b>", " ", "…", "x" * (LONGEST_NAME + 1)]
)
def test_a_giver_is_not_called_like_the_program_nor_in_letters_that_nobody_sees(giver: str) -> None:
    manifest = of_version("1").replace('giver.name = "Heron House"', f'giver.name = "{giver}"')
    assert refused(signed(without_form({"pack.toml": manifest}))).where == "pack.toml"


def test_a_day_that_has_come_somewhere_on_earth_has_come() -> None:
    tomorrow = of_version("1").replace("reviewed = 2026-01-23", "reviewed = 2026-12-02")
    assert check_files(without_form({"pack.toml": tomorrow}), TODAY).id
    later = of_version("1").replace("reviewed = 2026-01-23", "reviewed = 2026-12-03")
    refused(without_form({"pack.toml": later}))


def test_a_form_takes_its_own_media_and_what_it_names_and_nothing_else() -> None:
    two = f'{MANIFEST}\n[[form]]\nfile = "forms/leaving.md"\n'
    leaving = FORM.replace("| text | bed |", "| select_one_from_file towns.csv | bed |")
    leaving = leaving.replace("Arriving", "Leaving").replace("| arriving |", "| leaving |")
    words = {
        "pack.toml": two,
        "forms/leaving.md": leaving,
        "forms/towns.csv": "name,label\nheron,Heron Bay\n",
        "forms/other.csv": "name,label\nx,555-0111\n",
        "forms/arriving-media/plan.png": "no picture",
    }
    found = {form.id: form for form in check_files(made(words), TODAY).forms}
    assert set(found["leaving"].files) == {"towns.csv"}
    assert set(found["arriving"].files) == {"plan.png"}
    alone = {form.id: form for form in check_files(made(), TODAY).forms}["arriving"]
    changed = {**words, "forms/leaving.md": leaving.replace("Leaving", "Going")}
    again = {form.id: form for form in check_files(made(changed), TODAY).forms}
    assert again["arriving"].digest == found["arriving"].digest != alone.digest
    assert again["leaving"].digest != found["leaving"].digest


@pytest.mark.parametrize("name", ["forms/run.exe", "forms/page.html", "forms/x-media/tune.svg", "forms/arriving"])
def test_only_kinds_of_files_that_a_form_can_use_lie_beside_it(tmp_path: Path, name: str) -> None:
    with pytest.raises(PackRefused):
        read_files(in_zip(tmp_path, {**made(), name: b"x"}))
    assert read_files(in_zip(tmp_path, {**made(), "forms/x-media/tune.MP3": b"x"}))


def test_files_of_words_are_small_together() -> None:
    filler = b"# a line that says nothing\n" * 10_000
    many = {**FILES, **{f"goals/g{number}.toml": filler + b"goal = []\n" for number in range(8)}}
    assert len(filler) < LARGEST_TEXT
    assert sum(map(len, many.values())) > LARGEST_WORDS
    assert "larger" in refused(many).sentence
    few = dict(list(many.items())[:-4])
    assert check_files(few, TODAY).id
