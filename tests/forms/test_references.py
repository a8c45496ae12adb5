"""What an expression is found to hang on, along every axis (XPath 1.0, section 2.2)."""

from __future__ import annotations

import pytest

from planner.forms.references import references
from planner.forms.xpath import compile_expression
from tests.forms.tables import form

FORM = form(
    """type | name | label
    text | t | T
    begin repeat | a | A
    text | x | X
    begin repeat | b | B
    text | n | N
    text | m | M
    end repeat | |
    end repeat | |
    begin group | g | G
    text | u | U
    end group | |"""
).definition
N = "/data/a/b/n"


@pytest.mark.parametrize(
    ("place", "expression", "expected"),
    [
        (N, "/data/t", {"/data/t": 0}),
        (N, "../m", {"/data/a/b/m": 3}),
        (N, "../../x", {"/data/a/x": 2}),
        # An absolute path inside the same repeats means these very instances.
        (N, "/data/a/b/m", {"/data/a/b/m": 3}),
        (N, "/data/a/x", {"/data/a/x": 2}),
        # Whole sets do not.
        (N, "sum(/data/a/b/m)", {"/data/a/b/m": 0, "/data/a": 0, "/data/a/b": 0}),
        (N, "position(..)", {"/data/a/b": 2}),
        (N, "position(../..)", {"/data/a": 1}),
        (N, "../../b[position() = 1]/m", {"/data/a/b": 2, "/data/a/b/m": 2}),
        ("/data/t", "count(/data/a[x = current()/../t])", {"/data/a": 0, "/data/a/x": 0, "/data/t": 0}),
        ("/data/t", "/data/g/*", {"/data/g/u": 0}),
        ("/data/t", "//u", {"/data/g/u": 0}),
        ("/data/t", "../g/descendant::u", {"/data/g/u": 1}),
        ("/data/t", "../following-sibling::g", {}),
        ("/data/t", "following-sibling::g/u", {"/data/g/u": 2}),
        (N, "string(ancestor::a/x)", {"/data/a/x": 2}),
        (N, "ancestor-or-self::n", {N: 4}),
        ("/data/t", "-../g/u", {"/data/g/u": 1}),
        ("/data/t", "self::t", {"/data/t": 2}),
        ("/data/t", "text()", {}),
        ("/data/t", "namespace::q", {}),
        ("/data/t", "(../g | ../t)[1]/u", {"/data/g": 1, "/data/t": 1, "/data/g/u": 0}),
        ("/data/t", "instance('l')/root/item[name = /data/g/u]/v", {"/data/g/u": 0}),
        ("/data/t", "orx:meta/orx:*", {}),
        ("/data/t", "'text'", {}),
    ],
)
def test_reach(place: str, expression: str, expected: dict[str, int]) -> None:
    node = FORM.nodes[place]
    tree = compile_expression(expression, node.place(), {"orx": "urn:o"}).tree
    found: dict[str, int] = {}
    for target, pivot in references(tree, node, FORM.root, {"orx": "urn:o"}):
        found[target.path] = min(pivot, found.get(target.path, 99))
    assert {path: pivot for path, pivot in found.items() if path in expected} == expected
    if "following-sibling::g" not in expression and "//" not in expression and "(" not in expression:
        assert set(found) <= set(expected)
