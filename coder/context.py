"""The country of an agent that names none ("the police"): what the article has said, and its rules.

The rules stand in order of trust, and rather abstain: a wrong country makes a wrong event.
"""

from collections.abc import Sequence
from dataclasses import replace

from coder.actors import ActorDictionary, Agent
from coder.appositions import Phrase
from coder.lands import ARMED, DEFINITE, OFFICES, determiner, from_sentence, is_joined
from coder.memory import SUBJECT, Memory, rank_of
from coder.references import body, nearest, owners
from coder.roles import NOWHERE, is_hostile, is_international, join, role_of, stateless
from coder.units import Units
from coder.words import word_classes

POSSESSIVE = ("its", "their", "his", "her")
FOREIGN = frozenset("various different foreign world".split())
""""Foreign soldiers" are nobody's in particular: their country stays open."""

QUANTIFIERS = frozenset("many other several some few no".split())
"""So is that of "many leaders"; "several students" are those of the place."""

DEPUTIES = ("deputy", "aide", "adviser", "advisor", "spokesman", "spokeswoman", "spokesperson")
BILATERAL = ("minister", "president", "leader", "premier", "negotiator", "delegation")
ENVOYS = ("envoy", "ambassador", "diplomat", "emissary", "consul")
""""The envoy" is the ambassador that the article named."""

FOREIGN_OFFICES = ("PAK", "BGD", "DEU", "LKA")
"""Where "the Foreign Office" is not the British one."""

FISHING = ("captain", "crew", "skipper", "deckhand", "crewman", "mate")
"""In an article about fishermen a boat's crew are of them."""

CROWD_REACH = 2
""""The crowd" are the demonstrators of so many sentences before."""


def codes_with_country(
    phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary, memory: Memory
) -> tuple[str, ...]:
    """Code of an agent whose country the context gives; else "---COP".

    Two codes for "their troops" when two countries were named as equals.
    """
    inspectors = phrase.code == "IGO" and units.word(phrase.last - 1) == "inspectors"
    if inspectors and not any(is_international(r.codes[0]) for r in memory.referents if r.codes):
        phrase = replace(phrase, code=NOWHERE + "GOV", how="inferred")
    before = determiner(phrase, units)
    if before == "their" and phrase.code[3:6] in OFFICES:
        lands = [actors.country(code) for code in owners(phrase, units, memory)]
        if len(lands) == 2 and all(lands) and lands[0] != lands[1]:
            return tuple(join(land, phrase.code[3:]) for land in lands)
    if units.word(phrase.last - 1) in ("member", "members") and phrase.code == NOWHERE + "GOV":
        known = _known_title(phrase, memory) if before in DEFINITE else ""
        known = known or (_led(phrase, before, memory) if before in ("its", "their") else "")
        return (known,) if known else ()
    if before == "the" and (pair := _both_offices(phrase, memory)):
        return pair
    return (_code_with_country(phrase, units, phrases, actors, memory, before),)


def own_code(phrase: Phrase, units: Units, memory: Memory) -> str:
    """The code of a phrase; officers are soldiers where an army but no police was named.

    A captain without a name and a force is that of a ship, "a deputy" sits in parliament, the
    head of a club holds no public office.
    """
    if phrase.title == "deputy" and phrase.code.endswith("GOV"):
        if determiner(phrase, units) in ("a", "an", "another", "one"):
            return phrase.code.removesuffix("GOV") + "LEG"
    if phrase.code == NOWHERE + "GOV" and _is_of_club(phrase, units):
        return NOWHERE + "CVL"
    noun = phrase.title.rsplit(" ", 1)[-1]
    if noun in FISHING and "AGR" in memory.roles and not phrase.name:
        if phrase.code[3:] in ("CVL", "MIL") and phrase.last - phrase.first <= 2:
            return phrase.code[:3] + "AGR"
    if phrase.code.endswith("CVL") and _is_striker(noun, memory):
        return phrase.code.removesuffix("CVL") + "LAB"
    agents = [f for f in units.found[phrase.first : phrase.last] if isinstance(f, Agent)]
    alone = not phrase.name and len(agents) == 1
    if phrase.title == "captain" and alone and phrase.code.endswith("MIL"):
        return phrase.code.removesuffix("MIL") + "CVL"
    armed = any("MIL" in role for role in memory.roles)
    if phrase.title == "officer" and "COP" not in memory.roles and armed:
        return phrase.code.removesuffix("COP") + "MIL" * phrase.code.endswith("COP")
    return phrase.code


