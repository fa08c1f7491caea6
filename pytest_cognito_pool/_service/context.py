"""The context of an operation: its subject, and what it can do with it.

An operation declares its subject (`on=`). `ACCOUNT`, `POOL`, `APP_CLIENT` and `CLIENT` hold no lock, and their bodies
may ask functions; `LOCKED_POOL`, `USER` and `TOKEN_USER` hold the pool's lock, and their bodies may change what is
in the pool.
"""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._service import locks, subject
from pytest_cognito_pool._service.errors.app_clients import CLIENT_NOT_FOUND
from pytest_cognito_pool._service.errors.unsupported import UnsupportedOperationError
from pytest_cognito_pool._service.errors.users import USER_NOT_FOUND
from pytest_cognito_pool._service.journal import Invocation
from pytest_cognito_pool._service.triggers import payloads
from pytest_cognito_pool._service.user import status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from types import TracebackType

    from typing_extensions import Self

    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.errors.service_error import ErrorTemplate
    from pytest_cognito_pool._service.journal import Call, Listener
    from pytest_cognito_pool._service.messages.delivery import Destination
    from pytest_cognito_pool._service.messages.templates import PendingMessage
    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.pool.pool import Pool
    from pytest_cognito_pool._service.user.user import User

_USUAL: Final[Mapping[str, object]] = MappingProxyType({})
# Documented: their ClientMetadata is the validationData of PreAuthentication, and no other function gets it.
_KEEPING_METADATA: Final = frozenset({"AdminInitiateAuth", "InitiateAuth"})


class Context:
    """One call while it is answered.

    Attributes:
        call: the record of the call.
        account: the account it arrived at.
        region: the region of the endpoint it was sent to; None if unknown.
        listener: notified of what happens.
    """

    __slots__ = ("account", "call", "listener", "region")

    def __init__(self, call: Call, account: Account, region: str | None, listener: Listener) -> None:
        self.call = call
        self.account = account
        self.region = region
        self.listener = listener

    def unsupported(self, detail: str) -> UnsupportedOperationError:
        """The error for a setting or a case that is not simulated."""
        return UnsupportedOperationError(self.call.operation, detail)


class PoolContext(Context):
    """A call about a pool; no lock is held.

    Attributes:
        pool: the pool.
        client: the app client that calls; None for an administrator's call.
        is_locked: whether the call holds the pool's lock.
    """

    __slots__ = ("client", "is_locked", "pool")

    def __init__(self, context: Context, pool: Pool, client: AppClient | None = None) -> None:
        super().__init__(context.call, context.account, context.region, context.listener)
        self.pool = pool
        self.client = client
        self.is_locked = False

    def ask(
        self, source: str, user: User, request: Mapping[str, object] = _USUAL, *, typed: str | None = None
    ) -> Mapping[str, Any]:
        """Invoke the trigger with that source, if the pool has it.

        Args:
            source: the triggerSource.
            user: the user that the event is about.
            request: members of the event's request that differ from the usual ones.
            typed: the typed name, if the pool does not have the user; None for users of the pool.

        Returns:
            The `response` of the function's answer; empty if no function is attached.

        Raises:
            ServiceError: if the function fails.
        """
        assert not self.is_locked, "no function runs while a lock is held"  # noqa: S101 - our own mistake
        with self.pool.lock:
            event = self._event(source, user, request, typed)
        return self._invoke(event)

    def has_function(self, source: str) -> bool:
        """Whether the trigger with that source has an attached function, or the pool's LambdaConfig has the trigger."""
        return payloads.has_function(self.pool, source)

    def locked(self, user: User | None = None) -> LockedContext:
        """A with-block that holds the pool's lock; when it ends, pending triggers and messages are processed.

        Args:
            user: the user that the call is about, if known.

        Raises:
            ServiceError: on leaving, if a function fails; the change stays.
        """
        return LockedContext(self, lambda: user)

    def user(self, name: str, unknown: ErrorTemplate = USER_NOT_FOUND) -> LockedContext:
        """The same with-block, for the user with that name.

        Args:
            name: any name of the user.
            unknown: the error if no user has this name.

        Raises:
            ServiceError: on entering, `unknown`; on leaving, if a function fails.
        """
        return LockedContext(self, lambda: self.pool.users.find(name, unknown))

    def _event(
        self, source: str, user: User, request: Mapping[str, object] = _USUAL, typed: str | None = None
    ) -> Mapping[str, Any] | None:
        """The event as of now; None if the pool does not have the trigger."""
        if not payloads.is_invoked(self.pool, source):
            return None
        metadata = None if self.call.operation in _KEEPING_METADATA else self.call.request.get("ClientMetadata")
        given = request if metadata is None else {**request, "clientMetadata": metadata}
        return payloads.event(source, self.pool, user, self.client, given, typed=typed)

    def _invoke(self, event: Mapping[str, Any] | None) -> Mapping[str, Any]:
        if event is None:
            return {}
        source = event["triggerSource"]
        invocation: Invocation[Any] = Invocation(source, event, self.call, self.pool.functions.find(source))
        self.call.invocations.append(invocation)
        self.listener.trigger_invoked(self.pool, invocation)
        if invocation.handler is None:
            return {}
        with locks.importing:
            from pytest_cognito_pool._service.triggers.invoke import invoke

        return invoke(invocation, event, self.pool)

    def _send(self, message: PendingMessage) -> None:
        """Send a message, after its CustomMessage function was invoked."""
        response = self._invoke(message.event)
        if response:
            # The function's invocation is the last of the call.
            self.call.invocations[-1].why = message.unused(response)
        for ready in message.messages(response):
            self.listener.message_sent(self.pool, ready)


