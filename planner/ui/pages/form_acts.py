"""What is done on a form's pages of questions: answered, put off, left for later, one more and one less."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from planner.forms.ways import Way
from planner.ui.kit.tab_order import in_reading_order
from planner.ui.pages.form_answers import around_of
from planner.ui.pages.form_views import HeavyView, QuestionView, RepeatView, View, asks, every_way
from planner.ui.pages.form_words import AFTER_A_WAY
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.pages.form import FormPage
    from planner.ui.pages.form_flow import Flow


class Acts:
    """Makes the views of such pages, and does what is asked for on them."""

    def __init__(self, page: FormPage) -> None:
        self._page, self._desk = page, page.desk

    @property
    def _flow(self) -> Flow:
        assert self._page.flow is not None
        return self._page.flow

    def view(self) -> View:
        """The view of the page that is open."""
        makers = {"section-note": self._heavy, "repeat": self._repeat}
        return makers.get(self._flow.page.kind, self._question)()

    def _on(self) -> None:
        """Go on from here, and show it."""
        self._flow.next()
        self._page.saving.save_place()
        self._page.turn()

    # ---------------------------------------------------------------- questions

    def _question(self) -> View:
        flow = self._flow
        around = around_of(self._desk, flow.table)
        view = QuestionView(self._desk, flow.page, around, for_worker=self._page.worker.shows)
        view.answered.connect(self._answered)
        view.typing.connect(self._page.typing)
        view.way_chosen.connect(self._put_off)
        return view

    def _answered(self, ref: str, value: object, typed: bool) -> None:
        view = self._page.view
        if self._page.flow is None or not isinstance(view, QuestionView):
            return
        flow = self._flow
        if self._page.change(lambda filling: filling.answer(ref, value), typed=ref if typed else ""):
            if view.refresh(flow.page):
                in_reading_order(view, self._page.foot)
            self._page.head_changed.emit()
        validity = flow.filling.valid(ref)
        if not typed or validity.ok:
            view.say(ref, "" if validity.ok or validity.gentle else validity.message)

    def _put_off(self, way: Way) -> None:
        flow = self._flow
        self._page.commit()
        asking = [item for item in flow.page.items if asks(item)]
        if every_way(asking, way):
            chosen = [item.ref for item in asking if item.way is way]
            self._page.change(lambda filling: [filling.take_back(ref) for ref in chosen])
            self._page.turn()
            return
        open_ones = [item for item in asking if not item.value] or asking
        refs = [item.ref for item in open_ones]
        self._page.change(lambda filling: [filling.put_off(ref, way) for ref in refs])
        self._on()
        self._page.say_done(_(AFTER_A_WAY[way]))

    # ---------------------------------------------------------------- a part that may feel heavy

    def _heavy(self) -> View:
        flow = self._flow
        section = flow.page.section
        skipped = flow.filling.skipped(section)
        view = HeavyView(self._desk, flow.page, skipped=skipped, for_worker=self._page.worker.shows)
        view.skip.connect(partial(self._skip, section))
        view.reopen.connect(partial(self._reopen, section))
        return view

    def _skip(self, section: str) -> None:
        self._page.change(lambda filling: filling.skip_section(section))
        self._on()
        self._page.say_done(_("Left for later."))

    def _reopen(self, section: str) -> None:
        self._page.change(lambda filling: filling.open_section(section))
        self._on()

    # ---------------------------------------------------------------- several of one kind

    def _repeat(self) -> View:
        flow = self._flow
        view = RepeatView(flow.page, [flow.called(ref, self._desk.formats) for ref in flow.page.instances])
        view.add.connect(self._add)
        view.open_one.connect(self._open_one)
        view.take_out.connect(self._take_out)
        return view

    def _add(self) -> None:
        repeat = self._flow.page.ref
        made: list[str] = []
        self._page.change(lambda filling: made.append(filling.add_repeat(repeat)))
        self._open_one(made[0])

    def _open_one(self, ref: str) -> None:
        if self._flow.open_one(ref):
            self._page.saving.save_place()
            self._page.turn()

    def _take_out(self, ref: str) -> None:
        name = self._flow.called(ref, self._desk.formats)
        self._page.change(lambda filling: filling.remove_repeat(ref))
        self._page.turn()
        self._page.say_done(_("Taken out: {what}").format(what=name))
