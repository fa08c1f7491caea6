"""What an author is told by a log that has not what was asked for."""

from __future__ import annotations

import contextlib

import pytest

from pytest_cognito_pool import PostConfirmationEvent, UsageError


@pytest.fixture
def ask(cognito_pool, cognito_idp):
    """Call an operation on ana, and live with what comes of it."""

    def call(operation="admin_get_user", name="ana", **parameters):
        with contextlib.suppress(cognito_idp.exceptions.ClientError):
            getattr(cognito_idp, operation)(UserPoolId=cognito_pool.id, Username=name, **parameters)

    return call


def failure(one, *args, **parameters):
    with pytest.raises(AssertionError) as caught:
        one(*args, **parameters)
    return str(caught.value)


def usage(of, *args, **parameters):
    with pytest.raises(UsageError) as caught:
        of(*args, **parameters)
    return str(caught.value)


GET_ANA = "<AdminGetUser(UserPoolId='us-east-1_TestPool1', Username='ana') -> ok>"


def test_no_call_at_all(cognito_pool):
    assert failure(cognito_pool.calls.one, "SignUp", Username="ana") == (
        "no call of SignUp(Username='ana'); there was no call at all"
    )


def test_one_call_of_another_operation(cognito_pool, ask):
    cognito_pool.add_user("ana")
    ask()
    assert failure(cognito_pool.calls.one, "AdminDeleteUser", Username="ana") == (
        f"no call of AdminDeleteUser(Username='ana'); there was one call:\n  {GET_ANA}  the operation is AdminGetUser"
    )


def test_one_call_with_other_parameters(cognito_pool, ask):
    cognito_pool.add_user("ana")
    ask()
    assert failure(cognito_pool.calls.one, "AdminGetUser", Username="bob", UserPoolId="us-east-1_Other") == (
        "no call of AdminGetUser(Username='bob', UserPoolId='us-east-1_Other'); there was one call:\n"
        f"  {GET_ANA}  Username is 'ana', UserPoolId is 'us-east-1_TestPool1'"
    )


def test_one_call_without_the_parameter(cognito_pool, ask):
    ask("admin_confirm_sign_up")
    assert failure(cognito_pool.calls.one, "AdminConfirmSignUp", ClientMetadata={"plan": "pro"}) == (
        "no call of AdminConfirmSignUp(ClientMetadata={'plan': 'pro'}); there was one call:\n"
        "  <AdminConfirmSignUp(UserPoolId='us-east-1_TestPool1', Username='ana') -> UserNotFoundException>"
        "  it has no ClientMetadata"
    )


def test_several_other_calls_are_listed_nearest_first(cognito_pool, cognito_idp, ask):
    cognito_pool.add_user("ana")
    cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
    ask(name="bob")
    ask("admin_disable_user")
    ask()
    assert failure(cognito_pool.calls.one, "AdminGetUser", Username="anna") == (
        "no call of AdminGetUser(Username='anna'); there were 4 calls:\n"
        "  <AdminGetUser(UserPoolId='us-east-1_TestPool1', Username='bob') -> UserNotFoundException>"
        "  Username is 'bob'\n"
        f"  {GET_ANA}  Username is 'ana'\n"
        "  <AdminDisableUser(UserPoolId='us-east-1_TestPool1', Username='ana') -> ok>"
        "  the operation is AdminDisableUser\n"
        "  <DescribeUserPool(UserPoolId='us-east-1_TestPool1') -> ok>  the operation is DescribeUserPool"
    )


def test_more_than_five_other_calls(cognito_pool, ask):
    cognito_pool.add_user("ana")
    for _ in range(7):
        ask()
    lines = [f"  {GET_ANA}  the operation is AdminGetUser"] * 5
    assert failure(cognito_pool.calls.one, "SignUp") == "\n".join(
        ["no call of SignUp; there were 7 calls:", *lines, "  and 2 more"]
    )


