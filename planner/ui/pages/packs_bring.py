"""Content from somebody else: choose a file, see who gives it and every number, link and form in it, take it or not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from planner.packs.compare import PART, Change
from planner.packs.refused import PackRefused
from planner.packs.said import LINK, NUMBER
from planner.session.packs import PackArrival
from planner.ui.kit.buttons import Button
from planner.ui.kit.choices import ChoiceGroup
from planner.ui.kit.dialogs import trouble
from planner.ui.kit.layouts import TOP, Box, clear, column, columns, flow, hold, row
from planner.ui.kit.said import announce
from planner.ui.kit.surfaces import EmptyPage, Note, Sheet
from planner.ui.kit.text import Icon, Rule, Section, Text
from planner.ui.pages.bring_file import BringFilePage
from planner.ui.pages.packs_words import arrival_words, giver_words, news_before, news_beside, news_place
from planner.words import N_, _, language, n_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.packs.compare import News
    from planner.session import Changed
    from planner.session.packs import PackPreview
    from planner.ui.page import Desk
    from planner.ui.work import Progress

SUFFIXES = (".zip", "pack.toml")
SHOWN = 80
"""Lines of one group that are shown at once; the rest at a press."""
SAME, NOT_YET = "same", "not-yet"
LANGUAGES = {"en": "English", "es": "Español"}

_GROUPS: tuple[tuple[str, str], ...] = (
    (NUMBER, N_("Phone numbers and other numbers")),
    (LINK, N_("Links and addresses on the internet")),
    (PART, N_("Forms, guides and other parts")),
)


class PacksBringPage(BringFilePage):
    """Nothing changes before the main button of the report is pressed."""

    name: ClassVar[str] = "packs-bring"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.preview: PackPreview | None = None
        self.refused: PackRefused | None = None
        self.choose = Button(_("Choose a file"), "main", icon="folder", on=self.ask_file)
        self.start = EmptyPage(
            "sheet",
            _("Something a shelter or a group gave you"),
            _(
                "A file with forms, guides or ideas for a plan. You see first who gives it and everything that is in "
                "it. Nothing changes before you say so."
            ),
            [self.choose, Button(_("Back"), "quiet", icon="back", on=lambda: desk.go("packs"))],
        )
        self.take = Button(_("Bring it in"), "main", icon="check", on=self.bring_in)
        self.other = Button(_("Choose another file"), icon="folder", on=self.ask_file)
        self.leave_it = Button(_("Not now"), "quiet", on=self._leave_it)
        self.head = Text("", "question")
        self.facts = Text("", "body", "ink_soft").hide_empty()
        self.means = Text("", "body").hide_empty()
        self.giver = _GiverPart()
        self.same = Text("", "body", "ink_soft").hide_empty()
        self._report = Box(True, 0, (0, 0, 0, 0))
        main = column(
            self.head,
            8,
            self.facts,
            12,
            self.means,
            20,
            self.giver,
            20,
            flow(self.take, self.other, self.leave_it, gap=12),
            32,
            self.same,
            self._report,
        )
        self.aside = Note(
            _(
                "Look at the numbers and links below. Do you know them? Content from others always says whose it is, "
                "and you can take it out at any time."
            ),
            icon="why",
        )
        self._look_at = columns(main, column(self.aside))
        self.set_body(column((self._look_at, 1), (self.start, 1)))
        self._show()

    # ---------------------------------------------------------------- the page

    def title(self) -> str:
        return _("Content from others")

    def first_focus(self) -> QWidget | None:
        if self.preview is not None:
            return self.giver.answer.cards[0] if self.preview.must_compare else self.take
        return self.other if self.refused is not None else self.choose

    def refresh(self, changed: Changed | None) -> None:
        """What it says hangs on the file alone."""

    def forget(self) -> None:
        """Begin anew."""
        super().forget()
        self.preview = self.refused = None
        self._show()

    # ---------------------------------------------------------------- the file

    def ask_file(self) -> None:
        """Which file."""
        self.choose_one(_("Which file?"), _("Content from others comes as one file (.zip)."), SUFFIXES)

    def read(self, path: Path) -> None:
        """Look at a file; beside the window, because forms take seconds."""
        packs = self.desk.session.packs

        def work(progress: Progress) -> PackPreview | PackRefused:
            progress.step(0)
            try:
                return packs.look(path, progress.step)
            except PackRefused as refused:
                return refused

        self.look_at(_("Looking at what is in it"), work, self.show_preview)

    def show_preview(self, found: PackPreview | PackRefused) -> None:
        """Show what was found in a file."""
        self.refused = found if isinstance(found, PackRefused) else None
        self.preview = None if isinstance(found, PackRefused) else found
        self._show()
        self.to_the_top(". ".join(part for part in (self.head.text(), self.means.text()) if part))

    # ---------------------------------------------------------------- what is shown

    def _show(self) -> None:
        looked = self.preview is not None or self.refused is not None
        self.start.setVisible(not looked)
        self._look_at.setVisible(looked)
        clear(self._report)
        self.same.setText("")
        self.giver.setVisible(self.preview is not None)
        self.aside.setVisible(self.preview is not None)
        if self.preview is not None:
            self._show_preview(self.preview)
        elif self.refused is not None:
            self.head.setText(self.refused.sentence)
            self.facts.setText(self.refused.what_next)
            where = self.refused.where
            self.means.setText(_("Where it is: {place}").format(place=where) if where else "")
            self.take.hide()

    def _show_preview(self, preview: PackPreview) -> None:
        manifest = preview.pack.manifest
        self.head.setText(manifest.name.get(language()))
        reviewed = self.desk.formats.month_year(manifest.reviewed)
        facts = [
            _("version {v}").format(v=manifest.version),
            _("looked over in {month}").format(month=reviewed),
            ", ".join(LANGUAGES.get(each, each) for each in manifest.languages),
        ]
        self.facts.setText(self.desk.formats.sentence(" · ".join(facts)))
        self.means.setText(" ".join((manifest.about.get(language()), arrival_words(preview))))
        same = preview.arrival is PackArrival.SAME
        self.take.setVisible(not same)
        self.giver.show_for(preview)
        told = [each for each in preview.news if each.change is not Change.SAME]
        kept = len(preview.news) - len(told)
        self.same.setText(
            n_("{n} thing in it is as it was.", "{n} things in it are as they were.", kept).format(n=kept)
            if kept
            else ""
        )
        for kind, head in _GROUPS:
            group = [each for each in told if each.kind == kind and each.item.kind != "pack"]
            group += [each for each in told if each.kind == kind and each.item.kind == "pack" and kind != PART]
            if group:
                self._report.put(28, Section(_(head), str(len(group))), self._lines(group))

    def _lines(self, group: Sequence[News]) -> QWidget:
        place = Box(True, 0, (0, 0, 0, 0))
        _fill(place, group[:SHOWN], first=True)
        rest = group[SHOWN:]
        if rest:
            more = Button(n_("Show {n} more", "Show {n} more", len(rest)).format(n=len(rest)), "quiet", icon="down")
            line = hold(column(8, flow(more)))

            def show() -> None:
                line.hide()
                _fill(place, rest, first=False)

            more.clicked.connect(lambda _on=False: show())
            place.put(line)
        return hold(place)

    # ---------------------------------------------------------------- bringing it in

    def bring_in(self) -> None:
        """Take what was looked at, after six words were compared where that is needed."""
        preview = self.preview
        if preview is None:
            return
        if preview.must_compare and not self.giver.compared:
            self.giver.ask()
            self.giver.answer.cards[0].setFocus()
            return
        refused: list[PackRefused] = []

        def work() -> None:
            try:
                self.desk.session.packs.bring_in(preview, compared=self.giver.compared)
            except PackRefused as problem:
                refused.append(problem)

        if self.desk.keep(work):
            if refused:
                trouble(self, refused[0])
                return
            name = preview.pack.manifest.name.get(language())
            self.desk.go("packs")
            self.desk.say(_("“{name}” is in. It says everywhere whose it is.").format(name=name))

    def _leave_it(self) -> None:
        self.forget()
        self.desk.go("packs")


class _GiverPart(Sheet):
    """Who gives it; for a stranger the six words, and whether they were compared."""

    def __init__(self) -> None:
        self.head = Text("", "strong")
        self.means = Text("", "body", "ink_soft")
        self._words = Box(True, 4, (0, 0, 0, 0))
        self._words_place = hold(self._words)
        self.answer = ChoiceGroup(
            [
                (SAME, _("Yes, the same six words")),
                (NOT_YET, _("No, or I could not ask yet")),
            ],
            name=_("Are these their six words?"),
        )
        self._asked = Text("", "body").hide_empty()
        self.answer.changed.connect(lambda: self._asked.setText(""))
        self._answer_place = hold(column(16, self.answer, 8, self._asked))
        super().__init__(
            column(self.head, 4, self.means, self._words_place, self._answer_place, margins=(24, 20, 24, 20)),
            "sand",
            name=_("Who gives it"),
        )

    @property
    def compared(self) -> bool:
        """Whether somebody says that the words are the same."""
        return self.answer.values() == (SAME,)

    def show_for(self, preview: PackPreview) -> None:
        """Another pack was looked at."""
        head, means = giver_words(preview)
        self.head.setText(head)
        self.means.setText(means)
        self._asked.setText("")
        self.answer.choose(())
        clear(self._words)
        asks = preview.must_compare and preview.arrival is not PackArrival.SAME
        self._words_place.setVisible(asks)
        self._answer_place.setVisible(asks)
        if asks:
            put_words(self._words, preview.words)

    def ask(self) -> None:
        """The words have to be compared first."""
        self._asked.setText(_("Compare the six words first. If you cannot do it now, keep the file and come back."))
        announce(self, self._asked.text())


def put_words(place: Box, words_in: Callable[[str], tuple[str, ...]]) -> None:
    """Six words, in the language of the reader first, then in the others that a giver may read them from."""
    spoken = language() if language() in LANGUAGES else "en"
    place.put(12)
    for code in (spoken, *(each for each in LANGUAGES if each != spoken)):
        line = column(
            Text(LANGUAGES[code], "label", "ink_soft"),
            Text("  ".join(words_in(code)), "lead" if code == spoken else "body"),
        )
        place.put(hold(line))


def _fill(place: Box, group: Sequence[News], *, first: bool) -> None:
    for number, each in enumerate(group):
        place.put(Rule() if number or not first else None, _line(each))


def _line(news: News) -> QWidget:
    lines = column(
        Text(news.what, "strong"),
        Text(news_place(news), "label", "ink_soft"),
        Text(news.sentence if news.sentence != news.what else "", "body").hide_empty(),
    )
    for icon, words in (("swap", news_before(news)), ("why", news_beside(news))):
        if words:
            lines.put(4, row((Icon(icon, "ink_soft", size=20), TOP), (Text(words, "body"), 1), gap=8))
    lines.set_margins((0, 12, 0, 12))
    return hold(lines)
