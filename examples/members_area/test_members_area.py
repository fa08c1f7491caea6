import pytest

WHY = "this application needs fastapi, httpx2 and pyjwt"
pytest.importorskip("fastapi", reason=WHY)
pytest.importorskip("httpx2", reason=WHY)
pytest.importorskip("jwt", reason=WHY)

from fastapi.testclient import TestClient  # noqa: E402 - after the check that it is there
from members_area import CLIENT_ID, POOL_ID, app  # noqa: E402

ANA = {"email": "ana@example.com", "password": "Passw0rd!"}


@pytest.fixture
def cognito_pool_settings():
    return {"Id": POOL_ID, "UsernameAttributes": ["email"], "AutoVerifiedAttributes": ["email"]}


@pytest.fixture
def site(cognito_pool):
    flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    return cognito_pool.create_client(ClientId=CLIENT_ID, ExplicitAuthFlows=flows, PreventUserExistenceErrors="ENABLED")


@pytest.fixture
def browser(site):
    """A browser on the site; the site fetches the keys of the pool as in production."""
    return TestClient(app)


def test_a_member_joins_and_signs_in(cognito_pool, browser):
    assert browser.post("/join", json=ANA).status_code == 202
    told = browser.post("/login", json=ANA)
    assert (told.status_code, told.json()["detail"]) == (403, "enter the code that we have sent to you")
    code = {"email": ANA["email"], "code": cognito_pool.outbox.one().code}
    assert browser.post("/confirm", json=code).status_code == 200
    token = browser.post("/login", json=ANA).json()["AccessToken"]
    sub = cognito_pool.users[ANA["email"]].sub
    assert browser.get("/me", headers={"Authorization": f"Bearer {token}"}).json() == {"sub": sub, "groups": []}


def test_nobody_learns_who_is_a_member(cognito_pool, browser):
    cognito_pool.add_user(ANA["email"])
    one, two = (browser.post("/join", json=ANA | {"email": email}) for email in (ANA["email"], "bob@example.com"))
    assert (one.status_code, one.json()) == (two.status_code, two.json())
    one, two = (browser.post("/forgot", params={"email": email}) for email in (ANA["email"], "zoe@example.com"))
    assert (one.status_code, one.json()) == (two.status_code, two.json())
    one, two = (
        browser.post("/login", json={"email": email, "password": "Wrong-1!"})
        for email in (ANA["email"], "zoe@example.com")
    )
    assert (one.status_code, one.json()) == (two.status_code, two.json())


def test_a_member_whom_the_club_has_invited(cognito_pool, browser):
    cognito_pool.add_user(ANA["email"], status="FORCE_CHANGE_PASSWORD")
    told = browser.post("/login", json=ANA)
    assert (told.status_code, told.json()["detail"]) == (403, "choose a password of your own first")


def test_a_wrong_password(cognito_pool, browser):
    cognito_pool.add_user(ANA["email"])
    answers = [browser.post("/login", json=ANA | {"password": "Wrong-1!"}) for _ in range(6)]
    assert {answer.status_code for answer in answers} == {401}
    assert answers[0].json()["detail"] == "Incorrect username or password."
    assert answers[5].json()["detail"] == "Password attempts exceeded"


def test_the_page_of_the_staff(cognito_pool, site, browser):
    cognito_pool.add_user("boss@example.com", groups=["staff"])
    cognito_pool.add_user(ANA["email"])
    boss, ana = (cognito_pool.sign_in(name, site) for name in ("boss@example.com", ANA["email"]))
    assert browser.get("/members", headers=boss.headers).json() == ["boss@example.com", ANA["email"]]
    assert browser.get("/members", headers=ana.headers).status_code == 403
    assert browser.get("/members", headers={"Authorization": f"Bearer {ana.id_token}"}).status_code == 401


def test_tokens_expire_and_are_refreshed(cognito, cognito_pool, site, browser):
    cognito_pool.add_user(ANA["email"])
    # The library that verifies tokens reads the machine's clock, so the tokens are issued in the past.
    now = cognito.clock.now()
    cognito.clock.move_to(now.replace(year=now.year - 1))
    old = cognito_pool.sign_in(ANA["email"], site)
    assert browser.get("/me", headers=old.headers).json()["detail"] == "Signature has expired"
    expired = browser.post("/refresh", json={"refresh_token": old.refresh_token})
    assert expired.status_code == 200
    cognito.clock.move_to(now)
    assert browser.post("/refresh", json={"refresh_token": old.refresh_token}).status_code == 401
    new = browser.post("/refresh", json={"refresh_token": cognito_pool.sign_in(ANA["email"], site).refresh_token})
    assert browser.get("/me", headers={"Authorization": f"Bearer {new.json()['AccessToken']}"}).status_code == 200


def test_a_forgotten_password(cognito_pool, browser):
    cognito_pool.add_user(ANA["email"])
    browser.post("/forgot", params={"email": ANA["email"]})
    given = {"email": ANA["email"], "code": cognito_pool.outbox.one().code, "password": "N3w-passw0rd"}
    wrong = browser.post("/reset", json=given | {"code": "0"})
    assert (wrong.status_code, wrong.json()["detail"]) == (
        400,
        "Invalid verification code provided, please try again.",
    )
    assert browser.post("/reset", json=given).status_code == 200
    assert browser.post("/login", json=given).json()["TokenType"] == "Bearer"


def test_a_busy_service(cognito_pool, browser):
    cognito_pool.add_user(ANA["email"])
    cognito_pool.fail("InitiateAuth", "TooManyRequestsException")
    assert browser.post("/login", json=ANA).status_code == 429
