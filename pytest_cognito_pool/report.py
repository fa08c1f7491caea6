"""The failure report: a traceback without frames nobody can mend, and the calls of the test as a timeline."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_cognito_pool.cognito import Cognito
    from pytest_cognito_pool.log import Call

TITLE: Final = "Cognito calls"
_CUT: Final = frozenset({"aiobotocore", "boto3", "botocore", "pytest_cognito_pool"})


def trim(error: BaseException) -> None:
    """Cut the frames of botocore and of the fake, from the exception and along the chain of its causes."""
    chain: list[BaseException | None] = [error]
    seen: set[int] = set()
    while chain:
        link = chain.pop()
        if link is not None and id(link) not in seen:
            seen.add(id(link))
            # A traceback with no frame left would point nowhere.
            link.__traceback__ = _without_ours(link.__traceback__) or link.__traceback__
            chain += [link.__cause__, link.__context__]


def _without_ours(traceback: TracebackType | None) -> TracebackType | None:
    kept = []
    while traceback is not None:
        if traceback.tb_frame.f_globals.get("__name__", "").partition(".")[0] not in _CUT:
            kept.append(traceback)
        traceback = traceback.tb_next
    rest: TracebackType | None = None
    for each in reversed(kept):
        rest = TracebackType(rest, each.tb_frame, each.tb_lasti, each.tb_lineno)
    return rest


def timeline(cognito: Cognito) -> str:
    """The calls in order, with status changes, triggers and the why of each refusal; empty when there was none."""
    # Where all calls name the same pool its ids would only repeat themselves.
    one_pool = len({call.pool_id for call in cognito.calls if call.pool_id}) <= 1
    one_client = sum(len(pool.clients) for pool in cognito.pools.values()) <= 1
    hidden = frozenset({"UserPoolId"} if one_pool else ()) | frozenset({"ClientId"} if one_client else ())
    lines: list[str] = []
    for number, call in enumerate(cognito.calls, 1):
        known = hidden if call.pool_id else frozenset[str]()
        lines.append(f"{number:2}  {call.signature(known)} -> {call.outcome()}")
        lines.extend(f"      {line}" for line in _details(call))
    # A lone surrogate, which JSON lets through, is no text that a terminal could show.
    return "\n".join(lines).encode("utf-8", "backslashreplace").decode()


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
