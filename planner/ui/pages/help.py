"""Help now: her own number first, then lines whose numbers and claims two sources carry.

Nothing here is counted or kept, and nothing is dialled or opened: the numbers are there to be read and copied.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLayout, QWidget

from planner.packs.help_lines import About, Claim, HelpDirectory, HelpLine, Number, Way, load_help_lines
from planner.packs.sources import is_old
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import MIDDLE, TOP, column, columns, flow, hold, row
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Chip, Icon, Rule, Section, Text
from planner.ui.page import Page
from planner.ui.pages.selectable import Selectable
from planner.ui.theme import theme
from planner.words import N_, _, c_, language

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.ui.formats import Formats
    from planner.ui.page import Desk

ABOUT = {
    About.OPERATOR: N_("Who answers"),
    About.REPORTING: N_("What they may pass on"),
    About.LANGUAGES: N_("Languages"),
    About.HOURS: N_("When someone answers"),
    About.REACH: N_("Good to know"),
    About.COST: N_("Cost"),
    About.BILL: N_("On the phone bill"),
}
"""What a claim is about, in the order in which it is read."""

ICONS = {Way.CALL: "phone", Way.TEXT: "message", Way.CHAT: "message", Way.TTY: "voicemail", Way.SITE: "globe"}


@lru_cache(maxsize=1)
def directory() -> HelpDirectory:
    """The shipped lines, read once."""
    return load_help_lines()


class HelpPage(Page):
    """Numbers for help, to be read at a glance."""

    name: ClassVar[str] = "help"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.back_button = Button(_("Back to where I was"), "plain", icon="back", on=desk.back)
        own = self._make_own()
        today = desk.session.today()
        lines: list[QWidget | int] = []
        for each in directory().lines:
            lines += [Rule(above=24, below=20), line_view(each, today, desk.formats)]
        body = column(
            Text(
                _("Nothing on this page is counted or kept. Nothing is dialed or opened for you."), "lead", "ink_soft"
            ),
            20,
            own,
            *lines,
            Rule(above=24, below=24),
            _foot(directory(), today, desk.formats),
            20,
            flow(Button(_("Where to find help"), icon="services", on=lambda: desk.go("directory"))),
        )
        self.set_body(body)
        away = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        away.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        away.activated.connect(desk.back)
        self.refresh(None)

    def title(self) -> str:
        return _("Help now")

    def head_extras(self) -> list[QWidget]:
        return [self.back_button]

    def first_focus(self) -> QWidget | None:
        numbers = [each for each in self.findChildren(Selectable) if each.isVisibleTo(self)]
        return numbers[0] if numbers else self.back_button

    def refresh(self, changed: Changed | None) -> None:
        if changed is None or "settings" in changed.kinds:
            self._show_own()

    def _make_own(self) -> QWidget:
        """Her own line, or the shelter's, before all others; or an invitation to add one."""
        self.own_name = Text("", "card")
        self.own_number = Selectable("", _("Your own help line"), "title")
        self.own_changed = Text("", "body", "ink_soft").hide_empty()
        self.edit_button = Button(_("Change it"), "quiet", icon="edit", on=self._edit)
        self.add_button = Button(_("Add a number"), "quiet", icon="plus", on=self._edit)
        inner = column(
            row((Icon("phone", "accent", box_height=28), TOP), (self.own_name, 1), gap=12),
            4,
            flow(self.own_number, self.edit_button, gap=16),
            self.own_changed,
            margins=(24, 18, 24, 14),
        )
        self._own = Sheet(inner)
        hint = Text(_("A number that you trust can stand here, before all others."), "body", "ink_soft", align=MIDDLE)
        self._invitation = hold(flow(hint, self.add_button, gap=12))
        return hold(column(self._own, self._invitation))

    def _show_own(self) -> None:
        session = self.desk.session
        name, number = session.setting("shelter_line_name"), session.setting("shelter_line_number")
        # Whoever sits beside the worker now is not to change the shelter's number.
        may_edit = session.only is None
        self.own_name.setText(name or _("Your own help line"))
        self._own.setAccessibleName(self.own_name.text())
        self.own_number.setText(number)
        self.own_number.setAccessibleName(self.own_name.text())
        self.own_changed.setText(self._changed_words(session.setting("shelter_line_changed")))
        self._own.setVisible(bool(number))
        self.edit_button.setVisible(may_edit)
        self._invitation.setVisible(not number and may_edit)

    def _changed_words(self, day: str) -> str:
        try:
            changed = date.fromisoformat(day)
        except ValueError:
            return ""
        return _("Changed on {day}.").format(day=self.desk.formats.day(changed))

    def _edit(self) -> None:
        self.desk.go("settings", at="line")