def _is_striker(noun: str, memory: Memory) -> bool:
    """Whether "drivers" may be the striking ones that the article named."""
    ends = {code[-3:] for title, code in memory.titles.items() if title.split(" ")[-1] == noun}
    return ends == {"LAB"}


def _both_offices(phrase: Phrase, memory: Memory) -> tuple[str, ...]:
    """Codes of "the ministers" of two countries that the sentence before joined by "and"."""
    last = phrase.title.rsplit(" ", 1)[-1]
    if phrase.single or last not in BILATERAL or phrase.title in memory.titles:
        return ()
    pairs = [p for p in memory.pairs if p.joined and p.sentence == memory.sentence - 1]
    codes = pairs[-1].codes if pairs else ()
    if len(pairs) != 1 or any(is_international(code) for code in codes):
        return ()
    return tuple(join(code[:3], phrase.code[3:]) for code in codes)


def _is_of_club(phrase: Phrase, units: Units) -> bool:
    at = phrase.first - 1
    while at > 0 and units.letters[at] in "mw":
        at -= 1
    owned = units.letters[at] == "s" and units.word(at - 1) in word_classes()["club"]
    inner = [units.word(i) for i in range(phrase.last, phrase.last + 5)]
    return owned or (inner[0] == "of" and bool({*inner[1:4]} & word_classes()["club"]))


def _code_with_country(
    phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary,
    memory: Memory, before: str,
) -> str:  # fmt: skip
    first = units.word(phrase.first)
    vague = QUANTIFIERS if phrase.code[3:6] == "GOV" else FOREIGN
    if {before, first} & (vague | FOREIGN):
        return stateless(phrase.code)
    if (before in DEFINITE or phrase.name) and phrase.code[3:6] != "ELI":
        if known := _known_title(phrase, memory):
            return known
    if phrase.title.startswith("foreign office") and memory.lead not in FOREIGN_OFFICES:
        if units.text[units.starts[phrase.first]].isupper():
            return "GBRGOV"
    phrase = replace(phrase, code=own_code(phrase, units, memory))
    if before in POSSESSIVE and (code := _led(phrase, before, memory)):
        return code
    if phrase.code == "IGOPKO" and (sender := _sender(phrase, units, phrases)):
        return join(sender.code, phrase.code) if sender.code[:3] == "IGO" else phrase.code
    if before not in DEFINITE and (sender := _sender(phrase, units, phrases)):
        if is_international(sender.code) and not is_international(phrase.code):
            return sender.code
    if is_international(phrase.code):
        return phrase.code
    if units.word(phrase.last) == "there":
        left = [p for p in phrases if p.last <= phrase.first and units.letters[p.first] in "CTRM"]
        land = actors.country(left[-1].code) if left else ""
        land = land or from_sentence(phrase, units, phrases, actors, memory, before)
    elif before == "whose":
        land = _whose(phrase, units, phrases, actors)
        land = land or from_sentence(phrase, units, phrases, actors, memory, before)
    elif before in POSSESSIVE:
        land = _owner(phrase, units, phrases, actors, memory, before)
    else:
        sender = _sender(phrase, units, phrases)
        land = (
            _beside(phrase, units, phrases, actors)
            or (actors.country(sender.code) if sender else "")
            or from_sentence(phrase, units, phrases, actors, memory, before)
        )
    return join(land, phrase.code[3:]) if land else stateless(phrase.code)


def _known_title(phrase: Phrase, memory: Memory) -> str:
    """The code of whom the article called so: "the ministers" may be its "foreign ministers"."""
    if phrase.title == "crowd":
        recent = [r for r in memory.referents if memory.sentence - r.sentence <= CROWD_REACH]
        marchers = {r.codes for r in recent if r.kind == "plural" and role_of(r.codes[0]) == "OPP"}
        if len(marchers) == 1:
            return marchers.pop()[0]
    if phrase.title in word_classes()["collective"]:
        if (named := body(phrase.title, memory)) and is_international(named[0]):
            return named[0]
    if phrase.title in memory.titles:
        return memory.titles[phrase.title]
    if phrase.title in ENVOYS and not phrase.name:
        envoys = {c for title, c in memory.titles.items() if title in ENVOYS}
        if len(envoys) == 1:
            return envoys.pop()
    if is_hostile(phrase.code) and role_of(phrase.code)[:3] in ARMED:
        armed = {r.codes for r in memory.referents if len(r.codes) == 1 and _is_armed(r.codes[0])}
        if len(armed) == 1:
            return armed.pop()[0]
    ends = [c for title, c in memory.titles.items() if title.endswith(f" {phrase.title}")]
    return ends[0] if len({*ends}) == 1 and not phrase.name else ""


