"""Errors of the OAuth endpoints and the pages of a domain: `error`, and `error_description` if there is one."""

from __future__ import annotations

from typing import Final

from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

# Of /oauth2/token.
INVALID_REQUEST: Final = ErrorTemplate("invalid_request", None, "observed", "amazon-cognito-auth-js#52")
INVALID_CLIENT: Final = ErrorTemplate("invalid_client", None, "observed", "flask-cognito-lib#17, arctic#175")
INVALID_GRANT: Final = ErrorTemplate("invalid_grant", None, "observed", "aws-sdk-js#3836, amplify-js#6347")
UNAUTHORIZED_CLIENT: Final = ErrorTemplate("unauthorized_client", None, "observed", "stackoverflow.com/q/50264679")
UNSUPPORTED_GRANT_TYPE: Final = ErrorTemplate("unsupported_grant_type", None, "documented", "the token endpoint's page")
INVALID_SCOPE: Final = ErrorTemplate(
    "invalid_scope", None, "observed", "repost.aws/questions/QUnhrxb08MRJaH7hIRtUnCKA, of client_credentials"
)

# Of /oauth2/revoke.
UNSUPPORTED_TOKEN_TYPE: Final = ErrorTemplate("unsupported_token_type", None, "observed", "oidc-client-ts#262")
REVOKE_CLIENT: Final = ErrorTemplate("invalid_client", None, "documented", "the revocation endpoint's page", 401)

# Of /oauth2/userInfo.
BAD_USER_INFO: Final = ErrorTemplate(
    "invalid_request", "Bad OAuth2 request at UserInfo Endpoint", "documented", "the userInfo endpoint's page"
)
DEAD_TOKEN: Final = ErrorTemplate(
    "invalid_token",
    "Access token is expired, disabled, or deleted, or the user has globally signed out.",
    "documented",
    "the userInfo endpoint's page",
    401,
)
NO_OPENID: Final = ErrorTemplate(
    "invalid_token", "Access token does not contain openid scope", "observed", "simov/grant#189", 401
)

# Of /oauth2/authorize, to the application.
SCOPE_REFUSED: Final = ErrorTemplate(
    "invalid_request",
    "invalid_scope",
    "observed",
    "trial of 2026-05, awscdk-minecraft#40, angular-oauth2-oidc#1253",
    302,
)
AUTHORIZE_REFUSED: Final = ErrorTemplate(
    "invalid_request", None, "documented", "the authorization endpoint's page", 302
)
LOGIN_REQUIRED: Final = ErrorTemplate("login_required", None, "inferred", "OpenID Connect; no capture", 302)

NO_SUBJECT: Final = ErrorTemplate(
    "invalid_request", "username attribute mapping required", "observed", "github-cognito-openid-wrapper#46", 302
)
ALREADY_FOUND: Final = ErrorTemplate(
    "invalid_request",
    "Already found an entry for username {username}",
    "observed",
    "amplify-flutter#1716, of a longer text",
    302,
)

# Of /oauth2/authorize and /logout, to the page of errors.
REDIRECT_MISMATCH: Final = ErrorTemplate(
    "redirect_mismatch", None, "observed", "five public reports, 2022 to 2026", 302
)
PARAMETERS_MISSING: Final = ErrorTemplate(
    "Required parameters missing", None, "observed", "NASA-IMPACT/veda-data-airflow#170", 302
)
FLOW_REFUSED: Final = ErrorTemplate(
    "unauthorized_client",
    None,
    "observed",
    "capture of 2026, that it is the page of errors; the word is documented",
    302,
)
LOGOUT_REFUSED: Final = ErrorTemplate(
    "Required String parameter 'redirect_uri' is not present",
    None,
    "observed",
    "six public reports, 2017 to 2026, among them streamlit#14601",
    302,
)

# Of the pages.
NO_PROVIDER: Final = ErrorTemplate(
    "Login option is not available. Please try another one", None, "observed", "trial of 2026-07", 401
)
NO_STYLE: Final = ErrorTemplate(
    "Login pages unavailable. Please contact an administrator.", None, "observed", "six projects, 2025 and 2026", 403
)
FORGED_FORM: Final = ErrorTemplate("Invalid CSRF token", None, "inferred", "that both must be equal is observed", 403)
NO_PAGE: Final = ErrorTemplate("Not Found", None, "inferred", "no capture", 404)
NO_METHOD: Final = ErrorTemplate("Method Not Allowed", None, "observed", "amazon-cognito-auth-js#52", 405)
NO_DOMAIN: Final = ErrorTemplate("Not Found", None, "inferred", "no capture", 404)
