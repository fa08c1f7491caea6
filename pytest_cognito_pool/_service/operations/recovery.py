"""ForgotPassword, ConfirmForgotPassword and AdminResetUserPassword."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.context import CLIENT, USER
from pytest_cognito_pool._service.errors.passwords import PASSWORD_CHANGED
from pytest_cognito_pool._service.errors.users import (
    CLIENT_USER_NOT_FOUND,
    CODE_MISMATCH,
    RESET_BY_ADMINISTRATOR,
    RESET_NOT_POSSIBLE,
    RESET_NOWHERE,
    USER_DISABLED,
)
from pytest_cognito_pool._service.events.sources import PostConfirmation, UserMigration
from pytest_cognito_pool._service.messages import delivery
from pytest_cognito_pool._service.operations import operation, sign_in_steps
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.user import codes, passwords
from pytest_cognito_pool._service.user.user import User

if TYPE_CHECKING:
    from types_boto3_cognito_idp.type_defs import (
        AdminResetUserPasswordRequestTypeDef,
        ConfirmForgotPasswordRequestTypeDef,
        ForgotPasswordRequestTypeDef,
    )

    from pytest_cognito_pool._service.context import ClientContext, LockedContext
    from pytest_cognito_pool._service.messages.delivery import Destination
    from pytest_cognito_pool._service.pool.pool import Pool

_OCCASION: Final = "ForgotPassword"
_NOT_TO_BE_RESET: Final = frozenset({"EXTERNAL_PROVIDER", "FORCE_CHANGE_PASSWORD"})


@operation("ForgotPassword", on=CLIENT)
def forgot_password(call: ClientContext, request: ForgotPasswordRequestTypeDef) -> dict[str, Any]:
    pool, username = call.pool, request["Username"]
    app_clients.check_secret_hash(call.client, username, request.get("SecretHash"))
    _check_self_service(pool)
    with call.locked() as locked:
        user = _found(call, username)
        if call.client.hides_unknown_users and _must_not_learn(pool, user):
            stranger = _stranger(username)
            pool.codes.attempt(stranger, "ForgotPassword", locked.at)
            where = delivery.simulated(delivery.recovery_attributes(pool), username)
            pool.codes.give(stranger, codes.RESET, where.attribute, where.address, locked.at)
            return {"CodeDeliveryDetails": where.details()}
        locked.user = user or pool.users.find(username, CLIENT_USER_NOT_FOUND)
        where = _where(locked)
        pool.codes.attempt(locked.user, "ForgotPassword", locked.at)
        locked.send_code(_OCCASION, codes.RESET, where)
    return {"CodeDeliveryDetails": where.details()}


@operation("ConfirmForgotPassword", on=CLIENT)
def confirm_forgot_password(call: ClientContext, request: ConfirmForgotPasswordRequestTypeDef) -> dict[str, Any]:
    pool, username, typed = call.pool, request["Username"], request["ConfirmationCode"]
    app_clients.check_secret_hash(call.client, username, request.get("SecretHash"))
    with call.locked() as locked:
        user = _found(call, username)
        if call.client.hides_unknown_users and (user is None or _gets_no_code(pool, user, username)):
            stranger = _stranger(username)
            pool.codes.attempt(stranger, "ConfirmForgotPassword", locked.at)
            pool.codes.check(stranger, codes.RESET, typed, locked.at)
            raise CODE_MISMATCH(f"no code was sent to {username!r}")
        user = locked.user = user or pool.users.find(username, CLIENT_USER_NOT_FOUND)
        sign_in_steps.check_usable(user)
        pool.codes.attempt(user, "ConfirmForgotPassword", locked.at)
        pool.codes.check(user, codes.RESET, typed, locked.at)
        passwords.check_new(user, request["Password"], pool.password_policy, PASSWORD_CHANGED)
        pool.codes.use_up(user, codes.RESET)
        user.set_password(request["Password"], locked.at)
        if user.status != "CONFIRMED":
            locked.change_status("ConfirmForgotPassword")
        locked.after(PostConfirmation.CONFIRM_FORGOT_PASSWORD)
    return {}


@operation("AdminResetUserPassword", on=USER)
def admin_reset_user_password(call: LockedContext, _request: AdminResetUserPasswordRequestTypeDef) -> dict[str, Any]:
    _check_self_service(call.pool)
    where = _where(call)
    if call.user.status != "RESET_REQUIRED":
        call.change_status("AdminResetUserPassword")
    call.send_code(_OCCASION, codes.RESET, where)
    return {}


def _check_self_service(pool: Pool) -> None:
    if not delivery.recovery_attributes(pool):
        raise RESET_BY_ADMINISTRATOR("the pool's AccountRecoverySetting is admin_only")


def _found(call: ClientContext, username: str) -> User | None:
    """Return the user of that name; None if the pool has no such user."""
    user = call.pool.users.index.find(username)
    if user is None and call.has_function(UserMigration.FORGOT_PASSWORD):
        raise call.unsupported("a UserMigration trigger")
    return user


def _must_not_learn(pool: Pool, user: User | None) -> bool:
    """Whether no code can be sent and the reply must hide this.

    Documented for a user who does not exist, is disabled or has no verified address; observed for UNCONFIRMED ones too
    (amplify-js#7253, amplify-js#7696). The state of a user with a temporary password is not hidden.
    """
    if user is None or not user.enabled:
        return True
    return user.status not in _NOT_TO_BE_RESET and delivery.recovery(pool, user) is None


def _gets_no_code(pool: Pool, user: User, username: str) -> bool:
    """Whether the user is disabled, or asked for a code and did not get one."""
    return not user.enabled or (
        pool.codes.has(_stranger(username), codes.RESET) and not pool.codes.has(user, codes.RESET)
    )


def _stranger(username: str) -> User:
    """Return a placeholder user for a name that gets no code; attempts are counted by the name."""
    return User(username, username, "UNKNOWN", {}, None)


def _where(call: LockedContext) -> Destination:
    """Return where to send the code that resets the user's password.

    Raises:
        ServiceError: NotAuthorizedException or InvalidParameterException, if no code can be sent.
    """
    user = call.user
    if not user.enabled:
        raise USER_DISABLED(f"{user.shown} is disabled")
    if user.status in _NOT_TO_BE_RESET:
        raise RESET_NOT_POSSIBLE(f"{user.shown} is {user.status}")
    where = delivery.recovery(call.pool, user)
    if where is None:
        raise RESET_NOWHERE(f"{user.shown} has no verified address among the pool's recovery mechanisms")
    call.check_sends(_OCCASION, [where])
    return where
