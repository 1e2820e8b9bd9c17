"""Places of events and of their actors in the columns of GDELT, ICEWS, Phoenix and POLECAT."""

from collections.abc import Callable
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from coder.actor_code import countries, parse_actor
from coder.actors import plain
from coder.places import REGION, Place, load_gazetteer
from coder.records import Event
from coder.toponyms import find_toponyms, read_words

_FEATURES = {"country": "PCLI", "city": "PPL"}
_WHERE_ACTORS_ARE = ("in", "at", "near", "outside", "inside")


def country_of(code: str, key: str) -> str:
    """Name, ISO, FIPS or COW key of a CAMEO country code; "" for what is no country."""
    return getattr(countries()[code], key) if code in countries() else ""


def place_of(event: Event) -> Place | None:
    """The place of an event in the gazetteer; None for none and for places of other data sets."""
    return load_gazetteer().known(event.country, event.place)


@lru_cache(maxsize=100_000)
def actor_place(words: str, code: str) -> Place | None:
    """Where an actor is by its own words ("police in Sivas", "Baghdad"), else its country."""
    gazetteer = load_gazetteer()
    nation = parse_actor(code).nation
    lands = frozenset((nation,)) if nation else frozenset()
    own = gazetteer.find(plain(words), lands)
    if own and own.country == nation:
        return own
    found = find_toponyms(read_words(words, _country_named, gazetteer), lands)
    named = [t.place for t in found if t.preposition in _WHERE_ACTORS_ARE]
    return named[0] if named else gazetteer.country(nation)


def _country_named(name: str) -> tuple[str, str]:
    return (_country_names()[name], "country") if name in _country_names() else ("", "")


@cache
def _country_names() -> dict[str, str]:
    return {plain(n): c.code for c in countries().values() for n in (c.name, *c.aliases)}


def full_name(place: Place) -> str:
    """Place, division and country: "Kano, Kano, Nigeria"; a division or country has fewer."""
    names = [] if place.kind == "country" else [place.name]
    division = load_gazetteer().division(place)
    if division and place.kind == "city":
        names.append(division.name.removesuffix(REGION))
    return ", ".join([*names, country_of(place.country, "name")])


def event_place_name(event: Event) -> str:
    """The full name of an event's place, as far as known."""
    place = place_of(event)
    if place:
        return full_name(place)
    return ", ".join(filter(None, (event.place, country_of(event.country, "name"))))


def fips_of(place: Place) -> str:
    """FIPS 10-4 code of a place's country; Gaza and the West Bank have one each."""
    return country_of(place.country, "fips") or (place.adm1 if place.adm1 in ("GZ", "WE") else "")


def gdelt_type(place: Place) -> int:
    """1 country, 2 US state, 3 US city, 4 city elsewhere, 5 division or area elsewhere."""
    at_home = place.country == "USA"
    return {"country": 1, "region": 2 if at_home else 5, "city": 3 if at_home else 4}[place.kind]


def gdelt_adm1(place: Place) -> str:
    """FIPS 10-4 country and division, of a country the country alone; "" where the list of
    GeoNames does not have the two letters or digits of FIPS."""
    fips = fips_of(place)
    if fips == place.adm1:
        return ""
    return fips + place.adm1 if place.kind == "country" or len(place.adm1) == 2 else ""


def gdelt_feature(place: Place) -> str:
    """The country's or division's code; cities have numbers of a list that is not open."""
    return gdelt_adm1(place) if place.kind != "city" else ""


def city_name(event: Event) -> str:
    """The place of an event if it is a city or its kind is not known."""
    place = place_of(event)
    return event.place if place is None or place.kind == "city" else ""


def province_name(event: Event) -> str:
    """The division that the place of an event lies in, or is, or the area that it is."""
    place = place_of(event)
    if place is None or place.kind == "country":
        return ""
    if place.kind == "region":
        return place.name
    division = load_gazetteer().division(place)
    return division.name.removesuffix(REGION) if division else ""


def feature_type(place: Place) -> str:
    """The GeoNames code of a kind of place: PCLI country, ADM1 division, RGN area, PPL city."""
    return _FEATURES.get(place.kind) or ("ADM1" if place.adm1 else "RGN")


def _told(find: Callable[[Event], Place | None], make: Callable[[Place], Any]) -> Callable:
    return lambda event: make(place) if (place := find(event)) else None


def actor_rules(side: str) -> dict[str, Callable[[Event], Any]]:
    """The rules about where an actor, source or target, is."""
    words, code = f"{side}_text", side

    def find(event: Event) -> Place | None:
        return actor_place(getattr(event, words), getattr(event, code))

    return {
        f"{side}.geo_type": _told(find, gdelt_type),
        f"{side}.geo_name": _told(find, full_name),
        f"{side}.geo_fips": _told(find, fips_of),
        f"{side}.geo_adm1": _told(find, gdelt_adm1),
        f"{side}.geo_latitude": _told(find, attrgetter("latitude")),
        f"{side}.geo_longitude": _told(find, attrgetter("longitude")),
        f"{side}.geo_feature": _told(find, gdelt_feature),
    }


GEO_RULES: dict[str, Callable[[Event], Any]] = {
    "geo.type": _told(place_of, gdelt_type),
    "geo.name": event_place_name,
    "geo.fips": lambda e: fips_of(p) if (p := place_of(e)) else country_of(e.country, "fips"),
    "geo.adm1": _told(place_of, gdelt_adm1),
    "geo.feature": _told(place_of, gdelt_feature),
    "geo.city": city_name,
    "geo.province": province_name,
    "geo.id": _told(place_of, attrgetter("geonames")),
    "geo.kind": _told(place_of, feature_type),
    "country.name": lambda e: country_of(e.country, "name"),
    "country.iso3": lambda e: country_of(e.country, "iso3"),
    **actor_rules("source"),
    **actor_rules("target"),
}
"""What fills the columns of places, by name."""
