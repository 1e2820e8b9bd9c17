"""The quality gate: floors hold, data cannot be exchanged unseen, lowering leaves its reason."""

import pytest

from coder.errors import InputError
from training.floors import (
    Floor,
    Measure,
    digest_of,
    failures,
    lowered,
    raised,
    read_floors,
    write_floors,
)

NOW = {"gold: recall": Measure(0.66, "d1")}


@pytest.mark.parametrize(
    ("floors", "said"),
    [
        ({"gold: recall": Floor(0.65, "d1")}, []),
        ({"gold: recall": Floor(0.67, "d1")}, ["gold: recall: 0.660 is below its floor 0.670"]),
        ({}, ["gold: recall: no floor yet; set it with `raise`"]),
        (
            {"gold: recall": Floor(0.1, "other")},
            ["gold: recall: its data changed; look at the change, then set it with `raise`"],
        ),
        (
            {"gold: recall": Floor(0.65, "d1"), "old": Floor(0.5, "d1")},
            ["old: has a floor but is no longer measured"],
        ),
    ],
)
def test_it_fails_below_a_floor_and_on_other_data(floors, said):
    assert failures(NOW, floors) == said


def test_raising_never_lowers_on_the_same_data():
    assert raised(NOW, {"gold: recall": Floor(0.9, "d1")})["gold: recall"].least == 0.9
    assert raised(NOW, {})["gold: recall"].least == 0.65


def test_lowering_keeps_its_reason(tmp_path):
    floors = lowered(NOW, {"gold: recall": Floor(0.9, "d1")}, "gold: recall", "labels settled")
    write_floors(tmp_path / "floors.json", floors)
    assert read_floors(tmp_path / "floors.json") == {
        "gold: recall": Floor(0.65, "d1", ("labels settled",))
    }
    with pytest.raises(InputError, match="is no metric"):
        lowered(NOW, {}, "gold: recal", "typo")


def test_the_digest_sees_names_and_bytes(tmp_path):
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    one = digest_of(tmp_path)
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    assert digest_of(tmp_path) != one
