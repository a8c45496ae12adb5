"""Content from others: a stranger's six words, what it would add, a newer version beside it, and taking it out."""

from __future__ import annotations

from planner.keys.givers import make_seed, public_of, sign
from planner.packs.check import check_files
from planner.packs.pack import MANIFEST, SIGNATURE, digest_of, signature_file
from planner.tour.stage import Stage
from planner.ui.pages.packs import PacksPage
from planner.ui.pages.packs_bring import SAME, PacksBringPage
from planner.words import _

_MANIFEST = """
format = 1
id = "harbor-house"
name.en = "Harbor House"
name.es = "Casa del Puerto"
about.en = "What we hand out in the first week."
about.es = "Lo que damos en la primera semana."
version = "{version}"
languages = ["en", "es"]
jurisdiction = "us"
reviewed = 2026-02-20
giver.name = "Harbor House"
"""
_GUIDE = """
for = "self"
domain = "home"
icon = "home"
order = 90
title.en = "Your first week with us"
title.es = "Tu primera semana aquí"
about.en = "Who is here, and what you may ask."
about.es = "Quién está aquí y qué puedes preguntar."
jurisdiction = "us"
reviewed = 2026-02-20

[[part]]
text.en = "The desk is open day and night: {desk}. The rules of the house stand on harbor.example."
text.es = "La recepción abre de día y de noche: {desk}. Las reglas de la casa están en harbor.example."
"""
_GOAL = """
[[goal]]
id = "harbor-bus"
domain = "basic-needs"
time = "now"
title.en = "I can ride the bus in town"
title.es = "Puedo viajar en autobús"
why.en = "I want to get there on my own."
why.es = "Quiero llegar por mi cuenta."
jurisdiction = "us"
reviewed = 2026-02-20

[[goal.step]]
en = "Ask at the desk for a bus card: 555 010 0143."
es = "Pide una tarjeta de autobús en la recepción: 555 010 0143."
"""


def _pack(seed: bytes, version: str, desk: str) -> dict[str, bytes]:
    files = {
        MANIFEST: _MANIFEST.format(version=version).encode(),
        "guides/harbor-first-week.toml": _GUIDE.format(desk=desk).encode(),
        "goals/harbor.toml": _GOAL.encode(),
    }
    return {**files, SIGNATURE: signature_file(public_of(seed), sign(seed, digest_of(files)))}


def _look(stage: Stage, files: dict[str, bytes]) -> PacksBringPage:
    stage.shell.go("packs-bring")
    page = stage.shell.page("packs-bring")
    assert isinstance(page, PacksBringPage)
    session = stage.session
    page.show_preview(session.packs.look_at(check_files(files, session.today())))
    stage.hand.settle()
    return page


def content_from_others(stage: Stage) -> None:
    """What is brought in is taken out again."""
    hand, packs, seed = stage.hand, stage.session.packs, make_seed()
    stage.shell.go("packs")
    hand.picture("from-others-empty")
    page = _look(stage, _pack(seed, "1", "555 010 0142"))
    hand.picture("from-others-six-words")
    hand.press(_("Bring it in"))
    page.giver.answer.choose((SAME,))
    hand.scroll(1)
    hand.picture("from-others-what-is-in-it")
    hand.scroll(0)
    hand.press(_("Bring it in"))
    hand.wait_for(lambda: bool(packs.all()), "what was brought in")
    hand.wait_for(lambda: bool(hand.visible(PacksPage)), "the page of content from others")
    hand.hush()
    hand.picture("from-others")
    _look(stage, _pack(seed, "2", "555 010 0199"))
    hand.picture("from-others-newer")
    packs.take_out("harbor-house")
    for each in packs.givers():
        packs.forget_giver(each.key)
    hand.hush()
