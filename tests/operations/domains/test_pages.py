"""/login, /signup, /confirm, /confirmUser and /logout: facts/oauth.md, sections 4 and 8."""

from __future__ import annotations

import re
from html import unescape

import pytest
import requests

from pytest_cognito_pool import UnreportedError, UnsupportedOperationError

from .conftest import CALLBACK, HOST, LOGGED_OUT, query

evidence = pytest.mark.evidence


class Browser:
    """Follows links and fills in forms, as a person does."""

    def __init__(self, url):
        self.session = requests.Session()
        self.page = self.session.get(url, timeout=5)

    def send(self, **fields):
        """Post the form of the page, with what is in it already."""
        action = unescape(re.search(r'<form action="([^"]+)"', self.page.text)[1])
        inputs = re.findall(r'<input [^>]*name="([^"]+)"[^>]*?value="([^"]*)"', self.page.text)
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', self.page.text)
        form = {name: unescape(value) for name, value in [*inputs, *hidden]} | fields
        self.page = self.session.post(
            requests.compat.urljoin(self.page.url, action), data=form, allow_redirects=False, timeout=5
        )
        return self

    def follow(self):
        self.page = self.session.get(self.page.headers["Location"], timeout=5)
        return self

    @property
    def location(self):
        return self.page.headers.get("Location", "")

    @property
    def alert(self):
        found = re.search(r'<p role="alert">([^<]+)</p>', self.page.text)
        return unescape(found[1]) if found else ""


@pytest.fixture
def browser(authorize_url):
    def browser(path="/oauth2/authorize", **changes):
        return Browser(authorize_url(**changes).replace("/oauth2/authorize", path))

    return browser


