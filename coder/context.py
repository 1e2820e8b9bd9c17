"""The country of an agent that names none ("the police"): what the article has said, and its rules.

The rules stand in order of trust, and rather abstain: a wrong country makes a wrong event.
"""

from collections.abc import Sequence
from dataclasses import replace

from coder.actors import ActorDictionary, Agent
from coder.anaphors import DEFINITE, reference
from coder.appositions import Phrase
from coder.belonging import (
    POSSESSIVE,
    land_beside,
    land_of_owner,
    land_of_whose,
    sender_of,
    sent_by,
)
from coder.lands import ARMED, OFFICES, determiner, from_sentence
from coder.memory import Memory
from coder.named import acts_here, both_named, both_offices, guest_land, known_title, led
from coder.ranks import SUBJECT, rank_of
from coder.references import owners, resolve
from coder.roles import NOWHERE, is_hostile, is_international, join, role_of, stateless
from coder.turns import at_embassy, is_between
from coder.units import Units
from coder.words import word_classes

FOREIGN = frozenset("various different foreign world".split())
""""Foreign soldiers" are nobody's in particular: their country stays open."""

ARMS = ("MIL", "COP", *ARMED)
""""The foreign troops" are rather those that were named."""

QUANTIFIERS = frozenset("many other several some few no".split())
"""So is that of "many leaders"; "several students" are those of the place."""

FOREIGN_OFFICES = ("PAK", "BGD", "DEU", "LKA")
"""Where "the Foreign Office" is not the British one."""

FISHING = ("captain", "crew", "skipper", "deckhand", "crewman", "mate")
"""In an article about fishermen a boat's crew are of them."""


def codes_with_country(
    phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary, memory: Memory
) -> tuple[str, ...]:
    """Code of an agent whose country the context gives; else "---COP".

    Two codes for "their troops" when two countries were named as equals.
    """
    inspectors = phrase.code == "IGO" and units.word(phrase.last - 1) == "inspectors"
    if inspectors and not any(is_international(r.codes[0]) for r in memory.referents if r.codes):
        phrase = replace(phrase, code=NOWHERE + "GOV", how="inferred")
    if phrase.code[3:] == "CVL" and not phrase.name and is_between(units, phrases, actors, memory):
        return (stateless(phrase.code),)
    before = determiner(phrase, units)
    if before == "their" and phrase.code[3:6] in OFFICES:
        lands = [actors.country(code) for code in owners(phrase, units, memory)]
        if both := _of_two_lands(phrase, lands):
            return both
    if units.word(phrase.last - 1) in ("member", "members") and phrase.code == NOWHERE + "GOV":
        known = known_title(phrase, memory) if before in DEFINITE else ""
        known = known or (led(phrase, units, before, memory) if before in ("its", "their") else "")
        return (known,) if known else ()
    if shared := _of_both_sides(phrase, units, actors, memory):
        return shared
    if before == "the" and (pair := both_named(phrase, memory) or both_offices(phrase, memory)):
        return pair
    code = _code_with_country(phrase, units, phrases, actors, memory, before)
    if (
        code.startswith(NOWHERE)
        and not phrase.single
        and not {before, units.word(phrase.first)} & FOREIGN
    ):
        return _both_lands(phrase, units, memory) or (code,)
    return (code,)


def _of_both_sides(
    phrase: Phrase, units: Units, actors: ActorDictionary, memory: Memory
) -> tuple[str, ...]:
    """Codes of "officials from both sides", "troops on either side": one of each country."""
    words = [units.word(i) for i in range(phrase.last, phrase.last + 3)]
    if words[0] not in ("from", "on", "of") or words[1] not in ("both", "either", "each"):
        return ()
    if words[2] not in ("side", "sides"):
        return ()
    sides = reference(phrase.last + 1, phrase.last + 3, "two", "sides")
    codes = resolve(sides, units, actors, memory)
    lands = [code if is_international(code) else actors.country(code) for code in codes]
    return _of_two_lands(phrase, lands)


def _both_lands(phrase: Phrase, units: Units, memory: Memory) -> tuple[str, ...]:
    """Codes of agents that belong to two countries: "Togo and Benin agreed to send teachers"."""
    pairs = {p.codes for p in memory.pairs if p.joined and p.sentence == memory.sentence}
    lands = [code for codes in pairs for code in codes if len(code) == 3]
    if len(pairs) != 1 or rank_of(phrase, units) == SUBJECT:
        return ()
    return _of_two_lands(phrase, lands)


