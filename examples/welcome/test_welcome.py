import sqlite3
from contextlib import closing

import back_office
import pytest
import welcome


@pytest.fixture
def cognito_pool_settings():
    return {"Id": "eu-central-1_Shop01"}


@pytest.fixture
def customers(tmp_path, monkeypatch):
    """A function that reads the rows of the shop's table."""
    path = str(tmp_path / "shop.db")
    monkeypatch.setattr(welcome, "database", path)

    def rows():
        with closing(sqlite3.connect(path)) as database:
            return database.execute("SELECT email, plan FROM customers").fetchall()

    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE customers (sub PRIMARY KEY, email, plan)")
        database.commit()
    return rows


@pytest.fixture
def ana(cognito_pool):
    for plan in ("free", "pro"):
        welcome.cognito.create_group(UserPoolId=cognito_pool.id, GroupName=plan)
    return cognito_pool.add_user("ana", status="UNCONFIRMED", email="ana@example.com")


class TestTheFunctionAlone:
    def test_it_writes_a_row_and_answers_with_its_event(self, cognito_pool, ana, customers):
        event = cognito_pool.event("PostConfirmation_ConfirmSignUp", "ana", client_metadata={"plan": "pro"})
        assert welcome.post_confirmation(event, None) == event
        assert customers() == [("ana@example.com", "pro")]
        assert ana.groups == ["pro"]

    def test_without_a_plan_it_is_the_free_one(self, cognito_pool, ana, customers):
        welcome.post_confirmation(cognito_pool.event("PostConfirmation_ConfirmSignUp", "ana"), None)
        assert customers() == [("ana@example.com", "free")]

    def test_a_new_password_is_no_reason_to_welcome(self, cognito_pool, ana, customers):
        event = cognito_pool.event("PostConfirmation_ConfirmForgotPassword", "ana")
        assert welcome.post_confirmation(event, None) == event
        assert customers() == []


class TestFromEndToEnd:
    @pytest.fixture(autouse=True)
    def attached(self, cognito_pool):
        cognito_pool.on("PostConfirmation", welcome.post_confirmation)

    def test_a_confirmed_customer_is_welcomed(self, cognito_pool, ana, customers):
        assert back_office.confirm("ana", plan="pro") == "ana is confirmed"
        assert customers() == [("ana@example.com", "pro")]
        assert ana.groups == ["pro"]
        assert cognito_pool.triggers.one("PostConfirmation").calls[0].operation == "AdminAddUserToGroup"

    def test_an_unknown_plan_leaves_them_confirmed_and_the_clerk_told(self, ana, customers):
        told = back_office.confirm("ana", plan="gold")
        assert told.startswith("ana is confirmed, but not welcomed: PostConfirmation failed with error")
        assert "Group not found." in told
        assert ana.status == "CONFIRMED"


def test_a_function_that_is_not_deployed(cognito_pool, ana):
    cognito_pool.on("PostConfirmation", missing=True)
    assert back_office.confirm("ana", plan="pro").endswith(
        "PostConfirmation invocation failed due to error AccessDeniedException."
    )
    assert ana.status == "CONFIRMED"


def test_a_slow_mail_server_costs_the_suite_no_time(cognito_pool, ana):
    cognito_pool.on("PostConfirmation", times_out=True)
    assert "Socket timeout" in back_office.confirm("ana", plan="pro")
    assert cognito_pool.triggers.one("PostConfirmation").attempts == 3
