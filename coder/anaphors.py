"""Phrases that only the article can code: pronouns, "the agency", "both sides", "his men"."""

import re
from dataclasses import replace

from coder.actors import Agent
from coder.appositions import Phrase
from coder.roles import NOWHERE, office_of
from coder.things import is_verb
from coder.units import Units
from coder.words import word_classes, world_regions

_GROUP = re.compile(r"[tj]v(?:m{0,2}[aS]|[mDERN]{1,2}S)|v[mDERN]{0,2}S|tS|tvx")
_REGION = re.compile(r"[tj]?vR(?=[xz.,s]|$)")
_MANY = re.compile(r"[tj]m[mDERN]{0,2}S")
_LAND = re.compile(r"[tj](?:[DERNm]{0,3}[wk]|N)")
_MEN = re.compile(r"t[v0mg]{0,2}w")
_COUNTED = re.compile(r"[tj][m0](?=[xFuzi.,]|$)")
_HEIR = re.compile(r"jm?w")
_VISIT = re.compile(r"[tj]m?[wA](?=[xquF.,;&jtriod]|w[tj]|$)")
_BOTH = re.compile(r"vm{0,2}a")
_EACH = re.compile(r"jw")
_BODYS = re.compile(r"s[mw]{0,2}(?P<role>[AaB](?:m?[AaB])*)")
_OWNED = re.compile(r"s[mwNk]{0,3}(?P<role>[AaB](?:m?[AaB])*)")

_BEHIND_HER = frozenset(
    "as that on with by when while after before and but over because out off".split()
)
DEFINITE = ("the", "this", "that", "these", "those", "same")
"""Words in front of somebody who was named before."""

HEIRS = ("predecessor", "successor")
VISIT = ("guest", "visitor", "host")
_LANDS = ("countries", "kingdoms", "nations", "states", "republics")
_REST_VERBS = frozenset(
    "were was are have had remain remained against abstained voted resigned refused died surrendered"
    " escaped fled survived".split()
)
"""What follows a number that stands for persons: "and seventeen against"."""

_MEMBERS = ("member", "nation", "country", "state", "party")
THINGS = frozenset(
    "office house farm estate plant mine paper service chain trust weekly daily magazine newspaper".split()
)
""""A Danish plant" names no actor, though "the plant" may be a firm that was named before."""

_ROOMS = ("office", "house", "chamber", "farm", "estate", "plant", "mine")
EACH = ("country", "nation", "state", "side")
COUNTS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
).split()
NUMBERS = frozenset(
    "one dozen dozens scores hundreds thousands several some many most all none few half part"
    " majority number handful".split()
    + COUNTS
)


def is_count(word: str) -> bool:
    """Whether a word is a number: "six", "forty-one", "1,200"."""
    return word.partition("-")[0] in COUNTS or word.replace(",", "").isdigit()


def reference(
    first: int, last: int, ask: str, title: str = "", code: str = "", *, single: bool = False
) -> Phrase:
    """A phrase that the article settles: what to `ask` and what the words call it."""
    return Phrase(first, last, code, "anaphor", title=title, single=single, ask=ask)


def match_anaphor(units: Units, at: int) -> Phrase | None:
    """The reference that begins at a unit with the letter of a pronoun, determiner or "two"."""
    if units.letters[at] in "qyz" or _is_object(units, at):
        return _pronoun(units, at)
    if units.word(at) == "both" and _stands_alone(units, at + 1):
        return reference(at, at + 1, "two", "them")
    if units.letters[at] in "mv0":
        if rest := _rest(units, at):
            return rest
        if units.letters[at] != "v":
            return None
    if group := _group(units, at) or _persons(units, at) or _land(units, at):
        return group
    noun = at + 1
    if units.letters[noun : noun + 2] == "m-" and units.word(noun + 2) in _MEMBERS:
        noun += 3  # "the ten-member bloc"
    while noun < at + 4 and _describes(units, noun):
        noun += 1
    if units.letter(noun) != "w" or units.letters[at] not in "tj":
        return None
    if units.word(at) not in (*DEFINITE, "his", "her", "their"):
        return None
    return match_body(units, noun)


def _describes(units: Units, at: int) -> bool:
    """Whether a unit may stand before "bloc": "the regional", "the Jakarta-based"."""
    hyphened = "-" in units.word(at) and units.letter(at + 1) == "w"
    return units.letter(at) == "m" or hyphened


