"""What the words of a sentence mean beside each other, for role nouns of several senses.

"Official" is an adjective in "official visit", "the wounded" are people, "fighters" may be planes,
"Father" a priest. The functions change rows of units in place, before they become `Units`.
"""

import re
from collections.abc import Set

from coder.actors import Agent, Entry
from coder.roles import is_naming
from coder.words import word_classes

Found = Entry | Agent | None
Row = tuple[str, int, int, Found]
"""Class letter, start, end, what the dictionary found."""

COUNTS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozen dozens hundreds thousands"
    " several few hundred thousand million".split()
)
AMOUNTS = frozenset(
    "hundreds thousands tens dozens scores millions majority number handful group couple".split()
)
""""Thousands of Liberians" are people."""
_DEFINITE = frozenset("the these those this that his her its their our my your".split())
_MANY = frozenset("dozens scores hundreds handful number majority".split())
_FLIGHT = re.compile(
    r"\b(?:scrambl\w+|sent up|sends? up|F-\d+\w*|MiG-?\d+\w*|Su-\d+\w*|Mirage|Rafale|Gripen|jet)"
    r" (?:\w+ ){0,2}fighters?\b|\bfighters? (?:took off|were scrambled|intercepted|escorted|flew)\b"
)
""""Fighters" that are planes."""
_MONTHS = ("Jan", "April", "May", "June", "August")
_CLERGY = {"Father": "priest", "Fr.": "priest", "Sister": "nun", "Mother": "nun"}
_SUFFERERS = {
    **dict.fromkeys(
        "dead wounded injured sick missing affected homeless unemployed jobless elderly poor needy"
        " hungry disabled bereaved infected detained stranded trapped dying evicted disappeared deceased kidnapped abducted rescued arrested"
        " fallen destitute".split(),
        "CVL",
    ),
    "displaced": "REF",
    "accused": "CRM",
}
""""The wounded" and their roles."""
_PARTIES = frozenset(
    "talks negotiations election elections system state rule democracy politics".split()
)
_COUNTED = ("dead", "wounded", "injured", "missing")
""""With more than 100 dead"."""
BEHIND_NOUNS = ("", *",.;:)?!ixoruF&")
"""Letters behind a word that is a noun; "" at the end."""

_WITH_NOUNS = frozenset("include included were are had have say".split())


def word_at(rows: list[Row], index: int, text: str) -> str:
    """The word of a row as it stands; "" outside the sentence."""
    return text[rows[index][1] : rows[index][2]] if 0 <= index < len(rows) else ""


def letter_at(rows: list[Row], index: int) -> str:
    """The class letter of a row; "" outside the sentence."""
    return rows[index][0] if 0 <= index < len(rows) else ""


def words_of(rows: list[Row], text: str) -> set[str]:
    """The words of a sentence, as they stand and in small letters: most rules have none to look at."""
    words = {text[start:end] for _, start, end, _ in rows}
    return words | {word.lower() for word in words}


def settle_senses(rows: list[Row], text: str, words: Set[str]) -> None:
    """Settle the senses of all rows of a sentence; `words` as of `words_of`."""
    if not words.isdisjoint(_SUFFERERS):
        _read_sufferers(rows, text)
    if not words.isdisjoint(word_classes()["public-body"]):
        _read_offices(rows, text)
    _demote_adjectives(rows, text)
    _read_planes(rows, text)
    if not words.isdisjoint(("countries", "nations")):
        _read_countries(rows, text)
    if not words.isdisjoint(_CLERGY):
        _read_clergy(rows, text)
    if not words.isdisjoint(_MONTHS):
        _read_given_names(rows, text)
    _join_names(rows, text)


def _join_names(rows: list[Row], text: str) -> None:
    """Read what follows "the rebel" up to "Front" as one name: "the rebel Chad People's Front"."""
    index = 0
    while index < len(rows) - 1:
        found = rows[index][3]
        if isinstance(found, Agent) and not found.plural and rows[index + 1][0] in "TCRPO":
            if found.name.rsplit(" ", 1)[-1] in word_classes()["vessel"]:
                rows[index + 1] = ("N", *rows[index + 1][1:3], None)
        if isinstance(found, Agent) and is_naming(found):
            last = _end_of_name(rows, index + 1, text)
            if last > index + 2:
                known = next((f for _, _, _, f in rows[index + 1 : last] if _is_land(f)), None)
                rows[index + 1 : last] = [("N", rows[index + 1][1], rows[last - 1][2], known)]
        index += 1


def _is_land(found: Found) -> bool:
    return isinstance(found, Entry) and found.kind in ("country", "demonym")


