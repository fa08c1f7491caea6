"""Clock: the machine's time, moved on by as much as a test says, and all that goes by it."""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone

import boto3
import freezegun
import pytest
import time_machine

from pytest_cognito_pool import Clock, Cognito, UsageError

MOMENT = datetime(2031, 5, 6, 7, 8, 9, 123000, tzinfo=timezone.utc)
SOON = timedelta(seconds=30)


@contextmanager
def travel(moment, *, tick):
    with time_machine.travel(moment, tick=tick):
        yield


@contextmanager
def freeze(moment, *, tick):
    with freezegun.freeze_time(moment, tick=tick):
        yield


MOVERS = pytest.mark.parametrize("move", [travel, freeze], ids=["time-machine", "freezegun"])


def machine():
    return datetime.now(tz=timezone.utc)


class TestNow:
    def test_it_is_the_machines(self, cognito):
        before = machine()
        now = cognito.clock.now()
        # To the millisecond, rounded.
        assert before - timedelta(milliseconds=1) <= now <= machine() + timedelta(milliseconds=1)
        assert now.tzinfo is timezone.utc
        assert isinstance(cognito.clock, Clock)

    def test_it_is_of_whole_milliseconds(self, cognito):
        cognito.clock.advance(timedelta(microseconds=1234))
        assert cognito.clock.now().microsecond % 1000 == 0

    def test_it_runs(self, cognito):
        before = cognito.clock.now()
        time.sleep(0.01)
        assert timedelta() < cognito.clock.now() - before < SOON

    def test_its_repr(self, cognito):
        with travel(MOMENT, tick=False):
            assert repr(cognito.clock) == "<Clock 2031-05-06T07:08:09.123000+00:00>"


class TestAdvance:
    @pytest.mark.parametrize(
        ("by", "named", "step"),
        [
            ((), {"seconds": 0.25}, timedelta(seconds=0.25)),
            ((), {"minutes": 61}, timedelta(minutes=61)),
            ((), {"hours": 25}, timedelta(hours=25)),
            ((), {"days": 400}, timedelta(days=400)),
            ((), {"weeks": 1.5}, timedelta(weeks=1.5)),
            ((), {"weeks": 1, "days": 2, "hours": 3, "minutes": 4, "seconds": 5}, timedelta(9, 5, hours=3, minutes=4)),
            ((), {"hours": 1, "minutes": -1}, timedelta(minutes=59)),
            ((timedelta(hours=2),), {}, timedelta(hours=2)),
            ((timedelta(hours=2),), {"minutes": 3}, timedelta(hours=2, minutes=3)),
            ((timedelta(hours=-2),), {"hours": 3}, timedelta(hours=1)),
            ((timedelta(),), {"seconds": 1}, timedelta(seconds=1)),
            ((None,), {"seconds": 1}, timedelta(seconds=1)),
        ],
    )
    def test_by_so_much(self, cognito, by, named, step):
        with travel(MOMENT, tick=False):
            assert cognito.clock.advance(*by, **named) is None
            assert cognito.clock.now() == MOMENT + step

    def test_steps_add_up(self, cognito):
        with travel(MOMENT, tick=False):
            for _ in range(10):
                cognito.clock.advance(seconds=0.1)
            assert cognito.clock.now() == MOMENT + timedelta(seconds=1)

    def test_it_goes_on_running(self, cognito):
        cognito.clock.advance(hours=1)
        before = cognito.clock.now()
        time.sleep(0.01)
        assert cognito.clock.now() > before

    def test_the_machines_time_stays(self, cognito):
        cognito.clock.advance(days=1)
        assert cognito.clock.now() - machine() > timedelta(hours=23)

    @pytest.mark.parametrize("by", [timedelta(), timedelta(seconds=-1), 25, 2.5, "1h"])
    def test_where_it_is_refused_the_time_stays(self, cognito, by):
        with travel(MOMENT, tick=False):
            with pytest.raises(UsageError):
                cognito.clock.advance(by)
            assert cognito.clock.now() == MOMENT


class TestMoveTo:
    @pytest.mark.parametrize(
        "when",
        [
            datetime(2000, 1, 1, tzinfo=timezone.utc),
            datetime(2040, 2, 29, 12, 30, 15, 500000, tzinfo=timezone.utc),
            datetime(2030, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=30))),
            datetime(1969, 12, 31, tzinfo=timezone.utc),
        ],
    )
    def test_later_or_earlier(self, cognito, when):
        assert cognito.clock.move_to(when) is None
        assert timedelta() <= cognito.clock.now() - when < SOON

    def test_it_goes_on_running(self, cognito):
        cognito.clock.move_to(MOMENT)
        time.sleep(0.01)
        assert cognito.clock.now() > MOMENT

    def test_what_was_advanced_before_does_not_count(self, cognito):
        cognito.clock.advance(days=3)
        cognito.clock.move_to(MOMENT)
        cognito.clock.advance(hours=1)
        assert timedelta(hours=1) <= cognito.clock.now() - MOMENT < timedelta(hours=1) + SOON


