"""Runs of the command in processes of their own, for `make bench`: time, memory, several jobs."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command: wall and CPU seconds, peak memory in MB, what it said on stderr."""

    seconds: float
    cpu: float
    memory: float
    said: str


def run(*arguments: str) -> Run:
    """Run `eventcoder` with arguments in a process of its own."""
    began = time.monotonic()
    child = subprocess.Popen(
        [sys.executable, "-m", "coder", *arguments],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"eventcoder {' '.join(arguments)} failed:\n{said}")
    kilobyte = 1024 if sys.platform != "darwin" else 1
    used = usage.ru_utime + usage.ru_stime
    return Run(time.monotonic() - began, used, usage.ru_maxrss * kilobyte / 1e6, said)


def measure_jobs(
    short: Path, long: Path, chosen: Sequence[str], turns: int = 3
) -> dict[tuple[Path, int], list[Run]]:
    """Both corpora with one process and with two, in turns; the runs by corpus and jobs."""
    runs: dict[tuple[Path, int], list[Run]] = {}
    for _ in range(turns):
        for corpus in (short, long):
            outputs = [corpus.with_suffix(f".{jobs}.csv") for jobs in (1, 2)]
            for jobs, output in enumerate(outputs, 1):
                made = run("code", str(corpus), "-o", str(output), "--jobs", str(jobs), *chosen)
                runs.setdefault((corpus, jobs), []).append(made)
            if outputs[0].read_bytes() != outputs[1].read_bytes():
                raise SystemExit("two jobs gave other events than one")
    return runs


def more(long: Sequence[Run], short: Sequence[Run], what: str) -> list[float]:
    """What the longer corpus took more ("seconds" or "cpu"): the time of work without start-up."""
    return [getattr(a, what) - getattr(b, what) for a, b in zip(long, short, strict=True)]


def ratio(above: Sequence[float], below: Sequence[float]) -> str:
    """A ratio of sums with the extremes of the pairs: "3.1 (2.9 to 3.3)".

    Other work on the machine can make the difference of two wall times negative: no ratio then.
    """
    if min(*above, *below) <= 0:
        return "not measurable, the machine was busy"
    pairs = sorted(a / b for a, b in zip(above, below, strict=True))
    return f"{sum(above) / sum(below):.2f} ({pairs[0]:.2f} to {pairs[-1]:.2f})"


def spent(runs: Sequence[Run]) -> str:
    """Median wall and CPU time: "1.92 s (1.85 s)"."""
    wall, used = (statistics.median(x) for x in ([r.seconds for r in runs], [r.cpu for r in runs]))
    return f"{wall:.2f} s ({used:.2f} s)"