def test_several_calls_where_one_is_asked_for(cognito_pool, ask):
    cognito_pool.add_user("ana")
    ask()
    ask()
    assert failure(cognito_pool.calls.one, "AdminGetUser") == (
        f"2 calls of AdminGetUser, not one:\n  {GET_ANA}\n  {GET_ANA}"
    )


def test_more_than_five_calls_where_one_is_asked_for(cognito_pool, ask):
    cognito_pool.add_user("ana")
    for _ in range(6):
        ask()
    assert failure(cognito_pool.calls.one, "AdminGetUser", Username="ana") == "\n".join(
        ["6 calls of AdminGetUser(Username='ana'), not one:", *[f"  {GET_ANA}"] * 5, "  and 1 more"]
    )


def test_passwords_are_masked_in_what_there_was(cognito_pool, ask):
    ask("admin_set_user_password", Password="Passw0rd!")
    message = failure(cognito_pool.calls.one, "AdminSetUserPassword", Password="Another0!")
    assert message == (
        "no call of AdminSetUserPassword(Password='***'); there was one call:\n"
        "  <AdminSetUserPassword(UserPoolId='us-east-1_TestPool1', Username='ana', Password='***')"
        " -> UserNotFoundException>  Password is '***'"
    )


OPERATIONS = {
    "SignIn": "Cognito has no operation 'SignIn'; did you mean 'SignUp'?",
    "sign_up": "Cognito has no operation 'sign_up'; did you mean 'SignUp'?",
    "signup": "Cognito has no operation 'signup'; did you mean 'SignUp'?",
    "AdminConfirmSignup": "Cognito has no operation 'AdminConfirmSignup'; did you mean 'AdminConfirmSignUp'?",
}


@pytest.mark.parametrize(("typed", "message"), OPERATIONS.items())
def test_an_unknown_operation(cognito_pool, typed, message):
    # The first suggestion is the one; how many follow depends on the installed model.
    told = usage(cognito_pool.calls.of, typed)
    assert told.startswith(message.removesuffix("?"))
    assert told.endswith("?")
    assert usage(cognito_pool.calls.one, typed) == told


def test_an_operation_unlike_any(cognito_pool):
    message = usage(cognito_pool.calls.of, "Zzz")
    assert message.startswith("Cognito has no operation 'Zzz'; known names: 'AddCustomAttributes', ")
    assert message.endswith(" more")


def test_an_unknown_parameter(cognito_pool):
    assert usage(cognito_pool.calls.of, "SignUp", username="ana") == (
        "SignUp has no parameter 'username'; did you mean 'Username'?"
    )


def test_a_parameter_unlike_any(cognito_pool):
    assert usage(cognito_pool.calls.one, "AdminConfirmSignUp", Zzz=1) == (
        "AdminConfirmSignUp has no parameter 'Zzz'; known names: 'ClientMetadata', 'UserPoolId', 'Username'"
    )


INVOCATION = "<PostConfirmation_ConfirmSignUp for 'ana'>"


@pytest.fixture
def confirm(cognito_pool, ask):
    """Have ana's sign-up confirmed so many times."""

    def calls(times):
        for number in range(times):
            name = "ana" if number == 0 else f"ana{number}"
            cognito_pool.add_user(name, status="UNCONFIRMED")
            ask("admin_confirm_sign_up", name)

    return calls


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("PostConfirmation", "PostConfirmation"),
        ("PostConfirmation_ConfirmSignUp", "PostConfirmation_ConfirmSignUp"),
        (PostConfirmationEvent, "PostConfirmationEvent"),
    ],
)
def test_no_invocation_at_all(cognito_pool, kind, name):
    assert failure(cognito_pool.triggers.one, kind) == f"no invocation of {name}; there was no invocation at all"


def test_one_invocation_of_another_source(cognito_pool, confirm):
    confirm(1)
    assert failure(cognito_pool.triggers.one, "PostConfirmation_ConfirmForgotPassword") == (
        f"no invocation of PostConfirmation_ConfirmForgotPassword; there was one invocation:\n  {INVOCATION}"
    )


