"""Words that tell a day ("Monday", "last week", "in 2008") and how they are read.

`RULES` says how each form is read against the day of publication. A week or month is the day of
publication moved into it; a year that is over is history, and its day unknown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta

from coder.dates import MONTH_NAME, month_number, to_date

FUTURE, PAST = "future", "past"

PUBLISHED, HISTORY = "the day of publication", "history, not news"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that tell a time: their offsets and groups, and the rule that reads them.

    `possessive` when they are said to own something: "Monday's attack".
    """

    start: int
    end: int
    rule: str
    groups: dict[str, str]
    possessive: bool


_NUMBERS = dict(zip("a one two three four five six seven eight nine ten".split(),
                    [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], strict=True)) | {"an": 1}  # fmt: skip
NUMBER = r"(?P<number>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})"
UNIT = r"(?P<unit>day|week|month|year)s?"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = rf"(?P<weekday>{'|'.join(_DAYS)})"
_MONTH = rf"(?P<month>{MONTH_NAME})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_PART = r"(?: (?:morning|afternoon|evening|night)\b)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"

_EXACT = "day, month and year"
_NEAREST = "day and month: the last one for the past, the next for the future, else the nearest"
_LAST_WEEK, _NEXT_WEEK = "that day of the week before", "that day of the week after"
_LAST, _NEXT = "the last such day before publication", "the next such day after publication"
_WEEKDAYS = "weekday: the last one up to publication, the next for the future"
_WEEKEND = "Saturday of the weekend: the last one, the next for the future"
_COUNTED, _AHEAD = "counted back from publication", "counted ahead from publication"
EARLIER = "counted back from the other day of the sentence, else from publication"
_MOVED = "the day of publication moved into that week or month"

RULES: tuple[tuple[str, str], ...] = (
    (_EXACT, rf"\b{_MONTH} {_DAY},? {_YEAR}"),
    (_EXACT, rf"\b{_DAY} (?:of )?{_MONTH},? {_YEAR}"),
    (_NEAREST, rf"\b{_MONTH} {_DAY}\b(?!,\d| (?:years?|percent|people)\b)"),
    (_NEAREST, rf"\b{_DAY} (?:of )?{_MONTH}(?!\w)"),
    (_LAST_WEEK, rf"\b{_WEEKDAY} (?:of )?last week\b"),
    (_LAST_WEEK, rf"\b[Ll]ast week on {_WEEKDAY}\b"),
    (_NEXT_WEEK, rf"\b{_WEEKDAY} (?:of )?next week\b"),
    (_LAST, rf"\b(?:last|this past) {_WEEKDAY}\b{_PART}"),
    (_NEXT, rf"\b(?:next|coming) {_WEEKDAY}\b{_PART}"),
    (_WEEKDAYS, rf"\b{_WEEKDAY}\b{_PART}"),
    (_WEEKEND, r"\b(?P<which>last |next |this |the |coming |past )weekend\b"),
    ("two days before publication", r"\b[Tt]he day before yesterday\b"),
    ("two days after publication", r"\b[Tt]he day after tomorrow\b"),
    ("the day before publication", r"\b(?:[Yy]esterday|[Ll]ast night)\b"),
    ("the day after publication", r"\b[Tt]omorrow\b"),
    (PUBLISHED, r"\b(?:[Tt]oday|[Tt]onight|[Tt]his (?:morning|afternoon|evening))\b"),
    (_COUNTED, rf"\b{NUMBER} {UNIT} ago\b"),
    (EARLIER, rf"\b{NUMBER} {UNIT} (?:earlier|before)(?=[,.;]|$)"),
    (_AHEAD, rf"\b[Ii]n {NUMBER} {UNIT}['’]? time\b"),
    (_MOVED, r"(?<!the )(?<!The )\b(?P<which>[Ll]ast|[Nn]ext) (?P<unit>week|month|year)\b"),
    (_MOVED, rf"\b[Ii]n (?:early |late |mid-)?{_MONTH}(?:,? {_YEAR})?(?! \d)(?!\w)"),
    (_MOVED, rf"\b(?P<which>[Ll]ast) {_MONTH}(?! \d)(?!\w)"),
    (
        HISTORY,
        r"\b(?:[Ii]n|[Dd]uring) (?:(?:early|late|mid|the|spring|summer|autumn|fall|winter|of)[ -])*"
        rf"{_YEAR}(?! \w+s\b)",
    ),
    (HISTORY, r"\b(?:[Ii]n|[Dd]uring) the (?:early |late |mid-)?(?:19|20)\d0s\b"),
    (HISTORY, r"\b(?:years|decades|centuries|a century|a decade) ago\b"),
)
"""The forms of time words and how they are read; of overlapping words the earlier rule reads."""

DAILY = frozenset((_WEEKDAYS, PUBLISHED, "the day before publication"))
"""Rules of the words for the days of the news."""

_FIXED = {
    PUBLISHED: 0,
    "the day before publication": -1,
    "the day after publication": 1,
    "two days before publication": -2,
    "two days after publication": 2,
}
"""Days from publication of rules that always give the same."""

_PATTERNS = tuple((rule, re.compile(pattern)) for rule, pattern in RULES)
_HINT = re.compile(
    r"day\b|\bago\b|weekend|[Tt]omorrow|[Tt]onight|\b(?:[Ll]ast|[Nn]ext|[Tt]his) [a-z]"
    r"|\b(?:19|20)\d\d|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"|\b(?:earlier|before|time)\b"
)
"""What a sentence has that tells a time at all."""

