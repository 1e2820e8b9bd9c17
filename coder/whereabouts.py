"""Names of places and adjectives of origin that only tell where somebody or something is.

"In Vienna", "the road to Delhi", "camps south of Aden", "the Rakhine coast", "Angolan crude". The
place stays an actor where one goes there, strikes there or deals with it.
"""

from collections import Counter

from coder.appositions import Phrase
from coder.ranks import SUBJECT, rank_of
from coder.units import Units
from coder.words import word_classes

STRIKE_REACH = 4
"""An attack names what it is aimed at within so many words."""

SENT_REACH = 8
"""Who is sent to a town is named within so many words before it."""

NOUN_REACH = 5
"""What a town is said to be stands within so many words: "a small and quiet port"."""

COMPASS = ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest")
AIMED = ("on", "at", "against")
""""A bomb attack by militants on a police station": however far from the attack."""


def is_struck(phrase: Phrase, units: Units) -> bool:
    """Whether an attack is aimed at a phrase."""
    at = units.left_of(phrase.first - 1, "tmjDkw")
    if units.word(at) in AIMED:
        return _is_in_attack(at, units)
    near = units.words_in(phrase.first - STRIKE_REACH, phrase.first)
    return not word_classes()["strike"].isdisjoint(near)


def is_origin(phrase: Phrase, units: Units) -> bool:
    """Whether an adjective only describes a thing: "a Danish brewer", "the Sudanese town of Kadugli"."""
    classes, at = word_classes(), phrase.last
    if _is_beyond(phrase, units):
        return True
    while units.letter(at) in ("m", "w", "k") and at < phrase.last + 3:
        last, noun = units.letter(at + 1) not in ("m", "w", "k"), units.word(at)
        wide = noun in classes["landscape"] and units.word(phrase.first - 1) not in ("to", "into")
        if last and (wide or noun in classes["origin"]):
            return not is_struck(phrase, units)
        if last and noun in classes["goods"]:
            return classes["trade"].isdisjoint(units.words)
        at += 1
    return False


def is_place(phrase: Phrase, code: str, units: Units, lands: Counter[str]) -> bool:
    """Whether a name tells where: "in Vienna", "the island of Basilan", "Ezeiza airport".

    `lands` counts the actors of the sentence by the first three letters of their code.
    """
    classes, letters = word_classes(), units.letters
    at, part = phrase.first - 1, False
    while at > 0 and (letters[at] in "tmjDk" or _is_listed(at, units)):
        at -= 1 + _is_listed(at, units)
    following = units.word(phrase.last)
    if following in classes["premises"]:
        return True
    if letters[phrase.first] in "TR" and following in classes["event"]:
        return True
    if _is_of_land(phrase, units) or (following in classes["landscape"] and units.word(at) != "to"):
        return not is_struck(phrase, units)
    if (
        units.word(at) == "of"
        and units.word(at - 1) in COMPASS
        and letters[max(0, at - 2)] not in "tij"
    ):
        return not _is_in_attack(len(letters), units)
    if _is_described(phrase, units) or _is_beyond(phrase, units):
        return True
    if _is_within(at, phrase, units):
        at, part = at - 3, True
    elif units.word(at) == "of" and units.word(at - 1) in classes["part"]:
        at, part = units.left_of(at - 2, "tmjDk"), True
    town = letters[phrase.first] == "T" or part
    word = units.word(at)
    if units.word(at - 1) in classes["institutions"]:
        return False
    if word not in classes["place"]:
        if part and word in classes["preposition"]:
            return word not in (*AIMED, "of") or not _is_in_attack(at, units)
        area = {units.word(phrase.last - 1).rsplit(" ", 1)[-1], following} & classes["area"]
        river = letters[phrase.first - 1 : phrase.first + 1] == "tR" and not area
        moved = _is_moved_at_home(at, town, code, units, lands)
        return moved or _is_on_the_way(at, town, river, units)
    if lands.total() == 1:
        return True
    named = town and lands[code[:3]] > 1
    if not named and units.words_in(0, at) & classes["travel"]:
        return False
    if not town and units.word(at - 1) in classes["affairs"]:
        return False
    struck = _is_in_attack(at, units)
    staying = units.word(at - 1) in classes["staying"]
    return lands.total() > (1 if (town or staying) and not struck else 2)


def _is_of_land(phrase: Phrase, units: Units) -> bool:
    """Whether works or a border are named for a place: "the Yongbyon nuclear complex"."""
    if units.letter(phrase.last) not in ("m", "w"):
        return False
    classes, noun = word_classes(), units.word(phrase.last + 1)
    border = units.word(phrase.last) == "border" and noun in classes["landscape"]
    return noun in classes["works"] or border


