"""Temporary passwords and the challenge to replace one: facts/lifecycle.md F2, facts/sign-in.md 2."""

from __future__ import annotations

import json

import pytest

evidence = pytest.mark.evidence
CHALLENGE = "NEW_PASSWORD_REQUIRED"
NEW = {"USERNAME": "bob", "NEW_PASSWORD": "N3w-passw0rd"}
REQUIRING = {
    "Schema": [{"Name": "given_name", "Required": True}, {"Name": "family_name", "Required": True}],
    "AutoVerifiedAttributes": ["email"],
}
BOTH = pytest.mark.parametrize("by_admin", [False, True])


@pytest.fixture
def bob(cognito_pool):
    return cognito_pool.add_user("bob", status="FORCE_CHANGE_PASSWORD")


@pytest.fixture
def challenge(sign_in):
    """The challenge after a temporary password."""

    def challenge(*, by_admin=False, **given):
        return sign_in("bob", flow="ADMIN_USER_PASSWORD_AUTH" if by_admin else "USER_PASSWORD_AUTH", **given)

    return challenge


class TestChallenge:
    @evidence("observed", "public capture: both are JSON texts, and the sub is not among them")
    @BOTH
    def test_the_challenge_has_a_session_and_the_attributes_of_the_user(self, bob, cognito_pool, challenge, by_admin):
        reply = challenge(by_admin=by_admin)
        assert cognito_pool.calls[-1].outcome() == "ok, NEW_PASSWORD_REQUIRED"
        del reply["ResponseMetadata"]
        session = reply.pop("Session")
        assert reply == {
            "ChallengeName": CHALLENGE,
            "ChallengeParameters": {
                "USER_ID_FOR_SRP": "bob",
                "requiredAttributes": "[]",
                "userAttributes": '{"email_verified":"true","email":"bob@example.com"}',
            },
        }
        assert session.startswith("AYABe")
        assert len(session) == 1543

    @evidence("observed", "capture 2026: custom attributes are inside userAttributes; the list form is inferred")
    @pytest.mark.cognito_pool(Schema=[*REQUIRING["Schema"], {"Name": "plan", "AttributeDataType": "String"}])
    def test_the_challenge_names_the_missing_required_attributes(self, cognito_pool, challenge):
        given = {"family_name": "Bo", "custom:plan": "pro/1"}
        cognito_pool.add_user("bob", status="FORCE_CHANGE_PASSWORD", attributes=given)
        parameters = challenge()["ChallengeParameters"]
        assert parameters["requiredAttributes"] == '["userAttributes.given_name"]'
        assert json.loads(parameters["userAttributes"])["custom:plan"] == "pro/1"

    @evidence("observed", "public capture")
    @pytest.mark.parametrize(("days", "works"), [(7, True), (7.01, False)])
    def test_a_temporary_password_expires_after_seven_days(self, passed, bob, challenge, refused, days, works):
        passed(days * 86400)
        if works:
            assert challenge()["ChallengeName"] == CHALLENGE
            return
        with refused("NotAuthorizedException", "Temporary password has expired and must be reset by an administrator."):
            challenge()


