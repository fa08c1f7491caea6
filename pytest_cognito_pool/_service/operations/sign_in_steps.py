"""The steps that sign-in flows share: check the user, judge the password, and issue the tokens."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.errors.sign_in import (
    INCORRECT_PASSWORD,
    MISSING_PARAMETER,
    PASSWORD_RESET_REQUIRED,
    TEMPORARY_PASSWORD_EXPIRED,
    USER_NOT_CONFIRMED,
)
from pytest_cognito_pool._service.errors.users import USER_DISABLED, USER_NOT_FOUND
from pytest_cognito_pool._service.events.sources import (
    PostAuthentication,
    PreAuthentication,
    PreTokenGeneration,
    UserMigration,
)
from pytest_cognito_pool._service.pool.app_clients import SIGN_IN_SCOPE
from pytest_cognito_pool._service.protocol import java
from pytest_cognito_pool._service.tokens import claims, issue
from pytest_cognito_pool._service.tokens.overrides import Overrides
from pytest_cognito_pool._service.triggers import payloads
from pytest_cognito_pool._service.user import sessions
from pytest_cognito_pool._service.user.grants import Asked
from pytest_cognito_pool._service.user.sessions import Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pytest_cognito_pool._service.context import ClientContext, LockedContext, PoolContext
    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.user.grants import Grant
    from pytest_cognito_pool._service.user.user import User

NEW_PASSWORD: Final = "NEW_PASSWORD_REQUIRED"  # noqa: S105 - the name of a challenge
VERIFIER: Final = "PASSWORD_VERIFIER"
# The prefix of attribute names in the challenge for a new password.
PREFIX: Final = "userAttributes."
# What a sign-in through the API asks for.
THROUGH_API: Final = Asked((SIGN_IN_SCOPE,))
_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})
_MINUTE: Final = 60.0
_DAY: Final = 86400.0


def required(parameters: Mapping[str, Any], *names: str) -> list[str]:
    """The values of parameters that a request must have.

    Raises:
        ServiceError: InvalidParameterException, for the first missing one.
    """
    for name in names:
        if name not in parameters:
            raise MISSING_PARAMETER(f"the parameters of the request are {sorted(parameters)}", name=name)
    return [parameters[name] for name in names]


def admitted(call: ClientContext, username: str, metadata: Mapping[str, str] | None = None) -> User | None:
    """Return the user who may try to prove a password; None for an unknown user, if the reply must hide that."""
    pool = call.pool
    with call.locked():
        user = pool.users.signing_in(username)
        if user is not None:
            check_state(user)
    if user is not None:
        call.ask(PreAuthentication.AUTHENTICATION, user, {"validationData": metadata})
        return user
    if call.has_function(UserMigration.AUTHENTICATION):
        raise call.unsupported("a UserMigration trigger")
    if not call.client.hides_unknown_users:
        named = pool.users.index.find(username)
        sub = f"users cannot sign in with a sub; use {named.username!r}" if named else ""
        raise USER_NOT_FOUND(sub or pool.users.why_unknown(username))
    stranger = pool.new_user(username, "UNKNOWN", {}, None)
    told = {"validationData": metadata, "userNotFound": True}
    call.ask(PreAuthentication.AUTHENTICATION, stranger, told, typed=username)
    return None


def check_state(user: User) -> None:
    """Refuse users who cannot sign in with any password.

    Raises:
        ServiceError: NotAuthorizedException, UserNotConfirmedException or PasswordResetRequiredException.
    """
    check_usable(user)
    if user.status == "RESET_REQUIRED":
        raise PASSWORD_RESET_REQUIRED(f"{user.shown} is RESET_REQUIRED")


def check_usable(user: User) -> None:
    """Refuse disabled and unconfirmed users.

    Observed: an unconfirmed user is refused before the password is checked. The other states are inferred from this.

    Raises:
        ServiceError: NotAuthorizedException or UserNotConfirmedException.
    """
    if not user.enabled:
        raise USER_DISABLED(f"{user.shown} is disabled")
    if user.status == "UNCONFIRMED":
        raise USER_NOT_CONFIRMED(f"{user.shown} is UNCONFIRMED")


def judge(call: LockedContext, *, proven: bool, why: str = "") -> None:
    """Count an attempt to prove the user's password, and refuse a failed one.

    Args:
        call: the call.
        proven: whether the password was proven.
        why: why it was not, if a wrong password is not the only possible reason.

    Raises:
        ServiceError: NotAuthorizedException.
    """
    lockouts, user = call.pool.sign_ins.lockouts, call.user
    lockouts.check(user, call.at)
    if not proven:
        lockouts.failed(user, call.at)
        has = "no" if user.password is None else "another"
        raise INCORRECT_PASSWORD(why or f"{user.shown} has {has} password")
    lockouts.forget(user)


def proved(call: ClientContext, user: User, password: str) -> User:
    """Check the password and return the current user, whom a function may have changed meanwhile.

    Raises:
        ServiceError: NotAuthorizedException.
    """
    with call.user(user.username) as locked:
        judge(locked, proven=locked.user.password == password)
    return locked.user


def proceed(call: ClientContext, user: User) -> dict[str, Any]:
    """The reply to a proven password: a challenge, or tokens."""
    if user.status == "FORCE_CHANGE_PASSWORD":
        return _new_password_required(call, user)
    check_one_factor(call, user)
    return signed_in(call, user, overrides(call, PreTokenGeneration.AUTHENTICATION, user))


def overrides(
    call: PoolContext,
    source: str,
    user: User,
    scopes: Iterable[str] = THROUGH_API.scopes,
    told: Mapping[str, object] = _NOTHING,
) -> Overrides:
    """Ask the PreTokenGeneration function for its changes to the tokens.

    Args:
        call: the call.
        source: the triggerSource.
        user: the user of the tokens.
        scopes: the scopes of the access token.
        told: more members for the event's request.
    """
    version = payloads.version(source, call.pool)
    response = call.ask(source, user, dict(told) if version == "1" else {**told, "scopes": list(scopes)})
    return Overrides(response, version, call.call.invocations[-1] if response else None)


def check_one_factor(call: ClientContext, user: User) -> None:
    """Refuse a sign-in that would need a second factor or a device.

    Raises:
        UnsupportedOperationError: for these settings of the pool, which are not simulated.
    """
    settings = call.pool.settings
    mfa = settings["MfaConfiguration"]
    if mfa == "ON" or (mfa == "OPTIONAL" and user.mfa_options):
        raise call.unsupported(f"MfaConfiguration={mfa!r}")
    if settings.get("DeviceConfiguration"):
        raise call.unsupported("DeviceConfiguration")


def signed_in(call: ClientContext, user: User, changes: Overrides, asked: Asked = THROUGH_API) -> dict[str, Any]:
    """Invoke PostAuthentication, then return the reply with the tokens of a new sign-in."""
    call.ask(PostAuthentication.AUTHENTICATION, user)
    return {"AuthenticationResult": new_tokens(call, user, changes, asked), "ChallengeParameters": {}}


def new_tokens(call: ClientContext, user: User, changes: Overrides, asked: Asked) -> dict[str, Any]:
    """The AuthenticationResult of a new sign-in."""
    # Functions and other calls may have changed the user meanwhile.
    with call.user(user.username) as locked:
        if locked.user is not user:
            raise USER_NOT_FOUND(f"{user.shown} was deleted, and another user has the name now")
        check_state(user)
        grant = open_grant(call.pool, call.client, user, asked, locked.at)
        refresh_token = call.pool.sign_ins.grants.refresh_token(grant)
        said = claims.of(call.pool, call.client, user, grant, locked.at)
    return tokens(call, said, changes, refresh_token)


def open_grant(pool: Pool, client: AppClient, user: User, asked: Asked, at: float) -> Grant:
    """The grant of a sign-in; the caller holds the pool's lock."""
    return pool.sign_ins.grants.open(user, client.id, asked, at, client.validity("RefreshToken"))


