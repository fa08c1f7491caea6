"""InitiateAuth and AdminInitiateAuth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.context import APP_CLIENT, CLIENT
from pytest_cognito_pool._service.errors.sign_in import CUSTOM_AUTH_WITHOUT_TRIGGER, INCORRECT_PASSWORD, SRP_A_INVALID
from pytest_cognito_pool._service.events.sources import DefineAuthChallenge
from pytest_cognito_pool._service.operations import operation, refreshing, sign_in_steps
from pytest_cognito_pool._service.operations.sign_in_steps import required
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.sign_in import flows, srp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from types_boto3_cognito_idp.type_defs import AdminInitiateAuthRequestTypeDef, InitiateAuthRequestTypeDef

    from pytest_cognito_pool._service.context import ClientContext

    # Begins a flow, given the AuthParameters and the ClientMetadata of the request.
    Flow = Callable[[ClientContext, Mapping[str, str], "Mapping[str, str] | None"], dict[str, Any]]


_HEXADECIMAL: Final = re.compile("[0-9A-Fa-f]+")


@operation("InitiateAuth", on=CLIENT)
def initiate_auth(call: ClientContext, request: InitiateAuthRequestTypeDef) -> dict[str, Any]:
    return _initiate(call, request, by_admin=False)


@operation("AdminInitiateAuth", on=APP_CLIENT)
def admin_initiate_auth(call: ClientContext, request: AdminInitiateAuthRequestTypeDef) -> dict[str, Any]:
    return _initiate(call, request, by_admin=True)


def _initiate(call: ClientContext, request: Mapping[str, Any], *, by_admin: bool) -> dict[str, Any]:
    if "Session" in request:
        raise call.unsupported("Session")
    flow = flows.checked(request["AuthFlow"], call.client, by_admin=by_admin)
    if flow not in _FLOWS:
        raise call.unsupported(f"AuthFlow={flow!r}")
    return _FLOWS[flow](call, request.get("AuthParameters", {}), request.get("ClientMetadata"))


def _by_password(
    call: ClientContext, parameters: Mapping[str, str], metadata: Mapping[str, str] | None
) -> dict[str, Any]:
    username, typed = required(parameters, "USERNAME", "PASSWORD")
    app_clients.check_secret_hash(call.client, username, parameters.get("SECRET_HASH"))
    user = sign_in_steps.admitted(call, username, metadata)
    if user is None:
        raise INCORRECT_PASSWORD(call.pool.users.why_unknown(username))
    return sign_in_steps.proceed(call, sign_in_steps.proved(call, user, typed))


def _by_srp(call: ClientContext, parameters: Mapping[str, str], metadata: Mapping[str, str] | None) -> dict[str, Any]:
    username, srp_a = required(parameters, "USERNAME", "SRP_A")
    a_public = _public_value(srp_a)
    app_clients.check_secret_hash(call.client, username, parameters.get("SECRET_HASH"))
    user = sign_in_steps.admitted(call, username, metadata)
    # Documented: a user who does not exist gets a challenge too; no answer to it is right.
    name = user.username if user else srp.made_up_user(call.pool.id, username)
    password = (user.password if user else None) or srp.secret_block()
    exchange = srp.begin(srp.Identity(call.pool.id.partition("_")[2], name), password, a_public)
    block = srp.secret_block()
    with call.locked() as locked:
        begun = sign_in_steps.session(call, sign_in_steps.VERIFIER, user, locked.at)
        call.pool.sign_ins.sessions.open(block, begun._replace(exchange=exchange))
    return {
        "ChallengeName": sign_in_steps.VERIFIER,
        "ChallengeParameters": {
            "SALT": f"{exchange.salt:x}",
            "SECRET_BLOCK": block,
            "SRP_B": f"{exchange.b_public:x}",
            "USERNAME": name,
            "USER_ID_FOR_SRP": name,
        },
    }


def _public_value(srp_a: str) -> int:
    """Return A, the application's public value, from its hexadecimal digits."""
    if not _HEXADECIMAL.fullmatch(srp_a):
        raise SRP_A_INVALID("SRP_A is not hexadecimal")
    value = int(srp_a, 16) % srp.N
    if value == 0:
        raise SRP_A_INVALID("SRP_A is 0 modulo N; with this value every password would be right")
    return value


def _by_refresh_token(
    call: ClientContext, parameters: Mapping[str, str], _metadata: Mapping[str, str] | None
) -> dict[str, Any]:
    (token,) = required(parameters, "REFRESH_TOKEN")
    with call.locked() as locked:
        grant = refreshing.to_refresh(locked, token)
        app_clients.check_secret_hash(call.client, grant.user.username, parameters.get("SECRET_HASH"))
    return {"AuthenticationResult": refreshing.refreshed(call, token), "ChallengeParameters": {}}


def _by_functions(
    call: ClientContext, _parameters: Mapping[str, str], _metadata: Mapping[str, str] | None
) -> dict[str, Any]:
    if not call.has_function(DefineAuthChallenge.AUTHENTICATION):
        raise CUSTOM_AUTH_WITHOUT_TRIGGER("no function is attached to DefineAuthChallenge")
    raise call.unsupported(f"AuthFlow={flows.CUSTOM!r}")


_FLOWS: Final[Mapping[str, Flow]] = {
    flows.PASSWORD: _by_password,
    flows.ADMIN_PASSWORD: _by_password,
    flows.SRP: _by_srp,
    flows.REFRESH: _by_refresh_token,
    flows.CUSTOM: _by_functions,
}
