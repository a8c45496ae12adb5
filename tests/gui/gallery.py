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
from planner.ui.kit.choices import Choice, TickChoice
from planner.ui.kit.dates import DateField, TimeField
from planner.ui.kit.dialogs import Dialog, ProgressCard
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.fields import Field, FieldRow, PassphraseField, TextArea
from planner.ui.kit.floats import Menu, MenuItem
from planner.ui.kit.layouts import STRETCH, TOP, column, flow, row
from planner.ui.kit.picker import Picker
from planner.ui.kit.rows import ListRow
from planner.ui.kit.surfaces import Barrier, Ground, Note
from planner.ui.kit.text import Chip, Dots, Icon, Person, Section, Text
from planner.ui.shell import Shell
from planner.ui.theme import theme
from planner.ui.window import Window
from tests.gui.fakes import FakeSession
from tests.gui.gallery_pages import Empty, Plan, Question, Today

FORMATS = Formats("en", "12", date(2026, 3, 12))


PAGES = {page.name: f"tests.gui.gallery_pages:{page.__name__}" for page in (Today, Plan, Empty, Question)}


def parts() -> QWidget:
    """Every part, once."""
    one = column(
        Section("Buttons"),
        12,
        flow(
            Button("Start", "main"),
            Button("Start"),
            Button("Start", "quiet"),
            Button("Erase for good", "erase"),
            Button("Take a moment", "note", icon="moment"),
            gap=12,
        ),
        12,
        flow(
            PressChip("Only me", checkable=True),
            _chosen(PressChip("My worker", "people", checkable=True)),
            PressChip("Add", "plus"),
        ),
        24,
        Section("Field"),
        12,
        FieldRow("Day", DateField(FORMATS, date(2026, 12, 13)), hint="The day it is about."),
        12,
        _asking(FieldRow("Until", DateField(FORMATS))),
        12,
        FieldRow("Time", TimeField(FORMATS, time(15, 30)), optional=True),
        12,
        FieldRow("In your own words", TextArea("So that I can sign for my own room.", lines=2)),
        12,
        FieldRow("Passphrase", PassphraseField()),
        12,
        FieldRow("Language", Picker([("en", "English"), ("es", "Español")])),
        12,
        Field(placeholder="Search", icon="search"),
        STRETCH,
    )
    two = column(
        Section("Answers and steps"),
        12,
        Choice("At rest"),
        8,
        _chosen(Choice("Chosen")),
        8,
        TickChoice("Several of several", "A hint below, in soft words that may be long enough for two lines."),
        8,
        _chosen(TickChoice("Chosen, too")),
        12,
        flow(Tick("a", "done"), Tick("b", "next"), Tick("c"), Dots(2, 5)),
        24,
        Section("Chips tell, a tray switches"),
        12,
        flow(
            Chip("Bus 14", "bus"),
            Chip("Signed", "check", "wash"),
            Chip("Not this", "no", "line"),
            Chip("Sand", "", "sand"),
        ),
        12,
        flow(
            Segment(("Circle", "List"), 0, "Show as"),
            Person("A"),
            Person("B", 1),
            Person("C", 2),
            Person("D", 3),
            Person("E", 0, me=True),
        ),
        24,
        Section("Rows", "3 of them"),
        ListRow("At rest", "Papers", icon="papers", first_step="label"),
        ListRow("Chosen", "Papers", icon="papers", chosen=True, first_step="label"),
        12,
        Disclosure("Show more", "Show less", Text("What was hidden."), open=True),
        STRETCH,
    )
    three = column(
        Section("Type"),
        8,
        Text("Title 30/40", "title"),
        Text("Question 24/32", "question"),
        Text("Section, card 20/28", "card"),
        Text("Lead 17/28", "lead"),
        Text("Row 17/24, heavy", "row"),
        Text("Body 15/24, the smallest there is"),
        Text("Label 15/20", "label"),
        24,
        Section("Said after, said before, a way round"),
        12,
        Note("The next part may feel heavy. You can skip it."),
        12,
        Barrier("The record costs 25 dollars.", "Ask for it free. Joan has the form."),
        12,
        Section("All icons"),
        12,
        flow(*[Icon(path.stem) for path in sorted(Path(__file__).parents[2].glob("resources/icons/*.svg"))]),
        STRETCH,
    )
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

    shell.set_tabs(
        [
            Tab("today", "Today", "today"),
            Tab("plan", "My plan", "plan"),
            Tab("papers", "Papers", "papers"),
            Tab("form", "Guided forms", "forms"),
        ]
    )
    shell._pages = {**PAGES, "search": PAGES["today"]}
    shell.navigation.moment.show()
    window.show_screen(shell)
    window.show()
    shell.go(name.split("+", maxsplit=1)[0])
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
        Menu(
            page.findChildren(Button)[0],
            [
                MenuItem("Rest this goal", "pause"),
                MenuItem("Move to later", "later"),
                MenuItem("Remove", "close", erase=True, rule_above=True),
            ],
        ).open()
    elif name.endswith("+dialog"):
        dialog = Dialog(
            shell,
            "What these pages will show",
            "Anyone who finds the paper can read this.",
            column(
                *[
                    row((Icon("show", "ink_soft"), TOP), (Text(t), 1), gap=12)
                    for t in ("Your name, Ana", "Where you go on Thursday, and when", "Phone numbers of two people")
                ],
                gap=8,
            ),
        )
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
    *[
        (name, (1366, 768), 1.0, "en")
        for name in (
            "parts",
            "today",
            "plan",
            "papers",
            "form",
            "plan+menu",
            "plan+dialog",
            "today+toast",
            "today+date",
            "today+busy",
        )
    ],
    *[(name, (1366, 768), 1.5, "en") for name in ("parts", "today", "plan", "form")],
    *[
        (name, (1366, 768), 2.0, "en")
        for name in ("parts", "today", "plan", "form", "papers", "form+drawer", "plan+dialog")
    ],
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
            parts = [name.replace("+", "-"), str(size[0]), str(round(scale * 100)), language, look]
            file = "-".join(part for part in parts if part != "en")
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
    main(sys.argv[1:])
