"""What an operation is given beside its request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from pytest_cognito_pool._service import triggers
from pytest_cognito_pool.errors import UnsupportedOperationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_cognito_pool._service.state import Account, AppClient, Pool
    from pytest_cognito_pool._service.user import User
    from pytest_cognito_pool.log import Call, Invocation


class Listener(Protocol):
    """What is told of all that happens in an account."""

    def created(self, record: Pool, /) -> None:
        """Told of each pool a call creates."""

    def filed(self, call: Call, /) -> None:
        """Told of each call at its first attempt, when its parameters are known."""

    def invoked(self, pool: Pool, invocation: Invocation[Any], /) -> None:
        """Told of each trigger invocation."""

    def finished(self, call: Call, /) -> None:
        """Told of each call when the application gets what came of it."""


class Context:
    """One call while it is answered: where it arrived, what it changes, what it invokes.

    Attributes:
        operation: the operation's name.
        account: the account it arrived at.
        region: the region of the endpoint it was sent to.
    """

    __slots__ = ("_call", "_listener", "account", "operation", "region")

    def __init__(self, call: Call, account: Account, region: str, listener: Listener) -> None:
        self._call = call
        self._listener = listener
        self.operation = call.operation
        self.account = account
        self.region = region

    def pool(self, pool_id: str) -> Pool:
        """The pool of that id; ResourceNotFoundException without."""
        return self.account.pool(pool_id, self.region)

    def client(self, client_id: str) -> AppClient:
        """The app client of that id; ResourceNotFoundException without."""
        return self.account.client(client_id, self.region)

    def created(self, pool: Pool) -> None:
        """Make a new pool known."""
        self._listener.created(pool)

    def change_status(self, pool: Pool, user: User, occasion: str) -> None:
        """Change the user's status as the table says, or raise what it says; note the change on the call."""
        self._call.transitions.append((user.username, pool.change_status(user, occasion)))

    def event(
        self, source: str, pool: Pool, user: User, client_metadata: Mapping[str, str] | None
    ) -> Mapping[str, Any] | None:
        """The event of this moment for the trigger of that source; None where the pool does not have it."""
        if not triggers.is_invoked(pool, source):
            return None
        return triggers.post_confirmation(source, pool, user, client_metadata)

    def fire(self, pool: Pool, event: Mapping[str, Any] | None) -> None:
        """Invoke the trigger of the event, if there is one; the caller holds no lock."""
        if event is not None:
            self._listener.invoked(pool, self._call.invoke(event["triggerSource"], event))

    def unsupported(self, detail: str) -> UnsupportedOperationError:
        """The error for a setting or a case that is not simulated."""
        return UnsupportedOperationError(self.operation, detail)
