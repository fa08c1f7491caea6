"""The functions that sign-ins invoke, and what they change: facts/sign-in.md 6, facts/lifecycle.md G."""

from __future__ import annotations

import pytest

from .conftest import claims

evidence = pytest.mark.evidence
NEW = {"USERNAME": "bob", "NEW_PASSWORD": "N3w-passw0rd"}
ARN = "arn:aws:lambda:us-east-1:123456789012:function:f"
HIDING = {"PreventUserExistenceErrors": "ENABLED", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]}
IN_VERSION_2 = {"LambdaConfig": {"PreTokenGenerationConfig": {"LambdaVersion": "V2_0", "LambdaArn": ARN}}}
TRIGGERS = [
    ("PreAuthentication", "PreAuthentication_Authentication"),
    ("PreTokenGeneration", "TokenGeneration_Authentication"),
    ("PostAuthentication", "PostAuthentication_Authentication"),
]


def answering(**response):
    """A function that answers with the response."""

    def function(event, _context):
        return event | {"response": response}

    return function


@pytest.fixture
def tokens(sign_in):
    """The claims of the ID token and of the access token of a sign-in."""

    def tokens(*args, **given):
        result = sign_in(*args, **given)["AuthenticationResult"]
        return claims(result["IdToken"]), claims(result["AccessToken"])

    return tokens


class TestInvocations:
    @evidence("observed", "dod-ccpo/atat-web-api#376; documented that PreAuthentication comes before the password")
    @pytest.mark.parametrize("flow", ["USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH"])
    def test_a_sign_in_invokes_three_triggers_in_this_order(self, ana, cognito_pool, sign_in, flow):
        sign_in(flow=flow)
        assert cognito_pool.triggers.sources == [source for _, source in TRIGGERS]
        assert {each.payload["callerContext"]["clientId"] for each in cognito_pool.triggers} == {cognito_pool.client.id}

    @evidence("documented", "guide: PreAuthentication is invoked for wrong passwords too")
    def test_a_wrong_password_invokes_only_pre_authentication(self, ana, cognito_pool, sign_in, refused):
        with refused("NotAuthorizedException"):
            sign_in(password="Wrong-1!")
        assert cognito_pool.triggers.sources == ["PreAuthentication_Authentication"]

    @evidence("documented", "guide: neither PreAuthentication nor PostAuthentication on a refresh")
    def test_a_refresh_invokes_only_pre_token_generation(self, cognito_pool, ana, initiate):
        initiate("REFRESH_TOKEN", REFRESH_TOKEN=cognito_pool.sign_in("ana").refresh_token)
        assert cognito_pool.triggers.sources == ["TokenGeneration_RefreshTokens"]

    @evidence("documented", "guide: ClientMetadata of InitiateAuth goes to PreAuthentication")
    def test_srp_invokes_pre_authentication_before_the_challenge(self, ana, cognito_pool, initiate, respond, srp):
        challenge = initiate("USER_SRP_AUTH", USERNAME="ana", SRP_A=srp().srp_a)
        assert cognito_pool.triggers.sources == ["PreAuthentication_Authentication"]
        respond("PASSWORD_VERIFIER", **srp().answers(challenge))
        assert cognito_pool.triggers.sources == [source for _, source in TRIGGERS]

    @evidence("observed", "public capture: the event of the new password has the old status")
    def test_a_new_password_changes_the_status_before_post_authentication(self, cognito_pool, sign_in, respond):
        cognito_pool.add_user("bob", status="FORCE_CHANGE_PASSWORD")
        respond("NEW_PASSWORD_REQUIRED", sign_in("bob")["Session"], **NEW)
        assert [
            (each.source, each.payload["request"]["userAttributes"]["cognito:user_status"])
            for each in cognito_pool.triggers
        ] == [
            ("PreAuthentication_Authentication", "FORCE_CHANGE_PASSWORD"),
            ("TokenGeneration_NewPasswordChallenge", "FORCE_CHANGE_PASSWORD"),
            ("PostAuthentication_Authentication", "CONFIRMED"),
        ]


