"""What records say beside what happened: when, by whom, and of whom."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import boto3
import pytest
from botocore.exceptions import ClientError

MOMENT = datetime(2030, 1, 1, tzinfo=timezone.utc)


def test_calls_of_the_test_are_marked(cognito_pool, cognito_idp):
    cognito_pool.add_user("ana")
    application = boto3.client("cognito-idp", region_name="us-east-1")
    for client in (cognito_idp, application):
        client.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
        # Nobody signs this operation.
        client.sign_up(ClientId=cognito_pool.client.id, Username=f"user{len(cognito_pool.calls)}", Password="Passw0rd!")
    assert [call.by_test for call in cognito_pool.calls] == [True, True, False, False]


@pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
def test_calls_and_messages_have_a_time(cognito, cognito_pool, cognito_idp):
    cognito.clock.move_to(MOMENT)
    cognito_idp.sign_up(
        ClientId=cognito_pool.client.id,
        Username="ana",
        Password="Passw0rd!",
        UserAttributes=[{"Name": "email", "Value": "ana@example.com"}],
    )
    for record in (cognito_pool.calls[0], cognito_pool.outbox[0]):
        assert MOMENT <= record.at < MOMENT + timedelta(minutes=1)


class TestPoolOfAddresses:
    @pytest.fixture
    def cognito_pool_settings(self):
        return {"UsernameAttributes": ["email"]}

    @pytest.fixture
    def ana(self, cognito_pool):
        return cognito_pool.add_user("ana@example.com", status="UNCONFIRMED")

    def test_people_see_the_address(self, cognito_pool, cognito_idp, ana):
        shown = f"'ana@example.com' ({ana.sub[:8]})"
        confirm = {"UserPoolId": cognito_pool.id, "Username": "ana@example.com"}
        cognito_idp.admin_confirm_sign_up(**confirm)
        with pytest.raises(ClientError):
            cognito_idp.admin_confirm_sign_up(**confirm)
        first, second = cognito_pool.calls
        assert first.outcome() == f"ok, {shown} UNCONFIRMED -> CONFIRMED"
        assert second.why == f"{shown} is CONFIRMED; only an UNCONFIRMED user can be confirmed"
        assert repr(cognito_pool.triggers[0]) == f"<PostConfirmation_ConfirmSignUp for {shown}>"
        assert repr(ana) == f"<User {shown} CONFIRMED>"
        assert repr(cognito_pool.users) == f"<Users {shown}>"

    def test_records_keep_the_username(self, cognito_pool, cognito_idp, ana):
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana@example.com")
        assert [name for name, _ in cognito_pool.calls[0].transitions] == [ana.sub]
        assert cognito_pool.triggers.one(username="ana@example.com") == cognito_pool.triggers.one(username=ana.sub)

    def test_without_an_address_it_is_the_uuid(self, cognito_pool, cognito_idp, ana):
        cognito_idp.admin_update_user_attributes(
            UserPoolId=cognito_pool.id, Username=ana.sub, UserAttributes=[{"Name": "email", "Value": ""}]
        )
        assert repr(ana) == f"<User {ana.sub!r} UNCONFIRMED>"
