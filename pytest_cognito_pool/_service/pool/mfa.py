"""The second factors of a user pool: SetUserPoolMfaConfig and GetUserPoolMfaConfig."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service.errors import pool_settings as errors
from pytest_cognito_pool._service.pool.rules import Rule, at, check

if TYPE_CHECKING:
    from collections.abc import Mapping

SMS: Final = "SmsMfaConfiguration"
APP: Final = "SoftwareTokenMfaConfiguration"
MAIL: Final = "EmailMfaConfiguration"
PASSKEYS: Final = "WebAuthnConfiguration"
# Only an authenticator app: SetUserPoolMfaConfig can set this, CreateUserPool cannot.
BY_APP: Final[Mapping[str, Any]] = {APP: {"Enabled": True}}
_BLOCKS: Final = (SMS, APP, MAIL, PASSKEYS)
# The settings of the pool that are shown inside the block for SMS.
_SMS_SETTINGS: Final = ("SmsAuthenticationMessage", "SmsConfiguration")


def of_new_pool(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The blocks of a pool that was created with those settings.

    CreateUserPool itself supports only SMS; a pool that a test author creates may have the app.
    """
    if settings["MfaConfiguration"] == "OFF":
        return {}
    return {SMS: {}} if "SmsConfiguration" in settings else dict(BY_APP)


def after_update(blocks: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    """The blocks after UpdateUserPool, which supports only SMS.

    Inferred: other factors stay, until MFA is off or the setting for sending their codes is reset.
    """
    if settings["MfaConfiguration"] == "OFF":
        return {name: block for name, block in blocks.items() if name == PASSKEYS}
    by_sms: dict[str, Any] = {SMS: {}} if "SmsConfiguration" in settings else {}
    gone = {SMS, MAIL} if settings["EmailConfiguration"]["EmailSendingAccount"] == "COGNITO_DEFAULT" else {SMS}
    return {**{name: block for name, block in blocks.items() if name not in gone}, **by_sms}


def factors(blocks: Mapping[str, Any]) -> set[str]:
    """The names of the blocks that turn a second factor on."""
    return {name for name in (SMS, MAIL) if name in blocks} | ({APP} if at(blocks, f"{APP}.Enabled") else set())


def blocks_of(request: Mapping[str, Any]) -> dict[str, Any]:
    """The blocks of a request of SetUserPoolMfaConfig; they replace all earlier ones."""
    blocks = {name: copy.deepcopy(request[name]) for name in _BLOCKS if name in request}
    if SMS in blocks:
        # Its members are settings of the pool.
        blocks[SMS] = {}
    if PASSKEYS in blocks:
        blocks[PASSKEYS] = {"UserVerification": "preferred", **blocks[PASSKEYS]}
    return blocks


def check_blocks(request: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
    """Refuse second factors that do not go together.

    Raises:
        ServiceError: InvalidParameterException.
    """
    judged = {"MfaConfiguration": "OFF", **request, "EmailConfiguration": settings["EmailConfiguration"]}
    check(_RULES, judged, judged)


def settings_of(request: Mapping[str, Any]) -> dict[str, Any]:
    """The pool's settings in a request of SetUserPoolMfaConfig; without a mode, MFA is off (observed)."""
    return {"MfaConfiguration": request.get("MfaConfiguration", "OFF"), **copy.deepcopy(request.get(SMS, {}))}


def describe(blocks: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    """The reply of GetUserPoolMfaConfig."""
    shown = dict(blocks)
    if SMS in blocks:
        shown[SMS] = {name: settings[name] for name in _SMS_SETTINGS if name in settings}
    return {**shown, "MfaConfiguration": settings["MfaConfiguration"]}


def _is_off(judged: Mapping[str, Any]) -> bool:
    return bool(judged["MfaConfiguration"] == "OFF")


_RULES: Final[tuple[Rule[Mapping[str, Any]], ...]] = (
    Rule(
        errors.MFA_OFF_WITH_FACTORS,
        ("MfaConfiguration", SMS, APP, MAIL),
        lambda judged: _is_off(judged) and any(name in judged for name in (SMS, APP, MAIL)),
    ),
    Rule(
        errors.MFA_OF_PASSKEYS_ALONE,
        ("MfaConfiguration", SMS, APP, MAIL),
        lambda judged: not _is_off(judged) and not factors(judged),
    ),
    Rule(
        errors.MFA_BY_DEFAULT_MAIL,
        (MAIL, "EmailConfiguration"),
        lambda judged: MAIL in judged and at(judged, "EmailConfiguration.EmailSendingAccount") == "COGNITO_DEFAULT",
    ),
)
