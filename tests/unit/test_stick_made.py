"""The program is put onto a stick: what lies there, what stays, and that it begins from there and keeps it there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import dev
import stick
from planner.store.local import data_folder

ROOT = Path(__file__).resolve().parents[2]
HERE = (sys.version_info.major, sys.version_info.minor)


def instead_of_pip(steps: list[Sequence[str | Path]], answer: int = 0) -> object:
    """Puts the program there as it lies in the checkout, and notes what was asked for."""

    def run(step: Sequence[str | Path]) -> int:
        steps.append(step)
        if step[-1] == ROOT:
            target = Path(step[step.index("--target") + 1])
            for name in ("planner", "resources"):
                (target / name).symlink_to(ROOT / name)
        return answer

    return run


def put(folder: Path, steps: list[Sequence[str | Path]] | None = None, answer: int = 0) -> Path:
    run = instead_of_pip(steps if steps is not None else [], answer)
    return stick.put_onto(folder, ROOT, Path(sys.executable), HERE, run)  # type: ignore[arg-type]


def test_three_things_lie_there(tmp_path: Path) -> None:
    steps: list[Sequence[str | Path]] = []
    start = put(tmp_path, steps)
    assert {each.name for each in start.parent.iterdir()} == {"start.py", "program", "PlannerData"}
    assert [step[2] for step in steps] == ["pip", "pip", "compileall"]
    assert "--require-hashes" in steps[0]


def test_notebooks_stay_when_it_is_put_there_again(tmp_path: Path) -> None:
    data = put(tmp_path).parent / "PlannerData"
    (data / "store-1").mkdir()
    (data.parent / "program" / "old").touch()
    put(tmp_path)
    assert (data / "store-1").is_dir()
    assert not (data.parent / "program" / "old").exists()


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    with pytest.raises(stick.NotPut):
        put(tmp_path / "none")
    with pytest.raises(stick.NotPut):
        put(tmp_path, answer=1)
    with pytest.raises(dev.CannotGoOn):
        dev.put_on_stick([])


def test_the_data_lies_beside_the_packages(tmp_path: Path) -> None:
    """Asked of the program itself, started by the file on the stick from somewhere else."""
    start = put(tmp_path)
    asking = start.with_name("ask.py")
    words = start.read_text("utf-8").partition("from planner.__main__")[0]
    words += "from planner.store.local import data_folder, is_portable\n"
    asking.write_text(words + "print(data_folder(), is_portable(data_folder()), sys.dont_write_bytecode)\n")
    (start.parent / "program" / "planner").unlink()
    (start.parent / "program" / "planner").mkdir()
    for each in (ROOT / "planner").iterdir():
        if each.name != "store":
            (start.parent / "program" / "planner" / each.name).symlink_to(each)
    (start.parent / "program" / "planner" / "store").mkdir()
    for name in ("__init__.py", "local.py"):
        copied = start.parent / "program" / "planner" / "store" / name
        copied.write_bytes((ROOT / "planner" / "store" / name).read_bytes())
    done = subprocess.run([sys.executable, str(asking)], cwd="/", capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(start.parent / "PlannerData"), "True", "True"]


def test_another_python_is_told(tmp_path: Path) -> None:
    start = stick.put_onto(tmp_path, ROOT, Path(sys.executable), (3, 4), instead_of_pip([]))  # type: ignore[arg-type]
    done = subprocess.run([sys.executable, str(start)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Python 3.4" in done.stderr


def test_elsewhere_nothing_changed(tmp_path: Path) -> None:
    (tmp_path / "PlannerData").mkdir()
    assert data_folder(tmp_path) == tmp_path / "PlannerData"


@pytest.mark.slow
def test_the_real_thing_opens_its_window(tmp_path: Path) -> None:
    """With all its packages; gets them from where pip gets them."""
    assert dev.put_on_stick([str(tmp_path)]) == 0
    start = tmp_path / "Planner" / "start.py"
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, str(start), "--version"], env=surroundings, text=True, check=False)
    assert done.returncode in (0, 2)
    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run([sys.executable, str(start)], env=surroundings, timeout=10, check=False)
