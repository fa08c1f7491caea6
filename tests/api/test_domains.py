"""`cognito_pool.add_domain` and `cognito_pool.managed_login`."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
import requests

from pytest_cognito_pool import Domain, UsageError

CALLBACK = "https://app.example.com/callback"


def told(function, *args, **given):
    with pytest.raises(UsageError) as caught:
        function(*args, **given)
    return str(caught.value)


class TestAddDomain:
    def test_a_prefix(self, cognito_pool, cognito_idp):
        domain = cognito_pool.add_domain("myapp")
        assert domain == Domain("myapp", "https://myapp.auth.us-east-1.amazoncognito.com")
        assert cognito_pool.calls == []
        described = cognito_idp.describe_user_pool_domain(Domain="myapp")["DomainDescription"]
        assert described["ManagedLoginVersion"] == 1

    def test_a_custom_domain(self, cognito_pool, cognito_idp):
        assert cognito_pool.add_domain("auth.example.com", managed_login=True).url == "https://auth.example.com"
        described = cognito_idp.describe_user_pool_domain(Domain="auth.example.com")["DomainDescription"]
        assert described["ManagedLoginVersion"] == 2

    def test_it_goes_with_a_snapshot(self, cognito, cognito_pool):
        with cognito.rollback():
            domain = cognito_pool.add_domain("myapp")
        assert requests.get(f"{domain.url}/error", timeout=5).status_code == 404

    @pytest.mark.parametrize("name", ["", None, 5])
    def test_what_is_no_name(self, cognito_pool, name):
        text = f"the name of a domain is a string, for example 'myapp' or 'auth.example.com', not {name!r}"
        assert told(cognito_pool.add_domain, name) == text

    @pytest.mark.parametrize(
        "name", ["https://myapp.auth.us-east-1.amazoncognito.com", "myapp.auth.us-east-1.amazoncognito.com"]
    )
    def test_a_whole_url(self, cognito_pool, name):
        text = f"give the prefix of a domain, for example 'myapp', and not {name!r}"
        assert told(cognito_pool.add_domain, name) == text

    def test_what_the_service_refuses(self, cognito_pool):
        cognito_pool.add_domain("myapp")
        assert told(cognito_pool.add_domain, "other") == (
            "Cognito refuses that: InvalidParameterException: User pool already has a domain configured.\n"
            "us-east-1_TestPool1 has the domain 'myapp'"
        )


@pytest.fixture
def client(cognito_pool):
    cognito_pool.add_domain("myapp")
    return cognito_pool.create_client(
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid"],
        CallbackURLs=[CALLBACK],
        SupportedIdentityProviders=["COGNITO"],
    )


@pytest.fixture
def url(client):
    def url(path="/oauth2/authorize", host="myapp.auth.us-east-1.amazoncognito.com", **changes):
        given = {"response_type": "code", "client_id": client.id, "redirect_uri": CALLBACK, **changes}
        return f"https://{host}{path}?{urlencode(given)}"

    return url


class TestManagedLogin:
    @pytest.mark.parametrize("path", ["/oauth2/authorize", "/login"])
    def test_the_callback(self, cognito_pool, url, path):
        cognito_pool.add_user("ana")
        found = cognito_pool.managed_login(url(path, state="s1"), "ana")
        assert found.startswith(f"{CALLBACK}?code=")
        assert found.endswith("&state=s1")
        assert cognito_pool.calls.operations[-2:] == ["GET /login", "POST /login"]

    def test_the_callback_with_an_error(self, cognito_pool, url):
        cognito_pool.add_user("ana")
        assert cognito_pool.managed_login(url(scope="email"), "ana") == (
            f"{CALLBACK}?error_description=invalid_scope&error=invalid_request"
        )

    def test_a_wrong_password(self, cognito_pool, url):
        cognito_pool.add_user("ana")
        assert told(cognito_pool.managed_login, url(), "ana", password="Wrong-1!") == (
            "the browser is not sent to the application: the page answers 200 and says 'Incorrect username or "
            "password.'; why: 'ana' has another password"
        )

    def test_no_password_at_all(self, cognito_pool, url):
        cognito_pool.add_user("ana")
        assert "says 'Incorrect username or password.'" in told(cognito_pool.managed_login, url(), "ana", password="")

    def test_a_page_without_a_form(self, cognito_pool, url):
        custom = cognito_pool.add_domain("auth.example.com", managed_login=True)
        for path in ("/login", "/oauth2/authorize"):
            text = told(cognito_pool.managed_login, url(path, custom.url.removeprefix("https://")), "ana")
            assert "answers 403 and says 'Login pages unavailable. Please contact an administrator.'" in text

    def test_nobody(self, cognito_pool, url):
        assert "says 'User does not exist.'" in told(cognito_pool.managed_login, url(), "nobody")

    def test_who_signs_in(self, cognito_pool, url):
        one = "give either the username of a user of the pool, or provider= and claims="
        claims = {"sub": "1"}
        assert told(cognito_pool.managed_login, url()) == one
        assert told(cognito_pool.managed_login, url(), claims=claims) == one
        assert told(cognito_pool.managed_login, url(), "ana", provider="Google", claims=claims) == one
        both = "give provider= and claims= together; claims is the provider's data about the user"
        assert told(cognito_pool.managed_login, url(), provider="Google") == both
        assert told(cognito_pool.managed_login, url(), "ana", claims=claims) == both

    def test_a_page_of_errors(self, cognito_pool, url, client):
        assert told(cognito_pool.managed_login, url(redirect_uri="https://other"), "ana") == (
            "the browser is not sent to the application: it is sent to https://myapp.auth.us-east-1.amazoncognito.com"
            f"/error?error=redirect_mismatch&client_id={client.id}; why: app client {client.id!r} has the "
            f"CallbackURLs ['{CALLBACK}'], not 'https://other'"
        )

    def test_a_client_without_pages(self, cognito_pool, url):
        other = cognito_pool.create_client(
            AllowedOAuthFlowsUserPoolClient=True,
            AllowedOAuthFlows=["code"],
            AllowedOAuthScopes=["openid"],
            CallbackURLs=[CALLBACK],
        )
        assert told(cognito_pool.managed_login, url(client_id=other.id), "ana") == (
            "the browser is not sent to the application: the page answers 401 and says 'Login option is not available. "
            f"Please try another one'; why: app client {other.id!r} has SupportedIdentityProviders=[], not 'COGNITO'"
        )

    def test_urls_that_are_no_sign_in(self, cognito, cognito_pool, url):
        other = url(host="other.example.com")
        assert told(cognito_pool.managed_login, other, "ana") == (
            f"{other!r} is not a page of a domain of the pool: the pool's domains are "
            "['myapp.auth.us-east-1.amazoncognito.com']"
        )
        bad = "https://["
        assert told(cognito_pool.managed_login, bad, "ana") == "'https://[' is not a URL: Invalid IPv6 URL"
        assert told(cognito_pool.managed_login, url("/oauth2/token"), "ana") == (
            "a sign-in begins at one of ['/oauth2/authorize', '/login'], not at '/oauth2/token'"
        )
        assert told(cognito.create_pool().managed_login, other, "ana") == (
            f"{other!r} is not a page of a domain of the pool: the pool has no domain; add one with "
            "cognito_pool.add_domain('myapp')"
        )


class TestRecords:
    def test_they_are_found_by_method_and_path(self, cognito_pool, client):
        requests.post("https://myapp.auth.us-east-1.amazoncognito.com/oauth2/token", data={"a": "b"}, timeout=5)
        call = cognito_pool.calls.one("POST /oauth2/token", a="b")
        assert call.error.code == "invalid_request"
        assert call.error.status == 400
        assert call.why == "the request has ['a'], without grant_type"
        assert cognito_pool.calls.of("GET /login") == []

    def test_unknown_paths(self, cognito_pool):
        with pytest.raises(UsageError) as caught:
            cognito_pool.calls.of("POST /oauth2/tokens")
        assert (
            str(caught.value)
            == "Cognito domains have no endpoint 'POST /oauth2/tokens'; did you mean 'POST /oauth2/token'?"
        )

    def test_replies_are_masked(self, cognito_pool, client):
        cognito_pool.add_user("ana")
        token = cognito_pool.sign_in("ana", client).refresh_token
        form = {"grant_type": "refresh_token", "refresh_token": token, "client_id": client.id}
        url = "https://myapp.auth.us-east-1.amazoncognito.com/oauth2/token"
        given = requests.post(url, data=form, timeout=5).json()
        reply = cognito_pool.calls.one("POST /oauth2/token").reply
        assert reply == given
        assert repr(reply["access_token"]) == "'***'"
        assert reply["expires_in"] == 3600

    def test_misspelled_secrets_are_masked(self, cognito_pool, client):
        form = {"passwd": "geheim", "clientSecret": "geheim", "id_token_hint": "geheim", "code_challenge": "shown"}
        requests.get("https://myapp.auth.us-east-1.amazoncognito.com/logout", params=form, timeout=5)
        assert "geheim" not in repr(cognito_pool.calls)
        assert "shown" in repr(cognito_pool.calls)

    def test_refused_documents_are_recorded(self, cognito, cognito_pool):
        host = "https://cognito-idp.{}.amazonaws.com"
        for region, pool_id in (("us-east-1", "us-east-1_Prod12345"), ("eu-west-1", cognito_pool.id)):
            url = f"{host.format(region)}/{pool_id}/.well-known/jwks.json"
            assert requests.get(url, timeout=5).status_code == 400
        first, second = cognito.calls
        assert first.operation == "GET /us-east-1_Prod12345/.well-known/jwks.json"
        assert first.why == "existing pools: 'us-east-1_TestPool1'"
        assert second.why == "the pool is in us-east-1, the application's client is for eu-west-1"

    def test_secrets_are_masked(self, cognito_pool, client):
        form = {
            "grant_type": "refresh_token",
            "refresh_token": "geheim",
            "client_secret": "geheim",
            "password": "geheim",
        }
        requests.post("https://myapp.auth.us-east-1.amazoncognito.com/oauth2/token", data=form, timeout=5)
        assert "geheim" not in repr(cognito_pool.calls)
        assert cognito_pool.calls[0].request["refresh_token"] == "geheim"

    def test_codes_and_tokens_are_masked(self, cognito_pool, client, url):
        cognito_pool.add_user("ana")
        back = cognito_pool.managed_login(url(), "ana")
        reply = cognito_pool.calls[-1].reply
        assert reply == {"Location": back}
        assert repr(reply) == "{'Location': '***'}"

    def test_calls_of_functions(self, cognito_pool, cognito_idp):
        domain = cognito_pool.add_domain("myapp")
        cognito_pool.add_user("ana", status="UNCONFIRMED")

        def ask(event, context):
            requests.post(f"{domain.url}/oauth2/token", timeout=5)
            return event

        cognito_pool.on("PostConfirmation", ask)
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert [call.operation for call in cognito_pool.triggers[0].calls] == ["POST /oauth2/token"]
