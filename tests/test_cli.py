"""The command line through its whole output, with the shipped model.

Wrong input is in data/cli/errors.txt: a command line after "$", all its output, [exit N].
"""

import csv
import gzip
import io
import json
import os
import re
import shlex
import shutil
from dataclasses import fields, replace
from pathlib import Path

import click
import pandas as pd
import pytest
from click.testing import CliRunner

from coder import parallel, pipeline
from coder.cli import cli
from coder.model import default_model_folder
from coder.records import Event

DATA = Path(__file__).resolve().parent / "data" / "cli"
COLUMNS = [f.name for f in fields(Event)]
CLASSIFIED = "id,event_code,root_code,plover,quad_class,probability,none_probability"


@pytest.fixture(autouse=True)
def in_data(monkeypatch, coder):
    """Run in data/cli; the shipped model is loaded once for all commands."""
    load = pipeline.load_coder

    def loaded(model=None, actor_files=(), min_probability=None):
        if model is not None or tuple(actor_files):
            return load(model, actor_files, min_probability)
        return coder if min_probability is None else replace(coder, threshold=min_probability)

    monkeypatch.setattr(pipeline, "load_coder", loaded)
    monkeypatch.setattr(parallel, "load_coder", loaded)
    monkeypatch.chdir(DATA)


