"""What an author attaches to a trigger: a function, or what stands for one."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import TYPE_CHECKING

from pytest_cognito_pool._api import lifetimes
from pytest_cognito_pool._api.errors import UsageError, unknown_name
from pytest_cognito_pool._service.events.sources import sources_of
from pytest_cognito_pool._service.triggers.functions import NoAnswerError, NotInvokedError
from pytest_cognito_pool._service.wording import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import TypeVar

    from typing_extensions import Self

    from pytest_cognito_pool._service.triggers.functions import Attached, Functions

    Handler = Callable[..., object]
    H = TypeVar("H", bound=Handler)


class _Returns:
    """Stands for a function that returns a value."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __call__(self, _event: object, _context: object) -> object:
        return self._value

    def __repr__(self) -> str:
        return f"returns={shown(self._value, None)}"


class _Raises:
    """Stands for a function that raises an exception."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def __call__(self, _event: object, _context: object) -> object:
        raise self._error.with_traceback(None)

    def __repr__(self) -> str:
        return f"raises={shown(self._error, None)}"


class _Missing:
    """Stands for a function that is not there, or that the service may not invoke."""

    def __call__(self, _event: object, _context: object) -> object:
        # Documented: the same answer for both.
        raise NotInvokedError("AccessDeniedException")

    def __repr__(self) -> str:
        return "missing=True"


class _TimesOut:
    """Stands for a function that never answers in time; nothing waits."""

    def __call__(self, _event: object, _context: object) -> object:
        raise NoAnswerError

    def __repr__(self) -> str:
        return "times_out=True"


class Attachment:
    """A function's place at a trigger: what `UserPool.on` returns.

    It is a decorator where `on` was given no function, and a context manager that detaches the function on leaving.
    """

    def __init__(self, functions: Functions, trigger: str, handler: Handler | None) -> None:
        self._functions = functions
        self._trigger = trigger
        self._handler = handler
        self._attached = self._attach(handler) if handler is not None else None

    def _attach(self, handler: Handler) -> Attached:
        return self._functions.attach(self._trigger, handler, lifetimes.owner_until(self._functions.end))

    def __call__(self, function: H) -> H:
        """Attach the function, and leave it as it is."""
        if self._handler is not None:
            raise UsageError(f"{self!r} has a function already, {shown(self._handler)}", typed=function)
        self._handler = checked(function)
        self._attached = self._attach(self._handler)
        return function

    def __enter__(self) -> Self:
        if self._handler is None:
            raise UsageError(f"on({self._trigger!r}) was given no function to attach", typed=self._trigger)
        if self._attached is None:
            self._attached = self._attach(self._handler)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._functions.detach(self._attached)
        self._attached = None

    def __repr__(self) -> str:
        return f"<Attachment to {self._trigger}>"


def attachment(  # noqa: PLR0913 - what `UserPool.on` takes
    functions: Functions,
    trigger: str,
    handler: Handler | str | None,
    *,
    returns: object,
    raises: BaseException | type[BaseException] | None,
    missing: bool,
    times_out: bool,
) -> Attachment:
    """What an author typed, attached to the trigger.

    Raises:
        UsageError: for an unknown trigger or source, for what cannot be called, and for more than one of them.
    """
    sources_of(trigger)
    given: dict[str, Handler] = {}
    if handler is not None:
        given["a function"] = checked(handler)
    if returns is not ...:
        given["returns"] = _Returns(returns)
    if raises is not None:
        given["raises"] = _Raises(_instance(raises))
    if missing:
        given["missing"] = _Missing()
    if times_out:
        given["times_out"] = _TimesOut()
    if len(given) > 1:
        raise UsageError(f"on({trigger!r}) takes one of {', '.join(given)}, not all of them", typed=trigger)
    return Attachment(functions, trigger, next(iter(given.values()), None))


def checked(handler: Handler | str) -> Handler:
    """The function, imported where a dotted name is given.

    Raises:
        UsageError: for what cannot be imported or called.
    """
    found = _imported(handler) if isinstance(handler, str) else handler
    if inspect.iscoroutinefunction(found) or inspect.iscoroutinefunction(getattr(found, "__call__", None)):  # noqa: B004
        raise UsageError(f"{handler!r} is a coroutine function; Lambda's Python runtime awaits nothing", typed=handler)
    if not callable(found):
        raise UsageError(f"{handler!r} is no function; a handler is called with (event, context)", typed=handler)
    return found


def _imported(path: str) -> Handler:
    module_name, _, name = path.replace(":", ".").rpartition(".")
    if not module_name or path.startswith("."):
        raise UsageError(f"{path!r} is no import path; one looks like 'myapp.triggers.post_confirmation'", typed=path)
    try:
        module = import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module_name}.".startswith(f"{error.name}."):
            raise
        raise UsageError(f"{path!r}: there is no module {error.name!r}", typed=path) from None
    if not hasattr(module, name):
        there = [each for each, thing in vars(module).items() if callable(thing)]
        raise unknown_name(f"{module_name} has no function of that name", name, there)
    found: Handler = getattr(module, name)
    return found


def _instance(raises: BaseException | type[BaseException]) -> BaseException:
    if isinstance(raises, BaseException):
        return raises
    if not (isinstance(raises, type) and issubclass(raises, BaseException)):
        raise UsageError(f"raises={raises!r} is no exception; one looks like ValueError('mail is down')", typed=raises)
    try:
        return raises()
    except TypeError as error:
        message = f"raises={raises.__name__} cannot be made without arguments, give it as it is raised: {error}"
        raise UsageError(message, typed=raises) from None
