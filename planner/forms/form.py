"""A form: read once, filled in as often as wanted."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from planner.forms.definition import Definition, read_definition
from planner.forms.engine import Engine
from planner.forms.entity_report import entity_problems
from planner.forms.external import attach, missing_media
from planner.forms.filling import Filling, Resumed
from planner.forms.graph import Graph, build_graph
from planner.forms.pages import OutlineSection
from planner.forms.prepared import PREPARED, take_up
from planner.forms.reading import FormFile, read_form_data, read_form_file
from planner.forms.safe_xml import xml_bytes
from planner.forms.schema import Words
from planner.forms.submission import begins_anew, lay_last_saved, read_answers
from planner.forms.trouble import FillingUnreadable, FormUnreadable, Problem
from planner.forms.type_report import in_order, type_problems
from planner.forms.versions import Crossing
from planner.forms.ways import read_state
from planner.forms.wording import FormSurroundings, Wording, find_language
from planner.resources import resource
from planner.words import _, language

Now = Callable[[], datetime] | datetime | None


def _clock(now: Now) -> Callable[[], datetime]:
    if now is None:
        return lambda: datetime.now().astimezone()
    if isinstance(now, datetime):
        fixed = now if now.tzinfo else now.astimezone()
        return lambda: fixed
    return now


def digest_of(xform: bytes, files: Mapping[str, bytes]) -> str:
    """What tells a form, with the files beside it, from every other; hexadecimal."""
    digest = hashlib.blake2b(xform, digest_size=32)
    for name in sorted(files):
        digest.update(f"\0{name}\0{len(files[name])}\0".encode() + files[name])
    return digest.hexdigest()


def digest_anew(form: Form) -> str:
    """The digest of a form as it is written here; those that were kept before were kept as somebody had written them.

    By it the two are known as the same.
    """
    from planner.forms.anew import written_anew

    try:
        return digest_of(written_anew(form.xform), form.files)
    except FormUnreadable:
        return form.digest


class Form:
    """A form that can be filled in. ``problems`` says what in it will not work as written."""

    def __init__(
        self,
        definition: Definition,
        problems: tuple[Problem, ...] = (),
        make_graph: Callable[[Definition], Graph] | None = None,
        files: Mapping[str, bytes] | None = None,
    ) -> None:
        """``make_graph`` gives the graph of a form that was prepared, when it is first needed."""
        self.definition = definition
        self.files: Mapping[str, bytes] = files or {}
        """What stands beside the form, by plain file name: lists, pictures."""
        self.xform = b""
        """The XForm as it was read."""
        self._make_graph = make_graph
        self._read_problems = (*problems, *attach(definition, self.files))
        if make_graph is None:
            self.graph = build_graph(definition)

    @cached_property
    def graph(self) -> Graph:
        """What hangs on what."""
        assert self._make_graph is not None
        return self._make_graph(self.definition)

    @classmethod
    def load(cls, path: str | Path) -> Form:
        """Open an XForm (.xml) or an XLSForm (.md, .xlsx, .xls, .csv).

        Raises:
            FormUnreadable: the file is no form, is damaged, too large or hostile.
        """
        path = Path(path) if isinstance(path, str) else path
        if path.suffix == ".xml" and path.parent == resource("compiled", "forms"):
            with suppress(OSError):
                return cls.from_xml(path.read_bytes(), path.with_suffix(PREPARED).read_bytes())
        return cls.from_made(read_form_file(path))

    @classmethod
    def from_xml(cls, xform: bytes, prepared: bytes = b"", files: Mapping[str, bytes] | None = None) -> Form:
        """Open an XForm already in memory; ``prepared`` is what :func:`prepare` once gave for it.

        Only what this program prepared itself may be given: it is not looked at as a stranger's file would be.
        ``files`` are the contents of what stands beside the form, by plain file name.

        Raises:
            FormUnreadable: it is no XForm, or a hostile one.
        """
        taken = take_up(xform, prepared) if prepared else None
        if taken is None:
            return cls.from_made(FormFile(xform, files=files or {}))
        form = cls(taken[0], (), taken[1], files)
        form.xform = xform
        return form

    @classmethod
    def from_data(
        cls,
        name: str,
        data: bytes,
        media: Mapping[str, bytes] | None = None,
        around: Mapping[str, bytes] | None = None,
    ) -> Form:
        """Open an XForm or XLSForm already in memory; ``name`` is that of its file.

        ``media`` are its own files, ``around`` what else lies there, of which it takes what it names.

        Raises:
            FormUnreadable: it is no form, or is damaged, too large or hostile.
        """
        return cls.from_made(read_form_data(name, data, media or {}, around or {}))

    @classmethod
    def from_made(cls, file: FormFile) -> Form:
        """Open what was made of a file.

        Raises:
            FormUnreadable: it is no XForm, or a hostile one.
        """
        try:
            definition = read_definition(file.xform)
            definition.rows = file.rows
            form = cls(definition, file.problems, files=file.files)
        except RecursionError as trouble:
            raise FormUnreadable(_("This form is nested too deeply to be opened.")) from trouble
        form.xform = file.xform
        return form

    @cached_property
    def digest(self) -> str:
        """What tells this form, with the files beside it, from every other and from every other version of it."""
        return digest_of(self.xform, self.files)

    @property
    def id(self) -> str:
        """The form's own id."""
        return self.definition.form_id

    @property
    def title(self) -> str:
        """The form's title."""
        return self.definition.title

    @property
    def version(self) -> str:
        """The form's version, empty when it has none."""
        return self.definition.version

    @property
    def languages(self) -> tuple[str, ...]:
        """The names of its languages, such as ``Español (es)``; empty when it is not translated."""
        return self.definition.languages

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What will not work as written: from reading the file, from its expressions, from its question types."""
        assert self.graph is not None
        self._compile_all()
        missing = missing_media(self.definition, self.files)
        told = (*type_problems(self.definition), *entity_problems(self.definition))
        return in_order((*self._read_problems, *self.definition.problems, *told, *missing))

    def _compile_all(self) -> None:
        for node in self.definition.nodes.values():
            bind = node.bind
            for source in (bind.constraint, bind.required, bind.readonly):
                if source.strip():
                    self.definition.compile(source, node)
            if node.control is not None and node.control.itemset:
                self.definition.compile(node.control.itemset, node)
            if node.control is not None:
                for words in (node.control.label, node.control.hint):
                    for source in self._put_into(words):
                        self.definition.compile(source, node)
        for action in self.definition.set_values:
            if action.expression:
                self.definition.compile(action.expression, action.node)

    def _put_into(self, words: Words | None) -> list[str]:
        if words is None:
            return []
        parts = [expression for _text, expression in words.parts if expression]
        return parts + (self.definition.outputs(words.text_id) if words.text_id else [])

    # ------------------------------------------------------------ fillings

    def start(self, now: Now = None, language_code: str = "", *, last_saved: bytes = b"") -> Filling:
        """Begin a filling, in a language given by code, else in the program's, else in the form's own.

        ``last_saved`` are the answers to this form that were saved last, for ``instance('__last-saved')``.
        """
        filling = self._filling(copy.deepcopy(self.definition.document[0]), now, language_code, last_saved=last_saved)
        filling.engine.begin()
        filling.engine.settle()
        return filling

    def resume(self, xml: bytes | str, now: Now = None, language_code: str = "", *, last_saved: bytes = b"") -> Filling:
        """Go on with answers kept as XML. What the form no longer asks is left out and told in ``resumed``.

        Raises:
            FillingUnreadable: the answers are damaged or of another form.
        """
        filling, crossing = self._resumed(xml_bytes(xml), now, language_code, last_saved)
        filling.engine.go_on(crossing.fresh if crossing else None)
        filling.engine.settle()
        return filling

    def again(self, xml: bytes, now: Now = None, language_code: str = "") -> Filling:
        """Answer again later: a new filling that begins with earlier answers, so that its entities keep their ids.

        What those answers leave out begins with its default, and so does what the form marks to begin anew.

        Raises:
            FillingUnreadable: the answers are damaged or of another form.
        """
        filling, crossing = self._resumed(xml, now, language_code, xml, again=True)
        assert crossing is not None
        filling.engine.begin_again(lambda live: begins_anew(live.node) or crossing.fresh(live))
        filling.engine.settle()
        return filling

    def resume_state(
        self, state: bytes, now: Now = None, *, last_saved: bytes = b"", other: bool = False, loads: bool = True
    ) -> Filling:
        """Go on with what :meth:`Filling.state` kept: answers, ways, page and language.

        ``other``: it was kept under another form of this id, even where the version has the same number. ``loads``:
        whether this is a loading for the form's actions; taking something back is none.

        Raises:
            FillingUnreadable: the state is damaged or of another form.
        """
        try:
            kept = read_state(state)
            xml = str(kept["xml"]).encode()
            if kept["form"] != self.id or not isinstance(kept.get("ways", {}), dict):
                raise FillingUnreadable
            differs = kept["digest"] != self.digest if "digest" in kept else None
            filling, crossing = self._resumed(
                xml, now, str(kept.get("language", "")), last_saved, other=True if other else differs
            )
            filling.take_ways(kept)
        except (ValueError, KeyError, TypeError, AttributeError) as trouble:
            raise FillingUnreadable from trouble
        if loads:
            filling.engine.go_on(crossing.fresh if crossing else None)
        filling.engine.settle()
        return filling

    def outline(self, filling: Filling) -> list[OutlineSection]:
        """The sections of a filling."""
        return filling.outline()

    def _resumed(
        self,
        xml: bytes,
        now: Now,
        language_code: str,
        last_saved: bytes,
        *,
        again: bool = False,
        other: bool | None = None,
    ) -> tuple[Filling, Crossing | None]:
        data, version, crossing = read_answers(self.definition, xml, again=again, other=other)
        resumed = Resumed(version)
        if crossing is not None and (other or version != self.version):
            resumed = Resumed(version, crossing.new, crossing.gone, crossing.moved)
        return self._filling(data, now, language_code, resumed, last_saved), crossing

    def _filling(
        self, data: Any, now: Now, language_code: str, resumed: Resumed | None = None, last_saved: bytes = b""
    ) -> Filling:
        clock = _clock(now)
        around = FormSurroundings(clock)
        engine = Engine(self.definition, self.graph, data, around, clock)
        lay_last_saved(engine.document, self.definition, last_saved)
        wanted = language_code or language()
        spoken = find_language(self.languages, wanted) or self.definition.default_language
        around.wording = Wording(engine, spoken)
        filling = Filling(self, engine, around.wording, resumed)
        filling.last_saved = last_saved
        return filling
