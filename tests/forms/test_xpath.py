"""Each function and conversion against the ODK XForms specification; the section stands beside each table.

"Spec" is the ODK XForms specification, "XPath" the XPath 1.0 recommendation.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from planner.forms.trouble import ExpressionTrouble
from planner.forms.xpath import Surroundings, evaluate
from planner.forms.xpath.convert import number_text

DOCUMENT = etree.fromstring(
    """<data>
  <three>3</three><day>2026-03-12</day><empty/><word>mesa</word><chosen>a b c</chosen>
  <stamp>2026-03-12T10:30:00.250+02:00</stamp>
  <row><n>1</n><w>x</w></row><row><n>4</n><w/></row><row><n>2.5</n><w>z</w></row>
</data>"""
)


class At(Surroundings):
    def now(self) -> datetime:
        return datetime(2026, 3, 12, 23, 30, 0, 5000, tzinfo=UTC)


def result(expression: str) -> Any:
    return evaluate(expression, DOCUMENT, around=At())


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        # XPath 3.4 Booleans, 3.5 Numbers
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("7 mod 3", 1.0),
        ("-7 mod 3", -1.0),
        ("7 div 2", 3.5),
        ("- - 3", 3.0),
        ("---3", -3.0),
        ("1 div 0", math.inf),
        ("1 < 2 and 2 >= 2", True),
        ("1 = 2 or 'a' != 'b'", True),
        ("/data/row/n > 3", True),
        ("/data/row/n = 2.5", True),
        ("/data/none != 5", False),
        ("/data/empty != 5", True),
        ("/data/three = '3'", True),
        ("true() > /data/none", True),
        # 3.7: a name after an operand is an operator
        ("/data/three - 1", 2.0),
        ("count(/data/* ) > 0", True),
        ("count(/data/row | /data/three)", 4.0),
        # Spec, "XPath Operators": dates compare and count
        ("/data/day > '2026-03-11'", True),
        ("/data/day + 1", 20525.0),
        ("date('1970-01-01') + 0", 0.0),
        ("'1969-12-31' + 0", -1.0),
        ("/data/day = '2026-03-12'", True),
        ("/data/day = 20524", True),
        ("today() = /data/day", True),
        # Spec, String Functions
        ("string(3.0)", "3"),
        ("string(0.5)", "0.5"),
        ("string(1 = 1)", "true"),
        ("string(0 div 0)", "NaN"),
        ("string(100000000000000000000000)", "100000000000000000000000"),
        ("concat('a')", "a"),
        ("concat('a', 1, /data/row/n)", "a1142.5"),
        ("join(', ', 'a', /data/row/w)", "a, x, , z"),
        ("substr('hello', 1, 3)", "el"),
        ("substr('hello', 2)", "llo"),
        ("substr('hello', -3, -1)", "ll"),
        ("substring('12345', 2, 3)", "234"),
        ("substring-before('1999/04', '/')", "1999"),
        ("substring-after('1999/04', '/')", "04"),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("normalize-space('  a   b ')", "a b"),
        ("string-length('niño')", 4.0),
        ("contains('haystack', 'st')", True),
        ("starts-with('haystack', 'hay')", True),
        ("ends-with('haystack', 'ack')", True),
        ("contains(/data/empty, '')", True),
        # Spec, Boolean Functions
        ("if(/data/three = 3, 'yes', 'no')", "yes"),
        ("if(false(), 1, 2) + 1", 3.0),
        ("coalesce(/data/empty, 'k')", "k"),
        ("coalesce(/data/three, 'k')", "3"),
        ("coalesce(/data/empty, /data/none)", ""),
        ("boolean('false')", True),
        ("boolean-from-string('false')", False),
        ("boolean-from-string('1')", True),
        ("boolean-from-string('yes')", False),
        ("not(1 = 1)", False),
        ("not(/data/empty)", False),
        ("regex('abc12', '[0-9]+')", True),
        ("regex('abc', '^[0-9]+$')", False),
        ("regex('\u00f1', '^\\w$')", True),
        # Spec, Number Functions
        ("number('1970-01-02')", 1.0),
        ("number('2024-02-29') - number('2024-02-28')", 1.0),
        ("number('1970-01-01T12:00:00Z')", 0.5),
        ("number('1970-01-01T00:00:00+12:00')", -0.5),
        ("number(true())", 1.0),
        ("number(' 12 ')", 12.0),
        ("int(2.9)", 2.0),
        ("int(-2.9)", -2.0),
        ("sum(/data/row/n)", 7.5),
        ("sum(/data/none)", 0.0),
        ("max(/data/row/n)", 4.0),
        ("min(/data/row/n, 0)", 0.0),
        ("round(2.5)", 3.0),
        ("round(-2.5)", -2.0),
        ("round(-2.6)", -3.0),
        ("round(1.005, 2)", 1.01),
        ("round(1234, -2)", 1200.0),
        ("pow(2, 10)", 1024.0),
        ("abs(-3)", 3.0),
        ("sqrt(9)", 3.0),
        ("pi()", math.pi),
        ("floor(-2.5)", -3.0),
        ("ceiling(2.1)", 3.0),
        # Spec, Node-set Functions
        ("count(/data/row)", 3.0),
        ("count-non-empty(/data/row/w)", 2.0),
        ("position(/data/row[3])", 3.0),
        ("string(/data/row[position() = 2]/n)", "4"),
        ("string(/data/row[last()]/n)", "2.5"),
        # Spec, Date and Time Functions
        ("today()", "2026-03-12"),
        ("now()", "2026-03-12T23:30:00.005+00:00"),
        ("date('2026-03-12T10:30:00.000+02:00')", "2026-03-12"),
        ("date(0)", "1970-01-01"),
        ("date(-1)", "1969-12-31"),
        ("date('nothing')", ""),
        ("date('2026-02-30')", ""),
        ("date(today() + 1)", "2026-03-13"),
        ("date-time('2026-03-12T10:30:00.000Z')", "2026-03-12T10:30:00.000+00:00"),
        ("decimal-date-time('1970-01-02T06:00:00Z')", 1.25),
        ("decimal-time('18:00:00.000')", 0.75),
        ("decimal-time('12:00')", 0.5),
        ("format-date('2026-03-02', '%Y %y %m %n %b %d %e %a %%')", "2026 26 03 3 Mar 02 2 Mon %"),
        ("format-date('', '%Y')", ""),
        ("format-date-time(/data/stamp, '%H:%M:%S.%3 %h')", "10:30:00.250 10"),
        # Spec, Select Functions
        ("selected(/data/chosen, 'b')", True),
        ("selected(/data/chosen, 'ab')", False),
        ("selected(/data/empty, '')", False),
        ("selected-at(/data/chosen, 0)", "a"),
        ("selected-at(/data/chosen, 2)", "c"),
        ("selected-at(/data/chosen, 3)", ""),
        ("selected-at(/data/chosen, -1)", ""),
        ("count-selected(/data/chosen)", 3.0),
        ("count-selected(/data/empty)", 0.0),
        # Spec, Repeat Functions
        ("indexed-repeat(/data/row/n, /data/row, 2)", "4"),
        ("indexed-repeat(/data/row/n, /data/row, 9)", ""),
    ],
)
def test_results_follow_the_specification(expression: str, expected: Any) -> None:
    assert result(expression) == expected


@pytest.mark.parametrize(
    "expression",
    ["number('')", "number('mesa')", "number('2026-13-01')", "max(/data/none)", "min(/data/row/w)", "sqrt(-1)",
     "decimal-time('25:00')", "position(/data/none)", "0 div 0", "sum(/data/row/w)", "pow(-8, 0.5)"],
)  # fmt: skip
def test_what_has_no_number_is_nan(expression: str) -> None:
    assert math.isnan(result(expression))


def test_uuid_is_version_4_or_of_a_given_length() -> None:
    text = result("uuid()")
    assert len(text) == 36
    assert text[14] == "4"
    assert len(result("uuid(7)")) == 7
    assert result("uuid(0)") == ""
    assert 0 <= result("random()") < 1


def test_date_without_a_zone_is_in_the_zone_of_the_machine() -> None:
    local = datetime(2026, 3, 12, 10, 30).astimezone()
    assert result("date-time('2026-03-12T10:30:00')") == local.isoformat(timespec="milliseconds")


def test_nodes_and_context_come_through() -> None:
    (row,) = result("/data/row[n = 4]")
    assert row.findtext("n") == "4"
    assert evaluate("../row[1]/w", DOCUMENT, row)[0].text == "x"
    assert evaluate("string(current()/n)", DOCUMENT, row) == "4"
    assert evaluate("count(/data/row[n < current()/n])", DOCUMENT, row) == 2.0


@pytest.mark.parametrize(
    "expression",
    ["", "1 +", "nothing(1)", "$x", "true(1)", "selected('a')", "count('a')", "/data/[", "a b",
     "(" * 80 + "1" + ")" * 80,
     "1 " + "+ 1" * 9000, "regex('a', '(')", "x:y(1)", "@@a", "q:name"],
)  # fmt: skip
def test_what_is_no_expression_is_told(expression: str) -> None:
    with pytest.raises(ExpressionTrouble):
        result(expression)


def test_absurd_pattern_ends_in_time() -> None:
    assert result("regex('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '^(a|a)*(a|a|b?)*$')") in {True, False}
    with pytest.raises(ExpressionTrouble):
        result(f"regex('a', '{'(a' * 1500}')")


def test_texts_put_together_have_an_end() -> None:
    assert len(str(result(f"concat('{'a' * 900}', '{'b' * 900}')"))) == 1800
    thousand = f"'{'a' * 1000}'"
    for expression in (f"concat({', '.join([thousand] * 101)})", f"join(',', {', '.join([thousand] * 101)})"):
        with pytest.raises(ExpressionTrouble, match="too long"):
            result(expression)


def test_pulldata_looks_up_an_instance() -> None:
    document = etree.fromstring(
        "<all><data/><instance id='l'><root><item><name>p</name><v>7</v></item></root></instance></all>"
    )
    assert evaluate("pulldata('l', 'v', 'name', 'p')", document) == "7"
    assert evaluate("pulldata('l', 'v', 'name', 'q')", document) == ""
    assert evaluate("pulldata('l', 'w', 'name', 'p')", document) == ""
    assert evaluate("instance('l')/root/item[name = 'p']/v", document)[0].text == "7"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_survives_being_written(value: float) -> None:
    text = number_text(value)
    assert "e" not in text.lower()
    assert float(text) == value


@given(st.text(alphabet="'\"abñ|/[]() -", max_size=20))
def test_any_text_is_a_text(text: str) -> None:
    if "'" in text and '"' in text:
        return
    quoted = f'"{text}"' if "'" in text else f"'{text}'"
    assert result(f"string({quoted})") == text


@given(st.text(alphabet="ab/.*@[]()'=<>!+-,12:$ |", max_size=25))
def test_nothing_written_breaks_the_parser(source: str) -> None:
    try:
        result(source)
    except ExpressionTrouble:
        pass
