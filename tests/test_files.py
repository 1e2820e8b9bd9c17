"""Files of unknown origin: bounds, line ends, what is binary."""

import gzip
import io
import os

import pytest

from coder import files
from coder.errors import LONGEST, InputError, one_line
from coder.files import is_binary, lines, open_file


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("piece", [7, 1 << 20])
def test_lines_end_in_three_ways(monkeypatch, end, piece):
    monkeypatch.setattr(files, "_PIECE", piece)
    given = [b"one" + end, b"" + end, b"a longer line" + end, b"last"]
    assert list(lines(io.BytesIO(b"".join(given)))) == given


def test_a_stray_carriage_return_ends_no_line():
    assert list(lines(io.BytesIO(b"a,b\n1,x\ry\n"))) == [b"a,b\n", b"1,x\ry\n"]


@pytest.mark.parametrize("end", [b"\n", b"\r"])
def test_a_line_that_is_too_long_is_cut(monkeypatch, end):
    monkeypatch.setattr(files, "_PIECE", 8)
    monkeypatch.setattr(files, "LONGEST_LINE", 20)
    found = list(lines(io.BytesIO(b"a" + end + b"x" * 1000 + end + b"b")))
    assert [len(line) for line in found] == [2, 21, 1]


def test_a_zip_bomb_is_refused_while_it_unpacks(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "UNPACKED_FREELY", 1 << 16)
    path = tmp_path / "bomb.txt.gz"
    path.write_bytes(gzip.compress(bytes(1 << 24)))
    with open_file(path) as file:
        assert len(file.read(1 << 16)) == 1 << 16
    with pytest.raises(InputError, match="unpacks to more than 200 times"), open_file(path) as file:
        file.read()
    path.write_bytes(gzip.compress(os.urandom(1 << 17)))
    with open_file(path) as file:
        assert len(file.read()) == 1 << 17


@pytest.mark.parametrize(
    ("start", "binary"),
    [
        (b"Aid \0 was cut.", False),
        ("Aid was cut.".encode("utf-16"), True),
        ("Aid was cut.".encode("utf-16-le"), True),
        (bytes(range(256)), True),
        ("Орлеан \x01".encode(), False),
        ("Aid \x93was\x94 cut. \0".encode("latin-1") * 3, True),
        ("Aid \x93was\x94 cut. \0".encode("latin-1") + b"Rebels freed six. " * 9, False),
        ("é".encode()[:1] + b"\0\0", True),
    ],
)
def test_what_is_binary(start, binary):
    assert is_binary(start) is binary


def test_messages_are_one_printable_line_of_bounded_length():
    assert one_line("a\nb\x1b[31m\ud800\u202e") == "a b\\x1b[31m\\ud800\\u202e"
    assert len(one_line("x" * 10_000)) <= LONGEST
    assert str(InputError("a\n\tb")) == "a  b"
