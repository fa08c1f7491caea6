"""A worker that welcomes new customers; it is deployed with the role that worker-policy.json describes."""

from __future__ import annotations

import os

import boto3

POOL_ID = os.environ.get("CUSTOMER_POOL_ID", "eu-central-1_Customers")

cognito = boto3.client("cognito-idp")


def welcome(username: str) -> None:
    """Activate a customer and put them among the new ones."""
    cognito.admin_confirm_sign_up(UserPoolId=POOL_ID, Username=username)
    cognito.admin_add_user_to_group(UserPoolId=POOL_ID, Username=username, GroupName="new")


def forget(username: str) -> None:
    """Delete a customer: the support desk's affair, whose role may."""
    cognito.admin_delete_user(UserPoolId=POOL_ID, Username=username)
