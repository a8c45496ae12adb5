"""Draws the kit and the window in both themes at several text sizes: ``python tests/gui/gallery.py OUT [NAME…]``.

The pictures are for eyes, to be laid beside those of the look; the tests of the kit ask the widgets themselves.
"""

from __future__ import annotations

import os
import sys
from datetime import date, time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication, QWidget

from planner.ui.fonts import load_fonts
from planner.ui.formats import Formats
from planner.ui.kit.buttons import Button, PressChip, Segment, Tick
from planner.ui.kit.choices import Choice, ChoiceGroup, TickChoice
from planner.ui.kit.dates import DateField, TimeField
from planner.ui.kit.dialogs import Dialog, ProgressCard
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.fields import Field, FieldRow, PassphraseField, Picker, TextArea
from planner.ui.kit.floats import Menu, MenuItem
from planner.ui.kit.layouts import MIDDLE, STRETCH, TOP, apart, beside, column, columns, flow, fold, hold, row
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.rows import ListRow
from planner.ui.kit.surfaces import Barrier, EmptyPage, Ground, Note, Sheet
from planner.ui.kit.text import Chip, Dots, Icon, Person, Rule, Section, Text
from planner.ui.page import Page
from planner.ui.shell import Shell
from planner.ui.theme import theme
from planner.ui.window import Window
from tests.gui.fakes import FakeSession

FORMATS = Formats("en", "12", date(2026, 3, 12))


class Today(Page):
    """The first picture of the look, on the kit."""

    name = "today"

    def __init__(self, desk: object) -> None:
        super().__init__(desk)  # type: ignore[arg-type]
        talk = ListRow(
            "Talk with Ruth", "Harbor House, room 2. About 50 minutes.", time="10:30 am",
            chips=(Chip("Maya goes with you", "people"), Chip("Bus 14 at 9:55 am", "bus")), trail=Button("Get ready"),
        )
        call = ListRow("Call the clinic back", "Joan sits with you and can do the talking.", time="3 pm")
        step = Sheet(column(
            row(Icon("step", "accent"), (apart(Text("One next step", "strong", "accent_ink"),
                Text("About 15 minutes", "body", "ink_soft", wrap=False)), 1), gap=12), 12,
            Text("Sign the letter for your birth record", "question"), 4,
            Text("The letter is written. Read it, sign it, and Joan will post it. "
                 "This is step 3 of “Get my own ID card”.", "body", "ink_soft"), 20,
            flow(Button("Start", "main", after="next"), Button("Not today"), Button("Show me another", "quiet"), gap=12),
            margins=(24, 20, 24, 24)))
        self.start = step.findChildren(Button)[0]
        feel = apart(column(Text("How is today going?", "strong"), Text("Only if you like.", "body", "ink_soft")),
                     flow(*[Button(word, compact=True) for word in ("Heavy", "Tired", "Okay", "Good")]))
        main = column(Section("On today"), talk, Rule(start=8), call, Rule(), 32, step, 28, feel)

        def day(when: str, what: str, more: str = "", soft: bool = False) -> QWidget:
            label = Text(when, "body", "ink_soft", wrap=False, tabular=True)
            label.setMinimumWidth(theme.px(68))
            return hold(row((label, TOP), (column(Text(what, "body", "ink_soft" if soft else "ink"),
                                                  Text(more, "body", "ink_soft").hide_empty()), 1), gap=8))

        week = column(Section("This week"), 12, day("Fri 13", "A free day", soft=True), 12,
                      day("Sat 14", "Maya comes by, 2 pm"), 12, day("Mon 16", "English class, 9 am"), 12,
                      day("Wed 18", "Legal aid, 11 am", "Joan goes with you"))
        still = Sheet(column(
            column(Text("Still open", "section"), Text("No hurry. These wait until you want them.", "body", "ink_soft"),
                   margins=(12, 4, 12, 4)), 4,
            ListRow("2 questions in First steps", "You kept them for later", icon="forms", first_step="label", trail=None),
            ListRow("A name for the clinic to use", "When they call or write", icon="health", first_step="label", trail=None),
            margins=(8, 12, 8, 8)), "well")
        self.set_body(columns(main, column(week, 32, still)))

    def title(self) -> str:
        return "Good morning, Ana"

    def over_title(self) -> str:
        return "Thursday, March 12"


