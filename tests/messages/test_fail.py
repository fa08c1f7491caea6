"""What an author is told of a fault that no call can meet, and of one that no call met."""

from __future__ import annotations

import re
from contextlib import suppress

import boto3
import botocore
import pytest
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    IncompleteReadError,
    ProxyConnectionError,
)

from pytest_cognito_pool import UnreportedError, UsageError

COMMON = (
    "AccessDeniedException, ExpiredTokenException, IncompleteSignature, InternalFailure, InvalidSignatureException, "
    "MissingAuthenticationTokenException, OptInRequired, RequestExpired, SerializationException, ServiceUnavailable, "
    "ThrottlingException, UnknownOperationException, UnrecognizedClientException, ValidationError"
)
OWN = (
    "ResourceNotFoundException, InvalidParameterException, TooManyRequestsException, NotAuthorizedException, "
    "UserPoolTaggingException, InternalErrorException"
)


def told(call, *args, **given):
    with pytest.raises(UsageError) as caught:
        call(*args, **given)
    return str(caught.value)


def without_new_ones(text):
    """The text less an error that newer service models have."""
    return text.replace("OperationNotEnabledException, ", "")


@pytest.mark.parametrize("to", ["cognito", "cognito_pool"])
@pytest.mark.parametrize(
    ("operation", "hint"),
    [
        ("AdminConfirmSignup", "did you mean 'AdminConfirmSignUp'?"),
        ("admin_confirm_sign_up", "did you mean 'AdminConfirmSignUp'?"),
        (["AdminConfirmSignUp"], "did you mean 'AdminConfirmSignUp'?"),
    ],
)
def test_an_unknown_operation(request, to, operation, hint):
    fail = request.getfixturevalue(to).fail
    assert told(fail, operation, "TooManyRequestsException") == (f"Cognito has no operation {operation!r}; {hint}")


@pytest.mark.parametrize(
    ("code", "question"),
    [
        ("TooManyRequests", "; did you mean 'TooManyRequestsException'?"),
        ("Throttling", "; did you mean 'ThrottlingException'?"),
        ("UsernameExistsException", ""),
        ("teapot", ""),
    ],
)
def test_an_error_that_the_operation_cannot_have(cognito_pool, code, question):
    assert without_new_ones(told(cognito_pool.fail, "DescribeUserPool", code)) == (
        f"DescribeUserPool cannot answer with {code!r}{question}\n"
        f"errors of DescribeUserPool in botocore {botocore.__version__}: {OWN}, {COMMON}"
    )


@pytest.mark.parametrize("name", ["ReadTimeoutError", "EndpointConnectionError"])
def test_an_exception_of_botocore_by_name(cognito_pool, name):
    assert told(cognito_pool.fail, "DescribeUserPool", name) == (
        f"{name!r} is an exception of botocore; pass the class: fail('DescribeUserPool', botocore.exceptions.{name})"
    )


def test_the_error_carries_what_may_have_been_meant(cognito_pool):
    with pytest.raises(UsageError) as caught:
        cognito_pool.fail("DescribeUserPool", "TooManyRequests")
    assert (caught.value.typed, caught.value.suggestions) == ("TooManyRequests", ("TooManyRequestsException",))


@pytest.mark.parametrize("error", [5, None, object, str, ["TooManyRequestsException"]])
def test_what_is_no_error(cognito_pool, error):
    assert told(cognito_pool.fail, "DescribeUserPool", error) == f"{error!r} is neither an error code nor an exception"


def test_an_exception_that_names_more_than_a_request_has(cognito_pool):
    assert told(cognito_pool.fail, "DescribeUserPool", ProxyConnectionError) == (
        "ProxyConnectionError needs arguments that a request does not have (proxy_url); "
        "pass an instance: ProxyConnectionError(proxy_url=...)"
    )
    assert told(cognito_pool.fail, "DescribeUserPool", IncompleteReadError) == (
        "IncompleteReadError needs arguments that a request does not have (actual_bytes, expected_bytes); "
        "pass an instance: IncompleteReadError(actual_bytes=..., expected_bytes=...)"
    )


