"""Sentences of an article, with exact offsets.

First the text falls into paragraphs: blank lines, lines of their own (headlines, bylines, bullets)
and datelines; the lines of a hard-wrapped paragraph stay together. Then each paragraph is cut
after its end marks, unless the words on both sides of a mark say that the sentence goes on.
One scan, linear in the length of the text.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from coder.dateline import find_dateline
from coder.dates import MONTH_NAME
from coder.records import Article, Sentence

LONGEST = 2000
"""Characters of the longest sentence; a longer one is cut at a comma, a space or, at last, here."""

WRAPPED = 132
"""Characters of the longest line in hard-wrapped text; a longer line is a paragraph by itself."""

# Abbreviations before a name, never at the end of a sentence.
_TITLES = frozenset(
    """Adm Ald Amb Asst Atty Brig Capt Cdr Cllr Cmdr Col Cols Cpl Cpt Def Del Dep Det Dr Drs Eng Ens
    Fr Ft Gen Gens Gov Govs Hon Insp Lt Maj Messrs Mgr Mme Mlle Mr Mrs Ms Msgr Mt Pfc Pres Prof
    Profs Pvt Rep Reps Rev Sec Sen Sens Sgt Sgts Spc Supt Treas""".split()
)
# Before a number; else a word.
_NUMBERED = frozenset(
    "Art Arts Ch Fig No Nos Par Rs Vol art arts ch fig no nos p para pp sec vol".split()
)
# Inside a sentence.
_INNER = frozenset(
    "Cf a.k.a approx c ca cf e.g eg est i.e ie incl res resp ret v viz vs Vs".split()
)
# Inside a sentence or at its end; the word after decides.
_EITHER = frozenset(
    """Assn Ave Bhd Blvd Bros Co Corp Cos Dept Esq Govt Inc Intl Jr LLC Ltd Mfg Natl Pte Pty Rd Sdn
    Sr St Ste Univ""".split()
)
# Likewise after a comma or a hyphen: "Mesa, Ariz.", "R-Ariz."
_STATES = frozenset(
    """Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Kans Ky La Mass Md Mich Minn Miss Mo Mont
    Neb Nev Okla Ont Ore Pa Penn Que Tenn Tex Va Vt Wash Wis Wyo""".split()
)
_MONTHS = frozenset("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split())
_HOURS = frozenset(("a.m", "p.m", "A.M", "P.M"))
# What follows an hour.
_AFTER_HOUR = frozenset(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thurs Fri Sat
    Sun GMT UTC EST EDT ET CST CDT CT MST MDT MT PST PDT PT BST CET CEST EET EEST MSK IST JST
    Eastern Central Pacific Mountain Greenwich""".split()
)
# Words with a capital only because a sentence begins; the nouns are those of news reports.
_OPENERS = frozenset(
    """A About According Activists After All Although Among An Analysts And Another Any Are As At
    Authorities Because Before Both But By Can Clashes Could Critics Demonstrators Despite Did
    Diplomats Do Does Doctors Dozens During Each Earlier Eight Even Every Everyone Few Fighting Five
    For Four From Gunmen Had Has Have He Her Here Hers His How However Hundreds I If In Instead
    Investigators Is It Its Journalists Just Last Later Lawmakers Leaders Local Many Meanwhile
    Mediators Militants Ministers Moreover Most My Negotiators Neither Nine No Nobody None Nor Not
    Now Observers Of Officers Officials On Once One Only Opponents Or Other Others Our Over People
    Police Prosecutors Protesters Rebels Relations Reporters Rescuers Residents Seven Several She
    Should Since Six So Soldiers Some Soon State-owned State-run Still Such Supporters Talks Ten
    Than That The Their Then There These They This Those Though Thousands Three Through Thus To
    Today Tomorrow Troops Two Under Until Victims Villagers Was We Were What When Where Whether
    Which While Who Whose Why With Within Without Witnesses Workers Would Yesterday Yet You Your
    """.split()
)
# Before a single letter that is no initial: "Plan B", "posted on X".
_LETTERED = ("Plan", "Group", "Hepatitis", "hepatitis", "Vitamin", "vitamin", "Appendix", " on")
_EXCLAIMED = ("Yahoo", "Jeopardy")
_QUOTES = "\"'“”‘’«»"
_SPEECH = (
    "said|says|asked|asks|told|wrote|writes|added|shouted|tweeted|demanded|yelled|cried|wondered"
    "|replied|screamed|chanted"
)

