"""What a failing test shows of the functions that ran, and of the calls they made."""

from __future__ import annotations

import textwrap

import pytest

# The application of these suites confirms users, and lives with what comes of it.
APPLICATION = """\
import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def confirm(cognito_pool, cognito_idp):
    def call(name="ana"):
        cognito_pool.add_user(name, status="UNCONFIRMED")
        try:
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username=name)
        except ClientError:
            pass

    return call


"""
CONFIRMED = "AdminConfirmSignUp(Username='ana') -> ok, 'ana' UNCONFIRMED -> CONFIRMED"
SOURCE = "PostConfirmation_ConfirmSignUp"


def code_of(body):
    return APPLICATION + textwrap.dedent(body).lstrip("\n")


def line_of(body, part):
    """The number of the only line of the module that has it."""
    (number,) = [number for number, line in enumerate(code_of(body).splitlines(), 1) if part in line]
    return number


def shown(suite, body, test="test_it", *args):
    run = suite.run(code_of(body), *args)
    assert run.outcomes == {"failed": 1}, run.text
    return run.calls(test)


def test_a_function_that_answers(suite):
    body = """
        def test_it(cognito_pool, confirm):
            @cognito_pool.on("PostConfirmation")
            def welcome(event, context):
                return event

            confirm()
            assert False
    """
    assert shown(suite, body) == f" 1  {CONFIRMED}\n      {SOURCE} -> test_suite.test_it.<locals>.welcome"


def test_functions_of_all_kinds(suite):
    body = """
        class Application:
            def welcome(self, event, context):
                return event

        class Object:
            def __repr__(self):
                return "<an object>"

            def __call__(self, event, context):
                return event

        def test_it(cognito_pool, confirm):
            for name, handler in {"ana": Application().welcome, "bob": Object(), "eve": "operator.getitem"}.items():
                with cognito_pool.on("PostConfirmation", handler):
                    confirm(name)
            assert False
    """
    lines = shown(suite, body).splitlines()
    assert lines[:5] == [
        f" 1  {CONFIRMED}",
        f"      {SOURCE} -> test_suite.Application.welcome",
        f" 2  {CONFIRMED}".replace("ana", "bob"),
        f"      {SOURCE} -> <an object>",
        " 3  AdminConfirmSignUp(Username='eve') -> UserLambdaValidationException, 'eve' UNCONFIRMED -> CONFIRMED",
    ]


def test_a_function_that_raises_shows_its_own_traceback(suite):
    body = """
        def fails(event, context):
            deeper(event["userName"])

        def deeper(name):
            raise ValueError(f"no plan for {name}")

        def test_it(cognito_pool, confirm):
            cognito_pool.on("PostConfirmation", fails)
            confirm()
            assert False
    """
    assert shown(suite, body) == (
        " 1  AdminConfirmSignUp(Username='ana') -> UserLambdaValidationException, 'ana' UNCONFIRMED -> CONFIRMED\n"
        f"      {SOURCE} -> test_suite.fails\n"
        "        ValueError: no plan for ana\n"
        f"        test_suite.py:{line_of(body, 'deeper(event')}: in fails\n"
        '            deeper(event["userName"])\n'
        f"        test_suite.py:{line_of(body, 'raise ValueError')}: in deeper\n"
        '            raise ValueError(f"no plan for {name}")\n'
        "      PostConfirmation failed with error no plan for ana."
    )


def test_the_frames_of_botocore_are_not_shown(suite):
    body = """
        def test_it(cognito_pool, cognito_idp, confirm):
            @cognito_pool.on("PostConfirmation")
            def looks(event, context):
                cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="bob")
                return event

            confirm()
            assert False
    """
    text = "An error occurred (UserNotFoundException) when calling the AdminGetUser operation: User does not exist."
    assert shown(suite, body) == (
        " 1  AdminConfirmSignUp(Username='ana') -> UserLambdaValidationException, 'ana' UNCONFIRMED -> CONFIRMED\n"
        f"      {SOURCE} -> test_suite.test_it.<locals>.looks\n"
        "       2  AdminGetUser(Username='bob') -> UserNotFoundException\n"
        "            User does not exist.\n"
        "            why: no user of us-east-1_TestPool1 has the name 'bob'; known names: 'ana'\n"
        f"        botocore.errorfactory.UserNotFoundException: {text}\n"
        f"        test_suite.py:{line_of(body, 'admin_get_user')}: in looks\n"
        '            cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="bob")\n'
        f"      PostConfirmation failed with error {text}."
    )


