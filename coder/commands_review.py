"""The commands about looking at events and judging them: report, sample and labels."""

from pathlib import Path

import click

from coder.commands_data import refuse_input, warned
from coder.errors import InputError

events_argument = click.argument(
    "events", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="EVENTS…"
)


@click.command("report")
@events_argument
@click.option("-o", "--output", required=True, metavar="FILE", help="The page: .html.")
def report_command(events: tuple[Path, ...], output: str) -> None:
    """Write one page to look at EVENTS, filter them, judge them and download what is left.

    EVENTS are files that `eventcoder code` wrote, or files of GDELT, ICEWS, Phoenix or POLECAT
    (without sentences, as these have none). The page is one file that needs no network: counts by
    month and root, top dyads, every event with its sentence. Events marked right, wrong or
    relabelled are downloaded as corrections.csv, for `eventcoder labels`.

    \b
    Example:
      eventcoder report events.csv -o report.html
    """
    from coder.dataset import complete_file
    from coder.event_reader import read_pieces
    from coder.report import events_to_page

    if not output.lower().endswith((".html", ".htm")):
        raise InputError(f"{output}: the report is a web page; give a name that ends in .html")
    refuse_input(output, events)
    title = ", ".join(path.name for path in events).encode("utf-8", "replace").decode()
    with complete_file(output) as opened:
        with warned():
            page = events_to_page((piece.events for piece in read_pieces(events)), title)
        opened.file.write(page.encode())


@click.command("sample")
@events_argument
@click.option("--uncertain", required=True, type=click.IntRange(1), metavar="N",
              help="Draw N events.")  # fmt: skip
@click.option("--seed", default=0, show_default=True,
              help="Another number draws others of those equally uncertain.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="CSV file; default stdout.")
def sample_command(events: tuple[Path, ...], uncertain: int, seed: int, output: str | None) -> None:
    """Draw the EVENTS most worth labelling, as a CSV ready to correct.

    They are those with a probability near one half, spread over the root codes, one a sentence.
    Fill in verdict (right, wrong: no event here, or relabel), for relabel also code, or yes in
    swap when source and target are the other way round; give the file to `eventcoder labels`.
    Rows left empty are passed over.

    \b
    Example:
      eventcoder sample events.csv --uncertain 200 -o to_label.csv
    """
    from coder.dataset import complete_file
    from coder.event_reader import read_pieces
    from coder.sampling import USED, draw_uncertain, sample_to_csv

    refuse_input(output, events)
    with complete_file(output) as opened:
        with warned():
            pieces = (piece.events for piece in read_pieces(events, USED))
            drawn = draw_uncertain(pieces, uncertain, seed)
        opened.file.write(sample_to_csv(drawn).encode())
    click.echo(f"{len(drawn)} events drawn", err=True)


@click.command("labels")
@click.argument(
    "corrections", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="CORRECTIONS…"
)
@click.option("-o", "--output", metavar="FILE", help="JSONL file; default stdout.")
def labels_command(corrections: tuple[Path, ...], output: str | None) -> None:
    """Turn judged events into training data.

    CORRECTIONS are the corrections.csv of a report page, or files of `eventcoder sample` that you
    filled in. An event judged right keeps its code, a wrong one becomes none, a relabelled one
    gets your code; of an event judged twice the last verdict holds. Learn from the result with
    make train DATA=labels.jsonl ADD=1.

    \b
    Example:
      eventcoder labels corrections.csv -o labels.jsonl
    """
    from coder.corrections import label_to_line, read_corrections
    from coder.dataset import complete_file
    from coder.ontology import load_ontology

    if output and output != "-" and not output.lower().endswith(".jsonl"):
        raise InputError(f"{output}: labels are JSONL; give a name that ends in .jsonl")
    refuse_input(output, corrections)
    skipped: list[str] = []

    def skip(line: str) -> None:
        skipped.append(line)
        click.echo(f"Skipped: {line}", err=True)

    with complete_file(output) as opened:
        labels = read_corrections(corrections, load_ontology(), skip)
        opened.file.write("".join(map(label_to_line, labels)).encode())
    click.echo(f"{len(labels)} labels written, {len(skipped)} rows skipped", err=True)
