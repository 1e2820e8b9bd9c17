"""A limit on the time that a piece of work takes, so that nothing can hold up a run."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class OverTime(Exception):
    """A piece of work took too long."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise OverTime in the work that takes more than so many seconds of this process's time.

    Time of the processor, so that a busy machine changes no result. Only the main thread can be
    interrupted, and not on Windows; elsewhere the work goes on.
    """
    main = threading.current_thread() is threading.main_thread()
    if not main or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise OverTime(f"more than {seconds:g} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
