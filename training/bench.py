"""How fast the coder is: `make bench` measures and writes docs/benchmarks.md.

The corpus is made of the articles and the sentences without events in seeds/, so that it is the
same everywhere. Times are CPU seconds unless said otherwise, and what is compared is measured in
turns in the same run, so that another load on the machine does not change the figures much.
"""

import gc
import json
import os
import platform
import re
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date as Date
from itertools import cycle
from pathlib import Path
from types import FrameType
from typing import Any

import click

from coder.articles import read_articles
from coder.dataset import write_events
from coder.pipeline import Counts, EventCoder, code_articles, load_coder
from coder.records import Article
from coder.segment import article_to_sentences
from coder.syntax import PARSERS, Parser
from training.bench_runs import ROOT, Run, measure_jobs, more, ratio, run, spent

SEEDS = ROOT / "seeds"

ROUNDS = 8
"""Parts of the corpus that are coded and parsed in turns."""

STAGES = {
    module: stage
    for stage, modules in {
        "read": "addresses articles dates files rows",
        "sentences": "dateline segment",
        "mentions": "actors anaphors appositions bystanders context lands memory mentions pairs"
        " phrases references roles things units words",
        "gate": "gate",
        "parse": "network syntax",
        "features": "dyads features",
        "classifier": "classify",
        "events": "clauses day_words events one_a_day ontology places scenes toponyms when where",
        "write": "dataset",
    }.items()
    for module in modules.split()
}
"""The stage that a module of coder/ belongs to; the rest is "pipeline"."""


