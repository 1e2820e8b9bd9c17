"""What pronouns and references stand for: "he", "them", "it", "the agency", "both sides".

Subjects come before objects, the present sentence before earlier ones; when two actors compete
nothing is said, since a wrong actor makes a wrong event.
"""

from collections import Counter
from dataclasses import replace

from coder.actors import ActorDictionary
from coder.anaphors import is_count
from coder.appositions import Phrase
from coder.it import it
from coder.memory import OBJECT, OBLIQUE, SUBJECT, Memory, Referent, rank_of
from coder.nations import described, land, lands, most_named
from coder.nearest import OFFICIAL, PERSON_REACH, PLURAL_REACH, is_kind, nearest, victims
from coder.pairs import LANDS, PARTIES, parties_at_home, resolve_pair, rivals
from coder.roles import NOWHERE, former, is_hostile, is_international, join, role_of
from coder.units import Units
from coder.words import word_classes

_BE = ("was", "were", "be", "been")
INANIMATE = ("in", "inside", "within", "through")
""""In them" are things."""

_TOGETHER = ("met", "agreed", "discussed", "shook", "talked", "signed", "spoke", "exchanged")
""""They met" are two of whom each was named alone."""

BODY_REACH = 12
_BODY_CODES = {
    "court": lambda code: code.startswith("IGO") and "JUD" in code,
    "tribunal": lambda code: code.startswith("IGO") and "JUD" in code,
    "agency": lambda code: code.startswith("IGOUNO") and len(code) > 6,
    "group": lambda code: role_of(code)[:3] in ("REB", "UAF", "INS", "SEP") or code[:3] == "IMG",
    "bloc": lambda code: code.startswith("IGO") and not code.startswith("IGOUNO"),
    "organisation": lambda code: code[:3] in ("IGO", "NGO"),
    "organization": lambda code: code[:3] in ("IGO", "NGO"),
    "house": lambda code: role_of(code)[:3] == "LEG",
    "chamber": lambda code: role_of(code)[:3] == "LEG",
    "alliance": lambda code: code.startswith("IGOWSTNAT"),
}
"""The actors that a noun may name again although their name does not hold it."""


def resolve(
    phrase: Phrase, units: Units, actors: ActorDictionary, memory: Memory
) -> tuple[str, ...]:
    """The codes of a reference: one, two for a pair, none when the article does not settle it."""
    if phrase.ask in ("he", "him"):
        return _person(phrase, units, memory)
    if phrase.ask in ("they", "them"):
        return _plural(phrase, units, actors, memory)
    if phrase.ask == "man":
        return the_person(memory)
    if phrase.ask == "men":
        return owners(phrase, units, memory)
    if phrase.ask == "persons":
        return _counted(phrase.title, memory) if phrase.title else _those_arrested(memory)
    if phrase.ask == "counted":
        return _counted(phrase.title, memory)
    if phrase.ask == "rest":
        return _rest(phrase, units, memory)
    if phrase.ask == "heir":
        return tuple(_succession(phrase, code) for code in owners(phrase, units, memory))
    if phrase.ask == "guest":
        return _visitor(phrase, units, memory)
    if phrase.ask == "it":
        return it(phrase, units, memory)
    if phrase.ask == "body":
        if phrase.title == "pair":
            return _counted("two", memory)
        known = body(phrase.title.removesuffix("s"), memory)
        return known or _own(phrase) or _their_body(phrase, units, memory)
    if phrase.ask == "land":
        role = phrase.code.removeprefix(NOWHERE)
        return tuple(
            join(code, role) if role else code for code in land(phrase, units, actors, memory)
        )
    if phrase.ask == "many" or described(phrase, units):
        role = phrase.code.removeprefix(NOWHERE)
        return tuple(
            join(code, role) if role else code for code in lands(phrase, units, actors, memory)
        )
    return _two(phrase, units, actors, memory)


