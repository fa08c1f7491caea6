"""Sign requests as the fake's own caller, or as a session with its own identity.

The service would check signatures; a fake recognises its callers by their access key. So no signature is computed: it
would take a third of botocore's time for a call.
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
        # As botocore's own signers do. Without this, a header that a handler set would stay: setting a header adds one.
        del request.headers["Authorization"]
        request.headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential={self._credential}"


# botocore's registry of signers. Ours stays in it: other threads may still sign when the last fake ends.
AUTH_TYPE_MAPS[_OURS] = _Signer


def sign(context: dict[str, Any], credentials: object = _CREDENTIALS) -> None:
    """Let a request be signed with the fake's credentials, not with those of its client.

    A client that does not sign, or does not sign as the service expects, is not changed.

    Args:
        context: the request's context.
        credentials: the fake's credentials; a session with its own identity has already set others.
    """
    context.setdefault("signing", {}).setdefault("request_credentials", credentials)
    if not context.get("auth_type") and context["client_config"].signature_version == _VERSION:
        context["auth_type"] = _OURS


def async_credentials() -> object:
    """The fake's credentials for aiobotocore."""
    from aiobotocore.credentials import AioCredentials

    return AioCredentials(ACCESS_KEY, SECRET_KEY)


def signing_with(access_key: str) -> Callable[..., None]:
    """A handler of before-call: requests of the session it is registered on are signed with that key."""
    credentials = Credentials(access_key, SECRET_KEY)

    def handle(context: dict[str, Any], **_kwargs: Any) -> None:
        context.setdefault("signing", {})["request_credentials"] = credentials

    return handle
