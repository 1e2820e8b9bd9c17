"""The actor dictionary: names and role nouns with CAMEO actor codes, found by one automaton.

Files have the columns name, aliases, code, kind, from, to, source (names) or name, aliases,
code, source (role nouns, "agents"). All matching runs over `plain` text of the same length, so
every offset is an offset of the original.
"""

import csv
import gzip
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path
from typing import Any

from coder.errors import InputError

NAME_COLUMNS = ("name", "aliases", "code", "kind", "from", "to", "source")
AGENT_COLUMNS = ("name", "aliases", "code", "source")
KINDS = (
    "country demonym metonym person organisation group party city region ethnic religion media "
    "company ngo"
).split()
"""Kinds of names; of two equal names the kind that stands first wins."""

_CODE = re.compile(r"[A-Z0-9]{3}(?:[A-Z0-9]{3}){0,5}")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_SMALL = {"of", "and", "the", "for", "in", "to", "on"}
_SAME_LENGTH = str.maketrans("’‘`´–‑−\n\r\t\u00a0ıøłđßŁØĐ", "''''---    iolds" + "LOD")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of one name: its code from `start` to `end` (both included), and the file's rank."""

    name: str
    code: str
    kind: str
    start: Date
    end: Date
    rank: int

    @property
    def dated(self) -> bool:
        return self.start != Date.min or self.end != Date.max


@dataclass(frozen=True, slots=True)
class Agent:
    """A role noun in the singular ("police officer") with its code and whether it was a plural."""

    name: str
    code: str
    plural: bool


@dataclass(frozen=True, slots=True)
class Surface:
    """What a string of letters can mean: dictionary entries, best first, or an agent."""

    entries: tuple[Entry, ...]
    agent: Agent | None


@dataclass(frozen=True)
class ActorDictionary:
    """All names and agents, with the automaton over them; `countries` are the 3-letter codes."""

    surfaces: dict[str, Surface]
    automaton: Any
    countries: frozenset[str]

    def match(self, text: str) -> list[tuple[int, int, Surface]]:
        """Longest leftmost matches at word boundaries in `plain` text, as (start, end, surface)."""
        hits = []
        last = len(text) - 1
        for at, (length, surface) in self.automaton.iter(text):
            start = at - length + 1
            if (at == last or not text[at + 1].isalnum() or not text[at].isalnum()) and (
                start == 0 or not text[start - 1].isalnum()
            ):
                hits.append((start, -at, surface))
        if len(hits) > 1:
            hits.sort(key=_span)
        chosen, free = [], 0
        for start, at, surface in hits:
            if start >= free:
                free = 1 - at
                chosen.append((start, free, surface))
        return chosen

    def country(self, code: str) -> str:
        """The country of an actor code: "KAZ" of "KAZGOV", "" of "IGOUNO"."""
        return code[:3] if code[:3] in self.countries else ""


def load_actors(paths: Iterable[Path]) -> ActorDictionary:
    """Read dictionary files (.csv, .csv.gz); raises InputError naming file and line.

    Names of a later file replace the same names of earlier ones; files of one folder belong
    together and are merged.
    """
    names: dict[str, list[Entry]] = {}
    agents: dict[str, Agent] = {}
    rank, folder = 0, None
    for path in map(Path, paths):
        rank, folder = rank + (path.parent != folder), path.parent
        for row, where in _rows(path):
            if "kind" in row:
                for name, entry in _row_to_entries(row, where, rank):
                    names.setdefault(plain(name), []).append(entry)
            else:
                agents.update(_row_to_agents(row, where))
    return _dictionary(names, agents)


def entry_on(entries: tuple[Entry, ...], date: Date | None) -> Entry:
    """The entry that holds on a date: dated ones first, then the undated default.

    Outside all dates a person without a default is the country's elite (after) or just of the
    country (before). Without a date, the entries that are still open hold.
    """
    if len(entries) == 1 and not entries[0].dated:
        return entries[0]
    day = date or Date.max
    for entry in entries:
        if entry.dated and entry.start <= day <= entry.end:
            return entry
    for entry in entries:
        if not entry.dated:
            return entry
    past = max(entries, key=lambda e: e.end)
    if past.kind != "person":
        return past
    code = past.code[:3] + ("ELI" if past.end < day else "")
    return Entry(past.name, code, past.kind, past.start, past.end, past.rank)


def plain(text: str) -> str:
    """Text of the same length without accents, curly quotes, odd dashes and line breaks."""
    if text.isascii() and "\n" not in text and "\t" not in text:
        return text
    text = text.translate(_SAME_LENGTH)
    return text if text.isascii() else "".join(map(_base_letter, text))


def plural(noun: str) -> str:
    """The regular plural of a noun phrase: "minister of defence" -> "ministers of defence"."""
    head, of, rest = noun.partition(" of ")
    if re.search(r"[^aeiou]y$", head):
        head = head[:-1] + "ies"
    elif head.endswith("man"):
        head = head[:-3] + "men"
    elif re.search(r"(s|x|z|ch|sh)$", head):
        head += "es"
    else:
        head += "s"
    return head + of + rest


