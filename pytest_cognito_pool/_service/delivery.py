"""Where codes go, and how a reply masks the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pytest_cognito_pool._service.state import Pool
    from pytest_cognito_pool._service.user import User

# Documented: where both are to be verified and both are there, only the phone gets a code.
_MEDIA: Final = (("phone_number", "SMS"), ("email", "EMAIL"))


def verification(pool: Pool, user: User) -> dict[str, str] | None:
    """The CodeDeliveryDetails of the code that verifies a new user's address; None where none is sent."""
    verified_by_code = pool.settings.get("AutoVerifiedAttributes", ())
    for attribute, medium in _MEDIA:
        address = user.attributes.get(attribute)
        if address and attribute in verified_by_code:
            return {"Destination": masked(address), "DeliveryMedium": medium, "AttributeName": attribute}
    return None


def masked(address: str) -> str:
    """An e-mail address as `a***@b***`; a phone number with all but its + and last four digits starred."""
    if "@" in address:
        name, _, domain = address.partition("@")
        return f"{name[0]}***@{domain[0]}***"
    digits = address.removeprefix("+")
    return "+" + "*" * (len(digits) - 4) + digits[-4:]
