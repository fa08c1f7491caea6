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
    def of(self, kind: type[E]) -> TriggerLog[E]: ...
    @overload
    def of(self, kind: PreSignUp) -> TriggerLog[PreSignUpEvent]: ...
    @overload
    def of(self, kind: PostConfirmation) -> TriggerLog[PostConfirmationEvent]: ...
    @overload
    def of(self, kind: PreAuthentication) -> TriggerLog[PreAuthenticationEvent]: ...
    @overload
    def of(self, kind: PostAuthentication) -> TriggerLog[PostAuthenticationEvent]: ...
    @overload
    def of(self, kind: DefineAuthChallenge) -> TriggerLog[DefineAuthChallengeEvent]: ...
    @overload
    def of(self, kind: CreateAuthChallenge) -> TriggerLog[CreateAuthChallengeEvent]: ...
    @overload
    def of(self, kind: VerifyAuthChallengeResponse) -> TriggerLog[VerifyAuthChallengeResponseEvent]: ...
    @overload
    def of(self, kind: PreTokenGeneration) -> TriggerLog[PreTokenGenerationEvent | PreTokenGenerationV2Event]: ...
    @overload
    def of(self, kind: ClientCredentials) -> TriggerLog[PreTokenGenerationV2Event]: ...
    @overload
    def of(self, kind: UserMigration) -> TriggerLog[UserMigrationEvent]: ...
    @overload
    def of(self, kind: CustomMessage) -> TriggerLog[CustomMessageEvent]: ...
    @overload
    def of(self, kind: CustomEmailSender) -> TriggerLog[CustomEmailSenderEvent]: ...
    @overload
    def of(self, kind: CustomSMSSender) -> TriggerLog[CustomSMSSenderEvent]: ...
    @overload
    def of(self, kind: InboundFederation) -> TriggerLog[InboundFederationEvent]: ...
    @overload
    def of(self, kind: str) -> TriggerLog[E_co]: ...
    def of(self, kind: type[TriggerEvent] | str) -> TriggerLog[Any]:
        """The invocations of one kind: an event model, a trigger or a trigger source.

        Raises:
            UsageError: for a trigger or a source that Cognito does not have.

        Example:
            >>> cognito_pool.triggers.of("PostConfirmation").sources
            []
        """
        sources = _sources(kind)
        return TriggerLog([invocation for invocation in self if invocation.source in sources])

    @overload
    def one(self, kind: type[E]) -> Invocation[E]: ...
    @overload
    def one(self, kind: PreSignUp) -> Invocation[PreSignUpEvent]: ...
    @overload
    def one(self, kind: PostConfirmation) -> Invocation[PostConfirmationEvent]: ...
    @overload
    def one(self, kind: PreAuthentication) -> Invocation[PreAuthenticationEvent]: ...
    @overload
    def one(self, kind: PostAuthentication) -> Invocation[PostAuthenticationEvent]: ...
    @overload
    def one(self, kind: DefineAuthChallenge) -> Invocation[DefineAuthChallengeEvent]: ...
    @overload
    def one(self, kind: CreateAuthChallenge) -> Invocation[CreateAuthChallengeEvent]: ...
    @overload
    def one(self, kind: VerifyAuthChallengeResponse) -> Invocation[VerifyAuthChallengeResponseEvent]: ...
    @overload
    def one(self, kind: PreTokenGeneration) -> Invocation[PreTokenGenerationEvent | PreTokenGenerationV2Event]: ...
    @overload
    def one(self, kind: ClientCredentials) -> Invocation[PreTokenGenerationV2Event]: ...
    @overload
    def one(self, kind: UserMigration) -> Invocation[UserMigrationEvent]: ...
    @overload
    def one(self, kind: CustomMessage) -> Invocation[CustomMessageEvent]: ...
    @overload
    def one(self, kind: CustomEmailSender) -> Invocation[CustomEmailSenderEvent]: ...
    @overload
    def one(self, kind: CustomSMSSender) -> Invocation[CustomSMSSenderEvent]: ...
    @overload
    def one(self, kind: InboundFederation) -> Invocation[InboundFederationEvent]: ...
    @overload
    def one(self, kind: str) -> Invocation[E_co]: ...
    def one(self, kind: type[TriggerEvent] | str) -> Invocation[Any]:
        """The only invocation of a kind.

        Raises:
            AssertionError: if there is no such invocation or more than one; it lists the invocations.
            UsageError: for a trigger or a source that Cognito does not have.

        Example:
            >>> cognito_pool.triggers.one(PostConfirmationEvent)
            Traceback (most recent call last):
            AssertionError: no invocation of PostConfirmationEvent; there was no invocation at all
        """
        __tracebackhide__ = True
        found = self.of(kind)
        if len(found) == 1:
            return found[0]
        asked = kind if isinstance(kind, str) else kind.__name__
        if found:
            raise several(found, f"invocations of {asked}")
        headline = f"no invocation of {asked}; {there_were(self, 'invocation')}"
        raise AssertionError(listing(headline, [repr(invocation) for invocation in self]))


def _sources(kind: type[TriggerEvent] | str) -> frozenset[str]:
    if isinstance(kind, str):
        return frozenset(sources_of(kind))
    from pytest_cognito_pool._service.events.parts import TriggerEvent

    if not (isinstance(kind, type) and issubclass(kind, TriggerEvent)):
        raise UsageError(f"{kind!r} is neither a trigger, nor a trigger source, nor an event model", typed=kind)
    return frozenset(kind.sources) or frozenset(TRIGGER_OF)