class TestLogin:
    @evidence("observed", "eight scripts, 2021 to 2026, of the form; HTTP capture of 2022 of the answer")
    def test_the_right_password_leads_to_the_application(self, cognito_pool, browser):
        cognito_pool.add_user("ana", password="Passw0rd!")
        visit = browser()
        assert 'name="cognitoSignInForm"' in visit.page.text
        visit.send(username="ana", password="Passw0rd!")
        assert visit.page.status_code == 302
        assert visit.location.startswith(f"{CALLBACK}?code=")
        cookies = visit.page.raw.headers.getlist("Set-Cookie")
        assert [cookie.partition("=")[0] for cookie in cookies] == ["XSRF-TOKEN", "XSRF-TOKEN", "cognito"]
        assert "Expires=Thu, 01-Jan-1970 00:00:10 GMT" in cookies[0]
        assert re.fullmatch(
            r'cognito="H4sI[\w-]+\.H4sI[\w-]+\.3"; Version=1; Domain=myapp\.auth\.us-east-1\.amazoncognito\.com; '
            r"Max-Age=3600; Path=/; Secure; HttpOnly; SameSite=Lax",
            cookies[2],
        )
        assert cognito_pool.triggers.sources == [
            "PreAuthentication_Authentication",
            "TokenGeneration_HostedAuth",
            "PostAuthentication_Authentication",
        ]
        assert len(cognito_pool.users["ana"].sign_ins) == 1

    @evidence("observed", "indirect: the words of the API are on the page, and no redirect leaves it")
    @pytest.mark.parametrize("fields", [{"username": "ana", "password": "Wrong-1!"}, {"username": "", "password": ""}])
    def test_a_wrong_password_shows_the_refusal_on_the_page(self, cognito_pool, browser, fields):
        cognito_pool.add_user("ana")
        visit = browser().send(**fields)
        assert (visit.location, visit.alert) == ("", "Incorrect username or password.")
        assert visit.send(username="ana", password=cognito_pool.users["ana"].password).location.startswith(CALLBACK)

    @evidence("observed", "cgauge/Flask-AWSCognito#2: the question, in a browser with a session")
    def test_a_signed_in_browser_is_asked_to_continue_as_the_same_user(self, session_of, authorize_url):
        browser = session_of("ana")
        page = browser.get(authorize_url().replace("/oauth2/authorize", "/login"), timeout=5)
        assert "Sign In as ana?" in page.text
        first, second = (unescape(link) for link in re.findall(r'<a href="([^"]+)"', page.text))
        assert browser.get(f"{HOST}{first}", allow_redirects=False, timeout=5).headers["Location"].startswith(CALLBACK)
        assert 'name="cognitoSignInForm"' in browser.get(f"{HOST}{second}", timeout=5).text

    @evidence("observed", "eight scripts, 2021 to 2026, of the names and ids in the form")
    def test_the_form_has_the_names_and_ids_of_the_service(self, browser):
        page = browser().page.text
        for part in ('name="_csrf"', 'name="cognitoAsfData"', 'id="signInFormUsername"', 'id="signInFormPassword"'):
            assert part in page

    @evidence("inferred", "as in the API")
    def test_unconfirmed_disabled_and_unknown_users_are_refused(self, cognito_pool, browser):
        cognito_pool.add_user("new", status="UNCONFIRMED")
        cognito_pool.add_user("off", enabled=False)
        found = {name: browser().send(username=name, password="Passw0rd!").alert for name in ("new", "off", "nobody")}
        assert found == {
            "new": "User is not confirmed.",
            "off": "User is disabled.",
            "nobody": "User does not exist.",
        }

    @evidence("observed", "capture of 2026: for a password the text of a function is on the page")
    def test_the_text_of_a_failing_function_is_on_the_page(self, cognito_pool, browser):
        cognito_pool.add_user("ana")
        cognito_pool.on("PreAuthentication", raises=ValueError("not today"))
        visit = browser().send(username="ana", password="Passw0rd!")
        assert visit.alert == "PreAuthentication failed with error not today."

    @evidence(
        "observed", "data.all's client makes the token up: form and cookie must be equal, nothing else is checked"
    )
    def test_the_form_and_the_cookie_must_have_the_same_csrf_token(self, cognito_pool, browser):
        cognito_pool.add_user("ana", password="Passw0rd!")
        visit = browser().send(username="ana", password="Passw0rd!", _csrf="forged")
        assert visit.page.status_code == 403
        form = {"_csrf": "own", "username": "ana", "password": "Passw0rd!"}
        reply = requests.post(
            visit.page.url, data=form, cookies={"XSRF-TOKEN": "own"}, allow_redirects=False, timeout=5
        )
        assert reply.headers["Location"].startswith(CALLBACK)

    @evidence("documented", "login_hint fills in the name")
    def test_login_hint_fills_in_the_username(self, browser):
        assert 'value="ana@example.com"' in browser(login_hint="ana@example.com").page.text

    @evidence("inferred", "the label names the attributes that users of the pool sign in with")
    @pytest.mark.cognito_pool(UsernameAttributes=["email", "phone_number"])
    def test_the_label_names_the_username_attributes_of_the_pool(self, browser):
        assert ">Email address or Phone number</label>" in browser().page.text

    @evidence("observed", "trial of 2026-07: 401 without a provider")
    def test_an_app_client_without_identity_providers_is_refused(self, app, browser):
        client = app(SupportedIdentityProviders=[])
        page = browser(client_id=client.id).page
        assert page.status_code == 401
        assert "Login option is not available. Please try another one" in page.text

    @evidence("inferred", "challenges have their own pages, of which there is no capture")
    @pytest.mark.parametrize(
        ("status", "settings", "case"),
        [
            ("FORCE_CHANGE_PASSWORD", {}, "the challenge NEW_PASSWORD_REQUIRED"),
            ("CONFIRMED", {"MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": True}}, "MFA"),
        ],
    )
    def test_challenges_on_the_page_are_not_simulated(
        self, cognito, cognito_pool, cognito_idp, browser, status, settings, case
    ):
        cognito_pool.add_user("ana", status=status, password="Passw0rd!")
        if settings:
            cognito_idp.set_user_pool_mfa_config(UserPoolId=cognito_pool.id, **settings)
        with pytest.raises(UnsupportedOperationError, match=case if status != "CONFIRMED" else "MfaConfiguration"):
            browser().send(username="ana", password="Passw0rd!")
        with pytest.raises(UnreportedError):
            cognito.check()


