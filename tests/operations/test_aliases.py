"""An alias has one owner, however it was set, and a refused request changes nothing: facts/lifecycle.md, A and B."""

from __future__ import annotations

import pytest

from pytest_cognito_pool import UnsupportedOperationError, UsageError

evidence = pytest.mark.evidence
VERIFIED = [{"Name": "email", "Value": "ana@example.com"}, {"Name": "email_verified", "Value": "true"}]


@pytest.fixture
def cognito_pool_settings():
    return {"AliasAttributes": ["email", "preferred_username"]}


@pytest.fixture
def update(cognito_pool, cognito_idp):
    def update(username, **attributes):
        pairs = [{"Name": name, "Value": value} for name, value in attributes.items()]
        cognito_idp.admin_update_user_attributes(UserPoolId=cognito_pool.id, Username=username, UserAttributes=pairs)

    return update


def owners(pool):
    """The user that each alias finds, by the index and by the attributes, which must agree."""
    index, by_attributes = {}, {}
    for attribute, users in pool._record.users.index._aliases.items():
        index |= {(attribute, value): user.username for value, user in users.items()}
    for user in pool.users.values():
        for attribute, value in pool._record.users.index.aliases_of(user.attributes):
            by_attributes.setdefault((attribute, value), []).append(user.username)
    assert all(len(names) == 1 for names in by_attributes.values())
    assert index == {alias: names[0] for alias, names in by_attributes.items()}
    return index


@evidence("inferred", "with two owners, an alias would find no user after one of them gave it up")
def test_an_alias_that_its_owner_gave_up_can_be_taken_by_another_user(cognito_pool, update, refused):
    cognito_pool.add_user("cy", attributes={"preferred_username": "star"})
    cognito_pool.add_user("ana")
    with refused("AliasExistsException"):
        update("ana", preferred_username="star")
    update("cy", preferred_username="sun")
    assert "star" not in cognito_pool.users
    update("ana", preferred_username="star")
    assert cognito_pool.users["star"].username == "ana"
    assert owners(cognito_pool)[("preferred_username", "star")] == "ana"


@evidence("inferred", "an alias has one owner")
def test_verifying_an_alias_of_another_user_is_refused_and_changes_nothing(cognito_pool, update, refused):
    cognito_pool.add_user("ana", email="x@example.com")
    cognito_pool.add_user("ben", status="UNCONFIRMED", email="x@example.com")
    before = cognito_pool.users["ben"].attributes
    with refused("AliasExistsException", "An account with the given email already exists."):
        update("ben", email_verified="true", name="Ben")
    assert cognito_pool.users["ben"].attributes == before
    assert owners(cognito_pool)[("email", "x@example.com")] == "ana"


@evidence("inferred", "an alias has one owner")
def test_add_user_refuses_an_alias_of_another_user(cognito_pool):
    cognito_pool.add_user("ana", attributes={"preferred_username": "star"})
    with pytest.raises(UsageError, match="'star' is the preferred_username of 'ana'"):
        cognito_pool.add_user("ben", attributes={"preferred_username": "star"})
    assert list(cognito_pool.users) == ["ana"]


@evidence("inferred", "a refused request changes nothing")
def test_a_request_whose_message_cannot_be_sent_moves_no_alias(cognito, cognito_idp):
    """The old owner keeps the address if the call that would take it ends in an error of the fake."""
    pool = cognito.create_pool(AliasAttributes=["email"])
    pool.add_user("ana", email="ana@example.com")
    pool.on("CustomSMSSender", lambda event, context: event)
    phone = [{"Name": "phone_number", "Value": "+15551234567"}]
    with pytest.raises(UnsupportedOperationError):
        cognito_idp.admin_create_user(
            UserPoolId=pool.id, Username="ben", UserAttributes=[*VERIFIED, *phone], ForceAliasCreation=True
        )
    with pytest.raises(AssertionError):
        cognito.check()
    assert "ben" not in pool.users
    assert pool.users["ana"].attributes["email_verified"] == "true"
    assert owners(pool) == {("email", "ana@example.com"): "ana"}


def verifies(event, _context):
    event["response"]["autoConfirmUser"] = event["triggerSource"] == "PreSignUp_SignUp"
    event["response"]["autoVerifyEmail"] = event["triggerSource"] == "PreSignUp_SignUp"
    return event


@evidence("documented", "developer guide: autoVerifyEmail moves the alias")
def test_an_alias_that_moved_has_one_owner(cognito_pool, cognito_idp):
    cognito_pool.add_user("ana", email="ana@example.com")
    cognito_pool.on("PreSignUp", verifies)
    cognito_idp.sign_up(
        ClientId=cognito_pool.client.id, Username="ben", Password="Passw0rd!", UserAttributes=VERIFIED[:1]
    )
    assert owners(cognito_pool) == {("email", "ana@example.com"): "ben"}
    assert cognito_pool.users["ana"].attributes["email_verified"] == "false"


@evidence("inferred", "a refused request changes nothing")
def test_a_request_for_a_code_that_cannot_be_sent_is_not_counted(cognito, cognito_idp, refused):
    pool = cognito.create_pool(AutoVerifiedAttributes=["email"])
    pool.add_user("ana", status="UNCONFIRMED", email="")
    ask = {"ClientId": pool.client.id, "Username": "ana"}
    for _ in range(7):
        with refused("InvalidParameterException"):
            cognito_idp.resend_confirmation_code(**ask)
    email = [{"Name": "email", "Value": "ana@example.com"}]
    cognito_idp.admin_update_user_attributes(UserPoolId=pool.id, Username="ana", UserAttributes=email)
    cognito_idp.resend_confirmation_code(**ask)
