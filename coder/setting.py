"""The country an article is about, learned from its whole text before a sentence is coded."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from coder.actors import ActorDictionary, Agent, Entry
from coder.units import Units
from coder.words import word_classes

HOME = 6
"""The dateline counts like a name in the first sentence."""

LEAD = 3
"""The first sentence that names a country counts so many times."""

OPENING = 4
"""What a country's own actor or act in its first words adds to that."""

ABROAD = frozenset("ambassador envoy embassy consulate consul diplomat attache tourist".split())
""""The Kenyan ambassador", "the embassy of Kenya" and "in Kenya" are elsewhere."""

DOMESTIC = ("COP", "JUD", "LEG", "OPP", "LAB", "PTY", "EDU")
"""Roles that mostly act in their own country."""

LAWLESS = ("REB", "CRM", "UAF")
"""Roles that are somewhat more often at home than abroad."""

STREETS = ("road", "street", "avenue", "lane", "square", "gate")
""""Blantyre Road" may be in Lusaka."""

SEATS = frozenset("brussels geneva vienna strasbourg davos".split() + ["new york", "the hague"])
"""Where organisations and conferences sit."""

FLIGHT = frozenset("fled flee flees fleeing escaped escape".split())
FLIGHT_REACH = 8
"""Where one flees to, so many words behind the verb, is not where it happened."""

VENUE_REACH = 6
""""Talks between the government and rebels opened in Gabon": they are about another country."""

_BETWEEN = 4
"""So many words may stand between an adjective and its role noun."""


def settings(rows: Sequence[Units], actors: ActorDictionary, home: str) -> tuple[str, ...]:
    """The country that the sentences of an article name most, and others that it begins with.

    Adjectives, places behind "in" and, after the first sentence, capitals count half: they may be
    those of guests, of meetings and of governments that comment. None if no country is named.
    """
    scores = Counter({home: HOME} if home else {})
    lead, between = True, set()
    for units in rows:
        named = [
            (at, land)
            for at, found in enumerate(units.found)
            if isinstance(found, Entry) and (land := actors.country(found.code))
        ]
        for at, land in named:
            scores[land] += _weight(units, at, lead=lead) * (LEAD if lead else 1)
        if lead and named and _opens(units, named[0][0]):
            scores[named[0][1]] += OPENING
        between |= {land for _, land in named if lead}
        lead = lead and not named
    if not scores:
        told = _by_words(rows)
        return (told,) if told else ()
    main = scores.most_common(1)[0][0]
    return (main, *sorted(between - {main}))


def _opens(units: Units, at: int) -> bool:
    """Whether an article begins with what a country has: "Nepal's parliament", "Chad's decision"."""
    agent = _agent_behind(units, at)
    own = bool(agent) and units.letters[at] == "D" and agent.code in (*DOMESTIC, "AGR")
    own = own or units.letter(at + 1) == "s"
    return at <= 1 and own and _weight(units, at, lead=True) > 0


def _by_words(rows: Sequence[Units]) -> str:
    """The only country whose money or offices an article speaks of: "naira", "chief minister"."""
    words = {w for units in rows for w in _words_of(units)}
    lands = {name for name in word_classes() if name.startswith("land-")}
    told = [name.removeprefix("land-") for name in lands if words & word_classes()[name]]
    return told[0] if len(told) == 1 else ""


def _words_of(units: Units) -> Iterator[str]:
    """The words of a sentence, and each two that follow each other with a hyphen between."""
    yield from units.words
    yield from (word.replace(" ", "-") for word in units.words)
    yield from map("-".join, pairwise(units.words))


def _weight(units: Units, at: int, *, lead: bool) -> int:
    """2 for a country, 1 for what may be elsewhere, 0 for what is, 4 for what is at home."""
    letter, agent = units.letters[at], _agent_behind(units, at)
    owner = letter == "D" or units.letter(at + 1) == "s"
    if _last_word(agent) in ABROAD or units.word(at + 1) in STREETS:
        return 0
    if agent and owner and agent.code[:3] in DOMESTIC:
        return 4 if lead else 2
    if agent and owner and agent.code in LAWLESS:
        return 2
    if letter not in "CTRM" or units.word(at) in SEATS:
        return 1
    before = units.left_of(at - 1, "tjmkDoTR,")
    word = units.word(before)
    if _last_word(_agent_at(units, before - (word in ("to", "in", "from")))) in ABROAD:
        return 0
    if word in ("to", "into", "across"):
        if units.words_in(at - FLIGHT_REACH, at) & FLIGHT:
            return 0
        return 4 if word == "into" else 2
    if word in word_classes()["place"] and lead:
        return 0 if _is_venue(units, before) else 2
    capital = letter == "T" and not lead
    return 1 if capital or word in ("with", "against", *word_classes()["place"]) else 2


def _is_venue(units: Units, at: int) -> bool:
    """Whether people only meet there: "after nine days of talks in Gabon"."""
    near = units.words_in(at - VENUE_REACH, at)
    return "signed" in near or not near.isdisjoint(word_classes()["meeting"])


def _agent_behind(units: Units, at: int) -> Agent | None:
    for i in range(at + 1, at + 1 + _BETWEEN):
        if agent := _agent_at(units, i):
            return agent
        if units.letter(i) not in ("s", "m", "w", "v", "0"):
            break
    return None


def _agent_at(units: Units, at: int) -> Agent | None:
    found = units.found[at] if 0 <= at < len(units.found) else None
    return found if isinstance(found, Agent) else None


def _last_word(agent: Agent | None) -> str:
    return agent.noun if agent else ""
