"""The two that "both sides", "the two presidents", "each country" stand for."""

from collections import Counter

from coder.actors import ActorDictionary
from coder.appositions import Phrase
from coder.lands import ARMED
from coder.memory import Memory, Pair
from coder.ranks import SUBJECT
from coder.roles import NOWHERE, is_hostile, is_international, join, role_of
from coder.units import Units

PAIR_REACH = 4
JOINED_REACH = 12
MANY_LANDS = 8
"""When so many countries were named, a pair holds none that was named only once."""

LANDS = ("countries", "nations", "states", "neighbours", "neighbors", "country", "nation", "state")
"""What countries are called, but no other parties."""

TEAMS = ("delegation", "negotiator", "delegate", "team", "leader", "leadership", "negotiating team")
THIRD = ("JUD", "MED", "COP", "SPY", "HLH", "CVL")
"""Roles of those who are no party to a dispute at home."""

PARTIES = ("sides", "parties", "side", "them", "two")


def resolve_pair(
    phrase: Phrase,
    actors: ActorDictionary,
    memory: Memory,
    acting: frozenset[str] | None = None,
) -> tuple[str, ...]:
    """The two that "the two presidents", "both sides" stand for: the last two of that kind.

    Two that were joined by "and" come before the only two of a sentence; whoever acts in the
    present sentence is none of them, nor is the country `acting`.
    """
    if acting is None:
        subjects = (r.codes for r in memory.here() if r.rank == SUBJECT)
        acting = frozenset(codes[0] for codes in subjects if len(codes) == 1)
    near = [
        p
        for p in memory.pairs
        if memory.sentence - p.sentence <= (JOINED_REACH if p.joined else PAIR_REACH)
    ]
    often = Counter(map(_bases, near))
    for pair in sorted(
        near,
        key=lambda p: (_is_rare(p, memory), not p.joined, -often[_bases(p)], -p.sentence),
    ):
        lands = [actors.country(code) for code in pair.codes]
        abroad = lands[0] != lands[1]
        if any(code in acting or (abroad and code[:3] in acting) for code in pair.codes):
            continue
        if not abroad and any(len(code) == 3 for code in pair.codes):
            continue
        if phrase.title in PARTIES and not phrase.code:
            return _parties(pair.codes, lands, memory)
        if phrase.title in TEAMS and lands[0] == lands[1] and lands[0]:
            return pair.codes
        if not all(lands) or lands[0] == lands[1] or is_international(phrase.code):
            continue
        if phrase.code:
            return tuple(join(land, phrase.code.removeprefix(NOWHERE)) for land in lands)
        return tuple(lands) if phrase.title in LANDS else pair.codes
    return ()


def _parties(codes: tuple[str, str], lands: list[str], memory: Memory) -> tuple[str, ...]:
    """The parties to a dispute: countries, unless one has rebels for its party.

    The party of policemen who fight rebels is their government.
    """
    hostile = [is_hostile(code) for code in codes]
    if all(lands) and lands[0] != lands[1] and not any(hostile):
        return tuple(lands) if any(len(code) == 3 for code in codes) else codes
    if any(hostile) and lands[0] == lands[1] and lands[0] in memory.roles.get("GOV", ()):
        return tuple(lands[0] + "GOV" if role_of(c) == "COP" else c for c in codes)
    return codes


def parties_at_home(memory: Memory) -> tuple[str, ...]:
    """A government and the only rebels that an article has named, if they are of one country."""
    rebels = {(land, r) for r, lands in memory.roles.items() if r in ARMED for land in lands}
    if len(rebels) == 2:  # "the rebels" are the separatists that have a name
        rebels = {(land, r) for land, r in rebels if (land, "REB") not in rebels or r != "REB"}
    if len(rebels) != 1:
        return ()
    [(land, role)] = rebels
    roles = {role[:3] for role, lands in memory.roles.items() if land in lands}
    state = next((r for r in ("GOV", "MIL") if r in roles), "")
    return (land + state, land + role) if state else ()


def rivals(memory: Memory, acting: frozenset[str]) -> tuple[str, ...]:
    """The two parties at home that an article has named most: a firm and a union.

    Courts, journalists and who acts in the present sentence are none; each was named twice.
    """
    counts: Counter[str] = Counter()
    for referent in memory.referents:
        if len(referent.codes) == 1 and not is_international(referent.codes[0]):
            role = role_of(referent.codes[0])[:3]
            if role and role not in THIRD:
                counts[referent.codes[0][:3] + role] += 1
    counts = Counter({c: n for c, n in counts.items() if n > 1 and c not in acting})
    first = counts.most_common(3)
    if len(first) < 2 or (len(first) == 3 and first[2][1] == first[1][1]):
        return ()
    codes = tuple(code for code, _ in first[:2])
    return codes if codes[0][:3] == codes[1][:3] else ()


def _bases(pair: Pair) -> frozenset[str]:
    return frozenset(code[:3] for code in pair.codes)


def _is_rare(pair: Pair, memory: Memory) -> bool:
    """Whether one of a pair is a country that the article has named but once, among others."""
    return memory.lands.total() >= MANY_LANDS and any(
        memory.lands[code[:3]] == 1 for code in pair.codes
    )


def is_both_parties(phrase: Phrase, units: Units, memory: Memory) -> bool:
    """Whether "the parties" are those to talks: no political party was named, but a pair was."""
    if phrase.ask != "country" or units.word(phrase.last - 1) != "parties":
        return False
    named = any("PTY" in role for role in memory.roles)
    first = phrase.first - (units.letters[phrase.first] != "v")
    word = units.word(first)
    if named or word not in ("the", "both", "two", "all"):
        return False
    if word in ("both", "two"):
        return bool(memory.pairs)
    joined = word == "the" and any(p.joined for p in memory.pairs)
    return joined or any(any(map(is_hostile, p.codes)) for p in memory.pairs)
