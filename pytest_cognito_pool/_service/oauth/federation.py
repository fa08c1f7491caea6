"""Signing in through an identity provider, after the provider has identified the user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.errors.oauth import ALREADY_FOUND, NO_SUBJECT
from pytest_cognito_pool._service.errors.users import USERNAME_EXISTS_SIGN_UP
from pytest_cognito_pool._service.events.sources import PostConfirmation, PreAuthentication, PreSignUp
from pytest_cognito_pool._service.oauth import signing_in
from pytest_cognito_pool._service.oauth.forms import check_provider
from pytest_cognito_pool._service.operations import sign_in_steps
from pytest_cognito_pool._service.pool.identity_providers import Link
from pytest_cognito_pool._service.user.identities import with_identity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.context import ClientContext
    from pytest_cognito_pool._service.oauth.authorization import Authorization
    from pytest_cognito_pool._service.oauth.exchange import Exchange
    from pytest_cognito_pool._service.pool.identity_providers import IdentityProvider
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.protocol.http import HttpReply
    from pytest_cognito_pool._service.user.user import User

_EXTERNAL: Final = "EXTERNAL_PROVIDER"
_SUBJECT: Final = "Cognito_Subject"


def signed_in(
    exchange: Exchange, asked: Authorization, provider: IdentityProvider, claims: Mapping[str, Any]
) -> HttpReply:
    """The redirect to the application for a user of an identity provider.

    Args:
        exchange: the request.
        asked: the authorization request.
        provider: the identity provider.
        claims: its claims about the user.

    Raises:
        ServiceError: invalid_request, if the username's claim is missing; the error of a function that fails.
    """
    check_provider(asked.client, provider.name)
    call, mapping = exchange.of_client(asked.client), provider.mapping
    subject = _text(claims.get(mapping.get("username", "sub")))
    if not subject:
        raise NO_SUBJECT(f"the claims are {sorted(claims)}; the username is {mapping.get('username', 'sub')!r}")
    mapped = {name: _text(claims.get(claim)) for name, claim in mapping.items() if name != "username"}
    given = {name: value for name, value in mapped.items() if value}
    # Observed: tokens of federated users always have a nonce.
    asked = asked if asked.asked.nonce else asked._replace(asked=asked.asked._replace(nonce=ids.opaque(64)))
    user = _known(call.pool, provider, subject)
    if user is None:
        user = _new(call, provider, subject, given)
        return asked.granted(exchange, signing_in.tokens(call, user, asked), *exchange.browser_cookies(user))
    call.ask(PreAuthentication.AUTHENTICATION, user, {"validationData": None})
    with call.locked(user) as locked:
        sign_in_steps.check_usable(user)
        # Documented: each sign-in updates the attributes.
        locked.change_attributes(given)
    return asked.granted(exchange, signing_in.signed_in(call, user, asked), *exchange.browser_cookies(user))


def _known(pool: Pool, provider: IdentityProvider, subject: str) -> User | None:
    """Return the user who is linked to the identity or comes from the provider; None if there is none."""
    with pool.lock:
        linked = pool.identity_providers.links.get(Link(provider.name, _SUBJECT, subject))
        return linked or pool.users.index.find(_username(pool, provider, subject))


def _username(pool: Pool, provider: IdentityProvider, subject: str) -> str:
    """Return the username: the provider and the subject, in lower case if the pool ignores case (documented)."""
    name = f"{provider.name}_{subject}"
    return name if pool.settings.get("UsernameConfiguration", {}).get("CaseSensitive", True) else name.lower()


def _new(call: ClientContext, provider: IdentityProvider, subject: str, given: dict[str, str]) -> User:
    """Create a user who signs in for the first time."""
    pool, username = call.pool, _username(call.pool, provider, subject)
    user = pool.new_user(username, _EXTERNAL, given, None)
    call.ask(PreSignUp.EXTERNAL_PROVIDER, user, {"validationData": None})
    with call.locked(user) as locked:
        if Link(provider.name, _SUBJECT, subject) in pool.identity_providers.links:
            # Observed: if the function links the identity, this sign-in fails and the next one succeeds.
            raise ALREADY_FOUND("the PreSignUp function linked the identity to a user", username=username)
        pool.users.check_free(username, given, USERNAME_EXISTS_SIGN_UP)
        user.attributes = with_identity(given, provider.name, provider.type, subject, locked.at, primary=True)
        pool.users.add(user, locked.at)
        name = pool.identity_providers.group_name(provider)
        group = pool.groups.named(name) or pool.groups.create(name, {}, locked.at)
        group.members[user.sub] = user
        locked.after(PostConfirmation.CONFIRM_SIGN_UP)
    return user


def _text(claim: object) -> str:
    """Return a claim as a string, as all attributes are; empty if the claim is missing."""
    return "" if claim is None else str(claim).lower() if isinstance(claim, bool) else str(claim)
