"""The public object of a user pool."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._api.app_client import AppClient
from pytest_cognito_pool._api.checks.settings import check_client_id, client_settings
from pytest_cognito_pool._api.checks.users import NewUser
from pytest_cognito_pool._api.errors import UsageError, accepted
from pytest_cognito_pool._api.users import User, Users
from pytest_cognito_pool._service.errors.unsupported import check_simulated
from pytest_cognito_pool._service.pool import app_clients

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from typing_extensions import Unpack

    from pytest_cognito_pool._api.activity import Activity
    from pytest_cognito_pool._api.call_log import CallLog
    from pytest_cognito_pool._api.domains import Domain
    from pytest_cognito_pool._api.faults import Fault, FaultOptions
    from pytest_cognito_pool._api.groups import Group, Groups
    from pytest_cognito_pool._api.literals import ErrorCode, OperationName, SourceName, TriggerName
    from pytest_cognito_pool._api.outbox import Outbox
    from pytest_cognito_pool._api.own_replies import Reply
    from pytest_cognito_pool._api.recorder import Logs
    from pytest_cognito_pool._api.tokens import Tokens
    from pytest_cognito_pool._api.trigger_handlers import TriggerHandler
    from pytest_cognito_pool._api.trigger_log import TriggerLog
    from pytest_cognito_pool._api.users import UserStatus
    from pytest_cognito_pool._service.events.parts import TriggerEvent
    from pytest_cognito_pool._service.journal import Call
    from pytest_cognito_pool._service.pool.pool import Pool as Record

_NO_ATTRIBUTES: Final[Mapping[str, str]] = MappingProxyType({})


class UserPool:
    """A user pool in the fake: its users, the calls made to it and the triggers it invoked.

    Made by the `cognito_pool` fixture, by `Cognito.create_pool`, or by the application through CreateUserPool.
    """

    def __init__(self, record: Record, activity: Activity) -> None:
        self._record = record
        self._activity = activity

    @property
    def id(self) -> str:
        """The pool's id."""
        return self._record.id

    @property
    def arn(self) -> str:
        """The pool's ARN."""
        return self._record.arn

    @property
    def region(self) -> str:
        """The region that the pool is in."""
        return self._record.region

    @property
    def client(self) -> AppClient:
        """The pool's first app client.

        Raises:
            UsageError: if the pool has no app client.
        """
        clients = self.clients
        if not clients:
            raise UsageError(f"pool {self.id} has no app client; make one with create_client()")
        return clients[0]

    @property
    def clients(self) -> list[AppClient]:
        """The app clients, in the order in which they were made."""
        return [AppClient(record) for record in list(self._record.clients.values())]

    @property
    def users(self) -> Users:
        """The users, by any name that admin operations accept for them."""
        return Users(self._record)

    @property
    def _logs(self) -> Logs:
        return self._activity.recorder.logs(self._record.number)

    @property
    def calls(self) -> CallLog:
        """The calls that named this pool or one of its app clients, in order."""
        from pytest_cognito_pool._api.call_log import CallLog

        return CallLog(self._logs.calls)

    @property
    def triggers(self) -> TriggerLog[TriggerEvent]:
        """The trigger invocations, including those of triggers without a function."""
        from pytest_cognito_pool._api.trigger_log import TriggerLog

        return TriggerLog(self._logs.triggers)

    @property
    def outbox(self) -> Outbox:
        """The messages that the pool would have sent: codes and invitations."""
        from pytest_cognito_pool._api.outbox import Outbox

        logs = self._logs
        return Outbox(logs.outbox, "" if logs.outbox else self._why_nothing_was_sent(logs.calls))

    def _why_nothing_was_sent(self, calls: Iterable[Call]) -> str:
        if any(call.operation == "AdminCreateUser" for call in calls):
            return (
                "; AdminCreateUser sends no invitation with MessageAction='SUPPRESS', "
                "or without an address to send it to"
            )
        if self._record.auto_verified_attributes:
            return ""
        return "; the pool verifies no addresses: give it AutoVerifiedAttributes=['email']"

    def on(  # noqa: PLR0913 - one for each way a function can end
        self,
        trigger: TriggerName | SourceName,
        handler: Callable[..., object] | str | None = None,
        *,
        returns: object = ...,
        raises: BaseException | type[BaseException] | None = None,
        missing: bool = False,
        times_out: bool = False,
    ) -> TriggerHandler:
        """Attach a Lambda function to a trigger, until the with-block or the test ends.

        If several functions are attached, the last one runs. It is called during the application's call, with a copy of
        the event as a dict and a context like Lambda's. With only a trigger, `on` is a decorator.

        Args:
            trigger: the name of a trigger such as `PostConfirmation`, or of a source such as
                `PreSignUp_AdminCreateUser`.
            handler: the application's own function, or the dotted path to import it from.
            returns: attach a function that only returns this value; Cognito expects the whole event.
            raises: attach a function that only raises this exception.
            missing: attach a function that does not exist, or that Cognito may not invoke.
            times_out: attach a function that never answers in time; the test does not wait.

        Raises:
            UsageError: for an unknown trigger or source, and for a handler that cannot be imported or called.

        Examples:
            >>> cognito_pool.on("PostConfirmation", raises=ValueError("mail is down"))
            <TriggerHandler of PostConfirmation>
        """
        __tracebackhide__ = True
        from pytest_cognito_pool._api.checks.functions import function_of
        from pytest_cognito_pool._api.checks.names import sources_of
        from pytest_cognito_pool._api.trigger_handlers import TriggerHandler

        sources_of(trigger)
        function = function_of(trigger, handler, returns=returns, raises=raises, missing=missing, times_out=times_out)
        return TriggerHandler(self._record.functions, trigger, function)

    def fail(
        self,
        operation: OperationName | str,
        error: ErrorCode | str | BaseException | type[BaseException],
        **options: Unpack[FaultOptions],
    ) -> Fault:
        """Make calls of an operation fail if they name this pool or one of its app clients; see `Cognito.fail`.

        Examples:
            >>> with cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException", attempts=2, optional=True):
            ...     pass  # the first two requests are refused, the third is answered
        """
        __tracebackhide__ = True
        from pytest_cognito_pool._api.checks.faults import fault_spec

        return self._activity.interventions.faults.arm(fault_spec(operation, error, options, pool_id=self.id))

    def answer(self, operation: OperationName | str, reply: Reply) -> None:
        """Give your own reply to calls of an operation to this pool and its app clients; see `Cognito.answer`.

        Examples:
            >>> cognito_pool.answer("GetSigningCertificate", {"Certificate": "MIIC"})
        """
        __tracebackhide__ = True
        self._activity.interventions.replies.give(operation, reply, self.id)

    def event(  # noqa: PLR0913 - what an event contains
        self,
        source: SourceName,
        username: str,
        *,
        attributes: Mapping[str, str] = _NO_ATTRIBUTES,
        client: AppClient | None = None,
        client_metadata: Mapping[str, str] | None = None,
        validation_data: Mapping[str, str] | None = None,
        request: Mapping[str, object] = MappingProxyType({}),
    ) -> dict[str, Any]:
        """Return the event that Cognito would send for a user now, to test a function directly; nothing is recorded.

        Args:
            source: the triggerSource, such as `PostConfirmation_ConfirmSignUp`.
            username: any name of the user. The user does not have to exist for PreSignUp and UserMigration, nor with
                `request={"userNotFound": True}`; such a user has a default e-mail address, as with `add_user`.
            attributes: attributes that are added to the user's or replace them; `""` removes an attribute.
            client: the app client that calls. When omitted, an administrator calls in PostConfirmation_ConfirmSignUp
                and in sources of AdminCreateUser and UpdateUserAttribute, otherwise the pool's first app client.
            client_metadata: the ClientMetadata of the call.
            validation_data: the ValidationData of the call.
            request: other members of the event's `request`, spelled as in the JSON.

        Raises:
            UsageError: for an unknown source, user, attribute or member, and for a value of the wrong type.

        Examples:
            >>> _ = cognito_pool.add_user("eve")
            >>> cognito_pool.event("PostConfirmation_ConfirmSignUp", "eve")["callerContext"]["clientId"] is None
            True
        """
        __tracebackhide__ = True
        from pytest_cognito_pool._api import sample_events

        self._check_not_deleted()
        given = {"validationData": validation_data, "clientMetadata": client_metadata}
        members = {**request, **{name: value for name, value in given.items() if value is not None}}
        return sample_events.event(self._record, source, username, attributes, client, members)

    def create_client(self, **settings: Any) -> AppClient:
        """Create an app client, silently: no call is recorded.

        Args:
            settings: CreateUserPoolClient's own keys; `ClientId` and `ClientSecret` set a fixed id and secret.

        Raises:
            UsageError: for a setting that CreateUserPoolClient does not take.
            UnsupportedOperationError: for a setting that is not simulated.
        """
        __tracebackhide__ = True
        self._check_not_deleted()
        client_id, parameters = client_settings(settings)
        check_simulated("CreateUserPoolClient", parameters, app_clients.KNOWN)
        check_client_id(client_id, self._activity.account.clients)
        return AppClient(accepted(lambda: self._activity.account.add_client(self._record, parameters, client_id)))

    def add_user(  # noqa: PLR0913 - what a user has
        self,
        username: str | None = None,
        /,
        *,
        status: UserStatus = "CONFIRMED",
        attributes: Mapping[str, str] = _NO_ATTRIBUTES,
        email: str | None = None,
        phone_number: str | None = None,
        password: str | None = None,
        enabled: bool = True,
        groups: Iterable[str] = (),
    ) -> User:
        """Add a user, silently: no call and no trigger is recorded.

        Args:
            username: the username; in a pool with UsernameAttributes, the e-mail address or phone number. When omitted,
                such a pool takes it from `email` or `phone_number`; otherwise it is generated.
            status: the UserStatus, as AWS spells it. The addresses are verified unless the user is UNCONFIRMED.
            attributes: further attributes; values are strings, and names of custom attributes include their prefix.
            email: the e-mail address, or `""` for none. When omitted, the username if it is an e-mail address, else
                `<username>@example.com`, or none in a pool with UsernameAttributes.
            phone_number: the phone number, + and digits.
            password: when omitted, a password that the pool's policy allows.
            enabled: whether the user may sign in.
            groups: the groups that the user is in; missing groups are created.

        Raises:
            UsageError: for a user that the pool cannot have.

        Examples:
            >>> cognito_pool.add_user("ana", status="UNCONFIRMED").status
            'UNCONFIRMED'
        """
        __tracebackhide__ = True
        self._check_not_deleted()
        new = NewUser(username, status, attributes, email, phone_number, password, enabled, groups)
        return User(new.added_to(self._record), self._record)

    @property
    def groups(self) -> Groups:
        """The groups by name."""
        from pytest_cognito_pool._api.groups import Groups

        return Groups(self._record)

    def add_group(
        self,
        name: str,
        *,
        description: str | None = None,
        precedence: int | None = None,
        role_arn: str | None = None,
        users: Iterable[str] = (),
    ) -> Group:
        """Add a group, silently: no call is recorded.

        Args:
            name: the GroupName.
            description: the Description.
            precedence: the Precedence; of the groups that a user is in, the lowest gives the preferred role.
            role_arn: the RoleArn, a role of the fake's account.
            users: any names of the users that are in the group.

        Raises:
            UsageError: for a group that the pool cannot have or has already, and for an unknown user.

        Examples:
            >>> _ = cognito_pool.add_user("ida")
            >>> cognito_pool.add_group("pro", users=["ida"]).users
            [<User 'ida' CONFIRMED>]
        """
        __tracebackhide__ = True
        from pytest_cognito_pool._api import groups

        self._check_not_deleted()
        settings = {"GroupName": name, "Description": description, "Precedence": precedence, "RoleArn": role_arn}
        return groups.add(self._activity.account, self._record, settings, users)

    @property
    def issuer(self) -> str:
        """The `iss` of the tokens of this pool."""
        from pytest_cognito_pool._service.tokens import claims

        return claims.issuer(self._record)

    @property
    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """The JSON Web Key Set that verifies the tokens of this pool; its keys stay the same in a process.

        Examples:
            >>> sorted(key["use"] for key in cognito_pool.jwks["keys"])
            ['sig', 'sig']
        """
        from pytest_cognito_pool._service.tokens import keys

        return keys.jwks(self.id)

    def add_domain(self, name: str, *, managed_login: bool = False) -> Domain:
        """Give the pool a domain, silently: the host of its sign-in pages and OAuth endpoints.

        Args:
            name: a prefix, or the whole name of a custom domain.
            managed_login: whether the domain has the pages of managed login instead of the classic pages; managed login
                needs a style for each app client.

        Raises:
            UsageError: for an invalid name, and if the pool already has a domain of that kind.

        Examples:
            >>> cognito_pool.add_domain("myapp").url
            'https://myapp.auth.us-east-1.amazoncognito.com'
        """
        __tracebackhide__ = True
        from pytest_cognito_pool._api import domains

        self._check_not_deleted()
        return domains.add(self._activity.account, self._record, name, managed_login=managed_login)

    def managed_login(
        self,
        authorize_url: str,
        username: str | None = None,
        *,
        password: str | None = None,
        provider: str | None = None,
        claims: Mapping[str, object] | None = None,
    ) -> str:
        """Sign a user in on the pages of a domain, as with a new browser: requests are recorded and triggers run.

        Args:
            authorize_url: the URL that the application sends the browser to: /oauth2/authorize, with its query.
            username: any name that the user can sign in with.
            password: the password that the user types; the right password when omitted.
            provider: the name of an identity provider of the pool, instead of a username.
            claims: the identity provider's data about the user; `sub` is their id there.

        Returns:
            The URL that the application gets in the end: its redirect_uri with a code, or with an error.

        Raises:
            UsageError: if the browser does not come back to the application.

        Examples:
            >>> _ = cognito_pool.add_user("eva"), cognito_pool.add_domain("auth.example.com")
            >>> client = cognito_pool.create_client(
            ...     AllowedOAuthFlowsUserPoolClient=True, AllowedOAuthFlows=["code"], AllowedOAuthScopes=["openid"],
            ...     CallbackURLs=["https://app.example.com/callback"], SupportedIdentityProviders=["COGNITO"],
            ... )
            >>> url = "https://auth.example.com/oauth2/authorize?response_type=code"
            >>> url += f"&client_id={client.id}&redirect_uri=https://app.example.com/callback"
            >>> cognito_pool.managed_login(url, "eva")[:38]
            'https://app.example.com/callback?code='
        """
        __tracebackhide__ = True
        from pytest_cognito_pool._api import managed_login

        self._check_not_deleted()
        account, recorder = self._activity.account, self._activity.recorder
        visitor = managed_login.Visitor(username, password, provider, claims or {})
        return managed_login.sign_in(account, recorder, self._record, authorize_url, visitor)

    def sign_in(
        self,
        username: str,
        client: AppClient | None = None,
        *,
        scopes: Iterable[str] | None = None,
        run_triggers: bool = False,
    ) -> Tokens:
        """Sign a user in, silently: no call is recorded, no password is needed and no trigger is invoked.

        Args:
            username: any name of a confirmed user.
            client: the app client; when omitted, the pool's first app client.
            scopes: the scopes of a sign-in on the pages of a domain. When omitted, it is a sign-in through the API.
            run_triggers: whether the PreTokenGeneration function runs and can change the tokens; its invocation is
                recorded.

        Returns:
            The tokens that the user would get now, without a second factor or a device. The ID token is empty if scopes
            are given without `openid`.

        Raises:
            UsageError: for a user who cannot sign in, a scope that the app client may not have, and if the
                PreTokenGeneration function fails.

        Examples:
            >>> _ = cognito_pool.add_user("zoe", groups=["staff"])
            >>> cognito_pool.sign_in("zoe").access_claims["cognito:groups"]
            ['staff']
        """
        __tracebackhide__ = True
        from pytest_cognito_pool._api.tokens import sign_in

        self._check_not_deleted()
        activity, by = self._activity, self.client if client is None else client
        if isinstance(scopes, str):
            raise UsageError(f"scopes is a list of strings, for example {scopes.split()}, not {scopes!r}", typed=scopes)
        wanted = None if scopes is None else tuple(scopes)
        return sign_in(
            activity.account, activity.recorder, self._record, username, by, wanted=wanted, run_triggers=run_triggers
        )

    @property
    def _is_deleted(self) -> bool:
        return self._activity.account.pools.get(self.id) is not self._record

    def _check_not_deleted(self) -> None:
        if self._is_deleted:
            raise UsageError(f"pool {self.id} was deleted", typed=self.id)

    def __repr__(self) -> str:
        return f"<UserPool {self.id}{' deleted' if self._is_deleted else ''}>"
