"""What a test holds of a user pool."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from pytest_cognito_pool._api.call_log import CallLog
from pytest_cognito_pool._api.checks import settings as given
from pytest_cognito_pool._api.errors import UsageError, unknown_name
from pytest_cognito_pool._api.trigger_log import TriggerLog
from pytest_cognito_pool._api.users import User, Users
from pytest_cognito_pool._service import account as state
from pytest_cognito_pool._service.errors.passwords import PASSWORD_SET
from pytest_cognito_pool._service.errors.users import USERNAME_EXISTS_ADMIN
from pytest_cognito_pool._service.pool import app_clients
from pytest_cognito_pool._service.pool import schema as service_attributes
from pytest_cognito_pool._service.secrets import Secret
from pytest_cognito_pool._service.user import passwords
from pytest_cognito_pool._service.user.user import STATUSES

if TYPE_CHECKING:
    from pytest_cognito_pool._api.call_log import Call
    from pytest_cognito_pool._api.faults import Fault
    from pytest_cognito_pool._api.outbox import Outbox
    from pytest_cognito_pool._api.recorder import Records
    from pytest_cognito_pool._api.trigger_handlers import Attachment
    from pytest_cognito_pool._api.users import UserStatus
    from pytest_cognito_pool._service.events.parts import TriggerEvent
    from pytest_cognito_pool._service.user.user import User as Record

_NO_ATTRIBUTES: Final[Mapping[str, str]] = MappingProxyType({})


class AppClient:
    """An app client of a pool.

    Attributes:
        id: its ClientId.
        secret: its ClientSecret; None where it has none.
        name: its ClientName.
    """

    __slots__ = ("id", "name", "secret")

    def __init__(self, record: state.AppClient) -> None:
        self.id: str = record.id
        self.secret: str | None = None if record.secret is None else Secret(record.secret)
        self.name: str = record.settings["ClientName"]

    def secret_hash(self, username: str) -> str:
        """The SECRET_HASH an application sends for that username.

        Raises:
            UsageError: when the client has no secret.
        """
        if self.secret is None:
            raise UsageError(f"app client {self.name!r} has no secret; make it with GenerateSecret=True")
        return app_clients.secret_hash(self.id, self.secret, username)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AppClient) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<AppClient {self.name!r} {self.id}>"


class UserPool:
    """A user pool in the fake: its users, what was called on it and which triggers it invoked.

    Made by the `cognito_pool` fixture, by `Cognito.create_pool`, or by the application through CreateUserPool.
    """

    def __init__(self, account: state.Account, record: state.Pool, records: Records) -> None:
        self._account = account
        self._record = record
        self._records = records

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
        """The region the pool lives in."""
        return self._record.region

    @property
    def client(self) -> AppClient:
        """The app client that was made first.

        Raises:
            UsageError: when the pool has none.
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
        """The users, by any name that admin operations would find them by."""
        return Users(self._record)

    @property
    def calls(self) -> CallLog:
        """The calls that named this pool or one of its app clients, in order."""
        return CallLog(self._records.logs(self._record.number).calls)

    @property
    def triggers(self) -> TriggerLog[TriggerEvent]:
        """The trigger invocations, those of triggers without a function too."""
        return TriggerLog(self._records.logs(self._record.number).triggers)

    @property
    def outbox(self) -> Outbox:
        """The messages the pool would have sent: codes and invitations."""
        from pytest_cognito_pool._api.outbox import Outbox

        logs = self._records.logs(self._record.number)
        return Outbox(logs.outbox, "" if logs.outbox else self._why_nothing_was_sent(logs.calls))

    def _why_nothing_was_sent(self, calls: Iterable[Call]) -> str:
        if any(call.operation == "AdminCreateUser" for call in calls):
            return "; AdminCreateUser invites by SMS: give the request DesiredDeliveryMediums=['EMAIL']"
        if self._record.settings.get("AutoVerifiedAttributes"):
            return ""
        return "; the pool verifies no addresses: give it AutoVerifiedAttributes=['email']"

    def on(  # noqa: PLR0913 - one for each end a function can come to
        self,
        trigger: str,
        handler: Callable[..., object] | str | None = None,
        *,
        returns: object = ...,
        raises: BaseException | type[BaseException] | None = None,
        missing: bool = False,
        times_out: bool = False,
    ) -> Attachment:
        """Attach a function to a trigger, until the with-block or the test ends; the one attached last runs.

        It is called with the event, a dict of its own, and a context like Lambda's, inside the application's call.
        Without any of the rest it is a decorator.

        Args:
            trigger: `PostConfirmation` and so on, or one source of it such as `PreSignUp_AdminCreateUser`.
            handler: the application's own function, or where to import it from.
            returns: what a function returns that does nothing else, whole: the service expects the event.
            raises: what a function raises that does nothing else.
            missing: whether there is no function, or the service may not invoke it.
            times_out: whether no answer comes in time; nothing waits.

        Raises:
            UsageError: for an unknown trigger or source, and for what cannot be called.

        Example:
            >>> cognito_pool.on("PostConfirmation", raises=ValueError("mail is down"))
            <Attachment to PostConfirmation>
        """
        __tracebackhide__ = True
        from pytest_cognito_pool._api.trigger_handlers import attachment

        functions = self._record.functions
        return attachment(
            functions, trigger, handler, returns=returns, raises=raises, missing=missing, times_out=times_out
        )

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
        """Make calls fail that name this pool or one of its app clients: `Cognito.fail` for them alone.

        Example:
            >>> with cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException", attempts=2, optional=True):
            ...     pass  # the first two requests are refused, the third is answered
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
        return self._records.faults.arm(plan(operation, error, typed, pool_id=self.id))

    def event(  # noqa: PLR0913 - what an event tells
        self,
        source: str,
        username: str,
        *,
        client: AppClient | None = None,
        client_metadata: Mapping[str, str] | None = None,
        validation_data: Mapping[str, str] | None = None,
        request: Mapping[str, object] = MappingProxyType({}),
    ) -> dict[str, Any]:
        """The event the service would send for that user now, for testing a function alone; nothing is recorded.

        Args:
            source: the triggerSource, such as `PostConfirmation_ConfirmSignUp`.
            username: any name of hers; in PreSignUp and UserMigration she need not be there.
            client: the app client that calls; when omitted an administrator does in PostConfirmation_ConfirmSignUp,
                AdminCreateUser and UpdateUserAttribute, and in others the pool's first app client.
            client_metadata: the ClientMetadata of the call.
            validation_data: the ValidationData of the call.
            request: other members of the event's `request`, as the JSON spells them.

        Raises:
            UsageError: for an unknown source, user or member, and for a value of another type.

        Example:
            >>> _ = cognito_pool.add_user("eve")
            >>> cognito_pool.event("PostConfirmation_ConfirmSignUp", "eve")["callerContext"]["clientId"] is None
            True
        """
        __tracebackhide__ = True
        from pytest_cognito_pool._api import sample_events as samples

        self._check_not_deleted()
        told = {"validationData": validation_data, "clientMetadata": client_metadata}
        members = {**request, **{name: value for name, value in told.items() if value is not None}}
        return samples.event(self._record, source, username, given.client_id(client), members)

    def create_client(self, **settings: Any) -> AppClient:
        """Create an app client, silently: no call is recorded.

        Args:
            settings: CreateUserPoolClient's own keys; `ClientId` and `ClientSecret` fix the application's own.

        Raises:
            UsageError: for a setting that CreateUserPoolClient does not take.
        """
        __tracebackhide__ = True
        self._check_not_deleted()
        client_id, parameters = given.client_settings(settings)
        given.check_client_id(client_id, self._account.clients)
        return AppClient(given.accepted(lambda: app_clients.create(self._account, self._record, parameters, client_id)))

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
            username: in a pool with UsernameAttributes the e-mail address or phone number; made up when omitted.
            status: as Amazon spells it. The addresses of an UNCONFIRMED user are not verified, all others' are.
            attributes: further attributes, texts all, custom ones with their prefix.
            email: her e-mail address; when omitted `<username>@example.com`, and none when it is `""`.
            phone_number: her phone number, + and digits.
            password: when omitted, one that the pool's policy allows.
            enabled: whether she may sign in.
            groups: the groups she is in; made where there are none of that name.

        Raises:
            UsageError: for a user that the pool cannot have.

        Example:
            >>> cognito_pool.add_user("ana", status="UNCONFIRMED").status
            'UNCONFIRMED'
        """
        __tracebackhide__ = True
        if status not in STATUSES:
            raise unknown_name("no user can have that status", status, STATUSES)
        self._check_not_deleted()
        pool = self._record
        given.check("no user can have the username", username, given.USERNAME)
        given.check("no user can have that password", password, given.PASSWORD, shown=False)
        own = self._given(attributes, {"email": email, "phone_number": phone_number})
        name = username or self._signed_up_with(own) or self._made_up()
        own = self._completed(name, own, status)
        secret = password or passwords.conforming(pool.password_policy)
        record = state.new_user(name, status, own, None if status == "EXTERNAL_PROVIDER" else secret, pool=pool)
        record.enabled = enabled
        joined = given.group_names(groups, [group.name for group in pool.groups.all()])
        given.accepted(lambda: self._add(name, record, secret))
        self._join(record, joined)
        return User(record, pool)

    @property
    def _is_deleted(self) -> bool:
        return self._account.pools.get(self.id) is not self._record

    def _check_not_deleted(self) -> None:
        if self._is_deleted:
            raise UsageError(f"pool {self.id} was deleted", typed=self.id)

    def _add(self, username: str, record: Record, password: str) -> None:
        pool = self._record
        if record.status != "EXTERNAL_PROVIDER":
            service_attributes.check_username(username, pool.username_attributes, pool.alias_attributes)
        pool.schema.check_new(record.attributes, required=False)
        passwords.check(password, pool.password_policy, PASSWORD_SET)
        with pool.lock:
            pool.check_free(username, record.attributes, USERNAME_EXISTS_ADMIN)
            pool.conflicts(record.sub, record.attributes)
            pool.add(record)

    def _join(self, record: Record, groups: Iterable[str]) -> None:
        pool = self._record
        with pool.lock:
            there = {group.name: group for group in pool.groups.all()}
            for name in groups:
                group = there.get(name) or pool.groups.create(name, {}, pool.clock.time())
                group.members[record.sub] = record

    def _given(self, attributes: Mapping[str, str], addresses: Mapping[str, str | None]) -> dict[str, str]:
        """The attributes and the addresses the author gave, texts all and each given once."""
        own = _texts(attributes, self._record.schema.names)
        for name, value in addresses.items():
            if value is not None and name in own:
                raise UsageError(f"{name} is given twice: {value!r}, and {own[name]!r} in attributes", typed=value)
            if value is not None:
                own |= _texts({name: value}, self._record.schema.names)
        return own

    def _signed_up_with(self, own: Mapping[str, str]) -> str | None:
        """The address that is the username, where users sign up with one."""
        return next((own[name] for name in self._record.username_attributes if own.get(name)), None)

    def _made_up(self) -> str:
        """A username nobody has."""
        username_attributes = self._record.username_attributes
        number = len(self._record.users) + 1
        while True:
            name = f"user{number}"
            if username_attributes:
                name = f"{name}@example.com" if "email" in username_attributes else f"+1555{number:07}"
            if self._record.names.find(name) is None and self._record.names.find(f"{name}@example.com") is None:
                return name
            number += 1

    def _completed(self, username: str, own: dict[str, str], status: UserStatus) -> dict[str, str]:
        """The attributes with what a user of that name and status has beside them."""
        pool = self._record
        if pool.username_attributes and status != "EXTERNAL_PROVIDER":
            own = _without_contradiction(own, pool.with_username(username, own))
        elif "email" not in own and not pool.username_attributes:
            made_up = username if service_attributes.is_email(username) else f"{username}@example.com"
            own["email"] = made_up if service_attributes.is_email(made_up) else ""
        for address, flag in service_attributes.VERIFIED.items():
            if own.get(address):
                own.setdefault(flag, "false" if status == "UNCONFIRMED" else "true")
        return {name: value for name, value in own.items() if value}

    def __repr__(self) -> str:
        return f"<UserPool {self.id}{' deleted' if self._is_deleted else ''}>"


def _texts(attributes: Mapping[str, Any], known: tuple[str, ...]) -> dict[str, str]:
    """The attributes, texts all and each in the pool's schema."""
    if not isinstance(attributes, Mapping):
        raise UsageError(f"attributes is a dict of texts, not {attributes!r}", typed=attributes)
    for name, value in attributes.items():
        if name not in known and name.startswith("custom:"):
            row = {"Name": name.removeprefix("custom:"), "AttributeDataType": "String"}
            raise UsageError(f"the pool's schema has no {name!r}; give the pool Schema=[{row}]", typed=name)
        if name not in known:
            raise unknown_name("the pool's schema has no attribute of that name", name, known)
        if not isinstance(value, str):
            message = f"attributes are texts: {name}={value!r}, did you mean {str(value).lower()!r}?"
            raise UsageError(message, typed=value)
    return dict(attributes)


def _without_contradiction(given: Mapping[str, str], completed: dict[str, str]) -> dict[str, str]:
    """The completed attributes, unless the username is another address than one that was given."""
    for name, value in given.items():
        if completed[name] != value:
            raise UsageError(f"{name} is given twice: {value!r}, and {completed[name]!r} as the username", typed=value)
    return completed
