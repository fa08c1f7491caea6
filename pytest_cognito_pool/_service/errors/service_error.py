"""An error of the service, and the template that makes one: type, text, HTTP status and where it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    # Why an operation was refused, for the author of the test: a text, or a function that builds it when it is read.
    Why = str | Callable[[], str]

Evidence = Literal["observed", "documented", "model", "inferred"]


class ServiceError(Exception):
    """An error the service answers with.

    Attributes:
        code: the type, as in `__type`.
        message: the text the application sees; None if the service sends none.
        status: the HTTP status.
        why: the explanation for the test author, in the failure report; the application never sees it.
        reason_code: the `reasonCode` of an InvalidParameterException; None if the service sends none.
    """

    def __init__(self, code: str, message: str | None, why: Why = "", status: int = 400) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.why = why
        self.status = status
        self.reason_code: str | None = None


@dataclass(frozen=True, slots=True)
class ErrorTemplate:
    """One error that the service can answer with; call it to create the exception."""

    code: str
    message: str | None
    evidence: Evidence
    source: str
    status: int = 400

    def __call__(self, why: Why = "", /, **values: object) -> ServiceError:
        message = self.message if self.message is None else self.message.format_map(values)
        return ServiceError(self.code, message, why, self.status)


def worded(why: Why) -> str:
    """The text of a `Why`."""
    return why if isinstance(why, str) else why()


def own(code: str, message: str, status: int) -> ServiceError:
    """The error for a reply that the test gives."""
    return ServiceError(code, message, "the test's own reply", status)
