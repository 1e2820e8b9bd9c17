"""Random hostile input for every reader and the whole pipeline.

    python -m tests.fuzz 10000 [SEED] [TARGET]

Whatever comes in, there is no traceback and no hang, a message is one line, and good articles beside
bad ones give the events that they give alone. An input that breaks one of these is named with the
seed that makes it again.
"""

import gzip
import io
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from coder.actors import load_actors
from coder.articles import find_files, read_articles, row_to_article, unique_ids
from coder.convert import convert, layout_rows
from coder.dataset import write_events
from coder.errors import CoderError
from coder.event_reader import read_events, read_pieces
from coder.files import is_binary
from coder.labels import read_labelled
from coder.layouts import LAYOUTS, NATIVE
from coder.model import load_model
from coder.partitions import cut_files, group, read_partition
from coder.pipeline import EventCoder, code_articles, load_coder
from coder.records import Article, Event
from coder.scorecard import classified_to_csv
from tests import hostile, hostile_model

LIMIT = 20
"""Seconds for one input."""

DATA = Path(__file__).resolve().parent / "data"
KINDS = (".txt", ".jsonl", ".csv", ".tsv", ".xml", ".parquet")


@dataclass(frozen=True, slots=True)
class Bench:
    """The coder under attack, and what it makes of the good article alone."""

    coder: EventCoder
    alone: list[Event]


def make_bench(coder: EventCoder) -> Bench:
    """A bench for a coder."""
    article = Article("good", date(2014, 5, 20), hostile.GOOD, source="AFP")
    return Bench(coder, list(code_articles(coder, [article])))


class Hang(BaseException):
    """An input took longer than LIMIT."""


def check_line(line: str) -> None:
    """A message is one line, and can be written."""
    assert len(line.splitlines()) == 1, f"a message of several lines: {line!r}"
    assert line.isprintable(), f"a message that upsets a terminal: {line!r}"
    assert len(line) < 2000, f"a message of {len(line)} characters"


def read_all(names: list[str]) -> tuple[list[Article], list[str]]:
    """Articles and what was said about the rest, a final error included."""
    said: list[str] = []
    found: list[Article] = []
    try:
        for article in read_articles(names, on_skip=said.append):
            found.append(article)  # noqa: PERF402
    except CoderError as error:
        said.append(str(error))
    for line in said:
        check_line(line)
    return found, said


def fuzz_damaged_articles(rng: Random, folder: Path, bench: Bench) -> None:
    """A damaged file of any kind, by name, in a folder or piped in."""
    kind = rng.choice(KINDS)
    rows = [
        hostile.good_row(f"g{i}") if rng.random() < 0.5 else hostile.hostile_row(rng)
        for i in range(rng.randint(1, 5))
    ]
    name, data = hostile.packed(
        rng, f"x{kind}", hostile.damaged(rng, hostile.rows_to_bytes(kind, rows))
    )
    (folder / name).write_bytes(data)
    how = rng.randrange(3)
    if how == 0:
        sys.stdin = io.TextIOWrapper(io.BytesIO(data))
        read_all(["-"])
    else:
        read_all([str(folder / name if how == 1 else folder)])


def fuzz_good_beside_bad(rng: Random, folder: Path, bench: Bench) -> None:
    """Well-formed rows with hostile cells among good rows: no good one is lost."""
    kind = rng.choice((".jsonl", ".csv", ".tsv", ".xml", ".parquet"))
    rows, names = [], []
    for i in range(rng.randint(1, 6)):
        names.append(f"good{i}")
        rows += [hostile.hostile_row(rng)] * (rng.random() < 0.7) + [hostile.good_row(names[-1])]
    data = hostile.rows_to_bytes(kind, rows)
    if kind == ".jsonl":  # here even broken lines cost only themselves
        lines = data.splitlines(keepends=True)
        data = b"".join(
            line if b'"good' in line else hostile.damaged(rng, line).replace(b"\n", b"") + b"\n"
            for line in lines
        )
    breaks = any("\r" in str(cell) or "\n" in str(cell) for row in rows for cell in row.values())
    if kind in (".jsonl", ".csv") and not breaks:
        data = data.replace(b"\r", b"").replace(b"\n", rng.choice((b"\n", b"\r\n", b"\r")))
    data = (b"\xef\xbb\xbf" if rng.random() < 0.2 and kind != ".parquet" else b"") + data
    zipped = rng.random() < 0.3
    if kind != ".parquet" and is_binary(data[:8192]):
        return
    (folder / f"x{kind}{'.gz' * zipped}").write_bytes(gzip.compress(data, 1) if zipped else data)
    for i in range(rng.randint(0, 2)):
        other, junk = hostile.packed(
            rng, f"junk{i}{rng.choice(KINDS)}", hostile.damaged(rng, b"text\n")
        )
        (folder / other).write_bytes(junk)
    found, said = read_all([str(folder)])
    kept = [a.id for a in found if a.text.strip() == hostile.GOOD]
    lost = [name for name in names if name not in kept]
    assert not lost, f"{kind}: lost {lost}; said {said}"


