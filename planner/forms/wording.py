"""The words of a form in the language in use: labels, hints, messages, choices, with answers put into them."""

from __future__ import annotations

import math
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from planner.forms.definition import Definition, Parts, item_text_id
from planner.forms.engine import Engine
from planner.forms.live import Live
from planner.forms.pages import Choice
from planner.forms.schema import Control, Words
from planner.forms.search_lists import columns_of
from planner.forms.styling import plain
from planner.forms.xpath import Surroundings
from planner.forms.xpath.convert import child_text, column_name, to_number, to_text

MEDIA_FORMS = ("image", "big-image", "audio", "video")
_CODE = re.compile(r".*\(([A-Za-z]{2,3}(?:[-_]\w+)?)\)\s*\Z")
_WHOLE_LIST = re.compile(r"\s*instance\('[^']*'\)/root/item\s*\Z")
"""An itemset that is always the same: a list may hold many thousand choices."""
MOST_TEXTS = 200
"""Texts put into one text, directly or within one another."""

_ITEXT_CALL = re.compile(r"\s*jr:itext\(\s*['\"]([^'\"]*)['\"]\s*\)\s*\Z")


def file_name(uri: str) -> str:
    """The plain name of a file that stands beside the form: ``b.jpg`` for ``jr://images/b.jpg``."""
    return uri.strip().replace("\\", "/").rsplit("/", 1)[-1]


def _choice(value: str, label: str, media: Mapping[str, str]) -> Choice:
    return Choice(
        value,
        plain(label) or value,
        image=media.get("image", ""),
        audio=media.get("audio", ""),
        video=media.get("video", ""),
    )


def _in_order(text: str) -> float:
    number = to_number(text)
    return math.inf if math.isnan(number) else number


def language_code(language: str) -> str:
    """The ISO 639 code in a language's name: ``es`` for ``Español (es)``; the name itself when it holds none."""
    match = _CODE.match(language)
    return (match[1] if match else language).lower()


def find_language(languages: tuple[str, ...], wanted: str) -> str | None:
    """The language of a form that is meant by a name or a code."""
    for each in languages:
        if wanted in {each, language_code(each)}:
            return each
    short = wanted.split("_", maxsplit=1)[0].split("-", maxsplit=1)[0].lower()
    return next((each for each in languages if language_code(each).split("-", maxsplit=1)[0] == short), None)


class FormSurroundings(Surroundings):
    """The surroundings of expressions in a filling: its clock, its language, its choices."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._items: dict[tuple[str, str], dict[str, Any]] = {}
        self._chance = 1 + secrets.randbelow(2**31 - 2)
        self.wording: Wording | None = None

    def now(self) -> datetime:
        return self._now()

    def language_code(self) -> str:
        return language_code(self.wording.language) if self.wording else "en"

    def form_version(self) -> str:
        return self.wording.form_version if self.wording else ""

    def itext(self, text_id: str) -> str:
        return self.wording.itext(text_id) if self.wording else ""

    def choice_name(self, value: str, path: str) -> str:
        return self.wording.choice_name(value, path) if self.wording else value

    def instance(self, instance_id: str) -> list[Any]:
        if self.wording is None:
            return []
        return [each for each in self.wording.instances() if each.get("id") == instance_id]

    def item(self, instance_id: str, column: str, value: str) -> Any:
        # Lists do not change while a form is filled in, and a calculation may look up many times.
        known = self._items.get((instance_id, column))
        if known is None:
            known = self._items[instance_id, column] = {}
            for instance in self.instance(instance_id):
                for item in instance.iterfind("root/item"):
                    text = child_text(item, column)
                    if text is not None:
                        known.setdefault(text, item)
        return known.get(value)

    def chance(self) -> int:
        """Choices keep their order while the form is open: they do not move under somebody's hand."""
        return self._chance


