"""A sentence as a row of units: dictionary matches and single words, one class letter each.

The letters make one string, so that phrases ("Turkish riot police in Sivas") are plain regular
expressions over it. C country, D demonym, T city, R region, M metonym, P person, O organisation
or group, E ethnic or religious group, A agent, a plural or collective agent, B counterpart,
N unknown capitalised word; the small letters of `word_classes.txt`; s possessive, 0 number,
x function word or verb, w any other word; punctuation stands for itself.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date as Date
from functools import lru_cache

from coder.actors import NO_ACTOR, ActorDictionary, Agent, Entry, entry_on, plain
from coder.nouns import read_nouns
from coder.roles import ends_in
from coder.senses import COUNTS, Found, Row, settle_senses, words_of
from coder.words import letter_of, word_classes

_LETTER = {
    "country": "C", "demonym": "D", "city": "T", "region": "R", "metonym": "M", "person": "P",
    "ethnic": "E", "religion": "E",
}  # fmt: skip
_TOKEN = re.compile(
    r"'[sS]\b|\d[\d,.]*|(?:[A-Z]\.)+|[^\W_]+(?:[-./&][^\W_]+)*(?:'(?![sS]\b)[^\W_]+)*|[^\w\s]"
)
_SUFFIX = re.compile(r"-([a-z][\w-]*)")
_WORD = re.compile(r"[^\W\d_]{4,}")
_STATE_OFFICE = re.compile(
    r"(?:'s)? (?:state|[Gg]ov(?:ernor|\.)|[Ll]ieutenant|[Ss]ecretary of [Ss]tate)\b"
)
_PLACE_USE = re.compile(r" (?:police|mayor|airport|court|suburb|prosecutor|resident)|, [A-Z]")
_PLACE_WORDS = ("i", "F", "o", "u")


@dataclass(frozen=True, slots=True)
class Units:
    """Parallel rows: class letters (one string), words in small letters, offsets in the sentence,
    dictionary findings."""

    text: str
    letters: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    found: tuple[Found, ...]

    def word(self, index: int) -> str:
        """The lower-case text of a unit; "" outside the sentence."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def letter(self, index: int) -> str:
        """The class letter of a unit; "" outside the sentence."""
        return self.letters[index : index + 1] if index >= 0 else ""

    def words_in(self, first: int, last: int) -> set[str]:
        """The lower-case texts of units `first` to `last` (exclusive), as far as there are such."""
        return set(self.words[max(0, first) : max(0, last)])

    def left_of(self, at: int, letters: str) -> int:
        """The first unit from `at` on to the left that has none of some class letters; else 0."""
        while at > 0 and self.letters[at] in letters:
            at -= 1
        return at

    def is_quoted(self, at: int) -> bool:
        """Whether a unit stands in a quotation, where one does not know who speaks of whom."""
        return self.letters[:at].count('"') % 2 == 1

    def last_of(self, words: Collection[str], end: int) -> int:
        """The last unit before `end` that is one of some words; -1 if none is."""
        return next((i for i in range(end - 1, -1, -1) if self.words[i] in words), -1)


def sentence_to_units(
    text: str, actors: ActorDictionary, date: Date | None, begin: int = 0
) -> Units:
    """Units of a sentence from offset `begin` on (behind a dateline); codes as on `date`."""
    text = plain(text)
    if text.isupper():
        text = _titled(text)
    headline = is_headline(text)
    rows: list[Row] = []
    at = begin
    for start, end, surface in actors.match(text):
        if start < at:
            continue
        _add_words(rows, text, at, start, headline, actors)
        if surface.agent is not None:
            found: Found = surface.agent
            letter = _agent_letter(surface.agent)
        else:
            found = entry_on(_readings(surface.entries, rows, text, end), date)
            letter = _LETTER.get(found.kind, "O")
        if found.code == NO_ACTOR:
            found, letter = None, "w"
        at = _add_name(rows, text, start, end, letter, found)
    _add_words(rows, text, at, len(text), headline, actors)
    present = words_of(rows, text)
    read_nouns(rows, text, present)
    settle_senses(rows, text, present)
    _forget_namesakes(rows, text)
    _know_office_holders(rows, text, actors, date)
    letters, starts, ends, findings = zip(*rows, strict=True) if rows else ((), (), (), ())
    words = tuple([text[a:b].lower() for a, b in zip(starts, ends, strict=True)])
    return Units(text, "".join(letters), words, starts, ends, findings)


def is_headline(text: str) -> bool:
    """Whether nearly all words are capitalised, so that capitals mark no names."""
    if text[-1:] in '.!?":;,)' or len(text) > 150:
        return False
    words = _WORD.findall(text)
    return len(words) > 3 and sum(w[0].isupper() for w in words) > 0.7 * len(words)


def _titled(text: str) -> str:
    """An ALL-CAPS line in title case, so that names match; same length."""
    known = letter_of()
    out = re.sub(r"[A-Z]+", lambda m: m[0].lower() if m[0].lower() in known else m[0].title(), text)
    return out[:1].upper() + out[1:] if len(out) == len(text) else text


