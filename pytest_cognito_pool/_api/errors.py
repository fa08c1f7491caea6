"""What the plugin says to a test author."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import islice
from typing import TYPE_CHECKING

from pytest_cognito_pool._service.wording import folded, said, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence


class UsageError(ValueError):
    """Something a test author typed that a pool, a client or a log does not know.

    Attributes:
        typed: what was typed.
        suggestions: what it may have meant, nearest first; possibly empty.
    """

    # Where authors import it from; tracebacks and reports name it.
    __module__ = "pytest_cognito_pool"

    def __init__(self, message: str, *, typed: object = None, suggestions: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.typed = typed
        self.suggestions = tuple(suggestions)

    def __reduce__(self) -> tuple[object, ...]:
        # What was typed may be a function or a client, which no other process can have.
        typed = self.typed if isinstance(self.typed, (str, int, float, type(None))) else shown(self.typed)
        return type(self), self.args, {"typed": typed, "suggestions": self.suggestions}


class UnsupportedOperationError(NotImplementedError):
    """Application code asked for something the fake does not do.

    It reaches the application as the exception of its boto3 call. A test whose application swallows it fails all
    the same, because a fake that answers anyway would let the test pass for the wrong reason.

    Attributes:
        operation: the operation's name, as Amazon spells it.
        detail: the setting or the case that is not simulated; empty when it is the operation as a whole.
    """

    # Where authors import it from; tracebacks and reports name it.
    __module__ = "pytest_cognito_pool"

    def __init__(self, operation: str, detail: str = "") -> None:
        self.operation = operation
        self.detail = detail
        missing = f"{operation} with {detail}" if detail else operation
        own_reply = f"give your own reply: cognito.answer({operation!r}, {{...}})"
        remedy = f"Leave it out, or, where the application calls that, {own_reply}" if detail else f"To {own_reply}"
        super().__init__(f"{missing} is not simulated by pytest-cognito-pool.\n{remedy}")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.operation, self.detail)


class TruthError(AssertionError):
    """What a test must not pass without: the application swallowed it, or it never came to it.

    Attributes:
        calls: each call that got an error meant for the author of the test, with the text of the error.
        assertions: each invocation with the lines of the assertion of a test that failed in its function.
        faults: what is to be said of each fault that was not spent.
        raised: what hooks and predicates of the test raised, which the application does not see.
        replies: each call whose own reply raised, with what it raised.
    """

    # Where authors import it from; tracebacks and reports name it.
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
        super().__init__(
            "\n".join(
                [
                    *_told("the application swallowed what pytest-cognito-pool told it:", map(_indented_under, calls)),
                    *_told("the application swallowed what your own reply raised:", map(_indented_under, replies)),
                    *_told(
                        "an assertion failed inside a function, and the application swallowed it:",
                        map(_indented_under, failed),
                    ),
                    *_told("code of the test raised where it only observes:", map(_indented, raised)),
                    *_told("what was to fail did not:", map(_indented, faults)),
                ]
            )
        )

    @property
    def is_of_faults(self) -> bool:
        """Whether it tells of nothing but faults that were not spent."""
        return not (self.calls or self.assertions or self.raised or self.replies)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.calls, self.assertions, self.faults, self.raised, self.replies)


def _told(headline: str, told: Iterable[str]) -> list[str]:
    """The headline and what is under it; nothing where there is nothing."""
    lines = list(told)
    return [headline, *folded(lines, 5, 3, "of them")] if lines else []


def _indented_under(told: tuple[str, str]) -> str:
    return f"{told[0]}\n{_indented(told[1])}"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


def nearest(typed: object, names: Iterable[str]) -> list[str]:
    """The names that `typed` may have meant, nearest first, whatever their case."""
    alike = {name: likeness(typed, name) for name in names}
    best = max(alike.values(), default=0)
    # Where only the case differs nothing else was meant; what is far behind the best is noise.
    least = 1 if best == 1 else max(0.6, best - 0.1)
    near = [name for name in alike if alike[name] >= least]
    return sorted(near, key=alike.__getitem__, reverse=True)[:3]


def likeness(typed: object, name: str) -> float:
    """How alike they are, whatever their case: 1 for the same."""
    return SequenceMatcher(None, said(typed).lower(), name.lower()).ratio()


def listed(names: Collection[str], limit: int = 8) -> str:
    """The first names, and how many more there are."""
    first = ", ".join(repr(name) for name in islice(names, limit))
    more = len(names) - limit
    return f"{first} and {more} more" if more > 0 else first


def unknown_name(what: str, typed: object, names: Iterable[str]) -> UsageError:
    """An error that names what was typed, what it may have meant, or else what there is."""
    known = sorted(names)
    return UsageError(f"{what}: {shown(typed)}; {hint(typed, known)}", typed=typed, suggestions=nearest(typed, known))


def hint(typed: object, names: Sequence[str]) -> str:
    """What the author may have meant, or else what there is."""
    return did_you_mean(nearest(typed, names)) or f"there are: {listed(names)}"


def did_you_mean(suggestions: Sequence[str]) -> str:
    """The question; empty where nothing comes near."""
    return f"did you mean {' or '.join(map(repr, suggestions))}?" if suggestions else ""


def unknown_key(message: str) -> KeyError:
    """A KeyError whose text is shown as it is written, not as a repr."""
    return KeyError(_Plain(message))


class _Plain(str):
    """A text whose repr, which a KeyError shows, is the text itself."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)