def line_view(line: HelpLine, today: date, formats: Formats, *, head: bool = True) -> QWidget:
    """One line: whom it is for and its numbers at the start, what is known about it beside them.

    Without ``head`` its name is left away, where it stands above already.
    """
    code = language()
    numbers = [number_view(each, line.name.get(code)) for each in line.numbers]
    main = column(
        Section(line.name.get(code), rule=False) if head else None,
        Text(line.purpose.get(code), "lead", "ink_soft"),
        8,
        *numbers,
    )
    facts: list[QWidget | int] = []
    for about in ABOUT:
        claim = line.claim(about)
        if claim is not None:
            facts += [_fact(claim, today, formats), 4]
    if line.ask:
        asked = " ".join(_("“{words}”").format(words=each.get(code)) for each in line.ask)
        label = _("You can ask:")
        facts += [Text(f"{label} {asked}", "body", bold=(label,)), 4]
    side = column(*facts, 4, _age(line, today, formats))
    return columns(main, side, side_width=440, main_width=520, gap=48)


def number_view(number: Number, of: str) -> QWidget:
    """How a line is reached: by what, and the number, large."""
    label = way_words(number)
    value = Selectable(number.value, f"{of}, {label}")
    held = QWidget()
    held.setLayout(flow(_labelled(ICONS[number.way], label), value, gap=12, gap_y=0))
    return held


def _labelled(icon: str, words: str) -> QWidget:
    held = QWidget()
    inner = row((Icon(icon, "ink_soft", box_height=40), MIDDLE), (Text(words, "body", wrap=False), MIDDLE), gap=8)
    held.setLayout(inner)
    # So that the numbers of one line stand under each other.
    held.setMinimumWidth(theme.px(104))
    return held


def way_words(number: Number) -> str:
    """How a number is used, in words."""
    if number.way is Way.TEXT and number.send:
        return _("Text {word} to").format(word=number.send)
    return {
        Way.CALL: c_("reach", "Call"),
        Way.TEXT: c_("reach", "Text"),
        Way.CHAT: _("Chat at"),
        Way.TTY: _("Typing phone (TTY)"),
        Way.SITE: _("On the web"),
    }[number.way]


def _fact(claim: Claim, today: date, formats: Formats) -> Text:
    """One confirmed claim; one that is older than a year says of when it is."""
    label = _("{label}:").format(label=_(ABOUT[claim.about]))
    words = claim.words.get(language())
    if claim.newest is not None and is_old(claim.newest, today):
        words = _("{words} (as of {month})").format(words=words, month=formats.month_year(claim.newest))
    return Text(f"{label} {words}", "body", bold=(label,))


def _age(line: HelpLine, today: date, formats: Formats) -> QLayout:
    """Of when the newest source is, and whether the number should be looked up."""
    newest = line.newest
    words = _("Newest source: {month}").format(month=formats.month_year(newest)) if newest else _("No date known")
    check = [Chip(_("Please check this number"), "why", "sand")] if line.please_check(today) else []
    return flow(Text(words, "body", "ink_soft", wrap=False), *check, gap=12)


def _foot(found: HelpDirectory, today: date, formats: Formats) -> QWidget:
    """What holds for every line."""
    icons = {"someone-looks": "show", "chat-history": "later", "ask-first": "speak"}
    code = language()
    notes: list[QLayout | int] = []
    for name, words in found.notes.items():
        notes += [
            row((Icon(icons.get(name, "feather"), "ink_soft"), TOP), (Text(words.get(code), "body"), 1), gap=12),
            8,
        ]
    for claim in found.claims:
        notes += [row((Icon("phone", "ink_soft"), TOP), (_fact(claim, today, formats), 1), gap=12), 8]
    return Sheet(column(*notes[:-1], margins=(20, 16, 20, 16)), "sand", name=_("Before you call"))
