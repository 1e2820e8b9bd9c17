"""What "it" stands for: the organisation or country that was subject last, if it acts or suffers.

"It" is an actor only where it does what actors do ("said it was sending troops") or has done to
it what is done to actors ("urged it to pay"); "it was raining" is nobody.
"""

from coder.appositions import Phrase
from coder.memory import Memory, Referent, only
from coder.ranks import OBJECT, SUBJECT
from coder.roles import is_international
from coder.units import Units
from coder.words import word_classes

VOICES = {"spokesman", "spokeswoman", "spokesperson"}
_REACTIONS = ("after", "because", "unless", "until")
""""Sued Togo after it broke the treaty": such a clause tells why something was done to somebody."""

_SCENE = ("in", "at", "near", "inside", "across", "around", "outside")
_ADVERBS = ("also", "not", "never", "still", "now", "only", "already", "first", "formally", "since")
_BE = ("is", "was", "be", "been")
_WEATHER = ("raining", "snowing", "being", "becoming", "getting", "going")


def it(phrase: Phrase, units: Units, memory: Memory) -> tuple[str, ...]:
    """The code of whom "it" stands for; none when it is no actor or several may be meant."""
    if units.is_quoted(phrase.first):
        return ()
    before = units.word(phrase.first - 1)
    if _suffers(phrase, units):
        return _object(phrase, units, memory)
    if before == "without":
        return _code(_others(memory)) if len(memory.here()) > 1 else ()
    if not _acts(phrase.last, units):
        return ()
    subjects = memory.subjects()
    closing = before in (",", '"') and units.word(phrase.last) in word_classes()["say"]
    if phrase.first == 0:
        return _code(_subjects_before(memory)[:1])
    if closing and not _bodies(subjects):
        spoke = [r for r in _subjects_before(memory) if r.speaker]
        return _code(spoke[-1:] or _subjects_before(memory)[:1])
    classes = word_classes()
    bound = before in {
        "that",
        "those",
        "what",
        "whom",
        "which",
        "and",
        *classes["say"],
        *classes["clause"],
    }
    if not (bound or closing or units.letters[phrase.first - 1] in "wAanNDE"):
        return ()
    if _is_reaction(phrase.first - 1, units) and (acted_on := _acted_on(units, memory)):
        return acted_on[-1].codes
    return _code(subjects[-1:]) or _of_speaker(subjects) or _judged(subjects, phrase, units, memory)


def _is_reaction(at: int, units: Units) -> bool:
    """Whether "after", "because" stands there, or "over a missile" (it launched)."""
    if units.word(at) in _REACTIONS:
        return True
    at = units.left_of(at, "wmtj")
    return units.word(at) == "over" or (units.word(at - 1), units.word(at)) == ("because", "of")


def _code(referents: list[Referent]) -> tuple[str, ...]:
    return referents[-1].codes if len(_bodies(referents)) == 1 else ()


def _of_speaker(subjects: list[Referent]) -> tuple[str, ...]:
    """The body of a spokesman, or the one that stands before who speaks: "the navy ... an admiral"."""
    if not subjects or subjects[-1].kind != "person" or len(subjects[-1].codes) != 1:
        return ()
    if subjects[-1].nouns & VOICES or is_international(subjects[-1].codes[0]):
        return subjects[-1].codes
    bodies = [r for r in _bodies(subjects) if r.codes == subjects[-1].codes]
    return bodies[-1].codes if bodies else ()


def _judged(
    subjects: list[Referent], phrase: Phrase, units: Units, memory: Memory
) -> tuple[str, ...]:
    """The one body to whom somebody does something: "fined the firm for what it did"."""
    if (
        not subjects
        or any(r.kind != "person" for r in subjects)
        or "told" in units.words_in(0, phrase.first)
    ):
        return ()
    found = {r.codes for r in _bodies(memory.here()) if not _is_scene(r, units)}
    return only(found)


def _bodies(referents: list[Referent]) -> list[Referent]:
    return [r for r in referents if r.kind == "body" and len(r.codes) == 1]


def _subjects_before(memory: Memory) -> list[Referent]:
    last = memory.before()
    joined = {code for r in last if len(r.codes) > 1 for code in r.codes}
    return [r for r in last if r.rank >= SUBJECT and r.codes and r.codes[0] not in joined]


def _others(memory: Memory) -> list[Referent]:
    """The first subject of the present sentence, unless it is the last actor too."""
    subjects = memory.subjects()
    return subjects[:1] if subjects and subjects[0].codes != subjects[-1].codes else []


def _acted_on(units: Units, memory: Memory) -> list[Referent]:
    """The bodies of the sentence that something is done to, or with."""
    subjects = {r.codes for r in memory.subjects()}
    return [
        r
        for r in _bodies(memory.here())
        if r.rank <= OBJECT and r.codes not in subjects and not _is_scene(r, units)
    ]


def _is_scene(referent: Referent, units: Units) -> bool:
    at = referent.end - 1
    while at > 0 and units.letters[at] not in "iFurox":
        at -= 1
    return units.word(at) in _SCENE


def _object(phrase: Phrase, units: Units, memory: Memory) -> tuple[str, ...]:
    """Whom the last subject urges, accuses: another of its sentence, else who acted before."""
    here = memory.here()
    which = units.last_of(("which", "who"), phrase.first)
    last = [r.codes for r in here if r.rank >= SUBJECT or 0 <= which - r.end <= 1][-1:]
    found = [r for r in _bodies(here) if r.codes not in last and r.rank >= OBJECT]
    found = found or [r for r in _bodies(_subjects_before(memory)[:1]) if r.codes not in last]
    return only({r.codes for r in found})


def _suffers(phrase: Phrase, units: Units) -> bool:
    """Whether "it" is whom one urges, accuses, recognises."""
    classes = word_classes()
    before, after = units.word(phrase.first - 1), units.word(phrase.last)
    if before in ("on", "to") and after == "to":
        return units.word(phrase.first - 2) in (
            "call",
            "called",
            "calling",
            "appealed",
            "appealing",
        )
    given = before in classes["giving"] and before[:3] not in ("mak", "mad", "let", "hel")
    if given and units.letter(phrase.last) in tuple("waAm0"):
        return units.word(phrase.last) not in ("away", "back", "clear", "possible", "impossible")
    return (before in classes["persuade"] and after in ("to", "of", "not", "that", "against")) or (
        before in classes["treat"] and after != "as"
    )


def _acts(at: int, units: Units) -> bool:
    """Whether a verb follows that has an actor as its subject: "would ban", "threatened to"."""
    classes = word_classes()
    words = [w for w in map(units.word, range(at, at + 6)) if w not in _ADVERBS]
    if words[0] in classes["aux"]:
        if words[1] not in _BE:
            return words[1] not in classes["empty"]
        words = words[1:]
    if words[0] in _BE:
        words = words[1:] if words[1] != "been" else words[2:]
        moves = words[0].endswith("ing") and words[0] not in _WEATHER
        return moves or words[0] in classes["minded"]
    return words[0] in classes["acting"]
