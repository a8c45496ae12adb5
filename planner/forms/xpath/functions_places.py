"""Functions of places on Earth (ODK XForms, "Geographic Functions").

A point is ``latitude longitude altitude accuracy`` in degrees and metres, the last two may be left out; a trace or a
shape is a list of points parted by semicolons (section "Data Types"). The Earth is taken as a ball with its radius at
the Equator; altitude is left aside. Results are whole centimetres or square centimetres' hundreds (two decimals), as
the clients of the specification give them. What is no point makes the result NaN.
"""

from __future__ import annotations

import math
from itertools import pairwise

from planner.forms.xpath.convert import Value, node_text, to_number, to_text
from planner.forms.xpath.functions import function, present
from planner.forms.xpath.surroundings import Surroundings

EARTH_RADIUS = 6_378_100.0
"""Metres, at the Equator."""

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def read_point(text: str) -> Point | None:
    """A point as it is written; None when it is none or not on Earth."""
    parts = [to_number(part) for part in text.split()]
    if not 2 <= len(parts) <= 4 or not all(map(math.isfinite, parts)):
        return None
    if abs(parts[0]) > 90 or abs(parts[1]) > 180 or (len(parts) == 4 and parts[3] < 0):
        return None
    return parts[0], parts[1]


def _points(around: Surroundings, values: tuple[Value, ...]) -> list[Point] | None:
    texts: list[str] = []
    for value in values:
        texts.extend(
            [node_text(node) for node in present(around, value)] if isinstance(value, list) else [to_text(value)]
        )
    if len(texts) == 1:
        texts = texts[0].strip().rstrip(";").split(";")
    found = [read_point(text) for text in texts]
    return None if not found or None in found else [point for point in found if point is not None]


def _rounded(value: float) -> float:
    return math.floor(abs(value) * 100 + 0.5) / 100


def _area(around: Surroundings, *values: Value) -> float:
    points = _points(around, values)
    if points is None:
        return math.nan
    if len(points) < 3:
        return 0.0
    total = 0.0
    for (south, west), (north, east) in pairwise([*points, points[0]]):
        total += math.radians(east - west) * (2 + math.sin(math.radians(south)) + math.sin(math.radians(north)))
    return _rounded(total * EARTH_RADIUS**2 / 2)


function("area", "a", "num", whole=True)(_area)
function("enclosed-area", "a", "num", whole=True)(_area)


@function("distance", "aa*", "num", whole=True)
def _distance(around: Surroundings, *values: Value) -> float:
    points = _points(around, values)
    if points is None:
        return math.nan
    return _rounded(sum(_apart(a, b) for a, b in pairwise(points)) * EARTH_RADIUS)


def _apart(a: Point, b: Point) -> float:
    """The angle between two points, by the haversine formula, which stays exact where they lie close together."""
    south, north = math.radians(a[0]), math.radians(b[0])
    across = math.radians(b[1] - a[1])
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin(across / 2) ** 2
    return 2 * math.asin(math.sqrt(min(1.0, half)))


@function("geofence", "sa", "bool")
def _geofence(around: Surroundings, where: str, fence: Value) -> bool:
    """Whether a point lies inside a shape: a line going east from it crosses the border an odd number of times.

    Not in the specification's table; newer clients know it.
    """
    point, corners = read_point(where), _points(around, (fence,))
    if point is None or corners is None:
        return False
    inside = False
    for (south, west), (north, east) in pairwise([*corners, corners[0]]):
        crosses = (south > point[0]) != (north > point[0])
        if crosses and point[1] < (west - east) * (point[0] - north) / (south - north) + east:
            inside = not inside
    return inside


MOST_CORNERS = 600
"""Points of a line up to which its parts are compared with each other."""


@function("intersects", "a", "bool", whole=True)
def _intersects(around: Surroundings, line: Value) -> bool:
    """Whether two parts of a trace or shape cross or touch; parts that follow each other do so only by going back.

    Not in the specification's table; ODK documentation, "Form Operators and Functions".
    """
    points = _points(around, (line,))
    if points is None or len(points) > MOST_CORNERS:
        return False
    parts = [each for each in pairwise(points) if each[0] != each[1]]
    closed = len(parts) > 2 and parts[0][0] == parts[-1][1]
    ordered = sorted(range(len(parts)), key=lambda i: min(parts[i][0][1], parts[i][1][1]))
    for place, i in enumerate(ordered):
        east = max(parts[i][0][1], parts[i][1][1])
        for j in ordered[place + 1 :]:
            if min(parts[j][0][1], parts[j][1][1]) > east:
                break
            first, second = min(i, j), max(i, j)
            if second == first + 1:
                meet = _goes_back(*parts[first], parts[second][1])
            elif closed and first == 0 and second == len(parts) - 1:
                meet = _goes_back(*parts[second], parts[first][1])
            else:
                meet = _meet(parts[first], parts[second])
            if meet:
                return True
    return False


def _side(a: Point, b: Point, c: Point) -> float:
    """Above 0 where c lies to one side of the line from a to b, below 0 on the other, 0 on it."""
    return (b[1] - a[1]) * (c[0] - a[0]) - (b[0] - a[0]) * (c[1] - a[1])


def _goes_back(a: Point, b: Point, c: Point) -> bool:
    ahead = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1])
    return _side(a, b, c) == 0 and ahead < 0


def _meet(one: tuple[Point, Point], two: tuple[Point, Point]) -> bool:
    (a, b), (c, d) = one, two
    sides = _side(a, b, c), _side(a, b, d), _side(c, d, a), _side(c, d, b)
    if sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0:
        return True
    on = zip(sides, ((a, b, c), (a, b, d), (c, d, a), (c, d, b)), strict=True)
    return any(side == 0 and _within(*three) for side, three in on)


def _within(a: Point, b: Point, c: Point) -> bool:
    return all(min(a[i], b[i]) <= c[i] <= max(a[i], b[i]) for i in (0, 1))
