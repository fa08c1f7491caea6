"""What an operation is given beside its request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito_pool._service import triggers
from pytest_cognito_pool.errors import UnsupportedOperationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_cognito_pool._service.state import Account, AppClient, Pool, User
    from pytest_cognito_pool.log import Call, Invocation


class Context:
    """One call while it is answered: where it arrived, what it changes, what it invokes.

    Attributes:
        operation: the operation's name.
        account: the account it arrived at.
        region: the region of the endpoint it was sent to.
        announce: told of every pool the call creates.
    """

    __slots__ = ("_call", "_invoked", "account", "announce", "operation", "region")

    def __init__(
        self,
        call: Call,
        account: Account,
        region: str,
        *,
        announce: Callable[[Pool], None],
        invoked: Callable[[Pool, Invocation], None],
    ) -> None:
        self._call = call
        self._invoked = invoked
        self.operation = call.operation
        self.account = account
        self.region = region
        self.announce = announce

    def pool(self, pool_id: str) -> Pool:
        """The pool of that id; ResourceNotFoundException without."""
        return self.account.pool(pool_id, self.region)

    def client(self, client_id: str) -> AppClient:
        """The app client of that id; ResourceNotFoundException without."""
        return self.account.client(client_id, self.region)

    def change_status(self, pool: Pool, user: User, occasion: str) -> None:
        """Change the user's status as the table says, or raise what it says; note the change on the call."""
        self._call.transitions.append((user.username, pool.change_status(user, occasion)))

    def fire(self, source: str, pool: Pool, user: User, client_metadata: Mapping[str, str] | None) -> None:
        """Invoke the trigger of that source, where the pool has it."""
        if triggers.is_invoked(pool, source):
            payload = triggers.post_confirmation(source, pool, user, client_metadata)
            self._invoked(pool, self._call.invoke(source, payload))

    def unsupported(self, detail: str) -> UnsupportedOperationError:
        """The error for a setting or a case that is not simulated."""
        return UnsupportedOperationError(self.operation, detail)
