"""Inputs by address ("s3://bucket/news.jsonl"), read with fsspec, which comes with Dask."""

import io
from collections.abc import Callable
from functools import lru_cache
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from coder.errors import InputError, UnreachableError, one_line

_BLOCK = 1 << 22
"""Bytes that are read ahead: a worker wants one slice; the 50 MB that s3fs reads come to terabytes."""


def is_address(name: str) -> bool:
    """Whether a name is an address rather than a path."""
    return "://" in name


def refuse_address(output: str) -> None:
    """Raise InputError for an output at an address."""
    if is_address(output):
        raise InputError(f"{output}: only inputs may be addresses; write a file and copy it there")


def _is_web(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))


def address_name(address: str) -> str:
    """The name of the file at an address: news.csv of https://host/news.csv?key=1."""
    path = unquote(urlsplit(address).path) if _is_web(address) else address
    return path.rpartition("/")[2]


def open_address(address: str) -> IO[bytes]:
    """Open what lies at an address for bytes; raises InputError with what to do."""
    return io.BufferedReader(_Raw(address), 1 << 20)  # fsspec's own lines are slow


@lru_cache
def _has_ranges(address: str) -> bool:
    """Whether a web server gives parts of a file, by asking for its second byte."""

    def ask(fs: Any, path: str) -> bool:
        with fs.open(path, "rb", block_size=1, cache_type="none") as file:
            try:
                file.seek(1)
                return len(file.read(1)) == 1
            except ValueError:  # of fsspec: it would be the whole file, or the length is not known
                return False

    return _asked(address, ask)


class _Raw(io.RawIOBase):
    """A file at an address, of which all that goes wrong is an InputError."""

    def __init__(self, address: str) -> None:
        self._address = address
        block = 0 if _is_web(address) and not _has_ranges(address) else _BLOCK
        self._file = _asked(address, lambda fs, path: fs.open(path, "rb", block_size=block))

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return getattr(self._file, "size", 0) is not None  # a stream of fsspec has no size

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

    The flag says that the address is one file, named itself. On the web a folder's address ends in
    /, and its page links to its files. Files whose name begins with a dot are left out. An address
    without files raises InputError.
    """

    def find(fs: Any, path: str) -> tuple[list[str], bool]:
        if "*" in address:
            return fs.glob(path), False
        if address.endswith("/") if _is_web(address) else fs.isdir(path):
            return fs.find(path), False
        if not _is_web(address) and not fs.exists(path):
            raise FileNotFoundError
        return [path], True

    found, named = _asked(address, find)
    files = [_asked(address, lambda fs, _, p=path: fs.unstrip_protocol(p)) for path in found]
    files = [file for file in files if not address_name(file).startswith(".")]
    if not files:
        raise InputError(f"{address}: no file there")
    return sorted(files, key=lambda file: file.split("/")), named


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
