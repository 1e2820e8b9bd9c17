"""Ordered pairs of actors in a sentence, and how the parse relates them."""

from collections.abc import Sequence
from itertools import permutations

from coder.features import attach, head_of, token_range
from coder.records import ActorMention, Dyad, Sentence
from coder.syntax import Parse

MOST_MENTIONS = 10
"""Pairs grow with the square of the actors: a sentence that names more keeps its first ten."""


def sentence_to_dyads(sentence: Sentence, mentions: Sequence[ActorMention]) -> list[Dyad]:
    """All ordered pairs of different actors, and every actor alone (target None).

    Two mentions over one span ("both sides") are a group: they pair with each other too.
    """
    kept = list(mentions)[:MOST_MENTIONS]
    pairs = [
        Dyad(sentence, source, target)
        for source, target in permutations(kept, 2)
        if not same_actor(source.code, target.code) and _apart(source, target)
    ]
    return pairs + [Dyad(sentence, source, None) for source in kept]


def is_group(dyad: Dyad) -> bool:
    """Whether source and target are named by one and the same words ("the two presidents")."""
    target = dyad.target
    return target is not None and (dyad.source.start, dyad.source.end) == (target.start, target.end)


def same_actor(first: str, second: str) -> bool:
    """A country and its government are one actor; so are equal codes."""
    return actor_identity(first) == actor_identity(second)


def actor_identity(code: str) -> str:
    """What two codes share that name one actor: "KAZ" of "KAZGOV" and of "KAZ"."""
    return code[:3] if code[3:] == "GOV" else code


def coordinated(parse: Parse, source: tuple[int, int], target: tuple[int, int]) -> bool:
    """Whether two spans are joined as equals: "A and B", "A, B and C"."""
    s, t = token_range(parse, source), token_range(parse, target)
    if not s or not t:
        return False
    return attach(parse, head_of(parse, s)) == attach(parse, head_of(parse, t))


def _apart(source: ActorMention, target: ActorMention) -> bool:
    same = (source.start, source.end) == (target.start, target.end)
    return same or source.end <= target.start or target.end <= source.start
