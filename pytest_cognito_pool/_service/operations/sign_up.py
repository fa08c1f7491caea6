"""SignUp."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service import account as state
from pytest_cognito_pool._service.errors.passwords import PASSWORD_SIGN_UP
from pytest_cognito_pool._service.errors.users import (
    AUTO_VERIFY_NOTHING,
    SIGN_UP_NOT_PERMITTED,
    USERNAME_EXISTS_SIGN_UP,
)
from pytest_cognito_pool._service.messages import delivery
from pytest_cognito_pool._service.operations import operation
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.pool import schema as attributes
from pytest_cognito_pool._service.triggers import payloads
from pytest_cognito_pool._service.user import passwords

if TYPE_CHECKING:
    from collections.abc import Mapping

    from types_boto3_cognito_idp.type_defs import SignUpRequestTypeDef

    from pytest_cognito_pool._service.account import Pool
    from pytest_cognito_pool._service.context import Context

_AUTO_VERIFY: Final = {"autoVerifyEmail": "email", "autoVerifyPhone": "phone_number"}


@operation("SignUp")
def sign_up(call: Context, request: SignUpRequestTypeDef) -> dict[str, Any]:
    client = call.client(request["ClientId"])
    pool, username = client.pool, request["Username"]
    app_clients.check_secret_hash(client, username, request.get("SecretHash"))
    if pool.settings["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"]:
        raise SIGN_UP_NOT_PERMITTED("the pool has AllowAdminCreateUserOnly=True")
    attributes.check_username(username, pool.username_attributes, pool.alias_attributes)
    given = attributes.from_list(request.get("UserAttributes", ()))
    app_clients.check_writable(client, given)
    attributes.check_signing_up(given, pool.alias_attributes)
    given = pool.with_username(username, given)
    pool.schema.check_new(given, required=True)
    password = request.get("Password")
    user = state.new_user(username, "UNCONFIRMED", given, password, pool=pool)
    # Observed: before any answer about other users (aws-sdk-android#1730).
    validation_data = attributes.validation_data(request)
    decision = call.fire(pool, call.event("PreSignUp_SignUp", pool, user, validation_data))
    verified = _verified(decision, given)
    confirmed = bool(decision.get("autoConfirmUser"))
    with pool.lock:
        pool.check_free(username, given, USERNAME_EXISTS_SIGN_UP)
        # Documented: only a pool in which users can sign in with a code takes a user without a password.
        if password is not None or not pool.is_passwordless:
            passwords.check(password or "", pool.password_policy, PASSWORD_SIGN_UP)
        user.attributes = {**_unverified(pool, given), **given, **verified}
        # Documented: an alias that is verified at once is taken from whoever has it.
        to_take = pool.conflicts(user.sub, user.attributes, force=True)
        where = None if confirmed else delivery.verification(pool, user)
        call.check_sends("SignUp", pool, [where])
        pool.take_over(to_take)
        pool.add(user)
        if confirmed:
            call.change_status(pool, user, "SignUp autoConfirmUser")
        event = call.event(payloads.CONFIRM_SIGN_UP, pool, user) if confirmed else None
        message = call.code_message("SignUp", pool, user, where) if where else None
    call.fire(pool, event)
    call.send(message)
    return {
        "UserConfirmed": confirmed,
        "UserSub": user.sub,
        **({"CodeDeliveryDetails": where.details()} if where else {}),
    }


def _verified(decision: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """The addresses that a PreSignUp function says are verified, with their flags.

    Raises:
        ServiceError: InvalidParameterException, for one that the user has not (documented that the sign-up fails).
    """
    verified: dict[str, str] = {}
    for name, address in _AUTO_VERIFY.items():
        if not decision.get(name):
            continue
        if not given.get(address):
            raise AUTO_VERIFY_NOTHING(f"the PreSignUp function answered {name}=true", attribute=address)
        verified |= {address: given[address], attributes.VERIFIED[address]: "true"}
    return verified


def _unverified(pool: Pool, given: Mapping[str, str]) -> dict[str, str]:
    """A flag for each address that the pool will verify."""
    return {
        attributes.VERIFIED[name]: "false"
        for name in pool.settings.get("AutoVerifiedAttributes", ())
        if given.get(name)
    }
