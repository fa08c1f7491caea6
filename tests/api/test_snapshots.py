"""Cognito.snapshot, restore and rollback."""

from __future__ import annotations

import pytest

from pytest_cognito_pool import Cognito, Snapshot, UsageError


@pytest.fixture
def cognito_pool_settings():
    return {"AliasAttributes": ["email"], "AutoVerifiedAttributes": ["email"]}


@pytest.fixture
def on_pool(cognito_pool, cognito_idp):
    """Call an operation on the pool."""
    return lambda operation, **given: getattr(cognito_idp, operation)(UserPoolId=cognito_pool.id, **given)


def state(cognito):
    """All that the service would tell of an account, but for its times."""
    return {
        pool.id: (
            {
                user.username: (user.sub, user.status, user.enabled, user.attributes, user.groups, user.history)
                for user in pool.users.values()
            },
            [(client.id, client.name) for client in pool.clients],
            pool._record.settings,
            pool._record.schema.names,
            pool._record.users.index.known(),
            sorted(pool._record.users.index._aliases.items())
            and {
                name: {value: user.username for value, user in owners.items()}
                for name, owners in pool._record.users.index._aliases.items()
            },
        )
        for pool in cognito.pools.values()
    }


def everything(cognito, pool, on_pool, idp):
    """Change all that can be changed."""
    ana = {"Username": "ana"}
    on_pool("admin_confirm_sign_up", **ana)
    on_pool("admin_update_user_attributes", **ana, UserAttributes=[{"Name": "name", "Value": "Ana"}])
    on_pool("admin_delete_user_attributes", Username="ben", UserAttributeNames=["email"])
    on_pool("admin_set_user_password", Username="ben", Password="Other123!", Permanent=False)
    on_pool("admin_disable_user", Username="ben")
    on_pool("admin_delete_user", Username="cy")
    on_pool("admin_create_user", Username="cy", UserAttributes=[{"Name": "email", "Value": "cy@example.com"}])
    on_pool("create_group", GroupName="new")
    on_pool("update_group", GroupName="staff", Description="x")
    on_pool("admin_add_user_to_group", **ana, GroupName="staff")
    on_pool("delete_group", GroupName="old")
    on_pool("add_custom_attributes", CustomAttributes=[{"Name": "plan", "AttributeDataType": "String"}])
    on_pool("create_user_pool_client", ClientName="second")
    on_pool("update_user_pool_client", ClientId=pool.client.id, ClientName="renamed")
    on_pool("update_user_pool", UserPoolTags={"a": "b"})
    cognito.create_pool(Id="us-east-1_Other").add_user("x")
    cognito.clock.advance(days=400)


@pytest.fixture
def seeded(cognito, cognito_pool, on_pool):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    cognito_pool.add_user("ben", groups=["staff", "old"])
    cognito_pool.add_user("cy", email="shared@example.com")
    return cognito.snapshot()


def test_everything_is_as_it_was_as_often_as_you_like(cognito, cognito_pool, cognito_idp, on_pool, seeded):
    before, ahead = state(cognito), cognito.clock.ahead
    group = on_pool("get_group", GroupName="staff")["Group"]
    for _ in range(3):
        everything(cognito, cognito_pool, on_pool, cognito_idp)
        assert state(cognito) != before
        cognito.restore(seeded)
        assert state(cognito) == before
        assert cognito.clock.ahead == ahead
        assert on_pool("get_group", GroupName="staff")["Group"] == group
        assert "us-east-1_Other" not in cognito.pools


def test_what_a_test_holds_shows_what_is(cognito, cognito_pool, on_pool, seeded):
    ana, cy, client = cognito_pool.users["ana"], cognito_pool.users["cy"], cognito_pool.client
    ben = cognito_pool.add_user("dee")
    on_pool("admin_confirm_sign_up", Username="ana")
    on_pool("admin_delete_user", Username="cy")
    assert (ana.status, repr(cy)) == ("CONFIRMED", "<User 'cy' CONFIRMED deleted>")
    cognito.restore(seeded)
    assert (ana.status, repr(cy), repr(ben)) == (
        "UNCONFIRMED",
        "<User 'cy' CONFIRMED>",
        "<User 'dee' CONFIRMED deleted>",
    )
    assert cognito_pool.users["cy"] == cy
    assert cognito_pool.client == client
    assert cognito_pool.users["shared@example.com"] == cy


