"""How words of a parsed sentence belong to the act: when and where it says of which event."""

from coder.features import Span, ancestors, head_of, token_range
from coder.syntax import Parse

OWN, SHARED, APART = 0, 1, 2
"""Words of the act's own clause; of a clause that holds for it as well; of another."""

SAME_TIME = frozenset("ccomp xcomp conj advcl pcomp prep parataxis dep appos attr dobj".split())
"""How an act may hang from the clause whose time it shares: by no relative clause."""

SAME_PLACE = frozenset(("conj", "dep"))
"""How an act may hang from the clause whose place it shares."""

_PHASES = frozenset(
    "begin start continue resume keep try manage help go stop finish come force".split()
)
"""Verbs that say nothing but how far the act behind them got."""


def act_token(parse: Parse, action: Span) -> int | None:
    """The verb (or noun) that carries an act; None without a span."""
    tokens = token_range(parse, action)
    return head_of(parse, tokens) if tokens and action[1] else None


def is_verb(parse: Parse, i: int) -> bool:
    """Whether a token is a verb that heads a clause."""
    return parse.tags[i][:1] == "V" and parse.deps[i] not in ("amod", "aux", "auxpass", "compound")


def governor(parse: Parse, token: int) -> int:
    """The verb a token hangs from, else the root."""
    chain = ancestors(parse, token)
    return next((i for i in chain if is_verb(parse, i)), chain[-1])


def path(
    parse: Parse, token: int, act: int, sharing: frozenset[str] = SAME_TIME
) -> tuple[int, list[int]]:
    """Whose words a token belongs to (`OWN`, `SHARED`, `APART`), and the tokens on the way up.

    The way ends before the act, or before the verb that the token hangs from. `sharing` are the
    dependencies by which an act may hang from a clause that holds for it.
    """
    chain = ancestors(parse, token)
    if act in chain:
        way = chain[: chain.index(act)]
        verbs = [i for i in way if is_verb(parse, i)]
        if not verbs or all(_is_phase(parse, i, act) for i in verbs):
            return OWN, [i for i in way if i not in verbs]
        return (SHARED if _joins(parse, verbs[-1], act) else APART), way[: way.index(verbs[0])]
    verb = governor(parse, token)
    way = chain[: chain.index(verb)]
    above = ancestors(parse, act)
    if verb in above:
        between = above[: above.index(verb)]
        return (SHARED if all(parse.deps[i] in sharing for i in between) else APART), way
    return APART, way


def _is_phase(parse: Parse, verb: int, act: int) -> bool:
    """Whether a verb is what the act only begins: "began shelling Kharkiv"."""
    return (
        parse.deps[verb] == "xcomp"
        and parse.heads[verb] == act
        and parse.lemmas[act] in _PHASES
    )  # fmt: skip


def _joins(parse: Parse, verb: int, act: int) -> bool:
    """Whether a verb below the act tells of the same: "met and signed", "attacked, killing", "ministers meeting in Brussels agreed"."""
    if parse.deps[verb] == "acl" and parse.tags[verb] == "VBG":
        noun = parse.heads[verb]
        return parse.deps[noun] == "nsubj" and parse.heads[noun] == act
    if parse.heads[verb] != act:
        return False
    if parse.deps[verb] == "conj":
        return True
    return parse.deps[verb] == "advcl" and parse.tags[verb] == "VBG"


def is_charge(parse: Parse, verb: int, act: int) -> bool:
    """Whether a verb is what the act is about: "found guilty of taking bribes"."""
    chain = ancestors(parse, verb)
    if parse.deps[verb] != "pcomp" or parse.tags[verb] != "VBG" or act not in chain:
        return False
    return not any(is_verb(parse, i) for i in chain[1 : chain.index(act)])
