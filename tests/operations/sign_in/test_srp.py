"""Signing in by the Secure Remote Password protocol: facts/sign-in.md 1."""

from __future__ import annotations

import base64

import pytest

from pytest_cognito_pool._service.sign_in import srp as protocol

from .conftest import TIMESTAMP

evidence = pytest.mark.evidence
INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
BOTH = pytest.mark.parametrize("by_admin", [False, True])
VERIFIER = "PASSWORD_VERIFIER"


@pytest.fixture
def begin(initiate, srp):
    """The first request; the challenge."""

    def begin(username="ana", application=None, client=None, *, by_admin=False, **given):
        parameters = {"USERNAME": username, "SRP_A": (application or srp()).srp_a, **given}
        return initiate("USER_SRP_AUTH", client, by_admin=by_admin, **parameters)

    return begin


class TestChallenge:
    @evidence("observed", "browser captures of 2019 and 2021, pycognito#78, ministack#1758: no Session")
    @BOTH
    def test_the_challenge_has_five_parameters_and_no_session(self, ana, begin, by_admin):
        challenge = begin(by_admin=by_admin)
        del challenge["ResponseMetadata"]
        assert {*challenge} == {"ChallengeName", "ChallengeParameters"}
        given = challenge["ChallengeParameters"]
        assert list(given) == ["SALT", "SECRET_BLOCK", "SRP_B", "USERNAME", "USER_ID_FOR_SRP"]
        assert (challenge["ChallengeName"], given["USERNAME"], given["USER_ID_FOR_SRP"]) == (VERIFIER, "ana", "ana")
        assert f"{int(given['SALT'], 16):x}" == given["SALT"]
        assert f"{int(given['SRP_B'], 16):x}" == given["SRP_B"]
        assert len(given["SECRET_BLOCK"]) == 1724
        assert base64.b64decode(given["SECRET_BLOCK"], validate=True)

    @evidence("observed", "ministack#1758: the stored username, also where an alias was typed")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_the_challenge_has_the_stored_username(self, cognito_pool, begin):
        ana = cognito_pool.add_user("ana@example.com")
        given = begin("ana@example.com")["ChallengeParameters"]
        assert given["USERNAME"] == given["USER_ID_FOR_SRP"] == ana.sub

    @evidence("observed", "floci-rec, ministack#1758")
    def test_an_unknown_user_is_refused(self, begin, refused):
        with refused("UserNotFoundException", "User does not exist."):
            begin("anna")

    @evidence("observed", "ministack#1758: a sub is an unknown user")
    def test_a_sub_as_the_username_is_refused(self, ana, begin, refused):
        with refused("UserNotFoundException", "User does not exist."):
            begin(ana.sub)

    @evidence("observed", "ministack#1758: the refusal needs no password")
    def test_an_unconfirmed_user_is_refused(self, cognito_pool, begin, refused):
        cognito_pool.add_user("bob", status="UNCONFIRMED")
        with refused("UserNotConfirmedException", "User is not confirmed."):
            begin("bob")

    @evidence("documented", "guide: a simulated challenge, then the generic refusal")
    def test_an_unknown_user_gets_a_simulated_challenge_if_the_app_client_hides_users(
        self, cognito_pool, begin, respond, srp, refused
    ):
        client = cognito_pool.create_client(PreventUserExistenceErrors="ENABLED")
        challenge = begin("anna", client=client)
        again = begin("anna", client=client)
        same = [reply["ChallengeParameters"][name] for reply in (challenge, again) for name in ("SALT", "USERNAME")]
        assert same[:2] == same[2:]
        assert len(same[1]) == 36
        with refused(*INCORRECT):
            respond(VERIFIER, client=client, **srp().answers(challenge) | {"USERNAME": "anna"})
        assert cognito_pool.calls[-1].why.startswith("no user of ")

    @evidence("observed", "amazon-cognito-identity-js#356, the type; which values is inferred")
    @pytest.mark.parametrize("srp_a", ["0", "", "xyz", "-1", "0x10", "1_0", " 10 ", "٣", pytest.param("n", id="N")])
    def test_an_invalid_public_value_is_refused(self, ana, begin, refused, srp_a):
        with refused("InvalidParameterException"):
            begin(SRP_A=f"{protocol.N:x}" if srp_a == "n" else srp_a)


