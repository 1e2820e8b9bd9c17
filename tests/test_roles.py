"""Arithmetic of actor codes."""

import pytest

from coder.actors import Agent
from coder.roles import belonging, former, join, role_of, stateless


@pytest.mark.parametrize(
    ("base", "role", "code"),
    [
        ("TUR", "COP", "TURCOP"), ("RUSGOV", "MIL", "RUSGOV"), ("", "COP", "---COP"),
        ("MOSSHI", "UAF", "MOSSHIUAF"), ("IRQKUR", "REB", "IRQKURREB"), ("BIHSRP", "MIL", "BIHSRPMIL"),
        ("IGOUNO", "GOV", "IGOUNO"), ("IGOUNO", "IGOPKO", "IGOUNOPKO"), ("SEN", "IGOPKO", "IGOPKO"),
        ("NGOHLHIRC", "LAB", "NGOHLHIRC"), ("MNCRUS", "LAB", "MNCRUSLAB"), ("IMGMOSALQ", "UAF", "IMGMOSALQ"),
    ],
)  # fmt: skip
def test_join(base, role, code):
    assert join(base, role) == code


def test_the_role_of_a_code_may_stand_behind_a_people():
    assert [role_of(c) for c in ("KAZGOVMIL", "IRQKURREB", "MOSSHI", "USA")] == [
        "GOVMIL",
        "REB",
        "",
        "",
    ]
    assert former("IRQKURREB") == "IRQKURREB"
    assert former("KAZGOVMIL") == "KAZELI"


def test_only_a_people_can_do_without_a_country():
    assert stateless("---KURREB") == "KURREB"
    assert stateless("---COP") == "---COP"


@pytest.mark.parametrize(
    ("owner", "noun", "role", "person", "code"),
    [
        ("RUSGOV", "critic", "OPP", False, "RUSOPP"),
        ("VENGOV", "supporter", "CVL", True, "VENCVL"),
        ("ZWEOPP", "supporter", "CVL", True, "ZWEOPP"),
        ("ZWEOPP", "spokesman", "GOV", True, "ZWEOPP"),
        ("ZWEOPP", "lawyer", "JUD", True, "ZWEJUD"),
        ("AFGREB", "judge", "JUD", False, "AFGREB"),
    ],
)
def test_belonging(owner, noun, role, person, code):
    assert belonging(owner, owner[:3], Agent(noun, role, False), role, person=person) == code
