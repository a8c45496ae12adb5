"""Step 3: First steps, the real form, from the first question into the plan."""

from __future__ import annotations

from planner.forms import Question
from planner.session.filling_desk import page_key
from planner.tour.hand import NotThere
from planner.tour.made_up import Said
from planner.tour.stage import Stage
from planner.ui.pages.form import FormPage
from planner.words import _

MOST_PAGES = 60


def _page(stage: Stage) -> FormPage:
    page = stage.shell.page("form")
    assert isinstance(page, FormPage)
    return page


def _key(stage: Stage) -> str:
    flow = _page(stage).flow
    return page_key(flow.page) if flow is not None else ""


def _question(stage: Stage, name: str) -> Question:
    flow = _page(stage).flow
    assert flow is not None
    for item in flow.page.items:
        if item.ref.endswith(f"/{name}"):
            return item
    raise NotThere(f"the question {name!r} on {_key(stage)}")


def until(stage: Stage, part: str) -> None:
    """Press Next until a page whose key has this part.

    Raises:
        NotThere: it never comes.
    """
    for _number in range(MOST_PAGES):
        if part in _key(stage):
            return
        stage.hand.press(_("Next"))
    raise NotThere(f"a page {part!r} of the form; it stands at {_key(stage)!r}")


def write(stage: Stage, name: str, words: str) -> None:
    """Type the answer of a question."""
    stage.hand.type_into(_question(stage, name).label, words)


def begin(stage: Stage) -> None:
    """From what Today offers to the first page."""
    hand = stage.hand
    hand.press(_("Begin"))
    hand.wait_for(lambda: stage.shell.current == "form", "the form")
    hand.picture("form-welcome")


def where_to_begin(stage: Stage) -> None:
    """What would help most: several answers."""
    until(stage, "needs")
    stage.hand.choose("sleep", "dates", "people", "hope")
    stage.hand.picture("form-several")


def sleep(stage: Stage) -> None:
    """One answer with its reasons beside it, and one of the other ways."""
    hand = stage.hand
    until(stage, "sleep_tonight")
    hand.choose("none")
    hand.picture("form-one")
    until(stage, "sleep_week")
    hand.press(_("Not now"))
    hand.picture("form-kept-for-later")


def body(stage: Stage) -> None:
    """A part that may feel heavy says so before, and can be left whole."""
    hand = stage.hand
    until(stage, "section-note:/data/body")
    hand.picture("form-heavy")
    until(stage, "body_first")
    hand.picture("form-runs-out")
    until(stage, "body_today")
    hand.press(_("I’d rather not say"))


def dates(stage: Stage, said: Said) -> None:
    """A date, and whether there is another one."""
    hand = stage.hand
    until(stage, "dates_any")
    hand.choose("yes")
    until(stage, "d_page")
    hand.choose("court")
    write(stage, "d_day", said.court_day)
    write(stage, "d_time", said.court_hour)
    write(stage, "d_place", said.court_place)
    hand.picture("form-date")
    until(stage, "d_help")
    hand.choose("ride", "company")
    until(stage, "repeat:")
    hand.picture("form-another-one")


def people(stage: Stage, said: Said) -> None:
    """Somebody to count on, with how to reach them safely."""
    hand = stage.hand
    until(stage, "people_any")
    hand.choose("yes")
    until(stage, "p_page")
    write(stage, "p_name", said.friend)
    hand.choose("friend")
    hand.picture("form-person")
    hand.press(_("Next"))
    write(stage, "p_phone", said.friend_phone)
    hand.picture("form-reach")


def hope(stage: Stage, said: Said) -> None:
    """What she hopes for, in her own words."""
    hand = stage.hand
    until(stage, "hoping/hope")
    write(stage, "hope", said.hope)
    hand.picture("form-own-words")
    until(stage, "hope_when")
    hand.choose("months")
    until(stage, "hope_step")
    write(stage, "hope_step", said.hope_step)


def pause_and_go_on(stage: Stage) -> None:
    """Left in the middle, it goes on where it stopped."""
    hand = stage.hand
    here = _key(stage)
    hand.press(_("Pause here"))
    hand.picture("forms")
    hand.press(_("Go on"))
    if _key(stage) != here:
        raise NotThere(f"the page {here!r} on which the form was left; it stands at {_key(stage)!r}")


def into_the_plan(stage: Stage, said: Said) -> None:
    """Read over; keep, change and leave out; into the plan."""
    hand = stage.hand
    until(stage, "summary")
    hand.picture("form-read-over")
    hand.press(_("See what could go into my plan"))
    hand.wait_to_see(_("This is what could go into your plan"))
    hand.picture("form-proposals")
    hand.press(_("Leave out"))
    hand.press(_("Change: {what}").format(what=said.hope))
    hand.type_anew(_("What it is called"), said.hope_changed)
    hand.picture("form-proposal-changed")
    hand.press(_("That is right"))
    hand.press(_("Put into my plan"))
    hand.wait_to_see(_("It is in your plan now"))
    hand.hush()
    hand.picture("form-in-the-plan")
    hand.press(_("Go to my plan"))
