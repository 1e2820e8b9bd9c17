"""Labelled sentences to labelled dyads: what is an event, what is none, what is not known."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations

from coder.actors import ActorDictionary
from coder.dyads import coordinated
from coder.features import Lexicon, Span, mask_sentence, pair_features
from coder.labels import LabelledSentence
from coder.mentions import find_mentions
from coder.ontology import NONE
from coder.records import ActorMention, Article, Sentence
from coder.syntax import Parse, Parser

_BOTH = re.compile(r"\b(both|two|they)\b")
_GROUP = re.compile(r"\b(?:[Tt]he two|[Bb]oth) [a-z]+\b|\b[Tt]hey\b")

SHARED_ROOTS = {"01", "03", "04", "05", "06", "19"}
"""Roots whose reverse may be true as well: an unlabelled reverse direction is not known."""


@dataclass(frozen=True, slots=True)
class Example:
    """Features of one pair, its label, and the group (batch file) it must not be split from."""

    features: list[str]
    label: str
    group: str
    complete: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A labelled sentence with its parse: `mentions` are found in it, `actors` labelled or found."""

    sentence: LabelledSentence
    parse: Parse
    mentions: tuple[ActorMention, ...]
    actors: tuple[Span, ...]
    group: str


def prepare(
    labelled: Iterable[tuple[str, LabelledSentence]], actors: ActorDictionary, parser: Parser
) -> list[Prepared]:
    """Parse labelled sentences (each with its group) and find their actors."""
    items = list(labelled)
    parses = parser.parse(s.text for _, s in items)
    mentions = (_mentions(s.text, actors) for _, s in items)
    return [
        Prepared(s, parse, found, _actor_spans(s, found), group)
        for (group, s), parse, found in zip(items, parses, mentions, strict=True)
    ]


def prepared_to_examples(item: Prepared, lexicon: Lexicon) -> Iterator[Example]:
    """The labelled pairs of a sentence and the pairs that are surely none."""
    masked = mask_sentence(item.parse, item.actors, lexicon)
    pairs = {(p.source, p.target): p.label for p in item.sentence.pairs}
    for source, target in list(_none_pairs(item, pairs)):
        pairs[source, target] = NONE
    for (source, target), label in pairs.items():
        group = source == target or (
            target is None and label[:2] in SHARED_ROOTS and _is_group(item, source)
        )
        row = pair_features(masked, source, None if group else target, group=group)
        yield Example(row, label, item.group, item.sentence.complete)
    for span, label in (*_groups(item.parse, pairs), *_idle_groups(item, pairs)):
        row = pair_features(masked, span, None, group=True)
        yield Example(row, label, item.group, item.sentence.complete)


def _is_group(item: Prepared, source: Span | None) -> bool:
    """Whether one noun stands for both parties of a joint act: "the two sides signed"."""
    return bool(source and _BOTH.search(item.sentence.text[slice(*source)].lower()))


def _groups(
    parse: Parse, pairs: dict[tuple[Span | None, Span | None], str]
) -> Iterator[tuple[Span, str]]:
    """ "A and B" as one span that stands for both, as "the two leaders" will: shared acts only."""
    for (source, target), label in pairs.items():
        if source and target and source < target and coordinated(parse, source, target):
            near = target[0] - source[1] <= len(" as well as ")
            if near and (label == NONE or label[:2] in SHARED_ROOTS):
                yield (source[0], target[1]), label


def _idle_groups(
    item: Prepared, pairs: dict[tuple[Span | None, Span | None], str]
) -> Iterator[tuple[Span, str]]:
    """Groups of a wholly labelled sentence that do nothing together."""
    if item.sentence.complete:
        labelled = [span for pair in pairs for span in pair if span]
        for match in _GROUP.finditer(item.sentence.text):
            if all(_apart(match.span(), span) for span in labelled):
                yield match.span(), NONE


def _none_pairs(
    item: Prepared, labelled: dict[tuple[Span | None, Span | None], str]
) -> Iterator[tuple[Span, Span | None]]:
    known = set(labelled)
    acting = {s for s, t in known if t is not None and s != t}
    for (source, target), label in labelled.items():
        if source and target and (target, source) not in known and label[:2] not in SHARED_ROOTS:
            yield target, source
    for source in acting:
        if source and (source, None) not in known:
            yield source, None
    if not item.sentence.complete:
        return
    maybe = {(t, s) for s, t in known}
    spans = list(item.actors)[:8]
    for source, target in permutations(spans, 2):
        if (source, target) not in known | maybe and _apart(source, target):
            yield source, target
    targeted = {t for _, t in known}
    for source in spans:
        if (source, None) not in known and source not in acting | targeted:
            yield source, None


def _apart(a: Span, b: Span) -> bool:
    return a[1] <= b[0] or b[1] <= a[0]


def whole(text: str) -> Sentence:
    """A text as one sentence."""
    return Sentence("", 0, 0, len(text), text)


def _mentions(text: str, actors: ActorDictionary) -> tuple[ActorMention, ...]:
    return tuple(find_mentions(Article("", None, text), [whole(text)], actors)[0])


def _actor_spans(sentence: LabelledSentence, mentions: Iterable[ActorMention]) -> tuple[Span, ...]:
    """The labelled spans, and the found mentions that do not touch them."""
    labelled = {span for p in sentence.pairs for span in (p.source, p.target) if span}
    found = {(m.start, m.end) for m in mentions}
    free = {f for f in found if all(_apart(f, span) for span in labelled)}
    return tuple(sorted(labelled | free))
