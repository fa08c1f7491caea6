"""Libraries that get tokens from a domain, and plain code that calls the service by HTTP, unmodified."""

from __future__ import annotations

import asyncio
import http.client
import json
import re

import pytest

REASON = "needs the extra consumers"
CALLBACK = "https://app.example.com/callback"
SECURE = {"base_url": "https://app.example.com"}
API = "cognito-idp.us-east-1.amazonaws.com"
HEADERS = {
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
}


@pytest.fixture(autouse=True)
def ana(cognito_pool):
    return cognito_pool.add_user("ana")


@pytest.fixture
def domain(cognito_pool):
    return cognito_pool.add_domain("myapp").url


@pytest.fixture
def web(cognito_pool):
    """An app client with a secret, of an application that users sign in to."""
    return cognito_pool.create_client(
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid", "email"],
        CallbackURLs=[CALLBACK],
        SupportedIdentityProviders=["COGNITO"],
        GenerateSecret=True,
    )


@pytest.fixture
def machine(cognito_idp, cognito_pool):
    """An app client of an application without users."""
    scopes = [{"ScopeName": "read", "ScopeDescription": "Read"}]
    cognito_idp.create_resource_server(UserPoolId=cognito_pool.id, Identifier="api", Name="API", Scopes=scopes)
    return cognito_pool.create_client(
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["client_credentials"],
        AllowedOAuthScopes=["api/read"],
        GenerateSecret=True,
    )


@pytest.fixture
def claims(cognito_pool):
    """What a token says, verified."""
    jwt = pytest.importorskip("jwt", reason=REASON)
    client = jwt.PyJWKClient(f"{cognito_pool.issuer}/.well-known/jwks.json")

    def claims(token, audience=None):
        key = client.get_signing_key_from_jwt(token)
        return jwt.decode(token, key, algorithms=["RS256"], issuer=cognito_pool.issuer, audience=audience)

    return claims


@pytest.fixture
def authlib(domain, web):
    """Make a session of Authlib by requests."""
    library = pytest.importorskip("authlib.integrations.requests_client", reason=REASON)

    def session(client=web, **options):
        given = {"client_id": client.id, "client_secret": client.secret, "token_endpoint": f"{domain}/oauth2/token"}
        return library.OAuth2Session(**{**given, **options})

    return session


def test_authlib_exchanges_a_code(cognito_pool, domain, web, ana, authlib, claims):
    session = authlib(scope="openid email", redirect_uri=CALLBACK, code_challenge_method="S256")
    url, state = session.create_authorization_url(f"{domain}/oauth2/authorize", code_verifier="v" * 48, nonce="n-1")
    callback = cognito_pool.managed_login(url, "ana")
    token = session.fetch_token(authorization_response=callback, state=state, code_verifier="v" * 48)
    said = claims(token["id_token"], web.id)
    assert (said["sub"], said["email"], said["nonce"]) == (ana.sub, "ana@example.com", "n-1")
    assert claims(token["access_token"])["scope"] == "openid email"
    assert session.get(f"{domain}/oauth2/userInfo").json()["username"] == "ana"
    assert cognito_pool.calls.operations[-2:] == ["POST /oauth2/token", "GET /oauth2/userInfo"]


def test_authlib_refreshes_until_it_revokes(cognito_pool, domain, web, authlib):
    errors = pytest.importorskip("authlib.integrations.base_client", reason=REASON)
    refresh_token = cognito_pool.sign_in("ana", web, scopes=["openid"]).refresh_token
    session = authlib()
    assert session.refresh_token(refresh_token=refresh_token)["token_type"] == "Bearer"
    assert session.revoke_token(f"{domain}/oauth2/revoke", refresh_token).status_code == 200
    with pytest.raises(errors.OAuthError, match="invalid_grant"):
        session.refresh_token(refresh_token=refresh_token)


