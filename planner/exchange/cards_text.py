r"""The lines of a card file: from bytes to properties, in linear time, whatever the bytes are.

The syntax is that of RFC 6350, section 3.3 (and RFC 2425 and 2426 before it), with what programs really write: vCard
2.1 (parameters without a name, QUOTED-PRINTABLE with soft line breaks, CHARSET), any end of line, any of the usual
encodings, one broken line among good ones. Nothing is ever given up as a whole because of one card.

Neither library at hand reads this. vobject loses every card of a file for one line that it cannot read, raises on a
charset that it does not know, and on a line such as ``TEL;A="b",c;A="b",c…`` its pattern takes 16 times longer with
every two parameters (14 of them: more than a minute). icalendar takes the backslashes away before a structured value
is split (``N:Smith\;Jones;Ann``), and does not know 2.1.
"""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from planner.errors import MachineTrouble
from planner.words import _

MOST_BYTES = 64 * 1024 * 1024
"""Of a file: a few hundred cards with pictures."""
MOST_CARDS = 5000
MOST_LINES = 1000
"""Properties of one card."""
MOST_LINE = 16 * 1024
"""Bytes of a property that are kept; only pictures and sounds are longer, and those are not looked at."""

Progress = Callable[[int, int], None]
"""Called with bytes done and bytes in all; may raise to stop."""

MOST_ROWS = 1_500_000
"""Lines of a file, as they are folded: more is no card file."""
MOST_HEAD = 2 * 1024
"""Letters of a property before its value."""

_ASK_EVERY = 32
_BEGIN = re.compile(rb"[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*", re.IGNORECASE)
_END = re.compile(rb"[ \t]*END[ \t]*:[ \t]*VCARD[ \t]*", re.IGNORECASE)
_NAME = re.compile(r"(?:([A-Za-z0-9_-]+)\.)?([A-Za-z0-9-]+)\s*")
_ENCODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "Q", "7BIT", "8BIT", "BINARY"})
_CHARSET = re.compile(
    r"(us-?ascii|utf-?8|utf-?16(le|be)?|(iso-?)?8859-?\d{1,2}|iso-8859-\d{1,2}|latin-?\d{1,2}|(windows-|cp)125\d|"
    r"koi8-?[ru]|shift_?-?jis|euc-?(jp|kr)|iso-2022-(jp|kr)|gb2312|gbk|gb18030|big5|tis-620|mac-?roman)",
    re.IGNORECASE,
)
"""Those that are text; Python knows "encodings" that pack, squeeze or rotate."""


