"""When an event happened: day words of a sentence, resolved against the article's date."""

import re
from datetime import date as Date
from datetime import timedelta

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"\b(next |coming |this )?(" + "|".join(d.capitalize() for d in _DAYS) + r")\b")
_MONTH_NAME = (
    r"(Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_MONTH_DAY = re.compile(rf"\b{_MONTH_NAME} (\d{{1,2}})\b(?:st|nd|rd|th)?(?:, (\d{{4}}))?")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? {_MONTH_NAME}\b(?: (\d{{4}}))?")
_FUTURE = re.compile(r"\b(will|would|shall|plans? to|due to|scheduled|set to|is to|are to)\b")


def event_date(sentence: str, published: Date | None) -> Date | None:
    """The day of an event: the first day named in the sentence, else the day of publication.

    A weekday is the last one before publication, or the next one when the sentence speaks of
    the future; a day and month without a year is the nearest one. Without a date of publication
    only a full date counts.
    """
    for _, month, day, year in _month_days(sentence):
        resolved = _month_day(month, day, year, published)
        if resolved:
            return resolved
    if published is None:
        return None
    if match := _DAY.search(sentence):
        return _weekday(_DAYS.index(match[2].lower()), bool(match[1]), sentence, published)
    if re.search(r"\byesterday\b", sentence, re.IGNORECASE):
        return published - timedelta(days=1)
    if re.search(r"\btomorrow\b", sentence, re.IGNORECASE):
        return published + timedelta(days=1)
    return published


def _month_days(sentence: str) -> list[tuple[int, str, int, int | None]]:
    found = [(m.start(), m[1], int(m[2]), m[3]) for m in _MONTH_DAY.finditer(sentence)]
    found += [(m.start(), m[2], int(m[1]), m[3]) for m in _DAY_MONTH.finditer(sentence)]
    return sorted((a, b, c, int(d) if d else None) for a, b, c, d in found)


def _month_day(name: str, day: int, year: int | None, published: Date | None) -> Date | None:
    month = _MONTHS.index(name[:3].lower()) + 1
    if year is None and published is None:
        return None
    years = [year] if year else [published.year - 1, published.year, published.year + 1]  # type: ignore[union-attr]
    days = []
    for y in years:
        try:
            days.append(Date(y, month, day))
        except ValueError:
            continue
    if published is None or year:
        return days[0] if days else None
    return min(days, key=lambda d: abs(d - published), default=None)


def _weekday(index: int, ahead: bool, sentence: str, published: Date) -> Date:
    back = (published.weekday() - index) % 7
    if ahead or (back and _FUTURE.search(sentence)):
        return published + timedelta(days=(7 - back) if back else (7 if ahead else 0))
    return published - timedelta(days=back)
