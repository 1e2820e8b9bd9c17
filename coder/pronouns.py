"""Whom "he", "him", "they" and "them" stand for.

The subject of the clause comes first, then who was there before; the subject does nothing to
itself, and of two to whom something may have been done neither is meant.
"""

from dataclasses import replace

from coder.actors import ActorDictionary
from coder.appositions import Phrase
from coder.memory import Memory, Referent, only
from coder.nearest import is_kind, nearest, victims
from coder.pairs import resolve_pair
from coder.ranks import OBJECT, OBLIQUE, SUBJECT
from coder.roles import is_hostile
from coder.units import Units
from coder.words import word_classes

_BE = ("was", "were", "be", "been")
REASONS = ("after", "because", "when", "although")
INANIMATE = ("in", "inside", "within", "through")
""""In them" are things."""

_TOGETHER = ("met", "agreed", "discussed", "shook", "talked", "signed", "spoke", "exchanged")
""""They met" are two of whom each was named alone."""


def _quoted(phrase: Phrase, units: Units, memory: Memory) -> tuple[str, ...]:
    """Whom "they" of a quotation means: the only group that the quotation named before."""
    begins = units.letters.rfind('"', 0, phrase.first)
    groups = [r for r in memory.here() if is_kind(r, "plural")]
    inside = {r.codes for r in groups if begins < r.end <= phrase.first}
    return only(inside)


def person(phrase: Phrase, units: Units, memory: Memory) -> tuple[str, ...]:
    """The code of whom "he", "she" or "him" stands for; none in a quotation."""
    if units.is_quoted(phrase.first):
        return ()
    if phrase.ask == "he" and units.letter(phrase.first - 1) in ("w", "N"):
        if len({r.codes for r in memory.here() if r.kind == "person"}) > 1:
            return ()
    if phrase.ask == "he" and (punished := _punished(phrase, units, memory)):
        return punished
    word = "she" if units.word(phrase.first) in ("she", "her") else "he"
    barred: frozenset[tuple[str, ...]] = frozenset()
    if phrase.ask == "him":
        if not _is_of_his(phrase, units):
            barred = _clause_subjects(phrase, units, memory)
        if (asked := _asked(phrase, units, memory)) and (
            found := _of_asking(phrase, units, asked, memory)
        ):
            return found
        barred |= asked
        told = "told" in units.words_in(0, phrase.first - 1)
        if told and _persons_here(barred, memory) > 1:
            return ()
    suffers = phrase.ask == "him" or _is_passive(phrase.last, units)
    victim = _is_victim(phrase, units)
    found = nearest("person", word, memory, barred, passive=suffers, victim=victim)
    if found and found.codes:
        memory.genders[found.codes[0], found.nouns] = word
    return found.codes if found else ()


def _punished(phrase: Phrase, units: Units, memory: Memory) -> tuple[str, ...]:
    """The chief in "the president dismissed the chief after he criticised the budget"."""
    persons = [r for r in memory.here() if r.kind == "person" and r.codes]
    objects = [r for r in persons if r.rank == OBJECT]
    if units.word(phrase.first - 1) not in REASONS or len(persons) != 2 or len(objects) != 1:
        return ()
    start = next((r.end for r in persons if r.end < objects[0].end), 0)
    verbs = units.words_in(start, objects[0].end)
    return objects[0].codes if verbs & word_classes()["sanction"] else ()


def _persons_here(barred: frozenset[tuple[str, ...]], memory: Memory) -> int:
    here = [r for r in memory.here() if r.kind == "person" and r.rank != OBLIQUE]
    return len({r.codes for r in here} - barred)


def _is_passive(at: int, units: Units) -> bool:
    """Whether "were taken", "would be freed" follows."""
    words = [units.word(i) for i in range(at, at + 4)]
    be = next((i for i, word in enumerate(words[:3]) if word in _BE), -1)
    return be >= 0 and words[be + 1].endswith(
        ("ed", "en", "wn", "ught", "ld", "nt", "hurt", "shot")
    )


def _asked(phrase: Phrase, units: Units, memory: Memory) -> frozenset[tuple[str, ...]]:
    """The police in "asked the police to release him", who do not do it to themselves."""
    to = phrase.first - 2
    if units.letter(to) != "u" or to < 1:
        return frozenset()
    return frozenset(r.codes for r in memory.here() if r.end == to and r.rank != OBLIQUE)


def _asking(phrase: Phrase, units: Units, memory: Memory) -> frozenset[tuple[str, ...]]:
    """The police in "police asked the crowd to go, but they stayed"."""
    verb = units.last_of(word_classes()["persuade"], phrase.first)
    return frozenset(r.codes for r in memory.here() if r.end <= verb)


def _of_asking(
    phrase: Phrase, units: Units, asked: frozenset[tuple[str, ...]], memory: Memory
) -> tuple[str, ...]:
    """Whom those asked are to do something to: who asks, or the only other of the sentence."""
    kind = "person" if phrase.ask == "him" else "plural"
    here = [r for r in memory.here() if is_kind(r, kind) and r.rank != OBLIQUE]
    here = [r for r in here if r.codes not in asked and r.codes]
    return only({r.codes for r in (victims(here) if _is_victim(phrase, units) else here)})


def _is_victim(phrase: Phrase, units: Units) -> bool:
    """Whether "freed them" or "they were taken" tells of those arrested or attacked."""
    custody = word_classes()["custody"]
    if phrase.ask in ("him", "them"):
        return units.word(phrase.first - 1) in custody
    following = units.words_in(phrase.last, phrase.last + 4)
    return _is_passive(phrase.last, units) and not custody.isdisjoint(following)


