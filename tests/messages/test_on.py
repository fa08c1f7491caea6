"""What an author is told of a function that cannot stand at a trigger."""

from __future__ import annotations

import functools
import re

import pytest

from pytest_cognito_pool import UsageError


def told(call, *args, **given):
    with pytest.raises(UsageError) as caught:
        call(*args, **given)
    return str(caught.value)


def answers(event, context):
    return event


async def awaits(event, context):
    return event


TRIGGERS = (
    "'CreateAuthChallenge', 'CustomEmailSender', 'CustomMessage', 'CustomSMSSender', 'DefineAuthChallenge', "
    "'InboundFederation', 'PostAuthentication', 'PostConfirmation' and 5 more"
)


@pytest.mark.parametrize(
    ("trigger", "hint"),
    [
        ("PostConfirm", "did you mean 'PostConfirmation'?"),
        ("postconfirmation", "did you mean 'PostConfirmation'?"),
        ("PreSignUp_Admin", "did you mean 'PreSignUp_SignUp' or 'PreSignUp' or 'PreSignUp_AdminCreateUser'?"),
        ("PostConfirmation_Confirm", "did you mean 'PostConfirmation_ConfirmSignUp' or 'PostConfirmation'?"),
        ("xyz", f"known names: {TRIGGERS}"),
        ("", f"known names: {TRIGGERS}"),
        (None, f"known names: {TRIGGERS}"),
        pytest.param(["PreSignUp"], "did you mean 'PreSignUp'?"),
    ],
)
def test_an_unknown_trigger_or_source(cognito_pool, trigger, hint):
    for given in ({"handler": answers}, {}, {"missing": True}):
        assert told(cognito_pool.on, trigger, **given) == (
            f"Cognito has no trigger or trigger source {trigger!r}; {hint}"
        )


def test_a_decorator_without_its_trigger(cognito_pool):
    assert told(cognito_pool.on, answers) == (
        f"Cognito has no trigger or trigger source {answers!r}; known names: {TRIGGERS}"
    )


@pytest.mark.parametrize("handler", [5, {}, [], False, b"myapp.triggers.post_confirmation"])
def test_what_is_no_function(cognito_pool, handler):
    message = f"{handler!r} is not a function; a handler is called with (event, context)"
    assert told(cognito_pool.on, "PreSignUp", handler) == message
    assert told(cognito_pool.on("PreSignUp"), handler) == message


@pytest.mark.parametrize("handler", [awaits, functools.partial(awaits, None)])
def test_a_coroutine_function(cognito_pool, handler):
    message = f"{handler!r} is a coroutine function; Lambda does not await handlers"
    assert told(cognito_pool.on, "PreSignUp", handler) == message
    assert told(cognito_pool.on("PreSignUp"), handler) == message


def test_an_object_that_is_called_with_await(cognito_pool):
    class Awaits:
        async def __call__(self, event, context):
            return event

    handler = Awaits()
    assert told(cognito_pool.on, "PreSignUp", handler) == (
        f"{handler!r} is a coroutine function; Lambda does not await handlers"
    )


