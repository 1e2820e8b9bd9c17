"""Phrases that only the article can code: pronouns, "the agency", "both sides", "his men"."""

import re

from coder.actors import Agent
from coder.appositions import Phrase
from coder.roles import NOWHERE, office_of
from coder.things import is_verb
from coder.units import Units
from coder.words import word_classes

_GROUP = re.compile(r"[tj]vm{0,2}[aS]|vm{0,2}S|tS|tvx")
_BOTH = re.compile(r"vm{0,2}a")
_EACH = re.compile(r"jw")
_BODY = re.compile(r"[tj]m{0,2}w")
_BODYS = re.compile(r"s[mw]{0,2}(?P<role>[AaB](?:m?[AaB])*)")
_OWNED = re.compile(r"s[mwNk]{0,3}(?P<role>[AaB](?:m?[AaB])*)")

_DEFINITE = ("the", "this", "that", "these", "those", "same")
EACH = ("country", "nation", "state", "side")
NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands several"
    " some many most all none".split()
)


def match_anaphor(units: Units, at: int) -> Phrase | None:
    """The reference that begins at a unit with the letter of a pronoun, determiner or "two"."""
    if units.letters[at] in "qyz":
        return _pronoun(units, at)
    if group := _group(units, at):
        return group
    found = _BODY.match(units.letters, at)
    if not found or units.word(at) not in (*_DEFINITE, "his", "her", "their"):
        return None
    return match_body(units, found.end() - 1)


def _group(units: Units, at: int) -> Phrase | None:
    """ "The two presidents", "both sides", "each country"; "two soldiers" are none."""
    letters = units.letters
    group = _GROUP.match(letters, at)
    if not group and units.word(at) == "both":
        group = _BOTH.match(letters, at)
    if not group and units.word(at) == "each" and units.word(at + 1) in EACH:
        group = _EACH.match(letters, at)
    if not group:
        return None
    end = group.end() - (letters[group.end() - 1] == "x")
    owned = _OWNED.match(letters, end)
    if owned and isinstance(agent := units.found[owned.end("role") - 1], Agent):
        return Phrase(
            at, owned.end("role"), NOWHERE + agent.code, "anaphor", title=agent.name, ask="two"
        )
    title, agent = units.word(end - 1), units.found[end - 1]
    code = ""
    if isinstance(agent, Agent):
        if office_of(NOWHERE + agent.code) == "" or "PTY" in agent.code:
            return None
        title, code = agent.name, NOWHERE + agent.code
    return Phrase(at, end, code, "anaphor", title=title, ask="two")


def match_body(units: Units, at: int) -> Phrase | None:
    """ "The agency", "the group's leaders": an organisation that the article named before."""
    noun = units.word(at)
    men = noun == "men" and units.word(at - 1) in ("his", "her", "their")
    if men:
        return Phrase(at, at + 1, "", "anaphor", ask="men")
    if noun == "man" and units.word(at - 1) == "the" and units.letters[at + 1 : at + 2] != "o":
        return Phrase(at, at + 1, "", "anaphor", single=True, ask="man")
    following = units.found[at + 1 : at + 2]
    if noun not in word_classes()["body"] or units.letters[at + 1 : at + 2] == "o":
        return None
    if (
        following
        and isinstance(following[0], Agent)
        and not is_verb(units, following, at + 1, at + 2)
    ):
        return None
    owned = _BODYS.match(units.letters, at + 1)
    last = owned.end() if owned else at + 1
    return Phrase(at, last, "", "anaphor", title=noun, ask="body")


def _pronoun(units: Units, at: int) -> Phrase | None:
    """ "He", "them", "both of them"; nothing for "among them" and "news of them"."""
    word, before = units.word(at), units.word(at - 1)
    if word == "them" and before == "of" and units.word(at - 2) in ("both", "either", "neither"):
        return Phrase(at - 2, at + 1, "", "anaphor", title="them", ask="two")
    if word == "them" and before in ("of", "among"):
        counted = before == "of" and (units.letters[at - 2] == "0" or units.word(at - 2) in NUMBERS)
        return Phrase(at, at + 1, "", "anaphor", ask="they") if counted else None
    ask = {"she": "he"}.get(word, word)
    return Phrase(at, at + 1, "", "anaphor", single=ask in ("he", "him"), ask=ask)
