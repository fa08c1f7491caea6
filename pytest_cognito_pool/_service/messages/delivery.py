"""Where messages go, and how a reply masks the address."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from pytest_cognito_pool._service.errors.users import INVITED_WITHOUT_EMAIL, INVITED_WITHOUT_PHONE
from pytest_cognito_pool._service.user.addresses import VERIFIED, is_email, is_phone_number, is_true

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_cognito_pool._service.errors.service_error import ErrorTemplate
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.user.user import User

    Medium = Literal["EMAIL", "SMS"]

# Documented: if the pool verifies both and the user has both, only the phone number gets a code.
_MEDIA: Final[Mapping[str, Medium]] = {"phone_number": "SMS", "email": "EMAIL"}


_NO_ADDRESS: Final[Mapping[str, ErrorTemplate]] = {"EMAIL": INVITED_WITHOUT_EMAIL, "SMS": INVITED_WITHOUT_PHONE}


class Destination(NamedTuple):
    """Where a message goes.

    Attributes:
        attribute: the attribute that holds the address.
        address: the address.
    """

    attribute: str
    address: str

    @property
    def medium(self) -> Medium:
        """EMAIL or SMS."""
        return _MEDIA[self.attribute]

    def details(self) -> dict[str, str]:
        """The CodeDeliveryDetails of a reply."""
        return {
            "Destination": masked(self.address),
            "DeliveryMedium": self.medium,
            "AttributeName": self.attribute,
        }


def verification(pool: Pool, user: User) -> Destination | None:
    """Return where to send the code that verifies a new user's address; None if no code is sent."""
    for attribute in _MEDIA:
        address = user.attributes.get(attribute)
        if address and attribute in pool.auto_verified_attributes:
            return Destination(attribute, address)
    return None


def invitation(user: User, media: Sequence[str] | None) -> list[Destination]:
    """Where an invitation goes.

    Args:
        user: the invited user.
        media: the DesiredDeliveryMediums. None: by SMS if the user has a phone number, otherwise by mail (observed,
            reapit/foundations#7052).

    Raises:
        ServiceError: InvalidParameterException, if the user has no address for the only medium.
    """
    there = {medium: attribute for attribute, medium in _MEDIA.items() if user.attributes.get(attribute)}
    if media is None:
        chosen = list(there)[:1]
    elif len(media) == 1 and media[0] not in there:
        raise _NO_ADDRESS[media[0]](f"the user has {sorted(user.attributes)}")
    else:
        # Inferred: of two media, one without an address is left out.
        chosen = [medium for medium in there if medium in media]
    return [Destination(there[medium], user.attributes[there[medium]]) for medium in chosen]


def recovery(pool: Pool, user: User) -> Destination | None:
    """Return where to send a code that resets a password: the first verified address of the recovery mechanisms."""
    for attribute in recovery_attributes(pool):
        address = user.attributes.get(attribute)
        if address and is_true(user.attributes.get(VERIFIED[attribute])):
            return Destination(attribute, address)
    return None


def recovery_attributes(pool: Pool) -> list[str]:
    """Return the addresses that users can reset passwords with; empty if only an administrator can.

    Documented: a pool without the setting prefers SMS.
    """
    given = pool.settings.get("AccountRecoverySetting", {}).get("RecoveryMechanisms")
    if not given:
        return list(_MEDIA)
    ranked = sorted(given, key=lambda mechanism: mechanism["Priority"])
    return [each["Name"].removeprefix("verified_") for each in ranked if each["Name"] != "admin_only"]


def to_be_verified(pool: Pool, user: User, changed: Mapping[str, str]) -> list[Destination]:
    """The changed addresses of the user that a code must verify."""
    return [
        Destination(attribute, changed[attribute])
        for attribute in pool.auto_verified_attributes
        if changed.get(attribute)
        and changed[attribute] != user.attributes.get(attribute)
        and not is_true(changed.get(VERIFIED[attribute]))
    ]


def simulated(possible: Sequence[str], username: str) -> Destination:
    """Return where a code would go for a user who does not exist: the reply must hide that (documented).

    Documented: the medium follows the form of the name. Inferred: the address is made from the name, the same each
    time. Observed: a UUID gives `9***@h***`.

    Args:
        possible: the addresses that codes can go to.
        username: the name that was typed.
    """
    drawn = hashlib.sha256(username.encode("utf-8", "surrogatepass")).hexdigest()
    if "email" not in possible or ("phone_number" in possible and is_phone_number(username)):
        number = username if is_phone_number(username) else f"+1555{int(drawn[:8], 16) % 10**7:07}"
        return Destination("phone_number", number)
    made_up = f"{username.replace('@', '') or drawn}@{drawn.lstrip('0123456789') or 'h'}"
    return Destination("email", username if is_email(username) else made_up)


def masked(address: str) -> str:
    """An e-mail address as `a***@b***`; a phone number with all but its + and last four digits starred."""
    if "@" in address:
        name, _, domain = address.partition("@")
        return f"{name[0]}***@{domain[0]}***"
    digits = address.removeprefix("+")
    return "+" + "*" * (len(digits) - 4) + digits[-4:]