def _of_two_lands(phrase: Phrase, lands: Sequence[str]) -> tuple[str, ...]:
    """Codes of an agent of two different countries; none for less or more of them."""
    if len(lands) != 2 or not all(lands) or lands[0] == lands[1]:
        return ()
    return tuple(join(land, phrase.code[3:]) for land in lands)


def own_code(phrase: Phrase, units: Units, memory: Memory) -> str:
    """The code of a phrase; officers are soldiers where an army but no police was named.

    A captain without a name and a force is that of a ship, "a deputy" sits in parliament, the
    head of a club holds no public office.
    """
    if phrase.title == "deputy" and phrase.code.endswith("GOV"):
        if determiner(phrase, units) in ("a", "an", "another", "one"):
            return _recast(phrase.code, "GOV", "LEG")
    if phrase.code == NOWHERE + "GOV" and (_is_of_club(phrase, units) or _is_tribal(phrase, units)):
        return NOWHERE + "CVL"
    if phrase.title == "owner" and units.word(phrase.last) == "of":
        owned = units.words_in(phrase.last + 1, phrase.last + 4)
        if owned & word_classes()["chattel"]:
            return _recast(phrase.code, "BUS", "CVL")
    if phrase.noun in FISHING and "AGR" in memory.roles and not phrase.name:
        if phrase.code[3:] in ("CVL", "MIL") and phrase.last - phrase.first <= 2:
            return phrase.code[:3] + "AGR"
    if phrase.code.endswith("CVL") and _is_striker(phrase.noun, memory):
        return _recast(phrase.code, "CVL", "LAB")
    agents = [f for f in units.found[phrase.first : phrase.last] if isinstance(f, Agent)]
    alone = not phrase.name and len(agents) == 1
    sailor = phrase.title == "sailor" and memory.flag
    if (phrase.title == "captain" or sailor) and alone and phrase.code.endswith("MIL"):
        return _recast(phrase.code, "MIL", "CVL")
    armed = any("MIL" in role for role in memory.roles)
    if phrase.title == "officer" and "COP" not in memory.roles and armed:
        return _recast(phrase.code, "COP", "MIL")
    return phrase.code


def _recast(code: str, old: str, new: str) -> str:
    """A code with another role at its end, if it ends in the old one."""
    return code.removesuffix(old) + new if code.endswith(old) else code


def _is_striker(noun: str, memory: Memory) -> bool:
    """Whether "drivers" may be the striking ones that the article named."""
    ends = {code[-3:] for title, code in memory.titles.items() if title.split(" ")[-1] == noun}
    return ends == {"LAB"}


def _is_tribal(phrase: Phrase, units: Units) -> bool:
    """Whether chiefs are those of villages: "the chiefs", "Chief Masauko Nyangu"."""
    chief = units.word(phrase.first) in ("chief", "chiefs") and phrase.title == "chief"
    titled = phrase.name and units.text[units.starts[phrase.first]].isupper()
    plural = phrase.last - phrase.first == 1 and units.word(phrase.first) == "chiefs"
    return chief and bool(titled or (plural and units.letter(phrase.last) != "o"))


def _is_of_club(phrase: Phrase, units: Units) -> bool:
    """Whether an office is that of a club: "the club's chairman", "president of the league"."""
    at = units.left_of(phrase.first - 1, "mw")
    owned = units.letters[at] == "s" and units.word(at - 1) in word_classes()["club"]
    inner = units.words_in(phrase.last + 1, phrase.last + 4)
    return owned or (units.word(phrase.last) == "of" and bool(inner & word_classes()["club"]))


