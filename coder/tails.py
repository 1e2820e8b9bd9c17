"""What follows a role noun: "in Sivas", "of the rebel army", "for the suppliers"."""

import re
from dataclasses import replace

from coder.actors import ActorDictionary, Agent, Entry
from coder.appositions import Phrase
from coder.roles import (
    NOWHERE,
    belonging,
    former,
    is_aboard,
    is_follower,
    is_hostile,
    is_international,
    is_kin,
    is_opponent,
    is_weak,
    join,
    role_of,
)
from coder.units import Units
from coder.words import word_classes

_TO_OFFICE = re.compile(r"u[tj]?(?:D|[CT]s)m*A")
""""An aide to the Guinean president"."""
_OF_REGION = re.compile(r"[oF]t?[0vm]{0,2}R")
""""Leaders of 12 African countries"."""
_BODY_OF_LAND = re.compile(r"t?(?:D|[CT]s)m*a")
""""Deserters from the Eritrean army"."""


def whole(
    units: Units, phrase: Phrase, head: Agent, inner: Phrase, actors: ActorDictionary
) -> Phrase:
    """A role with the actor behind it as one: "a lawyer for the rebels", "captain in the army"."""
    joint = units.letters[phrase.last]
    if joint == "i" and inner.code.endswith("LEG") and _is_leading(head) and phrase.ask:
        own = units.letter(phrase.first - 1) in ("s", "j")
        return replace(phrase, last=inner.last, code=phrase.code if own else NOWHERE + "LEG")
    if joint == "i" and inner.ask != "two" and not _works_in(phrase, head, inner):
        return phrase
    if not phrase.ask:
        return phrase if inner.single else _with_members(phrase, head, joint, inner)
    if inner.ask == "two" or (inner.ask == "body" and not inner.code):
        title = phrase.title if inner.ask == "two" else inner.title
        return replace(phrase, last=inner.last, ask=inner.ask, how="anaphor", title=title)
    code = _whole_code(phrase, head, inner.code, actors) if inner.code else ""
    if joint == "r" and head.noun in word_classes()["candidate"] and code:
        land = actors.country(code)  # who wants an office does not hold it yet
        code = join(land, phrase.code[3:])
    if not code:
        return phrase
    ask = "country" if code.startswith(NOWHERE) else ""
    how = "inferred" if ask else "composed"
    return replace(phrase, last=inner.last, code=code, ask=ask, how=how)


def _with_members(phrase: Phrase, head: Agent, joint: str, inner: Phrase) -> Phrase:
    """An actor of a known country with whom it is made up of, or comes from: "the Kenyan union of
    teachers", "Syrian fighters of al-Nusra", "French troops of the Foreign Legion"."""
    named = inner.how == "dictionary"
    union = head.noun in word_classes()["body-name"]
    if union and joint == "o" and inner.code.startswith(NOWHERE):
        return replace(phrase, last=inner.last)
    hostile = is_hostile(inner.code) or inner.code[:3] == "IMG"
    if is_hostile(phrase.code) and named and joint in "oF" and hostile:
        code = inner.code if inner.code[:3] in (phrase.code[:3], "IMG") else phrase.code
        return replace(phrase, last=inner.last, code=code)
    armed = phrase.code[3:6] in ("MIL", "COP") and joint == "o"
    corps = named or inner.code[3:6] in ("MIL", "PKO")
    return replace(phrase, last=inner.last) if armed and corps else phrase


def _is_leading(head: Agent) -> bool:
    """Whether one may sit in a parliament: "its leader in the Senate"."""
    return head.noun in ("leader", "whip", "member", "spokesman", "spokeswoman")


def _works_in(phrase: Phrase, head: Agent, inner: Phrase) -> bool:
    """Whether one is part of what one is in: "a colonel in the army", "a nurse at the hospital"."""
    role, place = role_of(inner.code), inner.noun
    if not phrase.ask:
        return False
    if place in ("embassy", "consulate"):
        return phrase.code[3:] in ("GOV", "LAB", "CVL", "COP")
    same = phrase.code[3:] == role[:3] or (head.name == "officer" and role in ("MIL", "COP"))
    return same and (role in ("MIL", "COP") or place in word_classes()["workplace"])


