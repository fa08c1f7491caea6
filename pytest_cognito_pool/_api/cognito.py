"""The fake account."""

from __future__ import annotations

import os
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._api import lifetimes, process, silent
from pytest_cognito_pool._api.activity import Activity
from pytest_cognito_pool._api.checks import forms
from pytest_cognito_pool._api.checks.settings import DEFAULT_CLIENT, check_client_id, unwrapped
from pytest_cognito_pool._api.errors import UsageError
from pytest_cognito_pool._api.pools import Faces, Pools
from pytest_cognito_pool._api.recorder import Recorder
from pytest_cognito_pool._service import clock
from pytest_cognito_pool._service.account import Account
from pytest_cognito_pool._service.dispatch import Dispatcher
from pytest_cognito_pool._service.router import Router

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from types import TracebackType

    import boto3
    from typing_extensions import Self, Unpack

    from pytest_cognito_pool._api.call_log import CallLog
    from pytest_cognito_pool._api.clock import Clock
    from pytest_cognito_pool._api.enforcement import Enforcement
    from pytest_cognito_pool._api.faults import Fault, FaultOptions
    from pytest_cognito_pool._api.literals import ErrorCode, OperationName
    from pytest_cognito_pool._api.log import Log
    from pytest_cognito_pool._api.own_replies import Reply
    from pytest_cognito_pool._api.pool import UserPool
    from pytest_cognito_pool._api.server import Server
    from pytest_cognito_pool._api.snapshots import Snapshot
    from pytest_cognito_pool._api.templates.loading import Loaded
    from pytest_cognito_pool._service.journal import Call
    from pytest_cognito_pool._service.pool.pool import Pool

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
DEFAULT_REGION: Final = "us-east-1"
DEFAULT_ACCOUNT: Final = "123456789012"
# The ids of the `cognito_pool` fixture's pool and app client: constants, as settings are often read at import.
DEFAULT_POOL: Final = "TestPool1"
DEFAULT_CLIENT_ID: Final = "testclient0000000000000001"


