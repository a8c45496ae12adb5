"""A form as it is put before somebody on paper: every question there may be, without answers.

On paper nothing is worked out. Questions that are asked only of some are all there, marked ``conditional``; where an
answer would stand inside a question there is a gap; of choices that hang on another answer all are offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from planner.forms.definition import Definition, Parts, item_text_id
from planner.forms.form import Form
from planner.forms.kinds import Kind, kind_of
from planner.forms.schema import Control, Words
from planner.forms.xpath.convert import child_text

GAP = "______"
"""Stands where a form would put an earlier answer."""

MOST_CHOICES = 60
"""Beyond, there is a line to write on instead of choices."""

_YES = frozenset({"yes", "true", "true()", "1"})
# As pyxform writes an itemset: the items of an instance, perhaps only some of them, perhaps in another order.
_ITEMS = re.compile(r"\s*(?:randomize\(\s*)?instance\(\s*['\"]([^'\"]+)['\"]\s*\)((?:/[\w.\-]+)+)")
_DRAWN = frozenset({"draw", "signature", "annotate"})
_SAID = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """A question. ``kind`` is the name of its kind (:mod:`planner.forms.kinds`); ``drawn``: by hand, not taken."""

    kind: str
    label: str
    hint: str = ""
    why: str = ""
    choices: tuple[str, ...] = ()
    sensitive: bool = False
    conditional: bool = False
    many_lines: bool = False
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """Questions under one title. ``section`` is a ref; ``again``: there may be more than one of what it asks about."""

    section: str
    section_title: str
    title: str
    again: bool
    questions: tuple[PaperQuestion, ...]


def blank_blocks(form: Form, language: str) -> list[PaperBlock]:
    """The whole form in one of its languages, given by its name in the form; groups without questions are left out."""
    return list(_Laying(form, language).blocks())


@dataclass(frozen=True, slots=True)
class _Marks:
    """What holds for everything in a group."""

    sensitive: bool = False
    conditional: bool = False

    def within(self, control: Control) -> _Marks:
        asked_of_some = control.node is not None and bool(control.node.bind.relevant.strip())
        return _Marks(self.sensitive or _is_sensitive(control), self.conditional or asked_of_some)


class _Laying:
    def __init__(self, form: Form, language: str) -> None:
        self._definition: Definition = form.definition
        self._languages = dict.fromkeys((language, self._definition.default_language))

    def blocks(self) -> Iterator[PaperBlock]:
        loose: list[PaperQuestion] = []
        for control in self._definition.body.children:
            if control.kind in {"group", "repeat"}:
                if loose:
                    yield PaperBlock("", "", "", again=False, questions=tuple(loose))
                    loose = []
                yield from self._section(control)
            else:
                loose.extend(self._question(control, _Marks()))
        if loose:
            yield PaperBlock("", "", "", again=False, questions=tuple(loose))

    def _section(self, section: Control) -> Iterator[PaperBlock]:
        ref = section.node.path if section.node else ""
        title = self._words(section.label)
        marks = _Marks(sensitive=_is_sensitive(section))
        for named, again, questions in self._inside(section, "", marks):
            yield PaperBlock(ref, title, "" if named == title else named, again, tuple(questions))

    def _inside(self, control: Control, title: str, marks: _Marks) -> Iterator[tuple[str, bool, list[PaperQuestion]]]:
        """The questions below a group as they follow one another: a title, whether there may be more, the questions."""
        stretches: list[tuple[str, bool, list[PaperQuestion]]] = []
        run: list[PaperQuestion] = []
        for child in control.children:
            if child.kind in {"group", "repeat"}:
                if run:
                    stretches.append((title, False, run))
                    run = []
                # The label of a repeat stands on the group around it (specification, "Repeats").
                name = self._words(child.label) or title
                stretches.extend(self._inside(child, name, marks.within(child)))
            else:
                run.extend(self._question(child, marks))
        if run:
            stretches.append((title, False, run))
        if stretches and control.kind == "repeat" and not control.fixed:
            last = stretches[-1]
            stretches[-1] = (last[0], True, last[2])
        yield from stretches

    def _question(self, control: Control, marks: _Marks) -> Iterator[PaperQuestion]:
        node = control.node
        if node is None or node.bind.calculate or control.is_head:
            return
        kind = _kind(control)
        label = self._words(control.label)
        if not kind.shown or (kind.name == "note" and not _SAID.search(label.replace(GAP, ""))):
            return
        marks = marks.within(control)
        yield PaperQuestion(
            kind.name,
            label,
            self._words(control.hint),
            self._words(control.hint, "guidance"),
            self._choices(control, kind),
            marks.sensitive,
            marks.conditional,
            "multiline" in control.appearance,
            kind.name == "image" and not _DRAWN.isdisjoint(control.appearance),
        )

    # ---------------------------------------------------------------- words

    def _words(self, words: Words | None, form: str = "") -> str:
        if words is None:
            return ""
        if words.text_id:
            return self._text(words.text_id, form)
        if form:
            return ""
        return GAP if words.expression else _joined(words.parts)

    def _text(self, text_id: str, form: str = "") -> str:
        for language in self._languages:
            found = _joined(self._definition.words_of(text_id, language, form) or ())
            if found and found != "-":
                return found
        return ""

    # ---------------------------------------------------------------- choices

    def _choices(self, control: Control, kind: Kind) -> tuple[str, ...]:
        if kind.name not in {"select_one", "select_multiple", "rank"}:
            return ()
        if control.itemset:
            labels = [self._label(control, item) for item in self._items(control.itemset)]
        else:
            labels = [self._words(item.label) or item.value for item in control.items]
        labels = list(dict.fromkeys(filter(None, labels)))
        return tuple(labels) if len(labels) <= MOST_CHOICES else ()

    def _items(self, itemset: str) -> list[Any]:
        match = _ITEMS.match(itemset)
        if match is None:
            return []
        found = [each for each in self._definition.document[1] if each.get("id") == match[1]]
        for part in match[2].strip("/").split("/"):
            found = [child for each in found for child in each if child.tag == part]
        return found

    def _label(self, control: Control, item: Any) -> str:
        text_id = item_text_id(control.item_label)
        if text_id:
            label = self._text(child_text(item, text_id) or "")
        else:
            label = (child_text(item, control.item_label) or "").strip()
        return label or (child_text(item, control.item_value) or "").strip()


def _kind(control: Control) -> Kind:
    assert control.node is not None
    bind = control.node.bind
    note = bind.readonly.strip() == "true()" and bind.type == "string"
    return kind_of(control.kind, bind.type, control.settings.get("mediatype", ""), note=note)


def _joined(parts: Parts) -> str:
    return "".join(text or GAP for text, _expression in parts).strip()


def _is_sensitive(control: Control) -> bool:
    return control.node is not None and control.node.bind.marks.get("sensitive", "").strip().lower() in _YES
