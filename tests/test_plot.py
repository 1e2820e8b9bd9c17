"""Figures: what they count, that they are the same every time, and what is said instead of one."""

import itertools
import re
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from coder.cli import cli
from coder.errors import InputError
from coder.event_reader import read_events
from coder.figures import dyad_matrix, dyad_series, event_places, root_series
from coder.plot import QUADS, root_colours
from coder.world_map import WORLD, equal_earth, frame, outlines

DATA = Path(__file__).parent / "data"
SAMPLE = DATA / "events" / "sample.csv"
KINDS = ("dyads", "heatmap", "roots", "map")
HEAD = "date,source,target,event_code,root_code,quad_class,goldstein,latitude,longitude\n"


def run(*words):
    return CliRunner().invoke(cli, ["plot", *map(str, words)])


def events_file(folder, rows):
    path = folder / "events.csv"
    path.write_text(HEAD + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def war(tmp_path):
    """Two months of a dyad, one event without a target, one without a country, one without a day."""
    return events_file(tmp_path, [
        "2014-05-01,ISRMIL,PSE,195,19,4,-10,31.5,34.5",
        "2014-05-01,ISR,PSEREB,190,19,4,-10,31.5,34.5",
        "2014-06-30,ISRGOV,PSE,040,04,1,1,31.8,35.2",
        "2014-06-02,PSE,ISR,190,19,4,-10,31.5,34.6",
        "2014-06-02,USA,ISR,040,04,1,1,,",
        "2014-06-02,USA,,010,01,1,0,,",
        "2014-06-02,---COP,USA,173,17,4,-5,,",
        ",USA,ISR,040,04,1,1,,",
    ])  # fmt: skip


@pytest.mark.filterwarnings("ignore:undated")
def test_dyads_count_every_event_once(war):
    series, shown = dyad_series([war], by="month")
    assert [s.name for s in series] == [
        "Israel → Occupied Palestinian Territory",
        "Occupied Palestinian Territory → Israel",
        "United States → Israel",
    ]
    assert series[0].counts.to_numpy().tolist() == [[0, 0, 0, 2], [1, 0, 0, 0]]
    assert [str(s)[:10] for s in series[0].starts] == ["2014-05-01", "2014-06-01"]
    assert [str(s)[:10] for s in series[0].ends] == ["2014-06-01", "2014-07-01"]
    assert (shown.events, shown.without_dyad, shown.of) == (5, 2, 3)
    assert (shown.first, shown.last) == ("2014-05-01", "2014-06-30")


@pytest.mark.filterwarnings("ignore:undated")
def test_a_dyad_that_is_asked_for_is_shown_both_ways(war):
    series, _ = dyad_series([war], [("PSE", "ISR")])
    assert [s.counts.to_numpy().sum() for s in series] == [1, 3]
    series, _ = dyad_series([war], [("ISR", "USA")])
    assert [s.counts.to_numpy().sum() for s in series] == [0, 1]


@pytest.mark.filterwarnings("ignore:undated")
def test_the_period_follows_the_length_of_time(war, tmp_path):
    assert root_series([war])[1].by == "week"
    last = {
        "2014-05-20": "day",
        "2016-01-01": "month",
        "2034-01-01": "quarter",
        "2064-01-01": "year",
    }
    for day, by in last.items():
        rows = (f"{d},ISR,PSE,190,19,4,-10,," for d in ("2014-05-01", day))
        series, shown = root_series([events_file(tmp_path, rows)])
        assert shown.by == by
        assert series.counts.to_numpy().sum() == 2
        assert 20 <= len(series.starts) <= 100


@pytest.mark.filterwarnings("ignore:undated")
def test_roots_count_the_events_without_a_dyad_too(war):
    series, shown = root_series([war], by="year")
    assert series.counts.to_dict("records") == [{"01": 1, "04": 2, "17": 1, "19": 3}]
    assert shown.events == 7


@pytest.mark.filterwarnings("ignore:undated")
def test_the_heat_map_has_the_same_actors_on_both_sides(war):
    matrix, _ = dyad_matrix([war])
    assert matrix.index.tolist() == matrix.columns.tolist() == ["ISR", "PSE", "USA"]
    assert matrix.to_numpy().tolist() == [[0, 3, 0], [1, 0, 0], [1, 0, 0]]


def test_places_add_up_to_the_events(war):
    places = event_places([war])
    assert list(zip(*(getattr(places, n).tolist() for n in ("latitude", "events", "conflict")),
                    strict=True)) == [(31.5, 2, 2), (31.5, 1, 1), (31.8, 1, 0)]  # fmt: skip
    assert places.unplaced == 4
    assert len(read_events([war], ["source"])) == places.events.sum() + places.unplaced


@pytest.mark.parametrize("kind", KINDS)
def test_figures_are_files_that_do_not_change(tmp_path, monkeypatch, kind):
    import matplotlib

    first, again, drawing = (tmp_path / n for n in ("a.png", "b.png", "c.svg"))
    assert run(SAMPLE, kind, "-o", first).exit_code == 0
    monkeypatch.setitem(matplotlib.rcParams, "font.size", 30)
    monkeypatch.setitem(matplotlib.rcParams, "axes.facecolor", "black")
    assert run(SAMPLE, kind, "-o", again).exit_code == 0
    assert first.read_bytes().startswith(b"\x89PNG")
    assert first.read_bytes() == again.read_bytes()
    assert run(SAMPLE, kind, "-o", drawing).exit_code == 0
    text = drawing.read_bytes()
    assert run(SAMPLE, kind, "-o", drawing).exit_code == 0
    assert drawing.read_bytes() == text
    assert b"<dc:date>" not in text


@pytest.mark.parametrize(("kind", "words"), [
    ("dyads", ["Kazakhstan → United States  (1)", "material conflict", "Events per week"]),
    ("heatmap", ["Kazakhstan  KAZ", "USA"]),
    ("roots", ["05  Engage in diplomatic cooperation (2)", "7 events, 2014-05-19 to 2014-08-04"]),
    ("map", ["1 event, 1 place; 7 more without a place", "all conflict"]),
])  # fmt: skip
def test_figures_say_what_they_show(tmp_path, kind, words):
    out = tmp_path / "figure.svg"
    assert run(SAMPLE, kind, "-o", out).exit_code == 0
    told = " ".join(re.findall(r"<!-- (.*?) -->", out.read_text(encoding="utf-8"), re.DOTALL))
    assert [w for w in words if w not in told] == []


def test_other_layouts_are_drawn_too(tmp_path):
    assert run(DATA / "layouts" / "gdelt.tsv", "roots", "-o", tmp_path / "a.png").exit_code == 0


@pytest.mark.parametrize(("words", "line"), [
    (["dyads", "-o", "x.jpg"], "x.jpg: unknown kind of picture; give -o FILE.png or FILE.svg"),
    (["dyads", "--dyad", "usa", "XXX", "-o", "x.png"],
     "{file}: no event between USA and XXX; there are KAZ KAZ, USA KAZ, KAZ USA, USA IGO"),
    (["map", "--dyad", "USA", "KAZ", "-o", "x.png"],
     "--dyad chooses what dyads shows; map shows all of them"),
    (["heatmap", "--by", "day", "-o", "x.png"],
     "--by is the period of dyads and roots; heatmap shows no time"),
])  # fmt: skip
def test_mistakes_are_one_line(tmp_path, monkeypatch, words, line):
    monkeypatch.chdir(tmp_path)
    result = run(SAMPLE, *words)
    assert result.exit_code == 1
    assert [x for x in result.output.splitlines() if not x.startswith("Warning")] == [
        "Error: " + line.format(file=SAMPLE)
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("kind", "line"), [
    ("dyads", "no dated event between two countries"), ("roots", "no event with a date"),
    ("heatmap", "no dated event between two countries"),
    ("map", "no event has a latitude and longitude, which a map needs"),
])  # fmt: skip
@pytest.mark.filterwarnings("ignore:undated")
def test_without_events_to_show_there_is_no_figure(tmp_path, kind, line):
    none = events_file(tmp_path, [",USA,ISR,040,04,1,1,,"])
    result = run(none, kind, "-o", tmp_path / "x.png")
    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == f"Error: {none}: {line}"
    assert not (tmp_path / "x.png").exists()


def test_without_matplotlib_the_way_to_it_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    result = run(SAMPLE, "dyads", "-o", tmp_path / "x.png")
    assert result.exit_code == 1
    assert result.output == ("Error: figures need matplotlib; run pip install 'eventcoder[plot]'\n")


# How linear red, green and blue look to those who lack a cone (Machado et al. 2009, severity 1).
SIGHT = {
    "all": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
}  # fmt: skip


def seen(colour, matrix):
    """A colour as it is seen, in CIE L*a*b*."""
    rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    linear = np.clip(np.array(matrix) @ linear, 0, 1)
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    x, y, z = np.cbrt(np.maximum(to_xyz @ linear / (0.9505, 1, 1.089), 1e-4))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("sight", SIGHT)
def test_colours_are_told_apart_by_everyone(sight):
    def far(a, b):
        return np.linalg.norm(seen(a, SIGHT[sight]) - seen(b, SIGHT[sight]))

    assert min(far(a, b) for a, b in itertools.combinations(QUADS.values(), 2)) > 25
    roots = list(root_colours().values())
    assert len(set(roots)) == 20
    assert min(far(a, b) for a, b in itertools.pairwise(roots)) > 4


def test_the_projection_is_that_of_its_paper():
    x, y = equal_earth(np.array([[0, 0], [180, 0], [0, 90], [-180, -90]])).T
    assert x.tolist() == pytest.approx([0, 2.7066, 0, -0.59247 * 2.7066], abs=1e-4)
    assert y.tolist() == pytest.approx([0, 0, 1.3173, -1.3173], abs=1e-4)


def test_outlines_have_the_land_and_close():
    shapes = outlines()
    land = np.concatenate(shapes["land"])
    assert len(shapes["land"]) > 100
    assert len(shapes["border"]) > 250
    assert np.abs(land[:, 0]).max() == 180
    assert all((ring[0] == ring[-1]).all() for ring in shapes["land"])
    assert max(np.abs(np.diff(ring[:, 0])).max() for ring in shapes["land"]) < 30


def test_a_region_is_shown_near_and_the_world_whole(war):
    places = event_places([war])
    west, east, south, north = frame(places)
    assert east - west == 40
    assert west < 34.5 < 35.2 < east
    assert south < 31.5 < 31.8 < north
    spread = replace(
        places, longitude=np.array([-150.0, 35, 35]), latitude=np.array([-75.0, 31, 32])
    )
    assert frame(spread) == (-180, 180, -76, 84)
    assert frame(replace(spread, latitude=np.array([5.0, 31, 32]))) == WORLD


def test_columns_that_are_missing_are_named(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("date,source\n2014-05-19,USA\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column latitude, longitude, quad_class"):
        event_places([path])
