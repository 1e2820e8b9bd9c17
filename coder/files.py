"""Bytes of files of unknown origin: opened, unpacked within bounds, cut into lines.

A file is a path, or an address as text (see `addresses`).

What is wrong with a file is one InputError. No file is trusted to be as large as it says, to end its
lines as others do, or to end them at all.
"""

import codecs
import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from coder.addresses import address_name, open_address
from coder.errors import InputError

LONGEST_LINE = 1 << 24
"""Bytes of the longest line; a longer one is cut off and cannot be used."""

UNPACKED_FREELY = 1 << 28
"""Bytes that any .gz file may unpack to."""

MOST_UNPACKED = 200
"""Times its own size that a larger one may; news comes to 3 to 10 times, a zip bomb to 1,000."""

_PIECE = 1 << 20
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))


def file_name(file: Path | str) -> str:
    """The name of a file without its folder."""
    return address_name(file) if isinstance(file, str) else file.name


@contextmanager
def open_file(file: Path | str) -> Iterator[IO[bytes]]:
    """Open a file for bytes, a .gz unpacked; all that can go wrong with it is an InputError.

    A pipe or a device is refused: it need not end.
    """
    try:
        with open_address(file) if isinstance(file, str) else _open_path(file) as opened:
            packed = file_name(file).lower().endswith(".gz")
            yield unpacked(opened, str(file)) if packed else opened
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{file}: damaged .gz file ({error})") from None
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror or error})") from None


@contextmanager
def _open_path(path: Path) -> Iterator[IO[bytes]]:
    with open(path, "rb", opener=_open_at_once) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise InputError(f"{path}: no ordinary file; pipe its content into -")
        yield file


def _open_at_once(path: str, flags: int) -> int:
    """Open without waiting for the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def unpacked(file: IO[bytes], label: str) -> IO[bytes]:
    """The content of a gzip stream; InputError as soon as it grows like a zip bomb."""
    return io.BufferedReader(_Unpacked(file, label), 1 << 16)


class _Unpacked(io.RawIOBase):
    """A gzip stream that counts what went in and what came out."""

    def __init__(self, packed: IO[bytes], label: str) -> None:
        self._packed, self._label, self._out = packed, label, 0
        self._unpacked = gzip.GzipFile(fileobj=packed)

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._out

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._unpacked.read1(len(buffer))
        buffer[: len(data)] = data
        self._out += len(data)
        if self._out > max(UNPACKED_FREELY, MOST_UNPACKED * self._packed.tell()):
            raise InputError(
                f"{self._label}: unpacks to more than {MOST_UNPACKED} times its size, "
                "as a zip bomb does; unpack it yourself if it is none"
            )
        return len(data)


def splice(file: IO[bytes], head: int, start: int, stop: int | None) -> IO[bytes]:
    """The first `head` bytes of an opened file, then those from `start` up to `stop` (None: the end)."""
    return io.BufferedReader(_Spliced(file, head, start, stop), 1 << 16)


class _Spliced(io.RawIOBase):
    """Two ranges of a file, read one after the other."""

    def __init__(self, file: Any, head: int, start: int, stop: int | None) -> None:
        self._file, self._head, self._start, self._stop = file, head, start, stop

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        at, end = self._file.tell(), self._head
        if at >= self._head:
            at, end = self._skip(at), self._stop
        size = len(buffer) if end is None else min(len(buffer), end - at)
        data = self._file.read1(size)  # no more, so that all before a break comes out
        buffer[: len(data)] = data
        return len(data)

    def _skip(self, at: int) -> int:
        """Go on to the start of the slice, in what is being unpacked by reading."""
        if at < self._start and self._file.seekable():
            return self._file.seek(self._start)
        while at < self._start and (data := self._file.read(min(_PIECE, self._start - at))):
            at += len(data)
        return at


def lines(file: IO[bytes]) -> Iterator[bytes]:
    """Lines that end in LF, CRLF or, throughout the file, CR; of a longer one LONGEST_LINE + 1 bytes.

    Unless they end in CR, the file stands at the end of the line that came last.
    """
    line = file.readline(_PIECE)
    if _ends_in_cr(line):
        yield from _cr_lines(line, file)
        return
    while line:
        while not line.endswith(b"\n") and len(line) <= LONGEST_LINE:
            piece = file.readline(_PIECE)
            if not piece:
                break
            line += piece
        taken = line[: LONGEST_LINE + 1]
        while not line.endswith(b"\n") and (line := file.readline(_PIECE)):
            pass  # the rest of a line that is too long
        yield taken
        line = file.readline(_PIECE)


def has_cr_lines(file: IO[bytes]) -> bool:
    """Whether the lines of a file that was just opened end in CR."""
    return _ends_in_cr(file.readline(_PIECE))


def _ends_in_cr(line: bytes) -> bool:
    return b"\r" in line and not line.endswith(b"\n")


def _cr_lines(rest: bytes, file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        *whole, rest = (rest + piece).splitlines(keepends=True)
        yield from (line[: LONGEST_LINE + 1] for line in whole)
        rest = rest[: LONGEST_LINE + 1]
    yield from rest.splitlines(keepends=True)


def is_binary(start: bytes) -> bool:
    """Whether bytes from the start of a file are no text: UTF-16, or control bytes throughout.

    Control bytes are a tenth of compressed data and pictures, half of UTF-16; a few do not matter.
    """
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    control = len(start) - len(start.translate(None, _CONTROL))
    return control > 1 and control > len(start) * (0.3 if _is_utf8(start) else 0.05)


def _is_utf8(start: bytes) -> bool:
    """Whether bytes are UTF-8, but for a character cut at their end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    return True


def read_bytes(path: Path) -> bytes:
    """All bytes of a file, a .gz unpacked."""
    with open_file(path) as file:
        return file.read()