def test_several_invocations_of_another_source(cognito_pool, confirm):
    confirm(2)
    assert failure(cognito_pool.triggers.one, "PostConfirmation_ConfirmForgotPassword") == (
        "no invocation of PostConfirmation_ConfirmForgotPassword; there were 2 invocations:\n"
        f"  {INVOCATION}\n  <PostConfirmation_ConfirmSignUp for 'ana1'>"
    )


def test_several_invocations_where_one_is_asked_for(cognito_pool, confirm):
    confirm(2)
    assert failure(cognito_pool.triggers.one, PostConfirmationEvent) == (
        "2 invocations of PostConfirmationEvent, not one:\n"
        f"  {INVOCATION}\n  <PostConfirmation_ConfirmSignUp for 'ana1'>"
    )


def test_more_than_five_invocations_where_one_is_asked_for(cognito_pool, confirm):
    confirm(7)
    message = failure(cognito_pool.triggers.one, "PostConfirmation")
    assert message.splitlines()[0] == "7 invocations of PostConfirmation, not one:"
    assert message.splitlines()[-1] == "  and 2 more"
    assert len(message.splitlines()) == 7


def test_an_unknown_trigger(cognito_pool):
    assert usage(cognito_pool.triggers.of, "PostConfirm") == (
        "Cognito has no trigger or trigger source 'PostConfirm'; did you mean 'PostConfirmation'?"
    )


def test_an_unknown_trigger_source(cognito_pool):
    assert usage(cognito_pool.triggers.one, "PostConfirmation_SignUp").startswith(
        "Cognito has no trigger or trigger source 'PostConfirmation_SignUp'; "
        "did you mean 'PostConfirmation_ConfirmSignUp'"
    )


@pytest.mark.parametrize("trigger", ["PreSignUp", "CustomMessage_SignUp", "PreTokenGeneration"])
def test_a_trigger_that_cognito_has_is_known(cognito_pool, trigger):
    assert cognito_pool.triggers.of(trigger) == []


class TestByUser:
    @pytest.fixture
    def confirmed(self, cognito_pool, cognito_idp):
        for name in ("ana", "bob"):
            cognito_pool.add_user(name, status="UNCONFIRMED")
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username=name)

    def test_of_one_user(self, cognito_pool, confirmed):
        assert cognito_pool.triggers.one(PostConfirmationEvent, username="bob").event.user_name == "bob"
        assert cognito_pool.triggers.one(username="ana@example.com").event.user_name == "ana"
        assert len(cognito_pool.triggers.of(username="ana")) == 1
        assert len(cognito_pool.triggers.of()) == 2

    def test_of_nobody(self, cognito_pool, confirmed):
        assert failure(cognito_pool.triggers.one, "PreSignUp", username="bob") == (
            "no invocation of PreSignUp for 'bob'; there were 2 invocations:\n"
            "  <PostConfirmation_ConfirmSignUp for 'bob'>\n"
            "  <PostConfirmation_ConfirmSignUp for 'ana'>"
        )

    def test_several(self, cognito_pool, confirmed):
        assert failure(cognito_pool.triggers.one).startswith("2 invocations, not one:\n")
        assert failure(cognito_pool.triggers.one, username="cho").startswith("no invocation for 'cho'; there were 2")


def test_the_only_call(cognito_pool, ask):
    assert failure(cognito_pool.calls.one) == "no call; there was no call at all"
    ask()
    assert cognito_pool.calls.one().operation == "AdminGetUser"
    ask()
    assert failure(cognito_pool.calls.one).startswith("2 calls, not one:\n")


def test_parameters_need_their_operation(cognito_pool):
    assert usage(cognito_pool.calls.one, Username="ana") == (
        "name the operation that the parameters belong to, for example one('AdminConfirmSignUp', Username='ana')"
    )