def _end_of_name(rows: list[Row], first: int, text: str) -> int:
    """Behind the last of the words with capitals that end in "Front", "Movement for Change"; else 0."""
    end, bodies = 0, word_classes()["body-name"]
    for at in range(first, len(rows)):
        letter, start, stop, _ = rows[at]
        capital = text[start].isupper() and letter != "d"
        if not capital and letter not in "sortF&":
            break
        if capital and text[start:stop].rsplit(" ", 1)[-1].lower() in bodies:
            end = at + 1
    return end


def _read_offices(rows: list[Row], text: str) -> None:
    """Read "the procurement agency", "the National Savings Board" as public offices."""
    classes = word_classes()
    for index, (letter, start, end, _) in enumerate(rows[:-1]):
        if letter not in "wN" or text[start:end].lower() not in classes["public-body"]:
            continue
        at = index - 1
        while at > 0 and rows[at][0] in "wmxN&" and index - at < 6:
            if rows[at][0] in "x&" and word_at(rows, at, text)[-3:] not in ("and", "ing"):
                break
            at -= 1
        kind = word_at(rows, index - 1, text).lower()
        owned = at < index - 1 and at >= 0 and rows[at][0] in "tjsD"
        named = rows[index - 1][0] == "N" and letter == "w"
        if owned and not named and rows[index - 1][0] in "wxN":
            if kind not in classes["private-body"] and rows[index + 1][0] not in "oAaN-":
                code = "COP" if kind in ("crime", "crimes", "enforcement") else "GOV"
                rows[index] = ("a", start, end, Agent(text[start:end].lower(), code, plural=False))


def _read_planes(rows: list[Row], text: str) -> None:
    """Read "fighters" as planes where they fly: "scrambled two fighters", "F-16 fighters"."""
    if not _FLIGHT.search(text):
        return
    for index, (_, start, end, found) in enumerate(rows):
        if isinstance(found, Agent) and found.name == "fighter":
            rows[index] = (rows[index][0], start, end, Agent("fighter", "MIL", found.plural))


def _read_countries(rows: list[Row], text: str) -> None:
    """Read "100 countries" as states of the world that nobody names; not "from 20 countries"."""
    for index, (letter, start, end, _) in enumerate(rows):
        if letter != "S" or text[start:end] not in ("countries", "nations"):
            continue
        at = index - 1 - (rows[index - 1][0] in "mw" and index > 1)
        many = at > 0 and rows[at][0] == "o" and word_at(rows, at - 1, text).lower()
        at -= bool(many)
        before = rows[at - 1][0] if at > 0 else ""
        if at >= 0 and (rows[at][0] == "0" or many in _MANY) and before not in tuple("tjsiFu"):
            rows[index] = ("a", start, end, Agent("country", "INT", plural=True))


def _read_given_names(rows: list[Row], text: str) -> None:
    """Read a month as a given name between a title and a surname: "Father Jan Nowak"."""
    for index in range(1, len(rows) - 1):
        letter, start, end, _ = rows[index]
        if letter == "d" and text[start:end] in _MONTHS and rows[index + 1][0] in "NP":
            if rows[index - 1][0] in 'AaBxh,"':
                rows[index] = ("N", start, end, None)


def _read_clergy(rows: list[Row], text: str) -> None:
    """Read "Father" before a name as a priest, "Sister" as a nun."""
    for index, (_, start, end, _) in enumerate(rows[:-1]):
        title = _CLERGY.get(text[start:end])
        name = rows[index + 1][0]
        if title and (name in "NP" or word_at(rows, index + 1, text) in _MONTHS):
            rows[index] = ("A", start, end, Agent(title, "CHR", plural=False))


def _read_sufferers(rows: list[Row], text: str) -> None:
    """Read "wounded" in "24 of the wounded" as people: an adjective behind "the", without a noun."""
    for index, (letter, start, end, _) in enumerate(rows[:-1]):
        word = text[start:end]
        code = _SUFFERERS.get(word) if letter in "wxgm" else None
        if code is None or index == 0:
            continue
        before, following = rows[index - 1][0], rows[index + 1][0]
        noun = word_at(rows, index + 1, text)
        people = following in BEHIND_NOUNS
        if word in _COUNTED and before in "0v":
            people = people and following not in "xi"
        else:
            people = people or noun.endswith(("ed", "ing")) or noun in _WITH_NOUNS
            people = people and before == "t"
        if people:
            rows[index] = ("a", start, end, Agent(word, code, plural=True))


