"""Figures of event data, drawn with matplotlib: dyads, roots and a heat map.

Colours are told apart by people with any colour vision: cooperation is blue and conflict orange to
red, material darker than verbal, and what is stacked has white lines between. The same events give
the same file, byte for byte: sizes, fonts and styles are fixed here, files hold no date.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import IO, TYPE_CHECKING

import pandas as pd

from coder.errors import InputError
from coder.figures import Series, Shown, name_of
from coder.ontology import QUAD_CLASSES, load_ontology

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMS = (".png", ".svg")

QUADS = {1: "#8cc2ec", 2: "#14528f", 3: "#fbb95c", 4: "#b8330c"}
"""Colours of the quad classes."""

RAMPS = {
    1: ("#e4f0fb", "#6aaee0"), 2: ("#2f7ec0", "#062d5c"),
    3: ("#fff3cc", "#f7a823"), 4: ("#f08255", "#4d0707"),
}  # fmt: skip
"""Colours of the first and last root of each quad class; the others lie between."""

GREY, PALE = "#595959", "#d9d9d9"
WIDTH = 9.0
"""Inches."""

CELL = 0.36
"""Inches of the smallest cell of a heat map."""

STYLE = {
    "font.family": "DejaVu Sans", "font.size": 9.0, "text.color": "#1a1a1a",
    "axes.edgecolor": GREY, "axes.labelcolor": GREY, "axes.spines.top": False,
    "axes.spines.right": False, "axes.titlesize": 9.5, "axes.titlelocation": "left",
    "xtick.color": GREY, "ytick.color": GREY, "xtick.labelsize": 8.0, "ytick.labelsize": 8.0,
    "legend.frameon": False, "legend.fontsize": 8.5, "figure.facecolor": "white",
    "savefig.dpi": 150, "svg.hashsalt": "eventcoder", "path.simplify": True,
}  # fmt: skip


def check_output(output: str | None) -> str:
    """The form of a figure's file, png or svg, by its suffix; InputError for others.

    Raises InputError too when matplotlib is not installed.
    """
    form = next((s for s in FORMS if str(output or "").lower().endswith(s)), None)
    if form is None:
        raise InputError(f"{output or '-o'}: unknown kind of picture; give -o FILE.png or FILE.svg")
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        raise InputError("figures need matplotlib; run pip install 'eventcoder[plot]'") from None
    return form[1:]


@contextmanager
def style() -> Iterator[None]:
    """The look of all figures, whatever the user's own settings are."""
    import matplotlib

    settings = {k: v for k, v in matplotlib.rcParamsDefault.items() if k != "backend"}
    with matplotlib.rc_context({**settings, **STYLE}):
        yield


def save(figure: "Figure", form: str, file: IO[bytes]) -> None:
    """Write a figure without a date or version."""
    figure.savefig(
        file, format=form, metadata={"png": {"Software": None}, "svg": {"Date": None}}[form]
    )


