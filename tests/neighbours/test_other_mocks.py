"""Other mocks of HTTP beside a fake, whichever is active first: which libraries the fake answers, and what it takes."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
import urllib.request
from unittest import mock

import pytest

from pytest_cognito_pool import Cognito

NEEDS = "needs the extra neighbours"
aiohttp = pytest.importorskip("aiohttp", reason=NEEDS)
httpx = pytest.importorskip("httpx", reason=NEEDS)
requests = pytest.importorskip("requests", reason=NEEDS)
urllib3 = pytest.importorskip("urllib3", reason=NEEDS)

COGNITO = "cognito-idp.us-east-1.amazonaws.com"
KEY_SET = f"https://{COGNITO}/us-east-1_Example1/.well-known/jwks.json"
ELSEWHERE = "https://app.example.com/"
CASSETTE = f"""
version: 1
interactions:
- request: {{method: GET, uri: "{ELSEWHERE}", body: null, headers: {{}}}}
  response: {{status: {{code: 200, message: OK}}, headers: {{}}, body: {{string: '"mocked"'}}}}
"""


def by_urllib(url):
    with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - it is https
        return json.load(response)


def by_requests(url):
    return requests.get(url, timeout=5).json()


def by_urllib3(url):
    with urllib3.PoolManager(retries=False, timeout=5) as pools:
        return json.loads(pools.request("GET", url).data)


def by_httpx(url):
    return httpx.get(url, timeout=5).json()


def by_async_httpx(url):
    async def get():
        async with httpx.AsyncClient(timeout=5) as client:
            return (await client.get(url)).json()

    return asyncio.run(get())


def by_aiohttp(url):
    async def get():
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            return await response.json()

    return asyncio.run(get())


LIBRARIES = {
    "urllib": by_urllib,
    "requests": by_requests,
    "urllib3": by_urllib3,
    "httpx": by_httpx,
    "async_httpx": by_async_httpx,
    "aiohttp": by_aiohttp,
}
# What a fake replaces.
SEAMS = {
    "urllib": (urllib.request.AbstractHTTPHandler, "do_open"),
    "requests": (requests.Session, "get_adapter"),
    "urllib3": (urllib3.HTTPConnectionPool, "urlopen"),
    "httpx": (httpx.Client, "_transport_for_url"),
    "async_httpx": (httpx.AsyncClient, "_transport_for_url"),
    "aiohttp": (aiohttp.TCPConnector, "_create_connection"),
    "http.client": (http.client.HTTPSConnection, "connect"),
}
# What each library raises where there is no network.
UNREACHABLE = (OSError, urllib3.exceptions.HTTPError, httpx.TransportError)

FAKE_FIRST, OTHER_FIRST = "fake_first", "other_first"
# The libraries that another mock keeps, though the fake would answer, and the name of the error.
KEPT = {
    ("requests_mock", FAKE_FIRST): ({"requests"}, "NoMockAddress"),
    ("requests_mock", OTHER_FIRST): ({"requests"}, "NoMockAddress"),
    ("aioresponses", FAKE_FIRST): ({"aiohttp"}, "ClientConnectionError"),
    ("aioresponses", OTHER_FIRST): ({"aiohttp"}, "ClientConnectionError"),
    ("vcrpy", FAKE_FIRST): ({"aiohttp"}, "CannotOverwriteExistingCassetteException"),
    ("vcrpy", OTHER_FIRST): ({"aiohttp"}, "CannotOverwriteExistingCassetteException"),
    ("pook", FAKE_FIRST): ({"urllib3", "httpx", "async_httpx", "aiohttp"}, "PookNoMatches"),
    ("pook", OTHER_FIRST): ({"httpx", "async_httpx", "aiohttp"}, "PookNoMatches"),
    # It asks the transport that it found itself, which was there before the fake.
    ("pook_enable_network", OTHER_FIRST): ({"httpx", "async_httpx"}, "ConnectError"),
}
OTHERS = [
    "responses", "moto", "respx", "pytest_httpx", "pytest_socket", "mocket", "requests_mock", "requests_mock_real_http",
    "aioresponses", "aioresponses_passthrough", "vcrpy", "vcrpy_ignore_hosts", "pook", "pook_enable_network",
]  # fmt: skip


@pytest.fixture
def responses():
    with pytest.importorskip("responses", reason=NEEDS).mock as active:
        yield lambda: active.get(ELSEWHERE, json="mocked")


@pytest.fixture
def moto():
    with pytest.importorskip("moto", reason=NEEDS).mock_aws():
        yield


@pytest.fixture
def respx():
    with pytest.importorskip("respx", reason=NEEDS).mock as active:
        yield lambda: active.get(ELSEWHERE).respond(json="mocked")


@pytest.fixture
def pytest_httpx(request):
    pytest.importorskip("pytest_httpx", reason=NEEDS)
    active = request.getfixturevalue("httpx_mock")
    return lambda: active.add_response(url=ELSEWHERE, json="mocked")


@pytest.fixture
def pytest_socket():
    library = pytest.importorskip("pytest_socket", reason=NEEDS)
    # An event loop has a pair of sockets of its own.
    library.disable_socket(allow_unix_socket=True)
    yield
    library.enable_socket()


@pytest.fixture
def mocket():
    library = pytest.importorskip("mocket", reason=NEEDS)
    from mocket.mockhttp import Entry  # noqa: PLC0415 - it may be missing

    with library.Mocketizer(strict_mode=True):
        yield lambda: Entry.single_register(Entry.GET, ELSEWHERE, body='"mocked"')


@pytest.fixture
def requests_mock():
    with pytest.importorskip("requests_mock", reason=NEEDS).Mocker() as active:
        yield lambda: active.get(ELSEWHERE, json="mocked")


@pytest.fixture
def requests_mock_real_http():
    with pytest.importorskip("requests_mock", reason=NEEDS).Mocker(real_http=True):
        yield


@pytest.fixture
def aioresponses():
    with pytest.importorskip("aioresponses", reason=NEEDS).aioresponses() as active:
        yield lambda: active.get(ELSEWHERE, payload="mocked")


@pytest.fixture
def aioresponses_passthrough():
    with pytest.importorskip("aioresponses", reason=NEEDS).aioresponses(passthrough=["https://cognito-idp."]):
        yield


@pytest.fixture
def cassette(tmp_path):
    path = tmp_path / "cassette.yaml"
    path.write_text(CASSETTE)
    return str(path)


@pytest.fixture
def vcrpy(cassette):
    with pytest.importorskip("vcr", reason=NEEDS).use_cassette(cassette, record_mode="none"):
        yield lambda: None


@pytest.fixture
def vcrpy_ignore_hosts(cassette):
    vcr = pytest.importorskip("vcr", reason=NEEDS)
    with vcr.use_cassette(cassette, record_mode="none", ignore_hosts=[COGNITO]):
        yield


@pytest.fixture
def pook():
    library = pytest.importorskip("pook", reason=NEEDS)
    with library.use():
        yield lambda: library.get(ELSEWHERE).reply(200).body('"mocked"')


@pytest.fixture
def pook_enable_network():
    library = pytest.importorskip("pook", reason=NEEDS)
    with library.use():
        library.enable_network(COGNITO)
        yield
        library.disable_network()


@pytest.fixture(autouse=True)
def no_network():
    with mock.patch("socket.getaddrinfo", side_effect=OSError("there is no network")):
        yield


@pytest.fixture
def put_back():
    """Check that each seam is the original again when everything is left."""
    before = seams()
    yield
    assert [library for library, seam in seams().items() if seam is not before[library]] == []


def seams():
    return {library: vars(owner)[name] for library, (owner, name) in SEAMS.items()}


@pytest.fixture
def fake():
    with Cognito() as cognito:
        yield cognito.create_pool(Id="us-east-1_Example1")


@pytest.fixture(params=[FAKE_FIRST, OTHER_FIRST])
def order(request):
    return request.param


@pytest.fixture
def beside(request, order, put_back):
    """Make another mock and a fake active in that order; the last one is left first."""

    def beside(other):
        for name in ("fake", other) if order == FAKE_FIRST else (other, "fake"):
            request.getfixturevalue(name)
        return request.getfixturevalue("fake"), request.getfixturevalue(other)

    return beside


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("other", OTHERS)
def test_a_library_is_answered_by_the_fake_or_kept_by_the_other_mock(beside, other, order, library):
    pool, _mock = beside(other)
    kept, error = KEPT.get((other, order), ((), ""))
    if library in kept:
        with pytest.raises(Exception, check=lambda raised: type(raised).__name__ == error):  # noqa: B017 - it may be missing
            LIBRARIES[library](KEY_SET)
    else:
        assert LIBRARIES[library](KEY_SET) == pool.jwks


# aioresponses and pook cannot answer aiohttp 3.14 themselves. mocket forgets a socket.
@pytest.mark.filterwarnings("ignore:unclosed <socket.socket:ResourceWarning")
@pytest.mark.parametrize(
    ("other", "library"),
    [
        ("responses", "requests"), ("respx", "httpx"), ("respx", "async_httpx"), ("pytest_httpx", "httpx"),
        ("pytest_httpx", "async_httpx"), ("mocket", "requests"), ("requests_mock", "requests"), ("vcrpy", "urllib"),
        ("vcrpy", "requests"), ("vcrpy", "urllib3"), ("vcrpy", "httpx"), ("vcrpy", "aiohttp"), ("pook", "urllib"),
        ("pook", "requests"), ("pook", "urllib3"), ("pook", "httpx"), ("pook", "async_httpx"),
    ],
)  # fmt: skip
def test_the_other_mock_answers_for_its_own_hosts(beside, other, library):
    _pool, register = beside(other)
    register()
    assert LIBRARIES[library](ELSEWHERE) == "mocked"


@pytest.mark.filterwarnings("ignore:A test tried to use socket:UserWarning")
def test_pytest_socket_blocks_sockets(beside):
    beside("pytest_socket")
    with pytest.raises(RuntimeError, match="A test tried to use socket"):
        socket.socket()


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_fake_that_is_left_before_pook_answers_nothing(library):
    pook = pytest.importorskip("pook", reason=NEEDS)
    cognito = Cognito()
    cognito.__enter__()
    cognito.create_pool(Id="us-east-1_Example1")
    with pook.use():
        cognito.__exit__(None, None, None)
    with pytest.raises(UNREACHABLE):
        LIBRARIES[library](KEY_SET)