def run(line, stdin=None, code=0):
    result = CliRunner().invoke(cli, shlex.split(line), prog_name="eventcoder", input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code == code, result.output
    return result


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


def keys(rows):
    """Who did what (root) to whom, with the country of each side."""
    return [(r["article_id"], r["source"][:3], r["target"][:3], r["root_code"]) for r in rows]


NEWS = [
    ("pact", "CHN", "RUS", "05"),
    ("pact", "RUS", "CHN", "05"),
    ("arrest", "TUR", "SYR", "17"),
    ("sanctions", "USA", "IRN", "16"),
]


# code


def test_code_writes_native_rows_and_a_closing_line():
    result = run("code news.csv")
    rows = table(result.stdout)
    assert result.stdout.splitlines()[0] == ",".join(COLUMNS)
    assert keys(rows) == NEWS
    arrest = rows[2]
    assert (arrest["source"], arrest["target"]) == ("TURCOP", "SYREDU")
    assert (arrest["date"], arrest["quad_class"], arrest["publisher"]) == (
        "2014-05-20",
        "4",
        "Wire",
    )
    assert arrest["sentence"].startswith("Turkish police arrested 12 Syrian students")
    *skipped, closing = result.stderr.splitlines()
    assert skipped == ["Skipped: news.csv:4: the text is empty"]
    assert re.fullmatch(
        r"4 articles read, 1 skipped, 4 sentences, 4 parsed, 4 events, [\d.]+ s", closing
    )


def test_one_event_a_day_is_a_filter_that_can_be_switched_off():
    once, always = table(run("code news.csv").stdout), run("code news.csv --all-mentions").stdout
    assert [(r["mentions"], r["sources"]) for r in once][-1] == ("2", "2")
    assert keys(table(always)) == [*NEWS, ("again", "USA", "IRN", "16")]
    assert {r["mentions"] for r in table(always)} == {"1"}


@pytest.mark.parametrize("suffix", [".csv", ".csv.gz", ".tsv", ".tsv.gz", ".jsonl", ".jsonl.gz"])
def test_code_writes_text_forms(tmp_path, suffix):
    out = tmp_path / f"events{suffix}"
    assert run(f"code news.csv -o {out}").stdout == ""
    raw = out.read_bytes()
    text = (gzip.decompress(raw) if suffix.endswith(".gz") else raw).decode()
    if "jsonl" in suffix:
        rows = [json.loads(line) for line in text.splitlines()]
    else:
        rows = list(csv.DictReader(io.StringIO(text), delimiter="\t" if "tsv" in suffix else ","))
    assert list(rows[0]) == COLUMNS
    assert keys(rows) == NEWS
    assert [p.name for p in tmp_path.iterdir()] == [out.name]


def test_code_writes_parquet_with_leading_zeros(tmp_path):
    run(f"code news.csv -o {tmp_path}/events.parquet")
    rows = pd.read_parquet(tmp_path / "events.parquet").to_dict("records")
    assert keys(rows) == NEWS
    assert rows[0]["event_code"] == "057"


def test_code_writes_layouts_that_convert_and_aggregate_alike(tmp_path):
    native, gdelt, again = (str(tmp_path / n) for n in ("n.csv", "g.export.CSV", "again.CSV"))
    run(f"code news.csv -o {native}")
    run(f"code news.csv --format gdelt -o {gdelt}")
    run(f"convert {native} --format gdelt -o {again}")
    lines = Path(gdelt).read_text(encoding="utf-8").splitlines()
    assert lines
    assert all(line.count("\t") == 60 for line in lines)
    assert Path(again).read_text(encoding="utf-8").splitlines() == lines
    for count in ("event", "quad", "plover"):
        own, other = (
            table(run(f"aggregate {path} --actors code --count {count}").stdout)
            for path in (native, gdelt)
        )
        scores = {"goldstein_mean", "goldstein_sum"}  # each of its own list
        assert [{k: v for k, v in r.items() if k not in scores} for r in own] == [
            {k: v for k, v in r.items() if k not in scores} for r in other
        ]


def test_code_reads_standard_input():
    text = "Turkish police arrested 12 Syrian students in Ankara."
    for stdin in (text, json.dumps({"text": text}), f'text\n"{text}"\n'):
        [row] = table(run("code - --date 2014-05-20", stdin=stdin).stdout)
        assert (row["source"], row["target"], row["root_code"]) == ("TURCOP", "SYREDU", "17")
        assert row["date"] == "2014-05-20"


def test_code_reads_folders_and_packed_files_at_once(tmp_path):
    (tmp_path / "sub").mkdir()
    shutil.copy("news.csv", tmp_path / "sub" / "news.csv")
    (tmp_path / "sub" / "notes.md").write_text("no news")
    (tmp_path / "story.txt.gz").write_bytes(
        gzip.compress(b"Turkish police arrested 12 Syrian students.")
    )
    result = run(f"code {tmp_path} gold/sanctions.txt --all-mentions")
    found = [r["article_id"] for r in table(result.stdout)]
    assert found == ["story", "pact", "pact", "arrest", "sanctions", "again", "sanctions-2"]


def test_an_article_without_a_date_is_said_to_have_none():
    result = run("code gold/sanctions.txt")
    assert table(result.stdout)[0]["date"] == ""
    assert "Warning: 1 articles have no date, so their events have none; give --date" in (
        result.stderr.splitlines()
    )
    dated = run("code gold/sanctions.txt --date 2014-05-21")
    assert table(dated.stdout)[0]["date"] == "2014-05-19"  # "on Monday"
    assert "Warning" not in dated.stderr


def test_two_processes_give_the_rows_of_one(tmp_path):
    nations = "China Iran France Kenya Chile".split()
    lines = [
        json.dumps({"id": f"{i}", "text": f"{nations[i % 5]} signed a pact with Norway."})
        for i in range(45)
    ]
    # more than one chunk; ids stay unique
    (tmp_path / "many.jsonl").write_text("\n".join([*lines, *lines, '{"text": ""}', *lines]))
    one = run(f"code {tmp_path}/many.jsonl --all-mentions")
    two = run(f"code {tmp_path}/many.jsonl --all-mentions --jobs 2")
    assert len(table(one.stdout)) == 270
    assert two.stdout == one.stdout
    assert [re.sub(r"[\d.]+ s$", "", line) for line in two.stderr.splitlines()] == [
        re.sub(r"[\d.]+ s$", "", line) for line in one.stderr.splitlines()
    ]


def test_min_probability_is_the_least_probability():
    high, low = (
        table(run(f"code news.csv --all-mentions --min-probability {p}").stdout)
        for p in ("0.9", "0.02")
    )
    assert all(float(r["probability"]) >= 0.9 for r in high)
    assert {r["event_id"] for r in high} <= {r["event_id"] for r in low}
    assert table(run("code news.csv --min-probability 1").stdout) == []


def test_own_actors_outrank_the_shipped_ones(tmp_path):
    (tmp_path / "mine.csv").write_text(
        "name,aliases,code,kind,from,to,source\nZubrowka,,ZUB,country,,,own\nIran,,XYZ,country,,,own\n"
    )
    (tmp_path / "a.txt").write_text("Zubrowka imposed sanctions on Iran on Monday.")
    result = run(f"code {tmp_path}/a.txt --actors {tmp_path}/mine.csv")
    assert keys(table(result.stdout)) == [("a", "ZUB", "XYZ", "16")]


def test_bad_rows_are_skipped_and_counted_and_the_others_coded(tmp_path):
    good = '{"id": "g%d", "date": "2014-05-19", "text": "China imposed sanctions on Iran."}'
    lines = [good % 1, "{torn", '{"id": "x"}', "[1]", '{"text": 5}', "", good % 2]
    (tmp_path / "a.jsonl").write_bytes("\n".join(lines).encode() + b"\n\xff\xfe\x80\n")
    result = run(f"code {tmp_path}/a.jsonl --all-mentions")
    assert keys(table(result.stdout)) == [("g1", "CHN", "IRN", "16"), ("g2", "CHN", "IRN", "16")]
    *skipped, closing = result.stderr.splitlines()
    assert [line.split(": ")[1] for line in skipped] == [
        f"{tmp_path}/a.jsonl:{n}" for n in (2, 3, 4, 5, 8)
    ]
    assert closing.startswith("2 articles read, 5 skipped, ")


def test_an_output_that_is_an_input_is_refused_by_any_name(tmp_path):
    news = tmp_path / "news.csv"
    shutil.copy("news.csv", news)
    (tmp_path / "link.csv").symlink_to(news)
    before = news.read_bytes()
    for inputs, output in [
        (news, news),
        (news, tmp_path / "." / ".." / tmp_path.name / "news.csv"),
        (news, tmp_path / "link.csv"),
        (f"gold/sanctions.txt {tmp_path}", news),
    ]:
        result = run(f"code {inputs} -o {output}", code=1)
        assert result.stderr == f"Error: {output}: is one of the inputs; give another output\n"
    assert news.read_bytes() == before
    run(f"code {tmp_path} -o {tmp_path}/events.csv")  # a new file in the folder is no input


def test_a_failed_run_leaves_the_old_result(tmp_path):
    old = tmp_path / "old.csv"
    old.write_text("kept")
    run(f"code no_text.csv -o {old}", code=1)
    run(f"classify bad_json.jsonl -o {old}", code=1)
    assert (old.read_text(), list(tmp_path.iterdir())) == ("kept", [old])


def test_ctrl_c_ends_with_the_events_so_far(tmp_path, monkeypatch):
    code_articles = pipeline.code_articles

    def interrupted(*given):
        yield from code_articles(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(parallel, "code_articles", interrupted)
    result = run(f"code news.csv -o {tmp_path}/events.csv", code=130)
    assert result.stderr.splitlines()[-1] == "Stopped."
    assert keys(table((tmp_path / "events.csv").read_text())) == NEWS


# classify


@pytest.mark.parametrize("name", ["pairs.csv", "no_code.csv"])
def test_classify_gives_one_row_a_pair_in_order(name):
    text = run(f"classify {name}").stdout
    rows = table(text)
    assert text.splitlines()[0] == CLASSIFIED
    assert [(r["id"], r["root_code"], r["plover"], r["quad_class"]) for r in rows] == [
        ("one", "05", "SUPPORT", "1"),
        ("two", "17", "COERCE", "4"),
        ("three", "11", "ACCUSE", "3"),
    ]
    for r in rows:
        assert r["event_code"].startswith(r["root_code"])
        assert 0 <= float(r["none_probability"]) < 0.5 < float(r["probability"]) <= 1


def test_classify_writes_a_file_and_takes_blank_codes_and_json(tmp_path):
    pairs = [{"text": "<s>China</s> bombed <t>Iran</t>.", "code": c} for c in ("", None, "none")]
    pairs.append({"id": 0, "text": "<s>Norway</s> is as large as <t>Japan</t>."})
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, pairs)))
    assert run(f"classify {tmp_path}/a.jsonl -o {tmp_path}/out.csv").output == ""
    rows = table((tmp_path / "out.csv").read_text())
    assert [r["id"] for r in rows] == [f"{tmp_path}/a.jsonl:{n}" for n in (1, 2, 3)] + ["0"]
    assert {r["quad_class"] for r in rows[:3]} == {"4"}
    assert float(rows[3]["none_probability"]) > 0.5
    assert rows[3]["event_code"] != "none"


