"""The changes that a PreTokenGeneration function makes to tokens, as far as it may (documented)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from pytest_cognito_pool._service.journal import Invocation

_FIXED: Final = frozenset(
    {
        "acr", "amr", "at_hash", "aud", "auth_time", "azp", "client_id", "device_key", "event_id", "exp", "iat",
        "identities",
        "iss", "jti", "nbf", "nonce", "origin_jti", "sub", "token_use", "username", "version",
    }
)  # fmt: skip
# The members of the response in version 1, and in versions 2 and 3.
_MEMBERS: Final = ("claimsOverrideDetails", "claimsAndScopeOverrideDetails")
_OTHER_VERSION: Final = (
    "nothing was changed: the event has version {version}, so the function must answer with {member}, not with "
    "{other}; the version is a setting of the pool: LambdaConfig={{'PreTokenGenerationConfig': "
    "{{'LambdaVersion': 'V2_0', 'LambdaArn': ...}}}}"
)
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
        version: the version of its event.
        invocation: its invocation; None if it was not invoked.
    """

    def __init__(self, response: Mapping[str, Any], version: str, invocation: Invocation[Any] | None = None) -> None:
        member, other = _MEMBERS if version == "1" else _MEMBERS[::-1]
        self._invocation = invocation
        self._refused: dict[str, None] = {}
        self._why = _OTHER_VERSION.format(version=version, member=member, other=other) if response.get(other) else ""
        self._details: Mapping[str, Any] = response.get(member) or {}
        # Version 1 changes only the ID token; versions 2 and 3 change each token separately.
        self._id = self._details if version == "1" else self._details.get("idTokenGeneration") or {}
        self._access = {} if version == "1" else self._details.get("accessTokenGeneration") or {}

    def id(self, claims: dict[str, Any]) -> dict[str, Any]:
        """Return the changed claims of an ID token."""
        return self._changed(self._grouped(claims, _GROUPS), self._id, {})

    def access(self, claims: dict[str, Any]) -> dict[str, Any]:
        """Return the changed claims of an access token, including its scopes."""
        groups = self._grouped(claims, {"cognito:groups"})
        changed = self._changed(groups, self._access, {"aud": claims["client_id"]})
        return {**changed, "scope": self._scope(claims["scope"])}

    def tell(self) -> None:
        """Note on the invocation which changes were ignored, for the author of the test."""
        refused = f"a function cannot change {[*self._refused]}; its other changes were made" if self._refused else ""
        if self._invocation is not None:
            self._invocation.why = self._why or refused

    def _grouped(self, claims: Mapping[str, Any], names: Container[str]) -> dict[str, Any]:
        """Return the claims with the groups of groupOverrideDetails; without groups if it is null or empty."""
        if "groupOverrideDetails" not in self._details:
            return dict(claims)
        given = self._details["groupOverrideDetails"] or {}
        others = {name: given.get(member) for name, member in _GROUPS.items() if name in names}
        kept = {name: value for name, value in claims.items() if name not in _GROUPS}
        return {**{name: value for name, value in others.items() if value}, **kept}

    def _changed(
        self, claims: dict[str, Any], details: Mapping[str, Any], allowed: Mapping[str, object]
    ) -> dict[str, Any]:
        """Return the claims after the additions and then the suppressions, which take precedence."""
        changed = dict(claims)
        for name, value in (details.get("claimsToAddOrOverride") or {}).items():
            is_allowed = name in allowed and allowed[name] == value
            if (_is_fixed(name) and not is_allowed) or name.startswith("dev:"):
                self._refused[name] = None
            else:
                changed[name] = value
        for name in details.get("claimsToSuppress") or ():
            if name == "cognito:groups":
                changed = {each: value for each, value in changed.items() if each not in _GROUPS}
            elif _is_fixed(name):
                self._refused[name] = None
            else:
                changed.pop(name, None)
        return changed

    def _scope(self, scope: str) -> str:
        added = self._access.get("scopesToAdd") or ()
        self._refused |= dict.fromkeys(name for name in added if " " in name)
        suppressed = self._access.get("scopesToSuppress") or ()
        scopes = dict.fromkeys([*scope.split(), *(name for name in added if " " not in name)])
        return " ".join(name for name in scopes if name not in suppressed)


def _is_fixed(name: str) -> bool:
    return name in _FIXED or name.startswith("cognito:")
