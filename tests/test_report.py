"""The report page: what is put into it, and, where there is a Chromium, what it does.

The browser tests are skipped without Chromium on the PATH (Debian: apt-get install chromium).
"""

import csv
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from chromium import PROGRAM, chromium
from click.testing import CliRunner

from coder import report
from coder.cli import cli
from coder.dataset import EVENT_COLUMNS, write_events
from coder.event_reader import read_events
from coder.labels import read_labelled
from coder.ontology import load_ontology
from coder.records import Event

EVENTS = Path(__file__).parent / "data" / "report" / "coded.csv"
HOSTILE = (
    "</script><script>window.hacked=1</script>", "<img src=x onerror=window.hacked=1>",
    "<!--<script>", "\"'`&amp;{{data}}", "]]>\u2028\u2029\u0000", "=HYPERLINK(\"x\")", "😀 <s>x</s>",
)  # fmt: skip
"""Cells that would break out of their place in a careless page."""

browser = pytest.mark.skipif(PROGRAM is None, reason="no Chromium on the PATH")


def run(*arguments):
    result = CliRunner().invoke(cli, list(map(str, arguments)))
    assert result.exit_code == 0, result.output
    return result


def embedded(page):
    """The JSON in a page, as a browser's parser would cut it out."""
    return json.loads(
        re.search(r'<script type="application/json" id="data">(.*?)</script', page, re.S)[1]
    )


def decoded(column, rows):
    if isinstance(column, list):
        return column
    return (
        [column["words"][n] for n in column["at"]] if "at" in column else [column["value"]] * rows
    )