def _two(phrase: Phrase, units: Units, actors: ActorDictionary, memory: Memory) -> tuple[str, ...]:
    """Two parties or countries; "urged both sides" is said by a third."""
    if phrase.title == "two" and not phrase.code and (known := _counted("two", memory)):
        return known
    if phrase.code == "IGO":  # "inspectors from both sides"
        phrase = replace(phrase, code=NOWHERE + "GOV")
    before = units.word(phrase.first - 1)
    subjects = [r for r in memory.here() if r.rank >= SUBJECT and r.codes]
    acting = {r.codes[0] for r in subjects if r.rank == SUBJECT and len(r.codes) == 1}
    if rank_of(phrase, units) == OBJECT and before not in word_classes()["clause"]:
        acting |= {code[:3] for r in subjects[-1:] for code in r.codes if actors.country(code)}
    if codes := resolve_pair(phrase, actors, memory, frozenset(acting)):
        return codes
    if phrase.title in PARTIES and not phrase.code and (parties := parties_at_home(memory)):
        return parties
    pair = most_named(2, actors, memory)
    named = tuple(code for code in memory.lands if actors.country(code))
    if not pair and phrase.title in LANDS and len(named) == 2:
        pair = named
    if not pair and phrase.title in ("sides", "parties") and not phrase.code:
        third = {r.codes[0][:3] + role_of(r.codes[0])[:3] for r in memory.here() if r.codes}
        return rivals(memory, frozenset(third))
    if not pair or any(code in acting for code in pair) or phrase.title in ("men", "them"):
        return ()
    if phrase.code:
        role = phrase.code.removeprefix(NOWHERE)
        return tuple(join(code, role) for code in pair) if role in ("GOV", "MIL") else ()
    return pair


def _counted(number: str, memory: Memory) -> tuple[str, ...]:
    """Whom "two German journalists" introduced, if only they were counted so."""
    near = [r for r in memory.referents if memory.sentence - r.sentence <= BODY_REACH]
    counted = {r.codes for r in near if number in r.nouns and r.codes} if number else set()
    return counted.pop() if len(counted) == 1 else ()


def _rest(phrase: Phrase, units: Units, memory: Memory) -> tuple[str, ...]:
    """Of whom "six others" are: the only ones that the sentence, or the one before, counted."""
    for sentence in (memory.sentence, memory.sentence - 1):
        groups = [r for r in memory.referents if r.sentence == sentence and is_kind(r, "plural")]
        counted = {r.codes for r in groups if any(map(is_count, r.nouns))}
        if groups or phrase.first > 1:
            return counted.pop() if len(counted) == 1 else ()
    return ()


def _those_arrested(memory: Memory) -> tuple[str, ...]:
    """Who "the men" are: the last that something was done to, of those in no office."""
    groups = [
        r
        for r in memory.referents
        if is_kind(r, "plural")
        and len(r.codes) == 1
        and memory.sentence - r.sentence <= PERSON_REACH
        and not (r.rank >= SUBJECT and r.sentence == memory.sentence)
    ]
    plural = [r for r in groups if role_of(r.codes[0])[:3] not in (*OFFICIAL, "", "MIL")]
    if not plural:  # "expelled two diplomats. The men"
        counted = {r.codes for r in groups if any(map(is_count, r.nouns))}
        return counted.pop() if len(counted) == 1 else ()
    near = [r for r in plural if r.sentence == plural[-1].sentence]
    objects = [r for r in near if r.rank < SUBJECT] or near
    codes = {r.codes for r in objects}
    return codes.pop() if len(codes) == 1 else ()


def _succession(phrase: Phrase, code: str) -> str:
    return former(code) if phrase.title == "predecessor" else code


def _visitor(phrase: Phrase, units: Units, memory: Memory) -> tuple[str, ...]:
    """Who "the guest", "her host" is: the person from abroad, or of the place, named most often."""
    persons = Counter(r.codes[0] for r in memory.referents if r.kind == "person" and r.codes)
    owner = owners(phrase, units, memory) if units.word(phrase.first - 1) in ("his", "her") else ()
    home = memory.setting
    at_home = {c for c in persons if c[:3] == home and role_of(c)[:3] in (*OFFICIAL, "")}
    found = at_home if phrase.title == "host" else {c for c in persons if c[:3] != home}
    found -= {c for c in found if owner and c[:3] == owner[0][:3]}
    first = [(c, n) for c, n in persons.most_common() if c in found]
    if not first or (len(first) > 1 and first[0][1] == first[1][1]):
        return ()
    return (first[0][0],)


def _own(phrase: Phrase) -> tuple[str, ...]:
    return (phrase.code,) if phrase.code and not phrase.code.startswith(NOWHERE) else ()


def _their_body(phrase: Phrase, units: Units, memory: Memory) -> tuple[str, ...]:
    """Strikers for "their committee"."""
    if units.word(phrase.first - 1) != "their" or phrase.title in ("operation", "mission", "pair"):
        return ()
    codes = owners(phrase, units, memory)
    return codes if len(codes) == 1 and role_of(codes[0])[:3] not in (*OFFICIAL, "", "MIL") else ()