class TestEvents:
    @evidence("observed", "public captures")
    def test_each_trigger_has_its_own_request(self, cognito_pool, sign_in):
        ana = cognito_pool.add_user("ana", groups=["staff"])
        sign_in()
        attributes = {
            "sub": ana.sub,
            "email_verified": "true",
            "cognito:user_status": "CONFIRMED",
            "email": "ana@example.com",
        }
        groups = {"groupsToOverride": ["staff"], "iamRolesToOverride": [], "preferredRole": None}
        assert [each.payload["request"] for each in cognito_pool.triggers] == [
            {"userAttributes": attributes, "validationData": None},
            {"userAttributes": attributes, "groupConfiguration": groups},
            {"userAttributes": attributes, "newDeviceUsed": False},
        ]

    @evidence("documented", "guide: ClientMetadata of InitiateAuth is the validationData, and goes nowhere else")
    @pytest.mark.parametrize("flow", ["USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH"])
    def test_client_metadata_of_initiate_auth_is_the_validation_data(self, ana, cognito_pool, sign_in, flow):
        sign_in(flow=flow, metadata={"ip": "1.2.3.4"})
        first, *others = (each.payload["request"] for each in cognito_pool.triggers)
        assert first["validationData"] == {"ip": "1.2.3.4"}
        assert not any("clientMetadata" in request for request in (first, *others))

    @evidence("documented", "guide: ClientMetadata of an answer goes to the functions after it")
    def test_client_metadata_of_an_answer_is_passed_on(self, cognito_pool, sign_in, respond):
        cognito_pool.add_user("bob", status="FORCE_CHANGE_PASSWORD")
        session = sign_in("bob", metadata={"first": "1"})["Session"]
        respond("NEW_PASSWORD_REQUIRED", session, metadata={"second": "2"}, **NEW)
        _, *others = (each.payload["request"] for each in cognito_pool.triggers)
        assert [request["clientMetadata"] for request in others] == [{"second": "2"}] * 2

    @evidence("documented", "guide: userNotFound, where the client hides whether users exist")
    def test_pre_authentication_has_user_not_found_if_the_app_client_hides_users(self, cognito_pool, sign_in, refused):
        client = cognito_pool.create_client(**HIDING)
        with refused("NotAuthorizedException"):
            sign_in("anna", client=client, metadata={"a": "b"})
        assert cognito_pool.triggers.one("PreAuthentication").payload["request"] == {
            "userAttributes": {},
            "validationData": {"a": "b"},
            "userNotFound": True,
        }
        cognito_pool.add_user("anna")
        sign_in("anna", client=client)
        assert cognito_pool.triggers.of("PreAuthentication")[1].payload["request"]["userNotFound"] is False

    @evidence("observed", "captures of 2024 and 2025")
    @pytest.mark.cognito_pool(**IN_VERSION_2)
    def test_version_2_of_the_event_has_scopes(self, ana, cognito_pool, sign_in):
        sign_in()
        event = cognito_pool.triggers.one("PreTokenGeneration").payload
        assert list(event)[:2] == ["version", "triggerSource"]
        assert event["version"] == "2"
        assert event["request"]["scopes"] == ["aws.cognito.signin.user.admin"]


class TestFailures:
    @evidence("observed", "the form: amplify-flutter#1051, amplify-js#9127, dabit3#108")
    @pytest.mark.parametrize(("trigger", "source"), TRIGGERS)
    def test_a_sign_in_is_refused_if_a_function_fails(self, ana, cognito_pool, sign_in, refused, trigger, source):
        cognito_pool.on(trigger, raises=ValueError("no"))
        with refused("UserLambdaValidationException", f"{trigger} failed with error no."):
            sign_in()
        assert cognito_pool.triggers.sources[-1] == source

    @evidence("inferred", "the user may answer again after a function failed")
    def test_a_new_password_is_not_stored_if_pre_token_generation_fails(self, cognito_pool, sign_in, respond, refused):
        bob = cognito_pool.add_user("bob", status="FORCE_CHANGE_PASSWORD")
        session = sign_in("bob")["Session"]
        failing = cognito_pool.on("PreTokenGeneration", raises=ValueError("no"))
        with refused("UserLambdaValidationException"):
            respond("NEW_PASSWORD_REQUIRED", session, **NEW)
        assert (bob.status, bob.password) == ("FORCE_CHANGE_PASSWORD", "Passw0rd!")
        with failing:
            pass
        assert respond("NEW_PASSWORD_REQUIRED", session, **NEW)["AuthenticationResult"]

    @evidence("inferred", "a user whom a PreAuthentication function deletes does not sign in")
    def test_a_user_deleted_by_pre_authentication_cannot_sign_in(
        self, ana, cognito_pool, cognito_idp, sign_in, refused
    ):
        def function(event, _context):
            cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")
            return event

        cognito_pool.on("PreAuthentication", function)
        with refused("UserNotFoundException", "User does not exist."):
            sign_in()


