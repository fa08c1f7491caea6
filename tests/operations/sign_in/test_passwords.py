"""Signing in with a password in the request: facts/sign-in.md 2.1, facts/lifecycle.md F1."""

from __future__ import annotations

import pytest

evidence = pytest.mark.evidence
INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
SECRET = {"GenerateSecret": True, "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"]}
HIDING = {"PreventUserExistenceErrors": "ENABLED", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]}
FLOWS = ["USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"]


class TestSignIn:
    @evidence("observed", "a recorded HTTP body; aws-sdk-js-v3#3548")
    @pytest.mark.parametrize("flow", FLOWS)
    def test_the_reply_has_tokens_and_empty_challenge_parameters(self, ana, sign_in, flow):
        reply = sign_in(flow=flow)
        del reply["ResponseMetadata"]
        result = reply.pop("AuthenticationResult")
        assert reply == {"ChallengeParameters": {}}
        assert {*result} == {"AccessToken", "ExpiresIn", "IdToken", "RefreshToken", "TokenType"}
        assert (result["ExpiresIn"], result["TokenType"]) == (3600, "Bearer")

    @evidence("documented", "model: an alias may be given as USERNAME")
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_a_user_can_sign_in_with_a_verified_alias(self, cognito_pool, sign_in):
        cognito_pool.add_user("bob", email="bob@example.com")
        assert sign_in("bob@example.com")["AuthenticationResult"]

    @evidence("observed", "ministack#1758: a sub is an unknown user")
    def test_a_user_cannot_sign_in_with_a_sub(self, ana, cognito_pool, sign_in, refused):
        with refused("UserNotFoundException", "User does not exist."):
            sign_in(ana.sub)
        assert cognito_pool.calls[-1].why == "users cannot sign in with a sub; use 'ana'"

    @evidence("observed", "moto-av: the username is the sub where users sign in with an address")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_a_user_can_sign_in_with_a_generated_username(self, cognito_pool, sign_in):
        bob = cognito_pool.add_user("bob@example.com")
        assert sign_in(bob.sub)["AuthenticationResult"]
        assert sign_in("bob@example.com")["AuthenticationResult"]


class TestRefusals:
    @evidence("observed", "localstack#3201")
    @pytest.mark.parametrize("flow", FLOWS)
    def test_a_wrong_password_is_refused(self, ana, sign_in, refused, cognito_pool, flow):
        with refused(*INCORRECT):
            sign_in(password="Wrong-1!", flow=flow)
        assert cognito_pool.calls[-1].why == "'ana' has another password"

    @evidence("observed", "floci-rec initiate-auth.srp.unknown-user, captures")
    def test_an_unknown_user_is_refused(self, ana, sign_in, refused, cognito_pool):
        with refused("UserNotFoundException", "User does not exist."):
            sign_in("anna")
        assert "did you mean 'ana'" in cognito_pool.calls[-1].why

    @evidence("documented", "guide: managing user existence errors")
    def test_an_unknown_user_looks_like_a_wrong_password_if_the_app_client_hides_users(
        self, ana, cognito_pool, sign_in, refused
    ):
        with refused(*INCORRECT):
            sign_in("anna", client=cognito_pool.create_client(**HIDING))

    @evidence("observed", "ministack#1758, amazon-cognito-identity-js#288: before the password is checked")
    @pytest.mark.parametrize("password", ["Passw0rd!", "Wrong-1!"])
    def test_an_unconfirmed_user_is_refused(self, cognito_pool, sign_in, refused, password):
        cognito_pool.add_user("bob", status="UNCONFIRMED")
        with refused("UserNotConfirmedException", "User is not confirmed."):
            sign_in("bob", password)

    @evidence("observed", "public capture")
    def test_a_disabled_user_is_refused(self, cognito_pool, sign_in, refused):
        cognito_pool.add_user("bob", enabled=False)
        with refused("NotAuthorizedException", "User is disabled."):
            sign_in("bob")

    @evidence("observed", "captures of InitiateAuth")
    def test_a_user_who_must_reset_the_password_is_refused(self, cognito_pool, sign_in, refused):
        cognito_pool.add_user("bob", status="RESET_REQUIRED")
        with refused("PasswordResetRequiredException", "Password reset required for the user"):
            sign_in("bob")

    @evidence("inferred", "a user of another provider has no password here")
    def test_a_user_without_a_password_is_refused(self, cognito_pool, sign_in, refused):
        cognito_pool.add_user("bob", status="EXTERNAL_PROVIDER")
        with refused(*INCORRECT):
            sign_in("bob")
        assert cognito_pool.calls[-1].why == "'bob' has no password"

    @evidence("observed", "aws-sdk-cpp#452, amplify-android test data")
    @pytest.mark.parametrize(
        ("flow", "missing"),
        [
            ("USER_PASSWORD_AUTH", "USERNAME"),
            ("USER_PASSWORD_AUTH", "PASSWORD"),
            ("USER_SRP_AUTH", "SRP_A"),
            ("REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"),
            ("REFRESH_TOKEN", "REFRESH_TOKEN"),
        ],
    )
    def test_a_missing_parameter_is_refused(self, initiate, refused, flow, missing):
        given = {} if missing == "USERNAME" else {"USERNAME": "ana"}
        with refused("InvalidParameterException", f"Missing required parameter {missing}"):
            initiate(flow, **given)

    @evidence("observed", "cognito-srp-helper tests: unknown keys are ignored")
    def test_other_parameters_are_ignored(self, ana, sign_in):
        assert sign_in(SRP_A="ff", COLOUR="blue")["AuthenticationResult"]


