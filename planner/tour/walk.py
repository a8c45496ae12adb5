"""The whole way, in every variant: what a person does from the first start to a printed plan."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from planner.sample import SAMPLE_PASSPHRASE
from planner.tour import (
    pages,
    steps_beginning,
    steps_clocks,
    steps_content,
    steps_copies,
    steps_dates,
    steps_directory,
    steps_every_kind,
    steps_everyday,
    steps_form,
    steps_library,
    steps_limits,
    steps_lock,
    steps_notebooks,
    steps_nothing,
    steps_packs,
    steps_paper,
    steps_papers,
    steps_people,
    steps_plan,
    steps_safety,
    steps_shares,
    steps_sight,
    steps_with_others,
)
from planner.tour.hand import NotThere
from planner.tour.made_up import SAID, SECOND_PASSPHRASE, Said
from planner.tour.stage import Stage

PLAN = "plan.pdf"


@dataclass(frozen=True)
class Variant:
    """One language and one set of colours; ``whole`` walks every step, else the pages are shown."""

    language: str
    theme: str
    whole: bool

    @property
    def name(self) -> str:
        """The name of its folder."""
        return f"{self.language}-{self.theme}"


VARIANTS = (
    Variant("en", "light", whole=True),
    Variant("es", "dark", whole=True),
    Variant("en", "dark", whole=False),
    Variant("es", "light", whole=False),
)


def walk(out: Path, variants: tuple[Variant, ...] = VARIANTS) -> int:
    """Walk through every variant; 1 when a step could not be done, after saying which."""
    from planner.app import application

    app = application()
    out = out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    for variant in variants:
        begun = monotonic()
        count, missing = 0, ""
        with listening() as heard:
            try:
                count = show(app, variant, out)
            except (NotThere, OSError) as trouble:
                missing = str(trouble)
        problems = [*([missing] if missing else []), *dict.fromkeys(heard)]
        if problems:
            print(f"{variant.name}: stopped. {'; '.join(problems)}", file=sys.stderr)
            return 1
        print(f"{variant.name}: {count} pictures in {monotonic() - begun:.0f} s", flush=True)
    return 0


def show(app: QApplication, variant: Variant, out: Path) -> int:
    """Walk one variant; gives how many pictures were taken."""
    folder = out / variant.name
    shutil.rmtree(folder, ignore_errors=True)
    said = SAID[variant.language]
    taken: list[str] = []
    if variant.whole:
        _on_a_stage(app, folder, taken, lambda stage: for_me(stage, said, variant, out))
        _on_a_stage(app, folder, taken, lambda stage: with_others(stage, said, variant))
        _on_a_stage(app, folder, taken, lambda stage: nothing_yet(stage, variant, "empty"))
        _on_a_stage(app, folder, taken, lambda stage: nothing_yet(stage, variant, "nobody"))
        _on_a_stage(app, folder, taken, lambda stage: side_by_side(stage, said, variant))
        _on_a_stage(app, folder, taken, lambda stage: side_by_side(stage, said, variant, text_size=200))
        _on_a_stage(app, folder, taken, lambda stage: kept_long_enough(stage, variant))
        _on_a_stage(app, folder, taken, lambda stage: large(stage, variant))
        _on_a_stage(app, folder, taken, lambda stage: form_of_ones_own(stage, variant, text_size=200))
    else:
        _on_a_stage(app, folder, taken, lambda stage: look_round(stage, said, variant))
        _on_a_stage(app, folder, taken, lambda stage: look_round_others(stage, variant))
        _on_a_stage(app, folder, taken, lambda stage: out_of_sight(stage, variant))
        _on_a_stage(app, folder, taken, lambda stage: side_by_side(stage, said, variant))
    _on_a_stage(app, folder, taken, lambda stage: form_of_ones_own(stage, variant))
    return len(taken)


def _on_a_stage(app: QApplication, out: Path, taken: list[str], play: Callable[[Stage], None]) -> None:
    """A data folder of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory() as temporary:
        stage = Stage(app, Path(temporary) / "data", out, taken)
        try:
            play(stage)
        finally:
            stage.end()


