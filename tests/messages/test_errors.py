"""What an author is told of operations that are not simulated, of own answers, and of what was ignored."""

from __future__ import annotations

import boto3
import pytest

from pytest_cognito_pool import Cognito, UnreportedError, UnsupportedOperationError, UsageError

NOT_SIMULATED = (
    "DescribeRiskConfiguration is not simulated by pytest-cognito-pool.\n"
    "To give your own reply: cognito.answer('DescribeRiskConfiguration', {...})"
)


@pytest.fixture
def account():
    """A fake whose truth the test asks for itself."""
    with Cognito(region="us-east-1") as cognito:
        yield cognito


@pytest.fixture
def client(account):
    return boto3.client("cognito-idp", region_name="us-east-1")


def told(answer, *args):
    with pytest.raises(UsageError) as caught:
        answer(*args)
    return str(caught.value)


def test_an_operation_that_is_not_simulated(account, client):
    with pytest.raises(UnsupportedOperationError) as caught:
        client.describe_risk_configuration(UserPoolId="us-east-1_TestPool1")
    assert str(caught.value) == NOT_SIMULATED
    assert (caught.value.operation, caught.value.detail) == ("DescribeRiskConfiguration", "")
    assert isinstance(caught.value, NotImplementedError)
    with pytest.raises(UnreportedError):
        account.check()


def test_a_case_that_is_not_simulated(account, client):
    pool = account.create_pool()
    with pytest.raises(UnsupportedOperationError) as caught:
        client.confirm_sign_up(ClientId=pool.client.id, Username="ana", ConfirmationCode="1", Session="s" * 20)
    assert str(caught.value) == (
        "ConfirmSignUp with Session is not simulated by pytest-cognito-pool.\n"
        "Leave it out, or, if the application makes this call, give your own reply: "
        "cognito.answer('ConfirmSignUp', {...})"
    )
    assert (caught.value.operation, caught.value.detail) == ("ConfirmSignUp", "Session")
    with pytest.raises(UnreportedError):
        account.check()


def swallow(client, operation, **parameters):
    with pytest.raises((UnsupportedOperationError, UsageError)):
        getattr(client, operation)(**parameters)


def test_one_ignored_error(account, client):
    swallow(client, "describe_risk_configuration", UserPoolId="us-east-1_TestPool1")
    with pytest.raises(UnreportedError) as caught:
        account.check()
    assert str(caught.value) == (
        "the application ignored the error of "
        "DescribeRiskConfiguration(UserPoolId='us-east-1_TestPool1'):\n"
        "  DescribeRiskConfiguration is not simulated by pytest-cognito-pool.\n"
        "  To give your own reply: cognito.answer('DescribeRiskConfiguration', {...})"
    )
    assert caught.value.calls == (("DescribeRiskConfiguration(UserPoolId='us-east-1_TestPool1')", NOT_SIMULATED),)
    account.check()


def test_several_ignored_errors(account, client):
    account.answer("ListGroups", lambda request: {"Groups": 3})
    swallow(client, "describe_risk_configuration", UserPoolId="us-east-1_TestPool1")
    swallow(client, "list_groups", UserPoolId="us-east-1_TestPool1", Limit=3)
    with pytest.raises(UnreportedError) as caught:
        account.check()
    assert str(caught.value) == (
        "the application ignored the error of "
        "DescribeRiskConfiguration(UserPoolId='us-east-1_TestPool1'):\n"
        "  DescribeRiskConfiguration is not simulated by pytest-cognito-pool.\n"
        "  To give your own reply: cognito.answer('DescribeRiskConfiguration', {...})\n"
        "the application ignored the error of ListGroups(UserPoolId='us-east-1_TestPool1', Limit=3):\n"
        "  invalid reply of ListGroups:\n"
        "  Invalid type for parameter Groups, value: 3, type: <class 'int'>, "
        "valid types: <class 'list'>, <class 'tuple'>"
    )


def leave(error=None):
    with Cognito(region="us-east-1"):
        client = boto3.client("cognito-idp", region_name="us-east-1")
        swallow(client, "describe_risk_configuration", UserPoolId="us-east-1_TestPool1")
        if error:
            raise error


def test_leaving_the_context_tells_it():
    with pytest.raises(UnreportedError) as caught:
        leave()
    assert caught.value.calls == (("DescribeRiskConfiguration(UserPoolId='us-east-1_TestPool1')", NOT_SIMULATED),)


def test_leaving_the_context_with_an_exception_does_not():
    error = KeyError("mine")
    with pytest.raises(KeyError) as caught:
        leave(error)
    assert caught.value is error
    assert error.__context__ is None


def test_secrets_are_masked_in_what_was_ignored(account, client):
    swallow(client, "verify_software_token", AccessToken="token", Session="s" * 20, UserCode="123456")
    with pytest.raises(UnreportedError) as caught:
        account.check()
    assert str(caught.value).splitlines()[0] == (
        "the application ignored the error of VerifySoftwareToken(AccessToken='***', Session='***', UserCode='***'):"
    )


def test_an_own_answer_to_an_unknown_operation(account):
    assert told(account.answer, "ListGroup", {}).startswith(
        "Cognito has no operation 'ListGroup'; did you mean 'ListGroups'"
    )


def test_an_own_answer_of_a_wrong_type(account):
    assert told(account.answer, "ListGroups", {"Groups": 3}) == (
        "invalid reply of ListGroups:\n"
        "Invalid type for parameter Groups, value: 3, type: <class 'int'>, valid types: <class 'list'>, <class 'tuple'>"
    )


def test_an_own_answer_with_an_unknown_member_speaks_of_the_reply(account):
    assert told(account.answer, "ListGroups", {"Group": []}) == (
        "the reply of ListGroups has no member 'Group'; did you mean 'Groups'?"
    )


def test_an_own_answer_that_is_no_mapping_speaks_of_the_reply(account):
    message = told(account.answer, "ListGroups", 3)
    assert message.startswith("invalid reply of ListGroups:\n")
    assert "input" not in message


def test_an_own_answer_where_nothing_is_answered(account):
    assert told(account.answer, "AdminDeleteUser", {"Username": "ana"}) == (
        "invalid reply of AdminDeleteUser:\nexpected nothing, got {'Username': 'ana'}"
    )
