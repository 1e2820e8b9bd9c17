"""The column layouts of other data sets. data/layouts holds native.csv in each of them."""

import csv
import gzip
import random
import runpy
import zipfile
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import pandas as pd
import pytest

from coder.actor_code import ActorCode, actor_parts, countries, country_by, parse_actor
from coder.aggregate import aggregate
from coder.convert import layout_rows, table_to_events
from coder.dataset import EVENT_COLUMNS, write_events
from coder.errors import InputError
from coder.event_reader import read_events, read_pieces
from coder.layout_reader import actor_from_icews, actor_from_polecat
from coder.layouts import LAYOUTS, RULES, icews_sectors, load_layout, scale_of
from coder.ontology import load_ontology
from coder.records import Event
from coder.tallies import Plan

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data" / "layouts"
ACTORS = ["USA", "USAGOV", "KAZGOVMIL", "---COP", "IGOUNO", "IGOEUREEC", "IRQKURMIL", "ROMMED",
          "NGOHRI", "SYRREB"]  # fmt: skip


def declared():
    with (ROOT / "coder/data/layouts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def random_events(count=600):
    """Events of every code and of actors of every kind, a few undated, the same in every run."""
    rng, ontology = random.Random(3), load_ontology()
    every = list(ontology)
    for number in range(count):
        code = every[number % len(every)]
        day = date(2013, 11, 20) + timedelta(rng.randrange(500))
        source, target = rng.choice(ACTORS), rng.choice([*ACTORS, ""])
        yield Event(
            event_id=f"{number:016x}", date="" if rng.random() < 0.05 else day.isoformat(),
            article_date=day.isoformat(), source=source, target=target, event_code=code.code,
            base_code=code.base, root_code=code.root, event_name=code.name, plover=code.plover,
            quad_class=code.quad_class, goldstein=code.goldstein, probability=0.5, mentions=1,
            sources=1, articles=1, place="", country="", latitude=None, longitude=None, article_id="a",
            sentence_index=0, lead=1, source_text="someone", target_text="another" if target else "",
            action_text="did", sentence="Someone did.", url="", publisher="Wire", model="m",
        )  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The random events as a file of each layout."""
    folder = tmp_path_factory.mktemp("layouts")
    for name in ("native", *LAYOUTS):
        write_events(random_events(), str(folder / f"{name}.csv"), layout_rows(name))
    return folder


def test_the_layouts_have_the_columns_of_their_data_sets():
    names = {name: load_layout(name).names for name in LAYOUTS}
    assert {name: len(columns) for name, columns in names.items()} == {
        "gdelt": 61, "gdelt1": 58, "icews": 20, "phoenix": 26, "polecat": 40,
    }  # fmt: skip
    assert all(len(set(columns)) == len(columns) for columns in names.values())
    assert [c for c in names["gdelt"] if "ADM2" not in c] == names["gdelt1"]
    assert names["gdelt"][26:31] == [
        "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    ]  # fmt: skip
    assert [r["column"] for r in declared() if r["layouts"] == "native"] == list(EVENT_COLUMNS)


def test_every_column_is_filled_by_a_known_rule_and_says_why_it_is_empty():
    rows = declared()
    filled = {r["fill"] for r in rows if r["fill"]}
    assert filled - set(EVENT_COLUMNS) == set(RULES)
    assert {r["type"] for r in rows} == {"text", "int", "float"}
    assert all(r["note"] for r in rows if not r["fill"])


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_layout_to_the_letter(tmp_path, name):
    path = tmp_path / "out.tsv"
    events = table_to_events(read_events([DATA / "native.csv"]))
    write_events(events, str(path), layout_rows(name, header=True))
    assert path.read_text(encoding="utf-8") == (DATA / f"{name}.tsv").read_text(encoding="utf-8")


def test_shipped_without_names_are_gdelt_and_phoenix(files):
    for name in LAYOUTS:
        first = (files / f"{name}.csv").read_text(encoding="utf-8").split("\t", 1)[0]
        assert (first == load_layout(name).names[0]) == (name in ("icews", "polecat"))


def test_gdelt_is_read_by_pandas_with_the_public_column_types(files):
    types = {"int": "Int64", "float": "float64", "text": "str"}
    layout = load_layout("gdelt")
    table = pd.read_csv(
        files / "gdelt.csv", sep="\t", header=None, names=layout.names, keep_default_na=False,
        na_values={c.name: [""] for c in layout.columns if c.type != "text"},
        dtype={c.name: types[c.type] for c in layout.columns},
    )  # fmt: skip
    events = list(random_events())
    assert table.EventCode.tolist() == [e.event_code for e in events]
    assert table.QuadClass.tolist() == [e.quad_class for e in events]
    dated = table[table.SQLDATE.notna()]
    assert dated.SQLDATE.astype(str).tolist() == [e.date.replace("-", "") for e in events if e.date]
    assert dated.FractionDate.between(dated.Year, dated.Year + 1, inclusive="left").all()
    assert table.GLOBALEVENTID.between(0, 2**63 - 1).all()
    assert table.AvgTone.isna().all()


@pytest.mark.filterwarnings("ignore:undated")
@pytest.mark.parametrize(
    ("name", "actors", "counts"),
    [
        ("gdelt", "code", ["root", "base", "event", "quad", "plover"]),
        ("gdelt1", "code", ["root", "event"]),
        ("phoenix", "code", ["root", "base", "event", "quad", "plover"]),
        ("icews", "country", ["root", "base", "event", "quad", "plover"]),
        ("icews", "sector", ["root"]),
        ("polecat", "country", ["quad", "plover"]),
        ("polecat", "sector", ["quad"]),
    ],
)
def test_a_layout_is_counted_like_the_native_file(files, name, actors, counts):
    for count in counts:
        plan = Plan("month", actors, count)
        own, other = (
            aggregate(read_events([files / f"{n}.csv"], plan.columns), plan)
            for n in ("native", name)
        )
        keys = [c for c in own if not c.startswith("goldstein")]
        assert own.events.sum() > 500
        pd.testing.assert_frame_equal(
            own[keys].astype(str), other[keys].astype(str), check_categorical=False
        )


def test_scores_are_those_of_the_list_the_layout_follows(files):
    native = read_events([files / "native.csv"], ["event_code", "goldstein"])
    icews = read_events([files / "icews.csv"], ["event_code", "goldstein"])
    gdelt = read_events([files / "gdelt.csv"], ["event_code", "goldstein"])
    assert icews.equals(native)
    assert gdelt.goldstein.tolist() == [scale_of(c).goldstein_gdelt for c in native.event_code]
    differ = set(native.event_code[native.goldstein != gdelt.goldstein])
    assert {"016", "124", "163", "164", "166"} <= differ
    assert len(differ) == 14


def test_polecat_has_no_cameo_codes_and_says_so(files):
    with pytest.raises(InputError) as error:
        read_events([files / "polecat.csv"], ["root_code"])
    assert str(error.value) == (
        "polecat files have no CAMEO code, so no root_code; count by plover or quad"
    )


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_is_recognised_with_or_without_names_zipped_and_by_any_suffix(tmp_path, name):
    text = (DATA / f"{name}.tsv").read_text(encoding="utf-8")
    expected = read_events([DATA / f"{name}.tsv"], ["date", "source", "quad_class"])
    zipped, packed, marked = (tmp_path / n for n in ("a.txt.gz", "d.CSV.zip", "b.CSV"))
    zipped.write_bytes(gzip.compress(text.encode()))
    marked.write_text(text, encoding="utf-8-sig")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("d.CSV", text)
    paths = [zipped, packed, marked]
    if name not in ("icews", "polecat"):
        (tmp_path / "c.export.CSV").write_text(text.split("\n", 1)[1], encoding="utf-8")
        paths.append(tmp_path / "c.export.CSV")
    assert len(expected) == 6
    for path in paths:
        assert read_events([path], ["date", "source", "quad_class"]).equals(expected)
    assert [p.layout for p in read_pieces(paths)] == [name] * len(paths)


def test_gdelt_files_from_before_april_2013_have_no_url(tmp_path):
    path = tmp_path / "1998.csv"
    lines = (DATA / "gdelt1.tsv").read_text(encoding="utf-8").splitlines()[1:]
    path.write_text("".join(line.rpartition("\t")[0] + "\n" for line in lines), encoding="utf-8")
    found = read_events([path], ["event_code", "url"])
    assert found.event_code.tolist() == ["057", "1411", "124", "0841", "016", "164"]
    assert set(found.url) == {""}


def test_a_cut_file_is_one_error_line(tmp_path):
    whole = gzip.compress((DATA / "gdelt.tsv").read_bytes() * 50)
    for name, data in (("cut.csv.gz", whole[:-40]), ("cut.zip", b"PK\x03\x04 and no more")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(
            InputError, match=f"^{tmp_path / name}: (cannot be read|damaged .gz file)"
        ):
            read_events([tmp_path / name])


def test_a_file_without_events_is_a_table_without_rows(tmp_path):
    path = tmp_path / "icews.tab"
    write_events([], str(path), layout_rows("icews"))
    assert read_events([path]).empty
    assert list(read_events([path]).columns) == list(EVENT_COLUMNS)


def test_rows_that_cannot_be_used_are_left_out_and_counted(tmp_path):
    path = tmp_path / "gdelt.csv"
    lines = (DATA / "gdelt.tsv").read_text(encoding="utf-8").splitlines()[1:]
    no_code, too_long = lines[0].replace("\t057\t", "\t---\t"), lines[0] + "\tmore"
    unlisted = lines[0].replace("\t057\t057\t05\t", "\t0357\t035\t03\t")
    path.write_text("\n".join([*lines, no_code, too_long, unlisted]) + "\n", encoding="utf-8")
    with pytest.warns(UserWarning, match="left out") as caught:
        found = read_events([path], ["event_code", "root_code", "plover", "goldstein"])
    assert [str(w.message) for w in caught] == [
        f"{path}: 2 rows left out that have no CAMEO code or too many columns"
    ]
    assert found.iloc[-1].tolist() == ["0357", "03", "AGREE", 8.0]
    assert len(found) == 7


def test_actors_of_icews_and_polecat_become_codes():
    ministry = "Executive,Foreign Ministry,Government"
    assert actor_from_icews("Foreign Affairs (Bangladesh)", ministry, "Bangladesh") == "BGDGOV"
    assert actor_from_icews("Aso Taro", "Elite,Government,Parties", "Japan") == "JPNGOV"
    assert actor_from_icews("Shanghai Cooperation Organization",
                            "International Government Organization,Regional", "") == "IGO"  # fmt: skip
    assert actor_from_icews("Police", "Police", "") == "---COP"
    assert (
        actor_from_icews("Court Judge (Australia)", "Government,Judicial", "Australia") == "AUSJUD"
    )
    assert actor_from_icews("Secret Agent (Philippines)",
                            "Military Intelligence,Government,Military", "Philippines") == "PHLSPY"  # fmt: skip
    assert actor_from_icews("", "", "") == ""
    assert actor_from_icews("X", "", "Russia") == "RUS"
    assert actor_from_polecat("Radio", "JRN;ELI", "ROU") == "ROMMED"
    assert actor_from_polecat("Hospital", "MED", "XKX") == "KSVHLH"


@pytest.mark.parametrize(
    ("sectors", "code"),
    [
        ("Police,Government", "COP"),
        ("Criminals / Gangs,Dissident", "CRM"),
        ("Protestors / Popular Opposition / Mobs,Elite,Dissident", "OPP"),
        ("Military,Defense / Security Ministry,Executive,Government", "GOV"),
        ("Legislative / Parliamentary,Lower House,Government,Parties", "LEG"),
        ("Social,General Population / Civilian / Social", "CVL"),
    ],
)
def test_the_order_of_sectors_of_icews_says_nothing(sectors, code):
    for order in permutations(sectors.split(",")):
        assert actor_from_icews("X", ",".join(order), "India") == "IND" + code


@pytest.mark.parametrize("part", [p for p in actor_parts().values() if p.part == "primary"])
def test_a_role_comes_back_from_its_sectors(part):
    listed = icews_sectors(parse_actor("IND" + part.code))
    assert actor_from_icews("X", ",".join(listed), "India") == "IND" + part.code
    both = icews_sectors(parse_actor("INDGOV" + part.code))
    assert actor_from_icews("X", ",".join(both), "India") == "INDGOV"


def test_a_layout_is_text_and_says_so_before_anything_is_written(tmp_path):
    with pytest.raises(InputError) as error:
        write_events(iter([]), str(tmp_path / "x.parquet"), layout_rows("gdelt"))
    assert str(error.value) == (
        f"{tmp_path / 'x.parquet'}: this layout is tab-separated text; "
        "give .csv, .tsv, .tab or .txt (each also .gz)"
    )
    with pytest.raises(InputError, match="'cameo' is none of native, gdelt, gdelt1, icews"):
        layout_rows("cameo")


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("KAZGOVMIL", ActorCode(nation="KAZ", types=("GOV", "MIL"))),
        ("---COP", ActorCode(types=("COP",))),
        ("IGOUNOHLHWHO", ActorCode(group="UNO", types=("IGO", "HLH"))),
        ("IGOEUREEC", ActorCode(nation="EUR", group="EEC", types=("IGO",))),
        ("MNCUSA", ActorCode(nation="USA", types=("MNC",))),
        ("IRQKURMIL", ActorCode(nation="IRQ", ethnic="KUR", types=("MIL",))),
        ("IRQMOSSHI", ActorCode(nation="IRQ", religions=("MOS", "SHI"))),
        ("IMGMOSALQ", ActorCode(group="ALQ", religions=("MOS",), types=("IMG",))),
        ("SRBKSV", ActorCode(nation="SRB")),
        ("", ActorCode()),
    ],
)
def test_the_parts_of_actor_codes(code, parts):
    assert parse_actor(code) == parts


def test_every_country_of_the_dictionary_is_in_the_table():
    with (ROOT / "models/cameo-en/actors/countries.csv").open(encoding="utf-8", newline="") as file:
        codes = {r["code"][:3] for r in csv.DictReader(file) if r["kind"] == "country"}
    assert codes == set(countries())
    assert country_by("iso3")["VNM"] == "VNM"
    assert country_by("name")["russia"] == "RUS"
    assert all(len(c.fips) in (0, 2) and len(c.iso3) == 3 for c in countries().values())


def test_the_codebook_page_is_what_the_data_say(tmp_path):
    page = ROOT / "docs" / "codebook.md"
    made = runpy.run_path(str(ROOT / "docs" / "make_codebook.py"))["filled_page"]
    text = page.read_text(encoding="utf-8")
    assert made("codebook.md", text) == text, "run make codebook"
    assert all(f"| {c} |" in text for name in LAYOUTS for c in load_layout(name).names)


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_native_files_may_lack_the_number_of_articles_and_the_lead(tmp_path, suffix):
    old = pd.read_csv(DATA / "native.csv", dtype=str, keep_default_na=False)
    old = old.drop(columns=["articles", "lead"])
    path = tmp_path / f"old.{suffix}"
    if suffix == "csv":
        old.to_csv(path, index=False)
    elif suffix == "jsonl":
        old.to_json(path, orient="records", lines=True)
    else:
        old.to_parquet(path, index=False)
    events = list(table_to_events(read_events([path])))
    assert {(e.articles, e.lead) for e in events} == {(None, None)}
    cells = dict(
        zip(load_layout("gdelt").names, load_layout("gdelt").cells_of()(events[0]), strict=True)
    )
    assert (cells["NumMentions"], cells["NumArticles"], cells["IsRootEvent"]) == (3, None, None)