class TestFlows:
    @evidence("observed", "soto-cognito-authentication-kit#10, aws-doc-sdk-examples#5289")
    @pytest.mark.parametrize(
        ("flow", "by_admin"),
        [("ADMIN_USER_PASSWORD_AUTH", False), ("ADMIN_NO_SRP_AUTH", False), ("USER_PASSWORD_AUTH", True)],
    )
    def test_admin_and_public_operations_refuse_the_flows_of_each_other(self, initiate, refused, flow, by_admin):
        with refused("InvalidParameterException", "Initiate Auth method not supported."):
            initiate(flow, by_admin=by_admin, USERNAME="ana", PASSWORD="Passw0rd!")

    @evidence("observed", "captures of the four texts; REFRESH_TOKEN_AUTH inferred")
    @pytest.mark.parametrize(
        ("flow", "text"),
        [
            ("USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH flow not enabled for this client"),
            ("ADMIN_USER_PASSWORD_AUTH", "Auth flow not enabled for this client"),
            ("USER_SRP_AUTH", "USER_SRP_AUTH is not enabled for the client."),
            ("CUSTOM_AUTH", "CUSTOM_AUTH is not enabled for the client."),
            ("REFRESH_TOKEN", None),
        ],
    )
    def test_a_flow_that_the_app_client_does_not_allow_is_refused(self, cognito_pool, initiate, refused, flow, text):
        client = cognito_pool.create_client(ExplicitAuthFlows=["ALLOW_USER_AUTH"])
        with refused("InvalidParameterException", text):
            initiate(flow, client, USERNAME="ana")
        needed = {"REFRESH_TOKEN": "REFRESH_TOKEN_AUTH"}.get(flow, flow)
        has = "app client 'pytest' has ExplicitAuthFlows=['ALLOW_USER_AUTH']"
        assert cognito_pool.calls[-1].why == f"{has}; it needs 'ALLOW_{needed}'"

    @evidence("observed", "the text; that older names are not mixed with the present ones: other-operations 22")
    def test_an_app_client_with_older_flow_names_refuses_other_flows(self, cognito_pool, initiate, refused):
        client = cognito_pool.create_client(ExplicitAuthFlows=["ADMIN_NO_SRP_AUTH"])
        with refused("InvalidParameterException", "USER_PASSWORD_AUTH flow not enabled for this client"):
            initiate("USER_PASSWORD_AUTH", client, USERNAME="ana", PASSWORD="x")
        assert cognito_pool.calls[-1].why.endswith("; it needs 'USER_PASSWORD_AUTH'")

    @evidence("documented", "model, ExplicitAuthFlows; the older names: inferred")
    @pytest.mark.parametrize(
        ("flows", "refused_flow", "allowed"),
        [
            ([], "USER_PASSWORD_AUTH", "REFRESH_TOKEN_AUTH"),
            (["USER_PASSWORD_AUTH"], "ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH"),
            (["ADMIN_NO_SRP_AUTH"], "USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH"),
            (["ADMIN_NO_SRP_AUTH"], "USER_PASSWORD_AUTH", "USER_SRP_AUTH"),
            (["CUSTOM_AUTH_FLOW_ONLY"], "USER_SRP_AUTH", "CUSTOM_AUTH"),
        ],
    )
    def test_explicit_auth_flows_decide_which_flows_are_allowed(
        self, cognito_pool, initiate, refused, flows, refused_flow, allowed
    ):
        client = cognito_pool.create_client(**({"ExplicitAuthFlows": flows} if flows else {}))
        with refused("InvalidParameterException") as caught:
            initiate(refused_flow, client)
        assert "not enabled" in caught.value.response["Error"]["Message"]
        with refused("InvalidParameterException") as caught:
            initiate(allowed, client)
        assert "not enabled" not in caught.value.response["Error"]["Message"]

    @evidence("observed", "public capture")
    def test_custom_auth_without_functions_is_refused(self, initiate, refused):
        text = "Custom auth lambda trigger is not configured for the user pool."
        with refused("InvalidParameterException", text):
            initiate("CUSTOM_AUTH", USERNAME="ana")


