"""A worker that welcomes new customers; it is deployed with the role that worker-policy.json describes."""

from __future__ import annotations

import os

import boto3

POOL_ID = os.environ.get("CUSTOMER_POOL_ID", "eu-central-1_Customers")

cognito = boto3.client("cognito-idp")


def welcome(username: str) -> None:
    """Activate a customer and add them to the group of new customers."""
    cognito.admin_confirm_sign_up(UserPoolId=POOL_ID, Username=username)
    cognito.admin_add_user_to_group(UserPoolId=POOL_ID, Username=username, GroupName="new")


def forget(username: str) -> None:
    """Delete a customer; only the role of the support desk allows it."""
    cognito.admin_delete_user(UserPoolId=POOL_ID, Username=username)
