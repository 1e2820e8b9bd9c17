"""The place and role-noun half of the actor dictionary, against golden lists and its own rules.

`data/places.csv` holds the name, short name, demonym and capital of every ISO 3166-1 country;
a row more there is a case more here.
"""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from coder.actors import NO_ACTOR, ActorDictionary, entry_on, load_actors, plain

ROOT = Path(__file__).resolve().parent.parent
ACTORS = ROOT / "seeds" / "actors"
NAMES = ("countries", "cities", "regions", "metonyms", "ethnic")
TODAY = date(2024, 1, 1)

HISTORIC = set("ANT CZA FRY GME GMW SCG SUN VDR YMN YMS YUG".split())
WORLD_REGIONS = set(
    "AFR ASA BLK CAS CAU CEU CFR CRB EAF EEU EUR INT KAS LAM MDT MEA NAF NMR PGS SAF SAM SAS SCN "
    "SEA WAF WST".split()
)
ROLES = set(
    "COP GOV INS JUD MIL OPP REB SEP SPY UAF AGR BUS CRM CVL DEV EDU ELI ENV HLH HRI LAB LEG MED "
    "REF MOD RAD PTY IGO INT MNC NGM NGO UIS PKO".split()
)
RELIGIONS = set("ATH BAH BUD CHR CON HIN IRR JAN JEW MOS NRM PAG REL SIK TAO ZRO".split())
DENOMINATIONS = set("CTH DOX PRO SHI SUN".split())


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def spellings(row: dict[str, str]) -> list[str]:
    return [plain(n) for n in [row["name"], *row["aliases"].split("|")] if n]


GOLDEN = read(ROOT / "tests" / "data" / "places.csv")
CODES = {row["code"] for row in GOLDEN}


@pytest.fixture(scope="module")
def actors() -> ActorDictionary:
    return load_actors(ACTORS / f"{name}.csv" for name in (*NAMES, "agents"))


def code_of(actors: ActorDictionary, name: str, day: date = TODAY) -> str:
    surface = actors.surfaces.get(plain(name))
    if surface is None:
        return ""
    return surface.agent.code if surface.agent else entry_on(surface.entries, day).code


@pytest.mark.parametrize("column", ["name", "short_name", "demonym", "capital"])
def test_golden_places_resolve_to_their_country(actors, column):
    wrong = {
        row[column]: code_of(actors, row[column])
        for row in GOLDEN
        if row[column] and code_of(actors, row[column]) != row["code"]
    }
    assert wrong == {}


def test_every_golden_country_is_known_as_a_country(actors):
    assert CODES <= actors.countries


