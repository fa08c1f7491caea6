"""The administrator's operations on one user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service import account as state
from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.errors.passwords import PASSWORD_SET, PASSWORD_TEMPORARY
from pytest_cognito_pool._service.errors.users import RESEND_NOT_POSSIBLE, USERNAME_EXISTS_ADMIN
from pytest_cognito_pool._service.messages import delivery
from pytest_cognito_pool._service.operations import operation
from pytest_cognito_pool._service.pool import schema as attributes
from pytest_cognito_pool._service.user import passwords
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

    from pytest_cognito_pool._service.account import Pool
    from pytest_cognito_pool._service.context import Context
    from pytest_cognito_pool._service.messages.delivery import Delivery
    from pytest_cognito_pool._service.messages.templates import Outgoing
    from pytest_cognito_pool._service.user.user import User, UserStatus


@operation("AdminCreateUser")
def admin_create_user(call: Context, request: AdminCreateUserRequestTypeDef) -> dict[str, Any]:
    pool, username = call.pool(request["UserPoolId"]), request["Username"]
    if request.get("MessageAction") == "RESEND":
        return _resend(call, pool, request)
    attributes.check_username(username, pool.username_attributes, pool.alias_attributes)
    given = pool.with_username(username, attributes.from_list(request.get("UserAttributes", ())))
    # Required attributes may be left for the user to give at her first sign-in (model, UserAttributes).
    pool.schema.check_new(given, required=False)
    status: UserStatus = "FORCE_CHANGE_PASSWORD"
    password = request.get("TemporaryPassword")
    if password is None and _is_passwordless(pool, request, given):
        status = "CONFIRMED"
    else:
        password = password or passwords.temporary(pool.password_policy)
        passwords.check(password, pool.password_policy, PASSWORD_TEMPORARY)
    user = state.new_user(username, status, given, password, pool=pool)
    validation_data = attributes.validation_data(request)
    # Documented: what the function answers is ignored, an error of its is not.
    call.fire(pool, call.event("PreSignUp_AdminCreateUser", pool, user, validation_data))
    with pool.lock:
        pool.check_free(username, given, USERNAME_EXISTS_ADMIN)
        to_take = pool.conflicts(user.sub, given, force=request.get("ForceAliasCreation", False))
        deliveries = _deliveries(call, pool, user, request)
        pool.take_over(to_take)
        pool.add(user)
        message = _invitation(call, pool, user, deliveries)
    call.send(message)
    return {"User": _described(user, "Attributes")}


def _resend(call: Context, pool: Pool, request: AdminCreateUserRequestTypeDef) -> dict[str, Any]:
    """Invite her again, with a new temporary password."""
    username = request["Username"]
    with pool.lock:
        user = pool.find(username)
        if user.status != "FORCE_CHANGE_PASSWORD":
            raise RESEND_NOT_POSSIBLE(f"{user.username!r} is {user.status}", username=username)
        password = request.get("TemporaryPassword") or passwords.temporary(pool.password_policy)
        passwords.check(password, pool.password_policy, PASSWORD_TEMPORARY)
        deliveries = _deliveries(call, pool, user, request)
        user.password = password
        user.modified = pool.clock.time()
        message = _invitation(call, pool, user, deliveries)
    call.send(message)
    return {"User": _described(user, "Attributes")}


def _deliveries(call: Context, pool: Pool, user: User, request: AdminCreateUserRequestTypeDef) -> list[Delivery]:
    """Where the invitation goes; nowhere when it is suppressed, or there is no address for it."""
    if request.get("MessageAction") == "SUPPRESS":
        return []
    # Documented: by SMS unless the request says otherwise.
    deliveries = delivery.invitation(user, request.get("DesiredDeliveryMediums", ["SMS"]))
    call.check_sends("AdminCreateUser", pool, deliveries)
    return deliveries


def _invitation(call: Context, pool: Pool, user: User, deliveries: list[Delivery]) -> Outgoing | None:
    """The message with the temporary password; a user without one is not invited."""
    if not deliveries or user.password is None:
        return None
    return call.message("AdminCreateUser", pool, user, deliveries, user.password)


def _is_passwordless(pool: Pool, request: AdminCreateUserRequestTypeDef, given: dict[str, str]) -> bool:
    """Whether the user can sign in with a code by mail at once (observed with SUPPRESS and a verified address)."""
    factors = pool.settings["Policies"]["SignInPolicy"]["AllowedFirstAuthFactors"]
    verified = given.get("email_verified") == "true"
    return "EMAIL_OTP" in factors and verified and request.get("MessageAction") == "SUPPRESS"


@operation("AdminGetUser")
def admin_get_user(call: Context, request: AdminGetUserRequestTypeDef) -> dict[str, Any]:
    pool = call.pool(request["UserPoolId"])
    with pool.lock:
        return _described(pool.find(request["Username"]), "UserAttributes")


@operation("AdminUpdateUserAttributes")
def admin_update_user_attributes(call: Context, request: AdminUpdateUserAttributesRequestTypeDef) -> dict[str, Any]:
    pool = call.pool(request["UserPoolId"])
    changed = attributes.from_list(request["UserAttributes"])
    with pool.lock:
        user = pool.find(request["Username"])
        pool.schema.check_update(changed)
        _check_no_pending_update(call, pool, changed)
        changed = _unverifying(user, changed)
        pool.conflicts(user.sub, {**user.attributes, **changed})
        deliveries = delivery.to_be_verified(pool, user, changed)
        call.check_sends("UpdateUserAttribute", pool, deliveries)
        pool.change_attributes(user, changed)
        messages = [call.message("UpdateUserAttribute", pool, user, [where], ids.code()) for where in deliveries]
    for message in messages:
        call.send(message)
    return {}


@operation("AdminDeleteUserAttributes")
def admin_delete_user_attributes(call: Context, request: AdminDeleteUserAttributesRequestTypeDef) -> dict[str, Any]:
    pool = call.pool(request["UserPoolId"])
    with pool.lock:
        user = pool.find(request["Username"])
        pool.schema.check_delete(request["UserAttributeNames"])
        pool.change_attributes(user, _unverifying(user, dict.fromkeys(request["UserAttributeNames"], "")))
    return {}


def _check_no_pending_update(call: Context, pool: Pool, changed: dict[str, str]) -> None:
    """A new address that must be verified before it replaces the old one is not simulated."""
    settings = pool.settings["UserAttributeUpdateSettings"]
    for address in settings.get("AttributesRequireVerificationBeforeUpdate", ()):
        if changed.get(address) and changed.get(attributes.VERIFIED[address]) != "true":
            raise call.unsupported(f"AttributesRequireVerificationBeforeUpdate=[{address!r}]")


def _unverifying(user: User, changed: dict[str, str]) -> dict[str, str]:
    """The change, and the flag of each new or removed address that does not come with its own (inferred)."""
    flags = {
        flag: "false" if changed[address] else ""
        for address, flag in attributes.VERIFIED.items()
        if address in changed and flag not in changed and changed[address] != user.attributes.get(address)
    }
    return {**changed, **flags}


@operation("AdminSetUserPassword")
def admin_set_user_password(call: Context, request: AdminSetUserPasswordRequestTypeDef) -> dict[str, Any]:
    pool = call.pool(request["UserPoolId"])
    with pool.lock:
        user = pool.find(request["Username"])
        passwords.check(request["Password"], pool.password_policy, PASSWORD_SET)
        if pool.password_policy.get("PasswordHistorySize"):
            raise call.unsupported("PasswordHistorySize")
        permanent = request.get("Permanent", False)
        call.change_status(pool, user, f"AdminSetUserPassword Permanent={permanent}")
        user.password = request["Password"]
    return {}


@operation("AdminEnableUser")
def admin_enable_user(call: Context, request: AdminEnableUserRequestTypeDef) -> dict[str, Any]:
    return _switch(call.pool(request["UserPoolId"]), request["Username"], enabled=True)


@operation("AdminDisableUser")
def admin_disable_user(call: Context, request: AdminDisableUserRequestTypeDef) -> dict[str, Any]:
    return _switch(call.pool(request["UserPoolId"]), request["Username"], enabled=False)


def _switch(pool: Pool, username: str, *, enabled: bool) -> dict[str, Any]:
    with pool.lock:
        user = pool.find(username)
        user.enabled = enabled
        user.modified = pool.clock.time()
    return {}


@operation("AdminDeleteUser")
def admin_delete_user(call: Context, request: AdminDeleteUserRequestTypeDef) -> None:
    pool = call.pool(request["UserPoolId"])
    with pool.lock:
        pool.remove(pool.find(request["Username"]))


def _described(user: User, attributes_key: str) -> dict[str, Any]:
    return {**described(user), attributes_key: attributes.to_list(user.all_attributes)}
