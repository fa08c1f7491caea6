"""AdminConfirmSignUp: facts/admin-confirm-sign-up.md, row by row."""

from __future__ import annotations

import threading

import pytest

from pytest_cognito_pool import PostConfirmationEvent, Transition
from pytest_cognito_pool._service.context import PoolContext

evidence = pytest.mark.evidence
OTHER_STATUSES = ["ARCHIVED", "COMPROMISED", "EXTERNAL_PROVIDER", "RESET_REQUIRED", "UNKNOWN"]


def status(cognito_idp, pool, name):
    return cognito_idp.admin_get_user(UserPoolId=pool.id, Username=name)["UserStatus"]


@evidence("documented", "API reference: sets a user account active")
def test_an_unconfirmed_user_is_confirmed(cognito_pool, cognito_idp):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    assert status(cognito_idp, cognito_pool, "ana") == "CONFIRMED"
    assert cognito_pool.users["ana"].history == [Transition("UNCONFIRMED", "CONFIRMED", "AdminConfirmSignUp", at=0)]


@evidence("observed", "ustaxcourt/ef-cms")
def test_a_confirmed_user_is_refused(cognito_pool, cognito_idp, refused):
    cognito_pool.add_user("ana")
    with refused("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED"):
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")


@evidence("observed", "public capture; ConfirmSignUp: amplify-js#6711")
def test_a_user_who_must_change_their_password_is_refused(cognito_pool, cognito_idp, refused):
    cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="ana")
    with refused("NotAuthorizedException", "User cannot be confirmed. Current status is FORCE_CHANGE_PASSWORD"):
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")


@evidence("inferred", "the message is built from the status; UNCONFIRMED is the only accepted one")
@pytest.mark.parametrize("other", OTHER_STATUSES)
def test_a_user_of_any_other_status_is_refused(cognito_pool, cognito_idp, refused, other):
    cognito_pool.add_user("ana", status=other)
    with refused("NotAuthorizedException"):
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    assert cognito_pool.users["ana"].status == other


@evidence("inferred", "no evidence for a check of Enabled; every other fake ignores it here")
def test_a_disabled_user_is_confirmed_and_stays_disabled(cognito_pool, cognito_idp):
    cognito_pool.add_user("ana", status="UNCONFIRMED", enabled=False)
    cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    user = cognito_pool.users["ana"]
    assert (user.status, user.enabled) == ("CONFIRMED", False)


@evidence("observed", "cognito-local#380")
def test_an_unknown_user_is_refused(cognito_pool, cognito_idp, refused):
    with refused("UserNotFoundException", "User does not exist."):
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="bob")


@evidence("inferred", "the request has no app client whose PreventUserExistenceErrors could apply")
def test_an_app_client_that_hides_users_does_not_hide_an_unknown_user(cognito_pool, cognito_idp, refused):
    cognito_pool.create_client(PreventUserExistenceErrors="ENABLED")
    with refused("UserNotFoundException", "User does not exist."):
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="bob")


@evidence("observed", "aws-sdk-go#2436")
def test_an_unknown_pool_is_refused(cognito_idp, refused):
    with refused("ResourceNotFoundException", "User pool us-east-1_AAAAAAAAA does not exist."):
        cognito_idp.admin_confirm_sign_up(UserPoolId="us-east-1_AAAAAAAAA", Username="ana")


@evidence("observed", "aws-aspnet-cognito-identity-provider#135: the usual cause was a wrong region")
def test_a_pool_of_another_region_does_not_exist(cognito, cognito_idp, refused):
    pool = cognito.create_pool(Id="eu-west-1_AbCdEf123")
    pool.add_user("ana", status="UNCONFIRMED")
    with refused("ResourceNotFoundException", "User pool eu-west-1_AbCdEf123 does not exist."):
        cognito_idp.admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")
    assert pool.users["ana"].status == "UNCONFIRMED"
    assert pool.calls[0].why == "the pool is in eu-west-1, the application's client is for us-east-1"


