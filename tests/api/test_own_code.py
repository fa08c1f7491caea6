"""What an author's own code raises where it only observes: told to the test, never to the application."""

from __future__ import annotations

import re

import pytest

from pytest_cognito_pool import Cognito, UnreportedError

RAISED = r" raised ZeroDivisionError: division by zero at \S*test_own_code\.py:\d+$"


def fails(_of):
    return 1 / 0


@pytest.fixture
def told():
    """What a fake tells when it is asked."""

    def ask(cognito):
        with pytest.raises(UnreportedError) as caught:
            cognito.check()
        cognito.check()
        return list(caught.value.raised)

    return ask


def test_a_hook_for_calls_replaces_no_reply(client, told):
    with Cognito(on_call=fails) as cognito:
        assert client.list_user_pools(MaxResults=1)["UserPools"] == []
        (text,) = told(cognito)
    assert re.fullmatch("the hook for calls" + RAISED, text)


def test_a_hook_that_raises_does_not_hide_an_error(client, told):
    with Cognito(on_call=fails) as cognito:
        with pytest.raises(client.exceptions.ResourceNotFoundException):
            client.describe_user_pool(UserPoolId="us-east-1_none")
        assert len(told(cognito)) == 1


def test_a_hook_for_pools_does_not_reach_the_application(client, told):
    with Cognito(on_pool=fails) as cognito:
        pool_id = client.create_user_pool(PoolName="x")["UserPool"]["Id"]
        assert pool_id in cognito.pools
        (text,) = told(cognito)
    assert re.fullmatch("the hook for new pools" + RAISED, text)


def test_it_reaches_the_author_who_creates_the_pool():
    with Cognito(on_pool=fails) as cognito, pytest.raises(ZeroDivisionError):
        cognito.create_pool()


def test_what_is_long_is_shortened(client, told):
    def quotes(_call):
        raise ValueError("x" * 5000)

    with Cognito(on_call=quotes) as cognito:
        client.list_user_pools(MaxResults=1)
        (text,) = told(cognito)
    assert len(text) < 400


def test_leaving_tells_it_too(client):
    with pytest.raises(UnreportedError) as caught, Cognito(on_call=fails):
        client.list_user_pools(MaxResults=1)
    assert re.fullmatch("code of the test raised an exception: the hook for calls" + RAISED, str(caught.value))


def test_not_when_an_exception_is_on_its_way(client):
    with pytest.raises(client.exceptions.ResourceNotFoundException), Cognito(on_call=fails):
        client.describe_user_pool(UserPoolId="us-east-1_none")


def test_a_predicate_is_asked_once_a_call(cognito, cognito_pool, cognito_idp, told):
    cognito_pool.add_user("ana")
    cognito_pool.fail("AdminGetUser", "TooManyRequestsException", when=fails, optional=True)
    for _ in range(2):
        cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
    texts = told(cognito)
    assert len(texts) == 2
    assert all(re.search(r"`when` raised ZeroDivisionError at \S*test_own_code\.py:\d+$", text) for text in texts)
