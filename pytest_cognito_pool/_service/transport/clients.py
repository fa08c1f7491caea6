"""The boto3 client that a test itself calls with."""

from __future__ import annotations

from typing import Final

from botocore.config import Config

# In the User-Agent of its requests, so that unsigned operations are recognised too.
BY_TEST: Final = "pytest-cognito-pool/by-test"


def of_test() -> Config:
    """The configuration of a client whose calls are marked as the test's own."""
    return Config(user_agent_extra=BY_TEST)