class Plan(Page):
    """A list beside an open goal."""

    name = "plan"

    def __init__(self, desk: object) -> None:
        super().__init__(desk)  # type: ignore[arg-type]
        self.goals = ListView("Goals", movable=True)
        self.goals.set_lines([
            Line("s1", "Now", section=True),
            Line("1", "Sleep somewhere I can lock", "Home", icon="home", dots=(3, 4), movable=True, group="now"),
            Line("2", "Get my own ID card", "Papers", icon="papers", dots=(2, 5), movable=True, group="now"),
            Line("s2", "In the next months", section=True),
            Line("3", "Find a doctor I like", "Health", icon="health", dots=(1, 3)),
            Line("4", "English class twice a week", "Learning", icon="learn", dots=(2, 3)),
            Line("s3", "Later on", section=True),
            Line("5", "Work in a bakery", "Work", icon="work", dots=(0, 2)),
            Line("6", "Write to my sister", "Family", icon="family", trail="Resting for now"),
        ])
        self.goals.choose("2")
        steps = column(
            row(Tick("Find out", "done"), (Text("Find out what the office asks for", "body", "ink_soft", align=MIDDLE), 1),
                Text("Feb 24", "body", "ink_soft", wrap=False), gap=8, margins=(4, 2, 12, 2)),
            Sheet(row(Tick("Sign", "next"), (Text("Sign the letter, Joan posts it", "strong", align=MIDDLE), 1),
                      Button("Start", "main", after="next", compact=True), gap=8, margins=(4, 6, 6, 6)), "wash", "control"),
            row(Tick("Wait"), (Text("Wait for the birth record", align=MIDDLE), 1),
                Text("3 to 6 weeks", "body", "ink_soft", wrap=False), gap=8, margins=(4, 2, 12, 2)),
            gap=2)
        sheet = Sheet(column(
            row(Icon("papers", "accent"), (apart(Text("Papers, now", "body", "ink_soft"),
                Text("Written by me", "body", "ink_soft", wrap=False),
                Button("", "quiet", icon="edit", name="Change this goal", compact=True)), 1), gap=12),
            Text("Get my own ID card", "question"), Text("“So that I can sign for my own room.”", "lead", "ink_soft"), 16,
            row((Text("Steps", "strong"), 1), Text("2 of 5 done", "body", "ink_soft", wrap=False)), 4, Rule(below=4), steps,
            4, Button("Add a step", "quiet", icon="plus", compact=True), 8, Rule(), 20,
            columns(column(Text("Who helps", "strong"), 12, row(Person("J", 1), (column(
                Text("Joan", "label"), Text("writes and posts", "body", "ink_soft")), 1), gap=12)),
                Barrier("The record costs 25 dollars.", "Ask for it free. Joan has the form."), 356, 24, 0),
            STRETCH, margins=(28, 20, 28, 24)))
        left = column(self.goals, 12, Button("Add a goal", "quiet", icon="plus"))
        self.tray = Segment(("By time", "By part of life"), 0, "Arrange by")
        self.set_body(beside(left, sheet))

    def title(self) -> str:
        return "My plan"

    def head_extras(self) -> list[QWidget]:
        return [self.tray]


class Empty(Page):
    """A page with nothing on it yet."""

    name = "papers"

    def __init__(self, desk: object) -> None:
        super().__init__(desk)  # type: ignore[arg-type]
        self.set_body(EmptyPage(
            "folder", "Your papers will be here",
            "Write down which papers you have, which ones someone else holds, and which ones you want back. "
            "A name is enough to begin. You need no copy.",
            [Button("Add the first paper", "main", icon="plus"), Button("Start from a list")],
            "Only you and those you choose can see this."))

    def title(self) -> str:
        return "Papers"


