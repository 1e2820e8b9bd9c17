"""What an article has said so far: its actors in order, its countries, pairs, names and titles."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from coder.actors import FAMILY_NAME_FIRST, ActorDictionary, Entry
from coder.anaphors import NUMBERS, is_count
from coder.appositions import Phrase
from coder.ranks import OBLIQUE, SUBJECT, kind_of, rank_of
from coder.roles import NOWHERE, is_hostile, is_international, role_of
from coder.units import Units
from coder.words import word_classes

REMEMBERED = 200
"""So many actors and pairs of a long article are kept in mind, the last ones."""

_BYSTANDERS = frozenset(("CVL", "REF", "MED"))
_GENDERS = {"he": "he", "him": "he", "she": "she", "her": "she", "they": "they", "them": "they"}
_SHE = ("woman", "queen", "princess", "mother", "wife", "daughter", "sister")
_HE = ("man", "king", "prince", "father", "husband", "son", "brother")


@dataclass(frozen=True, slots=True)
class Referent:
    """An actor that a later pronoun may stand for.

    `codes` are two for a pair and none for a name that nothing codes; `kind` is "person", "body"
    (a country, an office, an organisation: "it"), "plural" or "" (an adjective, or "his lawyer":
    "he" is rather whose lawyer it is); `rank` SUBJECT, OBJECT or OBLIQUE; `speaker` of a clause
    ("..., a spokesman said"); `nouns` what it may be called again; `gender` "he", "she" or "they"
    of a pronoun; `end` its last unit in the sentence (exclusive); `new` says that it is somebody
    without a name ("a lawyer"), whose name may follow.
    """

    codes: tuple[str, ...]
    kind: str
    rank: int
    sentence: int
    speaker: bool = False
    nouns: frozenset[str] = frozenset()
    gender: str = ""
    end: int = 0
    new: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors that "the two sides" may stand for; `joined` by "and" or just two in a sentence."""

    codes: tuple[str, str]
    joined: bool
    sentence: int


@dataclass(slots=True)
class Memory:
    """What the article has said so far.

    `titles` and `names` hold codes; `roles` the countries whose rebels (police, ...) were named;
    `lands` counts the countries named; `genders` holds "he" or "she" by code and title; `setting`
    is the country that the whole article is about, `rivals` are the others it begins with and `home`
    is the setting if the dateline says so; `flag` is that of the last ship, `sentence` the number of
    the present sentence, `subject` the first country of the one before.
    """

    names: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    roles: dict[str, set[str]] = field(default_factory=dict)
    lands: Counter[str] = field(default_factory=Counter)
    referents: list[Referent] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    genders: dict[tuple[str, frozenset[str]], str] = field(default_factory=dict)
    role: str = ""
    home: str = ""
    setting: str = ""
    rivals: frozenset[str] = frozenset()
    flag: str = ""
    subject: str = ""
    sentence: int = 0

    def end_sentence(self, subject: str) -> None:
        """Go on to the next sentence."""
        self.subject = subject
        self.sentence += 1

    def add(self, referent: Referent) -> None:
        """Remember an actor and forget the one of long ago."""
        self.referents.append(referent)
        del self.referents[:-REMEMBERED]

    def here(self) -> list[Referent]:
        """The actors of the present sentence so far."""
        return [r for r in self.referents if r.sentence == self.sentence]

    def before(self) -> list[Referent]:
        """The actors of the sentence before."""
        return [r for r in self.referents if r.sentence == self.sentence - 1]

    def subjects(self) -> list[Referent]:
        """The subjects of the present sentence so far, one and several."""
        return [r for r in self.here() if r.rank >= SUBJECT]


def only(found: Collection[tuple[str, ...]]) -> tuple[str, ...]:
    """The codes of the one actor that was found; none of several."""
    return next(iter(found)) if len(found) == 1 else ()


def only_code(codes: Collection[str]) -> str:
    """The one code that was found; "" for none and for several."""
    return next(iter(codes)) if len(codes) == 1 else ""


def add_referent(phrase: Phrase, codes: tuple[str, ...], units: Units, memory: Memory) -> None:
    """Remember an actor of the present sentence."""
    if any(code.startswith(NOWHERE) for code in codes):
        return
    if not codes and _is_no_person(phrase, units):
        return
    kind = "" if _is_apposed(phrase, units, memory) else kind_of(phrase, codes, units)
    rank = rank_of(phrase, units) if kind else OBLIQUE
    speaker = units.word(phrase.last) in word_classes()["say"] and (
        units.letter(phrase.last + 1) in ("", ".")
        or (_is_behind_comma(phrase, units) and units.word(phrase.last + 1) != "that")
    )
    nouns = frozenset(_nouns(phrase, units))
    gender = _GENDERS.get(units.word(phrase.first), "")
    new = kind == "person" and not phrase.name and units.word(phrase.first - 1) in ("a", "an")
    memory.add(
        Referent(codes, kind, rank, memory.sentence, speaker, nouns, gender, phrase.last, new)
    )
    word = phrase.noun
    if len(codes) == 1 and kind == "person":
        if word.endswith(_SHE):
            memory.genders[codes[0], nouns] = "she"
        elif word.endswith(_HE):
            memory.genders[codes[0], nouns] = "he"