class TestFollowing:
    @MOVERS
    def test_a_clock_that_stands(self, cognito, move):
        with move(MOMENT, tick=False):
            assert cognito.clock.now() == MOMENT
            cognito.clock.advance(hours=1)
            assert cognito.clock.now() == MOMENT + timedelta(hours=1)

    @MOVERS
    def test_a_clock_that_runs(self, cognito, move):
        with move(MOMENT, tick=True):
            assert timedelta() <= cognito.clock.now() - MOMENT < SOON

    @MOVERS
    def test_what_was_advanced_comes_on_top(self, cognito, move):
        cognito.clock.advance(hours=1)
        with move(MOMENT, tick=False):
            assert cognito.clock.now() == MOMENT + timedelta(hours=1)
        assert timedelta(minutes=59) < cognito.clock.now() - machine() < timedelta(minutes=61)

    @MOVERS
    def test_moving_inside(self, cognito, move):
        with move(MOMENT, tick=False):
            cognito.clock.move_to(MOMENT - timedelta(days=1))
            assert cognito.clock.now() == MOMENT - timedelta(days=1)
            assert machine() == MOMENT

    @MOVERS
    def test_moving_to_a_moment_that_was_made_inside(self, cognito, move):
        with move(MOMENT, tick=False):
            cognito.clock.move_to(datetime.now(tz=timezone.utc) + timedelta(days=1))
            assert cognito.clock.now() == MOMENT + timedelta(days=1)

    @MOVERS
    @pytest.mark.parametrize("tick", [True, False], ids=["runs", "stands"])
    @pytest.mark.parametrize(("seconds", "refused"), [(4, False), (6, True)])
    def test_a_function_that_takes_its_time(self, cognito_pool, cognito_idp, move, tick, seconds, refused):
        """Whoever moves the clock, and whether it runs or stands."""
        durations = []
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        with move(MOMENT, tick=tick):

            @cognito_pool.on("PostConfirmation")
            def slow(event, context):
                with move(MOMENT + timedelta(seconds=seconds * (1 + len(durations))), tick=tick):
                    durations.append(context.get_remaining_time_in_millis())
                    return event

            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert durations == [pytest.approx(max(0, 5000 - seconds * 1000), abs=600)]
        # When it answered the clock was back.
        assert cognito_pool.triggers[0].attempts == 1

    @pytest.mark.parametrize("tick", [True, False], ids=["runs", "stands"])
    def test_a_function_that_time_machine_moves_on(self, cognito_pool, cognito_idp, refused, tick):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        with time_machine.travel(MOMENT, tick=tick) as traveller:

            @cognito_pool.on("PostConfirmation")
            def slow(event, context):
                traveller.shift(6)
                return event

            with refused("UnexpectedLambdaException"):
                cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert cognito_pool.triggers[0].duration == pytest.approx(18, abs=2)

    @pytest.mark.parametrize("tick", [True, False], ids=["runs", "stands"])
    def test_a_function_that_freezegun_moves_on(self, cognito_pool, cognito_idp, refused, tick):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        with freezegun.freeze_time(MOMENT, tick=tick) as frozen:

            @cognito_pool.on("PostConfirmation")
            def slow(event, context):
                frozen.move_to(datetime.now(tz=timezone.utc) + timedelta(seconds=6))
                return event

            with refused("UnexpectedLambdaException"):
                cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert cognito_pool.triggers[0].duration == pytest.approx(18, abs=2)

    @MOVERS
    @pytest.mark.parametrize(
        ("tick", "moved", "left"),
        [
            (True, 0, 5000),
            (True, 2, 3000),
            (False, 0, 5000),
            pytest.param(False, 2, 3000),
        ],
        ids=["runs", "runs-and-moved", "stands", "stands-and-moved"],
    )
    def test_a_breakpoint_takes_no_time(self, cognito, cognito_pool, cognito_idp, move, tick, moved, left):
        remaining = []
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        with move(MOMENT, tick=tick):

            @cognito_pool.on("PostConfirmation")
            def stops(event, context):
                time.sleep(0.7)
                cognito.clock.advance(seconds=moved) if moved else None
                remaining.append(context.get_remaining_time_in_millis())
                return event

            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert remaining == [pytest.approx(left, abs=50)]

    def test_moved_back_takes_no_time(self, cognito, cognito_pool, cognito_idp):
        remaining = []
        cognito_pool.add_user("ana", status="UNCONFIRMED")

        @cognito_pool.on("PostConfirmation")
        def back(event, context):
            cognito.clock.move_to(MOMENT - timedelta(days=9999))
            remaining.append(context.get_remaining_time_in_millis())
            return event

        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert remaining == [5000]
        assert 0 <= cognito_pool.triggers[0].duration < 5


class TestAccounts:
    def test_each_has_its_own(self):
        with travel(MOMENT, tick=False), Cognito() as outer, Cognito() as inner:
            outer.clock.advance(hours=1)
            inner.clock.advance(days=1)
            pools = [outer.create_pool(), inner.create_pool()]
            assert [pool.add_user("ana").created - MOMENT for pool in pools] == [
                timedelta(hours=1),
                timedelta(days=1),
            ]
            client = boto3.client("cognito-idp", region_name=outer.region)
            created = [client.describe_user_pool(UserPoolId=pool.id)["UserPool"]["CreationDate"] for pool in pools]
            assert [each - MOMENT for each in created] == [timedelta(hours=1), timedelta(days=1)]

    def test_a_new_one_begins_with_the_machines(self, cognito):
        cognito.clock.advance(days=1)
        with travel(MOMENT, tick=False):
            assert Cognito().clock.now() == MOMENT


