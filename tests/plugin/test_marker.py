"""The marker `cognito_pool`."""

from __future__ import annotations

import pytest

from pytest_cognito_pool._service.pool import settings

NAME = """
    import pytest

    def name(client):
        return client.describe_user_pool(UserPoolId="us-east-1_TestPool1")["UserPool"]["Name"]
"""


def test_a_function_has_its_own_settings(suite):
    suite.passes(
        f"""{NAME}
    @pytest.mark.cognito_pool(PoolName="customers", UsernameAttributes=["email"])
    def test_marked(cognito_pool, cognito_idp):
        assert name(cognito_idp) == "customers"
        cognito_pool.add_user("ana@example.com")

    def test_unmarked(cognito_pool, cognito_idp):
        assert name(cognito_idp) == "pytest-cognito-pool"
    """
    )


def test_the_marker_fixes_the_id(suite):
    suite.passes(
        """
        import pytest

        @pytest.mark.cognito_pool(Id="us-east-1_AbCdEf123")
        def test_id(cognito, cognito_pool):
            assert cognito_pool.id == "us-east-1_AbCdEf123"
            assert list(cognito.pools) == ["us-east-1_AbCdEf123"]
        """
    )


def test_the_innermost_marker_wins(suite):
    suite.passes(
        f"""{NAME}
    pytestmark = pytest.mark.cognito_pool(PoolName="module")

    def test_module(cognito_pool, cognito_idp):
        assert name(cognito_idp) == "module"

    @pytest.mark.cognito_pool(PoolName="class")
    class TestClass:
        def test_class(self, cognito_pool, cognito_idp):
            assert name(cognito_idp) == "class"

        @pytest.mark.cognito_pool(PoolName="function")
        def test_function(self, cognito_pool, cognito_idp):
            assert name(cognito_idp) == "function"
    """
    )


def test_the_outer_one_of_two_decorators_wins(suite):
    suite.passes(
        f"""{NAME}
    @pytest.mark.cognito_pool(PoolName="outer")
    @pytest.mark.cognito_pool(PoolName="inner")
    def test_decorators(cognito_pool, cognito_idp):
        assert name(cognito_idp) == "outer"
    """
    )


def test_the_marker_of_a_derived_class_wins(suite):
    suite.passes(
        f"""{NAME}
    @pytest.mark.cognito_pool(PoolName="base")
    class Base:
        expected = "base"

        def test_name(self, cognito_pool, cognito_idp):
            assert name(cognito_idp) == self.expected

    class TestBase(Base):
        pass

    @pytest.mark.cognito_pool(PoolName="derived")
    class TestDerived(Base):
        expected = "derived"
    """
    )


def test_the_marker_of_a_parameter_wins(suite):
    suite.passes(
        f"""{NAME}
    @pytest.mark.cognito_pool(PoolName="function")
    @pytest.mark.parametrize(
        "expected", ["function", pytest.param("parameter", marks=pytest.mark.cognito_pool(PoolName="parameter"))]
    )
    def test_parameter(cognito_pool, cognito_idp, expected):
        assert name(cognito_idp) == expected
    """
    )


def test_whole_keys_are_replaced_and_the_others_stay(suite):
    suite.passes(
        """
        import pytest

        @pytest.fixture
        def cognito_pool_settings():
            return {
                "PoolName": "fixture",
                "UserPoolTags": {"a": "fixture", "b": "fixture"},
                "Policies": {"PasswordPolicy": {"MinimumLength": 20, "RequireSymbols": True}},
            }

        @pytest.mark.cognito_pool(PoolName="class", UserPoolTags={"c": "class"})
        class TestClass:
            @pytest.mark.cognito_pool(Policies={"PasswordPolicy": {"RequireNumbers": True}})
            def test_keys(self, cognito_pool, cognito_idp):
                pool = cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)["UserPool"]
                assert pool["Name"] == "class"
                assert pool["UserPoolTags"] == {"c": "class"}
                policy = pool["Policies"]["PasswordPolicy"]
                assert (policy["MinimumLength"], policy["RequireSymbols"], policy["RequireNumbers"]) == (8, False, True)
        """
    )


def test_a_test_without_a_pool_may_be_marked(suite):
    suite.passes(
        """
        import pytest

        pytestmark = pytest.mark.cognito_pool(PoolName="module")

        def test_nothing():
            pass

        def test_account(cognito):
            assert not cognito.pools
        """
    )


