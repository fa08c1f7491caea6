"""The failure report: the calls of a test as a timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_cognito_pool.cognito import Cognito
    from pytest_cognito_pool.log import Call

TITLE: Final = "Cognito calls"


def timeline(cognito: Cognito) -> str:
    """The calls in order, with status changes, triggers and the why of each refusal; empty when there was none."""
    # With one pool its ids would only repeat themselves.
    hidden = frozenset({"UserPoolId", "ClientId"}) if len(cognito.pools) == 1 else frozenset[str]()
    lines: list[str] = []
    for number, call in enumerate(cognito.calls, 1):
        known = hidden if call.pool_id else frozenset[str]()
        lines.append(f"{number:2}  {call.signature(known)} -> {call.outcome()}")
        lines.extend(f"      {line}" for line in _details(call))
    return "\n".join(lines)


def _details(call: Call) -> Iterator[str]:
    if len(call.attempts) > 1:
        waited = sum(attempt.waited for attempt in call.attempts)
        yield f"{len(call.attempts)} attempts; botocore asked to wait {waited:.1f} s between them"
    for invocation in call.invocations:
        yield f"{invocation.source} -> no function attached"
    if call.error and call.error.message:
        yield from (f"      {line}".strip() for line in call.error.message.splitlines())
    if call.why:
        yield f"why: {call.why}"
