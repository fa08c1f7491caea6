"""E-mail addresses and phone numbers: their form, and usernames of that form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pytest_cognito_pool._service.errors.attributes import EMAIL_FORMAT, PHONE_FORMAT
from pytest_cognito_pool._service.errors.users import (
    PREFERRED_USERNAME_UNCONFIRMED,
    USERNAME_IS_EMAIL,
    USERNAME_IS_PHONE,
    USERNAME_NEITHER,
    USERNAME_NOT_EMAIL,
    USERNAME_NOT_PHONE,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_cognito_pool._service.errors.service_error import ErrorTemplate

# The attributes that are addresses, each with the flag that says whether it is verified.
VERIFIED: Final[Mapping[str, str]] = {"email": "email_verified", "phone_number": "phone_number_verified"}
# What error texts call them.
NAMED: Final[Mapping[str, str]] = {"email": "email address", "phone_number": "phone number"}
# The format rules are inferred: something@something, and E.164.
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
_PHONE: Final = re.compile(r"\+[0-9]{1,15}", re.ASCII)
_NOT_AN_ADDRESS: Final[Mapping[frozenset[str], ErrorTemplate]] = {
    frozenset({"email"}): USERNAME_NOT_EMAIL,
    frozenset({"phone_number"}): USERNAME_NOT_PHONE,
    frozenset({"email", "phone_number"}): USERNAME_NEITHER,
}
_AN_ADDRESS: Final[Mapping[str, ErrorTemplate]] = {"email": USERNAME_IS_EMAIL, "phone_number": USERNAME_IS_PHONE}


def is_true(flag: str | None) -> bool:
    """Whether a flag is set. Observed: `True`, as Python writes it, is accepted and kept as it is (amplify-js#8205)."""
    return flag is not None and flag.lower() == "true"


def is_email(text: str) -> bool:
    """Whether the text has the form of an e-mail address."""
    return _EMAIL.fullmatch(text) is not None


def is_phone_number(text: str) -> bool:
    """Whether the text has the form of a phone number: + and digits."""
    return _PHONE.fullmatch(text) is not None


def check_addresses(attributes: Mapping[str, str]) -> None:
    """Refuse an e-mail address or phone number of the wrong form.

    Raises:
        ServiceError: InvalidParameterException.
    """
    if not is_email(attributes.get("email") or "a@b"):
        raise EMAIL_FORMAT(f"email is {attributes['email']!r}")
    if not is_phone_number(attributes.get("phone_number") or "+1"):
        raise PHONE_FORMAT(f"phone_number is {attributes['phone_number']!r}; + and digits are expected")


def check_username(username: str, username_attributes: Sequence[str], alias_attributes: Sequence[str]) -> None:
    """Refuse a username of the wrong form for the pool.

    Raises:
        ServiceError: InvalidParameterException.
    """
    forms = {"email": is_email(username), "phone_number": is_phone_number(username)}
    if username_attributes and not any(forms[name] for name in username_attributes):
        why = f"the username is {username!r}, and the pool has UsernameAttributes={list(username_attributes)}"
        raise _NOT_AN_ADDRESS[frozenset(username_attributes)](why)
    for name, refusal in _AN_ADDRESS.items():
        if forms[name] and name in alias_attributes:
            raise refusal(f"the username is {username!r}, and the pool has AliasAttributes={list(alias_attributes)}")


def check_signing_up(attributes: Mapping[str, str], alias_attributes: Sequence[str]) -> None:
    """Refuse an alias that only a confirmed user can have.

    Raises:
        ServiceError: InvalidParameterException.
    """
    if "preferred_username" in alias_attributes and attributes.get("preferred_username"):
        raise PREFERRED_USERNAME_UNCONFIRMED("the pool has 'preferred_username' among its AliasAttributes")