def _rest(units: Units, at: int) -> Phrase | None:
    """ "Six others were captured", "and seventeen against": some of the kind just counted."""
    count, before = units.word(at), units.letter(at - 1)
    if not is_count(count) or (count.isdigit() and len(count) == 4):
        return None
    last = at + 2 if units.word(at + 1) in ("others", "more") else at + 1
    following = units.word(last)
    acts = following in _REST_VERBS or (last > at + 1 and following.endswith(("ed", "en")))
    opens = before in ("", ",", "&", ";") or units.word(at - 1) in word_classes()["clause"]
    opens = opens or units.word(at - 1) in word_classes()["say"]
    if not (acts and opens):
        return None
    return reference(at, last, "rest", count)


def _stands_alone(units: Units, at: int) -> bool:
    """Whether nothing follows that "both" counts: "thanked both.", "both have denied"."""
    word = units.word(at)
    ends = units.letter(at) in ("", ".", ",", "u")
    return ends or word in word_classes()["say"] or word in ("are", "were", *word_classes()["aux"])


def _is_object(units: Units, at: int) -> bool:
    """Whether "her" is whom something is done to: "accused her of", "told her to", "met her."."""
    following = units.letter(at + 1)
    alone = following in ("", ".", ",", "o", "u", "F", "i", "r", "d", "t", "j")
    return units.word(at) == "her" and (alone or units.word(at + 1) in _BEHIND_HER)


def _group(units: Units, at: int) -> Phrase | None:
    """ "The two presidents", "both sides", "each country"; "two soldiers" are none."""
    letters = units.letters
    group = _GROUP.match(letters, at)
    region = _REGION.match(letters, at)  # "Arab states"
    if region and units.word(region.end() - 1).rsplit(" ", 1)[-1] in _LANDS:
        return reference(at, region.end(), "many", "states")
    many = _MANY.match(letters, at)
    if many and units.word(at) in ("the", "all") and (count := units.word(at + 1)) in COUNTS[:11]:
        if _is_regional(units, at, many.end() - 1):
            title = units.word(many.end() - 1)
            return replace(reference(at, many.end(), "many", title), name=count)
    if not group and units.word(at) == "both":
        group = _BOTH.match(letters, at)
    if not group and units.word(at) == "each" and units.word(at + 1) in EACH:
        group = _EACH.match(letters, at)
    if not group:
        return None
    end = group.end() - (letters[group.end() - 1] == "x")
    if letters[end - 1] == "S" and (
        not _is_regional(units, group.start(), end - 1) or _is_scene(units, at, end)
    ):
        return None
    owned = _OWNED.match(letters, end)
    if owned and isinstance(agent := units.found[owned.end("role") - 1], Agent):
        return reference(at, owned.end("role"), "two", agent.name, NOWHERE + agent.code)
    title, agent = units.word(end - 1), units.found[end - 1]
    code = ""
    if isinstance(agent, Agent):
        if office_of(NOWHERE + agent.code) == "" or "PTY" in agent.code:
            return None
        title, code = agent.name, NOWHERE + agent.code
    return reference(at, end, "two", title, code)


def region_in(units: Units, first: int, last: int) -> str:
    """The part of the world in "the two Baltic states", "the tiny West African nation"; else ""."""
    words = " ".join(units.word(i) for i in range(first, last)).split()
    ends = (" ".join(words[i:]) for i in range(len(words)))
    return next((words for words in ends if words in world_regions()), "")


def _is_regional(units: Units, first: int, last: int) -> bool:
    """Whether countries are described by nothing, or by a part of the world."""
    names = {*units.letters[first:last]} & {*"DERN"}
    return not names or bool(region_in(units, first, last))


def _is_scene(units: Units, at: int, end: int) -> bool:
    """Whether "in both countries", "on both sides" only tells where."""
    if units.word(at - 1) == "on":
        called = units.word(at - 2) in ("call", "calls", "called", "calling", "pressure")
        return units.word(end - 1) == "sides" and not called
    return units.letter(at - 1) == "i" and units.word(end - 1) in _LANDS


