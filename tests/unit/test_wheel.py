"""The wheel: one packed file; the program finds everything in it, whoever looks at the files finds nothing."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from planner.packed import HEAD, Packed
from tests.telling import TELLING, telling_files, telling_in, telling_in_bytes

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"


def run(*command: str | Path, cwd: Path = ROOT, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE", "PYTHON"))}
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=kept | more, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    result = run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", out, ROOT)
    assert result.returncode == 0, result.stderr
    (built,) = out.glob("planner-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as an installation leaves it: unpacked, with compiled code beside it."""
    folder = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(folder)
    assert compileall.compile_dir(folder, quiet=1)
    return folder


@pytest.fixture(scope="module")
def packed(installed: Path) -> Packed:
    return Packed(installed / "planner" / "_packed.dat")


@pytest.fixture(scope="module")
def unpacked(packed: Packed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    for name in packed.names():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(packed.read(name))
    return folder


def ask(installed: Path, code: str) -> str:
    """What the installed program answers; nothing of the checkout is on its path before it."""
    begin = f"import sys; sys.path.insert(0, {str(installed)!r})\n"
    check = f"import planner; assert planner.__file__.startswith({str(installed)!r}), planner.__file__\n"
    result = run(sys.executable, "-P", "-c", begin + check + code, cwd=installed, QT_QPA_PLATFORM="offscreen")
    assert result.returncode == 0, result.stderr
    return result.stdout


# ---------------------------------------------------------------- what is in it


def test_the_wheel_is_one_packed_file_and_what_reads_it(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    beside = {"planner/__init__.py", "planner/__main__.py", "planner/packed.py"}
    assert names == {*beside, "planner/_packed.dat"}


def test_every_module_and_resource_is_packed(packed: Packed) -> None:
    inside = set(packed.names())
    resources = {path.relative_to(RESOURCES).as_posix() for path in RESOURCES.rglob("*") if path.is_file()}
    assert {f"planner/_resources/{name}" for name in resources if not name.split("/")[-1].startswith(".")} <= inside
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "planner").rglob("*.py")}
    assert modules - inside == {"planner/__init__.py", "planner/__main__.py", "planner/packed.py"}
    assert {f"{name}c" for name in modules & inside} <= inside
    assert "planner/_resources/compiled/locale/es/planner.mo" in inside
    for form in (RESOURCES / "forms").glob("*.md"):
        assert f"planner/_resources/compiled/forms/{form.stem}.xml" in inside
    assert packed.read("planner/_resources/icons/lock.svg") == (RESOURCES / "icons" / "lock.svg").read_bytes()


def test_the_wheel_carries_licence_and_way_in(wheel: Path) -> None:
    inside = zipfile.ZipFile(wheel)
    (licence,) = [name for name in inside.namelist() if name.endswith("licenses/LICENSE")]
    assert inside.read(licence) == (ROOT / "LICENSE").read_bytes()
    (entry,) = [name for name in inside.namelist() if name.endswith("entry_points.txt")]
    assert inside.read(entry).decode().split("\n")[1] == "planner = planner.__main__:main"


# ---------------------------------------------------------------- what can be read of it


def test_no_installed_file_tells_what_it_is_for(installed: Path) -> None:
    """The licence is the same in thousands of programs: the one word in it tells nothing."""
    found = dict(telling_files(installed))
    assert {name for name in found if not name.endswith("licenses/LICENSE")} == set()
    assert list((installed / "planner" / "__pycache__").glob("packed.*.pyc"))


def test_the_same_look_finds_much_in_what_is_packed(unpacked: Path) -> None:
    found = dict(telling_files(unpacked))
    assert len(found) > 100
    for part in ("_resources/guides/subpoena.toml", "_resources/forms/my-safety.md", "_resources/compiled/locale"):
        assert any(f"planner/{part}" in name for name in found)
    assert any(name.endswith(".pyc") for name in found), "English sentences stand in compiled code"


def test_no_name_of_a_form_guide_or_module_can_be_read(installed: Path, packed: Packed) -> None:
    data = (installed / "planner" / "_packed.dat").read_bytes()
    stems = {Path(name).stem.encode() for name in packed.names() if len(Path(name).stem) > 7}
    assert len(stems) > 300
    assert [stem for stem in stems if stem in data] == []
    assert any(stem in b"\0".join(name.encode() for name in packed.names()) for stem in stems)


@pytest.mark.parametrize("word", TELLING)
def test_each_telling_word_would_be_noticed(word: str, tmp_path: Path) -> None:
    assert telling_in(f"my_{word}")
    assert telling_in(f"What {word.upper()} means")
    for code in ("utf-8", "utf-16-le"):
        assert telling_in_bytes(b"\x00\x01" + word.encode(code))
    (tmp_path / "a.txt").write_text(f"x {word}")
    assert len(list(telling_files(tmp_path))) == 1


# ---------------------------------------------------------------- it runs


