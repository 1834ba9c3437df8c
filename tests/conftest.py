"""Fixtures that are dear to make: one coder for all tests, which knows only the tables of the package."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from detente.coding.coder import Coder

# what a developer has imported must not decide a test
os.environ["DETENTE_HOME"] = str(Path(__file__).parent / "no-such-home")


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder("fast")
