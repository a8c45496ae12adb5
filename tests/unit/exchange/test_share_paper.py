"""The page of a share: its words in their order, and nothing that tells."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from planner.exchange.share_paper import share_note, share_pdf
from planner.keys.shares import NewShares
from planner.words import use_language

from .made_up import pages
from .test_paper import check_says_nothing_of_itself

SHARE = NewShares.make().shares[0]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("size", ["a4", "us-letter"])
def test_one_page_with_twenty_words_and_not_one_more(language: str, size: str) -> None:
    use_language(language)
    (page,) = pages(share_pdf(SHARE, size=size))
    assert page.split() == [part for place, word in enumerate(SHARE, 1) for part in (str(place), word)]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_few_lines_stand_below_where_they_were_chosen(language: str) -> None:
    use_language(language)
    (page,) = pages(share_pdf(SHARE, note=True))
    note = share_note()
    assert " ".join(page.split()).endswith(" ".join(note.split()))
    telling = r"planner|notebook|cuaderno|key|llave|share|passphrase|frase de acceso|secret|open|abr[ei]|program"
    assert re.search(telling, note, re.IGNORECASE) is None
    assert re.search(telling, "One day it opens the notebook", re.IGNORECASE)


def test_the_file_does_not_say_who_made_it() -> None:
    pdf = share_pdf(SHARE, note=True)
    check_says_nothing_of_itself(pdf, "Document", "en")
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    document.close()
