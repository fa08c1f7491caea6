"""What each fake does where Cognito's rules matter, by the same calls of boto3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from fakes import Fake

PASSWORD = "Passw0rd!"


def outcome(call: Callable[[], object]) -> str:
    """What a call comes to: `succeeds` or `refused`."""
    try:
        call()
    except (ClientError, BotoCoreError):
        return "refused"
    return "succeeds"


def sign_up(fake: Fake, name: str, password: str = PASSWORD, client_id: str = "") -> None:
    email = [{"Name": "email", "Value": f"{name}@example.com"}]
    app = {"ClientId": client_id or fake.client_id}
    fake.client.sign_up(**app, Username=name, Password=password, UserAttributes=email)


def confirm(fake: Fake, name: str) -> None:
    fake.client.admin_confirm_sign_up(UserPoolId=fake.pool_id, Username=name)


def status(fake: Fake, name: str) -> str:
    return str(fake.client.admin_get_user(UserPoolId=fake.pool_id, Username=name)["UserStatus"])


def confirmed_twice(fake: Fake) -> str:
    sign_up(fake, "ana")
    confirm(fake, "ana")
    return outcome(lambda: confirm(fake, "ana"))


def invited(fake: Fake) -> str:
    fake.client.admin_create_user(UserPoolId=fake.pool_id, Username="ben", MessageAction="SUPPRESS")
    return outcome(lambda: confirm(fake, "ben"))


def function_runs(fake: Fake) -> str:
    if fake.attach is None:
        return "skipped"
    events: list[Any] = []
    fake.attach(lambda event: events.append(event) or event)  # type: ignore[func-returns-value]
    sign_up(fake, "cho")
    confirm(fake, "cho")
    return "runs" if events else "skipped"


def function_fails(fake: Fake) -> str:
    if fake.attach is None:
        return "skipped"

    def fail(_event: dict[str, Any]) -> dict[str, Any]:
        raise ValueError("mail is down")

    fake.attach(fail)
    sign_up(fake, "dan")
    result = outcome(lambda: confirm(fake, "dan"))
    return f"{result}, {status(fake, 'dan')}"


def throttled(fake: Fake) -> str:
    if fake.throttle is None:
        return "never"
    fake.throttle()
    return "on demand" if outcome(lambda: confirm(fake, "eve")) == "refused" else "never"


def wrong_code(fake: Fake) -> str:
    sign_up(fake, "fay")
    given = {"ClientId": fake.client_id, "Username": "fay"}
    # Ours are drawn by lot, and never this one; cognito-local is told to give 123456.
    return outcome(lambda: fake.client.confirm_sign_up(**given, ConfirmationCode="000000"))


def weak_password(fake: Fake) -> str:
    return outcome(lambda: sign_up(fake, "gil", "weak"))


def long_name(fake: Fake) -> str:
    return outcome(lambda: sign_up(fake, "h" * 129))


def flow_not_allowed(fake: Fake) -> str:
    app = fake.client.create_user_pool_client(
        UserPoolId=fake.pool_id, ClientName="srp", ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    )
    sign_up(fake, "ian")
    confirm(fake, "ian")
    parameters = {"USERNAME": "ian", "PASSWORD": PASSWORD}
    client_id = app["UserPoolClient"]["ClientId"]
    return outcome(
        lambda: fake.client.initiate_auth(ClientId=client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters)
    )


def no_secret_hash(fake: Fake) -> str:
    app = fake.client.create_user_pool_client(UserPoolId=fake.pool_id, ClientName="web", GenerateSecret=True)
    return outcome(lambda: sign_up(fake, "joy", client_id=app["UserPoolClient"]["ClientId"]))


# By what happens: what Cognito does, and how it is tried.
CASES: dict[str, tuple[str, Callable[[Fake], str]]] = {
    "AdminConfirmSignUp of a CONFIRMED user": ("refused", confirmed_twice),
    "AdminConfirmSignUp of a FORCE_CHANGE_PASSWORD user": ("refused", invited),
    "AdminConfirmSignUp with a PostConfirmation function": ("runs", function_runs),
    "AdminConfirmSignUp with a PostConfirmation function that raises": ("refused, CONFIRMED", function_fails),
    "AdminConfirmSignUp, throttled": ("on demand", throttled),
    "ConfirmSignUp with a wrong code": ("refused", wrong_code),
    "SignUp with a password that breaks the policy": ("refused", weak_password),
    "SignUp with a username of 129 characters": ("refused", long_name),
    "InitiateAuth with a flow that the app client does not allow": ("refused", flow_not_allowed),
    "SignUp without the SECRET_HASH that the app client needs": ("refused", no_secret_hash),
}


def behaviour(fake: Callable[[], AbstractContextManager[Fake]]) -> list[str]:
    """What a fake does in each case; each has a pool of its own."""
    results = []
    for _, tried in CASES.values():
        with fake() as pool:
            results.append(tried(pool))
    return results
