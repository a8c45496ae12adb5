"""Everything that is looked at before a pack from outside may come in, and what is in it when all is well.

A pack adds; it takes the place of nothing that is built in, and never of a help line. Whoever reads it here gets either
all of it or one sentence that says why not.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from html import unescape
from pathlib import Path
from re import compile as pattern
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from planner.keys.givers import is_signed_by
from planner.packs.built_in import sources
from planner.packs.goal_ideas import GoalIdea, read_goal_ideas
from planner.packs.guarded import BuiltIn, Item, built_in, item_of, raw_items, takes_a_name
from planner.packs.guides import Guide, read_guide
from planner.packs.items import Door, DoorKind
from planner.packs.kits import Kit, read_kit
from planner.packs.manifest import ID, PLACE, Manifest, read_pack_manifest, spoken, to_come
from planner.packs.pack import (
    FOLDERS,
    FORMS,
    LARGEST_TEXT,
    LARGEST_WORDS,
    MANIFEST,
    SOURCES,
    Files,
    digest_of,
    parse_toml,
    read_files,
    read_signature,
)
from planner.packs.paper_kinds import PaperKind, read_paper_kinds
from planner.packs.refused import PackRefused, broken
from planner.packs.said import LINK, Said, is_plain, link_value, said_in
from planner.packs.services import NationalService, read_services
from planner.packs.sources import Source, read_sources
from planner.packs.texts import PackProblem
from planner.packs.time_limits import LimitTemplate, read_time_limits
from planner.resources import resource
from planner.words import _

if TYPE_CHECKING:
    from planner.forms import Form

MOST_ITEMS = 600
MOST_SOURCES = 600
LONGEST_CELL = 500
PAGES = frozenset(
    {"calendar", "check-ins", "clocks", "directory", "forms", "help", "library", "moment", "papers", "people", "plan",
     "safety", "today"}
)  # fmt: skip
"""The pages to which a door of a pack may lead."""

_KINDS = {DoorKind.FORM: FORMS, DoorKind.KIT: "kits", DoorKind.GUIDE: "guides", DoorKind.GOAL: "goals"}
_IN_DIRECTORY = {"jurisdiction", "reviewed", "service"}
_TEXT_NODE = pattern(r">([^<>]+)<")
_SPOKEN = pattern(r"""\b(?:jr:constraintMsg|jr:requiredMsg|constraintMsg|requiredMsg)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LITERAL = pattern(r"'([^']{3,400})'|&quot;([^&]{3,400})&quot;")


