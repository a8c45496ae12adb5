"""Packs in an open notebook: looked at beside what is here, brought in, taken out; and who gave them.

A pack belongs to the notebook, not to a person. It adds and never takes the place of what is built in. Its forms are
kept as other forms that were brought in, so that answers to them stay readable when the pack goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import MachineTrouble
from planner.keys.givers import make_seed, public_of, sign, six_words
from planner.packs.manifest import is_version, order_of
from planner.packs.pack import SIGNATURE, digest_of, read_files, signature_file
from planner.packs.refused import PackRefused
from planner.session.form_versions import is_aside
from planner.session.merging_packs import mark_copies, name_of
from planner.session.pack_givers import giver_of, shown_giver
from planner.session.types import Changed, OutOfReach
from planner.store.rows import GiverRow, PackRow
from planner.words import _, language

if TYPE_CHECKING:
    from planner.packs.check import Pack, PackContent
    from planner.packs.compare import News
    from planner.packs.guarded import Item
    from planner.packs.manifest import Manifest
    from planner.session.core import Session

_SEED = "giver_seed"


class PackArrival(StrEnum):
    """What a pack that is looked at would be here."""

    NEW = "new"
    NEWER = "newer"
    SAME = "same"
    """It is here, to the last letter."""
    BACK = "back"
    """It was taken out, and would come back."""


class Trust(StrEnum):
    """What is known of who gives a pack."""

    NOBODY = "nobody"
    """It is not signed."""
    KNOWN = "known"
    """Their six words were compared."""
    STRANGER = "stranger"
    """Their six words have to be compared first."""
    CHANGED = "changed"
    """A stranger too: somebody else gave the version that is or was here."""


@dataclass(frozen=True, slots=True)
class PackPreview:
    """What bringing in a pack would do; nothing has changed.

    ``giver``: the name under which its giver is known here, else the one that the pack says; empty where it is not
    signed. ``before`` is the version that is here, ``before_giver`` who gave that. ``row`` is what the store held.
    """

    pack: Pack
    arrival: PackArrival
    trust: Trust
    news: tuple[News, ...]
    giver: str = ""
    before: str = ""
    before_giver: str = ""
    row: PackRow | None = None

    @property
    def must_compare(self) -> bool:
        """Whether six words have to be compared before it may come in."""
        return self.trust in {Trust.STRANGER, Trust.CHANGED}

    def words(self, spoken: str) -> tuple[str, ...]:
        """The six words of its giver in a language; none where it is not signed."""
        return six_words(self.pack.key, spoken) if self.pack.key else ()


@dataclass(frozen=True, slots=True)
class PackInfo:
    """A pack that is in. ``giver`` is empty where it is not signed; ``damaged``: nothing of it can be used any more.

    ``counts``: how many things of each kind (a folder of the pack) are in it.
    """

    id: str
    name: str
    about: str
    version: str
    giver: str
    added: str
    counts: dict[str, int]
    manifest: Manifest | None = None
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class GiverInfo:
    """Somebody whose six words were compared. ``packs``: what of theirs is in, by name."""

    key: str
    name: str
    confirmed: str
    packs: tuple[str, ...]

    def words(self, spoken: str) -> tuple[str, ...]:
        """Their six words in a language."""
        return six_words(bytes.fromhex(self.key), spoken)


class Packs:
    """The packs of an open notebook."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._read: dict[str, tuple[Manifest, PackContent]] | None = None

    # -- what is here ------------------------------------------------------------------------------------------------
    def all(self) -> list[PackInfo]:
        """The packs that are in, in the order in which they came."""
        read = self._kept()
        found = []
        for row in self._session.store.packs():
            info = PackInfo(
                row.id, name_of(row), "", row.version, giver_of(self._session.store, row), row.added, {}, damaged=True
            )
            if row.id in read:
                manifest, content = read[row.id]
                counts = {kind: len(ids) for kind, ids in content.ids().items() if ids}
                counts |= {"forms": len(manifest.forms)} if manifest.forms else {}
                name, about = manifest.name.get(language()), manifest.about.get(language())
                info = replace(info, name=name, about=about, counts=counts, manifest=manifest, damaged=False)
            found.append(info)
        return found

    def contents(self) -> tuple[PackContent, ...]:
        """What the packs that are in add, each item with whose it is; one that is damaged adds nothing."""
        return tuple(content for _manifest, content in self._kept().values())

    def givers(self) -> list[GiverInfo]:
        """Those whose six words were compared and who were not forgotten since."""
        packs = self._session.store.packs()
        return [
            GiverInfo(row.key, row.name, row.confirmed, tuple(name_of(each) for each in packs if each.giver == row.key))
            for row in self._session.store.givers()
            if _is_known(row)
        ]

    def _kept(self) -> dict[str, tuple[Manifest, PackContent]]:
        if self._read is None:
            self._read = {}
            for row in self._session.store.packs():
                with suppress(PackRefused, MachineTrouble):
                    self._read[row.id] = self._one_kept(row)
        return self._read

    def _one_kept(self, row: PackRow) -> tuple[Manifest, PackContent]:
        from planner.packs.check import read_kept, signed_by

        files = self._session.store.pack_files(row.id)
        if digest_of(files).hex() != row.digest or signed_by(files).hex() != row.giver:
            raise PackRefused(_("This pack is damaged."))
        manifest, content = read_kept(files, shown_giver(self._session.store, row))
        if (manifest.id, manifest.version) != (row.id, row.version):
            raise PackRefused(_("This pack is damaged."))
        return manifest, content

    # -- looking -----------------------------------------------------------------------------------------------------
    def look(self, path: Path, progress: Callable[[int, int], None] | None = None) -> PackPreview:
        """Read and compare a pack; nothing changes. May take seconds, and may run beside the window.

        ``progress`` may raise to stop.

        Raises:
            PackRefused: it cannot be opened, breaks a rule, is older than what is or was here, or touches another pack.
        """
        from planner.apart.form_files import read_pack

        self._closed_with_someone()
        return self.look_at(read_pack(path, self._session.today(), progress))

    def look_at(self, pack: Pack) -> PackPreview:
        """What a pack that was read already would be here; raises as :meth:`look`."""
        from planner.packs.compare import compare
        from planner.packs.guarded import built_in

        self._closed_with_someone()
        row = self._session.store.pack(pack.id)
        arrival = self._arrival(pack, row)
        self._refuse_others(pack)
        known = {each.key: each for each in self._session.store.givers()}
        giver, trust = known.get(pack.key.hex()), Trust.NOBODY
        if pack.key:
            trust = Trust.KNOWN if giver is not None and _is_known(giver) else Trust.STRANGER
            if row is not None and row.giver and row.giver != pack.key.hex():
                trust = Trust.CHANGED
        news = compare(pack.items, self._items_here(pack, row), built_in(), language())
        name = giver.name if giver is not None and trust is Trust.KNOWN else pack.manifest.giver if pack.key else ""
        return PackPreview(
            pack,
            arrival,
            trust,
            tuple(news),
            name,
            row.version if row is not None and not row.taken_out else "",
            giver_of(self._session.store, row) if row is not None else "",
            row,
        )

    def _arrival(self, pack: Pack, row: PackRow | None) -> PackArrival:
        if row is None:
            return PackArrival.NEW
        if row.giver and not pack.key:
            raise PackRefused(
                _("The pack of this name that you know is signed. This one is not, so it was not opened.")
            )
        old = order_of(row.version) if is_version(row.version) else ()
        new = order_of(pack.manifest.version)
        if new < old:
            raise PackRefused(
                _("You have, or had, version {here} of this pack. This one is older, so it was not opened.").format(
                    here=row.version
                )
            )
        if new == old and pack.digest != row.digest:
            raise PackRefused(
                _("This pack has the version that you know, but says other things, so it was not opened.")
            )
        if row.taken_out:
            return PackArrival.BACK
        same = new == old and pack.key.hex() == row.giver
        return PackArrival.SAME if same else PackArrival.NEWER

    def _refuse_others(self, pack: Pack) -> None:
        mine = pack.content.ids() | {"forms": frozenset(form.id for form in pack.forms)}
        read = self._kept()
        for row in self._session.store.packs():
            if row.id == pack.id:
                continue
            theirs = dict(read[row.id][1].ids()) if row.id in read else {}
            theirs["forms"] = frozenset(row.forms)
            both = [each for kind, ids in theirs.items() for each in ids & mine.get(kind, frozenset())]
            if both:
                raise PackRefused(
                    _("Something in this pack has the same name inside as something in “{pack}”.").format(
                        pack=name_of(row)
                    ),
                    min(both),
                )

    def _items_here(self, pack: Pack, row: PackRow | None) -> list[Item]:
        """What of this pack is here now, and forms of the same id that somebody brought in by hand."""
        from planner.packs.check import form_item, items_of

        found: list[Item] = []
        forms = self._session.forms.versions
        ids = {form.id for form in pack.forms}
        if row is not None and not row.taken_out:
            with suppress(PackRefused, MachineTrouble):
                manifest, _content = self._one_kept(row)
                found += items_of(self._session.store.pack_files(row.id), manifest)
            ids |= set(row.forms)
        for form_id, kept in sorted(forms.own().items()):
            if form_id in ids and not is_aside(kept):
                with suppress(MachineTrouble, KeyError):
                    found.append(form_item(forms.newest(form_id)))
        return found

    # -- bringing in and taking out ----------------------------------------------------------------------------------
    def bring_in(self, preview: PackPreview, *, compared: bool = False) -> None:
        """Bring in what was looked at. ``compared``: somebody says that the six words are the same.

        Raises:
            ValueError: the six words have to be compared first.
            PackRefused: something changed here since it was looked at; nothing changed.
            MachineTrouble: it could not be saved; nothing changed.
        """
        self._closed_with_someone()
        session, pack = self._session, preview.pack
        if preview.must_compare and not compared:
            raise ValueError("six words are compared first")
        store, own = session.store, session.forms.own
        forms = {form.id: form.digest for form in pack.forms}
        with store.transaction():
            if store.pack(pack.id) != preview.row:
                raise PackRefused(_("Something changed here since you looked at this pack. Look at it again."))
            before = preview.row.forms if preview.row is not None else {}
            for form_id in before.keys() - forms.keys():
                own.let_go(form_id, before[form_id])
            for form in pack.forms:
                own.put(form)
            at = self._moment_after(preview.row)
            if preview.must_compare:
                store.save_giver(GiverRow(pack.key.hex(), preview.giver, at))
            names = dict(pack.manifest.name.by_language)
            row = PackRow(
                id=pack.id,
                giver=pack.key.hex(),
                version=pack.manifest.version,
                digest=pack.digest,
                names=names,
                forms=self.still_there(before) | forms,
                added=at,
            )
            store.keep_pack(row, pack.files)
            mark_copies(store)
            store.drop_unused_forms()
        self._changed(pack.id, {*forms, *before})

    def take_out(self, pack_id: str) -> None:
        """Take a pack out. Answers to its forms stay, and can be read and gone on with.

        Raises:
            KeyError: there is no such pack.
            MachineTrouble: nothing changed.
        """
        self._closed_with_someone()
        store = self._session.store
        row = store.pack(pack_id)
        if row is None or row.taken_out:
            raise KeyError(pack_id)
        with store.transaction():
            for form_id, digest in row.forms.items():
                self._session.forms.own.let_go(form_id, digest)
            store.drop_unused_forms()
            store.take_pack_out(pack_id, self._moment_after(row), self.still_there(row.forms))
        self._changed(pack_id, row.forms)

    def still_there(self, forms: Mapping[str, str]) -> dict[str, str]:
        """Of these forms, by id, the versions that are kept."""
        return {form_id: digest for form_id, digest in forms.items() if self._session.store.form(digest) is not None}

    def forget_giver(self, key: str) -> None:
        """Somebody is a stranger again: before anything else of theirs comes in, six words are compared anew.

        Raises:
            MachineTrouble: nothing changed.
        """
        self._closed_with_someone()
        row = next((each for each in self._session.store.givers() if each.key == key), None)
        if row is not None and _is_known(row):
            self._session.store.save_giver(replace(row, forgotten=max(self.stamp(), f"{row.confirmed}+")))
            self._changed("", ())

    def _moment_after(self, row: PackRow | None) -> str:
        """Now, or a moment after the last thing that was done with this pack: what came last decides in a merge."""
        last = max(row.added, row.taken_out) if row is not None else ""
        now = self.stamp()
        return now if now > last else f"{last}+"

    def stamp(self) -> str:
        """Now, as rows of packs say it (ISO 8601, UTC)."""
        return self._session.clock().astimezone(UTC).isoformat(timespec="microseconds")

    def forget(self) -> None:
        """Read the packs anew when they are next asked for."""
        self._read = None
        self._session.content.forget()

    def _changed(self, pack: str, forms: Iterable[str]) -> None:
        self.forget()
        ids = frozenset(forms)
        for form_id in ids:
            self._session.forms.form_changed(form_id)
        self._session.editor.tell(Changed("", frozenset({"pack", "form"}), ids | {pack}))

    def _closed_with_someone(self) -> None:
        if self._session.only is not None:
            raise OutOfReach

    # -- giving ------------------------------------------------------------------------------------------------------
    def my_words(self, spoken: str) -> tuple[str, ...]:
        """The six words under which packs signed in this notebook are known; the key is made when first asked for.

        Raises:
            MachineTrouble: it could not be saved.
        """
        return six_words(public_of(self._seed()), spoken)

    @property
    def gives(self) -> bool:
        """Whether this notebook has a key to sign packs with."""
        return bool(self._session.store.get(_SEED, ""))

    def signed(self, folder: Path) -> dict[str, bytes]:
        """The files of a pack with this notebook's signature, after they passed every check.

        Raises:
            PackRefused: they break a rule.
            MachineTrouble: the key could not be saved.
        """
        from planner.apart.form_files import check_pack

        self._closed_with_someone()
        files = {name: each for name, each in read_files(folder).items() if name != SIGNATURE}
        check_pack(files, self._session.today())
        seed = self._seed()
        made = {**files, SIGNATURE: signature_file(public_of(seed), sign(seed, digest_of(files)))}
        check_pack(made, self._session.today())
        return made

    def _seed(self) -> bytes:
        self._closed_with_someone()
        kept = self._session.store.get(_SEED, "")
        if not isinstance(kept, str) or len(kept) != 2 * len(make_seed()):
            kept = make_seed().hex()
            self._session.store.set(_SEED, kept)
        return bytes.fromhex(kept)


def _is_known(row: GiverRow) -> bool:
    return row.confirmed > row.forgotten
