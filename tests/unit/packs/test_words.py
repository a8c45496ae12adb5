"""No shipped text blames, tells too much to somebody who looks over a shoulder, or is left untranslated."""

from __future__ import annotations

import re
from collections import defaultdict

from tests.unit.packs.content import LABELS, all_texts

# DESIGN, section 4: never on a screen, a paper, a title or a file name.
NEVER = {
    "en": "victim survivor traffick recover case caseload subject fail non-compliant should have your fault",
    "es": "víctima sobrevivi trata tráfico recuperac caso expediente fracas incumpl denunci culpa tuya",
}
WHOLE_WORDS = {"case", "caso", "trata", "subject"}
TOO_LONG_TO_SPLIT = {"should have", "your fault", "culpa tuya"}
# Nothing asks what happened, who did it or why.
ASKS_FOR_THE_STORY = {
    "en": r"what happened\?|what did (?:he|she|they) do|who (?:did|hurt)|why did|how did it|tell us (?:about|what)",
    "es": r"¿qué (?:te )?pasó|¿qué te hi|¿quién te (?:hi|last)|¿por qué (?:te|lo|no) |cuéntanos",
}


def forbidden(language: str, text: str) -> list[str]:
    text = text.lower()
    phrases = [each for each in TOO_LONG_TO_SPLIT if each in NEVER[language]]
    rest = NEVER[language]
    for each in phrases:
        rest = rest.replace(each, "")
    found = [each for each in phrases if each in text]
    for each in rest.split():
        end = r"\b" if each in WHOLE_WORDS else ""
        if re.search(rf"\b{re.escape(each)}{end}", text):
            found.append(each)
    return found


def test_the_check_would_notice() -> None:
    assert forbidden("en", "A case of recovery") == ["recover", "case"]
    assert forbidden("es", "La trata y el caso") == ["trata", "caso"]
    assert not forbidden("es", "Se trataba de otra cosa")
    assert re.search(ASKS_FOR_THE_STORY["en"], "so, what happened?")


def test_no_forbidden_word() -> None:
    found = [(each.place, forbidden(each.language, each.text)) for each in all_texts()]
    assert not [each for each in found if each[1]]


def test_nothing_asks_for_the_story() -> None:
    asked = [each for each in all_texts() if re.search(ASKS_FOR_THE_STORY[each.language], each.text.lower())]
    assert not asked


def test_every_text_stands_in_every_language_with_the_same_placeholders() -> None:
    together: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for each in all_texts():
        together[each.place].append((each.language, each.text))
    for place, spoken in together.items():
        count = {language: sum(1 for code, _ in spoken if code == language) for language in LABELS}
        assert count["en"] == count["es"], place
        fields = {
            language: sorted(re.findall(r"\$?\{[^}]*\}", " ".join(said for code, said in spoken if code == language)))
            for language in LABELS
        }
        assert fields["en"] == fields["es"], place


def test_spanish_is_written_to_a_friend_and_opens_its_questions() -> None:
    for each in all_texts():
        if each.language == "es":
            assert each.text.count("¿") == each.text.count("?"), each
            assert not re.search(r"\b(?:usted|ustedes pueden|vos|vosotr[oa]s)\b", each.text.lower()), each


def test_what_may_be_in_the_way_is_said_with_an_if() -> None:
    """A barrier that nobody stated must not stand in a plan as a statement of hers, where a court could read it."""
    barriers = [each for each in all_texts() if re.search(r"barrier(?:_?\d+)?(?:/label)?$", each.place)]
    assert len(barriers) > 50
    for each in barriers:
        assert each.text.startswith({"en": "If ", "es": "Si "}[each.language]), each
