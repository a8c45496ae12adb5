"""Somebody goes through a form and answers at random, as far as it leads."""

from __future__ import annotations

from random import Random

from planner.forms import Filling, Form
from planner.forms.pages import FormPage, Question
from planner.forms.ways import Way

MOST_ROUNDS = 60
"""How often new questions may come up behind answers before a form is one without end."""
MOST_REPEATS = 3

LEFT_OPEN = 0.15
PUT_OFF = 0.1
SKIPPED = 0.1

WORDS = ("Ana", "M.", "una cosa", "something “small” & <new>", "0", "Nombre: ñandú — 3")


class NoEnd(AssertionError):
    """New questions come up again and again."""


class Walker:
    """One way through a form.

    ``seen`` holds the places (without numbers of repeats) of all that was shown, ``empty`` of lists without a choice.
    """

    def __init__(self, form: Form, seed: int, *, whole: bool = False) -> None:
        """``whole`` leaves nothing out and skips nothing."""
        self.chance = Random(seed)
        self.whole = whole
        self.seen: set[str] = set()
        self.empty: set[str] = set()
        self._done: set[str] = set()
        self._asked: set[str] = set()
        code = self.chance.choice(form.languages or ("",))
        self.filling = form.start(language_code=code)

    def walk(self) -> Filling:
        """Go on until nothing new is shown.

        Raises:
            NoEnd: it never comes to an end.
        """
        for _round in range(MOST_ROUNDS):
            new = False
            for page in self.filling.pages():
                new = self._page(page) or new
            if not new:
                return self.filling
        raise NoEnd

    def _page(self, page: FormPage) -> bool:
        new = False
        turn = f"{page.kind} {page.ref}"
        if turn not in self._done:
            self._done.add(turn)
            new = self._turn(page, turn)
        if turn in self._asked:
            return new
        for item in page.items:
            self.seen.add(plain(item.ref))
            if item.ref not in self._done and self.filling.relevant(item.ref):
                self._done.add(item.ref)
                self._ask(item)
                new = True
        if page.kind in {"question", "note"} and all(item.ref in self._done for item in page.items):
            # One question stands there, whatever is answered elsewhere.
            self._asked.add(turn)
        return new

    def _turn(self, page: FormPage, turn: str) -> bool:
        """A page that asks for no answer but may be skipped, or that offers another one of several."""
        if page.kind == "section-note" and not self.whole and self.chance.random() < SKIPPED:
            self.filling.skip_section(page.section)
            return True
        if page.kind == "repeat":
            there = len(self.filling.repeats(page.ref))
            if there < MOST_REPEATS and self.chance.random() < (1.0 if self.whole and not there else 0.4):
                self.filling.add_repeat(page.ref)
                self._done.discard(turn)
                return True
        return False

    def _ask(self, item: Question) -> None:
        if item.kind == "note" or item.readonly:
            return
        chance, filling = self.chance, self.filling
        if not self.whole and chance.random() < LEFT_OPEN:
            return
        if not self.whole and chance.random() < PUT_OFF:
            filling.put_off(item.ref, chance.choice(list(Way)))
            return
        filling.answer(item.ref, self._answer(item))

    def _answer(self, item: Question) -> str:
        chance = self.chance
        values = [each.value for each in item.choices]
        if item.kind.startswith("select") and not values:
            self.empty.add(plain(item.ref))
        match item.kind:
            case "select_one":
                return chance.choice(values) if values else ""
            case "select_multiple" | "rank":
                most = len(values) if item.kind == "rank" else chance.randint(min(1, len(values)), min(4, len(values)))
                return " ".join(chance.sample(values, most))
            case "integer" | "range":
                return str(chance.randint(int(item.settings.get("start") or 0), int(item.settings.get("end") or 40)))
            case "decimal":
                return f"{chance.random() * 100:.2f}"
            case "date":
                return f"20{chance.randint(10, 40)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            case "dateTime":
                return f"2027-{chance.randint(1, 12):02}-03T{chance.randint(0, 23):02}:30"
            case "time":
                return f"{chance.randint(0, 23):02}:15"
            case "acknowledge":
                return "OK"
            case _:
                return chance.choice(WORDS)


def plain(ref: str) -> str:
    """A place without the numbers of repeats."""
    return "/".join(part.partition("[")[0] for part in ref.split("/"))