class TestAnswer:
    @evidence("observed", "public capture: CONFIRMED, with tokens and empty parameters, and no PostConfirmation")
    @BOTH
    def test_a_new_password_confirms_the_user_and_returns_tokens(
        self, bob, cognito_pool, challenge, respond, sign_in, by_admin
    ):
        reply = respond(CHALLENGE, challenge(by_admin=by_admin)["Session"], by_admin=by_admin, **NEW)
        assert reply["ChallengeParameters"] == {}
        assert reply["AuthenticationResult"]["TokenType"] == "Bearer"
        assert (bob.status, bob.password) == ("CONFIRMED", "N3w-passw0rd")
        operation = "AdminRespondToAuthChallenge" if by_admin else "RespondToAuthChallenge"
        assert [(change.before, change.operation) for change in bob.history] == [("FORCE_CHANGE_PASSWORD", operation)]
        assert "PostConfirmation" not in "".join(cognito_pool.triggers.sources)
        assert sign_in("bob", "N3w-passw0rd")["AuthenticationResult"]

    @evidence("observed", "a live test: asd is InvalidPasswordException; the prefix: public captures")
    def test_a_password_that_the_policy_does_not_allow_is_refused(self, bob, challenge, respond, refused):
        session = challenge()["Session"]
        text = "Password does not conform to policy: Password not long enough"
        with refused("InvalidPasswordException", text):
            respond(CHALLENGE, session, USERNAME="bob", NEW_PASSWORD="asd")
        # Inferred: the session stays usable, as after a wrong code.
        assert respond(CHALLENGE, session, **NEW)["AuthenticationResult"]

    @evidence("observed", "moto-av: the temporary password may stay if no history is kept")
    def test_the_temporary_password_may_be_used_again(self, bob, challenge, respond):
        answers = {"USERNAME": "bob", "NEW_PASSWORD": "Passw0rd!"}
        assert respond(CHALLENGE, challenge()["Session"], **answers)["AuthenticationResult"]

    @evidence("observed", "a live test: the type, in a pool with a history")
    @pytest.mark.cognito_pool(Policies={"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 2}})
    def test_the_temporary_password_is_refused_if_a_history_is_kept(self, bob, challenge, respond, refused):
        with refused("PasswordHistoryPolicyViolationException"):
            respond(CHALLENGE, challenge()["Session"], USERNAME="bob", NEW_PASSWORD="Passw0rd!")

    @evidence("observed", "public capture; which of several is named first is inferred")
    @pytest.mark.cognito_pool(**REQUIRING)
    def test_a_missing_required_attribute_is_refused(self, bob, challenge, respond, refused):
        session = challenge()["Session"]
        with refused("InvalidParameterException", "Invalid attributes given, given_name is missing"):
            respond(CHALLENGE, session, **NEW)
        names = {"userAttributes.given_name": "Bob", "userAttributes.family_name": "Bo"}
        respond(CHALLENGE, session, **NEW, **names)
        assert (bob.attributes["given_name"], bob.attributes["family_name"]) == ("Bob", "Bo")

    @evidence("observed", "public capture and eight clients; of the flag: the text")
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("email", "Cannot modify an already provided email"),
            ("email_verified", "Cannot modify the non-mutable attribute email_verified"),
        ],
    )
    def test_an_existing_email_or_a_verified_flag_cannot_be_changed(self, bob, challenge, respond, refused, name, text):
        with refused("NotAuthorizedException", text):
            respond(CHALLENGE, challenge()["Session"], **NEW, **{f"userAttributes.{name}": "true@example.com"})

    @evidence("documented", "model: a required attribute that has a value cannot be changed; others can")
    @pytest.mark.cognito_pool(Schema=[{"Name": "given_name", "Required": True}])
    def test_a_required_attribute_that_has_a_value_cannot_be_changed(self, cognito_pool, challenge, respond, refused):
        own = {"given_name": "Bob", "nickname": "B"}
        bob = cognito_pool.add_user("bob", status="FORCE_CHANGE_PASSWORD", attributes=own)
        session = challenge()["Session"]
        with refused("NotAuthorizedException", "Cannot modify an already provided given_name"):
            respond(CHALLENGE, session, **NEW, **{"userAttributes.given_name": "Robert"})
        respond(CHALLENGE, session, **NEW, **{"userAttributes.nickname": "Bo"})
        assert bob.attributes["nickname"] == "Bo"

    @evidence("documented", "model: answer with what is in requiredAttributes")
    @pytest.mark.cognito_pool(Schema=[{"Name": "given_name", "Required": True, "Mutable": False}])
    def test_an_immutable_required_attribute_can_be_set(self, bob, challenge, respond):
        session = challenge()["Session"]
        respond(CHALLENGE, session, **NEW, **{"userAttributes.given_name": "Bob"})
        assert bob.attributes["given_name"] == "Bob"

    @evidence("documented", "model: attributes that the client can write")
    def test_an_attribute_that_the_app_client_cannot_write_is_refused(
        self, bob, cognito_pool, challenge, respond, refused
    ):
        flows = ["ALLOW_USER_PASSWORD_AUTH"]
        client = cognito_pool.create_client(ExplicitAuthFlows=flows, WriteAttributes=["email"])
        with refused("NotAuthorizedException", "A client attempted to write unauthorized attribute"):
            respond(CHALLENGE, challenge(client=client)["Session"], client, **NEW, **{"userAttributes.name": "Bob"})

    @evidence("observed", "amazon-cognito-identity-js#627, of Session; the other two inferred")
    @pytest.mark.parametrize("missing", ["Session", "USERNAME", "NEW_PASSWORD"])
    def test_a_missing_parameter_is_refused(self, bob, challenge, respond, refused, missing):
        session = None if missing == "Session" else challenge()["Session"]
        with refused("InvalidParameterException", f"Missing required parameter {missing}"):
            respond(CHALLENGE, session, **{name: value for name, value in NEW.items() if name != missing})

    @evidence("inferred", "an answer to a challenge that was never given would be wrong")
    def test_other_challenges_are_not_simulated(self, respond, unsupported):
        with unsupported("RespondToAuthChallenge with ChallengeName='SMS_MFA'"):
            respond("SMS_MFA", "s" * 20, USERNAME="bob")


