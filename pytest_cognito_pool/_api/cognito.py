"""The fake account."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._api import lifetimes
from pytest_cognito_pool._api.activity import Activity
from pytest_cognito_pool._api.call_log import CallLog
from pytest_cognito_pool._api.checks import settings as given
from pytest_cognito_pool._api.errors import UnsupportedOperationError, UsageError, hint, unknown_key
from pytest_cognito_pool._api.pool import UserPool
from pytest_cognito_pool._api.recorder import Records
from pytest_cognito_pool._service import account as state
from pytest_cognito_pool._service import ids
from pytest_cognito_pool._service.clock import Clock
from pytest_cognito_pool._service.dispatch import Dispatcher
from pytest_cognito_pool._service.identities import SECRET_KEY
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.pool import settings as pool_settings
from pytest_cognito_pool._service.transport import botocore_hook as transport
from pytest_cognito_pool._service.transport.environment import environment

if TYPE_CHECKING:
    from types import TracebackType

    import boto3
    from typing_extensions import Self

    from pytest_cognito_pool._api.call_log import Call, Error
    from pytest_cognito_pool._api.checks.faults import Run
    from pytest_cognito_pool._api.checks.policies import Enforcement
    from pytest_cognito_pool._api.faults import Fault, Faults, Plan
    from pytest_cognito_pool._api.own_replies import Reply
    from pytest_cognito_pool._api.snapshots import Snapshot

DEFAULT_REGION: Final = "us-east-1"
DEFAULT_ACCOUNT: Final = "123456789012"
# The ids of the `cognito_pool` fixture's pool and app client: constants, as settings are often read at import.
DEFAULT_POOL: Final = "TestPool1"
DEFAULT_CLIENT_ID: Final = "testclient0000000000000001"


class Pools(Mapping[str, UserPool]):
    """The pools of an account by id, those made through CreateUserPool too."""

    __slots__ = ("_account", "_records")

    def __init__(self, account: state.Account, records: Records) -> None:
        self._account = account
        self._records = records

    def __getitem__(self, pool_id: str) -> UserPool:
        record = self._account.pools.get(pool_id)
        if record is None:
            raise unknown_key(
                f"no pool has the id {pool_id!r}; {hint(pool_id, list(self)) if self else 'there is none'}"
            )
        return self._records.face(record)

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._account.pools))

    def __len__(self) -> int:
        return len(self._account.pools)

    def __repr__(self) -> str:
        return f"<Pools {list(self)}>"


class Cognito:
    """A fake account that answers every cognito-idp call of the process while it is entered.

    The fixture `cognito` is an entered one. Outside pytest it is a context manager, which on leaving raises
    `TruthError` if the application swallowed an error of the fake's own, or a fault was not spent, unless an
    exception is on its way.

    Args:
        region: where pools live; AWS_DEFAULT_REGION, else us-east-1, when omitted.
        account: the account's id, twelve digits.
        on_pool: told of each pool, however it was made.
        on_call: told of each call when the application gets what came of it.
        test_files: patterns of file names; an assertion that fails in one of them fails the test, wherever it is.

    Example:
        >>> with Cognito() as cognito:
        ...     pool = cognito.create_pool()
        ...     pool.add_user("ana").status
        'CONFIRMED'
    """

    def __init__(
        self,
        *,
        region: str | None = None,
        account: str = DEFAULT_ACCOUNT,
        on_pool: Callable[[UserPool], object] | None = None,
        on_call: Callable[[Call], object] | None = None,
        test_files: Sequence[str] = ("test_*.py", "*_test.py", "conftest.py"),
    ) -> None:
        region = region or os.environ.get("AWS_DEFAULT_REGION") or DEFAULT_REGION
        given.check("no region has the name", region, given.REGION)
        given.check("no account has the id", account, given.ACCOUNT)
        self._account = state.Account(account, region, Clock())
        # What is to be done on leaving; None while it is not entered.
        self._leaving: ExitStack | None = None
        self._records = Records(self._account, on_pool, on_call, test_files)
        self._activity = Activity(self._account, self._records)
        self._dispatcher = Dispatcher(self._account, self._activity.replies, self._records.faults, self._records)

    @property
    def region(self) -> str:
        """The region in which pools are made."""
        return self._account.region

    @property
    def account(self) -> str:
        """The account's id."""
        return self._account.id

    @property
    def caller(self) -> str:
        """The ARN of who calls with any client, unless it is of a `session`."""
        return self._account.identities.own.arn

    @property
    def clock(self) -> Clock:
        """The account's clock; codes and page tokens expire by it."""
        return self._account.clock

    @property
    def pools(self) -> Pools:
        """The pools by id."""
        return Pools(self._account, self._records)

    @property
    def calls(self) -> CallLog:
        """Every call the account got, in order."""
        return CallLog(self._records.calls)

    @property
    def faults(self) -> Faults:
        """The faults that were not taken away, spent or not, in the order in which they are spent."""
        return self._records.faults

    def create_pool(self, *, client_id: str | None = None, **settings: Any) -> UserPool:
        """Create a pool with one app client, silently: no call is recorded.

        Args:
            client_id: the id of the app client, when the application has its own.
            settings: CreateUserPool's own keys, and those of `describe-user-pool`; `Id` fixes the pool's id.

        Raises:
            UsageError: for a setting that CreateUserPool does not take.
            UnsupportedOperationError: for a setting that is not simulated.

        Example:
            >>> pool = cognito.create_pool(UsernameAttributes=["email"])
        """
        __tracebackhide__ = True
        pool_id, parameters = given.pool_settings(settings)
        for name in parameters:
            if name not in pool_settings.KNOWN:
                raise UnsupportedOperationError("CreateUserPool", name)
        pool_id = pool_id or ids.pool_id(self.region)
        if pool_id in self._account.pools:
            raise UsageError(f"there is a pool with the Id {pool_id!r} already", typed=pool_id)
        given.check_client_id(client_id, self._account.clients)
        complete = given.accepted(lambda: pool_settings.complete(parameters, as_configured_later=True))
        record = given.accepted(lambda: self._account.add_pool(complete, pool_id))
        app_clients.create(self._account, record, {"ClientName": given.DEFAULT_CLIENT_NAME}, client_id)
        pool = self._records.face(record)
        self._records.announce(pool)
        return pool

    def answer(self, operation: str, reply: Reply) -> None:
        """Give your own reply to an operation, in place of the fake's or where it has none.

        A function's ClientError reaches the application as the client's own class of that code, any other exception as
        it is; unless it is one of botocore's, the test fails if the application ignores it. For an error that the
        application is to handle, `fail` is shorter.

        Args:
            operation: its name, as Amazon spells it.
            reply: the members of its output, None where it has none, or a function from the request's parameters to
                either.

        Raises:
            UsageError: for an operation that Cognito does not have, or a reply that it could not give.

        Example:
            >>> cognito.answer("ListIdentityProviders", {"Providers": []})
        """
        __tracebackhide__ = True
        self._activity.replies.give(operation, reply)

    def fail(  # noqa: PLR0913 - how a call can fail
        self,
        operation: str,
        error: str | BaseException | type[BaseException],
        *,
        times: int | None = 1,
        attempts: int | None = None,
        after: bool = False,
        message: str | None = None,
        reason_code: str | None = None,
        when: Callable[[Mapping[str, Any]], object] | None = None,
        optional: bool = False,
    ) -> Fault:
        """Make calls of an operation fail, until the with-block or the body of the test ends.

        Faults are spent in the order in which they were armed.

        Args:
            operation: its name, as Amazon spells it.
            error: a code that the operation can answer with, or an exception that comes in place of a reply. A class
                is made anew for each attempt.
            times: how many calls, every attempt of each; None for all.
            attempts: how many single requests, whoever sends them; after them comes the truth.
            after: whether the operation takes effect first, triggers included, and only its reply is lost.
            message: the text of the error, in place of the one it has by itself.
            reason_code: the `reasonCode` of an InvalidParameterException.
            when: a function of the request's parameters that says whether the call is meant.
            optional: whether the test may end before it is spent.

        Raises:
            UsageError: for an operation or an error that there is not, and for an exception that needs more to be made.

        Example:
            >>> cognito.fail("ListUserPools", "TooManyRequestsException", optional=True).left
            1
        """
        __tracebackhide__ = True
        from pytest_cognito_pool._api.checks.faults import plan
        from pytest_cognito_pool._api.faults import Given

        typed = Given(
            times=times,
            attempts=attempts,
            after=after,
            message=message,
            reason_code=reason_code,
            when=when,
            optional=optional,
        )
        return self.faults.arm(plan(operation, error, typed))

    def marked(self, run: Run, pool_id: str, where: str) -> tuple[Error, Plan]:
        """The error of a run of a test with the marker `cognito_errors`, and the fault that is to be armed for it."""
        from pytest_cognito_pool._api.checks.faults import marked

        return marked(run, self._account, pool_id, DEFAULT_CLIENT_ID, where)

    def enforce(
        self, policy: Mapping[str, Any] | str | os.PathLike[str], *others: Mapping[str, Any] | str | os.PathLike[str]
    ) -> Enforcement:
        """Judge the application's signed calls by the IAM policies of its role, in place of any enforced before.

        It holds until the body of the test ends, or the with-block, which brings back what was enforced before it.
        Calls of Lambda functions are not judged: on Lambda they have a role of their own. Operations that need no
        signature are allowed to everybody.

        Args:
            policy: a policy of the role: a dict, JSON text, or the path of a JSON file.
            others: the others that it has.

        Raises:
            UsageError: for what is no policy, and for a condition operator that is not simulated.

        Example:
            >>> with cognito.enforce(cognito.calls.policy()):
            ...     pass
        """
        __tracebackhide__ = True
        from pytest_cognito_pool._api.checks.policies import Enforcement, read

        return Enforcement(self._activity.enforced, read(policy, *others))

    def session(
        self, policy: Mapping[str, Any] | str | os.PathLike[str] | None = None, *, user: str = "worker"
    ) -> boto3.Session:
        """A boto3 session of an IAM user of its own, for a test with several callers.

        Args:
            policy: what she may do, as `enforce` takes it; everything when it is omitted.
            user: her name.

        Raises:
            UsageError: for what is no policy.

        Example:
            >>> client = cognito.session(user="clerk").client("cognito-idp")
        """
        __tracebackhide__ = True
        import boto3

        from pytest_cognito_pool._api.checks.policies import read

        given.check("no IAM user can have the name", user or "", given.IAM_USER)
        identity = self._account.identities.add(user, None if policy is None else read(policy))
        session = boto3.Session(
            aws_access_key_id=identity.access_key, aws_secret_access_key=SECRET_KEY, region_name=self.region
        )
        session.events.register("before-call.cognito-identity-provider", transport.signing_with(identity.access_key))
        return session

    def snapshot(self) -> Snapshot:
        """What the account holds now: pools, app clients, users, groups, codes, page tokens and the clock's offset.

        Calls, triggers and messages are not in it, nor functions, faults, policies and own replies.

        Example:
            >>> seeded = cognito.snapshot()
            >>> _ = cognito_pool.add_user("ben")
            >>> cognito.restore(seeded)
            >>> "ben" in cognito_pool.users
            False
        """
        from pytest_cognito_pool._api.snapshots import Snapshot

        return Snapshot(self._account)

    def restore(self, snapshot: Snapshot) -> None:
        """Make everything as it was when the snapshot was made; it can be restored again.

        Pools and users that a test holds show what they are now.

        Raises:
            UsageError: for a snapshot of another fake.
        """
        from pytest_cognito_pool._api.snapshots import Snapshot

        if not isinstance(snapshot, Snapshot) or not snapshot.is_of(self._account):
            message = f"restore() takes what snapshot() of {self!r} returned, not {snapshot!r}"
            raise UsageError(message, typed=snapshot)
        snapshot.put_back()

    @contextmanager
    def rollback(self) -> Iterator[None]:
        """A block after which everything is as before; `calls`, `triggers` and `outbox` begin anew in it.

        For a fake that a fixture of a wider scope holds, in a fixture of each test.

        Example:
            >>> with cognito.rollback():
            ...     _ = cognito_pool.add_user("ben")
            >>> "ben" in cognito_pool.users
            False
        """
        snapshot = self.snapshot()
        with self._records.window():
            try:
                yield
            finally:
                self.restore(snapshot)

    def check(self) -> None:
        """Tell the truth: what the application swallowed, and which fault was not spent. Each is told once.

        It swallowed an error of the fake's own, or an assertion of a test's in a function.

        Raises:
            TruthError: naming the calls.
        """
        __tracebackhide__ = True
        truth = self._activity.truth(None)
        if truth:
            raise truth

    def __enter__(self) -> Self:
        if self._leaving is not None:
            raise UsageError(f"{self!r} is entered already")
        with ExitStack() as stack:
            environment.enter(self.region)
            stack.callback(environment.leave, self.region)
            transport.attach(self._dispatcher)
            stack.callback(transport.detach, self._dispatcher)
            lifetimes.entered(self._activity)
            stack.callback(lifetimes.left, self._activity)
            self._leaving = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        __tracebackhide__ = True
        if self._leaving is None:
            raise UsageError(f"{self!r} is not entered")
        leaving, self._leaving = self._leaving, None
        self._activity.disarm(None)
        leaving.close()
        truth = self._activity.truth(None)
        # What is on its way out is not swallowed, and comes first; a run that is interrupted ends as it is.
        if truth and kind is None and not lifetimes.is_interrupted():
            raise truth

    def __repr__(self) -> str:
        return f"<Cognito {self.account} {self.region}>"
