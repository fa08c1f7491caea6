"""What a PreTokenGeneration function changes of the tokens, as far as it may (documented)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

_FIXED: Final = frozenset(
    {
        "acr", "amr", "at_hash", "auth_time", "azp", "client_id", "device_key", "event_id", "exp", "iat", "identities",
        "iss", "jti", "nbf", "nonce", "origin_jti", "scope", "sub", "token_use", "username", "version",
    }
)  # fmt: skip
# The claims of groups, each with the member of groupOverrideDetails that replaces it.
_GROUPS: Final[Mapping[str, str]] = {
    "cognito:groups": "groupsToOverride",
    "cognito:roles": "iamRolesToOverride",
    "cognito:preferred_role": "preferredRole",
}


class Overrides:
    """The changes of one function.

    Args:
        response: the `response` of its answer.

    Attributes:
        refused: the claims and scopes that it may not change, for the author of the test.
    """

    def __init__(self, response: Mapping[str, Any]) -> None:
        # Version 1 changes the ID token, versions 2 and 3 each token for itself.
        first, later = response.get("claimsOverrideDetails"), response.get("claimsAndScopeOverrideDetails")
        self._details: Mapping[str, Any] = first or later or {}
        self._id = (first or self._details.get("idTokenGeneration")) or {}
        self._access = self._details.get("accessTokenGeneration") or {}
        self.refused: list[str] = []

    def id(self, claims: dict[str, Any]) -> dict[str, Any]:
        """The claims of an ID token, changed."""
        return self._changed(self._grouped(claims, _GROUPS), self._id, {})

    def access(self, claims: dict[str, Any]) -> dict[str, Any]:
        """The claims of an access token, changed; its scopes too."""
        groups = self._grouped(claims, {"cognito:groups"})
        changed = self._changed(groups, self._access, {"aud": claims["client_id"]})
        return {**changed, "scope": self._scope(claims["scope"])}

    def _grouped(self, claims: Mapping[str, Any], names: Container[str]) -> dict[str, Any]:
        """The claims with other groups: those of groupOverrideDetails, none where it is null or empty."""
        if "groupOverrideDetails" not in self._details:
            return dict(claims)
        given = self._details["groupOverrideDetails"] or {}
        others = {name: given.get(member) for name, member in _GROUPS.items() if name in names}
        kept = {name: value for name, value in claims.items() if name not in _GROUPS}
        return {**kept, **{name: value for name, value in others.items() if value}}

    def _changed(
        self, claims: dict[str, Any], details: Mapping[str, Any], allowed: Mapping[str, object]
    ) -> dict[str, Any]:
        """The claims with those to add and without those to suppress, which wins."""
        changed = dict(claims)
        for name, value in (details.get("claimsToAddOrOverride") or {}).items():
            if (_is_fixed(name) and (name not in allowed or allowed[name] != value)) or name.startswith("dev:"):
                self.refused.append(name)
            else:
                changed[name] = value
        for name in details.get("claimsToSuppress") or ():
            for each in _GROUPS if name == "cognito:groups" else (name,):
                if _is_fixed(name) and name != "cognito:groups":
                    self.refused.append(name)
                else:
                    changed.pop(each, None)
        return changed

    def _scope(self, scope: str) -> str:
        added = self._access.get("scopesToAdd") or ()
        self.refused += [name for name in added if " " in name]
        suppressed = self._access.get("scopesToSuppress") or ()
        scopes = dict.fromkeys([*scope.split(), *(name for name in added if " " not in name)])
        return " ".join(name for name in scopes if name not in suppressed)


def _is_fixed(name: str) -> bool:
    return name in _FIXED or name == "aud" or name.startswith("cognito:")
