"""Another name and picture for the program: in the title, in the menu and on the lock screen; then as it was."""

from __future__ import annotations

from planner.tour.stage import Stage
from planner.ui.pages.settings import SettingsPage
from planner.ui.pages.settings_name import OWN_WORDS, USUAL, NamePart
from planner.words import _

NAME, PICTURE = "Recipes", "pot"


def another_name(stage: Stage) -> None:
    """A shortcut is offered and not made: the tour writes nothing into anybody's folders."""
    hand = stage.hand
    stage.shell.go("settings", at="called")
    hand.picture("name-as-it-comes")
    _choose(stage, NAME)
    mark = next(each for each in _part(stage).marks if each.picture == PICTURE)
    mark.click()
    hand.settle()
    hand.picture("name-another")
    assert stage.program.window.windowTitle() == _(NAME)
    part = _part(stage)
    part.names.choose(OWN_WORDS)
    part.names.changed.emit()
    hand.settle()
    hand.picture("name-own-words")
    _choose(stage, USUAL)
    _part(stage).marks[0].click()
    hand.settle()


def _part(stage: Stage) -> NamePart:
    page = stage.shell.page("settings")
    assert isinstance(page, SettingsPage)
    return page.name_part


def _choose(stage: Stage, name: str) -> None:
    part = _part(stage)
    part.names.choose(name)
    part.names.changed.emit()
    stage.hand.settle()