def hostile_events():
    codes = {"date": "2014-05-19", "event_code": "190", "base_code": "190", "root_code": "19"}
    numbers = {"quad_class": 4, "goldstein": -10.0, "probability": 0.5, "mentions": 1, "sources": 1,
               "articles": 1, "lead": 0, "latitude": None, "longitude": None, "sentence_index": 0}  # fmt: skip
    for n, text in enumerate(HOSTILE):
        words = {"event_id": f"{n}{text}", "sentence": f"Iran {text} hit Oman 😀 there.",
                 "source_text": "Iran", "target_text": "Oman", "action_text": "there",
                 "url": f"javascript:window.hacked=1//{text}", "article_date": ""}  # fmt: skip
        yield Event(**(dict.fromkeys(EVENT_COLUMNS, text) | codes | numbers | words))


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A folder with the pages of the sample events and of the hostile ones."""
    folder = tmp_path_factory.mktemp("pages")
    run("report", EVENTS, "-o", folder / "report.html")
    write_events(hostile_events(), str(folder / "hostile.jsonl"))
    run("report", folder / "hostile.jsonl", "-o", folder / "hostile.html")
    return folder


def test_the_page_holds_every_cell_of_the_events(pages):
    data = embedded((pages / "report.html").read_text("utf-8"))
    events = read_events([EVENTS])
    assert data["rows"] == len(events)
    assert tuple(data["columns"]) == EVENT_COLUMNS
    for name in ("event_id", "sentence", "event_code", "probability", "mentions"):
        assert decoded(data["columns"][name], len(events)) == list(events[name])
    assert decoded(data["columns"]["date"], 1)[0] == f"{events['date'][0]:%Y-%m-%d}"
    assert data["columns"]["latitude"] == {"value": None}


def test_the_page_needs_nothing_from_elsewhere(pages):
    page = (pages / "report.html").read_text("utf-8")
    without_data = re.sub(r'id="data">.*?</script', "", page, flags=re.S)
    assert not re.findall(r"(?:src|href)\s*=\s*[\"']|@import|url\(|https?://(?!\\)", without_data)
    assert "default-src 'none'" in page
    assert "innerHTML" not in page


def test_no_cell_can_end_its_script_element(pages):
    page = (pages / "hostile.html").read_text("utf-8")
    assert page.count("<script") == page.count("</script") == 2
    data = embedded(page)
    found = decoded(data["columns"]["sentence"], data["rows"])
    assert found == [f"Iran {text} hit Oman 😀 there." for text in HOSTILE]


def test_numbers_that_json_lacks_are_absent():
    events = read_events([EVENTS])
    events["goldstein"] = float("inf")
    assert report.page_data(events, "x")["columns"]["goldstein"] == {"value": None}


def test_the_title_is_escaped():
    page = report.fill_page("<b>&", {})
    assert "<h1>&lt;b&gt;&amp;</h1>" in page


def test_columns_are_compact_and_come_back():
    for values in (
        [],
        ["a"] * 9,
        ["a", "b"] * 5,
        ["a", "b"],
        [1, 2, 1, 2, 1, 2],
        [None, 0.5, None],
    ):
        assert decoded(report.encode_column(values), len(values)) == values
    assert report.encode_column(["a"] * 9) == {"value": "a"}
    assert report.encode_column(["a", "b"] * 5)["words"] == ["a", "b"]


def test_too_many_events_are_refused_with_one_line(monkeypatch, tmp_path):
    monkeypatch.setattr(report, "MOST", 20)
    result = CliRunner().invoke(cli, ["report", str(EVENTS), "-o", str(tmp_path / "r.html")])
    assert result.exit_code == 1
    assert (
        result.output
        == "Error: coded.csv: more than 20 events, too many for one page; give a part of them\n"
    )
    assert not list(tmp_path.iterdir())


def test_a_page_is_no_csv():
    result = CliRunner().invoke(cli, ["report", str(EVENTS), "-o", "report.csv"])
    assert (
        result.output
        == "Error: report.csv: the report is a web page; give a name that ends in .html\n"
    )


# in the browser


@pytest.fixture(scope="module")
def one_browser(tmp_path_factory):
    with chromium(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened
        assert opened.errors() == []


@pytest.fixture
def page(one_browser):
    """A browser that remembers no marks of the test before."""
    yield one_browser
    one_browser.run("localStorage.clear()")


def listed(page):
    return int(re.match(r"[\d,]+", page.texts("#count")[0])[0].replace(",", ""))


@browser
def test_counts_of_the_pictures_are_those_of_the_events(page, pages):
    page.open(pages / "report.html")
    events = read_events([EVENTS])
    sums = page.texts("#heat tbody td.sum")
    assert [int(n) for n in sums] == list(events.groupby("root_code").size())
    pairs = events["source"].str[:3] + events["target"].str[:3]
    assert page.texts("#dyads .number")[0] == str(pairs.value_counts().iloc[0])
    assert listed(page) == len(events)


@browser
@pytest.mark.parametrize(
    ("fragment", "passes"),
    [
        ("#actor=col", lambda e: e["source"].str.startswith("COL") | e["target"].str.startswith("COL")),
        ("#actor=Colombia&side=source", lambda e: e["source"].str.startswith("COL")),
        ("#code=1", lambda e: e["event_code"].str.startswith("1")),
        ("#code=consult", lambda e: e["plover"] == "CONSULT"),
        ("#from=2010-01-01&to=2015-12-31", lambda e: e["date"].dt.year.between(2010, 2015)),
        ("#least=0.5&most=0.8", lambda e: e["probability"].between(0.5, 0.8)),
        ("#words=POLICE", lambda e: e["sentence"].str.lower().str.contains("police")),
        ("#actor=zzz", lambda e: e["source"] == "zzz"),
    ],
)  # fmt: skip
def test_filters_keep_what_they_say(page, pages, fragment, passes):
    page.open(pages / "report.html", fragment)
    events = read_events([EVENTS])
    assert listed(page) == int(passes(events).sum())


@browser
def test_a_cell_filters_by_its_root_and_period_and_back_undoes_it(page, pages):
    page.open(pages / "report.html")
    everything = listed(page)
    page.run("document.querySelector('#heat tbody td button').click()")
    name = page.run("document.querySelector('#heat tbody tr.chosen th').textContent")
    assert 0 < listed(page) < everything
    assert page.texts("#chips button")[0] == f"Code: {name} ×"
    page.run("history.back()")
    page.wait(f"document.getElementById('count').textContent.startsWith('{everything}')")


@browser
def test_arrow_keys_walk_the_table_of_counts(page, pages):
    page.open(pages / "report.html")
    stops = "[...document.querySelectorAll('#heat button')].filter(b => b.tabIndex === 0).length"
    page.run("document.querySelector('#heat button[tabindex=\"0\"]').focus()")
    before = page.run("document.activeElement.title")
    page.press("ArrowDown")
    assert page.run("document.activeElement.title") != before
    page.press("ArrowUp")
    assert page.run("document.activeElement.title") == before
    assert page.run(stops) == 1


@browser
def test_the_theme_can_be_chosen_and_is_kept(page, pages):
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    page.open(pages / "report.html")
    light = page.run(colour)
    page.run("theme.value = 'dark'; theme.dispatchEvent(new Event('change'))")
    dark = page.run(colour)
    assert dark != light
    page.open(pages / "report.html")
    assert page.run(colour) == dark


@browser
def test_source_target_and_action_are_highlighted(page, pages):
    page.open(pages / "report.html")
    first = read_events([EVENTS]).iloc[0]
    shown = {c: page.texts(f"article:first-child .{c}") for c in "sta"}
    assert shown == {"s": [first.source_text], "t": [first.target_text], "a": [first.action_text]}


@browser
def test_filtered_rows_download_as_an_event_file(page, pages):
    page.open(pages / "report.html", "#code=1")
    got = read_events([page.download("save-rows", "events.csv")])
    events = read_events([EVENTS])
    want = events[events["event_code"].str.startswith("1")].reset_index(drop=True)
    pd.testing.assert_frame_equal(got, want)


@browser
def test_marks_by_keyboard_become_labels(page, pages, tmp_path):
    page.open(pages / "report.html", "#sort=unsure")
    page.run("document.getElementById('rows').focus()")
    page.press("ArrowDown", "r", "w", "e", *"057", "Enter", "e", *"9", "Enter")
    assert page.texts("#count")[0].endswith("· 3 marked")
    page.open(pages / "report.html", "#sort=unsure")  # marks outlive the page
    got = page.download("save-marks", "corrections.csv")
    rows = {r["event_id"]: r for r in csv.DictReader(got.open(encoding="utf-8"))}
    order = read_events([EVENTS]).sort_values("probability", kind="stable")["event_id"]
    assert [rows[i]["verdict"] for i in order[:3]] == ["right", "wrong", "relabel"]
    run("labels", got, "-o", tmp_path / "labels.jsonl")
    labels = read_labelled(tmp_path / "labels.jsonl", load_ontology())
    assert {s.id: s.pairs[0].label for s in labels} == {
        order.iloc[0]: rows[order.iloc[0]]["event_code"], order.iloc[1]: "none", order.iloc[2]: "057",
    }  # fmt: skip


@browser
def test_code_and_swap_are_one_relabel_and_a_second_press_takes_a_mark_back(page, pages):
    page.open(pages / "report.html", "#code=19")
    page.run("document.getElementById('rows').focus()")
    page.press("ArrowDown", "e", *"18")
    page.run("document.querySelector('.new input[type=checkbox]').click()")
    [row] = csv.DictReader(page.download("save-marks", "corrections.csv").open(encoding="utf-8"))
    assert (row["verdict"], row["code"], row["swap"]) == ("relabel", "18", "yes")
    for expected in ("right", ""):
        page.run("document.querySelector('[data-verdict=right]').click()")
        assert page.texts("article.open .mark") == [expected]
    assert page.run("document.querySelector('.new input').value") == ""
    assert page.run("document.getElementById('save-marks').disabled")


@browser
def test_an_unknown_code_is_refused(page, pages):
    page.open(pages / "report.html")
    page.run("document.getElementById('rows').focus()")
    page.press("ArrowDown", "e", *"999", "Enter")
    assert page.texts("article.open .hint") == ["no such code"]
    assert page.texts("article.open .mark") == [""]


@browser
def test_no_event_runs_script_and_no_bad_link_is_made(page, pages):
    page.open(pages / "hostile.html")
    page.run("document.getElementById('rows').focus()")
    page.press("ArrowDown", *"r" * len(HOSTILE))
    assert page.run("window.hacked") is None
    assert page.texts("article a") == []
    assert page.run("document.images.length + document.scripts.length") == 2
    rows = list(
        csv.DictReader(
            page.download("save-marks", "corrections.csv").open(encoding="utf-8", newline="")
        )
    )
    assert len(rows) == len(HOSTILE)
    assert all(
        r["text"].startswith("<s>Iran</s>") and "hit <t>Oman</t> 😀" in r["text"] for r in rows
    )
    assert rows[5]["source"] == '\'=HYPERLINK("x")'


@browser
def test_fifty_thousand_events_are_a_few_elements(page, tmp_path):
    events = read_events([EVENTS])
    big = pd.concat([events] * (50_000 // len(events) + 1), ignore_index=True).head(50_000)
    big["event_id"] = [str(n) for n in range(len(big))]
    (tmp_path / "big.html").write_text(report.events_to_page([big], "big"), "utf-8")
    page.open(tmp_path / "big.html")
    assert listed(page) == 50_000
    page.run("document.getElementById('rows').focus()")
    page.press("End")
    page.wait("document.querySelector('article.open')?.ariaPosInSet === '50000'")
    page.wait(
        "document.querySelector('article.open').getBoundingClientRect().bottom <= innerHeight"
    )
    assert page.run("document.querySelectorAll('article').length") < 60
