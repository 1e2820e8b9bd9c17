"""Golden cases are in data/segment.txt: one a line, to be extended by anybody."""

import json
import random
import re
import time
from itertools import accumulate
from pathlib import Path

import pytest

from coder.records import Article
from coder.segment import LONGEST, article_to_sentences, is_boilerplate, is_lead

GOLDEN = Path(__file__).parent / "data" / "segment.txt"


def cut(text):
    """The sentences of a text, after checking all that must hold of any text."""
    sentences = article_to_sentences(Article("a", None, text, title="A title. Not segmented."))
    at = 0
    for index, s in enumerate(sentences):
        assert (s.article_id, s.index) == ("a", index)
        assert s.start >= at
        assert text[at : s.start].strip() == ""
        assert text[s.start : s.end] == s.text == s.text.strip() != ""
        assert len(s.text) <= LONGEST
        at = s.end
    assert text[at:].strip() == ""
    return [s.text for s in sentences]


def golden_cases():
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            line = line.replace("\\n", "\n")
            text = line.replace(" ||| ", " ").replace("|||", "")
            yield text, [part.strip() for part in line.split("|||")]


def test_golden_cases():
    cases = list(golden_cases())
    wrong = [f"{wanted}\n  cut as {got}" for text, wanted in cases if (got := cut(text)) != wanted]
    assert len(cases) >= 110
    assert wrong == [], "\n".join(wrong)


NATURAL = """\
Ceasefire talks resume in Geneva
By Anna Keller and Paul Mbeki
GENEVA, May 19 (Reuters) - Government and rebel envoys returned to the table on Monday, three
weeks after fighting in the north forced U.N. mediators to break off the talks. Neither side would
say how long it meant to stay.

"We have come to listen," said Col. Abdou Traore, who leads the rebel team. "If they offer a date
we will sign. If they do not, we leave." The government's chief negotiator, Dr. M. A. Diallo,
told reporters that he saw "no reason for haste."

The U.S. envoy, former Sen. Robert Hayes, met both men at 4 p.m. Sunday. He is due to fly to
Washington, D.C., on Tuesday.

At least 1,200 people have died since Jan. 3, when No. 2 Brigade mutinied. About 40.5 percent of
the dead were civilians, according to Smith, Rao et al. in a study for Relief Corp. The army
disputes the figure.
"""


def test_a_natural_article():
    assert [" ".join(s.split()) for s in cut(NATURAL)] == [
        "Ceasefire talks resume in Geneva",
        "By Anna Keller and Paul Mbeki",
        "GENEVA, May 19 (Reuters) - Government and rebel envoys returned to the table on Monday, three weeks after fighting in the north forced U.N. mediators to break off the talks.",
        "Neither side would say how long it meant to stay.",
        '"We have come to listen," said Col. Abdou Traore, who leads the rebel team.',
        '"If they offer a date we will sign.',
        'If they do not, we leave."',
        'The government\'s chief negotiator, Dr. M. A. Diallo, told reporters that he saw "no reason for haste."',
        "The U.S. envoy, former Sen. Robert Hayes, met both men at 4 p.m. Sunday.",
        "He is due to fly to Washington, D.C., on Tuesday.",
        "At least 1,200 people have died since Jan. 3, when No. 2 Brigade mutinied.",
        "About 40.5 percent of the dead were civilians, according to Smith, Rao et al. in a study for Relief Corp.",
        "The army disputes the figure.",
    ]


def test_the_same_article_in_other_newlines_and_widths():
    wanted = [" ".join(s.split()) for s in cut(NATURAL)]
    for newline in ("\r\n", "\r", "\u2028"):
        assert [" ".join(s.split()) for s in cut(NATURAL.replace("\n", newline))] == wanted
    head, *paragraphs = NATURAL.split("\n\n")
    title, byline, lead = head.split("\n", 2)
    long_lines = "\n".join([title, byline, *(p.replace("\n", " ") for p in [lead, *paragraphs])])
    assert cut(long_lines) == wanted


def test_natural_sentences_are_found_again(root):
    """Sentences written for another purpose, joined four by four: the bars are .998 and 1 in 1,000."""
    texts = [
        re.sub(r"</?[st]>", "", json.loads(line).get("text", ""))
        for path in sorted((root / "seeds/sentences").glob("plain-*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    texts = [t for t in texts if re.fullmatch(r"[A-Z].*[.?!][\"”]?", t)]
    assert len(texts) > 500
    true = found = false = 0
    for four in zip(*[iter(texts)] * 4, strict=False):
        ends = set(accumulate(len(t) + 1 for t in four[:-1]))
        got = {s.start for s in article_to_sentences(Article("a", None, " ".join(four)))} - {0}
        true, found, false = true + len(ends), found + len(ends & got), false + len(got - ends)
    assert found / true >= 0.998
    assert false <= len(texts) / 1000


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Ünal “left” 🚀.\r\n\r\n\tİzmir’s mayor\tstayed.  ",
            ["Ünal “left” 🚀.", "İzmir’s mayor\tstayed."],
        ),
        ("\ufeffOne.\u00a0Two.\u3000Three.", ["\ufeffOne.", "Two.", "Three."]),
        ("Police fired.\x0cPolice fled.", ["Police fired.", "Police fled."]),
        ("", []),
        (" \n\t\r\n", []),
        (".", ["."]),
    ],
)
def test_offsets_in_odd_text(text, wanted):
    assert cut(text) == wanted


