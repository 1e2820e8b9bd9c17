"""Sessions in data/events/*.txt: a command line after "$", all its output, [exit N] unless 0."""

import re
import shlex
from pathlib import Path

import click
import pandas as pd
import pytest
from click.testing import CliRunner

from coder import tallies
from coder.commands_data import aggregate_command, codebook_command, convert_command
from coder.dataset import EVENT_COLUMNS, defuse
from coder.errors import CoderError
from coder.ontology import load_ontology

DATA = Path(__file__).resolve().parent / "data" / "events"


class Host(click.Group):
    def invoke(self, ctx):
        try:
            return super().invoke(ctx)
        except CoderError as error:
            raise click.ClickException(str(error)) from None


def run(line):
    commands = (aggregate_command, convert_command, codebook_command)
    host = Host(commands={c.name: c for c in commands})
    result = CliRunner().invoke(host, shlex.split(line), prog_name="eventcoder")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def sessions():
    for path in sorted(DATA.glob("*.txt")):
        blocks = re.split(r"^\$ eventcoder ", path.read_text(encoding="utf-8"), flags=re.M)
        for block in filter(None, blocks):
            line, _, output = block.partition("\n")
            yield pytest.param(line, output.rstrip("\n"), id=line)


@pytest.mark.parametrize(("line", "expected"), list(sessions()))
def test_sessions_give_what_is_written_down(monkeypatch, line, expected):
    monkeypatch.chdir(DATA)
    before = sorted(DATA.iterdir())
    result = run(line)
    status = f"[exit {result.exit_code}]" if result.exit_code else ""
    assert (result.output + status).rstrip("\n") == expected
    assert sorted(DATA.iterdir()) == before


def test_every_wrong_input_is_one_error_line():
    for block in (DATA / "errors.txt").read_text(encoding="utf-8").split("$ eventcoder ")[1:]:
        assert block.count("\nError: ") == 1
        assert re.search(r"\nError: .+\n\[exit [12]\]\n", block)


def read(path):
    """The rows of a result of any form: keys as text, numbers as float, None for no number."""
    if path.suffix == ".parquet":
        table = pd.read_parquet(path)
    elif ".jsonl" in path.suffixes:
        table = pd.read_json(path, lines=True, dtype=False)
    else:
        table = pd.read_csv(
            path, sep="\t" if ".tsv" in path.suffixes else ",", dtype=str, na_filter=False
        )
    keys = ["period", "source", "target", "root_code"]
    return [
        {
            k: str(v) if k in keys else None if v == "" or pd.isna(v) else float(v)
            for k, v in r.items()
        }
        for r in table.to_dict("records")
    ]


@pytest.mark.parametrize("suffix", [".csv.gz", ".tsv", ".jsonl", ".jsonl.gz", ".parquet"])
@pytest.mark.parametrize("options", ["", "--wide --balanced"])
def test_all_output_forms_hold_the_same_table(tmp_path, suffix, options):
    other, plain = tmp_path / f"other{suffix}", tmp_path / "plain.csv"
    for path in (other, plain):
        assert run(f"aggregate {DATA}/sample.csv {options} -o {path}").exit_code == 0
    assert len(read(plain)) == (20 if options else 7)
    assert read(other) == read(plain)


def test_several_files_are_counted_together():
    one = run(f"aggregate {DATA}/sample.csv --actors none --by year --count quad --wide")
    two = run(
        f"aggregate {DATA}/sample.csv {DATA}/sample.jsonl --actors none --by year --count quad --wide"
    )
    assert one.stdout.splitlines()[1].startswith("2014,7,")
    assert two.stdout.splitlines()[1].startswith("2014,14,")


def test_a_failed_run_leaves_the_old_result(tmp_path):
    old = tmp_path / "old.csv"
    old.write_text("kept")
    assert run(f"aggregate {DATA}/bad_date.csv -o {old}").exit_code == 1
    assert (old.read_text(), list(tmp_path.iterdir())) == ("kept", [old])


def test_a_foreign_actor_code_is_no_formula_in_the_result(tmp_path):
    events = tmp_path / "events.csv"
    events.write_text('date,source,target,root_code,goldstein\n2014-05-19,"=1+1",USA,05,8.0\n')
    result = run(f"aggregate {events} --actors code")
    assert result.stdout.splitlines()[1] == f"2014-05,{defuse('=1+1')},USA,05,1,8.0,8.0"


def test_the_options_are_those_of_the_library():
    choices = {o.name: tuple(o.type.choices) for o in aggregate_command.params
               if isinstance(o.type, click.Choice)}  # fmt: skip
    assert choices == {
        "by": tuple(tallies.PERIODS),
        "actors": tallies.ACTORS,
        "count": tuple(tallies.COUNTS),
    }
    assert set(tallies.COUNTS.values()) < set(EVENT_COLUMNS)


def test_help_keeps_its_example_lines():
    for name in ("aggregate", "convert", "codebook"):
        lines = run(f"{name} --help").output.splitlines()
        assert "  Example:" in lines
        assert any(line.startswith(f"    eventcoder {name} ") for line in lines)


def test_the_codebook_lists_every_code():
    lines = run("codebook").stdout.splitlines()
    assert lines[0].split() == ["code", "name", "goldstein", "quad", "class", "PLOVER"]
    assert [line.split()[0] for line in lines[1:]] == list(load_ontology().codes)
    assert len({line.index(" verbal ") for line in lines if " verbal " in line}) == 1