class ClientContext(PoolContext):
    """A call by an app client, or about an app client; no lock is held."""

    __slots__ = ()

    client: AppClient


class LockedContext:
    """A call that holds its pool's lock: it may change the pool; triggers and messages follow after the release.

    Attributes:
        pool: the pool.
        user: the user that the call is about; not set in calls about no user.
        at: the time, in seconds since the epoch.
    """

    __slots__ = ("_context", "_due", "_find", "at", "pool", "user")

    at: float
    user: User

    def __init__(self, context: PoolContext, find: Callable[[], User | None]) -> None:
        self._context = context
        self._find = find
        self._due: list[Callable[[], object]] = []
        self.pool = context.pool

    @property
    def client(self) -> AppClient | None:
        """The app client that calls; None for an administrator's call."""
        return self._context.client

    def __enter__(self) -> Self:
        self.pool.lock.acquire()
        try:
            self.at = self.pool.clock.time()
            user = self._find()
        except BaseException:
            self.pool.lock.release()
            raise
        if user is not None:
            self.user = user
        self._context.is_locked = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._context.is_locked = False
        self.pool.lock.release()
        for due in self._due if kind is None else ():
            due()

    def unsupported(self, detail: str) -> UnsupportedOperationError:
        """The error for a setting or a case that is not simulated."""
        return self._context.unsupported(detail)

    def check_status(self, cause: str) -> None:
        """Refuse the call if the status table does not allow it for the user.

        Raises:
            ServiceError: the error in the table's row.
        """
        status.check(self.user, cause)

    def change_status(self, cause: str) -> None:
        """Change the user's status according to the table, and record the change in the call.

        Raises:
            ServiceError: the error in the table's row.
        """
        call, user = self._context.call, self.user
        call.transitions.append((user.username, status.change(user, cause, self.at)))
        call._shown[user.username] = user.shown  # noqa: SLF001 - not for authors

    def change_attributes(self, changed: Mapping[str, str]) -> None:
        """Set attributes of the user, and delete those set to an empty string."""
        self.pool.users.change_attributes(self.user, changed, self.at)

    def after(self, source: str) -> None:
        """Invoke the trigger with that source when the lock is released; the event is built now."""
        event = self._context._event(source, self.user)  # noqa: SLF001 - parts of one call
        self._due.append(partial(self._context._invoke, event))  # noqa: SLF001 - the same

    def check_sends(self, occasion: str, deliveries: Iterable[Destination | None]) -> None:
        """Refuse messages that a custom sender would send; call it before anything is changed.

        Raises:
            UnsupportedOperationError: if the pool has a custom sender for the medium.
        """
        for delivery in deliveries:
            sender = "CustomSMSSender" if delivery and delivery.medium == "SMS" else "CustomEmailSender"
            attached = sender in self.pool.settings["LambdaConfig"] or self.pool.functions.find(f"{sender}_{occasion}")
            if delivery and attached:
                raise self.unsupported(f"a {sender} trigger")

    def send(self, occasion: str, deliveries: Sequence[Destination], code: str) -> None:
        """Send a message when the lock is released; its event is built now."""
        with locks.importing:
            from pytest_cognito_pool._service.messages.templates import PendingMessage

        event = self._context._event(f"CustomMessage_{occasion}", self.user)  # noqa: SLF001 - parts of one call
        name = self._context.call.request.get("Username") if self.pool.username_attributes else None
        name = name or self.pool.signed_up_with(self.user)
        pages = self._context.account.pages_of(self.pool)
        message = PendingMessage(self.pool, event, occasion, name, deliveries, code, self.client, pages)
        self._due.append(partial(self._context._send, message))  # noqa: SLF001 - the same

    def send_code(self, occasion: str, purpose: str, where: Destination) -> None:
        """Give the user a new code for that purpose, and send it when the lock is released."""
        self.send(occasion, [where], self.pool.codes.give(self.user, purpose, where.attribute, where.address, self.at))


