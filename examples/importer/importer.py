"""A nightly job that activates the accounts of a partner, and tries again if the service is busy."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

POOL_ID = os.environ.get("PARTNER_POOL_ID", "eu-central-1_Partner01")
ROUNDS = 3
PAUSE = 30.0

# At most three requests for each call, whatever the machine's configuration says.
cognito = boto3.client("cognito-idp", config=Config(retries={"mode": "standard", "total_max_attempts": 3}))


class Report:
    """The result for each account."""

    def __init__(self) -> None:
        self.activated: list[str] = []
        self.already_active: list[str] = []
        self.failed: dict[str, str] = {}


def activate(usernames: Iterable[str], *, sleep: Callable[[float], object] = time.sleep) -> Report:
    """Activate each account; if the service is busy, try again after a pause."""
    report = Report()
    waiting = list(usernames)
    for number in range(ROUNDS):
        if waiting and number:
            sleep(PAUSE)
        waiting = [username for username in waiting if not _settled(username, report)]
    report.failed |= dict.fromkeys(waiting, "the service is busy")
    return report


def _settled(username: str, report: Report) -> bool:
    """Try to activate the account; False if it must be tried again."""
    try:
        cognito.admin_confirm_sign_up(UserPoolId=POOL_ID, Username=username)
    except (
        cognito.exceptions.TooManyRequestsException,
        cognito.exceptions.LimitExceededException,
        cognito.exceptions.InternalErrorException,
    ):
        return False
    except cognito.exceptions.NotAuthorizedException:
        report.already_active.append(username)
    except cognito.exceptions.ClientError as error:
        report.failed[username] = error.response["Error"]["Code"]
    else:
        report.activated.append(username)
    return True
