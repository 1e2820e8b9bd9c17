"""The commands about data sets and codes: aggregate and codebook."""

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coder.errors import InputError
from coder.ontology import QUAD_CLASSES, load_ontology

if TYPE_CHECKING:
    from coder.ontology import EventCode


@click.command("aggregate")
@click.argument(
    "events", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="EVENTS…"
)
@click.option("--by", default="month", show_default=True,
              type=click.Choice(["day", "week", "month", "quarter", "year"]),
              help="Period; a week is named by its Monday.")  # fmt: skip
@click.option("--actors", default="country", show_default=True,
              type=click.Choice(["country", "code", "none"]),
              help="Dyads of countries (first three letters), of codes, or no dyads.")  # fmt: skip
@click.option("--count", default="root", show_default=True,
              type=click.Choice(["root", "base", "event", "quad", "plover"]),
              help="Class of events to count.")  # fmt: skip
@click.option(
    "--wide", is_flag=True, help="One column for each class: root_04, quad_1, plover_AID."
)
@click.option("--balanced", is_flag=True,
              help="All periods from first to last for all dyads, filled with 0.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE",
              help=".csv, .tsv, .jsonl or .parquet; default CSV on stdout.")  # fmt: skip
def aggregate_command(
    events: tuple[Path, ...],
    by: str,
    actors: str,
    count: str,
    wide: bool,
    balanced: bool,
    output: str | None,
) -> None:
    """Count EVENTS by period, source, target and class, with their Goldstein scores.

    EVENTS are files that `eventcoder code` wrote, of any form. A row of the result: period,
    source, target, class, number of events, mean and sum of their Goldstein scores. One row of
    EVENTS is one event. Root 01 has no PLOVER type: its class is empty, its column plover_none.

    \b
    Example:
      eventcoder aggregate events.csv --by month -o monthly.csv
      eventcoder aggregate 2013.parquet 2014.parquet --count quad --wide --balanced -o panel.csv
      eventcoder aggregate events.csv --by day --actors none --count plover
    """
    from coder.aggregate import aggregate, columns_needed, write_table
    from coder.dataset import complete_file, file_form, read_events

    form = file_form(output)
    if output and Path(output).resolve() in {p.resolve() for p in events}:
        raise InputError(f"{output}: is one of the event files; give another output")
    with complete_file(output) as opened:
        table = read_events(events, columns_needed(count))
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", UserWarning)
            result = aggregate(table, by, actors, count, wide, balanced)
        for warning in caught:
            click.echo(f"Warning: {warning.message}", err=True)
        write_table(result, form, opened.file)


@click.command("codebook")
@click.argument("words", nargs=-1, metavar="[CODE|WORD]")
def codebook_command(words: tuple[str, ...]) -> None:
    """List the event codes: code, name, Goldstein score, quad class and PLOVER type.

    With a CODE: that code and all under it. With a WORD: codes that have it in their name, or a
    PLOVER type's codes.

    \b
    Example:
      eventcoder codebook 03
      eventcoder codebook sanctions
      eventcoder codebook CONSULT
    """
    text = " ".join(words).strip()
    found = load_ontology().search(text)
    if not found:
        raise InputError(f"no event code {text!r}, nor a name with it; all: eventcoder codebook")
    click.echo("\n".join(codes_to_lines(found)))


def codes_to_lines(codes: Sequence["EventCode"]) -> list[str]:
    """A header and one aligned line for each code."""
    width = max(len("name"), *(len(c.name) for c in codes))
    quads = {n: f"{n} {name}" for n, name in QUAD_CLASSES.items()}
    lines = [f"code  {'name':{width}}  goldstein  {'quad class':22}  PLOVER"]
    for c in codes:
        quad = quads[c.quad_class]
        lines.append(f"{c.code:4}  {c.name:{width}}  {c.goldstein:9.1f}  {quad:22}  {c.plover}")
    return [line.rstrip() for line in lines]
