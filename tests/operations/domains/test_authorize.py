"""/oauth2/authorize: facts/oauth.md, section 3."""

from __future__ import annotations

import re

import pytest

from pytest_cognito_pool import UnreportedError, UnsupportedOperationError

from .conftest import CALLBACK, HOST, query

evidence = pytest.mark.evidence


@evidence("observed", "capture of 2025: the request's own query goes on, and a token against forged forms is set")
def test_a_new_browser_is_sent_to_the_login_page(get, authorize_url):
    url = authorize_url()
    reply = get(url)
    assert reply.status_code == 302
    assert reply.headers["Location"] == url.replace("/oauth2/authorize", "/login")
    first, *gone = reply.raw.headers.getlist("Set-Cookie")
    assert re.fullmatch("XSRF-TOKEN=[0-9a-f-]{36}; Path=/; Secure; HttpOnly; SameSite=Lax", first)
    until = "Expires=Thu, 01-Jan-1970 00:00:10 GMT; Path=/; Secure; HttpOnly"
    assert gone == [f'csrf-state=""; {until}; SameSite=None', f'csrf-state-legacy=""; {until}']


@evidence("observed", "captures of 2022 and 2023")
def test_the_answer_has_security_headers_and_a_request_id(get, authorize_url):
    headers = get(authorize_url()).headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000 ; includeSubDomains"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Server"] == "Server"
    assert len(headers["x-amz-cognito-request-id"]) == 36


@evidence("observed", "captures: a UUID, and the state that was sent")
@pytest.mark.parametrize(("state", "names"), [("s1", ["code", "state"]), (None, ["code"])])
def test_the_response_type_code_returns_a_code_and_the_given_state(cognito_pool, authorize_url, state, names):
    cognito_pool.add_user("ana")
    url = cognito_pool.managed_login(authorize_url(state=state), "ana")
    assert url.startswith(f"{CALLBACK}?code=")
    assert list(query(url)) == names
    assert len(query(url)["code"]) == 36


@evidence("observed", "two captures: the fragment, never with a refresh token")
@pytest.mark.parametrize(("scope", "first"), [("openid", ["id_token", "access_token"]), ("email", ["access_token"])])
def test_the_response_type_token_returns_tokens_in_the_fragment(cognito_pool, authorize_url, scope, first):
    cognito_pool.add_user("ana")
    url = cognito_pool.managed_login(authorize_url(response_type="token", scope=scope, state=None), "ana")
    assert url.startswith(f"{CALLBACK}#")
    assert list(query(url)) == [*first, "expires_in", "token_type"]
    assert query(url)["token_type"] == "Bearer"


@evidence("documented", "a user who is signed in in the browser is sent back to the application at once")
def test_a_signed_in_browser_skips_the_login_page_for_one_hour(cognito, cognito_pool, authorize_url, session_of):
    browser = session_of("ana")
    cognito_pool.triggers  # noqa: B018 - what ran before is not what is looked at
    before = len(cognito_pool.triggers)
    reply = browser.get(authorize_url(), allow_redirects=False)
    assert reply.headers["Location"].startswith(f"{CALLBACK}?code=")
    assert cognito_pool.triggers.sources[before:] == ["TokenGeneration_HostedAuth"]
    assert "/login?" in browser.get(authorize_url(prompt="login"), allow_redirects=False).headers["Location"]
    cognito.clock.advance(hours=1, seconds=1)
    assert "/login?" in browser.get(authorize_url(), allow_redirects=False).headers["Location"]


@evidence("inferred", "characters that a header cannot contain are escaped")
def test_letters_outside_ascii_in_the_callback_url_are_percent_encoded(cognito_pool, app, authorize_url):
    callback = "https://app.example.com/zurück/名"
    client = app(CallbackURLs=[callback])
    cognito_pool.add_user("ana")
    url = cognito_pool.managed_login(authorize_url(client_id=client.id, redirect_uri=callback), "ana")
    assert url.startswith("https://app.example.com/zur%C3%BCck/%E5%90%8D?code=")