def test_an_error_of_several_lines(suite):
    body = """
        def test_it(cognito_pool, confirm):
            cognito_pool.on("PostConfirmation", raises=ValueError("one\\n  two\\n\\nthree"))
            confirm()
            assert False
    """
    assert shown(suite, body) == (
        " 1  AdminConfirmSignUp(Username='ana') -> UserLambdaValidationException, 'ana' UNCONFIRMED -> CONFIRMED\n"
        f"      {SOURCE} -> raises=ValueError('one\\n  two\\n\\nthree')\n"
        "        ValueError: one\n"
        "          two\n"
        "\n"
        "        three\n"
        "      PostConfirmation failed with error one\n"
        "      two\n"
        "\n"
        "      three."
    )


@pytest.mark.parametrize(
    ("given", "error", "rest"),
    [
        (
            "missing=True",
            "UnexpectedLambdaException",
            [
                "{source} -> missing=True",
                "PostConfirmation invocation failed due to error AccessDeniedException.",
                "why: Lambda could not run it",
            ],
        ),
        (
            "times_out=True",
            "UnexpectedLambdaException",
            [
                "{source} -> times_out=True, 3 times",
                "PostConfirmation invocation failed due to error Socket timeout while invoking Lambda function.",
                "why: no answer within 5 seconds, three times",
            ],
        ),
        (
            "returns=None",
            "InvalidLambdaResponseException",
            [
                "{source} -> returns=None",
                "Invalid lambda function output : Invalid JSON",
                "why: the function returned None; it must return the event",
            ],
        ),
        (
            "returns={1, 2}",
            "UserLambdaValidationException",
            [
                "{source} -> returns={{1, 2}}",
                (
                    "PostConfirmation failed with error Unable to marshal response: Object of type set is not JSON "
                    "serializable."
                ),
                "why: the function's return value cannot be written as JSON",
            ],
        ),
        (
            "returns=[]",
            "InvalidLambdaResponseException",
            [
                "{source} -> returns=[]",
                "Unrecognizable lambda output",
                "why: the function returned []; it must return the event",
            ],
        ),
        (
            "raises=ValueError('mail is down')",
            "UserLambdaValidationException",
            [
                "{source} -> raises=ValueError('mail is down')",
                "  ValueError: mail is down",
                "PostConfirmation failed with error mail is down.",
            ],
        ),
    ],
    ids=["missing", "times_out", "none", "no-json", "no-event", "raises"],
)
def test_what_stands_for_a_function(suite, given, error, rest):
    body = f"""
        def test_it(cognito_pool, confirm):
            cognito_pool.on("PostConfirmation", {given})
            confirm()
            assert False
    """
    lines = [f" 1  AdminConfirmSignUp(Username='ana') -> {error}, 'ana' UNCONFIRMED -> CONFIRMED"]
    lines += [f"      {line.format(source=SOURCE)}" for line in rest]
    assert shown(suite, body) == "\n".join(lines)


def test_a_function_that_takes_too_long(suite):
    body = """
        def test_it(cognito, cognito_pool, confirm):
            @cognito_pool.on("PostConfirmation")
            def slow(event, context):
                cognito.clock.advance(seconds=6)
                return event

            confirm()
            assert False
    """
    assert shown(suite, body) == (
        " 1  AdminConfirmSignUp(Username='ana') -> UnexpectedLambdaException, 'ana' UNCONFIRMED -> CONFIRMED\n"
        f"      {SOURCE} -> test_suite.test_it.<locals>.slow, 3 times\n"
        "      PostConfirmation invocation failed due to error Socket timeout while invoking Lambda function.\n"
        "      why: no answer within 5 seconds, three times"
    )


