"""The gazetteer, and the places of events and actors in other layouts."""

from dataclasses import replace

import pytest

from coder.actor_code import countries
from coder.actors import plain
from coder.convert import table_to_events
from coder.event_reader import read_events
from coder.geo import GEO_RULES, actor_place, full_name
from coder.layout_reader import READERS
from coder.places import load_gazetteer

GAZETTEER = load_gazetteer()
PLACES = [GAZETTEER.place(i) for i in range(len(GAZETTEER.rows))]


def test_names_are_plain_and_positions_on_the_globe():
    assert all(n == plain(n) and n.isascii() and "," not in n for n in GAZETTEER.names)
    assert all(-90 <= p.latitude <= 90 and -180 <= p.longitude <= 180 for p in PLACES)
    assert {p.country for p in PLACES} <= set(countries())


def test_every_place_is_known_again_by_its_country_and_name():
    again = [GAZETTEER.known(p.country, p.name if p.kind != "country" else "") for p in PLACES]
    assert [p for p, same in zip(PLACES, again, strict=True) if same != p] == []


def test_a_name_alone_means_one_place():
    rows = GAZETTEER.rows
    shared = {
        name
        for name, claims in GAZETTEER.names.items()
        if len({rows[i][1] for i in claims if name in rows[i][2].split("|")}) > 1
    }
    assert shared == set()


@pytest.mark.parametrize(
    ("name", "lands", "division", "found"),
    [
        ("Tripoli", [], False, "Tripoli, Tarabulus, Libya"),
        ("Tripoli", ["LBN"], False, "Tripoli, Ash Shimal, Lebanon"),
        ("Kandahar", [], False, "Kandahar, Kandahar, Afghanistan"),
        ("Kandahar", [], True, "Kandahar region, Afghanistan"),
        ("Georgia", ["USA"], False, "Georgia, United States"),
        ("Georgia", [], False, None),
        ("Reading", [], False, None),
        ("Punjab", [], False, None),
        ("Punjab", ["PAK"], False, "Punjab, Pakistan"),
        ("Darfur", [], False, "Darfur, Sudan"),
    ],
)
def test_what_a_name_means(name, lands, division, found):
    place = GAZETTEER.find(name, lands, division)
    assert (full_name(place) if place else None) == found


@pytest.mark.parametrize(
    ("words", "code", "place"),
    [
        ("police in Sivas", "TURCOP", "Sivas, Sivas, Turkey"),
        ("American soldiers in Kabul", "USAMIL", "Kabul, Kabul, Afghanistan"),
        ("Baghdad", "IRQ", "Baghdad, Baghdad, Iraq"),
        ("the Kenyan president", "KENGOV", "Kenya"),
        ("the envoy to Kenya", "USAGOV", "United States"),
        ("the United Nations", "IGOUNO", None),
        ("police", "---COP", None),
        ("", "", None),
    ],
)
def test_where_an_actor_is(words, code, place):
    found = actor_place(words, code)
    assert (full_name(found) if found else None) == place


def test_places_of_all_kinds_come_back_from_gdelt(root):
    [event, *_] = table_to_events(read_events([root / "tests/data/layouts/native.csv"]))
    reader = READERS["gdelt"]
    wrong = []
    for place in PLACES:
        name = "" if place.kind == "country" else place.name
        told = replace(event, place=name, country=place.country)
        cells = GEO_RULES["geo.name"](told), GEO_RULES["geo.fips"](told)
        if (reader["place"].make(*cells), reader["country"].make(*cells)) != (name, place.country):
            wrong.append((place, cells))
    assert wrong == []


def test_adm1_codes_are_those_of_fips(root):
    [event, *_] = table_to_events(read_events([root / "tests/data/layouts/native.csv"]))
    cases = {("Kano", "NGA"): "NI29", ("Texas", "USA"): "USTX", ("", "KEN"): "KE",
             ("Brussels", "BEL"): "", ("Gaza Strip", "PSE"): "", ("Nowhere", "KEN"): None}  # fmt: skip
    for (name, country), code in cases.items():
        assert GEO_RULES["geo.adm1"](replace(event, place=name, country=country)) == code
