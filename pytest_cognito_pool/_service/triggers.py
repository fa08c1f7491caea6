"""Lambda triggers: which are invoked, and the events they are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.attributes import VERIFIED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.state import Pool
    from pytest_cognito_pool._service.user import User

CONFIRM_SIGN_UP: Final = "PostConfirmation_ConfirmSignUp"
# What most captured events say; no capture names a Python caller.
_SDK_VERSION: Final = "aws-sdk-unknown-unknown"


def is_invoked(pool: Pool, source: str) -> bool:
    """Whether the pool has the trigger: any has it, unless its LambdaConfig lists others only."""
    config = pool.settings["LambdaConfig"]
    return not config or source.partition("_")[0] in config


def post_confirmation(source: str, pool: Pool, user: User, client_metadata: Mapping[str, str] | None) -> dict[str, Any]:
    """The event of a confirmation, key by key as captured; no app client takes part in an administrator's.

    The caller holds the pool's lock since the status changed: the event is of that moment.
    """
    request: dict[str, Any] = {"userAttributes": user_attributes(user)}
    if client_metadata is not None:
        request["clientMetadata"] = dict(client_metadata)
    return {
        "version": "1",
        "region": pool.region,
        "userPoolId": pool.id,
        "userName": user.username,
        "callerContext": {"awsSdkVersion": _SDK_VERSION, "clientId": None},
        "triggerSource": source,
        "request": request,
        "response": {},
    }


def user_attributes(user: User) -> dict[str, str]:
    """The attributes as events list them: strings all, a verification flag wherever there is an address."""
    own = user.attributes
    attributes = {"sub": user.sub}
    for address, flag in VERIFIED.items():
        if address in own:
            attributes[flag] = own.get(flag, "false")
    attributes["cognito:user_status"] = user.status
    attributes.update(own)
    return attributes
