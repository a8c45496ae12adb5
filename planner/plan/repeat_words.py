"""Building the repeat rules that people ask for, and saying any rule in plain words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from planner.plan.clock import day_of, read_wall
from planner.plan.repeat import Every, Repeat, read_repeat
from planner.plan.trouble import InvalidRepeat
from planner.words import N_, _, n_

DAY_NAMES = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))

# Two languages need whole phrases here, because "the second" changes with the day it stands before.
_WHICH = {
    1: N_("every month on the first {day}"),
    2: N_("every month on the second {day}"),
    3: N_("every month on the third {day}"),
    4: N_("every month on the fourth {day}"),
    5: N_("every month on the fifth {day}"),
    -1: N_("every month on the last {day}"),
}


def repeat_rule(
    every: Every,
    starts: str,
    *,
    interval: int = 1,
    weekdays: Collection[int] = (),
    nth_weekday: bool = False,
    count: int = 0,
    until: date | None = None,
) -> str:
    """The RRULE value of a rule as a person chooses it.

    ``starts`` is the first date, in the form of an appointment. ``weekdays`` (Monday is 0) choose the days of a weekly
    rule; without them it is the day of the first date. ``nth_weekday`` makes a monthly rule keep to, say, the second
    Tuesday rather than to the 10th; a date in the last seven days of its month that is the fifth of its kind becomes
    "the last". ``until`` is the last day on which it may fall; ``count`` how many times, the first one included.

    Raises:
        InvalidRepeat: the choices do not make a rule.
    """
    first = day_of(read_wall(starts))
    byday: tuple[tuple[int, int], ...] = ()
    if every is Every.WEEK:
        byday = tuple((0, day) for day in sorted({*weekdays} or {first.weekday()}))
    elif every is Every.MONTH and nth_weekday:
        number = (first.day - 1) // 7 + 1
        byday = ((number if number < 5 else -1, first.weekday()),)
    if any(not 0 <= day <= 6 for _number, day in byday):
        raise InvalidRepeat("no such day of the week")
    if interval < 1 or count < 0:
        raise InvalidRepeat("a rule goes forward")
    rule = Repeat(every=every, interval=interval, byday=byday, count=count, until=until)
    if until is not None and until < first:
        raise InvalidRepeat("it would end before it begins")
    return read_repeat(rule.text()).text()


def describe_repeat(repeat: str, starts: str, day_text: Callable[[date], str] | None = None) -> str:
    """A rule in plain words, with a capital letter; empty for no rule.

    ``day_text`` writes a day as the viewer is used to it. Rules that have no short words are only said to repeat.
    """
    if not repeat:
        return ""
    try:
        rule = read_repeat(repeat)
        words = _how_often(rule, day_of(read_wall(starts)))
    except InvalidRepeat:
        return _("Repeats")
    if rule.count:
        times = n_("{n} time", "{n} times", rule.count).format(n=rule.count)
        words = _("{how_often}, {times}").format(how_often=words, times=times)
    elif rule.until is not None:
        day = day_of(rule.until)
        written = day_text(day) if day_text is not None else day.isoformat()
        words = _("{how_often}, until {day}").format(how_often=words, day=written)
    return words[:1].upper() + words[1:]


def _how_often(rule: Repeat, first: date) -> str:
    odd = rule.bymonth or rule.byyearday or rule.byweekno or rule.bysetpos
    n = rule.interval
    if odd:
        return _("repeats")
    if rule.every is Every.DAY and not rule.byday and not rule.bymonthday:
        return _("every day") if n == 1 else n_("every {n} day", "every {n} days", n).format(n=n)
    if rule.every is Every.WEEK:
        return _weekly(rule, first)
    if rule.every is Every.MONTH:
        return _monthly(rule, first)
    if rule.every is Every.YEAR and not rule.byday and not rule.bymonthday:
        return _("every year") if n == 1 else n_("every {n} year", "every {n} years", n).format(n=n)
    return _("repeats")


def _weekly(rule: Repeat, first: date) -> str:
    chosen = [day for _number, day in rule.byday] or [first.weekday()]
    days = _listed([_(DAY_NAMES[day]) for day in chosen])
    if rule.interval == 1:
        if len(chosen) == 7:
            return _("every day")
        if chosen == [0, 1, 2, 3, 4]:
            return _("every day from Monday to Friday")
        return _("every week on {days}").format(days=days)
    n = rule.interval
    return n_("every {n} week on {days}", "every {n} weeks on {days}", n).format(n=n, days=days)


def _monthly(rule: Repeat, first: date) -> str:
    n = rule.interval
    if len(rule.byday) == 1 and not rule.bymonthday and n == 1:
        ((number, day),) = rule.byday
        return _(_WHICH[number]).format(day=_(DAY_NAMES[day])) if number in _WHICH else _("repeats")
    if rule.byday or len(rule.bymonthday) > 1:
        return _("repeats")
    number = rule.bymonthday[0] if rule.bymonthday else first.day
    if number == -1 and n == 1:
        return _("every month on the last day")
    if number < 0:
        return _("repeats")
    if n == 1:
        return _("every month on day {day}").format(day=number)
    return n_("every {n} month on day {day}", "every {n} months on day {day}", n).format(n=n, day=number)


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("{these} and {last}").format(these=", ".join(words[:-1]), last=words[-1])