def _whole_code(phrase: Phrase, head: Agent, code: str, actors: ActorDictionary) -> str:
    """The code of a role that belongs to the actor of a code."""
    base = "" if code.startswith(NOWHERE) else code
    if own := _own_role(head, phrase, code):
        return join(actors.country(base), own)
    if phrase.code.endswith("ELI"):
        return former(code)
    if phrase.code[3:] == "LEG" and role_of(code).startswith("OPP"):
        return code
    if is_opponent(head) or is_follower(head):
        land = actors.country(base) if base else NOWHERE
        return belonging(code, land, head, phrase.code[3:], person=False)
    if phrase.code[3:] in ("CVL", "LAB") and is_international(base):
        return code
    if not is_weak(head) and phrase.code not in ("IGO", "NGO"):
        return join(base, phrase.code[3:])
    return code


def _own_role(head: Agent, phrase: Phrase, whose: str) -> str:
    """The role of an agent that is not that of the actor it belongs to; "" if it may be.

    A lawyer for rebels is a lawyer, a deputy of the ruling party sits in parliament, the crew of a
    tanker are civilians.
    """
    role = role_of(whose)
    if head.noun in word_classes()["union"] and role[:3] != "OPP":
        return phrase.code[3:]
    if is_kin(head) or head.noun in word_classes()["personal"]:
        return phrase.code[3:]
    if head.noun in word_classes()["lawmaking"] and "PTY" in role[:6]:
        return "" if role.startswith("OPP") else "LEG"
    if role.startswith("OPP") and head.noun in word_classes()["armed"]:
        return "REB"
    if is_aboard(head):
        return {"BUS": "CVL", "": ""}.get(role, role)
    return ""


def may_come_from(units: Units, phrase: Phrase) -> bool:
    """Whether "from" tells an agent's country: "officials from Benin", not "its envoy from Kenya"."""
    after = units.letters[phrase.last + 1 : phrase.last + 3].removeprefix("t")[:1]
    if after == "v":
        return True
    if after == "O":
        delegated = phrase.noun.removesuffix("s") in word_classes()["delegated"]
        return phrase.code in ("IGO", "NGO") or delegated
    role = phrase.code[-3:]
    if units.letters[phrase.last + 1 : phrase.last + 4].lstrip("t")[:1] in ("D", "C", "T"):
        if _BODY_OF_LAND.match(units.letters, phrase.last + 1):
            return phrase.noun in word_classes()["delegated"] | word_classes()["deserting"]
    if role in ("MIL", "COP") and not phrase.single:
        before = units.words_in(0, phrase.first)
        return phrase.ask == "country" and not before & word_classes()["withdraw"]
    if role in ("GOV", "LEG"):
        return units.word(phrase.first - 1) not in ("its", "their", "his", "her")
    return role not in ("MIL", "COP", "ELI", "PKO")


def ends_here(units: Units, phrase: Phrase, head: Agent) -> bool:
    """Whether what follows a role does not belong to it: "talks of envoys to Kenya"."""
    following, noun = units.letters[phrase.last], head.noun
    if following == "u" and noun not in word_classes()["envoy"]:
        helps = noun in word_classes()["helping"]
        return not (helps and _TO_OFFICE.match(units.letters, phrase.last))
    if following == "F":
        return not may_come_from(units, phrase)
    return following == "i" and phrase.code == "INT"


def of_region(units: Units, phrase: Phrase) -> Phrase | None:
    """The whole of "leaders of 12 African countries"."""
    region = _OF_REGION.match(units.letters, phrase.last)
    part = units.found[region.end() - 1] if region else None
    lands = ("countries", "nations", "states")
    if not region or phrase.ask != "country" or not isinstance(part, Entry):
        return None
    if not units.word(region.end() - 1).endswith(lands):
        return None
    code = join(part.code[:3], phrase.code[3:])
    return replace(phrase, last=region.end(), code=code, ask="", how="composed")


def placed(phrase: Phrase, land: str) -> Phrase:
    """Give an agent without a country that of its place."""
    if not phrase.ask or not land or is_international(phrase.code):
        return phrase
    return replace(phrase, code=join(land, phrase.code[3:]), ask="", how="composed", placed=True)


def land_in(units: Units, first: int, last: int, actors: ActorDictionary) -> str:
    """The country of the last place among some units; "" for none."""
    for index in range(last - 1, first - 1, -1):
        entry = units.found[index]
        if isinstance(entry, Entry) and units.letters[index] in "CRTD":
            return actors.country(entry.code)
    return ""
