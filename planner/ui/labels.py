"""The labels by which notebooks are told apart before anyone opens one; everybody can read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.words import N_, _

if TYPE_CHECKING:
    from pathlib import Path

    from planner.store.folders import StoreFolder

MOST_LETTERS = 40

TELLING = N_(
    "secret hidden private real true fake other safe safety shelter refuge lawyer attorney court police judge visa "
    "escape leave leaving help danger abuse violence client clients counseling therapy"
)
"""Words that may tell something on a lock screen, apart by blanks; each language has its own."""


def labelled(stores: Sequence[StoreFolder]) -> list[StoreFolder]:
    """The notebooks with a label each, in the order of the labels; one without gets a number that is free."""
    taken = [each.label for each in stores]
    named = []
    for each in stores:
        label = each.label or _first_free(taken)
        taken.append(label)
        named.append(replace(each, label=label))
    return sorted(named, key=lambda each: (each.label.casefold(), each.folder.name))


def _first_free(taken: Sequence[str]) -> str:
    labels = (_("Notebook {n}").format(n=number) for number in range(1, len(taken) + 2))
    return next(each for each in labels if not is_taken(each, taken))


def new_label(taken: Sequence[str]) -> str:
    """A neutral label for one more notebook, which no other one has."""
    labels = (_("Notebook {n}").format(n=number) for number in range(len(taken) + 1, 2 * len(taken) + 3))
    return next(each for each in labels if not is_taken(each, taken))


def clean_label(text: str) -> str:
    """A label on one line, no longer than the lock screen has room for."""
    return " ".join(text.split())[:MOST_LETTERS].strip()


def is_taken(label: str, taken: Sequence[str]) -> bool:
    """Whether another notebook is called like that."""
    return label.casefold() in {each.casefold() for each in taken}


def tells(label: str) -> bool:
    """Whether a label has a word that may tell something to whoever sees the lock screen."""
    words = {word.strip(".,:;!?()\"'").casefold() for word in label.split()}
    return bool(words & set(_(TELLING).casefold().split()))


def labels_in(data_dir: Path, without: str = "") -> list[str]:
    """The labels of all notebooks of a folder, but for the one in the folder called ``without``."""
    from planner.store.folders import find_stores

    return [each.label for each in labelled(find_stores(data_dir)) if each.folder.name != without]


def write_labels(data_dir: Path) -> None:
    """Write down the labels of notebooks that had none, so that no later one takes theirs. Raises MachineTrouble."""
    from planner.store.folders import find_stores
    from planner.store.local import Local

    kept = local = Local.read(data_dir)
    for each in labelled(find_stores(data_dir)):
        local = local.with_label(each.folder.name, each.label)
    if local != kept:
        local.write(data_dir)
