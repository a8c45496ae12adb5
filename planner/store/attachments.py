"""Papers: photos and PDFs inside the encrypted file, in pieces, exactly as they came in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import astuple, fields
from typing import Any

from planner.errors import MachineTrouble
from planner.store.beside import PAPER, Beside
from planner.store.errors import StoreDamaged
from planner.store.rows import AttachmentRow, BesideRow

Progress = Callable[[int, int], None]
PIECE = 256 * 1024
"""Bytes of a piece: small enough that others wait for no more than a moment, large enough that few are needed."""

AT_ONCE = 2
"""Pieces that are erased at once where somebody may be waiting: overwriting takes longer than writing."""

_COLUMNS = ", ".join(each.name for each in fields(AttachmentRow))
_MARKS = ", ".join("?" for _each in fields(AttachmentRow))
ANSWER = "answer-file"
"""Stands in the place of a record where a file was given as an answer: answers name it, no list of papers shows it."""

WHOLE = "size = (SELECT COALESCE(SUM(LENGTH(content)), 0) FROM attachment_chunk WHERE attachment = attachment.id)"
"""Holds for a row of ``attachment`` whose pieces are all there."""


def _no_progress(_done: int, _total: int) -> None:
    """Nobody looks."""


class Attachments(Beside):
    """The rows of papers. What is in one never changes; its title, what it belongs to and its mark of removal may."""

    def attachments(
        self, person: str | None = None, *, record: str | None = None, include_removed: bool = False
    ) -> list[AttachmentRow]:
        """The papers of one person or of everyone, of one record or of all, the newest first; without what is in them.

        One that is still coming in, or that a kill cut short, counts as removed.
        """
        found = self._ask(
            f"SELECT {_COLUMNS} FROM attachment WHERE (?1 IS NULL OR person = ?1) AND (?2 IS NULL OR record = ?2)"  # noqa: S608
            " AND (?3 OR NOT removed) ORDER BY added DESC, rowid DESC",
            (person, record, int(include_removed)),
        )
        return [_row(each) for each in found]

    def attachment(self, attachment: str) -> AttachmentRow | None:
        """One paper by id, removed or not."""
        found = self._ask(f"SELECT {_COLUMNS} FROM attachment WHERE id = ?", (attachment,))  # noqa: S608
        return _row(found[0]) if found else None

    def add_attachment(self, row: AttachmentRow, content: bytes, progress: Progress = _no_progress) -> None:
        """Keep a paper; it is there, whole and durable, when this returns.

        Piece after piece is saved in a transaction of its own, so that nobody waits long for the store. Until the last
        one is there the paper is marked as removed: a kill leaves something that the next folding deletes. Whatever
        ``progress`` raises takes the pieces out again.

        Raises:
            ValueError: ``content`` is empty, or not as long as the row says.
            MachineTrouble: nothing is kept.
        """
        if not content or len(content) != row.size:
            raise ValueError("a paper is as long as its row says")
        progress(0, row.size)
        self._do(
            f"INSERT INTO attachment ({_COLUMNS}) VALUES ({_MARKS})",  # noqa: S608
            (*astuple(row)[:-1], 1),
        )
        try:
            for number, start in enumerate(range(0, row.size, PIECE)):
                self._do(
                    "INSERT INTO attachment_chunk (attachment, number, content) VALUES (?, ?, ?)",
                    (row.id, number, content[start : start + PIECE]),
                )
                progress(min(start + PIECE, row.size), row.size)
            if not row.removed:
                self.change_attachment(row.id, removed=False)
        except BaseException:
            # What cannot be taken out now is taken out when the notebook is next folded.
            with suppress(MachineTrouble):
                self.erase_attachment(row.id)
            raise

    def attachment_pieces(self, attachment: str) -> Iterator[bytes]:
        """What is in a paper, piece after piece; the store is free between two of them.

        Raises:
            KeyError: there is no such paper.
            StoreDamaged: a piece is missing.
        """
        row = self.attachment(attachment)
        if row is None:
            raise KeyError(attachment)
        come, number = 0, 0
        while come < row.size:
            found = self._ask(
                "SELECT content FROM attachment_chunk WHERE attachment = ? AND number = ?", (attachment, number)
            )
            if not found or not found[0][0]:
                raise StoreDamaged
            come, number = come + len(found[0][0]), number + 1
            yield found[0][0]

    def attachment_content(self, attachment: str, progress: Progress = _no_progress) -> bytes:
        """All of a paper, byte for byte as it came in; raises as :meth:`attachment_pieces`."""
        row = self.attachment(attachment)
        whole, size = bytearray(), row.size if row is not None else 0
        for piece in self.attachment_pieces(attachment):
            whole += piece
            progress(len(whole), size)
        if len(whole) != size:
            raise StoreDamaged
        return bytes(whole)

    def change_attachment(
        self, attachment: str, *, title: str | None = None, record: str | None = None, removed: bool | None = None
    ) -> None:
        """Set what may change of a paper; None leaves it as it is."""
        values = {"title": title, "record": record, "removed": None if removed is None else int(removed)}
        with self.transaction():
            for name, value in values.items():
                if value is not None:
                    # An earlier title is a word that was deleted.
                    do = self._forget if name == "title" else self._do
                    do(f"UPDATE attachment SET {name} = ? WHERE id = ?", (value, attachment))  # noqa: S608
            row = self.attachment(attachment)
            if row is not None:
                self._index_paper(row)

    def _index_paper(self, row: AttachmentRow) -> None:
        """Let a paper be found by its title while it is there; what is an answer is found as one."""
        if row.removed or row.record == ANSWER:
            self.drop_beside(row.person, PAPER, row.id)
        else:
            owner = row.record
            self.put_beside(
                BesideRow(person=row.person, kind=PAPER, id=row.id, owner=owner, day=row.added[:10], title=row.title)
            )

    def index_papers(self, person: str) -> None:
        """Let the papers of a person be found again, after the index was dropped."""
        with self.transaction():
            for row in self.attachments(person):
                self._index_paper(row)

    def erase_attachment(self, attachment: str) -> None:
        """Erase a paper for good: its pages are overwritten and the log is emptied. Does nothing when it is gone."""
        with self.transaction():
            for (person,) in self._ask("SELECT person FROM attachment WHERE id = ?", (attachment,)):
                self.drop_beside(person, PAPER, attachment)
                self.remember_gone(person, attachment)
            self._forget("DELETE FROM attachment WHERE id = ?", (attachment,))

    def purge_attachments(self, keep: Collection[str] = (), pieces: int | None = None) -> int:
        """Erase the papers that were removed, but for those in ``keep``; returns how many are gone.

        Papers of a person on hold stay, removed or not; only what a kill cut short goes. With ``pieces`` no more than
        so many go now, so that nobody waits long; the rest goes the next time.
        """
        found = self._ask(
            "SELECT attachment.id FROM attachment JOIN person ON person.id = attachment.person"  # noqa: S608
            f" WHERE removed AND (held_since = '' OR NOT ({WHOLE}))"
        )
        gone = [row[0] for row in found if row[0] not in keep]
        for done, each in enumerate(gone):
            if pieces is not None:
                pieces -= self._erase_pieces(each, pieces)
                if not pieces:
                    return done
            self.erase_attachment(each)
        return len(gone)

    def erase_attachment_slowly(self, attachment: str) -> None:
        """As :meth:`erase_attachment`, piece after piece: for a thread of its own, while others use the store.

        It is marked as removed first; a kill leaves something that the next folding deletes.
        """
        self.change_attachment(attachment, removed=True)
        while self._erase_pieces(attachment, AT_ONCE):
            pass
        self.erase_attachment(attachment)

    def _erase_pieces(self, attachment: str, most: int) -> int:
        return self._forget(
            "DELETE FROM attachment_chunk WHERE rowid IN"
            " (SELECT rowid FROM attachment_chunk WHERE attachment = ? ORDER BY number DESC LIMIT ?)",
            (attachment, most),
        )

    def broken_attachments(self) -> list[str]:
        """The ids of papers that are not whole, though they are not removed."""
        return [row[0] for row in self._ask(f"SELECT id FROM attachment WHERE NOT removed AND NOT ({WHOLE})")]  # noqa: S608


def _row(row: tuple[Any, ...]) -> AttachmentRow:
    values = dict(zip((each.name for each in fields(AttachmentRow)), row, strict=True))
    values["removed"] = bool(values["removed"])
    return AttachmentRow(**values)
