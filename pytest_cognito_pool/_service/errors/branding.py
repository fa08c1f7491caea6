"""Errors of styles of managed login, and of customizations of the classic pages."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

_INVALID: Final = "InvalidParameterException"
_TRIAL: Final = "public capture of 2026, of all operations of managed login branding"

ONE_SOURCE: Final = ErrorTemplate(
    _INVALID, "useCognitoProvidedValues or settings should be specified (but not both)", "observed", _TRIAL
)
STYLE_EXISTS: Final = ErrorTemplate(
    "ManagedLoginBrandingExistsException",
    "A ManagedLoginBranding already exists for client {client}",
    "observed",
    _TRIAL,
)
CLIENT_WITHOUT_STYLE: Final = ErrorTemplate(
    "ResourceNotFoundException", "ManagedLoginBranding for client {client} does not exist.", "observed", _TRIAL
)
STYLE_NOT_FOUND: Final = ErrorTemplate(
    "ResourceNotFoundException", "ManagedLoginBranding does not exist.", "observed", _TRIAL
)
INVALID_ASSET: Final = ErrorTemplate(
    _INVALID,
    "Invalid assets provided. Validation errors: [{assets}]",
    "observed",
    "terraform-aws-cognito-user-pool#238; what follows colorMode was cut there",
)
NO_DOMAIN: Final = ErrorTemplate(
    _INVALID,
    "A domain must be associated with this user pool.",
    "observed",
    "amazon-connect/voicemail-for-amazon-connect#5, with the type",
)
CSS_CLASS: Final = ErrorTemplate(
    _INVALID, "The CSS class {name} is not in the list of allowed classes.", "observed", "trial of 2026"
)
