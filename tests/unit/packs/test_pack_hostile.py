"""Packs that are broken or mean ill: each is refused with one sentence, and a good one beside it is not."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.packs import pack as limits
from planner.packs.check import check_files, read_pack
from planner.packs.pack import SIGNATURE, digest_of, read_files, zipped
from planner.packs.refused import PackRefused
from tests.unit.packs.made_packs import (
    FORM,
    GOAL,
    GUIDE,
    KIT,
    MANIFEST,
    OTHER_SEED,
    SERVICE,
    SOURCES,
    TODAY,
    entry,
    in_zip,
    made,
    odd_zip,
    of_version,
    signed,
    without_form,
)


def refused(work: Callable[[], object]) -> PackRefused:
    with pytest.raises(PackRefused) as caught:
        work()
    assert caught.value.sentence.endswith(".")
    assert caught.value.what_next
    return caught.value


# ---------------------------------------------------------------- good ones


def test_a_whole_pack_is_read_from_a_zip_a_folder_and_its_manifest(tmp_path: Path) -> None:
    files = signed(made())
    folder = tmp_path / "pack"
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / ".DS_Store").write_bytes(b"left by a system")
    for path in (in_zip(tmp_path, files), folder, folder / "pack.toml"):
        found = read_pack(path, TODAY)
        assert (found.id, found.manifest.giver, found.digest) == ("heron-house", "Heron House", digest_of(files).hex())
        assert [form.id for form in found.forms] == ["arriving"]
        assert {kind for kind, ids in found.content.ids().items() if ids} == {"goals", "guides", "kits", "directory"}
        assert [each.giver for each in found.content.goal_ideas] == ["Heron House"]
        assert [each.giver for each in found.content.services] == ["Heron House"]


def test_a_zip_of_the_folder_itself_is_read_too_and_keeps_its_signature(tmp_path: Path) -> None:
    files = signed(without_form())
    around = tmp_path / "around.zip"
    with zipfile.ZipFile(around, "w") as archive:
        archive.writestr("heron/", b"")
        for name, content in files.items():
            archive.writestr(f"heron/{name}", content)
    assert read_pack(around, TODAY).key == read_pack(in_zip(tmp_path, files), TODAY).key != b""


def test_a_pack_in_one_language_is_read_in_any(tmp_path: Path) -> None:
    goal = "\n".join(each for each in GOAL.splitlines() if not each.startswith(("title.en", "why.en", "en =")))
    manifest = of_version("1").replace('languages = ["en", "es"]', 'languages = ["es"]')
    found = check_files(without_form({"pack.toml": manifest, "goals/bus.toml": goal}), TODAY)
    assert found.content.goal_ideas[0].title.get("en") == "Puedo viajar en autobús"


def test_the_same_pack_is_always_the_same_zip() -> None:
    files = without_form()
    assert zipped(files) == zipped(dict(reversed(files.items())))


# ---------------------------------------------------------------- the archive


@pytest.mark.parametrize(
    "name",
    [
        "../goals/x.toml",
        "goals/../../x.toml",
        "/goals/x.toml",
        "C:/goals/x.toml",
        "goals\\x.toml",
        "goals//x.toml",
        "goals/./x.toml",
        "goals/deep/x.toml",
        "goals/x.toml.",
        "goals/ x.toml",
        "goals/x\u202elmot.toml",
        "goals/x.py",
        "run.exe",
        "forms/a/b.md",
        "forms/x-media/../y.md",
        "../pack.toml",
        "x" * 300,
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    refused(lambda: read_files(odd_zip(tmp_path, (entry(name), GOAL.encode()))))
    assert read_files(odd_zip(tmp_path, (entry("goals/x.toml"), GOAL.encode())))


def test_a_name_that_is_cut_at_a_zero_byte_is_refused(tmp_path: Path) -> None:
    path = odd_zip(tmp_path, (entry("goals/x.tomlQ.exe"), GOAL.encode()))
    path.write_bytes(path.read_bytes().replace(b"x.tomlQ.exe", b"x.toml\x00.exe"))
    refused(lambda: read_files(path))


@pytest.mark.parametrize("mode", [stat.S_IFLNK | 0o777, stat.S_IFIFO | 0o600, stat.S_IFCHR | 0o600])
def test_a_link_or_a_device_in_an_archive_is_refused(tmp_path: Path, mode: int) -> None:
    refused(lambda: read_files(odd_zip(tmp_path, (entry("goals/x.toml", mode), b"/etc/passwd"))))


def test_a_link_in_a_folder_is_refused_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "pack" / "goals").mkdir(parents=True)
    (tmp_path / "pack" / "pack.toml").write_text(MANIFEST)
    (tmp_path / "elsewhere.toml").write_text(GOAL)
    assert read_files(tmp_path / "pack")
    (tmp_path / "pack" / "goals" / "x.toml").symlink_to(tmp_path / "elsewhere.toml")
    refused(lambda: read_files(tmp_path / "pack"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
def test_a_pipe_in_a_folder_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    (tmp_path / "pack" / "goals").mkdir(parents=True)
    (tmp_path / "pack" / "pack.toml").write_text(MANIFEST)
    os.mkfifo(tmp_path / "pack" / "goals" / "x.toml")
    refused(lambda: read_files(tmp_path / "pack"))
    refused(lambda: read_files(tmp_path / "pack" / "goals" / "x.toml"))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["goals/x.toml", "goals/X.toml", "GOALS/x.toml"])
def test_two_files_of_one_name_are_refused(tmp_path: Path, name: str) -> None:
    first = (entry("goals/x.toml"), GOAL.encode())
    assert read_files(odd_zip(tmp_path, first))
    refused(lambda: read_files(odd_zip(tmp_path, first, (entry(name), GUIDE.encode()))))


def test_two_manifests_are_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = odd_zip(tmp_path, (entry("pack.toml"), MANIFEST.encode()))
    refused(lambda: read_files(path))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = odd_zip(tmp_path, *((entry(f"forms/{number}.csv"), bytes(19_000_000)) for number in range(4)))
    assert bomb.stat().st_size < 200_000
    refused(lambda: read_files(bomb))


def test_a_bomb_that_says_it_is_small_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_FILE", 100_000)
    honest = odd_zip(tmp_path, (entry("forms/x.csv"), bytes(10_000_000))).read_bytes()
    lying = honest.replace(struct.pack("<I", 10_000_000), struct.pack("<I", 50))
    assert lying != honest
    (tmp_path / "lying.zip").write_bytes(lying)
    refused(lambda: read_files(tmp_path / "lying.zip"))


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    many = [(entry(f"goals/g{number}.toml"), b"") for number in range(limits.MOST_FILES + 100)]
    refused(lambda: read_files(odd_zip(tmp_path, *many)))
    folder = tmp_path / "folder" / "goals"
    folder.mkdir(parents=True)
    for number in range(limits.MOST_FILES + 1):
        (folder / f"g{number}.toml").touch()
    refused(lambda: read_files(folder.parent))


def test_an_archive_or_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = in_zip(tmp_path, without_form())
    assert read_files(path)
    monkeypatch.setattr(limits, "LARGEST_PACK", path.stat().st_size - 1)
    refused(lambda: read_files(path))


def test_a_locked_archive_is_refused(tmp_path: Path) -> None:
    path = odd_zip(tmp_path, (entry("goals/x.toml"), GOAL.encode()))
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    refused(lambda: read_files(path))


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive at all", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_pack_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    refused(lambda: read_files(tmp_path / "x.zip"))


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    refused(lambda: read_files(tmp_path / "nothing.zip"))
    refused(lambda: read_files(tmp_path))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_an_archive_that_was_damaged_anywhere_is_read_as_it_was_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    files = without_form()
    whole = bytearray(zipped(files))
    for _time in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    del whole[data.draw(st.integers(len(whole) // 2, len(whole))) :]
    (tmp_path / "x.zip").write_bytes(whole)
    try:
        found = read_files(tmp_path / "x.zip")
    except PackRefused:
        return
    # A name may have changed; what is in a file is guarded by its checksum.
    assert set(found.values()) <= set(files.values())


# ---------------------------------------------------------------- the signature


def test_what_was_changed_after_it_was_signed_is_refused() -> None:
    files = signed(without_form())
    assert check_files(files, TODAY).key
    for name in files:
        if name != SIGNATURE:
            changed = {**files, name: files[name] + b"\n"}
            assert "changed" in refused(partial(check_files, changed, TODAY)).sentence
    added = {**files, "README.md": b"more"}
    refused(lambda: check_files(added, TODAY))
    fewer = {name: each for name, each in files.items() if not name.startswith("kits/")}
    refused(lambda: check_files(fewer, TODAY))


def test_a_signature_of_another_key_is_refused() -> None:
    files, other = signed(without_form()), signed(without_form(), OTHER_SEED)
    key = other[SIGNATURE].partition(b"\n")[0]
    mixed = key + b"\n" + files[SIGNATURE].partition(b"\n")[2]
    refused(lambda: check_files({**files, SIGNATURE: mixed}, TODAY))
    assert check_files(files, TODAY).key != check_files(other, TODAY).key


@pytest.mark.parametrize(
    "signature",
    [
        b"",
        b'key = "00"',
        b'key = "zz"\nsignature = "zz"',
        b"key = 1\nsignature = 2",
        b'key = ""\nsignature = ""',
        b"\xff",
    ],
)
def test_a_signature_that_is_none_is_refused(signature: bytes) -> None:
    refused(lambda: check_files({**without_form(), SIGNATURE: signature}, TODAY))


def test_a_signed_pack_says_who_gives_it() -> None:
    nameless = without_form({"pack.toml": of_version("1").replace('giver.name = "Heron House"', "")})
    assert check_files(nameless, TODAY).key == b""
    refused(lambda: check_files(signed(nameless), TODAY))


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    "broken",
    [
        "format = 1 =",
        'a = "\xff"'.encode("latin-1").decode("latin-1") + "\x00",
        "a = " + "[" * 5_000,
        "a = " + "{a = " * 500 + "1" + "}" * 500,
        ".".join("a" * 3_000) + " = 1",
        "[" + ".".join("a" * 40) + "]",
        "x" * 5_000 + " = 1",
        "\n" * 400_000,
        "[goal]\nid = 1",
        "goal = [1, 2]",
        "[[goal]]\nid = 3",
        GOAL.replace('domain = "basic-needs"', 'domain = "nowhere"'),
        GOAL.replace("reviewed = 2026-01-23", "reviewed = 2027-01-23"),
        GOAL.replace("reviewed = 2026-01-23", "reviewed = 2026-01-23T10:00:00"),
        GOAL.replace('id = "heron-bus"', 'id = "../heron"'),
        GOAL.replace('id = "heron-bus"', 'id = "Heron"'),
        GOAL + GOAL,
        GOAL + 'sources = ["nobody-read-this"]\n',
        GOAL + "sources = [1]\n",
        GOAL + "sources = 5\n",
    ],
)
def test_words_that_are_not_written_as_they_should_be_are_refused(broken: str) -> None:
    assert check_files(without_form(), TODAY).id
    refused(lambda: check_files(without_form({"goals/bus.toml": broken}), TODAY))


@pytest.mark.parametrize(
    "text",
    [
        "<b>Ask</b> at the desk",
        "<script>x</script>",
        "< img src=x>",
        "＜b＞ wide",
        "[Ask](https://elsewhere.example)",
        "Go to javascript:alert(1)",
        "file:///etc/passwd",
        "&lt;b&gt;",
        "turned \u202e round",
        "un\u200bseen",
        "soft\u00adhyphen",
        "a bell \x07",
        "\ue000 private",
        "very long " * 300,
    ],
)
def test_a_text_that_is_more_than_words_is_refused(text: str) -> None:
    escaped = "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text)
    plain = GOAL.replace("Ask at the desk for a bus card.", "Ask, if (and only if) 2 < 3, at #desk & door.")
    assert plain != GOAL
    assert check_files(without_form({"goals/bus.toml": plain}), TODAY).id
    hidden = GOAL.replace("Ask at the desk for a bus card.", escaped)
    assert hidden != GOAL
    refused(lambda: check_files(without_form({"goals/bus.toml": hidden}), TODAY))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("format = 1", "format = 2"),
        ("format = 1", ""),
        ('version = "1.2"', "version = 1.2"),
        ('version = "1.2"', 'version = "1.2b"'),
        ('version = "1.2"', 'version = "-1"'),
        ('version = "1.2"', 'version = "1..2"'),
        ('id = "heron-house"', 'id = "heron/house"'),
        ('id = "heron-house"', ""),
        ('jurisdiction = "us"', 'jurisdiction = "the moon"'),
        ("reviewed = 2026-01-23", "reviewed = 2027-01-01"),
        ("reviewed = 2026-01-23", 'reviewed = "2026-01-23"'),
        ('languages = ["en", "es"]', "languages = []"),
        ('name.en = "Heron House"', 'name.en = "Heron\\nHouse"'),
        ('name.en = "Heron House"', f'name.en = "{"x" * 61}"'),
        ('name.en = "Heron House"', 'name.en = "<b>Heron</b>"'),
        ('giver.name = "Heron House"', 'giver.name = "Planner"'),
        ('giver.name = "Heron House"', 'giver.name = "Heron\\nHouse"'),
        ('giver.name = "Heron House"', "giver.built_in = true"),
        ('version = "1.2"', 'version = "1.2"\nreplaces = "crisis-988"'),
    ],
)
def test_a_manifest_that_breaks_a_rule_is_refused(old: str, new: str) -> None:
    manifest = of_version("1.2")
    assert old in manifest
    refused(lambda: check_files(without_form({"pack.toml": manifest.replace(old, new)}), TODAY))


def test_an_empty_pack_is_refused() -> None:
    refused(lambda: check_files({"pack.toml": of_version("1").encode()}, TODAY))


@pytest.mark.parametrize(
    "rows",
    [
        SOURCES.replace("id,", "name,"),
        SOURCES + SOURCES.splitlines()[1] + "\n",
        SOURCES.replace("https://heron.example/rules", "javascript:alert(1)"),
        SOURCES.replace("https://heron.example/rules", "http://[broken"),
        SOURCES.replace("House rules", "<b>House</b>"),
        SOURCES.replace("2026-01-20", "2027-01-20"),
        SOURCES.replace("heron-rules,rules", "heron-rules"),
        SOURCES.replace("House rules", "x" * 200_000),
        SOURCES.replace("heron-rules", "fcc-text-911"),
    ],
)
def test_sources_that_break_a_rule_are_refused(rows: str) -> None:
    refused(lambda: check_files(without_form({"sources.csv": rows}), TODAY))


# ---------------------------------------------------------------- what is built in


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("directory/heron.toml", SERVICE.replace("heron-desk", "crisis-988")),
        ("directory/heron.toml", SERVICE.replace("heron-desk", "call-211")),
        ("kits/first-doctor.toml", KIT),
        ("kits/heron-county.toml", f'id = "court"\n{KIT}'),
    ],
)
def test_nothing_takes_the_place_of_what_is_built_in(name: str, words: str) -> None:
    assert "take the place" in refused(lambda: check_files(without_form({name: words}), TODAY)).sentence


def test_a_form_does_not_take_the_place_of_one_that_is_built_in() -> None:
    hidden = made({"forms/arriving.md": FORM.replace("| arriving |", "| first-steps |")})
    assert "take the place" in refused(lambda: check_files(hidden, TODAY)).sentence


@pytest.mark.parametrize(
    "words",
    [
        SERVICE.replace("[[service]]", "[[line]]").replace("[[service.number]]", "[[line.number]]"),
        SERVICE + '[[known]]\nid = "crisis-988"\nneeds = []\n',
        SERVICE + '[[note]]\nid = "ask-first"\nen = "x"\nes = "x"\n',
        SERVICE.replace("reviewed", 'hides = ["crisis-988"]\nreviewed', 1),
        SERVICE.replace('sources = ["heron-rules", "town-list"]', 'sources = ["heron-rules"]'),
        SERVICE.replace('sources = ["heron-rules", "town-list"]', ""),
    ],
)
def test_a_directory_only_adds_services_and_each_number_rests_on_two_pages(words: str) -> None:
    assert check_files(without_form({"directory/heron.toml": SERVICE}), TODAY).id
    refused(lambda: check_files(without_form({"directory/heron.toml": words}), TODAY))


@pytest.mark.parametrize(
    "text",
    [
        "You can call the Crisis Text Line at 555-0199 now.",
        "The CRISIS  text line: see heron.example/help",
        "National Domestic Violence Hotline, 1-800-555-0100",
    ],
)
def test_the_name_of_a_help_line_stands_with_no_other_number(text: str) -> None:
    for fine in (
        "The Crisis Text Line is 741741.",
        "Poison Help: 1-800-222-1222.",
        "988, or the Crisis Text Line (741741).",
    ):
        assert check_files(without_form({"goals/bus.toml": GOAL.replace("Ask at the desk", f"{fine} Ask")}), TODAY).id
    changed = GOAL.replace("Ask at the desk", f"{text} Ask at the desk")
    assert "help line" in refused(lambda: check_files(without_form({"goals/bus.toml": changed}), TODAY)).sentence


def test_a_service_is_not_called_like_a_help_line_with_another_number() -> None:
    for title in ("Emergency", "emergency!", "988", "988, crisis line"):
        words = SERVICE.replace('"Heron House desk"', f'"{title}"')
        refused(partial(check_files, without_form({"directory/heron.toml": words}), TODAY))


def test_a_help_line_is_not_changed_in_the_words_of_a_form() -> None:
    form = FORM.replace("Our desk is at 555-0142.", "Call the Crisis Text Line at 555-0199.")
    assert "help line" in refused(lambda: check_files(made({"forms/arriving.md": form}), TODAY)).sentence


def test_doors_lead_only_to_what_is_there() -> None:
    for door in ('page = "settings"', 'form = "nowhere"', 'guide = "nowhere"', 'kit = "../x"', 'goal = "x"'):
        words = GUIDE.replace('form = "arriving"', door)
        refused(partial(check_files, without_form({"guides/heron-first-week.toml": words}), TODAY))
    for door in ('page = "help"', 'kit = "court"', 'goal = "heron-bus"', 'form = "first-steps"'):
        words = GUIDE.replace('form = "arriving"', door)
        assert check_files(without_form({"guides/heron-first-week.toml": words}), TODAY).id


@pytest.mark.parametrize("icon", ["../../secret", "nowhere", "", "Home"])
def test_an_icon_is_one_of_ours(icon: str) -> None:
    words = GUIDE.partition("[[door]]")[0].replace('icon = "home"', f'icon = "{icon}"')
    refused(lambda: check_files(without_form({"guides/heron-first-week.toml": words}), TODAY))
