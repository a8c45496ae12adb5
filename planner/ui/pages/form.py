"""A guided form: one thought a page, saved after every answer, left and taken up at any time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from planner.errors import MachineTrouble
from planner.ui.kit.layouts import Box, clear
from planner.ui.kit.said import announce
from planner.ui.kit.tab_order import in_reading_order
from planner.ui.kit.tips import set_tip
from planner.ui.page import Page
from planner.ui.pages.before_form import AgeView, TellView, before_values, must_ask, must_tell
from planner.ui.pages.form_acts import Acts
from planner.ui.pages.form_flow import PROPOSALS, Flow
from planner.ui.pages.form_foot import Foot
from planner.ui.pages.form_language import LanguageButton
from planner.ui.pages.form_news import News, NewsView, news_of
from planner.ui.pages.form_outline import SUMMARY, Outline
from planner.ui.pages.form_rest import Rest
from planner.ui.pages.form_saving import Saving
from planner.ui.pages.form_summary import SummaryView
from planner.ui.pages.form_views import FormGone, HeavyView, QuestionView, RepeatView, TroubleView, View, asks
from planner.ui.pages.form_worker import WorkerSide
from planner.ui.pages.proposals import EndView, ProposalsView
from planner.words import _, language

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.session import Changed
    from planner.session.filling_desk import FillingDesk
    from planner.session.types import Decision, Person, Proposal
    from planner.ui.page import Desk

TYPING_RESTS = 1000
"""ms without a key after which what is typed is saved."""

END = "end"


class FormPage(Page):
    """Opened with ``form``; with ``at="summary"`` to read over, ``at="end"`` after it went into the plan."""

    name: ClassVar[str] = "form"
    searchable: ClassVar[bool] = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.table: FillingDesk | None = None
        self.flow: Flow | None = None
        self.view: View = View()
        self._at = ""
        self._finishing = self._telling = False
        self._news: News | None = None
        self.resting = Rest(self)
        self._place = Box(True, 0, (0, 0, 0, 0))
        self.foot = Foot()
        self.foot.back.clicked.connect(lambda _on=False: self.back())
        self.foot.pause.clicked.connect(lambda _on=False: self.pause())
        self.foot.moment.clicked.connect(lambda _on=False: self.take_a_moment())
        self.foot.next.clicked.connect(lambda _on=False: self.next())
        self.foot.undo.connect(self._undo_pressed)
        self.saving = Saving(desk, self.foot)
        self.acts = Acts(self)
        self.worker = WorkerSide(desk.session, self)
        self.worker.changed.connect(self._turned_round)
        self.languages = LanguageButton()
        self.languages.chosen.connect(self._speak)
        self.languages.all_of_it.connect(self._speak_all)
        self.sections = Outline()
        self.sections.section_asked.connect(self._open_section)
        self.sections.all_forms_asked.connect(lambda: self.desk.go("forms"))
        self.sections.moment_asked.connect(self.take_a_moment)
        self._rest = QTimer(self, singleShot=True, interval=TYPING_RESTS)
        self._rest.timeout.connect(self.commit)
        # After an answer the page comes first, and the sections beside it a moment later.
        self._outline_soon = QTimer(self, singleShot=True, interval=0)
        self._outline_soon.timeout.connect(self._fit_outline)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            self._shortcut(keys, self, self.next)
        # Not of the whole window: there Esc closes what lies above the page.
        for within in (self.sections, self.languages, self.worker.button):
            self._shortcut("Escape", within, self.take_a_moment)
        self.set_body(self._place, foot=self.foot)

    @staticmethod
    def _shortcut(keys: str, within: QWidget, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), within)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, where no answer has a use for it."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers() and self.flow is not None:
            self.take_a_moment()
        else:
            super().keyPressEvent(event)

    # ---------------------------------------------------------------- opened and left

    def show_for(self, **where: str) -> None:
        """Open a form where it was left; after a quiet moment it stands there as it was."""
        if where.get("at", "") == self._at != END and self.resting.waited(where.get("form", "")):
            return
        self._at = where.get("at", "")
        self._finishing = self._telling = False
        self.resting.end()
        before, self.flow = self.flow, None
        self._take(None)
        if self._at == END:
            self.turn()
            return
        problem: MachineTrouble | None = None
        try:
            self._open(where.get("form", ""), before)
        except MachineTrouble as trouble:
            problem = trouble
        self.turn(problem)

    def _open(self, form: str, before: Flow | None) -> None:
        session = self.desk.session
        person = session.person
        if person is None:
            return
        form = form or session.forms.all()[0].id
        fresh = not session.forms.is_open(person.id, form)
        try:
            table = session.forms.open(person.id, form)
        except KeyError:
            raise FormGone from None
        self._take(table)
        table.speak(table.spoken)
        # What can be taken back stays so, as long as it is the same filling.
        self.flow = before if before is not None and before.table is table else Flow(table)
        self.flow.look()
        # Told once; but as long as nothing was saved under the newer form, it is told again.
        told = not fresh and table.as_it_was() is None
        self._news = None if told else news_of(self.flow, self.desk.formats)
        if self._at == SUMMARY and fresh:
            self.flow.open_summary()

    def _take(self, table: FillingDesk | None) -> None:
        self.table = table
        self._news = None
        for part in (self.saving, self.worker, self.languages):
            part.take(table)

    # ---------------------------------------------------------------- a quiet moment

    def take_a_moment(self) -> None:
        """One key away. What is on the screen stays there meanwhile, down to where the keyboard was."""
        self.resting.begin()
        self.commit()
        self.desk.go("moment")

    def leave(self) -> bool:
        """Save what is half typed."""
        self.commit()
        self.desk.session.forms.settle()
        return True

    def draft(self) -> dict[str, Any] | None:
        """Nothing but that a form is open: its answers are saved already."""
        return {"open": True} if self.flow is not None and self._at != END else None

    def refresh(self, changed: Changed | None) -> None:
        """The answers are changed here and nowhere else."""

    def title(self) -> str:
        """None: the question is the heading."""
        return ""

    def over_title(self) -> str:
        """Where she is."""
        if self.table is None or self._at == END:
            return ""
        if self.flow is None or not isinstance(self.view, QuestionView | HeavyView | RepeatView):
            return self.table.info.shown
        number, many = self.flow.place()
        section = self.flow.called_here(self.table.info.shown)
        if not number:
            return section
        return _("{section}, question {n} of {all}").format(section=section, n=number, all=many)

    def head_extras(self) -> list[QWidget]:
        """Another language, and turning the screen, where there is a choice."""
        if self.flow is None or self._at == END:
            return []
        telling = isinstance(self.view, TellView)
        return [
            *([self.languages] if self.languages.offered else []),
            *([self.worker.button] if self.worker.offered or (telling and self.worker.can_turn) else []),
        ]

    def outline(self) -> QWidget | None:
        """The sections; none once the form is finished."""
        return self.sections if self.flow is not None and self._at != END else None

    def first_focus(self) -> QWidget | None:
        """Where the keyboard was before a quiet moment; the first answer, else the way on."""
        rested = self.resting.take_focus()
        return rested or self.view.first() or (self.foot.next if not self.foot.isHidden() else None)

    # ---------------------------------------------------------------- the view

    @property
    def _person(self) -> Person:
        person = self.desk.session.person
        assert person is not None
        return person

    def _make(self) -> View:
        if self._at == END:
            return EndView(self.desk, self.desk.session.forms.last_kept)
        flow = self.flow
        if flow is None or self.table is None:
            return View()
        asked = not must_ask(self.desk.session, self._person)
        if not asked and not self._telling:
            return AgeView(self._person)
        if not asked or must_tell(self.desk.session, self._person):
            return TellView(self.desk, self._person, for_worker=self.worker.shows)
        if self._news:
            news = NewsView(self._news)
            news.look_at.connect(self._look_at_new)
            return news
        if flow.filling.page == PROPOSALS:
            view = ProposalsView(self.table.proposals(), self.desk.formats, self.table.decided)
            view.changed.connect(self._decided)
            return view
        return self._summary(flow) if flow.page.kind == SUMMARY else self.acts.view()

    def _summary(self, flow: Flow) -> View:
        view = SummaryView(flow.pages, self.desk.formats, leads=self.table is None or self.table.leads_into_plan)
        view.look_at.connect(self._look_at)
        view.whole.connect(lambda: in_reading_order(view, self.foot) if view is self.view else None)
        view.print_asked.connect(self._print)
        return view

    def _print(self) -> None:
        from planner.ui.dialogs.form_print import print_filled

        if self.table is not None:
            print_filled(self.desk, self.table)

    def turn(self, problem: MachineTrouble | None = None) -> None:
        """Show the page on which she is now."""
        self._rest.stop()
        clear(self._place)
        if problem is None:
            self.view = self._make()
        else:
            self.view = TroubleView(problem)
        self.view.onward.connect(self.next)
        self._place.put(self.view)
        in_reading_order(self.view, self.foot)
        if self.isVisible():
            self.view.show()  # only what is shown can take the keyboard
        self._fit_foot()
        self._fit_outline()
        self.head_changed.emit()
        if self.isVisible():
            first = self.first_focus()
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, ". ".join(part for part in (self.over_title(), self.view.heading()) if part))
        # In a small window what has the keyboard may lie below; reading begins at the top.
        QTimer.singleShot(0, self, self._to_top)

    def _to_top(self) -> None:
        if self.area is not None:
            self.area.verticalScrollBar().setValue(0)

    def _fit_outline(self) -> None:
        if self.flow is not None and self.table is not None and self._at != END:
            inside = not isinstance(self.view, AgeView | TellView | NewsView)
            self.sections.show_flow(self.table.info.shown, self.flow, here=inside)

    def _fit_foot(self) -> None:
        self.foot.setVisible(self.flow is not None and self._at != END)
        visit = self.flow is not None and self.flow.on_a_visit
        words, after = self.view.next_words()
        self.foot.next.set_words(words or (_("Back to what I said") if visit else _("Next")))
        self.foot.next.set_icon(after=after)
        set_tip(self.foot.next, _("Also with Ctrl and Enter"))
        self.saving.say()

    # ---------------------------------------------------------------- languages, and who reads

    def _speak(self, name: str) -> None:
        """Ask in another language of the form, from this page on."""
        if self.table is None or self.flow is None:
            return
        self.commit()
        self.table.speak(name)
        self.languages.take(self.table)
        self.flow.look()
        self._keep_place()
        self.turn()

    def _speak_all(self, code: str) -> None:
        """All of the program speaks that language, and the form with it."""
        if self.table is None:
            return
        before = self.table.spoken
        self.table.speak("")
        self._keep_place()
        self.desk.change_look("language", code)
        if language() != code:  # a full disk keeps everything as it is
            self._speak(before)

    def _turned_round(self) -> None:
        """What is said to a worker comes or goes; everything else stays as it is."""
        self._keep_place()
        self.view.show_worker(self.worker.shows)
        self.head_changed.emit()

    # ---------------------------------------------------------------- saving

    def typing(self) -> None:
        """Something is being typed; it is saved when it rests."""
        self._rest.start()

    def commit(self) -> None:
        """Save what is half typed."""
        self._rest.stop()
        self.view.commit()

    def change(self, work: Any, typed: str = "") -> bool:
        """Change answers, save them, and show what has changed with them."""
        flow = self.flow
        if flow is None or not flow.change(work, typed):
            return False
        self.saving.save()
        self._outline_soon.start()
        return True

    # ---------------------------------------------------------------- on and back

    def say_done(self, words: str) -> None:
        """Say what was just done, with Undo, where it disturbs least."""
        self.foot.say(words, undo=True)
        if not self.foot.says:
            self.desk.say(words, undo=True)
        announce(self, words)

    def next(self) -> None:
        """Go on; what is asked gently is asked once."""
        flow = self.flow
        if flow is None or self._at == END:
            return
        self.commit()
        if isinstance(self.view, AgeView | TellView):
            self._after_before(self.view)
        elif self._news:
            self._news = None
            self.saving.save_place()
            self.turn()
        elif isinstance(self.view, ProposalsView):
            self._finish(self.view.proposals, self.view.decisions())
        elif self._would_hold_on():
            return
        elif flow.next():
            self.saving.save_place()
            self.turn()
        elif self.table is not None and not self.table.leads_into_plan:
            self._finish([], [])
        else:
            flow.filling.page = PROPOSALS
            self.saving.save_place()
            self.turn()

    def _would_hold_on(self) -> bool:
        flow, view = self.flow, self.view
        if flow is None or not isinstance(view, QuestionView):
            return False
        for item in filter(asks, flow.page.items):
            validity = flow.filling.valid(item.ref)
            view.say(item.ref, "" if validity.ok else validity.message)
        return view.hold_on()

    def _after_before(self, view: AgeView | TellView) -> None:
        session, person = self.desk.session, self._person
        values = before_values(view, session.today())
        self._telling = not values
        if not values or self.desk.keep(lambda: session.change_person(person.id, **values)):
            self.turn()

    def back(self) -> None:
        """Go back; from the first page to all forms."""
        flow = self.flow
        if flow is None:
            return
        self.commit()
        if isinstance(self.view, ProposalsView):
            flow.open_summary()
        elif isinstance(self.view, AgeView | TellView | NewsView) or not flow.back():
            self.desk.go("forms")
            return
        self.saving.save_place()
        self.turn()

    def _keep_place(self) -> None:
        """Keep where she is; but before she goes on, what a changed form lets go stays in the store."""
        if not self._news:
            self.saving.save_place()

    def pause(self) -> None:
        """Leave it as it is."""
        self.commit()
        self._keep_place()
        self.desk.go("forms")

    def _open_section(self, name: str) -> None:
        flow = self.flow
        if flow is None:
            return
        self.commit()
        self._news = None
        page = flow.first_of(name)
        if name == SUMMARY:
            flow.open_summary()
        elif page is not None:
            flow.open(page)
        self.saving.save_place()
        self.turn()

    def _look_at_new(self, page: Any) -> None:
        self._news = None
        if self.flow is not None:
            self.flow.open(page)
            self.saving.save_place()
            self.turn()

    def _look_at(self, page: Any) -> None:
        if self.flow is not None:
            self.flow.look_at(page)
            self.saving.save_place()
            self.turn()

    # ---------------------------------------------------------------- into the plan

    def _decided(self) -> None:
        if self.table is not None and isinstance(self.view, ProposalsView):
            self.table.decided = self.view.saying()
            self.saving.save()

    def _finish(self, proposals: list[Proposal], decisions: list[Decision]) -> None:
        table = self.table
        if table is None or self._finishing:
            return
        self._finishing = True

        def work() -> None:
            table.finish(proposals, decisions)
            # Not from within the saving itself, which may come much later, once there is room again.
            QTimer.singleShot(0, self, partial(self._end, table.info.id))

        self.desk.keep(work)

    def _end(self, form: str) -> None:
        self._finishing = False
        if self.isVisible():  # else she is elsewhere by now, and stays there
            self.desk.go("form", form=form, at=END)
        if self.desk.session.forms.last_kept:
            self.desk.say(_("It is in your plan now."), undo=True)

    # ---------------------------------------------------------------- taking back

    def undo_here(self) -> str | None:
        """Take the last answer back; after the end the session undoes."""
        if self.flow is None or self._at == END:
            return None
        return self._put_back() if self.flow.undo() else _("There is nothing to take back.")

    def own_undo_words(self) -> str | None:
        """The last answer, as long as there are questions."""
        return None if self.flow is None or self._at == END else _("the last answer")

    def redo_here(self) -> str | None:
        """Give it again."""
        if self.flow is None or self._at == END:
            return None
        return self._put_back() if self.flow.redo() else _("There is nothing to take back.")

    def _put_back(self) -> str:
        self.saving.save()
        self.turn()
        return _("It is as it was before.")

    def _undo_pressed(self) -> None:
        announce(self, self.undo_here() or "")
