"""The quality gate: measured figures may not fall below their floors, nor the yardstick change.

python -m training.floors check             compare with seeds/floors.json
python -m training.floors raise             lift each floor to what is measured now, less SLACK
python -m training.floors lower METRIC REASON    lower one floor to what is measured, and say why

seeds/floors.json holds, for each metric, its floor, the digest of the data it is measured on and
the reasons why it was ever lowered. Data that changed has no floor until `raise` sets one, and
`check` fails until then: a floor cannot be lowered by exchanging the data behind it unseen.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from coder.errors import InputError
from coder.pipeline import EventCoder, load_coder
from coder.scorecard import score_articles, scorecard
from training.console import run

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "seeds" / "floors.json"
SLACK = 0.01
"""What a new fit may lose by chance alone."""


@dataclass(frozen=True, slots=True)
class Floor:
    """Least value of a metric on data with a digest; `lowered` lists the reasons why it ever fell."""

    least: float
    digest: str
    lowered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured value and the digest of the data it was measured on."""

    value: float
    digest: str


def measure(coder: EventCoder) -> dict[str, Measure]:
    """All gated figures of the shipped model, by name ("gold: precision")."""
    found: dict[str, Measure] = {}
    for name in ("articles", "gold"):
        folder = ROOT / "seeds" / name
        card = score_articles(coder, folder)
        for key in ("precision", "recall"):
            found[f"{name}: {key}"] = Measure(card["country_root"][key], digest_of(folder))
            found[f"{name}: actor {key}"] = Measure(card["mentions"][key], digest_of(folder))
    path = ROOT / "seeds" / "heldout.jsonl"
    card = scorecard(coder, path)
    values = {
        "root macro-F1": card["root"]["macro_f1"],
        "quad class macro-F1": card["quad"]["macro_f1"],
        "base given root": card["base_given_root"],
        "code given root": card["code_given_root"],
        "calibration": 1 - card["calibration_error"],
    }
    return found | {f"heldout: {k}": Measure(v, digest_of(path)) for k, v in values.items()}


def digest_of(path: Path) -> str:
    """SHA-256 over the names and bytes of a file, or of a folder's files."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    total = hashlib.sha256()
    for file in files:
        total.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def read_floors(path: Path) -> dict[str, Floor]:
    """Floors by metric; an absent file holds none."""
    if not path.is_file():
        return {}
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {k: Floor(r["least"], r["digest"], tuple(r["lowered"])) for k, r in rows.items()}


def write_floors(path: Path, floors: dict[str, Floor]) -> None:
    """Write floors, one metric after the other."""
    rows = {name: asdict(floor) for name, floor in sorted(floors.items())}
    path.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def failures(measured: dict[str, Measure], floors: dict[str, Floor]) -> list[str]:
    """One line for each metric without a floor, on other data, or below its floor."""
    lines = [f"{name}: has a floor but is no longer measured" for name in set(floors) - {*measured}]
    for name, m in measured.items():
        floor = floors.get(name)
        if floor is None:
            lines.append(f"{name}: no floor yet; set it with `raise`")
        elif floor.digest != m.digest:
            lines.append(f"{name}: its data changed; look at the change, then set it with `raise`")
        elif m.value < floor.least:
            lines.append(f"{name}: {m.value:.3f} is below its floor {floor.least:.3f}")
    return sorted(lines)


def raised(measured: dict[str, Measure], floors: dict[str, Floor]) -> dict[str, Floor]:
    """Floors lifted to what is measured less SLACK; on the same data none falls."""
    out = {}
    for name, m in measured.items():
        old = floors.get(name)
        least = round(m.value - SLACK, 3)
        if old and old.digest == m.digest:
            least = max(least, old.least)
        out[name] = Floor(least, m.digest, old.lowered if old else ())
    return out


def lowered(
    measured: dict[str, Measure], floors: dict[str, Floor], name: str, reason: str
) -> dict[str, Floor]:
    """Floors with one lowered to what is measured less SLACK, its reason kept."""
    if name not in measured:
        raise InputError(f"{name!r} is no metric; one of: {', '.join(sorted(measured))}")
    m, old = measured[name], floors.get(name)
    reasons = (*(old.lowered if old else ()), reason)
    return floors | {name: Floor(round(m.value - SLACK, 3), m.digest, reasons)}


@click.group()
def cli() -> None:
    """The quality gate of the shipped model."""


@cli.command("check")
def check_command() -> None:
    """Fail, naming each figure that is below its floor or whose data changed."""
    measured, floors = measure(load_coder()), read_floors(FLOORS)
    for name, m in measured.items():
        least = f"{floors[name].least:.3f}" if name in floors else "none"
        click.echo(f"{name:28s} {m.value:.3f}  floor {least}")
    if lines := failures(measured, floors):
        raise InputError("quality gate: " + "; ".join(lines))


@cli.command("raise")
def raise_command() -> None:
    """Lift the floors to what is measured now."""
    write_floors(FLOORS, raised(measure(load_coder()), read_floors(FLOORS)))


@cli.command("lower")
@click.argument("metric")
@click.argument("reason")
def lower_command(metric: str, reason: str) -> None:
    """Lower the floor of METRIC to what is measured now, for a REASON that is kept."""
    floors = lowered(measure(load_coder()), read_floors(FLOORS), metric, reason)
    write_floors(FLOORS, floors)


if __name__ == "__main__":
    run(cli)
