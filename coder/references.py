"""What pronouns and references stand for: "he", "them", "it", "the agency", "both sides".

Subjects come before objects, the present sentence before earlier ones; when two actors compete
nothing is said, since a wrong actor makes a wrong event.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from coder.actors import ActorDictionary
from coder.anaphors import is_count
from coder.appositions import Phrase
from coder.it import it
from coder.lands import ARMED
from coder.memory import Memory, only
from coder.nations import described, land, lands, most_named
from coder.nearest import OFFICIAL, PERSON_REACH, PLURAL_REACH, is_kind, nearest
from coder.pairs import LANDS, PARTIES, parties_at_home, resolve_pair, rivals
from coder.pronouns import person, plural
from coder.ranks import OBJECT, SUBJECT, rank_of
from coder.roles import NOWHERE, former, is_international, join, role_of
from coder.turns import visitor
from coder.units import Units
from coder.words import word_classes

GROUPS_OF = {"pair": "two", "duo": "two", "couple": "two", "trio": "three"}
NOT_THEIRS = ("operation", "mission", *GROUPS_OF)
""""Their mission" is nobody's body."""

BODY_REACH = 12
_BODY_CODES = {
    "court": lambda code: code.startswith("IGO") and "JUD" in code,
    "tribunal": lambda code: code.startswith("IGO") and "JUD" in code,
    "agency": lambda code: code.startswith("IGOUNO") and len(code) > 6,
    "group": lambda code: role_of(code)[:3] in (*ARMED, "HRI") or code[:3] in ("IMG", "NGO"),
    "bloc": lambda code: code.startswith("IGO") and not code.startswith("IGOUNO"),
    "organisation": lambda code: code[:3] in ("IGO", "NGO"),
    "organization": lambda code: code[:3] in ("IGO", "NGO"),
    "paper": lambda code: role_of(code) == "MED",
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
        return person(phrase, units, memory)
    if phrase.ask in ("they", "them"):
        return plural(phrase, units, actors, memory)
    if phrase.ask == "man":
        return the_person(memory)
    if phrase.ask == "men":
        return owners(phrase, units, memory)
    if phrase.ask == "persons":
        return _counted(phrase.title, memory) if phrase.title else _those_arrested(memory)
    if phrase.ask == "counted":
        return _counted(phrase.title, memory)
    if phrase.ask == "rest":
        return _rest(phrase, memory)
    if phrase.ask == "heir":
        return tuple(_succession(phrase, code) for code in owners(phrase, units, memory))
    if phrase.ask == "guest":
        return _visitor(phrase, units, memory)
    if phrase.ask == "it":
        return it(phrase, units, memory)
    if phrase.ask == "body":
        if number := GROUPS_OF.get(phrase.title):
            known = _counted(number, memory)
            two = replace(phrase, title="two")
            return known or (_two(two, units, actors, memory) if number == "two" else ())
        known = body(phrase.title.removesuffix("s"), memory)
        return known or _own(phrase) or _their_body(phrase, units, memory)
    if phrase.ask == "land":
        return _with_role(phrase, land(phrase, units, actors, memory))
    if phrase.ask == "many" or described(phrase, units):
        return _with_role(phrase, lands(phrase, units, actors, memory))
    return _two(phrase, units, actors, memory)


def _with_role(phrase: Phrase, codes: Sequence[str]) -> tuple[str, ...]:
    """The codes of countries, or of those in them who have the role of a phrase."""
    role = phrase.code.removeprefix(NOWHERE)
    return tuple(join(code, role) if role else code for code in codes)


def _two(phrase: Phrase, units: Units, actors: ActorDictionary, memory: Memory) -> tuple[str, ...]:
    """Two parties or countries; "urged both sides" is said by a third."""
    if phrase.title == "two" and not phrase.code and (known := _counted("two", memory)):
        return known
    if phrase.code == "IGO":  # "inspectors from both sides"
        phrase = replace(phrase, code=NOWHERE + "GOV")
    before = units.word(phrase.first - 1)
    subjects = [r for r in memory.subjects() if r.codes]
    acting = {r.codes[0] for r in subjects if r.rank == SUBJECT and len(r.codes) == 1}
    if rank_of(phrase, units) == OBJECT and before not in word_classes()["clause"]:
        acting |= {code[:3] for r in subjects[-1:] for code in r.codes if actors.country(code)}
    if codes := resolve_pair(phrase, actors, memory, frozenset(acting)):
        return codes
    if phrase.title == "them" and (known := _counted("two", memory)):
        return known
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
    role = phrase.code.removeprefix(NOWHERE)
    return _with_role(phrase, pair) if role in ("", "GOV", "MIL") else ()


def _counted(number: str, memory: Memory) -> tuple[str, ...]:
    """Whom "two German journalists" introduced, if only they were counted so."""
    near = [r for r in memory.referents if memory.sentence - r.sentence <= BODY_REACH]
    counted = {r.codes for r in near if number in r.nouns and r.codes} if number else set()
    return only(counted)


def _rest(phrase: Phrase, memory: Memory) -> tuple[str, ...]:
    """Of whom "six others" are: the only ones that the sentence, or the one before, counted."""
    for sentence in (memory.sentence, memory.sentence - 1):
        groups = [r for r in memory.referents if r.sentence == sentence and is_kind(r, "plural")]
        counted = {r.codes for r in groups if any(map(is_count, r.nouns))}
        if groups or phrase.first > 1:
            return only(counted)
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
        return only(counted)
    near = [r for r in plural if r.sentence == plural[-1].sentence]
    objects = [r for r in near if r.rank < SUBJECT] or near
    return only({r.codes for r in objects})


def _succession(phrase: Phrase, code: str) -> str:
    return former(code) if phrase.title == "predecessor" else code


def _visitor(phrase: Phrase, units: Units, memory: Memory) -> tuple[str, ...]:
    """Who "the guest" is, or "the host", "her guest": the person named most often of another country
    than the guest's, or than hers.
    """
    guest = visitor(memory)
    owner = owners(phrase, units, memory) if units.word(phrase.first - 1) in ("his", "her") else ()
    if phrase.title != "host" and not owner:
        return (guest,) if guest else ()
    land = owner[0][:3] if owner else guest[:3]
    persons = Counter(r.codes[0] for r in memory.referents if r.kind == "person" and r.codes)
    found = {c for c in persons if land and c[:3] != land}
    first = [(c, n) for c, n in persons.most_common() if c in found]
    if not first or (len(first) > 1 and first[0][1] == first[1][1]):
        return ()
    return (first[0][0],)


def _own(phrase: Phrase) -> tuple[str, ...]:
    return (phrase.code,) if phrase.code and not phrase.code.startswith(NOWHERE) else ()


def _their_body(phrase: Phrase, units: Units, memory: Memory) -> tuple[str, ...]:
    """Strikers for "their committee"."""
    if units.word(phrase.first - 1) != "their" or phrase.title in NOT_THEIRS:
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
    return only({r.codes for r in named if r.sentence == named[-1].sentence})


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
    return only({r.codes for r in near}) or only(objects)


def whose_name(phrase: Phrase, units: Units, memory: Memory) -> tuple[str, ...]:
    """The person without a name of the sentence before ("a lawyer"), for a name that follows."""
    full = units.letters[phrase.first : phrase.last] in ("NN", "nN", "NNN", "nNN", "hNN")
    says = units.word(phrase.first - 1) in word_classes()["say"]
    opens = phrase.first == 0 or (says and units.letters[phrase.first - 2] not in '",')
    last = [r for r in memory.before() if r.kind == "person"]
    alone = len({r.codes for r in last}) == 1 and last[0].new
    behind = units.letter(phrase.last)
    return last[0].codes if full and opens and alone and behind not in ("o", "F", "i") else ()