NO_PATH = "is not an import path, for example 'myapp.triggers.post_confirmation'"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("post_confirmation", f"'post_confirmation' {NO_PATH}"),
        ("", f"'' {NO_PATH}"),
        (".post_confirmation", f"'.post_confirmation' {NO_PATH}"),
        (":post_confirmation", f"':post_confirmation' {NO_PATH}"),
        pytest.param(".triggers.post_confirmation", f"'.triggers.post_confirmation' {NO_PATH}"),
        pytest.param("..post_confirmation", f"'..post_confirmation' {NO_PATH}"),
        ("no_app.post_confirmation", "'no_app.post_confirmation': there is no module 'no_app'"),
        ("no_app.triggers:post", "'no_app.triggers:post': there is no module 'no_app'"),
        ("json.triggers.post_confirmation", "'json.triggers.post_confirmation': there is no module 'json.triggers'"),
        ("json.load_", "json has no function 'load_'; did you mean 'load' or 'loads'?"),
        (
            "json:post_confirmation",
            (
                "json has no function 'post_confirmation'; known names: 'JSONDecodeError', 'JSONDecoder', "
                "'JSONEncoder', 'detect_encoding', 'dump', 'dumps', 'load', 'loads'"
            ),
        ),
        ("json.codecs", "'json.codecs' is not a function; a handler is called with (event, context)"),
        ("os.sep", "'os.sep' is not a function; a handler is called with (event, context)"),
        ("asyncio.sleep", "'asyncio.sleep' is a coroutine function; Lambda does not await handlers"),
    ],
)
def test_a_dotted_name_of_no_function(cognito_pool, path, message):
    assert told(cognito_pool.on, "PreSignUp", path) == message
    assert told(cognito_pool.on("PreSignUp"), path) == message


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"handler": answers, "returns": None}, "a function, returns"),
        ({"handler": answers, "raises": KeyError}, "a function, raises"),
        ({"returns": {}, "missing": True}, "returns, missing"),
        ({"missing": True, "times_out": True}, "missing, times_out"),
        (
            {"handler": answers, "returns": 0, "raises": ValueError("x"), "missing": True, "times_out": True},
            "a function, returns, raises, missing, times_out",
        ),
    ],
)
def test_more_than_one_at_once(cognito_pool, given, names):
    assert told(cognito_pool.on, "PreSignUp", **given) == f"on('PreSignUp') takes only one of: {names}"


@pytest.mark.parametrize("raises", ["mail is down", int, 5, answers, [ValueError]])
def test_what_is_no_exception(cognito_pool, raises):
    assert told(cognito_pool.on, "PreSignUp", raises=raises) == (
        f"raises must be an exception, for example ValueError('mail is down'); got {raises!r}"
    )


def test_an_exception_that_needs_arguments(cognito_pool):
    class DownError(Exception):
        def __init__(self, server):
            super().__init__(server)

    message = told(cognito_pool.on, "PreSignUp", raises=DownError)
    assert re.fullmatch(
        r"raises=DownError needs arguments; pass an instance: "
        r".*__init__\(\) missing 1 required positional argument: 'server'",
        message,
    )


def test_a_with_block_of_a_decorator(cognito_pool):
    attachment = cognito_pool.on("PreSignUp_SignUp")
    assert told(attachment.__enter__) == "on('PreSignUp_SignUp') was given no function to attach"


@pytest.mark.parametrize("given", [{"handler": answers}, {"missing": True}], ids=["a function", "missing"])
def test_a_decorator_that_has_its_function(cognito_pool, given):
    attachment = cognito_pool.on("PreSignUp", **given)
    shown = repr(given.get("handler")) if "handler" in given else "missing=True"
    assert told(attachment, answers) == f"<TriggerHandler of PreSignUp> has a function already, {shown}"


def test_a_decorator_used_twice(cognito_pool):
    attachment = cognito_pool.on("PreSignUp")
    attachment(answers)
    assert told(attachment, lambda event, context: event) == (
        f"<TriggerHandler of PreSignUp> has a function already, {answers!r}"
    )


def test_what_was_typed_is_kept(cognito_pool):
    with pytest.raises(UsageError) as caught:
        cognito_pool.on("PostConfirm")
    assert (caught.value.typed, caught.value.suggestions) == ("PostConfirm", ("PostConfirmation",))
    with pytest.raises(UsageError) as caught:
        cognito_pool.on("PreSignUp", "json.load_")
    assert (caught.value.typed, caught.value.suggestions) == ("load_", ("load", "loads"))


def test_nothing_is_attached(cognito_pool, cognito_idp):
    for given in ({"handler": 5}, {"raises": 5}, {"missing": True, "times_out": True}):
        told(cognito_pool.on, "PreSignUp", **given)
    cognito_idp.admin_create_user(UserPoolId=cognito_pool.id, Username="ana")
    assert cognito_pool.triggers.one("PreSignUp").handler is None


def test_a_function_that_cannot_take_an_event_and_a_context(cognito_pool):
    def no_context(event):
        return event

    assert told(cognito_pool.on, "PreSignUp", no_context) == (
        f"{no_context.__module__}.{no_context.__qualname__} has the signature (event); "
        "a handler is called with (event, context)"
    )
    # Some built-in functions do not say what they take.
    cognito_pool.on("PreSignUp", max)
    cognito_pool.on("PreSignUp", lambda *_: None)
