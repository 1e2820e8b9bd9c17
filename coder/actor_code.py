"""What is in a CAMEO actor code: country, international type, organisation, group, roles.

A code is a row of three letters each, from general to special: "KAZGOVMIL", "IGOUNOHLHWHO",
"---COP". Which letters are what: `data/actor_parts.csv` (CAMEO codebook 1.1b3, with the sector
names of ICEWS and the sector codes of PLOVER) and `data/countries.csv` (CAMEO code, ISO 3166,
name, FIPS 10-4, Correlates of War number).
"""

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

NOWHERE = "---"
_ROLES = ("primary", "party", "secondary", "tertiary")


@dataclass(frozen=True, slots=True)
class Country:
    """A country; `fips` and `cow` are "" where those lists do not have it."""

    code: str
    iso3: str
    name: str
    fips: str
    cow: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActorPart:
    """Three letters that are no country: `part` is international, primary, religion and so on.

    `icews_sectors` is its sector in ICEWS behind those that it belongs to: Government, Police.
    """

    code: str
    part: str
    icews_sectors: tuple[str, ...]
    plover_sector: str


@dataclass(frozen=True, slots=True)
class ActorCode:
    """The parts of an actor code, "" or empty where it has none.

    `nation` is a country or region, `types` are international types and roles in order.
    """

    nation: str = ""
    group: str = ""
    ethnic: str = ""
    religions: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@cache
def countries() -> dict[str, Country]:
    """All countries by CAMEO code."""
    return {
        r["code"]: Country(
            r["code"], r["iso3"], r["name"], r["fips"], r["cow"],
            tuple(filter(None, r["aliases"].split("|"))),
        )
        for r in _rows("countries.csv")
    }  # fmt: skip


@cache
def actor_parts() -> dict[str, ActorPart]:
    """All parts that are no country, by their three letters."""
    return {
        r["code"]: ActorPart(
            r["code"], r["part"], tuple(filter(None, r["icews_sectors"].split("|"))),
            r["plover_sector"],
        )
        for r in _rows("actor_parts.csv")
    }  # fmt: skip


def _rows(name: str) -> list[dict[str, str]]:
    with files("coder").joinpath(f"data/{name}").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(100_000)
def parse_actor(code: str) -> ActorCode:
    """Take an actor code apart; three letters that no list has are an organisation."""
    parts, nations = actor_parts(), countries()
    nation, group, ethnic, before = "", "", "", ""
    religions: list[str] = []
    types: list[str] = []
    triplets = [code[i : i + 3] for i in range(0, len(code), 3)]
    abroad = bool(triplets) and is_part(triplets[0], "international")
    for position, letters in enumerate(triplets):
        part = parts[letters].part if letters in parts else ""
        is_nation = letters in nations or part == "region"
        if letters == NOWHERE:
            continue
        if is_nation and not nation and (position == 0 or abroad):
            nation = letters
        elif part == "international" or part in _ROLES:
            types.append(letters)
        elif part == "religion" or (before == "religion" and not abroad):
            religions.append(letters)
        elif part == "ethnic" and not abroad and not ethnic:
            ethnic = letters
        elif not group and not is_nation:
            group = letters
        before = part
    return ActorCode(nation, group, ethnic, tuple(religions), tuple(types))


def is_part(letters: str, *kinds: str) -> bool:
    """Whether three letters are a part of one of these kinds."""
    part = actor_parts().get(letters)
    return part is not None and part.part in kinds


def is_role(letters: str) -> bool:
    """Whether three letters are a role: GOV, COP, PTY, MED and so on."""
    return is_part(letters, *_ROLES)


@cache
def country_by(key: str) -> dict[str, str]:
    """CAMEO country codes by another key: "iso3", "fips" or "name" (lower case, also other names)."""
    every = list(countries().values())
    if key != "name":  # of two countries with one key the one of today: VNM, not North Vietnam
        every.sort(key=lambda c: c.code == c.iso3)
        return {getattr(c, key): c.code for c in every if getattr(c, key)}
    names = {c.name.lower(): c.code for c in every}
    return {a.lower(): c.code for c in every for a in c.aliases} | names