class Question(Page):
    """A page of a guided form."""

    name = "form"
    searchable = False

    def __init__(self, desk: object) -> None:
        super().__init__(desk)  # type: ignore[arg-type]
        self.answers = ChoiceGroup(
            [("a", "Yes, every night"), ("b", "Some nights, not all"), ("c", "No, not right now"),
             ("d", "I am not sure", "You can come back to this whenever you like, also after you have closed the notebook "
              "and opened it again.")], chosen=("b",), name="Do you have a place to sleep?")
        others = fold(Button("Not now", icon="later", fill=True), Button("I’d rather not say", icon="rather", fill=True),
                      Button("Ask me with someone there", icon="together", fill=True))
        why = Sheet(column(row(Icon("why", "ink_soft"), (Text("Why we ask", "strong"), 1), gap=12), 8,
                           Text("So that a bed or a safer room can come first, before all the rest."), 16,
                           Text("Who sees it", "strong"), 4,
                           Text("You and Joan. It is in no print and no copy unless you put it there."),
                           margins=(20, 20, 20, 20)), "sand")
        main = column(Text("Do you have a place to sleep this week where you feel safe?", "question"), 8,
                      Text("Choose what is closest. You can change it at any time.", "body", "ink_soft"), 20, self.answers, 24,
                      Text("Or answer in another way. Each one is fine.", "body", "ink_soft"), 8, others)
        foot = Ground("page", column(Rule(), row(Button("Back", icon="back", big=True), STRETCH,
                                                 Button("Pause here", icon="pause", big=True),
                                                 Button("Next", "main", after="next", big=True), gap=12,
                                                 margins=(40, 16, 40, 16))))
        self.set_body(columns(main, column(why), 304), foot=foot)
        from planner.ui.navigation import Navigation, Tab

        top = hold(column(Button("All guided forms", "quiet", icon="back"), 8, hold(column(
            Text("First steps", "card"), Text("Stop any time. It is all kept.", "body", "ink_soft"), margins=(12, 0, 12, 0))),
            margins=(12, 0, 12, 0)))
        self._outline = Navigation(width="outline_width", top=top)
        self._outline.set_tabs([Tab("1", "Today and tonight", note="1 kept for later", state="done"),
                                Tab("2", "A safe place", state="here"), Tab("3", "Food, clothes, phone", state="open"),
                                Tab("4", "Body and health", note="May feel heavy", state="open")])
        self._outline.choose("2")

    def over_title(self) -> str:
        return "A safe place, question 2 of 4"

    def outline(self) -> QWidget:
        return self._outline


PAGES = {page.name: f"tests.gui.gallery:{page.__name__}" for page in (Today, Plan, Empty, Question)}


def parts() -> QWidget:
    """Every part, once."""
    one = column(
        Section("Buttons"), 12,
        flow(Button("Start", "main"), Button("Start"), Button("Start", "quiet"), Button("Erase for good", "erase"),
             Button("Take a moment", "note", icon="moment"), gap=12), 12,
        flow(PressChip("Only me", checkable=True), _chosen(PressChip("My worker", "people", checkable=True)), PressChip("Add", "plus")),
        24, Section("Field"), 12,
        FieldRow("Day", DateField(FORMATS, date(2026, 12, 13)), hint="The day it is about."), 12,
        _asking(FieldRow("Until", DateField(FORMATS))), 12,
        FieldRow("Time", TimeField(FORMATS, time(15, 30)), optional=True), 12,
        FieldRow("In your own words", TextArea("So that I can sign for my own room.", lines=2)), 12,
        FieldRow("Passphrase", PassphraseField()), 12,
        FieldRow("Language", Picker([("en", "English"), ("es", "Español")])), 12,
        Field(placeholder="Search", icon="search"), STRETCH)
    two = column(
        Section("Answers and steps"), 12, Choice("At rest"), 8, _chosen(Choice("Chosen")), 8,
        TickChoice("Several of several", "A hint below, in soft words that may be long enough for two lines."), 8,
        _chosen(TickChoice("Chosen, too")), 12,
        flow(Tick("a", "done"), Tick("b", "next"), Tick("c"), Dots(2, 5)), 24,
        Section("Chips tell, a tray switches"), 12,
        flow(Chip("Bus 14", "bus"), Chip("Signed", "check", "wash"), Chip("Not this", "no", "line"), Chip("Sand", "", "sand")), 12,
        flow(Segment(("Circle", "List"), 0, "Show as"), Person("A"), Person("B", 1), Person("C", 2), Person("D", 3),
             Person("E", 0, me=True)), 24,
        Section("Rows", "3 of them"), ListRow("At rest", "Papers", icon="papers", first_step="label"),
        ListRow("Chosen", "Papers", icon="papers", chosen=True, first_step="label"), 12,
        Disclosure("Show more", "Show less", Text("What was hidden."), open=True), STRETCH)
    three = column(
        Section("Type"), 8, Text("Title 30/40", "title"), Text("Question 24/32", "question"), Text("Section, card 20/28", "card"),
        Text("Lead 17/28", "lead"), Text("Row 17/24, heavy", "row"), Text("Body 15/24, the smallest there is"),
        Text("Label 15/20", "label"), 24, Section("Said after, said before, a way round"), 12,
        Note("The next part may feel heavy. You can skip it."), 12,
        Barrier("The record costs 25 dollars.", "Ask for it free. Joan has the form."), 12, Section("All icons"), 12,
        flow(*[Icon(path.stem) for path in sorted(Path(__file__).parents[2].glob("resources/icons/*.svg"))]), STRETCH)
    from planner.ui.kit.scroll import Scroll

    return Ground("page", column((Scroll(row((one, 1), (two, 1), (three, 1), gap=40, margins=(40, 24, 40, 24))), 1)))