# ---------------------------------------------------------------- what is played


def for_me(stage: Stage, said: Said, variant: Variant, out: Path) -> None:
    """Steps 0 to 7, 9 and 10."""
    stage.start(language=variant.language, theme=variant.theme)
    beginning(stage, said)
    first_steps(stage, said)
    plan_dates_people(stage, said)
    paper(stage, out)
    ending(stage)


def beginning(stage: Stage, said: Said) -> str:
    """Steps 0 to 2; gives the spare key."""
    steps_limits.before_anything(stage)
    steps_beginning.before_anything(stage)
    steps_beginning.language_and_whose(stage)
    steps_beginning.name_and_number(stage, said)
    steps_beginning.passphrase(stage, said)
    spare = steps_beginning.spare_key(stage)
    steps_beginning.today_is_empty(stage)
    steps_beginning.help_now(stage, said)
    return spare


def first_steps(stage: Stage, said: Said) -> None:
    """Step 3."""
    steps_form.begin(stage)
    steps_form.where_to_begin(stage)
    steps_form.sleep(stage)
    steps_form.body(stage)
    steps_form.dates(stage, said)
    steps_form.people(stage, said)
    steps_form.hope(stage, said)
    steps_form.pause_and_go_on(stage)
    steps_form.into_the_plan(stage, said)


def plan_dates_people(stage: Stage, said: Said) -> None:
    """Steps 4 to 7."""
    steps_plan.look(stage)
    steps_plan.add_a_goal(stage, said)
    steps_plan.move_and_tick(stage, said)
    steps_plan.barrier(stage, said)
    steps_plan.undo_and_redo(stage)
    steps_plan.rest_one(stage, said)
    steps_dates.add_repeating(stage, said)
    steps_dates.new_day(stage, said)
    steps_dates.slip(stage)
    steps_everyday.week_and_month(stage)
    steps_everyday.calendar_from_elsewhere(stage, said)
    steps_people.add_someone(stage, said)
    steps_people.careful(stage, said)
    steps_everyday.people_from_elsewhere(stage, said)
    steps_everyday.circle(stage)
    papers_and_library(stage)
    steps_people.today(stage)
    steps_people.search(stage, said)
    steps_people.moment(stage)


def papers_and_library(stage: Stage) -> None:
    """What a notebook holds beside the plan, and what there is to read and to take over."""
    steps_papers.papers(stage)
    steps_content.weeks(stage)
    steps_content.over_time(stage)
    steps_clocks.time_limits(stage)
    steps_content.law(stage)
    steps_library.library(stage)
    steps_directory.places(stage)
    steps_packs.content_from_others(stage)
    steps_safety.own_page(stage)


def paper(stage: Stage, out: Path) -> None:
    """Step 9."""
    steps_paper.choose_parts(stage)
    steps_paper.look_at_it(stage)
    steps_paper.save_pdf(stage, out)
    steps_paper.what_has_left(stage)


def ending(stage: Stage) -> None:
    """Step 10, with safety copies around it."""
    steps_copies.copies(stage)
    steps_copies.looked_into(stage)
    steps_copies.erase(stage)
    steps_lock.settings(stage)
    steps_nothing.another_name(stage)
    steps_limits.limits(stage)
    steps_lock.change_passphrase(stage)
    steps_lock.lock(stage)
    steps_lock.unlock(stage)
    steps_sight.which_key(stage)
    steps_sight.in_the_middle(stage)
    steps_sight.again(stage, SECOND_PASSPHRASE)
    steps_shares.open_with(stage, steps_shares.make(stage, SECOND_PASSPHRASE))
    steps_copies.damaged(stage)


def with_others(stage: Stage, said: Said, variant: Variant) -> None:
    """Step 8."""
    stage.start_with("others", language=variant.language, theme=variant.theme)
    steps_with_others.everyone(stage)
    steps_with_others.one_of_them(stage)
    steps_with_others.notes(stage, said)
    steps_with_others.with_someone(stage)
    steps_with_others.under_18(stage, said)
    steps_shares.team(stage, SAMPLE_PASSPHRASE)