class TestDuringTheSignIn:
    """What a function, or another call, changes during a sign-in."""

    @evidence("inferred", "a user who is disabled meanwhile gets no tokens")
    @pytest.mark.parametrize("trigger", [trigger for trigger, _ in TRIGGERS])
    def test_a_user_who_is_disabled_gets_no_tokens(self, ana, cognito_pool, cognito_idp, sign_in, refused, trigger):
        def function(event, _context):
            cognito_idp.admin_disable_user(UserPoolId=cognito_pool.id, Username="ana")
            return event

        cognito_pool.on(trigger, function)
        with refused("NotAuthorizedException", "User is disabled."):
            sign_in()
        assert ana.sign_ins == []

    @evidence("inferred", "as for a sign-in")
    @pytest.mark.parametrize("how", ["disable", "delete"])
    def test_a_refresh_for_a_disabled_or_deleted_user_is_refused(
        self, ana, cognito_pool, cognito_idp, initiate, refused, how
    ):
        def function(event, _context):
            getattr(cognito_idp, f"admin_{how}_user")(UserPoolId=cognito_pool.id, Username="ana")
            return event

        token = cognito_pool.sign_in("ana").refresh_token
        cognito_pool.on("PreTokenGeneration", function)
        with refused("NotAuthorizedException" if how == "disable" else "UserNotFoundException"):
            initiate("REFRESH_TOKEN", REFRESH_TOKEN=token)

    @evidence("inferred", "the password of the current user counts")
    def test_the_password_is_checked_after_pre_authentication(self, ana, cognito_pool, cognito_idp, sign_in, refused):
        def function(event, _context):
            cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")
            cognito_pool.add_user("ana", password="Other-passw0rd1")
            return event

        cognito_pool.on("PreAuthentication", function)
        with refused("NotAuthorizedException", "Incorrect username or password."):
            sign_in()

    @evidence("inferred", "tokens are for the user who signed in")
    def test_a_user_who_is_replaced_at_the_end_gets_no_tokens(self, ana, cognito_pool, cognito_idp, sign_in, refused):
        def function(event, _context):
            cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")
            cognito_pool.add_user("ana")
            return event

        cognito_pool.on("PostAuthentication", function)
        with refused("UserNotFoundException", "User does not exist."):
            sign_in()

    @evidence("inferred", "a user who gets no tokens has not signed in")
    def test_a_failing_post_authentication_function_leaves_no_sign_in(self, ana, cognito_pool, sign_in, refused):
        cognito_pool.on("PostAuthentication", raises=ValueError("no"))
        with refused("UserLambdaValidationException"):
            sign_in()
        assert ana.sign_ins == []


class TestChangesOfVersion1:
    @evidence("documented", "guide: of the ID token; observed, gql-live: groups stay")
    def test_a_function_changes_claims_of_the_id_token_only(self, cognito_pool, tokens):
        cognito_pool.add_user("ana", groups=["staff"], attributes={"nickname": "An"})
        details = {"claimsToAddOrOverride": {"tenant": "7", "email": "x@y"}, "claimsToSuppress": ["nickname"]}
        cognito_pool.on("PreTokenGeneration", answering(claimsOverrideDetails=details))
        said_id, said_access = tokens()
        assert (said_id["tenant"], said_id["email"], "nickname" in said_id) == ("7", "x@y", False)
        assert said_id["cognito:groups"] == said_access["cognito:groups"] == ["staff"]
        assert "tenant" not in said_access

    @evidence("documented", "guide: groups change in the access token too; empty or null suppresses them")
    @pytest.mark.parametrize(
        ("given", "groups", "roles"),
        [
            ({"groupsToOverride": ["a"], "iamRolesToOverride": ["r"], "preferredRole": "r"}, ["a"], ["r"]),
            ({"groupsToOverride": ["a"]}, ["a"], None),
            ({}, None, None),
            (None, None, None),
        ],
    )
    def test_a_function_changes_groups_in_both_tokens(self, cognito_pool, tokens, given, groups, roles):
        cognito_pool.add_user("ana", groups=["staff"])
        details = {"groupOverrideDetails": given}
        cognito_pool.on("PreTokenGeneration", answering(claimsOverrideDetails=details))
        said_id, said_access = tokens()
        assert said_id.get("cognito:groups") == said_access.get("cognito:groups") == groups
        assert said_id.get("cognito:roles") == roles
        assert said_id.get("cognito:preferred_role") == (roles and roles[0])
        assert "cognito:roles" not in said_access

    @evidence("documented", "guide: values are strings; the error: captures")
    def test_a_claim_that_is_not_a_string_is_refused(self, ana, cognito_pool, sign_in, refused):
        details = {"claimsToAddOrOverride": {"tenant": 7}}
        cognito_pool.on("PreTokenGeneration", answering(claimsOverrideDetails=details))
        with refused("InvalidLambdaResponseException", "Unrecognizable lambda output"):
            sign_in()

    @evidence("documented", "guide: null changes nothing")
    @pytest.mark.parametrize("details", [None, {}, {"claimsToAddOrOverride": None, "claimsToSuppress": None}])
    def test_null_and_empty_answers_change_nothing(self, cognito_pool, tokens, details):
        cognito_pool.add_user("ana", groups=["staff"])
        cognito_pool.on("PreTokenGeneration", answering(claimsOverrideDetails=details))
        assert tokens()[0]["cognito:groups"] == ["staff"]
        assert cognito_pool.triggers.one("PreTokenGeneration").why == ""


