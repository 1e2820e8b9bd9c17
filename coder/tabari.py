"""Dictionaries of TABARI and PETRARCH: actors with dated codes, and agents.

An actors file has names with codes after or under them, a date restriction in some codes::

    BORIS_YELTSIN_           ; a comment, as after #
    +PRESIDENT_YELTSIN
        [SUNGOV 900529-910710] [RUSGOV 910710-991231] [RUSELI]

An agents file has role nouns with plurals and substitution sets::

    !PERSON! = MAN, MEN, WOMAN, WOMEN
    POLICE!PERSON! [~COP]
    THIEF {THIEVES} [~CRM]       ; "{}" for no plural

Names, all in capitals there, get those that news gives them; they are whole words, never stems.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import timedelta
from itertools import product
from math import prod

from coder.words import letter_of, word_classes

PIVOT = 30
"""Years of two digits up to this one are of this century: 30 is 2030, 31 is 1931 (PETRARCH's rule)."""

_COMMENT = re.compile(r"[#;].*")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]|<([~A-Z][A-Z0-9~]*(?: +[<>]? *\d[\d-]*)?) *>")
_CODE = re.compile(r"(?:[A-Z0-9]{3}){1,6}|---")
_RESTRICTION = re.compile(r"(?P<sign>[<>]) *(?P<day>\d+)|(?P<first>\d+) *- *(?P<last>\d+)")
_SET = re.compile(r"(![A-Z_]+!)\s*=\s*(.+)")
_SET_NAME = re.compile(r"![A-Z_]+!")
_PLURAL = re.compile(r"\{([^{}]*)\}|\*$")
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\ufffd\\[\\]{}]")
_OPEN_REMARK = re.compile(r"\s*\([^)]*$")
_PREPOSITION = re.compile(r" (?:of|to|at|in|for)$")
_INITIALS = re.compile(
    r"(?:[A-Z]\.)+[A-Z]?|III?|IV|VI{1,3}|IX|XI{2,3}|XIV|XVI?|[A-Z]*\d[A-Z0-9]*"
    r"|(?!(?:[MDJS]R|MRS|ST|LTD?|NG)$)[B-DF-HJ-NP-TV-XZ]{2,4}"
)
_CAPITALISED = re.compile(r"(MC|[A-Z]')?([^\W\d_])((?:[^\W\d_]|(?<=\w)'(?=\w))*)")
_SMALL = {"of", "and", "the", "for", "in", "to", "on"}
_PARTICLES = set("al el ul bin ibn bint ben van von der den de da das do dos du di la ould".split())
_MOST_FORMS = 1000
"""Nouns that one line with substitution sets may stand for; sets multiply."""

