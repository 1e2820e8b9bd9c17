"""Events in the column layouts of GDELT, ICEWS, Phoenix and POLECAT.

`data/layouts.csv` declares every column: its type and what fills it, which is a native column, a
rule of `RULES` or nothing. What an event does not tell stays empty. `data/scales.csv` has what the
layouts need of a code beside the ontology: GDELT's Goldstein score and PLOVER's type, mode and
contexts. Where names and scores come from, and which could not be compared with a published file, is
in `data/SOURCES.md` and `docs/codebook.md`.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import chain
from operator import attrgetter
from typing import Any

from coder.actor_code import ActorCode, ActorPart, actor_parts, countries, is_part, parse_actor
from coder.errors import InputError
from coder.geo import GEO_RULES, country_of
from coder.ontology import QUAD_CLASSES
from coder.records import Event

NATIVE = "native"
LAYOUTS = ("gdelt", "gdelt1", "icews", "phoenix", "polecat")
HEADED = ("icews", "polecat")
"""Layouts that are shipped with a line of column names."""

Rule = Callable[[Event], Any]

_PHOENIX_ROLES = tuple("GOV MIL REB OPP PTY COP JUD SPY MED EDU BUS CRM CVL".split())
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: type text, int or float; `fill` names what fills it ("" nothing); a note."""

    name: str
    type: str
    fill: str
    note: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout: its name and its columns in order."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        return [c.name for c in self.columns]

    def cells_of(self) -> Callable[[Event], list]:
        """A function from an event to its cells in this layout, None or "" where unknown."""
        rules = [rule(c.fill) for c in self.columns]
        return lambda event: [r(event) for r in rules]


@dataclass(frozen=True, slots=True)
class Scale:
    """What lists other than the native ones say of a code."""

    goldstein_gdelt: float | None
    plover_type: str
    plover_mode: str
    plover_contexts: str


