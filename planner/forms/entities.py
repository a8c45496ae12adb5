"""What a form would put into the plan (ODK XForms, sub-specification "Entities").

An entity is declared on the ``entities`` sheet; ``pyxform`` gives each its place in a group, a repeat or the form. Our
convention for the name of its list: the kind of record, or the kind, ``_`` and anything (``goal_see_doctor``,
``contact``), because a list may be named only once in a form. The kinds are those of the plan: goal, appointment,
contact, dependent, paper, clock, check-in, safety-line, step. ``create_if`` makes an entity conditional; one in a
group that does not apply is not made. With ``entity_id`` it means what is there already: the name that a form gave it
(``form/list``), or the id of a record.

How properties become fields of records (the session does it):

- the entity's label: ``title`` of a goal or appointment, ``name`` of a contact or dependent;
- goal: ``why``, ``domain``, ``time``, ``mine_alone``; ``step_1`` … (with ``step_1_when``, ``step_1_with``),
  ``barrier_1`` (``barrier_1_way``), ``helper_1`` (``helper_1_how``), each a record of its own under the goal;
- appointment: ``starts``, ``minutes``, ``place``, ``way_there``, ``who_comes``, ``child_care``, ``interpreter``,
  ``note``, ``domain``, ``repeat``, ``remind_minutes``; ``bring_1`` … and ``ask_1`` … become lists;
- contact: ``role``, ``organisation``, ``phone`` or ``phone_1`` … (``phone_1_label``), ``email``, ``languages``,
  ``call``, ``message``, ``text`` (yes, no, unknown), ``call_when``, ``message_note``, ``text_note``, ``our_word``,
  ``knows_1`` …, ``knows_not_1`` …, ``ring``, ``keep_away``, ``if_near``, ``note``;
- dependent: ``relation``, ``born``, ``day_place``, ``may_collect_1`` …, ``needs``, ``note``;
- paper (an identity or legal document that is kept track of): ``state`` (missing, asked, received, not-needed),
  ``where_to_ask``, ``cost``, ``fee_waiver``, ``safe_address``, ``expires``, ``note``, ``domain``, ``mine_alone``;
- clock (a time limit; it may go without a day as long as that has to be asked for): ``due`` (a date, or a dateTime),
  ``rule`` (where it stands, in words), ``template`` (the id of a shipped time limit), ``warn_days``, ``note``,
  ``domain``, ``mine_alone``;
- check-in (how a day was; one a day, whatever its label): ``day`` (else the day on which it is kept), ``scale_NAME``
  with a value from 1, the hardest, to 5 for each scale (ours: mood, sleep, safety, closeness, hope, body), ``note``;
- safety-line (a line of her own page, always hers alone and on no card): ``group`` (sign, calm, person, place, device,
  contacted, way-out), ``phone``; its label is the line;
- step (added to a goal that is there or proposed by the same form): ``goal`` (its list, as ``goal_see_doctor``, or
  ``form/list`` of another form), ``when``, ``with``.

Constant properties may stand on the group that holds the entity: ``bind::planner:domain``, ``bind::planner:time``,
``bind::planner:set-PROPERTY``. A property without a value is left out, so that it leaves a record as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.forms.engine import Engine
from planner.forms.live import Live
from planner.forms.schema import EntityRule


@dataclass(frozen=True, slots=True)
class EntityDraft:
    """A record a filling proposes.

    ``dataset`` is the kind, ``list_name`` the whole name of the list. ``entity_id`` is the same each time this form is
    answered from the same answers: ``form/list_name`` and for a repeat the instance's own id after it. ``update``
    tells that the form means a record that is already there, by the id that the form gives; without one it means none.
    """

    dataset: str
    list_name: str
    entity_id: str
    label: str
    properties: Mapping[str, str] = field(default_factory=dict)
    create: bool = True
    update: bool = False


_YES = frozenset({"1", "true"})


def drafts(engine: Engine) -> list[EntityDraft]:
    """The entities proposed now, in the order of the form."""
    found: list[tuple[int, EntityDraft]] = []
    for rule in engine.definition.entities:
        for container in engine.root.below(rule.container):
            draft = _draft(engine, rule, container)
            if draft is not None:
                found.append((rule.container.order, draft))
    return [draft for _order, draft in sorted(found, key=lambda each: each[0])]


def _draft(engine: Engine, rule: EntityRule, container: Live) -> EntityDraft | None:
    entity = next(iter(container.below(rule.entity)), None)
    if entity is None or not entity.on:
        return None
    attributes = {each.node.tag: each.value for each in entity.children if each.node.attribute}
    create, update = attributes.get("create") in _YES, attributes.get("update") in _YES
    own = attributes.get("id", "").strip()
    update = update and bool(own)
    if not (create or update):
        return None
    label = next((each.value for each in entity.children if each.node.tag == "label"), "").strip()
    if not label and not update:
        # "MUST have a direct child label": nothing could be called by no name.
        return None
    properties = dict(rule.constants)
    for name, node in rule.properties.items():
        live = next(iter(container.below(node)), None)
        if live is not None and live.on and live.value.strip():
            properties[name] = live.value.strip()
    return EntityDraft(
        dataset=rule.dataset.split("_", maxsplit=1)[0],
        list_name=rule.dataset,
        entity_id=own if update else _entity_id(engine, rule, container, own),
        label=label,
        properties=properties,
        create=create,
        update=update,
    )


def _entity_id(engine: Engine, rule: EntityRule, container: Live, own: str) -> str:
    name = f"{engine.definition.form_id}/{rule.dataset}"
    places: list[str] = []
    here: Live | None = container
    while here is not None:
        if here.node.repeat:
            places.append(str(here.place()))
        here = here.parent
    return f"{name}/{own or '.'.join(reversed(places))}" if places else name
