"""The back end of a members' club: people sign up, and the committee approves or rejects them."""

from __future__ import annotations

import os
from dataclasses import dataclass

import boto3

POOL_ID = os.environ.get("MEMBERS_POOL_ID", "eu-central-1_Members01")

cognito = boto3.client("cognito-idp")


class ApprovalError(Exception):
    """An error that the committee's page shows."""


class NoSuchApplicant(ApprovalError):
    pass


class AlreadyDecided(ApprovalError):
    pass


class TryAgainLater(ApprovalError):
    pass


class WelcomeFailed(ApprovalError):
    """The applicant is a member, but the function that sets members up failed."""


@dataclass(frozen=True)
class Applicant:
    username: str
    email: str


def waiting() -> list[Applicant]:
    """All applicants who wait for a decision."""
    pages = cognito.get_paginator("list_users").paginate(
        UserPoolId=POOL_ID, Filter='cognito:user_status = "UNCONFIRMED"'
    )
    return [
        Applicant(user["Username"], {pair["Name"]: pair["Value"] for pair in user["Attributes"]}.get("email", ""))
        for page in pages
        for user in page["Users"]
    ]


def approve(username: str, *, plan: str) -> None:
    """Make an applicant a member; the plan reaches the function that sets members up."""
    try:
        cognito.admin_confirm_sign_up(UserPoolId=POOL_ID, Username=username, ClientMetadata={"plan": plan})
    except cognito.exceptions.UserNotFoundException:
        raise NoSuchApplicant(username) from None
    except cognito.exceptions.NotAuthorizedException as error:
        raise AlreadyDecided(error.response["Error"]["Message"]) from None
    except (cognito.exceptions.TooManyRequestsException, cognito.exceptions.LimitExceededException):
        raise TryAgainLater(username) from None
    except (
        cognito.exceptions.UserLambdaValidationException,
        cognito.exceptions.UnexpectedLambdaException,
        cognito.exceptions.InvalidLambdaResponseException,
    ) as error:
        raise WelcomeFailed(error.response["Error"]["Message"]) from None


def reject(username: str) -> None:
    """Delete an applicant; a member cannot be rejected."""
    try:
        user = cognito.admin_get_user(UserPoolId=POOL_ID, Username=username)
        if user["UserStatus"] != "UNCONFIRMED":
            raise AlreadyDecided(f"{username} is {user['UserStatus']}")
        cognito.admin_delete_user(UserPoolId=POOL_ID, Username=username)
    except cognito.exceptions.UserNotFoundException:
        raise NoSuchApplicant(username) from None