def bench_articles(count: int, quiet: int = 1) -> Iterator[Article]:
    """Articles of real length in which at least half of the sentences hold no event.

    The paragraphs of an article of seeds/ alternate with paragraphs of sentences of
    seeds/sentences/none-*.jsonl, `quiet` for each sentence of the article itself.
    """
    texts = [
        path.read_text(encoding="utf-8").strip()
        for folder in ("articles", "gold")
        for path in sorted((SEEDS / folder).glob("*.txt"))
    ]
    pool = cycle(
        json.loads(line)["text"]
        for path in sorted((SEEDS / "sentences").glob("none-*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    for i in range(count):
        paragraphs = [p for p in texts[i % len(texts)].split("\n\n") if p.strip()]
        mixed = []
        for paragraph in paragraphs:
            own = article_to_sentences(Article("", None, paragraph))
            mixed += [paragraph, " ".join(next(pool) for _ in range(quiet * len(own)))]
        yield Article(f"bench-{i:05d}", Date(2014, 5, 19), "\n\n".join(mixed))


def write_corpus(path: Path, count: int, quiet: int = 1) -> Path:
    """Write bench articles as JSONL."""
    with path.open("w", encoding="utf-8") as file:
        for a in bench_articles(count, quiet):
            file.write(json.dumps({"id": a.id, "date": str(a.date), "text": a.text}) + "\n")
    return path


@dataclass(frozen=True, slots=True)
class Paired:
    """CPU seconds of each round: coding, parsing with the coder's parts, with the whole model.

    `counts` are of all rounds, `stages` the CPU seconds of coding by stage.
    """

    coded: list[float]
    parsed: list[float]
    whole: list[float]
    counts: Counts
    stages: Counter[str]


def measure_in_turns(coder: EventCoder, corpus: Path, scratch: Path) -> Paired:
    """Code parts of a corpus from raw text to CSV, and parse all their sentences, in turns."""
    parser, whole = coder.parser, whole_model(coder.parser)
    lines = corpus.read_bytes().splitlines(keepends=True)
    out = Paired([], [], [], Counts(), Counter())
    for turn in range(-1, ROUNDS):  # the turn before the first warms up
        part = scratch / "part.jsonl"
        part.write_bytes(b"".join(lines[max(turn, 0) :: ROUNDS]))
        sentences = [s.text for a in read_articles([str(part)]) for s in article_to_sentences(a)]
        now, shares = Counts(), Counter[str]()

        def code(part: Path = part, now: Counts = now) -> None:
            events = code_articles(coder, read_articles([str(part)]), now, click.echo)
            now.events = write_events(events, str(scratch / "part.csv"))

        with sampled_stages(shares):
            coded = cpu(code)
        parsed = cpu(lambda texts=sentences: [*parser.nlp.pipe(texts, batch_size=64)])
        named = cpu(lambda texts=sentences: [*whole.pipe(texts, batch_size=64)])
        if turn >= 0:
            out.coded.append(coded)
            out.parsed.append(parsed)
            out.whole.append(named)
            out.stages.update(shares)
            out.counts.sentences += now.sentences
            out.counts.parsed += now.parsed
    return out


def whole_model(parser: Parser) -> Any:
    """The spaCy model as `spacy.load` gives it: entities, lemmatizer and attribute rules too."""
    import spacy

    wanted = parser.name.rpartition("-")[0]
    for name in PARSERS:
        if spacy.util.is_package(name) and wanted.endswith(name.removeprefix("en_")):
            return spacy.load(name)
    raise SystemExit(f"the parser {parser.name} is not installed")


def cpu(act: Callable[[], Any]) -> float:
    """CPU seconds of this process for an act."""
    began = time.process_time()
    act()
    return time.process_time() - began


@contextmanager
def sampled_stages(shares: Counter[str]) -> Iterator[None]:
    """Add CPU seconds by stage: every 2 ms the time since the last look goes to the innermost
    module of coder/ that is running."""
    last = time.process_time()

    def look(_: int, frame: FrameType | None) -> None:
        nonlocal last
        now = time.process_time()
        while frame is not None and Path(frame.f_code.co_filename).parent.name != "coder":
            frame = frame.f_back
        if frame is not None:
            shares[STAGES.get(Path(frame.f_code.co_filename).stem, "pipeline")] += now - last
        last = now

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, 0.002, 0.002)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@click.command()
@click.option("--articles", "count", default=240, show_default=True, help="Articles to measure.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=ROOT / "docs/benchmarks.md"
)
@click.option("--model", metavar="DIR", help="Model folder instead of the shipped one.")
def main(count: int, output: Path, model: str | None) -> None:
    """Measure the speed of the coder and write the figures."""
    chosen = ("--model", model) if model else ()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        short = write_corpus(scratch / "short.jsonl", count)
        long = write_corpus(scratch / "long.jsonl", 4 * count)
        calm = write_corpus(scratch / "calm.jsonl", count // 2, quiet=3)
        one = str(SEEDS / "articles/state_visit.txt")
        helps = [run("--help") for _ in range(5)]
        firsts = [run("code", one, "--date", "2014-05-19", *chosen) for _ in range(5)]
        jobs = measure_jobs(short, long, chosen)
        coder = load_coder(model)
        gc.freeze()  # as the command does
        mixes = [measure_in_turns(coder, corpus, scratch) for corpus in (short, calm)]
    runs = [jobs[corpus, n] for corpus in (short, long) for n in (1, 2)]
    text = report(mixes, helps, firsts, *runs)
    output.write_text(text, encoding="utf-8")
    click.echo(text)


def report(
    mixes: list[Paired],
    helps: list[Run],
    firsts: list[Run],
    short_one: list[Run],
    short_two: list[Run],
    long_one: list[Run],
    long_two: list[Run],
) -> str:
    """The figures as Markdown."""
    rates = [
        ("sentences in the corpus", lambda m: f"{m.counts.sentences:,}"),
        ("sentences parsed", lambda m: f"{m.counts.parsed / m.counts.sentences:.0%}"),
        ("**sentences per second and core, raw text to CSV**", lambda m: per_second(m, m.coded)),
        ("all parsed by the spaCy model as it is installed", lambda m: per_second(m, m.whole)),
        ("coding against that", lambda m: ratio(m.whole, m.coded)),
        (
            "all parsed by spaCy with only the parts that the coder runs",
            lambda m: per_second(m, m.parsed),
        ),
        ("coding against that", lambda m: ratio(m.parsed, m.coded)),
    ]
    wall, used = (
        ratio(more(long_one, short_one, what), more(long_two, short_two, what))
        for what in ("seconds", "cpu")
    )
    memory = (f"{max(r.memory for r in runs):.0f} MB" for runs in (short_one, long_one))
    others = [
        ("two jobs against one, wall time, start-up aside", wall),
        ("CPU time of one job against that of both, start-up aside", used),
        ("peak memory of a process, the corpus and four times the corpus", ", ".join(memory)),
        ("`eventcoder --help`, wall time (CPU time)", spent(helps)),
        ("first event of one article, start-up included, wall time (CPU time)", spent(firsts)),
    ]
    stages = [name for name, _ in mixes[0].stages.most_common()]
    return f"""# Benchmarks

Written by `make bench` (`training/bench.py`), {Date.today()}, on {machine()}.

The corpus mixes the articles of `seeds/articles` and `seeds/gold` with sentences without an event
(`seeds/sentences/none-*.jsonl`, which the model was trained on), so that half or three quarters of
all sentences, and some of the articles' own, hold none. Rates are per CPU second. What is compared
ran in turns in one run; a ratio is that of the sums, in brackets the lowest and highest of a turn.

| | half without event | three quarters |
| --- | --- | --- |
{table((name, *map(figure, mixes)) for name, figure in rates)}

| | |
| --- | --- |
{table(others)}

Time by stage, start-up aside:

| | half without event | three quarters |
| --- | --- | --- |
{table((name, *(f"{m.stages[name] / m.stages.total():.0%}" for m in mixes)) for name in stages)}
"""


def table(rows: Iterable[Iterable[str]]) -> str:
    """Rows of a Markdown table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def per_second(mix: Paired, seconds: list[float]) -> str:
    """Sentences per second."""
    return f"{mix.counts.sentences / sum(seconds):,.0f}"


def machine() -> str:
    """Processor, cores and Python of this machine."""
    info = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.+)", info.read_text()) if info.is_file() else None
    name = found[1] if found else platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
