"""What an author is told of wrong pool and app client settings."""

from __future__ import annotations

import pytest

from pytest_cognito_pool import Cognito, UnsupportedOperationError, UsageError
from pytest_cognito_pool._service.pool import settings


def told(make, *names, **given):
    with pytest.raises(UsageError) as caught:
        make(*names, **given)
    return str(caught.value)


POOL = {
    "a misspelt setting": (
        {"UsernameAttribute": ["email"]},
        ("unknown pool setting 'UsernameAttribute'; did you mean 'UsernameAttributes'?"),
    ),
    "a setting in our spelling": (
        {"username_attributes": ["email"]},
        ("unknown pool setting 'username_attributes'; did you mean 'UsernameAttributes'?"),
    ),
    "a misspelt setting inside": (
        {"Policies": {"PasswordPolicy": {"MinLength": 8}}},
        "Policies.PasswordPolicy has no member 'MinLength'; did you mean 'MinimumLength'?",
    ),
    "a misspelt setting inside a list": (
        {"Schema": [{"Nam": "plan"}]},
        "Schema has no member 'Nam'; did you mean 'Name'?",
    ),
    "an unknown setting inside": (
        {"DeviceConfiguration": {"Remember": True}},
        (
            "DeviceConfiguration has no member 'Remember'; "
            "known names: 'ChallengeRequiredOnNewDevice', 'DeviceOnlyRememberedOnUserPrompt'"
        ),
    ),
    "a wrong type": (
        {"UsernameAttributes": "email"},
        (
            "Invalid type for parameter UsernameAttributes, value: email, type: <class 'str'>, "
            "valid types: <class 'list'>, <class 'tuple'>"
        ),
    ),
    "a value too small": (
        {"Policies": {"PasswordPolicy": {"MinimumLength": 3}}},
        "Invalid value for parameter Policies.PasswordPolicy.MinimumLength, value: 3, valid min value: 6",
    ),
    "an empty name": ({"PoolName": ""}, "Invalid length for parameter PoolName, value: 0, valid min length: 1"),
    "settings that exclude each other": (
        {"UsernameAttributes": ["email"], "AliasAttributes": ["email"]},
        (
            "Cognito refuses that: InvalidParameterException: "
            "Only one of the aliasAttributes or usernameAttributes can be set in a User pool.\n"
            "UsernameAttributes=['email'], AliasAttributes=['email']"
        ),
    ),
    "an attribute without a type": (
        {"Schema": [{"Name": "plan"}]},
        (
            "Cognito refuses that: InvalidParameterException: "
            "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.\n"
            "'custom:plan' has no AttributeDataType"
        ),
    ),
    "an attribute twice": (
        {"Schema": [{"Name": "plan", "AttributeDataType": "String"}] * 2},
        (
            "Cognito refuses that: InvalidParameterException: "
            "Duplicate custom attribute names custom:plan are not allowed in a user pool schema."
        ),
    ),
    "a wrong id": ({"Id": "pool"}, "invalid pool Id 'pool'; a valid one is 'us-east-1_AbCdEf123'"),
    "an id of no text": ({"Id": 3}, "invalid pool Id 3; a valid one is 'us-east-1_AbCdEf123'"),
}


@pytest.mark.parametrize(("given", "message"), POOL.values(), ids=POOL)
def test_wrong_pool_settings(cognito, given, message):
    assert told(cognito.create_pool, **given) == message
    assert not cognito.pools


def test_an_unknown_pool_setting_names_what_there_is(cognito):
    message = told(cognito.create_pool, Zzz=1)
    head, _, tail = message.partition("; known names: ")
    assert head == "unknown pool setting 'Zzz'"
    assert tail.startswith("'AccountRecoverySetting', ")
    assert tail.endswith(" more")


def test_a_pool_id_that_is_taken(cognito, cognito_pool):
    assert told(cognito.create_pool, Id=cognito_pool.id) == ("a pool with the Id 'us-east-1_TestPool1' exists already")


@pytest.mark.parametrize(
    "given", [{"UserPoolTier": "GOLD"}, {"UsernameAttributes": ["mail"]}], ids=lambda given: next(iter(given))
)
def test_a_value_outside_its_enum_is_told_without_a_line_that_says_nothing(cognito, given):
    message = told(cognito.create_pool, **given)
    assert message.startswith("Cognito refuses that: InvalidParameterException: 1 validation error detected: Value ")
    assert "Member must satisfy enum value set: [" in message
    assert len(message.splitlines()) == 1


def test_a_setting_that_is_not_simulated_says_where_an_own_answer_helps(cognito, monkeypatch):
    monkeypatch.setattr(settings, "KNOWN", settings.KNOWN - {"DeviceConfiguration"})
    with pytest.raises(UnsupportedOperationError) as caught:
        cognito.create_pool(DeviceConfiguration={})
    assert str(caught.value) == (
        "CreateUserPool with DeviceConfiguration is not simulated by pytest-cognito-pool.\n"
        "Leave it out, or, if the application makes this call, give your own reply: "
        "cognito.answer('CreateUserPool', {...})"
    )


def test_the_error_keeps_what_was_typed_and_what_it_may_have_meant(cognito):
    with pytest.raises(UsageError) as caught:
        cognito.create_pool(UsernameAttribute=["email"])
    assert caught.value.typed == "UsernameAttribute"
    assert caught.value.suggestions == ("UsernameAttributes",)


