"""The gazetteer: countries, their first-level divisions, areas and cities (`data/places.csv`).

GeoNames (CC BY 4.0) and others, see `data/SOURCES.md`; made by `training/places.py`. A place of
an event is known again by its country and name, so that every layout can look up the rest.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

REGION = " region"
"""What a division is called when a city of its country has its name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the map; `kind` is country, region or city.

    `country` is its CAMEO code, `adm1` the GeoNames code of its division ("" if it has none),
    `iso` the ISO 3166 code of a country (two letters) or division; degrees north and east.
    """

    kind: str
    country: str
    name: str
    adm1: str
    iso: str
    latitude: float
    longitude: float
    geonames: int | None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places by what they are called, as rows of the file that become a `Place` when asked for.

    `names` has the rows of each name, `countries` and `capitals` the row of each country,
    `divisions` that of each first-level division by country and code.
    """

    rows: list[list[str]]
    names: dict[str, list[int]]
    countries: dict[str, int]
    capitals: dict[str, int]
    divisions: dict[tuple[str, str], int]

    def find(self, name: str, lands: Iterable[str] = (), division: bool = False) -> Place | None:
        """What a name in `plain` letters means, best in one of the countries `lands`.

        A city goes before the division of the same name, unless `division` says otherwise. A name
        that another place owns ("Tripoli" of the one in Lebanon) counts only in `lands`.
        """
        claims = self.names.get(name, ())
        if division:
            claims = [i for i in claims if self.rows[i][0] == "region"]
        alone = [i for i in claims if name in self.rows[i][2].split("|")]
        near = [i for i in claims if self.rows[i][1] in lands]
        if near:
            return self.place(
                min(near, key=lambda i: (i not in alone, self.rows[i][0] == "region"))
            )
        found = alone or (claims if division and len(claims) == 1 else ())
        return self.place(found[0]) if found else None

    def regions(self, name: str) -> set[str]:
        """The countries that have a division or area of that name."""
        rows = (self.rows[i] for i in self.names.get(name, ()))
        return {row[1] for row in rows if row[0] == "region"}

    def known(self, country: str, name: str) -> Place | None:
        """The place that events call so: the country itself for ""; None if it is not listed."""
        if not name:
            return self.country(country)
        claims = self.names.get(name, []) + self.names.get(name.removesuffix(REGION), [])
        places = (self.place(i) for i in claims if self.rows[i][1] == country)
        return next((p for p in places if p.name == name), None)

    def country(self, code: str) -> Place | None:
        """A country by its CAMEO code, with its middle."""
        return self._at(self.countries.get(code))

    def capital(self, code: str) -> Place | None:
        """The capital of a country."""
        return self._at(self.capitals.get(code))

    def division(self, place: Place) -> Place | None:
        """The first-level division that a place lies in, or is."""
        return self._at(self.divisions.get((place.country, place.adm1)))

    def _at(self, row: int | None) -> Place | None:
        return None if row is None else self.place(row)

    def place(self, row: int) -> Place:
        """The place of a row; a division that is called like a city of its country is a region."""
        kind, country, called, adm1, iso, latitude, longitude, geonames = self.rows[row]
        name = called.partition("|")[0].rstrip("*")
        kind = "city" if kind == "capital" else kind
        if kind == "region" and any(
            self.rows[i][1] == country
            and self.rows[i][0] in ("city", "capital")
            and self.rows[i][2].partition("|")[0].rstrip("*") == name
            for i in self.names[name]
        ):
            name += REGION
        return Place(
            kind, country, name, adm1, iso, float(latitude), float(longitude),
            int(geonames) if geonames else None,
        )  # fmt: skip


@cache
def load_gazetteer() -> Gazetteer:
    """The shipped gazetteer."""
    with files("coder").joinpath("data/places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    gazetteer = Gazetteer(rows, {}, {}, {}, {})
    names = gazetteer.names
    for i, (kind, country, called, adm1, *_) in enumerate(rows):
        if kind == "country":
            gazetteer.countries[country] = i
            continue
        for name in called.replace("*", "").split("|"):
            names.setdefault(name, []).append(i)
        if kind == "capital":
            gazetteer.capitals[country] = i
        elif kind == "region" and adm1:
            gazetteer.divisions[country, adm1] = i
    return gazetteer
