"""A map of events. Land and borders are those of Natural Earth (public domain), borders de facto.

Events that spread over the world are shown in the Equal Earth projection (Šavrič, Patterson and
Jenny 2018), in which areas are true; events of one region in an equirectangular map of it.
"""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from coder.figures import Places
from coder.plot import GREY, PALE, QUADS, WIDTH, counted, new_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Project = Callable[[np.ndarray], np.ndarray]
"""From longitude and latitude in degrees (two columns) to x and y on the map."""

WORLD = (-180.0, 180.0, -58.0, 84.0)
"""West, east, south and north of a map of the world; Antarctica has no outline."""

REGION = 0.45
"""The share of the world's width or height that a region takes at most."""

LEAST = 40.0
"""Degrees from west to east of the smallest region: the outlines are coarse, and tell where it is."""

SEA, LAND = "#eef4f8", "#dcdcd6"
CONFLICT = (QUADS[2], "#f2f2f2", QUADS[4])
LARGEST = 22.0
"""Points across the circle of the place with the most events; areas are as the numbers."""

_EQUAL_EARTH = (1.340264, -0.081106, 0.000893, 0.003796)


def draw_map(places: Places) -> "Figure":
    """Circles at the places of events: area by their number, colour by the share of conflict."""
    from matplotlib.colors import LinearSegmentedColormap

    window = frame(places)
    project = equal_earth if window[:2] == WORLD[:2] else _region(window)
    corners = project(_edge(window))
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    high = min(7.0, (WIDTH - 0.2) * (north - south) / (east - west))
    height = high + 1.6
    told = f"{counted(places.events.sum(), 'event')}, {counted(len(places.events), 'place')}"
    told += f"; {places.unplaced:,} more without a place" if places.unplaced else ""
    figure = new_figure(height, "Where events happened", told)
    axes = figure.add_axes((0.1 / WIDTH, 0.85 / height, 1 - 0.2 / WIDTH, high / height))
    axes.set(xlim=(west, east), ylim=(south, north), aspect="equal")
    axes.set_axis_off()
    _land(axes, project, window)
    colours = LinearSegmentedColormap.from_list("conflict", CONFLICT)
    points = project(np.column_stack([places.longitude, places.latitude]))
    circles = axes.scatter(
        *points.T, s=_areas(places.events, places), c=places.conflict / places.events,
        cmap=colours, vmin=0, vmax=1, edgecolors="#1a1a1a", linewidths=0.5, alpha=0.9, zorder=5,
    )  # fmt: skip
    bar = figure.add_axes((0.6 / WIDTH, 0.45 / height, 2.4 / WIDTH, 0.13 / height))
    scale = figure.colorbar(circles, cax=bar, orientation="horizontal", ticks=[0, 0.5, 1])
    scale.set_ticks([0, 0.5, 1], labels=["all cooperation", "half", "all conflict"])
    scale.outline.set_visible(False)
    bar.tick_params(length=0)
    _sizes(figure, places, height)
    return figure


def frame(places: Places) -> tuple[float, float, float, float]:
    """West, east, south and north of the map: the places with a margin, or else the world."""
    west, east = places.longitude.min(), places.longitude.max()
    south, north = places.latitude.min(), places.latitude.max()
    if east - west > REGION * 360 or north - south > REGION * 180:
        return (
            *WORLD[:2],
            max(-90.0, min(WORLD[2], south - 1)),
            min(90.0, max(WORLD[3], north + 1)),
        )
    margin = max(0.12 * max(east - west, north - south), 2.0)
    wide = max(east - west + 2 * margin, 1.3 * (north - south + 2 * margin), LEAST)
    tall = max(north - south + 2 * margin, wide / 2.2)
    x, y = (west + east) / 2, (south + north) / 2
    return (x - wide / 2, x + wide / 2, max(-90.0, y - tall / 2), min(90.0, y + tall / 2))


def equal_earth(degrees: np.ndarray) -> np.ndarray:
    """The Equal Earth projection, on a sphere of radius 1."""
    longitude, latitude = np.radians(degrees).T
    a1, a2, a3, a4 = _EQUAL_EARTH
    angle = np.arcsin(np.sqrt(3) / 2 * np.sin(latitude))
    square = angle**2
    sixth = square**3
    slope = 9 * a4 * sixth * square + 7 * a3 * sixth + 3 * a2 * square + a1
    x = 2 * np.sqrt(3) * longitude * np.cos(angle) / (3 * slope)
    return np.column_stack([x, angle * (a1 + a2 * square + sixth * (a3 + a4 * square))])