CLIENT = {
    "a misspelt setting": (
        {"GenerateSecrets": True},
        "unknown app client setting 'GenerateSecrets'; did you mean 'GenerateSecret'?",
    ),
    "a wrong type": (
        {"AccessTokenValidity": "1"},
        "Invalid type for parameter AccessTokenValidity, value: 1, type: <class 'str'>, valid types: <class 'int'>",
    ),
    "two secrets": (
        {"GenerateSecret": True, "ClientSecret": "s" * 30},
        (
            "Cognito refuses that: InvalidParameterException: GenerateSecret and ClientSecret exclude each other.\n"
            "ClientSecret and GenerateSecret=True are both given"
        ),
    ),
    "an attribute the pool has not": (
        {"ReadAttributes": ["custom:plan"]},
        (
            "Cognito refuses that: InvalidParameterException: "
            "Invalid read attributes specified while creating a client\n"
            "'custom:plan' is refused: ReadAttributes=['custom:plan']"
        ),
    ),
    "a flow that needs a secret": (
        {"AllowedOAuthFlows": ["client_credentials"]},
        (
            "Cognito refuses that: InvalidOAuthFlowException: "
            "client_credentials flow can not be selected if client does not have a client secret.\n"
            "AllowedOAuthFlows=['client_credentials'], no GenerateSecret"
        ),
    ),
    "a wrong id": (
        {"ClientId": "my client"},
        "invalid ClientId 'my client'; a valid one is '1example23456789'",
    ),
    "an id that is taken": (
        {"ClientId": "testclient0000000000000001"},
        "an app client with the ClientId 'testclient0000000000000001' exists already",
    ),
}


@pytest.mark.parametrize(("given", "message"), CLIENT.values(), ids=CLIENT)
def test_wrong_app_client_settings(cognito_pool, given, message):
    assert told(cognito_pool.create_client, **given) == message


def test_an_app_client_secret_of_no_text(cognito_pool):
    assert told(cognito_pool.create_client, ClientSecret=3) == (
        f"invalid ClientSecret; a valid one is '{'1example' * 6}'"
    )


def test_a_wrong_client_id_of_a_new_pool(cognito):
    assert told(cognito.create_pool, client_id="my client") == (
        "invalid ClientId 'my client'; a valid one is '1example23456789'"
    )
    assert not cognito.pools


def test_a_client_id_of_a_new_pool_that_is_taken(cognito, cognito_pool):
    assert told(cognito.create_pool, client_id=cognito_pool.client.id) == (
        "an app client with the ClientId 'testclient0000000000000001' exists already"
    )
    assert list(cognito.pools) == [cognito_pool.id]


def test_a_secret_hash_without_a_secret(cognito_pool):
    with pytest.raises(UsageError) as caught:
        cognito_pool.client.secret_hash("ana")
    assert str(caught.value) == "app client 'pytest' has no secret; make it with GenerateSecret=True"


def test_a_pool_without_an_app_client(cognito, cognito_idp):
    pool_id = cognito_idp.create_user_pool(PoolName="customers")["UserPool"]["Id"]
    with pytest.raises(UsageError) as caught:
        _ = cognito.pools[pool_id].client
    assert str(caught.value) == f"pool {pool_id} has no app client; make one with create_client()"


def test_an_unknown_pool_names_those_there_are(cognito, cognito_pool):
    with pytest.raises(KeyError) as caught:
        _ = cognito.pools["us-east-1_TestPool2"]
    assert str(caught.value) == "no pool has the id 'us-east-1_TestPool2'; did you mean 'us-east-1_TestPool1'?"
    with pytest.raises(KeyError) as caught:
        _ = cognito.pools["customers"]
    assert str(caught.value) == "no pool has the id 'customers'; existing pools: 'us-east-1_TestPool1'"


def test_an_unknown_pool_where_there_is_none(cognito):
    with pytest.raises(KeyError) as caught:
        _ = cognito.pools["us-east-1_TestPool1"]
    assert str(caught.value) == "no pool has the id 'us-east-1_TestPool1'; there are no pools"
    assert caught.exconly() == "KeyError: no pool has the id 'us-east-1_TestPool1'; there are no pools"


def test_a_setting_given_under_both_its_names(cognito):
    assert told(cognito.create_pool, Name="one", PoolName="other") == (
        "Name and PoolName are the same setting; give one of them"
    )


def test_a_region_and_an_account_that_are_none():
    assert told(Cognito, region="EU West") == "invalid region 'EU West'; a valid one is 'eu-central-1'"
    assert told(Cognito, account="12") == "invalid account id '12'; a valid one is '123456789012'"


def test_a_pool_that_was_deleted(cognito, cognito_pool, cognito_idp):
    cognito_idp.delete_user_pool(UserPoolId=cognito_pool.id)
    assert told(cognito_pool.add_user, "ana") == "pool us-east-1_TestPool1 was deleted"
    assert told(cognito_pool.create_client) == "pool us-east-1_TestPool1 was deleted"


def test_attributes_that_are_none(cognito_pool):
    assert told(cognito_pool.add_user, "ana", attributes=None) == "attributes must be a dict of strings, not None"


def test_a_kind_of_invocation_that_is_none(cognito_pool):
    assert told(cognito_pool.triggers.of, dict) == (
        "<class 'dict'> is neither a trigger, nor a trigger source, nor an event model"
    )
