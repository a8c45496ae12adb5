"""What ``planner pack check`` says of a pack: what and whose it is, every number and link in it, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from pathlib import Path

from planner.keys.givers import six_words
from planner.packs.check import Pack, read_pack
from planner.packs.compare import PART, News, compare
from planner.packs.guarded import built_in
from planner.packs.pack import FORMS
from planner.packs.refused import PackRefused
from planner.words import _, language, n_


class PackStatus(IntEnum):
    """The exit status: clean, a form in it has problems, refused."""

    CLEAN = 0
    PROBLEMS = 1
    REFUSED = 2


@dataclass(frozen=True, slots=True)
class PackReport:
    """What was found: a pack, or why it is refused."""

    path: Path
    pack: Pack | None = None
    refused: PackRefused | None = None

    @property
    def status(self) -> PackStatus:
        """Where this pack stands."""
        if self.pack is None:
            return PackStatus.REFUSED
        return PackStatus.PROBLEMS if any(form.problems for form in self.pack.forms) else PackStatus.CLEAN


def check_packs(paths: Iterable[Path], today: date) -> list[PackReport]:
    """Read and check each pack."""
    found = []
    for path in paths:
        try:
            found.append(PackReport(path, read_pack(path, today)))
        except PackRefused as refused:
            found.append(PackReport(path, refused=refused))
    return found


def exit_status(reports: Iterable[PackReport]) -> int:
    """The worst of all."""
    return int(max((each.status for each in reports), default=PackStatus.CLEAN))


def lines(reports: Iterable[PackReport]) -> list[str]:
    """The reports as lines of text that a terminal shows and does not follow."""
    out: list[str] = []
    for report in reports:
        if report.refused is not None:
            out.append(f"{report.path}: {report.refused.sentence}")
            out += (f"  {each}" for each in (report.refused.where, report.refused.detail) if each)
        elif report.pack is not None:
            out.append(f"{report.path}:")
            out += (f"  {each}" for each in _of_pack(report.pack))
    return [_plain(each) for each in out]


def whose(key: bytes, giver: str) -> str:
    """Who gives a pack, with the six words; or that nobody signed it."""
    if not key:
        return _("Without a giver: it is not signed, and nobody can tell whose it is.")
    spoken = language()
    return _("Signed by {giver}. Six words: {words}").format(giver=giver, words=" ".join(six_words(key, spoken)))


def _of_pack(pack: Pack) -> Iterator[str]:
    manifest = pack.manifest
    yield _("{name}, version {v}").format(name=manifest.name.get(language()), v=manifest.version)
    yield whose(pack.key, manifest.giver)
    news = compare(pack.items, (), built_in(), language())
    told = [each for each in news if each.kind != PART]
    parts = [each for each in news if each.kind == PART and each.item.kind not in {"pack", "sources"}]
    yield n_("{n} part", "{n} parts", len(parts)).format(n=len(parts))
    yield from (f"  {each.item.kind}: {each.what}" for each in parts)
    yield n_("{n} number or link", "{n} numbers and links", len(told)).format(n=len(told))
    yield from (f"  {_told(each)}" for each in told)
    for form in pack.forms:
        for each in form.problems:
            place = " ".join(part for part in (each.sheet, str(each.row) if each.row else "") if part)
            yield " · ".join(part for part in (f"{FORMS}: {form.id}", place, each.what, each.instead) if part)


def _told(news: News) -> str:
    return f"{news.what} ({news.item.kind}: {news.item.id})"


def _plain(line: str) -> str:
    return "".join(each if each.isprintable() else "\ufffd" for each in line.replace("\n", " "))