def _is_of_his(phrase: Phrase, units: Units) -> bool:
    """Whether what is his does it to him: "his clan refused to bury him"."""
    owner = units.last_of(("his", "her"), phrase.first)
    opens = owner == 0 or (owner > 0 and units.letters[owner - 1] in '&,"')
    return opens and units.letters[owner] == "j"


def _clause_subjects(phrase: Phrase, units: Units, memory: Memory) -> frozenset[tuple[str, ...]]:
    """Whom "him" cannot be: the subject, or whom "who" stands for ("the bishop, who thanked him").

    In "the minister said that police had beaten him" the subject is the police.
    """
    who = units.last_of(("who",), phrase.first)
    named = frozenset(r.codes for r in memory.here() if 0 <= who - r.end <= 1)
    if who >= 0 and not named:  # "a magistrate in Lusaka, who"
        named = frozenset(
            [r.codes for r in memory.here() if r.end <= who and r.kind == "person"][-1:]
        )
    subjects = memory.subjects()
    if not named and len(subjects) > 1 and subjects[-1].codes == subjects[0].codes:
        if subjects[0].nouns != subjects[-1].nouns:  # "resigned after the president accused him"
            return frozenset()
    if not named and len(subjects) > 1 and subjects[-1].kind != "person":
        opening = word_classes()["clause"] | word_classes()["say"]
        if units.words_in(subjects[-2].end, subjects[-1].end) & opening:
            return frozenset((subjects[-1].codes,))
    return named or frozenset(r.codes for r in subjects if r.rank == SUBJECT)


def _two_persons(memory: Memory) -> tuple[str, ...]:
    """The two persons of the sentence before, for "They met"."""
    codes = list(
        dict.fromkeys(r.codes[0] for r in memory.before() if r.kind == "person" and r.codes)
    )
    return tuple(codes) if len(codes) == 2 else ()


def _has_things(phrase: Phrase, units: Units) -> bool:
    """Whether things were done something to before: "condemned the executions and defended them"."""
    for at in range(2, phrase.first):
        word = units.word(at)
        things = units.letters[at] == "w" and word.endswith("s") and not word.endswith("ss")
        if things and units.letters[at - 1] in "tjm0" and units.letters[at - 2] in "xw":
            return True
    return False


def _reports(subject: Referent, phrase: Phrase, units: Units) -> bool:
    """Whether a subject only says what is done to itself: "Ghana and Togo say it belongs to them"."""
    words = units.words_in(subject.end, phrase.first - 2)
    return not words.isdisjoint(("say", "that", "says", "said"))


def _are_things(phrase: Phrase, units: Units, memory: Memory) -> bool:
    """Whether "them" are things: "in them", "signed them", "condemned the acts and defended them"."""
    before = units.word(phrase.first - 1)
    if before in INANIMATE or before in word_classes()["thing-verb"]:
        return True
    return not any(is_kind(r, "plural") for r in memory.here()) and _has_things(phrase, units)


def _acting(phrase: Phrase, units: Units, memory: Memory) -> frozenset[tuple[str, ...]]:
    """The subject of the clause, which does nothing to itself."""
    who = units.last_of(("who",), phrase.first)
    subjects = [r for r in memory.subjects() if r.end > who]
    if not subjects:
        subjects = [r for r in memory.here() if who >= 0 and 0 <= who - r.end <= 1]
    return frozenset(
        r.codes for r in subjects[-1:] if r.kind != "person" and not _reports(r, phrase, units)
    )


def plural(
    phrase: Phrase, units: Units, actors: ActorDictionary, memory: Memory
) -> tuple[str, ...]:
    """The codes of whom "they" or "them" stands for, two for a pair."""
    if units.is_quoted(phrase.first):
        return _quoted(phrase, units, memory)
    barred: frozenset[tuple[str, ...]] = frozenset()
    if units.word(phrase.first - 1) == "of":
        apart = any(c in units.letters[: phrase.first] for c in ",:;-")
        here = [r for r in memory.here() if is_kind(r, "plural")]
        if apart and here:
            return here[-1].codes
        barred = frozenset(r.codes for r in here)
    elif phrase.ask == "them":
        if units.word(phrase.first - 1) == "between":
            last = nearest("plural", "", memory, barred)
            if last and len(last.codes) == 2:
                return last.codes
            return resolve_pair(replace(phrase, title="them"), actors, memory)
        if _are_things(phrase, units, memory):
            return ()
        asked = _asked(phrase, units, memory)
        if asked and (found := _of_asking(phrase, units, asked, memory)):
            return found
        barred = asked | _acting(phrase, units, memory)
    elif units.word(phrase.first - 1) == "but":
        barred = _asking(phrase, units, memory)
    leaders = memory.subjects()
    if phrase.ask == "they" and leaders and leaders[-1].kind == "person" and leaders[-1].codes:
        if is_hostile(leaders[-1].codes[0]) and not any(
            is_kind(r, "plural") for r in memory.here()
        ):
            return leaders[-1].codes
    suffers = phrase.ask == "them" or _is_passive(phrase.last, units)
    victim = _is_victim(phrase, units)
    if nearby := nearest("plural", "", memory, barred, passive=suffers, victim=victim):
        return nearby.codes
    if phrase.ask == "they" and units.word(phrase.last) in _TOGETHER and phrase.first == 0:
        if both := _two_persons(memory):
            return both
    last = [p for p in memory.pairs if p.sentence == memory.sentence - 1]
    both = last[-1].codes if len(last) == 1 and phrase.ask == "they" else ()
    return both if all(len(code) == 3 for code in both) else ()
