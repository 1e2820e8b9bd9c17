"""Persons by their names: "Ali Omar", "Kenya's Raila Odinga", "Kenyan runner Paul Kirui", "a Dane"."""

import re
from collections.abc import Mapping
from dataclasses import replace

from coder.actors import ActorDictionary, Entry
from coder.appositions import Phrase
from coder.roles import join
from coder.senses import AMOUNTS, COUNTS
from coder.units import Units
from coder.words import word_classes

NAME = r"h?(?:[Nn](?:p*[NE]){0,4}P?|P)"
"""The class letters of a person's name."""

_NAME = re.compile(NAME)
_NATIVE = re.compile(rf"(?:D|[CTR]s)m{{0,2}}(?P<name>{NAME})")
_TRADE = re.compile(r"D(?P<trade>[mw]?w)(?P<name>NN{1,2}(?!N))")
_WHOLE_NAME = re.compile(r"h?NN{1,2}(?![NnA])")
_CRAFT = re.compile(r"(?:(?<!mak)(?<!partn)(?<!p)er|or|ist|ian|man|eur|ess|star)$")
""""Kenyan runner Paul Kirui": the word for a person whose trade no dictionary has."""


def match_person(
    units: Units, at: int, actors: ActorDictionary, names: Mapping[str, str]
) -> tuple[list[Phrase], int] | None:
    """The person whose name, or country and name, begins at a unit, and the unit to go on from."""
    letters = units.letters
    if found := _NATIVE.match(letters, at):
        if units.word(found.end() - 1) in word_classes()["scenery"]:
            return [], found.end()
        return [_native(units, found, actors, names)], found.end()
    if (found := _TRADE.match(letters, at)) and _CRAFT.search(units.word(found.end("trade") - 1)):
        return [_native(units, found, actors, names, "CVL")], found.end()
    if found := _NAME.match(letters, at):
        return [_named(units, *found.span(), names)], found.end()
    return None


def known_person(units: Units, first: int, last: int, names: Mapping[str, str]) -> Phrase:
    """A name from the article, from the dictionary, or still unknown."""
    name = name_text(units, first, last)
    if name in names:
        return Phrase(first, last, names[name], "remembered", name=name, single=True)
    entry = entry_in(units, first, last)
    if entry is not None and entry.kind == "person":
        return Phrase(first, last, entry.code, "dictionary", name=name, single=True)
    return Phrase(first, last, "", "", name=name, single=True, ask="name")


def _named(units: Units, first: int, last: int, names: Mapping[str, str]) -> Phrase:
    """A name without a title; the word that begins a sentence may not belong to it."""
    person = known_person(units, first, last, names)
    if person.how != "remembered" and units.letters[first] == "n" and last - first > 1:
        rest = _NAME.match(units.letters, first + 1)
        if rest and (shorter := known_person(units, *rest.span(), names)).how:
            return shorter
    return person


def _native(
    units: Units,
    found: re.Match[str],
    actors: ActorDictionary,
    names: Mapping[str, str],
    role: str = "",
) -> Phrase:
    """ "Kenya's Raila Odinga": the person's own code, else the country's with a role."""
    person = _named(units, *found.span("name"), names)
    code, entry = person.code, units.found[found.start()]
    if not code and isinstance(entry, Entry):
        land = actors.country(entry.code)
        code = join(land, role) if role else land
    if not code:  # "the Asian Cup"
        return replace(person, first=found.start())
    return replace(person, first=found.start(), code=code, how=person.how or "composed", ask="")


def with_name(units: Units, phrase: Phrase) -> Phrase:
    """Add the name in "head of the Kenyan army Ali Omar"."""
    found = _WHOLE_NAME.match(units.letters, phrase.last)
    if not found or not phrase.single or phrase.name or units.letters[phrase.last - 1] not in "aO":
        return phrase
    return replace(phrase, last=found.end(), name=name_text(units, *found.span()))


def is_people(units: Units, at: int) -> bool:
    """Whether a demonym is one or some of its people: "14 Indians", "a Dane was freed"."""
    before = at - 1
    while before > 0 and units.letters[before] in "mg" and units.word(before) not in COUNTS:
        before -= 1
    if units.word(at - 1) == "of" and units.word(at - 2) in AMOUNTS:
        return units.word(at).endswith(("s", "ese"))
    count, noun = units.word(before), units.word(at)
    following, after = units.letter(at + 1), units.word(at + 1)
    if noun in word_classes()["native"] and units.letter(at - 1) in ("t", "j"):
        return True
    if following not in tuple("x.,;&iF"):
        return False
    if count in COUNTS or units.letters[before] == "0":
        return noun.endswith(("s", "ese")) and not after.endswith("ing")
    describes = units.letter(at + 2) in ("w", "m")  # "a Thai invented game"
    acts = after in word_classes()["acting"] | word_classes()["aux"]
    acts = acts or (after.endswith("ed") and not describes)
    return count in ("a", "an", "another") and (following != "x" or acts or after[:2] == "wh")


def entry_in(units: Units, first: int, last: int) -> Entry | None:
    """The first dictionary name among some units."""
    return next((e for e in units.found[first:last] if isinstance(e, Entry)), None)


def name_text(units: Units, first: int, last: int) -> str:
    """A name as it is written, without its "Mr"."""
    return text_of(units, first + (units.letters[first] == "h"), last)


def text_of(units: Units, first: int, last: int) -> str:
    """The text of units `first` to `last` (exclusive)."""
    return units.text[units.starts[first] : units.ends[last - 1]]