def _code_with_country(
    phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary,
    memory: Memory, before: str,
) -> str:  # fmt: skip
    first = units.word(phrase.first)
    vague = FOREIGN | QUANTIFIERS if phrase.code[3:6] == "GOV" else FOREIGN
    guests = first == "foreign" and role_of(phrase.code) in ARMS
    alien = phrase.noun in word_classes()["alien"]
    if alien and before not in (*DEFINITE, *POSSESSIVE):
        return stateless(phrase.code)
    if guests or {before, first} & vague:
        guest = guest_land(phrase, memory) if guests else ""
        return join(guest, phrase.code[3:]) if guest else stateless(phrase.code)
    every = before in ("every", "each", "any", "no") and is_hostile(phrase.code)
    if (before in DEFINITE or phrase.name or every) and phrase.code[3:6] != "ELI":
        known = known_title(phrase, memory)
        if known and not (phrase.single and acts_here(known, phrase, units, memory)):
            return known
    if phrase.title.startswith("foreign office") and memory.setting not in FOREIGN_OFFICES:
        if units.text[units.starts[phrase.first]].isupper():
            return "GBRGOV"
    phrase = replace(phrase, code=_sent(phrase, units, phrases) or own_code(phrase, units, memory))
    if before in POSSESSIVE and (code := led(phrase, units, before, memory)):
        return code
    if land := sent_by(phrase, units, phrases, actors, memory):
        return join(land, phrase.code[3:])
    if memory.flag and {*phrase.title.split(" ")} & word_classes()["seafarer"]:
        if before in ("its", "their", *DEFINITE) or phrase.title.startswith("crew"):
            return join(memory.flag, phrase.code[3:])
    if phrase.code == "IGOPKO" and (sender := sender_of(phrase, units, phrases)):
        return join(sender.code, phrase.code) if sender.code[:3] == "IGO" else phrase.code
    if before not in DEFINITE and (sender := sender_of(phrase, units, phrases)):
        if is_international(sender.code) and not is_international(phrase.code):
            return sender.code
    if is_international(phrase.code):
        return phrase.code
    if body := _sent_from(phrase, units, phrases):
        return body if phrase.code[3:] == "CVL" else join(body, phrase.code[3:])
    land = _land(phrase, units, phrases, actors, memory, before)
    return join(land, phrase.code[3:]) if land else stateless(phrase.code)


def _sent(phrase: Phrase, units: Units, phrases: Sequence[Phrase]) -> str:
    """The role of men that an army, a police or a country sends: "police posted 60 men"."""
    if phrase.title != "man" or phrase.single or phrase.code[3:] != "CVL":
        return ""
    at = units.left_of(phrase.first - 1, "0vmgj")
    word = units.word(at)
    left = [p for p in phrases if p.last <= at and p.code and not p.single]
    role = role_of(left[-1].code)[:3] if left else ""
    if role in ARMS and word in word_classes()["deploy"] | {"lost", "posted"}:
        return NOWHERE + role
    if left and role in ("", "GOV") and word in word_classes()["dispatch"]:
        return NOWHERE + "MIL"
    after = units.words_in(phrase.last, phrase.last + 9)
    part = bool(after & {"taking", "took", "take"}) and "part" in after
    return NOWHERE + "MIL" if part and after & word_classes()["operation"] else ""


def _land(
    phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary,
    memory: Memory, before: str,
) -> str:  # fmt: skip
    """The country of an agent by what stands beside it, else by its sentence and article."""
    if units.word(phrase.last) == "there":
        left = [p for p in phrases if p.last <= phrase.first and units.letters[p.first] in "CTRM"]
        land = actors.country(left[-1].code) if left else ""
    elif before == "whose":
        land = land_of_whose(phrase, units, phrases, actors)
    elif before in POSSESSIVE:
        return land_of_owner(phrase, units, phrases, actors, memory, before)
    else:
        sender = sender_of(phrase, units, phrases)
        land = land_beside(phrase, units, phrases, actors)
        land = land or (actors.country(sender.code) if sender else "")
    land = land or at_embassy(phrase, units, phrases, actors, memory)
    return land or from_sentence(phrase, units, phrases, actors, memory, before)


def _sent_from(phrase: Phrase, units: Units, phrases: Sequence[Phrase]) -> str:
    """The code of the organisation that "observers from the Arab League" come from."""
    behind = next((p for p in phrases if p.first >= phrase.last), None)
    if behind is None or units.letters[phrase.last : behind.first].rstrip("t") not in ("F", "o"):
        return ""
    return behind.code if behind.how == "dictionary" and is_international(behind.code) else ""


def known_elsewhere(
    phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary, memory: Memory
) -> str:
    """The code of "the commander in Turin" whom the article placed elsewhere before, or of who
    "has soldiers in Estonia".

    "The government in Kabul" is that of Kabul, though not "the government in Malaysia".
    """
    sender = sender_of(phrase, units, phrases)
    if sender and is_international(sender.code):
        return sender.code
    if sender and (land := actors.country(sender.code)):
        return join(land, phrase.code[3:])
    if is_hostile(phrase.code) and (land := land_beside(phrase, units, phrases, actors)):
        return join(land, phrase.code[3:])
    before = determiner(phrase, units)
    if before in POSSESSIVE and phrase.code[3:6] in OFFICES:
        land = land_of_owner(phrase, units, phrases, actors, memory, before)
        return join(land, phrase.code[3:]) if land else ""
    if before not in DEFINITE:
        return ""
    if phrase.code[3:6] == "GOV" and units.letters[phrase.last - 1] == "T":
        return ""
    return memory.titles.get(phrase.title, "") or known_title(phrase, memory)
