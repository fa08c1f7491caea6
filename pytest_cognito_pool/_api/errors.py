"""The errors that the author of a test gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pytest_cognito_pool._service.errors.service_error import ServiceError, worded
from pytest_cognito_pool._service.wording import folded, hint, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

T = TypeVar("T")


class UsageError(ValueError):
    """A mistake in the code of a test, for example an unknown name or an invalid setting.

    Attributes:
        typed: what was typed.
        suggestions: what the author may have meant, nearest first; possibly empty.
    """

    # The module that authors import it from, for tracebacks and reports.
    __module__ = "pytest_cognito_pool"

    def __init__(self, message: str, *, typed: object = None, suggestions: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.typed = typed
        self.suggestions = tuple(suggestions)

    def __reduce__(self) -> tuple[object, ...]:
        # What was typed may be a function or a client, which cannot be sent to another process.
        typed = self.typed if isinstance(self.typed, (str, int, float, type(None))) else shown(self.typed)
        return type(self), self.args, {"typed": typed, "suggestions": self.suggestions}


class GuardError(Exception):
    """A request was about to be sent to a real user pool, and the ini option `cognito_pool_guard` refused it."""

    # The same as for UsageError.
    __module__ = "pytest_cognito_pool"


class TemplateWarning(UserWarning):
    """A template has something that is not loaded, and that may change what its pools do."""

    # The same as for UsageError.
    __module__ = "pytest_cognito_pool"


class UnusedFaultWarning(UserWarning):
    """A fault was not used, with the ini option `cognito_pool_unused_faults = warn`."""

    # The same as for UsageError.
    __module__ = "pytest_cognito_pool"


class UnreportedError(AssertionError):
    """Failures that a test would otherwise not report, because the application ignored them or never reached them.

    Attributes:
        calls: each call that raised an error of this plugin, with the text of the error.
        assertions: each invocation with a failed assertion of the test, with the lines of the assertion.
        faults: the message about each unused fault.
        raised: what hooks and predicates of the test raised; the application does not see it.
        replies: each call for which your own reply raised an exception, with the lines of the exception.
    """

    # The same as for UsageError.
    __module__ = "pytest_cognito_pool"

    def __init__(
        self,
        calls: Sequence[tuple[str, str]] = (),
        assertions: Sequence[tuple[str, Sequence[str]]] = (),
        faults: Sequence[str] = (),
        raised: Sequence[str] = (),
        replies: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.calls = tuple(calls)
        self.assertions = tuple(assertions)
        self.faults = tuple(faults)
        self.raised = tuple(raised)
        self.replies = tuple(replies)
        failed = [(invocation, "\n".join(lines)) for invocation, lines in assertions]
        paragraphs = (
            [_under(f"the application ignored the error of {call}:", text) for call, text in calls],
            [_under(f"the application ignored the exception of your reply to {call}:", text) for call, text in replies],
            [_under(f"the application ignored an assertion that failed in {name}:", text) for name, text in failed],
            [f"code of the test raised an exception: {text}" for text in raised],
            list(faults),
        )
        super().__init__("\n".join(line for found in paragraphs for line in folded(found, 5, 3, "like these")))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.calls, self.assertions, self.faults, self.raised, self.replies)


def _under(headline: str, text: str) -> str:
    return "\n".join([headline, *(f"  {line}" for line in text.splitlines())])


def unknown_name(what: str, typed: object, names: Iterable[str]) -> UsageError:
    """An error with what was typed, and the nearest names or else the known names.

    Args:
        what: the beginning of the message, before what was typed.
        typed: what was typed.
        names: the known names.
    """
    known = sorted(names)
    return UsageError(f"{what} {shown(typed)}; {hint(typed, known)}", typed=typed, suggestions=nearest(typed, known))


def accepted(make: Callable[[], T]) -> T:
    """The result of `make`; a ServiceError becomes a UsageError."""
    __tracebackhide__ = True
    try:
        return make()
    except ServiceError as error:
        why = f"\n{worded(error.why)}" if error.why else ""
        raise UsageError(f"Cognito refuses that: {error.code}: {error.message}{why}") from None


def unknown_key(message: str) -> KeyError:
    """A KeyError whose text is shown as it is written, not as a repr."""
    return KeyError(_Plain(message))


class _Plain(str):
    """A string whose repr is the string itself, because a KeyError shows the repr."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)
