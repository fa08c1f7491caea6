"""Errors of new passwords; their texts begin in three ways."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

PASSWORD_SIGN_UP: Final = ErrorTemplate(
    "InvalidPasswordException", "Password did not conform with policy: {rule}", "observed", "public capture"
)
PASSWORD_TEMPORARY: Final = ErrorTemplate(
    "InvalidPasswordException",
    "Password did not conform with password policy: {rule}",
    "observed",
    "data-dot-all/dataall#690",
)
PASSWORD_CHANGED: Final = ErrorTemplate(
    "InvalidPasswordException",
    "Password does not conform to policy: {rule}",
    "observed",
    "public captures of ConfirmForgotPassword and NEW_PASSWORD_REQUIRED; ChangePassword inferred",
)
PASSWORD_USED_BEFORE: Final = ErrorTemplate(
    "PasswordHistoryPolicyViolationException",
    "Password has previously been used",
    "observed",
    "a table of the messages of ConfirmForgotPassword; whether it ends with a dot is not known",
)
PASSWORD_SET: Final = ErrorTemplate(
    "InvalidPasswordException",
    "Password does not conform to policy: {rule}",
    "inferred",
    "observed on ConfirmForgotPassword; no capture of AdminSetUserPassword",
)
