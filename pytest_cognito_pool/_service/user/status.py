"""The one table of status changes, and the only module that changes a status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pytest_cognito_pool._service.clock import moment
from pytest_cognito_pool._service.errors.users import CANNOT_BE_CONFIRMED, SESSION_INVALID
from pytest_cognito_pool._service.user.user import Transition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.errors.service_error import ErrorTemplate
    from pytest_cognito_pool._service.user.user import User, UserStatus


class Requirement(NamedTuple):
    """The status that a change needs, and how it is refused.

    Attributes:
        refusal: the error for any other status.
        rule: what is required, for the author of a test.
    """

    status: UserStatus
    refusal: ErrorTemplate
    rule: str


class Change(NamedTuple):
    """One row of the table.

    Attributes:
        after: the status that the user gets.
        requirement: None if every status can be changed.
    """

    after: UserStatus
    requirement: Requirement | None = None


_UNCONFIRMED: Final = Requirement("UNCONFIRMED", CANNOT_BE_CONFIRMED, "only an UNCONFIRMED user can be confirmed")
_TEMPORARY: Final = Requirement(
    "FORCE_CHANGE_PASSWORD", SESSION_INVALID, "only a FORCE_CHANGE_PASSWORD user answers this challenge"
)
# By operation and, if it matters, by a parameter of the request.
# AdminConfirmSignUp: observed for UNCONFIRMED, CONFIRMED and FORCE_CHANGE_PASSWORD, inferred for the other statuses.
# ConfirmSignUp: observed for UNCONFIRMED and CONFIRMED. SignUp: documented, where a PreSignUp function says so.
# NEW_PASSWORD_REQUIRED: observed. A forgotten password: documented from RESET_REQUIRED, inferred for the other rows.
# AdminSetUserPassword: documented for a temporary password, observed from UNCONFIRMED (aws-sdk-js#2976).
CHANGES: Final[Mapping[str, Change]] = {
    "AdminConfirmSignUp": Change("CONFIRMED", _UNCONFIRMED),
    "ConfirmSignUp": Change("CONFIRMED", _UNCONFIRMED),
    "SignUp autoConfirmUser": Change("CONFIRMED", _UNCONFIRMED),
    "AdminSetUserPassword Permanent=True": Change("CONFIRMED"),
    "AdminSetUserPassword Permanent=False": Change("FORCE_CHANGE_PASSWORD"),
    "AdminResetUserPassword": Change("RESET_REQUIRED"),
    "ConfirmForgotPassword": Change("CONFIRMED"),
    "RespondToAuthChallenge NEW_PASSWORD_REQUIRED": Change("CONFIRMED", _TEMPORARY),
    "AdminRespondToAuthChallenge NEW_PASSWORD_REQUIRED": Change("CONFIRMED", _TEMPORARY),
}


def check(user: User, cause: str) -> UserStatus:
    """The status of the user after `cause`, a row of the table.

    Raises:
        ServiceError: the row's own, if the row requires another status.
    """
    after, requirement = CHANGES[cause]
    if requirement is not None and user.status != requirement.status:
        raise requirement.refusal(f"{user.shown} is {user.status}; {requirement.rule}", status=user.status)
    return after


def change(user: User, cause: str, at: float) -> Transition:
    """Change the user's status as `cause` does; the caller holds the pool's lock.

    Raises:
        ServiceError: the row's own; the user is not changed.
    """
    before, after = user.status, check(user, cause)
    transition = Transition(before, after, cause.partition(" ")[0], moment(at))
    user.status = after
    user.history = (*user.history, transition)
    user.modified = at
    return transition


def put_back(user: User, status: UserStatus) -> None:
    """Restore the user's status from a snapshot."""
    user.status = status
