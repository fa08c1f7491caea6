"""ForgotPassword, ConfirmForgotPassword and AdminResetUserPassword."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.context import CLIENT, USER
from pytest_cognito_pool._service.errors.passwords import PASSWORD_CHANGED
from pytest_cognito_pool._service.errors.sign_in import USER_DISABLED_AT_SIGN_IN, USER_NOT_CONFIRMED
from pytest_cognito_pool._service.errors.users import (
    CLIENT_USER_NOT_FOUND,
    CODE_EXPIRED,
    CODE_MISMATCH,
    RESET_BY_ADMINISTRATOR,
    RESET_NOT_POSSIBLE,
    RESET_NOWHERE,
)
from pytest_cognito_pool._service.events.sources import PostConfirmation, UserMigration
from pytest_cognito_pool._service.messages import delivery
from pytest_cognito_pool._service.operations import operation
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.user import codes, passwords

if TYPE_CHECKING:
    from types_boto3_cognito_idp.type_defs import (
        AdminResetUserPasswordRequestTypeDef,
        ConfirmForgotPasswordRequestTypeDef,
        ForgotPasswordRequestTypeDef,
    )

    from pytest_cognito_pool._service.context import ClientContext, LockedContext
    from pytest_cognito_pool._service.messages.delivery import Destination
    from pytest_cognito_pool._service.user.user import User

_OCCASION = "ForgotPassword"


@operation("ForgotPassword", on=CLIENT)
def forgot_password(call: ClientContext, request: ForgotPasswordRequestTypeDef) -> dict[str, Any]:
    pool, username = call.pool, request["Username"]
    app_clients.check_secret_hash(call.client, username, request.get("SecretHash"))
    with call.locked() as locked:
        if _is_pretended(call, username):
            pool.codes.pretend(username, locked.at)
            return {"CodeDeliveryDetails": delivery.simulated(pool, username).details()}
        user = locked.user = pool.users.find(username, CLIENT_USER_NOT_FOUND)
        where = _where(locked, user)
        pool.codes.attempt(user, "ForgotPassword", locked.at)
        locked.send_code(_OCCASION, codes.RESET, where)
    return {"CodeDeliveryDetails": where.details()}


@operation("ConfirmForgotPassword", on=CLIENT)
def confirm_forgot_password(call: ClientContext, request: ConfirmForgotPasswordRequestTypeDef) -> dict[str, Any]:
    pool, username = call.pool, request["Username"]
    app_clients.check_secret_hash(call.client, username, request.get("SecretHash"))
    with call.locked() as locked:
        if _is_pretended(call, username):
            asked = pool.codes.is_pretended(username, locked.at)
            raise (CODE_MISMATCH if asked else CODE_EXPIRED)(
                f"no code was sent to {username!r}, which must not be told"
            )
        user = locked.user = pool.users.find(username, CLIENT_USER_NOT_FOUND)
        _check_state(user)
        pool.codes.attempt(user, "ConfirmForgotPassword", locked.at)
        pool.codes.check(user, codes.RESET, request["ConfirmationCode"], locked.at)
        passwords.check_new(user, request["Password"], pool.password_policy, PASSWORD_CHANGED)
        pool.codes.use_up(user, codes.RESET)
        user.set_password(request["Password"], locked.at)
        if user.status != "CONFIRMED":
            locked.change_status("ConfirmForgotPassword")
        locked.after(PostConfirmation.CONFIRM_FORGOT_PASSWORD)
    return {}


@operation("AdminResetUserPassword", on=USER)
def admin_reset_user_password(call: LockedContext, _request: AdminResetUserPasswordRequestTypeDef) -> dict[str, Any]:
    where = _where(call, call.user)
    if call.user.status != "RESET_REQUIRED":
        call.change_status("AdminResetUserPassword")
    call.send_code(_OCCASION, codes.RESET, where)
    return {}


def _is_pretended(call: ClientContext, username: str) -> bool:
    """Whether the user must not be told from one who can get a code (documented).

    That is so where the app client hides whether users exist: who does not exist, is disabled or has no verified
    address, UNCONFIRMED users among them (observed, amplify-js#7253, amplify-js#7696).
    """
    user = call.pool.users.index.find(username)
    if user is None and call.has_function(UserMigration.FORGOT_PASSWORD):
        raise call.unsupported("a UserMigration trigger")
    if not call.client.hides_unknown_users:
        return False
    return user is None or not user.enabled or not delivery.recovery(call.pool, user)


def _where(call: LockedContext, user: User) -> Destination:
    """Where the code goes that resets the user's password.

    Raises:
        ServiceError: NotAuthorizedException or InvalidParameterException, where none can be sent.
    """
    if not user.enabled:
        raise USER_DISABLED_AT_SIGN_IN(f"{user.username!r} is disabled")
    if user.status in {"FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER"}:
        raise RESET_NOT_POSSIBLE(f"{user.username!r} is {user.status}")
    if delivery.is_recovered_by_administrator(call.pool):
        raise RESET_BY_ADMINISTRATOR("the pool's AccountRecoverySetting is admin_only")
    where = delivery.recovery(call.pool, user)
    if where is None:
        raise RESET_NOWHERE(f"no address of {user.username!r} is verified and one of the pool's recovery mechanisms")
    call.check_sends(_OCCASION, [where])
    return where


def _check_state(user: User) -> None:
    if not user.enabled:
        raise USER_DISABLED_AT_SIGN_IN(f"{user.username!r} is disabled")
    if user.status == "UNCONFIRMED":
        raise USER_NOT_CONFIRMED(f"{user.username!r} is UNCONFIRMED")