def _span(hit: tuple[int, int, Surface]) -> tuple[int, int]:
    return hit[:2]


def _base_letter(letter: str) -> str:
    return letter if letter.isascii() else unicodedata.normalize("NFKD", letter)[0]


def _dictionary(names: dict[str, list[Entry]], agents: dict[str, Agent]) -> ActorDictionary:
    import ahocorasick

    surfaces: dict[str, Surface] = {}
    for noun, agent in agents.items():
        for form in _agent_forms(noun):
            surfaces.setdefault(form, Surface((), agent))
    for name, entries in names.items():
        surface = Surface(_best_first(entries), None)
        surfaces[name] = surface
        if name[0].islower():
            surfaces.setdefault(name[0].upper() + name[1:], surface)
    automaton = ahocorasick.Automaton()
    for form, surface in surfaces.items():
        automaton.add_word(form, (len(form), surface))
    automaton.make_automaton()
    countries = frozenset(
        e.code
        for s in surfaces.values()
        for e in s.entries
        if e.kind == "country" and len(e.code) == 3
    )
    return ActorDictionary(surfaces, automaton, countries)


def _best_first(entries: list[Entry]) -> tuple[Entry, ...]:
    top = max(e.rank for e in entries)
    kept = [e for e in reversed(entries) if e.rank == top]
    return tuple(sorted(kept, key=lambda e: KINDS.index(e.kind)))


def _agent_forms(noun: str) -> set[str]:
    title = " ".join(w if w in _SMALL else w[:1].upper() + w[1:] for w in noun.split(" "))
    return {noun, noun[:1].upper() + noun[1:], title}


def _rows(path: Path) -> Iterator[tuple[dict[str, str], str]]:
    """Rows of a dictionary file with "file:line"."""
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = tuple(c.strip() for c in next(reader, []))
            if header not in (NAME_COLUMNS, AGENT_COLUMNS):
                raise InputError(
                    f"{path}:1: columns are {','.join(header) or 'missing'}; "
                    f"expected {','.join(NAME_COLUMNS)} or {','.join(AGENT_COLUMNS)}"
                )
            for cells in reader:
                where = f"{path}:{reader.line_num}"
                if not any(cells) or cells[0].startswith("#"):
                    continue
                if len(cells) != len(header):
                    raise InputError(f"{where}: {len(cells)} cells, expected {len(header)}")
                yield dict(zip(header, map(str.strip, cells), strict=True)), where
    except FileNotFoundError:
        raise InputError(
            f"{path}: no such file; give an actor dictionary (.csv, .csv.gz)"
        ) from None
    except (UnicodeDecodeError, gzip.BadGzipFile, EOFError, csv.Error) as error:
        raise InputError(f"{path}: not a UTF-8 CSV file ({error}); save it as UTF-8 CSV") from None


def _names_of(row: dict[str, str], where: str) -> list[str]:
    if not row["name"]:
        raise InputError(f"{where}: the name is empty; write a name or remove the line")
    if not _CODE.fullmatch(row["code"]):
        raise InputError(f"{where}: code {row['code']!r} is no CAMEO actor code such as KAZGOV")
    return [n.strip() for n in [row["name"], *row["aliases"].split("|")] if n.strip()]


def _row_to_entries(row: dict[str, str], where: str, rank: int) -> Iterator[tuple[str, Entry]]:
    names = _names_of(row, where)
    if row["kind"] not in KINDS:
        raise InputError(f"{where}: kind {row['kind']!r} is none of {', '.join(sorted(KINDS))}")
    start, end = _day(row["from"], where, first=True), _day(row["to"], where, first=False)
    if start > end:
        raise InputError(f"{where}: from {row['from']} is after to {row['to']}; swap them")
    entry = Entry(names[0], row["code"], row["kind"], start, end, rank)
    return ((name, entry) for name in names)


def _row_to_agents(row: dict[str, str], where: str) -> Iterator[tuple[str, Agent]]:
    for name in _names_of(row, where):
        noun = plain(name.lower())
        if name.isupper():
            noun = name
        many = bool(re.search(r"([^s]s|men|people|children|police)$", noun.partition(" of ")[0]))
        yield noun, Agent(noun, row["code"], many)
        if not many:
            yield plural(noun), Agent(noun, row["code"], True)


def _day(text: str, where: str, first: bool) -> Date:
    """A date, or the first or last day of a month or year; open ends for an empty text."""
    if not text:
        return Date.min if first else Date.max
    found = _DATE.fullmatch(text)
    try:
        year, month, day = (int(g) if g else 0 for g in found.groups())  # type: ignore[union-attr]
        if day or first:
            return Date(year, month or 1, day or 1)
        after = Date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
        return Date.fromordinal(after.toordinal() - 1)
    except (AttributeError, ValueError, OverflowError):
        raise InputError(f"{where}: date {text!r} is not YYYY-MM-DD, YYYY-MM or YYYY") from None