def test_golden_list_has_every_iso_country_once():
    assert len(GOLDEN) == len({row["iso"] for row in GOLDEN}) == 250  # 249 and Kosovo


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        ("Soviet Union", "1985-06-01", "SUN"),
        ("Soviet", "2020-01-01", "SUN"),
        ("Yugoslavia", "1985-06-01", "YUG"),
        ("Yugoslav", "1999-06-01", "FRY"),
        ("Serbia", "1999-06-01", "FRYSRB"),
        ("Serbian", "2005-06-01", "SCGSRB"),
        ("Serbia", "2006-06-05", "SRB"),
        ("Kosovo", "2007-01-01", "SRBKSV"),
        ("Kosovo", "2008-02-17", "KSV"),
        ("East German", "1980-01-01", "GME"),
        ("South Sudan", "2011-07-08", "SDN"),
        ("South Sudan", "2011-07-09", "SSD"),
        ("Congo", "1990-01-01", "COG"),
        ("Zaire", "1990-01-01", "COD"),
        ("Congo", "2000-01-01", "COD"),
        ("South Yemen", "1980-01-01", "YMS"),
    ],
)
def test_states_have_the_code_of_the_day(actors, name, day, code):
    assert code_of(actors, name, date.fromisoformat(day)) == code


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("U.S.", "USA"), ("UAE", "ARE"), ("Ivory Coast", "CIV"), ("Kiev", "UKR"), ("Rangoon", "MMR"),
        ("Calcutta", "IND"), ("Sydney", "AUS"), ("Gaza", "PSE"), ("Kandahar", "AFG"),
        ("Chechen", "RUS"), ("Darfur", "SDN"), ("Tigray", "ETH"), ("Quebec", "CAN"),
        ("Kremlin", "RUSGOV"), ("IDF", "ISRMIL"), ("Knesset", "ISRLEG"), ("FBI", "USACOP"),
        ("Kurds", "KUR"), ("Hutus", "HUT"), ("Shiite", "MOSSHI"), ("Copts", "CHRCPT"),
        ("riot police", "COP"), ("defence minister", "GOVMIL"), ("ministers of defence", "GOVMIL"),
        ("Foreign Minister", "GOV"), ("health ministry", "GOVHLH"), ("gunmen", "UAF"),
        ("rebels", "REB"), ("separatists", "SEP"), ("insurgents", "INS"), ("lawmakers", "LEG"),
        ("deputies", "LEG"), ("opposition party", "OPPPTY"), ("protesters", "OPP"),
        ("peacekeepers", "IGOPKO"), ("aid workers", "NGO"), ("villagers", "CVL"),
        ("Supreme Court", "JUD"), ("fishermen", "AGR"), ("human rights lawyer", "HRI"),
        ("refugees", "REF"), ("smugglers", "CRM"), ("military intelligence", "MILSPY"),
        ("counterpart", "GOV"),
    ],
)  # fmt: skip
def test_names_and_role_nouns_of_the_news(actors, phrase, code):
    assert code_of(actors, phrase) == code


@pytest.mark.parametrize(
    "word",
    ["Reading", "Mobile", "Nancy", "Lincoln", "Victoria", "Van", "Batman", "Orange", "CAR", "pm"],
)
def test_common_words_and_persons_are_no_places(actors, word):
    assert word not in actors.surfaces


def test_a_name_has_one_code_in_a_kind_at_a_time():
    spans = defaultdict(set)
    for file in NAMES:
        for row in read(ACTORS / f"{file}.csv"):
            for name in spellings(row):
                spans[row["kind"], name, row["from"], row["to"]].add(row["code"])
    assert {key: codes for key, codes in spans.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("file", ["countries", "cities", "regions", "metonyms"])
def test_codes_begin_with_a_known_country(file):
    known = CODES | HISTORIC | (WORLD_REGIONS if file == "regions" else set())
    wrong = {row["name"]: row["code"] for row in read(ACTORS / f"{file}.csv")}
    assert {n: c for n, c in wrong.items() if c[:3] not in known} == {}


def test_cities_have_plain_country_codes():
    assert {row["code"] for row in read(ACTORS / "cities.csv")} <= CODES


def test_metonyms_have_a_country_and_a_role():
    for row in read(ACTORS / "metonyms.csv"):
        assert row["code"][3:6] in ROLES, row
        assert set(_trios(row["code"][3:])) <= ROLES, row


def test_groups_are_not_mistaken_for_countries():
    for row in read(ACTORS / "ethnic.csv"):
        first, *rest = _trios(row["code"])
        if row["kind"] == "religion":
            assert first in RELIGIONS, row
        assert rest or first not in CODES | HISTORIC, row


def test_role_nouns_have_codes_made_of_roles():
    known = ROLES | RELIGIONS | DENOMINATIONS
    wrong = {r["name"]: r["code"] for r in read(ACTORS / "agents.csv") if r["code"] != NO_ACTOR}
    assert {n: c for n, c in wrong.items() if not set(_trios(c)) <= known} == {}


def test_a_role_noun_is_listed_once():
    rows = read(ACTORS / "agents.csv")
    nouns = [noun for row in rows for noun in spellings(row)]
    assert sorted(n for n in set(nouns) if nouns.count(n) > 1) == []


def _trios(code: str) -> list[str]:
    return [code[i : i + 3] for i in range(0, len(code), 3)]
