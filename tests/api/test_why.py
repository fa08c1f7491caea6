"""Why a user is not found: true at the time of the refusal, and at the same cost in any pool."""

from __future__ import annotations

import pytest

from pytest_cognito_pool._service import wording


@pytest.fixture
def why(cognito_idp, refused):
    """Ask for a user who is not there, and give the call that was refused."""

    def ask(pool, name="anna"):
        with refused("UserNotFoundException"):
            cognito_idp.admin_get_user(UserPoolId=pool.id, Username=name)
        return pool.calls[-1]

    return ask


def test_it_is_of_the_time_of_the_refusal(cognito_pool, cognito_idp, why):
    cognito_pool.add_user("ana")
    before = why(cognito_pool)
    cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")
    cognito_pool.add_user("annah")
    after = why(cognito_pool)
    assert before.why == f"no user of {cognito_pool.id} has the name 'anna'; did you mean 'ana'?"
    assert after.why == f"no user of {cognito_pool.id} has the name 'anna'; did you mean 'annah'?"


def test_it_is_worded_when_it_is_read_and_once(cognito_pool, why, monkeypatch):
    cognito_pool.add_user("ana")
    compared = []
    likeness = wording.likeness
    monkeypatch.setattr(wording, "likeness", lambda *args: compared.append(args) or likeness(*args))
    call = why(cognito_pool)
    assert compared == []
    assert (call.why, call.why) == (call.attempts[0].why, call.why)
    assert len(compared) == 1


def test_asking_whether_a_user_is_there_words_nothing(cognito_pool, monkeypatch):
    ana = cognito_pool.add_user("ana")
    monkeypatch.setattr(wording, "likeness", None)
    users = cognito_pool.users
    assert ("anna" in users, "ana" in users, 5 in users) == (False, True, False)
    assert (users.get("anna"), users.get("ana"), users.get("anna", ana), users.get(5)) == (None, ana, ana, None)


def test_what_is_no_name_has_no_user(cognito_pool):
    with pytest.raises(KeyError):
        cognito_pool.users[5]


def test_names_are_noted_once_until_they_change(cognito, cognito_idp, why):
    pool = cognito.create_pool(AliasAttributes=["email"])
    for number in range(3):
        pool.add_user(f"user{number}")
    index = pool._record.users.index
    why(pool)
    known = index.known()
    why(pool)
    assert index.known() is known
    email = [{"Name": "email", "Value": "new@example.com"}]
    cognito_idp.admin_update_user_attributes(UserPoolId=pool.id, Username="user0", UserAttributes=email)
    assert index.known() is not known


def test_an_address_that_is_not_verified_whatever_its_case(cognito, why):
    pool = cognito.create_pool(AliasAttributes=["email"], UsernameConfiguration={"CaseSensitive": False})
    pool.add_user("ben", status="UNCONFIRMED")
    pool.add_user("ana", status="UNCONFIRMED", email="Ana@Example.com")
    assert why(pool, "ANA@example.com").why == (
        "'ANA@example.com' is the email of 'ana', and not an alias until it is verified"
    )


def test_an_address_that_a_user_does_not_have(cognito, why):
    pool = cognito.create_pool(AliasAttributes=["email", "phone_number"])
    pool.add_user("ana", email="")
    assert why(pool, "ana@example.com").why == (
        f"no user of {pool.id} has the name 'ana@example.com'; known names: 'ana'"
    )


def test_in_a_large_pool_it_is_the_number_of_users(cognito_pool, why):
    for number in range(1001):
        cognito_pool.add_user(f"user{number}")
    assert why(cognito_pool).why == f"none of the 1001 users of {cognito_pool.id} has the name 'anna'"
