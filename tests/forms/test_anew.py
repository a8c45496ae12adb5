"""``bind::planner:anew``: what is about one day or week does not come along when the form is answered again."""

from __future__ import annotations

from datetime import timedelta

from tests.forms.tables import NOW, form

SURVEY = """
type | name | label | default | bind::planner:anew
text | name | Name | |
begin group | week | This week | | yes
text | mood | Mood | |
integer | cups | Cups | 1 |
today | begun | | |
begin repeat | person | Person | |
text | who | Who | |
end repeat | | | |
end group | | | |
integer | shoe | Shoe size | | yes
"""


def test_what_is_marked_begins_with_its_default_and_the_rest_comes_along() -> None:
    week = form(SURVEY)
    assert week.problems == ()
    filling = week.start(now=NOW)
    for name, value in {"name": "Ana", "mood": "calm", "cups": "4", "shoe": "38"}.items():
        filling.answer(name, value)
    filling.answer(f"{filling.add_repeat('/data/week/person')}/who", "Bo")
    assert len(filling.repeats("/data/week/person")) == 2
    again = week.again(filling.finish(), now=NOW + timedelta(days=7))
    kept = {name: again.value(name) for name in ("name", "mood", "cups", "shoe", "begun")}
    assert kept == {"name": "Ana", "mood": "", "cups": "1", "shoe": "", "begun": "2026-03-19"}
    assert len(again.repeats("/data/week/person")) == len(week.start(now=NOW).repeats("/data/week/person"))


def test_going_on_with_what_was_begun_keeps_it() -> None:
    week = form(SURVEY)
    filling = week.start(now=NOW)
    filling.answer("mood", "calm")
    filling.answer("cups", "4")
    for later in (week.resume_state(filling.state(), now=NOW), week.resume(filling.finish(), now=NOW)):
        assert (later.value("mood"), later.value("cups")) == ("calm", "4")


def test_a_default_that_is_worked_out_is_worked_out_anew() -> None:
    """XLSForm reference, "Dynamic defaults": when a form is first loaded."""
    week = form("type | name | label | default | bind::planner:anew\ndate | day | Day | today() | yes")
    done = week.start(now=NOW).finish()
    assert week.again(done, now=NOW + timedelta(days=1)).value("day") == "2026-03-13"
