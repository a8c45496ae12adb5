"""Odd card files, for as long as one likes: ``python -m tests.fuzz.fuzz_cards SECONDS [FOLDER FOR FINDS]``.

Whatever the bytes are, cards are read or one clear sentence is said, and what was read can be written and read again.
"""

from __future__ import annotations

import sys
from pathlib import Path

from planner.exchange.cards_read import CardFile, read_cards
from planner.exchange.cards_text import CardTrouble
from planner.exchange.cards_write import CardOut, Version, write_cards
from tests.fuzz.run import main

SEEDS = Path(__file__).parent / "seeds" / "cards"


def read(data: bytes) -> CardFile | None:
    """Read a file; None where a sentence was said. What was understood holds together."""
    try:
        found = read_cards(data, lambda _done, _of: None)
    except CardTrouble:
        return None
    for card in found.cards:
        assert card.name or card.phones or card.emails
        texts = (card.name, card.organisation, card.role, *card.emails, *(each.number for each in card.phones))
        assert all(text.isprintable() or "\u200c" in text or "\u200d" in text for text in texts), texts
    out = [
        CardOut(
            name=card.name,
            organisation=card.organisation,
            role=card.role,
            phones=tuple((each.number, each.label) for each in card.phones),
            email=card.emails[0] if card.emails else "",
        )
        for card in found.cards
    ]
    if out:
        again = read_cards(write_cards(out, Version.FOUR), lambda _done, _of: None)
        assert len(again.cards) == len(out)
        assert [each.name for each in again.cards] == [each.name for each in out]
    return found


if __name__ == "__main__":
    main(read, SEEDS, sys.argv[1:])
