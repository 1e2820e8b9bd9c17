"""The field's standard filter: an event counts once a day, however many reports there are of it.

Copies of a story that other papers print are reports of the same events, on whatever day they are
printed (see `syndication`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from coder.records import Event
from coder.syndication import Stories


@dataclass(slots=True)
class _Tally:
    """The first report of an event, and what later ones add to it."""

    first: Event
    mentions: int = 0
    sources: int = 0
    articles: int = 0
    probability: float = 0.0
    publishers: set[str] = field(default_factory=set)
    article: str | None = None

    def add(self, event: Event) -> None:
        self.mentions += event.mentions
        self.sources = max(self.sources, event.sources)
        self.probability = max(self.probability, event.probability)
        self.publishers.add(event.publisher)
        if event.article_id != self.article:  # the events of an article come together
            self.articles += event.articles or 1
            self.article = event.article_id

    def event(self) -> Event:
        return replace(
            self.first,
            mentions=self.mentions,
            sources=max(self.sources, len(self.publishers)),
            articles=self.articles,
            probability=self.probability,
        )


def one_a_day(events: Iterable[Event], stories: Stories | None = None) -> "OneADay":
    """One event for each date, source, target and event code, in order of first appearance.

    The first report stays (its id, text and article), `mentions` are summed, `sources` is the
    number of distinct publishers (an empty publisher is one), `articles` of articles, `probability`
    the highest; events that were filtered before come through unchanged. Events without a date are
    filtered within their story only. `stories` tells which articles are copies of one story: their
    events have the days of the copy that was read first.

    Nothing comes out before the input ends. Memory holds one event (its sentence included, a few
    kilobytes) for each one that will come out, never the texts of articles. When the input raises
    or Ctrl-C stops it, what was collected comes out before the exception goes on.
    """
    return OneADay(events, stories or Stories())


class OneADay(Iterator[Event]):
    """The stream of `one_a_day`; `collected` as soon as all its events only wait to be written."""

    def __init__(self, events: Iterable[Event], stories: Stories) -> None:
        self.collected = False
        self._stream = self._filtered(events, stories)

    def __next__(self) -> Event:
        return next(self._stream)

    def _filtered(self, events: Iterable[Event], stories: Stories) -> Iterator[Event]:
        tallies: dict[tuple[str, ...], _Tally] = {}
        failure = None
        try:
            for event in events:
                event = stories.dated(event)
                when = (event.date,) if event.date else ("", stories.first_id(event.article_id))
                key = (*when, event.source, event.target, event.event_code)
                tallies.setdefault(key, _Tally(event)).add(event)
            self.collected = True
        except BaseException as error:  # Ctrl-C too
            self.collected, failure = True, error
        for tally in tallies.values():
            yield tally.event()
        if failure is not None:
            raise failure
