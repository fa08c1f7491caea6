"""What an author is told of a time to which the clock does not go."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from pytest_cognito_pool import UsageError


def told(move, *args, **given):
    with pytest.raises(UsageError) as caught:
        move(*args, **given)
    return str(caught.value)


@pytest.mark.parametrize("by", [25, 0, 1.5, "1h", [], datetime(2030, 1, 1, tzinfo=timezone.utc)])
def test_a_step_that_is_no_timedelta(cognito, by):
    message = f"advance() takes a timedelta or named amounts, not {by!r}; try hours=25"
    assert told(cognito.clock.advance, by) == message
    assert told(cognito.clock.advance, by, hours=1) == message


@pytest.mark.parametrize(
    ("by", "named", "step"),
    [
        ((), {}, "0:00:00"),
        ((timedelta(),), {}, "0:00:00"),
        ((), {"hours": -1}, "-1 day, 23:00:00"),
        ((timedelta(hours=-25),), {}, "-2 days, 23:00:00"),
        ((timedelta(hours=1),), {"hours": -1}, "0:00:00"),
        ((), {"seconds": -0.5}, "-1 day, 23:59:59.500000"),
    ],
)
def test_no_step_forward(cognito, by, named, step):
    assert told(cognito.clock.advance, *by, **named) == (
        f"advance() needs a positive step, got {step}; use move_to(...) to go back"
    )


@pytest.mark.parametrize("hours", ["25", float("nan"), float("inf"), 1e20])
def test_a_step_that_no_timedelta_has(cognito, hours):
    assert repr(hours) in told(cognito.clock.advance, hours=hours)


@pytest.mark.parametrize("when", ["2030-01-01", 1893456000, None, date(2030, 1, 1), timedelta(hours=1)])
def test_a_moment_that_is_no_datetime(cognito, when):
    assert told(cognito.clock.move_to, when) == f"move_to() takes a datetime, not {when!r}"


def test_a_moment_without_a_time_zone(cognito):
    when = datetime(2030, 1, 1)  # noqa: DTZ001 - as an author may write it
    assert told(cognito.clock.move_to, when) == (
        "datetime.datetime(2030, 1, 1, 0, 0) has no time zone; give it one: tzinfo=timezone.utc"
    )


def test_beyond_the_last_year(cognito):
    told(cognito.clock.advance, days=10_000 * 366)


@pytest.mark.parametrize("year", [9990, 9999])
def test_a_moment_at_the_end_of_the_calendar(cognito, cognito_idp, year):
    """After which nothing could expire."""
    when = datetime(year, 12, 31, tzinfo=timezone.utc)
    assert told(cognito.clock.move_to, when) == (
        f"the clock cannot move to {when}: later expiry dates would be out of range"
    )
    assert told(cognito.clock.move_to, datetime.max.replace(tzinfo=timezone.utc)).startswith("the clock cannot move to")
    assert cognito_idp.list_user_pools(MaxResults=1)["UserPools"] == []


@pytest.mark.parametrize("when", [datetime(9980, 1, 1, tzinfo=timezone.utc), datetime.min.replace(tzinfo=timezone.utc)])
def test_a_moment_far_away(cognito, cognito_pool, cognito_idp, when):
    cognito.clock.move_to(when)
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
    assert cognito_pool.users["ana"].created.year == when.year


def test_what_was_typed_is_kept(cognito):
    for move, typed in ((cognito.clock.advance, 25), (cognito.clock.move_to, "x")):
        with pytest.raises(UsageError) as caught:
            move(typed)
        assert caught.value.typed == typed
