"""Four pages of the look, made with the kit and with made-up words: for the gallery and for tests of the shell."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from planner.ui.kit.buttons import Button, Segment, Tick
from planner.ui.kit.choices import ChoiceGroup
from planner.ui.kit.layouts import MIDDLE, STRETCH, TOP, apart, beside, column, columns, flow, fold, hold, row
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.rows import ListRow
from planner.ui.kit.surfaces import Barrier, EmptyPage, Ground, Sheet
from planner.ui.kit.text import Chip, Icon, Person, Rule, Section, Text
from planner.ui.page import Page
from planner.ui.theme import theme


class Today(Page):
    """The first picture of the look, on the kit."""

    name = "today"

    def __init__(self, desk: object) -> None:
        super().__init__(desk)  # type: ignore[arg-type]
        talk = ListRow(
            "Talk with Ruth",
            "Harbor House, room 2. About 50 minutes.",
            time="10:30 am",
            chips=(Chip("Maya goes with you", "people"), Chip("Bus 14 at 9:55 am", "bus")),
            trail=Button("Get ready"),
        )
        call = ListRow("Call the clinic back", "Joan sits with you and can do the talking.", time="3 pm")
        step = Sheet(
            column(
                row(
                    Icon("step", "accent"),
                    (
                        apart(
                            Text("One next step", "strong", "accent_ink"),
                            Text("About 15 minutes", "body", "ink_soft", wrap=False),
                        ),
                        1,
                    ),
                    gap=12,
                ),
                12,
                Text("Sign the letter for your birth record", "question"),
                4,
                Text(
                    "The letter is written. Read it, sign it, and Joan will post it. "
                    "This is step 3 of “Get my own ID card”.",
                    "body",
                    "ink_soft",
                ),
                20,
                flow(
                    Button("Start", "main", after="next"),
                    Button("Not today"),
                    Button("Show me another", "quiet"),
                    gap=12,
                ),
                margins=(24, 20, 24, 24),
            )
        )
        self.start = step.findChildren(Button)[0]
        feel = apart(
            column(Text("How is today going?", "strong"), Text("Only if you like.", "body", "ink_soft")),
            flow(*[Button(word, compact=True) for word in ("Heavy", "Tired", "Okay", "Good")]),
        )
        main = column(Section("On today"), talk, Rule(start=8), call, Rule(), 32, step, 28, feel)

        def day(when: str, what: str, more: str = "", soft: bool = False) -> QWidget:
            label = Text(when, "body", "ink_soft", wrap=False, tabular=True)
            label.setMinimumWidth(theme.px(68))
            return hold(
                row(
                    (label, TOP),
                    (
                        column(
                            Text(what, "body", "ink_soft" if soft else "ink"),
                            Text(more, "body", "ink_soft").hide_empty(),
                        ),
                        1,
                    ),
                    gap=8,
                )
            )

        week = column(
            Section("This week"),
            12,
            day("Fri 13", "A free day", soft=True),
            12,
            day("Sat 14", "Maya comes by, 2 pm"),
            12,
            day("Mon 16", "English class, 9 am"),
            12,
            day("Wed 18", "Legal aid, 11 am", "Joan goes with you"),
        )
        still = Sheet(
            column(
                column(
                    Text("Still open", "section"),
                    Text("No hurry. These wait until you want them.", "body", "ink_soft"),
                    margins=(12, 4, 12, 4),
                ),
                4,
                ListRow(
                    "2 questions in First steps",
                    "You kept them for later",
                    icon="forms",
                    first_step="label",
                    trail=None,
                ),
                ListRow(
                    "A name for the clinic to use",
                    "When they call or write",
                    icon="health",
                    first_step="label",
                    trail=None,
                ),
                margins=(8, 12, 8, 8),
            ),
            "well",
        )
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
        self.goals.set_lines(
            [
                Line("s1", "Now", section=True),
                Line("1", "Sleep somewhere I can lock", "Home", icon="home", dots=(3, 4), movable=True, group="now"),
                Line("2", "Get my own ID card", "Papers", icon="papers", dots=(2, 5), movable=True, group="now"),
                Line("s2", "In the next months", section=True),
                Line("3", "Find a doctor I like", "Health", icon="health", dots=(1, 3)),
                Line("4", "English class twice a week", "Learning", icon="learn", dots=(2, 3)),
                Line("s3", "Later on", section=True),
                Line("5", "Work in a bakery", "Work", icon="work", dots=(0, 2)),
                Line("6", "Write to my sister", "Family", icon="family", trail="Resting for now"),
            ]
        )
        self.goals.choose("2")
        steps = column(
            row(
                Tick("Find out", "done"),
                (Text("Find out what the office asks for", "body", "ink_soft", align=MIDDLE), 1),
                Text("Feb 24", "body", "ink_soft", wrap=False),
                gap=8,
                margins=(4, 2, 12, 2),
            ),
            Sheet(
                row(
                    Tick("Sign", "next"),
                    (Text("Sign the letter, Joan posts it", "strong", align=MIDDLE), 1),
                    Button("Start", "main", after="next", compact=True),
                    gap=8,
                    margins=(4, 6, 6, 6),
                ),
                "wash",
                "control",
            ),
            row(
                Tick("Wait"),
                (Text("Wait for the birth record", align=MIDDLE), 1),
                Text("3 to 6 weeks", "body", "ink_soft", wrap=False),
                gap=8,
                margins=(4, 2, 12, 2),
            ),
            gap=2,
        )
        sheet = Sheet(
            column(
                row(
                    Icon("papers", "accent"),
                    (
                        apart(
                            Text("Papers, now", "body", "ink_soft"),
                            Text("Written by me", "body", "ink_soft", wrap=False),
                            Button("", "quiet", icon="edit", name="Change this goal", compact=True),
                        ),
                        1,
                    ),
                    gap=12,
                ),
                Text("Get my own ID card", "question"),
                Text("“So that I can sign for my own room.”", "lead", "ink_soft"),
                16,
                row((Text("Steps", "strong"), 1), Text("2 of 5 done", "body", "ink_soft", wrap=False)),
                4,
                Rule(below=4),
                steps,
                4,
                Button("Add a step", "quiet", icon="plus", compact=True),
                8,
                Rule(),
                20,
                columns(
                    column(
                        Text("Who helps", "strong"),
                        12,
                        row(
                            Person("J", 1),
                            (column(Text("Joan", "label"), Text("writes and posts", "body", "ink_soft")), 1),
                            gap=12,
                        ),
                    ),
                    Barrier("The record costs 25 dollars.", "Ask for it free. Joan has the form."),
                    356,
                    24,
                    0,
                ),
                STRETCH,
                margins=(28, 20, 28, 24),
            )
        )
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
        self.set_body(
            EmptyPage(
                "folder",
                "Your papers will be here",
                "Write down which papers you have, which ones someone else holds, and which ones you want back. "
                "A name is enough to begin. You need no copy.",
                [Button("Add the first paper", "main", icon="plus"), Button("Start from a list")],
                "Only you and those you choose can see this.",
            )
        )

    def title(self) -> str:
        return "Papers"


class Question(Page):
    """A page of a guided form."""

    name = "form"
    searchable = False

    def __init__(self, desk: object) -> None:
        super().__init__(desk)  # type: ignore[arg-type]
        self.answers = ChoiceGroup(
            [
                ("a", "Yes, every night"),
                ("b", "Some nights, not all"),
                ("c", "No, not right now"),
                (
                    "d",
                    "I am not sure",
                    "You can come back to this whenever you like, also after the notebook was closed and opened.",
                ),
            ],
            chosen=("b",),
            name="Do you have a place to sleep?",
        )
        others = fold(
            Button("Not now", icon="later", fill=True),
            Button("I’d rather not say", icon="rather", fill=True),
            Button("Ask me with someone there", icon="together", fill=True),
        )
        why = Sheet(
            column(
                row(Icon("why", "ink_soft"), (Text("Why we ask", "strong"), 1), gap=12),
                8,
                Text("So that a bed or a safer room can come first, before all the rest."),
                16,
                Text("Who sees it", "strong"),
                4,
                Text("You and Joan. It is in no print and no copy unless you put it there."),
                margins=(20, 20, 20, 20),
            ),
            "sand",
        )
        main = column(
            Text("Do you have a place to sleep this week where you feel safe?", "question"),
            8,
            Text("Choose what is closest. You can change it at any time.", "body", "ink_soft"),
            20,
            self.answers,
            24,
            Text("Or answer in another way. Each one is fine.", "body", "ink_soft"),
            8,
            others,
        )
        foot = Ground(
            "page",
            column(
                Rule(),
                row(
                    Button("Back", icon="back", big=True),
                    STRETCH,
                    Button("Pause here", icon="pause", big=True),
                    Button("Next", "main", after="next", big=True),
                    gap=12,
                    margins=(40, 16, 40, 16),
                ),
            ),
        )
        self.set_body(columns(main, column(why), 304), foot=foot)
        from planner.ui.navigation import Navigation, Tab

        top = hold(
            column(
                Button("All guided forms", "quiet", icon="back"),
                8,
                hold(
                    column(
                        Text("First steps", "card"),
                        Text("Stop any time. It is all kept.", "body", "ink_soft"),
                        margins=(12, 0, 12, 0),
                    )
                ),
                margins=(12, 0, 12, 0),
            )
        )
        self._outline = Navigation(width="outline_width", top=top)
        self._outline.set_tabs(
            [
                Tab("1", "Today and tonight", note="1 kept for later", state="done"),
                Tab("2", "A safe place", state="here"),
                Tab("3", "Food, clothes, phone", state="open"),
                Tab("4", "Body and health", note="May feel heavy", state="open"),
            ]
        )
        self._outline.choose("2")

    def over_title(self) -> str:
        return "A safe place, question 2 of 4"

    def outline(self) -> QWidget:
        return self._outline