class CardTrouble(MachineTrouble):
    """A file that cannot be taken for cards; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Property:
    """One line of a card. ``name`` and the names of ``params`` are in capitals; ``value`` is decoded but still escaped.

    ``group`` is what stood before the name ("item1"), in small letters. ``cut`` says that the value was too long.
    """

    name: str
    value: str
    params: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    group: str = ""
    cut: bool = False

    @property
    def types(self) -> frozenset[str]:
        """The values of TYPE, in small letters."""
        return frozenset(each.strip().lower() for each in self.params.get("TYPE", ()))

    @property
    def preference(self) -> int:
        """1 to 100 (RFC 6350, section 5.3), the smaller the better; 101 where nothing was said."""
        said = self.params.get("PREF", ("",))[0].strip()
        if said.isascii() and said.isdigit() and len(said) <= 3:
            return max(1, min(100, int(said)))
        return 1 if "pref" in self.types else 101


@dataclass(slots=True)
class RawCard:
    """What stood between BEGIN and END. ``ended`` is false where the end is missing."""

    number: int
    properties: list[Property] = field(default_factory=list)
    ended: bool = False
    too_many: bool = False


def raw_cards(data: bytes, progress: Progress) -> Iterator[RawCard]:
    """The cards of a file, in order; a card without an end comes too.

    Raises:
        CardTrouble: there is no card in it, or more of them than anyone looks through.
    """
    if len(data) > MOST_BYTES:
        raise _too_large()
    cards = _Cards()
    for line, cut in _lines(_one_encoding(data), progress):
        done = cards.take(line, cut)
        if done is not None:
            yield done
    if cards.open is not None:
        yield cards.open
    if not cards.count:
        raise _no_cards(data)


class _Cards:
    """Lines put together to cards: which one is open, and how many there were."""

    def __init__(self) -> None:
        self.open: RawCard | None = None
        self.count = 0
        self._inside = 0

    def take(self, line: bytes, cut: bool) -> RawCard | None:
        """Take one line; returns the card that it ends."""
        if _BEGIN.fullmatch(line):
            return self._begin()
        if _END.fullmatch(line):
            return self._end()
        if self.open is not None and not self._inside:
            _put(self.open, line, cut)
        return None

    def _begin(self) -> RawCard | None:
        before = self.open
        if before is not None and _holds_another(before):
            self._inside += 1
            return None
        self.count += 1
        self._inside = 0
        if self.count > MOST_CARDS:
            raise CardTrouble(
                _("There are more cards in this file than can be brought in at once."),
                _("If you can, save it again in smaller parts, and bring them in one after the other."),
            )
        self.open = RawCard(self.count)
        return before

    def _end(self) -> RawCard | None:
        if self._inside:
            self._inside -= 1
            return None
        before, self.open = self.open, None
        if before is not None:
            before.ended = True
        return before


def _too_large() -> CardTrouble:
    return CardTrouble(
        _("This file is too large to bring in."),
        _("If you can, save it again in smaller parts, and bring them in one after the other."),
    )


def _no_cards(data: bytes) -> CardTrouble:
    if b"BEGIN:VCALENDAR" in data[:4096].upper():
        return CardTrouble(
            _("This file is a calendar, not cards of people."), _("Open the calendar page to bring it in.")
        )
    return CardTrouble(
        _("There are no cards of people in this file."),
        _("Such files usually end in .vcf. A phone or a mail program can make one."),
    )


def _put(card: RawCard, line: bytes, cut: bool) -> None:
    if len(card.properties) >= MOST_LINES:
        card.too_many = True
        return
    found = read_line(line, cut)
    if found is not None:
        card.properties.append(found)


def _holds_another(card: RawCard) -> bool:
    """Whether a card stands inside this one: the AGENT of vCard 2.1."""
    last = card.properties[-1] if card.properties else None
    return last is not None and last.name == "AGENT" and not last.value.strip()


# ---------------------------------------------------------------- lines


def _one_encoding(data: bytes) -> bytes:
    """The file with ASCII in single bytes, and every line ended by a line feed."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    elif b"\0" in data[:2] and len(data) > 3:
        data = data.decode("utf-16-be" if data[0] == 0 else "utf-16-le", "replace").encode("utf-8", "replace")
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _lines(data: bytes, progress: Progress) -> Iterator[tuple[bytes, bool]]:
    """Unfolded lines, each with whether it was cut off at :data:`MOST_LINE`.

    A line that begins with a space or a tab goes on the one before (RFC 6350, section 3.2). A QUOTED-PRINTABLE value
    that ends in "=" goes on in the next line (RFC 2045, section 6.7), but never over the end of its card.
    """
    parts: list[bytes] = []
    size, cut, soft_ends = 0, False, False
    at = number = 0
    while at < len(data):
        if number % _ASK_EVERY == 0:
            progress(at, len(data))
        number += 1
        if number > MOST_ROWS:
            raise _too_large()
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        goes_on = bool(parts) and data[at : at + 1] in {b" ", b"\t"}
        line = data[at + goes_on : min(end, at + MOST_LINE + 1)].removeprefix(b"\xef\xbb\xbf")
        at = end + 1
        if not goes_on and soft_ends and _ends_softly(parts[-1]) and not (_BEGIN.match(line) or _END.match(line)):
            parts[-1] = parts[-1].rstrip(b" \t")[:-1]
            goes_on = True
        if not goes_on:
            if parts:
                yield b"".join(parts), cut
            parts, size, cut = [], 0, False
            if not line.strip():
                soft_ends = False
                continue
            soft_ends = b"QUOTED-PRINTABLE" in line.partition(b":")[0].upper()
        elif size + len(line) > MOST_LINE:
            cut = True
            continue
        if len(line) > MOST_LINE:
            line, cut = line[:MOST_LINE], True
        parts.append(line)
        size += len(line)
    if parts:
        yield b"".join(parts), cut
    progress(len(data), len(data))


