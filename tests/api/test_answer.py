"""Cognito.answer: the author's own replies."""

from __future__ import annotations

from datetime import datetime, timezone

import boto3
import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from pytest_cognito_pool import Cognito, Error, UnreportedError, UsageError

MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)


def refusal(call):
    with pytest.raises(UsageError) as caught:
        call()
    return str(caught.value)


def test_a_ready_reply(cognito, cognito_pool, cognito_idp):
    cognito.answer("ListGroups", {"Groups": [{"GroupName": "admins", "Precedence": 1}]})
    for _ in range(2):
        reply = cognito_idp.list_groups(UserPoolId=cognito_pool.id)
        assert reply["Groups"] == [{"GroupName": "admins", "Precedence": 1}]
    assert cognito_pool.calls.operations == ["ListGroups", "ListGroups"]
    assert cognito_pool.calls[0].reply == {"Groups": [{"GroupName": "admins", "Precedence": 1}]}


def test_a_reply_of_one_pool(cognito, cognito_pool, cognito_idp):
    other = cognito.create_pool()
    cognito.answer("ListGroups", {"Groups": [{"GroupName": "all"}]})
    cognito_pool.answer("ListGroups", {"Groups": [{"GroupName": "mine"}]})

    def names(pool):
        return [group["GroupName"] for group in cognito_idp.list_groups(UserPoolId=pool.id)["Groups"]]

    assert (names(cognito_pool), names(other)) == (["mine"], ["all"])


def test_an_operation_without_a_pool_has_no_reply_of_one(cognito_pool):
    assert refusal(lambda: cognito_pool.answer("ListUserPools", {"UserPools": []})) == (
        "calls of ListUserPools do not refer to a pool; use cognito.answer('ListUserPools', ...)"
    )


def test_a_function_is_given_the_request(cognito, cognito_pool, cognito_idp):
    requests = []

    def groups(request):
        requests.append(request)
        return {"Groups": [{"GroupName": f"of-{request['Username']}"}]}

    cognito.answer("AdminListGroupsForUser", groups)
    reply = cognito_idp.admin_list_groups_for_user(UserPoolId=cognito_pool.id, Username="ana")
    assert reply["Groups"] == [{"GroupName": "of-ana"}]
    assert requests == [{"UserPoolId": cognito_pool.id, "Username": "ana"}]


def test_it_comes_before_the_fakes_own(cognito, cognito_pool, cognito_idp):
    cognito.answer("ListUsers", {"Users": []})
    cognito_pool.add_user("ana")
    assert cognito_idp.list_users(UserPoolId=cognito_pool.id)["Users"] == []


def test_the_last_one_counts(cognito, cognito_pool, cognito_idp):
    cognito.answer("ListGroups", {"Groups": [{"GroupName": "a"}]})
    cognito.answer("ListGroups", {})
    assert "Groups" not in cognito_idp.list_groups(UserPoolId=cognito_pool.id)


def test_datetimes(cognito, cognito_pool, cognito_idp):
    group = {"GroupName": "a", "CreationDate": MOMENT, "LastModifiedDate": MOMENT.timestamp()}
    cognito.answer("GetGroup", {"Group": group})
    reply = cognito_idp.get_group(UserPoolId=cognito_pool.id, GroupName="a")["Group"]
    assert (reply["CreationDate"], reply["LastModifiedDate"]) == (MOMENT, MOMENT)


def test_bytes():
    logo = {"Category": "FORM_LOGO", "ColorMode": "LIGHT", "Extension": "PNG"}
    assets = ({**logo, "Bytes": b"\x89P"}, {**logo, "Bytes": bytearray(b"N")})
    # Without the fixtures, whose hook in our conftest.py does not compare blobs.
    with Cognito() as cognito:
        pool = cognito.create_pool()
        cognito.answer("DescribeManagedLoginBranding", {"ManagedLoginBranding": {"Assets": assets}})
        reply = boto3.client("cognito-idp").describe_managed_login_branding(
            UserPoolId=pool.id, ManagedLoginBrandingId="12345678-1234-4123-8123-123456789012"
        )
    assert [asset["Bytes"] for asset in reply["ManagedLoginBranding"]["Assets"]] == [b"\x89P", b"N"]


def test_constraints_are_still_checked(cognito, cognito_pool, cognito_idp, refused):
    cognito.answer("ListGroups", {"Groups": []})
    with refused("InvalidParameterException"):
        cognito_idp.list_groups(UserPoolId="no pool")


def test_a_ready_reply_stays_as_it_was(cognito, cognito_pool, cognito_idp):
    ready = {"Groups": []}
    cognito.answer("ListGroups", ready)
    ready["Groups"].append({"GroupName": "late"})
    assert cognito_idp.list_groups(UserPoolId=cognito_pool.id)["Groups"] == []


def test_an_operation_without_output(cognito, cognito_pool, cognito_idp):
    cognito.answer("AdminAddUserToGroup", {})
    cognito.answer("AdminRemoveUserFromGroup", lambda _request: {})
    of_ana = {"UserPoolId": cognito_pool.id, "Username": "ana", "GroupName": "a"}
    for call in (cognito_idp.admin_add_user_to_group, cognito_idp.admin_remove_user_from_group):
        reply = call(**of_ana)
        assert (reply.keys(), reply["ResponseMetadata"]["HTTPStatusCode"]) == ({"ResponseMetadata"}, 200)
    assert cognito_pool.users == {}


