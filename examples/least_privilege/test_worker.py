import json
from pathlib import Path

import pytest
import worker

POLICY = Path(__file__).with_name("worker-policy.json")


def test_the_deployed_role_is_enough(cognito, ana):
    cognito.enforce(POLICY)
    worker.welcome("ana")
    assert (ana.status, ana.groups) == ("CONFIRMED", ["new"])


def test_the_deployed_role_may_not_delete(cognito, ana):
    cognito.enforce(POLICY)
    with pytest.raises(worker.cognito.exceptions.ClientError) as refused:
        worker.forget("ana")
    assert refused.value.response["Error"]["Code"] == "AccessDeniedException"
    assert cognito.calls[-1].why == "statement 2 'NeverDelete' denies it"


def test_the_deployed_role_allows_no_more_than_the_worker_needs(cognito, ana):
    worker.welcome("ana")
    (needed,) = cognito.calls.policy()["Statement"]
    (allowed,) = [each for each in json.loads(POLICY.read_text())["Statement"] if each["Effect"] == "Allow"]
    assert sorted(allowed["Action"]) == needed["Action"]
    assert allowed["Resource"] == needed["Resource"]


def test_the_support_desk_may_delete_what_the_worker_may_not(cognito, cognito_pool, ana):
    cognito.enforce(POLICY)
    worker.welcome("ana")
    desk = cognito.session(user="support").client("cognito-idp")
    desk.admin_delete_user(UserPoolId=cognito_pool.id, Username="ana")
    assert [call.caller.rpartition("/")[2] for call in cognito.calls] == ["pytest", "pytest", "support"]
