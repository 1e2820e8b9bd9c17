"""Features of an ordered pair of actors in a parsed sentence: the one function that training and
coding share.

Every feature is a short string "group:value". Names never enter: proper nouns become NNP, capital
adjectives (demonyms) ADJP, numbers NUM, the two actors SRC and TGT, other actors ACT.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from coder.syntax import Parse

Lexicon = dict[str, tuple[str, ...]]
"""Word classes of a lemma or of a verb with its particle ("pull_out")."""

Span = tuple[int, int]
"""Character offsets in the sentence, end exclusive."""

_MODAL = {"can": "can", "could": "could", "may": "may", "might": "may", "must": "must",
          "shall": "will", "should": "should", "will": "will", "'ll": "will", "wo": "will",
          "would": "would", "'d": "would", "ca": "can"}  # fmt: skip
_LIGHT = {"be", "have", "do", "make", "take", "give", "hold", "get", "put", "set", "bring", "carry",
          "keep", "launch", "stage", "issue", "conduct", "go", "come", "say", "tell"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Masked:
    """What all pairs of a parsed sentence share, one entry a token.

    `words` are the lemmas with actors, names, demonyms and numbers replaced by classes, `nouns`
    the same with the actors' common nouns left in; `classes` are the word classes of `words`;
    `odd` are the words that do not begin with a letter.
    """

    parse: Parse
    words: tuple[str, ...]
    nouns: tuple[str, ...]
    classes: tuple[tuple[str, ...], ...]
    children: tuple[tuple[int, ...], ...]
    odd: frozenset[str]
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class Marked:
    """A masked sentence with the spans of a pair, as token ranges, marked SRC and TGT."""

    parse: Parse
    words: tuple[str, ...]
    nouns: tuple[str, ...]
    classes: tuple[tuple[str, ...], ...]
    children: tuple[tuple[int, ...], ...]
    odd: frozenset[str]
    source: range | None
    target: range | None


def token_range(parse: Parse, span: Span) -> range:
    """The tokens that a character span touches."""
    first, last = bisect_right(parse.ends, span[0]), bisect_left(parse.starts, span[1])
    return range(first, last) if first < last else range(0)


def mask_sentence(parse: Parse, actors: Iterable[Span], lexicon: Lexicon) -> Masked:
    """Mask the actors, names, demonyms and numbers of a sentence."""
    named = [False] * len(parse.words)
    for span in actors:
        for i in token_range(parse, span):
            named[i] = True
    words = tuple(_mask(parse, i, is_actor) for i, is_actor in enumerate(named))
    nouns = tuple(
        _mask(parse, i, False) if is_actor else words[i] for i, is_actor in enumerate(named)
    )
    children = _children(parse)
    classes = tuple(_classes(parse, words, i, children, lexicon) for i in range(len(words)))
    odd = frozenset(w for w in words if not w[:1].isalpha())
    return Masked(parse, words, nouns, classes, children, odd, lexicon)


def _mask(parse: Parse, i: int, is_actor: bool) -> str:
    word, tag = parse.words[i], parse.tags[i]
    capital = word[:1].isupper() and (i > 0 or is_actor)
    if tag in ("NNP", "NNPS") or (is_actor and capital and tag[:1] in "NJ"):
        return "NNP"
    if capital and tag == "JJ":
        return "ADJP"
    if tag == "CD":
        return "NUM"
    return parse.lemmas[i]


def head_of(parse: Parse, span: range) -> int:
    """The token of a span that the others hang from."""
    for i in span:
        if parse.heads[i] not in span or parse.heads[i] == i:
            return i
    return span[-1]


def attach(parse: Parse, i: int) -> int:
    """The first of a row of coordinated nouns: what one of them does, all do."""
    while (
        parse.deps[i] == "conj"
        and parse.tags[i][:1] in "NPCD"
        and parse.tags[parse.heads[i]][:1] in "NP"
    ):
        i = parse.heads[i]
    return i


def ancestors(parse: Parse, i: int) -> list[int]:
    """A token and its heads up to the root."""
    chain = [i]
    while parse.heads[chain[-1]] != chain[-1] and len(chain) < 60:
        chain.append(parse.heads[chain[-1]])
    return chain


def parse_lexicon(text: str) -> Lexicon:
    """Read word classes, one a line: "class: lemma lemma verb_particle"; # starts a comment."""
    lexicon: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        name, colon, words = line.partition(":")
        if colon and not line.startswith("#"):
            for word in dict.fromkeys(words.split()):
                lexicon[word] = (*lexicon.get(word, ()), name.strip())
    return lexicon


