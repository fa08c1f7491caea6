"""A user pool: its settings and its contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_pool._service import ids, locks
from pytest_cognito_pool._service.paging import PageTokens
from pytest_cognito_pool._service.pool import mfa
from pytest_cognito_pool._service.pool.client_rules import Surroundings
from pytest_cognito_pool._service.pool.groups import Groups
from pytest_cognito_pool._service.pool.identity_providers import IdentityProviders
from pytest_cognito_pool._service.pool.resource_servers import ResourceServers
from pytest_cognito_pool._service.pool.schema import Schema
from pytest_cognito_pool._service.records import saved
from pytest_cognito_pool._service.user.codes import Codes
from pytest_cognito_pool._service.user.directory import Directory
from pytest_cognito_pool._service.user.user import User

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_cognito_pool._service.clock import Clock
    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.pool.branding import Customization, Style
    from pytest_cognito_pool._service.triggers.functions import Functions
    from pytest_cognito_pool._service.user.sign_ins import SignIns
    from pytest_cognito_pool._service.user.user import UserStatus


class Origin:
    """The origin of the URLs in the tokens of an account.

    Attributes:
        url: scheme and host; None for Amazon's own.
    """

    __slots__ = ("url",)

    def __init__(self) -> None:
        self.url: str | None = None


class Pool:
    """One user pool.

    Args:
        number: counts the account's pools and app clients in the order of their creation.
        pool_id: its id, which begins with its region.
        account_id: the account it is in.
        clock: the account's clock.
        settings: CreateUserPool's keys, complete with their defaults.
        functions: the author's Lambda functions for its triggers; `saved` leaves them out.
        origin: the origin of the URLs in its tokens; `saved` leaves it out.

    Attributes:
        has_own_triggers: whether it was ever given a LambdaConfig with a trigger in it.
        mfa: the blocks that SetUserPoolMfaConfig sets.
        lock: held from the look-up of a user until the change is done, and never while a function runs.
        users: the users, by any name.
        groups: the groups and their members.
        codes: the codes sent to users.
        styles: the styles of managed login, by their id.
        customizations: the customizations of the classic pages, by the id of the app client, or `ALL`.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a pool is made of
        self,
        number: int,
        pool_id: str,
        account_id: str,
        clock: Clock,
        settings: dict[str, Any],
        functions: Functions,
        origin: Origin,
    ) -> None:
        self.number = number
        self.id = pool_id
        self.region = pool_id.partition("_")[0]
        self.account = account_id
        self.arn = ids.pool_arn(self.region, account_id, pool_id)
        self.clock = clock
        self.settings = settings
        self.mfa = mfa.of_new_pool(settings)
        self.functions = functions
        self.origin = origin
        self.has_own_triggers = bool(settings["LambdaConfig"])
        self.created = self.modified = clock.time()
        self.lock = locks.new(of_pool=True)
        self.schema = Schema(settings.get("Schema", ()))
        self.clients: dict[str, AppClient] = {}
        self.groups = Groups()
        self.resource_servers = ResourceServers(pool_id)
        self.identity_providers = IdentityProviders(pool_id)
        self.styles: dict[str, Style] = {}
        self.customizations: dict[str, Customization] = {}
        self.codes = Codes()
        self._sign_ins: SignIns | None = None
        self.user_pages: PageTokens[tuple[str, int]] = PageTokens(clock)
        self.pages: PageTokens[int] = PageTokens(clock)
        self.users = Directory(
            pool_id,
            self.username_attributes,
            self.alias_attributes,
            case_sensitive=settings.get("UsernameConfiguration", {}).get("CaseSensitive", True),
        )

    def configure(self, settings: dict[str, Any], mfa: dict[str, Any]) -> None:
        """Give the pool other settings; the caller holds the lock."""
        self.settings = settings
        self.mfa = mfa
        self.has_own_triggers = self.has_own_triggers or bool(settings["LambdaConfig"])
        self.modified = self.clock.time()

    @property
    def username_attributes(self) -> list[str]:
        """The attributes that users sign up with instead of a username; empty if they choose a username."""
        names: list[str] = self.settings.get("UsernameAttributes", [])
        return names

    @property
    def alias_attributes(self) -> list[str]:
        """The attributes that can be used instead of the username, once verified."""
        names: list[str] = self.settings.get("AliasAttributes", [])
        return names

    @property
    def auto_verified_attributes(self) -> list[str]:
        """The addresses that the pool verifies with a code."""
        names: list[str] = self.settings.get("AutoVerifiedAttributes", [])
        return names

    @property
    def first_factors(self) -> list[str]:
        """The factors that users can sign in with."""
        factors: list[str] = self.settings["Policies"]["SignInPolicy"]["AllowedFirstAuthFactors"]
        return factors

    @property
    def password_policy(self) -> Mapping[str, Any]:
        """The PasswordPolicy, complete."""
        policy: Mapping[str, Any] = self.settings["Policies"]["PasswordPolicy"]
        return policy

    @property
    def is_passwordless(self) -> bool:
        """Whether users can sign in with a code instead of a password."""
        return "EMAIL_OTP" in self.first_factors or "SMS_OTP" in self.first_factors

    @property
    def sign_ins(self) -> SignIns:
        """The sign-ins of the users; imported at first use, because most tests have none."""
        if self._sign_ins is None:
            with locks.importing:
                from pytest_cognito_pool._service.user.sign_ins import SignIns

                self._sign_ins = self._sign_ins or SignIns()
        return self._sign_ins

    def surroundings(self) -> Surroundings:
        """The parts of the pool that app clients can name."""
        providers = {provider.name for provider in self.identity_providers}
        return Surroundings(self.id, self.region, self.schema, set(self.resource_servers.scopes()), providers)

    def has_style(self, client_id: str) -> bool:
        """Whether the app client has a style for managed login."""
        return any(style.client_id == client_id for style in list(self.styles.values()))

    def revoke_all(self, user: User) -> None:
        """Make the refresh and access tokens of all sign-ins of the user invalid; the caller holds the lock."""
        if self._sign_ins is not None:
            self._sign_ins.grants.revoke_all(user)

    def new_user(self, username: str, status: UserStatus, attributes: dict[str, str], password: str | None) -> User:
        """A user, not yet stored; if users sign up with an attribute, the username is the sub."""
        sub = ids.sub()
        generated = self.username_attributes and status != "EXTERNAL_PROVIDER"
        return User(sub if generated else username, sub, status, attributes, password)

    def signed_up_with(self, user: User) -> str:
        """The name that the user signed up with: if usernames are generated, the address."""
        own = (user.attributes.get(attribute) for attribute in self.username_attributes)
        return next(filter(None, own), user.username)

    def remove(self, user: User) -> None:
        """Delete a user; the caller holds the lock."""
        self.users.remove(user)
        self.groups.forget(user)
        self.codes.forget(user)
        self.identity_providers.forget(user)
        if self._sign_ins is not None:
            self._sign_ins.lockouts.forget(user)

    def saved(self) -> Callable[[], None]:
        """A function that restores the pool's current state, without functions; hold the lock for both calls."""
        parts = [
            saved(self, "settings", "mfa", "has_own_triggers", "modified", "clients", "styles", "customizations"),
            saved(self.schema, "_rows"),
            saved(self.groups, "_groups", "_born"),
            saved(self.resource_servers, "_servers", "_born"),
            saved(self.identity_providers, "_providers", "_born", "links"),
            saved(self.codes, "_codes", "_attempts"),
            saved(self, "_sign_ins"),
            *([] if self._sign_ins is None else [self._sign_ins.saved()]),
            self.user_pages.saved(),
            self.pages.saved(),
            self.users.saved(),
            *(saved(group, "members", "settings", "modified") for group in self.groups.all()),
            *(saved(client, "settings", "modified") for client in self.clients.values()),
        ]

        def put_back() -> None:
            for part in parts:
                part()

        return put_back
