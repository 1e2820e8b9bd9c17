"""What an actor is in its sentence: subject, object or neither; a person, a body or several."""

from coder.actors import Agent
from coder.anaphors import NUMBERS
from coder.appositions import Phrase
from coder.units import Units
from coder.words import word_classes

SUBJECT, OBJECT, OBLIQUE = 2, 1, 0
"""How prominent an actor is in its sentence: pronouns mostly stand for subjects."""

_ENDS_OF_ACTORS = "CDTRMOPEAaBNk,"

_NAMED_BODIES = frozenset(
    "command front movement union party board agency council committee authority commission"
    " ministry league alliance forum network bank group association federation fund foundation"
    " institute office company corporation army force forces brigade".split()
)
_APPEALS = frozenset("call called calls calling appeal appealed appeals appealing".split())
_AMOUNTS = ("thousands", "hundreds", "dozens", "scores", "tens", "crowd", "group", "number")


def kind_of(phrase: Phrase, codes: tuple[str, ...], units: Units) -> str:
    """ "person", "body", "plural" or "", as `memory.Referent` has it."""
    if len(codes) >= 2 or phrase.ask in ("they", "them", "men", "persons", "counted", "rest"):
        return "plural"
    if phrase.ask == "body" and isinstance(units.found[phrase.last - 1], Agent):
        return "plural" if units.letters[phrase.last - 1] == "a" else "person"
    if phrase.ask in ("it", "body", "land"):
        return "body"
    if phrase.name and not phrase.title and phrase.name.lower().split()[-1] in _NAMED_BODIES:
        return "body"
    word = units.word(phrase.last - 1)
    if not phrase.name and word in word_classes()["premises"] | word_classes()["vessel"]:
        return "body"
    if phrase.single and (phrase.name or phrase.title or phrase.ask):
        return "" if units.word(phrase.first - 1) in ("his", "her") else "person"
    agents = [f for f in units.found[phrase.first : phrase.last] if isinstance(f, Agent)]
    if agents:
        if _is_one_of(phrase, units):
            return "person"
        head = next((agent for agent in agents if agent.name == phrase.title), agents[-1])
        crowd = head.plural or head.noun in ("police", "crowd", "crew", "family")
        return "plural" if crowd else "body"
    if units.letters[phrase.last - 1] in "DE":
        return "plural" if word.endswith("s") and not word.endswith("ss") else ""
    return "body"


def _is_one_of(phrase: Phrase, units: Units) -> bool:
    """Whether "one of its nurses" is meant."""
    at = units.left_of(phrase.first - 1, "tjm")
    return units.word(at) == "of" and units.word(at - 1) == "one"


def rank_of(phrase: Phrase, units: Units) -> int:
    """Whether a phrase is the subject of a clause, by the word in front of it."""
    classes, at = word_classes(), _before(phrase, units)
    word = units.word(at)
    if word in ("and", "or"):
        listed = at > 0 and units.letters[at - 1] in _ENDS_OF_ACTORS
        acts = units.letter(at - 1) == "," and units.letter(phrase.last) in "wx"
        return OBJECT if listed and not acts else SUBJECT
    if word in ("to", "on") and units.word(at - 1) in _APPEALS:
        return OBJECT
    if word in classes["preposition"] or units.letter(phrase.last) == "s":
        return OBLIQUE
    opens = at < 0 or units.letters[at] in '",:dTCRN' or word in classes["moment"]
    said = word in classes["say"] and word != "told" and units.letter(at - 1) != "u"
    return SUBJECT if opens or said or word in classes["clause"] else OBJECT


def _before(phrase: Phrase, units: Units) -> int:
    """The unit in front of a phrase and of its determiner, number, modifiers and "dozens of"."""
    at = phrase.first - 1
    while at >= 0 and units.letters[at] in "tjmv0gf":
        if (
            units.word(at) == "that"
            and units.letter(at - 1) in tuple("xwaANzCTO")
            and (units.letters[phrase.first] in "CDTRMOPN" or is_plural(phrase, units))
        ):
            break
        if units.letters[at] in "gf" and units.letter(at - 1) not in ("t", "j", "m"):
            break
        at -= 1
    if units.letter(at) == "w" and units.word(at) not in word_classes()["moment"]:
        if at > 0 and units.letters[at - 1] in "tjmv0":  # "two smaller parties"
            at -= 1
            while at >= 0 and units.letters[at] in "tjmv0":
                at -= 1
    if units.word(at) == "of" and (units.word(at - 1) in _AMOUNTS or units.word(at - 1) in NUMBERS):
        at -= 2
    return at


def is_plural(phrase: Phrase, units: Units) -> bool:
    """Whether the last word of a phrase looks like several: "militants", "policemen"."""
    return units.word(phrase.last - 1).endswith(("s", "men", "people", "police"))