def test_a_pool_that_was_deleted_is_there_again(cognito, cognito_pool, on_pool, seeded):
    on_pool("delete_user_pool")
    again = cognito.create_pool(Id=cognito_pool.id)
    assert repr(cognito_pool) == f"<UserPool {cognito_pool.id} deleted>"
    cognito.restore(seeded)
    assert cognito.pools[cognito_pool.id] is cognito_pool
    assert on_pool("admin_get_user", Username="ana")["UserStatus"] == "UNCONFIRMED"
    assert repr(again) == f"<UserPool {cognito_pool.id} deleted>"
    assert cognito_pool.calls.operations[-1] == "AdminGetUser"


def test_codes_and_their_attempts_and_page_tokens(cognito, cognito_pool, cognito_idp, on_pool, refused):
    app = {"ClientId": cognito_pool.client.id, "Username": "ana"}
    email = [{"Name": "email", "Value": "ana@example.com"}]
    cognito_idp.sign_up(**app, Password="Passw0rd!", UserAttributes=email)
    cognito_pool.add_user("ben")
    code = cognito_pool.outbox[0].code
    token = on_pool("list_users", Limit=1)["PaginationToken"]
    before = cognito.snapshot()
    for _ in range(2):
        for _ in range(15):
            with refused("CodeMismatchException"):
                cognito_idp.confirm_sign_up(**app, ConfirmationCode="no")
        with refused("LimitExceededException"):
            cognito_idp.confirm_sign_up(**app, ConfirmationCode=code)
        cognito.restore(before)
    for _ in range(2):
        later = on_pool("list_users", Limit=1)["PaginationToken"]
        cognito_idp.confirm_sign_up(**app, ConfirmationCode=code)
        cognito.restore(before)
        assert on_pool("list_users", PaginationToken=token)["Users"][0]["Username"] == "ben"
        with refused("InvalidParameterException"):
            on_pool("list_users", PaginationToken=later)


def test_the_authors_own_things_are_not_in_it(cognito, cognito_pool, cognito_idp, seeded):
    cognito_pool.on("PostConfirmation", lambda event, context: event)
    cognito.answer("DescribeRiskConfiguration", {"RiskConfiguration": {}})
    fault = cognito_pool.fail("AdminGetUser", "TooManyRequestsException", optional=True)
    cognito_idp.describe_risk_configuration(UserPoolId=cognito_pool.id)
    cognito.restore(seeded)
    cognito_idp.describe_risk_configuration(UserPoolId=cognito_pool.id)
    cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    assert cognito_pool.triggers[0].handler is not None
    assert list(cognito.faults) == [fault]
    assert cognito_pool.calls.operations == [
        "DescribeRiskConfiguration",
        "DescribeRiskConfiguration",
        "AdminConfirmSignUp",
    ]


def test_a_block_that_is_rolled_back(cognito, cognito_pool, cognito_idp, on_pool, seeded):
    on_pool("admin_get_user", Username="ana")
    before, calls = state(cognito), cognito_pool.calls.operations

    def block():
        with cognito.rollback():
            assert (cognito.calls, cognito_pool.calls, cognito_pool.triggers, cognito_pool.outbox) == ([], [], [], [])
            everything(cognito, cognito_pool, on_pool, cognito_idp)
            with cognito.rollback():
                on_pool("admin_delete_user", Username="ana")
                assert cognito_pool.calls.operations == ["AdminDeleteUser"]
            assert "ana" in cognito_pool.users
            assert cognito_pool.triggers.sources == [
                "PostConfirmation_ConfirmSignUp",
                "PreSignUp_AdminCreateUser",
                "CustomMessage_AdminCreateUser",
            ]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        block()
    assert state(cognito) == before
    assert cognito_pool.calls.operations == calls


def test_of_another_fake_it_is_refused(cognito, seeded):
    with Cognito(region="us-east-1") as other:
        with pytest.raises(UsageError) as caught:
            other.restore(seeded)
        assert str(caught.value) == (
            "restore() takes what snapshot() of <Cognito 123456789012 us-east-1> returned, "
            "not <Snapshot of 1 pools, 3 users>"
        )
        with pytest.raises(UsageError, match=r"not 'yesterday'$"):
            other.restore("yesterday")
    assert isinstance(seeded, Snapshot)
