"""The environment variables a boto3 client needs, there while a fake is active."""

from __future__ import annotations

import os
from typing import Final

from pytest_cognito_pool._service import identities, transport

_PROFILES: Final = ("AWS_DEFAULT_PROFILE", "AWS_PROFILE")


class Environment:
    """What is missing to make a client, put into `os.environ` and taken out again.

    A value that is there stays: other services may need it. A profile that no file defines is hidden, as botocore
    would refuse to make any client.
    """

    def __init__(self, region: str) -> None:
        self._needed = {
            "AWS_DEFAULT_REGION": region,
            "AWS_ACCESS_KEY_ID": identities.ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": identities.SECRET_KEY,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        self._before: dict[str, str | None] = {}

    def enter(self) -> None:
        """Put in what is missing."""
        for name, value in self._needed.items():
            if not os.environ.get(name):
                self._put(name, value)
        for name in _PROFILES:
            if name in os.environ and os.environ[name] not in _profiles():
                self._put(name, None)

    def leave(self) -> None:
        """Put everything back."""
        for name, value in self._before.items():
            _set(name, value)
        self._before.clear()

    def _put(self, name: str, value: str | None) -> None:
        self._before[name] = os.environ.get(name)
        _set(name, value)


def _set(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value


def _profiles() -> list[str]:
    """The profiles that the AWS configuration files define."""
    return transport.available_profiles()