class TestSession:
    @evidence("observed", "public capture")
    def test_a_session_works_once(self, bob, challenge, respond, refused):
        session = challenge()["Session"]
        respond(CHALLENGE, session, **NEW)
        with refused("NotAuthorizedException", "Invalid session for the user, session can only be used once."):
            respond(CHALLENGE, session, **NEW)

    @evidence("observed", "public capture; 3m54s expired")
    @pytest.mark.parametrize(("minutes", "seconds", "works"), [(3, 180, True), (3, 181, False), (15, 900, True)])
    def test_a_session_expires_after_the_auth_session_validity(
        self, passed, bob, cognito_pool, challenge, respond, refused, minutes, seconds, works
    ):
        flows = ["ALLOW_USER_PASSWORD_AUTH"]
        client = cognito_pool.create_client(ExplicitAuthFlows=flows, AuthSessionValidity=minutes)
        session = challenge(client=client)["Session"]
        passed(seconds)
        if works:
            assert respond(CHALLENGE, session, client, **NEW)["AuthenticationResult"]
            return
        with refused("NotAuthorizedException", "Invalid session for the user, session is expired."):
            respond(CHALLENGE, session, client, **NEW)

    @evidence("observed", "a server's table of messages, the text; the type is inferred")
    def test_a_session_that_is_unknown_or_not_for_the_user_or_app_client_is_refused(
        self, bob, cognito_pool, challenge, respond, refused
    ):
        cognito_pool.add_user("cleo", status="FORCE_CHANGE_PASSWORD")
        session = challenge()["Session"]
        wrong = ("NotAuthorizedException", "Invalid session provided")
        with refused(*wrong):
            respond(CHALLENGE, "AYABe" + "x" * 100, **NEW)
        with refused(*wrong):
            respond(CHALLENGE, session, cognito_pool.create_client(), **NEW)
        with refused(*wrong):
            respond(CHALLENGE, session, **NEW | {"USERNAME": "cleo"})

    @evidence("inferred", "a challenge of the Secure Remote Password protocol is not a challenge for a new password")
    def test_a_session_for_another_challenge_is_refused(self, bob, initiate, respond, srp, refused):
        challenge = initiate("USER_SRP_AUTH", USERNAME="bob", SRP_A=srp().srp_a)
        with refused("NotAuthorizedException", "Invalid session provided"):
            respond(CHALLENGE, challenge["ChallengeParameters"]["SECRET_BLOCK"], **NEW)

    @evidence("inferred", "a challenge is for a temporary password; the text is that of a session that does not fit")
    @pytest.mark.parametrize("how", ["another challenge", "an administrator"])
    def test_a_session_is_refused_after_the_password_was_replaced(
        self, bob, cognito_pool, cognito_idp, challenge, respond, refused, how
    ):
        session, other = challenge()["Session"], challenge()["Session"]
        if how == "an administrator":
            named = {"UserPoolId": cognito_pool.id, "Username": "bob"}
            cognito_idp.admin_set_user_password(**named, Password="Other-passw0rd1", Permanent=True)
        else:
            respond(CHALLENGE, other, **NEW)
        changes = len(bob.history)
        with refused("NotAuthorizedException", "Invalid session provided"):
            respond(CHALLENGE, session, **NEW)
        assert len(bob.history) == changes

    @evidence("inferred", "an address belongs to one user, also if a function gave it to another user meanwhile")
    @pytest.mark.cognito_pool(UsernameAttributes=["email", "phone_number"])
    def test_an_address_that_another_user_got_meanwhile_is_refused(self, cognito_pool, initiate, respond, refused):
        bob = cognito_pool.add_user("bob@example.com", status="FORCE_CHANGE_PASSWORD")
        parameters = {"USERNAME": "bob@example.com", "PASSWORD": "Passw0rd!"}
        session = initiate("USER_PASSWORD_AUTH", **parameters)["Session"]

        def takes_it(event, _context):
            cognito_pool.add_user("+15551234567")
            return event

        cognito_pool.on("PreTokenGeneration", takes_it)
        answers = {"USERNAME": "bob@example.com", "NEW_PASSWORD": "N3w-passw0rd"}
        with refused("AliasExistsException"):
            respond(CHALLENGE, session, **answers, **{"userAttributes.phone_number": "+15551234567"})
        assert bob.status == "FORCE_CHANGE_PASSWORD"

    @evidence("inferred", "of two answers at the same time, one counts")
    def test_of_two_answers_at_once_only_one_succeeds(self, bob, cognito_pool, challenge, respond, refused):
        session = challenge()["Session"]
        inner = []

        def answers_too(event, _context):
            if not inner:
                inner.append(True)
                respond(CHALLENGE, session, **NEW)
            return event

        cognito_pool.on("TokenGeneration_NewPasswordChallenge", answers_too)
        with refused("NotAuthorizedException", "Invalid session for the user, session can only be used once."):
            respond(CHALLENGE, session, **NEW)