class TestAnswersOfTheOtherVersion:
    @evidence("documented", "guide: each version has its own member; that the other is ignored is inferred")
    @pytest.mark.parametrize("details", [{"accessTokenGeneration": {"claimsToAddOrOverride": {"a": "b"}}}, 5])
    def test_version_1_ignores_an_answer_of_version_2(self, ana, cognito_pool, tokens, details):
        cognito_pool.on("PreTokenGeneration", answering(claimsAndScopeOverrideDetails=details))
        assert not [said for said in tokens() if "a" in said]
        assert cognito_pool.triggers.one("PreTokenGeneration").why == (
            "nothing was changed: the event has version 1, so the function must answer with claimsOverrideDetails, not "
            "with claimsAndScopeOverrideDetails; the version is a setting of the pool: "
            "LambdaConfig={'PreTokenGenerationConfig': {'LambdaVersion': 'V2_0', 'LambdaArn': ...}}"
        )

    @evidence("inferred", "each attempt has its own invocation")
    def test_after_a_lost_reply_the_retry_has_its_own_invocation(self, ana, cognito_pool, sign_in):
        details = {"claimsToAddOrOverride": {"sub": "7"}}
        cognito_pool.on("PreTokenGeneration", answering(claimsOverrideDetails=details))
        cognito_pool.fail("InitiateAuth", "InternalErrorException", after=True, attempts=1)
        assert sign_in()["AuthenticationResult"]
        one, two = cognito_pool.triggers.of("PreTokenGeneration")
        assert one.why == two.why == "a function cannot change ['sub']; its other changes were made"

    @evidence("documented", "guide: each version has its own member; that the other is ignored is inferred")
    @pytest.mark.cognito_pool(**IN_VERSION_2)
    @pytest.mark.parametrize("details", [{"claimsToAddOrOverride": {"a": "b"}}, 5])
    def test_version_2_ignores_an_answer_of_version_1(self, ana, cognito_pool, tokens, details):
        cognito_pool.on("PreTokenGeneration", answering(claimsOverrideDetails=details))
        assert not [said for said in tokens() if "a" in said]


