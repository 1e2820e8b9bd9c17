"""When an event happened: the words of its clause that tell a day.

Words of another clause, of a deadline ("by Friday"), of a span ("since May 3") and of other events
("Sunday's attack") tell nothing of it; the day of publication then stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date

from coder.clauses import APART, OWN, SHARED, act_token, governor, is_charge, is_verb, path
from coder.day_words import (
    DAILY,
    EARLIER,
    FUTURE,
    HISTORY,
    NUMBER,
    PAST,
    PUBLISHED,
    UNIT,
    Mark,
    find_marks,
    is_over,
    resolve,
    shift,
)
from coder.features import Span, head_of, token_range
from coder.syntax import Parse

UNDATED = "no day is told"

_OFFSET = re.compile(rf"\b{NUMBER} {UNIT} (?P<order>after|before)$", re.IGNORECASE)
_FUTURE_VERBS = frozenset("plan schedule set due expect intend aim slate prepare hope".split())


@dataclass(frozen=True, slots=True)
class When:
    """The day of an event, the rule that gave it and the words it read.

    The day is None for history whose day is not told, and if nothing is known.
    """

    day: Date | None
    rule: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A mark that holds for an act: how near (`OWN` or `SHARED`), and the tense of its clause."""

    rank: int
    mark: Mark
    tense: str

    @property
    def order(self) -> tuple[int, bool, int]:
        """Nearer clauses first, days before history and before what is counted from them."""
        return self.rank, self.mark.rule in (HISTORY, EARLIER), self.mark.start


def event_date(
    sentence: str, published: Date | None, parse: Parse, action: Span, begin: int = 0
) -> When:
    """When the act of a parsed sentence happened; of an act without words, what is said first.

    `action` is the span of the act, `begin` the offset behind a dateline. Without a date of
    publication only a full date counts.
    """
    act = act_token(parse, action)
    told = sorted(_told(sentence, parse, act, begin), key=lambda t: t.order)
    found = next((w for t in told if (w := _read(t, told, sentence, published))), None)
    found = found or When(published, PUBLISHED if published else UNDATED)
    if act is None or found.day is None or any(t.rank == OWN for t in told):
        return found
    return _counted(sentence, parse, act, found)


def _told(sentence: str, parse: Parse, act: int | None, begin: int) -> Iterator[Told]:
    """The marks that hold for an act, with the tense of their clauses."""
    for mark in find_marks(sentence, begin):
        tokens = token_range(parse, (mark.start, mark.end))
        head = _verb_before(parse, tokens[0], mark)
        head = head_of(parse, tokens) if head is None else head
        rank, way = path(parse, head, act) if act is not None else (SHARED, [])
        verb = governor(parse, head)
        if rank == APART and mark.rule in DAILY and act is not None and is_charge(parse, verb, act):
            rank = SHARED  # news of the week: what one is charged with is older
        if rank != APART and not (way and _is_of_other(parse, mark, way, act)):
            yield Told(rank, mark, _tense(parse, verb))


def _read(told: Told, others: list[Told], sentence: str, published: Date | None) -> When | None:
    """The day that a mark tells; None if its rule tells none."""
    mark = told.mark
    words = sentence[mark.start : mark.end].strip()
    if mark.rule == EARLIER:
        days = (resolve(t.mark, t.tense, published) for t in others if t is not told)
        day = next(filter(None, days), published)
        return When(shift(mark.groups, day, -1), mark.rule, words) if day else None
    if day := resolve(mark, told.tense, published):
        return When(day, mark.rule, words)
    return When(None, HISTORY, words) if is_over(mark, published) else None


def _is_of_other(parse: Parse, mark: Mark, way: list[int], act: int) -> bool:
    """Whether words date a thing that is no act of this clause: "condemned Sunday's attack".

    What happens "at Monday's summit" is of that day; so is the act itself ("Monday's attack").
    """
    nouns = [i for i in way if parse.tags[i][:2] == "NN" and parse.ends[i] > mark.end]
    if not nouns:
        return False
    modifies = mark.possessive or parse.deps[way[0]] in ("compound", "nmod", "nummod", "amod")
    if not modifies:
        return False
    noun = nouns[0]
    held = parse.deps[noun] == "pobj" and parse.lemmas[parse.heads[noun]] in ("at", "in", "during")
    return noun != act and not held


def _verb_before(parse: Parse, first: int, mark: Mark) -> int | None:
    """The verb that a mark stands at once behind, which it dates: "said on Monday it would"."""
    i = first - 1
    while i > 0 and parse.lemmas[i] in ("on", "late", "early", "in", "earlier"):
        i -= 1
    return i if i >= 0 and is_verb(parse, i) and not mark.possessive else None


def _tense(parse: Parse, verb: int) -> str:
    """Whether a verb speaks of the future or the past; "" if that is open."""
    children = [i for i, h in enumerate(parse.heads) if h == verb and i != verb]
    aux = {parse.lemmas[i] for i in children if parse.deps[i] in ("aux", "auxpass")}
    if aux & {"will", "shall", "wo", "'ll", "would", "'d"} and "have" not in aux:
        return FUTURE
    if "to" in aux or parse.lemmas[verb] in _FUTURE_VERBS:
        return FUTURE
    if parse.tags[verb] == "VBG" and {parse.words[i].lower() for i in children} & {"is", "are"}:
        return FUTURE
    return PAST if parse.tags[verb] in ("VBD", "VBN") else ""


def _counted(sentence: str, parse: Parse, act: int, found: When) -> When:
    """The day of an act "two days after" which the rest of the sentence happened."""
    markers = [
        i
        for i, h in enumerate(parse.heads)
        if h == act and i < act and parse.lemmas[i] in ("after", "before")
    ]
    offset = _OFFSET.search(sentence[: parse.ends[markers[0]]]) if markers else None
    if offset is None or found.day is None:
        return found
    groups = offset.groupdict()
    sign = -1 if groups["order"].lower() == "after" else 1
    day = shift(groups, found.day, sign)
    return When(day, "counted from the day of the other clause", offset.group())
