"""Actors by their words that take no part: places, buildings, adjectives of origin, teams.

They are left out unless something is done to them: "bombed a hospital", "arrived in Hanoi". The
articles of other desks, such as sports and markets, keep only actors with a political role.
"""

import re
from collections import Counter

from coder.appositions import Phrase
from coder.memory import SUBJECT, rank_of
from coder.roles import role_of
from coder.units import Units
from coder.whereabouts import is_origin, is_place, is_struck
from coder.words import word_classes

DESK_WORDS = 4
"""So many different words of sports or markets make an article one of that desk."""

DESK_SHARE = 0.02
"""And so large a part of all words."""

APOLITICAL = ("", "BUS", "CVL", "MED", "MIL", "EDU")
"""First roles that are no politics in sports and markets: captains, companies, analysts."""

TELLERS = ("reporter", "journalist")
BUILDINGS = ("court", "parliament", "school", "hospital", "church")
""""In court" is where; "in the court" may be what one attacks."""

OBSERVERS = ("expert", "analyst", "observer")
"""Who only tells of the actors."""

_TOPIC = re.compile(r"\b(?:views|talks|discussions) (?:on|about)\b")
"""What follows is what was talked about, not a party to the talks."""

_WORD = re.compile(r"[a-z][a-z-]+")


def is_other_desk(text: str) -> bool:
    """Whether an article is about a game, a market, a film or a discovery rather than politics."""
    words = Counter(_WORD.findall(text.lower()))
    for desk in ("sports", "market", "culture-desk", "science"):
        told = word_classes()[desk] & words.keys()
        if len(told) >= DESK_WORDS:
            if sum(words[w] for w in told) >= DESK_SHARE * words.total():
                return True
    return False


def is_bystander(
    phrase: Phrase, code: str, units: Units, lands: Counter[str], *, desk: bool
) -> bool:
    """Whether an actor is only where, to whom or what about the others speak or act.

    `lands` counts the actors of the sentence by the first three letters of their code, `desk` says
    whether the article is of another desk than politics.
    """
    before = units.word(phrase.first - 1)
    if desk and role_of(code)[:3] in APOLITICAL:
        return True
    if phrase.title in TELLERS:
        return before in ("to", "told", "tells")
    if phrase.title == "newspaper" and before == "this":
        return True
    if phrase.title in OBSERVERS and phrase.how == "inferred":
        return rank_of(phrase, units) == SUBJECT
    topic = _TOPIC.search(units.text)
    if topic and topic.end() <= units.starts[phrase.first] and before not in ("with", "between"):
        return phrase.how == "dictionary"
    if phrase.title:
        return _is_premises(phrase, units)
    if phrase.how != "dictionary":
        return False
    if units.letters[phrase.first] == "D":
        return is_origin(phrase, units)
    return units.letters[phrase.first] in "TCR" and is_place(phrase, code, units, lands)


def _is_premises(phrase: Phrase, units: Units) -> bool:
    """Whether a role noun is a building or equipment that neither acts nor is attacked."""
    premises = word_classes()["premises"]
    if units.letters[phrase.first] not in "AaBmgf":
        return False
    following = units.word(phrase.last)
    noun = phrase.title.rsplit(" ", 1)[-1]
    at = phrase.first - 1
    while at > 0 and units.letters[at] in "tjmN":
        at -= 1
    placed = units.word(at) in word_classes()["place"]
    if at == phrase.first - 1 and noun in BUILDINGS and units.word(at) in ("in", "at", "from"):
        return True
    if noun in word_classes()["institutions"] and phrase.how != "inferred":
        return False
    if noun in word_classes()["institutions"]:
        return placed
    if noun.removesuffix("s") not in premises and noun not in premises:
        if following.removesuffix("s") not in premises:
            return False
    elif rank_of(phrase, units) == SUBJECT and not placed:
        return False
    return not is_struck(phrase, units)