def pair_features(
    masked: Masked, source: Span | None, target: Span | None, *, group: bool = False
) -> list[str]:
    """All features of one ordered pair.

    `group` says that the source span names both actors ("the two presidents"); no target then.
    """
    s = (token_range(masked.parse, source) if source else None) or None
    t = (token_range(masked.parse, target) if target else None) or None
    marked = _mark(masked, s, t)
    features = _word_features(marked)
    features += _span_features("s", marked, s) if s else ["s:none"]
    features += _span_features("t", marked, t) if t else ["t:group" if group else "t:none"]
    features += _tree_features(marked)
    return features


def _classes(
    parse: Parse,
    words: tuple[str, ...],
    i: int,
    children: tuple[tuple[int, ...], ...],
    lexicon: Lexicon,
) -> tuple[str, ...]:
    for c in children[i]:
        if parse.deps[c] in ("prt", "dobj", "prep") and (
            found := lexicon.get(f"{words[i]}_{words[c]}")
        ):
            return found
    return lexicon.get(words[i], ())


def _mark(masked: Masked, s: range | None, t: range | None) -> Marked:
    """Mark a pair; only its words and what governs them can change their word classes."""
    parse, children = masked.parse, masked.children
    words = list(masked.words)
    for i in s or ():
        words[i] = "SRC"
    for i in t or ():
        words[i] = "TGT"
    marked = tuple(words)
    classes = list(masked.classes)
    pair = (*(s or ()), *(t or ()))
    for i in {*pair, *(parse.heads[i] for i in pair)}:
        classes[i] = _classes(parse, marked, i, children, masked.lexicon)
    return Marked(parse, marked, masked.nouns, tuple(classes), children, masked.odd, s, t)


def _children(parse: Parse) -> tuple[tuple[int, ...], ...]:
    children: list[list[int]] = [[] for _ in parse.words]
    for i, head in enumerate(parse.heads):
        if head != i:
            children[head].append(i)
    return tuple(map(tuple, children))


def _word_features(m: Marked) -> list[str]:
    """Words and word pairs, and where they stand from the two actors; some may come twice."""
    words, odd = m.words, m.odd
    flat = [w for w, before in zip(words, ("", *words), strict=False) if w != before]
    flat = [w for w in flat if w not in odd]
    s, t = m.source, m.target
    if s is None or t is None:
        left = right = s or t or range(0)
        order = "S0" if s else "T0"
    elif s.start < t.start:
        order, left, right = "ST", s, t
    else:
        order, left, right = "TS", t, s
    zones = {
        "pre": slice(max(0, left.start - 4), left.start),
        "mid": slice(left.stop, right.start if right is not left else left.stop + 8),
        "post": slice(right.stop, right.stop + 6),
    }
    out = [f"order:{order}"]
    out += [f"w:{w}" for w in flat]
    out += [f"ww:{a}_{b}" for a, b in pairwise(flat)]
    out += [f"wc:{c}" for cs in m.classes for c in cs]
    for zone, part in zones.items():
        out += [f"{zone}{order}:{w}" for w in words[part] if w not in odd]
        out += [f"{zone}c{order}:{c}" for cs in m.classes[part] for c in cs]
    mid = words[zones["mid"]]
    out.append(f"gap:{min(len(mid), 12) // 3}")
    out += [f"mid2{order}:{a}_{b}" for a, b in pairwise(mid)]
    if 0 < len(mid) <= 6:
        out.append(f"midall{order}:{'_'.join(mid)}")
    return out


def _span_features(name: str, m: Marked, span: range) -> list[str]:
    """The head noun of an actor and its common words: police, court, rebels; never names."""
    head = head_of(m.parse, span)
    words = m.nouns
    out = [f"{name}h:{words[head]}", f"{name}dep:{m.parse.deps[head]}"]
    out += [f"{name}w:{words[i]}" for i in span if words[i][:1].islower() and len(words[i]) > 2]
    after = span.stop
    if after < len(m.words) and m.parse.words[after] in ("'s", "'", "’s", "’"):
        owned = m.parse.heads[after] if m.parse.deps[after] != "case" else m.parse.heads[head]
        owner = m.parse.heads[head]
        noun = owner if m.parse.deps[head] == "poss" else owned
        out += [f"{name}owns:{m.words[noun]}"]
    return out


def _tree_features(m: Marked) -> list[str]:
    out: list[str] = []
    chains = []
    predicates = []
    for name, span in (("sp", m.source), ("tp", m.target)):
        if span is None:
            continue
        head = head_of(m.parse, span)
        anchor = attach(m.parse, head)
        if anchor != head:
            out.append(f"{name}conj:1")
        chain = ancestors(m.parse, anchor)
        chains.append(chain)
        verb = _predicate(m, chain)
        if verb is None:
            continue
        out += _predicate_features(name, m, verb, _role(m.parse, chain, verb))
        if verb not in predicates:
            out += _governor_features(name, m, verb)
        predicates.append(verb)
    if len(chains) == 2:
        out += _path_features(m, chains[0], chains[1])
    return out


