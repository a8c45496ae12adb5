"""What ``planner form check`` reports: the problems of each file, row by row."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from planner.forms.form import Form
from planner.forms.trouble import FormUnreadable, Problem
from planner.words import _


class Status(IntEnum):
    """The exit status: clean, opened with problems, could not be opened."""

    CLEAN = 0
    PROBLEMS = 1
    UNREADABLE = 2


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in one file. ``sentence`` is empty when the form could be opened."""

    path: Path
    title: str
    problems: tuple[Problem, ...]
    sentence: str = ""

    @property
    def status(self) -> Status:
        """Where this file stands."""
        if self.sentence:
            return Status.UNREADABLE
        return Status.PROBLEMS if self.problems else Status.CLEAN


def check_file(path: Path) -> Report:
    """Open one form and tell what will not work as written."""
    try:
        form = Form.load(path)
        form.start().pages()
    except FormUnreadable as trouble:
        return Report(path, "", trouble.problems, trouble.sentence)
    return Report(path, form.title, form.problems)


def check_files(paths: Iterable[Path]) -> list[Report]:
    """Open each form and tell what will not work as written."""
    return [check_file(path) for path in paths]


def exit_status(reports: Iterable[Report]) -> int:
    """The worst of all."""
    return int(max((each.status for each in reports), default=Status.CLEAN))


def lines(reports: Iterable[Report]) -> list[str]:
    """The report as lines of text: the file, then for each problem its sheet, row, what, and what happens instead."""
    out: list[str] = []
    for report in reports:
        if report.status is Status.CLEAN:
            out.append(_("{file}: nothing to report.").format(file=report.path))
            continue
        out.append(f"{report.path}: {report.sentence}".rstrip(": "))
        for each in report.problems:
            place = " ".join(part for part in (each.sheet, str(each.row) if each.row else "") if part)
            out.append("  " + " · ".join(part for part in (place, each.what, each.instead) if part))
    return [_plain(each) for each in out]


def _plain(line: str) -> str:
    """A line that a terminal shows and does not follow: a form may hold letters that steer it, or turn words around."""
    shown = line.replace("\n", " ")
    return "".join(
        each if each in _JOINING or unicodedata.category(each) not in _STEERING else "\ufffd" for each in shown
    )


_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINING = "\u200c\u200d"
