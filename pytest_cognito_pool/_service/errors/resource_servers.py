"""Errors of resource servers."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

SERVER_EXISTS: Final = ErrorTemplate(
    "InvalidParameterException",
    "{identifier} already exists in user pool {pool}.",
    "inferred",
    "the model declares no other type; the text is another fake's",
)
SERVER_NOT_FOUND: Final = ErrorTemplate(
    "ResourceNotFoundException",
    "Resource server {identifier} does not exist.",
    "inferred",
    "the type is observed (alchemy's live tests); the text is another fake's",
)