@evidence("observed", "captures a, c, d: email_verified is false after an admin confirm")
def test_no_address_becomes_verified(cognito_pool, cognito_idp):
    cognito_pool.add_user("ana", status="UNCONFIRMED", email="ana@example.com", phone_number="+15551234567")
    cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    attributes = cognito_pool.users["ana"].attributes
    assert (attributes["email_verified"], attributes["phone_number_verified"]) == ("false", "false")


@evidence("inferred", "other fakes; no direct observation")
def test_the_last_modified_date_changes(cognito_pool, cognito_idp, monkeypatch):
    user = cognito_pool.add_user("ana", status="UNCONFIRMED")
    before = user.modified
    monkeypatch.setattr("time.time", lambda: before.timestamp() + 60)
    cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    described = cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
    assert (described["UserLastModifiedDate"] - before).total_seconds() == 60
    assert described["UserCreateDate"] == before


@evidence("inferred", "a refused request changes nothing")
def test_a_refused_call_changes_nothing(cognito_pool, cognito_idp, refused):
    cognito_pool.add_user("ana")
    before = cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
    with refused("NotAuthorizedException"):
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    after = cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
    del before["ResponseMetadata"], after["ResponseMetadata"]
    assert after == before
    assert cognito_pool.triggers == []
    assert cognito_pool.users["ana"].history == []


@evidence("inferred", "nothing suggests a check of AllowAdminCreateUserOnly")
@pytest.mark.cognito_pool(AdminCreateUserConfig={"AllowAdminCreateUserOnly": True})
def test_a_user_can_be_confirmed_in_a_pool_that_does_not_allow_sign_up(cognito_pool, cognito_idp):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    assert cognito_pool.users["ana"].status == "CONFIRMED"


