"""Dictionaries of TABARI and PETRARCH beside our own: data/tabari_*.txt, and what they mean."""

import gzip
import warnings
from datetime import date
from pathlib import Path

import pytest

from coder.actors import entry_on, load_actors, plain
from coder.errors import InputError
from coder.mentions import find_mentions
from coder.records import Article
from coder.segment import article_to_sentences
from coder.tabari import is_tabari, name_forms

DATA = Path(__file__).resolve().parent / "data"
OWN = [DATA / "tabari_actors.txt", DATA / "tabari_agents.txt"]

CODES = """
Borut Zvonko | 1998-01-01 | ZUBELI
Borut Zvonko | 1999-02-14 | ZUBELI
Zvonko | 1999-02-15 | ZUBGOV
President Borut Zvonko | 2004-12-31 | ZUBGOV
Borut Zvonko | 2005-01-01 | ZUBELI
Zubrowka | 2020-01-01 | ZUB
ZUBROWKA | 2020-01-01 | ZUB
Zubrowkan | 2020-01-01 | ZUB
East Zubrowka | 2020-01-01 | ZUB
Ahmed al-Zubri | 2000-12-31 | ZUBREB
Ahmed Al-Zubri | 2001-01-01 | ZUBGOV
Zubrowka Relief Fund | 2020-01-01 | NGOHLH
ZRF | 2020-01-01 | NGOHLH
Ki-moon Zed | 2005-06-01 | ZUBMIL
Ki-Moon Zed | 2007-01-01 | ---
Zubrowka Daily Gazette | 2020-01-01 | ZUBMED
Zubrowka Ocean | 2020-01-01 | ---
Bad Day | 2025-01-01 | ZUBLEG
Good Name | 2025-01-01 | ZUBGOV
Mended Name | 2025-01-01 | ZUBMED
"""

KINDS = {
    "Borut Zvonko": "person",
    "East Zubrowka": "region",
    "Zubrowka Relief Fund": "ngo",
    "Zubrowka Daily Gazette": "media",
    "Free Zubrowka Front": "group",
}

AGENTS = """
knocker COP one
knockers COP many
Lady Knocker LEG one
lady knockers LEG many
knock-upsmith BUS one
knock-upsmiths BUS many
smithy of locks LAB one
smiths of locks LAB many
thieftaker COP one
thieftaken COP many
watch folk COP one
beadle JUD one
envoyess GOV one
blue-caps IGO many
"""

NOT_AGENTS = [
    "thieftakers",
    "watch folks",
    "beadles",
    "envoyesses",
    "smithss of locks",
    "no code here",
]


