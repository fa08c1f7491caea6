"""ConfirmSignUp and ResendConfirmationCode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service.context import CLIENT
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
from pytest_cognito_pool._service.events.sources import PostConfirmation
from pytest_cognito_pool._service.messages import delivery
from pytest_cognito_pool._service.operations import operation
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.user import codes
from pytest_cognito_pool._service.user.addresses import NAMED, VERIFIED

if TYPE_CHECKING:
    from types_boto3_cognito_idp.type_defs import (
        ConfirmSignUpRequestTypeDef,
        ResendConfirmationCodeRequestTypeDef,
    )

    from pytest_cognito_pool._service.context import ClientContext
    from pytest_cognito_pool._service.messages.delivery import Destination
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.user.user import User


@operation("ConfirmSignUp", on=CLIENT)
def confirm_sign_up(call: ClientContext, request: ConfirmSignUpRequestTypeDef) -> None:
    pool, username = call.pool, request["Username"]
    app_clients.check_secret_hash(call.client, username, request.get("SecretHash"))
    if "Session" in request:
        raise call.unsupported("Session")
    # Documented: if the client hides whether users exist, an unknown user is treated like a user without a code.
    unknown = CODE_EXPIRED if call.client.hides_unknown_users else CLIENT_USER_NOT_FOUND
    with call.user(username, unknown) as locked:
        user = locked.user
        # Observed: the status is checked before the code.
        locked.check_status("ConfirmSignUp")
        pool.codes.attempt(user, "ConfirmSignUp", locked.at)
        code = pool.codes.check(user, codes.SIGN_UP, request["ConfirmationCode"], locked.at)
        # The code verifies the address it was sent to, unless the user has another one by now.
        same = user.attributes.get(code.attribute) == code.address
        verified = {VERIFIED[code.attribute]: "true"} if same else {}
        force = request.get("ForceAliasCreation", False)
        attributes = {**user.attributes, **verified}
        to_take = pool.users.conflicts(user.sub, attributes, force=force, exists=ALIAS_EXISTS_CONFIRM)
        pool.users.take_over(to_take, locked.at)
        pool.codes.use_up(user, codes.SIGN_UP)
        locked.change_attributes(verified)
        locked.change_status("ConfirmSignUp")
        locked.after(PostConfirmation.CONFIRM_SIGN_UP)


@operation("ResendConfirmationCode", on=CLIENT)
def resend_confirmation_code(call: ClientContext, request: ResendConfirmationCodeRequestTypeDef) -> dict[str, Any]:
    pool, username = call.pool, request["Username"]
    app_clients.check_secret_hash(call.client, username, request.get("SecretHash"))
    if not pool.auto_verified_attributes:
        raise RESEND_OFF("the pool has no AutoVerifiedAttributes")
    with call.locked() as locked:
        try:
            user = locked.user = _unconfirmed(pool, username)
        except ServiceError:
            # Documented for unknown and disabled users, observed for confirmed ones (amplify-js#14762).
            if call.client.hides_unknown_users:
                return {"CodeDeliveryDetails": delivery.simulated(pool.auto_verified_attributes, username).details()}
            raise
        where = _destination(pool, user)
        locked.check_sends("ResendCode", [where])
        pool.codes.attempt(user, "ResendConfirmationCode", locked.at)
        locked.send_code("ResendCode", codes.SIGN_UP, where)
    return {"CodeDeliveryDetails": where.details()}


def _unconfirmed(pool: Pool, username: str) -> User:
    user = pool.users.find(username, CLIENT_USER_NOT_FOUND)
    if not user.enabled:
        raise USER_DISABLED(f"{user.shown} is disabled")
    if user.status != "UNCONFIRMED":
        raise RESEND_CONFIRMED(f"{user.shown} is {user.status}")
    return user


def _destination(pool: Pool, user: User) -> Destination:
    where = delivery.verification(pool, user)
    if where is None:
        names = pool.auto_verified_attributes
        asked = "email" if "email" in names else "phone_number"
        raise RESEND_NOWHERE(f"{user.shown} has none of {names}", address=NAMED[asked])
    return where
