"""The error for anything that is not simulated, instead of an invented answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable


class UnsupportedOperationError(NotImplementedError):
    """Application code asked for something that the fake does not simulate.

    The boto3 call raises it. If the application ignores it, the test still fails: an invented answer would let the
    test pass for the wrong reason.

    Attributes:
        operation: the operation's name, as AWS spells it.
        detail: the setting or the case that is not simulated; empty for the operation as a whole.
    """

    # Where authors import it from; tracebacks and reports name it.
    __module__ = "pytest_cognito_pool"

    def __init__(self, operation: str, detail: str = "") -> None:
        self.operation = operation
        self.detail = detail
        missing = f"{operation} with {detail}" if detail else operation
        own_reply = f"give your own reply: cognito.answer({operation!r}, {{...}})"
        remedy = f"Leave it out, or, if the application makes this call, {own_reply}" if detail else f"To {own_reply}"
        # An author cannot give a reply for a page of a domain.
        advice = "" if "/" in operation else f"\n{remedy}"
        super().__init__(f"{missing} is not simulated by pytest-cognito-pool.{advice}")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.operation, self.detail)


def check_simulated(operation: str, settings: Iterable[str], known: Container[str]) -> None:
    """Refuse settings of a newer model that the fake does not simulate.

    Raises:
        UnsupportedOperationError: naming the first of them.
    """
    for name in settings:
        if name not in known:
            raise UnsupportedOperationError(operation, name)
