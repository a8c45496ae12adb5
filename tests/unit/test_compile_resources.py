"""The compile step: what it makes, and what it refuses."""

from __future__ import annotations

import gettext
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

import compile_resources
from compile_resources import Refused, catalogue_bytes, compile_forms, compile_languages, merge, placeholders

HEAD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
HOUSE = 'msgid "House"\nmsgstr "Casa"\n\n'
STEPS = 'msgid "{n} step"\nmsgid_plural "{n} steps"\nmsgstr[0] "un paso"\nmsgstr[1] "{n} pasos"\n\n'
CALL = 'msgctxt "verb"\nmsgid "Call"\nmsgstr "Llamar"\n\nmsgctxt "noun"\nmsgid "Call"\nmsgstr "Llamada"\n\n'


@pytest.fixture
def resources(tmp_path: Path) -> Path:
    (tmp_path / "locale" / "es").mkdir(parents=True)
    (tmp_path / "forms").mkdir()
    return tmp_path


def po(resources: Path, name: str, *messages: str) -> Path:
    path = resources / "locale" / "es" / name
    path.write_text(HEAD + "".join(messages), "utf-8")
    return path


def age(path: Path, seconds: int) -> None:
    """Make a file, or a folder, older by some seconds."""
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns - seconds * 10**9))


def test_several_files_become_one_catalogue(resources: Path) -> None:
    po(resources, "a.po", HOUSE, STEPS)
    po(resources, "b.po", CALL)
    (written,) = compile_languages(resources)
    assert written == resources / "compiled" / "locale" / "es" / "planner.mo"
    with written.open("rb") as stream:
        words = gettext.GNUTranslations(stream)
    assert words.gettext("House") == "Casa"
    assert words.ngettext("{n} step", "{n} steps", 1) == "un paso"
    assert words.ngettext("{n} step", "{n} steps", 3).format(n=3) == "3 pasos"
    assert (words.pgettext("verb", "Call"), words.pgettext("noun", "Call")) == ("Llamar", "Llamada")


def test_the_same_sources_make_the_same_bytes(resources: Path) -> None:
    paths = [po(resources, "a.po", HOUSE), po(resources, "b.po", STEPS)]
    assert catalogue_bytes(paths, "es") == catalogue_bytes(reversed(paths), "es")


def test_the_same_said_twice_is_fine(resources: Path) -> None:
    assert len(merge([po(resources, "a.po", HOUSE), po(resources, "b.po", HOUSE)], "es")) == 1


@pytest.mark.parametrize(
    ("messages", "reason"),
    [
        ('msgid "House"\nmsgstr "Hogar"\n', "says something else in a.po"),
        ('msgid "House"\nmsgid_plural "Houses"\nmsgstr[0] "Casa"\nmsgstr[1] "Casas"\n', "says something else in a.po"),
        ('#, fuzzy\nmsgid "Door"\nmsgstr "Puerta"\n', "is marked fuzzy"),
        ('msgid "Door"\nmsgstr ""\n', "has an empty translation"),
        (
            'msgid "{n} door"\nmsgid_plural "{n} doors"\nmsgstr[0] "{n} puerta"\nmsgstr[1] ""\n',
            "has an empty translation",
        ),
        ('msgid "Hello {name}"\nmsgstr "Hola {nombre}"\n', "has other placeholders"),
        ('msgid "Hello {name}"\nmsgstr "Hola"\n', "has other placeholders"),
        ('msgid "Hello"\nmsgstr "Hola {name}"\n', "has other placeholders"),
        ('msgid "Hello {name}"\nmsgstr "Hola {name"\n', "braces that do not fit"),
    ],
)
def test_a_translation_that_would_be_wrong_is_refused(resources: Path, messages: str, reason: str) -> None:
    po(resources, "a.po", HOUSE)
    po(resources, "b.po", messages)
    with pytest.raises(Refused, match=reason):
        compile_languages(resources)
    assert not (resources / "compiled").exists()


def test_every_fault_is_told_at_once(resources: Path) -> None:
    po(resources, "b.po", 'msgid "Door"\nmsgstr ""\n\nmsgid "{n}"\nmsgstr "{m}"\n')
    with pytest.raises(Refused) as refused:
        compile_languages(resources)
    assert len(str(refused.value).splitlines()) == 2