def test_nothing_is_lost_of_random_text():
    rng = random.Random(5)
    letters = " \n\r\t.!?…\"'”“’()[]-—–aAbBzé漢ß12,;:/©&\u2028\x85\x0b\x1c\xa0\u200b\ud800😀\x00"
    words = [
        "U.S.",
        "Gen.",
        "p.m.",
        "al-",
        '."',
        "gas.Da",
        "BEIJING, May 19 (AP) -- ",
        "By Ed Poe",
        "...",
    ]
    for _ in range(1500):
        cut("".join(rng.choice(letters) for _ in range(rng.randint(0, 90))))
        cut("".join(rng.choice([*letters, *words]) for _ in range(rng.randint(0, 40))))
        cut("".join(chr(rng.randint(0, 0x10FFFF)) for _ in range(rng.randint(0, 60))))
        cut(rng.randbytes(60).decode("latin-1"))


def test_a_very_long_sentence_is_cut_after_a_comma_else_at_a_space():
    clause = "the army, which had fled the town and left " + "its guns " * 60
    pieces = cut(clause * 6)
    assert len(pieces) > 1
    assert all(p.endswith(",") for p in pieces[:-1])
    assert all(p.endswith("word") for p in cut("word " * 1000))
    assert [len(p) for p in cut("x" * 4500)] == [LONGEST, LONGEST, 500]


@pytest.mark.parametrize(
    "unit", ["a", "word ", ".", ". ", '."', "\n", " ", "a\n", '"? ', "ABC (", "Yes\r\n"]
)
def test_time_is_linear_on_hostile_text(unit):
    began = time.process_time()
    article_to_sentences(Article("a", None, unit * (200_000 // len(unit))))
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "text",
    [
        "BBC Monitoring claims the copyright of all material on this page.",
        "The Daily News claims copyright to all articles published here.",
        "© 2014 Reuters. All rights reserved.", "(c) 2011 The Star", "Copyright 2014 The Associated Press.",
        "Copyright © 2012 AFP", "Copyright by Xinhua News Agency 2008", "All rights reserved.",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "Read more", "Read more: Turkey recalls its envoy", "READ MORE »", "See also: Talks in Geneva",
        "Click here for the full text.", "Please click here to subscribe.",
        "Sign up for our newsletter", "Sign up for our daily newsletter and never miss a story.",
        "Subscribe to our YouTube channel.", "Follow us on Twitter and Facebook.", "Share this article",
        "Reporting by Ali Kamal and Ann Lee; Editing by Tom Poe.", "(Reporting by Ali Kamal; Editing by Ann Lee)",
        "Additional reporting by Sue Park in Seoul", "(Writing by Ann Lee; editing by Tom Poe)",
        "Edited by Tom Poe", "Photo: AFP", "Photo credit: Ann Lee", "(AP Photo/Ann Lee)",
        "Soldiers on patrol in Mosul. REUTERS/Ann Lee", "This site uses cookies to improve your visit.",
        "We use cookies to give you the best experience.", "Advertisement", "Related: Envoy recalled",
        "Our Standards: The Thomson Reuters Trust Principles.", "By Ann Lee and Tom Poe", "By ANN LEE, Reuters",
    ],
)  # fmt: skip
def test_boilerplate_is_known(text):
    assert is_boilerplate(text)


@pytest.mark.parametrize(
    "text",
    [
        "China and the United States signed a copyright accord on Monday.",
        "Copyright holders sued the ministry in Moscow.",
        "Copyright law must change, the minister told parliament in 2012.",
        "The band claims the copyright of all songs that the party used.",
        "Rebels read more than 200 names of the dead on the radio.",
        "Read more books, the president told pupils in Kigali.",
        "Reporting by Reuters showed that police had fired first.",
        "Written by exiles in Paris, the letter called on the army to revolt.",
        "Edited by the ministry, the film was shown in Minsk on Monday.",
        "Protesters asked passers-by to sign up for the march on the palace.",
        "Sign up or leave, the militia told young men in the village.",
        "Follow us or die, the rebels told villagers.",
        "Photographs of the prisoners angered the government in Cairo.",
        "The court fined the site because it uses cookies without consent.",
        "By Monday the army had taken the town.", "By Friday, police had arrested nine men.",
        "All rights activists were freed by the junta on Monday.",
        "The reports may not be true, the minister said.",
        "Police arrested a photographer of Getty Images in Ankara.",
        "Journalists follow us everywhere, the envoy complained.",
        "Related talks between Iran and Iraq broke off.", "",
    ],
)  # fmt: skip
def test_news_passes(text):
    assert not is_boilerplate(text)


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("Iran and Oman signed a treaty. It took years. Both were glad.", 1),
        ("Treaty signed at last\n\nIran and Oman signed a treaty. It took years.", 2),
        ("Treaty signed\nBy Ann Lee\n\nMUSCAT (Wire) - Iran and Oman signed. It took years.", 3),
        ("© 2014 Wire. All rights reserved.\n\nIran and Oman signed. It took years.", 3),
        ("Iran and Oman signed a long\ntreaty on trade and fishing.\nIt took years to\nagree.", 1),
        ("“We sign,” Iran's envoy said. “At last.” It took years.", 1),
        ("No full stop here\n\n" * 300 + "Iran signed a treaty.", 106),
    ],
)
def test_the_lead_is_the_first_sentence_and_the_headlines_before_it(text, leads):
    sentences = article_to_sentences(Article("a", None, text))
    assert [is_lead(text, s.start) for s in sentences] == [i < leads for i in range(len(sentences))]
