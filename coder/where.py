"""Where an event happened: the place that its own clause names.

A phrase with a place counts when it hangs from the act, from what is done or from who does it. For
words (praise, demands, threats) only the speaker's place and that of a meeting count, for what is
spoken of may be anywhere. The object of an attack or a visit is its place. What a war, a role or a
reaction is about, and a dateline, tell nothing: there is then no place.
"""

from dataclasses import dataclass, replace

from coder.actors import ActorDictionary
from coder.clauses import APART, OWN, SAME_PLACE, SAME_TIME, act_token, path
from coder.features import Span, ancestors, token_range
from coder.places import Gazetteer, Place
from coder.syntax import Parse
from coder.toponyms import Reader, Toponym, find_toponyms, lands_of, read_phrase, read_words
from coder.words import word_classes

NAMED, OBJECT = "named where the act is", "what the act is done to"

DEEDS = frozenset("04 06 07 08 14 15 17 18 19 20".split())
"""Roots of deeds, which happen where their objects are; the others, but for a signing, are words."""

SIGNING = "057"

VISITS = frozenset(("042", "043"))
ATTACKS = frozenset("17 18 19 20".split())

_INTO = frozenset(("into", "on", "against", "to", "across"))
"""Prepositions that tell a place only of attacks and visits."""

_CARRYING = frozenset("in at near of by during with outside inside around across off".split())
"""Prepositions that a phrase may hang behind: "at a rally in Cairo", "the killing of five in Kano"."""


@dataclass(frozen=True, slots=True)
class Where:
    """The place of an event and the rule that found it; None and "" where the text tells none."""

    place: Place | None = None
    rule: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What is placed: code, spans of the act and of those who take part, their countries."""

    code: str
    action: Span
    source: Span
    target: Span | None
    lands: frozenset[str]


def event_place(
    sentence: str, parse: Parse, act: Act, actors: ActorDictionary, gazetteer: Gazetteer
) -> Where:
    """The place of an act in a parsed sentence."""
    token = act_token(parse, act.action)
    if token is None:
        return Where()
    reader = read_words(sentence, lands_of(actors), gazetteer)
    found = []
    for toponym in find_toponyms(reader, act.lands):
        if (rank := _rank(parse, toponym, act, token)) is not None:
            found.append((rank, toponym, NAMED))
    if parse.lemmas[token] in word_classes()["invade"]:
        found += [(OWN, t, OBJECT) for t in _objects(parse, act, token, reader)]
    if not found:
        return Where()
    first = min(found, key=lambda f: f[0])
    same = [f for f in found if f[1].place.country == first[1].place.country]
    order = {"city": 0, "region": 1, "country": 2}
    _, toponym, rule = min(same, key=lambda f: (order[f[1].place.kind], f[0]))
    return Where(toponym.place, rule, sentence[toponym.start : toponym.end])


def _rank(parse: Parse, toponym: Toponym, act: Act, token: int) -> int | None:
    """How near a phrase is to the act: `OWN`, `SHARED`, None for one that tells nothing of it."""
    tokens = token_range(parse, (toponym.start, toponym.end))
    preposition = tokens[0]
    attack, visit = act.code[:2] in ATTACKS, act.code[:3] in VISITS
    if toponym.preposition in _INTO and not (attack or visit):
        return None
    if toponym.preposition == "to" and not visit:
        return None
    attacked = attack and act.target is not None and _inside(parse, preposition, act.target)
    if _inside(parse, preposition, act.source) and not attacked:
        return OWN
    deed = act.code[:2] in DEEDS or act.code[:3] == SIGNING
    rank, way = path(parse, preposition, token, SAME_PLACE if deed else SAME_TIME)
    if rank == APART:
        return None
    way = [i for i in way if i not in tokens]
    carrying = _CARRYING | {"on", "against"} if attack else _CARRYING
    before = _way_before(parse, preposition, token)
    if any(_is_blocked(parse, i, carrying) for i in [*way, *before]):
        return None
    if deed and any(parse.lemmas[i] in word_classes()["topic"] for i in way):
        return None
    return rank if deed or _is_speaking(parse, way, preposition, act) else None


def _way_before(parse: Parse, preposition: int, token: int) -> list[int]:
    """The way from a noun at once before a phrase to the act, for it may belong to that noun.

    So it may to one before that: "an accord on the material at a reactor in Damascus".
    """
    ways: list[int] = []
    while preposition > token and parse.tags[preposition - 1][:1] == "N":
        chain = ancestors(parse, preposition - 1)
        way = chain[1 : chain.index(token)] if token in chain else []
        ways += way
        if not way or way[-1] >= preposition:
            break
        preposition = way[-1]
    return ways


def _inside(parse: Parse, token: int, span: Span) -> bool:
    """Whether a token stands in a span or at once behind it: "police in Kano"."""
    return span[0] < parse.starts[token] <= span[1] + 1


def _is_blocked(parse: Parse, i: int, carrying: frozenset[str]) -> bool:
    """Whether a word on the way makes what hangs from it a topic: "protest over", "after"."""
    if parse.tags[i] in ("IN", "TO", "RP"):
        return parse.lemmas[i] not in carrying
    return parse.tags[i][:1] == "V" or parse.deps[i] == "appos"


def _is_speaking(parse: Parse, way: list[int], preposition: int, act: Act) -> bool:
    """Whether a phrase tells where one speaks: "said in Cairo", "after talks in Geneva"."""
    nouns = [i for i in way if parse.tags[i][:1] == "N"]
    before = preposition - 1
    if any(
        parse.lemmas[i] not in word_classes()["meeting"] and not _is_party(parse, i, act)
        for i in nouns
    ):
        return False
    if before < 0 or nouns:
        return True
    told = parse.tags[before][:1] == "N" and parse.lemmas[before] not in word_classes()["meeting"]
    day = parse.words[before].endswith("day")
    return day or not told or _is_party(parse, before, act) or parse.lemmas[before] == "reporter"


def _is_party(parse: Parse, i: int, act: Act) -> bool:
    """Whether a token belongs to who takes part."""
    spans = [s for s in (act.source, act.target) if s]
    return any(a <= parse.starts[i] < b for a, b in spans)


def _objects(parse: Parse, act: Act, token: int, reader: Reader) -> list[Toponym]:
    """Places that are what the act is done to: "shelled the town of Lyman".

    None if they are of several countries: "will visit Ethiopia and Kenya"; of several places of
    one country, the country.
    """
    objects = [
        i
        for i, h in enumerate(parse.heads)
        if h == token and parse.deps[i] in ("dobj", "nsubjpass")
    ]
    found = []
    for i in (i for i in range(len(parse.heads)) if _first_of(parse, i) in objects):
        below = [j for j in range(len(parse.heads)) if i in ancestors(parse, j)]
        begin = parse.starts[min(below)]
        at = next((k for k, start in enumerate(reader.starts) if start >= begin), None)
        toponym = read_phrase(reader, at, act.lands) if at is not None else None
        if toponym and toponym.start <= parse.starts[i] < toponym.end:
            found.append(toponym)
    places = {t.place for t in found}
    lands = {p.country for p in places}
    if len(places) > 1 and len(lands) == 1:
        land = reader.gazetteer.country(lands.pop())
        return [replace(t, place=land) for t in found[:1] if land]
    return found if len(places) == 1 else []


def _first_of(parse: Parse, i: int) -> int:
    """The first of a row of joined words: Ethiopia of "Ethiopia, Nigeria and Kenya"."""
    while parse.deps[i] == "conj" and parse.heads[i] < i:
        i = parse.heads[i]
    return i
