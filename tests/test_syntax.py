"""The parser's network, run without spaCy's pipeline, answers what spaCy's pipeline answers."""

import pytest

from coder import network
from coder.records import Article
from coder.segment import article_to_sentences


@pytest.fixture(scope="module")
def texts(root):
    """Sentences of every length, among them the shortest and odd ones."""
    articles = sorted((root / "seeds" / "articles").glob("*.txt"))[:8]
    found = [
        sentence.text
        for path in articles
        for sentence in article_to_sentences(Article("", None, path.read_text(encoding="utf-8")))
    ]
    return ["", "Yes.", *found, "", " ", "don't  can't\n\nU.S.-led", "x " * 300]


def answers(docs):
    return [[(t.text, t.tag_, t.dep_, t.head.i) for t in doc] for doc in docs]


def test_words_tags_labels_and_heads_are_those_of_spacy(coder, texts):
    parses = list(coder.parser.parse(texts))
    found = [list(zip(p.words, p.tags, p.deps, p.heads, strict=True)) for p in parses]
    assert found == answers(coder.parser.nlp.pipe(texts))


def test_a_sentence_is_parsed_the_same_in_any_company(coder, texts):
    [*together] = coder.parser.parse(texts)
    assert [parse for text in texts for parse in coder.parser.parse([text])] == together


def test_nothing_changes_when_the_kept_word_vectors_are_thrown_away(coder, texts, monkeypatch):
    monkeypatch.setattr(network, "KEPT", 50)
    made, nlp = network.Network(coder.parser.nlp), coder.parser.nlp
    for _ in range(2):
        docs = [nlp.make_doc(text) for text in texts]
        made.annotate(docs)
        assert answers(docs) == answers(nlp.pipe(texts))
