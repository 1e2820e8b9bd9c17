"""The persons-and-organisations half of the actor dictionary: form, sizes, dates and probes.

PROBES can be extended by anyone: a name as news writes it, a day, and the code it must have.
"""

import csv
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from coder.actors import KINDS, ActorDictionary, Entry, entry_on, load_actors, plain

ROOT = Path(__file__).resolve().parent.parent
ACTORS = ROOT / "seeds" / "actors"
PERSONS = ("leaders", "ministers")
SMALLEST = {
    "leaders": 1500,
    "ministers": 800,
    "organisations": 250,
    "groups": 400,
    "parties": 400,
    "companies": 150,
    "media": 150,
    "ngos": 150,
}
KIND = {
    "leaders": "person",
    "ministers": "person",
    "organisations": "organisation",
    "groups": "group",
    "parties": "party",
    "companies": "company",
    "media": "media",
    "ngos": "ngo",
}
COLLECTIVE_HEADS = {"BIH", "CHE"}
"""Countries whose head of state is a presidency or council of several persons."""
EVERYDAY = set(
    "Apple Shell Orange Gap Time Visa Bush Brown Khan Kim May Singh Amnesty Begin Acted Goal "
    "Article Liberty Target Total Oracle Twitter Facebook IS Vox Will Young Major".split()
)