@pytest.mark.parametrize("content", [b"msgid \xff\n", b'msgid "a"\nmsgstr "\xff\xfe"\n', b"nonsense here\n"])
def test_a_broken_file_is_refused_by_name(resources: Path, content: bytes) -> None:
    (resources / "locale" / "es" / "broken.po").write_bytes(content)
    with pytest.raises(Refused, match=r"broken\.po"):
        compile_languages(resources)


def test_nothing_is_written_twice_and_a_change_is_noticed(resources: Path) -> None:
    first = po(resources, "a.po", HOUSE)
    for path in (first, first.parent):
        age(path, 60)
    assert len(compile_languages(resources)) == 1
    assert compile_languages(resources) == []
    first.write_text(first.read_text("utf-8").replace("Casa", "Hogar"), "utf-8")
    (written,) = compile_languages(resources)
    with written.open("rb") as stream:
        assert gettext.GNUTranslations(stream).gettext("House") == "Hogar"


def test_a_file_taken_away_is_noticed(resources: Path) -> None:
    paths = [po(resources, "a.po", HOUSE), po(resources, "b.po", STEPS)]
    for path in (*paths, paths[0].parent):
        age(path, 60)
    (written,) = compile_languages(resources)
    paths[1].unlink()
    assert compile_languages(resources) == [written]
    with written.open("rb") as stream:
        assert gettext.GNUTranslations(stream).gettext("{n} step") == "{n} step"


def test_what_was_compiled_stays_when_the_next_is_refused(resources: Path) -> None:
    source = po(resources, "a.po", HOUSE)
    (written,) = compile_languages(resources)
    before = written.read_bytes()
    source.write_text(HEAD + 'msgid "House"\nmsgstr ""\n', "utf-8")
    with pytest.raises(Refused):
        compile_languages(resources)
    assert written.read_bytes() == before
    assert [path.name for path in written.parent.iterdir()] == ["planner.mo"]


class FakeCompiler(ModuleType):
    """Stands where the forms room stands; remembers what it was given."""

    def __init__(self) -> None:
        super().__init__("planner.forms.compile")
        self.seen: list[str] = []

    def compile_form(self, path: Path) -> bytes:
        self.seen.append(path.name)
        if "bad" in path.name:
            raise ValueError("row 3 has no name")
        return b"<h:html/>"

    def prepare_form(self, xform: bytes) -> bytes:
        return b"prepared " + xform


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeCompiler:
    fake = FakeCompiler()
    monkeypatch.setitem(sys.modules, "planner.forms.compile", fake)
    place = tmp_path / "compile.py"
    place.touch()
    age(place, 60)
    monkeypatch.setattr(compile_resources, "FORM_COMPILER", place)
    return fake


def test_forms_are_compiled_once_and_forgotten_when_they_go(resources: Path, compiler: FakeCompiler) -> None:
    table = resources / "forms" / "first.md"
    table.write_text("| survey |", "utf-8")
    age(table, 60)
    written, beside = compile_forms(resources)
    assert written.read_bytes() == b"<h:html/>"
    assert beside.read_bytes() == b"prepared <h:html/>"
    assert compile_forms(resources) == []
    assert compiler.seen == ["first.md"]
    table.unlink()
    compile_forms(resources)
    assert not written.exists()
    assert not beside.exists()


def test_a_form_that_cannot_be_compiled_is_named(resources: Path, compiler: FakeCompiler) -> None:
    (resources / "forms" / "bad.md").write_text("| survey |", "utf-8")
    with pytest.raises(Refused, match=r"bad\.md: row 3 has no name"):
        compile_forms(resources)


def test_without_a_forms_room_forms_wait(resources: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(compile_resources, "FORM_COMPILER", tmp_path / "not-there.py")
    (resources / "forms" / "first.md").write_text("| survey |", "utf-8")
    assert compile_forms(resources) == []


def test_placeholders_are_names_only() -> None:
    assert placeholders("{a} and {b.c} and {d[0]} and {{e}} {f:>3}") == {"a", "b", "d", "f"}
