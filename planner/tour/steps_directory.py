"""Places and services: found by need, one that is open, one written down, and a list looked at row by row."""

from __future__ import annotations

from planner.tour.stage import Stage
from planner.ui.pages.directory import DirectoryPage
from planner.ui.pages.directory_import import DirectoryImportPage
from planner.words import _, language

_LISTS = {
    "en": "name,what for,phone,address,languages,cost\n"
    "Harbor kitchen,A warm meal every evening,555 010 0142,12 Pier Street,English; Spanish,free\n"
    "Night shelter,A bed for one night,555 010 0188,3 Elm Street,English,free\n"
    "Emergency,Another number,555 010 0000,,,\n"
    ",No name,555 010 0001,,,\n",
    "es": "nombre,para qué,teléfono,dirección,idiomas,costo\n"
    "Comedor del puerto,Comida caliente cada noche,555 010 0142,Calle 12,Español; inglés,gratis\n"
    "Albergue de noche,Una cama por una noche,555 010 0188,Calle Elm 3,Español,gratis\n"
    "Emergencias,Otro número,555 010 0000,,,\n"
    ",Sin nombre,555 010 0001,,,\n",
}


def places(stage: Stage) -> None:
    """What is brought in is taken back again."""
    hand, directory = stage.hand, stage.session.directory
    stage.shell.go("directory")
    hand.picture("places")
    stage.shell.go("directory", need="law")
    hand.press(_("More: language, cost, what has to be easy"))
    hand.picture("places-for-one-need")
    stage.shell.go("directory", place="built-in/mothers")
    hand.press(_("Where this comes from"))
    hand.picture("place")
    stage.shell.go("directory", add="yes")
    hand.type_into(_("Name"), "Lin, Elm Street")
    hand.press(_("A safe place to stay"))
    hand.picture("place-written")
    hand.press(_("That is right"))
    stage.shell.go("directory-import")
    hand.picture("places-from-a-list")
    page = stage.shell.page("directory-import")
    assert isinstance(page, DirectoryImportPage)
    listed = _LISTS.get(language(), _LISTS["en"]).encode()
    page.show_preview(directory.look(listed, lambda _done, _of: None))
    hand.settle()
    hand.picture("places-looked-at")
    page.bring_in()
    hand.wait_for(lambda: len(directory.own()) == 3, "the places of the list")
    hand.wait_for(lambda: bool(hand.visible(DirectoryPage)), "the page of all places")
    hand.picture("places-came-in")
    stage.shell.undo()
    for each in directory.own():
        directory.remove(each.id)
    hand.hush()
