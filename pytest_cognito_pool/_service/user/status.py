"""The one table of status changes, and the only function that changes a status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_cognito_pool._service.clock import moment
from pytest_cognito_pool._service.errors.users import CANNOT_BE_CONFIRMED
from pytest_cognito_pool._service.user.user import STATUSES, Transition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.user.user import User, UserStatus


def _from_any(after: UserStatus) -> dict[UserStatus, UserStatus]:
    return dict.fromkeys(STATUSES, after)


# AdminConfirmSignUp: observed for UNCONFIRMED, CONFIRMED and FORCE_CHANGE_PASSWORD, inferred for the other statuses.
# ConfirmSignUp: observed for UNCONFIRMED and CONFIRMED. SignUp: documented, where a PreSignUp function says so.
# AdminSetUserPassword: documented for a temporary password, observed from UNCONFIRMED (aws-sdk-js#2976).
CHANGES: Final[Mapping[str, Mapping[UserStatus, UserStatus]]] = {
    "AdminConfirmSignUp": {"UNCONFIRMED": "CONFIRMED"},
    "ConfirmSignUp": {"UNCONFIRMED": "CONFIRMED"},
    "SignUp autoConfirmUser": {"UNCONFIRMED": "CONFIRMED"},
    "AdminSetUserPassword Permanent=True": _from_any("CONFIRMED"),
    "AdminSetUserPassword Permanent=False": _from_any("FORCE_CHANGE_PASSWORD"),
}


def check(user: User, occasion: str) -> UserStatus:
    """The status that the user gets by `occasion`.

    Raises:
        ServiceError: NotAuthorizedException, where the table has no such change.
    """
    after = CHANGES[occasion].get(user.status)
    if after is None:
        why = f"{user.username!r} is {user.status}; only an UNCONFIRMED user can be confirmed"
        raise CANNOT_BE_CONFIRMED(why, status=user.status)
    return after


def change(user: User, occasion: str, at: float) -> Transition:
    """Change the user's status as `occasion` does; the caller holds the pool's lock.

    Raises:
        ServiceError: NotAuthorizedException, where the table has no such change; the user stays as it was.
    """
    before, after = user.status, check(user, occasion)
    transition = Transition(before, after, occasion.partition(" ")[0], moment(at))
    user.status = after
    user.history = (*user.history, transition)
    user.modified = at
    return transition


def put_back(user: User, status: UserStatus) -> None:
    """Give the user a status from before, as a snapshot has it."""
    user.status = status