_NEWLINE = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_SPACE = re.compile(r"\s*+")
_MARK = re.compile(r"(?P<stop>[.!?…]++(?: \.)*+)(?P<close>[\"'”’»)\]]*+(?:\[\d{1,3}\])*+)")
_NEXT = re.compile(r"\s*+(?P<open>[\"'“‘«(\[—–-]*+)\s?+(?P<word>[^\W_]*+(?:['’-][^\W_]++)*+)")
_LEFT = re.compile(r"[\w&'’]+(?:\.\w+)*$")
_ACRONYM = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]|Ph\.D|[A-Z]")
_LABEL = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]+|[IVX]+|(?:[A-Z]\.)+[A-Z])")
_GLUED_LEFT = re.compile(r"(?:(?<![\w@./-])[^\W\d_]*[^\W\d_A-Z]{2}|(?<![\w.])\d+|[%)])$")
_GLUED_NEXT = re.compile(
    r"(?!(?:Com|Org|Net|Gov|Js|Io)\b)[\"“‘]?[A-Z](?:[a-zß-ÿ]+(?![\w@/.])|[ '’])"
)
_ATTRIBUTION = re.compile(
    rf"\s+(?:the|a|an|one|his|her|their|[A-Z][\w.'’-]*) (?:[\w.'’-]+ ){{0,4}}?(?:{_SPEECH})\b"
    rf"|\s+[A-Z]\w+ (?:{_SPEECH})\b"
)
_LOCAL_TIME = re.compile(rf"\s+(?:[A-Z]\w+(?: [A-Z]\w+)? time\b|{MONTH_NAME} \d)")
_SMALL = re.compile(r"\s+(?:[\"“‘]?a[a-z]-[A-Z]|\([a-z]\)\s)")

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BEFORE_APOSTROPHE = re.compile(r"[^'’]*")
_COMMA = re.compile(r"[,;:](?=\s)")
_BLANK = re.compile(r"\s")
_ENDED = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_UNFINISHED = re.compile(r"(?:[,;–—-]|\b(?:a|an|and|at|by|for|from|in|of|on|or|the|to|with))$")
_BULLET = re.compile(r"[•●▪■‣*·]\s|[–—-]\s+(?=[A-Z])")
_BYLINE = re.compile(
    r"(?:By|BY|Report by) [A-Z][\w.'’-]+(?:,? (?:and |in |at |for )?[A-Z][\w.'’&-]*){0,8}"
    r"(?:,? [a-z]+ (?:correspondent|reporter|writer|editor))?"
)