def _chosen(button: QWidget) -> QWidget:
    button.setChecked(True)  # type: ignore[attr-defined]
    return button


def _asking(field_row: FieldRow) -> FieldRow:
    field_row.ask("A day looks like 12/13/2026. You can also leave it empty.")
    return field_row


def show(name: str, size: tuple[int, int] = (1366, 768)) -> Window:
    """A window with a page in it."""
    window = Window()
    window.resize(*size)
    if name == "parts":
        window.show_screen(parts())
        return window
    shell = Shell(FakeSession(), FORMATS, pages=PAGES)  # type: ignore[arg-type]
    from planner.ui.navigation import Tab

    shell.set_tabs([Tab("today", "Today", "today"), Tab("plan", "My plan", "plan"), Tab("papers", "Papers", "papers"),
                    Tab("form", "Guided forms", "forms")])
    shell._pages = {**PAGES, "search": PAGES["today"]}
    shell.navigation.moment.show()
    window.show_screen(shell)
    window.show()
    shell.go(name.split("+")[0])
    return window


def settle(app: QApplication) -> None:
    for _round in range(8):
        app.processEvents()


def extras(window: Window, name: str) -> None:
    """What is open above the page in some pictures."""
    shell = window.screen_shown
    assert isinstance(shell, Shell)
    if name.endswith("+menu"):
        page = shell.page("plan")
        Menu(page.findChildren(Button)[0], [MenuItem("Rest this goal", "pause"), MenuItem("Move to later", "later"),
                                            MenuItem("Remove", "close", erase=True, rule_above=True)]).open()
    elif name.endswith("+dialog"):
        dialog = Dialog(shell, "What these pages will show", "Anyone who finds the paper can read this.",
                        column(*[row((Icon("show", "ink_soft"), TOP), (Text(t), 1), gap=12) for t in (
                            "Your name, Ana", "Where you go on Thursday, and when", "Phone numbers of two people")], gap=8))
        dialog.add_button("Print", "main", icon="print")
        dialog.add_button("Choose again")
        dialog.open()
    elif name.endswith("+toast"):
        shell.say("Step done.", undo=True)
    elif name.endswith("+date"):
        field = DateField(FORMATS, date(2026, 3, 18))
        field.setParent(shell)
        field.setGeometry(300, 120, 300, 44)
        field.show()
        field.open_choices()
    elif name.endswith("+busy"):
        card = ProgressCard(shell, "Making the pages")
        card.set_step(3, 10)
        card.open()
    elif name.endswith("+drawer"):
        shell._open_drawer()


JOBS: list[tuple[str, tuple[int, int], float, str]] = [
    *[(name, (1366, 768), 1.0, "en") for name in ("parts", "today", "plan", "papers", "form", "plan+menu", "plan+dialog",
                                                   "today+toast", "today+date", "today+busy")],
    *[(name, (1366, 768), 1.5, "en") for name in ("parts", "today", "plan", "form")],
    *[(name, (1366, 768), 2.0, "en") for name in ("parts", "today", "plan", "form", "papers", "form+drawer", "plan+dialog")],
    *[(name, (640, 480), 2.0, "en") for name in ("today", "form", "plan+dialog", "today+toast")],
    *[(name, (1024, 768), 1.15, "en") for name in ("today", "plan", "form")],
    *[(name, (800, 600), 1.0, "en") for name in ("today", "plan")],
    *[(name, (1366, 768), 1.0, "ar") for name in ("parts", "today", "plan", "form", "plan+menu")],
]


def main(arguments: list[str]) -> None:
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(arguments)
    assert isinstance(app, QApplication)
    app.setStyle("fusion")
    load_fonts()
    for name, size, scale, language in JOBS:
        for look in ("light", "dark"):
            file = f"{name.replace('+', '-')}-{size[0]}-{round(scale * 100)}{'-' + language if language != 'en' else ''}-{look}"
            if arguments[1:] and not any(file.startswith(wanted) for wanted in arguments[1:]):
                continue
            theme.apply(look, scale, language)
            window = show(name, size)
            window.show()
            settle(app)
            if "+" in name:
                extras(window, name)
            elif name == "today":
                page = window.screen_shown.page("today")  # type: ignore[union-attr]
                window.ring.pin(page.start)
            settle(app)
            window.grab().save(str(out / f"{file}.png"))
            window.close()
            window.deleteLater()
            settle(app)
            sys.stdout.write(f"{file}\n")


if __name__ == "__main__":
    # Pages are found by the name of this module, so it is run under that name.
    from tests.gui.gallery import main as run

    run(sys.argv[1:])
