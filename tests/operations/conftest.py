"""What tests of operations share."""

from __future__ import annotations

import pytest

BEGIN = 1_800_000_000


@pytest.fixture
def passed(monkeypatch):
    """Stop the machine's clock, so many seconds after the test began."""

    def passed(seconds):
        monkeypatch.setattr("time.time", lambda: float(BEGIN + seconds))

    passed(0)
    return passed
