"""Fixtures that are dear to make: one coder for all tests."""

from __future__ import annotations

import pytest

from detente.coding.coder import Coder


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder("fast")
