"""Names that are no actor where they stand: namesakes, places, waters, treaties, dishes.

"Michael Jordan", "Jordan Henderson", "at the White House", "the Panama Canal", "the Oslo accords",
"French fries". The rules look at the class letters of `Units`.
"""

import re
from collections.abc import Sequence

from coder.actors import ActorDictionary, Agent, Entry
from coder.units import Units
from coder.words import word_classes

_GIVEN_FIRST = re.compile(r"N(?:p*N){0,3}[CTR](?!,[CR])|nT(?!,[CR])")
""""Michael Jordan", "Bayern Munich": a place behind a name belongs to the name."""

_PLACE_FIRST = re.compile(r"[CT]N(?:p*N){0,3}")
""""Jordan Henderson", "Paris Saint-Germain", "Jordan River"."""

_SURNAME = re.compile(r"N(?:p*N){0,2}A(?![NPA])")
""""Martin Luther King"."""

_OF = re.compile(r"Not?[CTR](?!s)")
""""Treaty of Rome"."""

_TREATY = re.compile(r"T[mwd]{0,2}w")
_WAR = re.compile(r"[CTR](?:-[CTR])?w")
_ADJECTIVE = re.compile(r"(?:ed|ing|ous|less|ful|ish|s)$|-")


def match_name(units: Units, at: int, actors: ActorDictionary) -> int:
    """The end of a name of several words that begins here and holds a place or a title; else 0."""
    letters = units.letters
    if found := _GIVEN_FIRST.match(letters, at):
        return 0 if letters[at] == "n" and _ADJECTIVE.search(units.word(at)) else found.end()
    if found := _PLACE_FIRST.match(letters, at):
        return found.end()
    if (found := _SURNAME.match(letters, at)) and units.word(at) in actors.given_names:
        last = units.found[found.end() - 1]
        if isinstance(last, Agent) and units.text[units.starts[found.end() - 1]].isupper():
            return found.end()
    if (found := _OF.match(letters, at)) and units.letter(at - 1) not in ("N", "n", "h"):
        return found.end()
    return 0


def is_thing(units: Units, at: int, actors: ActorDictionary) -> bool:
    """Whether a name only describes what follows or tells where: "speaks Turkish", "Irish Sea"."""
    classes, letters = word_classes(), units.letters
    letter, following = letters[at], units.word(at + 1)
    if following in classes["scenery"] and letters[at + 1] in "wNn":
        return True
    if letter in "DE":
        return following in classes["culture"] or units.word(at - 1) in classes["speak"]
    if letter == "M":
        return _is_behind_place_word(units, at)
    if letter == "O" and following in classes["gathering"]:
        return True
    if letter in "CR" and (war := _WAR.match(letters, at)):
        return units.word(war.end() - 1) in classes["scenery"]
    if letter == "R":
        entry = units.found[at]
        words = units.word(at).split()
        named = {words[0], words[-1]} & classes["scenery"]
        return bool(named) and isinstance(entry, Entry) and not actors.country(entry.code)
    if letter != "T":
        return False
    if treaty := _TREATY.match(letters, at):
        last = units.word(treaty.end() - 1)
        if last in classes["treaty"] or last in classes["gathering"]:
            return True
    noun = units.letter(at + 1) == "w" and not following.endswith(("s", "ed"))
    return noun and units.word(at - 1) in ("the", "a", "this")


def _is_behind_place_word(units: Units, at: int) -> bool:
    before = at - 1 - (units.letter(at - 1) == "t")
    return before >= 0 and units.letters[before] == "i"


def is_verb(units: Units, agents: Sequence[object], begin: int, end: int) -> bool:
    """Whether a plural is a verb here: "the agency suspects a reactor"."""
    agent = agents[0]
    if len(agents) > 1 or not isinstance(agent, Agent) or not agent.plural:
        return False
    if agent.name.removesuffix("s") not in word_classes()["verbal"]:
        return False
    return units.letter(end) in ("t", "j") and units.letter(begin - 1) in tuple("wANCTO")