def fuzz_slices(rng: Random, folder: Path, bench: Bench) -> None:
    """A damaged file in slices of a few rows: the articles and messages of the whole."""
    kind, count = rng.choice((".jsonl", ".csv", ".tsv", ".parquet")), rng.randint(1, 3)
    rows = [hostile.good_row(f"g{i}") for i in range(rng.randint(2, 8))]
    rows[rng.randrange(len(rows))] = hostile.hostile_row(rng)
    data = hostile.rows_to_bytes(kind, rows)
    if kind != ".parquet":
        data = data.replace(b"\n", rng.choice((b"\n", b"\r\n", b"\r", b"\n\n")))
    name, data = hostile.packed(rng, f"x{kind}", hostile.damaged(rng, data))
    (folder / name).write_bytes(data)
    names = [str(rng.choice((folder, folder / name)))]
    found, said = read_all(names)
    in_slices: list[Article] = []
    broken: list[str] = []
    said_in_slices: list[str] = []
    try:
        slices, skipped = cut_files(find_files(names, said_in_slices.append), count)
        said_in_slices += skipped
        for partition in group(slices, rng.randint(1, 3)):
            articles, problem = read_partition(partition, None, said_in_slices.append)
            in_slices += articles
            broken += [problem] * bool(problem)
    except CoderError as error:
        broken.append(str(error))
    assert list(unique_ids(in_slices)) == found, f"{kind}: other articles in slices"
    assert sorted(said_in_slices + broken) == sorted(said), (
        f"{kind}: {said_in_slices + broken} in slices, {said} of the whole"
    )


def fuzz_labels(rng: Random, folder: Path, bench: Bench) -> None:
    """Labelled files: marks in any order, events of any shape, damaged bytes."""
    kind = rng.choice((".csv", ".jsonl"))
    marked = f"<s>Turkish police</s> arrested <t>Syrian students</t> {hostile.text(rng, 6)}"
    row: dict = {
        "id": hostile.value(rng),
        "text": marked,
        "code": rng.choice(("173", "none", hostile.value(rng))),
    }
    if kind == ".jsonl" and rng.random() < 0.5:
        events: object = [{"source": "Turkish police", "target": hostile.value(rng), "code": "173"}]
        row |= {
            "text": hostile.GOOD,
            "events": events if rng.random() < 0.8 else hostile.value(rng),
        }
        if rng.random() < 0.3:
            row = {"date": hostile.value(rng), "sentences": [row, hostile.value(rng)]}
    data = hostile.rows_to_bytes(kind, [row])
    path = folder / f"x{kind}"
    path.write_bytes(hostile.damaged(rng, data) if rng.random() < 0.6 else data)
    sentences = read_labelled(path, bench.coder.ontology, need_code=rng.random() < 0.5)
    if kind == ".csv":
        classified_to_csv(bench.coder, sentences)


def fuzz_actors(rng: Random, folder: Path, bench: Bench) -> None:
    """Dictionaries of every form; they are then used on a sentence."""
    source = rng.choice(
        ("actors/names.csv", "actors/agents.csv", "tabari_actors.txt", "tabari_agents.txt")
    )
    data = (DATA / source).read_bytes()
    start = rng.randrange(max(1, len(data) - 3000))
    head = data[: data.index(b"\n") + 1] if source.endswith(".csv") else b""
    name, data = hostile.packed(
        rng, Path(source).name, hostile.damaged(rng, head + data[start : start + 3000])
    )
    (folder / name).write_bytes(data)
    load_actors([folder / name]).match(hostile.GOOD)


def fuzz_events(rng: Random, folder: Path, bench: Bench) -> None:
    """Event files of every form and layout, read and written in another layout."""
    files = [
        p
        for part in ("layouts", "events")
        for p in sorted((DATA / part).iterdir())
        if p.is_file() and p.suffix != ".txt"
    ]
    source = rng.choice(files)
    data = hostile.damaged(rng, source.read_bytes())
    name = source.name
    if name.endswith((".csv", ".tsv", ".jsonl")):
        name, data = hostile.packed(rng, name, data)
    (folder / name).write_bytes(data)
    into, lost = rng.choice((NATIVE, *LAYOUTS)), Counter()
    write_events(
        convert(read_pieces([folder / name]), into, lost),
        str(folder / "out.csv"),
        layout_rows(into),
    )


