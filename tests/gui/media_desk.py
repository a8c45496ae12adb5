"""A made-up form with files, drawings and places on the screen, on a real notebook; for the tests of such answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from planner.session import Session
from planner.ui.kit.text import Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.form_answers import Answer
from planner.ui.paper.choose_file import ChooseFile
from planner.ui.paper.place import ChoosePlace
from tests.gui.forms_desk import OnScreen, button, press
from tests.gui.made_up_forms import bring_in

FORM = """
| survey |
| | type | name | label | hint | appearance | parameters | media::image | media::audio | body::accept | default | readonly |
{rows}
| settings |
| | form_title | form_id | version |
| | Made up | made-up | 1 |
"""  # noqa: E501
Kind = TypeVar("Kind", bound=QWidget)
Form = Callable[..., "MediaScreen"]


class MediaScreen(OnScreen):
    """One form on the screen, with a folder outside from which files come and into which copies go."""

    def __init__(self, session: Session, notebook: OpenNotebook, qtbot: QtBot, home: Path) -> None:
        super().__init__(session, notebook)
        self._qtbot, self.home = qtbot, home

    def answer(self, kind: type[Kind]) -> Kind:
        """The answer on the page, which is of this kind."""
        answer = self.view._blocks[0].answer
        assert isinstance(answer, kind), answer
        return answer

    def wait(self, what: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(what()), timeout=20_000)

    def shown(self, kind: type[Kind]) -> Kind:
        window = self.notebook.window()
        self.wait(lambda: any(each.isVisible() for each in window.findChildren(kind)))
        return next(each for each in window.findChildren(kind) if each.isVisible())

    def choose_file(self, opener: QWidget, name: str, content: bytes) -> None:
        """Press a button, and choose a file of this name and content from the folder outside."""
        (self.home / name).write_bytes(content)
        press(opener)
        dialog = self.shown(ChooseFile)
        dialog.show_folder(self.home)
        line = next((key for key, entry in dialog._shown.items() if entry.name == name), None)
        assert line is not None, f"{name} is not listed"
        dialog.list.opened.emit(line)

    def save_here(self, name: str) -> Path:
        """Choose the folder outside and a name in the window that asks where to save."""
        dialog = self.shown(ChoosePlace)
        dialog.show_folder(self.home)
        dialog.file_name.setText(name)
        press(dialog.save)
        return self.home / name

    def words(self) -> str:
        """Everything that can be read on the page and in what floats above it."""
        found = self.notebook.window().findChildren(Text)
        return "\n".join(each.text() for each in found if each.isVisible())

    def value(self, answer: Answer) -> str:
        return str(answer.value())

    def open_again(self) -> None:
        """As another process would: only what is in the store is known."""
        self.notebook.leave()
        self.session.forms._open = None
        self.notebook.forget()
        self.notebook.go("form", form="made-up")

    def press_words(self, words: str) -> None:
        press(button(self.notebook.window(), words))


@pytest.fixture
def media(
    tmp_path: Path, open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook], qtbot: QtBot
) -> Form:
    """``media("image | photo | A photo", files={"a.png": …}, language="es", scale=2.0)`` opens this form."""

    def start(*rows: str, files: dict[str, bytes] | None = None, **look: object) -> MediaScreen:
        folder, home = tmp_path / "form", tmp_path / "home"
        folder.mkdir()
        home.mkdir()
        lines = [" | ".join([*(cells := row.split(" | ")), *[""] * (11 - len(cells))]) for row in rows]
        path = folder / "made-up.md"
        path.write_text(FORM.format(rows="\n".join(f"| | {line} |" for line in lines)), "utf-8")
        for name, content in (files or {}).items():
            (folder / name).write_bytes(content)
        session = open_session("empty", str(look.get("language", "en")))
        bring_in(session, path)
        notebook = show_notebook(session, "forms", **look)
        notebook.go("form", form="made-up")
        return MediaScreen(session, notebook, qtbot, home)

    return start
