"""What was erased on purpose and stands in no document does not come back from a safety copy by itself."""

from __future__ import annotations

from planner.session import Session
from planner.session.comparing import Comparison, Fate
from planner.store.rows import FillingRow
from tests.session.conftest import Kept
from tests.session.test_folding import decrypted

PNG = b"\x89PNG\r\n\x1a\nheron"


def compared(session: Session) -> Comparison:
    return session.backups.compare(session.backups.list()[0])


def bring_all(session: Session) -> None:
    session.backups.tell(session.backups.bring_back(session.backups.list()[0]))


def answered(session: Session, person: str) -> FillingRow:
    row = FillingRow(
        id="answers",
        person=person,
        form="safety",
        version="1",
        state=b"{}",
        started=session.stamp(),
        updated=session.stamp(),
        finished="",
    )
    session.store.save_filling(row)
    return row


def test_papers_and_answers_that_were_taken_away_are_not_told_as_lost(kept: Kept) -> None:
    session, me = kept.session, kept.me
    removed = session.papers.keep(me, PNG, "image/png", "removed")
    erased = session.papers.keep(me, PNG, "image/png", "erased")
    lost = session.papers.keep(me, PNG, "image/png", "lost")
    answers = answered(session, me)
    session.settle()
    session.backups.make()
    session.papers.remove(removed)
    session.papers.erase(erased)
    session.forms.throw_away(answers.id)
    session.store._do("DELETE FROM attachment WHERE id = ?", (lost.id,))
    session = kept.lock_and_open()
    found = compared(session)
    fates = {each.id: each.fate for each in found.only_there}
    assert fates == {
        removed.id: Fate.REMOVED,
        erased.id: Fate.REMOVED,
        lost.id: Fate.LOST,
        answers.id: Fate.REMOVED,
    }
    bring_all(session)
    assert [each.id for each in session.papers.of(me)] == [lost.id]
    assert session.store.filling(answers.id) is None
    # Asked for by itself each comes back, and is then as if it had never been away.
    session.backups.tell(session.backups.bring_back(session.backups.list()[0], found.only_there))
    assert {each.id for each in session.papers.of(me)} == {removed.id, erased.id, lost.id}
    assert session.store.filling(answers.id) == answers
    assert session.store.gone(me) == set()


def test_somebody_who_was_erased_comes_back_only_when_chosen(team: Kept) -> None:
    session = team.session
    lin, mara = session.add_person("Heron-Lin"), session.add_person("Mara")
    session.papers.keep(lin.id, PNG, "image/png", "heron-paper")
    session.settle()
    session.backups.make()
    session.erasing.erase_person(lin.id)
    session = team.lock_and_open()
    assert lin.id.encode() not in decrypted(team)
    found = compared(session)
    assert {(each.kind, each.fate) for each in found.only_there} == {("person", Fate.REMOVED), ("paper", Fate.REMOVED)}
    bring_all(session)
    assert [each.id for each in session.people()] == [mara.id]
    session.backups.tell(session.backups.bring_back(session.backups.list()[0], found.only_there))
    assert {each.id for each in session.people()} == {lin.id, mara.id}
    assert [each.title for each in session.papers.of(lin.id)] == ["heron-paper"]
    session.store._do("DELETE FROM person WHERE id = ?", (lin.id,))
    assert {each.fate for each in compared(session).only_there} == {Fate.LOST}