def fuzz_models(rng: Random, folder: Path, bench: Bench) -> None:
    """Model folders whose maker can sign what he likes."""
    hostile_model.write_damaged(rng, folder)
    load_model(folder)


def fuzz_pipeline(rng: Random, folder: Path, bench: Bench) -> None:
    """Hostile articles among good ones: events as of the good ones alone, written and read back."""
    rows = [hostile.hostile_row(rng) for _ in range(rng.randint(1, 3))] + [hostile.good_row("good")]
    rng.shuffle(rows)
    (folder / "x.jsonl").write_bytes(hostile.rows_to_bytes(".jsonl", rows))
    articles, _ = read_all([str(folder)])
    said: list[str] = []
    events = list(code_articles(bench.coder, articles, on_skip=said.append))
    assert not said, said
    good = [e for e in events if e.article_id == "good"]
    assert good == bench.alone, "the good article gives other events"
    suffix = rng.choice((".csv", ".tsv", ".jsonl", ".csv.gz", ".parquet"))
    write_events(events, str(folder / f"out{suffix}"))
    back = read_events([folder / f"out{suffix}"])
    assert back["event_id"].tolist() == [e.event_id for e in events], (
        f"{suffix}: other rows come back"
    )
    assert back["article_id"].tolist() == [e.article_id for e in events], (
        f"{suffix}: other ids come back"
    )
    layout = rng.choice(list(LAYOUTS))
    write_events(events, str(folder / "layout.csv"), layout_rows(layout, header=True))
    assert len(read_events([folder / "layout.csv"], ("source",))) == len(events), (
        f"{layout}: rows lost"
    )


def fuzz_long_texts(rng: Random, folder: Path, bench: Bench) -> None:
    """Long texts of a few pieces that stand there again and again."""
    piece = "".join(rng.choices(hostile.PIECES, k=rng.randint(1, 3)))
    row = {"text": piece * (20_000 // len(piece)), "date": "2014-05-20"}
    said: list[str] = []
    list(code_articles(bench.coder, [row_to_article(row, "long")], on_skip=said.append))
    assert not said, said


TARGETS: dict[str, tuple[Callable[[Random, Path, Bench], None], int]] = {
    "damaged_articles": (fuzz_damaged_articles, 6),
    "good_beside_bad": (fuzz_good_beside_bad, 6),
    "slices": (fuzz_slices, 4),
    "labels": (fuzz_labels, 4),
    "actors": (fuzz_actors, 2),
    "events": (fuzz_events, 3),
    "models": (fuzz_models, 2),
    "pipeline": (fuzz_pipeline, 4),
    "long_texts": (fuzz_long_texts, 1),
}
"""What is attacked, and how often in relation to the others."""


def attack(target: str, seed: str, bench: Bench) -> str:
    """One input; "" if all holds, else what broke."""
    signal.signal(signal.SIGALRM, _hang)
    signal.alarm(LIMIT)
    stdin = sys.stdin
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            warnings.catch_warnings(record=True) as caught,
        ):
            warnings.simplefilter("always")
            try:
                TARGETS[target][0](Random(seed), Path(folder), bench)
            except CoderError as error:
                check_line(str(error))
            for warning in caught:
                if issubclass(warning.category, UserWarning):
                    check_line(str(warning.message))
    except (Exception, Hang):
        return traceback.format_exc()
    finally:
        signal.alarm(0)
        sys.stdin = stdin
    return ""


def _hang(*_: object) -> None:
    raise Hang(f"more than {LIMIT} s")


def main(count: int = 1000, seed: str = "1", only: str = "") -> int:
    """Attack `count` times; the number of inputs that broke something."""
    bench = make_bench(load_coder())
    names = [only] if only else [n for n, (_, weight) in TARGETS.items() for _ in range(weight)]
    done: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    slowest = (0.0, "")
    for number in range(count):
        target = names[number % len(names)]
        began = time.perf_counter()
        problem = attack(target, f"{seed}.{number}", bench)
        slowest = max(slowest, (time.perf_counter() - began, f"{target} {seed}.{number}"))
        done[target] += 1
        if problem:
            broken[problem.splitlines()[-1][:100]] += 1
            if broken[problem.splitlines()[-1][:100]] <= 3:
                shown = problem[-1500:].encode("ascii", "backslashreplace").decode()
                sys.stdout.write(f"--- {target} {seed}.{number}\n{shown}\n")
    sys.stdout.write(
        f"{count} inputs: {dict(done)}; slowest {slowest[0]:.1f} s ({slowest[1]}); {broken.total()} broken\n"
    )
    return broken.total()


if __name__ == "__main__":
    arguments = sys.argv[1:]
    sys.exit(bool(main(int(arguments[0] if arguments else 1000), *arguments[1:])))