def _predicate(m: Marked, chain: list[int]) -> int | None:
    """The nearest verb above an actor."""
    for i in chain[1:]:
        if m.parse.tags[i].startswith("V"):
            return i
    return None


def _role(parse: Parse, chain: list[int], predicate: int) -> str:
    """The labels between an actor and its verb: nsubj, agent>pobj, dobj>poss."""
    steps = []
    for i in chain:
        if i == predicate:
            break
        label = parse.deps[i]
        if label == "prep":
            label = f"prep_{parse.lemmas[i]}"
        steps.append(label)
    return ">".join(reversed(steps[-4:]))


def _predicate_features(name: str, m: Marked, verb: int, role: str) -> Iterator[str]:
    phrase = _verb_phrase(m, verb)
    short_role = role.split(">")[0]
    yield f"{name}:{phrase}"
    yield f"{name}r:{phrase}|{role}"
    yield f"{name}rs:{m.words[verb]}|{short_role}"
    yield f"{name}role:{role}"
    for c in m.classes[verb]:
        yield f"{name}c:{c}"
        yield f"{name}cr:{c}|{short_role}"
    for mood in _mood(m, verb):
        yield f"{name}m:{mood}"
        yield f"{name}vm:{m.words[verb]}|{mood}"
        for c in m.classes[verb]:
            yield f"{name}cm:{c}|{mood}"
    for label, word in _arguments(m, verb):
        yield f"{name}a:{phrase}|{label}:{word}"
        yield f"{name}n:{label}:{word}"
    for label, i in _argument_tokens(m, verb):
        for c in m.classes[i]:
            yield f"{name}nc:{label}:{c}"
            for v in m.classes[verb]:
                yield f"{name}ac:{v}|{label}:{c}"


def _verb_phrase(m: Marked, verb: int) -> str:
    particles = [m.words[c] for c in m.children[verb] if m.parse.deps[c] == "prt"]
    return "_".join([m.words[verb], *particles])


def _mood(m: Marked, verb: int) -> list[str]:
    parse = m.parse
    mood = [parse.tags[verb]]
    for c in m.children[verb]:
        if parse.deps[c] == "neg" or parse.lemmas[c] in ("never", "n't"):
            mood.append("neg")
        elif parse.deps[c] == "auxpass":
            mood.append("passive")
        elif parse.deps[c] == "aux" and parse.lemmas[c] in _MODAL:
            mood.append(_MODAL[parse.lemmas[c]])
        elif parse.deps[c] == "aux" and parse.lemmas[c] == "to":
            mood.append("to")
        elif parse.deps[c] == "mark":
            mood.append(f"mark_{parse.lemmas[c]}")
    return mood


def _arguments(m: Marked, verb: int) -> Iterator[tuple[str, str]]:
    """Objects, complements and prepositional objects of a verb, with one modifier noun deeper."""
    parse = m.parse
    for c in m.children[verb]:
        dep = parse.deps[c]
        if dep in ("dobj", "nsubjpass", "attr", "acomp", "oprd", "dative", "nsubj"):
            yield dep, m.words[c]
            if dep in ("dobj", "nsubjpass", "attr"):
                for g in m.children[c]:
                    if parse.deps[g] in ("compound", "amod"):
                        yield f"{dep}.mod", m.words[g]
                    elif parse.deps[g] == "prep":
                        for n in m.children[g]:
                            yield f"{dep}.{parse.lemmas[g]}", m.words[n]
        elif dep in ("xcomp", "ccomp"):
            yield dep, m.words[c]
            for g in m.children[c]:
                if parse.deps[g] in ("dobj", "attr", "acomp"):
                    yield f"{dep}.{parse.deps[g]}", f"{m.words[c]}_{m.words[g]}"
        elif dep in ("prep", "agent"):
            yield dep, parse.lemmas[c]
            for g in m.children[c]:
                yield f"prep_{parse.lemmas[c]}", m.words[g]


def _governor_features(name: str, m: Marked, verb: int) -> Iterator[str]:
    """The verbs above a predicate: agreed to X, threatened to X, said it would X, was urged to X."""
    parse = m.parse
    chain = [i for i in ancestors(parse, verb)[1:] if parse.tags[i][:1] in "VN"][:2]
    below = verb
    for depth, i in enumerate(chain):
        label = parse.deps[below]
        yield f"{name}g{depth}:{m.words[i]}|{label}"
        yield f"{name}gv:{m.words[i]}>{m.words[verb]}"
        for c in m.classes[i]:
            yield f"{name}gc{depth}:{c}|{label}"
            for v in m.classes[verb]:
                yield f"{name}gcv:{c}>{v}"
        for mood in _mood(m, i):
            if mood[0].islower():
                yield f"{name}gm:{m.words[i]}|{mood}"
        below = i


