"""Expressions at the edges: empty nodes, NaN, days before 1970, leap days, zones, signs, quotes.

Each expected result follows from a sentence of the ODK XForms specification ("Spec", with its heading), of XPath 1.0
or of XPath functions 3.0, named beside it.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from planner.forms.trouble import ExpressionTrouble
from planner.forms.xpath import Surroundings, evaluate

DOCUMENT = """<data><three>3</three><empty/><blank>  </blank><no>false</no><quote>it's "so"</quote>
<row><n>1</n></row><row><n>2</n></row><row><n>3</n></row><l>A</l><l/><l>C</l><chosen>a  b c</chosen>
<here>0 0 0 0</here><here>0 1 0 0</here><here>1 1 0 0</here></data>"""


class At(Surroundings):
    def now(self) -> datetime:
        return datetime(2026, 3, 12, 23, 30, tzinfo=timezone(timedelta(hours=-7)))


def result(expression: str) -> Any:
    return evaluate(expression, DOCUMENT, around=At())


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        # XPath 1.0, 4.2 string(): no node, signs, no exponent
        ("string(/data/none)", ""),
        ("string(-0.0)", "0"),
        ("string(1 div 0)", "Infinity"),
        ("string(-1 div 0)", "-Infinity"),
        ("string(0.0000001)", "0.0000001"),
        ("string(123456789012345680)", "123456789012345680"),
        # Spec, concat() and join(): also of one value or of none, all nodes with the empty ones
        ("concat()", ""),
        ("concat(/data/none)", ""),
        ("concat(/data/row/n, /data/l)", "123AC"),
        ("concat(true(), 1 = 2)", "truefalse"),
        ("join(' ', /data/l)", "A  C"),
        # Spec, substr(): from 0, to the one before the end; arguments are cast by number()
        ("substr('hello', '1', '3')", "el"),
        ("substr('hello', 10)", ""),
        ("substr('', 0, 3)", ""),
        # XPath 1.0, 4.2: its own examples, and empty texts
        ("substring('12345', 0, 3)", "12"),
        ("substring('12345', 1, 0 div 0)", ""),
        ("substring('12345', -1 div 0, 1 div 0)", ""),
        ("substring-before('abc', '')", ""),
        ("substring-after('abc', '')", "abc"),
        ("substring-after('abc', 'x')", ""),
        ("translate('a', 'aa', 'xy')", "x"),
        ("string-length('')", 0.0),
        ("string-length(/data/quote)", 9.0),
        ("normalize-space(/data/blank)", ""),
        ("contains('', '')", True),
        ("ends-with('', 'a')", False),
        # XPath 1.0, 3.7: a text stands in either quotes, and one with both is put together
        ('"it\'s"', "it's"),
        ("'say \"x\"'", 'say "x"'),
        ("concat(\"it's\", ' \"so\"') = /data/quote", True),
        # Spec, digest(): XForms 1.1, 7.8.2, of the text's UTF-8 bytes; base64 where nothing is said
        ("digest('', 'SHA-1')", "2jmj7l5rSw0yVb/vlWAYkK/YBwk="),
        # Spec, note on booleans kept as texts
        ("if(/data/no, 'yes', 'no')", "yes"),
        ("if(/data/no = 'true', 'yes', 'no')", "no"),
        ("boolean(/data/empty)", True),
        ("boolean(/data/none)", False),
        ("boolean('0')", True),
        ("boolean(' ')", True),
        ("not(0 div 0)", True),
        # Spec, boolean-from-string(): anything that is not "true" or "1" is false
        ("boolean-from-string(1)", True),
        ("boolean-from-string(true())", True),
        ("boolean-from-string(' true')", False),
        # Spec, coalesce(): strings
        ("coalesce(0, 1)", "0"),
        ("coalesce(/data/none, /data/empty)", ""),
        # Spec, checklist(): what converts to a number above 0 is true; -1 is no bound
        ("checklist(1, 2, 'true', 'false')", False),
        ("checklist(2, 3, 1, 0, '1', 0.5)", True),
        ("checklist(-1, -1, 1)", True),
        ("checklist(1, 1, '')", False),
        ("weighted-checklist(1, 1, 0.1, 1, 0, 5)", True),
        ("weighted-checklist(3, 3, 1, '', 1, 3)", False),
        # Spec, number(); XPath 1.0, 4.4
        ("number('5.')", 5.0),
        ("number('.5')", 0.5),
        ("number('9999-12-31')", 2932896.0),
        ("number('0001-01-01')", -719162.0),
        ("number('1969-12-31T23:59:59.999Z') < 0", True),
        ("number('1970-01-01T02:00:00.000+02:00')", 0.0),
        ("number('2100-03-01') - number('2100-02-28')", 1.0),
        ("number('2000-03-01') - number('2000-02-28')", 2.0),
        # Spec, int(): the part after the point is discarded, towards 0
        ("int(-0.5)", 0.0),
        ("int(-7.99)", -7.0),
        ("int(1 div 0)", math.inf),
        # Spec, max() and min() of nodes and numbers
        ("max(/data/row/n, /data/three, 7)", 7.0),
        ("min(/data/row/n, /data/three, -7)", -7.0),
        ("max('3', 2)", 3.0),
        # XPath 1.0, 4.4 round(): of two that are as near, the one closer to positive infinity; Spec: decimals
        ("round(-1.25, 1)", -1.2),
        ("round(1.25, 1)", 1.3),
        ("round(-12355, -1)", -12350.0),
        ("round(-0.2)", 0.0),
        ("round(-1 div 0)", -math.inf),
        # XPath functions 3.0, 4.8.4 math:pow(), 4.8.2 math:exp(), 4.8.11 math:atan(), 4.8.12 math:atan2()
        ("pow(0, 0)", 1.0),
        ("pow(2, -1)", 0.5),
        ("pow(-1, 1 div 0)", 1.0),
        ("pow(1, 0 div 0)", 1.0),
        ("exp(-1 div 0)", 0.0),
        ("exp10(400)", math.inf),
        ("atan(1 div 0)", math.pi / 2),
        ("atan2(0, 0)", 0.0),
        ("atan2(-1, 0)", -math.pi / 2),
        ("sqrt(1 div 0)", math.inf),
        ("abs(-1 div 0)", math.inf),
        # XPath 1.0, 3.5: the remainder has the sign of what is divided
        ("5 mod -2", 1.0),
        ("-5 mod 2", -1.0),
        ("1.5 mod 0.5", 0.0),
        ("-(1) div 0", -math.inf),
        ("true() + true()", 2.0),
        ("--/data/three", 3.0),
        # XPath 1.0, 3.4: comparing sets, truths and NaN; from the left
        ("/data/none = ''", False),
        ("/data/empty = ''", True),
        ("/data/none = false()", True),
        ("'false' = false()", False),
        ("'x' = true()", True),
        ("0 div 0 = 0 div 0", False),
        ("0 div 0 != 0 div 0", True),
        ("3 > 2 > 1", False),
        ("1 < 2 < 3", True),
        ("'' = 0", False),
        # XPath 1.0, 3.7: a hyphen inside a name belongs to it
        ("count(/data/three-1)", 0.0),
        ("/data/three - 1", 2.0),
        # Spec, XPath Operators: days are compared as numbers where an order is asked for
        ("today() < '2026-03-13'", True),
        ("'1969-12-31' < '1970-01-01'", True),
        ("'2024-01-01' < '2023-12-31'", False),
        # Spec, count-non-empty(): XForms 1.0, 7.7.4, a string of one blank is not empty
        ("count-non-empty(/data/l)", 2.0),
        ("count-non-empty(/data/blank)", 1.0),
        ("count-non-empty(/data/none)", 0.0),
        # XPath 1.0, 2.4: a number in brackets is a place, anything else is true or false
        ("string(/data/row[n mod 2 = 1][2]/n)", "3"),
        ("count(/data/row[0])", 0.0),
        ("count(/data/row['x'])", 3.0),
        ("string((/data/row/n | /data/three)[last()])", "3"),
        ("sum(/data/row[n > 1]/n)", 5.0),
        ("string(/data/row[n = /data/three]/n)", "3"),
        ("string(/data/row[n > ../row[1]/n][1]/n)", "2"),
        # Spec, date(): any value; what is no day is empty
        ("date(date('2024-02-28') + 2)", "2024-03-01"),
        ("date('-5')", "1969-12-27"),
        ("date('12/07/2023')", ""),
        ("date(1 div 0)", ""),
        ("date(-1 div 0)", ""),
        ("format-date(1 div 0, '%Y')", ""),
        ("date('0001-01-01' - 1)", ""),
        ("date('2012-07-23T23:30:00.000-11:00')", "2012-07-23"),
        # Spec, decimal-date-time() and decimal-time(): since 1970 UTC; on the device's clock, which is at -07:00
        ("decimal-date-time('1970-01-01T00:00:00.000+12:00')", -0.5),
        ("decimal-date-time(5.5)", 5.5),
        ("decimal-time('12:00:00.000-07:00')", 0.5),
        ("decimal-time('07:00:00.000Z')", 0.0),
        ("decimal-time('00:00:00.000')", 0.0),
        # Spec, format-date(), format-date-time(): each mark in its figures
        ("format-date('2001-01-05', '%d %e %m %n %y')", "05 5 01 1 01"),
        ("format-date('0099-01-05', '%Y %y')", "0099 99"),
        ("format-date('2001-01-05', '')", ""),
        ("format-date-time('2001-12-31T06:07:08.009+02:00', '%H %h %M %S %3')", "06 6 07 08 009"),
        ("format-date-time('2001-12-31', '%H:%M')", "00:00"),
        # Spec, selected(), selected-at(), count-selected(): lists with blanks between
        ("selected('a b', 'a b')", False),
        ("selected(/data/none, 'a')", False),
        ("selected-at(/data/chosen, 1)", "b"),
        ("selected-at('a b', '1')", "b"),
        ("selected-at('', 0)", ""),
        ("count-selected('  ')", 0.0),
        # Spec, indexed-repeat(): places from 1
        ("indexed-repeat(/data/row/n, /data/row, 1 + 1)", "2"),
        ("indexed-repeat(/data/row/n, /data/row, -1)", ""),
        # Spec, distance() and area(): one point has none; across the line where days change
        ("distance('0 0')", 0.0),
        ("area('0 0')", 0.0),
        ("distance('0 179;0 -179') = distance('0 0;0 2')", True),
        ("abs(distance(/data/here) - distance('0 0;0 1') - distance('0 1;1 1')) < 0.02", True),
        # Spec, base64-decode(): UTF-8
        ("base64-decode('w6k=')", "é"),
    ],
)  # fmt: skip
def test_at_the_edge(expression: str, expected: Any) -> None:
    found = result(expression)
    assert type(found) is type(expected)
    assert found == (pytest.approx(expected, rel=1e-12) if isinstance(expected, float) else expected)


@pytest.mark.parametrize(
    "expression",
    ["number('   ')", "number('-')", "number('0x10')", "number('Infinity')", "number('\u0661')", "number('2100-02-29')",
     "number('2023-02-29')", "int('')", "floor(/data/none)", "sum(/data/l)", "min(0 div 0, 1)", "max(1, 'a')",
     "round('')", "round(0 div 0)", "pow(0 div 0, 1)", "log('x')", "log10('')", "abs('')", "sin(0 div 0)",
     "5 mod 0", "'a' + 1", "'' + 1", "/data/empty * 2", "decimal-date-time('')", "decimal-time('noon')",
     "decimal-time(/data/none)", "distance('0 0;;1 1')", "distance('')", "min(/data/none)"],
)  # fmt: skip
def test_no_number(expression: str) -> None:
    """XPath 1.0, 4.4 number(): any other string is NaN, and what is worked out with it (IEEE 754) too."""
    assert math.isnan(result(expression))


@pytest.mark.parametrize("expression", ["+1", "1e3", "max()", "join()", "coalesce()", "not()", "pi(1)", "today(1)"])
def test_not_in_the_grammar_or_with_other_arguments(expression: str) -> None:
    """XPath 1.0, 3.5 and 3.7: no sign + before a number, no exponents; Spec, "XPath Functions": the arguments."""
    with pytest.raises(ExpressionTrouble):
        result(expression)
