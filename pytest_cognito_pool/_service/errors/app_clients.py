"""Errors of app clients, and of app client settings that do not go together."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.pool_settings import deployed
from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

CLIENT_NOT_FOUND: Final = ErrorTemplate(
    "ResourceNotFoundException", "User pool client {id} does not exist.", "observed", "public capture"
)
TWO_SECRETS: Final = ErrorTemplate(
    "InvalidParameterException",
    "GenerateSecret and ClientSecret exclude each other.",
    "inferred",
    "the model says that they do; no text",
)
ATTRIBUTES_NOT_READABLE: Final = deployed("Invalid read attributes specified while creating a client")
ATTRIBUTES_NOT_WRITABLE: Final = deployed("Invalid write attributes specified while creating a client")
OAUTH_INCOMPLETE: Final = deployed(
    "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows."
)
CODE_WITHOUT_CALLBACK: Final = ErrorTemplate(
    "InvalidOAuthFlowException",
    "CallbackUrls can not be empty when code flow or implicit flow is selected",
    "observed",
    "crossfeed#440",
)
MACHINE_WITHOUT_SECRET: Final = ErrorTemplate(
    "InvalidOAuthFlowException",
    "client_credentials flow can not be selected if client does not have a client secret.",
    "observed",
    "anomalyco/sst#6272",
)
MACHINE_AND_USERS: Final = ErrorTemplate(
    "InvalidOAuthFlowException",
    "client_credentials flow can not be selected along with code flow or implicit flow.",
    "observed",
    "cdk-preflight 2026-09; the type as of its two siblings (inferred)",
)
SCOPE_UNKNOWN: Final = ErrorTemplate(
    "ScopeDoesNotExistException",
    "Invalid scope requested: {value}",
    "observed",
    "aws-cloudformation-user-guide#564, with the type; cdk-preflight 2026-09",
)
PROVIDER_MISSING: Final = deployed(
    "The provider {value} does not exist for User Pool {pool}.", "terraform-aws-cognito-user-pool#72"
)
URL_BY_HTTP: Final = deployed("{value} cannot use the HTTP protocol.")
URL_WITH_FRAGMENT: Final = deployed("{value} cannot use fragment")
DEFAULT_URL: Final = deployed("The default redirect URI {value} is not in the callback URIs list.")
FLOWS_OF_TWO_KINDS: Final = deployed("Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.")
ROTATION_AND_FLOW: Final = ErrorTemplate(
    "InvalidParameterException",
    "ALLOW_REFRESH_TOKEN_AUTH cannot be used with refresh token rotation.",
    "inferred",
    "observed that it is refused (terraform-provider-aws#47196); neither type nor text",
)
VALIDITY_RANGE: Final = deployed("Invalid range for token validity.")
VALIDITY_ORDER: Final = deployed(
    "Access and Id Token expiration times must be less than or equal to refresh token expiration times."
)
CONTEXT_WITHOUT_SECRET: Final = deployed(
    "Client Secret is required to set EnablePropagateAdditionalUserContextData as true"
)
ANALYTICS_INCOMPLETE: Final = deployed(
    "Invalid analytics configuration given, either <application arn> or <application id, role arn, external id> are "
    "valid"
)
ANALYTICS_REGION: Final = deployed("The integration with Pinpoint is not supported for the requested {value} region.")
