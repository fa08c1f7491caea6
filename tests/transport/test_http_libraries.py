"""HTTP libraries are answered at the service's hosts while a fake is active, and are as before afterwards."""

from __future__ import annotations

import asyncio
import http.client
import importlib
import io
import json
import os
import socket
import subprocess
import sys
import threading
import types
import urllib.error
import urllib.request
import zipfile

import pytest
import requests
import urllib3

from pytest_cognito_pool import Cognito, UnreportedError, UnsupportedOperationError
from pytest_cognito_pool._service.transport.http_libraries import door, seams

OUT = r"reached out|[Cc]onnect"
HOST = "cognito-idp.us-east-1.amazonaws.com"
TARGET = {"X-Amz-Target": "AWSCognitoIdentityProviderService.AdminGetUser"}
HEADERS = {**TARGET, "Content-Type": "application/x-amz-json-1.1", "Authorization": "AWS4-HMAC-SHA256 Credential=any/1"}


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Let nothing leave the process."""

    def refuse(*args, **kwargs):
        raise OSError(f"reached out: {args}")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def by_urllib(method, url, headers, body):
    request = urllib.request.Request(url, data=body, headers=headers, method=method)  # noqa: S310 - https
    try:
        with urllib.request.urlopen(request, timeout=5) as reply:  # noqa: S310 - https
            return reply.status, reply.headers, reply.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def by_requests(method, url, headers, body):
    reply = requests.request(method, url, headers=headers, data=body, timeout=5)
    return reply.status_code, reply.headers, reply.content


def by_urllib3(method, url, headers, body):
    with urllib3.PoolManager() as pools:
        reply = pools.request(method, url, headers=headers, body=body, redirect=True)
        return reply.status, reply.headers, reply.data


def by_http_client(method, url, headers, body):
    host, _, path = url.removeprefix("https://").partition("/")
    connection = http.client.HTTPSConnection(host, timeout=5)
    try:
        connection.request(method, f"/{path}", body=body, headers=headers)
        reply = connection.getresponse()
        return reply.status, reply.headers, reply.read()
    finally:
        connection.close()


def of_httpx(name):
    def by_httpx(method, url, headers, body):
        library = pytest.importorskip(name, reason="needs the extra consumers")
        with library.Client() as client:
            reply = client.request(method, url, headers=headers, content=body)
        return reply.status_code, reply.headers, reply.content

    def by_async_httpx(method, url, headers, body):
        library = pytest.importorskip(name, reason="needs the extra consumers")

        async def send():
            async with library.AsyncClient() as client:
                reply = await client.request(method, url, headers=headers, content=body)
                return reply.status_code, reply.headers, reply.content

        return asyncio.run(send())

    return by_httpx, by_async_httpx


def by_aiohttp(method, url, headers, body):
    library = pytest.importorskip("aiohttp", reason="needs the extra consumers")

    async def send():
        async with (
            library.ClientSession() as session,
            session.request(method, url, headers=headers, data=body, allow_redirects=False) as reply,
        ):
            return reply.status, reply.headers, await reply.read()

    return asyncio.run(send())


LIBRARIES = {
    "aiohttp": by_aiohttp,
    "http.client": by_http_client,
    "httpx": of_httpx("httpx")[0],
    "httpx-async": of_httpx("httpx")[1],
    "httpx2": of_httpx("httpx2")[0],
    "httpx2-async": of_httpx("httpx2")[1],
    "requests": by_requests,
    "urllib": by_urllib,
    "urllib3": by_urllib3,
}


@pytest.fixture(params=LIBRARIES)
def send(request):
    return LIBRARIES[request.param]


def test_a_key_set(send, cognito_pool):
    status, headers, body = send("GET", f"{cognito_pool.issuer}/.well-known/jwks.json", {}, None)
    assert (status, headers["Content-Type"]) == (200, "application/json")
    assert json.loads(body) == cognito_pool.jwks


def test_the_json_api(send, cognito_pool):
    cognito_pool.add_user("ana")
    body = json.dumps({"UserPoolId": cognito_pool.id, "Username": "ana"}).encode()
    status, headers, found = send("POST", f"https://{HOST}/", HEADERS, body)
    assert (status, json.loads(found)["Username"]) == (200, "ana")
    assert headers["x-amzn-requestid"]
    assert cognito_pool.calls.operations == ["AdminGetUser"]


def test_an_error_of_the_json_api(send, cognito_pool):
    body = json.dumps({"UserPoolId": cognito_pool.id, "Username": "ana"}).encode()
    status, headers, found = send("POST", f"https://{HOST}/", HEADERS, body)
    assert (status, json.loads(found)["__type"]) == (400, "UserNotFoundException")
    assert headers["x-amzn-errortype"] == "UserNotFoundException:"


def test_a_region_is_that_of_the_host(send, cognito_pool):
    body = json.dumps({"UserPoolId": cognito_pool.id, "Username": "ana"}).encode()
    status, _, found = send("POST", "https://cognito-idp.eu-west-1.amazonaws.com/", HEADERS, body)
    assert (status, json.loads(found)["__type"]) == (400, "ResourceNotFoundException")


@pytest.mark.parametrize("host", ["cognito-idp-fips.us-east-1.amazonaws.com", "cognito-idp.us-east-1.api.aws"])
def test_other_names_of_the_host(send, cognito_pool, host):
    status, _, body = send("GET", f"https://{host}/{cognito_pool.id}/.well-known/jwks.json", {}, None)
    assert (status, json.loads(body)) == (200, cognito_pool.jwks)


def test_a_head(send, cognito_pool):
    status, headers, body = send("HEAD", f"{cognito_pool.issuer}/.well-known/jwks.json", {}, None)
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 500


@pytest.mark.parametrize("host", ["myapp.auth-fips.us-east-1.amazoncognito.com", "auth.example.com"])
def test_a_domain(send, cognito_pool, host):
    cognito_pool.add_domain("myapp")
    cognito_pool.add_domain("auth.example.com")
    status, _, body = send("POST", f"https://{host}/oauth2/token", {}, b"")
    assert (status, body) == (400, b'{"error":"invalid_request"}')


def test_a_url_in_the_query(send, cognito_pool):
    """As browsers and some libraries write it: `://` is legal there."""
    domain = cognito_pool.add_domain("myapp")
    status, _, body = send("GET", f"{domain.url}/error?error=x&redirect_uri=https://app.example.com/cb", {}, None)
    assert (status, b"<p>x</p>" in body) == (400, True)


def test_what_is_not_simulated_is_raised(send, cognito, cognito_pool):
    cognito_pool.add_domain("myapp")
    with pytest.raises(UnsupportedOperationError):
        send("GET", "https://myapp.auth.us-east-1.amazoncognito.com/forgotPassword", {}, None)
    with pytest.raises(UnreportedError):
        cognito.check()


def test_other_hosts_are_left_alone(send, cognito_pool):
    with pytest.raises(Exception, match=OUT):
        send("GET", "https://example.com/", {}, None)


def test_afterwards_nothing_is_answered(send):
    with Cognito() as cognito:
        url = f"{cognito.create_pool().issuer}/.well-known/jwks.json"
        assert send("GET", url, {}, None)[0] == 200
    with pytest.raises(Exception, match=OUT):
        send("GET", url, {}, None)


@pytest.mark.parametrize("proxy", ["HTTPS_PROXY", "https_proxy"])
def test_a_proxy_is_not_asked(send, cognito_pool, monkeypatch, proxy):
    monkeypatch.setenv(proxy, "http://127.0.0.1:9")
    assert send("GET", f"{cognito_pool.issuer}/.well-known/jwks.json", {}, None)[0] == 200


class TestSeams:
    """What is replaced, and put back."""

    @pytest.fixture
    def replaced(self):
        """Each seam with what is there now."""

        def replaced():
            libraries = {name: sys.modules[name] for name in seams.HTTP_LIBRARIES if name in sys.modules}
            found = [seam for name, library in libraries.items() for seam in seams._seams(name, library)]
            return {(seam.owner, seam.name): vars(seam.owner)[seam.name] for seam in found}

        return replaced

    def test_they_are_put_back(self, replaced):
        before, finders = replaced(), list(sys.meta_path)
        with Cognito(), Cognito():
            assert set(replaced().values()).isdisjoint(before.values())
        assert replaced() == before
        assert sys.meta_path == finders

    def test_fakes_may_be_left_in_any_order(self, replaced):
        before = replaced()
        first, second = Cognito(), Cognito()
        first.__enter__()
        second.__enter__()
        first.__exit__(None, None, None)
        pool = second.create_pool()
        assert requests.get(f"{pool.issuer}/.well-known/jwks.json", timeout=5).status_code == 200
        second.__exit__(None, None, None)
        assert replaced() == before

    def test_they_may_be_left_alone(self, replaced):
        before = replaced()
        with Cognito(http=False):
            assert replaced() == before

    def test_a_stranger_on_top_stays(self, replaced):
        before = replaced()
        session = requests.sessions.Session
        cognito = Cognito()
        with cognito:
            ours = session.get_adapter

            def on_top(self, url):
                return ours(self, url)

            session.get_adapter = on_top
            url = f"{cognito.create_pool().issuer}/.well-known/jwks.json"
            assert requests.get(url, timeout=5).status_code == 200
        assert session.get_adapter is on_top
        with pytest.raises(requests.ConnectionError):
            requests.get(url, timeout=5)
        with Cognito() as again:
            url = f"{again.create_pool().issuer}/.well-known/jwks.json"
            assert requests.get(url, timeout=5).status_code == 200
        assert session.get_adapter is on_top
        session.get_adapter = ours
        door.settle()
        assert replaced() == before

    def test_a_fake_that_could_not_be_entered(self, replaced, monkeypatch):
        before, finders = replaced(), list(sys.meta_path)
        with monkeypatch.context() as patch:
            patch.setattr(
                seams,
                "import_module",
                lambda name: 1 / 0 if name.endswith("of_urllib3") else importlib.import_module(name),
            )
            with pytest.raises(ZeroDivisionError), Cognito():
                pass
        assert (replaced(), sys.meta_path) == (before, finders)
        with Cognito() as cognito:
            url = f"{cognito.create_pool().issuer}/.well-known/jwks.json"
            assert requests.get(url, timeout=5).status_code == 200

    def test_a_class_of_another_mock(self, monkeypatch):
        """As vcrpy puts one in the place of the library's, which inherits the method."""

        class Own(http.client.HTTPSConnection):
            pass

        monkeypatch.setattr(http.client, "HTTPSConnection", Own)
        with Cognito():
            assert "connect" not in vars(Own)

    @pytest.mark.parametrize("stand_in", [None, types.ModuleType("aiohttp"), "aiohttp"])
    def test_what_is_not_the_library(self, monkeypatch, stand_in):
        monkeypatch.setitem(sys.modules, "aiohttp", stand_in)
        with Cognito() as cognito:
            url = f"{cognito.create_pool().issuer}/.well-known/jwks.json"
            assert requests.get(url, timeout=5).status_code == 200

    def test_a_library_that_another_thread_is_importing(self, monkeypatch):
        waited = []
        monkeypatch.setattr(requests.__spec__, "_initializing", True, raising=False)
        monkeypatch.setattr(seams, "import_module", lambda name: waited.append(name) or importlib.import_module(name))
        with Cognito():
            assert "requests" in waited

    def test_a_fake_that_is_left_meanwhile(self):
        with pytest.raises(ConnectionError, match="the fake ended while this request was being sent"):
            door.answer("GET", f"https://{HOST}/", [], None)

    def test_a_loader_of_several_modules(self, monkeypatch, tmp_path):
        """As in a zip file: whoever only looks for a library changes nothing for other modules."""
        archive = tmp_path / "both.zip"
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr("no_such_library.py", "NAME = 1")
            file.writestr("another_module.py", "NAME = 2")
        monkeypatch.syspath_prepend(str(archive))
        monkeypatch.setitem(seams.HTTP_LIBRARIES, "no_such_library", f"{seams.__package__}.of_requests")
        with Cognito():
            for _ in range(2):
                assert importlib.util.find_spec("no_such_library").loader.is_package("no_such_library") is False
            library, other = (importlib.import_module(name) for name in ("no_such_library", "another_module"))
            assert (library.NAME, other.NAME) == (1, 2)
            assert type(library.__loader__) is type(other.__loader__)
        for name in ("no_such_library", "another_module"):
            del sys.modules[name]

    def test_the_pool_named_chooses_the_fake(self):
        with Cognito() as outer, Cognito() as inner:
            far, near = outer.create_pool(Id="us-east-1_Far"), inner.create_pool(Id="us-east-1_Near")
            outer_domain, inner_domain = far.add_domain("far"), near.add_domain("near")
            for pool in (far, near):
                assert requests.get(f"{pool.issuer}/.well-known/jwks.json", timeout=5).json() == pool.jwks
            for domain in (outer_domain, inner_domain):
                assert requests.post(f"{domain.url}/oauth2/token", timeout=5).status_code == 400
            body = json.dumps({"UserPoolId": far.id, "Username": "ana"})
            requests.post(f"https://{HOST}/", data=body, headers=HEADERS, timeout=5)
            unknown = f"https://{HOST}/us-east-1_No/.well-known/jwks.json"
            assert requests.get(unknown, timeout=5).status_code == 400
            assert far.calls.operations == ["POST /oauth2/token", "AdminGetUser"]
            assert near.calls.operations == ["POST /oauth2/token"]

    def test_threads(self, cognito_pool):
        url, found = f"{cognito_pool.issuer}/.well-known/jwks.json", []

        def fetch():
            found.append(requests.get(url, timeout=5).json() == cognito_pool.jwks)

        threads = [threading.Thread(target=fetch) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [True] * 8


class TestRequests:
    def test_redirects_and_cookies_are_the_librarys(self, cognito_pool):
        domain = cognito_pool.add_domain("myapp")
        session = requests.Session()
        reply = session.get(f"{domain.url}/oauth2/authorize", timeout=5)
        assert reply.status_code == 400
        assert reply.url == f"{domain.url}/error?error=Required+parameters+missing"
        assert [seen.status_code for seen in reply.history] == [302]
        session.post(f"{domain.url}/oauth2/token", timeout=5)

    def test_bodies(self, cognito_pool):
        domain = cognito_pool.add_domain("myapp")
        url, form = f"{domain.url}/oauth2/token", {"Content-Type": "application/x-www-form-urlencoded"}
        text = "grant_type=password&client_id=" + cognito_pool.client.id
        for body in (text, text.encode(), io.BytesIO(text.encode()), iter([text.encode()]), bytearray(text.encode())):
            reply = requests.post(url, data=body, headers=form, timeout=5)
            assert reply.json() == {"error": "unsupported_grant_type"}

    def test_an_adapter_of_the_author_stays(self, cognito_pool):
        class Own(requests.adapters.BaseAdapter):
            def send(self, request, **options):
                reply = requests.Response()
                reply.status_code = 299
                return reply

            def close(self):
                pass

        session = requests.Session()
        session.mount("https://", Own())
        assert session.get(f"{cognito_pool.issuer}/.well-known/jwks.json", timeout=5).status_code == 299


class TestUrllib3:
    def test_retries_of_redirects(self, cognito_pool):
        domain = cognito_pool.add_domain("myapp")
        url = f"{domain.url}/oauth2/authorize"
        with urllib3.HTTPSConnectionPool("myapp.auth.us-east-1.amazoncognito.com") as pool:
            with pytest.raises(urllib3.exceptions.MaxRetryError):
                pool.request("GET", "/oauth2/authorize", retries=urllib3.Retry(redirect=0))
            reply = pool.request("GET", "/oauth2/authorize", retries=urllib3.Retry(redirect=0, raise_on_redirect=False))
            assert reply.status == 302
            assert pool.request("GET", "/oauth2/authorize", retries=False).status == 302
        with urllib3.PoolManager() as pools:
            reply = pools.request("GET", url)
            assert (reply.status, reply.version) == (400, 11)

    def test_redirects_within_a_pool(self, cognito_pool):
        cognito_pool.add_domain("myapp")
        with urllib3.HTTPSConnectionPool("myapp.auth.us-east-1.amazoncognito.com") as pool:
            reply = pool.request("GET", "/oauth2/authorize")
            assert reply.status == 400
            assert pool.request("GET", "/oauth2/authorize", redirect=False).status == 302
            assert pool.urlopen("GET", "/oauth2/authorize", None, None, None, False).status == 302

    def test_streaming(self, cognito_pool):
        with urllib3.PoolManager() as pools:
            url = f"{cognito_pool.issuer}/.well-known/jwks.json"
            reply = pools.request("GET", url, preload_content=False)
            assert json.loads(b"".join(reply.stream(100))) == cognito_pool.jwks


class TestHttpClient:
    def test_a_connection_is_kept(self, cognito_pool):
        connection = http.client.HTTPSConnection(HOST)
        for _ in range(2):
            connection.request("GET", f"/{cognito_pool.id}/.well-known/jwks.json")
            assert json.load(connection.getresponse()) == cognito_pool.jwks

    def test_a_tunnel(self, cognito_pool):
        connection = http.client.HTTPSConnection("proxy.example.com", 3128, timeout=3)
        connection.set_tunnel(HOST, 443)
        connection.request("GET", f"/{cognito_pool.id}/.well-known/jwks.json")
        assert connection.getresponse().status == 200

    def test_chunks(self, cognito_pool):
        domain = cognito_pool.add_domain("myapp")
        connection = http.client.HTTPSConnection(domain.url.removeprefix("https://"))
        parts = [b"grant_type=pass", b"word&client_id=", cognito_pool.client.id.encode()]
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/oauth2/token", body=iter(parts), headers=form, encode_chunked=True)
        assert json.load(connection.getresponse()) == {"error": "unsupported_grant_type"}

    def test_half_a_request_has_no_reply(self, cognito_pool):
        connection = http.client.HTTPSConnection(HOST)
        connection.putrequest("POST", "/")
        connection.putheader("Content-Length", "10")
        connection.endheaders(b"half")
        with pytest.raises(http.client.BadStatusLine):
            connection.getresponse()


class TestHttpx:
    @pytest.mark.parametrize("name", ["httpx", "httpx2"])
    def test_a_transport_of_the_author_stays(self, cognito_pool, name):
        library = pytest.importorskip(name, reason="needs the extra consumers")
        transport = library.MockTransport(lambda request: library.Response(299))
        with library.Client(transport=transport) as client:
            assert client.get(f"{cognito_pool.issuer}/.well-known/jwks.json").status_code == 299

    @pytest.mark.parametrize("name", ["httpx", "httpx2"])
    def test_streaming(self, cognito_pool, name):
        library = pytest.importorskip(name, reason="needs the extra consumers")
        url = f"{cognito_pool.issuer}/.well-known/jwks.json"
        assert library.get(url).elapsed.total_seconds() < 5
        with library.stream("GET", url) as reply:
            assert json.loads(b"".join(reply.iter_raw())) == cognito_pool.jwks


class TestAiohttp:
    def test_it_continues(self, cognito_pool):
        aiohttp = pytest.importorskip("aiohttp", reason="needs the extra consumers")
        domain = cognito_pool.add_domain("myapp")

        async def send():
            form = {"grant_type": "password", "client_id": cognito_pool.client.id}
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(5)) as session,
                session.post(f"{domain.url}/oauth2/token", data=form, expect100=True) as reply,
            ):
                return await reply.json()

        assert asyncio.run(send()) == {"error": "unsupported_grant_type"}

    def test_a_body_in_chunks(self, cognito_pool):
        aiohttp = pytest.importorskip("aiohttp", reason="needs the extra consumers")
        domain = cognito_pool.add_domain("myapp")

        async def parts():
            yield b"grant_type=pass"
            yield b"word&client_id=" + cognito_pool.client.id.encode()

        async def send():
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            async with (
                aiohttp.ClientSession() as session,
                session.post(f"{domain.url}/oauth2/token", data=parts(), headers=form) as reply,
            ):
                return await reply.json()

        assert asyncio.run(send()) == {"error": "unsupported_grant_type"}

    def test_no_connection_is_kept(self, cognito_pool):
        aiohttp = pytest.importorskip("aiohttp", reason="needs the extra consumers")

        async def send():
            async with aiohttp.ClientSession() as session:
                async with session.get(f"{cognito_pool.issuer}/.well-known/jwks.json") as reply:
                    assert await reply.json() == cognito_pool.jwks
                await asyncio.sleep(0)
                return dict(session.connector._conns)

        assert asyncio.run(send()) == {}