def _is_beyond(phrase: Phrase, units: Units) -> bool:
    """Whether the side of a border is meant: "on the Thai side", "the Malian side of the river"."""
    if units.word(phrase.last) != "side":
        return False
    before = units.word(phrase.first - 2)
    over = units.word(phrase.first - 1) == "the" and before in ("on", "across")
    return over or (units.word(phrase.last + 1) == "of" and before != "from")


def _is_described(phrase: Phrase, units: Units) -> bool:
    """Whether a text only tells what a town is: "Kano lies in the north", "Obock is a port"."""
    classes, at = word_classes(), phrase.last
    if units.letters[phrase.first] not in "TR" or rank_of(phrase, units) != SUBJECT:
        return False
    at += units.word(at) == "has" and units.word(at + 1) == "become"
    sits = units.word(at) in ("lies", "sits")
    if not sits and units.word(at) not in classes["being"]:
        return False
    if units.word(at + 1) in classes["place"]:
        end = at + 2
        while units.letter(end) in ("t", "m") and units.word(end) not in COMPASS:
            end += 1
        return units.word(end) in COMPASS or units.letter(end) in ("C", "T", "R", "k")
    nouns = units.words_in(at + 2, at + 2 + NOUN_REACH)
    return units.word(at + 1) in ("a", "an", "the", "one") and bool(nouns & classes["town-noun"])


def _is_within(at: int, phrase: Phrase, units: Units) -> bool:
    """Whether a noun stands between place word and town: "in the coliseum of Trinidad"."""
    noun, town = units.letters[at - 2 : at], units.letters[phrase.first] == "T"
    known = units.word(at - 1) in word_classes()["behalf"] | word_classes()["strike"]
    placed = noun == "tw" and units.word(at - 3) in word_classes()["place"]
    return town and placed and units.word(at) == "of" and not known


def _is_in_attack(end: int, units: Units) -> bool:
    """Whether the words before a unit tell of an attack."""
    return not word_classes()["strike"].isdisjoint(units.words_in(0, end))


def _is_listed(at: int, units: Units) -> bool:
    """Whether a place and "and" stand in front: "in Milan and Turin"."""
    joined = units.letters[at] in ",&" or units.word(at) == "or"
    return at > 1 and joined and units.letters[at - 1] in "TCR"


def _is_on_the_way(at: int, town: bool, river: bool, units: Units) -> bool:
    """Whether a place is only passed, left or made for.

    "Off Bosaso", "a ship from Mumbai", "the road to Delhi", "refugees from Mali", "flown to Ankara",
    "leave for Salalah", "barges on the Parana", "the road between Kaduna and Abuja", "felt as far
    away as Rotterdam".
    """
    classes, letters = word_classes(), units.letters
    word, last = units.word(at), units.word(at - 1)
    before = {last, units.word(at - 2)}
    if word in ("off", "along", "towards", "toward"):
        return True
    if word == "from":
        return bool((town and not _is_sender(at, units)) or before & classes["fleeing"])
    if word == "to" and last in ("back", "on"):
        last = units.word(at - 2)
    if word == "to":
        route = letters[at - 2 : at] in ("FT", "FR") and not _is_sender(at - 2, units)
        reached = route or last in classes["road"]
        return town and (reached or last in classes["carried"])
    if word == "for":
        return town and last in classes["departure"]
    if word == "between":
        return last in classes["road-between"]
    if word == "on" and river:
        return not _is_in_attack(at, units) and last not in classes["trade"]
    return word == "as" and "far" in before


def _is_sender(at: int, units: Units) -> bool:
    """Whether what comes "from" a town is a message, an envoy or the troops that leave it."""
    classes = word_classes()
    near = units.words_in(at - 3, at)
    asked = units.words_in(0, at) & classes["demand"]
    return bool(asked or near & classes["message"])


def _is_moved_at_home(at: int, town: bool, code: str, units: Units, lands: Counter[str]) -> bool:
    """Whether a country sends somebody to a town of its own: "the army moved tanks to Basilan"."""
    if units.word(at) != "to" or not town or lands[code[:3]] < 2:
        return False
    classes, words = word_classes(), [units.word(i) for i in range(max(0, at - SENT_REACH), at)]
    verbs = words if words[-1:] in (["moved"], ["rushed"]) else words[:-1]
    sent = [i for i, word in enumerate(verbs) if word in classes["sending"]]
    told = classes["message"] | {"back"}
    return bool(sent) and not told & {*words[sent[-1] :]}