def _is_no_person(phrase: Phrase, units: Units) -> bool:
    """Whether an unknown name is a thing ("the Easter recess"), a place ("in Sines", "Sines's mayor")
    or the first word of a sentence.
    """
    word, word_before = units.word(phrase.first), units.word(phrase.first - 1)
    one = phrase.last - phrase.first == 1
    place = units.letter(phrase.first - 1) in ("i", "t", "j", "0")
    place = place or word_before in ("as", "named", "called", "dubbed", "nicknamed", "alias")
    place = place or (one and units.letter(phrase.last) == "s")
    if units.word(phrase.first - 1) == "of":  # "the diocese of Nakuru"
        head = units.word(phrase.first - 2)
        place = place or units.letters[phrase.first - 2] == "k"
        place = place or head in word_classes()["collective"]
    opening = units.letters[phrase.first] == "n" and one
    return place or (opening and (word.endswith(("ing", "ed", "s")) or word in NUMBERS))


def _is_behind_comma(phrase: Phrase, units: Units) -> bool:
    at = units.left_of(phrase.first - 1, "tjmv0")
    return phrase.first > 0 and units.letters[at] == ","


def add_names(phrase: Phrase, code: str, units: Units, memory: Memory) -> None:
    """Remember what a coded actor is called: title, name, surname, letters in brackets."""
    known = not code.startswith(NOWHERE)
    if phrase.title and known:
        held = memory.titles.get(phrase.title, "")
        if memory.setting in ("", code[:3]) or held[:3] != memory.setting:
            memory.titles[phrase.title] = code
        if (role := role_of(code)) and not is_international(code):
            memory.roles.setdefault(role, set()).add(code[:3])
    if (phrase.single or phrase.title) and phrase.name and known:
        memory.names[phrase.name] = code
        parts = phrase.name.split()
        surname = parts[0] if code[:3] in FAMILY_NAME_FIRST else parts[-1]
        memory.names.setdefault(surname, code)
        if len(parts) == 3:
            memory.names.setdefault(parts[1], code)
    if units.letters[phrase.last : phrase.last + 3] in ("(N)", "(O)"):
        memory.names[units.text[units.starts[phrase.last + 1] : units.ends[phrase.last + 1]]] = code


def add_pair(first: str, second: str, memory: Memory, *, joined: bool) -> None:
    """Remember two different actors as a pair: two countries, or a country and those against it."""
    if not joined and {role_of(first), role_of(second)} & _BYSTANDERS:
        return
    against = is_hostile(first) != is_hostile(second)
    if (
        (joined or first[:3] != second[:3] or against)
        and first != second
        and NOWHERE not in (first[:3], second[:3])
    ):
        memory.pairs.append(Pair((first, second), joined, memory.sentence))
        del memory.pairs[:-REMEMBERED]


def add_joined(left: tuple[str, ...], right: tuple[str, ...], memory: Memory) -> None:
    """Remember "A and B" as a pair that "they" may stand for, before either alone."""
    rank = max((r.rank for r in memory.here() if r.codes == left), default=OBLIQUE)
    if len(left) == len(right) == 1 and left != right:
        add_pair(left[0], right[0], memory, joined=True)
        if NOWHERE not in (left[0][:3], right[0][:3]):
            memory.add(Referent((left[0], right[0]), "plural", rank + 1, memory.sentence))


def add_parties(codes: list[tuple[str, ...]], actors: ActorDictionary, memory: Memory) -> None:
    """Remember the two countries of a sentence, else its two parties, if there are just two."""
    firsts: dict[str, str] = {}
    parties: dict[str, None] = {}
    for code in (c for each in codes for c in each if not c.startswith(NOWHERE)):
        land = actors.country(code)
        parties[code] = None
        if land or is_international(code):
            if role_of(firsts.get(land or code, "")) in _BYSTANDERS:
                firsts[land or code] = code
            firsts.setdefault(land or code, code)
    lands = [code for code in firsts.values() if actors.country(code)]
    if len(lands) == 2:
        add_pair(lands[0], lands[1], memory, joined=False)
    elif len(parties) == 2:
        first, second = parties
        add_pair(first, second, memory, joined=False)


def _is_apposed(phrase: Phrase, units: Units, memory: Memory) -> bool:
    """Whether a phrase only says who somebody is: "The judge, a former soldier, left"."""
    at = units.left_of(phrase.first - 1, "mgf")
    if units.word(at) not in ("a", "an") or phrase.name or not phrase.single:
        return False
    at -= units.word(at - 1) in ("now", "then", "once", "himself", "herself")
    comma = units.letters.find(",", phrase.last)
    alone = comma > 0 and "&" not in units.letters[phrase.last : comma]
    listed = units.letter(comma + 1) in tuple("jt&m0v")
    behind = any(r.end == at - 1 and r.kind in ("person", "") for r in memory.here())
    return units.letter(at - 1) == "," and behind and alone and not listed


def _nouns(phrase: Phrase, units: Units) -> list[str]:
    """The last word of a title, the words of a dictionary name, and how many they are."""
    names = [
        found.name for found in units.found[phrase.first : phrase.last] if isinstance(found, Entry)
    ]
    words = " ".join(names).lower().split() if not phrase.title else []
    of = phrase.first - 2  # "two of its lawmakers"
    count = of - 1 if units.word(of) == "of" else phrase.first - 1
    words += filter(is_count, (units.word(count), units.word(phrase.first)))
    return words + [phrase.noun] + phrase.name.lower().split()