def test_a_function_that_spoils_its_answer(suite):
    body = """
        def test_it(cognito_pool, cognito_idp):
            @cognito_pool.on("PreSignUp")
            def spoils(event, context):
                event["response"]["autoConfirmUser"] = "yes"
                return event

            with pytest.raises(cognito_idp.exceptions.InvalidLambdaResponseException):
                cognito_idp.sign_up(ClientId=cognito_pool.client.id, Username="ana", Password="Passw0rd!")
            assert False
    """
    lines = shown(suite, body).splitlines()
    assert lines[:3] == [
        " 1  SignUp(Username='ana', Password='***') -> InvalidLambdaResponseException",
        "      PreSignUp_SignUp -> test_suite.test_it.<locals>.spoils",
        "      Unrecognizable lambda output",
    ]
    assert lines[3].startswith("      why: in the answer, ")
    assert "autoConfirmUser" in lines[3]


def test_several_triggers_of_one_call(suite):
    body = """
        @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
        def test_it(cognito_pool, cognito_idp):
            cognito_pool.on("CustomMessage", missing=True)
            email = {"Name": "email", "Value": "ana@example.com"}
            app = {"ClientId": cognito_pool.client.id, "Username": "ana", "Password": "Passw0rd!"}
            cognito_idp.sign_up(**app, UserAttributes=[email])
    """
    assert shown(suite, body) == (
        " 1  SignUp(Username='ana', Password='***', UserAttributes=[{'Name': 'email', 'Value': 'ana@example.com'}])"
        " -> UnexpectedLambdaException\n"
        "      PreSignUp_SignUp -> no function attached\n"
        "      CustomMessage_SignUp -> missing=True\n"
        "      CustomMessage invocation failed due to error AccessDeniedException.\n"
        "      why: Lambda could not run it"
    )


def test_calls_of_a_function_stand_under_it(suite):
    body = """
        def test_it(cognito_pool, cognito_idp, confirm):
            @cognito_pool.on("PostConfirmation")
            def join(event, context):
                pool = {"UserPoolId": event["userPoolId"]}
                cognito_idp.create_group(**pool, GroupName="staff")
                cognito_idp.admin_add_user_to_group(**pool, Username="ana", GroupName="staff")
                return event

            cognito_idp.list_groups(UserPoolId=cognito_pool.id)
            confirm()
            cognito_idp.list_groups(UserPoolId=cognito_pool.id)
            assert False
    """
    assert shown(suite, body) == (
        " 1  ListGroups() -> ok\n"
        f" 2  {CONFIRMED}\n"
        f"      {SOURCE} -> test_suite.test_it.<locals>.join\n"
        "       3  CreateGroup(GroupName='staff') -> ok\n"
        "       4  AdminAddUserToGroup(Username='ana', GroupName='staff') -> ok\n"
        " 5  ListGroups() -> ok"
    )


NESTED = """
        def test_it(cognito_pool, cognito_idp, confirm):
            @cognito_pool.on("PostConfirmation")
            def invite(event, context):
                following = {"ana": "bob", "bob": "eve"}.get(event["userName"])
                if following is None:
                    raise ValueError("enough")
                confirm(following)
                cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username=following)
                return event

            confirm()
            assert False
"""


def test_calls_within_calls_within_calls(suite):
    function = f"{SOURCE} -> test_suite.test_it.<locals>.invite"
    assert shown(suite, NESTED) == (
        f" 1  {CONFIRMED}\n"
        f"      {function}\n"
        "       2  AdminConfirmSignUp(Username='bob') -> ok, 'bob' UNCONFIRMED -> CONFIRMED\n"
        f"            {function}\n"
        "             3  AdminConfirmSignUp(Username='eve') -> UserLambdaValidationException,"
        " 'eve' UNCONFIRMED -> CONFIRMED\n"
        f"                  {function}\n"
        "                    ValueError: enough\n"
        f"                    test_suite.py:{line_of(NESTED, 'enough')}: in invite\n"
        '                        raise ValueError("enough")\n'
        "                  PostConfirmation failed with error enough.\n"
        "             4  AdminGetUser(Username='eve') -> ok\n"
        "       5  AdminGetUser(Username='bob') -> ok"
    )