PROBES = """
Imran Khan | 2010-05-01 | PAKOPP
Imran Khan | 2020-06-01 | PAKGOV
Imran Khan | 2023-06-01 | PAKOPP
Nelson Mandela | 1985-06-01 | ZAFOPP
Nelson Mandela | 1995-06-01 | ZAFGOV
Nelson Mandela | 2005-06-01 | ZAFELI
Barack Obama | 2006-06-01 | USALEG
Obama | 2010-06-01 | USAGOV
Barack Obama | 2024-06-01 | USAELI
Nazarbayev | 2014-05-19 | KAZGOV
Nursultan Nazarbayev | 2022-06-01 | KAZELI
Kassym-Jomart Tokayev | 2012-01-01 | IGOUNO
Kasymzhomart Tokayev | 2020-01-01 | KAZGOV
Taliban | 1996-01-01 | AFGREB
Taliban | 2000-06-01 | AFGGOV
Taliban | 2010-06-01 | AFGREB
Taliban | 2023-06-01 | AFGGOV
Erdogan | 2001-06-01 | TUROPP
Recep Tayyip Erdoğan | 2016-07-15 | TURGOV
Netanyahu | 2007-01-01 | ISROPP
Benjamin Netanyahu | 2021-12-01 | ISROPP
Binyamin Netanyahu | 2023-10-07 | ISRGOV
Zelenskyy | 2022-02-24 | UKRGOV
Vladimir Putin | 1999-01-01 | RUSSPY
Putin | 2014-03-18 | RUSGOV
Boris Yeltsin | 1996-06-16 | RUSGOV
Mikhail Gorbachev | 1988-01-01 | SUNGOV
Aung San Suu Kyi | 2007-09-01 | MMROPP
Suu Kyi | 2017-09-01 | MMRGOV
Aung San Suu Kyi | 2021-02-05 | MMROPP
Min Aung Hlaing | 2019-01-01 | MMRMIL
Donald Trump | 2018-06-12 | USAGOV
Donald Trump | 2022-03-01 | USAELI
Trump | 2025-03-01 | USAGOV
Hillary Clinton | 2005-01-01 | USALEG
Hillary Rodham Clinton | 2010-01-01 | USAGOV
George H.W. Bush | 1991-01-16 | USAGOV
Colin Powell | 1991-01-16 | USAGOVMIL
Donald Rumsfeld | 2003-03-20 | USAGOVMIL
John Kerry | 2014-02-01 | USAGOV
Saddam Hussein | 1990-08-02 | IRQGOV
Assad | 1985-01-01 | SYRGOV
Bashar Assad | 2013-08-21 | SYRGOV
Abu Mohammed al-Golani | 2016-01-01 | SYRREB
Ahmed al-Sharaa | 2025-02-01 | SYRGOV
Mohammed Morsi | 2013-01-01 | EGYGOV
Muammar Gadhafi | 2011-03-19 | LBYGOV
Hosni Mubarak | 2012-01-01 | EGYELI
Mohamed ElBaradei | 2003-01-01 | IGOUNOIAE
Mohamed ElBaradei | 2011-01-28 | EGYOPP
Kofi Annan | 2001-01-01 | IGOUNO
Ban Ki-moon | 2005-01-01 | KORGOV
Ban Ki-moon | 2010-01-01 | IGOUNO
Antonio Guterres | 1999-01-01 | PRTGOV
Antonio Guterres | 2010-01-01 | IGOUNOREFHCR
Antonio Guterres | 2022-01-01 | IGOUNO
Jens Stoltenberg | 2010-01-01 | NORGOV
Jens Stoltenberg | 2022-03-01 | IGOWSTNAT
Ursula von der Leyen | 2015-01-01 | DEUGOVMIL
Ursula von der Leyen | 2022-03-01 | IGOEUREEC
Alexei Navalny | 2013-07-01 | RUSOPP
Raila Odinga | 2010-01-01 | KENGOV
Raila Odinga | 2017-10-01 | KENOPP
Riek Machar | 2012-01-01 | SSDGOV
Riek Machar | 2014-06-01 | SSDREB
Charles Taylor | 1992-01-01 | LBRREB
Charles Taylor | 2000-01-01 | LBRGOV
Yasser Arafat | 2000-07-11 | PSEGOV
Sergei Lavrov | 2013-09-09 | RUSGOV
Sergei Shoigu | 2022-02-24 | RUSGOVMIL
Abdel Fattah el-Sissi | 2013-01-01 | EGYGOVMIL
Abdel-Fattah el-Sissi | 2015-01-01 | EGYGOV
Osama bin Laden | 2001-09-11 | IMGMOSALQ
Abdullah Ocalan | 1999-02-15 | TURSEP
Joseph Kony | 2008-12-14 | UGAREB
Hassan Nasrallah | 2006-07-12 | LBNREB
Slobodan Milosevic | 1999-03-24 | FRYGOV
Radovan Karadzic | 1994-05-01 | BIHSRPGOV
Aslan Maskhadov | 2000-01-01 | RUSSEP
Dalai Lama | 2008-03-14 | CHNTICBUD
United Nations | 2000-01-01 | IGOUNO
UNHCR | 2000-01-01 | IGOUNOREFHCR
WHO | 2020-03-11 | IGOUNOHLHWHO
NATO | 1999-03-24 | IGOWSTNAT
African Union | 2010-01-01 | IGOAFRAFU
CICA | 2014-05-21 | IGOASACIC
ASEAN | 2010-01-01 | IGOSEAASN
IMF | 2010-01-01 | IGOBUSIMF
MONUSCO | 2013-01-01 | IGOUNOPKO
UNITA | 1993-01-01 | AGOREB
UNITA | 2008-01-01 | AGOPTY
RENAMO | 1985-01-01 | MOZREB
Renamo | 1999-01-01 | MOZOPP
Hamas | 1996-02-25 | PSEREB
Hamas | 2006-06-25 | PSEGOV
Hamas | 2023-10-07 | PSEREB
Rapid Support Forces | 2018-01-01 | SDNMIL
RSF | 2024-01-01 | SDNREB
SPLA | 1995-01-01 | SDNREB
TPLF | 2005-01-01 | ETHGOV
TPLF | 2021-01-01 | ETHREB
FARC | 2002-01-01 | COLINS
Boko Haram | 2014-04-14 | NGAINS
Houthis | 2015-03-26 | YEMREB
ANC | 1985-01-01 | ZAFOPP
Likud | 2010-01-01 | ISRPTY
Gazprom | 2009-01-01 | MNCRUS
Xinhua | 2010-01-01 | CHNMED
Human Rights Watch | 2010-01-01 | NGOHRIHRW
"""


