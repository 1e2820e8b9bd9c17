"""A sentence as a row of units: dictionary matches and single words, one class letter each.

The letters make one string, so that phrases ("Turkish riot police in Sivas") are plain regular
expressions over it. Letters: D demonym, L people ("Russians"), U country by its initials, C country,
T city, R region, M metonym, P person, O organisation, I international organisation, Z media,
E ethnic or religious group, A agent, a plural agent, B counterpart, N unknown capitalised word
(n: alone at the start of the sentence, so perhaps no name); the small letters of
`word_classes.txt`; s possessive, 0 number, w any other word; punctuation stands for itself.
"""

import re
from dataclasses import dataclass
from datetime import date as Date

from coder.actors import ActorDictionary, Agent, Entry, Surface, entry_on, plain
from coder.roles import is_international
from coder.words import letter_of, word_classes

Found = Entry | Agent | None
Hit = tuple[int, int, Surface]

    "country": "C", "demonym": "D", "city": "T", "region": "R", "metonym": "M", "person": "P",
    "media": "Z", "ethnic": "E", "religion": "E",
}  # fmt: skip
_TOKEN = re.compile(
    r"'[sS]\b|\d[\d,.]*\d|(?:[A-Z]\.)+|[^\W_]+(?:[-./&][^\W_]+)*(?:'(?![sS]\b)[^\W_]+)*|[^\w\s]"
)
_SUFFIX = re.compile(r"-([a-z][\w-]*)")
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Units:
    """Parallel lists: class letters (one string), offsets in the sentence, dictionary findings."""

    text: str
    letters: str
    starts: list[int]
    ends: list[int]
    found: list[Found]

    def word(self, index: int) -> str:
        """The lower-case text of a unit; "" outside the sentence."""
        if 0 <= index < len(self.starts):
            return self.text[self.starts[index] : self.ends[index]].lower()
        return ""


class _Builder:
    """Collects the units of one sentence."""

    __slots__ = ("text", "letters", "starts", "ends", "found", "classes")

    def __init__(self, text: str) -> None:
        self.text = text
        self.classes = letter_of()
        self.letters: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.found: list[Found] = []

    def words(self, start: int, end: int, loose: bool) -> None:
        """Add the words of a stretch without dictionary matches."""
        classes, letters, starts, ends, found = (
            self.classes, self.letters, self.starts, self.ends, self.found,
        )  # fmt: skip
        for token in _TOKEN.finditer(self.text, start, end):
            word = token.group()
            first = word[0]
            if "a" <= first <= "z":
                letter = classes.get(word, "w")
                if letter == "d" or letter == "h":
                    letter = "w"
            elif "A" <= first <= "Z":
                letter = self.capital(word, loose)
            elif first == "'":
                letter = "s" if len(word) == 2 or self.is_possessive(token.start()) else "'"
            elif first.isalpha():
                letter = "N" if first.isupper() else "w"
            else:
                letter = "0" if first.isdigit() else first
            letters.append(letter)
            starts.append(token.start())
            ends.append(token.end())
            found.append(None)

    def capital(self, word: str, loose: bool) -> str:
        """Class of a capitalised word; `loose` where capitals prove nothing (headlines)."""
        lower = word.lower()
        letter = self.classes.get(lower, "N")
        if letter == "N":
            return "w" if loose else "N"
        if letter in "mfpkvSqy" and self.letters and not loose:
            return letter if letter in "kvqy" or lower in word_classes()["rank"] else "N"
        return letter

    def is_possessive(self, at: int) -> bool:
        return at > 0 and self.text[at - 1] == "s" and self.text[at + 1 : at + 2] == " "

    def name(self, start: int, end: int, letter: str, found: Found) -> int:
        """Add a dictionary match, with its hyphenated prefix and suffix; returns its end."""
        text = self.text
        if start and text[start - 1] == "-" and self.letters and self.letters[-1] == "-":
            prefix = text[self.starts[-2] : self.ends[-2]] if len(self.starts) > 1 else ""
            if self.prefixed(prefix):
                self.drop(2 if prefix.lower() != "ex" else 1)
                if prefix.lower() == "ex":
                    self.letters[-1] = "f"
                elif prefix.lower() not in ("then", "vice", "co", "deputy"):
                    letter, found = "m", None
        if text[end : end + 1] == "-" and (suffix := _SUFFIX.match(text, end)):
            kind = suffix.group(1)
            end = suffix.end()
            if kind == "led" and letter in "UCDTRI":
                letter = "D" if letter != "I" else "I"
            elif kind not in word_classes()["suffix"]:
                letter, found = "m", None
        self.letters.append(letter)
        self.starts.append(start)
        self.ends.append(end)
        self.found.append(found)
        return end

    def prefixed(self, prefix: str) -> bool:
        return prefix[:1].islower() or prefix.lower() in ("anti", "pro", "non", "ex", "post")

    def drop(self, count: int) -> None:
        for column in (self.letters, self.starts, self.ends, self.found):
            del column[-count:]


