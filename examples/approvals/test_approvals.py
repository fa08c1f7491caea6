import approvals
import pytest

from pytest_cognito_pool import PostConfirmationEvent


def test_an_approved_applicant_is_a_member(applicant):
    approvals.approve("ana", plan="gold")
    assert applicant.status == "CONFIRMED"


def test_the_welcome_function_is_told_the_plan(cognito_pool, applicant):
    approvals.approve("ana", plan="gold")
    event = cognito_pool.triggers.one(PostConfirmationEvent).event
    assert event.user_name == "ana"
    assert event.request.client_metadata == {"plan": "gold"}
    assert event.request.user_attributes["email"] == "ana@example.com"


def test_approving_costs_one_call(cognito_pool, applicant):
    approvals.approve("ana", plan="gold")
    assert cognito_pool.calls.operations == ["AdminConfirmSignUp"]


def test_nobody_is_approved_twice(cognito_pool, applicant):
    approvals.approve("ana", plan="gold")
    with pytest.raises(approvals.AlreadyDecided, match="Current status is CONFIRMED"):
        approvals.approve("ana", plan="silver")
    assert cognito_pool.triggers.one(PostConfirmationEvent).event.request.client_metadata == {"plan": "gold"}


def test_an_unknown_applicant_is_reported(cognito_pool):
    cognito_pool.add_user("anna", status="UNCONFIRMED")
    with pytest.raises(approvals.NoSuchApplicant):
        approvals.approve("ana", plan="gold")
    assert cognito_pool.users["anna"].status == "UNCONFIRMED"


def test_a_staff_account_cannot_be_approved(cognito_pool):
    approvals.cognito.admin_create_user(UserPoolId=approvals.POOL_ID, Username="clerk")
    with pytest.raises(approvals.AlreadyDecided, match="FORCE_CHANGE_PASSWORD"):
        approvals.approve("clerk", plan="gold")


def test_who_signs_up_waits_to_be_approved(cognito_pool):
    signed_up = approvals.cognito.sign_up(
        ClientId=cognito_pool.client.id,
        Username="ben",
        Password="a long passphrase".replace(" ", "-"),
        UserAttributes=[
            {"Name": "email", "Value": "ben@example.com"},
            {"Name": "custom:referrer", "Value": "ana"},
        ],
    )
    assert signed_up["CodeDeliveryDetails"]["Destination"] == "b***@e***"
    assert approvals.waiting() == [approvals.Applicant("ben", "ben@example.com")]


def test_everyone_who_waits_is_listed_over_all_pages(cognito_pool):
    for number in range(130):
        cognito_pool.add_user(f"applicant{number:03}", status="UNCONFIRMED")
    cognito_pool.add_user("member")
    assert len(approvals.waiting()) == 130
    assert cognito_pool.calls.operations == ["ListUsers"] * 3


def test_a_rejected_applicant_is_forgotten(cognito_pool, applicant):
    approvals.reject("ana")
    assert "ana" not in cognito_pool.users


def test_a_member_is_not_rejected(cognito_pool):
    cognito_pool.add_user("ana")
    with pytest.raises(approvals.AlreadyDecided):
        approvals.reject("ana")
    assert cognito_pool.users["ana"].status == "CONFIRMED"


def test_rejecting_nobody_is_reported(cognito_pool):
    with pytest.raises(approvals.NoSuchApplicant):
        approvals.reject("ana")
