"""Place-holders of messages: which there are, and that none takes long to find."""

from __future__ import annotations

import re
from time import process_time
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_cognito_pool._service.messages.templates import PendingMessage

LINK = re.compile(r"\{##(?!##\})(.+?)##\}", re.DOTALL)
PLACE = re.compile(rf"\{{####\}}|\{{username\}}|{LINK.pattern}", re.DOTALL)
POOL = SimpleNamespace(id="us-east-1_A", region="us-east-1")
SIGN_UP = PendingMessage(POOL, None, "SignUp", "ana", [], "123456", None, None)
INVITATION = SIGN_UP._replace(occasion="AdminCreateUser")


def filled(outgoing, text):
    """What one regular expression makes of a text."""
    known = {"{####}": "123456", "{username}": "ana" if outgoing is INVITATION else "{username}"}
    return PLACE.sub(lambda place: known.get(place[0]) or f'<a href="{outgoing._link()}">{place[1]}</a>', text)


@pytest.mark.parametrize("outgoing", [SIGN_UP, INVITATION], ids=["sign-up", "invitation"])
def test_places_are_those_that_one_expression_finds(outgoing):
    pieces = st.sampled_from([*"{#}a\n", "{####}", "{##", "##}", "{username}"])

    @settings(max_examples=400, database=None)
    @given(st.lists(pieces, max_size=12).map("".join))
    def agree(text):
        assert outgoing._filled(text) == filled(outgoing, text)

    agree()


@settings(max_examples=400, database=None)
@given(st.lists(st.sampled_from([*"{#}a\n", "{####}", "{##", "##}"]), max_size=12).map("".join))
def test_a_mail_with_a_code_or_a_link_can_be_used(text):
    assert (SIGN_UP._missing(text, by_sms=False) == "") is bool("{####}" in text or LINK.search(text))


@pytest.mark.parametrize("end", ["", "##}", "{####}", "{username}", "##}{##"])
@pytest.mark.parametrize("unit", ["{##", "{####", "{###", "{##}", "##}", "{##a##}", "{#", "{username", "{##{username}"])
def test_no_text_takes_long(unit, end):
    text = unit * (60_000 // len(unit)) + end
    before = process_time()
    SIGN_UP._filled(text)
    SIGN_UP._missing(text, by_sms=False)
    assert process_time() - before < 1
