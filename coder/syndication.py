"""Stories that several papers print: which article is a near-identical copy of an earlier one.

News is cut from the end and gets another headline, so what is compared is how a text starts: the
shingles (runs of SHINGLE words) of its first LEAD words, by the share of the shorter text's that
the other has too. A story is looked up by the least hashes among its very first shingles, a
min-hash, so that an article is compared with few others. Memory holds about 1.2 kilobytes for
each story, whatever its length.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import timedelta
from heapq import nsmallest
from itertools import islice
from zlib import crc32

from coder.dates import MONTH_NAME
from coder.records import Article, Event

SHINGLE = 5
"""Words of a shingle: long enough that two reporters do not write the same by chance."""

LEAD = 120
"""Words of a text that are compared."""

LEAST_WORDS = 25
"""Words of the shortest text that can be told to be a copy: shorter ones are alike by chance."""

SHARED = 0.6
"""The share of the shorter text's shingles that a copy has in common with its story. A changed
word costs five shingles of up to 116, a headline within the text ten; two reports of one event by
different hands share almost none."""

DAYS = 3
"""Days between a story and its copies at most, so that next week's bulletin is a new story."""

ANCHORS, ANCHOR_WORDS = 4, 40
"""How many hashes a story is looked up by, and of how many of its first words."""

MOST_ALIKE = 8
"""Stories that are kept for one hash, the latest: what starts so many texts is a set phrase."""

_WORD = re.compile(r"\w+")
_NAMED_DAY = re.compile(
    rf"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b{MONTH_NAME} \d|\d {MONTH_NAME}\b"
)


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it was first read: the id and day of that article, the shingles of its start."""

    id: str
    date: Date | None
    shingles: array


class Stories:
    """The stories of a stream of articles; `story_of` has those articles that are copies of one.

    An article is a copy when its text starts almost like that of an article before it (see SHARED)
    that was published at most DAYS days before or after it; two articles without a date can be
    copies of each other. Titles are not compared. The same articles in the same order give the
    same stories.
    """

    def __init__(self) -> None:
        self.story_of: dict[str, Story] = {}
        self._alike: dict[int, tuple[Story, ...]] = {}

    def watch(self, articles: Iterable[Article]) -> Iterator[Article]:
        """The articles as they are; each is known when it comes out."""
        for article in articles:
            self.add(article)
            yield article

    def add(self, article: Article) -> None:
        """Note an article as a copy of a story, or as a new story."""
        shingles = shingle_hashes(article.text)
        if len(shingles) <= LEAST_WORDS - SHINGLE:
            return
        anchors = nsmallest(ANCHORS, set(shingles[: ANCHOR_WORDS - SHINGLE + 1]))
        alike = {s.id: s for a in anchors for s in self._alike.get(a, ()) if _near(s, article)}
        shares = {name: shared(s.shingles, shingles) for name, s in alike.items()}
        best = max(shares, key=shares.get, default=None)  # type: ignore[arg-type]
        if best is not None and shares[best] >= SHARED:
            self.story_of[article.id] = alike[best]
            return
        story = Story(article.id, article.date, shingles)
        for anchor in anchors:
            self._alike[anchor] = (*self._alike.get(anchor, ()), story)[-MOST_ALIKE:]

    def dated(self, event: Event) -> Event:
        """An event with the day that it has where its story was first read.

        A sentence that names no day speaks of the day of publication, or of days counted from it,
        and a copy may be printed later.
        """
        story = self.story_of.get(event.article_id)
        if not story or not story.date or not event.date or _NAMED_DAY.search(event.sentence):
            return event
        later = Date.fromisoformat(event.article_date) - story.date
        day = Date.fromisoformat(event.date) - later
        return replace(event, date=day.isoformat()) if later else event

    def first_id(self, article_id: str) -> str:
        """The id of the article in which the story of an article was first read."""
        story = self.story_of.get(article_id)
        return story.id if story else article_id


def shingle_hashes(text: str) -> array:
    """Hashes (32 bits) of the runs of SHINGLE words among the first LEAD words, in order."""
    words = [m[0].casefold() for m in islice(_WORD.finditer(text), LEAD)]
    runs = (" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))
    return array("I", (crc32(run.encode(errors="replace")) for run in runs))


def lead(text: str) -> str:
    """As much of a text as is compared."""
    words = list(islice(_WORD.finditer(text), LEAD))
    return text[: words[-1].end()] if words else ""


def shared(one: array, other: array) -> float:
    """The share of the shorter text's shingles that the other has too, 0 to 1."""
    first, second = set(one), set(other)
    return len(first & second) / max(1, min(len(first), len(second)))


def _near(story: Story, article: Article) -> bool:
    if story.date is None or article.date is None:
        return story.date == article.date
    return abs(article.date - story.date) <= timedelta(DAYS)