def test_classify_takes_all_pairs_of_whole_sentences():
    assert [r["id"] for r in table(run("classify whole.jsonl").stdout)] == ["w1", "w2", "w2"]


# evaluate


def test_evaluate_marked_pairs():
    text = run("evaluate pairs.csv").stdout
    assert text.startswith("sentences 3\nroot  macro-F1 1.000  accuracy 1.000\n")
    assert "end to end" not in text
    card = json.loads(run("evaluate pairs.csv --json").stdout)
    assert card["root"]["accuracy"] == card["quad"]["accuracy"] == 1
    assert [(c["name"], c["support"]) for c in card["root"]["classes"]] == [
        ("05", 1), ("17", 1), ("ACCUSE", 1)
    ]  # fmt: skip


def test_evaluate_whole_sentences_end_to_end():
    card = json.loads(run("evaluate whole.jsonl --json").stdout)
    score = card["end_to_end"]["country_root"]
    assert (score["precision"], score["recall"], score["support"]) == (1, 1, 3)
    assert "end to end, country + root: precision 1.000" in run("evaluate whole.jsonl").stdout


def test_evaluate_a_folder_of_gold_articles():
    card = json.loads(run("evaluate gold --json").stdout)
    assert card["end_to_end"]["articles"] == 1
    assert card["end_to_end"]["country_root"]["f1"] == 1
    assert "end to end, code: precision" in run("evaluate gold").stdout