def _is_man_of_before(rows: list[Row], index: int, text: str) -> bool:
    """Whether "men" are not counted: "the men" are those named before, "two men" are new."""
    at = index - 1
    while at >= 0 and rows[at][0] in "mgw" and word_at(rows, at, text) not in COUNTS:
        at -= 1
    if at < 0:
        return True
    letter, word = rows[at][0], word_at(rows, at, text).lower()
    counted = letter in "0vD" or word in COUNTS or word in ("a", "an", "another", "some", "many")
    definite = at > 0 and word_at(rows, at - 1, text).lower() in _DEFINITE
    return not counted or definite


def _heads(rows: list[Row], index: int, text: str) -> bool:
    """Whether a plural is a verb: "who heads the union"."""
    found = rows[index][3]
    if index == 0 or not isinstance(found, Agent) or found.name not in word_classes()["verbal"]:
        return False
    return word_at(rows, index - 1, text).lower() in ("who", "which", "he", "she")


def _is_no_body(rows: list[Row], index: int, text: str) -> bool:
    """Whether a bank or party is none: "the far bank of the Nile", "a blood bank", "a tea party"."""
    noun = word_at(rows, index, text).lower()
    if index == 0 or noun not in ("bank", "party"):
        return False
    at = index - 1 - (rows[index - 1][0] == "s")
    return word_at(rows, at, text).lower() in word_classes()[noun + "-of"]


def _is_counted_party(rows: list[Row], index: int, text: str) -> bool:
    """Whether a party is a part of an adjective: "six-party talks", "multi-party elections"."""
    start = rows[index][1]
    hyphened = word_at(rows, index, text) == "party" and text[start - 1 : start] == "-"
    return hyphened and word_at(rows, index + 1, text) in _PARTIES


def _is_attribute(rows: list[Row], index: int, text: str) -> bool:
    """Whether a role noun only describes the noun behind it, or is a verb: "to broker a deal".

    A single person has a determiner in front, unless it is a title: not so "terrorist propaganda".
    """
    letter, start, end, found = rows[index]
    following, noun = rows[index + 1][0], word_at(rows, index + 1, text)
    classes, word = word_classes(), text[start:end].lower()
    if noun in classes["attribute"] or _is_no_body(rows, index, text):
        return True
    if _is_counted_party(rows, index, text) or (word == "staff" and noun in classes["of-staff"]):
        return True
    plural = isinstance(found, Agent) and found.plural
    if following == "w" and noun in classes["owned"] and not plural:
        return True
    if following == "o" and word in classes["abstract"]:
        return True
    at = index - 1
    if at > 0 and rows[at][0] in "xg" and rows[at - 1][0] in "tj":
        at -= word_at(rows, at, text).endswith(("ing", "ed"))  # "a missing son"
    while at > 0 and (
        rows[at][0] in ("kw" if word in classes["kin"] else "k")
        or (rows[at][0] == "N" and text[rows[at][2] - 1].isdigit())
    ):
        at -= 1
    before = rows[at][0] if at >= 0 else ""
    if word in classes["uncounted"] and before not in tuple("tjsD0vmg"):
        return True
    if letter == "A" and index > 0 and rows[index - 1][0] == "u" and following not in "NP":
        return text[start:end].islower()
    bare = index > 0 and rows[index - 1][0] in "xorFui,"
    if bare and word_at(rows, index - 1, text) == "whose":
        return False
    plain = following == "w" and noun.islower() and not noun.endswith(("s", "ed", "ly"))
    return letter == "A" and bare and plain and text[start:end].islower()


def _demote_adjectives(rows: list[Row], text: str) -> None:
    """Read "official" in "official visit" and "military" in "military aid" as adjectives."""
    for index, (letter, start, end, found) in enumerate(rows[:-1]):
        if letter not in "Aa" or not isinstance(found, Agent):
            continue
        if _is_attribute(rows, index, text):
            rows[index] = ("m", start, end, None)
        elif letter == "a" and _heads(rows, index, text):
            rows[index] = ("w", start, end, None)
        elif found.name in ("man", "person") and _is_man_of_before(rows, index, text):
            rows[index] = ("w", start, end, None)
        elif not found.plural and _is_before_noun(found.name, start, rows[index + 1], text):
            rows[index] = ("m", start, end, None)


def _is_before_noun(name: str, start: int, following: Row, text: str) -> bool:
    """Whether what may be an adjective stands before its noun: "official visit"."""
    letter, begin, end, _ = following
    if name not in word_classes()["ambiguous"]:
        return False
    noun = letter in "wmk" and text[start].islower()
    noun = noun or (name == "general" and letter in "Aa")
    return noun and not text[begin:end].endswith("s'")
