from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from planner.packs.forms import Audience, read_manifest, shipped_forms
from planner.packs.moment import load_moment, read_moment
from planner.packs.texts import PackProblem, Words
from planner.resources import resource

SAID = {"en": "Yes.", "es": "Sí."}


def test_a_language_without_words_falls_back_to_english() -> None:
    words = Words(SAID)
    assert (words.get("es"), words.get("fr"), str(words)) == ("Sí.", "Yes.", "Yes.")


def test_a_moment_repeats_only_what_is_meant_to_repeat() -> None:
    breath, senses = load_moment().exercises
    shown = breath.in_order()
    assert sum(each.once for each in shown) == 1
    assert len(shown) == 1 + breath.rounds * (len(breath.pages) - 1)
    assert senses.in_order() == senses.pages


EXERCISE: dict[str, Any] = {"id": "a", "title": SAID, "about": SAID, "rounds": 1, "page": [{**SAID, "seconds": 3}]}


@pytest.mark.parametrize(
    "broken", [{"rounds": 0}, {"rounds": True}, {"page": []}, {"page": [{**SAID, "seconds": "3"}]}]
)
def test_a_broken_exercise_is_refused(broken: dict[str, Any]) -> None:
    assert read_moment({"stop": SAID, "exercise": [EXERCISE]}).exercises[0].rounds == 1
    with pytest.raises(PackProblem):
        read_moment({"stop": SAID, "exercise": [{**EXERCISE, **broken}]})


def test_the_first_form_is_first_steps_and_its_file_is_there() -> None:
    first = shipped_forms()[0]
    assert (first.id, first.audience) == ("first-steps", Audience.SELF)
    assert first.path().is_file()


def test_every_form_file_is_in_the_manifest() -> None:
    assert {each.source for each in shipped_forms()} == {path.name for path in resource("forms").glob("*.md")}


FORM: dict[str, Any] = {
    "id": "a", "source": "a.md", "minutes": 3, "audience": "self", "title": SAID, "about": SAID, "for": SAID,
}  # fmt: skip


@pytest.mark.parametrize(
    "broken", [{"source": "../a.md"}, {"source": "/etc/passwd"}, {"minutes": 0}, {"minutes": "3"}, {"audience": "all"}]
)
def test_a_broken_manifest_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(PackProblem):
        read_manifest({"form": [{**FORM, **broken}]})


def test_a_form_without_a_file_says_so() -> None:
    (form,) = read_manifest({"form": [FORM]})
    with pytest.raises(FileNotFoundError):
        form.path()


def test_a_doubled_form_is_refused() -> None:
    with pytest.raises(PackProblem):
        read_manifest({"form": [FORM, FORM]})


def test_another_file_can_be_loaded(tmp_path: Path) -> None:
    copied = tmp_path / "moment.toml"
    copied.write_bytes(resource("directory", "moment.toml").read_bytes())
    assert load_moment(copied) == load_moment()
    assert tomllib.loads(copied.read_text("utf-8"))["exercise"]
