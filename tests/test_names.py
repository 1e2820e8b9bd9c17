"""Names carry no code: with other countries in its place, a sentence keeps its root."""

import json
import re
from itertools import cycle

from coder.evaluate import classify_labelled
from coder.labels import read_labelled

COUNTRIES = """Kenya Ethiopia Sudan Egypt Libya Algeria Nigeria Ghana Angola Zambia Uganda Rwanda
Somalia Russia Ukraine Poland Germany France Spain Italy Greece Serbia Croatia Hungary Norway Iran
Iraq Syria Lebanon Israel Yemen Kuwait Pakistan India Nepal Thailand Vietnam Cambodia Malaysia
Indonesia China Japan Taiwan Mexico Guatemala Nicaragua Cuba Haiti Colombia Venezuela Ecuador Peru
Bolivia Brazil Argentina Chile Australia Britain Turkey Afghanistan Armenia Azerbaijan""".split()
DEMONYMS = """Kenyan Ethiopian Sudanese Egyptian Libyan Algerian Nigerian Ghanaian Angolan Zambian
Ugandan Rwandan Somali Russian Ukrainian Polish German French Spanish Italian Greek Serbian Croatian
Hungarian Norwegian Iranian Iraqi Syrian Lebanese Israeli Yemeni Pakistani Indian Thai Vietnamese
Cambodian Malaysian Indonesian Chinese Japanese Mexican Cuban Haitian Colombian Venezuelan Peruvian
Bolivian Brazilian Chilean Australian British Turkish Afghan Armenian""".split()
SHIFT = 23
"""Each country is exchanged for the one so many places further on."""

LEAST = 0.99


def exchange(text):
    """The text with every listed country and demonym exchanged, the same one always alike."""
    other = {}
    for names in (COUNTRIES, DEMONYMS):
        shifted = cycle(names[SHIFT:] + names[:SHIFT])
        other |= dict(zip(names, shifted, strict=False))
    return re.sub(rf"\b({'|'.join(other)})\b", lambda m: other[m[0]], text)


def test_other_countries_leave_the_code_as_it_is(coder, root, tmp_path):
    rows = map(json.loads, (root / "seeds" / "heldout.jsonl").open(encoding="utf-8"))
    texts = [r["text"] for r in rows if exchange(r["text"]) != r["text"]]
    assert len(texts) >= 200
    codes = []
    for name, version in (("before", texts), ("after", map(exchange, texts))):
        file = tmp_path / f"{name}.jsonl"
        lines = (json.dumps({"text": text, "code": "010"}) for text in version)
        file.write_text("\n".join(lines), encoding="utf-8")
        found = classify_labelled(coder, read_labelled(file, coder.ontology))
        codes.append([best.event_code for [best] in found])
    pairs = list(zip(*codes, strict=True))
    assert sum(a[:2] == b[:2] for a, b in pairs) / len(pairs) >= LEAST
    assert sum(a == b for a, b in pairs) / len(pairs) >= LEAST
