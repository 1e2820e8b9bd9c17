"""Actor dictionary files: our CSV tables, and those of TABARI and PETRARCH, told by their content.

CSV files have the columns name, aliases, code, kind, from, to, source (names) or name, aliases,
code, source (role nouns, "agents"); further columns are passed over.
"""

import csv
import io
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path

from coder.errors import InputError
from coder.files import read_bytes
from coder.tabari import ActorBlock, AgentBlock, is_tabari, name_forms, read_tabari

NAME_COLUMNS = ("name", "aliases", "code", "kind", "from", "to", "source")
AGENT_COLUMNS = ("name", "aliases", "code", "source")
KINDS = (
    "country demonym metonym person organisation group party city region ethnic religion media "
    "company ngo"
).split()
"""Kinds of names; of two equal names the kind that stands first wins."""

_CODE = re.compile(r"(?:[A-Z0-9]{3}){1,6}|---")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_HEAD_END = re.compile("( of | for )")
_SHOWN = 3
"""Lines of a file that are named with the reason why they were not used; others by number."""


@dataclass(frozen=True, slots=True)
class NameRow:
    """Names with one code from `start` to `end` (both included); `guessed` if the kind is."""

    names: tuple[str, ...]
    code: str
    kind: str
    start: Date
    end: Date
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class AgentRow:
    """A form of a role noun, the noun itself, its code, and whether the form is a plural."""

    form: str
    noun: str
    code: str
    plural: bool


@dataclass(frozen=True, slots=True)
class ActorFile:
    """The rows of a file, and one line about what was not used ("" if all was)."""

    names: list[NameRow]
    agents: list[AgentRow]
    unused: str


def read_actor_file(path: Path, acronyms: Callable[[], frozenset[str]]) -> ActorFile:
    """Read a dictionary file of any form, also gzipped; raises InputError naming file and line.

    `acronyms` gives the known words of capitals, which files all in capitals do not mark.
    """
    text, whole = _read_text(path)
    names: list[NameRow] = []
    agents: list[AgentRow] = []
    problems: list[tuple[int, str]] = []
    if is_tabari(text):
        found, known = read_tabari(text), acronyms()
        names = [row for block in found.actors for row in _block_to_names(block, known)]
        agents = [row for block in found.agents for row in _block_to_agents(block)]
        problems = found.problems
    elif not whole:
        raise InputError(f"{path}: not UTF-8; save it as UTF-8 CSV")
    else:
        for row, line in _csv_rows(text, path):
            where = f"{path}:{line}"
            if not row["code"] and row["name"]:
                problems.append((line, f"{row['name']!r} has no code"))
            elif "kind" in row:
                names.append(_row_to_name(row, where))
            else:
                agents += _row_to_agents(row, where)
    return ActorFile(names, agents, _unused(path, problems))


def plural(noun: str) -> str:
    """The regular plural of a noun phrase: "minister of defence" -> "ministers of defence"."""
    head, *rest = _HEAD_END.split(noun, maxsplit=1)
    if re.search(r"[^aeiou]y$", head):
        head = head[:-1] + "ies"
    elif head.endswith("man"):
        head = head[:-3] + "men"
    elif re.search(r"(s|x|z|ch|sh)$", head):
        head += "es"
    else:
        head += "s"
    return "".join((head, *rest))


def is_plural(noun: str) -> bool:
    """Whether a noun phrase is a plural by its form, or a collective such as "police"."""
    head = _HEAD_END.split(noun, maxsplit=1)[0]
    return bool(re.search(r"([^s]s|men|people|children|police)$", head))


def _read_text(path: Path) -> tuple[str, bool]:
    """The text of a file, and whether all of it could be read as UTF-8."""
    if not os.path.exists(path):
        raise InputError(
            f"{path}: no such file; give an actor dictionary (.csv, .csv.gz, TABARI or PETRARCH)"
        )
    data = read_bytes(path)
    try:
        return data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        return data.decode("utf-8-sig", errors="replace"), False


def _unused(path: Path, problems: list[tuple[int, str]]) -> str:
    """ "mine.txt: 12 lines not used: line 7: 'FOO' has no code; ...; also lines 90, 95"."""
    if not problems:
        return ""
    problems = sorted(problems)
    shown = "; ".join(f"line {line}: {reason}" for line, reason in problems[:_SHOWN])
    others = ", ".join(str(line) for line, _ in problems[_SHOWN:])
    count = f"{len(problems)} line{'s' if len(problems) > 1 else ''} not used"
    return f"{path}: {count}: {shown}{f'; also lines {others}' if others else ''}"


def _block_to_names(block: ActorBlock, acronyms: frozenset[str]) -> Iterator[NameRow]:
    """One row a code, the last first: of rows that hold on one day the later one wins."""
    forms: dict[str, None] = {}
    for name in block.names:
        forms.update(dict.fromkeys(sorted(name_forms(name, block.kind, acronyms))))
    for code, start, end in reversed(block.codes):
        yield NameRow(tuple(forms), code, block.kind, start, end, guessed=True)


def _block_to_agents(block: AgentBlock) -> Iterator[AgentRow]:
    for noun in block.nouns:
        many = is_plural(noun)
        yield AgentRow(noun, noun, block.code, many)
        for form in block.plurals or ([plural(noun)] if block.regular and not many else []):
            yield AgentRow(form, noun, block.code, True)


def _csv_rows(text: str, path: Path) -> Iterator[tuple[dict[str, str], int]]:
    """Rows of a CSV dictionary with their line numbers."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = tuple(c.strip() for c in next(reader, []))
        columns = next((c for c in (NAME_COLUMNS, AGENT_COLUMNS) if header[: len(c)] == c), None)
        if columns is None:
            raise InputError(
                f"{path}:1: columns are {','.join(header) or 'missing'}; "
                f"expected {','.join(NAME_COLUMNS)} or {','.join(AGENT_COLUMNS)}"
            )
        for cells in reader:
            if not any(cells) or cells[0].startswith("#"):
                continue
            if len(cells) != len(header):
                raise InputError(
                    f"{path}:{reader.line_num}: {len(cells)} cells, expected {len(header)}"
                )
            yield dict(zip(columns, map(str.strip, cells), strict=False)), reader.line_num
    except csv.Error as error:
        raise InputError(f"{path}: not a CSV file ({error}); save it as UTF-8 CSV") from None


def _names_of(row: dict[str, str], where: str) -> tuple[str, ...]:
    if not row["name"]:
        raise InputError(f"{where}: the name is empty; write a name or remove the line")
    if not _CODE.fullmatch(row["code"]):
        raise InputError(f"{where}: code {row['code']!r} is no CAMEO actor code such as KAZGOV")
    return tuple(n.strip() for n in [row["name"], *row["aliases"].split("|")] if n.strip())


def _row_to_name(row: dict[str, str], where: str) -> NameRow:
    names = _names_of(row, where)
    if row["kind"] not in KINDS:
        raise InputError(f"{where}: kind {row['kind']!r} is none of {', '.join(sorted(KINDS))}")
    start, end = _day(row["from"], where, first=True), _day(row["to"], where, first=False)
    if start > end:
        raise InputError(f"{where}: from {row['from']} is after to {row['to']}; swap them")
    return NameRow(names, row["code"], row["kind"], start, end)


def _row_to_agents(row: dict[str, str], where: str) -> Iterator[AgentRow]:
    for name in _names_of(row, where):
        noun = name if name.isupper() else name.lower()
        many = is_plural(noun)
        yield AgentRow(noun, noun, row["code"], many)
        if not many:
            yield AgentRow(plural(noun), noun, row["code"], True)


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