@dataclass(frozen=True, slots=True)
class PackContent:
    """What of a pack is read and taken over, each item with its ``giver``; its forms are kept apart."""

    goal_ideas: tuple[GoalIdea, ...] = ()
    guides: tuple[Guide, ...] = ()
    kits: tuple[Kit, ...] = ()
    services: tuple[NationalService, ...] = ()
    time_limits: tuple[LimitTemplate, ...] = ()
    paper_kinds: tuple[PaperKind, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)

    def ids(self) -> dict[str, frozenset[str]]:
        """The ids in it, by folder."""
        found: dict[str, tuple[Any, ...]] = {
            "goals": self.goal_ideas,
            "guides": self.guides,
            "kits": self.kits,
            "directory": self.services,
            "clocks": self.time_limits,
            "papers": self.paper_kinds,
        }
        return {kind: frozenset(each.id for each in items) for kind, items in found.items()}


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was read and keeps every rule. ``digest`` is hexadecimal; ``key``: the giver's public half, or empty.

    ``items`` are all its parts as they are compared, forms among them.
    """

    manifest: Manifest
    files: Files
    digest: str
    key: bytes
    content: PackContent
    items: tuple[Item, ...]
    forms: tuple[Form, ...]

    @property
    def id(self) -> str:
        """The id that the pack gives itself."""
        return self.manifest.id


def read_pack(path: Path, today: date) -> Pack:
    """Read and check a pack on a disk; may take seconds where it holds tables that become forms.

    Raises:
        PackRefused: it cannot be opened, or breaks a rule.
    """
    return check_files(read_files(path), today)


OpenForm = Callable[[str, Mapping[str, bytes], Mapping[str, bytes]], "Form"]
"""Opens the form in a file of a pack; with it come its own files, and what lies around."""


def check_files(files: Files, today: date, open_form: OpenForm | None = None) -> Pack:
    """Check a pack that is in memory. ``open_form`` opens its forms in another way than at once, and here.

    Raises:
        PackRefused: it breaks a rule.
    """
    manifest = read_pack_manifest(parse_toml(files, MANIFEST), today)
    key = signed_by(files)
    if key and not manifest.giver:
        raise PackRefused(_("This pack is signed, but does not say by whom."), MANIFEST)
    there = built_in()
    content = read_content(files, manifest, today, manifest.giver, there)
    items = list(items_of(files, manifest))
    forms = tuple(_forms(files, manifest, there, open_form or _opener(files)))
    _check_doors(content, forms, there)
    items += [form_item(form) for form in forms]
    if len(items) == 1:
        raise PackRefused(_("There is nothing in this pack."))
    for each in items:
        wrong = takes_a_name(each, there)
        if wrong is not None:
            raise PackRefused(
                _("This pack names a help line that is here already, with another number or page."),
                each.id,
                f"{each.id}: {wrong.shown}",
            )
    return Pack(manifest, dict(files), digest_of(files).hex(), key, content, tuple(items), forms)


def signed_by(files: Files) -> bytes:
    """The public half of the key by which a pack is signed; empty where it is not signed.

    Raises:
        PackRefused: the signature does not fit what is in it.
    """
    signed = read_signature(files)
    if signed is None:
        return b""
    if not is_signed_by(*signed, digest_of(files)):
        raise PackRefused(_("Somebody changed this pack after it was signed, so it was not opened."))
    return signed[0]


# ---------------------------------------------------------------- what is read and taken over


def read_kept(files: Files, giver: str) -> tuple[Manifest, PackContent]:
    """What of a pack that came in once is read and taken over, under the name by which its giver is known here.

    The clock of this computer may have been wrong meanwhile, and the program may have been given something of the same
    id since: whoever puts it beside what is built in leaves such a thing out.

    Raises:
        PackRefused: a file breaks a rule.
    """
    manifest = read_pack_manifest(parse_toml(files, MANIFEST), date.max)
    return manifest, _content(files, manifest, date.max, giver, sources())


def read_content(files: Files, manifest: Manifest, today: date, giver: str, there: BuiltIn) -> PackContent:
    """What of a pack is read and taken over, under the name of its giver.

    Raises:
        PackRefused: a file breaks a rule, or has an id that is built in.
    """
    found = _content(files, manifest, today, giver, there.sources)
    _check_ids(found, there)
    return found


def _content(files: Files, manifest: Manifest, today: date, giver: str, ours: Mapping[str, Source]) -> PackContent:
    if sum(len(each) for name, each in files.items() if not name.startswith(f"{FORMS}/")) > LARGEST_WORDS:
        raise PackRefused(_("This pack is larger than a pack can be, so it was not opened."))
    known = {**ours, **_own_sources(files, today, ours)}
    found = PackContent(sources=known)
    for name, raw in _raw_files(files, manifest):
        kind = name.partition("/")[0]
        try:
            _check_raw(raw, known, today)
            found = _read(found, kind, Path(name).stem, raw, giver)
        except (PackProblem, ValueError, TypeError, AttributeError, KeyError) as problem:
            raise broken(name, str(problem)[:200]) from None
    return found


def _read(found: PackContent, kind: str, stem: str, raw: Mapping[str, Any], giver: str) -> PackContent:
    sources = found.sources
    if kind == "goals":
        return replace(found, goal_ideas=(*found.goal_ideas, *read_goal_ideas(raw, sources, giver)))
    if kind == "guides":
        return replace(found, guides=(*found.guides, read_guide(raw, sources, stem, giver)))
    if kind == "kits":
        return replace(found, kits=(*found.kits, read_kit(raw, sources, stem, giver)))
    if kind == "clocks":
        return replace(found, time_limits=(*found.time_limits, *read_time_limits(raw, sources, giver)))
    if kind == "papers":
        return replace(found, paper_kinds=(*found.paper_kinds, *read_paper_kinds(raw, sources, giver)))
    if unknown := set(raw) - _IN_DIRECTORY:
        raise PackProblem(f"a pack only adds services, and has no {min(unknown)!r}")
    services = read_services(raw, sources, (), giver)
    written = sum(len(each["number"]) for each in raw.get("service", []))
    if sum(len(each.line.numbers) for each in services) != written:
        raise PackProblem("a number rests on fewer than two publishers")
    return replace(found, services=(*found.services, *services))


def _raw_files(files: Files, manifest: Manifest) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind in FOLDERS:
        for name in sorted(each for each in files if each.startswith(f"{kind}/")) if kind != FORMS else ():
            yield name, spoken(parse_toml(files, name), manifest.languages)


def _check_raw(raw: Any, sources: Mapping[str, Source], today: date) -> None:
    """What holds wherever it stands: pages that were read, days that have come, icons that there are."""
    if isinstance(raw, list):
        for each in raw:
            _check_raw(each, sources, today)
    if not isinstance(raw, Mapping):
        return
    for key, value in raw.items():
        if key == "sources":
            unknown = [each for each in value if each not in sources]
            if unknown:
                raise PackProblem(f"no row in {SOURCES}: {str(unknown[0])[:60]!r}")
        elif key == "reviewed" and type(value) is date and to_come(value, today):
            raise PackProblem("'reviewed' must be a day that has come already")
        elif key == "jurisdiction" and not PLACE.fullmatch(str(value).lower()):
            raise PackProblem("'jurisdiction' cannot be used")
        elif key == "icon" and not (ID.fullmatch(str(value)) and resource("icons", f"{value}.svg").is_file()):
            raise PackProblem("there is no such icon")
        _check_raw(value, sources, today)


def _own_sources(files: Files, today: date, ours: Mapping[str, Source]) -> dict[str, Source]:
    if SOURCES not in files:
        return {}
    try:
        found = _rows(files[SOURCES])
        for each in found.values():
            _check_source(each, today, ours)
    except (PackProblem, ValueError, TypeError, csv.Error) as problem:
        raise broken(SOURCES, str(problem)[:200]) from None
    return found


def _rows(content: bytes) -> dict[str, Source]:
    if len(content) > LARGEST_TEXT or content.count(b"\n") > MOST_SOURCES:
        raise PackProblem("too large")
    return read_sources(content.decode("utf-8-sig").splitlines())


def _check_source(source: Source, today: date, ours: Mapping[str, Source]) -> None:
    if not ID.fullmatch(source.id) or urlsplit(source.address).scheme not in {"http", "https"}:
        raise PackProblem(f"{source.id[:60]!r}: the id or the address cannot be used")
    for each in (source.supports, source.title, source.address):
        if len(each) > LONGEST_CELL or not is_plain(each):
            raise PackProblem(f"{source.id}: a cell is too long, or is more than plain words")
    if to_come(source.read_date, today) or to_come(source.page_date or today, today):
        raise PackProblem(f"{source.id}: a day that has not come yet")
    if ours.get(source.id, source) != source:
        raise PackProblem(f"{source.id}: there is another source of this id already")


def _check_ids(content: PackContent, there: BuiltIn) -> None:
    kinds: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("goals", content.goal_ideas),
        ("guides", content.guides),
        ("kits", content.kits),
        ("directory", content.services),
        ("clocks", content.time_limits),
        ("papers", content.paper_kinds),
    )
    if sum(len(items) for _kind, items in kinds) > MOST_ITEMS:
        raise PackRefused(_("This pack is larger than a pack can be, so it was not opened."))
    for kind, items in kinds:
        seen: set[str] = set()
        for each in items:
            if not ID.fullmatch(each.id) or each.id in seen:
                raise broken(kind, f"{each.id[:60]!r}: an id that cannot be used, or is doubled")
            if there.has(kind, each.id):
                raise in_the_place(each.id)
            seen.add(each.id)


def in_the_place(item_id: str) -> PackRefused:
    """Something in a pack is called inside like something that is built in."""
    return PackRefused(_("This pack would take the place of something that comes with the program."), item_id, item_id)


def _check_doors(content: PackContent, forms: tuple[Form, ...], there: BuiltIn) -> None:
    ids = {kind: each | there.ids.get(kind, frozenset()) for kind, each in content.ids().items()}
    ids[FORMS] = there.ids[FORMS] | {form.id for form in forms}
    doors: list[Door] = []
    for item in (*content.guides, *content.kits, *content.time_limits):
        doors += getattr(item, "doors", ())
    for idea in content.goal_ideas:
        doors += (Door(DoorKind.KIT, each.kit) for each in idea.appointments if each.kit)
    for door in doors:
        if door.id not in (PAGES if door.kind is DoorKind.PAGE else ids[_KINDS[door.kind]]):
            raise PackRefused(_("Something in this pack leads to a page that is not there."), door.id, door.id)


# ---------------------------------------------------------------- what is compared


def items_of(files: Files, manifest: Manifest) -> Iterator[Item]:
    """Everything in a pack but its forms, as it is compared.

    Raises:
        PackRefused: a text is more than words.
    """
    yield _item(MANIFEST, "pack", manifest.id, {"name": manifest.name.by_language, "about": manifest.about.by_language})
    for name, raw in _raw_files(files, manifest):
        kind = name.partition("/")[0]
        for item_id, each in raw_items(kind, Path(name).stem, raw):
            yield _item(name, kind, item_id, each)
    if SOURCES in files:
        for source in _rows(files[SOURCES]).values():
            link = Said(LINK, link_value(source.address), source.address, source.title)
            item = item_of("sources", source.id, {"title": {"": source.title}, "supports": source.supports})
            yield replace(item, said=(link, *item.said))


def _item(name: str, kind: str, item_id: str, raw: Mapping[str, Any]) -> Item:
    try:
        return item_of(kind, item_id, raw)
    except PackProblem as problem:
        raise PackRefused(
            _("A text in this pack holds more than words, or is far too long."), name, str(problem)[:200]
        ) from None


# ---------------------------------------------------------------- forms


def _opener(files: Files) -> OpenForm:
    from planner.forms import Form

    return lambda name, media, around: Form.from_data(Path(name).name, files[name], media, around)


def _forms(files: Files, manifest: Manifest, there: BuiltIn, open_form: OpenForm) -> Iterator[Form]:
    from planner.forms import FormUnreadable

    seen: set[str] = set()
    around = {name.removeprefix(f"{FORMS}/"): each for name, each in files.items() if name.startswith(f"{FORMS}/")}
    for name in manifest.forms:
        if name not in files:
            raise broken(MANIFEST, f"there is no file {name[:80]!r}")
        try:
            form = open_form(name, _media(files, name), around)
            form.start().pages()
        except FormUnreadable as trouble:
            where = "; ".join(f"{each.sheet} {each.row}: {each.what}" for each in trouble.problems[:3])
            raise PackRefused(_("A form in this pack cannot be opened."), name, where or trouble.sentence) from None
        if there.has(FORMS, form.id):
            raise in_the_place(form.id)
        if form.id in seen:
            raise PackRefused(_("This pack holds two forms of one name inside."), name, form.id)
        seen.add(form.id)
        yield form


def _media(files: Files, form: str) -> dict[str, bytes]:
    """The files in the folder of a form's media."""
    media = f"{form.rpartition('.')[0]}-media/"
    return {name.removeprefix(media): each for name, each in files.items() if name.startswith(media)}


def form_item(form: Form) -> Item:
    """A form as it is compared."""
    from planner.forms.form import digest_anew
    from planner.forms.titles import titles_of

    found: dict[Said, None] = {}
    beside = (each.decode("utf-8", "replace") for name, each in form.files.items() if name.lower().endswith("csv"))
    for text in (*_form_texts(form.xform), *beside):
        found.update(dict.fromkeys(said_in(text)))
    titles = {"": form.title.strip() or form.id, **titles_of(form.definition)}
    return Item(FORMS, form.id, titles, tuple(found), digest_anew(form))


def _form_texts(xform: bytes) -> Iterator[str]:
    """Whatever of a form may reach a screen: its words, its messages, and texts that its expressions put together."""
    whole = xform.decode("utf-8", "replace")
    for each in _TEXT_NODE.finditer(whole):
        yield unescape(each.group(1))
    for each in (*_SPOKEN.finditer(whole), *_LITERAL.finditer(whole)):
        yield unescape(each.group(1) or each.group(2) or "")