class TestManagedLogin:
    @evidence("observed", "six projects, 2025 and 2026; the status measured 2026-08")
    def test_the_app_client_must_have_a_branding_style(self, cognito_pool, cognito_idp, client, get, authorize_url):
        custom = cognito_pool.add_domain("auth.example.com", managed_login=True)
        page = get(authorize_url().replace(f"{HOST}/oauth2/authorize", f"{custom.url}/login"))
        assert page.status_code == 403
        assert "Login pages unavailable. Please contact an administrator." in page.text
        cognito_idp.create_managed_login_branding(
            UserPoolId=cognito_pool.id, ClientId=client.id, UseCognitoProvidedValues=True
        )
        page = get(authorize_url().replace(f"{HOST}/oauth2/authorize", f"{custom.url}/login"))
        assert page.status_code == 200


class TestSignUp:
    @evidence("documented", "the triggers of a sign-up on the page, in their order")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    def test_a_new_user_enters_the_code_and_is_signed_in(self, cognito_pool, browser, token, client):
        visit = browser("/signup")
        visit.send(username="ana", email="ana@example.com", password="Passw0rd!")
        assert visit.location.startswith(f"{HOST}/confirm?")
        assert cognito_pool.users["ana"].status == "UNCONFIRMED"
        visit.follow().send(code="000000")
        assert visit.alert == "Invalid verification code provided, please try again."
        visit.send(code=cognito_pool.outbox.one().code)
        assert cognito_pool.users["ana"].status == "CONFIRMED"
        tokens = token(grant_type="authorization_code", code=query(visit.location)["code"], redirect_uri=CALLBACK)
        assert tokens.status_code == 200
        assert cognito_pool.triggers.sources == [
            "PreSignUp_SignUp",
            "CustomMessage_SignUp",
            "PostConfirmation_ConfirmSignUp",
            "TokenGeneration_HostedAuth",
        ]

    @evidence("documented", "a PreSignUp function confirms; and a client with a secret needs no hash here")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_a_user_confirmed_by_pre_sign_up_is_signed_in_at_once(self, cognito_pool, app, browser):
        secret = app(GenerateSecret=True)

        def confirm(event, context):
            event["response"]["autoConfirmUser"] = True
            return event

        cognito_pool.on("PreSignUp", confirm)
        visit = browser("/signup", client_id=secret.id).send(email="ana@example.com", password="Passw0rd!")
        assert visit.location.startswith(f"{CALLBACK}?code=")
        assert cognito_pool.users["ana@example.com"].status == "CONFIRMED"

    @evidence("observed", "capture of 2026: the text is on the page")
    def test_the_text_of_a_refusal_is_on_the_page(self, cognito_pool, browser):
        cognito_pool.add_user("ana")
        visit = browser("/signup").send(username="ana", password="Passw0rd!")
        assert visit.alert == "User already exists"
        visit.send(username="ben", password="short")
        assert visit.alert.startswith("Password did not conform with policy")

    @evidence("model", "usernames that SignUp does not accept")
    @pytest.mark.parametrize("username", ["", "a b", "x" * 200, "\x00"])
    def test_an_invalid_username_is_refused(self, cognito_pool, browser, username):
        visit = browser("/signup").send(username=username, password="Passw0rd!")
        assert "failed to satisfy constraint" in visit.alert
        assert len(cognito_pool.users) == 0

    @evidence("observed", "the link of a message; the words of the page are inferred")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    def test_the_link_of_a_message_confirms_the_user(self, cognito_pool, cognito_idp, client, domain):
        attributes = [{"Name": "email", "Value": "ana@example.com"}]
        cognito_idp.sign_up(ClientId=client.id, Username="ana", Password="Passw0rd!", UserAttributes=attributes)
        url, given = f"{domain.url}/confirmUser/", {"client_id": client.id, "user_name": "ana"}
        assert requests.get(url, params=given, timeout=5).status_code == 400
        wrong = requests.get(url, params={**given, "confirmation_code": "000000"}, timeout=5)
        assert wrong.status_code == 400
        assert "Invalid verification code provided" in wrong.text
        code = cognito_pool.outbox.one().code
        assert requests.get(url, params={**given, "confirmation_code": code}, timeout=5).status_code == 200
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("documented", "developer guide of 2023: the link of a message leads to the domain of the pool")
    @pytest.mark.cognito_pool(
        AutoVerifiedAttributes=["email"], VerificationMessageTemplate={"DefaultEmailOption": "CONFIRM_WITH_LINK"}
    )
    @pytest.mark.parametrize(("custom", "host"), [(None, HOST), ("auth.example.com", "https://auth.example.com")])
    def test_the_link_leads_to_the_domain_of_the_pool(self, cognito_pool, cognito_idp, client, domain, custom, host):
        if custom:
            cognito_pool.add_domain(custom)
        attributes = [{"Name": "email", "Value": "ana@example.com"}]
        cognito_idp.sign_up(ClientId=client.id, Username="ana", Password="Passw0rd!", UserAttributes=attributes)
        link = unescape(re.search('href="([^"]*)"', cognito_pool.outbox.one().body)[1])
        assert link.startswith(f"{host}/confirmUser/?")
        assert requests.get(link, timeout=5).status_code == 200
        assert cognito_pool.users["ana"].status == "CONFIRMED"


