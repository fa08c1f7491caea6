"""Cognito.create_pool and UserPool.create_client: Amazon's own keys, checked before anything is made."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

import pytest

from pytest_cognito_pool import AppClient, UnsupportedOperationError, UsageError, UserPool
from pytest_cognito_pool._service.pool import app_clients, settings
from pytest_cognito_pool._service.protocol import model

REFUSED = "Cognito refuses that: InvalidParameterException: "
FROM_A_TO_Z = {
    "PoolName": "people",
    "Policies": {"PasswordPolicy": {"MinimumLength": 12, "TemporaryPasswordValidityDays": 3}},
    "DeletionProtection": "ACTIVE",
    "LambdaConfig": {"PostConfirmation": "arn:aws:lambda:us-east-1:123456789012:function:welcome"},
    "AutoVerifiedAttributes": ["email"],
    "AliasAttributes": ["email", "preferred_username"],
    "EmailVerificationSubject": "Welcome",
    "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_LINK", "EmailSubject": "Welcome"},
    "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
    "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True},
    "Schema": [
        {"Name": "email", "Required": True},
        {"Name": "plan", "AttributeDataType": "String", "StringAttributeConstraints": {"MaxLength": "9"}},
        {
            "Name": "age",
            "AttributeDataType": "Number",
            "Mutable": False,
            "NumberAttributeConstraints": {"MinValue": "1"},
        },
        {"Name": "secret", "AttributeDataType": "Boolean", "DeveloperOnlyAttribute": True},
    ],
    "UsernameConfiguration": {"CaseSensitive": False},
    "UserPoolTags": {"team": "blue"},
    "AccountRecoverySetting": {"RecoveryMechanisms": [{"Priority": 1, "Name": "admin_only"}]},
}


def refusal(call, kind=UsageError):
    with pytest.raises(kind) as caught:
        call()
    return str(caught.value)


def described(cognito_idp, pool):
    return cognito_idp.describe_user_pool(UserPoolId=pool.id)["UserPool"]


class TestPool:
    def test_without_settings(self, cognito, cognito_idp):
        pool = cognito.create_pool()
        assert isinstance(pool, UserPool)
        assert re.fullmatch(r"us-east-1_[0-9A-Za-z]{9}", pool.id)
        assert pool.arn == f"arn:aws:cognito-idp:us-east-1:123456789012:userpool/{pool.id}"
        assert pool.region == "us-east-1"
        assert (pool.users, pool.calls, pool.triggers) == ({}, [], [])
        assert repr(pool) == f"<UserPool {pool.id}>"
        assert described(cognito_idp, pool)["Name"] == "pytest-cognito-pool"

    def test_it_is_among_the_accounts(self, cognito):
        pool = cognito.create_pool()
        assert cognito.pools[pool.id] is pool
        assert dict(cognito.pools) == {pool.id: pool}
        assert repr(cognito.pools) == f"<Pools ['{pool.id}']>"
        with pytest.raises(KeyError) as caught:
            cognito.pools["customers"]
        assert str(caught.value) == f"no pool has the id 'customers'; existing pools: '{pool.id}'"

    def test_nobody_hears_of_it(self, cognito):
        cognito.create_pool().create_client()
        assert cognito.calls == []

    def test_every_setting_arrives(self, cognito, cognito_idp):
        pool = cognito.create_pool(**FROM_A_TO_Z)
        description = described(cognito_idp, pool)
        same = set(FROM_A_TO_Z) - {"PoolName", "Schema", "Policies", "AdminCreateUserConfig"}
        assert {name: description[name] for name in same} == {name: FROM_A_TO_Z[name] for name in same}
        assert description["Name"] == "people"
        policy = description["Policies"]["PasswordPolicy"]
        assert (policy["MinimumLength"], policy["TemporaryPasswordValidityDays"]) == (12, 3)
        assert description["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
        rows = {row["Name"]: row for row in description["SchemaAttributes"]}
        assert rows["email"]["Required"] is True
        assert rows["custom:plan"]["StringAttributeConstraints"] == {"MaxLength": "9"}
        assert (rows["custom:age"]["Mutable"], rows["dev:custom:secret"]["DeveloperOnlyAttribute"]) == (False, True)

    def test_a_description_pasted_back_gives_an_equal_one(self, cognito, cognito_idp):
        first = described(cognito_idp, cognito.create_pool(**FROM_A_TO_Z))
        cognito_idp.update_user_pool(
            UserPoolId=first["Id"], DeletionProtection="INACTIVE", AutoVerifiedAttributes=["email"]
        )
        first = described(cognito_idp, cognito.pools[first["Id"]])
        cognito_idp.delete_user_pool(UserPoolId=first["Id"])
        second = described(cognito_idp, cognito.create_pool(**first))
        read_only = {"CreationDate", "LastModifiedDate"}
        assert {k: v for k, v in second.items() if k not in read_only} == {
            k: v for k, v in first.items() if k not in read_only
        }

    def test_the_default_description_pasted_back_gives_an_equal_one(self, cognito, cognito_idp):
        first = described(cognito_idp, cognito.create_pool())
        second = described(cognito_idp, cognito.create_pool(**{**first, "Id": "us-east-1_Copy"}))
        for description in (first, second):
            for name in ("Id", "Arn", "CreationDate", "LastModifiedDate"):
                del description[name]
        assert second == first

    def test_read_only_keys_are_ignored(self, cognito):
        pool = cognito.create_pool(
            Arn="arn:aws:other", Status="Enabled", EstimatedNumberOfUsers=5, Domain="x", CustomDomain="y"
        )
        assert pool.id in pool.arn

    def test_tuples_are_lists(self, cognito, cognito_idp):
        pool = cognito.create_pool(
            AutoVerifiedAttributes=("email",), Schema=({"Name": "plan", "AttributeDataType": "String"},)
        )
        assert described(cognito_idp, pool)["AutoVerifiedAttributes"] == ["email"]
        assert pool.create_client(CallbackURLs=("https://example.com",)).id

    def test_the_settings_given_stay_the_authors(self, cognito, cognito_idp):
        settings = {"AliasAttributes": ["email"], "Schema": [{"Name": "custom:plan", "AttributeDataType": "String"}]}
        pool = cognito.create_pool(**settings)
        assert settings["Schema"] == [{"Name": "custom:plan", "AttributeDataType": "String"}]
        settings["AliasAttributes"].append("phone_number")
        assert described(cognito_idp, pool)["AliasAttributes"] == ["email"]

    def test_a_null_setting_is_refused(self, cognito):
        message = refusal(lambda: cognito.create_pool(AliasAttributes=None))
        assert message.startswith("Invalid type for parameter AliasAttributes, value: None")

    @pytest.mark.cognito_pool(UserPoolTags={"team": "blue"})
    def test_the_fixtures_pool_is_made_the_same_way(self, cognito_pool, cognito_idp):
        assert described(cognito_idp, cognito_pool)["UserPoolTags"] == {"team": "blue"}
        assert cognito_pool.id == "us-east-1_TestPool1"
        assert cognito_pool.client.id == "testclient0000000000000001"

    def test_a_deleted_pool_is_gone(self, cognito, cognito_idp):
        pool = cognito.create_pool()
        cognito_idp.delete_user_pool(UserPoolId=pool.id)
        assert (pool.id in cognito.pools, len(cognito.pools), list(cognito.pools)) == (False, 0, [])
        assert pool.calls.operations == ["DeleteUserPool"]


class TestId:
    def test_it_fixes_the_id(self, cognito):
        pool = cognito.create_pool(Id="eu-west-1_AbCdEf123")
        assert (pool.id, pool.region) == ("eu-west-1_AbCdEf123", "eu-west-1")
        assert pool.arn == "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEf123"

    @pytest.mark.parametrize("pool_id", ["AbCdEf123", "us-east-1_", "us-east-1_a-b", "", "a b_c", 5])
    def test_one_of_another_form_is_refused(self, cognito, pool_id):
        message = refusal(lambda: cognito.create_pool(Id=pool_id))
        assert message == f"invalid pool Id {pool_id!r}; a valid one is 'us-east-1_AbCdEf123'"

    def test_one_that_is_too_long_is_refused(self, cognito):
        pool_id = "us-east-1_" + "a" * 46
        message = refusal(lambda: cognito.create_pool(Id=pool_id))
        assert message == (
            f"invalid pool Id {pool_id!r}; a valid one is 'us-east-1_AbCdEf123', with at most 55 characters"
        )

    def test_one_twice_is_refused(self, cognito):
        cognito.create_pool(Id="us-east-1_Mine")
        message = refusal(lambda: cognito.create_pool(Id="us-east-1_Mine"))
        assert message == "a pool with the Id 'us-east-1_Mine' exists already"
        assert list(cognito.pools) == ["us-east-1_Mine"]

    def test_one_of_a_deleted_pool_is_free(self, cognito, cognito_idp):
        cognito.create_pool(Id="us-east-1_Mine").add_user("ana")
        cognito_idp.delete_user_pool(UserPoolId="us-east-1_Mine")
        assert cognito.create_pool(Id="us-east-1_Mine").users == {}
        assert cognito.pools["us-east-1_Mine"].calls == []


class TestRefusals:
    def test_an_unknown_setting(self, cognito):
        message = refusal(lambda: cognito.create_pool(UsernameAttribute=["email"]))
        assert message == ("unknown pool setting 'UsernameAttribute'; did you mean 'UsernameAttributes'?")

    @pytest.mark.parametrize(
        ("typed", "meant"), [("poolname", "PoolName"), ("SchemaAttribute", "SchemaAttributes"), ("id", "Id")]
    )
    def test_it_is_told_what_it_may_have_meant(self, cognito, typed, meant):
        assert f"did you mean '{meant}'" in refusal(lambda: cognito.create_pool(**{typed: "x"}))

    def test_an_unknown_nested_setting(self, cognito):
        message = refusal(lambda: cognito.create_pool(Policies={"PasswordPolicy": {"MinimumLenght": 8}}))
        assert message == ("Policies.PasswordPolicy has no member 'MinimumLenght'; did you mean 'MinimumLength'?")

    def test_an_unknown_setting_in_a_list(self, cognito):
        message = refusal(lambda: cognito.create_pool(Schema=[{"Name": "a"}, {"Nam": "b"}]))
        assert message == "Schema has no member 'Nam'; did you mean 'Name'?"

    def test_tags_are_the_authors_own_names(self, cognito, cognito_idp):
        pool = cognito.create_pool(UserPoolTags={"poolname": "x"})
        assert described(cognito_idp, pool)["UserPoolTags"] == {"poolname": "x"}

    def test_a_wrong_type(self, cognito):
        assert refusal(lambda: cognito.create_pool(AliasAttributes="email")) == (
            "Invalid type for parameter AliasAttributes, value: email, type: <class 'str'>, "
            "valid types: <class 'list'>, <class 'tuple'>"
        )

    def test_a_wrong_value(self, cognito):
        assert refusal(lambda: cognito.create_pool(MfaConfiguration="MAYBE")) == (
            f"{REFUSED}1 validation error detected: Value 'MAYBE' at 'mfaConfiguration' failed to satisfy constraint: "
            "Member must satisfy enum value set: [OFF, ON, OPTIONAL]"
        )

    def test_settings_that_exclude_each_other(self, cognito):
        message = refusal(lambda: cognito.create_pool(AliasAttributes=["email"], UsernameAttributes=["email"]))
        assert message == (
            f"{REFUSED}Only one of the aliasAttributes or usernameAttributes can be set in a User pool.\n"
            "UsernameAttributes=['email'], AliasAttributes=['email']"
        )

    @pytest.mark.parametrize(
        ("rows", "text"),
        [
            (
                [{"Name": "plan"}],
                "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.",
            ),
            (
                [{"Name": "plan", "AttributeDataType": "String", "Required": True}],
                "Required custom attributes are not supported currently.",
            ),
            (
                [{"Name": "plan", "AttributeDataType": "String"}] * 2,
                "Duplicate custom attribute names custom:plan are not allowed in a user pool schema.",
            ),
            (
                [{"Name": "email", "AttributeDataType": "Number"}],
                (
                    "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute "
                    "email"
                ),
            ),
            (
                [{"Name": "email", "DeveloperOnlyAttribute": True}],
                (
                    "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute "
                    "email"
                ),
            ),
            (
                [{"Name": "name", "StringAttributeConstraints": {"MinLength": "9", "MaxLength": "8"}}],
                "Attribute name cannot have a max length shorter than it's min length",
            ),
        ],
    )
    def test_a_schema_that_cannot_be(self, cognito, rows, text):
        assert refusal(lambda: cognito.create_pool(Schema=rows)).startswith(f"{REFUSED}{text}")
        assert len(cognito.pools) == 0

    @pytest.mark.parametrize("value", ["abc", "", "1e5x"])
    def test_a_number_constraint_that_is_no_number(self, cognito, cognito_idp, value):
        """Refused when the pool is made: later it would be an exception of Python's."""
        rows = [{"Name": "n", "AttributeDataType": "Number", "NumberAttributeConstraints": {"MinValue": value}}]
        assert refusal(lambda: cognito.create_pool(Schema=rows)).startswith(
            f"{REFUSED}user.custom:n: Number constraints must be numeric."
        )

    def test_one_that_is_not_simulated(self, cognito):
        beyond = sorted({*model.parameters("CreateUserPool")} - settings.KNOWN)
        if not beyond:
            pytest.skip("the installed model has no setting beyond those simulated")
        shape = model.members(model.operation("CreateUserPool").input_shape)[beyond[0]]
        value = {"map": {}, "list": [], "structure": {}}.get(shape.type_name)
        message = refusal(lambda: cognito.create_pool(**{beyond[0]: value}), UnsupportedOperationError)
        assert message == (
            f"CreateUserPool with {beyond[0]} is not simulated by pytest-cognito-pool.\n"
            "Leave it out, or, if the application makes this call, give your own reply: "
            "cognito.answer('CreateUserPool', {...})"
        )
        assert len(cognito.pools) == 0


