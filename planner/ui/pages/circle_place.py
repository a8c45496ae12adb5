"""Where people stand in the circle: each in the band of their ring, disc and name whole, nobody over another.

The angle is the person's own, so that each is found where they stood before; only the distance, and a little of the
angle, give way to the others. Pure numbers, px from the middle, y downwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

ANGLES = 60
"""So many directions are tried."""

WIDTHS = 2
"""Widths are rounded up to so many steps, so that people of about the same width share what is worked out."""

LABEL_GAP = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody to be placed. ``ring`` counts from 0, the nearest; ``name`` is the width of the words below the disc."""

    id: str
    ring: int
    name: float


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lengths in px: a disc with its words below, the room between people, and the disc in the middle."""

    disc: float
    line: float
    gap: float
    me: float
    step: float

    @property
    def high(self) -> float:
        """How high a disc with its words is."""
        return self.disc + self.line


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, gap: float) -> bool:
        """Whether both come nearer than ``gap``."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """Where everybody stands: the middles of their boxes by id, the radii of the rings, and who found no room."""

    radii: tuple[float, float, float]
    spots: dict[str, tuple[float, float]]
    left_out: tuple[str, ...] = ()


def angle_of(person_id: str) -> float:
    """The direction in which somebody stands, radians; from the id alone, so it stays whoever comes or goes."""
    number = 0
    for sign in person_id.encode():
        number = (number * 131 + sign) % 1_000_003
    # Multiples of the golden section lie apart from each other, whatever the numbers are.
    return 2 * math.pi * (number * 0.6180339887498949 % 1.0)


def width_of(name: float, sizes: Sizes) -> float:
    """How wide somebody's box is, px."""
    unit = WIDTHS * sizes.step
    return max(sizes.disc, math.ceil(name / unit) * unit)


def box_at(x: float, y: float, wide: float, sizes: Sizes) -> Box:
    """The box of somebody whose middle is at a place."""
    return Box(x - wide / 2, y - sizes.high / 2, x + wide / 2, y + sizes.high / 2)


def reach(x: float, y: float, wide: float, sizes: Sizes) -> tuple[float, float]:
    """The least and the greatest distance of disc and words from the middle of the circle."""
    top = y - sizes.high / 2
    away = math.hypot(x, top + sizes.disc / 2)
    left, right, upper, lower = x - wide / 2, x + wide / 2, top + sizes.disc, y + sizes.high / 2
    near = math.hypot(max(left, 0.0, -right), max(upper, 0.0, -lower))
    far = math.hypot(max(abs(left), abs(right)), max(abs(upper), abs(lower)))
    return min(away - sizes.disc / 2, near), max(away + sizes.disc / 2, far)


@lru_cache(maxsize=16384)
def _at(number: int, far_out: int, wide: float, sizes: Sizes) -> tuple[float, float, float, float]:
    """So many steps out in one direction: the least and greatest reach of a box there, and its middle."""
    half = ANGLES // 2
    # Left and right are alike: 0 points to the end of a line, a quarter of the way round to the top.
    if ANGLES // 4 < number < half + ANGLES // 4:
        near, far, x, y = _at(half - number, far_out, wide, sizes)
        return near, far, -x, y
    angle = 2 * math.pi * number / ANGLES
    away = far_out * sizes.step
    x, y = away * math.cos(angle), -away * math.sin(angle)
    return *reach(x, y, wide, sizes), x, y


@lru_cache(maxsize=4096)
def _places(number: int, inner: float, outer: float, wide: float, sizes: Sizes) -> tuple[tuple[float, float], ...]:
    """Where a box of this width fits into a band in one direction: (x, y), in the middle of the band first."""
    # In a wide band there is room enough to look less closely.
    every = 1 if outer - inner < 2.2 * sizes.high else 2
    # A disc is above the middle of its box by half of its words, so much nearer or further may its middle be.
    first, last = math.ceil((inner + sizes.disc / 2 - sizes.line / 2) / sizes.step), int(outer / sizes.step)
    here = []
    for far_out in range(max(1, first), last + 1, every):
        near, far, x, y = _at(number % ANGLES, far_out, wide, sizes)
        if near >= inner and far <= outer:
            here.append((min(near - inner, outer - far), x, y))
    here.sort(reverse=True)
    return tuple((x, y) for _room, x, y in here)


