"""Shares: a key in parts for people who are trusted, any two of three (or three of five) of whom open the notebook.

SLIP-39 (https://github.com/satoshilabs/slips/blob/master/slip-0039.md) by its authors' own library. A key of 16 random
bytes is split; each share is twenty words of a list of 1,024, and the first four letters tell them apart. Fewer shares
than are needed say nothing about the key. What the shares give together goes through Argon2id like a passphrase.

Only shares of this one form are read: one group, 16 bytes, no extra rounds. A share from elsewhere could otherwise ask
for hours of work before it opens nothing.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations

from planner.errors import MachineTrouble
from planner.keys.errors import SharesOpenNothing, WrongPassphrase
from planner.words import _, n_

SHARE_WORDS = 20
"""How many words one share has."""

LETTERS = 4
"""How many letters tell each word of the list from all others."""

SPLITS = ((2, 3), (3, 5))
"""How many shares are needed, of how many that are made; the first is offered first."""

_SECRET_BYTES = 16
_FORM = "shares "
_GROUP_BITS = 15
_CHECKSUM = 3
_BITS = 10
# The rounds of SLIP-39's own derivation; the key is random, and Argon2id comes after it.
_EXPONENT = 0


# Words of the standard's list that could hurt or tell on a paper somebody keeps, or offered while she types. Shares are
# split anew until none of these is in any of them, which takes about six of the 128 bits at most.
_PASSED_OVER = frozenset(
    (
        *("armed", "bedroom", "buyer", "cage", "capture", "criminal", "custody", "drug", "enemy"),
        *("escape", "evil", "exotic", "force", "guilt", "hunting", "hush", "injury", "inmate"),
        *("intimate", "invasion", "maiden", "merchant", "owner", "pistol", "predator", "pregnant", "prisoner"),
        *("punish", "racism", "rescue", "satoshi", "scared", "screw", "secret", "security", "shame"),
        *("slap", "slavery", "subject", "threaten", "toxic", "traffic", "ugly", "unkind", "victim"),
        *("violence", "weapon"),
    )
)


class ShareRefused(MachineTrouble):
    """What was typed is no share, or does not fit the others. ``place`` is the word to look at, from 1; 0: unknown."""

    def __init__(self, sentence: str, what_next: str, place: int = 0) -> None:
        super().__init__(sentence, what_next)
        self.place = place


@dataclass(frozen=True, slots=True)
class _Part:
    """One share as it was read: which set it is of, how many are needed, and its place in the set from 0."""

    group: int
    needed: int
    index: int
    words: str = field(repr=False)


def share_list() -> tuple[str, ...]:
    """The words of which shares are made, in the order of the alphabet: those of the standard that hurt nobody."""
    from shamir_mnemonic.wordlist import WORDLIST

    return tuple(each for each in WORDLIST if each not in _PASSED_OVER)


@lru_cache
def completions(typed: str, most: int = 6) -> tuple[str, ...]:
    """Words of the list that begin with what is typed, at most ``most``; none for an empty text."""
    begin = typed.strip().lower()
    return tuple(each for each in share_list() if each.startswith(begin))[:most] if begin else ()


def whole_word(typed: str) -> str | None:
    """The word that is meant: typed whole, or the only one that begins so; None where there is none or several."""
    begin = typed.strip().lower()
    found = completions(begin, 2)
    return begin if begin in found else found[0] if len(found) == 1 else None


def words_like(typed: str) -> tuple[str, ...]:
    """Up to three words of the list that look like what was typed, the likest first."""
    from difflib import get_close_matches

    return tuple(get_close_matches(typed.strip().lower(), share_list(), n=3, cutoff=0.7))


def from_shares(secret: str) -> bool:
    """Whether a secret was put together from shares."""
    return re.fullmatch(rf"{_FORM}[0-9a-f]{{{2 * _SECRET_BYTES}}}", secret) is not None


def no_way_in(secret: str) -> WrongPassphrase:
    """What to raise where a secret opens nothing, in words that fit what was typed."""
    return SharesOpenNothing() if from_shares(secret) else WrongPassphrase()


# ------------------------------------------------------------ making


@dataclass(slots=True)
class NewShares:
    """Shares that were just made. They count only when each was typed back from its paper; kept nowhere.

    ``secret`` is what they open with together; ``label`` tells inside the notebook how many are needed of how many.
    """

    needed: int
    shares: tuple[tuple[str, ...], ...] = field(repr=False)
    secret: str = field(repr=False)
    _typed: dict[int, str] = field(default_factory=dict, repr=False)

    @classmethod
    def make(cls, needed: int = SPLITS[0][0], of: int = SPLITS[0][1]) -> NewShares:
        """Fresh shares around a fresh key. Raises ValueError for another split than those of ``SPLITS``."""
        if (needed, of) not in SPLITS:
            raise ValueError("no such split")
        from shamir_mnemonic import EncryptedMasterSecret, split_ems

        raw = secrets.token_bytes(_SECRET_BYTES)
        sealed = EncryptedMasterSecret.from_master_secret(raw, b"", 0, extendable=True, iteration_exponent=_EXPONENT)
        while True:
            # Each splitting has a number of its own, by which shares that belong together are known.
            sealed = replace(sealed, identifier=secrets.randbits(_GROUP_BITS))
            (split,) = split_ems(1, [(needed, of)], sealed)
            shares = tuple(tuple(each.words()) for each in split)
            if _PASSED_OVER.isdisjoint(word for share in shares for word in share):
                return cls(needed, shares, _FORM + raw.hex())

    @property
    def label(self) -> str:
        """For example ``2/3``."""
        return f"{self.needed}/{len(self.shares)}"

    def try_one(self, number: int, words: Sequence[str]) -> None:
        """Type one share back, ``number`` from 0. Raises ShareRefused where it is not word for word that one."""
        part = _read(words)
        if tuple(part.words.split()) != self.shares[number]:
            other = any(tuple(part.words.split()) == each for each in self.shares)
            raise ShareRefused(
                _("This is another of your shares.") if other else _("This is not the share that was just shown."),
                _("Take the paper of this one, and type it once more."),
            )
        self._typed[number] = part.words

    @property
    def tried(self) -> bool:
        """Whether each was typed back, and as many as are needed open with each other, whichever they are."""
        if len(self._typed) != len(self.shares):
            return False
        return all(_joined(chosen) == self.secret for chosen in combinations(self._typed.values(), self.needed))


# ------------------------------------------------------------ putting together


class Gathered:
    """Shares as they are typed, one after the other, until there are enough of them."""

    def __init__(self) -> None:
        self._parts: list[_Part] = []

    @property
    def count(self) -> int:
        """How many are in."""
        return len(self._parts)

    @property
    def missing(self) -> int:
        """How many are still to come; 0 when there are enough, 1 as long as nothing is known."""
        return max(0, self._parts[0].needed - len(self._parts)) if self._parts else 1

    def add(self, words: Sequence[str]) -> None:
        """Take one more share; nothing is changed where it raises ShareRefused."""
        part = _read(words)
        if any((part.group, part.needed) != (each.group, each.needed) for each in self._parts):
            raise ShareRefused(
                _("This share does not belong to the ones before."),
                _("It may be from another time. Look for papers that were made together."),
            )
        if any(part.index == each.index for each in self._parts):
            raise ShareRefused(_("This share is in already."), _("Take the paper of somebody else."))
        if self._parts and self.missing == 1:
            _joined([*(each.words for each in self._parts), part.words])
        self._parts.append(part)

    def secret(self) -> str:
        """What the shares open with together. Raises ValueError while some are missing."""
        if self.missing:
            raise ValueError("not enough shares")
        return _joined([each.words for each in self._parts])


def _read(words: Sequence[str]) -> _Part:
    """One share of our form from its words; raises ShareRefused."""
    from shamir_mnemonic import MnemonicError, Share
    from shamir_mnemonic.wordlist import WORD_INDEX_MAP

    plain = [each.strip().lower() for each in words]
    again = _("Look at the paper once more. Take your time.")
    if len(plain) != SHARE_WORDS:
        count = len(plain)
        said = n_("A share has 20 words. Here is {n}.", "A share has 20 words. Here are {n}.", count)
        raise ShareRefused(said.format(n=count), again)
    for place, word in enumerate(plain, 1):
        if word not in WORD_INDEX_MAP:
            raise ShareRefused(_("Word {n} is not on the list.").format(n=place), again, place)
    try:
        share = Share.from_mnemonic(" ".join(plain))
    except MnemonicError:
        place = _wrong_place([WORD_INDEX_MAP[each] for each in plain])
        if place:
            raise ShareRefused(_("Look at word {n}: it does not fit the others.").format(n=place), again, place)
        raise ShareRefused(_("Some of these words do not fit, or stand in another order."), again)
    ours = (share.group_index, share.group_threshold, share.group_count, share.iteration_exponent)
    known = (share.member_threshold in {needed for needed, _of in SPLITS}, share.extendable, len(share.value))
    if ours != (0, 1, 1, _EXPONENT) or known != (True, True, _SECRET_BYTES):
        raise ShareRefused(
            _("These words belong together, but they are not for a notebook."), _("Look for another paper.")
        )
    return _Part(share.identifier, share.member_threshold, share.index, " ".join(plain))


def _joined(shares: Sequence[str]) -> str:
    """The secret of as many shares as are needed. Raises ShareRefused where they do not make one key."""
    from shamir_mnemonic import MnemonicError, combine_mnemonics

    try:
        raw: bytes = combine_mnemonics(shares)
    except MnemonicError:
        raise ShareRefused(
            _("These shares do not make one key together."),
            _("One of them may be from another time. Look for papers that were made together."),
        )
    return _FORM + raw.hex()


def _wrong_place(indices: Sequence[int]) -> int:
    """Which single word (from 1) can be wrong so that the checksum fits again; 0 where none or several can.

    SLIP-39 allows to say where an error may be, and not what would be right. The checksum is linear: a wrong word
    changes it by the same amount whatever the other words are, and every amount belongs to one place.
    """
    from shamir_mnemonic.constants import CUSTOMIZATION_STRING_EXTENDABLE
    from shamir_mnemonic.rs1024 import create_checksum

    def number(words: Sequence[int]) -> int:
        return sum(word << (_BITS * place) for place, word in enumerate(words))

    data, given = list(indices[:-_CHECKSUM]), number(indices[-_CHECKSUM:])
    right = number(create_checksum(data, CUSTOMIZATION_STRING_EXTENDABLE))
    off = right ^ given
    places = {len(data) + place + 1 for place in range(_CHECKSUM) if not off & ~(1023 << (_BITS * place))}
    for place in range(len(data)):
        amounts = []
        for bit in range(_BITS):
            changed = [*data[:place], data[place] ^ (1 << bit), *data[place + 1 :]]
            amounts.append(number(create_checksum(changed, CUSTOMIZATION_STRING_EXTENDABLE)) ^ right)
        if _made_of(off, amounts):
            places.add(place + 1)
    return places.pop() if len(places) == 1 else 0


def _made_of(wanted: int, amounts: Sequence[int]) -> bool:
    """Whether some of the amounts give the wanted one by exclusive or: elimination over single bits."""
    basis: list[int] = []
    for amount in amounts:
        left = amount
        for each in basis:
            left = min(left, left ^ each)
        if left:
            basis.append(left)
    for each in basis:
        wanted = min(wanted, wanted ^ each)
    return wanted == 0
