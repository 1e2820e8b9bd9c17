"""Actors by their words that take no part: places, buildings, adjectives of origin, teams.

They are left out unless something is done to them: "bombed a hospital", "arrived in Hanoi". The
articles of other desks, such as sports and markets, keep only actors with a political role.
"""

import re
from collections import Counter

from coder.appositions import Phrase
from coder.ranks import SUBJECT, rank_of
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
FIGURES = ("show", "showed", "suggest", "suggested", "indicate", "put")
SOURCES = ("source", "sources")
"""The "bank source" who told something."""

INDOORS = ("in", "at", "from")
AT_COURT = (*INDOORS, "to", "of", "before", "outside")
LEARNT = frozenset("learn learnt learned hear heard know knew".split())
AIRED = ("television", "radio", "tv")
POWERS = ("government", "opposition")
FORMS = ("seat", "form", "system", "change", "level")
""""The seat of government", "a change of government"."""

LESSONS = ("school", "university", "college")
MISSIONS = ("embassy", "consulate", "embassies", "consulates")
BUILDINGS = ("court", "parliament", "school", "hospital", "church")
""""In court" is where; "in the court" may be what one attacks."""

REPORTED = ("reported", "reports", "report")
MISTAKEN = frozenset("took take takes taken mistook mistaken".split())
RUNNING = frozenset(
    "running run runs ran stand stands stood standing bid candidate nominee".split()
)
NO_ROLE = ("such", "well", "long", "soon", "far", "much", "many", "just", "same")
""""As well as a soldier" does not say what somebody is."""
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
    if units.word(phrase.last) == "figures" and units.word(phrase.last + 1) in FIGURES:
        return True
    if before in ("every", "any") and role_of(code) == "CVL" and phrase.single:
        return True
    sources = {units.word(phrase.last - 1), units.word(phrase.last)} & {*SOURCES}
    if sources or _is_outlet(phrase, code, units):
        return True
    if phrase.title in OBSERVERS and phrase.how == "inferred":
        return rank_of(phrase, units) == SUBJECT
    topic = _TOPIC.search(units.text)
    if topic and topic.end() <= units.starts[phrase.first] and before not in ("with", "between"):
        return phrase.how == "dictionary"
    if phrase.title:
        return _is_called(phrase, units) or _is_seat(phrase, units) or _is_premises(phrase, units)
    if phrase.how != "dictionary":
        return False
    if units.letters[phrase.first] == "D":
        return is_origin(phrase, units)
    return units.letters[phrase.first] in "TCR" and is_place(phrase, code, units, lands)


def _is_outlet(phrase: Phrase, code: str, units: Units) -> bool:
    """Whether a paper or station only tells or is spoken in: "state media reported", "on television"."""
    classes = word_classes()
    at = units.left_of(phrase.first - 1, "tjm")
    named = units.letters[phrase.first] == "O" and phrase.how == "dictionary"
    if "MED" not in code or not (named or phrase.noun in classes["outlet"]):
        return False
    following = units.word(phrase.last)
    told_last = units.letter(at) == "," and units.word(phrase.last + 1) in (".", "on", "")
    of_others = told_last or units.word(phrase.last + 1) in ("that", ".", ",", "on")
    if (following in REPORTED and of_others) or (following in classes["say"] and told_last):
        return True
    learnt = units.word(at) == "from" and units.words_in(0, at) & LEARNT
    bare = units.word(at) == "by" and at == phrase.first - 1 and phrase.title == "radio"
    aired = phrase.title.endswith(AIRED) and (units.word(at) == "on" or bare or bool(learnt))
    return aired and not is_struck(phrase, units)


def _is_called(phrase: Phrase, units: Units) -> bool:
    """Whether a role noun only says what somebody is or seems.

    "As a witness", "took her for a spy", "like schoolboys", "she is a judge"; but not "as a soldier
    fired" or "among the dead was a judge".
    """
    classes, at = word_classes(), phrase.first - 1
    if phrase.name or phrase.noun in classes["envoy"]:
        return False
    ranked = units.letter(at) == "w" and units.letter(at - 1) == "t"
    at -= 1 if ranked else 0
    indefinite = units.word(at) in ("a", "an")
    at -= 1 if indefinite or ranked else 0
    word, before, following = units.word(at), units.word(at - 1), units.word(phrase.last)
    plural = (
        units.letters[phrase.last - 1] == "a" or "s" in units.letters[phrase.first : phrase.last]
    )
    if word == "as" and before not in NO_ROLE and (indefinite or not plural):
        prepared = following in classes["preposition"] | classes["clause"]
        prepared = prepared or following.startswith("wh")
        acts = units.letter(phrase.last) == "x" and not prepared
        return not acts and not following.endswith(("ed", "s"))
    near = units.words_in(at - 4, at)
    if word == "for" and (indefinite or not plural):
        return bool(near & (MISTAKEN if indefinite else RUNNING))
    if word == "like":
        return indefinite or plural
    if word in classes["being"] and (indefinite or (plural and phrase.how == "inferred")):
        inverted = before in ("", "there", "it", ",") or before.endswith(("ed", "en"))
        listed = units.words_in(0, at) & {"among", "including", "killed"}
        return not inverted and not listed
    return False


def _is_seat(phrase: Phrase, units: Units) -> bool:
    """Whether a parliament is only where one sits and votes: "a majority in the Senate"."""
    at = units.left_of(phrase.first - 1, "tjmD")
    lawmaking = (
        units.letters[phrase.last - 1] == "a"
        and units.letters[phrase.first] != "O"
        and units.word(at) == "in"
    )
    return lawmaking and units.word(at - 1) in word_classes()["sitting"]


def _is_premises(phrase: Phrase, units: Units) -> bool:
    """Whether a role noun is a building or equipment that neither acts nor is attacked."""
    classes, premises = word_classes(), word_classes()["premises"]
    if units.letters[phrase.first] not in "AaBmgf":
        return False
    noun, following = phrase.noun, units.word(phrase.last)
    at = units.left_of(phrase.first - 1, "tjmN")
    word, bare = units.word(at), at == phrase.first - 1
    placed = word in classes["place"]
    if bare and noun in BUILDINGS and word in (AT_COURT if noun == "court" else INDOORS):
        return True
    if bare and noun in POWERS and word in ("in", "of"):
        return word == "in" or units.word(at - 1) in FORMS
    if word == "by":
        return False
    if word == "of" and units.word(at - 1) in classes["house-part"]:
        return noun in BUILDINGS or bool({noun, noun.removesuffix("s")} & premises)
    if following in classes["fixture"] and phrase.how == "inferred":
        return not is_struck(phrase, units)
    if noun.removesuffix("s") in LESSONS:
        raised = word in classes["opening"] | {"into", "building"}
        return (raised or placed) and not is_struck(phrase, units)
    if noun in classes["institutions"]:
        opened = noun in MISSIONS and word in classes["opening"]
        return phrase.how == "inferred" and (placed or opened)
    if noun.removesuffix("s") not in premises and noun not in premises:
        if following.removesuffix("s") not in premises:
            return False
    elif rank_of(phrase, units) == SUBJECT and not placed and not _ends_list(phrase, at, units):
        return False
    return not is_struck(phrase, units)


def _ends_list(phrase: Phrase, at: int, units: Units) -> bool:
    """Whether equipment ends a list of it: "two dozen aircraft and a field hospital."."""
    listed = units.word(at) == "and" and phrase.how == "inferred"
    return listed and units.letter(phrase.last) in ("", ".", ",")
