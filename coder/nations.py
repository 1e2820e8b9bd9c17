"""Countries that a text calls by a common noun: "the island", "the Gulf state", "the neighbour".

A country that an article is about, or one that lies where the noun says; rather none than a guess.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date as Date

from coder.actors import ActorDictionary, Entry
from coder.anaphors import COUNTS, reference, region_in
from coder.appositions import Phrase
from coder.memory import Memory
from coder.pairs import resolve_pair
from coder.ranks import OBJECT, SUBJECT, rank_of
from coder.units import Units
from coder.words import word_classes, world_regions

REACH = 3
"""A country that is called so without its name was named in one of so many sentences before."""

DOMINANT = 0.5


def land(phrase: Phrase, units: Units, actors: ActorDictionary, memory: Memory) -> tuple[str, ...]:
    """The code of "the country", "the Central American nation", "the other side"."""
    if phrase.title == "side":
        return _other_side(actors, memory)
    here = _lands(memory, actors, memory.sentence, memory.sentence)
    region = region_in(units, phrase.first, phrase.last - 1)
    if phrase.title in ("neighbour", "neighbor") or "neighbour" in units.word(phrase.last - 2):
        return _neighbour(here, actors, memory)
    if region or phrase.title in world_regions():
        found = world_regions()[region or phrase.title]
        if rank_of(phrase, units) == OBJECT:  # "Japan will help the island"
            acting = {codes[0] for codes in _acting(memory) if codes}
            acting |= {code[:3] for code in acting if _is_done_to(phrase, units)}
            found = found - acting
        return _in_region(found, actors, memory)
    about = _about(actors, memory)
    if len(here) > 1:
        return ()
    if here:
        other = here[0] != about and phrase.title != "country"
        if not other and not _is_own(phrase, units, here[0], memory):
            return (here[0],)
    return (about,) if about and about not in here else ()


def described(phrase: Phrase, units: Units) -> str:
    """Where the countries of a phrase lie: "baltic", and "kingdom" of "both kingdoms"; else ""."""
    noun = {"monarchies": "monarchy"}.get(phrase.title, phrase.title.removesuffix("s"))
    region = region_in(units, phrase.first, phrase.last - 1)
    name = units.word(phrase.last - 1)
    if not region and units.letters[phrase.last - 1] == "R":  # "Arab states" is one unit
        region = name.rpartition(" ")[0] if name.rpartition(" ")[0] in world_regions() else ""
    return region or (noun if noun in world_regions() else "")


def lands(phrase: Phrase, units: Units, actors: ActorDictionary, memory: Memory) -> tuple[str, ...]:
    """The codes of "the three neighbours", "both Baltic states": that many, and no more, were named."""
    number = COUNTS.index(phrase.name) + 2 if phrase.name else 2
    region = world_regions().get(described(phrase, units))
    named = [c for c, _ in memory.lands.most_common() if not region or c in region]
    named = [c for c in named if (c,) not in _acting(memory)]
    if len(named) == number:
        return tuple(named)
    if number == 2 and region:
        recent = [c for c in _lands(memory, actors, 0, memory.sentence) if c in region]
        return tuple(recent[-2:]) if len(recent) > 1 else ()
    return most_named(number, actors, memory)


def most_named(number: int, actors: ActorDictionary, memory: Memory) -> tuple[str, ...]:
    """The countries that an article is about, if just so many stand out."""
    counts = [(c, n) for c, n in memory.lands.most_common() if actors.country(c)]
    first, rest = counts[:number], counts[number:]
    if len(first) < number or (number == 2 and first[-1][1] < 2):
        return ()
    if rest and rest[0][1] >= first[-1][1]:
        return ()
    return tuple(code for code, _ in first)


def know_koreas(units: Units, lands: Counter[str]) -> Units:
    """Read "the North's leader" as that of North Korea, where the article has named it."""
    sides = {"North": "PRK", "South": "KOR"}
    if not lands["PRK"] or not any(side in units.text for side in sides):
        return units
    letters, found = list(units.letters), list(units.found)
    for at in range(1, len(letters)):
        code = sides.get(units.text[units.starts[at] : units.ends[at]])
        apart = letters[at + 1 : at + 2] in ([], ["s"], ["x"], ["."], [","], ["&"], ["d"], ["u"])
        if code and lands[code] and units.word(at - 1) == "the" and apart:
            name = "North Korea" if code == "PRK" else "South Korea"
            letters[at], found[at] = "C", Entry(name, code, "country", Date.min, Date.max, 0)
    return replace(units, letters="".join(letters), found=tuple(found))


def _acting(memory: Memory) -> set[tuple[str, ...]]:
    return {r.codes for r in memory.here() if r.rank == SUBJECT}


def _lands(memory: Memory, actors: ActorDictionary, first: int, last: int) -> list[str]:
    """The countries of actors of some sentences, that named last at the end."""
    found: dict[str, None] = {}
    for referent in memory.referents:
        if first <= referent.sentence <= last:
            for code in filter(None, map(actors.country, referent.codes)):
                found.pop(code, None)
                found[code] = None
    return list(found)


def _about(actors: ActorDictionary, memory: Memory) -> str:
    """The country that most names of an article are of."""
    counts = [(c, n) for c, n in memory.lands.most_common(2) if actors.country(c)]
    if not counts:
        return memory.home
    if counts[0][1] < DOMINANT * memory.lands.total():
        return ""
    return counts[0][0] if len(counts) == 1 or counts[0][1] > counts[1][1] else ""


def _is_own(phrase: Phrase, units: Units, here: str, memory: Memory) -> bool:
    """Whether "with the country" has the country itself as subject, so that another is meant."""
    bare = any(r.codes == (here,) for r in memory.subjects())
    towards = units.word(phrase.first - 1) in ("with", "against", "to")
    return bare and (towards or _is_done_to(phrase, units))


def _is_done_to(phrase: Phrase, units: Units) -> bool:
    classes = word_classes()
    done = classes["giving"] | classes["persuade"] | classes["treat"]
    return units.word(phrase.first - 1) in done


def _in_region(inside: frozenset[str], actors: ActorDictionary, memory: Memory) -> tuple[str, ...]:
    """The only country of a region that was named, or that of the nearest sentence."""
    for first in (memory.sentence, memory.sentence - 1, memory.sentence - REACH, 0):
        found = [c for c in _lands(memory, actors, first, memory.sentence) if c in inside]
        if len(found) > 1:  # "Cuba helped Haiti. The island"
            acting = {
                r.codes[0] for r in memory.before() if r.rank == SUBJECT and len(r.codes) == 1
            }
            found = [c for c in found if c in acting and first == memory.sentence - 1]
        if found:
            return tuple(found) if len(found) == 1 else ()
    return ()


def _neighbour(here: Sequence[str], actors: ActorDictionary, memory: Memory) -> tuple[str, ...]:
    """The other of the two countries that an article is about, or of the last two sentences."""
    near = _lands(memory, actors, memory.sentence - 1, memory.sentence)
    joined = [tuple(map(actors.country, p.codes)) for p in memory.pairs if p.joined]
    joined = [pair for pair in joined if here and here[0] in pair][-1:]
    for pair in (most_named(2, actors, memory), *joined, tuple(near)):
        if len(pair) == 2 and len(here) == 1 and here[0] in pair:
            return tuple(code for code in pair if code != here[0])
    return ()


def _other_side(actors: ActorDictionary, memory: Memory) -> tuple[str, ...]:
    """Of two sides that of whom the sentence does not name."""
    here = {code for r in memory.here() for code in r.codes}
    mine = {code for code in here if actors.country(code)}
    pair = most_named(2, actors, memory) or resolve_pair(
        reference(0, 0, "two", "sides"), actors, memory, acting=frozenset()
    )
    if len(pair) != 2:
        return ()
    own = [
        code
        for code in pair
        if code in mine or len({c[:3] for c in pair}) == 2 and code[:3] in {m[:3] for m in mine}
    ]
    return tuple(code for code in pair if code not in own) if len(own) == 1 else ()