class TestLogout:
    @evidence("documented", "guide: logout endpoint: logout_uri, unchanged")
    def test_the_session_ends_and_the_browser_is_sent_to_the_logout_uri(self, session_of, authorize_url, client):
        browser = session_of("ana")
        form = {"client_id": client.id, "logout_uri": LOGGED_OUT, "state": "s1"}
        reply = browser.get(f"{HOST}/logout", params=form, allow_redirects=False, timeout=5)
        assert reply.headers["Location"] == LOGGED_OUT
        assert "/login?" in browser.get(authorize_url(), allow_redirects=False, timeout=5).headers["Location"]

    @evidence("documented", "guide: logout endpoint: a new sign-in, with all scopes of the client")
    def test_a_redirect_uri_leads_to_a_new_sign_in(self, client, get):
        url = f"{HOST}/logout?client_id={client.id}&redirect_uri={CALLBACK}&response_type=code"
        found = query(get(url).headers["Location"])
        assert found == {
            "scope": "openid email profile",
            "client_id": client.id,
            "redirect_uri": CALLBACK,
            "response_type": "code",
        }

    @evidence("observed", "six reports, 2017 to 2026; that the cookie is deleted anyway: streamlit#14601")
    @pytest.mark.parametrize("wrong", ["logout_uri=https://other.example.com", "", "post_logout_redirect_uri=x"])
    def test_wrong_parameters_lead_to_the_error_page(self, session_of, authorize_url, client, wrong):
        browser = session_of("ana")
        reply = browser.get(f"{HOST}/logout?client_id={client.id}&{wrong}", timeout=5)
        assert reply.url.startswith(f"{HOST}/error?client_id=")
        assert "Required String parameter 'redirect_uri' is not present".replace("'", "&#x27;") in reply.text
        assert "/login?" in browser.get(authorize_url(), allow_redirects=False, timeout=5).headers["Location"]

    @evidence("inferred", "the cookie is deleted where it was set")
    def test_the_session_cookie_is_deleted(self, session_of, client):
        browser = session_of("ana")
        browser.get(f"{HOST}/logout", params={"client_id": client.id}, allow_redirects=False, timeout=5)
        assert "cognito" not in browser.cookies

    @evidence("observed", "react-native-app-auth#642")
    def test_the_method_post_is_refused(self, domain):
        assert requests.post(f"{domain.url}/logout", timeout=5).status_code == 405

    @evidence("inferred", "an app client is needed")
    def test_a_request_without_an_app_client_is_refused(self, get, domain, cognito_pool):
        assert get(f"{domain.url}/logout").headers["Location"] == f"{domain.url}/error"
        assert cognito_pool.calls[-1].why == "the request names no app client of the pool"


@evidence("inferred", "a page that is not simulated says so")
def test_the_forgot_password_page_is_not_simulated(cognito, get, domain):
    with pytest.raises(UnsupportedOperationError) as caught:
        get(f"{domain.url}/forgotPassword")
    assert str(caught.value) == "GET /forgotPassword is not simulated by pytest-cognito-pool."
    with pytest.raises(UnreportedError):
        cognito.check()


@evidence("inferred", "there is no such page, or no such domain")
def test_an_unknown_page_or_domain_is_not_found(cognito, get, domain):
    assert get(f"{domain.url}/unknown").status_code == 404
    assert get("https://other.auth.us-east-1.amazoncognito.com/login").status_code == 404
    assert cognito.calls[-1].why == (
        "no pool has the domain 'other.auth.us-east-1.amazoncognito.com'; "
        "existing domains: 'myapp.auth.us-east-1.amazoncognito.com'"
    )