def new_figure(height: float, title: str, *lines: str, width: float = WIDTH) -> "Figure":
    """An empty figure with a title and lines under it at the upper left, within 0.85 inches."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height))
    figure.text(0.1 / width, 1 - 0.12 / height, title, size=12, weight="bold", va="top")
    figure.text(0.1 / width, 1 - 0.39 / height, "\n".join(lines), size=8.5, color=GREY, va="top",
                linespacing=1.35)  # fmt: skip
    return figure


def counted(number: float, noun: str) -> str:
    """ "1 event", "1,200 events"."""
    return f"{number:,.0f} {noun}{'' if number == 1 else 's'}"


def draw_dyads(series: Sequence[Series], shown: Shown) -> "Figure":
    """Small panels of dyads: cooperation as bars upwards, conflict downwards."""
    columns = 1 if len(series) == 1 else 2
    rows = -(-len(series) // columns)
    height = 1.5 + 1.75 * rows
    axis = f"Events per {shown.by}: cooperation upwards, conflict downwards"
    axis += "; each panel has its own scale" if len(series) > 1 else ""
    told = f"{len(series)} of {shown.of:,} dyads: {_what(shown)}"
    figure = new_figure(height, "Dyads by quad class", axis, told)
    series = [_centred(s, shown.by) for s in series]
    panels = figure.subplots(rows, columns, sharex=True, squeeze=False)
    figure.subplots_adjust(
        left=0.055, right=0.965, top=1 - 1.1 / height, bottom=0.65 / height,
        hspace=0.32, wspace=0.12,
    )  # fmt: skip
    for panel, one in zip(panels.flat, series, strict=False):
        _mirrored(panel, one, shown.by)
    for panel in panels.flat[len(series) :]:
        panel.set_axis_off()
        panels[-2, -1].tick_params(labelbottom=True)
    _legend_below(figure, list(QUAD_CLASSES.values()), list(QUADS.values()))
    return figure


def draw_roots(series: Series, shown: Shown) -> "Figure":
    """Stacked bars of the CAMEO roots, in the order of the codebook."""
    height, series = 5.2, _centred(series, shown.by)
    figure = new_figure(height, "Event roots over time", f"Events per {shown.by}: {_what(shown)}")
    axes = figure.add_axes((0.06, 0.45 / height, 0.63, 1 - 1.25 / height))
    colours, names = root_colours(), load_ontology()
    base = pd.Series(0, index=series.counts.index)
    for root in series.counts.columns:
        _bars(axes, series, series.counts[root], base, colours[root])
        base += series.counts[root]
    _time_axis(axes, series, shown.by)
    _count_axis(axes)
    totals = series.counts.sum()
    lines = [f"{r}  {_short(names[r].name, 34)} ({totals[r]:,})" for r in totals.index]
    _legend(figure, lines[::-1], [colours[r] for r in totals.index][::-1], (0.7, 1 - 0.75 / height))
    return figure


def draw_matrix(matrix: pd.DataFrame, shown: Shown) -> "Figure":
    """A heat map of source and target, each cell with its number; empty cells stay white."""
    import numpy as np
    from matplotlib.colors import LogNorm

    size = len(matrix)
    side = max(CELL, min(0.7, 4 / size)) * size
    left, width, height = 2.3, max(2.3 + side + 0.2, 7.0), side + (1.55 if size > 12 else 1.4)
    told = f"{size} of {shown.of:,} actors: {_what(shown)}"
    axis = "Events from source (row) to target (column)"
    figure = new_figure(height, "Dyads", axis, told, width=width)
    axes = figure.add_axes((left / width, 0.15 / height, side / width, side / height))
    counts = matrix.to_numpy()
    norm = LogNorm(0.5, max(10, counts.max()))
    axes.imshow(np.ma.masked_equal(counts, 0), cmap="Blues", norm=norm, aspect="auto")
    for (row, column), count in np.ndenumerate(counts):
        if count:
            dark = norm(count) > 0.6
            axes.text(column, row, _few(count), ha="center", va="center", size=7 if size > 10 else 8.5,
                      color="white" if dark else "#1a1a1a")  # fmt: skip
    names = [f"{_short(name_of(c), 30)}  {c}" if name_of(c) != c else c for c in matrix.index]
    axes.set_yticks(range(size), names)
    axes.set_xticks(range(size), matrix.columns, rotation=90 if size > 12 else 0)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set_xticks(np.arange(size + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(size + 1) - 0.5, minor=True)
    axes.grid(which="minor", color=PALE, linewidth=0.5)
    axes.tick_params(which="minor", length=0)
    axes.spines[:].set(visible=True, color=PALE)
    return figure


def root_colours() -> dict[str, str]:
    """A colour for each root: a shade of the colour of its quad class."""
    from matplotlib.colors import LinearSegmentedColormap, to_hex

    roots = [c for c in load_ontology() if len(c.code) == 2]
    found: dict[str, str] = {}
    for quad, ends in RAMPS.items():
        of_quad = [c.code for c in roots if c.quad_class == quad]
        shade = LinearSegmentedColormap.from_list(str(quad), ends)
        found |= {r: to_hex(shade(i / (len(of_quad) - 1))) for i, r in enumerate(of_quad)}
    return found


def _mirrored(axes: "Axes", series: Series, by: str) -> None:
    for signs, quads in ((1, (2, 1)), (-1, (4, 3))):
        base = pd.Series(0, index=series.counts.index)
        for quad in quads:
            counts = signs * series.counts[quad]
            _bars(axes, series, counts, base, QUADS[quad])
            base += counts
    up, down = (series.counts[list(quads)].sum(axis=1).max() for quads in ((1, 2), (3, 4)))
    axes.set_ylim(-1.08 * max(1, down), 1.08 * max(1, up))
    axes.axhline(0, color=GREY, linewidth=0.6)
    axes.set_title(f"{series.name}  ({int(series.counts.to_numpy().sum()):,})", pad=4)
    _time_axis(axes, series, by)
    _count_axis(axes)


def _centred(series: Series, by: str) -> Series:
    """The bars of days stand over their ticks, those of longer periods to the right of them."""
    half = pd.Timedelta(hours=12 if by == "day" else 0)
    return replace(series, starts=series.starts - half, ends=series.ends - half)


def _bars(axes: "Axes", series: Series, counts: pd.Series, base: pd.Series, colour: str) -> None:
    """Bars as wide as their periods, with a thin white line round each if there are few."""
    width = (series.ends - series.starts).days.to_numpy()
    line = 0.4 if len(series.starts) <= 130 else 0.0
    axes.bar(series.starts, counts.to_numpy(), width, base.to_numpy(), align="edge",
             color=colour, edgecolor="white", linewidth=line)  # fmt: skip


def _time_axis(axes: "Axes", series: Series, by: str) -> None:
    from matplotlib.dates import AutoDateLocator, num2date
    from matplotlib.ticker import FuncFormatter

    def label(number: float, _: int) -> str:
        day = num2date(number)
        if (day.month, day.day) == (1, 1):
            return f"{day.year}"
        return f"{day.day} {day:%b}" if by in ("day", "week") else f"{day:%b %Y}"

    first, last = series.starts[0], series.ends[-1]
    spare = max(pd.Timedelta(0), (pd.Timedelta(days=6) - (last - first)) / 2)
    axes.set_xlim(first - spare, last + spare)
    axes.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=7))
    axes.xaxis.set_major_formatter(FuncFormatter(label))


def _count_axis(axes: "Axes") -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):,.0f}"))
    axes.grid(axis="y", color=PALE, linewidth=0.5)
    axes.set_axisbelow(True)


def _legend_below(figure: "Figure", names: list[str], colours: list[str]) -> None:
    from matplotlib.patches import Patch

    patches = [Patch(color=c, label=n) for n, c in zip(names, colours, strict=True)]
    figure.legend(handles=patches, loc="lower center", ncols=len(names), handlelength=1.2)


def _legend(
    figure: "Figure", names: list[str], colours: list[str], corner: tuple[float, float]
) -> None:
    from matplotlib.patches import Patch

    patches = [Patch(facecolor=c, label=n) for n, c in zip(names, colours, strict=True)]
    figure.legend(handles=patches, loc="upper left", bbox_to_anchor=corner, fontsize=7.8,
                  handlelength=1.2, labelspacing=0.45, borderaxespad=0)  # fmt: skip


def _what(shown: Shown) -> str:
    text = f"{counted(shown.events, 'event')}, {shown.first}"
    text += f" to {shown.last}" if shown.last != shown.first else ""
    if shown.without_dyad:
        text += f"; {shown.without_dyad:,} more without two countries"
    return text


def _few(count: int) -> str:
    """A count in at most four characters: 9999, 12k."""
    return str(count) if count < 10_000 else f"{count / 1000:.0f}k"


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"
