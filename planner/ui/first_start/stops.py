"""The screens of the first start. Each shows one thing, and says what it means before it asks for it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from planner.session.types import Mode
from planner.settings import EVERYDAY
from planner.ui.called import called
from planner.ui.first_start.route import Answers
from planner.ui.kit.buttons import Button
from planner.ui.kit.choices import ChoiceGroup, TickChoice
from planner.ui.kit.fields import Field, FieldRow, PhoneField
from planner.ui.kit.layouts import MIDDLE, TOP, Item, column, flow, row
from planner.ui.kit.surfaces import Note, Sheet
from planner.ui.kit.text import Icon, Mark, Text
from planner.ui.labels import MOST_LETTERS, clean_label, is_taken, new_label, tells
from planner.ui.new_passphrase import NewPassphrase
from planner.ui.sight import key_in_use
from planner.ui.spare_key_text import SpareKeyText
from planner.words import LANGUAGES, _, language


class StopView(QWidget):
    """One screen: its words, its fields, and the buttons at its foot."""

    go_on = Signal()
    go_back = Signal()
    read_from_top = True
    """In large text it is higher than the window."""

    def __init__(self, title: str, lead: str, *body: Item, foot: QLayout) -> None:
        """Lay out a title, one sentence, the body and the foot from the top down."""
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(lead)
        head = row((Mark(28), MIDDLE), (Text(called.name, "label", "ink_soft", wrap=False), MIDDLE), gap=12)
        self.setLayout(column(head, 20, Text(title, "title"), 8, Text(lead, "lead", "ink_soft"), 24, *body, 28, foot))

    def first_focus(self) -> QWidget | None:
        """Where the keyboard begins; None leaves it to the first control."""
        return None

    def take(self, answers: Answers) -> bool:
        """Put what was said into ``answers``; False when something is missing, after saying what."""
        return True

    def proceed(self) -> None:
        """Ask for the screen that follows."""
        self.go_on.emit()

    def turn_back(self) -> None:
        """Ask for the screen before."""
        self.go_back.emit()

    def back_button(self) -> Button:
        """The way to the screen before."""
        return Button(_("Back"), icon="back", on=self.turn_back)


def _point(icon: str, words: str) -> QLayout:
    return row((Icon(icon, "ink_soft"), TOP), (Text(words, "lead"), 1), gap=12)


class Before(StopView):
    """What to know before anything is kept; nothing is on the disk yet."""

    go_away = Signal()

    def __init__(self) -> None:
        on = Button(_("Go on"), "main", after="next", on=self.proceed)
        away = Button(_("Leave now"), on=self.turn_away)
        self.limits_button = Button(
            _("What this can and cannot do"), "quiet", icon="shield", compact=True, on=self.show_limits
        )
        super().__init__(
            _("Before you begin"),
            _("This is a private notebook for plans, appointments and people."),
            _point(
                "show",
                _("Someone may see this device now, or look through it later. They could see this program is here."),
            ),
            16,
            _point(
                "swap",
                _("Not sure? Use another device: at a library, a school, a shelter, or with a friend you trust."),
            ),
            16,
            _point(
                "hide",
                _("Someone comes in? Press {key}, or “Hide”. Everything is gone from the screen at once.").format(
                    key=key_in_use()
                ),
            ),
            16,
            _point("feather", _("Nothing of yours is kept yet. Leave now, and this program keeps nothing.")),
            foot=column(flow(on, away, gap=12), 12, flow(self.limits_button)),
        )

    def show_limits(self) -> None:
        """Read what this can and cannot do, before anything is kept."""
        from planner.ui.dialogs.limits import LimitsDialog

        LimitsDialog(self).open()

    def turn_away(self) -> None:
        """Leave, keeping nothing."""
        self.go_away.emit()


class Who(StopView):
    """The language, and whose notebook this is; one more may also be for every day."""

    language_chosen = Signal(str)
    copy_wanted = Signal()

    def __init__(self, answers: Answers) -> None:
        self.copy_button = Button(_("I have a safety copy"), "quiet", icon="copies", on=self._want_copy)
        self.languages = ChoiceGroup(list(LANGUAGES.items()), chosen=(language(),), name=_("Language"))
        everyday = (EVERYDAY, _("For every day"), _("Lists, appointments and people, with plain pages."))
        self.who = ChoiceGroup(
            [
                (Mode.FOR_ME.value, _("For me"), _("My own plan, my appointments, my people.")),
                (
                    Mode.WITH_OTHERS.value,
                    _("For the people I work with"),
                    _("Several people, each with a plan of their own."),
                ),
                *([everyday] if answers.another else []),
            ],
            chosen=(EVERYDAY if answers.everyday else answers.mode.value,),
            name=_("Who is this notebook for?"),
        )
        self.languages.changed.connect(lambda: self.language_chosen.emit(self.languages.values()[0]))
        super().__init__(
            _("Who is this notebook for?"),
            _("It opens with a passphrase of its own.")
            if answers.another
            else _("You can change the language at any time."),
            self.who,
            24,
            Text(_("Language"), "strong"),
            8,
            self.languages,
            foot=flow(
                self.back_button(),
                Button(_("Next"), "main", after="next", on=self.proceed),
                self.copy_button,
                gap=12,
            ),
        )

    def _want_copy(self) -> None:
        self.copy_wanted.emit()

    def take(self, answers: Answers) -> bool:
        chosen = self.who.values()[0]
        answers.everyday = chosen == EVERYDAY
        answers.mode = Mode.FOR_ME if answers.everyday else Mode(chosen)
        return True


class Label(StopView):
    """What one more notebook is called on the lock screen, where everybody can read it."""

    def __init__(self, answers: Answers) -> None:
        self._taken = answers.taken
        self._asked = ""
        self.label = Field(answers.label or new_label(answers.taken), name=_("Name on the lock screen"))
        self.label.setMaxLength(MOST_LETTERS)
        self.label.returnPressed.connect(self.proceed)
        self.row = FieldRow(
            _("Name on the lock screen"), self.label, hint=_("The first by the alphabet is offered first.")
        )
        super().__init__(
            _("A name for this notebook"),
            _("Everyone who sees the lock screen can read it. Choose one that tells nothing."),
            self.row,
            foot=flow(self.back_button(), Button(_("Next"), "main", after="next", on=self.proceed), gap=12),
        )

    def first_focus(self) -> QWidget | None:
        return self.label

    def take(self, answers: Answers) -> bool:
        label = clean_label(self.label.text()) or new_label(self._taken)
        if is_taken(label, self._taken):
            self.row.ask(_("Another notebook has this name. Choose a different one."))
            return False
        if tells(label) and label != self._asked:
            self._asked = label
            self.row.ask(
                _("This name may tell something to whoever reads it. To keep it all the same, go on once more.")
            )
            return False
        answers.label = label
        return True


class Name(StopView):
    """A name to be called by, and a number for help; both can stay empty. For every day, what it may begin with."""

    def __init__(self, answers: Answers) -> None:
        mine = answers.mode is Mode.FOR_ME
        self.name = Field(answers.my_name, name=_("Name"))
        self.line_name = Field(answers.line_name, name=_("Whose number is it?"))
        self.line_number = PhoneField(answers.line_number, name=_("Phone number"))
        self.filled = TickChoice(
            _("Put some everyday things in to begin with"),
            _("Lists, appointments and a few people, made up by chance. You can change or remove all of it."),
            chosen=answers.filled,
        )
        ask = _("What shall we call you here?") if mine else _("Your name or initials, for your notes")
        hint = _("Any name you like. You can leave it empty.") if mine else _("It stands beside the notes you write.")
        name = FieldRow(ask, self.name, hint=hint, optional=True)
        foot = flow(self.back_button(), Button(_("Next"), "main", after="next", on=self.proceed), gap=12)
        if answers.everyday:
            for each in (self.line_name, self.line_number):
                each.setParent(self.filled)
                each.hide()
            super().__init__(
                _("To begin with"), _("You can change all of this later."), name, 24, self.filled, foot=foot
            )
            return
        self.filled.setParent(self.name)
        self.filled.hide()
        line = _("A number for help that you trust") if mine else _("Your own help line")
        super().__init__(
            _("A name and a number"),
            _("Both can stay empty. You can change them later."),
            name,
            24,
            Text(line, "strong"),
            Text(_("It will stand first under “Help now”."), "body", "ink_soft"),
            8,
            FieldRow(_("Whose number is it?"), self.line_name, optional=True),
            12,
            FieldRow(_("Phone number"), self.line_number, optional=True),
            foot=foot,
        )

    def first_focus(self) -> QWidget | None:
        return self.name

    def take(self, answers: Answers) -> bool:
        answers.my_name = self.name.text().strip()
        answers.filled = answers.everyday and self.filled.isChecked()
        answers.line_name = "" if answers.everyday else self.line_name.text().strip()
        answers.line_number = "" if answers.everyday else self.line_number.text().strip()
        return True


class Passphrase(StopView):
    """A passphrase, typed twice; how strong it is stands beside it in words."""

    weak = Signal()

    def __init__(self) -> None:
        self.new = NewPassphrase()
        self.new.submitted.connect(self.proceed)
        super().__init__(
            _("Choose a passphrase"),
            _("It opens this notebook. Nobody can look it up or send you a new one, so choose one you will know."),
            self.new,
            foot=flow(self.back_button(), Button(_("Make the notebook"), "main", on=self.proceed), gap=12),
        )

    def first_focus(self) -> QWidget | None:
        return self.new.first

    def take(self, answers: Answers) -> bool:
        if not self.new.complete():
            return False
        if self.new.needs_warning():
            self.weak.emit()
            return False
        return True


class Spare(StopView):
    """Offers a spare key, with the question who could find it."""

    chosen = Signal(bool)

    def __init__(self) -> None:
        super().__init__(
            _("Would you like a spare key?"),
            _("It opens this notebook if you forget the passphrase. You can also make one later."),
            _point("why", _("Who could find it? Whoever finds this key can open the notebook.")),
            16,
            _point("together", _("A good place is with someone you trust, or somewhere only you go.")),
            16,
            _point("papers", _("It is a row of letters. It prints without a name or a title.")),
            foot=flow(
                Button(_("Not now"), "main", on=lambda: self.chosen.emit(False)),
                Button(_("Make a spare key"), icon="key", on=lambda: self.chosen.emit(True)),
                gap=12,
            ),
        )


class SpareShown(StopView):
    """Shows the spare key once, to be written down or printed."""

    print_it = Signal()

    def __init__(self, spare_key: str) -> None:
        self.key = SpareKeyText(spare_key)
        super().__init__(
            _("Your spare key"),
            _("It is shown only now. Write it on paper, or print it."),
            Sheet(column(self.key, margins=(20, 16, 20, 16)), kind="well"),
            16,
            Note(_("Keep it away from this device.")),
            foot=flow(
                Button(_("I have it on paper"), "main", on=self.proceed),
                Button(_("Print it"), icon="print", on=self.ask_to_print),
                gap=12,
            ),
        )

    def ask_to_print(self) -> None:
        """Ask for the key on paper."""
        self.print_it.emit()