def test_authlib_is_refused_a_wrong_verifier(cognito_pool, domain, authlib):
    errors = pytest.importorskip("authlib.integrations.base_client", reason=REASON)
    session = authlib(scope="openid", redirect_uri=CALLBACK, code_challenge_method="S256")
    url, _ = session.create_authorization_url(f"{domain}/oauth2/authorize", code_verifier="v" * 48)
    callback = cognito_pool.managed_login(url, "ana")
    with pytest.raises(errors.OAuthError, match="invalid_grant"):
        session.fetch_token(authorization_response=callback, code_verifier="w" * 48)


def test_authlib_is_refused_a_wrong_secret(machine, authlib):
    errors = pytest.importorskip("authlib.integrations.base_client", reason=REASON)
    with pytest.raises(errors.OAuthError, match="invalid_client"):
        authlib(machine, client_secret="wrong").fetch_token(grant_type="client_credentials")


def test_authlib_is_refused_a_token_of_another_pool(cognito, domain, authlib):
    other = cognito.create_pool()
    other.add_user("ana")
    stranger = other.sign_in("ana", other.create_client(), scopes=["openid"])
    session = authlib(token={"access_token": stranger.access_token, "token_type": "Bearer"})
    assert session.get(f"{domain}/oauth2/userInfo").status_code == 401


def test_authlib_gets_tokens_asynchronously(domain, machine, claims):
    library = pytest.importorskip("authlib.integrations.httpx_client", reason=REASON)

    async def fetch(secret):
        async with library.AsyncOAuth2Client(machine.id, secret, scope="api/read") as client:
            return await client.fetch_token(f"{domain}/oauth2/token", grant_type="client_credentials")

    said = claims(asyncio.run(fetch(machine.secret))["access_token"])
    assert (said["sub"], said["client_id"], said["scope"]) == (machine.id, machine.id, "api/read")
    with pytest.raises(library.OAuthError, match="invalid_client"):
        asyncio.run(fetch("wrong"))


def test_authlib_signs_a_user_in_asynchronously(cognito_pool, domain, web, ana):
    library = pytest.importorskip("authlib.integrations.httpx_client", reason=REASON)

    async def sign_in():
        async with library.AsyncOAuth2Client(web.id, web.secret, redirect_uri=CALLBACK, scope="openid") as client:
            url, state = client.create_authorization_url(f"{domain}/oauth2/authorize")
            callback = cognito_pool.managed_login(url, "ana")
            await client.fetch_token(f"{domain}/oauth2/token", authorization_response=callback, state=state)
            return (await client.get(f"{domain}/oauth2/userInfo")).json()

    said = asyncio.run(sign_in())
    assert (said["sub"], said["username"]) == (ana.sub, "ana")


@pytest.fixture
def authlib_in_flask(cognito_pool, domain, web):
    """An application in Flask with Authlib, which knows the issuer alone; a client of it."""
    library = pytest.importorskip("authlib.integrations.flask_client", reason=REASON)
    flask = pytest.importorskip("flask", reason=REASON)
    app = flask.Flask("app")
    app.config.update(SECRET_KEY="secret", TESTING=True)
    discovery = f"{cognito_pool.issuer}/.well-known/openid-configuration"
    credentials = {"client_id": web.id, "client_secret": web.secret}
    scope = {"scope": "openid email"}
    cognito = library.OAuth(app).register("cognito", server_metadata_url=discovery, client_kwargs=scope, **credentials)
    app.add_url_rule("/login", "login", lambda: cognito.authorize_redirect(CALLBACK))
    app.add_url_rule("/callback", "callback", lambda: dict(cognito.authorize_access_token()["userinfo"]))
    return app.test_client()


def test_authlib_in_flask_signs_a_user_in(cognito_pool, domain, web, ana, authlib_in_flask):
    url = authlib_in_flask.get("/login", **SECURE).location
    assert url.startswith(f"{domain}/oauth2/authorize?")
    said = authlib_in_flask.get(cognito_pool.managed_login(url, "ana")).json
    assert (said["sub"], said["email"], said["aud"]) == (ana.sub, "ana@example.com", web.id)
    assert cognito_pool.calls.operations[-1] == "POST /oauth2/token"


