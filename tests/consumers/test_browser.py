"""A person signs in on the pages, in a real browser."""

from __future__ import annotations

import os
import shutil
from urllib.parse import urlencode

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="needs the extra consumers")

CHROMIUM = "PYTEST_COGNITO_POOL_CHROMIUM"
# Nothing is asked of the network in the background.
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture
def page():
    program = os.environ.get(CHROMIUM) or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip(f"needs Chromium: chromium on the PATH, or its path in {CHROMIUM}")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=QUIET)
        yield browser.new_page()
        browser.close()


@pytest.fixture
def callback(cognito_server):
    """Where the application would be; that there is no page does not matter to the browser."""
    return f"{cognito_server.url}/callback"


@pytest.fixture
def address(cognito_pool, cognito_server, callback):
    """The address of a page."""
    cognito_pool.add_domain("myapp")
    client = cognito_pool.create_client(
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid"],
        CallbackURLs=[callback],
        SupportedIdentityProviders=["COGNITO"],
    )
    query = urlencode({"response_type": "code", "client_id": client.id, "redirect_uri": callback})
    return lambda path: f"{cognito_server.url}{path}?{query}"


def test_somebody_signs_in(cognito_pool, page, address, callback):
    cognito_pool.add_user("ana", password="Passw0rd!")
    page.goto(address("/oauth2/authorize"))
    page.get_by_label("Username").fill("ana")
    page.get_by_label("Password").fill("Wrong-1!")
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_role("alert").inner_text() == "Incorrect username or password."
    page.get_by_label("Password").fill("Passw0rd!")
    # With the keyboard alone.
    page.keyboard.press("Enter")
    page.wait_for_url(f"{callback}?code=*")
    page.goto(address("/oauth2/authorize"))
    assert page.url.startswith(f"{callback}?code=")
    assert len(cognito_pool.users["ana"].sign_ins) == 2


@pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
def test_somebody_signs_up(cognito_pool, page, address, callback):
    page.goto(address("/login"))
    page.get_by_role("link", name="Sign up").click()
    page.get_by_label("Username").fill("ana")
    page.get_by_label("Email address").fill("ana@example.com")
    page.get_by_label("Password").fill("Passw0rd!")
    page.get_by_role("button", name="Sign up").click()
    page.get_by_label("Verification code").fill(cognito_pool.outbox.one().code)
    page.get_by_role("button", name="Confirm account").click()
    page.wait_for_url(f"{callback}?code=*")
    assert cognito_pool.users["ana"].status == "CONFIRMED"
