"""Whose signature a request has: that of the fake's own caller, or of a session with its own identity.

The service would check signatures; a fake knows its callers by their access key. So no signature is computed, which is
a third of what botocore's side of a call costs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from botocore.auth import AUTH_TYPE_MAPS, BaseSigner
from botocore.credentials import Credentials

from pytest_cognito_pool._service.identities import ACCESS_KEY, SECRET_KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from botocore.awsrequest import AWSRequest
    from botocore.credentials import ReadOnlyCredentials

_CREDENTIALS: Final = Credentials(ACCESS_KEY, SECRET_KEY)
_VERSION: Final = "v4"
_OURS: Final = "pytest-cognito-pool"


class _Signer(BaseSigner):
    """Writes the header of Signature Version 4, without a signature."""

    REQUIRES_REGION = True

    def __init__(self, credentials: ReadOnlyCredentials, region_name: str, service_name: str) -> None:
        self._credential = f"{credentials.access_key}/{region_name}/{service_name}/aws4_request"

    def add_auth(self, request: AWSRequest) -> None:
        # As botocore's own signers do: what a handler set does not stay, and setting a header adds one.
        del request.headers["Authorization"]
        request.headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential={self._credential}"


# botocore's registry of signers. Ours stays in it, as other threads may sign while the last fake is left.
AUTH_TYPE_MAPS[_OURS] = _Signer


def sign(context: dict[str, Any], credentials: object = _CREDENTIALS) -> None:
    """Have a request signed with the fake's credentials, whatever its client was made with.

    A client that does not sign, or signs in another way than the service's, does so here too.

    Args:
        context: the request's.
        credentials: the fake's; a session with its own identity has already set its own.
    """
    context.setdefault("signing", {}).setdefault("request_credentials", credentials)
    if not context.get("auth_type") and context["client_config"].signature_version == _VERSION:
        context["auth_type"] = _OURS


def async_credentials() -> object:
    """The fake's credentials, as aiobotocore has them."""
    from aiobotocore.credentials import AioCredentials

    return AioCredentials(ACCESS_KEY, SECRET_KEY)


def signing_with(access_key: str) -> Callable[..., None]:
    """A handler of before-call: requests of the session it is registered on are signed with that key."""
    credentials = Credentials(access_key, SECRET_KEY)

    def handle(context: dict[str, Any], **_kwargs: Any) -> None:
        context.setdefault("signing", {})["request_credentials"] = credentials

    return handle
