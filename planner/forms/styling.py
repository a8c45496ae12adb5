"""Styling of labels and hints: the part of Markdown, and the few tags, that forms of the ODK family know.

What is understood is said in the ODK documentation, "Form Styling": headings, bold and italic words, links, escapes and
``<span style="color:…">``; enketo-transformer, ``markdown.js``, adds lists. Everything else stays as it is written.
Fonts and alignment are left to the page. One difference is on purpose: an underscore within a word, and an asterisk
between two digits, stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_SIGNS = frozenset("\\*_#[<\n")
"""A text without any of these has no styling."""

_ESCAPED = frozenset("\\*_#[]()<>+-.")
_DEEPEST = 8
"""Styles within styles: more is nobody's label."""

_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*?)[ \t]*#*[ \t]*\Z")
_BULLET = re.compile(r"[*+-][ \t]+(?=\S)")
_NUMBER = re.compile(r"(\d{1,4}\.)[ \t]+(?=\S)")
_TAG = re.compile(r"<\s?(/?)\s?(span|strong|b|em|i|u|p|div|br|font)\b([^<>\n]{0,300})>", re.IGNORECASE)
_COLOUR = re.compile(
    r"""(?:(?<![-\w])color\s*[:=]\s*["']?)(#[0-9a-f]{3}(?:[0-9a-f]{3})?|[a-z]{3,24})\b""", re.IGNORECASE
)
_BREAK = re.compile(r"<\s?br\s?/?>", re.IGNORECASE)
_ADDRESS = re.compile(r"\]\(([^()\n]{1,2000})\)")


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one look. ``colour`` is as CSS writes it (``red``, ``#008000``), ``link`` an address; or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    colour: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, whether it is a heading (``level`` 1 to 6, else 0), and what stands before a list's item."""

    spans: tuple[Span, ...]
    level: int = 0
    mark: str = ""

    @property
    def text(self) -> str:
        """The words without any look, a link with its address behind it."""
        words = "".join(map(with_address, self.spans))
        return f"{self.mark} {words}" if self.mark else words


def styled(text: str) -> tuple[Line, ...]:
    """The lines of a label or hint; lines without a word are left out between two of them only when repeated."""
    if not _SIGNS & set(text):
        return (Line((Span(text),)),) if text else ()
    rows = _BREAK.sub("\n", text).replace("\r\n", "\n").split("\n")
    marked = [_list_mark(row) for row in rows]
    out: list[Line] = []
    for number, row in enumerate(rows):
        mark, rest = marked[number]
        # One line alone that begins with a number or a dash is a sentence, as in "1. What is your name?"
        if mark and (number or any(each for each, _words in marked[1:2])):
            out.append(Line(tuple(spans(rest)), mark=mark))
            continue
        heading = _HEADING.match(row.strip())
        if heading is not None:
            out.append(Line(tuple(spans(heading[2])), level=len(heading[1])))
            continue
        words = tuple(spans(row.strip()))
        if words or (out and out[-1].spans):
            out.append(Line(words))
    while out and not out[-1].spans:
        out.pop()
    return tuple(out)


def plain(text: str) -> str:
    """The words of a label without signs of styling: for lists, and for a screen reader."""
    if not _SIGNS & set(text):
        return text
    return "\n".join(line.text for line in styled(text))


def spans(text: str) -> Iterator[Span]:
    """The words of one line, each run of one look once."""
    kept: Span | None = None
    for each in _Reader(text).read(0, len(text), Span(""), 0):
        if kept is not None and replace(kept, text="") == replace(each, text=""):
            kept = replace(kept, text=kept.text + each.text)
        else:
            if kept is not None:
                yield kept
            kept = each
    if kept is not None:
        yield kept


def _list_mark(row: str) -> tuple[str, str]:
    """What stands before an item of a list, and its words; ("", row) where it is none."""
    line = row.strip()
    if bullet := _BULLET.match(line):
        return "•", line[bullet.end() :]
    if number := _NUMBER.match(line):
        return number[1], line[number.end() :]
    return "", row


def with_address(span: Span) -> str:
    """The words of a span; of a link with its address behind them, unless they are the address."""
    bare = span.link.partition("://")[2] or span.link.removeprefix("mailto:")
    return span.text if not span.link or span.text in {span.link, bare} else f"{span.text} ({span.link})"


class _Reader:
    """Reads one line. Where something ends is looked for once for all beginnings, so that no line takes for ever."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[tuple[str, int], int] = {}

    def read(self, start: int, end: int, look: Span, depth: int) -> Iterator[Span]:
        """The spans between two places, each with at least the given look."""
        text, here, begun = self._text, start, start
        while here < end:
            sign = text[here]
            if sign not in "\\*_[<":
                here += 1
                continue
            if sign == "\\" and here + 1 < end and text[here + 1] in _ESCAPED:
                yield from _some(text[begun:here], look)
                begun, here = here + 1, here + 2
                continue
            found = self._begins(sign, here, end, look) if depth < _DEEPEST else None
            if found is None:
                here += 2 if text.startswith(sign * 2, here) and sign in "*_" else 1
                continue
            inside, until, after, new = found
            yield from _some(text[begun:here], look)
            yield from self.read(inside, until, new, depth + 1)
            begun = here = after
        yield from _some(text[begun:end], look)

    def _begins(self, sign: str, here: int, end: int, look: Span) -> tuple[int, int, int, Span] | None:
        """What begins at a sign: where its words begin and end, where it is over, and their look."""
        if sign in "*_":
            return self._strong(sign, here, end, look) or self._emphasis(sign, here, end, look)
        if sign == "[":
            return self._link(here, end, look)
        return self._tag(here, end, look)

    def _strong(self, sign: str, here: int, end: int, look: Span) -> tuple[int, int, int, Span] | None:
        if not self._text.startswith(sign * 2, here):
            return None
        until = self._next(sign * 2, here + 2, end)
        if until <= here + 2:
            return None
        if self._text.startswith(sign * 3, here) and self._text.startswith(sign * 3, until) and until + 3 <= end:
            until += 1  # ***both*** is bold, and within it italic
        return here + 2, until, until + 2, replace(look, bold=True)

    def _emphasis(self, sign: str, here: int, end: int, look: Span) -> tuple[int, int, int, Span] | None:
        text, inside = self._text, here + 1
        if inside >= end or text[inside].isspace() or text[inside] == sign:
            return None
        before = text[here - 1] if here else ""
        if before.isalnum() if sign == "_" else before.isdigit() and text[inside].isdigit():
            return None
        until = self._next(sign, inside, end)
        if until <= inside or (sign == "_" and until + 1 < end and text[until + 1].isalnum()):
            return None
        return inside, until, until + 1, replace(look, italic=True)

    def _link(self, here: int, end: int, look: Span) -> tuple[int, int, int, Span] | None:
        until = self._next("]", here + 1, end)
        address = _ADDRESS.match(self._text, until, end) if until > here + 1 else None
        if address is None:
            return None
        return here + 1, until, address.end(), replace(look, link=address[1].strip())

    def _tag(self, here: int, end: int, look: Span) -> tuple[int, int, int, Span] | None:
        tag = _TAG.match(self._text, here, end)
        if tag is None:
            return None
        name = tag[2].lower()
        if tag[1] or name == "br":  # what ends without having begun shows nothing
            return tag.end(), tag.end(), tag.end(), look
        until, after = self._end_of(name, tag.end(), end)
        if name in {"b", "strong"}:
            look = replace(look, bold=True)
        elif name in {"i", "em"}:
            look = replace(look, italic=True)
        elif name in {"span", "font"} and (colour := _COLOUR.search(tag[3])):
            look = replace(look, colour=colour[1].lower())
        return tag.end(), until, after, look

    def _end_of(self, name: str, start: int, end: int) -> tuple[int, int]:
        """Where a tag ends; one that does not goes to the end of the line."""
        until = self._text.find("</", start, end)
        while until >= 0:
            closing = _TAG.match(self._text, until, end)
            if closing is not None and closing[2].lower() == name:
                return until, closing.end()
            until = self._text.find("</", until + 2, end)
        return end, end

    def _next(self, wanted: str, start: int, end: int) -> int:
        """Where ``wanted`` stands next without a backslash before it, or -1."""
        known = self._found.get((wanted, end), -2)
        if known == -1 or known >= start:
            return known
        found = start - 1
        while True:
            found = self._text.find(wanted, found + 1, end)
            if found < 0 or not _is_escaped(self._text, found):
                break
        self._found[wanted, end] = found
        return found


def _is_escaped(text: str, place: int) -> bool:
    before = place
    while before and text[before - 1] == "\\":
        before -= 1
    return bool((place - before) % 2)


def _some(text: str, look: Span) -> Iterator[Span]:
    if text:
        yield replace(look, text=text)
