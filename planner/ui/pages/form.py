"""A guided form: one thought a page, saved after every answer, left and taken up at any time."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from planner.errors import MachineTrouble
from planner.forms.ways import Way
from planner.ui.kit.layouts import Box, clear
from planner.ui.kit.said import announce
from planner.ui.page import Page
from planner.ui.pages.before_form import AgeView, TellView, must_ask, must_tell
from planner.ui.pages.form_answers import around_of
from planner.ui.pages.form_flow import PROPOSALS, Flow
from planner.ui.pages.form_foot import Foot
from planner.ui.pages.form_outline import SUMMARY, Outline
from planner.ui.pages.form_summary import SummaryView
from planner.ui.pages.form_views import HeavyView, QuestionView, RepeatView, TroubleView, View, asks, every_way
from planner.ui.pages.form_words import AFTER_A_WAY
from planner.ui.pages.proposals import EndView, ProposalsView
from planner.words import _, language

if TYPE_CHECKING:
    from planner.forms import Filling
    from planner.session import Changed
    from planner.session.filling_desk import FillingDesk
    from planner.session.types import Person
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
        self._waiting = False
        self._finishing = False
        self._telling = False
        self._place = Box(True, 0, (0, 0, 0, 0))
        self.foot = Foot()
        self.foot.back.clicked.connect(lambda _on=False: self.back())
        self.foot.pause.clicked.connect(lambda _on=False: self.pause())
        self.foot.next.clicked.connect(lambda _on=False: self.next())
        self.foot.undo.connect(self._undo_pressed)
        self.sections = Outline()
        self.sections.section_asked.connect(self._open_section)
        self.sections.all_forms_asked.connect(lambda: self.desk.go("forms"))
        self.sections.moment_asked.connect(lambda: self.desk.go("moment"))
        self._rest = QTimer(self, singleShot=True, interval=TYPING_RESTS)
        self._rest.timeout.connect(self._commit)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.next)
        self.set_body(self._place, foot=self.foot)

    # ---------------------------------------------------------------- opened and left

    def show_for(self, **where: str) -> None:
        """Open a form where it was left."""
        self._at = where.get("at", "")
        self._finishing = self._telling = False
        if self._at == END:
            self._turn()
            return
        session = self.desk.session
        person = session.person
        known = [info.id for info in session.forms.all()]
        form = where.get("form") or known[0]
        self.table = self.flow = None
        if person is not None and form in known:
            fresh = not session.forms.is_open(person.id, form)
            try:
                self.table = session.forms.open(person.id, form)
            except MachineTrouble as problem:
                self._turn(problem)
                return
            self.table.filling.language = language()
            self.flow = Flow(self.table)
            if self._at == SUMMARY and fresh:
                self.flow.open_summary()
        self._turn()

    def leave(self) -> bool:
        """Save what is half typed."""
        self._commit()
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
            return self.table.info.title
        number, many = self.flow.place()
        section = self.flow.page.section_title or self.table.info.title
        if not number:
            return section
        return _("{section}, question {n} of {all}").format(section=section, n=number, all=many)

    def outline(self) -> QWidget | None:
        """The sections; none once the form is finished."""
        return self.sections if self.flow is not None and self._at != END else None

    def first_focus(self) -> QWidget | None:
        """The first answer, else the way on."""
        return self.view.first() or (self.foot.next if not self.foot.isHidden() else None)

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
            return TellView(self.desk, self._person)
        if flow.filling.page == PROPOSALS:
            view = ProposalsView(self.table.proposals(), self.desk.formats, self.table.decided)
            view.changed.connect(self._decided)
            return view
        makers = {SUMMARY: self._summary, "section-note": self._heavy, "repeat": self._repeat}
        return makers.get(flow.page.kind, self._question)(flow)

    def _question(self, flow: Flow) -> View:
        view = QuestionView(self.desk, flow.page, around_of(self.desk, flow.table))
        view.answered.connect(self._answered)
        view.typing.connect(self._rest.start)
        view.way_chosen.connect(self._put_off)
        return view

    def _heavy(self, flow: Flow) -> View:
        section = flow.page.section
        view = HeavyView(self.desk, flow.page, skipped=flow.filling.skipped(section))
        view.skip.connect(partial(self._skip, section))
        view.reopen.connect(partial(self._reopen, section))
        return view

    def _repeat(self, flow: Flow) -> View:
        view = RepeatView(flow.page, [flow.called(ref, self.desk.formats) for ref in flow.page.instances])
        view.add.connect(self._add)
        view.open_one.connect(self._open_one)
        view.take_out.connect(self._take_out)
        return view

    def _add(self) -> None:
        assert self.flow is not None
        repeat = self.flow.page.ref
        made: list[str] = []
        self._change(lambda filling: made.append(filling.add_repeat(repeat)))
        self._open_one(made[0])

    def _open_one(self, ref: str) -> None:
        if self.flow is not None and self.flow.open_one(ref):
            self._save_place()
            self._turn()

    def _take_out(self, ref: str) -> None:
        assert self.flow is not None
        name = self.flow.called(ref, self.desk.formats)
        self._change(lambda filling: filling.remove_repeat(ref))
        self._turn()
        self._say_done(_("Taken out: {what}").format(what=name))

    def _summary(self, flow: Flow) -> View:
        view = SummaryView(flow.pages, self.desk.formats)
        view.look_at.connect(self._look_at)
        return view

    def _turn(self, problem: MachineTrouble | None = None) -> None:
        """Show the page on which she is now."""
        self._rest.stop()
        clear(self._place)
        if problem is None:
            self.view = self._make()
        else:
            self.view = TroubleView(problem)
        self.view.onward.connect(self.next)
        self._place.put(self.view)
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
            inside = not isinstance(self.view, AgeView | TellView)
            self.sections.show_flow(self.table.info.title, self.flow, here=inside)

    def _fit_foot(self) -> None:
        self.foot.setVisible(self.flow is not None and self._at != END)
        words, after = _("Next"), "next"
        if isinstance(self.view, TellView):
            words = _("We talked about it")
        elif isinstance(self.view, SummaryView):
            words = _("See what could go into my plan")
        elif isinstance(self.view, ProposalsView):
            words, after = (_("Put into my plan"), "check") if self.view.proposals else (_("Done for now"), "check")
        elif self.flow is not None and self.flow.on_a_visit:
            words = _("Back to what I said")
        self.foot.next.set_words(words)
        self.foot.next.set_icon(after=after)
        self.foot.next.setToolTip(_("Also with Ctrl and Enter"))
        self._say_saved()

    def _say_saved(self) -> None:
        table = self.table
        if table is None or not table.saved_at:
            self.foot.say("")
        elif self._waiting:
            self.foot.say(_("Not saved yet. It is tried again."), saved=False)
        else:
            at = datetime.fromisoformat(table.saved_at).astimezone(self.desk.session.now().tzinfo)
            self.foot.say(_("Saved at {time}").format(time=self.desk.formats.time(at.time())))

    # ---------------------------------------------------------------- saving

    def _save(self) -> None:
        """After each answer. While the machine cannot save, one save waits; it takes the newest answers."""
        table = self.table
        if table is None:
            return

        def work() -> None:
            table.save()
            self._waiting = False
            if self.table is table:
                self._say_saved()

        if not self._waiting:
            self._waiting = True
            if not self.desk.keep(work):
                self._say_saved()

    def _save_place(self) -> None:
        """Keep where she is; looking again at finished answers is no beginning."""
        if self.table is not None and (self.table.stored or not self.table.again):
            self._save()

    def _commit(self) -> None:
        self._rest.stop()
        self.view.commit()

    def _change(self, work: Any, typed: str = "") -> bool:
        """Change answers, save them, and show what has changed with them."""
        flow = self.flow
        if flow is None or not flow.change(work, typed):
            return False
        self._save()
        self._fit_outline()
        return True

    # ---------------------------------------------------------------- answers

    def _answered(self, ref: str, value: object, typed: bool) -> None:
        flow = self.flow
        if flow is None or not isinstance(self.view, QuestionView):
            return
        view = self.view
        if self._change(lambda filling: filling.answer(ref, value), typed=ref if typed else ""):
            view.refresh(flow.page)
            self.head_changed.emit()
        if not typed or flow.filling.valid(ref).ok:
            view.say(ref, self._problem(flow.filling, ref))

    def _problem(self, filling: Filling, ref: str) -> str:
        validity = filling.valid(ref)
        return "" if validity.ok or validity.gentle else validity.message

    def _put_off(self, way: Way) -> None:
        flow = self.flow
        if flow is None:
            return
        self._commit()
        asking = [item for item in flow.page.items if asks(item)]
        if every_way(asking, way):
            chosen = [item.ref for item in asking if item.way is way]
            self._change(lambda filling: [filling.take_back(ref) for ref in chosen])
            self._turn()
            return
        open_ones = [item for item in asking if not item.value] or asking
        refs = [item.ref for item in open_ones]
        self._change(lambda filling: [filling.put_off(ref, way) for ref in refs])
        flow.next()
        self._save_place()
        self._turn()
        self._say_done(_(AFTER_A_WAY[way]))

    def _say_done(self, words: str) -> None:
        """Say what was just done, with Undo, where it disturbs least."""
        self.foot.say(words, undo=True)
        if not self.foot.says:
            self.desk.say(words, undo=True)
        announce(self, words)

    def _skip(self, section: str) -> None:
        flow = self.flow
        if flow is None:
            return
        self._change(lambda filling: filling.skip_section(section))
        flow.next()
        self._save_place()
        self._turn()
        self._say_done(_("Left for later."))

    def _reopen(self, section: str) -> None:
        flow = self.flow
        if flow is None:
            return
        self._change(lambda filling: filling.open_section(section))
        flow.next()
        self._save_place()
        self._turn()

    # ---------------------------------------------------------------- on and back

    def next(self) -> None:
        """Go on; what is asked gently is asked once."""
        flow = self.flow
        if flow is None or self._at == END:
            return
        self._commit()
        if isinstance(self.view, AgeView | TellView):
            self._after_before(self.view)
        elif isinstance(self.view, ProposalsView):
            self._finish(self.view)
        elif self._would_hold_on():
            return
        elif flow.next():
            self._save_place()
            self._turn()
        else:
            flow.filling.page = PROPOSALS
            self._save_place()
            self._turn()

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
        today = session.today().isoformat()
        if isinstance(view, TellView):
            values: dict[str, Any] = {"told_on": today}
        elif view.answer in {"yes", "no"}:
            values = {"under_18": view.answer == "yes"}
        else:
            values = {}
        self._telling = not values
        if not values or self.desk.keep(lambda: session.change_person(person.id, **values)):
            self._turn()

    def back(self) -> None:
        """Go back; from the first page to all forms."""
        flow = self.flow
        if flow is None:
            return
        self._commit()
        if isinstance(self.view, ProposalsView):
            flow.open_summary()
        elif isinstance(self.view, AgeView | TellView) or not flow.back():
            self.desk.go("forms")
            return
        self._save_place()
        self._turn()

    def pause(self) -> None:
        """Leave it as it is."""
        self._commit()
        self._save_place()
        self.desk.go("forms")

    def _open_section(self, name: str) -> None:
        flow = self.flow
        if flow is None:
            return
        self._commit()
        page = flow.first_of(name)
        if name == SUMMARY:
            flow.open_summary()
        elif page is not None:
            flow.open(page)
        self._save_place()
        self._turn()

    def _look_at(self, page: Any) -> None:
        if self.flow is not None:
            self.flow.look_at(page)
            self._save_place()
            self._turn()

    # ---------------------------------------------------------------- into the plan

    def _decided(self) -> None:
        if self.table is not None and isinstance(self.view, ProposalsView):
            self.table.decided = self.view.saying()
            self._save()

    def _finish(self, view: ProposalsView) -> None:
        table = self.table
        if table is None or self._finishing:
            return
        self._finishing = True

        def work() -> None:
            table.finish(view.proposals, view.decisions())
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
        self._save()
        self._turn()
        return _("It is as it was before.")

    def _undo_pressed(self) -> None:
        announce(self, self.undo_here() or "")
