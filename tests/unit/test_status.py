"""The table of status changes: every occasion with every status."""

from __future__ import annotations

import types

import pytest

from pytest_cognito_pool import Transition
from pytest_cognito_pool._service.clock import moment
from pytest_cognito_pool._service.errors.service_error import ServiceError
from pytest_cognito_pool._service.protocol import model
from pytest_cognito_pool._service.user import status
from pytest_cognito_pool._service.user.user import STATUSES

# Amazon's words, typed here again: the table is checked against the page, not against itself.
ALL = (
    "UNCONFIRMED",
    "CONFIRMED",
    "ARCHIVED",
    "COMPROMISED",
    "UNKNOWN",
    "RESET_REQUIRED",
    "FORCE_CHANGE_PASSWORD",
    "EXTERNAL_PROVIDER",
)
EXPECTED = {
    **{("AdminConfirmSignUp", before): "CONFIRMED" if before == "UNCONFIRMED" else None for before in ALL},
    **{("ConfirmSignUp", before): "CONFIRMED" if before == "UNCONFIRMED" else None for before in ALL},
    **{("SignUp autoConfirmUser", before): "CONFIRMED" if before == "UNCONFIRMED" else None for before in ALL},
    **{("AdminSetUserPassword Permanent=True", before): "CONFIRMED" for before in ALL},
    **{("AdminSetUserPassword Permanent=False", before): "FORCE_CHANGE_PASSWORD" for before in ALL},
    **{("AdminResetUserPassword", before): "RESET_REQUIRED" for before in ALL},
    **{("ConfirmForgotPassword", before): "CONFIRMED" for before in ALL},
    **{
        (f"{operation} NEW_PASSWORD_REQUIRED", before): "CONFIRMED" if before == "FORCE_CHANGE_PASSWORD" else None
        for operation in ("RespondToAuthChallenge", "AdminRespondToAuthChallenge")
        for before in ALL
    },
}
REFUSALS = {
    "CONFIRM": ("User cannot be confirmed. Current status is {}", "only an UNCONFIRMED user can be confirmed"),
    "NEW_PASSWORD": ("Invalid session provided", "only a FORCE_CHANGE_PASSWORD user answers this challenge"),
}


def user(before):
    earlier = Transition("UNKNOWN", before, "Earlier", at=moment(1.0))
    return types.SimpleNamespace(username="ana", shown="'ana'", status=before, history=(earlier,), modified=1.0)


def test_the_statuses_are_those_of_the_model():
    assert set(STATUSES) == set(ALL)
    assert set(model.shape("UserStatusType").enum) == set(ALL)


def test_the_table_has_the_occasions_expected():
    assert {occasion for occasion, _ in EXPECTED} == set(status.CHANGES)


@pytest.mark.parametrize(("occasion", "before"), sorted(EXPECTED))
def test_every_row(occasion, before):
    after = EXPECTED[occasion, before]
    record = user(before)
    if after is None:
        with pytest.raises(ServiceError) as caught:
            status.change(record, occasion, 5.0)
        assert caught.value.code == "NotAuthorizedException"
        message, why = REFUSALS["NEW_PASSWORD" if "NEW_PASSWORD" in occasion else "CONFIRM"]
        assert caught.value.message == message.format(before)
        assert caught.value.why == f"'ana' is {before}; {why}"
        assert (record.status, len(record.history), record.modified) == (before, 1, 1.0)
        return
    made = status.change(record, occasion, 5.0)
    assert made == Transition(before, after, occasion.partition(" ")[0], at=moment(5.0))
    assert made.at == moment(5.0)
    assert (record.status, record.modified) == (after, 5.0)
    assert record.history == (Transition("UNKNOWN", before, "Earlier", at=moment(1.0)), made)


def test_an_occasion_outside_the_table_is_an_error_of_ours():
    with pytest.raises(KeyError):
        status.change(user("UNCONFIRMED"), "ConfirmSignUp by magic", 0.0)


class TestTransition:
    def test_it_compares_without_its_time(self):
        assert Transition("UNCONFIRMED", "CONFIRMED", "X", at=1) == Transition("UNCONFIRMED", "CONFIRMED", "X", at=2)
        assert Transition("UNCONFIRMED", "CONFIRMED", "X", at=1) != Transition("UNCONFIRMED", "CONFIRMED", "Y", at=1)
        assert Transition("UNKNOWN", "CONFIRMED", "X", at=1) != Transition("UNCONFIRMED", "CONFIRMED", "X", at=1)

    def test_it_is_immutable_and_hashable(self):
        transition = Transition("UNCONFIRMED", "CONFIRMED", "X", at=1)
        with pytest.raises(AttributeError):
            transition.after = "UNKNOWN"
        assert {transition, Transition("UNCONFIRMED", "CONFIRMED", "X", at=2)} == {transition}