class NeedsMoreError(Exception):
    def __init__(self, reason):
        super().__init__(reason)


def test_an_exception_that_needs_arguments(cognito_pool):
    text = told(cognito_pool.fail, "DescribeUserPool", NeedsMoreError)
    assert re.fullmatch(
        r"NeedsMoreError needs arguments; pass an instance: "
        r"(NeedsMoreError\.)?__init__\(\) missing 1 required positional argument: 'reason'",
        text,
    )


@pytest.mark.parametrize(
    ("error", "name", "code"),
    [
        (ClientError, "ClientError", "TooManyRequestsException"),
        (
            ClientError({"Error": {"Code": "UserNotFoundException"}}, "AdminGetUser"),
            "ClientError",
            "UserNotFoundException",
        ),
        (ClientError({}, "AdminGetUser"), "ClientError", "TooManyRequestsException"),
    ],
)
def test_a_reply_made_by_hand(cognito_pool, error, name, code):
    assert told(cognito_pool.fail, "AdminGetUser", error) == (
        f"botocore builds {name} from a reply; pass the error code: fail('AdminGetUser', {code!r})"
    )


def test_an_exception_of_a_clients_own(cognito_pool, cognito_idp):
    assert told(cognito_pool.fail, "AdminGetUser", cognito_idp.exceptions.UserNotFoundException) == (
        "botocore builds UserNotFoundException from a reply; pass the error code: "
        "fail('AdminGetUser', 'UserNotFoundException')"
    )


@pytest.mark.parametrize("given", [{"message": "no"}, {"reason_code": "no"}])
def test_an_exception_has_a_text_of_its_own(cognito_pool, given):
    assert told(cognito_pool.fail, "AdminGetUser", ConnectTimeoutError, **given) == (
        f"message and reason_code are for error codes, not for the exception {ConnectTimeoutError!r}"
    )


def test_one_error_alone_has_a_reason_code(cognito_pool):
    assert told(cognito_pool.fail, "AdminGetUser", "UserNotFoundException", reason_code="no") == (
        "UserNotFoundException has no reasonCode; InvalidParameterException has one"
    )


@pytest.mark.parametrize("name", ["message", "reason_code"])
@pytest.mark.parametrize("value", [5, b"no", ["no"]])
def test_what_is_no_text(cognito_pool, name, value):
    assert told(cognito_pool.fail, "AdminGetUser", "InvalidParameterException", **{name: value}) == (
        f"{name} must be a string, not {value!r}"
    )


@pytest.mark.parametrize("name", ["times", "attempts"])
@pytest.mark.parametrize("value", [0, -1, 1.5, "2", True, False])
def test_what_is_no_number_of_calls(cognito_pool, name, value):
    assert told(cognito_pool.fail, "AdminGetUser", "TooManyRequestsException", **{name: value}) == (
        f"{name} must be at least 1, or None for no limit; got {value!r}"
    )


@pytest.mark.parametrize("subject", ["pool", "account"])
def test_an_unknown_option(cognito, cognito_pool, subject):
    fails = cognito_pool.fail if subject == "pool" else cognito.fail
    assert told(fails, "AdminGetUser", "TooManyRequestsException", tims=2) == (
        "fail() has no option 'tims'; did you mean 'times'?"
    )


@pytest.mark.parametrize("times", [2, None])
def test_calls_and_requests_are_not_counted_at_once(cognito_pool, times):
    assert told(cognito_pool.fail, "AdminGetUser", "TooManyRequestsException", times=times, attempts=2) == (
        f"times={times!r} counts whole calls and attempts=2 single requests; give one of them"
    )


def test_what_is_no_predicate(cognito_pool):
    assert told(cognito_pool.fail, "AdminGetUser", "TooManyRequestsException", when="ana") == (
        "when must be a function of the request, for example lambda request: request['Username'] == 'ana'; got 'ana'"
    )


