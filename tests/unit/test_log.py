"""The logs: sequences of plain data that narrow and complain."""

from __future__ import annotations

import copy
import json

import pytest

from pytest_cognito_pool import (
    Attempt,
    Call,
    CallLog,
    Error,
    Invocation,
    Outbox,
    PostConfirmationEvent,
    Transition,
    TriggerLog,
    UsageError,
)
from pytest_cognito_pool._api.faults import Faults
from pytest_cognito_pool._api.log import Log
from pytest_cognito_pool._service.journal import signature
from pytest_cognito_pool._service.protocol import masking
from pytest_cognito_pool._service.secrets import Secret, sealed

CONFIRM = "AdminConfirmSignUp"
SOURCE = "PostConfirmation_ConfirmSignUp"
FORGOT = "PostConfirmation_ConfirmForgotPassword"


def call(operation=CONFIRM, error=None, **request):
    attempt = Attempt(error=error) if error else Attempt(reply={})
    return Call(operation, request, attempts=[attempt])


def payload(source=SOURCE, name="ana"):
    return {
        "version": "1",
        "region": "us-east-1",
        "userPoolId": "us-east-1_AbCdEf123",
        "userName": name,
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": None},
        "triggerSource": source,
        "request": {"userAttributes": {"sub": "1"}},
        "response": {},
    }


def invocation(source=SOURCE, name="ana"):
    return Invocation(source, payload(source, name), call())


class TestLog:
    def test_it_equals_any_sequence_of_the_same(self):
        assert Log([1, 2]) == [1, 2]
        assert Log([1, 2]) == (1, 2)
        assert Log([1, 2]) == Log([1, 2])
        assert [1, 2] == Log([1, 2])  # noqa: SIM300 - the other way round

    @pytest.mark.parametrize("other", [[1], [2, 1], [1, 2, 3], {1, 2}, iter([1, 2]), "12", None, 5])
    def test_it_equals_nothing_else(self, other):
        assert Log([1, 2]) != other

    def test_an_empty_log_is_no_empty_text(self):
        assert Log() != ""
        assert Log() == []

    def test_it_is_a_sequence(self):
        log = Log(["a", "b", "c"])
        assert (len(log), log[0], log[-1], list(log), "b" in log) == (3, "a", "c", ["a", "b", "c"], True)
        assert (log.index("c"), log.count("a"), list(reversed(log))) == (2, 1, ["c", "b", "a"])
        assert not Log()

    def test_a_slice_is_a_log_of_the_same_kind(self):
        assert Log([1, 2, 3])[1:] == [2, 3]
        for kind in (Log, CallLog, TriggerLog, Outbox):
            assert type(kind()[:1]) is kind
        calls = CallLog([Call(CONFIRM), Call("SignUp")])
        assert calls[1:].operations == ["SignUp"]

    def test_a_part_of_the_faults_is_a_plain_log(self):
        """Nothing can be armed in it."""
        assert type(Faults(print).armed()[:1]) is Log

    def test_a_slice_of_an_outbox_knows_why_there_is_nothing(self):
        with pytest.raises(IndexError, match=r"^no message was sent; nobody asked$"):
            Outbox([], "; nobody asked")[:1][0]

    def test_an_index_outside_is_an_index_error(self):
        with pytest.raises(IndexError):
            Log([1])[1]

    def test_it_shows_what_it_holds(self):
        assert repr(Log([1, "a"])) == "[1, 'a']"

    def test_it_is_not_hashable(self):
        with pytest.raises(TypeError, match="unhashable"):
            hash(Log())

    def test_it_is_a_view_of_what_happens(self):
        items = []
        log = Log(items)
        items.append(1)
        assert log == [1]

    def test_logs_made_without_items_share_nothing(self):
        assert Log()._items is not Log()._items


