"""The failure report: the calls of the test as a timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pytest_cognito_pool._api.frames import error_lines
from pytest_cognito_pool._service.journal import signature
from pytest_cognito_pool._service.wording import LONGEST, folded, said, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pytest_cognito_pool._api.lifetimes import Fake, Test
    from pytest_cognito_pool._service.account import Account
    from pytest_cognito_pool._service.journal import Attempt, Call, Invocation

TITLE: Final = "Cognito calls"
# How many calls are shown from the beginning and from the end, and how many lines from either end of one call.
_FIRST: Final = 10
_LAST: Final = 20
_LINES: Final = 50
# The widest line of a call's details, which include the calls of functions and so need more than a value.
_WIDEST: Final = 1000


def sections(test: Test, *, whole: bool) -> list[tuple[str, str]]:
    """The titles and texts of the sections of a failed test: one, or one for each fake that was called.

    Never raises: the report of one test must not end the run.
    """
    try:
        return _sections(test.fakes, whole=whole)
    except Exception as error:  # noqa: BLE001 - an author's objects may raise anything
        return [(TITLE, f"the Cognito timeline could not be written: {type(error).__name__}: {said(error)}")]


def _sections(fakes: Sequence[Fake], *, whole: bool) -> list[tuple[str, str]]:
    told = [text for fake in fakes if (text := timeline(fake, whole=whole))]
    if len(told) == 1:
        return [(TITLE, told[0])]
    return [(f"{TITLE} (fake {place} of {len(told)})", text) for place, text in enumerate(told, 1)]


def timeline(fake: Fake, *, whole: bool) -> str:
    """The calls of the test in order, with status changes, functions and reasons of refusals; empty without calls.

    A call that a function made is shown under that function, and unused faults at the end.

    Args:
        fake: where the calls were made.
        whole: whether to show every call and every value in full.
    """
    calls = list(fake.recorder.of_test)
    numbers = {id(call): number for number, call in enumerate(calls, 1)}
    view = _View(numbers, _hidden(fake.account, calls), whole=whole)
    lines = view.calls(call for call in calls if not view.is_nested(call))
    lines += [f"    unused: {fault!r}" for fault in fake.unused()]
    lines += [f"    {raised}" for raised in fake.recorder.raised]
    # JSON allows lone surrogates, which no terminal can show.
    return "\n".join(lines).encode("utf-8", "backslashreplace").decode()


def call_lines(account: Account, call: Call, number: int) -> str:
    """One call, as in the timeline."""
    view = _View({id(call): number}, _hidden(account, [call]), whole=False)
    return "\n".join(view.calls([call])).encode("utf-8", "backslashreplace").decode()


def _hidden(account: Account, calls: Sequence[Call]) -> frozenset[str]:
    """The parameters that would be the same in every call, because the account has only one pool or app client."""
    pools = list(account.pools.values())
    named = {call.pool_id for call in calls if call.pool_id}
    one_pool = len(pools) <= 1 and len(named) <= 1
    one_client = sum(len(pool.clients) for pool in pools) <= 1
    return frozenset({"UserPoolId"} if one_pool else ()) | frozenset({"ClientId", "client_id"} if one_client else ())


class _View(NamedTuple):
    """How the calls of one account are shown.

    Attributes:
        numbers: the place of each call, by its id.
        hidden: parameters that would be the same in every call.
        whole: whether nothing is left out.
    """

    numbers: Mapping[int, int]
    hidden: frozenset[str]
    whole: bool

    def is_nested(self, call: Call) -> bool:
        return call.caused_by is not None and id(call.caused_by.call) in self.numbers

    def calls(self, calls: Iterable[Call]) -> list[str]:
        """The lines of several calls; if there are many, without the calls in the middle."""
        every = list(calls)
        # Calls are selected before they are formatted, as the reasons of refusals are slow to build.
        chosen = every if self.whole else folded(every, _FIRST, _LAST, "calls")
        return [line for each in chosen for line in ([each] if isinstance(each, str) else self._lines(each))]

    def _lines(self, call: Call) -> Iterator[str]:
        known = self.hidden if call.pool_id else frozenset[str]()
        shown = signature(call, known, None if self.whole else LONGEST)
        yield f"{self.numbers[id(call)]:2}  {shown} -> {call.outcome()}"
        details = list(self._details(call))
        for line in details if self.whole else folded(details, _LINES, _LINES, "lines"):
            yield f"      {line if self.whole else shortened(line, _WIDEST)}".rstrip()

    def _details(self, call: Call) -> Iterator[str]:
        yield from _attempts(call)
        for fault in dict.fromkeys(attempt.fault for attempt in call.attempts if attempt.fault):
            yield f"the test's own {fault!r}"
        for invocation in call.invocations:
            yield from self._invocation(invocation)
        yield from _refusal(call)

    def _invocation(self, invocation: Invocation) -> Iterator[str]:  # type: ignore[type-arg]
        tries = f", {invocation.attempts} times" if invocation.attempts > 1 else ""
        yield f"{invocation.source} -> {invocation.handler_name or 'no function attached'}{tries}"
        yield from self.calls(call for call in invocation.calls if id(call) in self.numbers)
        if invocation.error is not None:
            yield from (f"  {line}" for line in error_lines(invocation.error))
        elif invocation.why and invocation.why != invocation.call.why:
            yield f"  why: {invocation.why}"


def _attempts(call: Call) -> Iterator[str]:
    """The attempts of a call, if one line cannot show them; the call itself shows why the last one failed."""
    if len(call.attempts) > 1 or any(map(_after, call.attempts)):
        for number, attempt in enumerate(call.attempts, 1):
            waited = f"; botocore asked to wait {attempt.waited:.1f} s" if attempt.waited else ""
            yield f"attempt {number} -> {attempt.outcome()}{_after(attempt)}{waited}"


def _refusal(call: Call) -> Iterator[str]:
    """The message of the service's error and its reason, unless the reason is a function or a fault shown above."""
    if call.error and call.error.message:
        yield from (line.strip() for line in call.error.message.splitlines())
    is_of_a_function = any(invocation.error for invocation in call.invocations)
    is_of_a_fault = bool(call.attempts) and call.attempts[-1].fault is not None
    if call.why and not (is_of_a_function or is_of_a_fault):
        yield f"why: {call.why}"


def _after(attempt: Attempt) -> str:
    """What happened before the fault, if it came after the operation."""
    if attempt.fault is None or not attempt.fault.after:
        return ""
    return f", instead of {attempt.lost.code}" if attempt.lost else ", after it took effect"
