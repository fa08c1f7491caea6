"""Events to test a function directly: what the service would send for a user now."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._api.checks import forms
from pytest_cognito_pool._api.checks.clients import client_record
from pytest_cognito_pool._api.checks.names import sources_of
from pytest_cognito_pool._api.checks.users import checked_attributes, with_usual_email
from pytest_cognito_pool._api.errors import UsageError, unknown_name
from pytest_cognito_pool._service.errors.service_error import worded
from pytest_cognito_pool._service.events import parsing
from pytest_cognito_pool._service.events.sources import TRIGGERS, PostConfirmation
from pytest_cognito_pool._service.messages import delivery
from pytest_cognito_pool._service.triggers import payloads
from pytest_cognito_pool._service.user.addresses import VERIFIED
from pytest_cognito_pool._service.user.attributes import with_values
from pytest_cognito_pool._service.wording import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.user.user import User


def event(  # noqa: PLR0913, PLR0917 - what an event contains
    pool: Pool,
    source: str,
    username: str,
    attributes: Mapping[str, str],
    client: object,
    members: Mapping[str, object],
) -> dict[str, Any]:
    """The event of that source, with those members of its request.

    Raises:
        UsageError: for a source, a user, an attribute, an app client or a member that does not exist, and for a value
            of the wrong type.
    """
    if source in TRIGGERS:
        raise UsageError(f"{source} is a trigger; its sources are {listed(sources_of(source))}", typed=source)
    sources_of(source)
    calling, given = _client(pool, source, client), checked_attributes(attributes, pool.schema.names)
    with pool.lock:
        payload = copy.deepcopy(_payload(pool, source, username, given, calling, members))
    names = parsing.request_names(payload)
    for name in members:
        if name not in names:
            raise unknown_name(f"the request of {source} has no member", name, names)
    payload["request"] |= copy.deepcopy(dict(members))
    broken = parsing.mismatch(payload, payload)
    if broken:
        raise UsageError(f"that is not an event of {source}: {broken}", typed=members)
    return payload


def _client(pool: Pool, source: str, client: object) -> AppClient | None:
    """The app client that calls: the given one, or else the first; None if an administrator calls."""
    if client is None:
        by_administrator = source == PostConfirmation.CONFIRM_SIGN_UP or source.endswith(
            ("_AdminCreateUser", "_UpdateUserAttribute")
        )
        return None if by_administrator else next(iter(pool.clients.values()), None)
    return client_record(pool, client)


def _payload(  # noqa: PLR0913, PLR0917 - what an event contains
    pool: Pool,
    source: str,
    username: str,
    attributes: dict[str, str],
    client: AppClient | None,
    members: Mapping[str, object],
) -> dict[str, Any]:
    user = pool.users.index.find(username) if isinstance(username, str) else None
    if user is not None:
        own = _at_that_moment(pool, source, user, client)
        return payloads.event(
            source, pool, own.copy(with_values({**own.attributes, **attributes}), own.status), client, {}
        )
    forms.check("username", username, forms.USERNAME)
    if not payloads.is_of_strangers(source) and members.get("userNotFound") is not True:
        raise UsageError(worded(pool.users.why_unknown(username)), typed=username)
    usual = with_usual_email(pool, username, pool.users.with_username(username, {}))
    stranger = pool.new_user(username, "UNCONFIRMED", with_values({**usual, **attributes}), None)
    return payloads.event(source, pool, stranger, client, {}, typed=username)


def _at_that_moment(pool: Pool, source: str, user: User, client: AppClient | None) -> User:
    """The user in the state that the function would see, which may differ from the current state."""
    if source == "PreSignUp_SignUp":
        # At sign-up no address is verified yet.
        own = {name: value for name, value in user.attributes.items() if name not in VERIFIED.values()}
        return user.copy(own, user.status)
    if source not in TRIGGERS["PostConfirmation"]:
        return user
    where = delivery.verification(pool, user) if client and source == PostConfirmation.CONFIRM_SIGN_UP else None
    verified = {VERIFIED[where.attribute]: "true"} if where else {}
    return user.copy({**user.attributes, **verified}, "CONFIRMED")
