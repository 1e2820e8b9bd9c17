"""The field's standard filter: an event counts once a day, however many reports there are of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from coder.records import Event


@dataclass(slots=True)
class _Tally:
    """The first report of an event, and what later ones add to it."""

    first: Event
    mentions: int = 0
    sources: int = 0
    probability: float = 0.0
    publishers: set[str] = field(default_factory=set)

    def add(self, event: Event) -> None:
        self.mentions += event.mentions
        self.sources = max(self.sources, event.sources)
        self.probability = max(self.probability, event.probability)
        self.publishers.add(event.publisher)

    def event(self) -> Event:
        return replace(
            self.first,
            mentions=self.mentions,
            sources=max(self.sources, len(self.publishers)),
            probability=self.probability,
        )


def one_a_day(events: Iterable[Event]) -> Iterator[Event]:
    """One event for each date, source, target and event code, in order of first appearance.

    The first report stays (its id, text and article), `mentions` are summed, `sources` is the
    number of distinct publishers (an empty publisher is one), `probability` the highest; events
    that were filtered before come through unchanged. Events without a date are filtered within
    their article only.

    Nothing comes out before the input ends. Memory holds one event (its sentence included, a few
    kilobytes) for each one that will come out, never the texts of articles. When the input raises
    or Ctrl-C stops it, what was collected comes out before the exception goes on.
    """
    tallies: dict[tuple[str, ...], _Tally] = {}
    failure = None
    try:
        for event in events:
            when = (event.date,) if event.date else ("", event.article_id)
            key = (*when, event.source, event.target, event.event_code)
            tallies.setdefault(key, _Tally(event)).add(event)
    except BaseException as error:  # Ctrl-C too
        failure = error
    for tally in tallies.values():
        yield tally.event()
    if failure is not None:
        raise failure
