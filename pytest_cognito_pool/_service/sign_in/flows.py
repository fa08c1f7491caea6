"""Which flows an app client allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_cognito_pool._service.errors.sign_in import (
    ADMIN_FLOW_OFF,
    FLOW_OF_OTHER_SIDE,
    FLOW_OFF,
    PASSWORD_FLOW_OFF,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pytest_cognito_pool._service.errors.service_error import ErrorTemplate
    from pytest_cognito_pool._service.pool.app_clients import AppClient

REFRESH: Final = "REFRESH_TOKEN_AUTH"
SRP: Final = "USER_SRP_AUTH"
PASSWORD: Final = "USER_PASSWORD_AUTH"  # noqa: S105 - the name of a flow
ADMIN_PASSWORD: Final = "ADMIN_USER_PASSWORD_AUTH"  # noqa: S105 - the name of a flow
CUSTOM: Final = "CUSTOM_AUTH"
CLIENT_TOKEN: Final = "CLIENT_TOKEN_AUTH"  # noqa: S105 - the name of a flow
# The model's names for token exchange without and with an actor.
IMPERSONATION: Final = "TOKEN_EXCHANGE_IMPERSONATION"
DELEGATION: Final = "TOKEN_EXCHANGE_DELEGATION"
# The flows with two names.
_ALIASES: Final[Mapping[str, str]] = {"ADMIN_NO_SRP_AUTH": ADMIN_PASSWORD, "REFRESH_TOKEN": REFRESH}
# Observed: each side refuses the other's password flow.
_OF_OTHER_SIDE: Final[Mapping[bool, str]] = {False: ADMIN_PASSWORD, True: PASSWORD}
_OFF: Final[Mapping[str, ErrorTemplate]] = {PASSWORD: PASSWORD_FLOW_OFF, ADMIN_PASSWORD: ADMIN_FLOW_OFF}
# Documented: the flows that a client without ExplicitAuthFlows allows; inferred for a client with older flow names.
_USUAL: Final = frozenset({REFRESH, SRP, CUSTOM})


def checked(name: str, client: AppClient, *, by_admin: bool) -> str:
    """Return the flow of a request, by its current name.

    Raises:
        ServiceError: InvalidParameterException, for a flow of the other side or a flow that the client does not allow.
    """
    flow = _ALIASES.get(name, name)
    if flow == _OF_OTHER_SIDE[by_admin]:
        raise FLOW_OF_OTHER_SIDE(f"{name} is for {'InitiateAuth' if by_admin else 'AdminInitiateAuth'}")
    check(flow, client)
    return flow


def check(flow: str, client: AppClient) -> None:
    """Refuse a flow that the app client does not allow.

    Raises:
        ServiceError: InvalidParameterException.
    """
    if flow not in allowed(client):
        given = client.settings.get("ExplicitAuthFlows")
        why = f"app client {client.settings['ClientName']!r} has ExplicitAuthFlows={given}"
        needed = f"ALLOW_{flow}" if _are_present(given or ()) else flow
        raise _OFF.get(flow, FLOW_OFF)(f"{why}; it needs {needed!r}", flow=flow)


def allowed(client: AppClient) -> frozenset[str]:
    """The flows that the client allows."""
    given: list[str] = client.settings.get("ExplicitAuthFlows", [])
    if given and _are_present(given):
        return frozenset(name.removeprefix("ALLOW_") for name in given)
    if client.rotates:
        # Documented: refresh tokens then work only with GetTokensFromRefreshToken.
        return _USUAL - {REFRESH}
    if "CUSTOM_AUTH_FLOW_ONLY" in given:
        return frozenset({REFRESH, CUSTOM})
    return _USUAL | {_ALIASES.get(name, name) for name in given}


def _are_present(flows: Iterable[str]) -> bool:
    """Whether all flows have their current names."""
    return all(name.startswith("ALLOW_") for name in flows)