def test_the_marker_is_for_the_pool_of_the_fixture_alone(suite):
    suite.passes(
        """
        import pytest

        @pytest.mark.cognito_pool(UsernameAttributes=["email"])
        def test_second(cognito, cognito_pool):
            cognito.create_pool().add_user("ana")
        """
    )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ('"us-east-1_A"', "the cognito_pool marker takes settings by name, not ('us-east-1_A',)"),
        (
            'UsernameAttribute=["email"]',
            ("cognito_pool settings: unknown pool setting 'UsernameAttribute'; did you mean 'UsernameAttributes'?"),
        ),
        (
            'UsernameAttributes="email"',
            (
                "cognito_pool settings: Invalid type for parameter UsernameAttributes, value: email, "
                "type: <class 'str'>, "
                "valid types: <class 'list'>, <class 'tuple'>"
            ),
        ),
        (
            'Policies={"PasswordPolicy": {"MinimumLength": 3}}',
            (
                "cognito_pool settings: Invalid value for parameter Policies.PasswordPolicy.MinimumLength, value: 3, "
                "valid min value: 6"
            ),
        ),
        (
            'Policies={"PasswordPolicy": {"MinLength": 8}}',
            ("cognito_pool settings: Policies.PasswordPolicy has no member 'MinLength'; did you mean 'MinimumLength'?"),
        ),
        (
            'UsernameAttributes=["email"], AliasAttributes=["email"]',
            (
                "cognito_pool settings: Cognito refuses that: InvalidParameterException: "
                "Only one of the aliasAttributes "
                "or usernameAttributes can be set in a User pool.\n"
                "UsernameAttributes=['email'], AliasAttributes=['email']"
            ),
        ),
        ('Id="pool"', "cognito_pool settings: invalid pool Id 'pool'; a valid one is 'us-east-1_AbCdEf123'"),
    ],
    ids=["positional", "unknown", "wrong-type", "wrong-value", "unknown-inside", "contradiction", "id"],
)
def test_wrong_settings_are_refused_at_set_up(suite, given, message):
    run = suite.run(f"import pytest\n@pytest.mark.cognito_pool({given})\ndef test_marked(cognito_pool):\n    pass\n")
    assert run.outcomes == {"errors": 1}
    assert run.problem("test_marked", "setup") == message


@pytest.mark.parametrize("given", ["UserPoolTier='GOLD'", "UsernameAttributes=['mail']"])
def test_a_value_outside_its_enum_names_what_there_is(suite, given):
    run = suite.run(f"import pytest\n@pytest.mark.cognito_pool({given})\ndef test_marked(cognito_pool):\n    pass\n")
    problem = run.problem("test_marked", "setup")
    assert problem.startswith("cognito_pool settings: Cognito refuses that: InvalidParameterException: 1 validation")
    assert "Member must satisfy enum value set: [" in problem
    # The service's words are all there is to say.
    assert len(problem.splitlines()) == 1


def test_a_setting_that_is_not_simulated_is_refused_at_set_up(suite, monkeypatch):
    monkeypatch.setattr(settings, "KNOWN", settings.KNOWN - {"DeviceConfiguration"})
    run = suite.run(
        """
        import pytest

        @pytest.mark.cognito_pool(DeviceConfiguration={})
        def test_marked(cognito_pool):
            pass
        """
    )
    assert run.outcomes == {"errors": 1}
    # `cognito.answer` replaces replies; it cannot make the fixture's pool.
    assert run.problem("test_marked", "setup") == (
        "cognito_pool settings: CreateUserPool with DeviceConfiguration is not simulated by pytest-cognito-pool.\n"
        "Leave it out, or, if the application makes this call, give your own reply: "
        "cognito.answer('CreateUserPool', {...})"
    )


def test_the_marker_is_registered(suite):
    run = suite.run("", "--markers")
    assert (
        "@pytest.mark.cognito_pool(**settings): CreateUserPool's own keys for the test's user pool. Each replaces the "
        "whole value from the cognito_pool_settings fixture or from an outer marker."
    ) in run.text


def test_the_clients_region_is_that_of_the_pools_id(suite):
    run = suite.run(
        """
        import boto3
        import pytest

        @pytest.mark.cognito_pool(Id="eu-west-1_AbCdEf123")
        def test_region(cognito_pool, cognito_idp, monkeypatch):
            cognito_pool.add_user("ana", status="UNCONFIRMED")
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
            assert cognito_idp.meta.region_name == boto3.client("cognito-idp").meta.region_name == "eu-west-1"
        """,
        env={"AWS_DEFAULT_REGION": ""},
    )
    assert run.outcomes == {"passed": 1}


def test_the_app_clients_id(suite):
    run = suite.run(
        """
        import pytest

        @pytest.mark.cognito_pool(client_id="myclient")
        def test_marked(cognito_pool, cognito_idp):
            assert cognito_pool.client.id == "myclient"
            cognito_idp.sign_up(ClientId="myclient", Username="ana", Password="Passw0rd!")

        @pytest.mark.cognito_pool(client_id="my client")
        def test_wrong(cognito_pool):
            pass
        """
    )
    assert run.outcomes == {"passed": 1, "errors": 1}
    assert run.problem("test_wrong", "setup") == (
        "cognito_pool settings: invalid ClientId 'my client'; a valid one is '1example23456789'"
    )
