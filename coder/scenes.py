"""When and where an event is, by its own clause in the parsed sentence."""

import re
from dataclasses import dataclass
from datetime import date as Date

from coder.actors import ActorDictionary, plain
from coder.dateline import find_dateline
from coder.dyads import is_group
from coder.features import Span
from coder.places import load_gazetteer
from coder.records import Dyad
from coder.syntax import Parse
from coder.when import When, event_date
from coder.where import Act, Where, event_place

_PLACED = re.compile(r"\b(?:in|near|of|at|from)\b")
"""Words behind which an actor's code may come from the very place in question."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The day and place of an event, each with the rule that found it."""

    when: When
    where: Where


def find_scene(
    dyad: Dyad,
    code: str,
    action: Span,
    published: Date | None,
    parse: Parse,
    actors: ActorDictionary,
) -> Scene:
    """The scene of a dyad's event; `action` is the span of the act in the sentence."""
    sentence = dyad.sentence
    dateline = find_dateline(sentence.text)
    begin = dateline.end if dateline else 0
    ends = [m for m in (dyad.source, dyad.target) if m]
    spans = [(m.start - sentence.start, m.end - sentence.start) for m in ends]
    gazetteer = load_gazetteer()
    lands = frozenset(
        land
        for m in ends
        if (land := actors.country(m.code))
        and not _PLACED.search(m.text)
        and plain(m.text) not in gazetteer.names
    )
    target = spans[1] if len(spans) > 1 and not is_group(dyad) else None
    act = Act(code, action, spans[0], target, lands)
    return Scene(
        event_date(sentence.text, published, parse, action, begin),
        event_place(sentence.text, parse, act, actors, gazetteer),
    )