def _is_armed(code: str) -> bool:
    return role_of(code)[:3] in ARMED or code.startswith("IMG")


def known_elsewhere(
    phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary, memory: Memory
) -> str:
    """The code of "the commander in Turin" whom the article placed elsewhere before, or of who
    "has soldiers in Estonia".

    "The government in Kabul" is that of Kabul, though not "the government in Malaysia".
    """
    sender = _sender(phrase, units, phrases)
    if sender and is_international(sender.code):
        return sender.code
    if sender and (land := actors.country(sender.code)):
        return join(land, phrase.code[3:])
    if is_hostile(phrase.code) and (land := _beside(phrase, units, phrases, actors)):
        return join(land, phrase.code[3:])
    before = determiner(phrase, units)
    if before in POSSESSIVE and phrase.code[3:6] in OFFICES:
        land = _owner(phrase, units, phrases, actors, memory, before)
        return join(land, phrase.code[3:]) if land else ""
    if before not in DEFINITE:
        return ""
    if phrase.code[3:6] == "GOV" and units.letters[phrase.last - 1] == "T":
        return ""
    return memory.titles.get(phrase.title, "") or _known_title(phrase, memory)


def _led(phrase: Phrase, before: str, memory: Memory) -> str:
    """The code of the union whose "its leader" is meant; a country's leader has his own role."""
    weak = phrase.title.partition(" of ")[0].rsplit(" ", 1)[-1] in word_classes()["weak"]
    opening = phrase.first <= 1
    if before in ("his", "her"):
        if phrase.title not in DEPUTIES:
            return ""
        owner = nearest("person", "he" if before == "his" else "she", memory)
    else:
        owner = nearest("body" if before == "its" else "plural", "", memory)
    if owner is None or len(owner.codes) != 1:
        return ""
    [code] = owner.codes
    if opening and is_international(code):
        return code
    if not weak or phrase.code[3:] not in ("GOV", "CVL", "MIL"):
        return ""
    return code if is_international(code) or role_of(code)[:3] not in ("", "GOV") else ""


def _owner(
    phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary,
    memory: Memory, determiner: str,
) -> str:  # fmt: skip
    """The country that "its" stands for; of two, the one that grammar speaks for, or none.

    "A urged B to withdraw its troops" is B, "A accused B of shelling its troops" is A.
    """
    if determiner in ("his", "her") and (code := owners(phrase, units, memory)):
        return actors.country(code[0])
    before = [p for p in phrases if p.last <= phrase.first and p.code]
    landed = [p for p in before if actors.country(p.code)]
    if not landed:
        return "" if before else memory.subject
    if before[-1].ask == "two":
        return ""
    if determiner == "its" and ",&" in units.letters[landed[-1].last : phrase.first]:
        return actors.country(landed[0].code)
    lands = {actors.country(p.code) for p in landed}
    if len(lands) > 1:
        if determiner == "their" and is_joined(units, landed[-2], landed[-1]):
            return ""
        between = {units.word(i) for i in range(landed[-1].last, phrase.first - 2)}
        if "of" in between and "to" not in between:
            return actors.country(landed[0].code)
    return actors.country(landed[-1].code)


def _whose(phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary) -> str:
    """The country of the one actor before "whose"."""
    left = [p for p in phrases if p.last < phrase.first and p.code]
    if not left or (len(left) > 1 and is_joined(units, left[-2], left[-1])):
        return ""
    return actors.country(left[-1].code)


def _beside(
    phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary
) -> str:
    """The country of the agent joined by "and": "the government of Togo and rebels"."""
    left = [p for p in phrases if p.last <= phrase.first]
    right = [p for p in phrases if p.first >= phrase.last][:1]
    if right and right[0].title and units.letters[phrase.last : right[0].first] == "&":
        if (land := actors.country(right[0].code)) and right[0].how == "composed":
            return land
    if not left or not left[-1].title or left[-1].code.startswith(NOWHERE):
        return ""
    listed = units.letters[left[-1].last : phrase.first] == ","
    return actors.country(left[-1].code) if listed or is_joined(units, left[-1], phrase) else ""


def _sender(phrase: Phrase, units: Units, phrases: Sequence[Phrase]) -> Phrase | None:
    """Who "sent 200 troops" or "deployed tanks"."""
    at = phrase.first - 1
    while at > 0 and units.letters[at] in "0mtj":
        at -= 1
    if units.word(at) not in word_classes()["deploy"]:
        return None
    left = [p for p in phrases if p.last <= at]
    return next((p for p in left if p.last == at or rank_of(p, units) == SUBJECT), None)
