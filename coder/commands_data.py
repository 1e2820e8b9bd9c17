"""The commands about data sets and codes: aggregate, convert, plot and codebook."""

import os
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coder.errors import InputError, one_line
from coder.layouts import LAYOUTS, NATIVE
from coder.ontology import QUAD_CLASSES, load_ontology

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from coder.ontology import EventCode


@click.command("aggregate")
@click.argument(
    "events", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="EVENTS…"
)
@click.option("--by", default="month", show_default=True,
              type=click.Choice(["day", "week", "month", "quarter", "year"]),
              help="Period; a week is named by its Monday.")  # fmt: skip
@click.option("--actors", default="country", show_default=True,
              type=click.Choice(["country", "code", "sector", "none"]),
              help="Dyads of countries (first three letters), codes, sectors (GOV, REB), or none.")  # fmt: skip
@click.option("--count", default="root", show_default=True,
              type=click.Choice(["root", "base", "event", "quad", "plover"]),
              help="Class of events to count.")  # fmt: skip
@click.option(
    "--wide", is_flag=True, help="One column for each class: root_04, quad_1, plover_AID."
)
@click.option("--balanced", is_flag=True,
              help="All periods from first to last for all dyads, filled with 0.")  # fmt: skip
@click.option("--undirected", is_flag=True, help="Dyads without direction: actor_a, actor_b.")
@click.option("--share", is_flag=True, help="Column share: the row among all events of its period.")
@click.option("--score", is_flag=True,
              help="Column coop_score: cooperative less conflictual among the row's events, -1 to 1.")  # fmt: skip
@click.option("--rolling", default=1, type=click.IntRange(1), metavar="N",
              help="Sums over N periods, named by the last; balanced.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE",
              help=".csv, .tsv, .jsonl, .parquet or .dta (Stata); default CSV on stdout.")  # fmt: skip
def aggregate_command(
    events: tuple[Path, ...],
    by: str,
    actors: str,
    count: str,
    wide: bool,
    balanced: bool,
    undirected: bool,
    share: bool,
    score: bool,
    rolling: int,
    output: str | None,
) -> None:
    """Count EVENTS by period, source, target and class, with their Goldstein scores.

    EVENTS are files that `eventcoder code` wrote, of any form, or files in the layout of GDELT,
    ICEWS, Phoenix or POLECAT, which are recognised; they are read piece by piece. A row of the
    result: period, source, target, class, number of events, mean and sum of their Goldstein
    scores. One row of EVENTS is one event. Root 01 has no PLOVER type: its class is empty, its
    column plover_none. POLECAT has no CAMEO codes: count by plover or quad.

    \b
    Example:
      eventcoder aggregate events.csv --by month -o monthly.csv
      eventcoder aggregate 2013.parquet 2014.parquet --count quad --wide --balanced -o panel.csv
      eventcoder aggregate events.csv --wide --undirected --score --rolling 3 -o panel.dta
      eventcoder aggregate events.csv --by day --actors none --count plover
    """
    from coder.aggregate import Panel, aggregate, write_table
    from coder.dataset import complete_file, file_form
    from coder.event_reader import read_pieces
    from coder.tallies import Plan

    form, plan = file_form(output), Plan(by, actors, count, undirected, score)
    refuse_input(output, events)
    with complete_file(output) as opened:
        with warned():
            pieces = (piece.events for piece in read_pieces(events, plan.columns))
            result = aggregate(pieces, plan, Panel(wide, balanced, share, rolling))
        write_table(result, form, opened.file, by)


FORMATS = (NATIVE, *LAYOUTS)

format_option = click.option(
    "--format", "layout", default=NATIVE, show_default=True, type=click.Choice(FORMATS),
    help="Columns: native, or those of GDELT 2.0, GDELT 1.0, ICEWS, Phoenix or POLECAT "
    "(tab-separated text: .csv, .tsv, .tab, .txt).",
)  # fmt: skip
header_option = click.option(
    "--header", is_flag=True, help="Column names also for GDELT and Phoenix, which ship without."
)