class TestProof:
    @evidence("observed", "moto-av, cognito-srp-helper: without Session, in both operations")
    @BOTH
    def test_the_right_password_returns_tokens(self, ana, begin, respond, srp, by_admin):
        application = srp()
        reply = respond(VERIFIER, by_admin=by_admin, **application.answers(begin(by_admin=by_admin)))
        del reply["ResponseMetadata"]
        assert reply.pop("AuthenticationResult")["TokenType"] == "Bearer"
        assert reply == {"ChallengeParameters": {}}

    @evidence("observed", "ministack#1758: all are the generic refusal, at the second call")
    @pytest.mark.parametrize(
        "wrong",
        ["password", "signature", "block", "unknown block", "not base64", "day with a zero", "weekday", "no time"],
    )
    def test_a_wrong_value_is_refused_like_a_wrong_password(
        self, ana, cognito_pool, begin, respond, srp, refused, wrong
    ):
        application = srp("Wrong-1!" if wrong == "password" else "Passw0rd!")
        challenge = begin()
        times = {"day with a zero": "Fri Sep 05 12:00:00 UTC 2025", "weekday": "Mon Sep 5 12:00:00 UTC 2025"}
        answers = application.answers(challenge, times.get(wrong, "Fri Sep 5 12:00:00 UTC 2025"))
        block = answers["PASSWORD_CLAIM_SECRET_BLOCK"]
        changed = {
            "signature": {"PASSWORD_CLAIM_SIGNATURE": base64.b64encode(b"s" * 32).decode()},
            "block": {"PASSWORD_CLAIM_SECRET_BLOCK": ("B" if block[0] == "A" else "A") + block[1:]},
            "unknown block": {"PASSWORD_CLAIM_SECRET_BLOCK": base64.b64encode(b"b" * 32).decode()},
            "not base64": {"PASSWORD_CLAIM_SECRET_BLOCK": "%"},
            "no time": {"TIMESTAMP": "now"},
        }.get(wrong, {})
        with refused(*INCORRECT):
            respond(VERIFIER, **answers | changed)
        expected = {"day with a zero": "Fri Sep 5 12:00:00 UTC 2025", "weekday": "Fri Sep 5 12:00:00 UTC 2025"}
        expected["no time"] = TIMESTAMP
        why = cognito_pool.calls[-1].why
        if wrong in expected:
            sent = (answers | changed)["TIMESTAMP"]
            assert why == f"TIMESTAMP is {sent!r}; the expected form is {expected[wrong]!r}"

    @evidence("observed", "cognito-srp-helper: unknown keys are ignored; the day has no leading zero")
    def test_a_timestamp_with_a_day_of_two_digits_is_accepted(self, ana, begin, respond, srp):
        answers = srp().answers(begin(), "Mon Sep 15 12:00:00 UTC 2025")
        assert respond(VERIFIER, SRP_A="ff", **answers)["AuthenticationResult"]

    @evidence("observed", "moto-av: the same public value for several sign-ins")
    def test_the_public_value_may_be_used_again(self, ana, begin, respond, srp):
        application = srp()
        for _ in range(2):
            assert respond(VERIFIER, **application.answers(begin(application=application)))["AuthenticationResult"]

    @evidence("inferred", "an application whose reply was lost sends it again; nothing known refuses that")
    def test_a_proof_may_be_sent_again(self, ana, begin, respond, srp):
        answers = srp().answers(begin())
        for _ in range(2):
            assert respond(VERIFIER, **answers)["AuthenticationResult"]

    @evidence("inferred", "the current password counts")
    def test_a_password_that_was_replaced_after_the_challenge_is_refused(
        self, ana, cognito_pool, cognito_idp, begin, respond, srp, refused
    ):
        answers = srp().answers(begin())
        cognito_idp.admin_set_user_password(
            UserPoolId=cognito_pool.id, Username="ana", Password="N3w-passw0rd", Permanent=True
        )
        with refused(*INCORRECT):
            respond(VERIFIER, **answers)

    @evidence("observed", "cognito-srp-helper: the alias, with the hash over the alias")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_the_secret_hash_must_match_the_username_of_the_answer(self, cognito_pool, begin, respond, srp, refused):
        ana, client = cognito_pool.add_user("ana@example.com"), cognito_pool.create_client(GenerateSecret=True)
        alias = {"USERNAME": "ana@example.com", "SECRET_HASH": client.secret_hash("ana@example.com")}
        hashed = {"SECRET_HASH": alias["SECRET_HASH"]}
        answers = srp().answers(begin("ana@example.com", client=client, **hashed))
        with refused("NotAuthorizedException", f"SecretHash does not match for the client: {client.id}"):
            respond(VERIFIER, client=client, **answers | hashed)
        assert respond(VERIFIER, client=client, **answers | alias)["AuthenticationResult"]
        answers = srp().answers(begin("ana@example.com", client=client, **hashed))
        own = {"SECRET_HASH": client.secret_hash(ana.sub)}
        assert respond(VERIFIER, client=client, **answers | own)["AuthenticationResult"]

    @evidence("inferred", "a challenge is for one user and one app client")
    def test_a_challenge_for_another_user_or_app_client_is_refused(
        self, ana, cognito_pool, begin, respond, srp, refused
    ):
        cognito_pool.add_user("bob")
        answers = srp().answers(begin())
        with refused(*INCORRECT):
            respond(VERIFIER, **answers | {"USERNAME": "bob"})
        with refused(*INCORRECT):
            respond(VERIFIER, client=cognito_pool.create_client(), **answers)

    @evidence("documented", "model: the second call must follow soon; how soon is inferred: AuthSessionValidity")
    @pytest.mark.parametrize(("seconds", "works"), [(180, True), (181, False)])
    def test_an_answer_after_more_than_three_minutes_is_refused(
        self, passed, ana, begin, respond, srp, refused, seconds, works
    ):
        answers = srp().answers(begin())
        passed(seconds)
        if works:
            assert respond(VERIFIER, **answers)["AuthenticationResult"]
            return
        with refused(*INCORRECT):
            respond(VERIFIER, **answers)

    @evidence("inferred", "as for other missing parameters")
    @pytest.mark.parametrize(
        "missing", ["USERNAME", "PASSWORD_CLAIM_SIGNATURE", "PASSWORD_CLAIM_SECRET_BLOCK", "TIMESTAMP"]
    )
    def test_a_missing_parameter_is_refused(self, ana, begin, respond, srp, refused, missing):
        answers = srp().answers(begin())
        del answers[missing]
        with refused("InvalidParameterException", f"Missing required parameter {missing}"):
            respond(VERIFIER, **answers)

    @evidence("inferred", "the user is checked again")
    def test_a_user_who_was_disabled_after_the_challenge_is_refused(
        self, ana, cognito_pool, cognito_idp, begin, respond, srp, refused
    ):
        answers = srp().answers(begin())
        cognito_idp.admin_disable_user(UserPoolId=cognito_pool.id, Username="ana")
        with refused("NotAuthorizedException", "User is disabled."):
            respond(VERIFIER, **answers)

    @evidence("inferred", "a user of another provider has no password that could be proven")
    def test_a_user_without_a_password_is_refused(self, cognito_pool, begin, respond, srp, refused):
        cognito_pool.add_user("bob", status="EXTERNAL_PROVIDER")
        with refused(*INCORRECT):
            respond(VERIFIER, **srp().answers(begin("bob")))

    @evidence("observed", "moto-av: PASSWORD_VERIFIER, then NEW_PASSWORD_REQUIRED")
    def test_a_temporary_password_leads_to_the_new_password_challenge(self, cognito_pool, begin, respond, srp):
        cognito_pool.add_user("bob", status="FORCE_CHANGE_PASSWORD")
        reply = respond(VERIFIER, **srp().answers(begin("bob")))
        assert reply["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
        answers = {"USERNAME": "bob", "NEW_PASSWORD": "N3w-passw0rd"}
        assert respond("NEW_PASSWORD_REQUIRED", reply["Session"], **answers)["AuthenticationResult"]
        assert cognito_pool.users["bob"].status == "CONFIRMED"


class TestLockOut:
    @evidence("observed", "amazon-cognito-identity-js#506, #257: failed proofs count")
    def test_five_failed_proofs_lock_the_user_out(self, passed, ana, begin, respond, srp, refused):
        for _ in range(5):
            with refused(*INCORRECT):
                respond(VERIFIER, **srp("Wrong-1!").answers(begin()))
        with refused("NotAuthorizedException", "Password attempts exceeded"):
            respond(VERIFIER, **srp().answers(begin()))
        passed(1)
        assert respond(VERIFIER, **srp().answers(begin()))["AuthenticationResult"]
