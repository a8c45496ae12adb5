"""Paper: from a plan to the pages of a PDF."""

from __future__ import annotations

from benches.table import Measured, in_turn, milliseconds, ratio, row, seconds

GOALS = 40


@row("a plan of 40 goals to PDF", "typst alone", "2 ×")
def plan_to_pdf() -> Measured:
    """Choosing, laying out, tagging and cleaning, against typst on the same template and data."""
    from datetime import date
    from itertools import count

    from planner.exchange.paper import plan_data, plan_pdf
    from planner.exchange.parts import PlanPaper, PlanParts
    from planner.exchange.typst_render import render
    from planner.plan.records import Goal, Step
    from planner.ui.formats import Formats

    formats = Formats("en", "12", date(2026, 3, 12))
    number = count()

    def plan() -> PlanPaper:
        """Another plan each time, because typst remembers what it has set before."""
        goals = [Goal(title=f"Goal {next(number)} of mine", why="So that it is done") for _ in range(GOALS)]
        steps = [Step(goal=goal.id, title=f"Step {each}") for goal in goals for each in range(3)]
        return PlanPaper(goals=tuple(goals), steps=tuple(steps), parts=PlanParts())

    def ours() -> float:
        made = plan()
        return seconds(lambda: plan_pdf(made, formats))

    def theirs() -> float:
        data = plan_data(plan(), formats)
        return seconds(lambda: render("plan.typ", data))

    return ratio(*in_turn(ours, theirs), 2, milliseconds)
