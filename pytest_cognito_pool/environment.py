"""The environment variables a boto3 client needs, there while any fake is active."""

from __future__ import annotations

import os
from typing import Final

from pytest_cognito_pool import lifetimes, locks
from pytest_cognito_pool._service import identities, transport

_PROFILES: Final = ("AWS_DEFAULT_PROFILE", "AWS_PROFILE")
_lock: Final = locks.new()


class Environment:
    """What is missing to make a client, put into `os.environ` and taken out again.

    A value that is there stays: other services may need it. A profile that no file defines is hidden, as botocore
    would refuse to make any client. There is one for the process: fakes may be entered and left in any order.
    """

    def __init__(self) -> None:
        self._entered = 0
        # Of each variable the value it had before and the one put in; None where there is none.
        self._changed: dict[str, tuple[str | None, str | None]] = {}

    def enter(self, region: str) -> None:
        """Put in what is missing."""
        with _lock:
            # Within a test what an earlier fake put in may be there again, as another tool found it.
            if not self._entered and lifetimes.running() is None:
                self._changed.clear()
            self._entered += 1
            try:
                self._complete(region)
            except BaseException:
                self.leave()
                raise

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
            if name in os.environ and os.environ[name] not in transport.available_profiles():
                self._put(name, None)

    def leave(self) -> None:
        """Put everything back, when no fake is left."""
        with _lock:
            self._entered -= 1
            self.settle()

    def settle(self, *, for_good: bool = False) -> None:
        """Give each variable that still holds a value of ours the one it had before, where no fake is left.

        Args:
            for_good: whether a test is over. Until then what was there before is kept in mind: other tools put back
                what they found, which may be ours.
        """
        with _lock:
            if self._entered:
                return
            for name, (before, put) in list(self._changed.items()):
                if os.environ.get(name) == put:
                    _set(name, before)
                # That a variable is absent later may be anybody's doing.
                if for_good or put is None:
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


environment: Final = Environment()
lifetimes.at_end(lambda: environment.settle(for_good=True))
lifetimes.at_end(transport.settle)