def test_none_where_there_is_no_output(cognito, cognito_pool, cognito_idp):
    """A function without a return statement answers with nothing, as the operation does."""
    cognito.answer("AdminAddUserToGroup", lambda _request: None)
    cognito_idp.admin_add_user_to_group(UserPoolId=cognito_pool.id, Username="ana", GroupName="a")
    assert (cognito_pool.calls[0].reply, cognito_pool.calls[0].outcome()) == ({}, "ok")


def test_none_where_there_is_output_is_refused(cognito):
    message = refusal(lambda: cognito.answer("ListGroups", None))
    assert message.startswith("invalid reply of ListGroups:\n")


def test_an_exception_of_a_function_is_the_applications(cognito, cognito_pool, cognito_idp):
    def fails(_request):
        raise ZeroDivisionError

    cognito.answer("ListGroups", fails)
    with pytest.raises(ZeroDivisionError) as caught:
        cognito_idp.list_groups(UserPoolId=cognito_pool.id)
    assert cognito_pool.calls[0].raised is caught.value
    with pytest.raises(UnreportedError) as told:
        cognito.check()
    ((call, text),) = told.value.replies
    assert call == cognito_pool.calls[0].signature()
    assert text.splitlines()[0] == "ZeroDivisionError"


def test_a_client_error_of_a_function_is_one_of_the_clients_own_class(cognito, cognito_pool, cognito_idp):
    def refuses(_request):
        told = {"Error": {"Code": "NotAuthorizedException", "Message": "not today"}}
        raise ClientError({**told, "ResponseMetadata": {"HTTPStatusCode": 403}}, "ListGroups")

    cognito.answer("ListGroups", refuses)
    with pytest.raises(cognito_idp.exceptions.NotAuthorizedException, match="not today") as caught:
        cognito_idp.list_groups(UserPoolId=cognito_pool.id)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert cognito_pool.calls[0].error == Error("NotAuthorizedException", "not today", 403)
    assert cognito_pool.calls[0].why == "the test's own reply"


def test_what_botocore_raises_itself_is_the_applications_to_handle(cognito, cognito_pool, cognito_idp):
    def is_lost(_request):
        raise ReadTimeoutError(endpoint_url="https://x/")

    cognito.answer("ListGroups", is_lost)
    with pytest.raises(ReadTimeoutError):
        cognito_idp.list_groups(UserPoolId=cognito_pool.id)
    cognito.check()


def test_of_two_replies_the_last_counts(cognito, cognito_pool, cognito_idp):
    cognito.answer("ListGroups", {"Groups": []})
    cognito.answer("ListGroups", {"Groups": [{"GroupName": "staff"}]})
    assert cognito_idp.list_groups(UserPoolId=cognito_pool.id)["Groups"] == [{"GroupName": "staff"}]


class TestWrongReplies:
    def test_an_unknown_operation(self, cognito):
        assert refusal(lambda: cognito.answer("ListGroup", {})) == (
            "Cognito has no operation 'ListGroup'; did you mean 'ListGroups'?"
        )

    def test_a_wrong_type(self, cognito):
        assert refusal(lambda: cognito.answer("ListGroups", {"Groups": "none"})) == (
            "invalid reply of ListGroups:\n"
            "Invalid type for parameter Groups, value: none, type: <class 'str'>, "
            "valid types: <class 'list'>, <class 'tuple'>"
        )

    def test_an_unknown_member(self, cognito):
        assert refusal(lambda: cognito.answer("ListGroups", {"Group": []})) == (
            "the reply of ListGroups has no member 'Group'; did you mean 'Groups'?"
        )

    def test_all_that_is_wrong(self, cognito):
        message = refusal(lambda: cognito.answer("ListGroups", {"Groups": [{"GroupName": 5}], "NextToken": 6}))
        assert "Invalid type for parameter Groups[0].GroupName, value: 5" in message
        assert "Invalid type for parameter NextToken, value: 6" in message

    def test_a_reply_where_there_is_none(self, cognito):
        assert refusal(lambda: cognito.answer("AdminDeleteUser", {"a": 1})) == (
            "invalid reply of AdminDeleteUser:\nexpected nothing, got {'a': 1}"
        )

    def test_of_a_function_it_fails_the_call_and_the_test(self, cognito, cognito_pool, cognito_idp):
        cognito.answer("ListGroups", lambda _request: {"Groups": 5})
        with pytest.raises(UsageError) as caught:
            cognito_idp.list_groups(UserPoolId=cognito_pool.id)
        assert str(caught.value).startswith("invalid reply of ListGroups:\nInvalid type for parameter Groups, value: 5")
        assert caught.value.typed == {"Groups": 5}
        with pytest.raises(AssertionError, match="invalid reply of ListGroups"):
            cognito.check()


def test_nothing_answers_an_operation_whose_output_is_empty(cognito, cognito_pool, cognito_idp):
    cognito.answer("AdminConfirmSignUp", lambda request: None)
    cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    assert cognito_pool.calls.one("AdminConfirmSignUp").reply == {}