@evidence("inferred", "each status change is atomic")
def test_only_one_of_many_simultaneous_confirms_succeeds(cognito_pool, cognito_idp):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    start, outcomes = threading.Barrier(8), []

    def confirm():
        start.wait()
        try:
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
            outcomes.append("confirmed")
        except cognito_idp.exceptions.NotAuthorizedException:
            outcomes.append("refused")

    threads = [threading.Thread(target=confirm) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["confirmed"] + ["refused"] * 7
    assert len(cognito_pool.triggers) == 1
    assert len(cognito_pool.users["ana"].history) == 1


class TestNames:
    """Section 4: which user a Username finds."""

    @evidence("documented", "API reference: the sub of a local user")
    def test_the_sub_finds_the_user(self, cognito_pool, cognito_idp):
        sub = cognito_pool.add_user("ana", status="UNCONFIRMED").sub
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username=sub)
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("inferred", "documented for local users only")
    def test_the_sub_of_a_federated_user_finds_no_user(self, cognito_pool, cognito_idp, refused):
        sub = cognito_pool.add_user("Google_115619098971084199595", status="EXTERNAL_PROVIDER").sub
        with refused("UserNotFoundException", "User does not exist."):
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username=sub)

    @evidence("inferred", "documented as a name; the status EXTERNAL_PROVIDER refuses")
    def test_a_federated_username_finds_the_user_but_the_status_is_refused(self, cognito_pool, cognito_idp, refused):
        cognito_pool.add_user("Google_115619098971084199595", status="EXTERNAL_PROVIDER")
        with refused("NotAuthorizedException"):
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="Google_115619098971084199595")

    @evidence("documented", "user-pool-settings-attributes.md: an alias works once it is verified")
    @pytest.mark.cognito_pool(AliasAttributes=["email", "phone_number"])
    @pytest.mark.parametrize("alias", ["ana@example.com", "+15551234567"])
    def test_a_verified_alias_finds_the_user(self, cognito_pool, cognito_idp, alias):
        verified = {"email_verified": "true", "phone_number_verified": "true"}
        cognito_pool.add_user("ana", status="UNCONFIRMED", phone_number="+15551234567", attributes=verified)
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username=alias)
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("inferred", "observed for ConfirmSignUp: amazon-cognito-identity-js#514, #398, #410")
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_an_unverified_alias_finds_no_user(self, cognito_pool, cognito_idp, refused):
        cognito_pool.add_user("ana", status="UNCONFIRMED", email="ana@example.com")
        with refused("UserNotFoundException", "User does not exist."):
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana@example.com")
        assert cognito_pool.calls[0].why == (
            "'ana@example.com' is the email of 'ana', and not an alias until it is verified"
        )

    @evidence("documented", "user-pool-settings-attributes.md: preferred_username may be an alias")
    @pytest.mark.cognito_pool(AliasAttributes=["preferred_username"])
    def test_a_preferred_username_that_is_an_alias_finds_the_user(self, cognito_pool, cognito_idp):
        cognito_pool.add_user("ana", status="UNCONFIRMED", attributes={"preferred_username": "annie"})
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="annie")
        assert cognito_pool.users["ana"].status == "CONFIRMED"

    @evidence("observed", "ef-cms scripts: works with the unverified email")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    @pytest.mark.parametrize("verified", ["true", "false"])
    def test_the_sign_up_email_finds_the_user_even_if_it_is_not_verified(self, cognito_pool, cognito_idp, verified):
        user = cognito_pool.add_user("ana@example.com", status="UNCONFIRMED", attributes={"email_verified": verified})
        assert user.username == user.sub
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana@example.com")
        assert user.status == "CONFIRMED"

    @evidence("observed", "public capture: works with the UserSub of SignUp")
    @pytest.mark.cognito_pool(UsernameAttributes=["phone_number"])
    def test_the_sub_finds_a_user_who_signed_up_with_a_phone_number(self, cognito_pool, cognito_idp):
        client_id = cognito_pool.client.id
        signed_up = cognito_idp.sign_up(ClientId=client_id, Username="+15551234567", Password="Passw0rd!")
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username=signed_up["UserSub"])
        assert cognito_pool.users["+15551234567"].status == "CONFIRMED"

    @evidence("documented", "user-pool-case-sensitivity.md")
    @pytest.mark.cognito_pool(UsernameConfiguration={"CaseSensitive": False}, AliasAttributes=["email"])
    @pytest.mark.parametrize("name", ["ANA", "Ana@Example.com"])
    def test_a_case_insensitive_pool_ignores_the_case_of_a_username_or_alias(self, cognito_pool, cognito_idp, name):
        cognito_pool.add_user("Ana", status="UNCONFIRMED", attributes={"email_verified": "true"})
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username=name)
        assert cognito_pool.triggers[0].event.user_name == "Ana"

    @evidence("documented", "user-pool-case-sensitivity.md: the API's default is case-sensitive")
    def test_a_case_sensitive_pool_does_not_find_a_username_in_another_case(self, cognito_pool, cognito_idp, refused):
        cognito_pool.add_user("Ana", status="UNCONFIRMED")
        with refused("UserNotFoundException", "User does not exist."):
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")


