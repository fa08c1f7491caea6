"""ConfirmSignUp and ResendConfirmationCode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.errors.service_error import ServiceError
from pytest_cognito_pool._service.errors.users import (
    ALIAS_EXISTS_CONFIRM,
    CLIENT_USER_NOT_FOUND,
    CODE_EXPIRED,
    RESEND_CONFIRMED,
    RESEND_NOWHERE,
    RESEND_OFF,
    USER_DISABLED,
)
from pytest_cognito_pool._service.messages import delivery
from pytest_cognito_pool._service.operations import operation
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.pool.schema import VERIFIED
from pytest_cognito_pool._service.triggers import payloads

if TYPE_CHECKING:
    from types_boto3_cognito_idp.type_defs import (
        ConfirmSignUpRequestTypeDef,
        ResendConfirmationCodeRequestTypeDef,
    )

    from pytest_cognito_pool._service.account import AppClient, Pool
    from pytest_cognito_pool._service.context import Context
    from pytest_cognito_pool._service.messages.delivery import Delivery
    from pytest_cognito_pool._service.user.user import User


@operation("ConfirmSignUp")
def confirm_sign_up(call: Context, request: ConfirmSignUpRequestTypeDef) -> dict[str, Any]:
    client = call.client(request["ClientId"])
    pool, username = client.pool, request["Username"]
    app_clients.check_secret_hash(client, username, request.get("SecretHash"))
    if "Session" in request:
        raise call.unsupported("Session")
    with pool.lock:
        user = pool.names.find(username)
        if user is None:
            raise _unknown(client, username)
        # Observed: the status before the code.
        pool.check_status(user, "ConfirmSignUp")
        pool.codes.attempt(user, "ConfirmSignUp", pool.clock.time())
        code = pool.codes.check(user, request["ConfirmationCode"], pool.clock.time())
        # What a code went to is verified by it, unless it is another's address by now.
        same = user.attributes.get(code.attribute) == code.address
        verified = {VERIFIED[code.attribute]: "true"} if same else {}
        force = request.get("ForceAliasCreation", False)
        attributes = {**user.attributes, **verified}
        pool.take_over(pool.conflicts(user.sub, attributes, force=force, exists=ALIAS_EXISTS_CONFIRM))
        pool.codes.forget(user)
        pool.change_attributes(user, verified)
        call.change_status(pool, user, "ConfirmSignUp")
        event = call.event(payloads.CONFIRM_SIGN_UP, pool, user)
    call.fire(pool, event)
    return {}


def _unknown(client: AppClient, username: str) -> ServiceError:
    """Documented: where the client hides whether users exist, an unknown one is a user who was sent no code."""
    text = CODE_EXPIRED if client.hides_unknown_users else CLIENT_USER_NOT_FOUND
    return text(client.pool.why_unknown(username))


@operation("ResendConfirmationCode")
def resend_confirmation_code(call: Context, request: ResendConfirmationCodeRequestTypeDef) -> dict[str, Any]:
    client = call.client(request["ClientId"])
    pool, username = client.pool, request["Username"]
    app_clients.check_secret_hash(client, username, request.get("SecretHash"))
    if not pool.settings.get("AutoVerifiedAttributes"):
        raise RESEND_OFF("the pool has no AutoVerifiedAttributes")
    with pool.lock:
        try:
            user = _unconfirmed(pool, username)
        except ServiceError:
            # Documented for unknown and disabled users, observed for confirmed ones (amplify-js#14762).
            if client.hides_unknown_users:
                return {"CodeDeliveryDetails": delivery.simulated(pool, username).details()}
            raise
        where = _destination(pool, user)
        call.check_sends("ResendCode", pool, [where])
        pool.codes.attempt(user, "ResendConfirmationCode", pool.clock.time())
        message = call.code_message("ResendCode", pool, user, where)
    call.send(message)
    return {"CodeDeliveryDetails": where.details()}


def _unconfirmed(pool: Pool, username: str) -> User:
    user = pool.names.find(username)
    if user is None:
        raise CLIENT_USER_NOT_FOUND(pool.why_unknown(username))
    if not user.enabled:
        raise USER_DISABLED(f"{user.username!r} is disabled")
    if user.status != "UNCONFIRMED":
        raise RESEND_CONFIRMED(f"{user.username!r} is {user.status}")
    return user


def _destination(pool: Pool, user: User) -> Delivery:
    where = delivery.verification(pool, user)
    if where is None:
        names = pool.settings["AutoVerifiedAttributes"]
        address = "email address" if "email" in names else "phone number"
        raise RESEND_NOWHERE(f"{user.username!r} has none of {names}", address=address)
    return where
