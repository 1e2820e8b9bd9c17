"""The command line: parse options, call the library, write. Heavy imports wait for their command."""

import os
import sys
import time
import warnings
from collections.abc import Iterable, Iterator
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from coder import __version__
from coder.commands_data import (
    aggregate_command,
    codebook_command,
    convert_command,
    format_option,
    header_option,
    plot_command,
)
from coder.commands_review import labels_command, report_command, sample_command
from coder.errors import CoderError, InputError, one_line

if TYPE_CHECKING:
    from coder.pipeline import Counts
    from coder.records import Article

T = TypeVar("T")


class Group(click.Group):
    """Shows a mistake as one line and exits with status 1; Ctrl-C with 130; warnings are lines too."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        """Run a command."""
        try:
            with warnings.catch_warnings():
                warnings.showwarning = _show_warning
                return super().invoke(ctx)
        except CoderError as error:
            raise click.ClickException(str(error)) from None
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(130)


def _show_warning(message: Warning | str, *_: object) -> None:
    click.echo(f"Warning: {one_line(message)}", err=True)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="eventcoder")
def cli() -> None:
    """Code political events from news: who did what to whom, in CAMEO.

    \b
    Example:
      eventcoder code articles/ -o events.csv
      eventcoder aggregate events.csv --by month -o monthly.csv
    """


def day(_: click.Context, __: click.Parameter, value: str | None) -> Date | None:
    """Check a --date option."""
    if value is None:
        return None
    from coder.dates import parse_date

    found = parse_date(value)
    if found is None:
        raise click.BadParameter(f"{value!r} is no date; write it as 2014-05-19")
    return found


model_option = click.option(
    "--model", metavar="DIR", help="Model folder instead of the shipped one."
)
actors_option = click.option(
    "--actors", "actor_files", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
    help="Your own actors (CSV, TABARI or PETRARCH); outrank the shipped ones. May be repeated.",
)  # fmt: skip
date_option = click.option(
    "--date", "default_date", callback=day, metavar="DATE",
    help="Date of articles that give none themselves, as 2014-05-19.",
)  # fmt: skip


@cli.command("code")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")
@click.option(
    "-o", "--output", metavar="FILE",
    help=".csv, .tsv, .jsonl, .parquet or .dta (Stata); default CSV on stdout.",
)  # fmt: skip
@format_option
@header_option
@date_option
@model_option
@actors_option
@click.option(
    "--jobs", default=1, show_default=True, type=click.IntRange(1), help="Worker processes."
)
@click.option("--scheduler", metavar="ADDRESS",
              help="Code on the workers of a Dask cluster, as tcp://host:8786; keeps parts as --resume does.")  # fmt: skip
@click.option("--min-probability", type=click.FloatRange(0, 1), metavar="P",
              help="Least probability that there is an event; default: the model's own.")  # fmt: skip
@click.option("--all-mentions", is_flag=True,
              help="Keep repeated events, also of syndicated copies (no one-a-day filter).")  # fmt: skip
@click.option("--resume", is_flag=True,
              help="Keep finished parts in FILE.run until FILE is complete, and go on from them.")  # fmt: skip
def code_command(
    inputs: tuple[str, ...],
    output: str | None,
    layout: str,
    header: bool,
    default_date: Date | None,
    model: str | None,
    actor_files: tuple[Path, ...],
    jobs: int,
    scheduler: str | None,
    min_probability: float | None,
    all_mentions: bool,
    resume: bool,
) -> None:
    """Code articles into events.

    INPUT is any number of files and folders, or - for standard input: text (one article a
    file), JSONL, CSV or Parquet (columns id, date, text, title, source, url; only text is
    needed), PETRARCH XML, each also as .gz. Bad rows, and articles of more than 1,000,000
    characters or two minutes, are skipped, named and counted. Addresses such as
    s3://bucket/news/*.jsonl are read too (with fsspec). How to run it on a cluster is in
    docs/cluster.md.

    \b
    Example:
      eventcoder code report.txt --date 2014-05-19
      eventcoder code news.jsonl archive/ -o events.parquet --jobs 4 --resume
      eventcoder code news.jsonl --format gdelt -o events.export.csv
      eventcoder code /shared/news -o /shared/events.csv --scheduler tcp://node1:8786
    """
    from coder.articles import read_articles
    from coder.cluster import code_on_cluster
    from coder.convert import layout_rows
    from coder.dataset import write_events
    from coder.one_a_day import one_a_day
    from coder.parallel import code_parallel, made_with
    from coder.pipeline import Counts
    from coder.resume import close_run, open_run, run_folder
    from coder.syndication import Stories
    from coder.worker import Order

    _refuse_input(output, inputs)
    began, counts = time.monotonic(), Counts()
    stories, say = Stories(), _skip(counts)

    def watch(articles: Iterable["Article"]) -> Iterator["Article"]:
        articles = _progress(_warn_undated(articles))
        return articles if all_mentions else stories.watch(articles)

    setup = (model, tuple(actor_files), min_probability)
    folder = run_folder(output) if resume or scheduler else None
    if scheduler and folder:
        if jobs > 1:
            raise InputError("--jobs is for one machine; with --scheduler give it workers instead")
        order = Order(setup, default_date, folder)
        events = code_on_cluster(scheduler, order, inputs, watch, counts, say)
    else:
        articles = watch(read_articles(inputs, default_date=default_date, on_skip=say))
        if folder:
            open_run(folder, made_with(setup, inputs, default_date))
        events = code_parallel(setup, articles, jobs, counts, say, folder)
    kept = events if all_mentions else one_a_day(events, stories)
    written = write_events(kept, output, layout_rows(layout, header))
    if folder:
        close_run(folder)
    click.echo(
        f"{counts.articles} articles read, {counts.skipped} skipped, {counts.sentences} sentences, "
        f"{counts.parsed} parsed, {written} events, {time.monotonic() - began:.1f} s",
        err=True,
    )


def _refuse_input(output: str | None, inputs: Iterable[str]) -> None:
    """Raise InputError for an output that would take the place of an input."""
    target = Path(os.path.realpath(output or "-"))
    if not output or not os.path.isfile(target):
        return
    for path in (Path(os.path.realpath(name)) for name in inputs):
        if path == target or path in target.parents:
            raise InputError(f"{output}: is one of the inputs; give another output")


def _skip(counts: "Counts") -> Any:  # noqa: ANN401
    def say(line: str) -> None:
        counts.skipped += 1
        click.echo(f"Skipped: {one_line(line)}", err=True)

    return say


def _warn_undated(articles: Iterable["Article"]) -> Iterator["Article"]:
    undated = 0
    for article in articles:
        undated += article.date is None
        yield article
    if undated:
        click.echo(
            f"Warning: {undated} articles have no date, so their events have none; give --date",
            err=True,
        )


def _progress(items: Iterator[T]) -> Iterator[T]:
    """Show how many articles went in, on a terminal only."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} articles"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("coding", total=None)
        for item in items:
            yield item
            progress.advance(task)


