"""Fixtures: the shipped coder is loaded once for all tests."""

from pathlib import Path

import pytest

from coder.pipeline import EventCoder, load_coder

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def coder() -> EventCoder:
    return load_coder()


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT
