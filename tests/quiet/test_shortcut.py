"""The shortcut: made only when asked for, as the specification of desktop entries has it, and gone without a trace."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from planner.store.local import Local
from planner.system.quiet import file_name
from planner.system.shortcut import shortcuts, starting
from planner.system.shortcut_linux import LinuxShortcuts, entry, exec_line
from tests.telling import telling_in

ROOT = Path(__file__).resolve().parents[2]
KEYS = {"Type", "Version", "Name", "Icon", "Exec", "Terminal", "Categories", "StartupNotify", "StartupWMClass"}
HARD = ["/opt/a b/py", "-P", "100%", 'say "so"', "$HOME", "`ls`", "back\\slash", "", "ñandú", "a;b", "%f"]


def values(text: str) -> dict[str, str]:
    """The entry as the specification reads it: one group, a key a line, the escapes of strings undone."""
    first, *lines = text.splitlines()
    assert first == "[Desktop Entry]"
    assert all(re.fullmatch(r"[A-Za-z0-9-]+=.*", line) for line in lines)
    pairs = [line.split("=", 1) for line in lines]
    assert len({key for key, _ in pairs}) == len(pairs)
    undone = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\", ";": ";"}
    return {key: re.sub(r"\\(.)", lambda found: undone[found.group(1)], value) for key, value in pairs}


def arguments(line: str) -> list[str]:
    """What is started, as "The Exec key" of the specification reads it."""
    found = []
    for quoted, bare in re.findall(r'"((?:[^"\\]|\\.)*)"|([^\s"]+)', line):
        assert not re.search(r"[\s\"'\\><~|&;$*?#()`]", bare), f"must be quoted: {bare}"
        word = bare or re.sub(r'\\(["`$\\])', r"\1", quoted)
        assert not re.search(r"(?<!%)(?:%%)*%(?!%)", word), f"a field code: {word}"
        found.append(word.replace("%%", "%"))
    return found


def test_any_words_come_back_as_they_were() -> None:
    read = values(entry("Recipes", Path("/tmp/a b/recipes.png"), HARD))
    assert read.keys() == KEYS
    assert arguments(read["Exec"]) == HARD
    assert read["Icon"] == "/tmp/a b/recipes.png"
    assert values(entry("a\nExec=evil\\n", Path("/x"), ["y"]))["Name"] == "a Exec=evil\\n"


def test_the_reading_would_notice_what_is_not_quoted() -> None:
    for line in ("py $HOME", "py 100%", "py a;b", "py `ls`"):
        with pytest.raises(AssertionError, match=r"quoted|field code"):
            arguments(line)
    assert exec_line(["py", "$HOME"]) == 'py "\\\\$HOME"'
    folder = "/media/stick\nExec=other\r"
    assert exec_line(["py", folder]) == 'py "/media/stick\\nExec=other\\r"'


def test_the_entry_is_of_the_version_and_kinds_of_the_specification() -> None:
    read = values(entry("Notes", Path("/x/notes.png"), ["/usr/bin/python3"]))
    assert (read["Type"], read["Version"], read["Terminal"]) == ("Application", "1.5", "false")
    assert read["Categories"] == "Utility;"
    assert read["StartupWMClass"] == read["Name"] == "Notes"
    assert telling_in(str(read)) == []


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Recipes", "recipes"),
        ("My lists & more", "my-lists-more"),
        ("Año 2", "ano-2"),
        ("日記", "notebook"),
        ("../x", "x"),
    ],
)
def test_the_file_has_a_plain_name(name: str, file: str) -> None:
    assert file_name(name) == file


def test_a_file_of_somebody_else_is_never_replaced_nor_removed(tmp_path: Path) -> None:
    theirs = tmp_path / "notes.desktop"
    theirs.write_text("theirs")
    there = LinuxShortcuts(tmp_path)
    made = there.put("Notes", b"png", ["python"])
    assert made == "notes-2.desktop"
    assert {each.name for each in tmp_path.iterdir()} == {"notes.desktop", "notes-2.desktop", "notes-2.png"}
    there.remove(made)
    assert {each.name for each in tmp_path.iterdir()} == {"notes.desktop"}
    assert theirs.read_text() == "theirs"


def test_nothing_is_left_when_it_goes(tmp_path: Path) -> None:
    there = LinuxShortcuts(tmp_path / "share" / "applications")
    made = there.put("Notes", b"png", ["python"])
    assert there.is_there(made)
    assert len(list(tmp_path.rglob("*"))) == 4
    there.remove(made)
    assert not there.is_there(made)
    assert [each.name for each in tmp_path.rglob("*")] == ["share"]


@pytest.mark.skipif(sys.platform != "linux", reason="made on Linux only")
def test_what_it_starts_is_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    there = shortcuts()
    assert there is not None
    made = there.put("Notes", b"png", starting(tmp_path / "my data", tmp_path / "usual"))
    words = arguments(values((there.folder / made).read_text("utf-8"))["Exec"])
    assert words[-2:] == ["--data", str(tmp_path / "my data")]
    assert words[1:4] == ["-P", "-m", "planner"]
    done = subprocess.run(
        [*words, "--help"], cwd="/", capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    assert done.returncode == 0, done.stderr
    assert "private notebook" in done.stdout
    assert starting(tmp_path, tmp_path) == words[:4]


@pytest.mark.parametrize(
    "wrong",
    [{"called": "x" * 41}, {"called": "a\nb"}, {"called": 3}, {"mark": "skull"}, {"shortcut": "../../x.desktop"}],
)
def test_what_cannot_be_a_name_is_left_aside(wrong: dict[str, object], tmp_path: Path) -> None:
    import json

    (tmp_path / "local.json").write_text(json.dumps({"called": "Notes", "mark": "pot", "shortcut": "notes.desktop"}))
    assert Local.read(tmp_path) == Local(called="Notes", mark="pot", shortcut="notes.desktop")
    (tmp_path / "local.json").write_text(json.dumps(wrong))
    assert Local.read(tmp_path) == Local()
