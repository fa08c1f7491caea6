"""A company's staff directory: who works in which team, and who leaves."""

from __future__ import annotations

import os

import boto3

POOL_ID = os.environ.get("STAFF_POOL_ID", "eu-west-1_Staff0001")

cognito = boto3.client("cognito-idp", region_name=POOL_ID.partition("_")[0])


def team(name: str) -> list[str]:
    """The usernames of a team, in alphabetical order."""
    pages = cognito.get_paginator("list_users_in_group").paginate(UserPoolId=POOL_ID, GroupName=name)
    return sorted(user["Username"] for page in pages for user in page["Users"])


def leave(username: str) -> None:
    """Disable the account of a worker who leaves, and remove it from its teams."""
    cognito.admin_disable_user(UserPoolId=POOL_ID, Username=username)
    groups = cognito.admin_list_groups_for_user(UserPoolId=POOL_ID, Username=username)["Groups"]
    for group in groups:
        cognito.admin_remove_user_from_group(UserPoolId=POOL_ID, Username=username, GroupName=group["GroupName"])
