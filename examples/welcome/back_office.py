"""The shop's back office, where customers are confirmed by hand."""

from __future__ import annotations

import os

import boto3

POOL_ID = os.environ.get("SHOP_POOL_ID", "eu-central-1_Shop01")

cognito = boto3.client("cognito-idp")


def confirm(username: str, *, plan: str) -> str:
    """Confirm a customer, and return the text for the clerk."""
    try:
        cognito.admin_confirm_sign_up(UserPoolId=POOL_ID, Username=username, ClientMetadata={"plan": plan})
    except (
        cognito.exceptions.UserLambdaValidationException,
        cognito.exceptions.UnexpectedLambdaException,
        cognito.exceptions.InvalidLambdaResponseException,
    ) as error:
        # The customer can sign in anyway; only the welcome is missing.
        return f"{username} is confirmed, but not welcomed: {error.response['Error']['Message']}"
    return f"{username} is confirmed"
