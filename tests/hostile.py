"""Texts, cells and damaged bytes such as nobody sends on purpose, and some do; all from a seed."""

import gzip
import io
import json
from random import Random
from xml.sax.saxutils import quoteattr

GOOD = "Turkish police arrested 12 Syrian students in Ankara on Monday."
"""A sentence that gives one event."""

PIECES = (
    "Turkish police arrested 12 Syrian students in Ankara. ", "Russia", "and China ", "the president ",
    "spokesman of the ", "critics of ", "Vladimir Putin's ", "the two sides ", "he ", "U.S.", "ANKARA/",
    "May 19 (Xinhua) -- ", "By John Smith\n", "former ", "new ", "Turkish-led ", "all rights reserved ",
    "Monday, ", "January 1", "Dec. 99999999999999999999", "1,", "$", '"', "'", "’", "“", "(", "[", "...", ". ", "?!",
    "-", "–", "/", "a", "A", "ß", "İ", "ﬃ", "Ǆ", " ", "\t", "\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028",
    "\x00", "\x01", "\x1b[31m", "\x7f", "\ufeff", "\ufffd", "\ud800", "\udfff", "\u200b", "\u200d", "\u202e", "\u0301",
    "قال الرئيس ", "中国", "ก", "😀", "🇹🇷", "👩‍👩‍👧", "<s>", "</s>", "<t>", "</t>", "<b>&amp;", "&a;", "=HELLO()", "@SUM(1)",
    "+1", "-2", "|calc", "%s", "{0}", "\\", "\\u0000", "../../etc/passwd", "http://a/?b=c&d", "#", ";", "~", "!X! = A, B", "[USAGOV]",
    "[~COP]", "{", "}", "_", "<010101", ">20991231", "010101-000101", "none", "nan", "NA", "Infinity", "-0.0", "1e999", "9" * 30,
)  # fmt: skip

VALUES = (
    None, True, -1, 0.5, 1e300, float("inf"), float("nan"), 10**25, "", " ", [], [[]], {}, {"a": 1}, "2014-05-19", "0000-00-00",
    "2014-02-30", "99999-01-01", 20140519, "Monday", "=1+1", "\x00", "\ud800", "a\nb", "../x", "05", "none", "#2", "Iran#99999999999",
)  # fmt: skip

BYTES = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\x93", b"\r", b"\n", b"\r\n", b'"', b'""', b",", b"\t", b";",
    b"{", b"}", b"[", b"]", b":", b"<", b">", b"&x;", b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"<![CDATA[", b"</Sentence>", b"<Text>",
    b"null", b"NaN", b"1e999", b"-1", b"9" * 30, b"\\ud800", b"\\u0000", b"=1", b"'", b"\x1b", b"[" * 2000, b"<a>" * 2000,
)  # fmt: skip


def text(rng: Random, most: int = 40) -> str:
    """A text of random pieces, now and then one piece many times."""
    if rng.random() < 0.15:
        return rng.choice(PIECES) * rng.randint(1, 400)
    return "".join(rng.choices(PIECES, k=rng.randint(0, most)))


def value(rng: Random) -> object:
    """A cell of any type."""
    return rng.choice(VALUES) if rng.random() < 0.6 else text(rng, 4)


def damaged(rng: Random, data: bytes) -> bytes:
    """The bytes with up to five things done to them."""
    for _ in range(rng.randint(1, 5)):
        at = rng.randint(0, len(data))
        end = min(len(data), at + rng.choice((1, 1, 3, 20, 1000)))
        kind = rng.randrange(6)
        if kind == 0:
            data = data[:at] + rng.choice(BYTES) + data[at:]
        elif kind == 1:
            data = data[:at] + rng.choice(BYTES) + data[end:]
        elif kind == 2:
            data = data[:at] + data[end:]
        elif kind == 3:
            data = data[:end] + data[at:]
        elif kind == 4:
            data = data[:at] + rng.randbytes(end - at) + data[end:]
        elif rng.random() < 0.3:
            data = data[:at]
    return data


def rows_to_bytes(kind: str, rows: list[dict]) -> bytes:
    """A valid file of a kind with these rows."""
    if kind == ".txt":
        return "\n".join(str(r["text"]) for r in rows).encode("utf-8", "replace")
    if kind == ".jsonl":
        return "".join(json.dumps(r) + "\n" for r in rows).encode()
    if kind in (".csv", ".tsv"):
        mark = "," if kind == ".csv" else "\t"
        lines = [mark.join(rows[0])]
        lines += [
            mark.join(f'"{str(v).replace(chr(34), chr(34) * 2)}"' for v in r.values()) for r in rows
        ]
        return "\n".join(lines).encode("utf-8", "replace")
    if kind == ".xml":
        body = "".join(
            f"<Sentence id={_xml(str(r['id']))} date={_xml(str(r['date']))}><Text>{_xml(str(r['text']))[1:-1]}</Text></Sentence>\n"
            for r in rows
        )
        return f"<Sentences>{body}</Sentences>".encode("utf-8", "replace")
    import pandas as pd

    file = io.BytesIO()
    clean = [{k: str(v).encode("utf-8", "replace").decode() for k, v in r.items()} for r in rows]
    pd.DataFrame(clean).to_parquet(file)
    return file.getvalue()


def _xml(cell: str) -> str:
    return quoteattr("".join(c for c in cell if c.isprintable() or c in "\n\t"))


def good_row(name: str) -> dict:
    """A row that gives one event."""
    return {"id": name, "date": "2014-05-20", "text": GOOD, "title": "", "source": "AFP", "url": ""}


def hostile_row(rng: Random) -> dict:
    """A row with the columns of an article and anything in them."""
    row = {name: value(rng) for name in good_row("")}
    if rng.random() < 0.8:
        row["text"] = text(rng)
    return row


def packed(rng: Random, name: str, data: bytes) -> tuple[str, bytes]:
    """Now and then gzipped, and then now and then damaged."""
    if rng.random() < 0.7:
        return name, data
    data = gzip.compress(data, 1)
    return name + ".gz", damaged(rng, data) if rng.random() < 0.5 else data