def _ends_softly(part: bytes) -> bool:
    return part.rstrip(b" \t").endswith(b"=")


# ---------------------------------------------------------------- one line


def read_line(line: bytes, cut: bool = False) -> Property | None:
    """A property, or None for a line that is none."""
    # Latin-1 maps bytes to letters one to one, so that the syntax can be read before the encoding is known.
    text = line.decode("latin-1")
    head_end = _outside_quotes(text, ":")
    if head_end < 0:
        head_end = text.find(":")
    if head_end < 0 or head_end > MOST_HEAD:
        return None
    head, *rest = _split_quoted(text[:head_end], ";")
    named = _NAME.fullmatch(head.strip())
    if named is None:
        return None
    params = _params(rest)
    charset = params.get("CHARSET", ("",))[0]
    encoding = {each.upper() for each in params.get("ENCODING", ())}
    raw = line[head_end + 1 :]
    if encoding & {"QUOTED-PRINTABLE", "Q"}:
        raw = quopri.decodestring(raw)
    return Property(named.group(2).upper(), decoded(raw, charset), params, (named.group(1) or "").lower(), cut)


def _params(rest: list[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for each in rest:
        name, equals, value = each.partition("=")
        if not equals:  # vCard 2.1: a value alone
            name, value = ("ENCODING" if name.strip().upper() in _ENCODINGS else "TYPE"), name
        name = name.strip().upper()
        values = (decoded(part.strip().strip('"').encode("latin-1")) for part in _split_quoted(value, ","))
        found.setdefault(name, []).extend(_caret(part) for part in values)
    # TYPE="cell,voice" is one value by RFC 6350, and meant as two.
    if "TYPE" in found:
        found["TYPE"] = [part for each in found["TYPE"] for part in each.split(",")]
    return {name: tuple(values) for name, values in found.items()}


def _caret(text: str) -> str:
    """RFC 6868: what a parameter cannot hold otherwise."""
    if "^" not in text:
        return text
    return re.sub(r"\^[n'^]", lambda found: {"^n": "\n", "^'": '"', "^^": "^"}[found.group()], text)


def _outside_quotes(text: str, sign: str, start: int = 0) -> int:
    """Where ``sign`` first stands outside of quotation marks, or -1."""
    at = start
    here = text.find(sign, at)
    while here >= 0:
        quote = text.find('"', at, here)
        if quote < 0:
            return here
        closing = text.find('"', quote + 1)
        if closing < 0:
            return -1
        at = closing + 1
        if here < at:  # looked for again only where it stood inside: long lines stay linear
            here = text.find(sign, at)
    return -1


def _split_quoted(text: str, sign: str) -> list[str]:
    if '"' not in text:
        return text.split(sign)
    parts, start = [], 0
    while (here := _outside_quotes(text, sign, start)) >= 0:
        parts.append(text[start:here])
        start = here + 1
    return [*parts, text[start:]]


def decoded(raw: bytes, charset: str = "") -> str:
    """Text in the encoding that is named, else UTF-8, else what Windows in the west writes; it never fails."""
    name = charset.strip()
    if name and _CHARSET.fullmatch(name):
        try:
            return str(codecs.decode(raw, name, "strict"))
        except (LookupError, ValueError):
            pass
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


# ---------------------------------------------------------------- values


def unescaped(text: str) -> str:
    r"""Text without its backslashes (RFC 6350, section 3.4): ``\n`` is a new line; others stand for themselves."""
    if "\\" not in text:
        return text
    return re.sub(r"\\([nN,;:\\])", lambda found: "\n" if found.group(1) in "nN" else found.group(1), text)


def parts_of(text: str, sign: str = ";") -> list[str]:
    """The parts of a structured value, still escaped; a ``sign`` after a backslash divides nothing."""
    parts: list[str] = []
    start = at = 0
    for found in re.finditer(r"\\.|[;,]", text, re.DOTALL):
        at = found.start()
        if found.group() == sign:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]