def _land(units: Units, at: int) -> Phrase | None:
    """ "The country's power", "the Gulf state", "the other side"; not "across the country"."""
    found = _LAND.match(units.letters, at)
    if not found or units.word(at) not in ("the", "its", "their"):
        return None
    noun, end = found.end() - 1, found.end()
    title, following = units.word(noun), units.letter(end)
    if title == "side" and units.word(noun - 1) == "other" and units.word(at) == "the":
        return reference(at, end, "land", title)
    near = title in ("neighbour", "neighbor") or units.word(noun - 1).startswith("neighbour")
    before = units.word(at - 1)
    given = following == "w" and before in word_classes()["giving"]
    opens = at == 0 and units.word(end).endswith("s")  # "The island depends on"
    given = given or (opens and units.letter(end + 1) in tuple("xouitjFr"))
    given = given or (following == "o" and units.word(end + 1).endswith("ing"))
    if title not in word_classes()["land"] or (following in tuple("oaANwk") and not given):
        return None
    if not near and (units.word(at) != "the" or not _is_regional(units, at + 1, noun)):
        return None
    region = region_in(units, at + 1, noun)
    if title == "state" and not (region or near):
        return None
    if following == "s":
        return None if _OWNED.match(units.letters, end) else reference(at, end, "land", title)
    if before == "of" and units.letters[at - 2 : at - 1] in ("A", "a"):
        return reference(at, end, "land", title)
    away = before in word_classes()["preposition"] and before not in ("with", "for", "against")
    if before in word_classes()["residence"] or before in ("on", "off", "out"):
        return None
    told = title == "nation" and units.word(at - 2) not in word_classes()["fleeing"]
    if away and not (before == "to" and (region or near or told)):
        return None
    return reference(at, end, "land", title)


def _persons(units: Units, at: int) -> Phrase | None:
    """ "The two men", "the seven", "all three", "her predecessor"."""
    letters = units.letters
    men = _MEN.match(letters, at)
    if men and units.word(men.end() - 1) in ("men", "women") and units.letter(men.end()) != "o":
        count = units.word(men.end() - 2) if men.end() - at > 2 else ""
        return reference(at, men.end(), "persons", count)
    counted = _COUNTED.match(letters, at)
    if counted and units.word(at) in ("the", "all"):
        count = units.word(at + 1)
        if count in COUNTS or count.isdigit():
            return reference(at, at + 2, "counted", count)
    visit = _VISIT.match(letters, at)
    if visit and (noun := units.word(visit.end() - 1)) in VISIT:
        if units.word(at) in ("the", "his", "her", "their"):
            return reference(visit.end() - 1, visit.end(), "guest", noun, single=True)
    heir = _HEIR.match(letters, at)
    if heir and units.word(at) in ("his", "her") and (noun := units.word(heir.end() - 1)) in HEIRS:
        return reference(heir.end() - 1, heir.end(), "heir", noun, single=True)
    return None


def match_body(units: Units, at: int) -> Phrase | None:
    """ "The agency", "the group's leaders": an organisation that the article named before."""
    noun = units.word(at)
    if noun == "men" and units.word(at - 1) in ("his", "her", "their"):
        return reference(at, at + 1, "men")
    old = units.word(at - 1) in ("old", "young", "elderly", "older", "younger")
    if noun == "man" and units.word(at - 1 - old) == "the" and units.letter(at + 1) != "o":
        return reference(at, at + 1, "man", single=True)
    following = units.found[at + 1 : at + 2]
    of = units.letter(at + 1) == "o" and not units.word(at + 2).endswith("ing")
    if noun not in word_classes()["body"] or of:
        return None
    if noun in _ROOMS and _is_room(units, at):
        return None
    if (
        following
        and isinstance(following[0], Agent)
        and not is_verb(units, following, at + 1, at + 2)
    ):
        return None
    owned = _BODYS.match(units.letters, at + 1)
    if not owned:
        return reference(at, at + 1, "body", noun)
    agent = units.found[owned.end() - 1]
    code = NOWHERE + agent.code if isinstance(agent, Agent) else ""
    return reference(at, owned.end(), "body", noun, code)


def _is_room(units: Units, at: int) -> bool:
    """Whether somebody is in, leaves or goes to what else could act: "left the chamber"."""
    place = word_classes()["place"] | word_classes()["residence"] | word_classes()["strike"]
    return units.word(units.left_of(at - 1, "tjm")) in place


def _pronoun(units: Units, at: int) -> Phrase | None:
    """ "He", "them", "both of them"; nothing for "among them" and "news of them"."""
    word, before = units.word(at), units.word(at - 1)
    if word == "them" and before == "of" and units.word(at - 2) in ("both", "either", "neither"):
        return reference(at - 2, at + 1, "two", "them")
    if word == "them" and before in ("of", "among"):
        counted = before == "of" and (units.letters[at - 2] == "0" or units.word(at - 2) in NUMBERS)
        return reference(at, at + 1, "they") if counted else None
    ask = {"she": "he", "her": "him"}.get(word, word)
    return reference(at, at + 1, ask, single=ask in ("he", "him"))
