"""Users who tried too many wrong passwords: facts/sign-in.md 3."""

from __future__ import annotations

import pytest

evidence = pytest.mark.evidence
INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
EXCEEDED = ("NotAuthorizedException", "Password attempts exceeded")
documented = evidence("documented", "guide: authentication")


@pytest.fixture
def fail(passed, ana, sign_in, refused):
    """Try a wrong password this many times."""

    def fail(times=1, error=INCORRECT):
        for _ in range(times):
            with refused(*error):
                sign_in(password="Wrong-1!")

    return fail


@evidence("observed", "amazon-cognito-identity-js#506, amplify-js#1234, #9614; how many: documented")
def test_after_five_failures_even_the_right_password_is_refused(fail, sign_in, refused, cognito_pool):
    fail(5)
    with refused(*EXCEEDED):
        sign_in()
    assert cognito_pool.calls[-1].why == "'ana' failed 5 times; locked out for 1 s more"
    assert cognito_pool.users["ana"].locked_for == 1


@documented
def test_attempts_during_the_lock_do_not_count(fail, passed, sign_in):
    fail(5)
    fail(20, EXCEEDED)
    passed(1)
    assert sign_in()["AuthenticationResult"]


@documented
def test_each_lock_is_twice_as_long_up_to_15_minutes(fail, passed, cognito_pool):
    fail(5)
    at = 0
    for expected in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900):
        assert cognito_pool.users["ana"].locked_for == expected
        at += expected
        passed(at - 0.5)
        fail(error=EXCEEDED)
        passed(at)
        fail()
    assert cognito_pool.users["ana"].locked_for == 900


@documented
def test_a_sign_in_after_the_lock_resets_the_failures(fail, passed, sign_in):
    fail(5)
    passed(1)
    sign_in()
    fail(4)
    assert sign_in()["AuthenticationResult"]


@documented
@pytest.mark.parametrize(("seconds", "forgotten"), [(899, False), (900, True)])
def test_15_minutes_without_a_failure_reset_the_failures(fail, passed, cognito_pool, seconds, forgotten):
    fail(4)
    passed(seconds)
    fail()
    assert cognito_pool.users["ana"].locked_for == (0 if forgotten else 1)


@evidence("documented", "guide: public and signed calls alike")
def test_failed_attempts_by_an_administrator_count(passed, ana, sign_in, refused):
    for _ in range(5):
        with refused(*INCORRECT):
            sign_in(password="Wrong-1!", flow="ADMIN_USER_PASSWORD_AUTH")
    with refused(*EXCEEDED):
        sign_in()


@evidence("inferred", "each user has their own failures")
def test_other_users_are_not_locked_out(fail, cognito_pool, sign_in):
    cognito_pool.add_user("bob")
    fail(5)
    assert sign_in("bob")["AuthenticationResult"]


@evidence("inferred", "a snapshot includes the failed attempts")
def test_a_snapshot_includes_the_lock(fail, cognito, cognito_pool, sign_in):
    before = cognito.snapshot()
    fail(5)
    cognito.restore(before)
    assert cognito_pool.users["ana"].locked_for == 0
    assert sign_in()["AuthenticationResult"]