def test_a_setting_of_an_app_client_that_is_not_simulated(cognito_pool, monkeypatch):
    monkeypatch.setattr(app_clients, "KNOWN", app_clients.KNOWN - {"LogoutURLs"})
    message = refusal(lambda: cognito_pool.create_client(LogoutURLs=[]), UnsupportedOperationError)
    assert message == (
        "CreateUserPoolClient with LogoutURLs is not simulated by pytest-cognito-pool.\n"
        "Leave it out, or, if the application makes this call, give your own reply: "
        "cognito.answer('CreateUserPoolClient', {...})"
    )
    assert len(cognito_pool.clients) == 1


class TestUsernameAttributesTwice:
    @pytest.mark.parametrize("names", [["email", "email"], ["phone_number", "email", "phone_number"], []])
    def test_a_wrong_username_is_refused_all_the_same(self, cognito, names):
        pool = cognito.create_pool(UsernameAttributes=names)
        if names:
            assert "Username should be" in refusal(lambda: pool.add_user("ana"))
        else:
            assert pool.add_user("ana").username == "ana"


class TestClient:
    def test_the_first_one(self, cognito, cognito_idp):
        pool = cognito.create_pool()
        client = pool.client
        assert isinstance(client, AppClient)
        assert re.fullmatch("[0-9a-z]{26}", client.id)
        assert (client.name, client.secret) == ("pytest", None)
        assert repr(client) == f"<AppClient 'pytest' {client.id}>"
        pool.create_client(ClientName="web")
        assert pool.client.id == client.id
        described = cognito_idp.describe_user_pool_client(UserPoolId=pool.id, ClientId=client.id)
        assert described["UserPoolClient"]["ClientName"] == "pytest"

    def test_the_first_one_is_as_complete_as_any_other(self, cognito, cognito_idp):
        pool = cognito.create_pool()
        other = pool.create_client()
        one, two = (
            cognito_idp.describe_user_pool_client(UserPoolId=pool.id, ClientId=client.id)["UserPoolClient"]
            for client in (pool.client, other)
        )
        # It allows users to sign in in every way that is simulated.
        assert set(one) == {*two, "ExplicitAuthFlows"}

    def test_its_id_may_be_the_applications(self, cognito, cognito_idp):
        pool = cognito.create_pool(client_id="myclient")
        assert pool.client.id == "myclient"
        cognito_idp.sign_up(ClientId="myclient", Username="ana", Password="Passw0rd!")
        assert list(pool.users) == ["ana"]

    def test_its_id_twice_is_refused(self, cognito):
        cognito.create_pool(client_id="myclient")
        message = refusal(lambda: cognito.create_pool(client_id="myclient"))
        assert message == "an app client with the ClientId 'myclient' exists already"
        assert len(cognito.pools) == 1

    def test_its_id_in_another_form_is_refused(self, cognito):
        assert refusal(lambda: cognito.create_pool(client_id="my client")) == (
            "invalid ClientId 'my client'; a valid one is '1example23456789'"
        )

    def test_a_pool_of_the_applications_has_none(self, cognito, cognito_idp):
        pool_id = cognito_idp.create_user_pool(PoolName="p")["UserPool"]["Id"]
        pool = cognito.pools[pool_id]
        assert refusal(lambda: pool.client) == f"pool {pool_id} has no app client; make one with create_client()"
        client = pool.create_client()
        assert pool.client.id == client.id

    def test_the_settings_are_amazons(self, cognito_pool, cognito_idp):
        client = cognito_pool.create_client(ClientName="web", ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"])
        assert client.name == "web"
        reply = cognito_idp.describe_user_pool_client(UserPoolId=cognito_pool.id, ClientId=client.id)
        assert reply["UserPoolClient"]["ExplicitAuthFlows"] == ["ALLOW_USER_SRP_AUTH"]
        assert "ClientSecret" not in reply["UserPoolClient"]

    def test_the_settings_given_stay_the_authors(self, cognito_pool, cognito_idp):
        flows = ["ALLOW_USER_SRP_AUTH"]
        client = cognito_pool.create_client(ExplicitAuthFlows=flows)
        flows.clear()
        reply = cognito_idp.describe_user_pool_client(UserPoolId=cognito_pool.id, ClientId=client.id)
        assert reply["UserPoolClient"]["ExplicitAuthFlows"] == ["ALLOW_USER_SRP_AUTH"]

    def test_a_description_pasted_back(self, cognito, cognito_pool, cognito_idp):
        client = cognito_pool.create_client(ClientName="web", GenerateSecret=True, RefreshTokenValidity=5)
        of_client = {"UserPoolId": cognito_pool.id, "ClientId": client.id}
        first = cognito_idp.describe_user_pool_client(**of_client)["UserPoolClient"]
        other = cognito.create_pool()
        first["ClientId"] = "copy"
        copied = other.create_client(**first)
        assert (copied.name, copied.secret, copied.id) == ("web", client.secret, "copy")
        second = cognito_idp.describe_user_pool_client(UserPoolId=other.id, ClientId="copy")["UserPoolClient"]
        for reply in (first, second):
            for name in ("UserPoolId", "CreationDate", "LastModifiedDate"):
                del reply[name]
        assert second == first

    def test_the_applications_own_id_and_secret(self, cognito_pool):
        secret = "mysecret" * 4
        client = cognito_pool.create_client(ClientId="myclient", ClientSecret=secret)
        assert (client.id, client.secret) == ("myclient", secret)
        assert secret not in repr(client)

    def test_a_generated_secret(self, cognito_pool):
        assert re.fullmatch("[0-9a-z]{51}", cognito_pool.create_client(GenerateSecret=True).secret)

    def test_both_secrets_are_refused(self, cognito_pool):
        assert refusal(lambda: cognito_pool.create_client(GenerateSecret=True, ClientSecret="x" * 24)) == (
            f"{REFUSED}GenerateSecret and ClientSecret exclude each other.\n"
            "ClientSecret and GenerateSecret=True are both given"
        )

    def test_a_client_id_twice_is_refused(self, cognito, cognito_pool):
        cognito_pool.create_client(ClientId="mine")
        for pool in (cognito_pool, cognito.create_pool()):
            message = refusal(lambda pool=pool: pool.create_client(ClientId="mine"))
            assert message == "an app client with the ClientId 'mine' exists already"

    @pytest.mark.parametrize("client_id", ["my client", "", "é", 5.5])
    def test_a_client_id_of_another_form_is_refused(self, cognito_pool, client_id):
        message = refusal(lambda: cognito_pool.create_client(ClientId=client_id))
        assert message == f"invalid ClientId {client_id!r}; a valid one is '1example23456789'"

    def test_a_client_id_that_is_too_long_is_refused(self, cognito_pool):
        message = refusal(lambda: cognito_pool.create_client(ClientId="a" * 129))
        assert message == (
            f"invalid ClientId '{'a' * 129}'; a valid one is '1example23456789', with at most 128 characters"
        )

    @pytest.mark.parametrize("secret", [5, "two words", b"bytes"])
    def test_a_secret_that_is_none_is_refused(self, cognito_pool, secret):
        assert refusal(lambda: cognito_pool.create_client(ClientSecret=secret)) == (
            f"invalid ClientSecret; a valid one is '{'1example' * 6}'"
        )

    def test_an_unknown_setting_is_refused(self, cognito_pool):
        assert refusal(lambda: cognito_pool.create_client(ClientNam="web")) == (
            "unknown app client setting 'ClientNam'; did you mean 'ClientName'?"
        )

    def test_an_unknown_nested_setting_is_refused(self, cognito_pool):
        message = refusal(lambda: cognito_pool.create_client(TokenValidityUnits={"AccesToken": "hours"}))
        assert message == ("TokenValidityUnits has no member 'AccesToken'; did you mean 'AccessToken'?")

    @pytest.mark.parametrize(
        ("settings", "text"),
        [
            (
                {"ReadAttributes": ["custom:x"]},
                (
                    "Invalid read attributes specified while creating a client\n"
                    "'custom:x' is refused: ReadAttributes=['custom:x']"
                ),
            ),
            (
                {"WriteAttributes": ["custom:x"]},
                (
                    "Invalid write attributes specified while creating a client\n"
                    "'custom:x' is refused: WriteAttributes=['custom:x']"
                ),
            ),
            (
                {"AllowedOAuthFlowsUserPoolClient": True},
                (
                    "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth "
                    "flows.\nAllowedOAuthFlowsUserPoolClient=True, no AllowedOAuthFlows, no AllowedOAuthScopes"
                ),
            ),
            (
                {"RefreshTokenValidity": 315360001},
                (
                    "1 validation error detected: Value '315360001' at 'refreshTokenValidity' failed to satisfy "
                    "constraint: Member must have value less than or equal to 315360000"
                ),
            ),
        ],
    )
    def test_a_setting_the_service_refuses(self, cognito_pool, settings, text):
        assert refusal(lambda: cognito_pool.create_client(**settings)) == f"{REFUSED}{text}"

    def test_a_deleted_pools_client_id_is_free(self, cognito, cognito_idp):
        pool = cognito.create_pool(client_id="mine")
        cognito_idp.delete_user_pool(UserPoolId=pool.id)
        assert cognito.create_pool(client_id="mine").client.id == "mine"


class TestSecretHash:
    def test_it_is_the_documented_formula(self, cognito_pool):
        client = cognito_pool.create_client(ClientId="abc", ClientSecret="s" * 24)
        digest = hmac.new(b"s" * 24, "josé".encode() + b"abc", hashlib.sha256).digest()
        assert client.secret_hash("josé") == base64.b64encode(digest).decode()

    def test_it_lets_a_user_sign_up(self, cognito_pool, cognito_idp):
        client = cognito_pool.create_client(GenerateSecret=True)
        sign_up = {"ClientId": client.id, "Username": "ana", "Password": "Passw0rd!"}
        with pytest.raises(cognito_idp.exceptions.NotAuthorizedException):
            cognito_idp.sign_up(**sign_up)
        with pytest.raises(cognito_idp.exceptions.NotAuthorizedException):
            cognito_idp.sign_up(**sign_up, SecretHash=client.secret_hash("bob"))
        cognito_idp.sign_up(**sign_up, SecretHash=client.secret_hash("ana"))
        assert cognito_pool.users["ana"].status == "UNCONFIRMED"

    def test_of_a_client_without_a_secret(self, cognito_pool):
        assert refusal(lambda: cognito_pool.client.secret_hash("ana")) == (
            "app client 'pytest' has no secret; make it with GenerateSecret=True"
        )


def test_an_app_client_is_the_same_wherever_it_is_asked_for(cognito_pool):
    web = cognito_pool.create_client(ClientName="web", GenerateSecret=True)
    assert cognito_pool.clients == [cognito_pool.client, web]
    assert len({web, cognito_pool.clients[1]}) == 1
    assert web != cognito_pool.client
    assert web != web.id
    assert repr(web.secret) == "'***'"
    assert cognito_pool.clients[1].secret == web.secret


def test_the_whole_output_of_describe_user_pool_can_be_pasted(cognito, cognito_idp):
    pool = cognito.create_pool(Id="us-east-1_Mine", UsernameAttributes=["email"])
    printed = cognito_idp.describe_user_pool(UserPoolId=pool.id)
    del printed["ResponseMetadata"]
    printed["UserPool"]["Id"] = "us-east-1_Copy"
    assert cognito.create_pool(**printed).add_user("ana@example.com").attributes["email"] == "ana@example.com"
    assert list(cognito.pools) == ["us-east-1_Mine", "us-east-1_Copy"]


def test_a_pool_may_have_come_to_its_mfa_without_sms(cognito, cognito_idp):
    pool = cognito.create_pool(MfaConfiguration="OPTIONAL")
    assert cognito_idp.describe_user_pool(UserPoolId=pool.id)["UserPool"]["MfaConfiguration"] == "OPTIONAL"