class TestCall:
    def test_what_the_application_got_is_the_last_attempt(self):
        lost, throttled = ConnectionError("lost"), Error("TooManyRequestsException", "Rate exceeded", 400)
        made = Call(CONFIRM, attempts=[Attempt(raised=lost), Attempt(error=throttled)])
        made.attempts[1].why = "throttled"
        assert (made.reply, made.error, made.raised, made.why) == (None, throttled, None, "throttled")
        made.attempts.append(Attempt(reply={"a": 1}))
        assert (made.reply, made.error, made.raised, made.why) == ({"a": 1}, None, None, "")
        made.attempts.append(Attempt(raised=lost))
        assert (made.reply, made.error, made.raised, made.why) == (None, None, lost, "")

    def test_a_call_that_never_left_has_got_nothing(self):
        made = Call(CONFIRM)
        assert (made.reply, made.error, made.raised, made.why, made.outcome()) == (
            None,
            None,
            None,
            "",
            "no answer yet",
        )

    def test_its_repr_is_as_python_would_write_it(self):
        assert repr(call(Username="ana", ClientMetadata={"a": "b"})) == (
            "<AdminConfirmSignUp(Username='ana', ClientMetadata={'a': 'b'}) -> ok>"
        )

    def test_its_outcome_is_the_change(self):
        made = call(Username="ana")
        made.transitions.append(("ana", Transition("UNCONFIRMED", "CONFIRMED", CONFIRM, at=0)))
        assert made.outcome() == "ok, 'ana' UNCONFIRMED -> CONFIRMED"

    def test_its_outcome_is_the_error(self):
        assert call(error=Error("UserNotFoundException", "x", 400)).outcome() == "UserNotFoundException"

    def test_its_outcome_is_the_exception(self):
        assert Call(CONFIRM, attempts=[Attempt(raised=TimeoutError())]).outcome() == "TimeoutError"

    def test_hidden_parameters_are_not_in_its_signature(self):
        made = call(UserPoolId="p", Username="ana")
        assert signature(made, frozenset({"UserPoolId"})) == "AdminConfirmSignUp(Username='ana')"
        assert signature(made, frozenset({"UserPoolId", "Username"})) == "AdminConfirmSignUp()"

    def test_calls_are_equal_when_all_of_them_is(self):
        assert call(Username="ana") == call(Username="ana")
        assert call(Username="ana") != call(Username="bob")


class TestCallLog:
    log = CallLog(
        [
            call("SignUp", Username="ana"),
            call(Username="ana"),
            call(Username="ana", ClientMetadata={"plan": "pro"}),
            call(Username="bob"),
        ]
    )

    def test_operations(self):
        assert self.log.operations == ["SignUp", CONFIRM, CONFIRM, CONFIRM]
        assert CallLog().operations == []

    def test_of_one_operation(self):
        assert self.log.of(CONFIRM) == self.log[1:]
        assert isinstance(self.log.of(CONFIRM), CallLog)
        assert self.log.of("SignUp").operations == ["SignUp"]

    def test_of_parameters(self):
        assert self.log.of(CONFIRM, Username="ana") == self.log[1:3]
        assert self.log.of(CONFIRM, Username="ana", ClientMetadata={"plan": "pro"}) == [self.log[2]]

    def test_of_none(self):
        assert self.log.of("AdminGetUser") == []
        assert self.log.of(CONFIRM, Username="cyd") == []

    def test_of_a_parameter_that_was_not_sent(self):
        assert self.log.of(CONFIRM, ClientMetadata=None) == [self.log[1], self.log[3]]

    def test_narrowing_goes_on(self):
        assert self.log.of(CONFIRM).of(CONFIRM, Username="bob") == [self.log[3]]

    def test_one(self):
        assert self.log.one(CONFIRM, Username="bob") is self.log[3]
        assert self.log.one("SignUp") is self.log[0]

    def test_no_operation_of_that_name(self):
        with pytest.raises(UsageError) as caught:
            self.log.of("AdminConfirmSignup")
        assert str(caught.value) == (
            "Cognito has no operation 'AdminConfirmSignup'; did you mean 'AdminConfirmSignUp'?"
        )
        assert caught.value.typed == "AdminConfirmSignup"
        assert caught.value.suggestions == (CONFIRM,)

    def test_no_parameter_of_that_name(self):
        with pytest.raises(UsageError) as caught:
            self.log.one(CONFIRM, username="ana")
        assert str(caught.value) == ("AdminConfirmSignUp has no parameter 'username'; did you mean 'Username'?")

    def test_a_parameter_of_another_operation(self):
        with pytest.raises(UsageError) as caught:
            self.log.of(CONFIRM, TemporaryPassword="x")
        assert str(caught.value) == (
            "AdminConfirmSignUp has no parameter 'TemporaryPassword'; "
            "known names: 'ClientMetadata', 'UserPoolId', 'Username'"
        )

    def test_one_of_none_at_all(self):
        with pytest.raises(AssertionError) as caught:
            CallLog().one(CONFIRM, Username="ana")
        assert str(caught.value) == "no call of AdminConfirmSignUp(Username='ana'); there was no call at all"

    def test_one_of_others_lists_them_nearest_first(self):
        with pytest.raises(AssertionError) as caught:
            self.log.one(CONFIRM, Username="cyd", ClientMetadata={"plan": "pro"})
        assert str(caught.value) == (
            "no call of AdminConfirmSignUp(Username='cyd', ClientMetadata={'plan': 'pro'}); there were 4 calls:\n"
            "  <AdminConfirmSignUp(Username='ana', ClientMetadata={'plan': 'pro'}) -> ok>  Username is 'ana'\n"
            "  <AdminConfirmSignUp(Username='ana') -> ok>  Username is 'ana', it has no ClientMetadata\n"
            "  <AdminConfirmSignUp(Username='bob') -> ok>  Username is 'bob', it has no ClientMetadata\n"
            "  <SignUp(Username='ana') -> ok>  the operation is SignUp"
        )

    def test_one_of_a_single_other(self):
        with pytest.raises(AssertionError) as caught:
            CallLog([call("AdminGetUser", Username="ana")]).one(CONFIRM)
        assert str(caught.value) == (
            "no call of AdminConfirmSignUp; there was one call:\n"
            "  <AdminGetUser(Username='ana') -> ok>  the operation is AdminGetUser"
        )

    def test_one_of_several(self):
        with pytest.raises(AssertionError) as caught:
            self.log.one(CONFIRM, Username="ana")
        assert str(caught.value) == (
            "2 calls of AdminConfirmSignUp(Username='ana'), not one:\n"
            "  <AdminConfirmSignUp(Username='ana') -> ok>\n"
            "  <AdminConfirmSignUp(Username='ana', ClientMetadata={'plan': 'pro'}) -> ok>"
        )

    def test_a_long_list_is_cut(self):
        log = CallLog([call(Username=f"user{number}") for number in range(7)])
        with pytest.raises(AssertionError) as caught:
            log.one(CONFIRM)
        lines = str(caught.value).splitlines()
        assert (lines[0], len(lines), lines[-1]) == ("7 calls of AdminConfirmSignUp, not one:", 7, "  and 2 more")

    def test_five_are_shown_whole(self):
        log = CallLog([call(Username=f"user{number}") for number in range(5)])
        with pytest.raises(AssertionError) as caught:
            log.one(CONFIRM)
        assert str(caught.value).splitlines()[-1] == "  <AdminConfirmSignUp(Username='user4') -> ok>"

    def test_secrets_are_in_no_message(self):
        log = CallLog([Call("SignUp", masking.request("SignUp", {"Username": "ana", "Password": "my secret"}))])
        with pytest.raises(AssertionError) as caught:
            log.one("SignUp", Username="bob", Password="my secret")
        assert "Password='***'" in str(caught.value)
        with pytest.raises(AssertionError) as caught:
            log.one("SignUp", Password="other")
        assert "my secret" not in str(caught.value)


