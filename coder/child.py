"""Work in the main thread of a child process, where a limit on its time holds (see `limits`).

The workers of Dask run tasks in threads, which nothing can interrupt, and may not start processes
with multiprocessing. What a task does to memory or interpreter costs the child, not the worker, which
goes on answering its scheduler meanwhile.
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import lru_cache
from typing import IO, Any

from coder.errors import CoderError

_one_at_a_time = threading.Lock()


class ChildLost(Exception):
    """The child ended before it answered."""


def call_in_child(function: Callable, *arguments: Any) -> Any:  # noqa: ANN401
    """Call a function of a module in the child of this process, which is started when there is none.

    Threads wait for each other. A CoderError is raised as it was there, anything else as a
    RuntimeError of one line; ChildLost when the child was ended, and the next call starts another.
    """
    request = pickle.dumps((function, arguments))
    with _one_at_a_time:
        child = _child()
        try:
            child.stdin.write(request)  # type: ignore[union-attr]
            child.stdin.flush()  # type: ignore[union-attr]
            value, error = pickle.load(child.stdout)  # type: ignore[arg-type]
        except (EOFError, OSError, pickle.UnpicklingError):
            _child.cache_clear()
            child.kill()
            status = child.wait()
            raise ChildLost(f"signal {-status}" if status < 0 else f"status {status}") from None
    if error:
        raise error
    return value


@lru_cache(maxsize=1)
def _child() -> subprocess.Popen[bytes]:
    path = os.pathsep.join(sys.path)  # it imports what this process does
    return subprocess.Popen(
        [sys.executable, "-m", "coder.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )


def _serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer what is asked for until the parent closes its end or is gone."""
    while True:
        try:
            function, arguments = pickle.load(requests)
        except EOFError:
            return
        answer: tuple[Any, Exception | None]
        try:
            answer = function(*arguments), None
        except CoderError as error:
            answer = None, error
        except Exception as error:  # of a library; it need not be possible to pickle it
            answer = None, RuntimeError(f"{type(error).__name__}: {error}")
        try:
            answers.write(pickle.dumps(answer))
        except BrokenPipeError:
            return


def _main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM):  # which a terminal or SLURM sends to all at once
        signal.signal(number, signal.SIG_IGN)  # they are for the parent, whose end ends the child
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library prints is no answer
    _serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    _main()
