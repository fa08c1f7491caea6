"""What an author attaches to a trigger: a function, or a stand-in for one."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import TYPE_CHECKING

from pytest_cognito_pool._api.errors import UsageError, unknown_name
from pytest_cognito_pool._service.triggers.functions import NoAnswerError, NotInvokedError
from pytest_cognito_pool._service.wording import named, shown

if TYPE_CHECKING:
    from pytest_cognito_pool._service.triggers.functions import Handler


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
    """Stands for a function that does not exist, or that the service may not invoke."""

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


def function_of(  # noqa: PLR0913 - what `UserPool.on` takes
    trigger: str,
    handler: Handler | str | None,
    *,
    returns: object,
    raises: BaseException | type[BaseException] | None,
    missing: bool,
    times_out: bool,
) -> Handler | None:
    """The function that an author gave, or a stand-in; None if nothing was given.

    Raises:
        UsageError: for a handler that cannot be called, and for more than one of the arguments.
    """
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
        raise UsageError(f"on({trigger!r}) takes only one of: {', '.join(given)}", typed=trigger)
    return next(iter(given.values()), None)


def checked(handler: Handler | str) -> Handler:
    """The function, imported if its dotted name is given.

    Raises:
        UsageError: for a handler that cannot be imported or called.
    """
    found = _imported(handler) if isinstance(handler, str) else handler
    if inspect.iscoroutinefunction(found) or inspect.iscoroutinefunction(getattr(found, "__call__", None)):  # noqa: B004
        raise UsageError(f"{handler!r} is a coroutine function; Lambda does not await handlers", typed=handler)
    if not callable(found):
        raise UsageError(f"{handler!r} is not a function; a handler is called with (event, context)", typed=handler)
    if not _takes_two(found):
        message = (
            f"{named(found)} has the signature {inspect.signature(found)}; a handler is called with (event, context)"
        )
        raise UsageError(message, typed=handler)
    return found


def _takes_two(found: Handler) -> bool:
    """Whether it can be called as Lambda calls a handler; yes if its parameters are not known."""
    try:
        inspect.signature(found).bind(None, None)
    except TypeError:
        return False
    except ValueError:
        # Some built-in functions have no signature.
        return True
    return True


def _imported(path: str) -> Handler:
    module_name, _, name = path.replace(":", ".").rpartition(".")
    if not module_name or path.startswith("."):
        message = f"{path!r} is not an import path, for example 'myapp.triggers.post_confirmation'"
        raise UsageError(message, typed=path)
    try:
        module = import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module_name}.".startswith(f"{error.name}."):
            raise
        raise UsageError(f"{path!r}: there is no module {error.name!r}", typed=path) from None
    if not hasattr(module, name):
        known = [each for each, thing in vars(module).items() if callable(thing)]
        raise unknown_name(f"{module_name} has no function", name, known)
    found: Handler = getattr(module, name)
    return found


def _instance(raises: BaseException | type[BaseException]) -> BaseException:
    if isinstance(raises, BaseException):
        return raises
    if not (isinstance(raises, type) and issubclass(raises, BaseException)):
        message = f"raises must be an exception, for example ValueError('mail is down'); got {raises!r}"
        raise UsageError(message, typed=raises)
    try:
        return raises()
    except TypeError as error:
        message = f"raises={raises.__name__} needs arguments; pass an instance: {error}"
        raise UsageError(message, typed=raises) from None
