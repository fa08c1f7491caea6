"""Settings of pools and app clients, checked against the service model before anything is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._api.checks.forms import CLIENT_ID, CLIENT_SECRET, POOL_ID, check
from pytest_cognito_pool._api.errors import UsageError, accepted, unknown_name
from pytest_cognito_pool._service.pool.schema import STANDARD
from pytest_cognito_pool._service.protocol import model, validate

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping


DEFAULT_POOL_NAME: Final = "pytest-cognito-pool"
DEFAULT_CLIENT_NAME: Final = "pytest"
# The app client that comes with a pool: users can sign in with it in every way that is simulated.
DEFAULT_CLIENT: Final[Mapping[str, Any]] = {
    "ClientName": DEFAULT_CLIENT_NAME,
    "ExplicitAuthFlows": [
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_CUSTOM_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_USER_SRP_AUTH",
    ],
}


# Settings that describe-user-pool prints and create-user-pool does not take.
_READ_ONLY: Final = frozenset(
    {
        "Arn", "CreationDate", "CustomDomain", "Domain", "EmailConfigurationFailure", "EstimatedNumberOfUsers",
        "LastModifiedDate", "SmsConfigurationFailure", "Status",
    }
)  # fmt: skip
_DESCRIBED: Final = {"Name": "PoolName", "SchemaAttributes": "Schema"}
_CLIENT_READ_ONLY: Final = frozenset({"UserPoolId", "CreationDate", "LastModifiedDate"})


def pool_settings(given: Mapping[str, Any]) -> tuple[str | None, dict[str, Any]]:
    """The pool's id, if given, and CreateUserPool's parameters.

    Raises:
        UsageError: for a setting or a value that CreateUserPool does not take.
    """
    given = unwrapped(given)
    for described, name in _DESCRIBED.items():
        if described in given and name in given:
            raise UsageError(f"{described} and {name} are the same setting; give one of them", typed=described)
    parameters = {_DESCRIBED.get(name, name): value for name, value in given.items() if name not in _READ_ONLY}
    pool_id = parameters.pop("Id", None)
    if pool_id is not None:
        check("pool Id", pool_id, POOL_ID)
    if not parameters:
        return pool_id, {"PoolName": DEFAULT_POOL_NAME}
    parameters = _with_schema_as_created({"PoolName": DEFAULT_POOL_NAME, **_as_sent(parameters)})
    known = (*model.parameters("CreateUserPool"), "Id", *_DESCRIBED)
    _check_of_pools(parameters)
    return pool_id, _with_one_validity(checked("CreateUserPool", "unknown pool setting", parameters, known))


def unwrapped(given: Mapping[str, Any], wrapper: str = "UserPool") -> Mapping[str, Any]:
    """The settings, including those inside the structure that a describe command of the AWS CLI prints."""
    described = given.get(wrapper)
    if not isinstance(described, dict):
        return given
    return {**described, **{name: value for name, value in given.items() if name != wrapper}}


def _check_of_pools(parameters: Mapping[str, Any]) -> None:
    """Refuse the settings of app clients.

    Raises:
        UsageError: naming them, and where they go.
    """
    of_clients = {"ClientId", "ClientSecret", *model.parameters("CreateUserPoolClient")} - {"UserPoolId"}
    misplaced = [name for name in parameters if name in of_clients and name not in model.parameters("CreateUserPool")]
    if misplaced:
        written = ", ".join(f"{name}=..." for name in misplaced)
        are = "is a setting" if len(misplaced) == 1 else "are settings"
        raise UsageError(
            f"{', '.join(map(repr, misplaced))} {are} of app clients, not of pools: use the fixture "
            f"cognito_pool_client_settings, @pytest.mark.cognito_pool_client({written}), or client_settings= of "
            "create_pool",
            typed=misplaced[0],
        )


def check_client_id(client_id: str | None, taken: Container[str]) -> None:
    """Refuse an app client's id that is invalid or exists already.

    Raises:
        UsageError: naming the id.
    """
    if client_id is None:
        return
    check("ClientId", client_id, CLIENT_ID)
    if client_id in taken:
        raise UsageError(f"an app client with the ClientId {client_id!r} exists already", typed=client_id)


def client_settings(given: Mapping[str, Any]) -> tuple[str | None, dict[str, Any]]:
    """The app client's id, if given, and CreateUserPoolClient's parameters without the pool.

    Raises:
        UsageError: for a setting or a value that CreateUserPoolClient does not take.
    """
    given = unwrapped(given, "UserPoolClient")
    parameters = {name: _as_sent(value) for name, value in given.items() if name not in _CLIENT_READ_ONLY}
    client_id, secret = parameters.pop("ClientId", None), parameters.pop("ClientSecret", None)
    if secret is not None:
        check("ClientSecret", secret, CLIENT_SECRET, shown=False)
    parameters = {"ClientName": DEFAULT_CLIENT_NAME, "UserPoolId": "us-east-1_any", **parameters}
    known = (*model.parameters("CreateUserPoolClient"), "ClientId", "ClientSecret")
    complete = checked("CreateUserPoolClient", "unknown app client setting", parameters, known)
    del complete["UserPoolId"]
    return client_id, {**complete, **({"ClientSecret": secret} if secret is not None else {})}


def checked(
    operation: str, what: str, parameters: dict[str, Any], known: Iterable[str] | None = None
) -> dict[str, Any]:
    """The parameters, validated.

    Args:
        operation: the operation's name.
        what: the beginning of the message about an unknown parameter.
        parameters: the parameters.
        known: the names that a message suggests; the operation's parameters when omitted.

    Raises:
        UsageError: for a parameter or a value that the operation does not take.
    """
    __tracebackhide__ = True
    from pytest_cognito_pool._api.checks.names import check_members

    shape = model.operation(operation).input_shape
    for name in parameters:
        if name not in model.members(shape):
            raise unknown_name(what, name, model.parameters(operation) if known is None else known)
    check_members(parameters, shape, "")
    report = model.mismatches(parameters, shape)
    if report:
        raise UsageError(report)
    return accepted(lambda: validate.request(operation, parameters))


def _as_sent(value: Any) -> Any:
    """A copy of the value as botocore would send it: a tuple is a list."""
    if isinstance(value, dict):
        return {name: _as_sent(item) for name, item in value.items()}
    return [_as_sent(item) for item in value] if isinstance(value, (list, tuple)) else value


def _with_schema_as_created(parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters, with the schema in the form that create-user-pool takes."""
    schema = parameters.get("Schema")
    if isinstance(schema, list):
        own = [_created_row(row) for row in schema if row not in STANDARD.values()]
        parameters = {**parameters, "Schema": own}
        if schema and not own:
            del parameters["Schema"]
    return parameters


def _created_row(row: Any) -> Any:
    if isinstance(row, dict) and isinstance(row.get("Name"), str):
        return {**row, "Name": row["Name"].removeprefix("dev:").removeprefix("custom:")}
    return row


def _with_one_validity(parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters without UnusedAccountValidityDays, if they have TemporaryPasswordValidityDays too."""
    if "TemporaryPasswordValidityDays" in parameters.get("Policies", {}).get("PasswordPolicy", {}):
        parameters.get("AdminCreateUserConfig", {}).pop("UnusedAccountValidityDays", None)
    return parameters
