"""URL-safe base64 without padding, as in tokens."""

from __future__ import annotations

import base64


def base64url(data: bytes) -> str:
    """Encode the data."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def from_base64url(text: str) -> bytes:
    """Decode a string.

    Raises:
        ValueError: if it is not base64.
    """
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
