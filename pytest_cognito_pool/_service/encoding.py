"""URL-safe base64 without padding, as tokens have it."""

from __future__ import annotations

import base64


def base64url(data: bytes) -> str:
    """Encode the data."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def from_base64url(text: str) -> bytes:
    """Decode a text.

    Raises:
        ValueError: for what is not base64.
    """
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