_OFFICES = ("GOV", "ELI", "LEG", "OPP", "MIL", "JUD", "SPY", "COP")
_GROUPS = ("REB", "INS", "SEP", "UAF", "CRM", "RAD", "UNR")
_KIND_OF_CODE = {"IGO": "organisation", "NGO": "ngo", "NGM": "ngo", "MNC": "company",
                 "IMG": "group", "INT": "organisation"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActorBlock:
    """Names that share codes. `codes` are (code, first day, last day), the first that fits holds."""

    names: tuple[str, ...]
    codes: tuple[tuple[str, Date, Date], ...]
    kind: str


@dataclass(frozen=True, slots=True)
class AgentBlock:
    """Role nouns in lower case that share a code; without `regular` no plural is to be formed."""

    nouns: tuple[str, ...]
    plurals: tuple[str, ...]
    code: str
    regular: bool


@dataclass(slots=True)
class Tabari:
    """What a file holds; `problems` are the lines that were not used: (line number, reason)."""

    actors: list[ActorBlock] = field(default_factory=list)
    agents: list[AgentBlock] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """The block that is being read."""

    line: int = 0
    names: list[str] = field(default_factory=list)
    codes: list[tuple[str, Date, Date]] = field(default_factory=list)


def is_tabari(text: str) -> bool:
    """Whether a text looks like a TABARI or PETRARCH dictionary: codes in brackets behind names."""
    lines = (_COMMENT.sub("", line).strip() for line in text.splitlines())
    first = next(filter(None, lines), "")
    return not first.replace('"', "").startswith("name,") and any(
        _parts(line)[1] for line in (first, *lines)
    )


def read_tabari(text: str) -> Tabari:
    """Read an actors or agents file. Lines that cannot be used are listed, never passed over.

    Names in lines of their own directly above each other are names of one actor.
    """
    found, block, sets = Tabari(), _Open(), {}
    for number, whole in enumerate(_without_comments(text).split("\n"), 1):
        line = _COMMENT.sub("", whole).strip()
        if not line:
            if not whole.strip() and not block.codes:
                block = _close(block, found)
        elif equation := _SET.fullmatch(line):
            sets[equation[1]] = [word.strip().lower() for word in equation[2].split(",")]
        elif "~" in line:
            block = _close(block, found)
            _read_agent(line, number, sets, found)
        else:
            block = _read_actor(line, number, block, found)
    _close(block, found)
    return found


def _without_comments(text: str) -> str:
    """The text with the line ends only of what stands in "<!-- -->"."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 3
    return "".join(kept) + text[at:]


def _parts(line: str) -> tuple[str, list[str]]:
    """The name of a line and what its brackets hold."""
    codes = [square or angle for square, angle in _BRACKETS.findall(line)]
    first = _BRACKETS.search(line)
    return (line[: first.start()] if first else line).strip(), codes


def _read_actor(line: str, number: int, block: _Open, found: Tabari) -> _Open:
    name, codes = _parts(line)
    cleaned = _clean(name.removeprefix("+"))
    if name and (not cleaned or _UNREADABLE.search(name)):
        found.problems.append((number, f"{name[:60]!r} is no name and no code in brackets"))
        same = name.startswith("+") and not codes
        return block if same else _close(block, found)
    if name and not name.startswith("+") and block.codes:
        block = _close(block, found)
    if name:
        block.line = block.line or number
        block.names.append(cleaned)
    elif not block.names:
        found.problems.append((number, f"{line[:60]!r} has no name above it"))
        return block
    for code in codes:
        try:
            read = _read_code(code)
            if any(other[1:] == read[1:] and other != read for other in block.codes):
                raise ValueError(f"code {code!r} never holds: another has the same dates above it")
            block.codes.append(read)
        except (ValueError, OverflowError) as error:
            found.problems.append((number, str(error)))
    return block


def _close(block: _Open, found: Tabari) -> _Open:
    """Store a block that is complete; an empty one takes its place."""
    if block.names and block.codes:
        names, codes = tuple(block.names), tuple(block.codes)
        found.actors.append(ActorBlock(names, codes, _guess_kind(names[0], codes)))
    elif block.names:
        found.problems.append((block.line, f"{block.names[0][:60]!r} has no code"))
    return _Open()


def _read_code(text: str) -> tuple[str, Date, Date]:
    """ "RUSGOV 910710-991231" as code, first and last day; raises ValueError."""
    code, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    if not _CODE.fullmatch(code):
        raise ValueError(f"code {code!r} is no CAMEO actor code such as KAZGOV")
    if not rest:
        return code, Date.min, Date.max
    dates = _RESTRICTION.fullmatch(rest)
    if not dates:
        raise ValueError(f"dates {rest!r} are not <YYMMDD, >YYMMDD or YYMMDD-YYMMDD")
    if dates["sign"] == "<":
        return code, Date.min, _day(dates["day"]) - timedelta(days=1)
    if dates["sign"] == ">":
        return code, _day(dates["day"]), Date.max
    first, last = _day(dates["first"]), _day(dates["last"])
    if first > last:
        raise ValueError(f"dates {rest!r} end before they begin")
    return code, first, last


def _day(digits: str) -> Date:
    """The day of YYYYMMDD or YYMMDD; raises ValueError."""
    year = digits[:-4]
    try:
        if len(digits) == 6:
            year = ("20" if int(year) <= PIVOT else "19") + year
        elif len(digits) != 8:
            raise ValueError
        return Date(int(year), int(digits[-4:-2]), int(digits[-2:]))
    except ValueError:
        raise ValueError(f"date {digits!r} is not YYYYMMDD or YYMMDD") from None


def _clean(name: str) -> str:
    """Words with single spaces, without "The" before them and a remark that was cut off."""
    name = " ".join(_OPEN_REMARK.sub("", name.replace("_", " ")).split())
    return name[4:] if name.upper().startswith("THE ") else name


def _guess_kind(name: str, codes: tuple[tuple[str, Date, Date], ...]) -> str:
    """What a name most likely is, from its codes: these files do not say it."""
    code = codes[0][0]
    if any((start, end) != (Date.min, Date.max) for _, start, end in codes):
        return "person"
    if code[:3] in _KIND_OF_CODE:
        return _KIND_OF_CODE[code[:3]]
    if len(code) == 3:
        return "region"
    roles = {"MED": "media", "PTY": "party"} | dict.fromkeys(_GROUPS, "group")
    if code[3:6] in roles:
        return roles[code[3:6]]
    words = name.lower().replace("-", " ").split()
    institution = word_classes()["collective"] | _SMALL
    person = code[3:6] in _OFFICES and 2 <= len(words) <= 4 and not institution & {*words}
    return "person" if person and name.replace(" ", "").isalpha() else "organisation"


def name_forms(name: str, kind: str, acronyms: frozenset[str]) -> set[str]:
    """The ways news writes a name that is given in capitals; one with small letters stays.

    `acronyms` are known words of capitals ("UN"). A single short word may be another one; a
    word such as MAY is only ever taken in capitals.
    """
    if any(letter.islower() for letter in name):
        return {" ".join(w.title() if w.isupper() and len(w) > 3 else w for w in name.split())}
    words = name.split(" ")
    if len(words) == 1 and name.isalpha():
        forms = {name} if len(name) <= 8 else set()
        known_word = len(name) < 4 and kind != "person" or letter_of().get(name.lower())
        return forms if known_word and forms else forms | {_capital(name)}
    known = acronyms if kind == "person" else acronyms | {"DR"}
    choices = [_word_forms(w, i == 0, known) for i, w in enumerate(words)]
    width = max(map(len, choices))
    return {" ".join(c[min(way, len(c) - 1)] for c in choices) for way in range(width)}


def _word_forms(word: str, first: bool, acronyms: frozenset[str]) -> tuple[str, ...]:
    """A word of a longer name, the usual form first: ("al-Assad", "Al-Assad"), ("UN",)."""
    lower = word.lower()
    if word in acronyms or _INITIALS.fullmatch(word):
        return (word,)
    if lower in _SMALL and not first:
        return (lower,)
    if lower in _PARTICLES:
        return (lower, word.capitalize())
    if lower.startswith("d'") and not first:
        return ("d'" + _capital(word[2:]), _capital(word))
    head, *rest = word.split("-")
    capital = "-".join(map(_capital, (head, *rest)))
    if not rest:
        return (capital,)
    if head.lower() in _PARTICLES:
        return (lower[: len(head)] + capital[len(head) :], capital)
    return (capital, _capital(head) + lower[len(head) :])


def _capital(word: str) -> str:
    """ "MCCAIN" as McCain, "O'NEILL" as O'Neill, "PEOPLE'S" as People's, "(WEST" as (West."""
    return _CAPITALISED.sub(lambda m: (m[1] or "").title() + m[2] + m[3].lower(), word)


def _read_agent(line: str, number: int, sets: dict[str, list[str]], found: Tabari) -> None:
    noun, codes = _parts(line)
    code = codes[0].strip().strip("~") if codes else ""
    plurals = _PLURAL.search(noun)
    noun = _PLURAL.sub("", noun)
    if not _CODE.fullmatch(code) or not noun.strip() or _UNREADABLE.search(noun):
        found.problems.append((number, f"{line[:60]!r} is no role noun with a code such as [~COP]"))
        return
    if missing := [name for name in _SET_NAME.findall(noun) if name not in sets]:
        found.problems.append((number, f"no substitution set {missing[0]} is declared above"))
        return
    if prod(len(sets[name]) for name in _SET_NAME.findall(noun)) > _MOST_FORMS:
        found.problems.append((number, f"{line[:60]!r} stands for more than {_MOST_FORMS} nouns"))
        return
    irregular = (plurals[1] or "") if plurals else ""
    given = [] if irregular.strip() in ("", "*") else irregular.split(",")
    found.agents.append(
        AgentBlock(
            tuple(map(_noun, _expanded(noun, sets))),
            tuple(map(_noun, given)),
            code,
            regular=plurals is None and not _SET_NAME.search(noun),
        )
    )


def _expanded(noun: str, sets: dict[str, list[str]]) -> Iterator[str]:
    """A noun with each word of its substitution sets: policeman, policemen, policewoman."""
    pieces = re.split(rf"({_SET_NAME.pattern})", noun)
    for words in product(*(sets.get(piece, [piece]) for piece in pieces)):
        yield "".join(words)


def _noun(text: str) -> str:
    """Lower case with single spaces; "embassy in" is an embassy."""
    return _PREPOSITION.sub("", " ".join(text.replace("_", " ").lower().split()))
