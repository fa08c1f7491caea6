"""What an author is told of users whom the pool cannot have, or has not."""

from __future__ import annotations

import pytest

from pytest_cognito_pool import UsageError


def told(make, *args, **given):
    with pytest.raises(UsageError) as caught:
        make(*args, **given)
    return str(caught.value)


USERS = {
    "a status in small letters": (
        {"status": "confirmed"},
        "unknown status 'confirmed'; did you mean 'CONFIRMED'?",
    ),
    "an attribute the schema has not": (
        {"attributes": {"emial": "ana@example.com"}},
        "the pool's schema has no attribute 'emial'; did you mean 'email'?",
    ),
    "a custom attribute the schema has not": (
        {"attributes": {"custom:plan": "pro"}},
        (
            "the pool's schema has no attribute 'custom:plan'; "
            "give the pool Schema=[{'Name': 'plan', 'AttributeDataType': 'String'}]"
        ),
    ),
    "a flag that is no text": (
        {"attributes": {"email_verified": True}},
        "attribute values must be strings: email_verified=True; did you mean 'true'?",
    ),
    "a number that is no text": (
        {"attributes": {"updated_at": 3}},
        "attribute values must be strings: updated_at=3; did you mean '3'?",
    ),
    "an address twice": (
        {"attributes": {"email": "ana@example.com"}, "email": "ana@example.org"},
        "email is given twice: 'ana@example.org', and 'ana@example.com' in attributes",
    ),
    "no address": (
        {"email": "ana"},
        "Cognito refuses that: InvalidParameterException: Invalid email address format.\nemail is 'ana'",
    ),
    "no phone number": (
        {"phone_number": "555"},
        (
            "Cognito refuses that: InvalidParameterException: Invalid phone number format.\n"
            "phone_number is '555'; + and digits are expected"
        ),
    ),
    "a password the policy does not allow": (
        {"password": "passw0rd!"},
        (
            "Cognito refuses that: InvalidPasswordException: "
            "Password does not conform to policy: Password must have uppercase characters\n"
            "the pool has RequireUppercase=True"
        ),
    ),
}


@pytest.mark.parametrize(("given", "message"), USERS.values(), ids=USERS)
def test_a_user_the_pool_cannot_have(cognito_pool, given, message):
    assert told(cognito_pool.add_user, "ana", **given) == message
    assert not cognito_pool.users


def test_an_unknown_status_names_every_status(cognito_pool):
    assert told(cognito_pool.add_user, "ana", status="DELETED") == (
        "unknown status 'DELETED'; known names: 'ARCHIVED', 'COMPROMISED', 'CONFIRMED', "
        "'EXTERNAL_PROVIDER', 'FORCE_CHANGE_PASSWORD', 'RESET_REQUIRED', 'UNCONFIRMED', 'UNKNOWN'"
    )


def test_a_user_who_is_there(cognito_pool):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    assert told(cognito_pool.add_user, "ana") == (
        "Cognito refuses that: UsernameExistsException: User account already exists\n'ana' is UNCONFIRMED"
    )


@pytest.mark.cognito_pool(UsernameAttributes=["email"])
def test_a_username_that_is_no_address(cognito_pool):
    assert told(cognito_pool.add_user, "ana") == (
        "Cognito refuses that: InvalidParameterException: Username should be an email.\n"
        "the username is 'ana', and the pool has UsernameAttributes=['email']"
    )


@pytest.mark.cognito_pool(AliasAttributes=["email"])
def test_a_username_that_is_an_address(cognito_pool):
    assert told(cognito_pool.add_user, "ana@example.com") == (
        "Cognito refuses that: InvalidParameterException: "
        "Username cannot be of email format, since user pool is configured for email alias.\n"
        "the username is 'ana@example.com', and the pool has AliasAttributes=['email']"
    )


@pytest.mark.cognito_pool(AliasAttributes=["email"])
def test_an_alias_of_another_user(cognito_pool):
    cognito_pool.add_user("ana", email="ana@example.com")
    assert told(cognito_pool.add_user, "bob", email="ana@example.com") == (
        "Cognito refuses that: AliasExistsException: An account with the given email already exists.\n"
        "'ana@example.com' is the email of 'ana'"
    )


@pytest.mark.cognito_pool(UsernameAttributes=["email"])
def test_an_address_of_another_user(cognito_pool):
    sub = cognito_pool.add_user("ana@example.com").sub
    assert told(cognito_pool.add_user, "ana@example.com") == (
        "Cognito refuses that: UsernameExistsException: An account with the given email already exists.\n"
        f"'ana@example.com' is the email of 'ana@example.com' ({sub[:8]})"
    )


def test_a_username_that_is_too_long(cognito_pool):
    assert told(cognito_pool.add_user, "x" * 129) == (
        f"invalid username '{'x' * 129}'; a valid one is 'ana', with at most 128 characters"
    )


@pytest.mark.parametrize("username", ["ana maria", 3], ids=["space", "number"])
def test_a_username_that_no_request_could_have(cognito_pool, username):
    # Told as a wrong username; not as a TypeError of ours, nor as an address that nobody typed.
    assert told(cognito_pool.add_user, username) == (f"invalid username {username!r}; a valid one is 'ana'")
    assert not cognito_pool.users


def unknown(pool, name):
    with pytest.raises(KeyError) as caught:
        _ = pool.users[name]
    return str(caught.value)


def test_an_unknown_user_names_the_nearest_once(cognito_pool):
    cognito_pool.add_user("ana")
    cognito_pool.add_user("bob")
    assert unknown(cognito_pool, "anna") == "no user of us-east-1_TestPool1 has the name 'anna'; did you mean 'ana'?"


def test_an_unknown_user_unlike_any_names_those_there_are(cognito_pool):
    cognito_pool.add_user("ana")
    assert unknown(cognito_pool, "zoe") == "no user of us-east-1_TestPool1 has the name 'zoe'; known names: 'ana'"


def test_an_unknown_user_of_an_empty_pool(cognito_pool):
    assert unknown(cognito_pool, "ana") == "no user of us-east-1_TestPool1 has the name 'ana'; it has no users"


@pytest.mark.cognito_pool(AliasAttributes=["email"])
def test_an_address_that_is_not_verified(cognito_pool):
    cognito_pool.add_user("ana", status="UNCONFIRMED", email="ana@example.com")
    assert unknown(cognito_pool, "ana@example.com") == (
        "'ana@example.com' is the email of 'ana', and not an alias until it is verified"
    )


@pytest.mark.cognito_pool(UsernameAttributes=["email"])
def test_an_unknown_address_names_the_nearest_address(cognito_pool):
    cognito_pool.add_user("ana@example.com")
    assert unknown(cognito_pool, "anna@example.com") == (
        "no user of us-east-1_TestPool1 has the name 'anna@example.com'; did you mean 'ana@example.com'?"
    )


def test_an_unknown_user_of_a_large_pool(cognito_pool):
    for number in range(1001):
        cognito_pool.add_user(f"user{number}")
    assert unknown(cognito_pool, "ana") == "none of the 1001 users of us-east-1_TestPool1 has the name 'ana'"


def test_the_error_is_a_key_error_in_a_traceback_too(cognito_pool):
    with pytest.raises(KeyError) as caught:
        _ = cognito_pool.users["ana"]
    assert caught.exconly() == "KeyError: no user of us-east-1_TestPool1 has the name 'ana'; it has no users"
    assert cognito_pool.users.get("ana") is None
    assert "ana" not in cognito_pool.users
