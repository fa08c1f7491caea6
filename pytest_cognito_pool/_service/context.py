"""What an operation is given beside its request."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Protocol

from pytest_cognito_pool._api.errors import UnsupportedOperationError
from pytest_cognito_pool._api.trigger_log import Invocation
from pytest_cognito_pool._service import locks
from pytest_cognito_pool._service.triggers import payloads

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pytest_cognito_pool._api.call_log import Call
    from pytest_cognito_pool._api.outbox import Message
    from pytest_cognito_pool._service.account import Account, AppClient, Pool
    from pytest_cognito_pool._service.messages.delivery import Delivery
    from pytest_cognito_pool._service.messages.templates import Outgoing
    from pytest_cognito_pool._service.user.user import User


_USUAL: Final[Mapping[str, object]] = MappingProxyType({})


class Listener(Protocol):
    """What is told of all that happens in an account."""

    def created(self, record: Pool, /) -> None:
        """Told of each pool a call creates."""

    def filed(self, call: Call, /) -> None:
        """Told of each call at its first attempt, when its parameters are known."""

    def invoked(self, pool: Pool, invocation: Invocation[Any], /) -> None:
        """Told of each trigger invocation."""

    def sent(self, pool: Pool, message: Message, /) -> None:
        """Told of each message to a user."""

    def reply_raised(self, call: Call, error: BaseException, /) -> None:
        """Told of what an author's own reply raised."""

    def finished(self, call: Call, /) -> None:
        """Told of each call when the application gets what came of it."""


class Context:
    """One call while it is answered: where it arrived, who called, what it changes, what it invokes.

    Attributes:
        operation: the operation's name.
        account: the account it arrived at.
        region: the region of the endpoint it was sent to.
    """

    __slots__ = ("_call", "_client", "_listener", "account", "operation", "region")

    def __init__(self, call: Call, account: Account, region: str, listener: Listener) -> None:
        self._call = call
        self._client: AppClient | None = None
        self._listener = listener
        self.operation = call.operation
        self.account = account
        self.region = region

    def pool(self, pool_id: str) -> Pool:
        """The pool of that id; ResourceNotFoundException without."""
        return self.account.pool(pool_id, self.region)

    def client(self, client_id: str) -> AppClient:
        """The app client of that id, which is the one that calls; ResourceNotFoundException without."""
        self._client = self.account.client(client_id, self.region)
        return self._client

    def created(self, pool: Pool) -> None:
        """Make a new pool known."""
        self._listener.created(pool)

    def reply_raised(self, error: BaseException) -> None:
        """Make known what an author's own reply raised."""
        self._listener.reply_raised(self._call, error)

    def change_status(self, pool: Pool, user: User, occasion: str) -> None:
        """Change the user's status as the table says, or raise what it says; note the change on the call."""
        self._call.transitions.append((user.username, pool.change_status(user, occasion)))

    def event(
        self, source: str, pool: Pool, user: User, request: Mapping[str, object] = _USUAL
    ) -> Mapping[str, Any] | None:
        """The event of this moment for the trigger of that source; None where the pool does not have it."""
        if not payloads.is_invoked(pool, source):
            return None
        metadata = self._call.request.get("ClientMetadata")
        told = request if metadata is None else {**request, "clientMetadata": metadata}
        return payloads.event(source, pool, user, self._client, told)

    def fire(self, pool: Pool, event: Mapping[str, Any] | None) -> Mapping[str, Any]:
        """Invoke the trigger of the event, if there is one; the caller holds no lock.

        Returns:
            The `response` of the function's answer; none where no function is attached.

        Raises:
            ServiceError: what the function's end means.
        """
        if event is None:
            return {}
        source = event["triggerSource"]
        invocation: Invocation[Any] = Invocation(source, event, self._call, pool.functions.find(source))
        self._call.invocations.append(invocation)
        self._listener.invoked(pool, invocation)
        if invocation.handler is None:
            return {}
        with locks.importing:
            from pytest_cognito_pool._service.triggers.invoke import run

        return run(invocation, pool)

    def check_sends(self, occasion: str, pool: Pool, deliveries: Iterable[Delivery | None]) -> None:
        """Refuse, before anything is changed, what a function would send in the service's place.

        Raises:
            UnsupportedOperationError: where the pool has a custom sender for the medium.
        """
        for delivery in deliveries:
            sender = "CustomSMSSender" if delivery and delivery.medium == "SMS" else "CustomEmailSender"
            attached = sender in pool.settings["LambdaConfig"] or pool.functions.find(f"{sender}_{occasion}")
            if delivery and attached:
                raise self.unsupported(f"a {sender} trigger")

    def message(self, occasion: str, pool: Pool, user: User, deliveries: Sequence[Delivery], code: str) -> Outgoing:
        """A message of this moment, to be sent when no lock is held."""
        with locks.importing:
            from pytest_cognito_pool._service.messages.templates import Outgoing

        event = self.event(f"CustomMessage_{occasion}", pool, user)
        # Where users sign up with an address their username is made up, and nobody knows it.
        name = self._call.request["Username"] if pool.username_attributes else user.username
        return Outgoing(pool, event, occasion, name, deliveries, code, self._client)

    def code_message(self, occasion: str, pool: Pool, user: User, where: Delivery) -> Outgoing:
        """A new code for the user, in a message to be sent when no lock is held."""
        code = pool.codes.give(user, where.attribute, pool.clock.time())
        return self.message(occasion, pool, user, [where], code)

    def send(self, outgoing: Outgoing | None) -> None:
        """Send a message, if there is one, when a CustomMessage function has seen it; the caller holds no lock.

        Raises:
            ServiceError: what the function's end means.
        """
        if outgoing is None:
            return
        response = self.fire(outgoing.pool, outgoing.event)
        if response:
            # The function's invocation is the last of the call.
            self._call.invocations[-1].why = outgoing.unused(response)
        for message in outgoing.messages(response):
            self._listener.sent(outgoing.pool, message)

    def unsupported(self, detail: str) -> UnsupportedOperationError:
        """The error for a setting or a case that is not simulated."""
        return UnsupportedOperationError(self.operation, detail)