class TestErrorPage:
    @evidence("observed", "five reports, 2022 to 2026")
    @pytest.mark.parametrize("uri", [f"{CALLBACK}/", CALLBACK.upper(), "https://app.example.com:8443/callback"])
    def test_a_redirect_uri_that_the_app_client_does_not_list_is_refused(self, get, authorize_url, client, uri):
        reply = get(authorize_url(redirect_uri=uri))
        assert reply.headers["Location"] == f"{HOST}/error?error=redirect_mismatch&client_id={client.id}"
        page = get(reply.headers["Location"])
        assert page.status_code == 400
        assert "An error was encountered with the requested page." in page.text
        assert "redirect_mismatch" in page.text

    @evidence("observed", "NASA-IMPACT/veda-data-airflow#170")
    @pytest.mark.parametrize("name", ["client_id", "redirect_uri"])
    def test_a_missing_client_id_or_redirect_uri_is_refused(self, get, authorize_url, name):
        location = get(authorize_url(**{name: None})).headers["Location"]
        assert location == f"{HOST}/error?error=Required+parameters+missing"

    @evidence("inferred", "that the browser is sent to the error page")
    def test_an_unknown_app_client_is_refused(self, get, authorize_url, cognito_pool):
        assert get(authorize_url(client_id="unknown")).headers["Location"].startswith(f"{HOST}/error?")
        assert "not 'unknown'" in cognito_pool.calls[-1].why

    @evidence("observed", "capture of 2026: the error page; the error code is documented")
    @pytest.mark.parametrize(
        "settings",
        [{"AllowedOAuthFlows": ["code"]}, {"AllowedOAuthFlowsUserPoolClient": False}],
    )
    def test_a_flow_that_the_app_client_does_not_allow_is_refused(self, get, app, authorize_url, settings):
        client = app(**settings)
        location = get(authorize_url(client_id=client.id, response_type="token")).headers["Location"]
        assert location == f"{HOST}/error?error=unauthorized_client&client_id={client.id}"


class TestErrorsAtTheCallback:
    @evidence("observed", "trial of 2026-05, and seven reports")
    @pytest.mark.parametrize("scope", ["phone", "openid unknown", "offline_access"])
    def test_a_scope_that_the_app_client_does_not_allow_is_refused(self, get, authorize_url, scope):
        location = get(authorize_url(scope=scope)).headers["Location"]
        assert location == f"{CALLBACK}?error_description=invalid_scope&state=s1&error=invalid_request"

    @evidence("observed", "capture: in the fragment, for the implicit flow")
    def test_the_implicit_flow_has_the_error_in_the_fragment(self, get, authorize_url):
        location = get(authorize_url(scope="phone", response_type="token", state=None)).headers["Location"]
        assert location == f"{CALLBACK}#error_description=invalid_scope&error=invalid_request"

    @evidence("documented", "invalid_request")
    @pytest.mark.parametrize(
        "changes",
        [
            {"response_type": None},
            {"response_type": "id_token"},
            {"code_challenge": "x" * 43},
            {"code_challenge_method": "S256"},
            {"code_challenge": "x" * 43, "code_challenge_method": "plain"},
        ],
    )
    def test_a_wrong_response_type_or_code_challenge_is_an_invalid_request(self, get, authorize_url, changes):
        assert get(authorize_url(**changes)).headers["Location"] == f"{CALLBACK}?state=s1&error=invalid_request"

    @evidence("inferred", "OpenID Connect: no user is signed in")
    def test_prompt_none_without_a_session_returns_login_required(self, get, authorize_url):
        assert query(get(authorize_url(prompt="none")).headers["Location"])["error"] == "login_required"

    @evidence("observed", "amplify-js#14063, two projects of 2026: the text, a dot and a space")
    def test_the_text_of_a_failing_function_is_the_error_description(self, cognito_pool, authorize_url):
        cognito_pool.add_user("ana")
        cognito_pool.on("PreTokenGeneration", raises=ValueError("no plan"))
        url = cognito_pool.managed_login(authorize_url(), "ana")
        text = "PreTokenGeneration+failed+with+error+no+plan.+"
        assert url == f"{CALLBACK}?error_description={text}&state=s1&error=invalid_request"


@evidence("inferred", "the fake cannot send a browser to an identity provider")
def test_the_parameter_identity_provider_is_not_simulated(cognito, get, authorize_url):
    with pytest.raises(UnsupportedOperationError, match="identity_provider='Google'"):
        get(authorize_url(identity_provider="Google"))
    with pytest.raises(UnreportedError):
        cognito.check()