_BOILERPLATE = re.compile(
    "|".join(
        (
            r"(?:©|\([cC]\)|[Cc]opyright ?(?:©|\([cC]\)|(?:19|20)\d\d)|COPYRIGHT\b).{0,160}",
            r"Copyright(?:,| by)? [A-Z][\w.,& ]{1,50}(?:19|20)\d\d.{0,60}",
            r".{0,80}\b(?i:claims? (?:the )?copyrights? (?:of|to|on|over) (?:all )?(?:the )?"
            r"(?:material|content|articles?|news|texts?|photo\w*)\b).{0,200}",
            r".{0,200}\b(?i:all rights (?:are )?reserved)\b.{0,200}",
            r"(?i:(?:this|these|the) (?:material|article|story|content|report)s? may not be "
            r"(?:published|reproduced|copied|reprinted|broadcast|re)\b.{0,200})",
            r"(?i:(?:read|see) (?:more|also|the full (?:story|article|text))(?::.{0,200}|"
            r"(?: (?:here|at|on|about) .{1,60})?\s*[.»>…→]*))",
            r"(?i:(?:please )?(?:click|tap) (?:here|on the link|below)\b.{0,120})",
            r"(?i:(?:please )?(?:sign up|subscribe|register)\b.{0,40}\b"
            r"(?:(?:newsletters?|emails?|alerts|channel|podcast)\b.{0,60}|(?:today|now)\W*))",
            r"(?i:(?:please )?follow (?:us|@\w+) (?:on|at)\b.{0,60}|(?:share|print|email) this\W*\w*\W*)",
            r"\W?(?i:(?:additional |with )?(?:reporting|writing)(?: and (?:writing|editing))?"
            r"|edited|editing|compiled|written) by [A-Z][\w.'’-]*(?:[ ,;&]+(?:(?i:and|in|at|for|by"
            r"|the|editing|additional|reporting|writing) )*[A-Z][\w.'’-]*){0,20}[.)]*",
            r"(?i:\(?(?:file )?(?:photo|image|picture|photograph)s?(?: credit| courtesy)?(?: by)?"
            r"\s?[:/©].{0,120})",
            r".{0,80}(?:AP Photo|REUTERS|AFP PHOTO|AFP|EPA|Getty)\s?/\s?[A-Z][\w.'’ -]{2,60}\)?",
            r"(?i:.{0,40}\b(?:this|our) (?:web ?)?site uses cookies\b.{0,200})",
            r"(?i:(?:we|we and our partners) use cookies\b.{0,200}|accept (?:all )?cookies\W*)",
            r"(?i:advertisement\W*|our standards: .{0,80})",
            r"(?i:(?:related|recommended|most read|trending)(?: [a-z]+)?:).{0,120}",
        )
    ),
    re.DOTALL,
)


def article_to_sentences(article: Article) -> list[Sentence]:
    """The sentences of an article's text in order; only white space lies between them."""
    text = article.text
    spans = (
        piece
        for start, end in _paragraphs(text)
        for sentence in _sentences(text, start, end)
        for piece in _pieces(text, *sentence)
    )
    return [Sentence(article.id, i, a, b, text[a:b]) for i, (a, b) in enumerate(spans)]


def is_boilerplate(text: str) -> bool:
    """Whether a sentence speaks of the page, not of the news: a notice, credit, byline or link."""
    text = text[:600].strip()
    return bool(_BOILERPLATE.fullmatch(text) or len(text) < 100 and _BYLINE.fullmatch(text))


def is_lead(text: str, start: int) -> bool:
    """Whether the sentence that starts there is the lead: the first one, or a headline before it.

    Only headlines, bylines and notices stand before the lead: lines that end without a full stop
    or speak of the page.
    """
    if start > LONGEST:
        return False
    lines = (match[0].strip() for match in _LINE.finditer(text, 0, start))
    return all(not _ENDED.search(line[-9:]) or is_boilerplate(line) for line in lines)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Spans of paragraphs, without the white space around them."""
    block: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        line = match[0].strip()
        if not line:
            continue
        start = match.start() + match[0].index(line[0])
        if block and len(_NEWLINE.findall(text, block[-1][1], start)) > 1:
            yield from _block_to_paragraphs(text, block)
            block = []
        block.append((start, start + len(line)))
    yield from _block_to_paragraphs(text, block)


def _block_to_paragraphs(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Put the lines between two blank lines together, save those that stand by themselves."""
    if not lines:
        return
    width = max(end - start for start, end in lines)
    begin = lines[0][0]
    for (start, end), (next_start, next_end) in pairwise(lines):
        if _breaks(text[start:end], text[next_start:next_end], width):
            yield begin, end
            begin = next_start
    yield begin, lines[-1][1]


