"""The answers to a guided form as words by which they are found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.forms.styling import plain
from planner.store.beside import FILLING
from planner.store.rows import BesideRow, FillingRow

if TYPE_CHECKING:
    from planner.forms import Filling

_CHOSEN = frozenset({"select_one", "select_multiple"})


def answers_text(filling: Filling) -> str:
    """Each answer that applies, one a line, with its question and a tab before it; what was put off is not there."""
    lines = []
    for live in filling.leaves():
        kind = filling.kind(live)
        control = live.node.control
        if control is None or not live.on or not live.value.strip() or not kind.answerable or kind.media:
            continue
        said = live.value
        if kind.name in _CHOSEN:
            labels = dict(filling.wording.choices(control, live))
            said = ", ".join(labels.get(each, each) for each in said.split())
        asked = plain(filling.wording.words(control.label, live))
        lines.append("\t".join(" ".join(each.split()) for each in (asked, said)))
    return "\n".join(lines)


def beside_row(row: FillingRow, title: str, filling: Filling) -> BesideRow:
    """How a filling stands in the index; ``title`` is that of its form, in the language of the answers."""
    return BesideRow(
        person=row.person,
        kind=FILLING,
        id=row.id,
        owner=row.form,
        day=row.updated[:10],
        title=title,
        text=answers_text(filling),
    )
