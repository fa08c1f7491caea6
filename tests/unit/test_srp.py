"""The arithmetic of the Secure Remote Password protocol: the vectors of facts/sign-in.md 1.1."""

from __future__ import annotations

import hashlib

import pytest

from pytest_cognito_pool._service.sign_in import srp

IDENTITY = srp.Identity("ExamplePo", "8f1c2d3e-0000-4000-8000-00000000abcd")
PASSWORD = "Correct-Horse-1"
SALT = 0x63479AD69A090B258277EC8FBA6F9941
CLIENT, SERVER = (int.from_bytes(hashlib.sha512(text).digest(), "big") for text in (b"client", b"server"))
EXCHANGE = srp.exchange(IDENTITY, PASSWORD, SALT, pow(srp.G, CLIENT, srp.N), SERVER)
KEY = bytes.fromhex("9e7d7edaf0505f228fc3c632a3ec3a65")


def digest(number):
    return hashlib.sha256(f"{number:x}".encode()).hexdigest()


def test_multiplier():
    assert f"{srp.K:x}" == "538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6"


def test_public_values():
    assert digest(EXCHANGE.a_public) == "bc6bfa0a67aec0619293127add882687e2f9bbeb5eb5b977db5bdc96cc295377"
    assert digest(EXCHANGE.b_public) == "9117e6c2943c39386c84bbcb444608f4dceafcedde8457cd610d6f8541da2607"


def test_private_value():
    x = srp.private(SALT, IDENTITY, PASSWORD)
    assert f"{x:x}" == "f7dd22a24f7e9edaffb068d07e998fdc12c4c079f71d7757f62637463afb4315"


def test_scrambling():
    u = srp.scrambling(EXCHANGE.a_public, EXCHANGE.b_public)
    assert f"{u:x}" == "c34fe601c21fa760f511fe5a4c3109bc22251fb293a506995cac46d49ae525e7"


def test_key_of_the_service():
    assert EXCHANGE.key() == KEY


def test_key_of_the_application():
    x, u = srp.private(SALT, IDENTITY, PASSWORD), srp.scrambling(EXCHANGE.a_public, EXCHANGE.b_public)
    shared = pow(EXCHANGE.b_public - srp.K * pow(srp.G, x, srp.N), CLIENT + u * x, srp.N)
    assert srp.derived(u, shared) == KEY


def test_signature():
    signed = srp.signed(KEY, IDENTITY, bytes(range(32)), "Tue May 6 00:09:40 UTC 2025")
    assert signed == "CMfAsu6wRlWNHg/0oMzV/nlbubK3NW1aYNFaxCcTSrU="


@pytest.mark.parametrize(
    ("sent", "written"),
    [
        ("Tue May 6 00:09:40 UTC 2025", "Tue May 6 00:09:40 UTC 2025"),
        ("Fri Sep 05 12:00:00 UTC 2025", "Fri Sep 5 12:00:00 UTC 2025"),
        ("Mon Sep 5 12:00:00 UTC 2025", "Fri Sep 5 12:00:00 UTC 2025"),
        ("Fri Sep 5 12:00:00 GMT 2025", None),
        ("Fri Xyz 5 12:00:00 UTC 2025", None),
        ("Fri Sep 31 12:00:00 UTC 2025", None),
        ("", None),
    ],
)
def test_time_as_the_service_writes_it(sent, written):
    assert srp.as_written(sent) == written


def test_a_user_keeps_their_salt():
    one, two = (srp.begin(IDENTITY, PASSWORD, EXCHANGE.a_public) for _ in range(2))
    assert one.salt == two.salt
    assert one.b_public != two.b_public
    assert srp.begin(IDENTITY._replace(user="other"), PASSWORD, 1).salt != one.salt