class TestSecretHash:
    @evidence("observed", "amplify-android#2504")
    def test_a_missing_hash_is_refused(self, ana, cognito_pool, sign_in, refused):
        client = cognito_pool.create_client(**SECRET)
        text = f"Client {client.id} is configured with secret but SECRET_HASH was not received"
        with refused("NotAuthorizedException", text):
            sign_in(client=client)

    @evidence("observed", "a live test of a Kong plugin; aws-sdk-net-extensions-cognito#122")
    @pytest.mark.parametrize("flow", FLOWS)
    def test_a_wrong_hash_is_refused(self, ana, cognito_pool, sign_in, refused, flow):
        client = cognito_pool.create_client(**SECRET)
        with refused("NotAuthorizedException", f"SecretHash does not match for the client: {client.id}"):
            sign_in(client=client, flow=flow, SECRET_HASH=client.secret_hash("bob"))

    @evidence("inferred", "a hash that is not Unicode is a wrong hash")
    def test_a_hash_that_is_not_unicode_is_refused(self, ana, cognito_pool, sign_in, refused):
        client = cognito_pool.create_client(**SECRET)
        with refused("NotAuthorizedException", f"SecretHash does not match for the client: {client.id}"):
            sign_in(client=client, SECRET_HASH="\udc80")

    @evidence("observed", "qwigo/warrant#74: over the username as written in the request")
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_the_hash_is_made_of_the_username_in_the_request(self, ana, cognito_pool, sign_in):
        client = cognito_pool.create_client(**SECRET)
        hashed = client.secret_hash("ana@example.com")
        assert sign_in("ana@example.com", client=client, SECRET_HASH=hashed)["AuthenticationResult"]


class TestNotSimulated:
    @evidence("inferred", "tokens without the second factor would be wrong")
    @pytest.mark.cognito_pool(MfaConfiguration="ON")
    def test_a_required_second_factor_is_not_simulated(self, ana, sign_in, unsupported):
        with unsupported("InitiateAuth with MfaConfiguration='ON'"):
            sign_in()

    @evidence("inferred", "tokens without the second factor would be wrong")
    @pytest.mark.cognito_pool(MfaConfiguration="OPTIONAL")
    def test_a_second_factor_that_the_user_chose_is_not_simulated(self, ana, cognito_idp, sign_in, unsupported):
        token = sign_in()["AuthenticationResult"]["AccessToken"]
        option = {"AttributeName": "phone_number", "DeliveryMedium": "SMS"}
        cognito_idp.set_user_settings(AccessToken=token, MFAOptions=[option])
        with unsupported("InitiateAuth with MfaConfiguration='OPTIONAL'"):
            sign_in()

    @evidence("inferred", "tokens without the key of the device would be wrong")
    @pytest.mark.cognito_pool(DeviceConfiguration={"ChallengeRequiredOnNewDevice": True})
    def test_the_challenge_for_a_new_device_is_not_simulated(self, ana, sign_in, unsupported):
        with unsupported("InitiateAuth with DeviceConfiguration"):
            sign_in()

    @evidence("inferred", "a challenge of another flow would be wrong")
    def test_custom_auth_and_user_auth_are_not_simulated(self, ana, cognito_pool, initiate, unsupported):
        cognito_pool.on("DefineAuthChallenge", lambda event, _context: event)
        with unsupported("InitiateAuth with AuthFlow='CUSTOM_AUTH'"):
            initiate("CUSTOM_AUTH", USERNAME="ana")
        choice = cognito_pool.create_client(ExplicitAuthFlows=["ALLOW_USER_AUTH"])
        with unsupported("InitiateAuth with AuthFlow='USER_AUTH'"):
            initiate("USER_AUTH", choice, USERNAME="ana")

    @evidence("inferred", "tokens without a password would need the session of ConfirmSignUp")
    def test_a_session_in_the_request_is_not_simulated(self, cognito_pool, cognito_idp, unsupported):
        with unsupported("InitiateAuth with Session"):
            cognito_idp.initiate_auth(ClientId=cognito_pool.client.id, AuthFlow="USER_AUTH", Session="s" * 20)

    @evidence("inferred", "a refusal would be wrong where the function knows the user")
    def test_a_user_migration_trigger_is_not_simulated(self, cognito_pool, sign_in, unsupported):
        cognito_pool.on("UserMigration", lambda event, _context: event)
        with unsupported("InitiateAuth with a UserMigration trigger"):
            sign_in("bob")

    @evidence("observed", "texts-found-later 4.3: without an enabled factor there are tokens")
    @pytest.mark.cognito_pool(MfaConfiguration="OPTIONAL")
    def test_a_user_without_the_optional_second_factor_gets_tokens(self, ana, sign_in):
        assert sign_in()["AuthenticationResult"]
