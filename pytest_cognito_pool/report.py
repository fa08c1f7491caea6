"""The failure report: the calls of the test as a timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pytest_cognito_pool.tracebacks import error_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_cognito_pool.calls import Attempt, Call
    from pytest_cognito_pool.cognito import Cognito
    from pytest_cognito_pool.invocations import Invocation

TITLE: Final = "Cognito calls"


def timeline(cognito: Cognito) -> str:
    """The calls in order, with status changes, functions and the why of each refusal; empty when there was none.

    A call that a function made stands under that function. Faults that wait for a call are told at the end.
    """
    # Where all calls name the same pool its ids would only repeat themselves.
    one_pool = len({call.pool_id for call in cognito.calls if call.pool_id}) <= 1
    one_client = sum(len(pool.clients) for pool in cognito.pools.values()) <= 1
    hidden = frozenset({"UserPoolId"} if one_pool else ()) | frozenset({"ClientId"} if one_client else ())
    numbers = {id(call): number for number, call in enumerate(cognito.calls, 1)}
    view = _View(numbers, hidden)
    lines = [line for call in cognito.calls if not view.is_nested(call) for line in view.lines(call)]
    lines += [f"    not spent: {fault!r}" for fault in cognito.faults if fault.is_owed]
    # A lone surrogate, which JSON lets through, is no text that a terminal could show.
    return "\n".join(lines).encode("utf-8", "backslashreplace").decode()


class _View(NamedTuple):
    """How the calls of one account are shown.

    Attributes:
        numbers: the place of each call, by its id.
        hidden: parameters that would be the same in every call.
    """

    numbers: Mapping[int, int]
    hidden: frozenset[str]

    def is_nested(self, call: Call) -> bool:
        return call.caused_by is not None and id(call.caused_by.call) in self.numbers

    def lines(self, call: Call) -> Iterator[str]:
        known = self.hidden if call.pool_id else frozenset[str]()
        yield f"{self.numbers[id(call)]:2}  {call.signature(known)} -> {call.outcome()}"
        for line in self._details(call):
            yield f"      {line}".rstrip()

    def _details(self, call: Call) -> Iterator[str]:
        if len(call.attempts) > 1 or any(map(_after, call.attempts)):
            yield from (_attempt(number, attempt) for number, attempt in enumerate(call.attempts, 1))
        for fault in dict.fromkeys(attempt.fault for attempt in call.attempts if attempt.fault):
            yield f"the test's own {fault!r}"
        for invocation in call.invocations:
            yield from self._invocation(invocation)
        if call.error and call.error.message:
            yield from (line.strip() for line in call.error.message.splitlines())
        # What a function raised, or which fault it was, stands there already.
        told = any(invocation.error for invocation in call.invocations) or (call.attempts and call.attempts[-1].fault)
        if call.why and not told:
            yield f"why: {call.why}"

    def _invocation(self, invocation: Invocation) -> Iterator[str]:  # type: ignore[type-arg]
        tries = f", {invocation.attempts} times" if invocation.attempts > 1 else ""
        yield f"{invocation.source} -> {invocation.handler_name or 'no function attached'}{tries}"
        for call in invocation.calls:
            if id(call) in self.numbers:
                yield from self.lines(call)
        if invocation.error is not None:
            yield from (f"  {line}" for line in error_lines(invocation.error))


def _attempt(number: int, attempt: Attempt) -> str:
    """One of the requests of a call; why the last one failed is told with the call."""
    waited = f"; botocore asked to wait {attempt.waited:.1f} s" if attempt.waited else ""
    return f"attempt {number} -> {attempt.outcome()}{_after(attempt)}{waited}"


def _after(attempt: Attempt) -> str:
    """What a fault came after, where it did."""
    if attempt.fault is None or not attempt.fault.after:
        return ""
    return f", in place of {attempt.lost.code}" if attempt.lost else ", after it took effect"
