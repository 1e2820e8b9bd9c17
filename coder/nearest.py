"""The most prominent person, body or group of the nearest sentence that has one."""

from collections.abc import Sequence

from coder.memory import Memory, Referent
from coder.ranks import OBJECT, OBLIQUE, SUBJECT
from coder.roles import is_hostile, role_of

OFFICIAL = ("GOV", "JUD", "COP", "LEG")
""""The man" is none of these."""

ARMS = ("MIL", "SPY")

PERSON_REACH = 5
"""A pronoun stands for somebody of so many sentences before."""

PLURAL_REACH = 2
"""So many for "they"; an organisation, "the two sides" and two that were joined are named from farther."""


def nearest(
    kind: str,
    word: str,
    memory: Memory,
    barred: frozenset[tuple[str, ...]] = frozenset(),
    *,
    passive: bool = False,
    victim: bool = False,
) -> Referent | None:
    """The most prominent actor of a kind in the nearest sentence that has one.

    Those `barred` do not count; who suffers an act, as object or `passive`, may be the object
    of the sentence before as well as its subject, so that two there settle nothing; a `victim`
    ("was freed") is nobody in office.
    """
    reach = PERSON_REACH if kind == "person" else PLURAL_REACH
    for sentence in range(memory.sentence, memory.sentence - reach - 1, -1):
        fits = [
            r
            for r in memory.referents
            if r.sentence == sentence and is_kind(r, kind) and r.codes not in barred
        ]
        if not fits and sentence < memory.sentence and _any(sentence, kind, memory):
            return None
        if kind == "person":
            fits = _of_gender(fits, word, memory)
        if sentence < memory.sentence and any(not r.speaker and r.rank == SUBJECT for r in fits):
            fits = [r for r in fits if not r.speaker]
        if sentence == memory.sentence - 1:  # "Police let them pass. They"
            fits = [r for r in fits if r.gender] or fits
        if (barred or passive) and any(not r.speaker for r in fits):
            fits = [r for r in fits if not r.speaker]
        if (barred or passive) and sentence < memory.sentence:
            fits = [r for r in fits if r.rank != OBLIQUE] or fits
            fits = [r for r in fits if r.gender] or fits  # "They vowed to warn soldiers"
            fits = victims(fits) if victim else fits
            if len({r.codes for r in fits}) > 1:
                return None
        if fits:
            return _most_prominent(fits)
    return None


def victims(fits: Sequence[Referent]) -> list[Referent]:
    """Those in no office to whom something is done, if there are such; else all."""
    weak = [
        r
        for r in fits
        if r.rank < SUBJECT
        and r.codes
        and len(r.codes[0]) > 3
        and role_of(r.codes[0])[:3] not in (*ARMS, *OFFICIAL)
    ]
    return weak or list(fits)


def _any(sentence: int, kind: str, memory: Memory) -> bool:
    return any(r.sentence == sentence and is_kind(r, kind) for r in memory.referents)


def is_kind(referent: Referent, kind: str) -> bool:
    """Whether a referent is of a kind; an armed group is "it" as well as "they"."""
    if kind == "plural" and referent.kind == "body" and len(referent.codes) == 1:
        return is_hostile(referent.codes[0])
    return referent.kind == kind


def _of_gender(fits: Sequence[Referent], word: str, memory: Memory) -> list[Referent]:
    known = [
        r.gender or (memory.genders.get((r.codes[0], r.nouns), "") if r.codes else "") for r in fits
    ]
    sure = [r for r, gender in zip(fits, known, strict=True) if gender == word]
    return sure or [r for r, gender in zip(fits, known, strict=True) if not gender]


def _most_prominent(fits: Sequence[Referent]) -> Referent | None:
    """The subject; but who is tried or arrested is whom the text goes on with."""
    top = max(r.rank for r in fits)
    best = [r for r in fits if r.rank == top]
    if len({r.codes for r in best}) != 1:
        return None
    objects = [r for r in fits if r.rank == OBJECT and r.codes != best[0].codes]
    judging = (
        best[0].kind == "person"
        and best[0].codes
        and (role_of(best[0].codes[0])[:3] in ("JUD", "COP"))
    )
    if top == SUBJECT and judging and len({r.codes for r in objects}) == 1:
        return objects[-1]
    return best[-1]