@pytest.mark.parametrize("operation", ["ListUserPools", "CreateUserPool"])
def test_an_operation_that_names_no_pool(cognito_pool, operation):
    assert told(cognito_pool.fail, operation, "TooManyRequestsException") == (
        f"calls of {operation} do not refer to a pool; use cognito.fail({operation!r}, ...)"
    )


HEADLINE = "fault never used: "
PARTLY = "fault not used up: "
REMEDY = "\n  pass optional=True if the fault may stay unused"
HERE = r"\S*test_fail\.py:\d+"


def unused(cognito):
    """What is told, with each line of this file made HERE."""
    with pytest.raises(UnreportedError) as caught:
        cognito.check()
    told = re.sub(rf" at {HERE}", " at HERE", str(caught.value))
    assert told.endswith(REMEDY)
    return told.removesuffix(REMEDY)


def look_up(client, pool, *names):
    for name in names:
        with suppress(client.exceptions.ClientError):
            client.admin_get_user(UserPoolId=pool.id, Username=name)


def test_no_call_at_all(cognito, cognito_pool):
    cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException")
    assert unused(cognito) == (
        f"{HEADLINE}fail('AdminConfirmSignUp', 'TooManyRequestsException') at HERE\n  there was no call at all"
    )


def test_what_was_called_instead_nearest_first(cognito, cognito_pool, cognito_idp):
    cognito_pool.add_user("bob", status="UNCONFIRMED")
    look_up(cognito_idp, cognito_pool, "bob")
    cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException")
    cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
    look_up(cognito_idp, cognito_pool, "ana")
    assert unused(cognito) == (
        f"{HEADLINE}fail('AdminConfirmSignUp', 'TooManyRequestsException') at HERE\n"
        "  there were 2 calls:\n"
        "    <AdminGetUser(UserPoolId='us-east-1_TestPool1', Username='ana') -> UserNotFoundException>\n"
        "    <DescribeUserPool(UserPoolId='us-east-1_TestPool1') -> ok>"
    )


def test_when_that_says_no(cognito, cognito_pool, cognito_idp):
    cognito_pool.fail("AdminGetUser", "TooManyRequestsException", when=lambda request: request["Username"] == "bob")
    look_up(cognito_idp, cognito_pool, "ana", "eve")
    assert unused(cognito) == (
        f"{HEADLINE}fail('AdminGetUser', 'TooManyRequestsException', when=...) at HERE\n"
        "  calls that `when` declined: 2; there were 2 calls:\n"
        "    <AdminGetUser(UserPoolId='us-east-1_TestPool1', Username='ana') -> UserNotFoundException>\n"
        "    <AdminGetUser(UserPoolId='us-east-1_TestPool1', Username='eve') -> UserNotFoundException>"
    )


def test_some_of_several_calls(cognito, cognito_pool, cognito_idp):
    cognito_pool.fail("AdminGetUser", "UserNotFoundException", times=3, message="gone")
    look_up(cognito_idp, cognito_pool, "ana")
    cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
    assert unused(cognito) == (
        f"{PARTLY}fail('AdminGetUser', 'UserNotFoundException', times=3, message='gone') at HERE\n"
        "  it was used for 1 of 3 calls; there was one other call:\n"
        "    <DescribeUserPool(UserPoolId='us-east-1_TestPool1') -> ok>"
    )


def test_requests_that_botocore_did_not_send(cognito, cognito_pool, cognito_idp):
    cognito_pool.fail("AdminGetUser", "UserNotFoundException", attempts=2)
    look_up(cognito_idp, cognito_pool, "ana")
    assert unused(cognito) == (
        f"{PARTLY}fail('AdminGetUser', 'UserNotFoundException', attempts=2) at HERE\n"
        "  it was used for 1 of 2 attempts, botocore gave up after 1 of "
        "<AdminGetUser(UserPoolId='us-east-1_TestPool1', Username='ana') -> UserNotFoundException>; "
        "there was no other call at all"
    )