def owners(phrase: Phrase, units: Units, memory: Memory) -> tuple[str, ...]:
    """The codes that the possessive before a phrase stands for: "his men", "their troops"."""
    word = units.word(phrase.first - 1)
    word = word if word in ("his", "her", "their", "its") else units.word(phrase.first)
    if word in ("his", "her"):
        found = nearest("person", "he" if word == "his" else "she", memory)
    elif word == "their":
        found = nearest("plural", "", memory)
    else:
        return ()
    return found.codes if found else ()


def body(noun: str, memory: Memory) -> tuple[str, ...]:
    """The last organisation of that name or kind; none when a sentence names two."""
    fits = _BODY_CODES.get(noun, lambda code: False)
    found = [
        r
        for r in memory.referents
        if len(r.codes) == 1
        and memory.sentence - r.sentence <= BODY_REACH
        and (r.kind != "person" or is_international(r.codes[0]))
        and (noun in r.nouns or fits(r.codes[0]))
    ]
    named = [r for r in found if noun in r.nouns] or found
    codes = {r.codes for r in named if r.sentence == named[-1].sentence}
    return codes.pop() if len(codes) == 1 else ()


def the_person(memory: Memory) -> tuple[str, ...]:
    """The one person of the last sentence that has any; of several the only one acted upon."""
    persons = [
        r
        for r in memory.referents
        if r.kind == "person"
        and r.sentence < memory.sentence
        and not (r.codes and role_of(r.codes[0])[:3] in OFFICIAL)
    ]
    near = [r for r in persons if r.sentence == persons[-1].sentence]
    if not near or memory.sentence - near[-1].sentence > PLURAL_REACH:
        return ()
    objects = {r.codes for r in near if r.rank != SUBJECT}
    found = {r.codes for r in near}
    found = objects if len(found) > 1 else found
    return found.pop() if len(found) == 1 else ()


def whose_name(phrase: Phrase, units: Units, memory: Memory) -> tuple[str, ...]:
    """The person without a name of the sentence before ("a lawyer"), for a name that follows."""
    full = units.letters[phrase.first : phrase.last] in ("NN", "nN", "NNN", "nNN", "hNN")
    says = units.word(phrase.first - 1) in word_classes()["say"]
    opens = phrase.first == 0 or (says and units.letters[phrase.first - 2] not in '",')
    last = [r for r in memory.referents if r.sentence == memory.sentence - 1 and r.kind == "person"]
    alone = len({r.codes for r in last}) == 1 and last[0].new
    behind = units.letters[phrase.last : phrase.last + 1]
    return last[0].codes if full and opens and alone and behind not in ("o", "F", "i") else ()


def _is_quoted(phrase: Phrase, units: Units) -> bool:
    """Whether a phrase stands in a quotation, where one does not know who speaks of whom."""
    return units.text[: units.starts[phrase.first]].count('"') % 2 == 1


def _quoted(phrase: Phrase, units: Units, memory: Memory) -> tuple[str, ...]:
    """Whom "they" of a quotation means: the only group that the quotation named before."""
    begins = units.letters.rfind('"', 0, phrase.first)
    groups = [r for r in memory.here() if is_kind(r, "plural")]
    inside = {r.codes for r in groups if begins < r.end <= phrase.first}
    return inside.pop() if len(inside) == 1 else ()


def _person(phrase: Phrase, units: Units, memory: Memory) -> tuple[str, ...]:
    if _is_quoted(phrase, units):
        return ()
    if phrase.ask == "he" and units.letters[phrase.first - 1 : phrase.first] in ("w", "N"):
        if len({r.codes for r in memory.here() if r.kind == "person"}) > 1:
            return ()
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
        told = "told" in map(units.word, range(phrase.first - 1))
        if told and _persons_here(barred, memory) > 1:
            return ()
    suffers = phrase.ask == "him" or _is_passive(phrase.last, units)
    victim = _is_victim(phrase, units)
    found = nearest("person", word, memory, barred, passive=suffers, victim=victim)
    if found and found.codes:
        memory.genders[found.codes[0], found.nouns] = word
    return found.codes if found else ()


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
    if units.letters[to : to + 1] != "u" or to < 1:
        return frozenset()
    return frozenset(r.codes for r in memory.here() if r.end == to and r.rank != OBLIQUE)