def _agent_letter(agent: Agent) -> str:
    if agent.name in word_classes()["counterpart"]:
        return "B"
    return "a" if agent.plural or ends_in(agent, "collective") else "A"


def _add_words(
    rows: list[Row], text: str, start: int, end: int, headline: bool, actors: ActorDictionary
) -> None:
    """Append the words of a stretch without dictionary matches."""
    for token in _TOKEN.finditer(text, start, end):
        word = token.group()
        letter = _word_letter(word, first=not rows or rows[-1][0] in ('"', "-"), headline=headline)
        if word == "'" and text[token.start() - 1 : token.start()] == "s" and rows:
            letter = "s"
        if letter == "n" and word.lower() in actors.given_names:
            letter = "N"
        rows.append((letter, token.start(), token.end(), None))


@lru_cache(maxsize=50_000)
def _word_letter(word: str, *, first: bool, headline: bool) -> str:
    letter = word[0]
    if letter == "'" and len(word) == 2:
        return "s"
    if letter.isdigit():
        return "0"
    if not letter.isalpha():
        return letter
    lower = word.lower()
    known = letter_of().get(lower)
    if known is None and "-" in lower and letter_of().get(lower.partition("-")[0]) == "0":
        known = "0" if lower.rpartition("-")[2] in COUNTS else None
    if letter.islower():
        article, _, name = word.partition("-")
        if name[:1].isupper() and letter_of().get(article) == "p":  # "Omar al-Bashir"
            return "N"
        if known in (None, "h", "d"):
            return "x" if lower.endswith(("ed", "ing")) and known is None else "w"
        return known
    if known == "d" or (known == "h" and not headline):
        return known
    if headline:
        return known or "w"
    if known and (first or known in "kvS" or lower in word_classes()["rank"]):
        return known
    return "n" if first and lower not in word_classes()["first"] else "N"


def _add_name(rows: list[Row], text: str, start: int, end: int, letter: str, found: Found) -> int:
    """Append a dictionary match, minding "pro-Russian", "ex-president", "U.S.-led"; its end."""
    before = text[rows[-2][1] : rows[-2][2]].lower() if len(rows) > 1 and rows[-1][0] == "-" else ""
    if before and text[start - 1] == "-":
        if before == "ex":
            rows[-2:] = [("f", rows[-2][1], rows[-1][2], None)]
        elif before in word_classes()["prefix"]:
            letter, found = "m", None
    if text[end : end + 1] == "-" and (suffix := _SUFFIX.match(text, end)):
        end = suffix.end()
        if suffix[1] in ("led", "owned", "flagged", "registered"):
            letter = "D"
        elif suffix[1] not in word_classes()["suffix"]:
            letter, found = "m", None
    rows.append((letter, start, end, found))
    return end


def _readings(
    entries: tuple[Entry, ...], rows: list[Row], text: str, end: int
) -> tuple[Entry, ...]:
    """Of what a name can mean, the readings that its neighbours speak for; all if none do.

    "Atlanta, Georgia", "the state of Georgia" and "Georgia's governor" are the American state;
    what is also a town ("Brussels") is one behind a preposition or before a role noun.
    """
    if len({e.kind for e in entries}) == 1:
        return entries
    letters = "".join(row[0] for row in rows[-2:])
    town = rows[-2][3] if letters == "T," else None
    if isinstance(town, Entry):
        kept = [e for e in entries if e.code[:3] == town.code[:3]]
        kept = kept or [e for e in entries if e.kind == "region"]
    elif letters == "ko" or _STATE_OFFICE.match(text, end):
        kept = [e for e in entries if e.kind == "region"]
    elif letters[-1:] in _PLACE_WORDS or _PLACE_USE.match(text, end):
        kept = [e for e in entries if e.kind in ("country", "demonym", "city")]
    else:
        kept = []
    return tuple(kept) or entries


def _forget_namesakes(rows: list[Row], text: str) -> None:
    """Read a surname behind the given name of somebody else as an unknown name.

    A given name of the same initial may be another spelling ("Sergey Lavrov").
    """
    for index, (letter, start, end, found) in enumerate(rows[1:], 1):
        before, given, given_end, _ = rows[index - 1]
        if letter != "P" or before != "N" or not isinstance(found, Entry) or " " in text[start:end]:
            continue
        if given_end + 1 == start and not any(
            word[0] == text[given] for word in found.name.split() if word != text[start:end]
        ):
            rows[index] = ("N", start, end, None)


def _know_office_holders(
    rows: list[Row], text: str, actors: ActorDictionary, date: Date | None
) -> None:
    """Read the surname in "President Bush" as the one such person in office on the date."""
    for index, (letter, _, _, found) in enumerate(rows[:-1]):
        if letter != "A" or not isinstance(found, Agent):
            continue
        if found.name.replace(" ", "-") not in word_classes()["helm"]:
            continue
        _, start, end, _ = rows[index + 1]
        holders = [
            e
            for e in actors.surnames.get(text[start:end], ())
            if date and e.dated and e.start <= date <= e.end
        ]
        alone = rows[index + 2][0] not in "NPp" if index + 2 < len(rows) else True
        if alone and len({e.code for e in holders}) == 1:
            rows[index + 1] = ("P", start, end, holders[0])
