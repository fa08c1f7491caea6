"""SignUp."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.context import CLIENT
from pytest_cognito_pool._service.errors.passwords import PASSWORD_SIGN_UP
from pytest_cognito_pool._service.errors.users import (
    AUTO_VERIFY_NOTHING,
    AUTO_VERIFY_UNCONFIRMED,
    SIGN_UP_NOT_PERMITTED,
    USERNAME_EXISTS_SIGN_UP,
)
from pytest_cognito_pool._service.events.sources import PostConfirmation, PreSignUp
from pytest_cognito_pool._service.messages import delivery
from pytest_cognito_pool._service.operations import operation
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.user import addresses, attributes, codes, passwords

if TYPE_CHECKING:
    from collections.abc import Mapping

    from types_boto3_cognito_idp.type_defs import SignUpRequestTypeDef

    from pytest_cognito_pool._service.context import ClientContext
    from pytest_cognito_pool._service.pool.pool import Pool

_AUTO_VERIFY: Final = {"autoVerifyEmail": "email", "autoVerifyPhone": "phone_number"}


@operation("SignUp", on=CLIENT)
def sign_up(call: ClientContext, request: SignUpRequestTypeDef) -> dict[str, Any]:
    pool, username = call.pool, request["Username"]
    app_clients.check_secret_hash(call.client, username, request.get("SecretHash"))
    if pool.settings["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"]:
        raise SIGN_UP_NOT_PERMITTED("the pool has AllowAdminCreateUserOnly=True")
    addresses.check_username(username, pool.username_attributes, pool.alias_attributes)
    given = attributes.from_list(request.get("UserAttributes", ()))
    app_clients.check_writable(call.client, given)
    addresses.check_signing_up(given, pool.alias_attributes)
    given = pool.users.with_username(username, given)
    pool.schema.check_new(given, required=True)
    given = attributes.with_values(given)
    password = request.get("Password")
    user = pool.new_user(username, "UNCONFIRMED", given, password)
    # Observed: the function runs before any answer about other users (aws-sdk-android#1730).
    decision = call.ask(PreSignUp.SIGN_UP, user, attributes.validation_data(request))
    confirmed = bool(decision.get("autoConfirmUser"))
    verified = _verified(decision, given)
    with call.locked(user) as locked:
        pool.users.check_free(username, given, USERNAME_EXISTS_SIGN_UP)
        # Documented: only pools in which users can sign in with a code accept users without a password.
        if password is not None or not pool.is_passwordless:
            passwords.check(password or "", pool.password_policy, PASSWORD_SIGN_UP)
        user.attributes = {**_unverified(pool, given), **given, **verified}
        # Documented: an alias that is verified at once is taken from the user who has it.
        to_take = pool.users.conflicts(user.sub, user.attributes, force=True)
        where = None if confirmed else delivery.verification(pool, user)
        locked.check_sends("SignUp", [where])
        pool.users.take_over(to_take, locked.at)
        pool.users.add(user, locked.at)
        if confirmed:
            # Observed: such a user was created and modified at the same time.
            locked.change_status("SignUp autoConfirmUser")
            locked.after(PostConfirmation.CONFIRM_SIGN_UP)
        if where:
            locked.send_code("SignUp", codes.SIGN_UP, where)
    return {
        "UserConfirmed": confirmed,
        "UserSub": user.sub,
        **({"CodeDeliveryDetails": where.details()} if where else {}),
    }


def _verified(decision: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """Return the addresses that the PreSignUp function marks as verified, with their flags.

    Raises:
        ServiceError: InvalidLambdaResponseException, if the function does not confirm the user;
            InvalidParameterException, if the user lacks the address (documented: the sign-up fails).
    """
    asked = [name for name in _AUTO_VERIFY if decision.get(name)]
    if asked and not decision.get("autoConfirmUser"):
        raise AUTO_VERIFY_UNCONFIRMED(f"the PreSignUp function answered {asked[0]}=true without autoConfirmUser=true")
    verified: dict[str, str] = {}
    for name in asked:
        address = _AUTO_VERIFY[name]
        if not given.get(address):
            raise AUTO_VERIFY_NOTHING(f"the PreSignUp function answered {name}=true", attribute=address)
        verified |= {address: given[address], addresses.VERIFIED[address]: "true"}
    return verified


def _unverified(pool: Pool, given: Mapping[str, str]) -> dict[str, str]:
    """A flag for each address that the pool will verify."""
    return {addresses.VERIFIED[name]: "false" for name in pool.auto_verified_attributes if given.get(name)}