def test_requests_of_several_calls(cognito, cognito_pool):
    client = boto3.client("cognito-idp", config=Config(retries={"mode": "standard", "total_max_attempts": 2}))
    cognito_pool.fail("AdminGetUser", "InternalErrorException", attempts=5)
    look_up(client, cognito_pool, "ana", "bob")
    call = "<AdminGetUser(UserPoolId='us-east-1_TestPool1', Username={!r}) -> InternalErrorException>"
    assert unused(cognito) == (
        f"{PARTLY}fail('AdminGetUser', 'InternalErrorException', attempts=5) at HERE\n"
        f"  it was used for 4 of 5 attempts, botocore gave up after 2 of {call.format('ana')}, 2 of "
        f"{call.format('bob')}; there was no other call at all"
    )


def test_calls_that_it_failed_are_not_among_the_others(cognito, cognito_pool, cognito_idp):
    cognito_pool.fail("AdminGetUser", "UserNotFoundException", times=3)
    look_up(cognito_idp, cognito_pool, "ana", "ana")
    assert unused(cognito) == (
        f"{PARTLY}fail('AdminGetUser', 'UserNotFoundException', times=3) at HERE\n"
        "  it was used for 2 of 3 calls; there was no other call at all"
    )


def test_a_call_that_named_another_pool_is_shown(cognito, cognito_pool, cognito_idp):
    cognito_pool.fail("AdminGetUser", "TooManyRequestsException")
    with suppress(cognito_idp.exceptions.ClientError):
        cognito_idp.admin_get_user(UserPoolId="us-east-1_Other0001", Username="ana")
    assert unused(cognito) == (
        f"{HEADLINE}fail('AdminGetUser', 'TooManyRequestsException') at HERE\n  there was one call:\n"
        "    <AdminGetUser(UserPoolId='us-east-1_Other0001', Username='ana') -> ResourceNotFoundException>"
    )


def test_what_when_raised_is_told_without_its_text(cognito, cognito_pool, cognito_idp):
    def quotes(request):
        raise LookupError(request["TemporaryPassword"])

    cognito_pool.fail("AdminCreateUser", "TooManyRequestsException", when=quotes, optional=True)
    cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="ana", TemporaryPassword="Sup3r!secret")
    with pytest.raises(UnreportedError) as caught:
        cognito.check()
    assert re.sub(HERE, "HERE", str(caught.value)) == (
        "code of the test raised an exception: "
        "fail('AdminCreateUser', 'TooManyRequestsException', when=..., optional=True) at HERE: "
        "`when` raised LookupError at HERE"
    )


def test_a_fault_whose_block_ended_has_no_other(cognito_pool):
    with cognito_pool.fail("AdminGetUser", "TooManyRequestsException", optional=True) as fault:
        pass
    with pytest.raises(UsageError) as caught, fault:
        pass
    assert str(caught.value) == f"{fault!r} was removed when its block ended; call fail(...) again"


def test_several_faults_are_all_told(cognito, cognito_pool):
    cognito_pool.fail("AdminGetUser", ConnectTimeoutError, after=True)
    cognito.fail("ListUserPools", ConnectTimeoutError(endpoint_url="x"), times=None)
    assert unused(cognito) == (
        f"{HEADLINE}fail('AdminGetUser', ConnectTimeoutError, after=True) at HERE\n"
        f"  there was no call at all{REMEDY}\n"
        "fault never used: "
        "fail('ListUserPools', ConnectTimeoutError('Connect timeout on endpoint URL: \"x\"'), times=None) at HERE\n"
        "  there was no call at all"
    )


def test_long_lists_are_cut(cognito, cognito_pool, cognito_idp):
    cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException")
    look_up(cognito_idp, cognito_pool, *"abcdefg")
    lines = unused(cognito).splitlines()
    assert len(lines) == 8
    assert lines[-1] == "  and 2 more"