@pytest.mark.parametrize("url", ["https://[", "https://a:b/", "", "https://cognito-idp.us-east-1.amazonaws.com:8443/"])
def test_urls_that_are_not_ours(cognito_pool, url):
    assert door.is_ours(url) is False


def test_libraries_that_are_imported_later():
    """And none is imported by the plugin."""
    code = """
        import json, sys
        from pytest_cognito_pool import Cognito
        later = ["requests", "urllib3", "httpx", "httpx2", "aiohttp"]
        with Cognito() as cognito:
            pool = cognito.create_pool()
            url = f"{pool.issuer}/.well-known/jwks.json"
            loaded = [name for name in later if name in sys.modules and name != "urllib3"]
            assert loaded == [], loaded
            import urllib.request
            assert json.load(urllib.request.urlopen(url)) == pool.jwks
            import requests
            assert requests.get(url).json() == pool.jwks
            loader = requests.__spec__.loader
            assert "exec_module" not in vars(loader)
            for name in ("httpx", "httpx2"):
                try:
                    library = __import__(name)
                except ImportError:
                    continue
                assert library.get(url).json() == pool.jwks
            try:
                import no_such_library
            except ImportError:
                pass
            before = requests.sessions.Session.get_adapter
        assert requests.sessions.Session.get_adapter is not before
        import importlib
        importlib.reload(requests)
        print("ok")
    """
    program = "\n".join(line[8:] for line in code.splitlines())
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=os.environ, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "ok"), done.stderr


def test_a_library_that_cannot_be_found(monkeypatch, cognito_pool):
    monkeypatch.setitem(seams.HTTP_LIBRARIES, "no_such_library", f"{seams.__package__}.of_requests")
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("no_such_library")
