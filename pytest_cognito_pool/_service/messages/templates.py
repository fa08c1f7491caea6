"""The messages of a pool: its templates, and what a CustomMessage function makes of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlencode

from pytest_cognito_pool._service.clock import moment
from pytest_cognito_pool._service.journal import Message
from pytest_cognito_pool._service.secrets import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_cognito_pool._service.messages.delivery import Destination
    from pytest_cognito_pool._service.pool.app_clients import AppClient
    from pytest_cognito_pool._service.pool.pool import Pool

CODE: Final = "{####}"
USERNAME: Final = "{username}"
# Where a CustomMessage function puts its text.
_MEMBERS: Final = {"SMS": "smsMessage", "EMAIL": "emailMessage"}
_LINK_END: Final = "##}"
_LINK: Final = re.compile(r"\{##(?!##\})(.+?)##\}", re.DOTALL)
_PLACE: Final = re.compile(rf"{re.escape(CODE)}|{re.escape(USERNAME)}|{_LINK.pattern}", re.DOTALL)


class Template(NamedTuple):
    """The texts of one kind of message, with placeholders."""

    subject: str
    email: str
    sms: str


# Inferred, no capture: the texts of a pool without text settings.
_VERIFICATION: Final = Template(
    "Your verification code", f"Your confirmation code is {CODE}", f"Your confirmation code is {CODE}"
)
_LINK_SUBJECT: Final = "Your verification link"
_LINK_EMAIL: Final = "Please click the link below to verify your email address. {##Verify Email##}"
_INVITATION: Final = Template(
    "Your temporary password",
    f"Your username is {USERNAME} and temporary password is {CODE}.",
    f"Your username is {USERNAME} and temporary password is {CODE}.",
)


class PendingMessage(NamedTuple):
    """A message before a CustomMessage function has seen it.

    Attributes:
        pool: the pool that sends it.
        event: the event for the function; None if the pool does not have the trigger.
        occasion: why it is sent.
        username: the name that the recipient uses.
        deliveries: where it goes.
        code: the code or temporary password.
        client: the app client that a link leads back to; None if an administrator called.
        pages: the URL before the paths of the pool's domain; None if it has no domain.
    """

    pool: Pool
    event: Mapping[str, Any] | None
    occasion: str
    username: str
    deliveries: Sequence[Destination]
    code: str
    client: AppClient | None
    pages: str | None

    def messages(self, response: Mapping[str, Any]) -> list[Message]:
        """Return the messages, with the texts of the function's response if they can be used."""
        return [self._message(delivery, response) for delivery in self.deliveries]

    def unused(self, response: Mapping[str, Any]) -> str:
        """Return why a text of the function's response is not used, for the author of the test; empty if all are."""
        told = []
        for name in dict.fromkeys(_MEMBERS[delivery.medium] for delivery in self.deliveries):
            missing = self._missing(response.get(name) or CODE + USERNAME, by_sms=name == _MEMBERS["SMS"])
            if missing:
                told.append(f"{name} was not used: it has no {missing}")
        return "; ".join(told)

    @property
    def _is_invitation(self) -> bool:
        return self.occasion == "AdminCreateUser"

    def _message(self, delivery: Destination, response: Mapping[str, Any]) -> Message:
        template = _invitation(self.pool) if self._is_invitation else _verification(self.pool, self.occasion)
        by_sms = delivery.medium == "SMS"
        # Inferred: used with every EmailSendingAccount, as many pools do; the guide requires DEVELOPER for mails.
        own = response.get(_MEMBERS[delivery.medium])
        if not own or self._missing(own, by_sms=by_sms):
            own = template.sms if by_sms else template.email
        subject = "" if by_sms else response.get("emailSubject") or template.subject
        seal = Secret if self._is_invitation else str
        return Message(
            recipient=delivery.address,
            medium=delivery.medium,
            subject=seal(self._filled(subject)),
            body=seal(self._filled(own)),
            code=seal(self.code),
            occasion=self.occasion,
            username=self.username,
            at=moment(self.pool.clock.time()),
        )

    def _missing(self, text: str, *, by_sms: bool) -> str:
        """The placeholders that a text lacks. Inferred: without them, the pool's own text is sent instead."""
        if self._is_invitation:
            return " and no ".join(repr(place) for place in (CODE, USERNAME) if place not in text)
        has_link = not by_sms and _LINK.search(_divided(text)[0]) is not None
        return "" if CODE in text or has_link else repr(CODE)

    def _filled(self, text: str) -> str:
        text, rest = _divided(text)
        return _PLACE.sub(self._value, text) + rest.replace(USERNAME, self._name)

    def _value(self, match: re.Match[str]) -> str:
        known = {CODE: self.code, USERNAME: self._name}
        return known.get(match[0]) or f'<a href="{self._link()}">{match[1]}</a>'

    @property
    def _name(self) -> str:
        """The text for the placeholder of a username, which only invitations have."""
        return self.username if self._is_invitation else USERNAME

    def _link(self) -> str:
        """Return the URL that confirms the user. Documented; the host of a pool without a domain is inferred."""
        client_id = self.client.id if self.client else ""
        query = urlencode({"client_id": client_id, "user_name": self.username, "confirmation_code": self.code})
        nowhere = f"https://{self.pool.id.replace('_', '-').lower()}.auth.{self.pool.region}.amazoncognito.com"
        return f"{self.pages or nowhere}/confirmUser/?{query}"


def _divided(text: str) -> tuple[str, str]:
    """The text up to the end of the last link or code, and the rest, which has neither.

    Without this split, the search would be slow: each start of a link would scan the whole rest for an end.
    """
    text, end, rest = text.rpartition(_LINK_END)
    return text + end, rest


def _verification(pool: Pool, occasion: str) -> Template:
    settings = pool.settings
    own = settings["VerificationMessageTemplate"]
    # A link confirms a sign-up and nothing else.
    if own.get("DefaultEmailOption") == "CONFIRM_WITH_LINK" and occasion in {"SignUp", "ResendCode"}:
        subject, email = own.get("EmailSubjectByLink", _LINK_SUBJECT), own.get("EmailMessageByLink", _LINK_EMAIL)
    else:
        subject = own.get("EmailSubject", settings.get("EmailVerificationSubject", _VERIFICATION.subject))
        email = own.get("EmailMessage", settings.get("EmailVerificationMessage", _VERIFICATION.email))
    return Template(subject, email, own.get("SmsMessage", settings.get("SmsVerificationMessage", _VERIFICATION.sms)))


def _invitation(pool: Pool) -> Template:
    own = pool.settings["AdminCreateUserConfig"].get("InviteMessageTemplate", {})
    return Template(
        own.get("EmailSubject", _INVITATION.subject),
        own.get("EmailMessage", _INVITATION.email),
        own.get("SMSMessage", _INVITATION.sms),
    )