@pytest.mark.cognito_pool(**IN_VERSION_2)
class TestChangesOfVersion2:
    @staticmethod
    def changing(pool, **details):
        pool.on("PreTokenGeneration", answering(claimsAndScopeOverrideDetails=details))

    @evidence("documented", "guide: each token has its own changes, any JSON; suppressing wins")
    def test_each_token_has_its_own_changes_of_claims(self, ana, cognito_pool, tokens):
        added = {"roles": ["a", {"b": 1}], "gone": 1, "scope": "of the ID token"}
        self.changing(
            cognito_pool,
            idTokenGeneration={"claimsToAddOrOverride": added, "claimsToSuppress": ["gone"]},
            accessTokenGeneration={"claimsToAddOrOverride": {"tenant": 7}},
        )
        said_id, said_access = tokens()
        assert said_id["roles"] == ["a", {"b": 1}]
        assert said_id["scope"] == "of the ID token"
        assert "gone" not in said_id
        assert said_access["tenant"] == 7
        assert "tenant" not in said_id

    @evidence("documented", "guide: scopes of the access token; none with a space")
    def test_a_function_adds_and_suppresses_scopes_of_the_access_token(self, ana, cognito_pool, tokens):
        self.changing(
            cognito_pool,
            accessTokenGeneration={
                "scopesToAdd": ["orders/read", "orders/write", "a b"],
                "scopesToSuppress": ["aws.cognito.signin.user.admin", "orders/write"],
            },
        )
        assert tokens()[1]["scope"] == "orders/read"
        why = cognito_pool.triggers.one("PreTokenGeneration").why
        assert why == "a function cannot change ['a b']; its other changes were made"

    @evidence("observed", "a token without the scope aws.cognito.signin.user.admin")
    def test_get_user_refuses_a_token_without_the_scope_for_it(self, ana, cognito_pool, cognito_idp, sign_in, refused):
        self.changing(cognito_pool, accessTokenGeneration={"scopesToSuppress": ["aws.cognito.signin.user.admin"]})
        token = sign_in()["AuthenticationResult"]["AccessToken"]
        with refused("NotAuthorizedException", "Access Token does not have required scopes"):
            cognito_idp.get_user(AccessToken=token)

    @evidence("documented", "guide: groups; a map in place of a list fails (aws-lambda-java-libs#516)")
    def test_a_function_changes_groups_in_both_tokens(self, cognito_pool, tokens, sign_in, refused):
        cognito_pool.add_user("ana", groups=["staff"])
        self.changing(cognito_pool, groupOverrideDetails={"groupsToOverride": ["a"]})
        said_id, said_access = tokens()
        assert list(said_id)[:3] == ["sub", "cognito:groups", "email_verified"]
        assert said_id["cognito:groups"] == said_access["cognito:groups"] == ["a"]
        self.changing(cognito_pool, groupOverrideDetails={"groupsToOverride": {"a": 1}})
        with refused("InvalidLambdaResponseException", "Unrecognizable lambda output"):
            sign_in()

    @evidence("documented", "guide: naming cognito:groups suppresses all three claims")
    def test_suppressing_groups_also_suppresses_the_roles(self, cognito_pool, cognito_idp, tokens):
        cognito_pool.add_user("ana", groups=["staff"])
        role = "arn:aws:iam::123456789012:role/a"
        cognito_idp.update_group(UserPoolId=cognito_pool.id, GroupName="staff", RoleArn=role)
        self.changing(cognito_pool, idTokenGeneration={"claimsToSuppress": ["cognito:groups"]})
        said_id, said_access = tokens()
        assert not [name for name in said_id if name.startswith("cognito:") and name != "cognito:username"]
        assert said_access["cognito:groups"] == ["staff"]

    @evidence("documented", "guide: the claims that no function changes")
    def test_reserved_claims_cannot_be_changed(self, ana, cognito_pool, tokens):
        fixed = [
            "acr", "amr", "at_hash", "auth_time", "azp", "client_id", "cognito:username", "cognito:any", "device_key",
            "event_id", "exp", "iat", "identities", "iss", "jti", "nbf", "nonce", "origin_jti", "sub", "token_use",
            "username", "version",
        ]  # fmt: skip
        every = {"claimsToAddOrOverride": dict.fromkeys(fixed, "x"), "claimsToSuppress": fixed}
        self.changing(cognito_pool, idTokenGeneration=every, accessTokenGeneration=every)
        for said in tokens():
            assert "x" not in said.values()
        assert said["sub"] == ana.sub

    @evidence("documented", "guide: aud of an access token only as the app client; dev: attributes not at all")
    def test_aud_may_only_be_the_app_client_and_developer_attributes_are_ignored(self, ana, cognito_pool, tokens):
        own = {"aud": cognito_pool.client.id, "dev:custom:a": "b"}
        self.changing(cognito_pool, accessTokenGeneration={"claimsToAddOrOverride": own})
        said = tokens()[1]
        assert said["aud"] == cognito_pool.client.id
        assert "dev:custom:a" not in said
        self.changing(cognito_pool, accessTokenGeneration={"claimsToAddOrOverride": {"aud": "other"}})
        assert "aud" not in tokens()[1]
