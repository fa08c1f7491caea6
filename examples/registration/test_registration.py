import pytest
import registration


@pytest.fixture
def cognito_pool_settings():
    return {"Id": "eu-central-1_Site01", "AutoVerifiedAttributes": ["email"]}


@pytest.fixture(autouse=True)
def site(cognito_pool):
    """The site's own app client, with the same id as in production."""
    return cognito_pool.create_client(ClientName="site", ClientId="1example23456789")


@pytest.fixture
def ana(cognito_pool):
    assert registration.register("ana", "ana@example.com", "Passw0rd!") == "We sent a code to a***@e***."
    return cognito_pool.users["ana"]


def wrong(code):
    return "000000" if code != "000000" else "111111"


def test_the_code_from_the_mail_confirms(cognito_pool, ana):
    mail = cognito_pool.outbox.one(recipient="ana@example.com")
    assert mail.code in mail.body
    assert registration.enter_code("ana", mail.code) == "Welcome!"
    assert ana.status == "CONFIRMED"
    assert ana.attributes["email_verified"] == "true"


def test_a_wrong_code_does_not(cognito_pool, ana):
    assert registration.enter_code("ana", wrong(cognito_pool.outbox[-1].code)) == "That is not the code we sent."
    assert ana.status == "UNCONFIRMED"


def test_a_code_expires_after_a_day(cognito, cognito_pool, ana):
    cognito.clock.advance(hours=25)
    assert registration.enter_code("ana", cognito_pool.outbox[-1].code) == "That code is too old, ask for another."


def test_a_new_code_replaces_the_old_one(cognito_pool, ana):
    registration.another_code("ana")
    first, second = cognito_pool.outbox
    assert second.occasion == "ResendCode"
    assert registration.enter_code("ana", first.code) == "That is not the code we sent."
    assert registration.enter_code("ana", second.code) == "Welcome!"


def test_guessing_ends_after_fifteen_tries(cognito, cognito_pool, ana):
    code = cognito_pool.outbox[-1].code
    for _ in range(15):
        registration.enter_code("ana", wrong(code))
    assert registration.enter_code("ana", code) == "Too many tries, come back in an hour."
    cognito.clock.advance(minutes=61)
    assert registration.enter_code("ana", code) == "Welcome!"


def test_colleagues_need_no_code(cognito_pool):
    @cognito_pool.on("PreSignUp")
    def colleagues_are_confirmed(event, context):
        event["response"]["autoConfirmUser"] = event["request"]["userAttributes"]["email"].endswith("@example.com")
        return event

    assert registration.register("ana", "ana@example.com", "Passw0rd!") == "Welcome!"
    assert registration.register("bob", "bob@example.org", "Passw0rd!") == "We sent a code to b***@e***."
    assert [message.username for message in cognito_pool.outbox] == ["bob"]


def test_who_is_turned_away_is_no_user(cognito_pool):
    cognito_pool.on("PreSignUp", raises=ValueError("on the black list"))
    assert registration.register("eve", "eve@example.com", "Passw0rd!") == "We cannot take you in."
    assert "eve" not in cognito_pool.users
