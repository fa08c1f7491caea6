"""What tests of domains share: a domain, an app client that may use it, and the requests of a browser."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

CALLBACK = "https://app.example.com/callback"
LOGGED_OUT = "https://app.example.com/"
HOST = "https://myapp.auth.us-east-1.amazoncognito.com"


def query(url):
    """The parameters of a URL, in their order."""
    parts = urlsplit(url)
    return {name: values[0] for name, values in parse_qs(parts.query or parts.fragment).items()}


@pytest.fixture
def domain(cognito_pool):
    return cognito_pool.add_domain("myapp")


@pytest.fixture
def app(cognito_pool, domain):
    """An app client for the pages; settings replace its own."""

    def app(**settings):
        return cognito_pool.create_client(
            **{
                "AllowedOAuthFlowsUserPoolClient": True,
                "AllowedOAuthFlows": ["code", "implicit"],
                "AllowedOAuthScopes": ["openid", "email", "profile"],
                "CallbackURLs": [CALLBACK],
                "LogoutURLs": [LOGGED_OUT],
                "SupportedIdentityProviders": ["COGNITO"],
                **settings,
            }
        )

    return app


@pytest.fixture
def client(app):
    return app()


@pytest.fixture
def authorize_url(client):
    """The URL that the application sends the browser to; None leaves a parameter out."""

    def authorize_url(**changes):
        usual = {"response_type": "code", "client_id": client.id, "redirect_uri": CALLBACK, "state": "s1"}
        given = {name: value for name, value in {**usual, **changes}.items() if value is not None}
        return f"{HOST}/oauth2/authorize?{urlencode(given)}"

    return authorize_url


@pytest.fixture
def get():
    """A page, by a new browser; redirects are not followed."""

    def get(url, **options):
        return requests.get(url, allow_redirects=False, timeout=5, **options)

    return get


@pytest.fixture
def token(client):
    """Ask the token endpoint."""

    def token(by=None, /, headers=None, **form):
        by = by or client
        auth = (by.id, by.secret) if by.secret else None
        form = form if by.secret else {"client_id": by.id, **form}
        return requests.post(f"{HOST}/oauth2/token", data=form, auth=auth, headers=headers, timeout=5)

    return token


@pytest.fixture
def code(cognito_pool, authorize_url):
    """An authorization code of a user who signed in on the page."""

    def code(username="ana", **changes):
        if username not in cognito_pool.users:
            cognito_pool.add_user(username)
        return query(cognito_pool.managed_login(authorize_url(**changes), username))["code"]

    return code


@pytest.fixture
def exchanged(code, token):
    """The tokens of a user who signed in on the page."""

    def exchanged(**changes):
        reply = token(grant_type="authorization_code", code=code(**changes), redirect_uri=CALLBACK)
        assert reply.status_code == 200, reply.text
        return reply.json()

    return exchanged


@pytest.fixture
def session_of(cognito_pool, authorize_url):
    """A browser in which the user has signed in on the form."""

    def session_of(username):
        cognito_pool.add_user(username)
        browser = requests.Session()
        page = browser.get(authorize_url(), timeout=5)
        form = {
            "_csrf": browser.cookies["XSRF-TOKEN"],
            "username": username,
            "password": cognito_pool.users[username].password,
        }
        reply = browser.post(page.url, data=form, allow_redirects=False, timeout=5)
        assert reply.headers["Location"].startswith(CALLBACK)
        return browser

    return session_of
