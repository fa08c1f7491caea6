"""Users through all their lives, against a reference that is a dict and a table of its own."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import boto3
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from pytest_cognito_pool import Cognito, PostConfirmationEvent, Transition

PASSWORD = "Passw0rd!"
# The reference: what a status becomes. Written from the developer guide's state diagram, not from the package.
TEMPORARY = "FORCE_CHANGE_PASSWORD"
LEGAL = {
    "AdminConfirmSignUp": {("UNCONFIRMED", "CONFIRMED")},
    "ConfirmSignUp": {("UNCONFIRMED", "CONFIRMED")},
    "AdminSetUserPassword": {
        (before, after) for before in ("UNCONFIRMED", "CONFIRMED", TEMPORARY) for after in ("CONFIRMED", TEMPORARY)
    },
}
FRESH = ["ana", "Ana", "bob", "josé", "😀", "1", "x" * 128]
NOBODY = "nobody"
GROUPS = ["staff", "confirmed", "é"]
# The quotas of the developer guide: attempts of one user within an hour, hours for which a code is good.
MOST = {"confirm_sign_up": 15, "resend_confirmation_code": 5}
LIFETIME = 24


@cache
def client():
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    return boto3.client("cognito-idp", region_name="us-east-1", **keys)


class Users(RuleBasedStateMachine):
    """Every rule makes one call, and says beforehand what must come of it."""

    names = Bundle("names")

    def __init__(self):
        super().__init__()
        self.cognito = Cognito(region="us-east-1")
        self.cognito.__enter__()
        self.pool = self.cognito.create_pool(AutoVerifiedAttributes=["email"])
        self.pool.on("PostConfirmation", self.post_confirmation)
        self.function = "answers"
        self.hours = 0
        self.reference = {}
        self.groups = {}
        self.sent = []
        self.made = []
        self.confirmed = []
        self.deleted = []
        # Each sign-in: its tokens, its user, its hour and whether it was ended.
        self.sign_ins = []

    def teardown(self):
        self.cognito.__exit__(None, None, None)

    @initialize(target=names)
    def somebody_unknown(self):
        return multiple(NOBODY)

    def call(self, operation, expected=None, **request):
        """Make one call; it succeeds, or is refused with the error expected."""
        got = None
        reply = {}
        name = "".join(part.capitalize() for part in operation.split("_"))
        # Before the calls of a function that it invokes.
        self.made.append((name, request.get("Username"), expected))
        try:
            reply = getattr(client(), operation)(**request)
        except client().exceptions.ClientError as error:
            got = error.response["Error"]["Code"]
        assert got == expected
        return reply

    def post_confirmation(self, event, _context):
        """The function at PostConfirmation: does nothing, fails, or adds the user to a group that may not be there."""
        if self.function == "fails":
            raise ValueError(event["userName"])
        if self.function == "joins":
            self.joins(event["userName"], "confirmed")
        return event

    def joins(self, name, group):
        if self.of("admin_add_user_to_group", name, self.unless_there(group), GroupName=group):
            self.groups[group].add(name)

    @property
    def here(self):
        return {"UserPoolId": self.pool.id}

    @property
    def app(self):
        return {"ClientId": self.pool.client.id}

    def unless_there(self, group):
        return None if group in self.groups else "ResourceNotFoundException"

    def groups_of(self, name):
        return [group for group, members in self.groups.items() if name in members]

    @property
    def of_function(self):
        """The error of an operation that confirms a user: whatever the function does, they are confirmed."""
        return {"fails": "UserLambdaValidationException"}.get(self.function)

    def attempted(self, user, operation):
        """Whether the user may do that once more within the hour."""
        recent = [hour for hour in user["attempts"][operation] if hour == self.hours]
        if len(recent) >= MOST[operation]:
            return False
        user["attempts"][operation].append(self.hours)
        return True

    def is_sent(self, name, occasion):
        """Note the code that a user was sent just now."""
        message = self.pool.outbox[-1]
        self.sent.append(("a@b.c", occasion, name))
        user = self.reference[name]
        user["codes"].append(message.code)
        user["code_sent"] = self.hours

    def of(self, operation, name, refused=None, **request):
        """Make one call on a user; the reference says whether they are there."""
        expected = refused if name in self.reference else "UserNotFoundException"
        self.call(operation, expected, UserPoolId=self.pool.id, Username=name, **request)
        return expected is None

    def born(self, name, status, attributes):
        if name in self.reference:
            return False
        self.reference[name] = {
            "status": status,
            "enabled": True,
            "attributes": attributes,
            "history": [],
            "attempts": {operation: [] for operation in MOST},
            "codes": [],
            "code_sent": 0,
            # The hour in which the password was set; None where nobody knows it.
            "password_set": None if status == TEMPORARY else self.hours,
        }
        return True

    def moved(self, name, after, operation):
        user = self.reference[name]
        user["history"].append((user["status"], after, operation))
        user["status"] = after

    @rule(target=names, name=st.sampled_from(FRESH))
    def sign_up(self, name):
        refused = "UsernameExistsException" if name in self.reference else None
        rows = [{"Name": "email", "Value": "a@b.c"}]
        self.call(
            "sign_up", refused, ClientId=self.pool.client.id, Username=name, Password=PASSWORD, UserAttributes=rows
        )
        if self.born(name, "UNCONFIRMED", {"email": "a@b.c", "email_verified": "false"}):
            self.is_sent(name, "SignUp")
        return name

    @rule(target=names, name=st.sampled_from(FRESH))
    def admin_create_user(self, name):
        refused = "UsernameExistsException" if name in self.reference else None
        self.call("admin_create_user", refused, UserPoolId=self.pool.id, Username=name)
        self.born(name, TEMPORARY, {})
        return name

    @rule(name=names, metadata=st.none() | st.dictionaries(st.text("ab", max_size=2), st.text("cd", max_size=2)))
    def admin_confirm_sign_up(self, name, metadata):
        user = self.reference.get(name)
        confirms = bool(user) and user["status"] == "UNCONFIRMED"
        extra = {} if metadata is None else {"ClientMetadata": metadata}
        self.of("admin_confirm_sign_up", name, self.of_function if confirms else "NotAuthorizedException", **extra)
        if confirms:
            self.moved(name, "CONFIRMED", "AdminConfirmSignUp")
            self.confirmed.append((name, metadata))

    @rule(name=names, typed=st.sampled_from(["right", "right", "replaced", "wrong"]))
    def confirm_sign_up(self, name, typed):
        user = self.reference.get(name)
        *replaced, code = user["codes"] if user and user["codes"] else ["123456"]
        text = {"right": code, "replaced": replaced[-1] if replaced else code[::-1]}.get(typed, f"9{code}")
        confirms = False
        if user is None:
            expected = "UserNotFoundException"
        elif user["status"] != "UNCONFIRMED":
            expected = "NotAuthorizedException"
        elif not self.attempted(user, "confirm_sign_up"):
            expected = "LimitExceededException"
        elif self.hours - user["code_sent"] > LIFETIME:
            expected = "ExpiredCodeException"
        elif text != code:
            expected = "CodeMismatchException"
        else:
            confirms, expected = True, self.of_function
        self.call("confirm_sign_up", expected, **self.app, Username=name, ConfirmationCode=text)
        if confirms:
            self.moved(name, "CONFIRMED", "ConfirmSignUp")
            user["attributes"]["email_verified"] = "true"
            self.confirmed.append((name, None))
        if expected == "LimitExceededException":
            self.time_passes(7)

    @rule(name=names)
    def resend_confirmation_code(self, name):
        user = self.reference.get(name)
        expected = None
        if user is None:
            expected = "UserNotFoundException"
        elif not user["enabled"]:
            expected = "NotAuthorizedException"
        elif user["status"] != "UNCONFIRMED":
            expected = "InvalidParameterException"
        elif not self.attempted(user, "resend_confirmation_code"):
            expected = "LimitExceededException"
        self.call("resend_confirmation_code", expected, **self.app, Username=name)
        if expected is None:
            self.is_sent(name, "ResendCode")
        if expected == "LimitExceededException":
            self.time_passes(7)

    # No sum of them is the lifetime of a code.
    @rule(hours=st.sampled_from([7, 25]))
    def time_passes(self, hours):
        self.cognito.clock.advance(hours=hours)
        self.hours += hours

    @rule(function=st.sampled_from(["answers", "fails", "joins"]))
    def the_function_is_another(self, function):
        self.function = function

    @rule(group=st.sampled_from(GROUPS))
    def create_group(self, group):
        self.call(
            "create_group", "GroupExistsException" if group in self.groups else None, **self.here, GroupName=group
        )
        self.groups.setdefault(group, set())

    @rule(group=st.sampled_from(GROUPS))
    def delete_group(self, group):
        self.call("delete_group", self.unless_there(group), **self.here, GroupName=group)
        self.groups.pop(group, None)

    @rule(name=names, group=st.sampled_from(GROUPS))
    def admin_add_user_to_group(self, name, group):
        self.joins(name, group)

    @rule(name=names, group=st.sampled_from(GROUPS))
    def admin_remove_user_from_group(self, name, group):
        if self.of("admin_remove_user_from_group", name, self.unless_there(group), GroupName=group):
            self.groups[group].discard(name)

    @rule(name=names)
    def admin_list_groups_for_user(self, name):
        expected = None if name in self.reference else "UserNotFoundException"
        reply = self.call("admin_list_groups_for_user", expected, **self.here, Username=name)
        assert [group["GroupName"] for group in reply.get("Groups", [])] == self.groups_of(name)

    @rule(group=st.sampled_from(GROUPS))
    def list_users_in_group(self, group):
        reply = self.call("list_users_in_group", self.unless_there(group), **self.here, GroupName=group)
        members = [name for name in self.reference if name in self.groups.get(group, ())]
        assert [user["Username"] for user in reply.get("Users", [])] == members

    @rule()
    def list_groups(self):
        groups = self.call("list_groups", **self.here)["Groups"]
        assert [group["GroupName"] for group in groups] == list(self.groups)

    @rule(name=names, permanent=st.none() | st.booleans())
    def admin_set_user_password(self, name, permanent):
        extra = {} if permanent is None else {"Permanent": permanent}
        if self.of("admin_set_user_password", name, Password=PASSWORD, **extra):
            self.moved(name, "CONFIRMED" if permanent else TEMPORARY, "AdminSetUserPassword")
            self.reference[name]["password_set"] = self.hours

    @rule(name=names, permanent=st.booleans())
    def admin_set_user_password_against_the_policy(self, name, permanent):
        self.of("admin_set_user_password", name, "InvalidPasswordException", Password="short", Permanent=permanent)

    @rule(name=names)
    def admin_enable_user(self, name):
        if self.of("admin_enable_user", name):
            self.reference[name]["enabled"] = True

    @rule(name=names)
    def admin_disable_user(self, name):
        if self.of("admin_disable_user", name):
            self.reference[name]["enabled"] = False
            self.end_sign_ins(self.reference[name])

    @rule(name=names, value=st.sampled_from(["Ana", "", "é"]))
    def admin_update_user_attributes(self, name, value):
        if self.of("admin_update_user_attributes", name, UserAttributes=[{"Name": "name", "Value": value}]):
            attributes = self.reference[name]["attributes"]
            attributes.pop("name", None)
            attributes.update({"name": value} if value else {})

    @rule(name=names)
    def admin_update_user_attributes_with_one_unknown(self, name):
        rows = [{"Name": "name", "Value": "late"}, {"Name": "custom:x", "Value": "y"}]
        self.of("admin_update_user_attributes", name, "InvalidParameterException", UserAttributes=rows)

    @rule(name=consumes(names))
    def admin_delete_user(self, name):
        user = self.pool.users.get(name)
        if self.of("admin_delete_user", name):
            self.deleted.append((user, self.reference.pop(name)))
            for members in self.groups.values():
                members.discard(name)
            assert self.pool.users.get(name) is None

    @rule()
    def list_users(self):
        listed = self.call("list_users", UserPoolId=self.pool.id)["Users"]
        assert [(user["Username"], user["UserStatus"], user["Enabled"]) for user in listed] == [
            (name, user["status"], user["enabled"]) for name, user in self.reference.items()
        ]

    @rule(limit=st.integers(1, 3))
    def list_users_by_pages(self, limit):
        names, token = [], {}
        while True:
            page = self.call("list_users", UserPoolId=self.pool.id, Limit=limit, **token)
            assert len(page["Users"]) <= limit
            names += [user["Username"] for user in page["Users"]]
            if "PaginationToken" not in page:
                break
            token = {"PaginationToken": page["PaginationToken"]}
        assert names == list(self.reference)

    @rule(status=st.sampled_from(["UNCONFIRMED", "CONFIRMED", TEMPORARY]))
    def list_users_of_a_status(self, status):
        users = self.call("list_users", UserPoolId=self.pool.id, Filter=f'cognito:user_status = "{status}"')["Users"]
        expected = {name for name, user in self.reference.items() if user["status"] == status}
        assert {user["Username"] for user in users} == expected

    @rule(name=names)
    def admin_get_user(self, name):
        if name not in self.reference:
            self.of("admin_get_user", name)
            return
        described = self.call("admin_get_user", UserPoolId=self.pool.id, Username=name)
        user = self.reference[name]
        assert (described["UserStatus"], described["Enabled"]) == (user["status"], user["enabled"])
        assert described["UserCreateDate"] <= described["UserLastModifiedDate"]

    def end_sign_ins(self, user):
        for sign_in in self.sign_ins:
            sign_in["ended"] |= sign_in["user"] is user

    def refused_sign_in(self, user):
        """The error of a sign-in with the right password; None where there are tokens or a challenge."""
        if not user["enabled"]:
            return "NotAuthorizedException"
        if user["status"] == "UNCONFIRMED":
            return "UserNotConfirmedException"
        expired = user["status"] == TEMPORARY and self.hours - user["password_set"] > 7 * 24
        return "NotAuthorizedException" if expired else None

    @rule(name=names, by_admin=st.booleans())
    def sign_in(self, name, by_admin):
        user = self.reference.get(name)
        if user and user["password_set"] is None:
            return
        expected = self.refused_sign_in(user) if user else "UserNotFoundException"
        given = {**self.app, "AuthParameters": {"USERNAME": name, "PASSWORD": PASSWORD}}
        if by_admin:
            reply = self.call(
                "admin_initiate_auth", expected, **self.here, AuthFlow="ADMIN_USER_PASSWORD_AUTH", **given
            )
        else:
            reply = self.call("initiate_auth", expected, AuthFlow="USER_PASSWORD_AUTH", **given)
        if expected is None:
            assert reply.get("ChallengeName") == ("NEW_PASSWORD_REQUIRED" if user["status"] == TEMPORARY else None)
        if "AuthenticationResult" in reply:
            tokens = reply["AuthenticationResult"]
            self.sign_ins.append({"user": user, "hour": self.hours, "ended": False, "tokens": tokens})

    def refused_token(self, sign_in, hours):
        """The error of a token that is valid for so many hours."""
        if sign_in["ended"] or self.hours - sign_in["hour"] > hours:
            return "NotAuthorizedException"
        there = any(user is sign_in["user"] for user in self.reference.values())
        return None if there else "UserNotFoundException"

    @rule(data=st.data())
    def get_user(self, data):
        if self.sign_ins:
            sign_in = data.draw(st.sampled_from(self.sign_ins))
            # The access token is valid for an hour, the refresh token for thirty days.
            self.call("get_user", self.refused_token(sign_in, 0), AccessToken=sign_in["tokens"]["AccessToken"])

    @rule(data=st.data())
    def refresh(self, data):
        if self.sign_ins:
            sign_in = data.draw(st.sampled_from(self.sign_ins))
            parameters = {"REFRESH_TOKEN": sign_in["tokens"]["RefreshToken"]}
            expected = self.refused_token(sign_in, 30 * 24)
            self.call("initiate_auth", expected, **self.app, AuthFlow="REFRESH_TOKEN", AuthParameters=parameters)

    @rule(name=names)
    def admin_user_global_sign_out(self, name):
        if self.of("admin_user_global_sign_out", name):
            self.end_sign_ins(self.reference[name])

    @invariant()
    def sign_ins_are_those_of_the_reference(self):
        for name, user in self.reference.items():
            own = [each for each in self.sign_ins if each["user"] is user and not each["ended"]]
            living = [each for each in own if self.hours - each["hour"] <= 30 * 24]
            assert len(self.pool.users[name].sign_ins) == len(living)

    @invariant()
    def users_are_those_of_the_reference(self):
        assert list(self.pool.users) == list(self.reference)
        for name, expected in self.reference.items():
            user = self.pool.users[name]
            assert (user.username, user.status, user.enabled) == (name, expected["status"], expected["enabled"])
            assert user.attributes == expected["attributes"]
            assert user.groups == self.groups_of(name)

    @invariant()
    def every_change_is_legal_and_begins_where_the_last_one_ended(self):
        living = [(self.pool.users[name], user) for name, user in self.reference.items()]
        for user, expected in [*living, *self.deleted]:
            history = user.history
            assert history == [Transition(*change, at=0) for change in expected["history"]]
            for change in history:
                assert (change.before, change.after) in LEGAL[change.operation]
            for earlier, later in pairwise(history):
                assert (earlier.after, earlier.at <= later.at) == (later.before, True)
            assert not history or history[-1].after == user.status

    @invariant()
    def each_confirm_that_succeeded_invoked_one_trigger(self):
        triggers = self.pool.triggers.of(PostConfirmationEvent)
        assert triggers.sources == ["PostConfirmation_ConfirmSignUp"] * len(self.confirmed)
        events = [one.event for one in triggers]
        assert [(event.user_name, event.request.client_metadata) for event in events] == self.confirmed
        assert {event.request.user_attributes["cognito:user_status"] for event in events} <= {"CONFIRMED"}

    @invariant()
    def the_function_ran_at_each_of_them(self):
        for invocation in self.pool.triggers.of(PostConfirmationEvent):
            assert invocation.handler == self.post_confirmation
            assert (invocation.attempts, bool(invocation.error)) == (1, bool(invocation.why))
            assert (invocation.answer is None) == bool(invocation.error)
            assert [call.caused_by is invocation for call in invocation.calls] == [True] * len(invocation.calls)
            assert [call.operation for call in invocation.calls] in ([], ["AdminAddUserToGroup"])

    @invariant()
    def each_code_was_sent_once(self):
        messages = self.pool.outbox
        assert [(one.recipient, one.occasion, one.username) for one in messages] == self.sent
        assert [one.occasion for one in messages] == [
            source.removeprefix("CustomMessage_") for source in self.pool.triggers.of("CustomMessage").sources
        ]

    @invariant()
    def each_call_made_is_recorded_once(self):
        calls = self.pool.calls
        assert [(c.operation, c.request.get("Username"), c.error and c.error.code) for c in calls] == self.made
        assert calls == self.cognito.calls
        assert [bool(call.why) for call in calls] == [bool(call.error) for call in calls]
        changes = [change for call in calls for _, change in call.transitions]
        assert len(changes) == sum(
            len(user["history"]) for user in [*self.reference.values(), *(gone for _, gone in self.deleted)]
        )


TestUsers = Users.TestCase
TestUsers.settings = settings(max_examples=40, stateful_step_count=25, deadline=None, database=None)
