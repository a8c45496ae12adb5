"""Days and times in words, and typed days and times read back, in the language and order of the person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from PySide6.QtCore import QDate, QLocale

from planner.words import _, c_

NARROW_SPACE: Final = "\u00a0"
RECENT: Final = timedelta(days=30)
"""A day typed without its year is this year's until it lies further back than this; then it is next year's."""

# Patterns as QLocale reads them: day, day_full, day_with_weekday, day_short, month_year.
MONTH_FIRST: Final = ("MMMM d", "MMMM d, yyyy", "dddd, MMMM d", "MMM d", "MMMM yyyy")
DAY_FIRST: Final = ("d MMMM", "d MMMM yyyy", "dddd d MMMM", "d MMM", "MMMM yyyy")
SPANISH: Final = ("d 'de' MMMM", "d 'de' MMMM 'de' yyyy", "dddd d 'de' MMMM", "d MMM", "MMMM 'de' yyyy")
REGIONS: Final = {"en": "en_US", "es": "es_US"}


class Formats:
    """Words for days and times. Days are written in full words, so that 3/4 is never taken for 4/3."""

    def __init__(self, language: str, clock: str = "", today: date | Callable[[], date] | None = None) -> None:
        """``language`` is an ISO 639-1 code; ``clock`` "12", "24" or "" as the desktop has it.

        ``today`` pins the day that "this year" and "tomorrow" are told from, or is asked for it each time; else the
        clock of the device is asked.
        """
        system = QLocale.system()
        same = system.name().split("_")[0] == language
        self._locale = system if same else QLocale(REGIONS.get(language, language))
        self._clock = clock
        self._today = today
        short = self._locale.dateFormat(QLocale.FormatType.ShortFormat)
        self.month_first = 0 <= short.find("M") < short.find("d")
        if language == "es":
            self._patterns = SPANISH
        else:
            self._patterns = MONTH_FIRST if self.month_first else DAY_FIRST

    def today(self) -> date:
        """The day it is."""
        if callable(self._today):
            return self._today()
        return self._today or datetime.now(tz=None).astimezone().date()

    # ---------------------------------------------------------------- days

    def _say(self, day: date, pattern: str) -> str:
        return self._locale.toString(QDate(day.year, day.month, day.day), pattern)

    def day(self, day: date) -> str:
        """For example "March 12"; with its year when it is another one."""
        return self._say(day, self._patterns[0] if day.year == self.today().year else self._patterns[1])

    def day_full(self, day: date) -> str:
        """For example "March 12, 2026"."""
        return self._say(day, self._patterns[1])

    def day_with_weekday(self, day: date) -> str:
        """For example "Thursday, March 12"; with its year when it is another one."""
        words = self._say(day, self._patterns[2])
        if day.year == self.today().year:
            return words
        return f"{words}, {day.year}" if self._patterns is MONTH_FIRST else f"{words} {self._year_joined(day)}"

    def _year_joined(self, day: date) -> str:
        return f"de {day.year}" if self._patterns is SPANISH else str(day.year)

    def day_short(self, day: date) -> str:
        """For example "Mar 12"."""
        return self._say(day, self._patterns[3]).replace(".", "")

    def weekday(self, day: date) -> str:
        """For example "Thursday"."""
        return self._say(day, "dddd")

    def weekday_short(self, day: date) -> str:
        """For example "Thu"."""
        return self._say(day, "ddd").replace(".", "")

    def month_year(self, day: date) -> str:
        """For example "March 2026"."""
        return self._say(day, self._patterns[4])

    def month(self, number: int) -> str:
        """The name of a month, 1 to 12, as it stands alone."""
        return self.sentence(self._locale.standaloneMonthName(number))

    def near(self, day: date) -> str:
        """For example "today", "tomorrow", "yesterday", a weekday within the next six days, else the day."""
        away = (day - self.today()).days
        close = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
        if away in close:
            return close[away]
        return self.weekday(day) if 1 < away < 7 else self.day(day)

    def first_weekday(self) -> int:
        """The day a week begins with here: 0 is Monday, 6 is Sunday."""
        return int(self._locale.firstDayOfWeek().value) - 1

    def day_example(self) -> str:
        """A day as it can be typed, for a hint."""
        year = self.today().year
        return f"12/31/{year}" if self.month_first else f"31/12/{year}"

    def sentence(self, words: str) -> str:
        """The same words with a large first letter, to begin a line."""
        return words[:1].upper() + words[1:]

    # ---------------------------------------------------------------- times

    @property
    def twelve_hours(self) -> bool:
        """Whether hours are counted to twelve."""
        if self._clock:
            return self._clock == "12"
        return "a" in self._locale.timeFormat(QLocale.FormatType.ShortFormat).lower()

    def time(self, time: dt.time) -> str:
        """For example "10:30 am", "3 pm"; with a clock of 24 hours "15:00"."""
        if not self.twelve_hours:
            return f"{time.hour}:{time.minute:02}"
        half = self._locale.amText() if time.hour < 12 else self._locale.pmText()
        half = half.lower().replace(" ", NARROW_SPACE).replace("\u202f", NARROW_SPACE)
        hour = time.hour % 12 or 12
        minutes = f":{time.minute:02}" if time.minute else ""
        return f"{hour}{minutes}{NARROW_SPACE}{half}"

    def span(self, start: dt.time, end: dt.time) -> str:
        """For example "10:30 am to 11 am"."""
        return _("{start} to {end}").format(start=self.time(start), end=self.time(end))

    def time_example(self) -> str:
        """A time as it can be typed, for a hint."""
        return self.time(dt.time(15, 30))

    def number(self, number: float) -> str:
        """A number with the marks of the language."""
        if isinstance(number, int):
            return self._locale.toString(number)
        return self._locale.toString(float(number), "g", 6)

    # ---------------------------------------------------------------- reading what is typed

    def read_day(self, text: str, today: date | None = None) -> date | None:
        """The day that was typed: in words, in the order of the language, or as 2026-12-31; None when it is not one."""
        now = today or self.today()
        plain = text.strip().casefold()
        spoken = {_("today").casefold(): 0, _("tomorrow").casefold(): 1, _("yesterday").casefold(): -1}
        if plain in spoken:
            return now + timedelta(days=spoken[plain])
        parts = _parts(plain)
        numbers = [int(part) for part in parts if part.isdecimal()]
        month = next((found for part in parts if (found := self._month_named(part))), 0)
        if month:
            return _day_of_words(numbers, month, now)
        if len(numbers) == 3 and parts[0].isdecimal() and len(parts[0]) == 4:
            return _date(numbers[0], numbers[1], numbers[2])
        if len(numbers) not in (2, 3):
            return None
        first, second = numbers[0], numbers[1]
        month, day = (first, second) if self.month_first else (second, first)
        if month > 12 >= day:
            month, day = day, month
        return _date(_year(numbers[2], now), month, day) if len(numbers) == 3 else _coming(month, day, now)

    def _month_named(self, word: str) -> int:
        """The number of the month that a word of three letters or more begins; 0 for none."""
        if len(word) < 3 or not word.isalpha():
            return 0
        for number in range(1, 13):
            if self._locale.monthName(number).casefold().startswith(word):
                return number
        return 0

    def read_time(self, text: str) -> dt.time | None:
        """The time that was typed: "3", "3 pm", "15:30", "3.30", "1530", "noon"; None when it is not one.

        With a clock of twelve hours, 1 to 6 without am or pm are taken for the afternoon; the field then shows so.
        """
        plain = text.strip().casefold()
        if plain == c_("time", "noon").casefold():
            return dt.time(12)
        letters = "".join(sign for sign in plain if sign.isalpha())
        numbers = [part for part in _parts(plain) if part.isdecimal()]
        if letters not in ("", "a", "am", "p", "pm", "h", "hs", "hrs") or not 1 <= len(numbers) <= 2:
            return None
        if len(numbers) == 1 and len(numbers[0]) in (3, 4):
            numbers = [numbers[0][:-2], numbers[0][-2:]]
        hour, minute = int(numbers[0]), int(numbers[1]) if len(numbers) == 2 else 0
        if letters[:1] in ("a", "p") and not 1 <= hour <= 12:
            return None
        if letters[:1] == "p" and hour < 12:
            hour += 12
        elif letters[:1] == "a" and hour == 12:
            hour = 0
        elif not letters and self.twelve_hours and 1 <= hour <= 6:
            hour += 12
        return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def _parts(text: str) -> list[str]:
    """The runs of digits and the runs of letters in a text."""
    parts: list[str] = []
    kind = ""
    for sign in text:
        now = "digit" if sign.isdecimal() else "letter" if sign.isalpha() else ""
        if now and now == kind:
            parts[-1] += sign
        elif now:
            parts.append(sign)
        kind = now
    return parts


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(number: int, now: date) -> int:
    """A year of two digits is the one nearest to now."""
    if number >= 100:
        return number
    century = now.year - now.year % 100 + number
    return min((century - 100, century, century + 100), key=lambda year: abs(year - now.year))


def _coming(month: int, day: int, now: date) -> date | None:
    """A day without its year: this year's, or next year's when this year's is long past."""
    for year in range(now.year, now.year + 9):  # February 29 may have to wait
        found = _date(year, month, day)
        if found is not None and found >= now - RECENT:
            return found
    return None


def _day_of_words(numbers: list[int], month: int, now: date) -> date | None:
    if len(numbers) == 1:
        return _coming(month, numbers[0], now)
    if len(numbers) == 2:
        day, year = numbers if numbers[0] <= 31 else numbers[::-1]
        return _date(_year(year, now), month, day)
    return None
