"""Errors of groups."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

GROUP_NOT_FOUND: Final = ErrorTemplate("ResourceNotFoundException", "Group not found.", "observed", "amplify-cli#2214")
GROUP_EXISTS: Final = ErrorTemplate(
    "GroupExistsException",
    "A group with the name already exists",
    "observed",
    "amplify-backend#1781, the title of the failure; a stop is not known",
)
