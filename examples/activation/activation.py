"""A support desk's button that activates an account: pressing it twice or losing a reply does no harm."""

from __future__ import annotations

import os

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError

POOL_ID = os.environ.get("SUPPORT_POOL_ID", "eu-central-1_Support01")

# A clerk waits at the screen: send at most one more request, then let the clerk decide.
cognito = boto3.client("cognito-idp", config=Config(retries={"mode": "standard", "total_max_attempts": 2}))


class NotKnown(Exception):
    """No reply came, and the account's status cannot be read: press the button again."""


def activate(username: str) -> bool:
    """Activate the account; if a reply is lost, check whether the account is active now.

    Returns:
        Whether the account is active now.
    """
    try:
        cognito.admin_confirm_sign_up(UserPoolId=POOL_ID, Username=username)
    except (BotoCoreError, cognito.exceptions.NotAuthorizedException):
        # A lost reply says nothing. If the first request took effect, botocore's second one is refused: "Current
        # status is CONFIRMED". So check the account itself.
        return _is_active(username)
    return True


def _is_active(username: str) -> bool:
    try:
        user = cognito.admin_get_user(UserPoolId=POOL_ID, Username=username)
    except BotoCoreError as error:
        raise NotKnown(username) from error
    return user["UserStatus"] == "CONFIRMED"
