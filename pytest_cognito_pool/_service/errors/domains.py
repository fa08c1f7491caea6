"""Errors of domains."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

_INVALID: Final = "InvalidParameterException"

DOMAIN_TAKEN: Final = ErrorTemplate(
    _INVALID,
    "Domain already associated with another user pool.",
    "observed",
    "eight public reports, among them aws-samples/websocket-chat-application#56",
)
DOMAIN_EXISTS: Final = ErrorTemplate(
    _INVALID, "Domain already exists.", "observed", "amplify-cli#1845; that it is the same pool's is inferred"
)
POOL_HAS_DOMAIN: Final = ErrorTemplate(
    _INVALID, "User pool already has a domain configured.", "observed", "aws-cdk#10062"
)
RESERVED_WORD: Final = ErrorTemplate(
    _INVALID, "Domain cannot contain reserved word: {word}", "observed", "amplify-cli#1513, and trials of pairs in 2026"
)
DOMAIN_CHARACTERS: Final = ErrorTemplate(
    _INVALID,
    "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and "
    r"hyphens. Please enter a different name that follows this format: ^[a-z0-9](?:[a-z0-9\-]{{0,61}}[a-z0-9])?$",
    "observed",
    "trial of 2026; terraform-aws-cognito-user-pool#69",
)
NO_SUBDOMAIN: Final = ErrorTemplate(
    _INVALID,
    "Custom domain is not a valid subdomain: Was not able to resolve a DNS A record for the parent domain or domain "
    "parent is a top-level domain.",
    "observed",
    "trial of 2026",
)
NO_CERTIFICATE: Final = ErrorTemplate(
    _INVALID,
    "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid "
    "certificate chain. (Service: CloudFront, Status Code: 400, Request ID: {request})",
    "observed",
    "trial of 2026",
)
NO_SUCH_DOMAIN: Final = ErrorTemplate(
    _INVALID,
    "No such domain or user pool exists.",
    "observed",
    "end-to-end tests of amplify-cli, of DeleteUserPoolDomain",
)
NOT_AVAILABLE_IN_TIER: Final = ErrorTemplate(
    "FeatureUnavailableInTierException",
    "The following feature is not available for the {tier} pricing tier configured: Managed Login Version 2",
    "observed",
    "trial of 2026; the type is the model's",
)
DOMAIN_OF_POOL: Final = ErrorTemplate(
    _INVALID,
    "User pool cannot be deleted. It has a domain configured that should be deleted first.",
    "observed",
    "terraform-provider-aws#16479, aws-nuke#330",
)
