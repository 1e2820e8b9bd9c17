"""Phrases that tell where: "in the northern Nigerian city of Kano", "near Tripoli, Lebanon".

A phrase begins behind a preposition (or at an object, see `where`) and is read from left to
right: words for areas, adjectives of countries, a name from the gazetteer, the countries behind a
comma. What does not fit gives no place: "in the Syrian war", "in Washington Post", "near Asmaville".
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from coder.actors import ActorDictionary, plain
from coder.places import Gazetteer, Place
from coder.words import word_classes

PREPOSITIONS = frozenset(
    "in at near outside inside across around throughout within off into on against to".split()
)

LandNamed = Callable[[str], tuple[str, str]]
"""The country code that a name stands for, and whether it is a "country" or "demonym"."""

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[-'.&](?!s\b)[^\W_]+)*|'s\b|[^\w\s]")
_ARTICLES = ("the", "a", "an")
_LONGEST = 7
"""Words of the longest name."""


@dataclass(frozen=True, slots=True)
class Toponym:
    """A phrase that names a place: offsets, the preposition ("" for none) and the place."""

    start: int
    end: int
    preposition: str
    place: Place


@dataclass(frozen=True, slots=True)
class Reader:
    """A sentence as words with offsets, to be read from any of them."""

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    land_named: LandNamed
    gazetteer: Gazetteer

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def land_at(self, i: int) -> tuple[str, str, int]:
        """A country or its adjective that begins at a word: code, kind, the word behind it."""
        for end in range(min(i + _LONGEST, len(self.words)), i, -1):
            code, kind = self.land_named(self.text[self.starts[i] : self.ends[end - 1]])
            if self.gazetteer.country(code):
                return code, kind, end
        return "", "", i

    def name_at(self, i: int) -> tuple[str, int]:
        """The longest name of the gazetteer that begins at a word, and the word behind it."""
        for end in range(min(i + _LONGEST, len(self.words)), i, -1):
            name = self.text[self.starts[i] : self.ends[end - 1]]
            if name in self.gazetteer.names:
                return name, end
        return "", i


def lands_of(actors: ActorDictionary) -> LandNamed:
    """The countries and their adjectives that an actor dictionary knows."""

    def land_named(name: str) -> tuple[str, str]:
        surface = actors.surfaces.get(name)
        for entry in surface.entries if surface else ():
            if entry.kind in ("country", "demonym"):
                return entry.code[:3], entry.kind
        return "", ""

    return land_named


def read_words(text: str, land_named: LandNamed, gazetteer: Gazetteer) -> Reader:
    """The words of a sentence."""
    text = plain(text)
    found = [(m.group(), *m.span()) for m in _WORD.finditer(text)]
    words, starts, ends = zip(*found, strict=True) if found else ((), (), ())
    return Reader(text, words, starts, ends, land_named, gazetteer)


def find_toponyms(reader: Reader, lands: frozenset[str]) -> list[Toponym]:
    """All phrases with a preposition that name a place; `lands` are the countries of the actors."""
    found = []
    for i, word in enumerate(reader.words):
        if word.lower() in PREPOSITIONS and (phrase := read_phrase(reader, i + 1, lands)):
            found.append(replace(phrase, start=reader.starts[i], preposition=word.lower()))
    return found


def read_phrase(reader: Reader, at: int, lands: frozenset[str]) -> Toponym | None:
    """The place that is named from a word on, None if the words there name none."""
    i, land, area, article = at, "", "", False
    while True:
        word = reader.word(i)
        if word in word_classes()["placing"] or (
            "-" in word and word.islower() and word not in word_classes()["area"]
        ):
            article = article or word in _ARTICLES
            i += 1
        elif word in word_classes()["area"]:
            area, i = word, i + 1
            if reader.word(i) == "of":
                i += 1
        elif word not in PREPOSITIONS and _is_area(reader, i + 1, word[:1].isupper()):
            i += 1  # "the jungle town of", "the Amazon region of"
        elif not land and reader.word(i)[:1].isupper():
            if named := _named(reader, at, i, land, lands, article, area):
                return named
            land, kind, behind = reader.land_at(i)
            if not land:
                break
            if kind == "country":
                if reader.word(behind) != "'s":
                    return _ended(reader, at, behind, reader.gazetteer.country(land), lands)
                behind += 1
            i = behind
        else:
            break
    if land and reader.word(i)[:1].isupper():
        if named := _named(reader, at, i, land, lands, article, area):
            return named
        unknown = reader.gazetteer.country(land) if area else None  # "the Syrian town of Asmaville"
        return _phrase(reader, at, i + 1, unknown)
    if not land and reader.word(i)[:1].isupper() and (area or i == at or article):
        return _chained(reader, at, i, lands)
    if land and area:
        seat = area == "capital"
        place = reader.gazetteer.capital(land) if seat else reader.gazetteer.country(land)
        return _phrase(reader, at, i, place)
    return None


def _named(
    reader: Reader, at: int, i: int, land: str, lands: frozenset[str], article: bool, area: str
) -> Toponym | None:
    """A city or region whose name begins at a word; `land` is the country that the phrase says."""
    name, behind = reader.name_at(i)
    if not name:
        return None
    if not land and reader.land_at(i)[2] >= behind and not _is_division(reader, name, behind):
        return None
    divisions = word_classes()["division"]
    marked = reader.word(behind).lower() in divisions
    explicit = land or _land_behind(reader, behind + marked)
    near = {explicit} if explicit else lands
    place = reader.gazetteer.find(name, near, marked or area in divisions)
    place = place or reader.gazetteer.find(name, near)
    if place is None or (land and place.country != land):
        return None
    if marked:
        return _ended(reader, at, behind + 1, place, lands)
    only_named_after = article and not area and place.kind == "city"
    if not _ends_name(reader, behind, only_named_after and reader.word(i - 1) in _ARTICLES):
        return None
    return _ended(reader, at, behind, place, lands)


def _ends_name(reader: Reader, behind: int, named_after: bool) -> bool:
    """Whether a name may end before a word: not in "Washington Post" or "Moscow's view".

    What is only named after a town ("a Baghdad market", `named_after`) must be a site in it.
    """
    classes, following = word_classes(), reader.word(behind)
    if following[:1].isupper():
        return following in classes["named-site"] or reader.land_at(behind)[1] == "demonym"
    if following == "'s":
        after = reader.word(behind + 1)
        inside = classes["site"] | classes["area"] | classes["placing"]
        return after[:1].isupper() or after in inside
    return not (named_after and following[:1].islower()) or following in classes["site"]


def _is_area(reader: Reader, i: int, named: bool) -> bool:
    """Whether a word is one for an area that is named at once: "town of Miraflores".

    Behind a capitalised word (`named`) only with "of", for that may be the name: "Idlib province".
    """
    of = reader.word(i + 1) == "of"
    name = i + 1 + of
    if named and (not of or reader.land_at(i - 1)[0]):
        return False
    return reader.word(i) in word_classes()["area"] and reader.word(name)[:1].isupper()


def _is_division(reader: Reader, name: str, behind: int) -> bool:
    """Whether the name of a country is that of a division here: "Georgia, United States"."""
    return _land_behind(reader, behind) in reader.gazetteer.regions(name)


def _ended(
    reader: Reader, at: int, behind: int, place: Place | None, lands: frozenset[str]
) -> Toponym | None:
    """A phrase with its end; of "in Syria and Iraq" none, of two towns their country."""
    if place is None:
        return None
    following = reader.word(behind)
    if (
        place.kind == "country"
        and following[:1].isupper()
        and following not in word_classes()["named-site"]
    ):
        return None
    if following in ("and", "or", "&") and reader.word(behind + 1)[:1].isupper():
        other = read_phrase(reader, behind + 1, lands | {place.country})
        if other and not _is_subject(reader, other):
            if other.place.country != place.country:
                return None
            place = reader.gazetteer.country(place.country)
    return _phrase(reader, at, behind, place)


def _is_subject(reader: Reader, other: Toponym) -> bool:
    """Whether what follows "and" rather begins a clause: "in Syria and Iraq said"."""
    rest = reader.text[other.end : other.end + 12].split()
    return bool(rest) and rest[0].islower() and rest[0].endswith(("ed", "said", "has", "will"))


def _chained(reader: Reader, at: int, i: int, lands: frozenset[str]) -> Toponym | None:
    """The first known place behind commas, for an unknown site: "at Tahrir Square, Cairo"."""
    while reader.word(i)[:1].isupper() or reader.word(i) in ("of", "'s", "the"):
        i += 1
    if reader.word(i) != "," or not reader.word(i + 1)[:1].isupper():
        return None
    name, behind = reader.name_at(i + 1)
    land, kind, land_end = reader.land_at(i + 1)
    if kind == "country" and land_end >= behind:
        place, behind = reader.gazetteer.country(land), land_end
    elif name:
        land = _land_behind(reader, behind)
        place = reader.gazetteer.find(name, {land} if land else lands)
    else:
        return None
    closed = reader.word(behind) in (",", ".", ";", "", ")")
    return _phrase(reader, at, behind, place) if place and closed else None


def _land_behind(reader: Reader, i: int) -> str:
    """The country behind a comma: LBN of "Tripoli, Lebanon" and "Tripoli, northern Lebanon"."""
    for _ in range(2):
        if reader.word(i) != ",":
            return ""
        i += 1
        while reader.word(i) in word_classes()["placing"]:
            i += 1
        land, kind, behind = reader.land_at(i)
        name, name_end = reader.name_at(i)
        if kind == "country" and behind >= name_end:
            return land if not reader.gazetteer.regions(name) or reader.word(behind) != "'s" else ""
        states = reader.gazetteer.regions(name)
        if len(states) == 1:
            return states.pop()
        if not name:
            return ""
        i = name_end
    return ""


def _phrase(reader: Reader, at: int, behind: int, place: Place | None) -> Toponym | None:
    if place is None:
        return None
    return Toponym(reader.starts[at], reader.ends[min(behind, len(reader.ends)) - 1], "", place)
