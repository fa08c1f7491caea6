"""The sessions of a pool are bounded."""

from __future__ import annotations

from pytest_cognito_pool._service.user.sessions import Session, Sessions


def test_the_oldest_are_forgotten():
    sessions = Sessions()
    for number in range(10_001):
        sessions.open(f"{number}", Session("PASSWORD_VERIFIER", None, "client", 1.0))
    assert sessions.get("0") is None
    assert sessions.get("1") is not None