class TestInvocation:
    def test_its_event_is_built_once(self):
        one = invocation()
        assert isinstance(one.event, PostConfirmationEvent)
        assert one.event is one.event

    def test_no_function_is_attached(self):
        assert invocation().handler is None

    def test_it_compares_by_its_payload(self):
        assert invocation() == invocation()
        assert invocation() != invocation(name="bob")
        assert invocation() != "PostConfirmation_ConfirmSignUp"

    def test_it_is_not_hashable(self):
        with pytest.raises(TypeError, match="unhashable"):
            hash(invocation())

    def test_its_repr(self):
        assert repr(invocation()) == "<PostConfirmation_ConfirmSignUp for 'ana'>"


class TestTriggerLog:
    log = TriggerLog([invocation(), invocation(FORGOT, "bob"), invocation(name="cyd")])

    def test_sources(self):
        assert self.log.sources == [SOURCE, FORGOT, SOURCE]

    @pytest.mark.parametrize("kind", ["PostConfirmation", PostConfirmationEvent])
    def test_of_a_trigger_or_model(self, kind):
        assert self.log.of(kind) == self.log
        assert isinstance(self.log.of(kind), TriggerLog)

    def test_of_a_source(self):
        assert self.log.of(SOURCE) == [self.log[0], self.log[2]]
        assert self.log.of(FORGOT) == [self.log[1]]

    def test_one(self):
        assert self.log.one(FORGOT) is self.log[1]
        assert TriggerLog([invocation()]).one(PostConfirmationEvent).event.user_name == "ana"

    @pytest.mark.parametrize(
        ("kind", "hint"),
        [
            ("PostConfirmation_ConfirmSignup", "'PostConfirmation_ConfirmSignUp'"),
            ("postConfirmation", "'PostConfirmation'"),
            ("POST_CONFIRMATION", "'PostConfirmation'"),
        ],
    )
    def test_no_trigger_of_that_name(self, kind, hint):
        with pytest.raises(UsageError) as caught:
            self.log.of(kind)
        head = f"Cognito has no trigger or trigger source {kind!r}; did you mean {hint}"
        assert str(caught.value).startswith(head)

    def test_nothing_near(self):
        with pytest.raises(UsageError) as caught:
            self.log.one("x")
        assert str(caught.value) == (
            "Cognito has no trigger or trigger source 'x'; known names: 'CreateAuthChallenge', "
            "'CustomEmailSender', 'CustomMessage', 'CustomSMSSender', 'DefineAuthChallenge', 'InboundFederation', "
            "'PostAuthentication', 'PostConfirmation' and 5 more"
        )

    def test_one_of_none_at_all(self):
        with pytest.raises(AssertionError) as caught:
            TriggerLog().one(PostConfirmationEvent)
        assert str(caught.value) == "no invocation of PostConfirmationEvent; there was no invocation at all"

    def test_one_of_others(self):
        with pytest.raises(AssertionError) as caught:
            TriggerLog([invocation()]).one(FORGOT)
        assert str(caught.value) == (
            "no invocation of PostConfirmation_ConfirmForgotPassword; there was one invocation:\n"
            "  <PostConfirmation_ConfirmSignUp for 'ana'>"
        )

    def test_one_of_several(self):
        with pytest.raises(AssertionError) as caught:
            self.log.one(SOURCE)
        assert str(caught.value) == (
            "2 invocations of PostConfirmation_ConfirmSignUp, not one:\n"
            "  <PostConfirmation_ConfirmSignUp for 'ana'>\n"
            "  <PostConfirmation_ConfirmSignUp for 'cyd'>"
        )


