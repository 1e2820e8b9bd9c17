"""Where the actors and the action of an event stand in its sentence.

An event file holds their words, not their positions. Words that stand several times in a sentence
are taken where actors and action are nearest to each other; a source and a target with the same
words that stand only once ("the two sides") share their span.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

Span = tuple[int, int]
"""Start and end in characters of the sentence, end exclusive."""

MOST = 8
"""Places of a text in its sentence that are looked at; more are rare and cost their product."""

_TAG = re.compile(r"</?[st]>")


@dataclass(frozen=True, slots=True)
class EventSpans:
    """Spans in the sentence of an event, None for what does not stand in it."""

    source: Span | None
    target: Span | None
    action: Span | None


def find_spans(sentence: str, source: str, target: str, action: str) -> EventSpans:
    """Find the words of source, target and action in a sentence with single blanks."""
    places = [_places(sentence, " ".join(text.split())) for text in (source, target, action)]
    return EventSpans(*min(product(*places), key=_apart))


def mark(sentence: str, spans: EventSpans) -> str:
    """The sentence with <s>…</s> round the source and <t>…</t> round the target.

    Marks that the sentence itself holds are left out: they would be read as ours.
    """
    tags = []  # at one place ends come before beginnings, and spans nest
    for n, (name, span) in enumerate((("s", spans.source), ("t", spans.target))):
        if span:
            start, end = span
            tags += [(start, 1, -end, n, f"<{name}>"), (end, 0, -start, -n, f"</{name}>")]
    parts, position = [], 0
    for place, *_, tag in sorted(tags):
        parts += [_TAG.sub("", sentence[position:place]), tag]
        position = place
    return "".join([*parts, _TAG.sub("", sentence[position:])])


def _places(sentence: str, words: str) -> list[Span | None]:
    """Where words stand, as whole words if they do; [None] if nowhere."""
    if not words:
        return [None]
    found: Sequence[Span] = [m.span() for m in re.finditer(re.escape(words), sentence)]
    whole = [s for s in found if _is_whole(sentence, s)]
    return list((whole or found)[:MOST]) or [None]


def _is_whole(sentence: str, span: Span) -> bool:
    before, after = sentence[: span[0]][-1:], sentence[span[1] :][:1]
    return not (before.isalnum() or after.isalnum())


def _apart(spans: tuple[Span | None, Span | None, Span | None]) -> tuple[int, int]:
    """The order of choice: source and target at different places, then near the action."""
    source, target, action = spans
    same = int(source is not None and source == target)
    if action is None:
        return same, _gap(source, target)
    return same, _gap(source, action) + _gap(target, action)


def _gap(a: Span | None, b: Span | None) -> int:
    return max(0, b[0] - a[1], a[0] - b[1]) if a and b else 0
