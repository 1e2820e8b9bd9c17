"""The code of a role noun from what stands before it: a country, a body, a people, several nations.

The matches are those of `phrases`, with a group for each part.
"""

import re

from coder.actors import ActorDictionary, Agent, Entry
from coder.appositions import Phrase
from coder.roles import NOWHERE, agents_to_role, belonging, is_international, join
from coder.units import Units
from coder.words import word_classes

_AND_LAND = re.compile(r"(?:,[CRT])*,?&[CRT](?!s|[mw]*[Aa])")


def base_of(units: Units, found: re.Match[str], actors: ActorDictionary) -> tuple[str, str]:
    """The code that a role is added to, from the country or group before it, and its letter."""
    codes = []
    for group in ("land", "bare", "chief", "org", "own"):
        if found[group]:
            entry = units.found[found.start(group)]
            code = entry.code if isinstance(entry, Entry) else ""
            letter = units.letters[found.start(group)]
            codes.append((actors.country(code) or code if letter == "T" else code, letter))
    if not codes:
        return "", "-"
    if len(codes) == 1:
        return codes[0]
    (land, letter), (own, own_letter) = codes
    if own_letter != "E":
        return own, own_letter
    if not actors.country(land) or actors.country(own) not in ("", land):
        return land, letter
    return own if actors.country(own) else land + own, "D"


def code_on_base(
    base: str, letter: str, head: Agent, role: str, actors: ActorDictionary, *, religion: bool
) -> str:
    """The code of a role of the actor that stands before it; a people's country stays open."""
    code = _role_of_base(base, letter, head, role, actors, religion=religion)
    stays_open = letter == "E" and not actors.country(code) and not is_international(code)
    return NOWHERE + code if stays_open else code


def _role_of_base(
    base: str, letter: str, head: Agent, role: str, actors: ActorDictionary, *, religion: bool
) -> str:
    """A base and its role as one code; leaders of a people hold no office."""
    if base.startswith("IGO") and role in ("COP", "CVL") and head.name != "police":
        noun = head.noun.removesuffix("s")
        role = "" if noun in word_classes()["staff"] else role
    if letter in "PMO":
        return belonging(base, actors.country(base), head, role, person=letter == "P")
    if letter == "E" and role == "GOV" and (head.name == "leader" or religion):
        return base
    if letter == "E" and base.endswith("RAD"):  # "Islamist lawmakers"
        return join(base.removesuffix("RAD"), role)
    return join(base, role)


def role_here(units: Units, agents: list[Agent], first: int, begin: int, role: str) -> str:
    """The role of a row of role nouns; `role` is that of the office that the article spoke of."""
    head, before = agents[-1].name, units.words_in(first - 1, begin)
    if head in word_classes()["counterpart"]:
        return role
    own = agents_to_role(agents)
    return "LAB" if own == "CVL" and "striking" in before else own


def is_religion(units: Units, found: re.Match[str]) -> bool:
    """Whether "leaders" are those of a religion: "Roman Catholic leaders" hold no public office."""
    entry = units.found[found.start("own" if found["own"] else "org")]
    return isinstance(entry, Entry) and entry.kind == "religion"


def is_adjective(units: Units, begin: int, end: int, base: str, last: int) -> bool:
    """Whether a lone "general" or "head" is no actor here."""
    if base or last > end or end - begin > 1:
        return False
    agent = units.found[begin]
    if not isinstance(agent, Agent) or agent.plural:
        return False
    rank = agent.name in word_classes()["military"]
    at = units.left_of(begin - 1, "fw" if rank else "f")
    return agent.name in word_classes()["ambiguous"] and units.word(at) not in ("the", "a", "an")


def others(units: Units, found: re.Match[str], role: str, phrase: Phrase) -> list[Phrase]:
    """The first nations of "Egyptian, Sudanese and Ethiopian officials", each with the role."""
    nations = _nations(units, *found.span("others"))
    if role == "INT":  # "Denmark and other donors"
        return [Phrase(i, i + 1, code, "dictionary") for i, code in nations]
    return [
        Phrase(i, i + 1, join(code, role), "composed", title=phrase.title) for i, code in nations
    ]


def further(units: Units, phrase: Phrase, role: str, actors: ActorDictionary) -> list[Phrase]:
    """The other nations of "foreign ministers of Norway and Sweden", each with the role."""
    more = _AND_LAND.match(units.letters, phrase.last)
    behind = units.letters[phrase.last - 1] in "CRT"
    if not more or not behind or units.word(phrase.last - 2) not in ("of", "from"):
        return []
    return [
        Phrase(i, i + 1, join(actors.country(code), role), "composed", title=phrase.title)
        for i, code in _nations(units, *more.span())
    ]


def _nations(units: Units, first: int, last: int) -> list[tuple[int, str]]:
    """The dictionary names among some units, with their codes."""
    found = ((i, units.found[i]) for i in range(first, last))
    return [(i, entry.code) for i, entry in found if isinstance(entry, Entry)]