@click.command("convert")
@click.argument(
    "events", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="EVENTS…"
)
@format_option
@header_option
@click.option("-o", "--output", metavar="FILE", help="Default: standard output.")
def convert_command(
    events: tuple[Path, ...], layout: str, header: bool, output: str | None
) -> None:
    """Write EVENTS in the columns of another data set, and tell what is lost.

    EVENTS are files that `eventcoder code` wrote or files of GDELT, ICEWS or Phoenix; their
    layout is recognised. What cannot be told in the new columns is named on stderr, column by
    column: everything that does not come back the same when the new file is converted back.
    docs/codebook.md says how every column is filled.

    \b
    Example:
      eventcoder convert events.csv --format gdelt -o events.export.csv
      eventcoder convert 20140519.export.CSV --format native -o events.parquet
    """
    from coder.convert import convert, layout_rows, lost_to_line
    from coder.dataset import write_events
    from coder.event_reader import read_pieces

    refuse_input(output, events)
    lost: Counter[str] = Counter()
    pieces = read_pieces(events, rows=20_000)
    with warned():
        written = write_events(convert(pieces, layout, lost), output, layout_rows(layout, header))
    click.echo(f"{written} events written", err=True)
    if line := lost_to_line(lost, layout):
        click.echo(line, err=True)


@click.command("plot")
@click.argument(
    "events", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="EVENTS…"
)
@click.argument("kind", type=click.Choice(["dyads", "heatmap", "roots", "map"]))
@click.option("-o", "--output", required=True, metavar="FILE", help=".png or .svg.")
@click.option("--by", type=click.Choice(["day", "week", "month", "quarter", "year"]),
              help="Period of dyads and roots; default: by the length of time.")  # fmt: skip
@click.option("--dyad", "dyads", nargs=2, multiple=True, metavar="A B",
              help="Show this dyad of countries, both ways, not the most frequent. May be repeated.")  # fmt: skip
def plot_command(
    events: tuple[Path, ...],
    kind: str,
    output: str,
    by: str | None,
    dyads: tuple[tuple[str, str], ...],
) -> None:
    """Draw EVENTS as a picture of one KIND, ready for a paper or a talk.

    \b
    dyads    quad classes over time for each dyad of countries
    heatmap  number of events by source and target
    roots    CAMEO roots over time, stacked
    map      places of events, by number and share of conflict

    EVENTS are files as for `eventcoder aggregate`. Colours can be told apart by the colour-blind;
    the same events give the same file. Needs matplotlib: pip install 'eventcoder[plot]'.

    \b
    Example:
      eventcoder plot events.csv dyads -o dyads.png
      eventcoder plot events.csv dyads --dyad ISR PSE --by month -o gaza.svg
      eventcoder plot 2013.parquet 2014.parquet map -o map.png
    """
    from coder.dataset import complete_file
    from coder.plot import check_output, save, style

    form = check_output(output)
    if dyads and kind != "dyads":
        raise InputError(f"--dyad chooses what dyads shows; {kind} shows all of them")
    if by and kind not in ("dyads", "roots"):
        raise InputError(f"--by is the period of dyads and roots; {kind} shows no time")
    refuse_input(output, events)
    wanted = [(a.upper(), b.upper()) for a, b in dyads]
    with complete_file(output) as opened, warned(), style():
        save(_figure(kind, events, by, wanted), form, opened.file)


def _figure(
    kind: str, events: Sequence[Path], by: str | None, dyads: Sequence[tuple[str, str]]
) -> "Figure":
    from coder import figures, plot, world_map

    if kind == "dyads":
        return plot.draw_dyads(*figures.dyad_series(events, dyads, by))
    if kind == "roots":
        return plot.draw_roots(*figures.root_series(events, by))
    if kind == "heatmap":
        return plot.draw_matrix(*figures.dyad_matrix(events))
    return world_map.draw_map(figures.event_places(events))


def refuse_input(output: str | None, inputs: Iterable[Path]) -> None:
    """Raise InputError for an output that is one of the event files."""
    if output and os.path.realpath(output) in map(os.path.realpath, inputs):
        raise InputError(f"{output}: is one of the event files; give another output")


@contextmanager
def warned() -> Iterator[None]:
    """Show the library's warnings as lines on stderr."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        yield
    for warning in caught:
        click.echo(f"Warning: {one_line(warning.message)}", err=True)


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