@cache
def load_layout(name: str) -> Layout:
    """The layout of a name; raises InputError for another name."""
    if name not in LAYOUTS:
        raise InputError(f"{name!r} is none of {', '.join((NATIVE, *LAYOUTS))}")
    with files("coder").joinpath("data/layouts.csv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if name in r["layouts"].split()]
    return Layout(name, tuple(Column(r["column"], r["type"], r["fill"], r["note"]) for r in rows))


@cache
def scales() -> dict[str, Scale]:
    """The scales by event code; "" stands for an event without a code."""
    with files("coder").joinpath("data/scales.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {
        r["code"]: Scale(
            float(r["goldstein_gdelt"]), r["plover_type"], r["plover_mode"], r["plover_contexts"]
        )
        for r in rows
    }
    return {"": Scale(None, "", "", "")} | known


def scale_of(code: str) -> Scale:
    """The scale of a code, or of its base or root when only those are listed."""
    known = scales()
    return known.get(code) or known.get(code[:3]) or known.get(code[:2]) or known[""]


def rule(fill: str) -> Rule:
    """What fills a column, as a function of the event."""
    if not fill:
        return lambda event: None
    return RULES.get(fill) or attrgetter(fill)


def number(event: Event) -> int:
    """A whole number of at most 63 bits for an event id, the same in every run."""
    text = event.event_id
    if text.isascii() and text.isdigit() and int(text) < 1 << 63:
        return int(text)
    if len(text) != 16 or not set(text) <= _HEX:
        text = sha256(text.encode()).hexdigest()
    return int(text[:15], 16)


def fraction_date(event: Event) -> float | None:
    """The day as a fraction of its year, as GDELT's files have it: 2014-02-18 is 2014.1315."""
    if not event.date:
        return None
    year, month, day = map(int, event.date.split("-"))
    return round(year + ((month - 1) * 30 + day) / 365, 4)


def phoenix_quad(event: Event) -> int | None:
    """Quad class as Phoenix counts it, 0 (neutral) to 4; root 16 is verbal."""
    if not event.root_code:
        return None
    root = int(event.root_code)
    return 0 if root <= 2 else 3 if root == 16 else event.quad_class


def quad_name(event: Event) -> str:
    """Quad class in words and capitals, as POLECAT has it."""
    return QUAD_CLASSES.get(event.quad_class, "").upper()


def icews_sectors(actor: ActorCode) -> list[str]:
    """Sectors of an actor as ICEWS has them, each behind the one that it belongs to.

    A government with a second role is a ministry: Government, Executive, Military.
    """
    found = [p.icews_sectors for p in _sector_parts(actor)]
    names = list(dict.fromkeys(chain.from_iterable(found)))
    if ("Government",) in found and sum(f[:1] == ("Government",) for f in found) > 1:
        names.insert(names.index("Government") + 1, "Executive")
    return names


def plover_sectors(actor: ActorCode) -> list[str]:
    """Sectors of an actor in PLOVER's codes, in the order of its code."""
    return [p.plover_sector for p in _sector_parts(actor)]


def _sector_parts(actor: ActorCode) -> list[ActorPart]:
    """Roles, international types and the first religion of an actor."""
    known = actor_parts()
    return [known[t] for t in (*actor.types, *actor.religions[:1]) if t in known]


def _triplet(code: str, position: int) -> str:
    return code[3 * position : 3 * position + 3]


def _nth(values: tuple[str, ...] | list[str], position: int) -> str:
    return values[position] if len(values) > position else ""


def _entity(code: str) -> str:
    first = code[:3]
    return first if first in countries() or is_part(first, "international", "region") else ""


def _phoenix_role(code: str) -> str:
    return second if (second := _triplet(code, 1)) in _PHOENIX_ROLES else ""


def _attribute(code: str) -> str:
    taken = {0: _entity(code), 1: _phoenix_role(code)}
    rest = [_triplet(code, i) for i in range((len(code) + 2) // 3) if not taken.get(i)]
    return ";".join(r for r in rest if r != "---")


def _side(side: str) -> dict[str, Rule]:
    """The rules about one actor, source or target."""
    code = attrgetter(side)

    def of(make: Callable[[ActorCode], Any]) -> Rule:
        return lambda event: make(parse_actor(code(event)))

    def of_code(make: Callable[[str], Any]) -> Rule:
        return lambda event: make(code(event))

    made = {
        "code": of_code(lambda c: c.removeprefix("---")),
        "country": of(lambda a: a.nation),
        "group": of(lambda a: a.group),
        "ethnic": of(lambda a: a.ethnic),
        "religion1": of(lambda a: _nth(a.religions, 0)),
        "religion2": of(lambda a: _nth(a.religions, 1)),
        "type1": of(lambda a: _nth(a.types, 0)),
        "type2": of(lambda a: _nth(a.types, 1)),
        "type3": of(lambda a: _nth(a.types, 2)),
        "country_name": of(lambda a: country_of(a.nation, "name")),
        "iso3": of(lambda a: country_of(a.nation, "iso3")),
        "cow": of(lambda a: country_of(a.nation, "cow")),
        "sectors": of(lambda a: ",".join(icews_sectors(a))),
        "plover_sector": of(lambda a: _nth(plover_sectors(a), 0)),
        "plover_sectors": of(lambda a: ";".join(plover_sectors(a))),
        "entity": of_code(_entity),
        "phoenix_role": of_code(_phoenix_role),
        "attribute": of_code(_attribute),
    }
    return {f"{side}.{name}": fill for name, fill in made.items()}


RULES: dict[str, Rule] = {
    "id.number": number,
    "date.digits": lambda e: e.date.replace("-", ""),
    "date.month_year": lambda e: e.date[:7].replace("-", ""),
    "date.year": lambda e: e.date[:4],
    "date.month": lambda e: e.date[5:7],
    "date.day": lambda e: e.date[8:],
    "date.fraction": fraction_date,
    "published.digits": lambda e: e.article_date.replace("-", ""),
    "published.seconds": lambda e: e.article_date and e.article_date.replace("-", "") + "000000",
    "goldstein.gdelt": lambda e: scale_of(e.event_code).goldstein_gdelt,
    "quad.phoenix": phoenix_quad,
    "quad.name": quad_name,
    "plover.type": lambda e: scale_of(e.event_code).plover_type or e.plover,
    "plover.mode": lambda e: scale_of(e.event_code).plover_mode,
    "plover.contexts": lambda e: scale_of(e.event_code).plover_contexts,
    **GEO_RULES,
    "sentence.number": lambda e: None if e.sentence_index is None else e.sentence_index + 1,
    "sentence.id": lambda e: e.article_id and f"{e.article_id}_{e.sentence_index}",
    **_side("source"),
    **_side("target"),
}
"""What fills columns that are no native column, by name; every value is None or "" if unknown."""