def _path_features(m: Marked, s_chain: list[int], t_chain: list[int]) -> Iterator[str]:
    """The way through the tree from source to target."""
    parse = m.parse
    common = next((i for i in s_chain if i in t_chain), None)
    if common is None:
        yield "path:none"
        return
    if s_chain[0] == t_chain[0]:
        yield "path:joined"
    up = s_chain[: s_chain.index(common)]
    down = t_chain[: t_chain.index(common)][::-1]
    top = m.words[common]
    yield f"lca:{top}"
    yield f"lcap:{top}|{parse.tags[common][:2]}"
    up_deps = [parse.deps[i] for i in up]
    down_deps = [
        f"prep_{parse.lemmas[i]}" if parse.deps[i] == "prep" else parse.deps[i] for i in down
    ]
    yield f"pd:{'<'.join(up_deps)}^{'>'.join(down_deps)}"
    yield f"plen:{min(len(up), 5)}.{min(len(down), 6)}"
    inner = [m.words[i] for i in (*up[1:], common, *down[:-1]) if m.words[i] not in ("SRC", "TGT")]
    yield f"pl:{'_'.join(inner)}"
    for w in set(inner):
        yield f"pw:{w}"
    nodes = (*up[1:], common, *down[:-1])
    for c in {c for i in nodes for c in m.classes[i]}:
        yield f"pc:{c}"
    for c in m.classes[common]:
        yield f"lcac:{c}"
        yield f"psc:{up_deps[-1] if up_deps else ''}|{c}|{down_deps[0] if down_deps else ''}"
    for i, j in zip(nodes, nodes[1:], strict=False):
        for a in m.classes[i]:
            for b in m.classes[j]:
                yield f"pc2:{a}>{b}"
    for a, b in zip(inner, inner[1:], strict=False):
        yield f"pw2:{a}_{b}"
    yield f"ps:{up_deps[-1] if up_deps else ''}|{top}|{down_deps[0] if down_deps else ''}"
    for i in (*up[1:], common, *down[:-1]):
        if parse.tags[i].startswith("V"):
            phrase = _verb_phrase(m, i)
            yield f"pv:{phrase}"
            for mood in _mood(m, i):
                yield f"pvm:{phrase}|{mood}"
                yield f"pm:{mood}"
            if m.words[i] in _LIGHT:
                for label, word in _arguments(m, i):
                    if label in ("dobj", "nsubjpass", "attr"):
                        yield f"plight:{m.words[i]}_{word}"


def _argument_tokens(m: Marked, verb: int) -> Iterator[tuple[str, int]]:
    """The same arguments as tokens, for their word classes."""
    parse = m.parse
    for c in m.children[verb]:
        dep = parse.deps[c]
        if dep in ("dobj", "nsubjpass", "attr", "acomp", "xcomp", "ccomp", "nsubj"):
            yield dep, c
            for g in m.children[c]:
                if parse.deps[g] in ("compound", "amod", "dobj"):
                    yield f"{dep}.{parse.deps[g]}", g
                elif parse.deps[g] == "prep":
                    for n in m.children[g]:
                        yield f"{dep}.prep", n
        elif dep in ("prep", "agent"):
            for g in m.children[c]:
                yield f"prep_{parse.lemmas[c]}", g


def action_span(parse: Parse, source: Span, target: Span | None) -> Span:
    """Characters of the words that carry the act: the verb that joins the two, to its object."""
    chains = [
        ancestors(parse, attach(parse, head_of(parse, tokens)))
        for span in (source, target)
        if span and (tokens := token_range(parse, span))
    ]
    if not chains:
        return 0, 0
    shared = [i for i in chains[0] if i in chains[-1]]
    verbs = [i for i in shared if parse.tags[i].startswith("V")] or shared[:1] or chains[0][-1:]
    verb = verbs[0]
    inside = [
        verb,
        *(i for i, h in enumerate(parse.heads) if h == verb and _belongs(parse, i, verb)),
    ]
    return parse.starts[min(inside)], parse.ends[max(inside)]


def _belongs(parse: Parse, i: int, verb: int) -> bool:
    if parse.deps[i] in ("aux", "auxpass", "neg"):
        return True
    return parse.deps[i] in ("prt", "dobj", "xcomp") and 0 < i - verb <= 5
