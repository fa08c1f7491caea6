"""Never run: is the public API typed to the leaf? Checked by mypy and pyright."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import assert_type

from pytest_cognito_pool import (
    AppClient,
    Call,
    CallLog,
    Cognito,
    CustomSMSSenderEvent,
    Enforcement,
    Error,
    Fault,
    Group,
    Groups,
    Injected,
    Invocation,
    LambdaContext,
    Loaded,
    Permission,
    PostConfirmationEvent,
    PreSignUpEvent,
    PreTokenGenerationEvent,
    PreTokenGenerationV2Event,
    Transition,
    TriggerEvent,
    TriggerLog,
    User,
    UserPool,
    UserStatus,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path


def triggers(cognito_pool: UserPool) -> None:
    assert_type(cognito_pool.triggers, TriggerLog[TriggerEvent])
    assert_type(cognito_pool.triggers.of(PostConfirmationEvent), TriggerLog[PostConfirmationEvent])
    invocation = cognito_pool.triggers.one(PostConfirmationEvent)
    assert_type(invocation, Invocation[PostConfirmationEvent])
    assert_type(invocation.event.request.client_metadata, "dict[str, str] | None")
    assert_type(invocation.event.request.user_attributes, dict[str, str])
    assert_type(invocation.event.caller_context.client_id, "str | None")
    assert_type(cognito_pool.triggers.sources, list[str])


def triggers_by_name(triggers: TriggerLog[TriggerEvent], confirmations: TriggerLog[PostConfirmationEvent]) -> None:
    invocation = triggers.one("PostConfirmation")
    assert_type(invocation, Invocation[PostConfirmationEvent])
    assert_type(invocation.event.request.client_metadata, "dict[str, str] | None")
    assert_type(triggers.one("PostConfirmation_ConfirmSignUp"), Invocation[PostConfirmationEvent])
    assert_type(triggers.of("PostConfirmation"), TriggerLog[PostConfirmationEvent])
    assert_type(triggers.of("PreSignUp_AdminCreateUser").one("PreSignUp"), Invocation[PreSignUpEvent])
    assert_type(triggers.of("CustomSMSSender")[0].event, CustomSMSSenderEvent)
    tokens = triggers.one("PreTokenGeneration").event
    assert_type(tokens, PreTokenGenerationEvent | PreTokenGenerationV2Event)
    assert_type(tokens.request.user_attributes, dict[str, str])
    assert_type(triggers.one("TokenGeneration_ClientCredentials").event, PreTokenGenerationV2Event)
    _ = tokens.request.scopes  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    _ = invocation.event.request.validation_data  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    assert_type(triggers.one(triggers.sources[0]), Invocation[TriggerEvent])
    assert_type(triggers.of(triggers.sources[0]), TriggerLog[TriggerEvent])
    assert_type(confirmations.of(triggers.sources[0]), TriggerLog[PostConfirmationEvent])
    _ = triggers.one(triggers.sources[0]).event.request  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    triggers.one(5)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]


def calls(cognito_pool: UserPool) -> None:
    assert_type(cognito_pool.calls, CallLog)
    assert_type(cognito_pool.calls.operations, list[str])
    call = cognito_pool.calls.one("AdminConfirmSignUp", Username="ana")
    assert_type(call, Call)
    assert_type(call.error, Error | None)
    assert_type(cognito_pool.calls[0], Call)
    assert_type(cognito_pool.calls[1:], CallLog)


def users(cognito_pool: UserPool) -> None:
    user = cognito_pool.add_user("ana", status="UNCONFIRMED", attributes={"name": "Ana"})
    assert_type(user, User)
    assert_type(cognito_pool.users["ana"], User)
    assert_type(user.status, UserStatus)
    assert_type(user.history, list[Transition])
    created: datetime = user.created
    cognito_pool.add_user("bob", status="UNCONFIRMD")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    del created


def account() -> None:
    with Cognito(region="eu-west-1") as cognito:
        assert_type(cognito, Cognito)
        assert_type(cognito.create_pool(UsernameAttributes=["email"]), UserPool)
        cognito.answer("ListGroups", {"Groups": []})
        cognito.answer("ListGroups", _groups)


def _groups(request: Mapping[str, object]) -> Mapping[str, object]:
    return {"Groups": [{"GroupName": request["UserPoolId"]}]}


def names(cognito_pool: UserPool) -> None:
    """Closed for triggers, open for operations and errors, which a newer botocore may know."""
    cognito_pool.on("PostConfirmation", raises=ValueError("down"))
    cognito_pool.on("PostConfirmtion", raises=ValueError("down"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    cognito_pool.fail("AnOperationOfTomorrow", "AnErrorOfTomorrowException")
    assert_type(cognito_pool.add_group("staff", precedence=1), Group)
    assert_type(cognito_pool.groups, Groups)
    assert_type(cognito_pool.groups["staff"].users, list[User])
    assert_type(cognito_pool.calls[0].by_test, bool)
    assert_type(cognito_pool.calls[0].at, "datetime")


def templates(cognito: Cognito, path: Path) -> None:
    loaded = cognito.load(path, resource="Customers", parameters={"Stage": "dev"}, functions={"Welcome": _welcome})
    assert_type(loaded, Loaded)
    assert_type(loaded.pool, UserPool)
    assert_type(loaded.pools["Customers"], UserPool)
    assert_type(loaded.clients["Web"], AppClient)


def _welcome(event: dict[str, object], _context: LambdaContext) -> dict[str, object]:
    return event


def faults(cognito: Cognito, cognito_pool: UserPool) -> None:
    fault = cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException", attempts=2)
    assert_type(fault, Fault)
    assert_type(fault.hits, int)
    assert_type(fault.left, "int | None")
    with cognito.fail("AdminConfirmSignUp", TimeoutError, when=_is_ana) as entered:
        assert_type(entered, Fault)
    assert_type(cognito.faults[0], Fault)
    assert_type(cognito_pool.calls[0].attempts[0].fault, Injected | None)
    cognito_pool.fail("AdminConfirmSignUp", 500)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def _is_ana(request: Mapping[str, object]) -> bool:
    return request["Username"] == "ana"


def iam(cognito: Cognito, path: Path) -> None:
    assert_type(cognito.enforce(path), Enforcement)
    with cognito.enforce({"Version": "2012-10-17", "Statement": []}) as enforced:
        assert_type(enforced, Enforcement)
    client = cognito.session(path, user="clerk").client("cognito-idp")
    client.admin_confirm_sign_up(UserPoolId="us-east-1_TestPool1", Username="ana")
    assert_type(cognito.calls[0].permission, Permission | None)
    assert_type(cognito.calls[0].caller, str)
