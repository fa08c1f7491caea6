"""What the plugin says to a test author."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class UsageError(ValueError):
    """Something a test author typed that a pool, a client or a log does not know.

    Attributes:
        typed: what was typed.
        suggestions: what it may have meant, nearest first; possibly empty.
    """

    def __init__(self, message: str, *, typed: object = None, suggestions: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.typed = typed
        self.suggestions = tuple(suggestions)


class UnsupportedOperationError(NotImplementedError):
    """Application code asked for something the fake does not do.

    It reaches the application as the exception of its boto3 call. A test whose application swallows it fails all
    the same, because a fake that answers anyway would let the test pass for the wrong reason.

    Attributes:
        operation: the operation's name, as Amazon spells it.
        detail: the setting or the case that is not simulated; empty when it is the operation as a whole.
    """

    def __init__(self, operation: str, detail: str = "") -> None:
        self.operation = operation
        self.detail = detail
        missing = f"{operation} with {detail}" if detail else operation
        own_reply = f"give your own reply: cognito.answer({operation!r}, {{...}})"
        remedy = f"Leave it out, or, where the application calls that, {own_reply}" if detail else f"To {own_reply}"
        super().__init__(f"{missing} is not simulated by pytest-cognito-pool.\n{remedy}")


class TruthError(AssertionError):
    """What a test must not pass without: the application swallowed it, or it never came to it.

    Attributes:
        calls: each call that got an error meant for the author of the test, with the text of the error.
        assertions: each invocation with the lines of the assertion of a test that failed in its function.
        faults: what is to be said of each fault that was not spent.
    """

    def __init__(
        self,
        calls: Sequence[tuple[str, str]] = (),
        assertions: Sequence[tuple[str, Sequence[str]]] = (),
        faults: Sequence[str] = (),
    ) -> None:
        self.calls = tuple(calls)
        self.assertions = tuple(assertions)
        self.faults = tuple(faults)
        told = [f"{call}\n{_indented(text)}" for call, text in calls]
        failed = [f"{invocation}\n{_indented(chr(10).join(lines))}" for invocation, lines in assertions]
        unspent = [_indented(fault) for fault in faults]
        if told:
            told.insert(0, "the application swallowed what pytest-cognito-pool told it:")
        if failed:
            failed.insert(0, "an assertion failed inside a function, and the application swallowed it:")
        if unspent:
            unspent.insert(0, "what was to fail did not:")
        super().__init__("\n".join(told + failed + unspent))


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


def nearest(typed: object, names: Iterable[str]) -> list[str]:
    """The names that `typed` may have meant, nearest first, whatever their case."""
    alike = {name: likeness(typed, name) for name in names}
    # What is far behind the best is no suggestion but noise.
    least = max(0.6, max(alike.values(), default=0) - 0.1)
    near = [name for name in alike if alike[name] >= least]
    return sorted(near, key=alike.__getitem__, reverse=True)[:3]


def likeness(typed: object, name: str) -> float:
    """How alike they are, whatever their case: 1 for the same."""
    return SequenceMatcher(None, str(typed).lower(), name.lower()).ratio()


def listed(names: Sequence[str], limit: int = 8) -> str:
    """The first names, and how many more there are."""
    shown = ", ".join(repr(name) for name in names[:limit])
    more = len(names) - limit
    return f"{shown} and {more} more" if more > 0 else shown


def unknown_name(what: str, typed: object, names: Iterable[str]) -> UsageError:
    """An error that names what was typed, what it may have meant, or else what there is."""
    known = sorted(names)
    return UsageError(f"{what}: {typed!r}; {hint(typed, known)}", typed=typed, suggestions=nearest(typed, known))


def hint(typed: object, names: Sequence[str]) -> str:
    """What the author may have meant, or else what there is."""
    return did_you_mean(nearest(typed, names)) or f"there are: {listed(names)}"


def did_you_mean(suggestions: Sequence[str]) -> str:
    """The question; empty where nothing comes near."""
    return f"did you mean {' or '.join(map(repr, suggestions))}?" if suggestions else ""


def unknown_key(message: str) -> KeyError:
    """A KeyError whose text is shown as it is written, not as a repr."""
    return _KeyError(message)


class _KeyError(KeyError):
    def __str__(self) -> str:
        return str(self.args[0])


_KeyError.__name__ = _KeyError.__qualname__ = "KeyError"
_KeyError.__module__ = "builtins"
