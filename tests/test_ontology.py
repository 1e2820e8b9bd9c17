import pytest

from coder.errors import OntologyError
from coder.ontology import load_ontology


@pytest.fixture(scope="module")
def ontology():
    return load_ontology()


def test_it_holds_20_roots_and_all_298_codes(ontology):
    assert len(ontology.roots) == 20
    assert len([c for c in ontology if len(c.code) > 2]) == 298


def test_codes_keep_their_zeros_and_know_their_place(ontology):
    code = ontology["0311"]
    assert (code.root, code.base, code.quad_class, code.plover) == ("03", "031", 1, "AGREE")
    assert code.goldstein == 5.2


@pytest.mark.parametrize(("root", "quad"), [("05", 1), ("06", 2), ("09", 3), ("13", 3), ("14", 4)])
def test_quad_classes_are_those_of_gdelt(ontology, root, quad):
    assert ontology[root].quad_class == quad


@pytest.mark.parametrize(
    ("written", "label"),
    [("057", "057"), (" 04 ", "04"), ("yield", "YIELD"), ("RETREAT", "YIELD"), ("None", "none")],
)
def test_labels_are_codes_plover_types_or_none(ontology, written, label):
    assert ontology.label(written) == label


def test_an_unknown_label_is_named(ontology):
    with pytest.raises(OntologyError, match="unknown event code '999'"):
        ontology.label("999")


def test_goldstein_scores_lie_between_minus_and_plus_ten(ontology):
    assert all(-10 <= c.goldstein <= 10 for c in ontology)
    assert ontology["163"].goldstein == -8.0  # sanctions: 1.1b3 numbering