class TestPostConfirmation:
    """Section 6: the event."""

    @evidence("observed", "capture a (2024+): CloudWatch log, us-east-1, email as username")
    @pytest.mark.cognito_pool(Id="us-east-1_GFfn9AMAN", UsernameAttributes=["email"])
    def test_the_event_equals_a_captured_event(self, cognito_pool, cognito_idp):
        sub = cognito_pool.add_user("user@example.com", status="UNCONFIRMED").sub
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="user@example.com")
        invocation = cognito_pool.triggers.one(PostConfirmationEvent)
        captured = {
            "version": "1",
            "region": "us-east-1",
            "userPoolId": "us-east-1_GFfn9AMAN",
            "userName": sub,
            # The capture is of the console, whose SDK is aws-sdk-js-2.1639.0.
            "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": None},
            "triggerSource": "PostConfirmation_ConfirmSignUp",
            "request": {
                "userAttributes": {
                    "sub": sub,
                    "email_verified": "false",
                    "cognito:user_status": "CONFIRMED",
                    "email": "user@example.com",
                }
            },
            "response": {},
        }
        assert invocation.event.model_dump(by_alias=True) == captured
        assert list(invocation.payload) == list(captured)
        assert list(invocation.payload["request"]["userAttributes"]) == list(captured["request"]["userAttributes"])

    @evidence("documented", "aws-lambda-go#255: passed as given")
    def test_client_metadata_is_passed_on(self, cognito_pool, cognito_idp):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana", ClientMetadata={"plan": "pro"})
        assert cognito_pool.triggers.one(PostConfirmationEvent).event.request.client_metadata == {"plan": "pro"}

    @evidence("observed", "captures a-d; amplify-js#4439: the key is absent when the call had none")
    def test_without_client_metadata_the_event_has_no_key_for_it(self, cognito_pool, cognito_idp):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        event = cognito_pool.triggers.one(PostConfirmationEvent).event
        assert event.request.client_metadata is None
        assert "clientMetadata" not in event.model_dump(by_alias=True)["request"]

    @evidence("inferred", "no evidence for an empty map")
    def test_empty_client_metadata_is_passed_on_as_an_empty_map(self, cognito_pool, cognito_idp):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana", ClientMetadata={})
        assert cognito_pool.triggers[0].payload["request"]["clientMetadata"] == {}

    @evidence("observed", "amplify-js#4439; documented as not stored")
    def test_the_client_metadata_of_sign_up_is_not_passed_on(self, cognito_pool, cognito_idp):
        cognito_idp.sign_up(
            ClientId=cognito_pool.client.id, Username="ana", Password="Passw0rd!", ClientMetadata={"plan": "pro"}
        )
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        event = cognito_pool.triggers.one("PostConfirmation").payload
        assert "clientMetadata" not in event["request"]

    @evidence("observed", "custom attributes as custom:x; values are texts")
    @pytest.mark.cognito_pool(Schema=[{"Name": "plan", "AttributeDataType": "String"}])
    def test_custom_attributes_and_verified_flags_are_strings(self, cognito_pool, cognito_idp):
        cognito_pool.add_user(
            "ana",
            status="UNCONFIRMED",
            email="ana@example.com",
            attributes={"custom:plan": "pro", "email_verified": "true"},
        )
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        attributes = cognito_pool.triggers[0].event.request.user_attributes
        assert attributes["custom:plan"] == "pro"
        assert attributes["email_verified"] == "true"
        assert attributes["cognito:user_status"] == "CONFIRMED"

    @evidence("observed", "captures a-d: a flag is there wherever there is an address")
    def test_a_user_without_an_address_has_no_verified_flag(self, cognito_pool, cognito_idp):
        sub = cognito_pool.add_user("ana", status="UNCONFIRMED", email="").sub
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        attributes = cognito_pool.triggers[0].event.request.user_attributes
        assert attributes == {"sub": sub, "cognito:user_status": "CONFIRMED"}

    @evidence("documented", "the trigger is invoked if the pool's configuration includes it")
    @pytest.mark.cognito_pool(LambdaConfig={"PreSignUp": "arn:aws:lambda:us-east-1:123456789012:function:check"})
    def test_a_pool_with_only_other_triggers_does_not_invoke_it(self, cognito_pool, cognito_idp):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert cognito_pool.triggers == []

    @evidence("documented", "the trigger is invoked if the pool's configuration includes it")
    @pytest.mark.cognito_pool(LambdaConfig={"PostConfirmation": "arn:aws:lambda:us-east-1:123456789012:function:mail"})
    def test_a_pool_with_the_trigger_in_its_lambda_config_invokes_it(self, cognito_pool, cognito_idp):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert cognito_pool.triggers.sources == ["PostConfirmation_ConfirmSignUp"]

    @evidence("observed", "6.3: the event reads CONFIRMED; inferred that it is of the moment of the change")
    def test_the_event_has_the_status_at_the_moment_of_the_change(self, cognito_pool, cognito_idp, monkeypatch):
        user = cognito_pool.add_user("ana", status="UNCONFIRMED")
        invoke = PoolContext._invoke

        def demoted_before(self, event):
            set_password(UserPoolId=cognito_pool.id, Username="ana", Password="Passw0rd!", Permanent=False)
            invoke(self, event)

        set_password = cognito_idp.admin_set_user_password
        monkeypatch.setattr(PoolContext, "_invoke", demoted_before)
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert user.status == "FORCE_CHANGE_PASSWORD"
        assert cognito_pool.triggers[0].event.request.user_attributes["cognito:user_status"] == "CONFIRMED"
