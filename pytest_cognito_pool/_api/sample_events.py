"""Events for the unit tests of a function: what the service would send for a user as she is now."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._api.checks import settings as given
from pytest_cognito_pool._api.errors import UsageError, listed, unknown_name
from pytest_cognito_pool._service import account as state
from pytest_cognito_pool._service.errors.service_error import worded
from pytest_cognito_pool._service.events import parsing as events
from pytest_cognito_pool._service.events.sources import TRIGGER_OF, TRIGGERS, sources_of
from pytest_cognito_pool._service.messages import delivery
from pytest_cognito_pool._service.pool.schema import VERIFIED
from pytest_cognito_pool._service.triggers import payloads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.user.user import User

# Triggers told of somebody the pool need not have.
_OF_STRANGERS: Final = frozenset({"PreSignUp", "UserMigration", "InboundFederation"})


def event(
    pool: state.Pool, source: str, username: str, client_id: str | None, members: Mapping[str, object]
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
        user, is_there = _user(pool, source, username, members)
        payload = payloads.event(source, pool, user, client, {})
        payload["request"] |= _as_it_will_be(pool, source, user, client) if is_there else {}
    if not is_there:
        _as_of_a_stranger(payload, username)
    names = events.request_names(payload)
    for name in members:
        if name not in names:
            raise unknown_name(f"the request of {source} has no member of that name", name, names)
    payload["request"] |= copy.deepcopy(dict(members))
    broken = events.mismatch(payload, payload)
    if broken:
        raise UsageError(f"that is no event of {source}: {broken}", typed=members)
    return payload


def _client(pool: state.Pool, source: str, client_id: str | None) -> state.AppClient | None:
    """The app client that calls: the one named, else the first; none where an administrator does."""
    if client_id is not None:
        if client_id not in pool.clients:
            raise unknown_name("the pool has no app client of that id", client_id, pool.clients)
        return pool.clients[client_id]
    if source == payloads.CONFIRM_SIGN_UP or source.endswith(("_AdminCreateUser", "_UpdateUserAttribute")):
        return None
    return next(iter(pool.clients.values()), None)


def _user(pool: state.Pool, source: str, username: str, members: Mapping[str, object]) -> tuple[User, bool]:
    """The user, and whether the pool has her."""
    user = pool.names.find(username) if isinstance(username, str) else None
    if user is not None:
        return user, True
    given.check("no user can have the username", username, given.USERNAME)
    stranger = TRIGGER_OF[source] in _OF_STRANGERS or source == payloads.CLIENT_CREDENTIALS
    if not stranger and members.get("userNotFound") is not True:
        raise UsageError(worded(pool.why_unknown(username)), typed=username)
    return state.new_user(username, "UNCONFIRMED", pool.with_username(username, {}), None, pool=pool), False


def _as_it_will_be(
    pool: state.Pool, source: str, user: User, client: state.AppClient | None
) -> dict[str, dict[str, str]]:
    """The userAttributes of the moment when the function runs, whatever they are now."""
    attributes = payloads.user_attributes(TRIGGER_OF[source], user, pool)
    if source == "PreSignUp_SignUp":
        # Nobody signs up with a verified address.
        return {"userAttributes": {name: attributes[name] for name in attributes if name not in VERIFIED.values()}}
    if source not in TRIGGERS["PostConfirmation"]:
        return {}
    where = delivery.verification(pool, user) if client and source == payloads.CONFIRM_SIGN_UP else None
    verified = {VERIFIED[where.attribute]: "true"} if where else {}
    return {"userAttributes": {**attributes, **verified, "cognito:user_status": "CONFIRMED"}}


def _as_of_a_stranger(payload: dict[str, Any], username: str) -> None:
    """Whom the pool does not have is known by what was typed, save where she signs up."""
    trigger = TRIGGER_OF[payload["triggerSource"]]
    if trigger == "UserMigration":
        payload["userName"] = username
    if trigger not in _OF_STRANGERS:
        payload["request"]["userAttributes"] = {}
