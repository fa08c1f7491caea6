"""How CreateIdentityProvider and UpdateIdentityProvider complete the ProviderDetails, and the rules for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pytest_cognito_pool._service.errors import identity_providers as errors
from pytest_cognito_pool._service.pool.rules import Rule, check

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from pytest_cognito_pool._service.pool.schema import Schema

SOCIAL: Final = frozenset({"Facebook", "Google", "LoginWithAmazon", "SignInWithApple"})
# Model, CreateIdentityProvider: the details that the service adds; Google also observed (Terraform's acceptance tests).
_ADDED: Final[Mapping[str, Mapping[str, str]]] = {
    "Google": {
        "attributes_url": "https://people.googleapis.com/v1/people/me?personFields=",
        "attributes_url_add_attributes": "true",
        "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth",
        "oidc_issuer": "https://accounts.google.com",
        "token_request_method": "POST",
        "token_url": "https://www.googleapis.com/oauth2/v4/token",
    },
    "Facebook": {
        "attributes_url": "https://graph.facebook.com/{version}/me?fields=",
        "attributes_url_add_attributes": "true",
        "authorize_url": "https://www.facebook.com/{version}/dialog/oauth",
        "token_request_method": "GET",
        "token_url": "https://graph.facebook.com/{version}/oauth/access_token",
    },
    "LoginWithAmazon": {
        "attributes_url": "https://api.amazon.com/user/profile",
        "attributes_url_add_attributes": "false",
        "authorize_url": "https://www.amazon.com/ap/oa",
        "token_request_method": "POST",
        "token_url": "https://api.amazon.com/auth/o2/token",
    },
    "SignInWithApple": {
        "attributes_url_add_attributes": "false",
        "authorize_url": "https://appleid.apple.com/auth/authorize",
        "oidc_issuer": "https://appleid.apple.com",
        "token_request_method": "POST",
        "token_url": "https://appleid.apple.com/auth/token",
    },
    "OIDC": {"attributes_url_add_attributes": "false"},
}
_FACEBOOK_VERSION: Final = "v17.0"
# OIDC and Google observed, Facebook documented, the others inferred from the model.
_MAPPED_USERNAME: Final[Mapping[str, str]] = {
    "Facebook": "id",
    "Google": "sub",
    "LoginWithAmazon": "user_id",
    "OIDC": "sub",
    "SignInWithApple": "sub",
}
# ProviderDetails, each with the service in the metadata that it comes from.
_BINDINGS: Final[Mapping[str, str]] = {
    "SSORedirectBindingURI": "SingleSignOnService",
    "SLORedirectBindingURI": "SingleLogoutService",
}
_REDIRECT: Final = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
_METADATA: Final = "{urn:oasis:names:tc:SAML:2.0:metadata}"


class Judged(NamedTuple):
    """The input of the rules: a provider's name and type, and its values in a request."""

    name: str
    type: str
    details: Mapping[str, str]
    mapping: Mapping[str, str]
    schema: Schema


def check_provider(judged: Judged) -> None:
    """Refuse an invalid identity provider.

    Raises:
        ServiceError: InvalidParameterException.
    """
    told = {"ProviderType": judged.type, "ProviderDetails": sorted(judged.details), "AttributeMapping": judged.mapping}
    check(_RULES, judged, told, name=judged.name, type=judged.type)


def complete_details(kind: str, given: Mapping[str, str]) -> dict[str, str]:
    """The ProviderDetails with those that the service adds, except details that it would discover over the network.

    Inferred: added details replace given ones, so that described details can be sent back.
    """
    version = given.get("api_version", _FACEBOOK_VERSION)
    added = {name: value.format(version=version) for name, value in _ADDED.get(kind, {}).items()}
    metadata = _metadata(given) if kind == "SAML" else {}
    bindings = {name: where[_REDIRECT] for name, where in metadata.items() if _REDIRECT in where}
    return {**given, **added, **bindings}


def hidden_details(kind: str, details: Mapping[str, str]) -> dict[str, str]:
    """The details that no reply shows: Apple's key."""
    return {name: value for name, value in details.items() if (kind, name) == ("SignInWithApple", "private_key")}


