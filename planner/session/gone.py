"""What was erased here on purpose and stands in no document: people, papers and answers, known again in a safety copy.

Of a person a keyed digest is kept and nothing else; of a paper and of answers their random id.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.session.core import Session
    from planner.store.store import Store

_PEOPLE = "gone_people"


def remember_person(session: Session, person: str) -> None:
    """Somebody is erased; belongs into the transaction that does it."""
    from planner.session.folding import digest_key

    digest_key(session)  # made where there was none
    store = session.store
    store.set(_PEOPLE, sorted({*_known(store), _digest(store, person)}))


def forget_person(store: Store, person: str) -> None:
    """Somebody is here again."""
    known = _known(store)
    if known and (digest := _digest(store, person)) in known:
        store.set(_PEOPLE, sorted(known - {digest}))


def is_gone(store: Store, person: str) -> bool:
    """Whether this person was erased here."""
    known = _known(store)
    return bool(known) and store.person(person) is None and _digest(store, person) in known


def _known(store: Store) -> set[str]:
    found = store.get(_PEOPLE, [])
    return {each for each in found if isinstance(each, str)} if isinstance(found, list) else set()


def _digest(store: Store, person: str) -> str:
    key = store.get("digest_key", "")
    plain = bytes.fromhex(key) if isinstance(key, str) else b""
    return hashlib.blake2b(person.encode(), digest_size=16, key=plain, person=b"gone").hexdigest()