def test_a_wrong_gold_answer_costs_precision_and_recall(tmp_path):
    shutil.copytree("gold", tmp_path / "gold")
    (tmp_path / "gold" / "sanctions.gold.csv").write_text(
        "source,target,event_code\nUSA,IRN,057\nUSA,IRN,163\n"
    )
    score = json.loads(run(f"evaluate {tmp_path}/gold --json").stdout)["end_to_end"]["country_root"]
    assert (score["precision"], score["recall"]) == (1, 0.5)


def test_gold_articles_also_score_actors_and_mentions(tmp_path):
    (tmp_path / "strike.txt").write_text("Kenyan police arrested students. They left Chad.")
    (tmp_path / "strike.gold.csv").write_text("source,target,event_code\nKENCOP,KENEDU,173\n")
    mentions = "0,Kenyan police,KENCOP,role\n0,students,KENEDU,role\n1,They,KENEDU,ref\n"
    (tmp_path / "strike.mentions.csv").write_text("sentence,words,code,how\n" + mentions)
    scores = json.loads(run(f"evaluate {tmp_path} --json").stdout)["end_to_end"]
    assert scores["actors"]["recall"] == 1
    assert (scores["mentions"]["support"], scores["mentions"]["referred"]) == (3, 1)
    assert (scores["mentions"]["judged"], scores["mentions"]["right"]) == (1, 1)
    assert (
        "country from context: decided 1.000 of 1 agents, right 1.000 of the 1"
        in run(f"evaluate {tmp_path}").stdout
    )
    (tmp_path / "strike.mentions.csv").write_text("sentence,words,code,how\n0,rebels,KENREB,role\n")
    wrong = run(f"evaluate {tmp_path}", code=1)
    assert "line 2: sentence 0 has no such words" in wrong.stderr


# explain, actors, codebook, aggregate


def test_explain_shows_every_stage():
    text = run(
        'explain "Turkish police arrested Syrian students in Ankara on Monday." --date 2014-05-20'
    ).stdout
    assert text.splitlines()[:3] == [
        "sentence 0: Turkish police arrested Syrian students in Ankara on Monday.",
        "  actor  Turkish police  TURCOP  (composed)",
        "  actor  Syrian students in Ankara  SYREDU  (composed)",
    ]
    assert re.search(r"\n  gate   [\d.]+ \(least [\d.]+\): parsed\n", text)
    assert re.search(r"\n  dyad   .* -> .*: event [\d.]+; roots 17 [\d.]+, .*; why .+\n", text)
    assert re.search(r"\n  event  TURCOP -> SYREDU  17\d* .* p=[\d.]+  \[arrested", text)
    assert text.endswith(
        "\n  date   2014-05-19 (weekday: the last one up to publication, the next for the future)"
        ' "Monday"\n  place  Ankara, Ankara, Turkey TU68 TUR 39.92 32.85 (named where the act is)'
        ' "in Ankara"\n'
    )


def test_explain_says_when_there_is_nothing():
    assert run('explain ""').stdout == "no sentence\n"
    assert "  no actor: not parsed\n" in run('explain "The weather was good."').stdout


def test_actors_codes_names_on_a_date():
    line = 'actors "Kazakh counterpart Nursultan Nazarbayev" --date 2014-05-19'
    assert run(line).stdout == "Kazakh counterpart Nursultan Nazarbayev  KAZGOV  (composed)\n"
    for day, code in (("2014-05-19", "USAGOV"), ("2020-05-19", "USAELI")):
        assert run(f'actors "Barack Obama" --date {day}').stdout.split()[2] == code
    assert run('actors "The weather was good."').stdout == "no actor found\n"


