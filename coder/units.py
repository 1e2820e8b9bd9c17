"""A sentence as a row of units: dictionary matches and single words, one class letter each.

The letters make one string, so that phrases ("Turkish riot police in Sivas") are plain regular
expressions over it. C country, D demonym, T city, R region, M metonym, P person, O organisation
or group, E ethnic or religious group, A agent, a plural or collective agent, B counterpart,
N unknown capitalised word; the small letters of `word_classes.txt`; s possessive, 0 number,
x function word or verb, w any other word; punctuation stands for itself.
"""

import re
from dataclasses import dataclass
from datetime import date as Date

from coder.actors import ActorDictionary, Agent, Entry, entry_on, plain
from coder.words import letter_of, word_classes

Found = Entry | Agent | None

_LETTER = {
    "country": "C", "demonym": "D", "city": "T", "region": "R", "metonym": "M", "person": "P",
    "ethnic": "E", "religion": "E",
}  # fmt: skip
_TOKEN = re.compile(
    r"'[sS]\b|\d[\d,.]*|(?:[A-Z]\.)+|[^\W_]+(?:[-./&][^\W_]+)*(?:'(?![sS]\b)[^\W_]+)*|[^\w\s]"
)
_SUFFIX = re.compile(r"-([a-z][\w-]*)")
_WORD = re.compile(r"[^\W\d_]{4,}")
_OPENERS = frozenset("mfkvSqytjoFirux&")
"""Classes that a capitalised word keeps at the start of a sentence."""


@dataclass(frozen=True, slots=True)
class Units:
    """Parallel rows: class letters (one string), offsets in the sentence, dictionary findings."""

    text: str
    letters: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    found: tuple[Found, ...]

    def word(self, index: int) -> str:
        """The lower-case text of a unit; "" outside the sentence."""
        if 0 <= index < len(self.starts):
            return self.text[self.starts[index] : self.ends[index]].lower()
        return ""


Row = tuple[str, int, int, Found]


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
        _add_words(rows, text, at, start, headline)
        if surface.agent is not None:
            found: Found = surface.agent
            letter = _agent_letter(surface.agent)
        else:
            found = entry_on(surface.entries, date)
            letter = _LETTER.get(found.kind, "O")
        at = _add_name(rows, text, start, end, letter, found)
    _add_words(rows, text, at, len(text), headline)
    _demote_adjectives(rows, text)
    letters, starts, ends, findings = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Units(text, "".join(letters), starts, ends, findings)


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
    if agent.name == "counterpart":
        return "B"
    last = agent.name.partition(" of ")[0].rsplit(" ", 1)[-1]
    return "a" if agent.plural or last in word_classes()["collective"] else "A"


def _add_words(rows: list[Row], text: str, start: int, end: int, headline: bool) -> None:
    """Append the words of a stretch without dictionary matches."""
    for token in _TOKEN.finditer(text, start, end):
        word = token.group()
        letter = _word_letter(word, first=not rows or rows[-1][0] in ('"', "-"), headline=headline)
        if word == "'" and text[token.start() - 1 : token.start()] == "s" and rows:
            letter = "s"
        rows.append((letter, token.start(), token.end(), None))


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
    if letter.islower():
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
        if suffix[1] == "led":
            letter = "D"
        elif suffix[1] not in word_classes()["suffix"]:
            letter, found = "m", None
    rows.append((letter, start, end, found))
    return end


def _demote_adjectives(rows: list[Row], text: str) -> None:
    """Read "official" in "official visit" and "military" in "military aid" as adjectives."""
    ambiguous = word_classes()["ambiguous"]
    for index, (letter, start, end, found) in enumerate(rows[:-1]):
        if letter in "Aa" and isinstance(found, Agent) and found.name in ambiguous:
            following = rows[index + 1]
            plain_noun = following[0] in "wmk" and text[start].islower()
            if plain_noun and not text[following[1] : following[2]].endswith("s'"):
                rows[index] = ("m", start, end, None)