def _by_angle(asked: Asked, inner: float, outer: float, sizes: Sizes) -> Iterator[tuple[float, float]]:
    """Places for somebody, those nearest to their own direction first."""
    wide = width_of(asked.name, sizes)
    own = round(angle_of(asked.id) / (2 * math.pi) * ANGLES)
    for turn in range(ANGLES // 2 + 1):
        for side in (1, -1) if 0 < turn < ANGLES // 2 else (1,):
            yield from _places((own + side * turn) % ANGLES, inner, outer, wide, sizes)


def _along_the_edge(asked: Asked, inner: float, outer: float, sizes: Sizes) -> Iterator[tuple[float, float]]:
    """The same places, close to the outer edge and one after the other: where there are many."""
    wide = width_of(asked.name, sizes)
    spots = (spot for number in range(ANGLES) for spot in _places(number, inner, outer, wide, sizes))
    return iter(sorted(spots, key=lambda spot: -round(math.hypot(*spot) / (4 * sizes.step))))


WAYS = (_by_angle, _along_the_edge)
"""Ways to look for a place; the second is for a ring with many people."""


@dataclass(frozen=True, slots=True)
class _Ring:
    """One ring filled: where its people stand, and who found no room in it."""

    outer: float
    spots: dict[str, tuple[float, float]]
    left_out: tuple[str, ...]


def _fill(
    people: Sequence[Asked], inner: float, outer: float, sizes: Sizes, kept_free: Iterable[Box], way: int
) -> _Ring:
    # Middle, and half of width and height, of what is taken; plain numbers, as this is asked some ten thousand times.
    taken = [
        ((box.left + box.right) / 2, (box.top + box.bottom) / 2, (box.right - box.left) / 2, (box.bottom - box.top) / 2)
        for box in kept_free
    ]
    spots: dict[str, tuple[float, float]] = {}
    left_out = []
    up = sizes.high / 2
    for asked in people:
        side = width_of(asked.name, sizes) / 2
        apart = [(x, y, wide + side + sizes.gap, high + up + sizes.gap) for x, y, wide, high in taken]
        for x, y in WAYS[way](asked, inner + 1, outer - 1, sizes):
            for other_x, other_y, wide, high in apart:
                if abs(x - other_x) < wide and abs(y - other_y) < high:
                    break
            else:
                taken.append((x, y, side, up))
                spots[asked.id] = (x, y)
                break
        else:
            left_out.append(asked.id)
    return _Ring(outer, spots, tuple(left_out))


def usual_radii(radius: float) -> tuple[float, float, float]:
    """The three rings when nothing asks for others."""
    return radius * 0.386, radius * 0.697, radius


class _Circle:
    """Fills ring after ring, from the middle; each is as wide as its own people need."""

    def __init__(self, people: Sequence[Asked], sizes: Sizes, labels: Sequence[tuple[float, float]]) -> None:
        self._rings = [[asked for asked in people if asked.ring == ring] for ring in range(3)]
        self._sizes, self._labels = sizes, labels
        self.strip = sizes.high * 0.5

    def _free(self, inner: float, outer: float, ring: int) -> list[Box]:
        """What nobody may stand on: the words on the edges of the ring."""
        edges = [(outer, ring)] if ring == 0 else [(inner, ring - 1), (outer, ring)]
        return [
            Box(-wide / 2 - LABEL_GAP, -edge - high / 2, wide / 2 + LABEL_GAP, -edge + high / 2)
            for edge, which in edges
            for wide, high in self._labels[which : which + 1]
        ]

    def _ring(self, ring: int, inner: float, outer: float, most: float, before: Sequence[_Ring] = ()) -> _Ring:
        """The smallest ring from ``outer`` up to ``most`` in which all its people find room; else the fullest.

        A box has corners that its disc does not fill and that may lie outside its ring: those ``before`` are kept free.
        """
        people = self._rings[ring]
        wide_first = sorted(people, key=lambda asked: -asked.name)
        # Less than this cannot hold them: trying it would only take time.
        area = sum((width_of(each.name, self._sizes) + self._sizes.gap) * self._sizes.high for each in people)
        needed = math.sqrt(inner**2 + 1.15 * area / math.pi)
        outer = max(outer, needed) if needed <= most else outer
        wides = {asked.id: width_of(asked.name, self._sizes) for each in self._rings for asked in each}
        taken = [box_at(x, y, wides[i], self._sizes) for each in before for i, (x, y) in each.spots.items()]
        best = _Ring(outer, {}, tuple(asked.id for asked in people))
        while True:
            for way, order in ((0, people), (0, wide_first), (1, wide_first)):
                kept_free = [*taken, *self._free(inner, outer, ring)]
                found = _fill(order, inner, outer, self._sizes, kept_free, way)
                if not found.left_out:
                    return found
                if len(found.left_out) < len(best.left_out):
                    best = found
            if outer >= most:
                return best
            outer = min(most, outer + 5 * self._sizes.step)

    def fill(self, radius: float, starts: tuple[float, float]) -> Placed:
        """All three, of which the first two are no smaller than ``starts``."""
        sizes, strip = self._sizes, self.strip
        middle = sizes.me / 2 + sizes.gap
        inmost = radius - 2 * strip
        first = self._ring(0, middle, min(starts[0], inmost), inmost)
        begin = min(max(starts[1], first.outer + strip), radius - strip)
        second = self._ring(1, first.outer, begin, radius - strip, (first,))
        third = self._ring(2, second.outer, radius, radius, (first, second))
        rings = (first, second, third)
        spots = {each: spot for ring in rings for each, spot in ring.spots.items()}
        left_out = tuple(each for ring in rings for each in ring.left_out)
        return Placed((first.outer, second.outer, radius), spots, left_out)

    def least(self) -> tuple[float, float]:
        """The least that the first two rings can be."""
        first = self._sizes.me / 2 + (self._sizes.high * 1.15 if self._rings[0] else self.strip)
        return first, first + (self._sizes.high * 1.15 if self._rings[1] else self.strip)


def place(
    people: Sequence[Asked],
    radius: float,
    most: float,
    sizes: Sizes,
    labels: Sequence[tuple[float, float]] = (),
) -> Placed:
    """Place everybody in a circle of ``radius`` px, or a larger one up to ``most`` where they do not fit.

    ``labels`` are width and height of the words on the three rings, which are kept free. Somebody may be left out
    where there is no room, but nobody ever stands over another.
    """
    circle = _Circle(people, sizes, labels)
    best = Placed(usual_radii(radius), {}, tuple(asked.id for asked in people))
    size = radius
    while True:
        for starts in (usual_radii(size)[:2], circle.least()):
            found = circle.fill(size, starts)
            if not found.left_out:
                return found
            if len(found.left_out) < len(best.left_out):
                best = found
        if size >= most:
            return best
        size = min(most, size * 1.12)
