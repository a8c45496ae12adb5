"""What is there already: the ids, names, numbers and links of the content that travels with the program."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from planner.packs.forms import shipped_forms
from planner.packs.pack import FOLDERS, FORMS
from planner.packs.said import LINK, NUMBER, Said, is_plain, link_value, number_value, plain_name, said_in, texts
from planner.packs.sources import Source, load_sources
from planner.packs.texts import PackProblem
from planner.resources import resource

LISTS = {"goals": ("goal",), "directory": ("line", "service"), "clocks": ("clock",), "papers": ("paper",)}
"""Under which key a file of a folder has its items; a file of any other folder is one item."""
LONGEST_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a pack as it is compared. ``kind`` is the folder it lies in, ``title`` its name by language."""

    kind: str
    id: str
    title: Mapping[str, str]
    said: tuple[Said, ...]
    digest: str

    def called(self, language: str) -> str:
        """The title in a language, else in any, else the id."""
        return self.title.get(language) or self.title.get("en") or next(iter(self.title.values()), self.id)


def item_of(kind: str, name: str, raw: Mapping[str, Any], *, ours: bool = False) -> Item:
    """One item of parsed content; ``ours`` is looked over elsewhere and only read here.

    Raises:
        PackProblem: something in it is no plain text, or is far too long.
    """
    found: list[Said] = []
    for language, text in texts(raw):
        if not ours and (len(text) > LONGEST_TEXT or not is_plain(text)):
            raise PackProblem(f"{name}: a text is too long, or is more than plain words: {text[:40]!r}")
        found += said_in(text, language)
    title = raw.get("title", raw.get("name", {}))
    called = {code: each for code, each in title.items() if isinstance(each, str)} if isinstance(title, Mapping) else {}
    written = json.dumps(raw, sort_keys=True, default=str).encode()
    return Item(kind, name, called, tuple(found), hashlib.blake2b(written, digest_size=16).hexdigest())


def raw_items(kind: str, stem: str, raw: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The items of a parsed file with their ids.

    Raises:
        PackProblem: it has none, or something else where they should be.
    """
    if kind not in LISTS:
        name = raw.get("id", stem)
        yield (name if isinstance(name, str) else "", raw)
        return
    for key in LISTS[kind]:
        listed = raw.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(each, Mapping) for each in listed):
            raise PackProblem(f"{stem}: {key!r} must be a list of tables")
        for each in listed:
            name = each.get("id")
            yield (name if isinstance(name, str) else "", each)


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """What a pack may not touch, and what stands beside it.

    ``names``: the numbers and links of each help line and service, by its plain names. ``lines``: the same of help
    lines alone, by names of two words or more. ``said``: which items say a number or link, by its value.
    """

    sources: Mapping[str, Source]
    ids: Mapping[str, frozenset[str]]
    names: Mapping[str, frozenset[str]]
    lines: Mapping[str, frozenset[str]]
    said: Mapping[tuple[str, str], tuple[Item, ...]]
    titles: Mapping[tuple[str, str], Item]

    def has(self, kind: str, item_id: str) -> bool:
        """Whether something of this kind and id is built in."""
        return item_id in self.ids.get(kind, frozenset())


@lru_cache(maxsize=1)
def built_in() -> BuiltIn:
    """Read once; takes a tenth of a second or more."""
    ids: dict[str, set[str]] = {kind: set() for kind in FOLDERS}
    names: dict[str, set[str]] = {}
    lines: dict[str, set[str]] = {}
    said: dict[tuple[str, str], dict[tuple[str, str], Item]] = {}
    titles: dict[tuple[str, str], Item] = {}
    ids[FORMS] = {each.id for each in shipped_forms()}
    for kind in FOLDERS:
        for path in sorted(resource(kind).glob("*.toml")) if kind != FORMS else ():
            raw = tomllib.loads(path.read_text("utf-8"))
            for name, each in raw_items(kind, path.stem, raw):
                item = item_of(kind, name, each, ours=True)
                ids[kind].add(name)
                for one in item.said:
                    said.setdefault((one.kind, one.value), {})[kind, name] = item
                for title in item.title.values():
                    titles.setdefault((kind, plain_name(title)), item)
                if kind == "directory":
                    _numbers_of(item, each, names, lines, is_line=each in raw.get("line", []))
    for shipped in shipped_forms():
        item = Item(FORMS, shipped.id, dict(shipped.title.by_language), (), "")
        for title in item.title.values():
            titles.setdefault((FORMS, plain_name(title)), item)
    return BuiltIn(
        load_sources(),
        {kind: frozenset(each) for kind, each in ids.items()},
        {name: frozenset(each) for name, each in names.items()},
        {name: frozenset(each) for name, each in lines.items()},
        {value: tuple(each.values()) for value, each in said.items()},
        titles,
    )


def _numbers_of(
    item: Item, raw: Mapping[str, Any], names: dict[str, set[str]], lines: dict[str, set[str]], *, is_line: bool
) -> None:
    values = {one.value for one in item.said}
    for each in raw.get("number", []):
        values |= {number_value(str(each.get("value", ""))), link_value(str(each.get("value", "")))}
    for title in item.title.values():
        for called in {title, title.partition(",")[0]}:
            names.setdefault(plain_name(called), set()).update(values)
            if is_line and len(called.split()) > 1:
                lines.setdefault(plain_name(called), set()).update(values)


def takes_a_name(item: Item, there: BuiltIn) -> Said | None:
    """A number or link that stands beside the name of a help line which has another one; None where all is well.

    So that nobody is led elsewhere under a name that is trusted. Two help lines may stand in one sentence.
    """
    trusted = frozenset().union(*there.lines.values())
    for title in item.title.values():
        own = there.names.get(plain_name(title))
        wrong = next((one for one in item.said if own is not None and not _belongs(one, own | trusted)), None)
        if wrong is not None:
            return wrong
    for one in item.said:
        sentence = plain_name(one.sentence)
        if not _belongs(one, trusted) and any(name in sentence for name in there.lines):
            return one
    return None


def _belongs(one: Said, own: frozenset[str]) -> bool:
    if one.value in own:
        return True
    if one.kind == LINK:
        return any(one.value.startswith(f"{each}/") for each in own if "." in each)
    # "988 24 hours a day" reads as one number.
    parts = [number_value(each) for each in one.shown.split()]
    return one.kind == NUMBER and all(each in own or len(each) < 3 for each in parts)
