"""HTTP messages as bytes, and what of them shows."""

from __future__ import annotations

import asyncio

import pytest

from pytest_cognito_pool._api.managed_login import Visitor
from pytest_cognito_pool._service.protocol.http import HttpReply, HttpRequest, absolute
from pytest_cognito_pool._service.transport.http_libraries import messages, of_aiohttp
from pytest_cognito_pool._service.user.authorization_codes import Issued

HEAD = b"POST /a HTTP/1.1\r\nHost: b\r\n"


@pytest.mark.parametrize(
    ("data", "body"),
    [
        (HEAD + b"\r\n", b""),
        (HEAD + b"Content-Length: 2\r\n\r\nab", b"ab"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n1;x=y\r\nb\r\n0\r\n\r\n", b"ab"),
    ],
)
def test_a_whole_request(data, body):
    request = messages.sent(data)
    assert (request.method, request.target, request.body) == ("POST", "/a", body)


@pytest.mark.parametrize(
    "data",
    [
        HEAD,
        HEAD + b"Content-Length: 2\r\n\r\na",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n9\r\na",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n",
    ],
)
def test_half_a_request(data):
    assert messages.sent(data) is None


@pytest.mark.parametrize(
    ("target", "url"),
    [
        ("/a?b=https://c", "https://host/a?b=https://c"),
        ("https://other/a", "https://other/a"),
        ("a", "https://host/a"),
        ("*", "https://host/*"),
    ],
)
def test_targets(target, url):
    assert absolute(target, "https://host") == url


@pytest.mark.parametrize(
    "shown",
    [
        HttpRequest("POST", "https://host/a?code=geheim", {"authorization": "geheim"}, b"geheim"),
        HttpReply(302, (("Location", "geheim"),), b"geheim"),
        messages.sent(HEAD + b"Content-Length: 6\r\n\r\ngeheim"),
        Visitor("ana", "geheim", None, {}),
        Issued("client", "https://app", "geheim", (), {"AccessToken": "geheim"}, 0.0),
    ],
    ids=lambda shown: type(shown).__name__,
)
def test_secrets_do_not_show(shown):
    assert "geheim" not in repr(shown)


def test_a_transport_is_closed_once():
    class Protocol:
        lost = 0

        def connection_lost(self, error):
            self.lost += 1

    async def close():
        protocol = Protocol()
        transport = of_aiohttp._Transport(protocol, "https://host")
        transport.close()
        transport.abort()
        await asyncio.sleep(0)
        return protocol.lost, transport.is_closing()

    assert asyncio.run(close()) == (1, True)
