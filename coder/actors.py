"""The actor dictionary: names and role nouns with CAMEO actor codes, found by one automaton.

All matching runs over `plain` text of the same length, so every offset is an offset of the original.
"""

import unicodedata
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path
from typing import Any

from coder.actor_files import KINDS, NameRow, read_actor_file
from coder.errors import one_line

NO_ACTOR = "---"
"""The code of a name that is no actor: it is matched and means nothing."""

FAMILY_NAME_FIRST = ("CHN", "TWN", "HKG", "MAC", "KOR", "PRK", "VNM", "KHM", "MMR", "SGP")
"""Countries where the first word of a full name is what a later sentence uses alone."""

_ACRONYMS = {w.lower(): w for w in ("TV", "MP", "MEP", "NGO", "CEO", "IDP", "SWAT", "LGBT", "EU")}
_ACRONYMS |= {f"{word}s": f"{letters}s" for word, letters in _ACRONYMS.items()}
""""mps" of the files is "MPs" in news."""

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

    @property
    def noun(self) -> str:
        """The last word of the name."""
        return self.name.rsplit(" ", 1)[-1]


@dataclass(frozen=True, slots=True)
class Surface:
    """What a string of letters can mean: dictionary entries, best first, or an agent."""

    entries: tuple[Entry, ...]
    agent: Agent | None


@dataclass(frozen=True)
class ActorDictionary:
    """All names and agents, with the automaton over them; `countries` are the 3-letter codes.

    `given_names` are the first words of persons' names, in small letters; `surnames` holds the
    persons in office by their last name; `twins` the two countries of "the Koreas".
    """

    surfaces: dict[str, Surface]
    automaton: Any
    countries: frozenset[str]
    given_names: frozenset[str]
    surnames: dict[str, tuple[Entry, ...]]
    twins: dict[str, tuple[str, ...]]

    def match(self, text: str) -> list[tuple[int, int, Surface]]:
        """Longest leftmost matches at word boundaries in `plain` text, as (start, end, surface)."""
        if not self.surfaces:
            return []
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
    """Read dictionary files (CSV, TABARI, PETRARCH); raises InputError naming file and line.

    Names of a later file replace the same names of earlier ones; files of one folder belong
    together and are merged. Lines that were not used are named in one warning a file.
    """
    names: dict[str, list[Entry]] = {}
    agents: dict[str, tuple[int, Agent]] = {}
    rank, folder = 0, None
    for path in map(Path, paths):
        rank, folder = rank + (path.parent != folder), path.parent
        file = read_actor_file(path, lambda: _acronyms(names))
        if file.unused:
            warnings.warn(one_line(file.unused), stacklevel=2)
        for row in file.names:
            _add_names(row, names, rank)
        for row in file.agents:
            noun = row.noun if row.noun.isupper() else plain(row.noun)
            agents[plain(row.form)] = (rank, Agent(noun, row.code, row.plural))
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


def _span(hit: tuple[int, int, Surface]) -> tuple[int, int]:
    return hit[:2]


def _base_letter(letter: str) -> str:
    return letter if letter.isascii() else unicodedata.normalize("NFKD", letter)[0]


def _acronyms(names: Iterable[str]) -> frozenset[str]:
    """Names that are one word of capitals: "UN", "NATO"."""
    return frozenset(n for n in names if n.isupper() and n.isalpha() and len(n) <= 6)


def _add_names(row: NameRow, names: dict[str, list[Entry]], rank: int) -> None:
    """Add a row; a kind that was guessed gives way to what the name already is in that country."""
    entry = Entry(row.names[0], row.code, row.kind, row.start, row.end, rank)
    for name in map(plain, row.names):
        entries, kept = names.setdefault(name, []), entry
        kinds = {e.kind for e in entries if e.code[:3] == row.code[:3]} if row.guessed else set()
        if kinds and row.kind not in kinds:
            kind = min(kinds, key=KINDS.index)
            kept = Entry(entry.name, row.code, kind, row.start, row.end, rank)
        if entries[-1:] != [kept]:
            entries.append(kept)


def _dictionary(
    names: dict[str, list[Entry]], agents: dict[str, tuple[int, Agent]]
) -> ActorDictionary:
    import ahocorasick

    surfaces: dict[str, Surface] = {}
    ranks: dict[str, int] = {}
    for noun, (rank, agent) in agents.items():
        for form in _agent_forms(noun):
            surfaces.setdefault(form, Surface((), agent))
            ranks.setdefault(form, rank)
    for name, entries in names.items():
        surface = Surface(_best_first(entries), None)
        if ranks.get(name, 0) > surface.entries[0].rank:
            continue
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
    persons = {e for s in surfaces.values() for e in s.entries if e.kind == "person"}
    given = frozenset(e.name.split()[0].lower() for e in persons if " " in e.name)
    states = {e for s in surfaces.values() for e in s.entries if e.kind == "country"}
    return ActorDictionary(
        surfaces, automaton, countries, given, _surnames(persons), _twins(states)
    )


def _twins(countries: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    """The two countries of today whose names end alike, by the plural: "koreas", "sudans"."""
    ends: dict[str, set[str]] = {}
    for entry in countries:
        if not entry.dated or entry.end == Date.max:
            ends.setdefault(entry.name.split()[-1].lower() + "s", set()).add(entry.code[:3])
    return {word: tuple(sorted(codes)) for word, codes in ends.items() if len(codes) == 2}


def _surnames(persons: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Members of governments by surname."""
    found: dict[str, list[Entry]] = {}
    for entry in persons:
        if entry.code[3:6] == "GOV" and " " in entry.name:
            parts = plain(entry.name).split()
            surname = parts[0] if entry.code[:3] in FAMILY_NAME_FIRST else parts[-1]
            found.setdefault(surname, []).append(entry)
    return {surname: tuple(entries) for surname, entries in found.items()}


def _best_first(entries: list[Entry]) -> tuple[Entry, ...]:
    top = max(e.rank for e in entries)
    kept = [e for e in reversed(entries) if e.rank == top]
    return tuple(sorted(kept, key=lambda e: KINDS.index(e.kind)))


def _agent_forms(noun: str) -> set[str]:
    title = " ".join(w if w in _SMALL else w[:1].upper() + w[1:] for w in noun.split(" "))
    capitals = {noun.upper()} if any(c in ".0123456789" for c in noun) else set()
    letters = " ".join(_ACRONYMS.get(w, w) for w in noun.split(" "))
    return {
        noun,
        noun[:1].upper() + noun[1:],
        title,
        letters,
        letters[:1].upper() + letters[1:],
    } | capitals
