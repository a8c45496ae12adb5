"""``bind::planner:for-worker``: words for a worker alone, in one language or in each of the form's."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.forms import Form
from planner.forms.for_worker import LONGEST, worker_words

FORM = """
| settings |
| | form_title | form_id | version | default_language |
| | W | w | 1 | English (en) |
| survey |
| | type | name | label::English (en) | label::Español (es) | bind::planner:for-worker::English (en) | bind::planner:for-worker::Español (es) | bind::planner:heavy |
| | begin group | one | One | Uno | Sit beside. | Siéntate al lado. | yes |
| | text | a | A? | ¿A? | Say "yes", don't push. | | |
| | text | b | B? | ¿B? | | | |
| | end group | | | | | | |
"""  # noqa: E501


@pytest.fixture
def form(tmp_path: Path) -> Form:
    path = tmp_path / "w.md"
    path.write_text(FORM, "utf-8")
    return Form.load(path)


def test_the_column_is_known_and_follows_the_language_of_the_form(form: Form) -> None:
    assert form.problems == ()
    filling = form.start(language_code="en")
    note, a, b, _summary = filling.pages()
    assert (note.kind, note.for_worker) == ("section-note", "Sit beside.")
    assert a.items[0].for_worker == 'Say "yes", don\'t push.'
    # Without words of its own it has those of the section.
    assert b.items[0].for_worker == "Sit beside."
    filling.language = "es"
    note, a, b, _summary = filling.pages()
    assert note.for_worker == b.items[0].for_worker == "Siéntate al lado."
    # What is not translated is said as it is.
    assert a.items[0].for_worker == 'Say "yes", don\'t push.'


def test_one_language_alone_stands_as_it_is() -> None:
    assert worker_words(" Sit beside. ", "English (en)") == "Sit beside."
    assert worker_words("", "English (en)") == ""
    assert worker_words("{name} may be tired", "en") == "{name} may be tired"


@pytest.mark.parametrize(
    "mark",
    [
        "{'en': print('x')}",
        "{" * 400 + "}" * 400,
        "{'en': 3}",
        "{1: 'a'}",
        "{'en': 'a'",
        "{'en', 'b'}",
        pytest.param("{" + "-" * 9000 + "1}", id="deep"),
    ],
)
def test_what_is_no_table_of_languages_is_words(mark: str) -> None:
    assert worker_words(mark, "en") == mark


def test_what_is_too_long_is_cut() -> None:
    assert len(worker_words("x" * 10 * LONGEST, "en")) == LONGEST