def test_actors_of_other_programs_are_read_and_lines_not_used_are_named(tmp_path):
    (tmp_path / "mine.txt").write_text("BORUT_ZVONKO_ [SVNELI 900101-990101] [SVNGOV]\nFOO_\n")
    result = run(f"actors 'Borut Zvonko slept.' --date 2003-01-01 --actors {tmp_path}/mine.txt")
    assert result.stdout == "Borut Zvonko  SVNGOV  (dictionary)\n"
    assert (
        result.stderr
        == f"Warning: {tmp_path}/mine.txt: 1 line not used: line 2: 'FOO' has no code\n"
    )


def test_unknown_actors_are_a_dictionary_to_fill_in(tmp_path):
    (tmp_path / "a.txt").write_text("Borut Zvonko met Barack Obama. Borut Zvonko left.")
    text = run(f"actors --unknown {tmp_path}").stdout
    header = "name,aliases,code,kind,from,to,source,count,guess,reason,example"
    assert text.splitlines()[0] == header
    [row] = table(text)
    assert (row["name"], row["count"]) == ("Borut Zvonko", "2")


def test_codebook_finds_codes_and_words():
    assert run("codebook 057").stdout.splitlines()[1].startswith("057   Sign formal agreement ")
    assert "163 " in run("codebook sanctions").stdout


@pytest.mark.parametrize("suffix", [".csv", ".jsonl.gz", ".parquet"])
def test_what_code_writes_aggregate_reads(tmp_path, suffix):
    run(f"code news.csv -o {tmp_path}/events{suffix}")
    rows = table(run(f"aggregate {tmp_path}/events{suffix} --by year").stdout)
    assert [(r["period"], r["source"], r["target"], r["root_code"], r["events"]) for r in rows] == [
        ("2014", "CHN", "RUS", "05", "1"),
        ("2014", "RUS", "CHN", "05", "1"),
        ("2014", "TUR", "SYR", "17", "1"),
        ("2014", "USA", "IRN", "16", "1"),
    ]


# help and wrong input


@pytest.mark.parametrize("name", ["", *cli.commands])
def test_every_help_has_an_example_that_parses(name):
    text = run(f"{name} --help").stdout
    assert "\n  Example:\n" in text
    examples = re.findall(r"^    eventcoder (.+)$", text, re.MULTILINE)
    assert examples
    for words in map(shlex.split, (e.partition(" > ")[0] for e in examples)):
        command = cli.commands[words[0]]
        assert not name or words[0] == name
        assert isinstance(command.make_context(words[0], words[1:]), click.Context)


def sessions():
    blocks = (DATA / "errors.txt").read_text(encoding="utf-8").split("$ eventcoder ")
    for block in filter(None, blocks):
        line, _, output = block.partition("\n")
        yield pytest.param(line, output.rstrip("\n"), id=line)


@pytest.mark.parametrize(("line", "expected"), list(sessions()))
def test_wrong_input_is_one_clear_line(line, expected):
    before = sorted(DATA.rglob("*"))
    result = CliRunner().invoke(cli, shlex.split(line), prog_name="eventcoder")
    assert isinstance(result.exception, SystemExit)
    assert f"{result.output}[exit {result.exit_code}]" == expected
    assert result.exit_code in (1, 2)
    assert result.stdout == ""
    assert re.findall(r"^Error: .+", result.output, re.MULTILINE) == [
        result.output.splitlines()[-1]
    ]
    assert sorted(DATA.rglob("*")) == before


def broken_model(folder, name, change):
    """The shipped model with one file changed, or without it."""
    shipped = default_model_folder()
    for path in shipped.iterdir():
        os.symlink(path, folder / path.name)
    (folder / name).unlink()
    if change:
        (folder / name).write_text(change((shipped / name).read_text(encoding="utf-8")))
    return folder


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("lexicon.txt", lambda t: t + "x\n", "/lexicon.txt: does not match the manifest; copy or"),
        ("lexicon.txt", None, ": lexicon.txt is missing; copy or train the model again"),
        ("manifest.json", None, ": no model here (manifest.json is missing)"),
        ("manifest.json", lambda t: t[:200], "/manifest.json: damaged; copy or train"),
        (
            "manifest.json",
            lambda t: re.sub(r'"spacy": "[\d.]+"', '"spacy": "2.0"', t),
            ": made with spacy 2.0, installed is ",
        ),
    ],
)
def test_a_broken_model_is_refused_with_what_to_do(tmp_path, name, change, message):
    model = broken_model(tmp_path, name, change)
    for command in ("code news.csv", "classify pairs.csv", "evaluate pairs.csv", "explain x"):
        result = run(f"{command} --model {model}", code=1)
        assert result.stdout == ""
        assert result.stderr.startswith(f"Error: {model}{message}")
        assert result.stderr.count("\n") == 1
