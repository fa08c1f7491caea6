"""SignUp."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service import app_clients, attributes, delivery, passwords, state, texts
from pytest_cognito_pool._service.operations import operation

if TYPE_CHECKING:
    from types_boto3_cognito_idp.type_defs import SignUpRequestTypeDef

    from pytest_cognito_pool._service.context import Context
    from pytest_cognito_pool._service.state import Pool


@operation("SignUp")
def sign_up(call: Context, request: SignUpRequestTypeDef) -> dict[str, Any]:
    client = call.client(request["ClientId"])
    pool, username = client.pool, request["Username"]
    app_clients.check_secret_hash(client, username, request.get("SecretHash"))
    if pool.settings["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"]:
        raise texts.SIGN_UP_NOT_PERMITTED("the pool has AllowAdminCreateUserOnly=True")
    attributes.check_username(username, pool.username_attributes, pool.alias_attributes)
    given = attributes.from_list(request.get("UserAttributes", ()))
    app_clients.check_writable(client, given)
    given = pool.with_username(username, given)
    pool.schema.check_new(given, required=True)
    password = request.get("Password")
    with pool.lock:
        pool.check_free(username, given, texts.USERNAME_EXISTS_SIGN_UP)
        # Documented: only a pool in which users can sign in with a code takes a user without a password.
        if password is not None or not pool.is_passwordless:
            passwords.check(password or "", pool.password_policy, texts.PASSWORD_SIGN_UP)
        user = state.new_user(username, "UNCONFIRMED", _unverified(pool, given), password, pool=pool)
        pool.add(user)
    details = delivery.verification(pool, user)
    return {
        "UserConfirmed": False,
        "UserSub": user.sub,
        **({"CodeDeliveryDetails": details} if details else {}),
    }


def _unverified(pool: Pool, given: dict[str, str]) -> dict[str, str]:
    """The attributes with a flag for each address that the pool will verify."""
    flags = {
        attributes.VERIFIED[name]: "false"
        for name in pool.settings.get("AutoVerifiedAttributes", ())
        if given.get(name)
    }
    return {**flags, **given}
