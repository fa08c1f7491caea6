"""Errors of identity providers and of the users linked to them."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.pool_settings import deployed
from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

_MEASURED: Final = "floci#2858, measured 2026-09"

PROVIDER_EXISTS: Final = ErrorTemplate(
    "DuplicateProviderException", "{name} already exists for tenant {pool}.", "observed", _MEASURED
)
PROVIDER_NOT_FOUND: Final = ErrorTemplate(
    "ResourceNotFoundException",
    "Identity provider {name} for tenantId {pool} does not exist.",
    "observed",
    f"{_MEASURED}: DescribeIdentityProvider",
)
PROVIDER_NOT_UPDATED: Final = ErrorTemplate(
    "ResourceNotFoundException",
    "Identity provider {name} in User Pool {pool} does not exist.",
    "observed",
    f"{_MEASURED}: UpdateIdentityProvider; DeleteIdentityProvider has the type alone",
)
PROVIDER_NAME: Final = deployed("Provider {name} cannot be of type {type}.", "aws-cli#3179, with the type")
KEYS_OF_SOCIAL: Final = deployed("clientId, clientSecret and authorizeScopes are all required idp details.")
KEYS_OF_APPLE: Final = deployed("clientId, privateKey, teamId, and keyId are all required idp details.")
KEYS_OF_OIDC: Final = deployed(
    "clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details."
)
ISSUER_WITHOUT_TLS: Final = deployed("OIDC endpoint must start with https://")
REQUEST_METHOD: Final = deployed(
    "1 validation error detected: Value '{value}' at 'providerConfiguration.oidcConfig.attributesRequestMethod' failed "
    "to satisfy constraint: Member must satisfy enum value set: [POST, GET]"
)
NO_METADATA: Final = deployed("At least one of the MetadataURL or MetadataFile should be provided.")
TWO_METADATA: Final = deployed("Only one of the MetadataURL or MetadataFile should be provided.")
METADATA_WITHOUT_REDIRECT: Final = deployed(
    "No SingleSignOn Http redirect binding location found in metadata.", "dummyidp#10; the type is inferred"
)
MAPPING: Final = ErrorTemplate(
    "InvalidParameterException",
    "AttributeMapping contains invalid mapping: [{value}]",
    "observed",
    "aws-cli#9729, with the type",
)
ALREADY_LINKED: Final = ErrorTemplate(
    "InvalidParameterException",
    "SourceUser is already linked to DestinationUser",
    "observed",
    "ten public handlers, one production log of 2026-07",
)
SOURCE_SIGNED_UP: Final = ErrorTemplate(
    "InvalidParameterException",
    "Merging is not currently supported, provide a SourceUser that has not been signed up in order to link",
    "observed",
    "aws-sdk-net#1000",
)
SOURCE_IS_LOCAL: Final = ErrorTemplate(
    "InvalidParameterException",
    "Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, only as a "
    "DestinationUser",
    "observed",
    "boto3#4163, on another occasion",
)
SOURCE_TOO_LONG: Final = ErrorTemplate(
    "InvalidParameterException",
    "Invalid SourceUser: the provider's name, the attribute's name and its value are too long.",
    "inferred",
    "observed that more than 128 characters are refused (aws-sdk-js-v3#6985); the text was not kept",
)
SOURCE_PROVIDER_MISSING: Final = ErrorTemplate(
    "InvalidParameterException",
    "The provider {name} does not exist for User Pool {pool}.",
    "inferred",
    "observed for app clients",
)
SOURCE_ATTRIBUTE: Final = ErrorTemplate(
    "InvalidParameterException",
    "Invalid SourceUser: ProviderAttributeName must be Cognito_Subject.",
    "inferred",
    "documented for social providers; no text",
)
TOO_MANY_LINKS: Final = ErrorTemplate(
    "LimitExceededException",
    "The maximum number of linked users was reached.",
    "inferred",
    "documented: at most five; no text",
)
