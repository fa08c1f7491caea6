"""RespondToAuthChallenge and AdminRespondToAuthChallenge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.context import APP_CLIENT, CLIENT
from pytest_cognito_pool._service.errors.passwords import PASSWORD_CHANGED
from pytest_cognito_pool._service.errors.sign_in import (
    ATTRIBUTE_MISSING,
    ATTRIBUTE_PROVIDED,
    FLAG_IMMUTABLE,
    INCORRECT_PASSWORD,
)
from pytest_cognito_pool._service.errors.users import SESSION_INVALID
from pytest_cognito_pool._service.events.sources import PreTokenGeneration
from pytest_cognito_pool._service.operations import operation, sign_in_steps
from pytest_cognito_pool._service.operations.sign_in_steps import NEW_PASSWORD, PREFIX, VERIFIER, required
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.sign_in import srp
from pytest_cognito_pool._service.user import passwords
from pytest_cognito_pool._service.user.addresses import VERIFIED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from types_boto3_cognito_idp.type_defs import (
        AdminRespondToAuthChallengeRequestTypeDef,
        RespondToAuthChallengeRequestTypeDef,
    )

    from pytest_cognito_pool._service.context import ClientContext, LockedContext
    from pytest_cognito_pool._service.user.user import User

    # Checks the answer to a challenge, given the request and its ChallengeResponses.
    Challenge = Callable[[ClientContext, Mapping[str, Any], Mapping[str, str]], dict[str, Any]]


@operation("RespondToAuthChallenge", on=CLIENT)
def respond_to_auth_challenge(call: ClientContext, request: RespondToAuthChallengeRequestTypeDef) -> dict[str, Any]:
    return _respond(call, request)


@operation("AdminRespondToAuthChallenge", on=APP_CLIENT)
def admin_respond_to_auth_challenge(
    call: ClientContext, request: AdminRespondToAuthChallengeRequestTypeDef
) -> dict[str, Any]:
    return _respond(call, request)


def _respond(call: ClientContext, request: Mapping[str, Any]) -> dict[str, Any]:
    name, answers = request["ChallengeName"], request.get("ChallengeResponses", {})
    if name not in _CHALLENGES:
        raise call.unsupported(f"ChallengeName={name!r}")
    (username,) = required(answers, "USERNAME")
    app_clients.check_secret_hash(call.client, username, answers.get("SECRET_HASH"))
    return _CHALLENGES[name](call, request, answers)


def _password_verifier(call: ClientContext, _request: Mapping[str, Any], answers: Mapping[str, str]) -> dict[str, Any]:
    pool, username = call.pool, answers["USERNAME"]
    signature, block, timestamp = required(
        answers, "PASSWORD_CLAIM_SIGNATURE", "PASSWORD_CLAIM_SECRET_BLOCK", "TIMESTAMP"
    )
    with call.locked():
        session = pool.sign_ins.sessions.get(block)
    if session is None or session.exchange is None or session.client_id != call.client.id:
        raise INCORRECT_PASSWORD(f"app client {call.client.id!r} did not receive this PASSWORD_CLAIM_SECRET_BLOCK")
    expected = srp.signature(session.exchange, block, timestamp)
    with call.locked() as locked:
        user = pool.users.signing_in(username)
        if user is None:
            raise INCORRECT_PASSWORD(pool.users.why_unknown(username))
        if user is not session.user:
            raise INCORRECT_PASSWORD(f"the challenge is for another user, not for {username!r}")
        if session.expires < locked.at:
            raise INCORRECT_PASSWORD(f"the challenge expired {locked.at - session.expires:.0f} s ago")
        sign_in_steps.check_state(user)
        locked.user = user
        # Inferred: a proof may be sent again, for example after the reply was lost.
        proven = signature == expected and user.password == session.exchange.password
        sign_in_steps.judge(locked, proven=proven, why=_why_unproven(timestamp))
    return sign_in_steps.proceed(call, user)


def _why_unproven(timestamp: str) -> str:
    """Why a proof failed, for the author of the test."""
    written = srp.as_written(timestamp)
    if written == timestamp:
        return "the signature does not match the user's password, this block and this TIMESTAMP"
    return f"TIMESTAMP is {timestamp!r}; the expected form is {written or 'Tue May 6 00:09:40 UTC 2025'!r}"


def _new_password_required(
    call: ClientContext, request: Mapping[str, Any], answers: Mapping[str, str]
) -> dict[str, Any]:
    pool, username = call.pool, answers["USERNAME"]
    (text,) = required(request, "Session")
    with call.locked() as locked:
        user = _of_session(locked, text, username)
        (password,) = required(answers, "NEW_PASSWORD")
        passwords.check_new(user, password, pool.password_policy, PASSWORD_CHANGED)
        given = _given(locked, answers)
    sign_in_steps.check_one_factor(call, user)
    # Observed: the event has the status before the change. Inferred: if the function fails, the user may answer again.
    changes = sign_in_steps.overrides(call, PreTokenGeneration.NEW_PASSWORD_CHALLENGE, user)
    # The function, and other calls, may have changed the user meanwhile.
    with call.locked() as locked:
        _of_session(locked, text, username)
        _given(locked, answers)
        pool.sign_ins.sessions.use_up(text)
        locked.change_attributes(given)
        locked.change_status(f"{call.call.operation} {NEW_PASSWORD}")
        user.set_password(password, locked.at)
    return sign_in_steps.signed_in(call, user, changes)


def _of_session(call: LockedContext, text: str, username: str) -> User:
    """The user who answers the challenge of a session."""
    assert call.client is not None  # noqa: S101 - a sign-in has an app client
    user = call.pool.sign_ins.sessions.find(text, NEW_PASSWORD, call.client.id, call.at).user
    if user is None or call.pool.users.signing_in(username) is not user:
        raise SESSION_INVALID(f"the session is not for {username!r}")
    call.user = user
    sign_in_steps.check_state(user)
    call.check_status(f"RespondToAuthChallenge {NEW_PASSWORD}")
    return user


def _given(call: LockedContext, answers: Mapping[str, str]) -> dict[str, str]:
    """The attributes that the user gives with the new password."""
    pool, has = call.pool, call.user.attributes
    given = {name.removeprefix(PREFIX): value for name, value in answers.items() if name.startswith(PREFIX)}
    for name in given:
        if name in VERIFIED.values():
            raise FLAG_IMMUTABLE("only the service sets it", name=name)
        # Observed for addresses; documented for attributes that the schema requires.
        if has.get(name) and (name in VERIFIED or name in pool.schema.required):
            raise ATTRIBUTE_PROVIDED(f"{call.user.shown} has {has[name]!r}", name=name)
    app_clients.check_writable(call.client, given)
    pool.schema.check_update(given, first=[name for name in pool.schema.required if not has.get(name)])
    missing = sign_in_steps.missing(pool, {**has, **given})
    if missing:
        raise ATTRIBUTE_MISSING(f"the pool's schema requires {missing}, which the user lacks", name=missing[0])
    pool.users.conflicts(call.user.sub, {**has, **given})
    return given


_CHALLENGES: Final[Mapping[str, Challenge]] = {VERIFIER: _password_verifier, NEW_PASSWORD: _new_password_required}