def _asking(phrase: Phrase, units: Units, memory: Memory) -> frozenset[tuple[str, ...]]:
    """The police in "police asked the crowd to go, but they stayed"."""
    verb = max(
        (i for i in range(phrase.first) if units.word(i) in word_classes()["persuade"]), default=-1
    )
    return frozenset(r.codes for r in memory.here() if r.end <= verb)


def _of_asking(
    phrase: Phrase, units: Units, asked: frozenset[tuple[str, ...]], memory: Memory
) -> tuple[str, ...]:
    """Whom those asked are to do something to: who asks, or the only other of the sentence."""
    kind = "person" if phrase.ask == "him" else "plural"
    here = [r for r in memory.here() if is_kind(r, kind) and r.rank != OBLIQUE]
    here = [r for r in here if r.codes not in asked and r.codes]
    codes = {r.codes for r in (victims(here) if _is_victim(phrase, units) else here)}
    return codes.pop() if len(codes) == 1 else ()


def _is_victim(phrase: Phrase, units: Units) -> bool:
    """Whether "freed them" or "they were taken" tells of those arrested or attacked."""
    near = range(phrase.first - 1, phrase.first)
    if phrase.ask not in ("him", "them"):
        near = range(phrase.last, phrase.last + 4) if _is_passive(phrase.last, units) else range(0)
    return any(units.word(i) in word_classes()["custody"] for i in near)


def _is_of_his(phrase: Phrase, units: Units) -> bool:
    """Whether what is his does it to him: "his clan refused to bury him"."""
    owner = max((i for i in range(phrase.first) if units.word(i) in ("his", "her")), default=-1)
    opens = owner == 0 or (owner > 0 and units.letters[owner - 1] in '&,"')
    return opens and units.letters[owner] == "j"


def _clause_subjects(phrase: Phrase, units: Units, memory: Memory) -> frozenset[tuple[str, ...]]:
    """Whom "him" cannot be: the subject, or whom "who" stands for ("the bishop, who thanked him").

    In "the minister said that police had beaten him" the subject is the police.
    """
    who = max((i for i in range(phrase.first) if units.word(i) == "who"), default=-1)
    named = frozenset(r.codes for r in memory.here() if 0 <= who - r.end <= 1)
    if who >= 0 and not named:  # "a magistrate in Lusaka, who"
        named = frozenset(
            [r.codes for r in memory.here() if r.end <= who and r.kind == "person"][-1:]
        )
    subjects = [r for r in memory.here() if r.rank >= SUBJECT]
    if not named and len(subjects) > 1 and subjects[-1].kind != "person":
        opening = word_classes()["clause"] | word_classes()["say"]
        if any(units.word(i) in opening for i in range(subjects[-2].end, subjects[-1].end)):
            return frozenset((subjects[-1].codes,))
    return named or frozenset(r.codes for r in subjects if r.rank == SUBJECT)


def _two_persons(memory: Memory) -> tuple[str, ...]:
    """The two persons of the sentence before, for "They met"."""
    last = [r for r in memory.referents if r.sentence == memory.sentence - 1]
    codes = list(dict.fromkeys(r.codes[0] for r in last if r.kind == "person" and r.codes))
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
    words = (units.word(i) for i in range(subject.end, phrase.first - 2))
    return any(word in ("say", "that", "says", "said") for word in words)


def _plural(
    phrase: Phrase, units: Units, actors: ActorDictionary, memory: Memory
) -> tuple[str, ...]:
    if _is_quoted(phrase, units):
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
        if units.word(phrase.first - 1) in INANIMATE:
            return ()
        if units.word(phrase.first - 1) in word_classes()["thing-verb"]:
            return ()
        if not any(is_kind(r, "plural") for r in memory.here()) and _has_things(phrase, units):
            return ()
        who = max((i for i in range(phrase.first) if units.word(i) == "who"), default=-1)
        subjects = [r for r in memory.here() if r.rank >= SUBJECT and r.end > who]
        if not subjects:
            subjects = [r for r in memory.here() if who >= 0 and 0 <= who - r.end <= 1]
        barred = frozenset(
            r.codes for r in subjects[-1:] if r.kind != "person" and not _reports(r, phrase, units)
        )
        if (asked := _asked(phrase, units, memory)) and (
            found := _of_asking(phrase, units, asked, memory)
        ):
            return found
        barred |= asked
    if phrase.ask == "they" and units.word(phrase.first - 1) == "but":
        barred |= _asking(phrase, units, memory)
    leaders = [r for r in memory.here() if r.rank >= SUBJECT]
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
