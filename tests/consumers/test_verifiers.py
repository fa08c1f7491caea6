"""Libraries that verify tokens by keys that they fetch themselves, unmodified."""

from __future__ import annotations

import asyncio
import base64
import json
import ssl
from datetime import timedelta

import jwt
import pytest

REASON = "needs the extra consumers"
pytestmark = [
    # What python-jose calls is deprecated from Python 3.12 on.
    pytest.mark.filterwarnings("ignore:datetime.datetime.utc:DeprecationWarning"),
    # Libraries keep keys for one event loop, and each test has its own.
    pytest.mark.filterwarnings("ignore:alru_cache detected event loop change"),
]


@pytest.fixture(autouse=True)
def _no_key_files(monkeypatch):
    """Have no library read keys from where its own variable says."""
    for name in ("AWS_COGNITO_JWKS_PATH", "AWS_COGNITO_KEYS_URL", "COGNITO_JWKS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def ana(cognito_pool):
    return cognito_pool.add_user("ana", groups=["staff"])


@pytest.fixture
def tokens(cognito_pool):
    return cognito_pool.sign_in("ana")


@pytest.fixture(params=["of another pool", "expired", "changed"])
def bad(request, cognito, cognito_pool):
    """Tokens that the pool's application is to refuse."""
    if request.param == "of another pool":
        other = cognito.create_pool()
        other.add_user("ana")
        return other.sign_in("ana", other.create_client())
    if request.param == "expired":
        cognito.clock.move_to(cognito.clock.now() - timedelta(hours=2))
        return cognito_pool.sign_in("ana")
    tokens = cognito_pool.sign_in("ana")
    return tokens._replace(access_token=changed(tokens.access_token), id_token=changed(tokens.id_token))


def changed(token):
    """The token with other claims under the same signature."""
    header, _, signature = token.split(".")
    claims = {**jwt.decode(token, options={"verify_signature": False}), "sub": "somebody else"}
    return f"{header}.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.{signature}"


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def keys_url(pool):
    return f"{pool.issuer}/.well-known/jwks.json"


@pytest.fixture(params=["without", "with"])
def pyjwt(request, cognito_pool):
    """An application that verifies ID tokens by PyJWT, with and without an SSL context of its own."""
    context = ssl.create_default_context() if request.param == "with" else None
    client = jwt.PyJWKClient(keys_url(cognito_pool), ssl_context=context)

    def verify(token):
        given = {"audience": cognito_pool.client.id, "issuer": cognito_pool.issuer}
        return jwt.decode(token, client.get_signing_key_from_jwt(token), algorithms=["RS256"], **given)

    return verify


def test_pyjwt_fetches_the_keys(pyjwt, ana, tokens):
    assert pyjwt(tokens.id_token) == tokens.id_claims
    assert tokens.id_claims["sub"] == ana.sub


def test_pyjwt_refuses_a_bad_token(pyjwt, bad):
    with pytest.raises(jwt.PyJWTError):
        pyjwt(bad.id_token)


def test_pyjwt_finds_no_key_of_another_pool(cognito, cognito_pool, tokens):
    client = jwt.PyJWKClient(keys_url(cognito.create_pool()))
    with pytest.raises(jwt.PyJWKClientError, match="Unable to find a signing key"):
        client.get_signing_key_from_jwt(tokens.access_token)


def test_pyjwt_is_told_of_an_unknown_pool(cognito_pool, tokens):
    client = jwt.PyJWKClient("https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Unknown01/.well-known/jwks.json")
    with pytest.raises(jwt.PyJWKClientConnectionError, match="400"):
        client.get_signing_key_from_jwt(tokens.access_token)


@pytest.fixture
def joserfc(cognito_pool):
    """An application that verifies ID tokens by joserfc, with keys fetched by requests."""
    pytest.importorskip("joserfc", reason=REASON)
    requests = pytest.importorskip("requests", reason=REASON)
    from joserfc import jwk, jwt  # noqa: PLC0415

    key_set = jwk.KeySet.import_key_set(requests.get(keys_url(cognito_pool), timeout=5).json())
    expected = {"aud": cognito_pool.client.id, "iss": cognito_pool.issuer}
    registry = jwt.JWTClaimsRegistry(**{name: {"essential": True, "value": value} for name, value in expected.items()})

    def verify(token):
        claims = jwt.decode(token, key_set, algorithms=["RS256"]).claims
        registry.validate(claims)
        return claims

    return verify


def test_joserfc_verifies_a_token(joserfc, tokens):
    assert joserfc(tokens.id_token) == tokens.id_claims


def test_joserfc_refuses_a_bad_token(joserfc, bad):
    errors = pytest.importorskip("joserfc.errors", reason=REASON)
    with pytest.raises(errors.JoseError):
        joserfc(bad.id_token)


@pytest.fixture
def jwcrypto(cognito_pool):
    """An application that verifies ID tokens by jwcrypto, with keys fetched by urllib3."""
    jwk = pytest.importorskip("jwcrypto.jwk", reason=REASON)
    library = pytest.importorskip("jwcrypto.jwt", reason=REASON)
    urllib3 = pytest.importorskip("urllib3", reason=REASON)
    key_set = jwk.JWKSet.from_json(urllib3.request("GET", keys_url(cognito_pool)).data)
    expected = {"aud": cognito_pool.client.id, "iss": cognito_pool.issuer, "exp": None}

    def verify(token):
        return json.loads(library.JWT(jwt=token, key=key_set, algs=["RS256"], check_claims=expected).claims)

    return verify


def test_jwcrypto_verifies_a_token(jwcrypto, tokens):
    assert jwcrypto(tokens.id_token) == tokens.id_claims


def test_jwcrypto_refuses_a_bad_token(jwcrypto, bad):
    common = pytest.importorskip("jwcrypto.common", reason=REASON)
    with pytest.raises(common.JWException):
        jwcrypto(bad.id_token)


@pytest.fixture(params=["sync", "async"])
def cognitojwt(request, cognito_pool):
    """An application that verifies access tokens by cognitojwt."""
    library = pytest.importorskip("cognitojwt", reason=REASON)

    def verify(token):
        given = (token, cognito_pool.region, cognito_pool.id, cognito_pool.client.id)
        return library.decode(*given) if request.param == "sync" else asyncio.run(library.decode_async(*given))

    return verify


def test_cognitojwt_verifies_a_token(cognitojwt, tokens):
    assert cognitojwt(tokens.access_token) == tokens.access_claims
    assert cognitojwt(tokens.id_token) == tokens.id_claims


def test_cognitojwt_refuses_a_bad_token(cognitojwt, bad):
    errors = pytest.importorskip("cognitojwt", reason=REASON)
    with pytest.raises(errors.CognitoJWTException):
        cognitojwt(bad.access_token)


def test_cognitojwt_refuses_another_app_client(cognito_pool, cognitojwt):
    errors = pytest.importorskip("cognitojwt", reason=REASON)
    token = cognito_pool.sign_in("ana", cognito_pool.create_client()).access_token
    with pytest.raises(errors.CognitoJWTException, match="not issued for this client id"):
        cognitojwt(token)


@pytest.fixture
def flask_cognito(cognito_pool):
    """An application in Flask with flask-cognito; a client of it."""
    library = pytest.importorskip("flask_cognito", reason=REASON)
    flask = pytest.importorskip("flask", reason=REASON)
    app = flask.Flask("app")
    app.config.update(COGNITO_REGION=cognito_pool.region, COGNITO_USERPOOL_ID=cognito_pool.id)
    app.config["COGNITO_APP_CLIENT_ID"] = cognito_pool.client.id
    library.CognitoAuth(app)

    @app.get("/me")
    @library.cognito_auth_required
    @library.cognito_check_groups(["staff"])
    def me():
        return dict(library.current_cognito_jwt)

    return app.test_client()


def test_flask_cognito_verifies_a_token(flask_cognito, tokens):
    assert flask_cognito.get("/me", headers=bearer(tokens.access_token)).json == tokens.access_claims


def test_flask_cognito_refuses_a_bad_token(flask_cognito, bad):
    answer = flask_cognito.get("/me", headers=bearer(bad.access_token))
    assert (answer.status_code, answer.json["error"]) == (401, "Invalid Cognito Authentication Token")


@pytest.fixture
def django_cognito_jwt(cognito_pool):
    """An application in Django REST framework with django-cognito-jwt: who is it that sends a token?"""
    conf = pytest.importorskip("django.conf", reason=REASON)
    library = pytest.importorskip("django_cognito_jwt", reason=REASON)
    client = pytest.importorskip("django.test", reason=REASON)
    if not conf.settings.configured:
        # Once for the process, as Django has it; the pool of each test has the same names.
        conf.settings.configure(
            COGNITO_AWS_REGION=cognito_pool.region,
            COGNITO_USER_POOL=cognito_pool.id,
            COGNITO_AUDIENCE=cognito_pool.client.id,
            COGNITO_PUBLIC_KEYS_CACHING_ENABLED=True,
            USE_I18N=False,
        )

    class Users:
        class objects:  # noqa: N801 - Django's own name
            @staticmethod
            def get_or_create_for_cognito(claims):
                return claims

    class Authentication(library.JSONWebTokenAuthentication):
        def get_user_model(self):
            return Users

    return lambda token: Authentication().authenticate(client.RequestFactory().get("/", headers=bearer(token)))


def test_django_cognito_jwt_verifies_a_token(django_cognito_jwt, tokens):
    assert django_cognito_jwt(tokens.id_token) == (tokens.id_claims, tokens.id_token.encode())


def test_django_cognito_jwt_refuses_a_bad_token(django_cognito_jwt, bad):
    exceptions = pytest.importorskip("rest_framework.exceptions", reason=REASON)
    with pytest.raises(exceptions.AuthenticationFailed):
        django_cognito_jwt(bad.id_token)


@pytest.fixture
def pycognito(cognito_pool):
    """A pycognito client that fetches the keys itself."""
    library = pytest.importorskip("pycognito", reason=REASON)
    return library.Cognito(cognito_pool.id, cognito_pool.client.id, username="ana", user_pool_region="us-east-1")


def test_pycognito_fetches_the_keys(cognito_pool, pycognito, ana):
    pycognito.authenticate(password=ana.password)
    assert pycognito.pool_jwk == cognito_pool.jwks
    assert pycognito.id_claims["sub"] == pycognito.access_claims["sub"] == ana.sub


def test_pycognito_refuses_a_bad_token(pycognito, bad):
    errors = pytest.importorskip("pycognito.exceptions", reason=REASON)
    # It says so of a key that it does not know.
    with pytest.raises((errors.TokenVerificationException, IndexError)):
        pycognito.verify_token(bad.access_token, "access_token", "access")


@pytest.fixture
def chalice_cognito_auth(cognito_pool):
    """The authorizer of an application in Chalice, for ID tokens."""
    library = pytest.importorskip("chalice_cognito_auth.authorizer", reason=REASON)
    decoder = pytest.importorskip("chalice_cognito_auth.decoder", reason=REASON)
    app = pytest.importorskip("chalice.app", reason=REASON)
    keys = decoder.KeyFetcher(cognito_pool.region, cognito_pool.id)
    authorizer = library.UserPoolAuthorizer(decoder.TokenDecoder(keys, cognito_pool.client.id))
    return lambda token: authorizer.auth_handler(app.AuthRequest("TOKEN", token, "arn:aws:execute-api:::"))


def test_chalice_cognito_auth_verifies_a_token(chalice_cognito_auth, tokens):
    answer = chalice_cognito_auth(tokens.id_token)
    assert (answer.routes, answer.principal_id) == (["*"], "ana")


def test_chalice_cognito_auth_refuses_a_bad_token(chalice_cognito_auth, bad):
    answer = chalice_cognito_auth(bad.id_token)
    assert (answer.routes, answer.principal_id) == ([], None)


@pytest.fixture
def serve():
    """Serve what a dependency of FastAPI finds in a request, to a client."""
    fastapi = pytest.importorskip("fastapi", reason=REASON)
    testclient = pytest.importorskip("fastapi.testclient", reason=REASON)

    def serve(dependency):
        app = fastapi.FastAPI()

        @app.get("/me")
        def me(found=fastapi.Depends(dependency)):  # noqa: B008 - FastAPI's own way
            return found

        return testclient.TestClient(app)

    return serve


@pytest.fixture
def fastapi_cognito(cognito_pool, serve):
    """An application in FastAPI with fastapi-cognito; a client of it."""
    library = pytest.importorskip("fastapi_cognito", reason=REASON)
    pool = {"region": cognito_pool.region, "userpool_id": cognito_pool.id, "app_client_id": cognito_pool.client.id}
    header = {"jwt_header_name": "Authorization", "jwt_header_prefix": "Bearer"}
    settings = library.CognitoSettings(check_expiration=True, userpools={"main": pool}, **header)
    return serve(library.CognitoAuth(settings).auth_required)


def test_fastapi_cognito_verifies_a_token(fastapi_cognito, ana, tokens):
    said = fastapi_cognito.get("/me", headers=bearer(tokens.access_token)).json()
    assert (said["sub"], said["username"], said["token_use"]) == (ana.sub, "ana", "access")


def test_fastapi_cognito_refuses_a_bad_token(fastapi_cognito, bad):
    assert fastapi_cognito.get("/me", headers=bearer(bad.access_token)).status_code == 401


@pytest.fixture
def fastapi_cloudauth(cognito_pool, serve):
    """An application in FastAPI with fastapi-cloudauth, which fetches the keys at once; a client of it."""
    library = pytest.importorskip("fastapi_cloudauth.cognito", reason=REASON)
    return serve(library.CognitoCurrentUser(cognito_pool.region, cognito_pool.id, cognito_pool.client.id))


@pytest.mark.filterwarnings("ignore:The `parse_obj` method is deprecated")
def test_fastapi_cloudauth_verifies_a_token(fastapi_cloudauth, tokens):
    said = fastapi_cloudauth.get("/me", headers=bearer(tokens.id_token)).json()
    assert said == {"cognito:username": "ana", "email": "ana@example.com"}


def test_fastapi_cloudauth_refuses_a_bad_token(fastapi_cloudauth, bad):
    assert fastapi_cloudauth.get("/me", headers=bearer(bad.id_token)).status_code == 401