def test_authlib_in_flask_refuses_another_nonce(cognito_pool, authlib_in_flask):
    errors = pytest.importorskip("joserfc.errors", reason=REASON)
    url = re.sub("nonce=[^&]+", "nonce=other", authlib_in_flask.get("/login", **SECURE).location)
    with pytest.raises(errors.InvalidClaimError, match="nonce"):
        authlib_in_flask.get(cognito_pool.managed_login(url, "ana"))


def test_authlib_in_flask_is_refused_a_used_code(cognito_pool, authlib_in_flask):
    errors = pytest.importorskip("authlib.integrations.base_client", reason=REASON)
    first = cognito_pool.managed_login(authlib_in_flask.get("/login", **SECURE).location, "ana")
    authlib_in_flask.get(first)
    second = cognito_pool.managed_login(authlib_in_flask.get("/login", **SECURE).location, "ana")
    used = re.search("code=[^&]+", first)[0]
    with pytest.raises(errors.OAuthError, match="invalid_grant"):
        authlib_in_flask.get(re.sub("code=[^&]+", used, second))


def test_requests_oauthlib_signs_a_user_in(cognito_pool, domain, web, ana, claims):
    library = pytest.importorskip("requests_oauthlib", reason=REASON)
    session = library.OAuth2Session(web.id, redirect_uri=CALLBACK, scope=["openid", "email"])
    url, _ = session.authorization_url(f"{domain}/oauth2/authorize")
    callback = cognito_pool.managed_login(url, "ana")
    token_url, secret = f"{domain}/oauth2/token", {"client_id": web.id, "client_secret": web.secret}
    token = session.fetch_token(token_url, authorization_response=callback, client_secret=web.secret)
    assert claims(token["id_token"], web.id)["sub"] == ana.sub
    assert session.get(f"{domain}/oauth2/userInfo").json()["email"] == "ana@example.com"
    assert session.refresh_token(token_url, **secret)["access_token"] != token["access_token"]


def test_requests_oauthlib_refuses_another_state(cognito_pool, domain, web):
    library = pytest.importorskip("requests_oauthlib", reason=REASON)
    errors = pytest.importorskip("oauthlib.oauth2", reason=REASON)
    session = library.OAuth2Session(web.id, redirect_uri=CALLBACK, scope=["openid"])
    url, state = session.authorization_url(f"{domain}/oauth2/authorize")
    callback = cognito_pool.managed_login(url.replace(state, "other"), "ana")
    with pytest.raises(errors.MismatchingStateError):
        session.fetch_token(f"{domain}/oauth2/token", authorization_response=callback, client_secret=web.secret)


def test_requests_oauthlib_gets_a_token_of_a_machine(domain, machine, claims):
    library = pytest.importorskip("requests_oauthlib", reason=REASON)
    oauth2 = pytest.importorskip("oauthlib.oauth2", reason=REASON)
    session = library.OAuth2Session(client=oauth2.BackendApplicationClient(machine.id))
    given = {"token_url": f"{domain}/oauth2/token", "client_id": machine.id}
    token = session.fetch_token(client_secret=machine.secret, scope=["api/read"], **given)
    assert claims(token["access_token"])["scope"] == "api/read"
    assert "id_token" not in token
    with pytest.raises(oauth2.InvalidClientError):
        session.fetch_token(client_secret="wrong", **given)
    with pytest.raises(oauth2.InvalidScopeError):
        session.fetch_token(client_secret=machine.secret, scope=["api/write"], **given)


