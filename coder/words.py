"""Closed word classes of the actor rules, from `data/word_classes.txt`."""

from functools import cache
from importlib.resources import files


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """Lower-case words by class name, as the file declares them."""
    classes: dict[str, frozenset[str]] = {}
    text = files("coder").joinpath("data/word_classes.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        name, colon, words = line.partition(":")
        if colon and not line.startswith("#"):
            classes[name] = classes.get(name, frozenset()) | frozenset(words.split())
    return classes


@cache
def world_regions() -> dict[str, frozenset[str]]:
    """CAMEO country codes by what countries are called: "baltic", "west african", "kingdom"."""
    regions: dict[str, frozenset[str]] = {}
    text = files("coder").joinpath("data/world_regions.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        names, colon, codes = line.partition(":")
        for name in names.split("|") if colon and not line.startswith("#") else ():
            regions[name.strip()] = regions.get(name.strip(), frozenset()) | {*codes.split()}
    return regions


@cache
def letter_of() -> dict[str, str]:
    """The class letter of each word that has one; an earlier class of the file wins."""
    letters: dict[str, str] = {}
    for name, words in word_classes().items():
        if len(name) == 1:
            for word in words:
                letters.setdefault(word, name)
    return letters