class Wording:
    """Finds and fills in words. Nested look-ups keep the place at which an outer expression stands."""

    def __init__(self, engine: Engine, language: str) -> None:
        self._engine = engine
        self._definition: Definition = engine.definition
        self.language = language
        self._depth = 0
        self._texts = 0
        self._whole_lists: dict[Control, list[Choice]] = {}

    @property
    def form_version(self) -> str:
        """The version of the form."""
        return self._definition.version

    def instances(self) -> list[Any]:
        """The secondary instances."""
        return list(self._engine.document[1])

    def words(self, words: Words | None, live: Live, form: str = "") -> str:
        """A label or hint at a node. Without a translation the form's own language stands in."""
        if words is None:
            return ""
        if words.text_id:
            return self.text(words.text_id, live, form)
        if form:
            return ""
        if words.expression:
            return self._evaluated(words.expression, live)
        return self._filled(words.parts, live)

    def text(self, text_id: str, live: Live, form: str = "") -> str:
        """A translated text with its answers put in, empty when there is none."""
        for language in (self.language, self._definition.default_language):
            parts = self._definition.words_of(text_id, language, form)
            if parts is not None:
                filled = self._filled(parts, live)
                if filled and filled != "-":
                    return filled
        return ""

    def message(self, source: str, live: Live) -> str:
        """A message of a bind: literal, or ``jr:itext('…')``."""
        match = _ITEXT_CALL.match(source)
        return self.text(match[1], live) if match else source.strip()

    def _filled(self, parts: Parts, live: Live) -> str:
        return "".join(text or self._evaluated(expression, live) for text, expression in parts).strip()

    def _evaluated(self, source: str, live: Live) -> str:
        around = self._engine.around
        kept = around.current, around.current_attribute
        try:
            expression = self._definition.compile(source, live.node) if source.strip() else None
            return "" if expression is None else to_text(self._engine.value_of(expression, live))
        finally:
            around.current, around.current_attribute = kept

    def itext(self, text_id: str) -> str:
        """For ``jr:itext`` inside expressions; a text that asks for itself stays empty, in the end."""
        if self._depth == 0:
            self._texts = 0
        self._texts += 1
        # Texts that each ask for several others multiply.
        if self._depth > 4 or self._texts > MOST_TEXTS:
            return ""
        self._depth += 1
        try:
            return self.text(text_id, self._engine.root)
        finally:
            self._depth -= 1

    def media(self, words: Words | None, live: Live) -> dict[str, str]:
        """The files that belong to a label, by what they are (specification, "Supported Media Types")."""
        return self._media(words.text_id, live) if words is not None and words.text_id else {}

    def _media(self, text_id: str, live: Live) -> dict[str, str]:
        found: dict[str, str] = {}
        known: set[str] = set()
        for language in {self.language, self._definition.default_language}:
            known.update(self._definition.texts.get(language, {}).get(text_id, ()))
        for form in filter(known.__contains__, MEDIA_FORMS):
            name = file_name(self.text(text_id, live, form))
            if name:
                found[form] = name
        return found

    def choices(self, control: Control, live: Live) -> list[tuple[str, str]]:
        """Value and label of each choice that is offered now."""
        return [(each.value, each.label) for each in self._offered(control, live)]

    def offered(self, control: Control, live: Live) -> tuple[Choice, ...]:
        """The choices that are offered now, with their pictures and sounds."""
        return tuple(self._offered(control, live))

    def _offered(self, control: Control, live: Live) -> list[Choice]:
        if not control.itemset:
            return [
                _choice(item.value, self.words(item.label, live), self.media(item.label, live))
                for item in control.items
            ]
        known = self._whole_lists.get(control)
        if known is not None:
            return known
        expression = self._definition.compile(control.itemset, live.node)
        found = self._engine.value_of(expression, live) if expression is not None else []
        rows = [each for each in found if not isinstance(each, str)] if isinstance(found, list) else []
        if control.searched >= 0:
            return self._searched(control, rows, live)
        id_name = item_text_id(control.item_label)
        choices = [made for item in rows if (made := self._choice(control, item, live, id_name)).value]
        if not id_name and _WHOLE_LIST.match(control.itemset):
            self._whole_lists[control] = choices
        return choices

    def _searched(self, control: Control, rows: list[Any], live: Live) -> list[Choice]:
        """Choices from a list among choices of the form; of two rows with one value the first is shown."""
        out: list[Choice] = []
        for place, item in enumerate(control.items):
            label = self.words(item.label, live)
            media = self.media(item.label, live)
            if place != control.searched:
                out.append(_choice(item.value, label, media))
                continue
            if rows and child_text(rows[0], "sortby") is not None:
                rows.sort(key=lambda row: _in_order(child_text(row, "sortby") or ""))
            columns = columns_of(label)
            seen: set[str] = set()
            for row in rows:
                value = (child_text(row, control.item_value) or "").strip()
                if value and value not in seen:
                    seen.add(value)
                    shown = ", ".join(filter(None, (child_text(row, each) or "" for each in columns)))
                    own = {form: file_name(child_text(row, column_name(name)) or "") for form, name in media.items()}
                    out.append(_choice(value, shown, own))
        return out

    def _choice(self, control: Control, item: Any, live: Live, id_name: str) -> Choice:
        value = (child_text(item, control.item_value) or "").strip()
        if not id_name:
            return _choice(value, (child_text(item, control.item_label) or "").strip(), {})
        text_id = child_text(item, id_name) or ""
        return _choice(value, self.text(text_id, live), self._media(text_id, live))

    def choice_name(self, value: str, path: str) -> str:
        """``jr:choice-name``: the labels of the chosen values of the question at a path, joined with commas."""
        around = self._engine.around
        kept = around.current, around.current_attribute
        try:
            node = self._named(path)
            if node is None or node.node.control is None:
                return value
            labels = dict(self.choices(node.node.control, node))
        finally:
            around.current, around.current_attribute = kept
        if value in labels:
            return labels[value]
        return ", ".join(labels.get(each, each) for each in value.split())

    def _named(self, path: str) -> Live | None:
        """The node a path in a text leads to from where the expression stands."""
        lives = self._engine.lives
        start = lives.get(self._engine.around.current, self._engine.root)
        expression = self._definition.compile(path, start.node)
        found = self._engine.value_of(expression, start) if expression is not None else []
        return lives.get(found[0]) if isinstance(found, list) and found else None