@pytest.mark.parametrize("option", ["--tb=short", "-vv", "--full-trace", "-l"])
def test_nested_calls_are_shown_once_with_any_option(suite, option):
    run = suite.run(code_of(NESTED), option)
    assert run.outcomes == {"failed": 1}
    assert run.text.count(" 3  AdminConfirmSignUp(Username='eve')") == 1


def test_calls_of_a_thread_that_a_function_started(suite):
    body = """
        import threading
        from contextvars import copy_context

        def test_it(cognito_pool, cognito_idp, confirm):
            @cognito_pool.on("PostConfirmation")
            def looks(event, context):
                look = lambda: cognito_idp.list_groups(UserPoolId=cognito_pool.id)
                thread = threading.Thread(target=copy_context().run, args=(look,))
                thread.start()
                thread.join()
                return event

            confirm()
            assert False
    """
    assert shown(suite, body) == (
        f" 1  {CONFIRMED}\n      {SOURCE} -> test_suite.test_it.<locals>.looks\n       2  ListGroups() -> ok"
    )


def test_calls_of_a_function_that_runs_in_a_thread_of_the_application(suite):
    body = """
        import threading

        def test_it(cognito_pool, cognito_idp, confirm):
            @cognito_pool.on("PostConfirmation")
            def looks(event, context):
                cognito_idp.list_groups(UserPoolId=cognito_pool.id)
                return event

            thread = threading.Thread(target=confirm)
            thread.start()
            thread.join()
            assert False
    """
    assert shown(suite, body) == (
        f" 1  {CONFIRMED}\n      {SOURCE} -> test_suite.test_it.<locals>.looks\n       2  ListGroups() -> ok"
    )


def test_a_call_to_another_account_stands_in_a_section_of_its_own(suite):
    body = """
        from pytest_cognito_pool import Cognito

        def test_it(cognito_pool, cognito_idp, confirm):
            with Cognito(region="us-east-1") as inner:
                other = inner.create_pool()

                @cognito_pool.on("PostConfirmation")
                def looks(event, context):
                    cognito_idp.list_groups(UserPoolId=other.id)
                    return event

                confirm()
            assert False
    """
    run = suite.run(code_of(body))
    assert run.calls("test_it", title="Cognito calls (fake 1 of 2)") == (
        f" 1  {CONFIRMED}\n      {SOURCE} -> test_suite.test_it.<locals>.looks"
    )
    assert run.calls("test_it", title="Cognito calls (fake 2 of 2)") == " 1  ListGroups() -> ok"


def test_a_file_outside_of_here_is_named_whole(suite, tmp_path_factory):
    outside = tmp_path_factory.mktemp("elsewhere").joinpath("mailing.py")
    outside.write_text("def send(event, context):\n    raise OSError('down')\n")
    body = f"""
        import sys
        sys.path.insert(0, {str(outside.parent)!r})

        def test_it(cognito_pool, confirm):
            cognito_pool.on("PostConfirmation", "mailing.send")
            confirm()
            assert False
    """
    assert shown(suite, body).splitlines()[1:5] == [
        f"      {SOURCE} -> mailing.send",
        "        OSError: down",
        f"        {outside}:2: in send",
        "            raise OSError('down')",
    ]


def test_a_line_without_its_source(suite):
    body = """
        def test_it(cognito_pool, confirm):
            names = {}
            exec(compile("def fails(event, context): raise ValueError('x')", "<made up>", "exec"), names)
            cognito_pool.on("PostConfirmation", names["fails"])
            confirm()
            assert False
    """
    lines = shown(suite, body).splitlines()
    assert lines[2:] == [
        "        ValueError: x",
        "        <made up>:1: in fails",
        "      PostConfirmation failed with error x.",
    ]


def test_a_lone_surrogate_is_shown_escaped(suite):
    body = r"""
        def test_it(cognito_pool, confirm):
            cognito_pool.on("PostConfirmation", raises=ValueError("\ud800"))
            confirm()
            assert False
    """
    assert "        ValueError: \\ud800\n      PostConfirmation failed with error \\ud800." in shown(suite, body)


