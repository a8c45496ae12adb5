"""Several notebooks in one folder: none opens with what belongs to another, and trying changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from planner.errors import MachineTrouble
from planner.keys import Cost, WrongPassphrase
from planner.places import DATA, KEYS
from planner.store.erasing import erase_store
from planner.store.errors import StoreDamaged
from planner.store.folders import find_stores
from planner.store.local import Local
from planner.store.notebooks import COPY, Notebook
from tests.store.test_shares import together, tried

CALM = ("!", "error", "denied", "wrong notebook", "another notebook", "other notebook")
"""What no sentence here says: neither alarm, nor that there is something else which this would open."""


@dataclass(frozen=True)
class Made:
    folder: Path
    word: str
    secrets: dict[str, str]


@dataclass(frozen=True)
class Two:
    data_dir: Path
    mine: Made
    hers: Made


@pytest.fixture
def two(tmp_path: Path) -> Two:
    data_dir = tmp_path / "data"
    return Two(
        data_dir,
        make(data_dir, "river stone lamp", "Garden", "heron"),
        make(data_dir, "seven spoons by the window", "Lists", "curlew"),
    )


def make(data_dir: Path, passphrase: str, label: str, word: str) -> Made:
    notebook = Notebook.create(data_dir, passphrase, label, Cost())
    notebook.store.set("word", word)
    spare, shares = notebook.add_spare_key(), tried()
    notebook.put_shares(shares)
    notebook.close()
    secrets = {"passphrase": passphrase, "spare key": spare, "shares": together(*shares.shares[:2])}
    return Made(notebook.folder, word, secrets)


def word_in(folder: Path, secret: str) -> str:
    notebook = Notebook.open(folder, secret)
    word = str(notebook.store.get("word"))
    notebook.close()
    return word


def files(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()}


def refused(folder: Path, secret: str) -> MachineTrouble:
    """What is said; nothing in the whole folder of notebooks is another than before."""
    before = files(folder.parent)
    with pytest.raises(MachineTrouble) as told:
        Notebook.open(folder, secret)
    assert files(folder.parent) == before
    said = f"{told.value.sentence} {told.value.what_next}"
    assert told.value.sentence.endswith(".")
    assert not [each for each in CALM if each in said.casefold()], said
    return told.value


WAYS = pytest.mark.parametrize("way", ["passphrase", "spare key", "shares"])


@WAYS
def test_each_opens_with_what_is_its_own(two: Two, way: str) -> None:
    assert word_in(two.mine.folder, two.mine.secrets[way]) == "heron"
    assert word_in(two.hers.folder, two.hers.secrets[way]) == "curlew"


@WAYS
def test_none_opens_with_what_is_anothers(two: Two, way: str) -> None:
    for mine, hers in ((two.mine, two.hers), (two.hers, two.mine)):
        assert isinstance(refused(mine.folder, hers.secrets[way]), WrongPassphrase)
        assert word_in(mine.folder, mine.secrets[way]) == mine.word


def test_what_opens_another_is_told_in_the_same_words_as_what_opens_none(two: Two) -> None:
    other, nothing = refused(two.mine.folder, two.hers.secrets["passphrase"]), refused(two.mine.folder, "no such words")
    assert (type(other), other.sentence, other.what_next) == (type(nothing), nothing.sentence, nothing.what_next)


def swap(one: Path, other: Path, *names: str) -> None:
    for name in names:
        first, second = (one / name).read_bytes(), (other / name).read_bytes()
        (one / name).write_bytes(second)
        (other / name).write_bytes(first)


@WAYS
@pytest.mark.parametrize("names", [(KEYS,), (KEYS, COPY), (DATA,)], ids=["keys", "keys and copy", "data"])
def test_files_that_changed_places_open_nothing(two: Two, names: tuple[str, ...], way: str) -> None:
    swap(two.mine.folder, two.hers.folder, *names)
    for folder in (two.mine.folder, two.hers.folder):
        for secrets in (two.mine.secrets, two.hers.secrets):
            assert isinstance(refused(folder, secrets[way]), WrongPassphrase | StoreDamaged)
    swap(two.mine.folder, two.hers.folder, *names)
    assert word_in(two.mine.folder, two.mine.secrets[way]) == "heron", "back in their places they open"
    assert word_in(two.hers.folder, two.hers.secrets[way]) == "curlew"


def test_my_passphrase_renames_and_erases_mine_alone(two: Two) -> None:
    hers = files(two.hers.folder)
    notebook = Notebook.open(two.mine.folder, two.mine.secrets["passphrase"])
    notebook.name_it("Kitchen")
    assert [each.label for each in find_stores(two.data_dir)] == ["Kitchen", "Lists"]
    notebook.change_passphrase(two.mine.secrets["passphrase"], "eleven kettles hum at noon")
    notebook.close()
    erase_store(two.mine.folder)
    assert [(each.folder, each.label) for each in find_stores(two.data_dir)] == [(two.hers.folder, "Lists")]
    assert Local.read(two.data_dir).labels == {two.hers.folder.name: "Lists"}
    assert files(two.hers.folder) == hers
    assert word_in(two.hers.folder, two.hers.secrets["passphrase"]) == "curlew"


def test_no_notebook_names_another(two: Two) -> None:
    """Not in its folder, and not in what stands inside it."""

    def told(made: Made, *words: str) -> list[str]:
        notebook = Notebook.open(made.folder, made.secrets["passphrase"])
        inside = repr(notebook.store.settings()) + repr(notebook.slots())
        notebook.close()
        raw = b"".join(files(made.folder).values())
        return [each for each in words if each in inside or each.encode() in raw]

    notebook = Notebook.open(two.mine.folder, two.mine.secrets["passphrase"])
    notebook.store.set("seen", two.hers.folder.name)
    notebook.close()
    assert told(two.mine, two.hers.folder.name, "Lists") == [two.hers.folder.name], "this would see it"
    notebook = Notebook.open(two.mine.folder, two.mine.secrets["passphrase"])
    notebook.store.unset("seen")
    notebook.close()
    for mine, hers, label in ((two.mine, two.hers, "Lists"), (two.hers, two.mine, "Garden")):
        assert told(mine, hers.folder.name, label) == []


def test_a_copy_of_one_opens_with_no_secret_of_the_other(two: Two, tmp_path: Path) -> None:
    away: Callable[[Path], Path] = lambda folder: Path(shutil.copytree(folder, tmp_path / "elsewhere" / folder.name))  # noqa: E731
    mine = away(two.mine.folder)
    assert isinstance(refused(mine, two.hers.secrets["passphrase"]), WrongPassphrase)
    assert word_in(mine, two.mine.secrets["passphrase"]) == "heron"
