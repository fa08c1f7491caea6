"""The PostConfirmation function of a shop: it adds a confirmed customer to a table and a group."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import boto3

cognito = boto3.client("cognito-idp")
database = os.environ.get("SHOP_DATABASE", "shop.db")


def post_confirmation(event, context):
    if event["triggerSource"] != "PostConfirmation_ConfirmSignUp":
        return event  # a new password is not a reason to welcome
    attributes = event["request"]["userAttributes"]
    plan = event["request"].get("clientMetadata", {}).get("plan", "free")
    with closing(sqlite3.connect(database)) as connection, connection as customers:
        customers.execute("INSERT INTO customers VALUES (?, ?, ?)", (attributes["sub"], attributes.get("email"), plan))
    cognito.admin_add_user_to_group(UserPoolId=event["userPoolId"], Username=event["userName"], GroupName=plan)
    return event