_BEFORE = re.compile(
    r"\b(?:since|until|till|by|before|from|after|following|through|between|every|each|than|as of"
    r"|ahead of|prior to|on or before|no later than|Good|Black|Bloody|Easter|Palm|Ash|Super|Holy)"
    r"(?: early| late| at least| about| the)* ?$",
    re.IGNORECASE,
)  # fmt: skip
_NAME = re.compile(r"(?:['’]s)? [A-Z](?!\.)\w+ [A-Z]")
"""What follows a day in the name of a thing: "Sunday Times of London", "Friday Agreement and"."""


def find_marks(sentence: str, begin: int) -> Iterator[Mark]:
    """The words of a sentence that tell a time at which something happens."""
    if not _HINT.search(sentence, begin):
        return
    taken: list[tuple[int, int]] = []
    for rule, pattern in _PATTERNS:
        for found in pattern.finditer(sentence, begin):
            start, end = found.span()
            if any(a < end and start < b for a, b in taken):
                continue
            taken.append((start, end))
            behind = sentence[end : end + 20]
            if not _BEFORE.search(sentence[max(0, start - 30) : start]) and not _NAME.match(behind):
                groups = {k: v for k, v in found.groupdict().items() if v}
                yield Mark(start, end, rule, groups, behind[:1] in ("'", "’"))


def resolve(mark: Mark, tense: str, published: Date | None) -> Date | None:
    """The day of a mark in a clause of that tense; None if its rule gives none."""
    try:
        return _resolve(mark.groups, mark.rule, tense, published)
    except OverflowError:  # before the year 1 or after 9999
        return None


def _resolve(groups: dict[str, str], rule: str, tense: str, published: Date | None) -> Date | None:
    if rule == _EXACT:
        return to_date(int(groups["year"]), month_number(groups["month"]), int(groups["day"]))
    if published is None:
        return None
    if rule in _FIXED:
        return published + timedelta(_FIXED[rule])
    if "weekday" in groups:
        return _weekday(rule, _DAYS.index(groups["weekday"]), published, tense)
    if rule == _NEAREST:
        return _nearest(month_number(groups["month"]), int(groups["day"]), published, tense)
    if rule == _WEEKEND:
        return _weekend(groups["which"].strip(), published, tense)
    if rule == _COUNTED:
        return shift(groups, published, -1)
    if rule == _AHEAD:
        return shift(groups, published, 1)
    return _into(groups, published, tense) if rule == _MOVED else None


def _weekday(rule: str, index: int, published: Date, tense: str) -> Date:
    back = (published.weekday() - index) % 7
    if rule in (_LAST_WEEK, _NEXT_WEEK):
        monday = published - timedelta(published.weekday())
        return monday + timedelta(index + (7 if rule == _NEXT_WEEK else -7))
    if rule == _LAST:
        return published - timedelta(back or 7)
    if rule == _NEXT or (back and tense == FUTURE):
        return published + timedelta(7 - back)
    return published - timedelta(back)


def _weekend(which: str, published: Date, tense: str) -> Date:
    saturday = published - timedelta((published.weekday() - 5) % 7)
    if which == "last" and saturday == published:
        return saturday - timedelta(7)
    ahead = which in ("next", "coming") or tense == FUTURE
    return saturday + timedelta(7) if ahead and saturday != published else saturday


def shift(groups: dict[str, str], day: Date, sign: int) -> Date | None:
    """A day moved by a number of units, "two weeks"; back if the sign is -1."""
    word = groups["number"].lower()
    return _shift(day, groups["unit"], sign * (_NUMBERS.get(word) or int(word)))


def _shift(day: Date, unit: str, number: int) -> Date | None:
    """A day moved by days, weeks or months; None for years, which leave the day open."""
    if unit in ("day", "week"):
        return day + timedelta(number * (7 if unit == "week" else 1))
    if unit == "year":
        return None
    months = day.year * 12 + day.month - 1 + number
    return _in_month(day, *divmod(months, 12))


def _in_month(day: Date, year: int, month: int) -> Date | None:
    """The same day of another month (counted from 0), or its last one."""
    days = (to_date(year, month + 1, day.day - n) for n in range(4))
    return next(filter(None, days), None)


def _into(groups: dict[str, str], published: Date, tense: str) -> Date | None:
    """The day of publication moved into a week or month that is named."""
    if "month" not in groups:
        step = 1 if groups["which"].lower() == "next" else -1
        return _shift(published, groups["unit"], step)
    month = month_number(groups["month"])
    if "year" in groups:
        return _in_month(published, int(groups["year"]), month - 1)
    ahead = tense == FUTURE and "which" not in groups
    year = published.year
    if ahead and month < published.month:
        year += 1
    if not ahead and month > published.month:
        year -= 1
    return _in_month(published, year, month - 1)


def _nearest(month: int, day: int, published: Date, tense: str) -> Date | None:
    years = (published.year - 1, published.year, published.year + 1)
    days = [d for y in years if (d := to_date(y, month, day))]
    if tense == PAST:
        days = [d for d in days if d <= published + timedelta(1)] or days
    if tense == FUTURE:
        days = [d for d in days if d >= published - timedelta(1)] or days
    return min(days, key=lambda d: abs(d - published), default=None)


def is_over(mark: Mark, published: Date | None) -> bool:
    """Whether a mark speaks of a year that is over, without a day."""
    if published is None:
        return False
    year = mark.groups.get("year")
    if mark.rule == HISTORY:
        return year is None or int(year) < published.year
    return mark.groups.get("unit") == "year" and mark.groups.get("which", "last").lower() == "last"
