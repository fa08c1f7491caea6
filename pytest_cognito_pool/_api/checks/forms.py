"""The forms of identifiers and names that an author types."""

from __future__ import annotations

from typing import Final, NamedTuple

from pytest_cognito_pool._api.errors import UsageError
from pytest_cognito_pool._service.protocol import validate


class Form(NamedTuple):
    """The pattern and the length that the service model requires of a string, and an example.

    Copied here so that setting up a test does not load the model.
    """

    pattern: str
    longest: int
    like: str


POOL_ID: Final = Form(r"[\w-]+_[0-9a-zA-Z]+", 55, "us-east-1_AbCdEf123")
CLIENT_ID: Final = Form(r"[\w+]+", 128, "1example23456789")
CLIENT_SECRET: Final = Form(r"[\w+]+", 128, "1example" * 6)
REGION: Final = Form(r"[a-z0-9-]+", 30, "eu-central-1")
ACCOUNT: Final = Form(r"[0-9]{12}", 12, "123456789012")
IAM_USER: Final = Form(r"[\w+=,.@-]+", 64, "worker")
USERNAME: Final = Form(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", 128, "ana")
GROUP: Final = Form(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", 128, "staff")
PASSWORD: Final = Form(r"[\S]+", 256, "Passw0rd!")


def check(what: str, value: object, form: Form, *, shown: bool = True) -> None:
    """Refuse a value that no request could contain.

    Raises:
        UsageError: naming the value, unless it is a secret, and a valid example.
    """
    is_too_long = isinstance(value, str) and len(value) > form.longest
    if not isinstance(value, str) or is_too_long or not validate.matcher(form.pattern)(value):
        typed = f"invalid {what} {value!r}" if shown else f"invalid {what}"
        at_most = f", with at most {form.longest} characters" if is_too_long else ""
        raise UsageError(f"{typed}; a valid one is {form.like!r}{at_most}", typed=value)