def sentence_to_units(
    text: str, actors: ActorDictionary, date: Date | None, begin: int = 0
) -> Units:
    """Units of a sentence from offset `begin` on (behind a dateline); codes as on `date`."""
    text = plain(text)
    shout = text.isupper()
    hits = _shouted_hits(text, actors) if shout else actors.match(text)
    loose = shout or is_headline(text)
    build = _Builder(text)
    at = begin
    for start, end, surface in hits:
        if start < at:
            continue
        if start > at:
            build.words(at, start, loose)
        letter, found = _surface_to_letter(surface, text[start:end], date)
        if not build.letters and letter == "T" and _is_common(text[start:end]):
            letter, found = "w", None
        at = build.name(start, end, letter, found)
    build.words(at, len(text), loose)
    _tidy(build)
    return Units(text, "".join(build.letters), build.starts, build.ends, build.found)


def is_headline(text: str) -> bool:
    """Whether nearly all words are capitalised, so that capitals mark no names."""
    if text[-1:] in '.!?":;,)' or len(text) > 150:
        return False
    words = _WORD.findall(text)
    return len(words) > 3 and sum(w[0].isupper() for w in words) > 0.7 * len(words)


def _shouted_hits(text: str, actors: ActorDictionary) -> list[Hit]:
    """Matches in an ALL-CAPS line: of its title case, and acronyms that are no common word."""
    titled = "".join(c.lower() if i and text[i - 1].isalnum() else c for i, c in enumerate(text))
    for small in ("Of", "And", "The", "For"):
        titled = titled.replace(f" {small} ", f" {small.lower()} ")
    hits = actors.match(titled) if len(titled) == len(text) else []
    acronyms = [h for h in actors.match(text) if _is_acronym(text[h[0] : h[1]].lower())]
    ordered = sorted([*hits, *acronyms], key=lambda h: (h[0], -h[1]))
    chosen: list[Hit] = []
    for hit in ordered:
        if not chosen or hit[0] >= chosen[-1][1]:
            chosen.append(hit)
    return chosen


def _is_acronym(word: str) -> bool:
    return word == "us" or word not in letter_of()


def _surface_to_letter(surface: Surface, text: str, date: Date | None) -> tuple[str, Found]:
    agent = surface.agent
    if agent is not None:
        if agent.name == "counterpart":
            return "B", agent
        return ("a" if agent.plural else "A"), agent
    entry = entry_on(surface.entries, date)
    letter = _LETTER.get(entry.kind)
    if letter is None:
        letter = "I" if is_international(entry.code) else "O"
    elif letter == "C" and (("." in text) or (len(text) < 5 and text.isupper())):
        letter = "U"
    elif letter == "D" and text.endswith("s") and text != "Swiss":
        letter = "L"
    return letter, entry


def _is_common(text: str) -> bool:
    return text.lower() in word_classes()["common"]


def _tidy(build: _Builder) -> None:
    """Settle what depends on neighbours: first words, "and", months, adjectives like "official"."""
    letters, starts, ends, text = build.letters, build.starts, build.ends, build.text
    if letters and letters[0] == "N" and (len(letters) == 1 or letters[1] not in "Np"):
        word = text[starts[0] : ends[0]].lower()
        if not (len(letters) > 1 and word in word_classes()["first"]):
            letters[0] = "n"
    for index, agent in enumerate(build.found):
        if (
            agent is not None
            and agent.__class__ is Agent
            and agent.name in word_classes()["ambiguous"]
            and letters[index] == "A"
            and text[starts[index]].islower()
            and index + 1 < len(letters)
            and letters[index + 1] in "wm"
            and not text[starts[index + 1] : ends[index + 1]].endswith("ed")
        ):
            letters[index], build.found[index] = "m", None
