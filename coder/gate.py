"""The gate before the parser: which sentences may hold an event, by words and actors alone.

What it looks at costs a few microseconds, so that most sentences without an event are never parsed.
"""

import re
from collections.abc import Iterable, Mapping
from math import exp, fsum

from coder.records import ActorMention, Sentence
from coder.roles import is_international

_TOKEN = re.compile(r"[a-z][a-z'-]+|\d|[,;:\"]")
_ACTOR = "@"
_REACH = 2
"""So many words behind an actor count a second time, for what an actor does stands there."""


def gate_features(sentence: Sentence, mentions: Iterable[ActorMention]) -> set[str]:
    """The lower-case words outside actors ("signed"), what follows an actor (">signed"), and how
    many actors, countries and which roles there are ("#n2", "#l2", "#GOV")."""
    found = list(mentions)
    tokens: list[str] = []
    at = 0
    for start, end in sorted({(m.start - sentence.start, m.end - sentence.start) for m in found}):
        if start >= at:
            tokens += _TOKEN.findall(sentence.text[at:start].lower())
            tokens.append(_ACTOR)
        at = max(at, end)
    tokens += _TOKEN.findall(sentence.text[at:].lower())
    features = {t for t in tokens if len(t) > 1}
    for i, token in enumerate(tokens):
        if token == _ACTOR:
            features.update(f">{t}" for t in tokens[i + 1 : i + 1 + _REACH])
    features.add(f"#n{min(len(found), 4)}")
    features.add(f"#l{min(len({m.code[:3] for m in found}), 3)}")
    features.update(f"#{_kind(m.code)}" for m in found)
    return features


def _kind(code: str) -> str:
    return "international" if is_international(code) else code[3:6] or "country"


def sentence_probability(
    weights: Mapping[str, float], sentence: Sentence, mentions: Iterable[ActorMention]
) -> float:
    """How likely a sentence holds an event; "" is the intercept of `weights`."""
    score = fsum(weights.get(f, 0.0) for f in gate_features(sentence, mentions)) + weights[""]
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))
