"""A service that asks another service for the stock, with its own access token (client credentials)."""

from __future__ import annotations

import base64
import json
import time
from urllib.parse import urlencode
from urllib.request import Request, urlopen


class TokenSource:
    """Access tokens for one app client; each is used until shortly before it expires."""

    def __init__(self, token_url: str, client_id: str, client_secret: str, scope: str) -> None:
        self._url = token_url
        self._basic = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()
        self._form = urlencode({"grant_type": "client_credentials", "scope": scope}).encode()
        self._token = ""
        self.used_until = 0.0

    def token(self) -> str:
        if time.time() >= self.used_until:
            request = Request(self._url, self._form, {"Authorization": f"Basic {self._basic}"})
            with urlopen(request, timeout=10) as reply:
                given = json.load(reply)
            self._token, self.used_until = given["access_token"], time.time() + given["expires_in"] - 60
        return self._token

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token()}"}
