"""The events most worth labelling, as corrections ready to fill in."""

import csv
import hashlib
from collections.abc import Iterable
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from coder.corrections import COLUMNS, FILLED_IN
from coder.dataset import defuse
from coder.errors import InputError
from coder.spans import find_spans, mark

if TYPE_CHECKING:
    import pandas as pd

USED = (
    "event_id", "event_code", "root_code", "event_name", "probability", "source", "target", "date",
    "url", "source_text", "target_text", "action_text", "sentence",
)  # fmt: skip
"""What drawing a sample reads of an event."""

BAND = 0.05
"""Probabilities that lie this near are equally worth labelling; chance decides among them."""


def draw_uncertain(pieces: Iterable["pd.DataFrame"], size: int, seed: int = 0) -> "pd.DataFrame":
    """The events most worth labelling: probabilities nearest to one half, spread over the roots.

    `pieces` hold USED. Roots take turns, the least frequent first, until `size` events are drawn; a
    sentence gives one event. Equally uncertain ones are drawn by `seed`, the same for the same
    events whatever their order. Events without a probability or without their source in their
    sentence cannot be judged and are left out.
    """
    import pandas as pd

    kept = []
    for piece in pieces:
        pairs = zip(piece["source_text"], piece["sentence"], strict=True)
        in_place = [bool(words) and " ".join(words.split()) in text for words, text in pairs]
        usable = piece[in_place].dropna(subset="probability").drop_duplicates("event_id")
        kept.append(_best_of_roots(usable, size, seed))
    if not any(map(len, kept)):
        raise InputError(
            "no event has a probability and its source in its sentence: there is nothing to label; "
            "give a file that `eventcoder code` wrote"
        )
    best = _best_of_roots(pd.concat(kept), size, seed)
    queues = [list(rows) for rows in best.groupby("root_code").groups.values()]
    return best.loc[_take_turns(queues, size)].reset_index(drop=True)


def _best_of_roots(events: "pd.DataFrame", size: int, seed: int) -> "pd.DataFrame":
    """The `size` most uncertain events of each root, one a sentence, best first."""
    chance = [hashlib.sha256(f"{seed} {i}".encode()).hexdigest() for i in events["event_id"]]
    keyed = events.assign(
        _doubt=((events["probability"] - 0.5).abs() / BAND).round(6) // 1, _chance=chance
    )
    keyed = keyed.sort_values(["_doubt", "_chance"], kind="stable")
    one = keyed.drop_duplicates("sentence")
    return one.groupby("root_code", sort=False).head(size)[events.columns].reset_index(drop=True)


def _take_turns(queues: list[list[int]], size: int) -> list[int]:
    """Members of the queues in turn, shortest queue first, until `size` are drawn."""
    turns = zip_longest(*sorted(queues, key=len))
    return list(islice((row for turn in turns for row in turn if row is not None), size))


def sample_to_csv(events: "pd.DataFrame") -> str:
    """Events as corrections with nothing filled in."""
    lines: list[str] = []

    class Lines:
        def write(self, line: str) -> None:
            lines.append(line[:-2] + "\n")

    writer = csv.writer(Lines())
    writer.writerow(COLUMNS)
    for row in events.to_dict("records"):
        day = row["date"]
        row["date"] = "" if day != day else f"{day:%Y-%m-%d}"  # NaT differs from itself
        row["text"] = _marked_text(row)
        row.update(dict.fromkeys(FILLED_IN, ""))
        cells = (row[c] for c in COLUMNS)
        writer.writerow([defuse(v) if isinstance(v, str) else v for v in cells])
    return "".join(lines)


def _marked_text(row: dict[str, str]) -> str:
    """The sentence of an event with its actors marked."""
    words = (row["source_text"], row["target_text"], row["action_text"])
    return mark(row["sentence"], find_spans(row["sentence"], *words))
