from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner import words
from planner.cli import run
from planner.errors import MachineTrouble
from planner.store.notebooks import Notebook
from planner.system.relaunch import DetachedRelaunch, Relaunch

ROOT = Path(__file__).resolve().parents[3]
SECRET = "four paper boats on a river"


def no_tour(out: Path) -> int:
    raise AssertionError(f"nobody asked for pictures in {out}")


class Window:
    """Stands in for the window; notes what it was opened with and does what a test asks for meanwhile."""

    def __init__(self) -> None:
        self.opened: list[tuple[Path | None, Relaunch | None]] = []
        self.trouble: BaseException | None = None
        self.files: list[str] = []

    def __call__(self, data_dir: Path | None, relaunch: Relaunch | None = None) -> int:
        self.opened.append((data_dir, relaunch))
        if self.trouble is not None:
            raise self.trouble
        if data_dir is not None and data_dir.exists():
            self.files = sorted(each.name for each in data_dir.iterdir())
        return 0


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    yield
    words.use_language("en")


def type_in(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(line + "\n" for line in lines)))


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one notebook of made-up people; Argon2id runs once for all tests that read it."""
    folder = tmp_path_factory.mktemp("cli") / "data"
    with pytest.MonkeyPatch.context() as patch:
        type_in(patch, SECRET)
        assert run(["sample", str(folder), "--people", "3"], Window(), no_tour) == 0
    return folder


def test_nothing_typed_opens_the_window(window: Window) -> None:
    assert run([], window, no_tour) == 0
    assert window.opened == [(None, None)]


@pytest.mark.parametrize("typed", [["--data", "x"], ["--data=x"]])
def test_the_window_opens_on_a_chosen_folder(window: Window, typed: list[str]) -> None:
    assert run(typed, window, no_tour) == 0
    assert window.opened == [(Path("x"), None)]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["--colour"], "There is no option --colour."),
        (["--pass=hunter"], "There is no option --pass."),
        (["--pass=hunter two"], "Something is missing"),
        (["verify"], "Something is missing"),
        (["verify", "a", "hunter two"], "There are more words than can be followed."),
        (["tour"], "Something is missing"),
        (["form"], "Something is missing"),
        (["hunter two"], "Something is missing"),
        (["sample", "x", "--people", "many"], "Something is missing"),
        (["sample", "x", "--people", "-1"], "The number of people cannot be below zero."),
        (["--data"], "Something is missing"),
        (["verify", "/nowhere/at/all"], "There is no notebook there."),
    ],
)
def test_what_cannot_be_followed_is_said_calmly(
    window: Window, capsys: pytest.CaptureFixture[str], typed: list[str], says: str
) -> None:
    assert run(typed, window, no_tour) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert says in output.err
    assert "“planner --help” shows what can be asked for." in output.err
    assert "hunter" not in output.err
    assert "Traceback" not in output.err
    assert window.opened == []


def test_trouble_of_the_machine_is_two_sentences(window: Window, capsys: pytest.CaptureFixture[str]) -> None:
    window.trouble = MachineTrouble("The disk is full.", "Make some room.")
    assert run([], window, no_tour) == 1
    assert capsys.readouterr().err == "The disk is full. Make some room.\n"


def test_mistakes_of_ours_are_not_dressed_up(window: Window) -> None:
    window.trouble = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        run([], window, no_tour)


def test_stopping_by_key_is_quiet(window: Window, capsys: pytest.CaptureFixture[str]) -> None:
    window.trouble = KeyboardInterrupt()
    assert run([], window, no_tour) == 130
    assert capsys.readouterr().err == ""


def test_help_names_every_command(window: Window, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["--help"], window, no_tour)
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    for name in ("verify", "sample", "tour", "form", "--data", "--sample"):
        assert name in shown


# -- stores ----------------------------------------------------------------------------------------------------------
def test_a_made_up_store_is_whole(
    made_up: Path, window: Window, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(monkeypatch, SECRET, "a second line is nobody's")
    assert run(["verify", str(made_up)], window, no_tour) == 0
    assert capsys.readouterr().out == "This notebook is whole.\n"
    (store,) = made_up.glob("store-*")
    type_in(monkeypatch, SECRET)
    assert run(["verify", str(store)], window, no_tour) == 0


def test_a_made_up_store_has_the_people_asked_for(made_up: Path) -> None:
    (folder,) = made_up.glob("store-*")
    notebook = Notebook.open(folder, SECRET)
    people = notebook.store.people()
    rows = [notebook.store.rows(person.id, None) for person in people]
    notebook.close()
    assert len(people) == 3
    assert [len(each) for each in rows] == [100, 100, 100]


def test_a_wrong_passphrase_opens_nothing(
    made_up: Path, window: Window, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(monkeypatch, "hunter two")
    assert run(["verify", str(made_up)], window, no_tour) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.strip()
    assert "hunter" not in output.err


def test_a_passphrase_is_needed(made_up: Path, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch)
    assert run(["verify", str(made_up)], window, no_tour) == 2
    monkeypatch.setattr(sys, "stdin", None)
    assert run(["verify", str(made_up)], window, no_tour) == 2


def test_damage_is_reported_and_the_files_stay_as_they_are(
    made_up: Path, tmp_path: Path, window: Window, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "data"
    shutil.copytree(made_up, copy)
    (store,) = copy.glob("store-*")
    content = bytearray((store / "data").read_bytes())
    content[len(content) // 2] ^= 1
    (store / "data").write_bytes(content)
    type_in(monkeypatch, SECRET)
    assert run(["verify", str(copy)], window, no_tour) == 1
    output = capsys.readouterr()
    assert "damaged" in output.out + output.err
    assert (store / "data").read_bytes() == bytes(content)


def test_several_notebooks_are_not_guessed_among(
    made_up: Path, tmp_path: Path, window: Window, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("store-a", "store-b"):
        (tmp_path / name).mkdir()
    assert run(["verify", str(tmp_path)], window, no_tour) == 2
    assert "more than one" in capsys.readouterr().err


def test_nothing_is_made_where_something_is(tmp_path: Path, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").write_text("words")
    type_in(monkeypatch, SECRET)
    assert run(["sample", str(tmp_path)], window, no_tour) == 2
    assert run(["sample", str(tmp_path / "mine")], window, no_tour) == 2
    assert [each.name for each in tmp_path.iterdir()] == ["mine"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_at_a_terminal_a_new_passphrase_is_typed_twice_and_never_shown(
    tmp_path: Path, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = iter(["one thing", "another thing"])

    def getpass(prompt: str) -> str:
        asked.append(prompt)
        return next(answers)

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", getpass)
    assert run(["sample", str(tmp_path / "new")], window, no_tour) == 2
    assert len(asked) == 2
    assert not (tmp_path / "new").exists()


# -- the made-up notebook in a window ---------------------------------------------------------------------------------
def test_the_sample_is_gone_when_the_window_closes(
    window: Window, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert run(["--sample"], window, no_tour) == 0
    ((folder, relaunch),) = window.opened
    assert folder is not None
    assert folder.parent == tmp_path
    assert isinstance(relaunch, DetachedRelaunch)
    assert relaunch._more == ("--sample",)
    assert "made-up" in window.files
    assert re.search(r"notebook: \w+ \w+", capsys.readouterr().out)
    assert list(tmp_path.iterdir()) == []


def test_after_a_lock_the_same_sample_is_opened_and_then_removed(window: Window, tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    folder.mkdir()
    (folder / "made-up").touch()
    assert run(["--data", str(folder), "--sample"], window, no_tour) == 0
    assert window.opened[0][0] == folder
    assert not folder.exists()


def test_no_folder_of_somebodys_own_is_ever_removed(window: Window, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("words")
    assert run(["--data", str(tmp_path), "--sample"], window, no_tour) == 2
    assert (tmp_path / "mine").read_text() == "words"
    assert window.opened == []


# -- forms -----------------------------------------------------------------------------------------------------------
def test_forms_are_checked_one_by_one(tmp_path: Path, window: Window, capsys: pytest.CaptureFixture[str]) -> None:
    good = tmp_path / "good.md"
    good.write_text("| survey |\n|  | type | name | label |\n|  | text | hope | What do you hope for? |\n")
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"no workbook at all")
    assert run(["form", "check", str(good)], window, no_tour) == 0
    assert "good.md" in capsys.readouterr().out
    assert run(["form", "check", str(good), str(bad)], window, no_tour) == 2
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) >= 2
    assert "Traceback" not in shown.err


# -- the program as a whole -------------------------------------------------------------------------------------------
def test_the_language_is_that_of_the_terminal(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "es_MX.UTF-8")
    run([], window, no_tour)
    assert words.language() == "es"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    run([], window, no_tour)
    assert words.language() == "en"


def test_what_needs_no_window_loads_no_qt() -> None:
    code = (
        "import sys\n"
        "from planner.cli import run\n"
        "status = run(['verify', '/nowhere/at/all'], lambda *a: 0, lambda *a: 0)\n"
        "print(status, [m for m in sys.modules if m.startswith('PySide6')], 'pycrdt' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "2 [] False"


def test_opening_the_window_loads_no_parser_of_words() -> None:
    code = (
        "import sys\nfrom planner.cli import run\nrun(['--data', 'x'], lambda *a: 0, lambda *a: 0)\n"
        "print([m for m in ('argparse', 'getpass', 'tempfile', 'planner.sample') if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_module_runs_hardened_from_any_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "planner", "--nonsense"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "LANG": "es_ES.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "--nonsense" in done.stderr
    assert "Traceback" not in done.stderr


# ---------------------------------------------------------------- a form in a window of its own


def test_form_fill_opens_the_file_that_is_named(window: Window) -> None:
    opened: list[Path] = []

    def fill(path: Path) -> int:
        opened.append(path)
        return 0

    assert run(["form", "fill", "intake.xlsx"], window, no_tour, fill) == 0
    assert opened == [Path("intake.xlsx")]
    assert window.opened == []


def test_form_fill_tells_where_a_form_has_its_mistake(
    window: Window, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from planner.forms import Form

    path = tmp_path / "intake.md"
    path.write_text("| survey |\n| | type | name | label |\n| | text | a b | A |\n", encoding="utf-8")

    def fill(path: Path) -> int:
        Form.load(path)
        raise AssertionError("a form with a mistake was opened")

    assert run(["form", "fill", str(path)], window, no_tour, fill) == 1
    said = capsys.readouterr()
    assert "could not be opened" in said.err
    assert "survey 2" in said.err
    assert said.out == ""


def test_form_fill_needs_one_file(window: Window, capsys: pytest.CaptureFixture[str]) -> None:
    def fill(path: Path) -> int:
        raise AssertionError(path)

    assert run(["form", "fill"], window, no_tour, fill) == 2
    assert run(["form", "fill", "a.md", "b.md"], window, no_tour, fill) == 2
    assert capsys.readouterr().out == ""


def test_whoever_has_read_enough_ends_it_calmly(tmp_path: Path) -> None:
    form = tmp_path / "form.md"
    rows = "".join(f"| | deviceid | d{number} |\n" for number in range(4000))
    form.write_text(f"| survey |\n| | type | name |\n{rows}", "utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "planner", "form", "check", str(form)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1
