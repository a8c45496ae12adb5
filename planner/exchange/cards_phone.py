"""Phone numbers: how they compare, how they are read, and what is said of them (home, work, mobile)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from planner.words import c_

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

USUAL_REGION = "US"
MOST_SIGNS = 64
"""Signs of a number that are kept: the longest of E.164 has 15 digits."""

LABELS: dict[str, str] = {
    "cell": "Mobile",
    "home": "Home",
    "work": "Work",
    "fax": "Fax",
    "pager": "Pager",
    "main": "Main number",
}
"""TYPE values that are said in words, in English; :func:`labels` says them in the language of the screen."""
_LEAVE = tuple(each for each in LABELS if each != "main")
"""Those of both versions, which may leave again. Any other label is her own words and stays here."""

_SAME_TYPE = {"mobile": "cell", "iphone": "cell", "company": "work", "business": "work", "homefax": "fax"}
_ALSO = {"mobil": "cell", "movil": "cell", "celular": "cell", "cel": "cell", "casa": "home", "trabajo": "work"}


_EXTENSION = re.compile(r"\s*(extension|ext\.?|x)\s*\d{1,8}\s*$", re.IGNORECASE)


def parsed(number: str, region: str) -> PhoneNumber | None:
    """A number as phonenumbers sees it, where it can be one at all."""
    if not number.strip() or len(number) > MOST_SIGNS:
        return None
    import phonenumbers

    try:
        found = phonenumbers.parse(number, region if region in phonenumbers.SUPPORTED_REGIONS else USUAL_REGION)
    except phonenumbers.NumberParseException:
        return None
    return found if phonenumbers.is_possible_number(found) else None


def same_as(number: str, region: str) -> str:
    """What two ways of writing one number have in common; "" where it has too few digits to tell.

    The extension does not count: behind one number of an office sit many people, but they share the office.
    """
    found = parsed(number, region)
    if found is not None:
        import phonenumbers

        return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
    digits = "".join(str(unicodedata.digit(sign)) for sign in number[:MOST_SIGNS] if unicodedata.digit(sign, -1) >= 0)
    return digits if len(digits) >= 3 else ""


def readable(number: str, region: str) -> str:
    """A number as people of this region write it; what is none is kept as written."""
    found = parsed(number, region)
    if found is None or any(sign.isalpha() for sign in _EXTENSION.sub("", number)):
        return number
    import phonenumbers

    here = phonenumbers.region_code_for_country_code(found.country_code or 0) == region or (
        found.country_code == phonenumbers.country_code_for_region(region)
    )
    style = phonenumbers.PhoneNumberFormat.NATIONAL if here else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(found, style)


def from_uri(text: str) -> str:
    """A number out of ``tel:`` (RFC 3966), ``sms:`` or ``callto:``; anything else as it is."""
    scheme, colon, rest = text.strip().partition(":")
    if not colon or scheme.lower() not in {"tel", "sms", "callto"}:
        return text.strip()
    number, *about = rest.removeprefix("//").partition("?")[0].split(";")
    params = dict(each.lower().split("=", 1) for each in about if "=" in each)
    number = unquote_to_bytes(number).decode("utf-8", "replace")
    context = params.get("phone-context", "")
    if context.startswith("+") and not number.startswith("+"):
        number = context + number
    extension = params.get("ext", "")
    return f"{number} ext. {extension}" if number and extension else number


def labels() -> dict[str, str]:
    """What each TYPE value is called."""
    return {
        "cell": c_("phone", "Mobile"),
        "home": c_("phone", "Home"),
        "work": c_("phone", "Work"),
        "fax": c_("phone", "Fax"),
        "pager": c_("phone", "Pager"),
        "main": c_("phone", "Main number"),
    }


def label_words(types: Iterable[str], custom: str = "") -> str:
    """What is said of a number: the words of its card, else its types in the language of the screen."""
    own = custom.strip().removeprefix("_$!<").removesuffix(">!$_")
    kind = _type_of(own)
    if own and not kind:
        return own
    kinds = {_SAME_TYPE.get(each, each) for each in types} | ({kind} if kind else set())
    words = [said for each, said in labels().items() if each in kinds]
    return ", ".join([*words[:1], *(each[:1].lower() + each[1:] for each in words[1:])])


def safe_types(label: str) -> tuple[str, ...]:
    """The TYPE values that a label stands for; her own words give none."""
    kinds = {_type_of(each) for each in label.split(",")}
    return tuple(each for each in _LEAVE if each in kinds)


def _type_of(word: str) -> str:
    plain = _bare(word)
    if not plain:
        return ""
    for kind, words in labels().items():
        if plain in {kind, _bare(LABELS[kind]), _bare(words)}:
            return kind
    return _SAME_TYPE.get(plain, "") or _ALSO.get(plain, "")


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.strip().casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
