"""Change and delete attributes: shared by a user's own operations and the administrator's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito_pool._service.messages import delivery
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.user import codes
from pytest_cognito_pool._service.user.addresses import VERIFIED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pytest_cognito_pool._service.context import LockedContext
    from pytest_cognito_pool._service.messages.delivery import Destination
    from pytest_cognito_pool._service.user.user import User


def change(call: LockedContext, changed: Mapping[str, str]) -> list[Destination]:
    """Change attributes of the user, and send codes to new addresses.

    If a new address must be verified before it replaces the old one, the old address and its flag stay until the code
    is confirmed (documented).

    Returns:
        Where codes are sent.

    Raises:
        ServiceError: NotAuthorizedException, InvalidParameterException or AliasExistsException; nothing is changed.
    """
    pool, user = call.pool, call.user
    app_clients.check_writable(call.client, changed)
    pool.schema.check_update(changed)
    deliveries = delivery.to_be_verified(pool, user, changed)
    flagged = _unverifying(user, changed)
    pool.users.conflicts(user.sub, {**user.attributes, **flagged})
    call.check_sends("UpdateUserAttribute", deliveries)
    waiting = _waiting(call, deliveries)
    _forget_codes(call, changed)
    call.change_attributes({name: value for name, value in flagged.items() if name not in waiting})
    for where in deliveries:
        call.send_code("UpdateUserAttribute", codes.verification(where.attribute), where)
    return deliveries


def delete(call: LockedContext, names: Sequence[str]) -> None:
    """Delete attributes of the user.

    Raises:
        ServiceError: NotAuthorizedException or InvalidParameterException.
    """
    app_clients.check_writable(call.client, names)
    call.pool.schema.check_delete(names)
    _forget_codes(call, names)
    call.change_attributes(_unverifying(call.user, dict.fromkeys(names, "")))


def _forget_codes(call: LockedContext, names: Iterable[str]) -> None:
    """Invalidate the codes for earlier values of addresses."""
    for address in VERIFIED.keys() & set(names):
        call.pool.codes.use_up(call.user, codes.verification(address))


def _waiting(call: LockedContext, deliveries: list[Destination]) -> set[str]:
    """Return the attributes that do not change until a code is confirmed: addresses and their flags."""
    first = call.pool.settings["UserAttributeUpdateSettings"].get("AttributesRequireVerificationBeforeUpdate", ())
    waiting = {where.attribute for where in deliveries if where.attribute in first}
    return waiting | {VERIFIED[address] for address in waiting}


def _unverifying(user: User, changed: Mapping[str, str]) -> dict[str, str]:
    """Return the change; if it has no flag, a new address is unverified and a removed one loses its flag (inferred)."""
    flags = {
        flag: "false" if changed[address] else ""
        for address, flag in VERIFIED.items()
        if address in changed and flag not in changed and changed[address] != user.attributes.get(address)
    }
    return {**changed, **flags}