def _account(call: Context, _request: Mapping[str, Any]) -> AbstractContextManager[Context]:
    return nullcontext(call)


def _pool(call: Context, request: Mapping[str, Any]) -> AbstractContextManager[PoolContext]:
    return nullcontext(_of_pool(call, request))


def _locked_pool(call: Context, request: Mapping[str, Any]) -> AbstractContextManager[LockedContext]:
    return _of_pool(call, request).locked()


def _user(call: Context, request: Mapping[str, Any]) -> AbstractContextManager[LockedContext]:
    return _of_pool(call, request).user(request["Username"])


def _app_client(call: Context, request: Mapping[str, Any]) -> AbstractContextManager[ClientContext]:
    pool, client_id = call.account.pool(request["UserPoolId"], call.region), request["ClientId"]
    client = pool.clients.get(client_id)
    if client is None:
        raise CLIENT_NOT_FOUND(f"{pool.id} has the app clients {list(pool.clients)}", id=client_id)
    return nullcontext(ClientContext(call, pool, client))


def _client(call: Context, request: Mapping[str, Any]) -> AbstractContextManager[ClientContext]:
    return nullcontext(ClientContext(call, *call.account.client(request["ClientId"], call.region)))


def _token_user(call: Context, request: Mapping[str, Any]) -> AbstractContextManager[LockedContext]:
    with locks.importing:
        from pytest_cognito_pool._service.errors.tokens import ACCESS_TOKEN_INVALID
        from pytest_cognito_pool._service.tokens import access

    token = request["AccessToken"]
    pool = call.account.pools.get(subject.pool_id(call.account, {"AccessToken": token}) or "")
    if pool is None or call.region not in {None, pool.region}:
        pools = [f"{each.id} in {each.region}" for each in call.account.pools.values()]
        raise ACCESS_TOKEN_INVALID(f"the application's client is for {call.region}; existing pools: {pools}")
    context = PoolContext(call, pool)

    def find() -> User:
        grant = access.check(pool, token, pool.clock.time())
        context.client = pool.clients.get(grant.client_id)
        if context.client is None:
            raise ACCESS_TOKEN_INVALID(f"the app client {grant.client_id!r} was deleted")
        return grant.user

    return LockedContext(context, find)


def _of_pool(call: Context, request: Mapping[str, Any]) -> PoolContext:
    return PoolContext(call, call.account.pool(request["UserPoolId"], call.region))


# The subjects that an operation can declare: each looks its subject up, or refuses the request.
ACCOUNT: Final = _account
POOL: Final = _pool
LOCKED_POOL: Final = _locked_pool
USER: Final = _user
APP_CLIENT: Final = _app_client
CLIENT: Final = _client
TOKEN_USER: Final = _token_user
