"""The password policy of a pool."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.errors.passwords import PASSWORD_USED_BEFORE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.errors.service_error import ErrorTemplate
    from pytest_cognito_pool._service.user.user import User


# The symbols of the developer guide. It also counts a space inside a password, but the model allows no spaces.
SYMBOLS: Final = frozenset("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-")
# Observed: each answer has one violation, length first; the order of the others is inferred.
_CLASSES: Final = (
    ("RequireUppercase", frozenset(string.ascii_uppercase), "Password must have uppercase characters"),
    ("RequireLowercase", frozenset(string.ascii_lowercase), "Password must have lowercase characters"),
    ("RequireNumbers", frozenset(string.digits), "Password must have numeric characters"),
    ("RequireSymbols", SYMBOLS, "Password must have symbol characters"),
)


def check(password: str, policy: Mapping[str, Any], text: ErrorTemplate) -> None:
    """Refuse a password that the policy does not allow, with the operation's own prefix.

    Raises:
        ServiceError: InvalidPasswordException, with the first rule that is broken.
    """
    if len(password) < policy["MinimumLength"]:
        raise text(f"the pool has MinimumLength={policy['MinimumLength']}", rule="Password not long enough")
    for name, characters, rule in _CLASSES:
        if policy[name] and characters.isdisjoint(password):
            raise text(f"the pool has {name}=True", rule=rule)


def check_new(user: User, password: str, policy: Mapping[str, Any], text: ErrorTemplate) -> None:
    """Refuse a password that the policy does not allow or that the user had before.

    Raises:
        ServiceError: InvalidPasswordException or PasswordHistoryPolicyViolationException.
    """
    check(password, policy, text)
    size = policy.get("PasswordHistorySize", 0)
    # Inferred: the current password is part of the history.
    if size and password in (*user.former_passwords, user.password)[-size:]:
        raise PASSWORD_USED_BEFORE(f"the pool has PasswordHistorySize={size}")


def conforming(policy: Mapping[str, Any]) -> str:
    """Return a password that every policy with this MinimumLength allows, always the same one."""
    return "Passw0rd!".ljust(policy["MinimumLength"], "0")


def temporary(policy: Mapping[str, Any]) -> str:
    """A random password that the policy allows."""
    length = max(policy["MinimumLength"], 8)
    return "Aa0!" + ids.draw(string.ascii_letters, length - 4)
