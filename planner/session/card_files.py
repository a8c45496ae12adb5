"""Cards of people that come in from a file and go out into one: ``session.card_files``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from planner.exchange.cards_phone import USUAL_REGION
from planner.plan.records import Ring, SupportContact, new_id
from planner.session.card_matching import (
    Alike,
    Arriving,
    By,
    CardsPreview,
    FieldPair,
    Keep,
    What,
    careful_signs,
    compare,
    is_like,
    kept_value,
)
from planner.words import _

if TYPE_CHECKING:
    from planner.exchange.cards_gate import CardParts
    from planner.exchange.cards_write import CardOut
    from planner.session.core import Session
    from planner.session.editing import Edit

__all__ = [
    "Alike",
    "Arriving",
    "By",
    "CardDecision",
    "CardFiles",
    "CardsPreview",
    "FieldPair",
    "Keep",
    "TakenIn",
    "What",
]

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class CardDecision:
    """What becomes of one card. ``keeps`` has the fields in which she chose otherwise than is usual."""

    what: What
    keeps: Mapping[str, Keep] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was brought in. ``ids`` are the new people; ``edit`` is for :meth:`CardFiles.tell`.

    ``held_back`` counts cards that are like somebody she keeps away from only since the preview; they stayed out.
    """

    ids: tuple[str, ...]
    merged: int
    held_back: int
    edit: Edit


class CardFiles:
    """Cards of one open notebook. ``region`` (two letters) is where numbers without a country are from."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.region = USUAL_REGION

    # -- coming in ---------------------------------------------------------------------------------------------------
    def preview(self, data: bytes, person: str, progress: Progress) -> CardsPreview:
        """What a file would bring to one person's people. Nothing changes; may run beside the window.

        Raises:
            CardTrouble: there is no card in it, or there is too much.
            OutOfReach: another person's pages are the only ones open.
        """
        from planner.apart.data_files import read_cards

        contacts = self._session.contacts(person)
        found = read_cards(data, lambda done, of: progress(done, 2 * of), self.region)
        return compare(person, found, contacts, self.region, lambda done, of: progress(of + done, 2 * of))

    def take_in(
        self,
        preview: CardsPreview,
        decisions: Mapping[str, CardDecision],
        progress: Progress,
        ring: Ring = Ring.AROUND,
    ) -> TakenIn:
        """Bring in what was chosen, as one edit; cards without a decision take the usual way.

        ``decisions`` are by the key of the card; ``ring`` is where new people stand. Somebody she keeps away from is
        never changed, also when that was chosen elsewhere since the preview. May run beside the window: call
        :meth:`tell` in the window's thread afterwards. When ``progress`` raises, nothing changed.
        """
        person = preview.person
        careful = careful_signs(self._session.contacts(person, keep_away=True), self.region)
        told = {each.arriving.key for each in preview.careful}
        with self._session.editor.edit_beside(person, _("Bring in cards"), progress) as edit:
            work = _TakingIn(edit, decisions, ring, self.region)
            cards: list[tuple[Arriving, Alike | None]] = [(each, None) for each in preview.new]
            cards += [(each.arriving, each) for each in (*preview.alike, *preview.careful)]
            cards.sort(key=lambda each: each[0].card.number)
            for done, (arriving, alike) in enumerate(cards):
                progress(done, 2 * len(cards))
                if arriving.key in told or not is_like(arriving, careful, self.region):
                    work.take(arriving, alike)
                else:
                    work.held_back += 1
        return TakenIn(tuple(work.added), len(work.changed), work.held_back, edit)

    def tell(self, taken: TakenIn) -> None:
        """Tell the window what was brought in."""
        self._session.editor.tell_of(taken.edit)

    # -- going out ---------------------------------------------------------------------------------------------------
    def offered(self, person: str) -> list[SupportContact]:
        """Those of whom a card can be made: never anybody she keeps away from, nor anybody without a name."""
        found = self._session.contacts(person, keep_away=False)
        return [each for each in found if each.name.strip() or each.organisation.strip()]

    def cards(self, person: str, ids: Collection[str], parts: CardParts) -> list[CardOut]:
        """The cards of these people, as they are stored now: exactly what would leave."""
        from planner.exchange.cards_gate import cards_out

        return cards_out([each for each in self.offered(person) if each.id in ids], parts)


class _TakingIn:
    """Cards put into one edit, in the order of their file."""

    def __init__(self, edit: Edit, decisions: Mapping[str, CardDecision], ring: Ring, region: str) -> None:
        self._edit, self._decisions, self._ring, self._region = edit, decisions, ring, region
        self._made: dict[str, str] = {}
        """The record in which each card ended up."""
        self.added: list[str] = []
        self.changed: set[str] = set()
        self.held_back = 0

    def take(self, arriving: Arriving, alike: Alike | None) -> None:
        usual = What.NEW if alike is None else alike.usual
        decision = self._decisions.get(arriving.key, CardDecision(usual))
        if decision.what is What.LEAVE:
            return
        if decision.what is What.MERGE and alike is not None:
            self._merge(alike, decision)
        else:
            self._add(arriving)

    def _add(self, arriving: Arriving) -> None:
        record = replace(arriving.contact, id=new_id(), ring=self._ring)
        self._edit.add(record)
        self.added.append(record.id)
        self._made[arriving.key] = record.id

    def _merge(self, alike: Alike, decision: CardDecision) -> None:
        arriving = alike.arriving
        target = self._made.get(alike.earlier, "") if alike.earlier else alike.existing.id
        now = self._record(target)
        if now is None and alike.earlier:
            self._add(arriving)  # the earlier card was left out; this one was not
            return
        if now is None or now.removed or now.to_be_careful_with:
            return
        values: dict[str, Any] = {}
        for pair in alike.fields:
            mine, theirs = getattr(now, pair.name), getattr(arriving.contact, pair.name)
            keep = decision.keeps.get(pair.name, pair.usual)
            # Something was written there since the preview, or by an earlier card: hers stays.
            if keep is Keep.THEIRS and pair.usual is Keep.THEIRS and mine and mine != pair.mine:
                keep = Keep.BOTH
            value = kept_value(pair.name, mine, theirs, keep, self._region)
            if value != mine:
                values[pair.name] = value
        if arriving.contact.uid and not now.uid:
            values["uid"] = arriving.contact.uid
        self._made[arriving.key] = now.id
        if values:
            self._edit.change(now.id, **values)
            if now.id not in self.added:
                self.changed.add(now.id)

    def _record(self, record_id: str) -> SupportContact | None:
        if not record_id:
            return None
        try:
            found = self._edit.record(record_id)
        except KeyError:
            return None
        return found if isinstance(found, SupportContact) else None
