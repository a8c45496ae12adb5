"""The command line. Opening the window is what it does most, so nothing else is loaded for that.

Exit status: 0 when all is well, 1 when the machine or a file made trouble, 2 when what was typed could not be followed.
A passphrase is asked for at the prompt or read as the first line of standard input; never from an argument, a file or
the environment.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol

from planner.errors import MachineTrouble
from planner.words import _, use_language

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from datetime import date

    from planner.system.relaunch import Relaunch

TROUBLE = 1
NOT_FOLLOWED = 2
_STOPPED = 130
# Stands in a folder that --sample made, so that no other folder is ever removed.
_MADE_UP = "made-up"


class OpenWindow(Protocol):
    """Opens the window and returns the exit status when it is closed; handed in, because it stands above this room."""

    def __call__(self, data_dir: Path | None, relaunch: Relaunch | None = None) -> int:
        """``data_dir`` is None for the usual place; ``relaunch`` is None for the usual way of a lock."""


class NotFollowed(Exception):
    """What was typed does not fit; the text is a translated sentence."""


def run(
    words: list[str],
    open_window: OpenWindow,
    make_tour: Callable[[Path], int],
    fill_form: Callable[[Path], int] | None = None,
) -> int:
    """Do what ``words`` ask for, without the name of the program; returns the exit status.

    ``make_tour`` puts pictures of every page into a folder, ``fill_form`` opens a form in a window that keeps nothing;
    like the window they stand above this room.
    """
    use_language(_language_around())
    try:
        if not words:
            return open_window(None)
        if len(words) == 2 and words[0] == "--data":
            return open_window(Path(words[1]))
        status = _choose(words, open_window, make_tour, fill_form)
        sys.stdout.flush()
    except BrokenPipeError:
        # Who read the lines has seen enough; what is left must not be tried again when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return TROUBLE
    except MachineTrouble as trouble:
        _tell(trouble.sentence, trouble.what_next)
        return TROUBLE
    except NotFollowed as reason:
        _tell(str(reason), _("“planner --help” shows what can be asked for."))
        return NOT_FOLLOWED
    except KeyboardInterrupt:
        return _STOPPED
    else:
        return status


def _tell(*sentences: str) -> None:
    print(" ".join(sentence for sentence in sentences if sentence), file=sys.stderr)


def _language_around() -> str:
    """The language of the terminal; a window takes its own from the person's settings."""
    chosen = (os.environ.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    return next((value[:2].lower() for value in chosen if value), "en")


# -- what was typed --------------------------------------------------------------------------------------------------
def _choose(
    words: list[str],
    open_window: OpenWindow,
    make_tour: Callable[[Path], int],
    fill_form: Callable[[Path], int] | None,
) -> int:
    parser = _parser(make_tour, fill_form)
    options, unknown = parser.parse_known_args(words)
    if unknown:
        # Only names of options are repeated: somebody may have typed a secret where none belongs.
        names = [word.partition("=")[0] for word in unknown if word.startswith("-")]
        if names:
            raise NotFollowed(_("There is no option {name}.").format(name=names[0]))
        raise NotFollowed(_("There are more words than can be followed."))
    action: Callable[[Namespace], int] | None = options.action
    if action is not None:
        return action(options)
    return _sample_window(options.data, open_window) if options.sample else open_window(options.data)


def _parser(make_tour: Callable[[Path], int], fill_form: Callable[[Path], int] | None) -> ArgumentParser:
    from argparse import ArgumentParser

    class Calm(ArgumentParser):
        def error(self, message: str) -> NoReturn:  # noqa: ARG002 - its English text may repeat what was typed
            raise NotFollowed(_("Something is missing in what you typed, or does not fit."))

    def command(add: Callable[..., ArgumentParser], name: str, about: str) -> ArgumentParser:
        return add(name, help=about, description=about, allow_abbrev=False)

    about = _("A private notebook for plans, appointments and people.")
    parser = Calm(prog="planner", description=about, allow_abbrev=False)
    parser.set_defaults(action=None)
    parser.add_argument("--data", type=Path, metavar="DIR", help=_("where the notebooks are kept"))
    parser.add_argument("--sample", action="store_true", help=_("open a made-up notebook; it is gone afterwards"))
    add = parser.add_subparsers(metavar=_("COMMAND"), parser_class=Calm).add_parser
    verify = command(add, "verify", _("check that a notebook or a safety copy is whole"))
    verify.set_defaults(action=_verify)
    verify.add_argument("store", type=Path, metavar="NOTEBOOK")
    backup = command(add, "backup", _("make a safety copy of a notebook"))
    backup.set_defaults(action=_backup)
    backup.add_argument("store", type=Path, metavar="NOTEBOOK")
    backup.add_argument("--to", type=Path, metavar="FOLDER", help=_("where to put it; without it, beside the notebook"))
    restore = command(add, "restore", _("make a notebook of a safety copy, beside those that are there"))
    restore.set_defaults(action=_restore)
    restore.add_argument("backup", type=Path, metavar="COPY")
    restore.add_argument("--into", type=Path, metavar="DIR", help=_("where the notebooks are kept"))
    sample = command(add, "sample", _("make a notebook of made-up people"))
    sample.set_defaults(action=_sample)
    sample.add_argument("store", type=Path, metavar="STORE")
    sample.add_argument("--people", type=int, metavar="N", help=_("how many; without it, five with a story"))
    tour = command(add, "tour", _("make pictures of every page"))
    tour.set_defaults(action=lambda options: make_tour(options.out))
    tour.add_argument("--out", type=Path, metavar="DIR", required=True)
    form = command(add, "form", _("work on guided forms"))
    add_form = form.add_subparsers(metavar=_("COMMAND"), required=True, parser_class=Calm).add_parser
    check = command(add_form, "check", _("say what a form has and what is wrong with it"))
    check.set_defaults(action=_form_check)
    check.add_argument("files", type=Path, nargs="+", metavar="FILE")
    if fill_form is not None:
        fill = command(add_form, "fill", _("try a form in a window of its own; nothing is kept"))
        fill.set_defaults(action=lambda options: _form_fill(options.file, fill_form))
        fill.add_argument("file", type=Path, metavar="FILE")
    pack = command(add, "pack", _("make or check content to give to others"))
    add_pack = pack.add_subparsers(metavar=_("COMMAND"), required=True, parser_class=Calm).add_parser
    check_pack = command(add_pack, "check", _("say what a pack holds, whose it is, and what is wrong with it"))
    check_pack.set_defaults(action=_pack_check)
    check_pack.add_argument("files", type=Path, nargs="+", metavar="FILE")
    make = command(add_pack, "make", _("make one file of a folder, signed by a notebook"))
    make.set_defaults(action=_pack_make)
    make.add_argument("folder", type=Path, metavar="FOLDER")
    make.add_argument("out", type=Path, metavar="OUT.zip")
    make.add_argument(
        "--notebook", type=Path, metavar="NOTEBOOK", help=_("whose key signs it; asks for the passphrase")
    )
    make.add_argument("--without-giver", action="store_true", help=_("do not sign it: nobody can tell whose it is"))
    return parser


# -- the window ------------------------------------------------------------------------------------------------------
def _sample_window(made_before: Path | None, open_window: OpenWindow) -> int:
    """Open a made-up notebook in a folder of its own. After a lock, the next process finds it there again."""
    from planner.system.relaunch import DetachedRelaunch

    folder = made_before if made_before is not None else _made_up_folder()
    if not (folder / _MADE_UP).is_file():
        raise NotFollowed(_("A made-up notebook is only opened in a folder that was made for it."))
    try:
        return open_window(folder, relaunch=DetachedRelaunch("--sample"))
    finally:
        import shutil

        shutil.rmtree(folder, ignore_errors=True)


def _made_up_folder() -> Path:
    import tempfile

    from planner.sample import SAMPLE_PASSPHRASE, fill_for_me
    from planner.session.zone import local_zone_name
    from planner.store.notebooks import Notebook
    from planner.words import language

    folder = Path(tempfile.mkdtemp())
    (folder / _MADE_UP).touch()
    notebook = Notebook.create(folder, SAMPLE_PASSPHRASE, "")
    fill_for_me(notebook.store, language(), _today(), local_zone_name())
    notebook.close()
    print(_("The passphrase of this made-up notebook: {words}").format(words=SAMPLE_PASSPHRASE), flush=True)
    return folder


# -- work on a store -------------------------------------------------------------------------------------------------
def _verify(options: Namespace) -> int:
    from planner.store.backups import is_backup

    if is_backup(options.store):
        from planner.store.backups_open import verify_backup

        with _how_far() as progress:
            wrong = verify_backup(options.store, _secret(_("Passphrase: ")), progress)
        if not wrong:
            print(_("This safety copy is whole."))
            return 0
        print(_("This safety copy is damaged. Another one may be whole."))
    else:
        from planner.store.notebooks import Notebook

        notebook = Notebook.open(_store_in(options.store), _secret(_("Passphrase: ")))
        try:
            with _how_far() as progress:
                wrong = notebook.store.verify(progress)
        finally:
            notebook.close()
        if not wrong:
            print(_("This notebook is whole."))
            return 0
        print(_("Parts of this notebook are damaged. Keep it as it is, and bring back a copy if you have one."))
    for each in wrong:
        print(f"- {each}")
    return TROUBLE


def _backup(options: Namespace) -> int:
    from planner.exchange.gate import Leaving, Left, PaperKind
    from planner.session.core import Session
    from planner.store.notebooks import Notebook

    notebook = Notebook.open(_store_in(options.store), _secret(_("Passphrase: ")))
    try:
        session = Session(notebook)
        backups = session.backups
        backups.prepare()
        with _how_far() as progress:
            made = backups.make(progress) if options.to is None else backups.make_on_second_device(options.to, progress)
        if options.to is not None:
            gone = Leaving(what=Left.SAVED_SEALED, paper=PaperKind.SAFETY_COPY)
            session.log("left", "", gone.detail())
    finally:
        notebook.close()
    print(_("The safety copy is made and checked: {folder}").format(folder=made.folder))
    return 0


def _restore(options: Namespace) -> int:
    from planner.store.backups_open import restore
    from planner.store.local import data_folder

    folder = _backup_in(options.backup)
    data_dir = options.into if options.into is not None else data_folder()
    secret = _secret(_("Passphrase: "))
    with _how_far() as progress:
        made = restore(folder, secret, data_dir, "", progress)
    print(_("There is a new notebook, made of the safety copy: {folder}").format(folder=made))
    print(_("It opens with the passphrase of the copy. Nothing else was changed."))
    return 0


def _backup_in(folder: Path) -> Path:
    """The folder of a safety copy: the one named, or the only one in the folder named."""
    from planner.store.backups import backups_in, is_backup, list_backups

    if is_backup(folder):
        return folder
    found = backups_in(folder) or list_backups(folder)
    if len(found) == 1:
        return found[0].folder
    raise NotFollowed(
        _("There is more than one safety copy there. Name the folder of one.")
        if found
        else _("There is no safety copy there.")
    )


@contextmanager
def _how_far() -> Iterator[Callable[[int, int], None]]:
    """Tells on a terminal, in one line that goes away again, how far long work is; elsewhere nothing."""
    shown = -1

    def tell(done: int, total: int) -> None:
        nonlocal shown
        now = 100 * done // max(total, 1)
        if now != shown:
            shown = now
            print(f"\r{now:3} %", end="", file=sys.stderr, flush=True)

    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    try:
        yield tell
    finally:
        print("\r      \r", end="", file=sys.stderr, flush=True)


def _sample(options: Namespace) -> int:
    from planner.sample import fill, fill_with_others, many_people
    from planner.session.zone import local_zone_name
    from planner.store.notebooks import Notebook
    from planner.words import language

    folder: Path = options.store
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotFollowed(_("There is something in this folder already. Choose a new one."))
    if options.people is not None and options.people < 0:
        raise NotFollowed(_("The number of people cannot be below zero."))
    secret = _new_secret()
    notebook = Notebook.create(folder, secret, "")
    try:
        store, today, zone = notebook.store, _today(), local_zone_name()
        if options.people is None:
            made = fill_with_others(store, language(), today, zone)
        else:
            store.set("mode", "with-others")
            made = fill(store, many_people(options.people, 100, language(), today, zone), today)
    finally:
        notebook.close()
    print(_("Made up {n} people in {folder}.").format(n=len(made), folder=folder))
    return 0


def _store_in(folder: Path) -> Path:
    """The folder of a store: the one named, or the only one in the data folder named."""
    if (folder / "keys").exists() or (folder / "data").exists():
        return folder
    found = [each for each in folder.glob("store-*") if each.is_dir()]
    if len(found) == 1:
        return found[0]
    raise NotFollowed(
        _("There is more than one notebook there. Name the folder of one.")
        if found
        else _("There is no notebook there.")
    )


def _today() -> date:
    from datetime import datetime

    return datetime.now().astimezone().date()


def _secret(prompt: str) -> str:
    """One secret: from the prompt where somebody sits, else the first line of standard input."""
    if sys.stdin is not None and sys.stdin.isatty():
        from getpass import getpass

        return getpass(prompt)
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line.strip("\r\n"):
        raise NotFollowed(_("A passphrase is needed, at the prompt or as the first line of standard input."))
    return line.rstrip("\r\n")


def _new_secret() -> str:
    """A secret for something new; typed twice where somebody types it."""
    first = _secret(_("Choose a passphrase: "))
    if sys.stdin is not None and sys.stdin.isatty() and _secret(_("Once more: ")) != first:
        raise NotFollowed(_("The two were not the same."))
    return first


# -- other work ------------------------------------------------------------------------------------------------------
def _form_check(options: Namespace) -> int:
    from planner.forms.check import check_files, exit_status, lines

    reports = check_files(options.files)
    for line in lines(reports):
        print(line)
    return exit_status(reports)


def _form_fill(file: Path, fill_form: Callable[[Path], int]) -> int:
    from planner.forms import FormUnreadable

    try:
        return fill_form(file)
    except FormUnreadable as trouble:
        from planner.forms.check import Report, lines

        for line in lines([Report(file, "", trouble.problems, trouble.sentence)]):
            print(line, file=sys.stderr)
        return TROUBLE


def _pack_check(options: Namespace) -> int:
    from planner.packs.report import check_packs, exit_status, lines

    reports = check_packs(options.files, _today())
    for line in lines(reports):
        print(line)
    return exit_status(reports)


def _pack_make(options: Namespace) -> int:
    from planner.packs.check import check_files
    from planner.packs.pack import zipped
    from planner.packs.refused import PackRefused
    from planner.packs.report import PackReport, lines, whose
    from planner.system.files import disk_trouble

    if (options.notebook is None) is not options.without_giver:
        raise NotFollowed(_("Say whose notebook signs it (--notebook), or that nobody does (--without-giver)."))
    if options.out.exists():
        raise NotFollowed(_("There is a file of this name already. Choose another name."))
    try:
        files = _unsigned(options.folder) if options.without_giver else _signed(options.folder, options.notebook)
        pack = check_files(files, _today())
    except PackRefused as refused:
        for line in lines([PackReport(options.folder, refused=refused)]):
            print(line, file=sys.stderr)
        return TROUBLE
    with disk_trouble(), options.out.open("xb") as stream:
        stream.write(zipped(files))
    print(_("The pack is made: {file}").format(file=options.out))
    print(whose(pack.key, pack.manifest.giver))
    return 0


def _unsigned(folder: Path) -> dict[str, bytes]:
    from planner.packs.pack import SIGNATURE, read_files

    return {name: each for name, each in read_files(folder).items() if name != SIGNATURE}


def _signed(folder: Path, store: Path) -> dict[str, bytes]:
    from planner.session.core import Session
    from planner.store.notebooks import Notebook

    notebook = Notebook.open(_store_in(store), _secret(_("Passphrase: ")))
    try:
        return Session(notebook).packs.signed(folder)
    finally:
        notebook.close()
