"""The environment variables that a boto3 client needs, set while any fake is active."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from pytest_cognito_pool._service import identities, locks

if TYPE_CHECKING:
    from collections.abc import Mapping


_PROFILES: Final = ("AWS_DEFAULT_PROFILE", "AWS_PROFILE")
_KEYS: Final = (identities.ACCESS_KEY, identities.SECRET_KEY)
_lock: Final = locks.new()


class Environment:
    """Sets the variables that a client needs and `os.environ` does not have, and restores `os.environ`.

    A value that is set already stays: other services may need it. A profile that no file defines is hidden, because
    botocore would refuse to create any client. There is one instance for the process: fakes may be entered and left in
    any order.
    """

    def __init__(self) -> None:
        self._regions: list[str] = []
        # For each variable, the value before and the value put in; None if the variable is absent.
        self._changed: dict[str, tuple[str | None, str | None]] = {}

    def enter(self, region: str, *, within_test: bool = False) -> None:
        """Set the missing variables.

        Args:
            region: for AWS_DEFAULT_REGION.
            within_test: whether another tool may have restored values that an earlier fake set.
        """
        with _lock:
            known = {}
            if not self._regions:
                known = self._changed if within_test else {}
                self._changed = {}
            self._regions.append(region)
            try:
                self._complete(region)
            except BaseException:
                self.leave(region)
                raise
            finally:
                self._changed = known | self._changed

    def renew(self) -> None:
        """Set the missing variables again while a fake is active; another tool may have removed them after a test."""
        with _lock:
            for region in self._regions[:1]:
                self._complete(region)

    def _complete(self, region: str) -> None:
        needed = {
            "AWS_DEFAULT_REGION": region,
            "AWS_ACCESS_KEY_ID": identities.ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": identities.SECRET_KEY,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        for name, value in needed.items():
            if not os.environ.get(name):
                self._put(name, value)
        for name in _PROFILES:
            if name in os.environ and os.environ[name] not in _available_profiles():
                self._put(name, None)

    def leave(self, region: str) -> None:
        """Restore the variables if no fake is left."""
        with _lock:
            self._regions.remove(region)
            self.settle()

    def settle(self, over: Mapping[str, str | None] | None = None) -> None:
        """If no fake is left, restore each variable that still has a value of ours.

        Args:
            over: the variables at the beginning of the test that has ended; None if no test has ended. Until a test
                ends, the earlier values are kept, because other tools may restore values of ours that they found.
        """
        with _lock:
            for name, (before, put) in list(self._changed.items()) if not self._regions else ():
                # Only we set our keys; any other value may have been there when the test began.
                is_key = put in _KEYS
                is_ours = is_key or over is None or over.get(name) != put
                if os.environ.get(name) == put and is_ours:
                    _set(name, before)
                # If a variable is absent later, anyone may have removed it.
                if put is None or (over is not None and not is_key):
                    del self._changed[name]

    def _put(self, name: str, value: str | None) -> None:
        before, _ = self._changed.get(name, (os.environ.get(name), None))
        self._changed[name] = before, value
        _set(name, value)


def _set(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value


def _available_profiles() -> list[str]:
    """The profiles that the AWS configuration files define; none if they cannot be read."""
    from botocore.exceptions import ConfigParseError
    from botocore.session import Session

    try:
        return Session().available_profiles
    except ConfigParseError:
        return []


environment: Final = Environment()