class TestSecret:
    def test_its_repr_hides_it(self):
        assert repr(Secret("x")) == "'***'"
        assert repr({"Password": Secret("x")}) == "{'Password': '***'}"

    def test_it_stays_comparable(self):
        assert Secret("x") == "x"
        assert Secret("x") != "y"
        assert hash(Secret("x")) == hash("x")
        assert {"x": 1}[Secret("x")] == 1

    def test_it_is_the_text_it_is(self):
        secret = Secret("abc")
        assert (str(secret), f"{secret}", secret[0], len(secret), json.dumps(secret)) == ("abc", "abc", "a", 3, '"abc"')
        assert copy.deepcopy(secret) == "abc"


class TestSealed:
    @pytest.mark.parametrize(
        "key",
        [
            "ANSWER", "CREDENTIAL", "DEVICE_KEY", "EMAIL_OTP_CODE", "NEW_PASSWORD", "PASSWORD",
            "PASSWORD_CLAIM_SIGNATURE", "PASSWORD_CLAIM_SECRET_BLOCK", "REFRESH_TOKEN", "SALT", "SECRET_BLOCK",
            "SECRET_HASH", "SMS_MFA_CODE",
            "SMS_OTP_CODE", "SOFTWARE_TOKEN_MFA_CODE", "SRP_A", "SRP_B", "challengeAnswer", "client_secret", "password",
            "private_key", "newPassword",
        ],
    )  # fmt: skip
    def test_every_secret_key_of_a_map(self, key):
        assert repr(sealed({key: "x"})) == f"{{{key!r}: '***'}}"

    def test_nested_ones_too(self):
        value = {"a": [{"password": "x"}, [{"SRP_A": "y"}]], "secrets": {"of": ["z", {"b": "z"}]}, "name": "ana"}
        read = sealed(value)
        assert read == value
        assert repr(read) == (
            "{'a': [{'password': '***'}, [{'SRP_A': '***'}]], 'secrets': {'of': ['***', {'b': '***'}]}, 'name': 'ana'}"
        )

    @pytest.mark.parametrize(
        "value", [{"password": None}, {"password": 5}, {"password": [5]}, {5: "x"}, 5, None, "x", []]
    )
    def test_what_is_no_text_stays(self, value):
        assert sealed(value) == value
        assert "***" not in repr(sealed(value))

    def test_it_is_a_copy(self):
        inner = {"password": "x"}
        read = sealed({"a": [inner]})
        assert read["a"][0] is not inner
        assert type(inner["password"]) is str

    def test_other_members_are_shown(self):
        assert type(sealed({"USERNAME": "ana"})["USERNAME"]) is str