def _breaks(line: str, following: str, width: int) -> bool:
    """Whether a single newline ends a paragraph, in a block of lines of at most `width`.

    A hard wrap comes where the next word found no room; a break with room to spare is meant.
    After a full stop the words decide, as they do within a line.
    """
    if _BULLET.match(following) or find_dateline(following):
        return True
    if any(len(x) < 100 and _BYLINE.fullmatch(x) for x in (line, following)):
        return True
    if following[0].islower():
        return width > WRAPPED and bool(_ENDED.search(line[-9:]))
    if _UNFINISHED.search(line[-9:]) or line[-1] == "." and width <= WRAPPED:
        return False
    room = len(line) + 1 + len(following[:60].split(None, 1)[0]) <= 0.85 * width
    return room or width > WRAPPED


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a paragraph; a dateline stays with its first sentence."""
    dateline = find_dateline(text[start : min(end, start + 200)])
    first = start
    for mark in _MARK.finditer(text, start + dateline.end if dateline else start, end):
        cut = mark.end()
        if mark.start() == first or cut >= end:
            continue
        if text[cut].isspace():
            if not _ends(text, first, mark, end):
                continue
        elif _is_glued(text, first, mark):
            opens = mark["close"] == '"' and text.count('"', max(first, cut - LONGEST), cut) % 2
            cut -= bool(opens)
        else:
            continue
        yield first, cut
        first = _SPACE.match(text, cut, end).end()
    yield first, end


def _is_glued(text: str, first: int, mark: re.Match[str]) -> bool:
    """Whether a mark without a space after it ends a sentence: "gas.Damascus said"."""
    at, cut = mark.span()
    if not text[cut].isupper() and text[cut] not in _QUOTES:
        return False
    if len(mark["stop"]) > 1 or text[at - 1].isupper():
        return False
    left = text[max(first, at - 40) : at].rsplit(None, 1)[-1:]
    return bool(
        left
        and _GLUED_LEFT.search(left[0])
        and _GLUED_NEXT.match(text, cut, min(cut + 30, len(text)))
    )


def _ends(text: str, first: int, mark: re.Match[str], end: int) -> bool:
    """Whether a mark with white space after it ends the sentence that began at `first`."""
    stop, at = mark["stop"], mark.start()
    after = _NEXT.match(text, mark.end(), end)
    if after["word"][:1].islower():
        return text[at - 2 : at].islower() and bool(_SMALL.match(text, mark.end(), end))
    opener = _BEFORE_APOSTROPHE.match(after["word"])[0] in _OPENERS
    opener = opener and text[after.end() : after.end() + 1] != "."
    quoted = any(c in _QUOTES for c in mark["close"])
    left = _LEFT.search(text[max(first, at - 30) : at])
    left = left[0] if left else ""
    if "!" in stop or "?" in stop:
        asked = quoted and text[first] in _QUOTES and _ATTRIBUTION.match(text, mark.end(), end)
        return not asked and left not in _EXCLAIMED
    if len(stop) > 1 or stop == "…":
        return opener or not text[at - 1].isspace()
    if at - first <= 6 and _LABEL.fullmatch(text, first, at):
        return False
    before = text[max(first, at - len(left) - 12) : at - len(left)]
    if left in _HOURS and _LOCAL_TIME.match(text, mark.end(), end):
        return False
    return not _goes_on(left, before, after, opener or quoted)


def _goes_on(left: str, before: str, after: re.Match[str], opener: bool) -> bool:
    """Whether the sentence goes on after a full stop, as it does after abbreviations.

    `left` is the word at the stop, `before` what precedes it, `after` the match of what follows;
    `opener`: the next word would have no capital inside a sentence.
    """
    digit = after["word"][:1].isdecimal()
    if left in _TITLES or left in _INNER:
        return True
    if left in _NUMBERED or left in _MONTHS:
        return digit
    if left in _HOURS:
        return digit or "(" in after["open"] or after["word"] in _AFTER_HOUR
    if left in _STATES and not before.endswith((", ", "-")):
        return False
    if _ACRONYM.fullmatch(left) and before.rstrip().endswith(_LETTERED):
        return False
    return not opener and bool(left in _EITHER or left in _STATES or _ACRONYM.fullmatch(left))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence that is too long after a comma, else at a space, else anywhere."""
    while end - start > LONGEST:
        window = start + LONGEST // 2, start + LONGEST
        cuts = [m.end() for m in _COMMA.finditer(text, *window)]
        cuts = cuts or [m.start() for m in _BLANK.finditer(text, *window)] or [window[1]]
        yield start, start + len(text[start : cuts[-1]].rstrip())
        start = _SPACE.match(text, cuts[-1], end).end()
    yield start, end