def test_every_module_of_an_installed_program_can_be_loaded(installed: Path, packed: Packed) -> None:
    names = [name[:-3].replace("/", ".").removesuffix(".__init__") for name in packed.names() if name.endswith(".py")]
    code = (
        "import sys\nfrom importlib import import_module\n"
        f"for name in {sorted(names)!r}: import_module(name)\n"
        "ours = [each for name, each in sys.modules.items() if name.startswith('planner.')]\n"
        f"print(len(ours), {{type(each.__spec__.loader).__name__ for each in ours}})"
    )
    count, kinds = ask(installed, code).split(" ", 1)
    assert int(count) >= len(names)
    assert kinds.strip() in {
        "{'ModulesInside', 'SourceFileLoader'}",
        "{'SourceFileLoader', 'ModulesInside'}",
    }


FINDS = """
import json
from importlib.resources import files
from planner import words
from planner.resources import resource
from planner.forms import Form
from planner.packs.forms import shipped_forms
from planner.packs.guarded import built_in
from planner.packs.moment import load_moment
from planner.keys.passphrase import word_list
from planner.exchange.paper import spare_key_pdf
found = {}
for language in ("en", "es"):
    words.use_language(language)
    found[language] = words._("Passphrase")
found["kinds"] = {kind: len(ids) for kind, ids in built_in().ids.items()}
opened = [Form.load(resource("compiled", "forms", f"{each.id}.xml")) for each in shipped_forms()]
found["prepared"] = all(form._make_graph is not None for form in opened)
found["tables"] = len(list(resource("forms").glob("*.md")))
found["paper"] = spare_key_pdf("7KQ2M-ABCDE").startswith(b"%PDF")
found["moment"] = len(load_moment().exercises)
found["words"] = len(word_list("en"))
found["icons"] = len(list(resource("icons").iterdir()))
found["theme"] = resource("theme").is_dir() and not resource("theme").is_file()
found["missing"] = resource("icons", "none.svg").exists()
found["sql"] = len(files("planner.store").joinpath("schema.sql").read_text("utf-8"))
try:
    resource("sources.csv").open("w")
except OSError as refused:
    found["written"] = type(refused).__name__
print(json.dumps(found))
"""


def test_the_child_that_reads_files_is_found_in_an_installed_program(installed: Path, tmp_path: Path) -> None:
    handed_over = tmp_path / "every_kind.md"
    handed_over.write_bytes((ROOT / "planner" / "tour" / "every_kind.md").read_bytes())
    assert (
        ask(installed, f"from planner.forms import Form; print(type(Form.load({str(handed_over)!r})).__name__)")
        == "Form\n"
    )


def test_every_resource_is_found_in_an_installed_program(installed: Path) -> None:
    import json

    from planner.packs.guarded import built_in

    found = json.loads(ask(installed, FINDS))
    assert (found["en"], found["es"]) == ("Passphrase", "Frase de acceso")
    assert found["kinds"] == {kind: len(ids) for kind, ids in built_in().ids.items()}
    assert found["prepared"]
    assert found["paper"]
    assert found["tables"] == len(list((RESOURCES / "forms").glob("*.md")))
    assert found["icons"] == len(list((RESOURCES / "icons").iterdir()))
    assert min(found["moment"], found["words"], found["sql"]) > 1
    assert found["theme"]
    assert not found["missing"]
    assert found["written"] == "OSError"


def test_an_installed_program_runs_and_tells_nothing_in_its_help(installed: Path) -> None:
    result = run(sys.executable, "-P", "-m", "planner", "--help", cwd=installed, PYTHONPATH=str(installed))
    assert result.returncode == 0, result.stderr
    assert "private notebook" in result.stdout
    assert telling_in(result.stdout + result.stderr) == []


def test_another_python_reads_the_text_instead(installed: Path, tmp_path: Path) -> None:
    """What another Python compiled is not run; the text is, and that is slower and the same."""
    import zlib

    data = (installed / "planner" / "_packed.dat").read_bytes()
    length = int.from_bytes(data[:HEAD], "big")
    first, rest = zlib.decompress(data[HEAD : HEAD + length]).split(b"\n", 1)
    index = zlib.compress(b"00" * (len(first) // 2) + b"\n" + rest)
    folder = tmp_path / "planner"
    folder.mkdir()
    for name in ("__init__.py", "__main__.py", "packed.py"):
        (folder / name).write_bytes((installed / "planner" / name).read_bytes())
    (folder / "_packed.dat").write_bytes(len(index).to_bytes(HEAD, "big") + index + data[HEAD + length :])
    assert ask(tmp_path, "from planner import packed, words; print(packed._ours().of_this_python)") == "False\n"


def test_a_damaged_file_is_told_as_trouble_of_the_disk(installed: Path, tmp_path: Path) -> None:
    data = (installed / "planner" / "_packed.dat").read_bytes()
    (tmp_path / "whole").write_bytes(data)
    assert len(list(Packed(tmp_path / "whole").names())) > 500
    (tmp_path / "damaged").write_bytes(data[:HEAD] + bytes(100) + data[HEAD + 100 :])
    with pytest.raises(OSError, match=r"\[Errno 5\]"):
        Packed(tmp_path / "damaged")