@cli.command("classify")
@click.argument("labelled", type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="FILE", help="CSV file; default stdout.")
@model_option
def classify_command(labelled: Path, output: str | None, model: str | None) -> None:
    """Give the event code of marked pairs: LABELLED holds texts with <s>source</s> and <t>target</t>.

    One row out for each pair in, in order: event_code is the best code other than none,
    none_probability says how likely there is no event at all; plover is the best PLOVER type.

    \b
    Example:
      eventcoder classify pairs.csv -o coded.csv
    """
    from coder.dataset import complete_file
    from coder.labels import read_labelled
    from coder.ontology import load_ontology
    from coder.pipeline import load_coder
    from coder.scorecard import classified_to_csv

    _refuse_input(output, [str(labelled)])
    with complete_file(output) as opened:
        sentences = read_labelled(labelled, load_ontology(), need_code=False)
        opened.file.write(classified_to_csv(load_coder(model), sentences).encode())


@cli.command("evaluate")
@click.argument("labelled", type=click.Path(path_type=Path))
@model_option
@actors_option
@click.option("--json", "as_json", is_flag=True, help="Machine-readable output.")
def evaluate_command(
    labelled: Path, model: str | None, actor_files: tuple[Path, ...], as_json: bool
) -> None:
    """Measure accuracy on labelled data: marked pairs, whole sentences, or a folder of gold articles.

    \b
    Example:
      eventcoder evaluate my_labels.csv
      eventcoder evaluate seeds/articles
    """
    from coder.pipeline import load_coder
    from coder.scorecard import scorecard, scorecard_to_text

    card = scorecard(load_coder(model, actor_files), labelled)
    if as_json:
        import json

        click.echo(json.dumps(card, indent=1))
    else:
        click.echo(scorecard_to_text(card))


@cli.command("explain")
@click.argument("sentence")
@date_option
@model_option
@actors_option
def explain_command(
    sentence: str, default_date: Date | None, model: str | None, actor_files: tuple[Path, ...]
) -> None:
    """Show what each stage makes of a SENTENCE: actors, dyads, top codes and why.

    \b
    Example:
      eventcoder explain "Turkish police arrested 12 Syrian students in Ankara on Monday."
    """
    from coder.explain import explain
    from coder.pipeline import load_coder

    click.echo(explain(load_coder(model, actor_files), sentence, default_date))


@cli.command("actors")
@click.argument("inputs", nargs=-1, required=True, metavar="TEXT|FILE…")
@click.option("--unknown", is_flag=True,
              help="List names in FILES that nothing codes, each with a guess and why, as CSV.")  # fmt: skip
@date_option
@model_option
@actors_option
def actors_command(
    inputs: tuple[str, ...],
    unknown: bool,
    default_date: Date | None,
    model: str | None,
    actor_files: tuple[Path, ...],
) -> None:
    """Show how the names in a TEXT are coded on a date, or find names worth adding.

    The CSV of --unknown has the most frequent names first. Fill in the column code, from the
    guess or otherwise, and give the file to --actors; rows without a code are passed over.

    \b
    Example:
      eventcoder actors "Kazakh counterpart Nursultan Nazarbayev" --date 2014-05-19
      eventcoder actors --unknown articles/ > to_add.csv
    """
    from coder.actors import load_actors
    from coder.explain import describe_actors, unknown_table
    from coder.model import default_model_folder, read_actor_files, read_manifest

    folder = Path(model) if model else default_model_folder()
    read_manifest(folder)  # a wrong folder is an error, not a dictionary without names
    dictionary = load_actors([*read_actor_files(folder), *actor_files])
    if unknown:
        from coder.articles import read_articles

        articles = read_articles(inputs, default_date=default_date, on_skip=lambda line: click.echo(
            f"Skipped: {line}", err=True))  # fmt: skip
        click.echo(unknown_table(articles, dictionary), nl=False)
    else:
        click.echo(describe_actors(" ".join(inputs), default_date, dictionary))


cli.add_command(aggregate_command, "aggregate")
cli.add_command(convert_command, "convert")
cli.add_command(plot_command, "plot")
cli.add_command(codebook_command, "codebook")
cli.add_command(report_command, "report")
cli.add_command(sample_command, "sample")
cli.add_command(labels_command, "labels")


def main() -> None:
    """Entry point of the console script."""
    try:
        cli(prog_name="eventcoder")
    except BrokenPipeError:
        sys.stderr.close()
