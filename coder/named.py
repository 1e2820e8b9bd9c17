"""Whom an agent without a country repeats: the article called somebody so, or has just one such."""

from coder.appositions import Phrase
from coder.belonging import ENVOYS
from coder.lands import ARMED
from coder.memory import Memory, only, only_code
from coder.nearest import nearest
from coder.ranks import OBJECT, OBLIQUE, SUBJECT, rank_of
from coder.references import body
from coder.roles import is_hostile, is_international, join, role_of
from coder.units import Units
from coder.words import word_classes

DEPUTIES = ("deputy", "aide", "adviser", "advisor", "spokesman", "spokeswoman", "spokesperson")
""""His aide" is of the person that "he" is."""

BILATERAL = ("minister", "president", "leader", "premier", "negotiator", "delegation")
""""The ministers" of two countries that were joined by "and"."""

CROWD_REACH = 2
""""The crowd" are the demonstrators of so many sentences before."""


def known_title(phrase: Phrase, memory: Memory) -> str:
    """The code of whom the article called so: "the ministers" may be its "foreign ministers"."""
    if phrase.title == "crowd":
        recent = [r for r in memory.referents if memory.sentence - r.sentence <= CROWD_REACH]
        marchers = {r.codes for r in recent if r.kind == "plural" and role_of(r.codes[0]) == "OPP"}
        if crowd := only(marchers):
            return crowd[0]
    if phrase.title in word_classes()["collective"]:
        if (named := body(phrase.title, memory)) and is_international(named[0]):
            return named[0]
    if phrase.title in memory.titles:
        return memory.titles[phrase.title]
    if phrase.title in ENVOYS and not phrase.name:
        envoys = {c for title, c in memory.titles.items() if title in ENVOYS}
        if envoy := only_code(envoys):
            return envoy
    taker = phrase.noun in word_classes()["taker"]
    if taker or (is_hostile(phrase.code) and role_of(phrase.code)[:3] in ARMED):
        armed = {r.codes for r in memory.referents if len(r.codes) == 1 and _is_armed(r.codes[0])}
        if group := only(armed):
            return group[0]
    if phrase.title in ("company", "firm", "union") and not phrase.single:
        named = {r.codes[0] for r in memory.referents if len(r.codes) == 1 and r.rank > OBLIQUE}
        named = {code for code in named if role_of(code)[:3] == role_of(phrase.code)[:3]}
        if body_named := only_code(named):
            return body_named
    if phrase.title == "general" and (chiefs := _in_uniform(memory)):
        return chiefs
    called = {phrase.title, phrase.title + "s"}
    named = {r.codes for r in memory.referents if called & r.nouns and len(r.codes) == 1}
    if len(named) == 1 and role_of(code := min(named)[0]) == role_of(phrase.code):
        return code
    ends = [c for title, c in memory.titles.items() if title.endswith(f" {phrase.title}")]
    return ends[0] if len({*ends}) == 1 and not phrase.name else ""


def _in_uniform(memory: Memory) -> str:
    """The code of the one soldier who governs, of those named so far: "the general"."""
    persons = [r for r in memory.referents if r.kind == "person" and len(r.codes) == 1]
    soldiers = (r for r in persons if not r.nouns & {"minister", "secretary"})
    armed = {r.codes[0] for r in soldiers if "MIL" in role_of(r.codes[0])}
    return only_code(armed)


def _is_armed(code: str) -> bool:
    return role_of(code)[:3] in ARMED or code.startswith("IMG")


def led(phrase: Phrase, units: Units, before: str, memory: Memory) -> str:
    """The code of the union whose "its leader" is meant; a country's leader has his own role."""
    noun = phrase.title.partition(" of ")[0].removesuffix(" general").rsplit(" ", 1)[-1]
    weak = noun in word_classes()["weak"]
    opening = phrase.first <= 1
    if before in ("his", "her"):
        if phrase.title not in DEPUTIES:
            return ""
        owner = nearest("person", "he" if before == "his" else "she", memory)
    else:
        acting = [r.codes for r in memory.here() if r.rank == SUBJECT and r.kind == "plural"]
        suffers = before == "their" and rank_of(phrase, units) == OBJECT
        others = {r.codes for r in memory.here() if r.kind == "plural"} - {*acting}
        barred = frozenset(acting if suffers and others else ())  # "police held their leader"
        owner = nearest("body" if before == "its" else "plural", "", memory, barred)
    if owner is None or len(owner.codes) != 1:
        return ""
    [code] = owner.codes
    if opening and is_international(code):
        return code
    if weak and phrase.code[3:] == "LAB" and is_international(code):
        return code
    if phrase.title == "officer" and role_of(code)[:3] == "GOV" and "COP" not in memory.roles:
        return code
    if not weak or phrase.code[3:] not in ("GOV", "CVL", "MIL"):
        return ""
    return code if is_international(code) or role_of(code)[:3] not in ("", "GOV") else ""


def both_named(phrase: Phrase, memory: Memory) -> tuple[str, ...]:
    """Codes of "the elders" whom the article introduced as "Afghan and Pakistani elders"."""
    nouns = {phrase.noun, phrase.noun.removesuffix("s")}
    called = [r for r in memory.referents if nouns & r.nouns and len(r.codes) == 1]
    if phrase.single or not called:
        return ()
    codes = {r.codes[0] for r in called if r.sentence == called[-1].sentence}
    return next((p.codes for p in memory.pairs if p.joined and codes == {*p.codes}), ())


def both_offices(phrase: Phrase, memory: Memory) -> tuple[str, ...]:
    """Codes of "the ministers" of two countries that the sentence before joined by "and"."""
    if phrase.single or phrase.noun not in BILATERAL or phrase.title in memory.titles:
        return ()
    pairs = [p for p in memory.pairs if p.joined and p.sentence == memory.sentence - 1]
    codes = pairs[-1].codes if pairs else ()
    if len(pairs) != 1 or any(is_international(code) for code in codes):
        return ()
    return tuple(join(code[:3], phrase.code[3:]) for code in codes)


def guest_land(phrase: Phrase, memory: Memory) -> str:
    """The one other country whose soldiers (police, ...) were named: "the foreign soldiers"."""
    guests = memory.roles.get(role_of(phrase.code), set()) - {memory.setting}
    return only_code(guests)


def acts_here(code: str, phrase: Phrase, units: Units, memory: Memory) -> bool:
    """Whether somebody of that code does something to the one named: "he met the president"."""
    acting = any(
        r.codes == (code,) and r.rank == SUBJECT and r.kind == "person" for r in memory.here()
    )
    return acting and rank_of(phrase, units) != SUBJECT
