"""From scored dyads to events: what to keep, which overlaps to drop, what to mirror."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coder.dyads import actor_identity, is_group
from coder.ontology import Ontology
from coder.records import Article, Dyad, Event
from coder.scenes import Scene
from coder.segment import is_lead

MIRRORED = {"019", "040", "041", "044", "046", "057"}
"""Acts that two sides do together by definition: coded in both directions (CAMEO 2.4, 2.5)."""

MIRROR_CODES = {"042": "043", "043": "042"}
"""A visit is coded from both ends: the traveller makes it, the host receives it."""

SHARED_ROOTS = {"01", "03", "04", "05", "06", "19"}
"""Roots coded in both directions when the two are named as equals ("A and B agreed to ...")."""

GROUP_SHARE = 0.5
"""The share of the threshold that a group needs: that the article names just two parties before
"they signed" is evidence that the gate, which sees one sentence, does not have."""

RELATIVE = 0.5
"""The share of the probability of the best event of its root that another of the sentence needs."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A dyad with its best code; `joined` when both are named as equals or as a group."""

    dyad: Dyad
    event_code: str
    event_probability: float
    root_probability: float
    joined: bool
    action: tuple[int, int]

    @property
    def probability(self) -> float:
        """That the source did something of this root to the target."""
        return self.event_probability * self.root_probability


def settle(candidates: Iterable[Candidate], threshold: float) -> list[Candidate]:
    """Keep the candidates of one sentence that are probable and do not overlap.

    Of one dyad and root the most probable stays, a joint act before a one-sided one; of two
    directions the more probable, unless the act is shared; an actor alone gives way to any pair that
    it is part of; nobody joins what a group did with itself; what is far less probable than another event of its root goes.
    """
    likely = [c for c in candidates if c.probability >= least(c.dyad, threshold)]
    paired = parties(likely)
    likely = [c for c in likely if not is_idle(c.dyad, paired)]
    likely.sort(key=lambda c: (c.dyad.target is None, -c.probability))
    joint = {(c.dyad.source.start, c.event_code[:2]) for c in likely if is_group(c.dyad)}
    best: dict[str, float] = {}
    kept: dict[tuple[str, str, str], Candidate] = {}
    for candidate in likely:
        source, target, root = _key(candidate)
        if _intrudes(candidate, joint):
            continue
        if candidate.probability < RELATIVE * best.setdefault(root, candidate.probability):
            continue
        if (source, target, root) in kept:
            if _shared(candidate) and not _shared(kept[source, target, root]):
                kept[source, target, root] = candidate
            continue
        if (target, source, root) in kept and not _shared(candidate):
            continue
        kept[source, target, root] = candidate
    return list(kept.values())


def parties(candidates: Iterable[Candidate]) -> set[str]:
    """The actors of probable pairs, as `actor_identity` names them."""
    pairs = ((c.dyad.source, c.dyad.target) for c in candidates if c.dyad.target)
    return {actor_identity(m.code) for pair in pairs for m in pair}


def is_idle(dyad: Dyad, paired: set[str]) -> bool:
    """Whether an actor alone need not be looked at, since it is part of a probable pair."""
    return dyad.target is None and actor_identity(dyad.source.code) in paired


def candidates_to_events(
    article: Article,
    kept: Sequence[tuple[Candidate, Scene]],
    ontology: Ontology,
    model: str,
) -> list[Event]:
    """Events of one sentence, mirrored where the act is shared, in order of probability."""
    events: dict[tuple[str, str, str], Event] = {}
    for candidate, scene in sorted(kept, key=lambda pair: -pair[0].probability):
        for event in _directions(article, candidate, scene, ontology, model):
            events.setdefault((event.source, event.target, event.event_code), event)
    return list(events.values())


def _key(candidate: Candidate) -> tuple[str, str, str]:
    """Source, target and root, a country and its government being one actor."""
    target = candidate.dyad.target
    source = actor_identity(candidate.dyad.source.code)
    return source, actor_identity(target.code) if target else "", candidate.event_code[:2]


def least(dyad: Dyad, threshold: float) -> float:
    """The least probability for a dyad: lower for "the two sides", which the gate underrates."""
    return threshold * GROUP_SHARE if is_group(dyad) else threshold


def _intrudes(candidate: Candidate, joint: set[tuple[int, str]]) -> bool:
    """Whether an outsider is made a party to what "the two sides" did with each other."""
    dyad, root = candidate.dyad, candidate.event_code[:2]
    if is_group(dyad) or not _shared(candidate):
        return False
    return any(m and (m.start, root) in joint for m in (dyad.source, dyad.target))


def _shared(candidate: Candidate) -> bool:
    code = candidate.event_code
    joined = candidate.joined and code[:2] in SHARED_ROOTS
    return joined or code in MIRRORED or code in MIRROR_CODES


def _directions(
    article: Article, candidate: Candidate, scene: Scene, ontology: Ontology, model: str
) -> Iterable[Event]:
    code = candidate.event_code
    yield _event(article, candidate, scene, code, False, ontology, model)
    if candidate.dyad.target is not None and _shared(candidate):
        other = MIRROR_CODES.get(code, code)
        yield _event(article, candidate, scene, other, True, ontology, model)


def event_id(article_id: str, sentence: int, source: str, target: str, code: str) -> str:
    """The same in every run for an article, the index of a sentence, actor codes and event code."""
    key = "\x1f".join([article_id, str(sentence), source, target, code])
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def in_article(event: Event, article_id: str) -> Event:
    """The event, had its article this id."""
    if event.article_id == article_id:
        return event
    end = (event.source, event.target, event.event_code)
    made = event_id(article_id, event.sentence_index, *end)
    return replace(event, article_id=article_id, event_id=made)


def _event(
    article: Article,
    candidate: Candidate,
    scene: Scene,
    code: str,
    reverse: bool,
    ontology: Ontology,
    model: str,
) -> Event:
    dyad, entry = candidate.dyad, ontology[code]
    ends = [(dyad.source.code, dyad.source.text), ("", "")]
    if dyad.target is not None:
        ends[1] = (dyad.target.code, dyad.target.text)
    (source, source_text), (target, target_text) = ends[::-1] if reverse else ends
    day, place = scene.when.day, scene.where.place
    return Event(
        event_id=event_id(article.id, dyad.sentence.index, source, target, code),
        date=day.isoformat() if day else "",
        article_date=article.date.isoformat() if article.date else "",
        source=source,
        target=target,
        event_code=code,
        base_code=entry.base,
        root_code=entry.root,
        event_name=entry.name,
        plover=entry.plover,
        quad_class=entry.quad_class,
        goldstein=entry.goldstein,
        probability=round(candidate.probability, 4),
        mentions=1,
        sources=1,
        articles=1,
        place=place.name if place and place.kind != "country" else "",
        country=place.country if place else "",
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        article_id=article.id,
        sentence_index=dyad.sentence.index,
        lead=int(is_lead(article.text, dyad.sentence.start)),
        source_text=source_text,
        target_text=target_text,
        action_text=dyad.sentence.text[slice(*candidate.action)],
        sentence=" ".join(dyad.sentence.text.split()),
        url=article.url,
        publisher=article.source,
        model=model,
    )