class Cognito:
    """A fake AWS account that answers every cognito-idp call of the process while its block runs.

    The fixture `cognito` is active for the whole test. Outside pytest, use `with Cognito() as cognito`: leaving the
    block raises `UnreportedError` if the application ignored an error of this plugin or a fault is unused, unless the
    block raises another exception.

    Args:
        region: the region of the pools; when omitted, AWS_DEFAULT_REGION or else us-east-1.
        account: the account's id, twelve digits.
        on_pool: called with each pool, however it was made.
        on_call: called with each call when the application gets its result.
        test_files: patterns of the names of test files; an assertion in such a file that fails inside a Lambda function
            fails the test.
        http: whether requests of HTTP libraries such as requests and httpx to Cognito's hosts are answered too.

    Examples:
        >>> with Cognito() as cognito:
        ...     pool = cognito.create_pool()
        ...     pool.add_user("ana").status
        'CONFIRMED'
    """

    def __init__(  # noqa: PLR0913 - each has a default that fits
        self,
        *,
        region: str | None = None,
        account: str = DEFAULT_ACCOUNT,
        on_pool: Callable[[UserPool], object] | None = None,
        on_call: Callable[[Call], object] | None = None,
        test_files: Sequence[str] = ("test_*.py", "*_test.py", "conftest.py"),
        http: bool = True,
    ) -> None:
        region = region or os.environ.get("AWS_DEFAULT_REGION") or DEFAULT_REGION
        forms.check("region", region, forms.REGION)
        forms.check("account id", account, forms.ACCOUNT)
        self._account = Account(account, region, clock.Clock())
        self._recorder = Recorder(self._account, on_call, test_files)
        self._activity = Activity(self._account, self._recorder)
        self._faces = Faces(self._activity, on_pool)
        self._dispatcher = Dispatcher(self._account, self._recorder, self._activity.interventions)
        self._router = Router(self._account, self._dispatcher, self._recorder)
        self._answers_http = http
        # None while it is not entered.
        self._active: AbstractContextManager[None] | None = None

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
        """The ARN of the identity that signs the calls of every client, except clients of a `session`."""
        return self._account.identities.own.arn

    @property
    def clock(self) -> Clock:
        """The account's clock; passwords, codes, sessions, tokens and page tokens expire by it."""
        from pytest_cognito_pool._api.clock import Clock

        return Clock(self._account.clock)

    @property
    def pools(self) -> Pools:
        """The pools by id."""
        return Pools(self._faces)

    @property
    def calls(self) -> CallLog:
        """Every call the account got, in order."""
        from pytest_cognito_pool._api.call_log import CallLog

        return CallLog(self._recorder.calls)

    @property
    def faults(self) -> Log[Fault]:
        """The active faults, used up or not, in the order in which they are used."""
        return self._activity.interventions.faults.armed()

    def create_pool(
        self, *, client_id: str | None = None, client_settings: Mapping[str, Any] = _NOTHING, **settings: Any
    ) -> UserPool:
        """Create a pool with one app client, silently: no call is recorded.

        Unless its settings say otherwise, the app client has no secret, and users can sign in with it in every way that
        is simulated.

        Args:
            client_id: the id of the app client, if the application expects a certain one.
            client_settings: settings of the app client: CreateUserPoolClient's own keys, `ClientId` and `ClientSecret`,
                or the output of `describe-user-pool-client`.
            settings: CreateUserPool's own keys, or the output of `describe-user-pool`; `Id` sets the pool's id.

        Raises:
            UsageError: for a setting that CreateUserPool does not take.
            UnsupportedOperationError: for a setting that is not simulated.

        Examples:
            >>> pool = cognito.create_pool(UsernameAttributes=["email"])
        """
        __tracebackhide__ = True
        record = silent.add_pool(self._account, settings)
        try:
            self._add_default_client(record, client_id, client_settings)
        except BaseException:
            self._account.remove_pool(record)
            raise
        self._faces.announce(record)
        return self._faces.of(record)

    def _add_default_client(self, pool: Pool, client_id: str | None, given: Mapping[str, Any]) -> None:
        """Create the app client that comes with a pool."""
        if not given:
            check_client_id(client_id, self._account.clients)
            self._account.add_client(pool, DEFAULT_CLIENT, client_id)
            return
        given = unwrapped(given, "UserPoolClient")
        own_id = given.get("ClientId")
        if own_id and client_id and own_id != client_id:
            raise UsageError(f"client_id is {client_id!r}, and the app client's settings have the ClientId {own_id!r}")
        named = {} if client_id is None else {"ClientId": client_id}
        silent.add_client(self._account, pool, {**DEFAULT_CLIENT, **given, **named})

    def load(
        self,
        path: str | os.PathLike[str],
        *,
        resource: str | None = None,
        parameters: Mapping[str, Any] = _NOTHING,
        functions: Mapping[str, Callable[..., object] | str] = _NOTHING,
    ) -> Loaded:
        """Make the pools of a deployment template, silently, with what belongs to them.

        Made are pools, app clients, groups, users and their memberships, resource servers, identity providers, domains,
        and the look of pages. Resources of other services are skipped. If a template is refused, nothing is made.

        Args:
            path: a CloudFormation, SAM or CDK template (JSON or YAML), or the output of `terraform show -json` of a
                state or of a plan.
            resource: the logical id (Terraform: the address; CDK: also the construct's path) of the only pool to make,
                with what belongs to it.
            parameters: values of the template's parameters, and of exports of other stacks by their names.
            functions: the application's own functions, or the dotted names to import them from, by the logical id,
                address, path, name or ARN of the Lambda function. Each is attached to the triggers that the template
                gives it.

        Raises:
            UsageError: for what cannot be read, resolved or made, with the file, the resource and the property.
            UnsupportedOperationError: for what is not simulated.
        """
        __tracebackhide__ = True
        from pytest_cognito_pool._api.templates.loading import load

        return load(self._faces, path, resource, parameters, functions)

    def answer(self, operation: OperationName | str, reply: Reply) -> None:
        """Give your own reply to an operation, whether the fake simulates it or not.

        If a function raises a ClientError, the application gets the client's own exception class for its code. Any
        other exception reaches the application unchanged; if the application ignores it, the test fails, unless it is
        an exception of botocore. For an error that the application should handle, `fail` is shorter.

        Args:
            operation: its name, as AWS spells it.
            reply: the members of its output, None if it has none, or a function that takes the request's parameters and
                returns one of these.

        Raises:
            UsageError: for an operation that Cognito does not have, or a reply that the operation cannot return.

        Examples:
            >>> cognito.answer("GetSigningCertificate", {"Certificate": "MIIC"})
        """
        __tracebackhide__ = True
        self._activity.interventions.replies.give(operation, reply)

    def fail(
        self,
        operation: OperationName | str,
        error: ErrorCode | str | BaseException | type[BaseException],
        **options: Unpack[FaultOptions],
    ) -> Fault:
        """Make calls of an operation fail, until the with-block or the body of the test ends.

        Faults are used in the order in which they were armed.

        Args:
            operation: its name, as AWS spells it.
            error: a code that the operation can answer with, or an exception that is raised instead of a reply. An
                exception class is instantiated anew for each attempt.
            options: any of these.

                - `times`: how many calls fail, with all their attempts; None for every call. The default is 1.
                - `attempts`: how many attempts fail, counted over all calls; later attempts are answered.
                - `after`: True to let the operation take effect first, triggers included, so that only its reply is
                  lost.
                - `message`: the text of the error, instead of the default one.
                - `reason_code`: the `reasonCode` of an InvalidParameterException.
                - `when`: a function of the request's parameters that says whether the call fails.
                - `optional`: True if the fault may stay unused.

        Raises:
            UsageError: if the operation, the error or an option does not exist, or the exception class needs arguments.

        Examples:
            >>> cognito.fail("ListUserPools", "TooManyRequestsException", optional=True).left
            1
        """
        __tracebackhide__ = True
        from pytest_cognito_pool._api.checks.faults import fault_spec

        return self._activity.interventions.faults.arm(fault_spec(operation, error, options))

    def enforce(
        self, policy: Mapping[str, Any] | str | os.PathLike[str], *others: Mapping[str, Any] | str | os.PathLike[str]
    ) -> Enforcement:
        """Check the application's signed calls against the IAM policies of its role, instead of earlier policies.

        The check ends with the body of the test. In a with-block it ends with the block, and the earlier policies are
        checked again. Calls made by Lambda functions are not checked, as on AWS they use the function's own role.
        Operations that need no signature are not checked either.

        Args:
            policy: a policy of the role: a dict, JSON text, or the path of a JSON file.
            others: its other policies.

        Raises:
            UsageError: for an invalid policy, and for a condition operator that is not simulated.

        Examples:
            >>> with cognito.enforce(cognito.calls.policy()):
            ...     pass
        """
        __tracebackhide__ = True
        from pytest_cognito_pool._api.checks.policies import read
        from pytest_cognito_pool._api.enforcement import Enforcement

        return Enforcement(self._activity.enforced, read(policy, *others))

    def session(
        self, policy: Mapping[str, Any] | str | os.PathLike[str] | None = None, *, user: str = "worker"
    ) -> boto3.Session:
        """A boto3 session with its own IAM user, for a test with several callers.

        Args:
            policy: the IAM policy of the user, in any form that `enforce` takes; when omitted, everything is allowed.
            user: the name of the IAM user.

        Raises:
            UsageError: for an invalid policy or name.

        Examples:
            >>> client = cognito.session(user="clerk").client("cognito-idp")
        """
        __tracebackhide__ = True
        import boto3

        from pytest_cognito_pool._api.checks.policies import read
        from pytest_cognito_pool._service.identities import SECRET_KEY
        from pytest_cognito_pool._service.transport.signing import signing_with

        forms.check("name of an IAM user", user, forms.IAM_USER)
        identity = self._account.identities.add(user, None if policy is None else read(policy))
        session = boto3.Session(
            aws_access_key_id=identity.access_key, aws_secret_access_key=SECRET_KEY, region_name=self.region
        )
        session.events.register("before-call.cognito-identity-provider", signing_with(identity.access_key))
        return session

    def serve(self, port: int = 0, *, host: str = "127.0.0.1", local_issuer: bool = False, tls: bool = False) -> Server:
        """Return an HTTP server for other processes and other languages; it runs inside its with-block.

        Args:
            port: the port to listen on; 0 for any free port.
            host: the address to listen on; `0.0.0.0` lets other machines connect.
            local_issuer: whether the issuer of tokens is this server instead of Amazon's host, for verifiers that fetch
                keys from the issuer.
            tls: whether to use HTTPS, with a certificate authority made for this server; needs the extra `tls`.

        Raises:
            UsageError: for an invalid port; on entering the block, if the server cannot listen there.

        Examples:
            >>> with cognito.serve() as server:
            ...     server.env["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"] == server.url
            True
        """
        __tracebackhide__ = True
        from pytest_cognito_pool._api.server import Server

        return Server(self._account, self._router, host=host, port=port, local_issuer=local_issuer, tls=tls)

    def snapshot(self) -> Snapshot:
        """Save the state of the account: pools, app clients, users, groups, codes, sign-ins, page tokens and the clock.

        It does not save recorded calls, triggers and messages, nor functions, faults, policies and your own replies.

        Examples:
            >>> seeded = cognito.snapshot()
            >>> _ = cognito_pool.add_user("ben")
            >>> cognito.restore(seeded)
            >>> "ben" in cognito_pool.users
            False
        """
        from pytest_cognito_pool._api.snapshots import Snapshot

        return Snapshot(self._account)

    def restore(self, snapshot: Snapshot) -> None:
        """Restore the state of a snapshot; the same snapshot can be restored again.

        Objects of pools and users that the test already has show the restored state.

        Raises:
            UsageError: for a snapshot of another fake.
        """
        from pytest_cognito_pool._api.snapshots import restore

        if not restore(snapshot, self._account):
            message = f"restore() takes what snapshot() of {self!r} returned, not {snapshot!r}"
            raise UsageError(message, typed=snapshot)

    @contextmanager
    def rollback(self) -> Iterator[None]:
        """Restore the state at the end of a with-block; `calls`, `triggers` and `outbox` are empty when it begins.

        Use it in a fixture of function scope, if a fixture of a wider scope provides the fake.

        Examples:
            >>> with cognito.rollback():
            ...     _ = cognito_pool.add_user("ben")
            >>> "ben" in cognito_pool.users
            False
        """
        snapshot = self.snapshot()
        with self._recorder.window():
            try:
                yield
            finally:
                self.restore(snapshot)

    def check(self) -> None:
        """Raise an error for what the application ignored so far and for unused faults, for each only once.

        The application can ignore errors of this plugin, exceptions that your own replies raised, and assertions of the
        test that failed in a Lambda function. Exceptions of your hooks and of `when` are reported too.

        Raises:
            UnreportedError: if there is anything to report.
        """
        __tracebackhide__ = True
        unreported = self._activity.unreported(None)
        if unreported:
            raise unreported

    def __enter__(self) -> Self:
        if self._active is not None:
            raise UsageError(f"{self!r} is entered already")
        router = self._router if self._answers_http else None
        active = process.active(self._activity, self._dispatcher, router, self.region)
        active.__enter__()
        self._active = active
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        __tracebackhide__ = True
        if self._active is None:
            raise UsageError(f"{self!r} is not entered")
        active, self._active = self._active, None
        self._activity.disarm(None)
        active.__exit__(None, None, None)
        unreported = self._activity.unreported(None)
        # An exception of the block is more important. An interrupted run just ends.
        if unreported and kind is None and not lifetimes.is_interrupted():
            raise unreported

    def __repr__(self) -> str:
        return f"<Cognito {self.account} {self.region}>"