@pytest.fixture
def app(cognito_pool):
    return {"ClientId": cognito_pool.client.id, "Username": "ana"}


@pytest.fixture
def code(cognito_pool, cognito_idp, app):
    """The code of ana's sign-up."""
    email = {"Name": "email", "Value": "ana@example.com"}
    cognito_idp.sign_up(**app, Password="Passw0rd!", UserAttributes=[email])
    return cognito_pool.outbox.one().code


class TestWhatFollowsIt:
    def test_dates_of_users(self, cognito, cognito_pool, cognito_idp):
        with travel(MOMENT, tick=False):
            ana = cognito_pool.add_user("ana", status="UNCONFIRMED")
            cognito.clock.advance(days=1)
            cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
            later = MOMENT + timedelta(days=1)
            assert (ana.created, ana.modified) == (MOMENT, later)
            assert ana.history[0].at == later
            described = cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
            assert (described["UserCreateDate"], described["UserLastModifiedDate"]) == (MOMENT, later)

    def test_dates_of_pools_clients_and_groups(self, cognito, cognito_idp):
        with travel(MOMENT, tick=False):
            pool_id = cognito_idp.create_user_pool(PoolName="x")["UserPool"]["Id"]
            cognito.clock.advance(hours=1)
            group = cognito_idp.create_group(UserPoolId=pool_id, GroupName="staff")["Group"]
            client = cognito_idp.create_user_pool_client(UserPoolId=pool_id, ClientName="x")["UserPoolClient"]
            cognito.clock.advance(hours=1)
            cognito_idp.update_user_pool(UserPoolId=pool_id)
            pool = cognito_idp.describe_user_pool(UserPoolId=pool_id)["UserPool"]
        assert [each["CreationDate"] - MOMENT for each in (pool, group, client)] == [
            timedelta(),
            timedelta(hours=1),
            timedelta(hours=1),
        ]
        assert pool["LastModifiedDate"] == MOMENT + timedelta(hours=2)

    def test_the_date_of_a_reply(self, cognito, cognito_pool, cognito_idp):
        with travel(MOMENT, tick=False):
            cognito.clock.advance(hours=1)
            reply = cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)
        assert reply["ResponseMetadata"]["HTTPHeaders"]["date"] == "Tue, 06 May 2031 08:08:09 GMT"

    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    @pytest.mark.parametrize(("seconds", "error"), [(-1, None), (1, "ExpiredCodeException")])
    def test_codes(self, cognito, cognito_idp, refused, app, code, seconds, error):
        cognito.clock.advance(hours=24, seconds=seconds)
        if error:
            with refused(error):
                cognito_idp.confirm_sign_up(**app, ConfirmationCode=code)
        else:
            cognito_idp.confirm_sign_up(**app, ConfirmationCode=code)

    @MOVERS
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    def test_codes_where_another_moves_the_time(self, cognito_idp, refused, app, code, move):
        with move(machine() + timedelta(hours=25), tick=False), refused("ExpiredCodeException"):
            cognito_idp.confirm_sign_up(**app, ConfirmationCode=code)

    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    def test_attempts(self, cognito, cognito_idp, refused, app, code):
        for _ in range(5):
            cognito_idp.resend_confirmation_code(**app)
        with refused("LimitExceededException"):
            cognito_idp.resend_confirmation_code(**app)
        cognito.clock.advance(minutes=61)
        cognito_idp.resend_confirmation_code(**app)

    @pytest.mark.parametrize("minutes", [59, 61])
    @pytest.mark.parametrize(
        ("operation", "token", "size"),
        [("list_users", "PaginationToken", "Limit"), ("list_groups", "NextToken", "Limit")],
    )
    def test_page_tokens(self, cognito, cognito_pool, cognito_idp, refused, minutes, operation, token, size):
        for name in ("ana", "bob"):
            cognito_pool.add_user(name, groups=[name])
        ask = {"UserPoolId": cognito_pool.id, size: 1}
        given = getattr(cognito_idp, operation)(**ask)[token]
        cognito.clock.advance(minutes=minutes)
        if minutes > 60:
            with refused("InvalidParameterException"):
                getattr(cognito_idp, operation)(**ask, **{token: given})
        else:
            getattr(cognito_idp, operation)(**ask, **{token: given})

    def test_the_log_stream_of_a_function(self, cognito, cognito_pool, cognito_idp):
        names = []
        cognito_pool.add_user("ana", status="UNCONFIRMED")

        @cognito_pool.on("PostConfirmation")
        def notes(event, context):
            names.append(context.log_stream_name)
            return event

        cognito.clock.move_to(MOMENT)
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert names[0].startswith("2031/05/06/[$LATEST]")
