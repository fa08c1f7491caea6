"""The scopes of tokens: which attributes of the user each shows, and how a token lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_cognito_pool._service.protocol import java

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pytest_cognito_pool._service.user.grants import Asked

OPENID: Final = "openid"
_PROFILE: Final = "profile"
# Documented: the attributes that each scope shows; `profile` shows all others.
ATTRIBUTES: Final[Mapping[str, tuple[str, str]]] = {
    "email": ("email", "email_verified"),
    "phone": ("phone_number", "phone_number_verified"),
}
STANDARD: Final = ("aws.cognito.signin.user.admin", "email", OPENID, "phone", _PROFILE)


def visible(attributes: Mapping[str, str], scopes: Iterable[str]) -> dict[str, str]:
    """Return the attributes that tokens with these scopes show. Documented: `openid` as the only scope shows all."""
    named = {*scopes}
    if not named & {*ATTRIBUTES, _PROFILE}:
        return dict(attributes)
    hidden = {name for scope, names in ATTRIBUTES.items() if scope not in named for name in names}
    shown = {name for scope, names in ATTRIBUTES.items() if scope in named for name in names}
    return {
        name: value for name, value in attributes.items() if name in shown or (_PROFILE in named and name not in hidden)
    }


def has_identity(asked: Asked) -> bool:
    """Whether the sign-in gives an ID token: always through the API, on a page only with `openid` (documented)."""
    return not asked.on_page or OPENID in asked.scopes


def written(scopes: Iterable[str]) -> str:
    """Return the scopes as a token lists them: in the order of a Java set (observed), not of the request."""
    return " ".join(java.as_listed(dict.fromkeys(scopes)))
