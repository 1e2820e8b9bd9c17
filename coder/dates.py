"""Dates of publication as files write them."""

import re
from datetime import date as Date
from datetime import datetime
from numbers import Real

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

MONTH_NAME = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
"""A month in a regular expression: "May", "Sept.", "September"."""

_CLOCK = r"(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,?\s+)?"
_FORMS = [
    re.compile(form + _CLOCK, re.IGNORECASE | re.ASCII)
    for form in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
        r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        rf"{_WEEKDAY}(?P<d>\d{{1,2}})\s+(?P<m>{MONTH_NAME}),?\s+(?P<y>\d{{4}})",
        rf"{_WEEKDAY}(?P<m>{MONTH_NAME})\s+(?P<d>\d{{1,2}}),?\s+(?P<y>\d{{4}})",
    )
]


def parse_date(text: str) -> Date | None:
    """The day of an unmistakable date, None for anything else and for impossible days.

    Known: 2014-05-19, 2014/05/19, 20140519, 19 May 2014, May 19, 2014; a weekday before and a
    time of day after are passed over (the day is that of the text, in its own time zone).
    """
    text = text.strip()
    for form in _FORMS:
        if match := form.fullmatch(text):
            return to_date(int(match["y"]), month_number(match["m"]), int(match["d"]))
    return None


def value_to_date(value: object) -> Date | None:
    """The day of a table cell: text, date, datetime, pandas Timestamp or the number 20140519."""
    if is_missing(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, Date):
        return value
    if isinstance(value, Real) and value == value // 1:
        value = str(int(value))
    return parse_date(value) if isinstance(value, str) else None


def is_missing(value: object) -> bool:
    """Whether a table cell is empty: None, or NaN, NaT or NA of pandas."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, Real) and value != value


def month_number(name: str) -> int:
    """1 to 12 from "5", "May", "Sept." or "september"; 0 if there is no such month."""
    if name.isdecimal():
        return int(name)
    start = name.lower().rstrip(".")[:3]
    return next((i for i, month in enumerate(MONTHS, 1) if month.startswith(start)), 0)


def to_date(year: int, month: int, day: int) -> Date | None:
    """A date, None if there is no such day."""
    try:
        return Date(year, month, day)
    except ValueError:
        return None