SECRETS = """
        import os

        PASSWORD = "Aa1!" + os.urandom(8).hex()
        with open("secrets.txt", "w") as file:
            file.write(PASSWORD)

        def invite(cognito_idp, cognito_pool):
            phone = {"Name": "phone_number", "Value": "+15551234567"}
            user = {"UserPoolId": cognito_pool.id, "Username": "ana", "TemporaryPassword": PASSWORD}
            cognito_idp.admin_create_user(**user, UserAttributes=[phone])

        def swallow(call, *args):
            try:
                call(*args)
            except ClientError:
                pass

"""


@pytest.mark.parametrize(
    "test",
    [
        "assert cognito_pool.outbox == []",
        "assert cognito_pool.outbox[0] == 'x'",
        "assert cognito_pool.outbox[0].body == 'x'",
        "assert cognito_pool.outbox[0].code == 'x'",
        "cognito_pool.outbox.one(username='bob')",
        "assert cognito_pool.triggers == []",
        "assert cognito_pool.triggers[0].payload == {}",
        "assert cognito_pool.triggers[0].answer == 5",
        "assert cognito_pool.triggers[0].calls[0] == 5",
        "assert cognito_pool.triggers[0].calls[0].request == {}",
    ],
)
@pytest.mark.parametrize("option", ["-q", "-vv"])
def test_no_secret_is_printed(suite, test, option):
    body = f"""{SECRETS}
        def test_it(cognito_pool, cognito_idp):
            @cognito_pool.on("PreSignUp")
            def changes(event, context):
                cognito_pool.add_user("bob")
                user = {{"UserPoolId": cognito_pool.id, "Username": "bob"}}
                cognito_idp.admin_set_user_password(**user, Password=PASSWORD)
                return event

            invite(cognito_idp, cognito_pool)
            {test}
    """
    run = suite.run(code_of(body), option)
    assert run.outcomes == {"failed": 1}
    assert suite.pytester.path.joinpath("secrets.txt").read_text() not in run.text
    assert run.calls("test_it").splitlines() == [
        (
            " 1  AdminCreateUser(Username='ana', TemporaryPassword='***', "
            "UserAttributes=[{'Name': 'phone_number', 'Value': '+15551234567'}]) -> ok"
        ),
        "      PreSignUp_AdminCreateUser -> test_suite.test_it.<locals>.changes",
        (
            "       2  AdminSetUserPassword(Username='bob', Password='***') -> ok, "
            "'bob' CONFIRMED -> FORCE_CHANGE_PASSWORD"
        ),
        "      CustomMessage_AdminCreateUser -> no function attached",
    ]


def test_no_secret_is_printed_of_a_function_that_asserts(suite):
    body = f"""{SECRETS}
        def test_it(cognito_pool, cognito_idp):
            @cognito_pool.on("CustomMessage")
            def looks(event, context):
                assert cognito_pool.calls[0].request["TemporaryPassword"] == "another"

            swallow(invite, cognito_idp, cognito_pool)
    """
    run = suite.run(code_of(body), "-vv")
    assert run.outcomes == {"failed": 1}
    assert "'***' == another" in run.text or "'***' == 'another'" in run.text
    assert suite.pytester.path.joinpath("secrets.txt").read_text() not in run.text


def test_a_text_of_a_function_that_is_not_used(suite):
    body = """
        import pytest

        @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
        def test_it(cognito_pool, cognito_idp):
            @cognito_pool.on("CustomMessage")
            def writes(event, context):
                event["response"]["emailMessage"] = "Welcome!"
                return event

            cognito_idp.sign_up(
                ClientId=cognito_pool.client.id, Username="ana", Password="Passw0rd!",
                UserAttributes=[{"Name": "email", "Value": "ana@example.com"}],
            )
            assert "Welcome" in cognito_pool.outbox.one().body
    """
    assert shown(suite, body).splitlines()[-2:] == [
        "      CustomMessage_SignUp -> test_suite.test_it.<locals>.writes",
        "        why: emailMessage was not used: it has no '{####}'",
    ]
