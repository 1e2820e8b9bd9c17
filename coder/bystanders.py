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
from coder.words import word_classes

DESK_WORDS = 4
"""So many different words of sports or markets make an article one of that desk."""

DESK_SHARE = 0.02
"""And so large a part of all words."""

STRIKE_REACH = 4
"""An attack on premises names them within so many words."""

APOLITICAL = ("", "BUS", "CVL", "MED", "MIL", "EDU")
"""First roles that are no politics in sports and markets: captains, companies, analysts."""

TELLERS = ("reporter", "journalist")
BUILDINGS = ("court", "parliament", "school", "hospital", "church")
""""In court" is where; "in the court" may be what one attacks."""

GONE_TO = ("court", "school", "hospital", "church")
""""Went to court", "settled out of court"."""

IS = ("is", "was", "be", "been", "became", "become", "becomes", "being")
""""Is a former president": what somebody is."""

BACKED = ("backed", "supported", "escorted", "accompanied", "covered", "followed")
""""Troops backed by helicopters"."""

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
        return before in ("to", "told", "tells") and not phrase.placed
    if phrase.title == "newspaper" and before == "this":
        return True
    if phrase.title in OBSERVERS and phrase.how == "inferred":
        return rank_of(phrase, units) == SUBJECT
    if _is_predicate(phrase, units):
        return True
    topic = _TOPIC.search(units.text)
    if topic and topic.end() <= units.starts[phrase.first] and before not in ("with", "between"):
        return phrase.how == "dictionary"
    if phrase.title:
        return _is_premises(phrase, units)
    if phrase.how != "dictionary":
        return False
    if units.letters[phrase.first] == "D":
        return _is_origin(phrase, units)
    return units.letters[phrase.first] in "TCR" and _is_place(phrase, code, units, lands)


def _is_predicate(phrase: Phrase, units: Units) -> bool:
    """Whether a role only says what somebody is: "he is a former president of Burundi"."""
    if not phrase.title or phrase.name or not phrase.single:
        return False
    at = phrase.first - 1
    while at > 0 and units.letters[at] in "mgf0w":
        at -= 1
    told = units.word(at) in ("a", "an") and units.word(at - 1) in IS
    return told and units.word(at - 2) not in ("there", "it", "that")


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
    gone = units.word(at) == "to" or (units.word(at) == "of" and units.word(at - 1) == "out")
    if gone and at == phrase.first - 1 and noun in GONE_TO:
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
    elif units.word(at) == "by" and units.word(at - 1) in BACKED and role_of(phrase.code) == "MIL":
        return False
    return not _is_struck(phrase, units)


def _is_struck(phrase: Phrase, units: Units) -> bool:
    near = range(max(0, phrase.first - STRIKE_REACH), phrase.first)
    return any(units.word(i) in word_classes()["strike"] for i in near)


def _is_origin(phrase: Phrase, units: Units) -> bool:
    """ "A Danish brewer", "an Italian passport", "the Sudanese town of Kadugli"."""
    at = phrase.last
    while units.letters[at : at + 1] in ("m", "w", "k") and at < phrase.last + 3:
        last = units.letters[at + 1 : at + 2] not in ("m", "w", "k")
        if last and units.word(at) in word_classes()["origin"]:
            return not _is_struck(phrase, units)
        at += 1
    return False


def _is_on_the_way(at: int, town: bool, units: Units) -> bool:
    """ "Off Bosaso", "a ship from Mumbai", "the road to Delhi", "refugees from Mali"."""
    classes, word = word_classes(), units.word(at)
    if word in ("off", "along", "towards", "toward"):
        return True
    before = {units.word(at - 1), units.word(at - 2)}
    if word == "from":
        told = units.word(at - 1) in classes["message"]
        return bool((town and not told) or before & classes["fleeing"])
    return word == "to" and town and units.word(at - 1) in classes["road"]


def _is_listed(at: int, letters: str) -> bool:
    """Whether a place and "and" stand in front: "in Milan and Turin"."""
    return at > 1 and letters[at] in ",&" and letters[at - 1] in "TCR"


def _is_place(phrase: Phrase, code: str, units: Units, lands: Counter[str]) -> bool:
    """ "In Vienna", "the island of Basilan", "Ezeiza airport", unless one travels there."""
    classes, letters = word_classes(), units.letters
    if units.word(phrase.last) in classes["premises"]:
        return True
    at, part = phrase.first - 1, False
    while at > 0 and (letters[at] in "tmjD" or _is_listed(at, letters)):
        at -= 1 + _is_listed(at, letters)
    if units.word(at) == "of" and units.word(at - 1) in classes["part"]:
        at, part = at - 2, True
        while at > 0 and letters[at] in "tmjDk":
            at -= 1
    town = letters[phrase.first] == "T" or part
    word = units.word(at)
    if units.word(at - 1) in classes["institutions"]:
        return False
    if word not in classes["place"]:
        return (part and word in classes["preposition"]) or _is_on_the_way(at, town, units)
    if lands.total() == 1:
        return True
    named = town and lands[code[:3]] > 1
    if not named and any(units.word(i) in classes["travel"] for i in range(at)):
        return False
    if not town and units.word(at - 1) in classes["affairs"]:
        return False
    struck = any(units.word(i) in classes["strike"] for i in range(at))
    return lands.total() > (1 if town and not struck else 2)
