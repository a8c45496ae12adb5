"""A form of one's own: brought in, and a page of every kind of question, answered."""

from __future__ import annotations

from datetime import date, datetime, time
from importlib.resources import files

from planner.forms import Filling
from planner.session.filling_desk import FillingDesk
from planner.tour.hand import Key
from planner.tour.made_up_paper import made_up_photo
from planner.tour.stage import TODAY, Stage
from planner.ui.pages.form import FormPage
from planner.ui.pages.forms_bring import FormsBringPage
from planner.words import _, language

FORM = "every_kind.md"
FORM_ID = "every-kind"


def every_kind(stage: Stage, before: str = "") -> None:
    """From the file to the proposals; ``before`` goes before the names of the pictures."""
    _bring_in(stage, before)
    _answer(stage)
    _through(stage, before)
    _again(stage, before)


def _bring_in(stage: Stage, before: str) -> None:
    hand = stage.hand
    stage.shell.go("forms")
    hand.press(_("Bring in a form"))
    hand.picture(f"{before}form-of-ones-own")
    page = stage.shell.page("forms-bring")
    assert isinstance(page, FormsBringPage)
    handed_over = stage.folder.with_name(FORM)
    handed_over.write_bytes(files("planner.tour").joinpath(FORM).read_bytes())
    page.read(handed_over)
    hand.wait_for(lambda: page.preview is not None, "what is in the form")
    hand.picture(f"{before}form-looked-at")
    hand.press(_("Bring it in"))
    hand.hush()
    hand.picture(f"{before}forms-of-ones-own")


def _answer(stage: Stage) -> None:
    """As if it had been filled in on another day: the pages are looked at, not typed again."""
    table = stage.session.forms.open(stage.me, FORM_ID)
    spoken = language()
    words = _WORDS.get(spoken, _WORDS["en"])
    zone = stage.session.now().tzinfo
    answers: dict[str, object] = {
        **words,
        "people_home": 3,
        "rent": 1450,
        "calm": 6,
        "stars": 4,
        "hours": "7.5",
        "when": "evening",
        "tongue": "es",
        "likes": "4",
        "things": ["lock", "window"],
        "order": ["lock", "bus", "window", "kitchen"],
        "walked": "more",
        "ate": "once",
        "next_day": TODAY.replace(day=20),
        "since": date(2025, 11, 1),
        "school": date(2017, 1, 1),
        "hour": time(7, 30),
        "moment": datetime(2026, 3, 12, 17, 40, tzinfo=zone),
        "visit_day": TODAY.replace(day=24),
        "mood": 4,
        "park": "40.785091 -73.968285 0 0",
        "way": "40.7850 -73.9682 0 0;40.7812 -73.9665 0 0",
        "paper": _kept(table, "photo.jpg", "image/jpeg", made_up_photo(spoken)),
    }
    for name, value in answers.items():
        table.filling.answer(_ref(table.filling, name), value)
    table.save()


def _kept(table: FillingDesk, name: str, media_type: str, content: bytes) -> str:
    return table.files.keep(name, media_type, content)


def _ref(filling: Filling, name: str) -> str:
    return next(live.ref() for live in filling.leaves() if live.node.name == name)


def _page(stage: Stage) -> FormPage:
    page = stage.shell.page("form")
    assert isinstance(page, FormPage)
    return page


def _through(stage: Stage, before: str) -> None:
    hand = stage.hand
    stage.shell.go("form", form=FORM_ID)
    page = _page(stage)
    while page.flow is not None and page.flow.page.kind != "summary":
        name = page.flow.page.ref.rpartition("/")[2].partition("[")[0]
        hand.hush()
        hand.picture(f"{before}kind-{name}")
        if name == "calm" and not before:
            hand.key(Key.Key_Escape)
            hand.picture("form-quiet-moment")
            hand.key(Key.Key_Escape)
        hand.press(_("Next"))
    hand.picture(f"{before}kind-summary")
    hand.scroll(1)
    hand.picture(f"{before}kind-summary-below")
    hand.press(_("See what could go into my plan"))
    hand.hush()
    hand.picture(f"{before}kind-proposals")
    hand.press(_("Put into my plan"))
    hand.hush()


def _again(stage: Stage, before: str) -> None:
    """Answered again with another name for somebody: the difference stands there before anything changes."""
    table = stage.session.forms.open(stage.me, FORM_ID)
    words = _WORDS.get(language(), _WORDS["en"])
    table.filling.answer(_ref(table.filling, "helper_name"), words["helper_name"] + " Díaz")
    table.save()
    hand = stage.hand
    stage.shell.go("form", form=FORM_ID)
    if not hand.sees(_("To read over")):
        hand.press(_("Sections"))
    hand.press(_("To read over"))
    hand.press(_("See what could go into my plan"))
    hand.hush()
    hand.picture(f"{before}kind-difference")


_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "name": "Ana",
        "story": "Breakfast by the window. A walk with Rosa. Nobody in a hurry.",
        "card_number": "0000 1234",
        "bad_night": "Tea, the radio, and the blue blanket.",
        "helper_name": "Rosa",
        "goal_name": "Learn to swim",
        "goal_step": "Ask at the pool when it is quiet",
        "paper_name": "Library card",
        "paper_where": "At the desk of the library",
    },
    "es": {
        "name": "Ana",
        "story": "Desayunar junto a la ventana. Pasear con Rosa. Sin prisas.",
        "card_number": "0000 1234",
        "bad_night": "Un té, la radio y la cobija azul.",
        "helper_name": "Rosa",
        "goal_name": "Aprender a nadar",
        "goal_step": "Preguntar en la alberca a qué hora hay menos gente",
        "paper_name": "Credencial de biblioteca",
        "paper_where": "En la ventanilla de la biblioteca",
    },
}
