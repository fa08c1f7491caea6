"""The invocations of Lambda triggers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, overload

from pytest_cognito_pool._api.checks.names import sources_of
from pytest_cognito_pool._api.errors import UsageError
from pytest_cognito_pool._api.log import Log, listing, several, there_were
from pytest_cognito_pool._service.events.sources import TRIGGER_OF
from pytest_cognito_pool._service.journal import Invocation

if TYPE_CHECKING:
    from typing import Any, Literal

    from pytest_cognito_pool._service.events.parts import TriggerEvent
    from pytest_cognito_pool._service.events.senders import CustomEmailSenderEvent, CustomSMSSenderEvent
    from pytest_cognito_pool._service.events.signing_in import (
        CreateAuthChallengeEvent,
        DefineAuthChallengeEvent,
        InboundFederationEvent,
        PostAuthenticationEvent,
        PreAuthenticationEvent,
        UserMigrationEvent,
        VerifyAuthChallengeResponseEvent,
    )
    from pytest_cognito_pool._service.events.signing_up import CustomMessageEvent, PostConfirmationEvent, PreSignUpEvent
    from pytest_cognito_pool._service.events.tokens import PreTokenGenerationEvent, PreTokenGenerationV2Event

    PreSignUp = Literal["PreSignUp", "PreSignUp_SignUp", "PreSignUp_AdminCreateUser", "PreSignUp_ExternalProvider"]
    PostConfirmation = Literal[
        "PostConfirmation", "PostConfirmation_ConfirmSignUp", "PostConfirmation_ConfirmForgotPassword"
    ]
    PreAuthentication = Literal["PreAuthentication", "PreAuthentication_Authentication"]
    PostAuthentication = Literal["PostAuthentication", "PostAuthentication_Authentication"]
    DefineAuthChallenge = Literal["DefineAuthChallenge", "DefineAuthChallenge_Authentication"]
    CreateAuthChallenge = Literal["CreateAuthChallenge", "CreateAuthChallenge_Authentication"]
    VerifyAuthChallengeResponse = Literal["VerifyAuthChallengeResponse", "VerifyAuthChallengeResponse_Authentication"]
    PreTokenGeneration = Literal[
        "PreTokenGeneration", "TokenGeneration_HostedAuth", "TokenGeneration_Authentication",
        "TokenGeneration_NewPasswordChallenge", "TokenGeneration_AuthenticateDevice", "TokenGeneration_RefreshTokens",
    ]  # fmt: skip
    # The pool's settings say which version the other sources have; version 1 has no client credentials.
    ClientCredentials = Literal["TokenGeneration_ClientCredentials"]
    UserMigration = Literal["UserMigration", "UserMigration_Authentication", "UserMigration_ForgotPassword"]
    CustomMessage = Literal[
        "CustomMessage", "CustomMessage_SignUp", "CustomMessage_AdminCreateUser", "CustomMessage_ResendCode",
        "CustomMessage_ForgotPassword", "CustomMessage_UpdateUserAttribute", "CustomMessage_VerifyUserAttribute",
        "CustomMessage_Authentication",
    ]  # fmt: skip
    CustomEmailSender = Literal[
        "CustomEmailSender", "CustomEmailSender_SignUp", "CustomEmailSender_AdminCreateUser",
        "CustomEmailSender_ResendCode", "CustomEmailSender_ForgotPassword", "CustomEmailSender_UpdateUserAttribute",
        "CustomEmailSender_VerifyUserAttribute", "CustomEmailSender_Authentication",
        "CustomEmailSender_AccountTakeOverNotification",
    ]  # fmt: skip
    CustomSMSSender = Literal[
        "CustomSMSSender", "CustomSMSSender_SignUp", "CustomSMSSender_AdminCreateUser", "CustomSMSSender_ResendCode",
        "CustomSMSSender_ForgotPassword", "CustomSMSSender_UpdateUserAttribute",
        "CustomSMSSender_VerifyUserAttribute", "CustomSMSSender_Authentication",
    ]  # fmt: skip
    InboundFederation = Literal["InboundFederation", "InboundFederation_ExternalProvider"]

E_co = TypeVar("E_co", bound="TriggerEvent", covariant=True)
E = TypeVar("E", bound="TriggerEvent")


class TriggerLog(Log[Invocation[E_co]]):
    """The trigger invocations, including those of triggers without a function."""

    __slots__ = ()

    @property
    def sources(self) -> list[str]:
        """The trigger sources, in order."""
        return [invocation.source for invocation in self]

    @overload
    def of(self, kind: type[E], *, username: str | None = ...) -> TriggerLog[E]: ...
    @overload
    def of(self, kind: PreSignUp, *, username: str | None = ...) -> TriggerLog[PreSignUpEvent]: ...
    @overload
    def of(self, kind: PostConfirmation, *, username: str | None = ...) -> TriggerLog[PostConfirmationEvent]: ...
    @overload
    def of(self, kind: PreAuthentication, *, username: str | None = ...) -> TriggerLog[PreAuthenticationEvent]: ...
    @overload
    def of(self, kind: PostAuthentication, *, username: str | None = ...) -> TriggerLog[PostAuthenticationEvent]: ...
    @overload
    def of(self, kind: DefineAuthChallenge, *, username: str | None = ...) -> TriggerLog[DefineAuthChallengeEvent]: ...
    @overload
    def of(self, kind: CreateAuthChallenge, *, username: str | None = ...) -> TriggerLog[CreateAuthChallengeEvent]: ...
    @overload
    def of(
        self, kind: VerifyAuthChallengeResponse, *, username: str | None = ...
    ) -> TriggerLog[VerifyAuthChallengeResponseEvent]: ...
    @overload
    def of(
        self, kind: PreTokenGeneration, *, username: str | None = ...
    ) -> TriggerLog[PreTokenGenerationEvent | PreTokenGenerationV2Event]: ...
    @overload
    def of(self, kind: ClientCredentials, *, username: str | None = ...) -> TriggerLog[PreTokenGenerationV2Event]: ...
    @overload
    def of(self, kind: UserMigration, *, username: str | None = ...) -> TriggerLog[UserMigrationEvent]: ...
    @overload
    def of(self, kind: CustomMessage, *, username: str | None = ...) -> TriggerLog[CustomMessageEvent]: ...
    @overload
    def of(self, kind: CustomEmailSender, *, username: str | None = ...) -> TriggerLog[CustomEmailSenderEvent]: ...
    @overload
    def of(self, kind: CustomSMSSender, *, username: str | None = ...) -> TriggerLog[CustomSMSSenderEvent]: ...
    @overload
    def of(self, kind: InboundFederation, *, username: str | None = ...) -> TriggerLog[InboundFederationEvent]: ...
    @overload
    def of(self, kind: str | None = ..., *, username: str | None = ...) -> TriggerLog[E_co]: ...
    def of(self, kind: type[TriggerEvent] | str | None = None, *, username: str | None = None) -> TriggerLog[Any]:
        """The invocations of one kind, or of one user.

        Args:
            kind: an event model, a trigger or a trigger source; every kind when omitted.
            username: the user that the event is about: a username, sub or address; every user when omitted.

        Raises:
            UsageError: for a trigger or a source that Cognito does not have.

        Examples:
            >>> cognito_pool.triggers.of("PostConfirmation").sources
            []
        """
        sources = _sources(kind)
        return TriggerLog([invocation for invocation in self if not _differences(invocation, sources, username)])

    @overload
    def one(self, kind: type[E], *, username: str | None = ...) -> Invocation[E]: ...
    @overload
    def one(self, kind: PreSignUp, *, username: str | None = ...) -> Invocation[PreSignUpEvent]: ...
    @overload
    def one(self, kind: PostConfirmation, *, username: str | None = ...) -> Invocation[PostConfirmationEvent]: ...
    @overload
    def one(self, kind: PreAuthentication, *, username: str | None = ...) -> Invocation[PreAuthenticationEvent]: ...
    @overload
    def one(self, kind: PostAuthentication, *, username: str | None = ...) -> Invocation[PostAuthenticationEvent]: ...
    @overload
    def one(self, kind: DefineAuthChallenge, *, username: str | None = ...) -> Invocation[DefineAuthChallengeEvent]: ...
    @overload
    def one(self, kind: CreateAuthChallenge, *, username: str | None = ...) -> Invocation[CreateAuthChallengeEvent]: ...
    @overload
    def one(
        self, kind: VerifyAuthChallengeResponse, *, username: str | None = ...
    ) -> Invocation[VerifyAuthChallengeResponseEvent]: ...
    @overload
    def one(
        self, kind: PreTokenGeneration, *, username: str | None = ...
    ) -> Invocation[PreTokenGenerationEvent | PreTokenGenerationV2Event]: ...
    @overload
    def one(self, kind: ClientCredentials, *, username: str | None = ...) -> Invocation[PreTokenGenerationV2Event]: ...
    @overload
    def one(self, kind: UserMigration, *, username: str | None = ...) -> Invocation[UserMigrationEvent]: ...
    @overload
    def one(self, kind: CustomMessage, *, username: str | None = ...) -> Invocation[CustomMessageEvent]: ...
    @overload
    def one(self, kind: CustomEmailSender, *, username: str | None = ...) -> Invocation[CustomEmailSenderEvent]: ...
    @overload
    def one(self, kind: CustomSMSSender, *, username: str | None = ...) -> Invocation[CustomSMSSenderEvent]: ...
    @overload
    def one(self, kind: InboundFederation, *, username: str | None = ...) -> Invocation[InboundFederationEvent]: ...
    @overload
    def one(self, kind: str | None = ..., *, username: str | None = ...) -> Invocation[E_co]: ...
    def one(self, kind: type[TriggerEvent] | str | None = None, *, username: str | None = None) -> Invocation[Any]:
        """The only invocation of a kind and of a user; see `of`.

        Raises:
            AssertionError: if there is no such invocation or more than one; it lists the invocations, the most similar
                first.
            UsageError: for a trigger or a source that Cognito does not have.

        Examples:
            >>> cognito_pool.triggers.one(PostConfirmationEvent)
            Traceback (most recent call last):
            AssertionError: no invocation of PostConfirmationEvent; there was no invocation at all
        """
        __tracebackhide__ = True
        found = self.of(kind, username=username)
        if len(found) == 1:
            return found[0]
        asked = _asked(kind, username)
        if found:
            raise several(found, f"invocations{asked}")
        sources = _sources(kind)
        ranked = sorted(self, key=lambda invocation: _differences(invocation, sources, username))
        headline = f"no invocation{asked}; {there_were(self, 'invocation')}"
        raise AssertionError(listing(headline, [repr(invocation) for invocation in ranked]))


def _asked(kind: type[TriggerEvent] | str | None, username: str | None) -> str:
    """The filters in words."""
    of_kind = "" if kind is None else f" of {kind if isinstance(kind, str) else kind.__name__}"
    return f"{of_kind}{'' if username is None else f' for {username!r}'}"


def _differences(invocation: Invocation[Any], sources: frozenset[str], username: str | None) -> int:
    """How many of the filters the invocation does not match."""
    return (invocation.source not in sources) + (username is not None and username not in invocation._names)  # noqa: SLF001


def _sources(kind: type[TriggerEvent] | str | None) -> frozenset[str]:
    if kind is None:
        return frozenset(TRIGGER_OF)
    if isinstance(kind, str):
        return frozenset(sources_of(kind))
    from pytest_cognito_pool._service.events.parts import TriggerEvent

    if not (isinstance(kind, type) and issubclass(kind, TriggerEvent)):
        raise UsageError(f"{kind!r} is neither a trigger, nor a trigger source, nor an event model", typed=kind)
    return frozenset(kind.sources) or frozenset(TRIGGER_OF)
