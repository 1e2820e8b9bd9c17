"""The records that pass between the stages: frozen, slotted, without behaviour.

Offsets are character positions in the untouched article text, end exclusive.
"""

from dataclasses import dataclass
from datetime import date as Date


@dataclass(frozen=True, slots=True)
class Article:
    """One news text. `date` is the day of publication, None if unknown."""

    id: str
    date: Date | None
    text: str
    title: str = ""
    source: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A slice of an article: `article.text[start:end] == text`; `index` counts from 0."""

    article_id: str
    index: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A span that names an actor, with its CAMEO actor code ("KAZGOV", "---COP").

    `how` names the rule that coded it: dictionary, composed, remembered, anaphor or inferred.
    """

    start: int
    end: int
    text: str
    code: str
    how: str


@dataclass(frozen=True, slots=True)
class Dyad:
    """An ordered pair of actors in a sentence: who may have done something to whom."""

    sentence: Sentence
    source: ActorMention
    target: ActorMention | None


@dataclass(frozen=True, slots=True)
class Prediction:
    """The best code other than none, its probability, and the probability of no event."""

    event_code: str
    probability: float
    none_probability: float
    action: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the native event data set; fields in column order.

    What another data set does not tell of its events is "" or None.
    """

    event_id: str
    date: str
    article_date: str
    source: str
    target: str
    event_code: str
    base_code: str
    root_code: str
    event_name: str
    plover: str
    quad_class: int
    goldstein: float | None
    probability: float | None
    mentions: int
    sources: int
    articles: int | None
    place: str
    country: str
    latitude: float | None
    longitude: float | None
    article_id: str
    sentence_index: int | None
    lead: int | None
    source_text: str
    target_text: str
    action_text: str
    sentence: str
    url: str
    publisher: str
    model: str


EVENT_DATES = ("date", "article_date")
"""The fields of an event that hold a day."""
