"""Inputs by address ("s3://bucket/news.jsonl"), read with fsspec, which comes with Dask."""

import io
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import IO, Any

from coder.errors import InputError, UnreachableError, one_line


def is_address(name: str) -> bool:
    """Whether a name is an address rather than a path."""
    return "://" in name


def open_address(address: str) -> IO[bytes]:
    """Open what lies at an address for bytes; raises InputError with what to do."""
    return io.BufferedReader(_Raw(address), 1 << 20)  # fsspec's own lines are slow


class _Raw(io.RawIOBase):
    """A file at an address, of which all that goes wrong is an InputError."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._file = _asked(address, lambda fs, path: fs.open(path, "rb"))

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._do("read", len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._do("seek", offset, whence)

    def tell(self) -> int:
        return self._do("tell")

    def close(self) -> None:
        self._file.close()
        super().close()

    def _do(self, name: str, *arguments: int) -> Any:  # noqa: ANN401
        try:
            return getattr(self._file, name)(*arguments)
        except Exception as error:  # every protocol has errors of its own
            raise UnreachableError(f"{self._address}: cannot be read ({_line(error)})") from None


def list_address(address: str) -> tuple[list[str], bool]:
    """The addresses of all files below a folder, or that a pattern with * fits, in order.

    The flag says that the address is one file, named itself. Files whose name begins with a dot
    are left out. An address without files raises InputError.
    """

    def find(fs: Any, path: str) -> tuple[list[str], bool]:
        if "*" in address:
            return fs.glob(path), False
        return (fs.find(path), False) if fs.isdir(path) else ([path], True)

    found, named = _asked(address, find)
    shown = (p for p in map(PurePosixPath, found) if not p.name.startswith("."))
    files = [_asked(address, lambda fs, _, p=p: fs.unstrip_protocol(str(p))) for p in sorted(shown)]
    if not files:
        raise InputError(f"{address}: no file there")
    return files, named


def _asked(address: str, ask: Callable[[Any, str], Any]) -> Any:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise InputError(
            f"{address}: addresses need fsspec; run pip install 'eventcoder[dask]'"
        ) from None
    try:
        return ask(*url_to_fs(address))
    except FileNotFoundError:
        raise InputError(f"{address}: no such file or folder") from None
    except (ImportError, ValueError) as error:  # its protocol needs a package, or is unknown
        raise InputError(f"{address}: cannot be read ({_line(error)})") from None
    except Exception as error:
        raise UnreachableError(f"{address}: cannot be read ({_line(error)})") from None


def _line(error: Exception) -> str:
    return one_line(error)[:200] or type(error).__name__
