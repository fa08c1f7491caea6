"""What an editor offers on public objects: what authors use, and nothing of the plugin's own."""

from __future__ import annotations

import pytest

import pytest_cognito_pool

LOG = {"count", "index"}
OFFERED = {
    "AppClient": {"id", "name", "secret", "secret_hash"},
    "Attempt": {"error", "fault", "lost", "outcome", "raised", "reply", "waited", "why"},
    "Call": {
        "at", "attempts", "by_test", "caller", "caused_by", "error", "invocations", "operation", "outcome",
        "permission", "pool_id", "raised", "reply", "request", "signature", "transitions", "why",
    },
    "CallLog": {*LOG, "of", "one", "operations", "policy"},
    "Clock": {"advance", "ahead", "move_to", "now"},
    "Cognito": {
        "account", "answer", "caller", "calls", "check", "clock", "create_pool", "enforce", "fail", "faults", "load",
        "pools", "region", "restore", "rollback", "serve", "session", "snapshot",
    },
    "Domain": {*LOG, "name", "url"},
    "Enforcement": set(),
    "Error": {"code", "message", "status"},
    "Fault": {"after", "hits", "left", "operation"},
    "Group": {"description", "name", "precedence", "role_arn", "users"},
    "Groups": {"get", "items", "keys", "values"},
    "Injected": {"after", "shown"},
    "Invocation": {
        "answer", "attempts", "call", "calls", "duration", "error", "event", "handler", "handler_name", "payload",
        "source", "why",
    },
    "LambdaContext": {"get_remaining_time_in_millis", "log"},
    "Loaded": {"clients", "pool", "pools"},
    "Message": {"at", "body", "code", "medium", "occasion", "recipient", "subject", "username"},
    "Outbox": {*LOG, "of", "one"},
    "Permission": {*LOG, "action", "resource"},
    "Server": {"env", "url"},
    "SignIn": {*LOG, "at", "client_id", "expires"},
    "Snapshot": set(),
    "Tokens": {*LOG, "access_claims", "access_token", "headers", "id_claims", "id_token", "refresh_token"},
    "Transition": {"after", "at", "before", "operation"},
    "TriggerHandler": set(),
    "TriggerLog": {*LOG, "of", "one", "sources"},
    "User": {
        "attributes", "created", "enabled", "groups", "history", "locked_for", "modified", "password", "sign_ins",
        "status", "sub", "username",
    },
    "UserPool": {
        "add_domain", "add_group", "add_user", "answer", "arn", "calls", "client", "clients", "create_client", "event",
        "fail", "groups", "id", "issuer", "jwks", "managed_login", "on", "outbox", "region", "sign_in", "triggers",
        "users",
    },
    "Users": {"get", "items", "keys", "values"},
}  # fmt: skip


def is_of_an_event(name):
    return hasattr(getattr(pytest_cognito_pool, name), "model_fields")


def test_every_public_class_is_listed():
    classes = {
        name
        for name in pytest_cognito_pool.__all__
        if isinstance(getattr(pytest_cognito_pool, name), type)
        if not is_of_an_event(name) and not name.endswith(("Error", "Warning"))
    }
    assert classes | {"Error"} == {*OFFERED}


@pytest.mark.parametrize("name", OFFERED)
def test_what_is_offered(name):
    assert {each for each in dir(getattr(pytest_cognito_pool, name)) if not each.startswith("_")} == OFFERED[name]


def test_what_is_offered_on_objects(cognito, cognito_pool):
    """Attributes that are set when an object is made are not in the class."""
    for thing in (cognito, cognito_pool, cognito_pool.client, cognito.clock, cognito.snapshot()):
        assert {each for each in dir(thing) if not each.startswith("_")} == OFFERED[type(thing).__name__]
