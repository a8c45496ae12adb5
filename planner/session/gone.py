"""What was erased here on purpose and stands in no document: people, papers, answers and forms, known again in a copy.

Of a person a keyed digest is kept and nothing else; of a paper and of answers their random id; of a form its digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.session.core import Session
    from planner.store.store import Store

_PEOPLE = "gone_people"
_FORMS = "gone_forms"


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


def gone_forms(store: Store) -> dict[str, str]:
    """The versions of forms that were removed for good, by digest, and when that was."""
    found = store.get(_FORMS, {})
    if not isinstance(found, dict):
        return {}
    return {digest: at for digest, at in found.items() if isinstance(at, str)}


def remember_forms(store: Store, digests: Iterable[str], at: str) -> None:
    """These versions are removed; belongs into the transaction that does it."""
    store.set(_FORMS, gone_forms(store) | dict.fromkeys(digests, at))


def forget_form(store: Store, digest: str) -> None:
    """A version is here again."""
    gone = gone_forms(store)
    if gone.pop(digest, None) is not None:
        store.set(_FORMS, gone)


def _known(store: Store) -> set[str]:
    found = store.get(_PEOPLE, [])
    return {each for each in found if isinstance(each, str)} if isinstance(found, list) else set()


def _digest(store: Store, person: str) -> str:
    key = store.get("digest_key", "")
    plain = bytes.fromhex(key) if isinstance(key, str) else b""
    return hashlib.blake2b(person.encode(), digest_size=16, key=plain, person=b"gone").hexdigest()
