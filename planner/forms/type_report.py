"""What a form asks for that is done otherwise here, row by row, so that whoever brings it knows before anybody answers.

Nothing is asked of the device: not where it is, not whose it is, not its camera or microphone. Nothing is sent, played
or started. What such a question becomes instead stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.forms.definition import Definition
from planner.forms.kinds import KNOWN_TYPES, kind_of, range_of
from planner.forms.schema import Aside, Control, Node
from planner.forms.trouble import Problem
from planner.words import N_, _

_Told = tuple[str, str]
"""What, and what happens instead: messages to translate."""

_STAYS_EMPTY = N_("It stays empty on purpose.")
_NO_PLACE = (N_("{name}: the device is never asked where it is."), _STAYS_EMPTY)

_BY_KIND: dict[str, _Told] = {
    "geopoint": (N_("{name}: the device is never asked where it is."), N_("The place can be written in or left open.")),
    "geotrace": (N_("{name}: the device is never asked where it is."), N_("The place can be written in or left open.")),
    "geoshape": (N_("{name}: the device is never asked where it is."), N_("The place can be written in or left open.")),
    "audio": (N_("{name}: nothing is recorded here."), N_("A file can be chosen. It is kept, and not played.")),
    "video": (N_("{name}: nothing is recorded here."), N_("A file can be chosen. It is kept, and not played.")),
    "barcode": (N_("{name}: no camera is used."), N_("The code is typed in.")),
}
_BY_ASIDE: dict[str, _Told] = {
    "setgeopoint": _NO_PLACE,
    "recordaudio": (N_("{name}: nothing is recorded here."), _STAYS_EMPTY),
    "submission": (N_("This form would send its answers away, or lock them for others."), N_("Nothing is sent here.")),
}
_DRAWN = frozenset({"draw", "signature", "annotate"})
_MAPS = frozenset({"map", "maps", "placement-map", "image-map"})
_PRELOADED = frozenset({("uid", ""), ("timestamp", "start"), ("timestamp", "end"), ("date", "today")})


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by sheet and row; those of the whole form first."""
    sheets = ("", "settings", "survey", "choices", "entities")
    return tuple(sorted(problems, key=lambda each: (sheets.index(each.sheet) if each.sheet in sheets else 9, each.row)))


def type_problems(definition: Definition) -> list[Problem]:
    """The report on question types, metadata and actions, by the rows of the survey sheet."""
    found: list[tuple[int, int, Problem]] = []
    for order, (node, told) in enumerate(_told(definition)):
        row = definition.row_of(node) if node is not None else 0
        name = node.name if node is not None else ""
        found.append((row, order, Problem("survey", row, _(told[0]).format(name=name), _(told[1]))))
    return [each for _row, _order, each in sorted(found, key=lambda each: each[:2])]


def _told(definition: Definition) -> Iterator[tuple[Node | None, _Told]]:
    for aside in definition.asides:
        if aside.what == "submission" and definition.rows:
            # Told by the row of the setting.
            continue
        yield aside.node, _of_aside(aside)
    for node in definition.nodes.values():
        told = _of_preload(node)
        if told is not None:
            yield node, told
    for control in definition.body.walk():
        if control.kind in {"body", "group", "repeat"}:
            continue
        if control.node is None:
            yield None, (N_("A question has no place for its answer."), N_("The question is left out."))
        else:
            for told in _of_control(control, control.node):
                yield control.node, told


def _of_aside(aside: Aside) -> _Told:
    return _BY_ASIDE.get(aside.what) or (
        N_("{name} holds something that is not known here."),
        N_("It is left aside."),
    )


def _of_preload(node: Node) -> _Told | None:
    """Metadata (specification, "Preload Attributes", "Metadata"; XLSForm reference, "Metadata")."""
    bind = node.bind
    if node.path.endswith("/meta/audit"):
        return N_("{name}: how somebody goes through the form is not recorded."), _STAYS_EMPTY
    if bind.preload and (bind.preload, bind.preload_params) not in _PRELOADED:
        return N_("{name}: nothing about the device or its user is put in."), _STAYS_EMPTY
    return None


def _of_control(control: Control, node: Node) -> Iterator[_Told]:
    kind = kind_of(control.kind, node.bind.type, control.settings.get("mediatype", ""), note=False)
    if kind.name in _BY_KIND:
        yield _BY_KIND[kind.name]
    elif kind.name == "image" and not control.appearance & _DRAWN:
        yield N_("{name}: no camera is used."), N_("A picture can be chosen from a file.")
    elif kind.name in {"select_one", "select_multiple"} and control.appearance & _MAPS:
        yield N_("{name}: there is no map here."), N_("The choices are shown as a list.")
    elif kind.name == "range" and range_of(control.settings) is None:
        yield N_("{name}: the ends or the step of this range make no sense."), N_("A number is asked for.")
    elif control.kind == "input" and node.bind.type not in KNOWN_TYPES:
        yield N_("{name}: questions of this type are not known here."), N_("A plain answer is asked for.")
    asks_others = any(each.startswith(("ex:", "printer:", "bearing")) for each in control.appearance)
    if asks_others or "intent" in control.settings or node.bind.type == "intent":
        yield N_("{name}: no other program or device is asked."), N_("A plain answer is asked for.")
    if control.settings.get("autoplay"):
        yield N_("{name}: nothing plays by itself."), N_("It is kept as a file that can be handed out.")
