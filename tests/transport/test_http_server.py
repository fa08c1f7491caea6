"""The HTTP server: what it answers, and what no client can do to it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from botocore.exceptions import ConnectionClosedError

from pytest_cognito_pool import Cognito, UnreportedError, UsageError
from pytest_cognito_pool._service.transport import http_server

CALLBACK = "https://app.example.com/callback"
TARGET = "AWSCognitoIdentityProviderService."
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def target(operation, **headers):
    return {"X-Amz-Target": f"{TARGET}{operation}", "Content-Type": "application/x-amz-json-1.1", **headers}


@pytest.fixture
def server(cognito_server):
    return cognito_server


@pytest.fixture
def sign_up(server, cognito_pool):
    """A request of the JSON API that needs no signature."""

    def sign_up(username="ana", session=requests, **headers):
        body = {"ClientId": cognito_pool.client.id, "Username": username, "Password": "Passw0rd!"}
        return session.post(server.url, json=body, headers=target("SignUp", **headers), timeout=5)

    return sign_up


@pytest.fixture
def raw(server):
    """What comes back for bytes that are sent as they are."""

    def raw(data, *, shut=False):
        with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=5) as connection:
            connection.sendall(data)
            if shut:
                connection.shutdown(socket.SHUT_WR)
            received = b""
            while part := connection.recv(65536):
                received += part
            return received

    return raw


def threads():
    return [thread for thread in threading.enumerate() if "_serve" in repr(thread) or "cognito-pool" in thread.name]


class TestAnswers:
    def test_the_json_api(self, sign_up, cognito_pool):
        reply = sign_up()
        assert reply.json()["UserConfirmed"] is False
        assert cognito_pool.users["ana"].status == "UNCONFIRMED"
        assert cognito_pool.calls.operations == ["SignUp"]
        again = sign_up()
        assert (again.status_code, again.headers["x-amzn-errortype"]) == (400, "UsernameExistsException:")

    def test_another_process(self, server, cognito_pool):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        program = (
            "import boto3\n"
            f"boto3.client('cognito-idp').admin_confirm_sign_up(UserPoolId='{cognito_pool.id}', Username='ana')\n"
        )
        clean = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        subprocess.run([sys.executable, "-c", program], env=clean | server.env, check=True, timeout=60)
        assert cognito_pool.users["ana"].status == "CONFIRMED"
        assert cognito_pool.calls.one("AdminConfirmSignUp").caller.endswith(":user/pytest")
        assert cognito_pool.triggers.sources == ["PostConfirmation_ConfirmSignUp"]

    def test_the_environment(self, server, cognito):
        assert server.env == {
            "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER": server.url,
            "AWS_REGION": cognito.region,
            "AWS_DEFAULT_REGION": cognito.region,
            "AWS_ACCESS_KEY_ID": "AKIAPYTESTCOGNITO000",
            "AWS_SECRET_ACCESS_KEY": "pytest-cognito-pool-needs-no-secret-key",
        }

    def test_any_key_signs(self, server, cognito_pool):
        cognito_pool.add_user("ana")
        body = {"UserPoolId": cognito_pool.id, "Username": "ana"}
        signed = "AWS4-HMAC-SHA256 Credential=AKIAREAL/20260101/{}/cognito-idp/aws4_request, Signature=0"
        for region, status in (("us-east-1", 200), ("eu-west-1", 400)):
            headers = target("AdminGetUser", Authorization=signed.format(region))
            assert requests.post(server.url, json=body, headers=headers, timeout=5).status_code == status
        reply = requests.post(server.url, json=body, headers=target("AdminGetUser"), timeout=5)
        assert reply.json()["__type"] == "MissingAuthenticationTokenException"

    def test_documents(self, server, cognito_pool):
        base = f"{server.url}/{cognito_pool.id}/.well-known"
        assert requests.get(f"{base}/jwks.json", timeout=5).json() == cognito_pool.jwks
        assert requests.get(f"{base}/openid-configuration", timeout=5).json()["issuer"] == cognito_pool.issuer
        unknown = requests.get(f"{server.url}/us-east-1_No/.well-known/jwks.json", timeout=5)
        assert unknown.status_code == 400

    def test_by_the_name_of_a_host(self, server, cognito_pool):
        domain = cognito_pool.add_domain("myapp")
        for host, path, status in (
            ("cognito-idp.us-east-1.amazonaws.com", f"/{cognito_pool.id}/.well-known/jwks.json", 200),
            (domain.url.removeprefix("https://"), "/error", 400),
        ):
            assert requests.get(f"{server.url}{path}", headers={"Host": host}, timeout=5).status_code == status

    def test_a_path_that_is_nobodys(self, server):
        reply = requests.get(f"{server.url}/unknown", timeout=5)
        assert reply.status_code == 404

    def test_a_page_without_a_domain(self, server, cognito):
        assert requests.get(f"{server.url}/login", timeout=5).status_code == 404
        why = "no pool has the domain '127.0.0.1'; existing domains: none; call cognito_pool.add_domain('myapp')"
        assert (cognito.calls[-1].operation, cognito.calls[-1].why) == ("GET /login", why)

    def test_a_head(self, server, cognito_pool):
        reply = requests.head(f"{server.url}/{cognito_pool.id}/.well-known/jwks.json", timeout=5)
        assert (reply.status_code, reply.content) == (200, b"")
        assert int(reply.headers["Content-Length"]) > 500

    def test_a_whole_url_as_a_proxy_is_asked(self, raw, cognito_pool):
        url = f"{cognito_pool.issuer}/.well-known/jwks.json".replace("https", "http")
        received = raw(f"GET {url} HTTP/1.0\r\n\r\n".encode())
        assert json.loads(received.partition(b"\r\n\r\n")[2]) == cognito_pool.jwks

    def test_only_one_length_is_told(self, raw):
        received = raw(b"POST / HTTP/1.1\r\nConnection: close\r\n\r\n")
        assert received.lower().count(b"content-length:") == 1

    def test_it_continues(self, raw):
        received = raw(b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
        assert received.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 ")

    def test_a_body_in_chunks(self, sign_up, server, cognito_pool):
        body = json.dumps({"ClientId": cognito_pool.client.id, "Username": "ben", "Password": "Passw0rd!"}).encode()
        reply = requests.post(server.url, data=iter([body[:5], body[5:]]), headers=target("SignUp"), timeout=5)
        assert reply.status_code == 200

    def test_chunks_with_trailers(self, raw):
        head = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        assert raw(head + b"2\r\n{}\r\n0\r\nX-Checksum: 1\r\n\r\n").startswith(b"HTTP/1.1 404")

    def test_another_region(self, server, cognito, cognito_pool):
        host = {"Host": "cognito-idp.eu-west-1.amazonaws.com"}
        path = f"{server.url}/{cognito_pool.id}/.well-known/jwks.json"
        assert requests.get(path, headers=host, timeout=5).status_code == 400


class TestDomains:
    @pytest.fixture
    def client(self, cognito_pool):
        cognito_pool.add_domain("myapp")
        return cognito_pool.create_client(
            AllowedOAuthFlowsUserPoolClient=True,
            AllowedOAuthFlows=["code"],
            AllowedOAuthScopes=["openid"],
            CallbackURLs=[CALLBACK],
            SupportedIdentityProviders=["COGNITO"],
            GenerateSecret=True,
        )

    @pytest.mark.parametrize("prefix", ["", "/myapp"])
    def test_a_sign_in(self, server, cognito_pool, client, prefix):
        cognito_pool.add_user("ana", password="Passw0rd!")
        base, session = f"{server.url}{prefix}", requests.Session()
        given = {"response_type": "code", "client_id": client.id, "redirect_uri": CALLBACK}
        page = session.get(f"{base}/oauth2/authorize", params=given, timeout=5)
        assert page.url.startswith(f"{base}/login?")
        assert f'<form action="{prefix}/login?' in page.text
        form = {"_csrf": session.cookies["XSRF-TOKEN"], "username": "ana", "password": "Passw0rd!"}
        reply = session.post(page.url, data=form, allow_redirects=False, timeout=5)
        code = reply.headers["Location"].partition("code=")[2]
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
        tokens = requests.post(f"{base}/oauth2/token", data=form, auth=(client.id, client.secret), timeout=5)
        assert set(tokens.json()) == {"id_token", "access_token", "refresh_token", "expires_in", "token_type"}
        again = session.get(f"{base}/oauth2/authorize", params=given, allow_redirects=False, timeout=5)
        assert again.headers["Location"].startswith(CALLBACK)

    def test_the_client_chooses_the_domain(self, server, cognito, client):
        other = cognito.create_pool()
        other.add_domain("other")
        form = {"grant_type": "refresh_token", "refresh_token": "r", "client_id": other.client.id}
        requests.post(f"{server.url}/oauth2/token", data=form, timeout=5)
        assert other.calls.operations == ["POST /oauth2/token"]
        requests.post(f"{server.url}/oauth2/token", data={}, auth=(client.id, "x"), timeout=5)
        assert cognito.calls[-1].pool_id == cognito.pools[next(iter(cognito.pools))].id
        for kind in ("Basic ?", "Bearer t"):
            headers = {"Authorization": kind}
            assert requests.post(f"{server.url}/oauth2/token", headers=headers, timeout=5).status_code == 400

    def test_a_url_in_the_query(self, server, client):
        query = f"response_type=code&client_id={client.id}&redirect_uri={CALLBACK}"
        reply = requests.get(f"{server.url}/myapp/oauth2/authorize?{query}", allow_redirects=False, timeout=5)
        assert reply.headers["Location"].startswith(f"{server.url}/myapp/login?")

    def test_a_token_chooses_the_domain(self, server, cognito, client):
        other = cognito.create_pool()
        other.add_domain("other")
        other.add_user("zoe")
        for headers in (other.sign_in("zoe", scopes=["openid"]).headers, {"Authorization": "Bearer x"}):
            requests.get(f"{server.url}/oauth2/userInfo", headers=headers, timeout=5)
        assert other.calls.operations == ["GET /oauth2/userInfo"]

    def test_a_client_without_a_domain(self, server, cognito, client):
        other = cognito.create_pool()
        reply = requests.get(f"{server.url}/oauth2/authorize?client_id={other.client.id}", timeout=5)
        assert reply.status_code == 404


class TestOtherOrigins:
    def test_a_preflight(self, server):
        asked = {"Origin": "http://localhost:3000", "Access-Control-Request-Headers": "x-amz-target, content-type"}
        reply = requests.options(server.url, headers=asked, timeout=5)
        assert reply.status_code == 204
        assert reply.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"
        assert reply.headers["Access-Control-Allow-Headers"] == "x-amz-target, content-type"
        assert "POST" in reply.headers["Access-Control-Allow-Methods"]

    def test_a_reply(self, sign_up):
        reply = sign_up(Origin="http://localhost:3000")
        assert reply.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"
        assert "x-amzn-errortype" in reply.headers["Access-Control-Expose-Headers"]

    def test_without_an_origin(self, sign_up):
        assert "Access-Control-Allow-Origin" not in sign_up().headers


class TestRaised:
    def test_what_is_not_simulated(self, server, cognito, cognito_pool):
        body = {"UserPoolId": cognito_pool.id}
        headers = target("DescribeRiskConfiguration", Authorization="AWS4-HMAC-SHA256 Credential=a/b")
        reply = requests.post(server.url, json=body, headers=headers, timeout=5)
        assert reply.status_code == 501
        assert reply.text.startswith("UnsupportedOperationError: DescribeRiskConfiguration is not simulated")
        with pytest.raises(UnreportedError, match="DescribeRiskConfiguration"):
            cognito.check()

    def test_an_exception_of_the_test(self, sign_up, cognito_pool):
        cognito_pool.fail("SignUp", ZeroDivisionError("of the test"))
        reply = sign_up()
        assert (reply.status_code, reply.text) == (500, "ZeroDivisionError: of the test\n")

    def test_a_connection_that_breaks(self, sign_up, cognito_pool):
        cognito_pool.fail("SignUp", ConnectionClosedError(endpoint_url="x"))
        with pytest.raises(requests.ConnectionError):
            sign_up()
        assert sign_up().status_code == 200

    def test_a_fault(self, sign_up, cognito_pool):
        cognito_pool.fail("SignUp", "TooManyRequestsException")
        assert sign_up().json()["__type"] == "TooManyRequestsException"


class TestHardUse:
    @pytest.mark.parametrize(
        ("data", "status"),
        [
            (b"\x00\x01\x02\r\n\r\n", b"400"),
            (b"GET\r\n\r\n", b"400"),
            (b"GET / HTTP/9.9\r\n\r\n", b"505"),
            (b"BREW / HTTP/1.1\r\n\r\n", b"501"),
            (b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000 + b"\r\n\r\n", b"431"),
            (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", b"414"),
            (b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 200 + b"\r\n", b"431"),
            (b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n", b"400"),
            (b"POST / HTTP/1.1\r\nContent-Length: \xb2\r\n\r\n", b"400"),
            (b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", b"413"),
            (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"400"),
            (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", b"400"),
            (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}xx\r\n", b"400"),
            (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n", b"413"),
            (b"POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf", b"400"),
            (b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", b"413"),
            (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"A: b\r\n" * 30, b"400"),
            (b"GET / HTTP/1.1\r\nHost: [\r\n\r\n", b"400"),
            (b"GET foo HTTP/1.1\r\n\r\n", b"404"),
        ],
    )
    def test_malformed_requests(self, raw, sign_up, data, status):
        first = raw(data, shut=True).partition(b"\r\n")[0]
        assert status in first or b"Error code: " + status in raw(data, shut=True)
        assert sign_up().status_code == 200

    def test_clients_that_vanish(self, server, sign_up):
        port = int(server.url.rpartition(":")[2])
        for data in (b"", b"POST / HTT", b"POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\n{"):
            for _ in range(5):
                connection = socket.create_connection(("127.0.0.1", port), timeout=5)
                connection.sendall(data)
                # The end is a reset and no farewell.
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
                connection.close()
        assert sign_up().status_code == 200

    def test_slow_clients_time_out(self, cognito, monkeypatch):
        monkeypatch.setattr(http_server, "_PATIENCE", 0.2)
        with cognito.serve() as server:
            port = int(server.url.rpartition(":")[2])
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                connection.sendall(b"POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n{")
                assert connection.recv(10) == b""

    def test_slow_clients_hold_nobody_up(self, server, sign_up):
        port = int(server.url.rpartition(":")[2])
        slow = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(20)]
        for connection in slow:
            connection.sendall(b"POST / HTTP/1.1\r\n")
        assert sign_up().status_code == 200
        for connection in slow:
            connection.close()

    def test_64_threads(self, sign_up, cognito_pool):
        with ThreadPoolExecutor(64) as pool:
            replies = list(pool.map(lambda number: sign_up(f"user{number}").status_code, range(256)))
        assert replies == [200] * 256
        assert len(cognito_pool.users) == len(cognito_pool.calls) == 256

    def test_no_thread_stays(self, cognito, cognito_pool):
        before = threading.active_count()
        with cognito.serve() as server:
            sessions = [requests.Session() for _ in range(10)]
            for session in sessions:
                assert (
                    session.get(f"{server.url}/{cognito_pool.id}/.well-known/jwks.json", timeout=5).status_code == 200
                )
            # Connections that are kept, and one that says nothing.
            idle = socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=5)
            time.sleep(0.05)
        assert threading.active_count() == before
        idle.close()
        for session in sessions:
            session.close()

    def test_functions_run_in_threads(self, sign_up, cognito_pool):
        barrier = threading.Barrier(8, timeout=10)

        def wait(event, context):
            barrier.wait()
            return event

        cognito_pool.on("PreSignUp", wait)
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(lambda number: sign_up(f"u{number}").status_code, range(8))) == [200] * 8

    def test_a_function_that_stops_the_server(self, cognito, cognito_pool):
        server = cognito.serve()

        def stop(event, context):
            server.__exit__(None, None, None)
            return event

        cognito_pool.on("PreSignUp", stop)
        body = {"ClientId": cognito_pool.client.id, "Username": "ana", "Password": "Passw0rd!"}
        with server:
            reply = requests.post(server.url, json=body, headers=target("SignUp"), timeout=5)
        assert reply.status_code == 200

    def test_a_function_that_runs_when_the_server_stops(self, cognito, cognito_pool):
        entered, leave = threading.Event(), threading.Event()

        def wait(event, context):
            entered.set()
            leave.wait(10)
            return event

        cognito_pool.on("PreSignUp", wait)
        body = {"ClientId": cognito_pool.client.id, "Username": "ana", "Password": "Passw0rd!"}

        def send(url):
            with pytest.raises(requests.ConnectionError):
                requests.post(url, json=body, headers=target("SignUp"), timeout=5)

        with cognito.serve() as server:
            client = threading.Thread(target=send, args=(server.url,))
            client.start()
            assert entered.wait(5)
            threading.Timer(0.2, leave.set).start()
        client.join()
        assert "ana" in cognito_pool.users


class TestServing:
    def test_several_at_once(self, cognito, cognito_pool):
        with cognito.serve() as first, cognito.serve() as second:
            assert first.url != second.url
            for server in (first, second):
                url = f"{server.url}/{cognito_pool.id}/.well-known/jwks.json"
                assert requests.get(url, timeout=5).json() == cognito_pool.jwks

    def test_a_port_that_is_taken(self, cognito, server):
        port = int(server.url.rpartition(":")[2])
        message = f"the server cannot listen at 127.0.0.1:{port}: Address already in use; port=0 takes any free port"
        with pytest.raises(UsageError) as caught, cognito.serve(port):
            pass
        assert str(caught.value) == message

    def test_a_host_that_does_not_exist(self, cognito):
        with pytest.raises(UsageError) as caught, cognito.serve(host="192.0.2.1"):
            pass
        assert "192.0.2.1:0" in str(caught.value)
        assert "port=0" not in str(caught.value)

    @pytest.mark.parametrize("port", [-1, 65536, "80", True, None])
    def test_a_port_that_does_not_exist(self, cognito, port):
        with pytest.raises(UsageError) as caught:
            cognito.serve(port)
        assert str(caught.value) == f"port must be 0 (any free port) or up to 65535, not {port!r}"

    def test_it_runs_in_its_block(self, cognito):
        server = cognito.serve()
        text = "the server is not running; use it in a block: with cognito.serve() as server"
        with pytest.raises(UsageError) as caught:
            _ = server.url
        assert str(caught.value) == text
        assert repr(server) == "<Server, not running>"
        for _ in range(2):
            with server:
                assert repr(server) == f"<Server {server.url}>"
                with pytest.raises(UsageError, match="is already running"), server:
                    pass

    def test_all_addresses(self, cognito, cognito_pool):
        with cognito.serve(host="0.0.0.0") as server:  # noqa: S104 - what is tested
            assert server.url.startswith("http://127.0.0.1:")
            url = f"{server.url}/{cognito_pool.id}/.well-known/jwks.json"
            assert requests.get(url, timeout=5).status_code == 200

    def test_sockets_that_are_forbidden(self, cognito, monkeypatch):
        class SocketBlockedError(RuntimeError):
            pass

        def refuse(*args, **kwargs):
            raise SocketBlockedError("A test tried to use socket.socket.")

        monkeypatch.setattr(socket, "socket", refuse)
        with pytest.raises(UsageError) as caught, cognito.serve():
            pass
        assert str(caught.value) == (
            "pytest-socket blocks sockets, and the server needs one; use --allow-hosts=127.0.0.1 instead of "
            "--disable-socket, or the marker enable_socket"
        )

    def test_another_error_of_sockets(self, cognito, monkeypatch):
        def refuse(*args, **kwargs):
            raise RuntimeError("another")

        monkeypatch.setattr(socket, "socket", refuse)
        with pytest.raises(RuntimeError, match="another"), cognito.serve():
            pass

    def test_a_local_issuer(self, cognito, cognito_pool):
        cognito_pool.add_user("ana")
        amazons = cognito_pool.issuer
        with cognito.serve(local_issuer=True) as server:
            assert cognito_pool.issuer == f"{server.url}/{cognito_pool.id}"
            assert cognito_pool.sign_in("ana").access_claims["iss"] == cognito_pool.issuer
            cognito_pool.add_domain("myapp")
            found = requests.get(f"{cognito_pool.issuer}/.well-known/openid-configuration", timeout=5).json()
            assert requests.get(found["jwks_uri"], timeout=5).json() == cognito_pool.jwks
            assert found["token_endpoint"] == f"{server.url}/myapp/oauth2/token"
            assert requests.post(found["token_endpoint"], timeout=5).json() == {"error": "invalid_request"}
            with cognito.serve(local_issuer=True) as inner:
                assert cognito_pool.issuer == f"{inner.url}/{cognito_pool.id}"
            assert cognito_pool.issuer == f"{server.url}/{cognito_pool.id}"
        assert cognito_pool.issuer == amazons

    def test_outside_of_a_fake(self):
        cognito = Cognito()
        pool = cognito.create_pool()
        with cognito.serve() as server:
            reply = requests.get(f"{server.url}/{pool.id}/.well-known/jwks.json", timeout=5)
            assert reply.json() == pool.jwks


class TestTls:
    @pytest.fixture
    def secure(self, cognito):
        pytest.importorskip("trustme", reason="needs the extra tls")
        with cognito.serve(tls=True) as server:
            yield server

    def test_it_is_trusted(self, secure, cognito_pool):
        url = f"{secure.url}/{cognito_pool.id}/.well-known/jwks.json"
        assert secure.url.startswith("https://127.0.0.1:")
        authority = secure.env["REQUESTS_CA_BUNDLE"]
        assert requests.get(url, verify=authority, timeout=5).json() == cognito_pool.jwks
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(url, timeout=5)
        assert set(secure.env) >= {"AWS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"}

    def test_boto3_in_another_process(self, secure, cognito_pool):
        program = f"import boto3; boto3.client('cognito-idp').describe_user_pool(UserPoolId='{cognito_pool.id}')"
        subprocess.run([sys.executable, "-c", program], env=os.environ | secure.env, check=True, timeout=60)
        assert cognito_pool.calls.operations == ["DescribeUserPool"]

    def test_the_file_goes(self, cognito):
        pytest.importorskip("trustme", reason="needs the extra tls")
        with cognito.serve(tls=True) as server:
            path = Path(server.env["SSL_CERT_FILE"])
            assert path.exists()
        assert not path.exists()

    def test_clients_without_tls(self, secure, cognito_pool):
        port = int(secure.url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
            assert not connection.recv(1024).startswith(b"HTTP")
        self.test_it_is_trusted(secure, cognito_pool)

    def test_a_handshake_that_never_comes(self, cognito):
        pytest.importorskip("trustme", reason="needs the extra tls")
        before = threading.active_count()
        with cognito.serve(tls=True) as server:
            idle = socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=5)
            time.sleep(0.05)
        assert threading.active_count() == before
        idle.close()

    def test_without_trustme(self, cognito, monkeypatch):
        monkeypatch.setitem(sys.modules, "trustme", None)
        with pytest.raises(UsageError) as caught, cognito.serve(tls=True):
            pass
        assert str(caught.value) == "tls=True needs trustme: pip install 'pytest-cognito-pool[tls]'"