def side_by_side(stage: Stage, said: Said, variant: Variant, text_size: int = 100) -> None:
    """Several notebooks, and one more for every day."""
    steps_notebooks.three_on_the_lock_screen(stage, variant.language, variant.theme, text_size)
    steps_notebooks.make_another(stage, said)
    steps_notebooks.for_every_day(stage)


def kept_long_enough(stage: Stage, variant: Variant) -> None:
    """The log, and what is about to go."""
    stage.start_with("others", language=variant.language, theme=variant.theme)
    steps_notebooks.log_and_keeping(stage)


def nothing_yet(stage: Stage, variant: Variant, what: str) -> None:
    """Every page before anything stands on it."""
    stage.start_with(what, language=variant.language, theme=variant.theme)
    if what == "empty":
        pages.every(stage, pages.EMPTY, "empty-")
    else:
        pages.every(stage, pages.EMPTY_OF_OTHERS, "nobody-")


def large(stage: Stage, variant: Variant) -> None:
    """The pages once more, with text twice as large."""
    stage.start_with("me", language=variant.language, theme=variant.theme, text_size=200)
    pages.every(stage, pages.FOR_ME, "large-")
    pages.further_down(stage, pages.FOR_ME, "large-")
    steps_content.weeks(stage)
    steps_content.over_time(stage, "large-")
    steps_content.law(stage, "large-")
    pages.content(stage, "large-")
    steps_limits.limits(stage, "large-")


def form_of_ones_own(stage: Stage, variant: Variant, text_size: int = 100) -> None:
    """A form brought in, with a page of every kind of question."""
    stage.start_with("me", language=variant.language, theme=variant.theme, text_size=text_size)
    steps_every_kind.every_kind(stage, "large-" if text_size > 100 else "")


def look_round(stage: Stage, said: Said, variant: Variant) -> None:
    """The pages of the made-up notebook."""
    stage.start_with("me", language=variant.language, theme=variant.theme)
    pages.every(stage, pages.FOR_ME)
    pages.opened(stage, said)
    pages.further_down(stage, ("today", "plan", "print", "settings"))
    steps_everyday.week_and_month(stage)
    steps_everyday.calendar_from_elsewhere(stage, said)
    steps_everyday.people_from_elsewhere(stage, said)
    steps_everyday.circle(stage)
    papers_and_library(stage)
    steps_limits.limits(stage)
    steps_copies.copies(stage)
    steps_copies.looked_into(stage)
    steps_copies.erase(stage)


def look_round_others(stage: Stage, variant: Variant) -> None:
    """The pages of the made-up notebook for several people."""
    stage.start_with("others", language=variant.language, theme=variant.theme)
    steps_with_others.everyone(stage)
    steps_with_others.one_of_them(stage)


def out_of_sight(stage: Stage, variant: Variant) -> None:
    """The key that hides, the lock screen, and shares."""
    stage.start_with("me", language=variant.language, theme=variant.theme)
    steps_sight.which_key(stage)
    steps_sight.in_the_middle(stage)
    steps_sight.again(stage, SAMPLE_PASSPHRASE)
    steps_shares.open_with(stage, steps_shares.make(stage, SAMPLE_PASSPHRASE))


# ---------------------------------------------------------------- what must not happen


@contextmanager
def listening() -> Iterator[list[str]]:
    """Gather what Qt warns of and what goes wrong where nobody would notice."""
    heard: list[str] = []

    def hear(kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            heard.append(f"Qt: {text}")

    def note(kind: type[BaseException], trouble: BaseException, trace: TracebackType | None) -> None:
        last = trace
        while last is not None and last.tb_next is not None:
            last = last.tb_next
        place = f"{Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last is not None else ""
        heard.append(f"{kind.__name__}: {trouble} at {place}")

    qt_before, hook_before = qInstallMessageHandler(hear), sys.excepthook
    sys.excepthook = note
    try:
        yield heard
    finally:
        sys.excepthook = hook_before
        qInstallMessageHandler(qt_before)
