"""What pyxform says about a table, in our own words: it speaks English only, of servers, and to those who build forms.

Each of its messages that a shelter's form can bring about is known by its pattern (pyxform/errors.py, xls2json.py and
beside them). One that is not known is told as what it is, with its own words: they may help whoever built the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from planner.forms.trouble import Problem
from planner.words import N_, _

_ROW = re.compile(r"\[row : (\d+)\]\s*(.*)", re.DOTALL)
_SHEET = re.compile(r"'(survey|choices|settings|entities)' sheet|for sheet: '(survey|choices|settings|entities)'")
_MORE = re.compile(r"\s*Learn more: \S+")
LONGEST = 300
"""Letters of a message that is not known; some hold the whole row."""

_FIX_NAME = N_("A name begins with a letter and has only letters, numbers, “_”, “-” and “.”, and no spaces.")
_NO_FORM = ("column headers were not found", "does not appear to be a valid XLSForm", "sheet named 'survey'")
_SAY_NOTHING = (
    # Words of the form's languages are put in (other_words.py).
    re.compile(r"This form uses or_other and translations"),
    # About sending and about other programs' ways of counting; nothing is different here.
    re.compile(r"case-insensitive match to another name"),
    re.compile(r"Row without name, text, or label is being skipped"),
    re.compile(r"Use the max-pixels|form_id and id_string|do not contain valid machine-readable codes"),
    re.compile(r"select one external is only meant for filtered selects"),
    re.compile(r"(?:Group|Repeat) has no label"),
)
_LANGUAGE = re.compile(r"Language '([^']*)' is missing the (survey|choices) (?:columns )?(.+?)(?: column)?\.\Z")

_WORDS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), what, instead)
    for pattern, what, instead in (
        (r"column header is not part of the current", N_("A row says “disabled”."), N_("It is still followed.")),
        (
            r"survey element named '(?P<name>[^']*)' has no label",
            N_("{name}: there is no question in words, no label and no hint."),
            N_("Write in the column “label” what is asked."),
        ),
        (
            r"Question with no type",
            N_("A row has no type."),
            N_("Write in the column “type” what kind of question it is, such as “text”."),
        ),
        (
            r"Question or group with no name",
            N_("A row has no name."),
            N_("Write a short name of its own in the column “name”."),
        ),
        (
            r"List name not in (?:external )?choices sheet:\s*(?P<name>.+?)\Z",
            N_("The list “{name}” is not on the sheet “choices”."),
            N_("Check how the list is written, or add it there."),
        ),
        (
            r"There should be an? (?P<name>choices|external_choices) sheet",
            N_("The sheet “{name}” is missing, and some questions choose from a list."),
            N_("It needs the columns “list_name”, “name” and “label”."),
        ),
        (
            r"Choice names with spaces.*See \[(?P<name>.*?)\] in \[(?P<other>.*?)\]",
            N_(
                "In the list “{other}” the name “{name}” has a space in it. "
                "Where several can be chosen, that does not work."
            ),
            N_("Take the space out of the name; the label can stay."),
        ),
        (
            r"Choice names must be unique",
            N_("Two answers in one list have the same name."),
            N_("Give each answer in a list a name of its own."),
        ),
        (
            r"Choices must have a name",
            N_("An answer in a list has no name."),
            N_("Write a short name of its own in the column “name”."),
        ),
        (r"Choices should have a label", N_("An answer in a list has no label."), N_("Its name is shown instead.")),
        (
            r"the 'name' value '(?P<name>[^']*)' is invalid\. (?:Questions, groups|Repeat names must)",
            N_("The name “{name}” is used twice, or cannot be used here."),
            N_("Give each question and each group a name of its own."),
        ),
        (
            r"the 'name' value 'meta' is invalid",
            N_("The name “meta” cannot be used."),
            N_("Give the question another name."),
        ),
        (
            r"the '(?P<name>[^']*)' value is invalid\. Names must begin",
            N_("In the column “{name}” there is a name that cannot be used."),
            _FIX_NAME,
        ),
        (
            r"The '(?P<name>[^']*)' value is invalid\. Names must begin",
            N_("A name in the form cannot be used."),
            _FIX_NAME,
        ),
        (
            r"the '(?P<name>[^']*)' value is invalid\. Reference variables? must contain.*the name '(?P<other>[^']*)'",
            N_("In the column “{name}” it says “{other}”, but no question has that name."),
            N_("Check how the name is written. Large and small letters count."),
        ),
        (
            r"the '(?P<name>[^']*)' value is invalid\. Reference variables? names must be.*name '(?P<other>[^']*)'",
            N_("In the column “{name}” it says “{other}”, and more than one question has that name."),
            N_("Give each of those questions a name of its own."),
        ),
        (
            r"There is no survey element named '(?P<name>[^']*)'",
            N_("Something in the form asks for “{name}”, but no question has that name."),
            N_("Check how the name is written. Large and small letters count."),
        ),
        (
            r"There are multiple survey elements named '(?P<name>[^']*)'",
            N_("Something in the form asks for “{name}”, and more than one question has that name."),
            N_("Give each of those questions a name of its own."),
        ),
        (
            r"the '(?P<name>[^']*)' value is invalid\. Reference variable",
            N_("In the column “{name}” a question is named in a way that cannot be read."),
            N_("Write it like this: ${{name_of_the_question}}"),
        ),
        (
            r"Unmatched 'begin_(?P<name>\w+)'.*for the name '(?P<other>[^']*)'",
            N_("“{other}” begins here and never ends."),
            N_("Add a row of the type “end_{name}” where it ends."),
        ),
        (
            r"Unmatched 'end_(?P<name>\w+)'",
            N_("Something ends here that never began."),
            N_("Take this row out, or add a row of the type “begin_{name}” before it."),
        ),
        (
            r"required column headers were not found: (?P<name>.+)\Z",
            N_("The columns {name} are missing. This table may be made for paper, or for something else."),
            N_(
                "A form for this has a sheet “survey” with the columns “type”, “name” and “label”, "
                "a row for each question."
            ),
        ),
        (
            r"Column headers must not be empty and must not contain spaces",
            N_("A column has no name, or one with a space in it."),
            N_("It is left aside."),
        ),
        (
            r"different names for the same column were found: '[^']*', '(?P<name>[^']*)'|Duplicate.*: (?P<twice>.+)\Z",
            N_("A column is there twice: “{name}”."),
            N_("Take one of the two out."),
        ),
        (
            r"Missing calculation",
            N_("A row should calculate something, but does not say what."),
            N_("Write it in the column “calculation”."),
        ),
        (
            r"the 'save_to' value is invalid",
            N_("In the column “save_to” there is something that cannot be followed."),
            N_("It belongs to the sheet “entities”. Without that column, the form works as questions and answers."),
        ),
        (
            r"On the 'entities' sheet",
            N_("Something on the sheet “entities” cannot be followed."),
            N_("Without that sheet, the form works as questions and answers."),
        ),
        (
            r"the 'parameters' value is invalid|Parameters? .*must|must have an integer value|Invalid value for",
            N_("In the column “parameters” there is something that cannot be followed."),
            N_("It is written like this: start=0 end=10 step=1"),
        ),
        (
            r"File name for '.* (?P<name>\S+)' should end",
            N_("The list “{name}” cannot be taken from a file of that kind."),
            N_("Lists can stand in .csv, .xml and .geojson files."),
        ),
        (
            r"does not appear to be a valid XLSForm|'survey' sheet is required|sheet named 'survey'",
            N_("There is no sheet with the name “survey” in it."),
            N_(
                "A form for this has a sheet “survey” with the columns “type”, “name” and “label”, "
                "a row for each question."
            ),
        ),
        (
            r"or.other",
            N_("A list with “or_other” cannot be used in this way."),
            N_("Take “or_other” out, and add “Other” to the list."),
        ),
        (
            r"On the '[^']*' sheet, the '(?P<name>[^']*)' value is invalid",
            N_("In the column “{name}” there is something that cannot be followed."),
            "",
        ),
    )
)


def why_not(words: str) -> str:
    """Why pyxform could not follow a table, in one sentence; most tables were never meant for it."""
    if any(each in words for each in _NO_FORM):
        return _("This table is not a form that can be filled in here.")
    return _("This form has a mistake in it and could not be opened.")


def in_our_words(words: str, rows: Mapping[str, int] | None = None) -> Iterator[Problem]:
    """One message of pyxform, which may hold several, as rows of the report.

    ``rows`` are the rows of the survey sheet by name; nothing comes of what makes no difference here.
    """
    for part in re.split(r"\n(?=\[row : |Language ')", words):
        match = _ROW.match(part)
        row, text = (int(match[1]), match[2]) if match else (0, part)
        if any(each.search(text) for each in _SAY_NOTHING):
            continue
        yield _problem(row, _MORE.sub("", text).strip(), rows or {})


def _problem(row: int, text: str, rows: Mapping[str, int]) -> Problem:
    named = _SHEET.search(text)
    sheet = (named[1] or named[2]) if named else ("survey" if row else "")
    language = _LANGUAGE.match(text)
    if language is not None:
        # pyxform calls the columns that name no language "default".
        what = _("Some columns name a language, and some do not.")
        if language[1] != "default":
            what = _("In the language “{name}” the column “{column}” is missing.")
            what = what.format(name=language[1], column=language[3])
        return Problem(language[2], 1, what, _("Where words are missing, those of another language are shown."))
    for pattern, what, instead in _WORDS:
        found = pattern.search(text)
        if found is None:
            continue
        parts = {name: (value or "").strip(" .\n") for name, value in found.groupdict().items()}
        parts["name"] = parts.get("name") or parts.get("twice", "")
        if not row and parts["name"] in rows:
            sheet, row = "survey", rows[parts["name"]]
        return Problem(sheet, row, _(what).format(**parts), _(instead).format(**parts) if instead else "")
    what = _("Something here cannot be followed. In the words of the tool that reads it: “{words}”")
    return Problem(sheet, row, what.format(words=text[:LONGEST]))
