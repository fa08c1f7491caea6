"""The rules for the settings of an app client, on create and on update."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pytest_cognito_pool._service.errors import app_clients as errors
from pytest_cognito_pool._service.pool.rules import Rule, at, check, region_of
from pytest_cognito_pool._service.user.addresses import VERIFIED
from pytest_cognito_pool._service.user.identities import IDENTITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

_SECONDS: Final[Mapping[str, int]] = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
# Documented: how long tokens are valid, the unit of a number without one, and the bounds in seconds.
_VALIDITY: Final[Mapping[str, tuple[int, str, int, int]]] = {
    "AccessToken": (1, "hours", 300, 86400),
    "IdToken": (1, "hours", 300, 86400),
    "RefreshToken": (30, "days", 3600, 315360000),
}
_VALIDITIES: Final = (*(f"{token}Validity" for token in _VALIDITY), "TokenValidityUnits")
# Observed: attributes that no app client may write.
_NEVER_WRITTEN: Final = frozenset({*VERIFIED.values(), "sub"})
# Documented: the scopes of OpenID Connect, and the scope for the operations of a user.
_STANDARD_SCOPES: Final = frozenset({"aws.cognito.signin.user.admin", "email", "openid", "phone", "profile"})
# Documented: hosts whose callback URLs need no TLS.
_LOCAL: Final = re.compile(r"http://(localhost|127\.0\.0\.1|\[::1\])(?=[:/?#]|$)", re.IGNORECASE)
# Documented, "Using Amazon Pinpoint analytics": Regions without Pinpoint use Pinpoint in us-east-1.
_PINPOINT: Final = "us-east-1"


class Surroundings(NamedTuple):
    """The parts of a pool that its app clients can name.

    Attributes:
        pool_id: the id of the pool.
        region: the region of the pool.
        schema: the names of the attributes.
        scopes: the scopes of the resource servers.
        providers: the names of the identity providers.
    """

    pool_id: str
    region: str
    schema: Container[str]
    scopes: Container[str]
    providers: Container[str]


class Judged(NamedTuple):
    """The input of the rules.

    Attributes:
        settings: the app client's settings after the request.
        secret: its secret.
        pool: the parts of its pool that it can name.
    """

    settings: Mapping[str, Any]
    secret: str | None
    pool: Surroundings

    def at(self, path: str, default: Any = None) -> Any:
        """The setting at that path."""
        return at(self.settings, path, default)

    @property
    def flows(self) -> set[str]:
        """The OAuth flows."""
        return set(self.at("AllowedOAuthFlows", ()))


def check_settings(judged: Judged) -> None:
    """Refuse app client settings that do not go together, or that name something the pool does not have.

    Raises:
        ServiceError: InvalidParameterException, InvalidOAuthFlowException or ScopeDoesNotExistException.
    """
    check(_RULES, judged, judged.settings, pool=judged.pool.pool_id)


def validity(settings: Mapping[str, Any], token: str) -> int:
    """For how many seconds a token is valid.

    Args:
        settings: the app client's settings.
        token: `AccessToken`, `IdToken` or `RefreshToken`, as in TokenValidityUnits.
    """
    number, unit, _, _ = _VALIDITY[token]
    # Documented: a RefreshTokenValidity of 0 means the default.
    given = settings.get(f"{token}Validity")
    seconds = _SECONDS[settings["TokenValidityUnits"].get(token, unit)] if given else _SECONDS[unit]
    return int((given or number) * seconds)


def _first(setting: str, is_wrong: Callable[[str, Surroundings], bool]) -> Callable[[Judged], str | None]:
    """A function that finds the first element of a list that breaks a rule."""
    return lambda judged: next((each for each in judged.at(setting, ()) if is_wrong(each, judged.pool)), None)


def _has_incomplete_oauth(judged: Judged) -> bool:
    wanted = judged.settings["AllowedOAuthFlowsUserPoolClient"]
    return wanted and not (judged.flows and judged.at("AllowedOAuthScopes"))


def _is_by_http(url: str) -> bool:
    return url.lower().startswith("http:") and not _LOCAL.match(url)


def _default_url(judged: Judged) -> object:
    url = judged.at("DefaultRedirectURI")
    return url if url is not None and url not in judged.at("CallbackURLs", ()) else None


def _has_flows_of_two_kinds(judged: Judged) -> bool:
    return len({flow.startswith("ALLOW_") for flow in judged.at("ExplicitAuthFlows", ())}) > 1


def _is_out_of_range(judged: Judged) -> bool:
    return any(
        not least <= validity(judged.settings, token) <= most for token, (_, _, least, most) in _VALIDITY.items()
    )


def _outlives_refresh_token(judged: Judged) -> bool:
    access, identity, refresh = (validity(judged.settings, token) for token in _VALIDITY)
    return max(access, identity) > refresh


def _has_incomplete_analytics(judged: Judged) -> bool:
    analytics = judged.at("AnalyticsConfiguration")
    if analytics is None:
        return False
    by_id = [name in analytics for name in ("ApplicationId", "RoleArn", "ExternalId")]
    return any(by_id) if "ApplicationArn" in analytics else not all(by_id)


def _analytics_region(judged: Judged) -> str | None:
    region = region_of(judged.at("AnalyticsConfiguration.ApplicationArn", f"arn:aws:mobiletargeting:{_PINPOINT}"))
    return None if region in {judged.pool.region, _PINPOINT} else region


_RULES: Final[tuple[Rule[Judged], ...]] = (
    Rule(
        errors.ATTRIBUTES_NOT_READABLE,
        ("ReadAttributes",),
        _first("ReadAttributes", lambda name, pool: name != IDENTITIES and name not in pool.schema),
    ),
    Rule(
        errors.ATTRIBUTES_NOT_WRITABLE,
        ("WriteAttributes",),
        _first("WriteAttributes", lambda name, pool: name in _NEVER_WRITTEN or name not in pool.schema),
    ),
    Rule(
        errors.OAUTH_INCOMPLETE,
        ("AllowedOAuthFlowsUserPoolClient", "AllowedOAuthFlows", "AllowedOAuthScopes"),
        _has_incomplete_oauth,
    ),
    Rule(
        errors.MACHINE_AND_USERS,
        ("AllowedOAuthFlows",),
        lambda judged: "client_credentials" in judged.flows and len(judged.flows) > 1,
    ),
    Rule(
        errors.MACHINE_WITHOUT_SECRET,
        ("AllowedOAuthFlows", "GenerateSecret"),
        lambda judged: "client_credentials" in judged.flows and not judged.secret,
    ),
    Rule(
        errors.CODE_WITHOUT_CALLBACK,
        ("AllowedOAuthFlows", "CallbackURLs"),
        lambda judged: {"code", "implicit"} & judged.flows and not judged.at("CallbackURLs"),
    ),
    Rule(
        errors.SCOPE_UNKNOWN,
        ("AllowedOAuthScopes",),
        _first("AllowedOAuthScopes", lambda scope, pool: scope not in _STANDARD_SCOPES and scope not in pool.scopes),
    ),
    Rule(
        errors.PROVIDER_MISSING,
        ("SupportedIdentityProviders",),
        _first("SupportedIdentityProviders", lambda name, pool: name != "COGNITO" and name not in pool.providers),
    ),
    Rule(errors.URL_BY_HTTP, ("CallbackURLs",), _first("CallbackURLs", lambda url, _: _is_by_http(url))),
    Rule(errors.URL_WITH_FRAGMENT, ("CallbackURLs",), _first("CallbackURLs", lambda url, _: "#" in url)),
    Rule(errors.DEFAULT_URL, ("DefaultRedirectURI", "CallbackURLs"), _default_url),
    Rule(errors.FLOWS_OF_TWO_KINDS, ("ExplicitAuthFlows",), _has_flows_of_two_kinds),
    Rule(
        errors.ROTATION_AND_FLOW,
        ("RefreshTokenRotation", "ExplicitAuthFlows"),
        lambda judged: (
            judged.at("RefreshTokenRotation.Feature") == "ENABLED"
            and "ALLOW_REFRESH_TOKEN_AUTH" in judged.at("ExplicitAuthFlows", ())
        ),
    ),
    Rule(errors.VALIDITY_RANGE, _VALIDITIES, _is_out_of_range),
    Rule(errors.VALIDITY_ORDER, _VALIDITIES, _outlives_refresh_token),
    Rule(
        errors.CONTEXT_WITHOUT_SECRET,
        ("EnablePropagateAdditionalUserContextData", "GenerateSecret"),
        lambda judged: judged.settings["EnablePropagateAdditionalUserContextData"] and not judged.secret,
    ),
    Rule(errors.ANALYTICS_INCOMPLETE, ("AnalyticsConfiguration",), _has_incomplete_analytics),
    Rule(errors.ANALYTICS_REGION, ("AnalyticsConfiguration.ApplicationArn",), _analytics_region),
)