@cache
def outlines() -> dict[str, list[np.ndarray]]:
    """Closed lines of land and lines of borders, as longitude and latitude in degrees."""
    found: dict[str, list[np.ndarray]] = {"land": [], "border": []}
    text = files("coder").joinpath("data/outlines.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            kind, *points = line.split()
            steps = np.array([p.split(",") for p in points], dtype=int)
            found[kind].append(np.cumsum(steps, axis=0) / 100)
    return found


def _region(window: tuple[float, float, float, float]) -> Project:
    west, east, south, north = window
    narrow = np.cos(np.radians((south + north) / 2))
    return lambda degrees: degrees * (narrow, 1)


def _edge(window: tuple[float, float, float, float]) -> np.ndarray:
    """Points along the four sides of the map."""
    west, east, south, north = window
    x, y = np.linspace(west, east, 181), np.linspace(south, north, 91)
    sides = (
        (x, np.full_like(x, south)), (np.full_like(y, east), y),
        (x[::-1], np.full_like(x, north)), (np.full_like(y, west), y[::-1]),
    )  # fmt: skip
    return np.concatenate([np.column_stack(side) for side in sides])


def _land(axes: "Axes", project: Project, window: tuple[float, float, float, float]) -> None:
    """Sea, land, borders and a net of degrees."""
    from matplotlib.collections import LineCollection
    from matplotlib.patches import PathPatch, Polygon
    from matplotlib.path import Path

    sea = Polygon(project(_edge(window)), facecolor=SEA, edgecolor=PALE, linewidth=0.6)
    axes.add_patch(sea)
    west, east, south, north = window
    step = next(s for s in (2, 5, 10, 30) if s == 30 or east - west <= 8 * s)
    net = [
        np.column_stack([np.full(91, x), np.linspace(south, north, 91)])
        for x in np.arange(np.ceil(west / step) * step, east, step)
    ] + [
        np.column_stack([np.linspace(west, east, 181), np.full(181, y)])
        for y in np.arange(np.ceil(south / step) * step, north, step)
    ]
    shapes = outlines()
    land = Path.make_compound_path(*(Path(project(r), closed=True) for r in shapes["land"]))
    drawn = [
        PathPatch(land, facecolor=LAND, edgecolor="none", zorder=2),
        LineCollection([project(n) for n in net], colors="white", linewidths=0.6, zorder=1),
        LineCollection([project(r) for r in shapes["land"]], colors="#b5b5ad", linewidths=0.5,
                       zorder=3),
        LineCollection([project(b) for b in shapes["border"]], colors="white", linewidths=0.7,
                       zorder=3),
    ]  # fmt: skip
    for artist in drawn:
        (axes.add_patch if isinstance(artist, PathPatch) else axes.add_collection)(artist)
        artist.set_clip_path(sea)


def _areas(events: np.ndarray, places: Places) -> np.ndarray:
    """Areas of circles in square points."""
    return np.maximum(LARGEST**2 * events / places.events.max(), 6.0)


def _sizes(figure: "Figure", places: Places, height: float) -> None:
    """The key to the sizes: the largest number and two smaller ones."""
    from matplotlib.lines import Line2D

    most = int(places.events.max())
    numbers = sorted({1, max(1, round(most / 5)), most})
    across = np.sqrt(_areas(np.array(numbers), places))
    handles = [
        Line2D([], [], linestyle="", marker="o", markersize=a, markerfacecolor="white",
               markeredgecolor=GREY, label=counted(n, "event"))
        for n, a in zip(numbers, across, strict=True)
    ]  # fmt: skip
    figure.legend(handles=handles, loc="center left", bbox_to_anchor=(3.7 / WIDTH, 0.45 / height),
                  ncols=len(handles), columnspacing=2.0, handletextpad=1.0)  # fmt: skip
    figure.text(1 - 0.1 / WIDTH, 0.1 / height, "Outlines and de facto borders: Natural Earth", size=7, color=GREY,
                ha="right")  # fmt: skip
