"""The goals as a list: by time or by part of life, moved by drag and keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from planner.plan.life import DOMAIN_ICONS
from planner.plan.records import Goal, GoalState, GoalTime
from planner.session.types import GoalParts
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.said import announce
from planner.ui.pages.plan_words import STATE_WORDS, TIME_WORDS, part_words, parts_of_life, same_part
from planner.words import _, c_

HEAD = "head:"
OPEN_GROUP = "open"
MOST_DOTS = 10
"""More steps than this are said in numbers: a long row of dots tells nothing."""


def goal_line(goal: Goal, parts: GoalParts, *, detail: str, group: str, trail: str = "") -> Line:
    """One goal in the list."""
    dots = (parts.done, len(parts.steps)) if parts.steps and not trail else None
    if dots and dots[1] > MOST_DOTS:
        trail, dots = c_("steps", "{n} of {all} done").format(n=dots[0], all=dots[1]), None
    return Line(
        goal.id,
        goal.title or _("No words yet"),
        detail,
        icon=DOMAIN_ICONS[goal.domain],
        dots=dots,
        trail=trail,
        movable=True,
        group=group,
    )


def _put_down(goals: list[Goal], parts: dict[str, GoalParts]) -> list[Line]:
    """Done, resting and let go, side by side, none of them less than another."""
    resting = [goal for goal in goals if goal.state is not GoalState.OPEN]
    if not resting:
        return []
    head = Line(f"{HEAD}down", _("Done and put down"), section=True)
    return [head] + [
        goal_line(
            goal,
            parts.get(goal.id, GoalParts()),
            detail=part_words(goal),
            group="down",
            trail=_(STATE_WORDS[goal.state]),
        )
        for goal in resting
    ]


def lines_by_time(goals: list[Goal], parts: dict[str, GoalParts]) -> list[Line]:
    """Now, in the next months, later on; every head is there, so that a goal can be moved under it."""
    lines: list[Line] = []
    for time in GoalTime:
        lines.append(Line(f"{HEAD}{time.value}", _(TIME_WORDS[time]), section=True, group=OPEN_GROUP))
        lines += [
            goal_line(goal, parts.get(goal.id, GoalParts()), detail=part_words(goal), group=OPEN_GROUP)
            for goal in goals
            if goal.state is GoalState.OPEN and goal.time is time
        ]
    return lines + _put_down(goals, parts)


def lines_by_part(goals: list[Goal], parts: dict[str, GoalParts]) -> list[Line]:
    """One head for each part of life in which there is a goal."""
    lines: list[Line] = []
    for domain, words, _icon in parts_of_life():
        mine = [goal for goal in goals if goal.state is GoalState.OPEN and same_part(goal.domain, domain)]
        if mine:
            lines.append(Line(f"{HEAD}{domain.value}", words, section=True))
        for goal in mine:
            when = _(TIME_WORDS[goal.time])
            detail = _("{time}, mine alone").format(time=when) if goal.mine_alone else when
            lines.append(goal_line(goal, parts.get(goal.id, GoalParts()), detail=detail, group=domain.value))
    return lines + _put_down(goals, parts)


class GoalList(ListView):
    """A list in which a line can also be put down at a head: then it comes last in the section above that head.

    ``placed`` tells the id that moved, the head it now stands under ("" where heads are no places), and the ids of the
    movable lines of its section in their new order.
    """

    placed = Signal(str, str, list)

    def __init__(self) -> None:
        """Begins empty."""
        super().__init__(_("Goals"), movable=True)
        self.moved.connect(self._put)

    def _group_rows(self, row: int) -> list[int]:
        """Lines of the group, and its heads but the first, before which nothing can stand."""
        group = self._model.line(row).group
        rows = [place for place, line in enumerate(self._model.all()) if line.group == group]
        return rows[1:] if rows and self._model.line(rows[0]).section else rows

    def _move_by_key(self, step: int) -> None:
        row = self.currentIndex().row()
        if row < 0 or not self._model.line(row).movable:
            return
        rows = self._group_rows(row)
        place = rows.index(row) + step
        if not 0 <= place < len(rows):
            return
        moved = self._model.line(row).id
        rest = [self._model.line(at).id for at in rows if at != row]
        self.moved.emit(moved, rest[place] if place < len(rest) else "")
        self._set_current(self._model.place(moved))
        self.show_current()

    def _put(self, moved: str, before: str) -> None:
        """Work out from the line it now stands before what that means."""
        lines = self._model.all()
        group = next(line.group for line in lines if line.id == moved)
        inside = [line for line in lines if line.group == group and line.id != moved]
        at = next((place for place, line in enumerate(inside) if line.id == before), len(inside))
        heads = [line.id for line in inside[:at] if line.section]
        head = heads[-1] if heads else ""
        first = max((place for place, line in enumerate(inside[:at]) if line.section), default=-1) + 1
        last = next((place for place, line in enumerate(inside) if place >= at and line.section), len(inside))
        order = [line.id for line in inside[first:at]] + [moved] + [line.id for line in inside[at:last]]
        self.placed.emit(moved, head, order)
        words = next((line.title for line in lines if line.id == head), "")
        place = _("Now at place {n} of {all}").format(n=order.index(moved) + 1, all=len(order))
        announce(self, f"{words}: {place}" if words else place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows alone open nothing; Alt with them moves."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move_by_key(-1 if event.key() == Qt.Key.Key_Up else 1)
            return
        super().keyPressEvent(event)
