"""The calls that an application made, with their results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito_pool._api.errors import UsageError, unknown_name
from pytest_cognito_pool._api.log import Log, listing, several, there_were
from pytest_cognito_pool._service.journal import Call
from pytest_cognito_pool._service.wording import likeness, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from pytest_cognito_pool._api.literals import OperationName
    from pytest_cognito_pool._service.journal import Permission


class CallLog(Log[Call]):
    """The calls the application made."""

    __slots__ = ()

    @property
    def operations(self) -> list[str]:
        """The names of the operations, in order."""
        return [call.operation for call in self]

    def policy(self, *, user: str | None = None) -> dict[str, Any]:
        """The minimal IAM policy that allows these calls, including refused calls.

        Calls made by Lambda functions are left out, as on AWS they use the function's own role.

        Args:
            user: the IAM user whose calls count, by the name given to `Cognito.session`; all calls when omitted.

        Raises:
            UsageError: for an IAM user who made no call.

        Examples:
            >>> cognito_pool.calls.policy()
            {'Version': '2012-10-17', 'Statement': []}
        """
        if user is None:
            return minimal_policy(needed(self))
        calls = [call for call in self if call.caller and _user_of(call) == user]
        if not calls:
            callers = dict.fromkeys(_user_of(call) for call in self if call.caller)
            raise unknown_name("no call was made by the IAM user", user, callers)
        return minimal_policy(needed(calls))

    def of(self, operation: OperationName | str, /, **parameters: object) -> CallLog:
        """The calls of one operation, with these parameters.

        Raises:
            UsageError: for an operation or a parameter that the service does not have.

        Examples:
            >>> cognito_pool.calls.of("AdminConfirmSignUp", Username="ana")
            []
        """
        from pytest_cognito_pool._api.checks.names import check_parameters

        check_parameters(operation, parameters)
        return CallLog([call for call in self if not _differences(call, operation, parameters)])

    def one(self, operation: OperationName | str | None = None, /, **parameters: object) -> Call:
        """The only call of an operation with these parameters; without an operation, the only call.

        Raises:
            AssertionError: if there is no such call or more than one; it lists the calls, the most similar first.
            UsageError: for an operation or a parameter that the service does not have.
        """
        __tracebackhide__ = True
        if operation is None:
            return self._only(parameters)
        found = self.of(operation, **parameters)
        if len(found) == 1:
            return found[0]
        asked = Call(operation, _masked(operation, parameters)).signature() if parameters else operation
        if found:
            raise several(found, f"calls of {asked}")
        ranked = sorted(self, key=lambda call: _distance(call, operation, parameters))
        lines = [f"{call!r}  {_differences(call, operation, parameters)}" for call in ranked]
        raise AssertionError(listing(f"no call of {asked}; {there_were(self, 'call')}", lines))

    def _only(self, parameters: Mapping[str, object]) -> Call:
        """The only call."""
        __tracebackhide__ = True
        if parameters:
            like = f"one('AdminConfirmSignUp', {_like(parameters)})"
            raise UsageError(f"name the operation that the parameters belong to, for example {like}")
        if len(self) == 1:
            return self[0]
        raise several(self, "calls") if self else AssertionError(f"no call; {there_were(self, 'call')}")


def _like(parameters: Mapping[str, object]) -> str:
    return ", ".join(f"{name}={shown(value)}" for name, value in parameters.items())


def needed(calls: Iterable[Call]) -> list[Permission]:
    """The permissions that calls need; calls made by Lambda functions do not count."""
    return [call.permission for call in calls if call.permission is not None and call.caused_by is None]


def minimal_policy(permissions: Iterable[Permission]) -> dict[str, Any]:
    """The IAM policy that allows only these permissions, with a statement for each resource."""
    actions: dict[str, set[str]] = {}
    for action, resource in permissions:
        actions.setdefault(resource, set()).add(action)
    statements = [
        {"Effect": "Allow", "Action": sorted(actions[resource]), "Resource": resource} for resource in sorted(actions)
    ]
    return {"Version": "2012-10-17", "Statement": statements}


def _user_of(call: Call) -> str:
    return call.caller.rpartition("/")[2]


def _masked(operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
    from pytest_cognito_pool._service.protocol import masking

    return masking.request(operation, parameters)


def _differences(call: Call, operation: str, parameters: Mapping[str, object]) -> str:
    """Why the call does not match; empty if it matches."""
    if call.operation != operation:
        return f"the operation is {call.operation}"
    different = [
        f"{name} is {shown(call.request[name])}" if name in call.request else f"it has no {name}"
        for name, value in parameters.items()
        if call.request.get(name) != value
    ]
    return ", ".join(different)


def _distance(call: Call, operation: str, parameters: Mapping[str, object]) -> tuple[float, int]:
    return -likeness(operation, call.operation), sum(
        call.request.get(name) != value for name, value in parameters.items()
    )
