"""The administrator's operations on one user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.context import POOL, USER
from pytest_cognito_pool._service.errors.passwords import PASSWORD_SET, PASSWORD_TEMPORARY
from pytest_cognito_pool._service.errors.users import RESEND_NOT_POSSIBLE, USERNAME_EXISTS_ADMIN
from pytest_cognito_pool._service.events.sources import PreSignUp
from pytest_cognito_pool._service.messages import delivery
from pytest_cognito_pool._service.operations import changing_attributes, operation
from pytest_cognito_pool._service.user import addresses, attributes, passwords
from pytest_cognito_pool._service.user.user import described

if TYPE_CHECKING:
    from types_boto3_cognito_idp.type_defs import (
        AdminCreateUserRequestTypeDef,
        AdminDeleteUserAttributesRequestTypeDef,
        AdminDeleteUserRequestTypeDef,
        AdminDisableUserRequestTypeDef,
        AdminEnableUserRequestTypeDef,
        AdminGetUserRequestTypeDef,
        AdminSetUserPasswordRequestTypeDef,
        AdminUpdateUserAttributesRequestTypeDef,
    )

    from pytest_cognito_pool._service.context import LockedContext, PoolContext
    from pytest_cognito_pool._service.messages.delivery import Destination
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.user.user import UserStatus


@operation("AdminCreateUser", on=POOL)
def admin_create_user(call: PoolContext, request: AdminCreateUserRequestTypeDef) -> dict[str, Any]:
    pool, username = call.pool, request["Username"]
    if request.get("MessageAction") == "RESEND":
        return _resend(call, request)
    addresses.check_username(username, pool.username_attributes, pool.alias_attributes)
    given = pool.users.with_username(username, attributes.from_list(request.get("UserAttributes", ())))
    # Required attributes may be left for the user to give at the first sign-in (model, UserAttributes).
    pool.schema.check_new(given, required=False)
    given = attributes.with_values(given)
    status: UserStatus = "FORCE_CHANGE_PASSWORD"
    password = request.get("TemporaryPassword")
    if password is None and _is_passwordless(pool, request, given):
        status = "CONFIRMED"
    else:
        password = password or passwords.temporary(pool.password_policy)
        passwords.check(password, pool.password_policy, PASSWORD_TEMPORARY)
    user = pool.new_user(username, status, given, password)
    # Documented: the function's response is ignored, its error is not.
    call.ask(PreSignUp.ADMIN_CREATE_USER, user, attributes.validation_data(request))
    with call.locked(user) as locked:
        pool.users.check_free(username, given, USERNAME_EXISTS_ADMIN)
        to_take = pool.users.conflicts(user.sub, given, force=request.get("ForceAliasCreation", False))
        deliveries = _deliveries(locked, request)
        pool.users.take_over(to_take, locked.at)
        pool.users.add(user, locked.at)
        _invite(locked, deliveries)
    return {"User": described(user)}


def _resend(call: PoolContext, request: AdminCreateUserRequestTypeDef) -> dict[str, Any]:
    """Invite the user again, with a new temporary password."""
    policy = call.pool.password_policy
    with call.user(request["Username"]) as locked:
        user = locked.user
        if user.status != "FORCE_CHANGE_PASSWORD":
            raise RESEND_NOT_POSSIBLE(f"{user.shown} is {user.status}", username=request["Username"])
        password = request.get("TemporaryPassword") or passwords.temporary(policy)
        passwords.check(password, policy, PASSWORD_TEMPORARY)
        deliveries = _deliveries(locked, request)
        user.set_password(password, locked.at)
        _invite(locked, deliveries)
    return {"User": described(user)}


def _deliveries(call: LockedContext, request: AdminCreateUserRequestTypeDef) -> list[Destination]:
    """Return where the invitation goes; empty if it is suppressed or the user has no address for it."""
    if request.get("MessageAction") == "SUPPRESS":
        return []
    deliveries = delivery.invitation(call.user, request.get("DesiredDeliveryMediums"))
    call.check_sends("AdminCreateUser", deliveries)
    return deliveries


def _invite(call: LockedContext, deliveries: list[Destination]) -> None:
    """Send the temporary password; a user without one is not invited."""
    if deliveries and call.user.password is not None:
        call.send("AdminCreateUser", deliveries, call.user.password)


def _is_passwordless(pool: Pool, request: AdminCreateUserRequestTypeDef, given: dict[str, str]) -> bool:
    """Whether the user can sign in with a code by mail at once (observed with SUPPRESS and a verified address)."""
    verified = addresses.is_true(given.get("email_verified"))
    return "EMAIL_OTP" in pool.first_factors and verified and request.get("MessageAction") == "SUPPRESS"


@operation("AdminGetUser", on=USER)
def admin_get_user(call: LockedContext, _request: AdminGetUserRequestTypeDef) -> dict[str, Any]:
    return described(call.user, "UserAttributes")


@operation("AdminUpdateUserAttributes", on=POOL)
def admin_update_user_attributes(call: PoolContext, request: AdminUpdateUserAttributesRequestTypeDef) -> None:
    changed = attributes.from_list(request["UserAttributes"])
    with call.user(request["Username"]) as locked:
        changing_attributes.change(locked, changed)


@operation("AdminDeleteUserAttributes", on=USER)
def admin_delete_user_attributes(call: LockedContext, request: AdminDeleteUserAttributesRequestTypeDef) -> None:
    changing_attributes.delete(call, request["UserAttributeNames"])


@operation("AdminSetUserPassword", on=USER)
def admin_set_user_password(call: LockedContext, request: AdminSetUserPasswordRequestTypeDef) -> None:
    passwords.check_new(call.user, request["Password"], call.pool.password_policy, PASSWORD_SET)
    call.change_status(f"AdminSetUserPassword Permanent={request.get('Permanent', False)}")
    call.user.set_password(request["Password"], call.at)


@operation("AdminEnableUser", on=USER)
def admin_enable_user(call: LockedContext, _request: AdminEnableUserRequestTypeDef) -> None:
    call.user.enabled, call.user.modified = True, call.at


@operation("AdminDisableUser", on=USER)
def admin_disable_user(call: LockedContext, _request: AdminDisableUserRequestTypeDef) -> None:
    call.user.enabled, call.user.modified = False, call.at
    # Documented: the user's tokens are revoked.
    call.pool.revoke_all(call.user)


@operation("AdminDeleteUser", on=USER)
def admin_delete_user(call: LockedContext, _request: AdminDeleteUserRequestTypeDef) -> None:
    call.pool.remove(call.user)