def tokens(call: ClientContext, said: claims.Claims, changes: Overrides, refresh_token: str | None) -> dict[str, Any]:
    """The AuthenticationResult with new tokens.

    Args:
        call: the call of the app client.
        said: the claims of the tokens.
        changes: what the PreTokenGeneration function changes.
        refresh_token: a new refresh token; None if the application keeps its current one.
    """
    changed = claims.Claims(None if said.id is None else changes.id(said.id), changes.access(said.access))
    changes.tell()
    return issue.result(call.pool, changed, refresh_token)


def session(call: ClientContext, challenge: str, user: User | None, at: float) -> Session:
    """The session of a challenge that begins now."""
    return Session(challenge, user, call.client.id, at + call.client.settings["AuthSessionValidity"] * _MINUTE)


def missing(pool: Pool, attributes: Mapping[str, str]) -> list[str]:
    """The attributes that the schema requires and that have no value."""
    return [name for name in pool.schema.required if not attributes.get(name)]


def _new_password_required(call: ClientContext, user: User) -> dict[str, Any]:
    """The challenge to replace a temporary password."""
    pool, text = call.pool, sessions.text()
    with call.user(user.username) as locked:
        days = pool.password_policy["TemporaryPasswordValidityDays"]
        if days and locked.at > user.password_set + days * _DAY:
            raise TEMPORARY_PASSWORD_EXPIRED(f"it is older than the pool's TemporaryPasswordValidityDays={days}")
        pool.sign_ins.sessions.open(text, session(call, NEW_PASSWORD, user, locked.at))
        parameters = {
            "USER_ID_FOR_SRP": user.username,
            "requiredAttributes": _json([f"{PREFIX}{name}" for name in missing(pool, user.attributes)]),
            "userAttributes": _json(java.as_listed(user.attributes)),
        }
    return {"ChallengeName": NEW_PASSWORD, "Session": text, "ChallengeParameters": parameters}


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
