"""Events for the unit tests of a function: what the service would send for a user as she is now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool import events
from pytest_cognito_pool._service import payloads, state
from pytest_cognito_pool._service.attributes import VERIFIED
from pytest_cognito_pool.errors import UsageError, listed, unknown_name
from pytest_cognito_pool.triggers import TRIGGER_OF, TRIGGERS, sources_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.user import User

# Triggers told of somebody the pool need not have.
_OF_STRANGERS: Final = frozenset({"PreSignUp", "UserMigration", "InboundFederation"})


def event(
    pool: state.Pool,
    source: str,
    username: str,
    client_id: str | None,
    given: Mapping[str, object],
) -> dict[str, Any]:
    """The event of that source, with those members of its request.

    Raises:
        UsageError: for a source, a user, an app client or a member that there is not, and for a value of another type.
    """
    if source in TRIGGERS:
        raise UsageError(f"{source} is a trigger; its sources are {listed(sources_of(source))}", typed=source)
    sources_of(source)
    client = _client(pool, source, client_id)
    with pool.lock:
        user = _user(pool, source, username)
        payload = payloads.event(source, pool, user, client, {})
    if source == "PreSignUp_SignUp":
        # Nobody signs up with a verified address.
        for flag in VERIFIED.values():
            payload["request"]["userAttributes"].pop(flag, None)
    if source in TRIGGERS["PostConfirmation"]:
        # She is when the function runs, whatever she is now.
        payload["request"]["userAttributes"]["cognito:user_status"] = "CONFIRMED"
    names = events.request_names(payload)
    for name in given:
        if name not in names:
            raise unknown_name(f"the request of {source} has no member of that name", name, names)
    payload["request"] |= given
    broken = events.mismatch(payload, payload)
    if broken:
        raise UsageError(f"that is no event of {source}: {broken}", typed=given)
    return payload


def _client(pool: state.Pool, source: str, client_id: str | None) -> state.AppClient | None:
    """The app client that calls: the one named, else the first; none where an administrator may call."""
    if client_id is not None:
        if client_id not in pool.clients:
            raise unknown_name("the pool has no app client of that id", client_id, pool.clients)
        return pool.clients[client_id]
    if source == payloads.CONFIRM_SIGN_UP or source.endswith("_AdminCreateUser"):
        return None
    return next(iter(pool.clients.values()), None)


def _user(pool: state.Pool, source: str, username: str) -> User:
    user = pool.names.find(username)
    if user is None and (TRIGGER_OF[source] in _OF_STRANGERS or source == payloads.CLIENT_CREDENTIALS):
        return state.new_user(username, "UNCONFIRMED", {}, None, pool=pool)
    if user is None:
        raise UsageError(pool.why_unknown(username), typed=username)
    return user