@pytest.fixture
def flask_cognito_lib(cognito_pool, domain, web):
    """An application in Flask with flask-cognito-lib; a client of it."""
    library = pytest.importorskip("flask_cognito_lib", reason=REASON)
    decorators = pytest.importorskip("flask_cognito_lib.decorators", reason=REASON)
    flask = pytest.importorskip("flask", reason=REASON)
    app = flask.Flask("app")
    app.config.update(
        SECRET_KEY="secret",
        TESTING=True,
        AWS_REGION=cognito_pool.region,
        AWS_COGNITO_USER_POOL_ID=cognito_pool.id,
        AWS_COGNITO_USER_POOL_CLIENT_ID=web.id,
        AWS_COGNITO_USER_POOL_CLIENT_SECRET=web.secret,
        AWS_COGNITO_REDIRECT_URL=CALLBACK,
        AWS_COGNITO_LOGOUT_URL="https://app.example.com/bye",
        AWS_COGNITO_DOMAIN=domain,
        AWS_COGNITO_REFRESH_FLOW_ENABLED=True,
    )
    library.CognitoAuth(app)
    app.add_url_rule("/login", "login", decorators.cognito_login(lambda: None))
    shown = lambda: flask.jsonify(dict(flask.session))  # noqa: E731
    app.add_url_rule("/callback", "callback", decorators.cognito_login_callback(shown))
    app.add_url_rule("/refresh", "refresh", decorators.cognito_refresh_callback(shown))
    app.add_url_rule("/logout", "logout", decorators.cognito_logout(lambda: None))
    app.add_url_rule("/me", "me", decorators.auth_required()(lambda: dict(flask.session["claims"])))
    return app.test_client()


def test_flask_cognito_lib_signs_a_user_in_and_out(cognito_pool, ana, flask_cognito_lib):
    url = flask_cognito_lib.get("/login", **SECURE).location
    said = flask_cognito_lib.get(cognito_pool.managed_login(url, "ana")).json
    assert (said["user_info"]["email"], said["claims"]["sub"]) == ("ana@example.com", ana.sub)
    before = flask_cognito_lib.get("/me", **SECURE).json
    assert flask_cognito_lib.get("/refresh", **SECURE).json["claims"]["jti"] != before["jti"]
    assert flask_cognito_lib.get("/logout", **SECURE).status_code == 302
    assert cognito_pool.calls.operations[-3:] == ["POST /oauth2/token", "POST /oauth2/token", "POST /oauth2/revoke"]


def test_flask_cognito_lib_refuses_a_token_of_another_pool(cognito, flask_cognito_lib):
    exceptions = pytest.importorskip("flask_cognito_lib.exceptions", reason=REASON)
    other = cognito.create_pool()
    other.add_user("ana")
    token = other.sign_in("ana", other.create_client()).access_token
    flask_cognito_lib.set_cookie("cognito_access_token", token, domain="app.example.com")
    with pytest.raises(exceptions.CognitoError, match="public keys"):
        flask_cognito_lib.get("/me", **SECURE)


def by_requests(body):
    requests = pytest.importorskip("requests", reason=REASON)
    answer = requests.post(f"https://{API}/", data=body, headers=HEADERS, timeout=5)
    return answer.status_code, answer.json()


def by_urllib3(body):
    urllib3 = pytest.importorskip("urllib3", reason=REASON)
    answer = urllib3.PoolManager().request("POST", f"https://{API}/", body=body, headers=HEADERS)
    return answer.status, answer.json()


def by_http_client(body):
    connection = http.client.HTTPSConnection(API, timeout=5)
    connection.request("POST", "/", body, HEADERS)
    answer = connection.getresponse()
    return answer.status, json.load(answer)


@pytest.mark.parametrize("post", [by_requests, by_urllib3, by_http_client])
def test_plain_code_signs_a_user_in(cognito_pool, ana, claims, post):
    def sign_in(password):
        parameters = {"USERNAME": "ana", "PASSWORD": password}
        call = {"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": cognito_pool.client.id, "AuthParameters": parameters}
        return post(json.dumps(call))

    status, said = sign_in(ana.password)
    assert (status, claims(said["AuthenticationResult"]["AccessToken"])["sub"]) == (200, ana.sub)
    status, said = sign_in("Wrong-1!")
    assert (status, said["__type"]) == (400, "NotAuthorizedException")
    assert cognito_pool.calls.operations == ["InitiateAuth", "InitiateAuth"]