def shown_details(kind: str, details: Mapping[str, str]) -> dict[str, str]:
    """The ProviderDetails of a reply."""
    hidden = hidden_details(kind, details)
    return {name: value for name, value in details.items() if name not in hidden}


def default_mapping(kind: str) -> dict[str, str]:
    """The AttributeMapping of a provider that was created without one."""
    return {"username": _MAPPED_USERNAME[kind]} if kind in _MAPPED_USERNAME else {}


def _metadata(details: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The address of each binding in a MetadataFile; empty if the file is not XML (inferred: it is accepted)."""
    from xml.etree import ElementTree as ET

    try:
        root = ET.fromstring(details.get("MetadataFile", ""))  # noqa: S314 - the file is the application's own
    except (ET.ParseError, ValueError):
        return {}
    return {
        name: {each.get("Binding", ""): each.get("Location", "") for each in root.iter(f"{_METADATA}{service}")}
        for name, service in _BINDINGS.items()
    }


def _is_misnamed(judged: Judged) -> bool:
    return judged.type in SOCIAL and judged.name != judged.type


def _has_no_redirect(judged: Judged) -> bool:
    sign_on = _metadata(judged.details).get("SSORedirectBindingURI", {})
    return bool(sign_on) and _REDIRECT not in sign_on


def _lacks(kinds: Collection[str], keys: tuple[str, ...]) -> Callable[[Judged], bool]:
    return lambda judged: judged.type in kinds and not all(judged.details.get(key) for key in keys)


def _sources_of_metadata(judged: Judged) -> int:
    return sum(bool(judged.details.get(name)) for name in ("MetadataURL", "MetadataFile"))


def _method(judged: Judged) -> str | None:
    method = judged.details.get("attributes_request_method", "GET")
    return None if judged.type != "OIDC" or method in {"GET", "POST", ""} else method


def _invalid_mappings(judged: Judged) -> str:
    """The attributes that the pool does not have; for Google also claims that Google does not offer (observed: hd)."""
    unknown = [name for name in judged.mapping if name != "username" and name not in judged.schema]
    return ", ".join(
        unknown or [claim for claim in judged.mapping.values() if (judged.type, claim) == ("Google", "hd")]
    )


_RULES: Final[tuple[Rule[Judged], ...]] = (
    Rule(errors.PROVIDER_NAME, ("ProviderType",), _is_misnamed),
    Rule(
        errors.NO_METADATA,
        ("ProviderDetails",),
        lambda judged: judged.type == "SAML" and _sources_of_metadata(judged) == 0,
    ),
    Rule(
        errors.TWO_METADATA,
        ("ProviderDetails",),
        lambda judged: judged.type == "SAML" and _sources_of_metadata(judged) > 1,
    ),
    Rule(
        errors.METADATA_WITHOUT_REDIRECT,
        ("ProviderDetails",),
        lambda judged: judged.type == "SAML" and _has_no_redirect(judged),
    ),
    Rule(
        errors.ISSUER_WITHOUT_TLS,
        ("ProviderDetails",),
        lambda judged: (
            judged.type == "OIDC" and not judged.details.get("oidc_issuer", "https://").startswith("https://")
        ),
    ),
    Rule(errors.REQUEST_METHOD, ("ProviderDetails",), _method),
    # Observed: the keys that each type needs.
    Rule(
        errors.KEYS_OF_SOCIAL,
        ("ProviderDetails",),
        _lacks({"Facebook", "Google", "LoginWithAmazon"}, ("client_id", "client_secret", "authorize_scopes")),
    ),
    Rule(
        errors.KEYS_OF_APPLE,
        ("ProviderDetails",),
        _lacks({"SignInWithApple"}, ("client_id", "private_key", "team_id", "key_id")),
    ),
    Rule(
        errors.KEYS_OF_OIDC,
        ("ProviderDetails",),
        _lacks({"OIDC"}, ("client_id", "authorize_scopes", "oidc_issuer", "attributes_request_method")),
    ),
    Rule(errors.MAPPING, ("AttributeMapping",), _invalid_mappings),
)