def read(*paths):
    """The dictionary of files and the warnings of reading it."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        actors = load_actors(paths)
    return actors, [str(w.message) for w in caught]


@pytest.fixture(scope="module")
def own():
    return read(*OWN)


@pytest.mark.parametrize("line", CODES.strip().splitlines())
def test_the_code_of_a_name_on_a_day(own, line):
    name, day, code = line.split(" | ")
    assert entry_on(own[0].surfaces[name].entries, date.fromisoformat(day)).code == code


def test_kinds_are_guessed_from_the_codes(own):
    assert {n: own[0].surfaces[n].entries[0].kind for n in KINDS} == KINDS


@pytest.mark.parametrize("line", AGENTS.strip().splitlines())
def test_role_nouns_and_their_plurals(own, line):
    noun, code, number = line.rsplit(" ", 2)
    agent = own[0].surfaces[noun].agent
    assert (agent.code, agent.plural) == (code, number == "many")


def test_no_other_plurals_are_made(own):
    assert [noun for noun in NOT_AGENTS if noun in own[0].surfaces] == []


def test_every_line_that_was_not_used_is_named_once(own):
    assert own[1] == [
        f"{OWN[0]}: 12 lines not used: line 29: 'NAMELESS CODE LOST' has no code; "
        "line 31: '[ZUBOPP]' has no name above it; "
        "line 32: date '19991301' is not YYYYMMDD or YYMMDD; also lines 33, 34, 35, 37, 39, 40, 42, 44, 45",
        f"{OWN[1]}: 3 lines not used: line 12: 'NO CODE HERE' has no code; "
        "line 13: 'WRONG_CODE [~CO]' is no role noun with a code such as [~COP]; "
        "line 14: no substitution set !SET! is declared above",
    ]


def test_own_names_and_role_nouns_outrank_the_shipped_ones_and_take_their_kind(tmp_path, root):
    (tmp_path / "mine.txt").write_text("IRAN_ [IRNXYZ]\nABUJA_ [NGA]\n", encoding="utf-8")
    (tmp_path / "roles.txt").write_text("POLICE {} [~MIL]\nKURD [~REB]\n", encoding="utf-8")
    shipped = sorted((root / "seeds" / "actors").glob("*.csv"))
    actors, _ = read(*shipped, tmp_path / "mine.txt", tmp_path / "roles.txt")
    iran, abuja = (actors.surfaces[n].entries[0] for n in ("Iran", "Abuja"))
    assert (iran.code, iran.kind, abuja.kind) == ("IRNXYZ", "country", "city")
    assert [actors.surfaces[n].agent.code for n in ("police", "Kurd")] == ["MIL", "REB"]
    assert actors.surfaces["Kurds"].agent.code == "REB"


def test_they_are_composed_like_shipped_names_and_what_is_no_actor_is_none(tmp_path, root):
    shipped = sorted((root / "seeds" / "actors").glob("*.csv"))
    tourists = tmp_path / "roles.csv"
    tourists.write_text("name,aliases,code,source\ntourist,,---,own\n", encoding="utf-8")
    actors, _ = read(*shipped, *OWN, tourists)
    text = "Police in Kifaru Valley met President Borut Zvonko and a tourist at the Zubrowka Ocean."
    article = Article("a", date(2003, 1, 1), text)
    [found] = find_mentions(article, article_to_sentences(article), actors)
    assert [(m.text, m.code) for m in found] == [
        ("Police in Kifaru Valley", "KENCOP"),
        ("President Borut Zvonko", "ZUBGOV"),
    ]


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("MCCAIN", {"McCain", "MCCAIN"}),
        ("UN CHIEF", {"UN Chief"}),
        ("XI JINPING", {"Xi Jinping"}),
        ("JAMES A. BAKER III", {"James A. Baker III"}),
        ("PEOPLE'S ARMY OF O'NEILL", {"People's Army of O'Neill"}),
        ("MAY", {"MAY"}),
        ("DE GAULLE", {"de Gaulle", "De Gaulle"}),
        ("COTE D'IVOIRE", {"Cote d'Ivoire", "Cote D'Ivoire"}),
        ("Emanuel MORI", {"Emanuel Mori"}),
    ],
)
def test_names_get_the_capitals_of_news(name, forms):
    assert name_forms(name, "person", frozenset({"UN"})) == forms


def test_the_form_of_a_file_is_told_by_its_content():
    assert is_tabari("\n# [remark]\nIRAN_\n+PERSIA\n\t[IRN]\n")
    assert is_tabari("POLICE {} [~COP]\n")
    assert not is_tabari('name,aliases,code,source\n"[X]",,IRN,own [IRN]\n')
    assert not is_tabari("Iran;IRN\n")


def test_gzipped_and_badly_encoded_files(tmp_path):
    packed, latin = tmp_path / "a.txt.gz", tmp_path / "b.txt"
    packed.write_bytes(gzip.compress(OWN[0].read_bytes()))
    latin.write_bytes("CÔTE_D'OR_ [FRA]\nBEAUNE_ [FRA]\n".encode("latin-1"))
    assert read(packed)[0].surfaces.keys() == read(OWN[0])[0].surfaces.keys()
    actors, [said] = read(latin)
    assert plain("Beaune") in actors.surfaces
    assert said.startswith(f"{latin}: 1 line not used: line 1: ")
    table = tmp_path / "c.csv"
    table.write_bytes("name,aliases,code,source\nCôte,,FRA,own\n".encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8"):
        load_actors([table])
