"""Errors of access and refresh tokens."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

ACCESS_TOKEN_INVALID: Final = ErrorTemplate(
    "NotAuthorizedException", "Invalid Access Token", "observed", "floci-io/floci#2018, of VerifyUserAttribute"
)
ACCESS_TOKEN_UNVERIFIED: Final = ErrorTemplate(
    "NotAuthorizedException", "Could not verify signature for Access Token", "observed", "public capture"
)
ACCESS_TOKEN_EXPIRED: Final = ErrorTemplate(
    "NotAuthorizedException", "Access Token has expired", "observed", "public capture"
)
ACCESS_TOKEN_REVOKED: Final = ErrorTemplate(
    "NotAuthorizedException", "Access Token has been revoked", "observed", "amplify-js#3540, amplify-js#3435"
)
ACCESS_TOKEN_SCOPES: Final = ErrorTemplate(
    "NotAuthorizedException", "Access Token does not have required scopes", "observed", "public capture"
)
REFRESH_TOKEN_INVALID: Final = ErrorTemplate(
    "NotAuthorizedException", "Invalid Refresh Token", "observed", "public capture"
)
REFRESH_TOKEN_REVOKED: Final = ErrorTemplate(
    "NotAuthorizedException", "Refresh Token has been revoked", "observed", "amplify-swift#3344"
)
REFRESH_TOKEN_EXPIRED: Final = ErrorTemplate(
    "NotAuthorizedException", "Refresh Token has expired", "observed", "amplify-swift#3496"
)
REFRESH_TOKEN_REUSED: Final = ErrorTemplate(
    "RefreshTokenReuseException",
    "Refresh token has been invalidated by rotation",
    "inferred",
    "a mock in amplify-js; no capture",
)
REVOCATION_OFF: Final = ErrorTemplate(
    "UnsupportedOperationException",
    "Please enable token revocation before revoking tokens for this client",
    "inferred",
    "the type is the model's; the text another fake's",
)
REVOCATION_OF_OTHERS: Final = ErrorTemplate(
    "UnsupportedTokenTypeException",
    "Only refresh tokens can be revoked",
    "inferred",
    "the type is the model's; the text another fake's",
)
REVOCATION_UNAUTHORIZED: Final = ErrorTemplate(
    "UnauthorizedException", "{reason}", "inferred", "the type is the model's; the texts another fake's"
)
EXCHANGED_TOKEN_INVALID: Final = ErrorTemplate(
    "NotAuthorizedException", "Invalid token.", "inferred", "the type is the model's; no capture"
)
ACTOR_TYPE_MISSING: Final = ErrorTemplate(
    "InvalidParameterException", "ActorTokenType is required.", "inferred", "the model's description of ActorTokenType"
)
AUDIENCE_AND_RESOURCE: Final = ErrorTemplate(
    "InvalidParameterException",
    "Audiences and Resources can't be requested together.",
    "inferred",
    "the model's description of Audiences",
)
SCOPE_NOT_ALLOWED: Final = ErrorTemplate(
    "InvalidParameterException", "Invalid scope requested.", "inferred", "the type is the model's; no capture"
)
CLIENT_SECRET_WRONG: Final = ErrorTemplate(
    "NotAuthorizedException", "Invalid client or secret", "observed", "live report of GetClientToken, 2026"
)