def rows(stem: str) -> list[dict[str, str]]:
    with (ACTORS / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def actors() -> ActorDictionary:
    return load_actors(ACTORS / f"{stem}.csv" for stem in SMALLEST)


@pytest.fixture(scope="module")
def terms(actors: ActorDictionary) -> dict[str, list[Entry]]:
    """The terms of office of every person, in the order of time."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for row in (r for stem in PERSONS for r in rows(stem)):
        name = row["name"]
        found[name] = [e for e in actors.surfaces[plain(name)].entries if e.name == name]
    for entries in found.values():
        entries.sort(key=lambda e: (e.start, e.end))
    return found


@pytest.mark.parametrize("stem", SMALLEST)
def test_file_is_large_enough_and_of_one_kind(stem: str) -> None:
    table = rows(stem)
    assert len(table) >= SMALLEST[stem]
    assert {r["kind"] for r in table} == {KIND[stem]} <= set(KINDS)
    assert all(r["source"] for r in table)
    assert len({tuple(r.values()) for r in table}) == len(table)


@pytest.mark.parametrize("stem", SMALLEST)
def test_names_are_clean(stem: str) -> None:
    for row in rows(stem):
        names = [row["name"], *filter(None, row["aliases"].split("|"))]
        assert len(set(names)) == len(names), row
        assert all(n == " ".join(n.split()) and len(n) > 1 for n in names), row
        assert not EVERYDAY & set(names), row


def test_ministers_cover_many_countries() -> None:
    assert len({r["code"][:3] for r in rows("ministers")}) >= 60
    assert len({r["code"][:3] for r in rows("parties")}) >= 80


def test_terms_of_one_person_do_not_overlap_with_other_codes(terms: dict[str, list[Entry]]) -> None:
    clashes = [
        (a, b)
        for entries in terms.values()
        for a, b in pairwise(entries)
        if b.start <= a.end and a.code != b.code
    ]
    assert clashes == []


def test_one_name_does_not_mean_two_persons_on_one_day(actors: ActorDictionary) -> None:
    clashes = [
        (text, a.name, b.name)
        for text, surface in actors.surfaces.items()
        for a, b in pairwise(
            sorted(
                (e for e in surface.entries if e.kind == "person"), key=lambda e: (e.start, e.end)
            )
        )
        if a.name != b.name and b.start <= a.end and a.code != b.code
    ]
    assert clashes == []


def test_no_country_has_more_than_two_heads_in_office() -> None:
    heads: dict[str, set[str]] = defaultdict(set)
    for row in rows("leaders"):
        if not row["to"] and row["code"][3:] == "GOV":
            heads[row["code"][:3]].add(row["name"])
    crowded = {c: sorted(n) for c, n in heads.items() if len(n) > 2 and c not in COLLECTIVE_HEADS}
    assert crowded == {}
    assert len(heads) >= 185


@pytest.mark.parametrize("probe", PROBES.strip().splitlines())
def test_probe(actors: ActorDictionary, probe: str) -> None:
    name, day, code = (cell.strip() for cell in probe.split("|"))
    entry = entry_on(actors.surfaces[plain(name)].entries, date.fromisoformat(day))
    assert entry.code == code


def test_names_are_found_in_running_text(actors: ActorDictionary) -> None:
    text = plain(
        "Nursultan Nazarbayev told Xi Jinping that the FARC, Médecins Sans Frontières agreed"
    )
    found = [text[start:end] for start, end, _ in actors.match(text)]
    assert found == ["Nursultan Nazarbayev", "Xi Jinping", "FARC", "Medecins Sans Frontieres"]
