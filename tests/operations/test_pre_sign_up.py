"""The PreSignUp trigger of SignUp and AdminCreateUser: facts/lifecycle.md, sections A, C1 and G."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from pytest_cognito_pool import PreSignUpEvent, Transition

evidence = pytest.mark.evidence
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}
EMAIL = {"email": "ana@example.com"}
PHONE = {"phone_number": "+15551234567"}
BEGIN = 1_800_000_000


def pairs(attributes):
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


@pytest.fixture
def sign_up(cognito_pool, cognito_idp):
    """Sign a user up at the pool's first app client, with attributes by name."""

    def sign_up(username="ana", attributes=None, **given):
        parameters = {"ClientId": cognito_pool.client.id, "Password": "Passw0rd!", **given}
        return cognito_idp.sign_up(Username=username, UserAttributes=pairs(attributes or {}), **parameters)

    return sign_up


@pytest.fixture
def create(cognito_pool, cognito_idp):
    """Create a user as an administrator, with attributes by name."""

    def create(username="ana", attributes=None, **given):
        parameters = {"UserPoolId": cognito_pool.id, "UserAttributes": pairs(attributes or {}), **given}
        return cognito_idp.admin_create_user(Username=username, **parameters)["User"]

    return create


@pytest.fixture(params=["SignUp", "AdminCreateUser"])
def make(request, sign_up, create):
    """Either operation that makes a user."""
    return sign_up if request.param == "SignUp" else create


@pytest.fixture
def decide(cognito_pool):
    """Attach a function that answers with these members of the response."""

    def decide(**response):
        @cognito_pool.on("PreSignUp")
        def pre_sign_up(event, _context):
            event["response"] |= response
            return event

    return decide


class TestEvent:
    @evidence("observed", "public capture; documented in the developer guide's sample")
    @pytest.mark.cognito_pool(Id="us-east-1_GFfn9AMAN", AutoVerifiedAttributes=["email"])
    def test_the_event_of_sign_up_has_what_the_user_gave(self, sign_up, cognito_pool):
        sign_up("ana", {"name": "Ana", **EMAIL})
        payload = cognito_pool.triggers.one(PreSignUpEvent).payload
        expected = {
            "version": "1",
            "region": "us-east-1",
            "userPoolId": "us-east-1_GFfn9AMAN",
            "userName": "ana",
            "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": cognito_pool.client.id},
            "triggerSource": "PreSignUp_SignUp",
            "request": {"userAttributes": {"name": "Ana", "email": "ana@example.com"}, "validationData": None},
            "response": {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
        }
        assert payload == expected
        assert list(payload) == list(expected)
        assert [list(payload[name]) for name in ("callerContext", "request", "response")] == [
            list(expected[name]) for name in ("callerContext", "request", "response")
        ]
        assert list(payload["request"]["userAttributes"]) == ["name", "email"]

    @evidence("observed", "public capture: CLIENT_ID_NOT_APPLICABLE where an administrator creates a user")
    def test_the_event_of_admin_create_user_has_no_app_client(self, create, cognito_pool):
        create(attributes={**EMAIL, "email_verified": "true"})
        payload = cognito_pool.triggers.one(PreSignUpEvent).payload
        assert payload == {
            "version": "1",
            "region": "us-east-1",
            "userPoolId": "us-east-1_TestPool1",
            "userName": "ana",
            "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "CLIENT_ID_NOT_APPLICABLE"},
            "triggerSource": "PreSignUp_AdminCreateUser",
            "request": {"userAttributes": {**EMAIL, "email_verified": "true"}, "validationData": None},
            "response": {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
        }

    @evidence("documented", "developer guide: ValidationData reaches PreSignUp, as a map")
    def test_validation_data_is_a_map(self, make, cognito_pool):
        make(ValidationData=pairs({"captcha": "03AGdB", "campaign": "spring"}))
        request = cognito_pool.triggers.one(PreSignUpEvent).payload["request"]
        assert request == {"userAttributes": {}, "validationData": {"captcha": "03AGdB", "campaign": "spring"}}

    @evidence("inferred", "no evidence for an empty list")
    def test_empty_validation_data_is_an_empty_map(self, make, cognito_pool):
        make(ValidationData=[])
        assert cognito_pool.triggers.one(PreSignUpEvent).payload["request"]["validationData"] == {}

    @evidence("inferred", "as for an attribute without a value")
    def test_validation_data_without_a_value_is_refused(self, make, cognito_pool, refused):
        with refused("InvalidParameterException"):
            make(ValidationData=[{"Name": "captcha"}])
        assert cognito_pool.calls[-1].why == "'captcha' has no Value"
        assert not cognito_pool.users

    @evidence("documented", "developer guide: ValidationData is for PreSignUp only")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    @pytest.mark.parametrize("confirmed", [False, True])
    def test_validation_data_reaches_no_other_trigger(self, sign_up, decide, cognito_pool, confirmed):
        decide(autoConfirmUser=confirmed)
        sign_up(attributes=EMAIL, ValidationData=pairs({"captcha": "03AGdB"}))
        assert len(cognito_pool.triggers) == 2
        assert "03AGdB" not in str(cognito_pool.triggers[1].payload)

    @evidence("documented", "model, ClientMetadata of SignUp and AdminCreateUser")
    def test_client_metadata_is_passed_on(self, make, cognito_pool):
        make(ClientMetadata={"plan": "pro"})
        request = cognito_pool.triggers.one(PreSignUpEvent).payload["request"]
        assert list(request.items()) == [
            ("userAttributes", {}),
            ("validationData", None),
            ("clientMetadata", {"plan": "pro"}),
        ]

    @evidence("observed", "public capture: the key is absent when the call had none")
    def test_without_client_metadata_the_event_has_no_key_for_it(self, make, cognito_pool):
        make()
        assert "clientMetadata" not in cognito_pool.triggers.one(PreSignUpEvent).payload["request"]

    @evidence("documented", "model: PreSignUp, CustomMessage, and PostConfirmation where the user is confirmed at once")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    @pytest.mark.parametrize(
        ("confirmed", "sources"),
        [
            (False, ["PreSignUp_SignUp", "CustomMessage_SignUp"]),
            (True, ["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"]),
        ],
    )
    def test_client_metadata_reaches_the_triggers_that_follow(self, sign_up, decide, cognito_pool, confirmed, sources):
        decide(autoConfirmUser=confirmed)
        sign_up(attributes=EMAIL, ClientMetadata={"plan": "pro"})
        assert cognito_pool.triggers.sources == sources
        metadata = [invocation.payload["request"]["clientMetadata"] for invocation in cognito_pool.triggers]
        assert metadata == [{"plan": "pro"}] * 2

    @evidence("inferred", "observed of the user (moto-av): their username is the sub")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_the_user_name_is_the_sub_where_users_sign_up_with_an_address(self, make, cognito_pool):
        make("ana@example.com", {"name": "Ana"})
        event = cognito_pool.triggers.one(PreSignUpEvent).event
        assert event.user_name == cognito_pool.users["ana@example.com"].sub
        assert list(event.request.user_attributes.items()) == [("name", "Ana"), ("email", "ana@example.com")]

    @evidence("documented", "the trigger is invoked if the pool's configuration includes it")
    @pytest.mark.cognito_pool(LambdaConfig={"PostConfirmation": "arn:aws:lambda:us-east-1:123456789012:function:mail"})
    def test_a_pool_with_only_other_triggers_does_not_invoke_pre_sign_up(self, make, cognito_pool):
        make()
        assert cognito_pool.triggers == []

    @evidence("inferred", "a function may be attached to one trigger source only")
    def test_a_function_for_admin_create_user_is_not_invoked_by_sign_up(self, sign_up, cognito_pool):
        cognito_pool.on("PreSignUp_AdminCreateUser", raises=ValueError("no"))
        sign_up()
        assert cognito_pool.triggers.one("PreSignUp_SignUp").handler is None


class TestOrder:
    """Observed: the function is invoked before the username is compared with those of other users."""

    @evidence("observed", "aws-sdk-android#1730: the function's refusal in place of UsernameExistsException")
    def test_a_refusal_by_the_function_comes_before_username_exists_exception(self, make, cognito_pool, refused):
        cognito_pool.add_user("ana")
        cognito_pool.on("PreSignUp", raises=ValueError("you have an account"))
        with refused("UserLambdaValidationException", "PreSignUp failed with error you have an account."):
            make()

    @evidence("observed", "aws-sdk-android#1730")
    def test_the_function_is_invoked_although_the_username_is_taken(self, make, cognito_pool, refused):
        cognito_pool.add_user("ana")
        with refused("UsernameExistsException"):
            make()
        assert len(cognito_pool.triggers.of(PreSignUpEvent)) == 1

    @evidence("observed", "ASUCICREPO/PDF_accessability_UI#14 (2026): the same SignUp then succeeds")
    @pytest.mark.parametrize(
        ("settings", "username"), [({}, "ana"), ({"UsernameAttributes": ["email"]}, "ana@example.com")]
    )
    def test_the_function_may_delete_the_user_who_has_the_username(self, cognito, cognito_idp, settings, username):
        pool = cognito.create_pool(**settings)
        twin = pool.add_user(username, status="UNCONFIRMED")

        @pool.on("PreSignUp_SignUp")
        def make_room(event, _context):
            found = cognito_idp.list_users(UserPoolId=event["userPoolId"])["Users"]
            assert [user["UserStatus"] for user in found] == ["UNCONFIRMED"]
            cognito_idp.admin_delete_user(UserPoolId=event["userPoolId"], Username=found[0]["Username"])
            return event

        sub = cognito_idp.sign_up(ClientId=pool.client.id, Username=username, Password="Passw0rd!")["UserSub"]
        assert [user.sub for user in pool.users.values()] == [sub]
        assert sub != twin.sub
        assert pool.calls.operations == ["SignUp", "ListUsers", "AdminDeleteUser"]

    @evidence("inferred", "the username is checked after the function has answered")
    def test_sign_up_is_refused_when_the_function_takes_the_username(self, sign_up, cognito_pool, cognito_idp, refused):
        @cognito_pool.on("PreSignUp_SignUp")
        def take(event, _context):
            cognito_idp.admin_create_user(UserPoolId=event["userPoolId"], Username=event["userName"])
            return event

        with refused("UsernameExistsException", "User already exists"):
            sign_up()
        assert cognito_pool.users["ana"].status == "FORCE_CHANGE_PASSWORD"

    @evidence("inferred", "the user is stored after the function has answered")
    def test_the_user_does_not_exist_while_the_function_runs(self, make, cognito_pool):
        seen = []

        @cognito_pool.on("PreSignUp")
        def look(event, _context):
            seen.append(list(cognito_pool.users))
            return event

        make()
        assert seen == [[]]
        assert list(cognito_pool.users) == ["ana"]

    @pytest.mark.parametrize(
        "given",
        [
            pytest.param({"attributes": {"email": "ana"}}, id="attribute"),
            pytest.param({"attributes": {"custom:x": "1"}}, id="schema"),
        ],
    )
    @evidence("inferred", "an invalid request is refused before a function is invoked")
    def test_the_function_is_not_invoked_for_invalid_attributes(self, make, cognito_pool, refused, given):
        with refused("InvalidParameterException"):
            make(**given)
        assert cognito_pool.triggers == []

    @evidence("observed", "pmill/aws-cognito#37 of the refusal; its place is inferred")
    @pytest.mark.cognito_pool(AdminCreateUserConfig={"AllowAdminCreateUserOnly": True})
    def test_the_function_is_not_invoked_where_sign_up_is_not_allowed(self, sign_up, cognito_pool, refused):
        with refused("NotAuthorizedException"):
            sign_up()
        assert cognito_pool.triggers == []


class TestFailure:
    @pytest.mark.parametrize(
        ("end", "error"),
        [
            pytest.param(
                {"raises": ValueError("User could not be created.")},
                ("UserLambdaValidationException", "PreSignUp failed with error User could not be created.."),
                marks=evidence("observed", "public capture: a stop is always added"),
            ),
            pytest.param(
                {"returns": None},
                ("InvalidLambdaResponseException", "Invalid lambda function output : Invalid JSON"),
                marks=evidence("observed", "aws-sdk-js#2692, amplify-cli#2735"),
            ),
            pytest.param(
                {"returns": {"statusCode": 200}},
                ("InvalidLambdaResponseException", "Unrecognizable lambda output"),
                marks=evidence("observed", "amazon-cognito-identity-js#633"),
            ),
            pytest.param(
                {"missing": True},
                ("UnexpectedLambdaException", "PreSignUp invocation failed due to error AccessDeniedException."),
                marks=evidence("observed", "amazon-cognito-auth-js#223"),
            ),
            pytest.param(
                {"times_out": True},
                ("UnexpectedLambdaException", None),
                marks=evidence("inferred", "observed of low confidence"),
            ),
        ],
    )
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    def test_a_failing_function_leaves_no_user(self, make, cognito_pool, refused, end, error):
        cognito_pool.on("PreSignUp", **end)
        with refused(*error):
            make(attributes=EMAIL)
        assert not cognito_pool.users
        assert cognito_pool.outbox == []
        assert [len(cognito_pool.triggers), cognito_pool.calls[-1].transitions] == [1, []]

    @evidence("observed", "amplify-cli#2735 of the text; that types are strict is inferred")
    def test_a_flag_that_is_a_string_is_refused(self, make, decide, cognito_pool, refused):
        decide(autoConfirmUser="true")
        with refused("InvalidLambdaResponseException", "Unrecognizable lambda output"):
            make()
        assert not cognito_pool.users

    @evidence("inferred", "a refused sign-up leaves the name free")
    def test_the_user_may_sign_up_again_after_a_refusal(self, sign_up, cognito_pool, refused):
        with cognito_pool.on("PreSignUp", raises=ValueError("not yet")), refused("UserLambdaValidationException"):
            sign_up()
        sign_up()
        assert cognito_pool.users["ana"].status == "UNCONFIRMED"


class TestAutoConfirm:
    @evidence("documented", "developer guide pre-sign-up: the user is confirmed at once")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    def test_the_user_is_confirmed_and_their_address_is_not_verified(self, sign_up, decide, cognito_pool):
        decide(autoConfirmUser=True)
        reply = sign_up(attributes=EMAIL)
        del reply["ResponseMetadata"]
        user = cognito_pool.users["ana"]
        assert reply == {"UserConfirmed": True, "UserSub": user.sub}
        assert (user.status, user.attributes) == ("CONFIRMED", {**EMAIL, "email_verified": "false"})
        assert user.history == [Transition("UNCONFIRMED", "CONFIRMED", "SignUp", at=0)]
        assert cognito_pool.calls[-1].transitions == [("ana", user.history[0])]

    @evidence("documented", "developer guide: no code is sent to a user who is confirmed")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    def test_no_code_is_sent(self, sign_up, decide, cognito_pool, cognito_idp, refused):
        decide(autoConfirmUser=True)
        sign_up(attributes=EMAIL)
        assert cognito_pool.outbox == []
        assert cognito_pool.triggers.of("CustomMessage") == []
        with refused("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED"):
            cognito_idp.confirm_sign_up(ClientId=cognito_pool.client.id, Username="ana", ConfirmationCode="123456")

    @evidence("documented", "developer guide, table of triggers; the event as captured of other confirms")
    def test_post_confirmation_is_invoked_at_once(self, sign_up, decide, cognito_pool):
        decide(autoConfirmUser=True)
        sign_up(attributes=EMAIL)
        assert cognito_pool.triggers.sources == ["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"]
        assert cognito_pool.triggers[1].payload == {
            "version": "1",
            "region": "us-east-1",
            "userPoolId": "us-east-1_TestPool1",
            "userName": "ana",
            "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": cognito_pool.client.id},
            "triggerSource": "PostConfirmation_ConfirmSignUp",
            "request": {
                "userAttributes": {
                    "sub": cognito_pool.users["ana"].sub,
                    "email_verified": "false",
                    "cognito:user_status": "CONFIRMED",
                    **EMAIL,
                }
            },
            "response": {},
        }

    @evidence("inferred", "observed of ConfirmSignUp: the user remains CONFIRMED")
    def test_a_failing_post_confirmation_function_leaves_the_user_confirmed(
        self, sign_up, decide, cognito_pool, refused
    ):
        decide(autoConfirmUser=True, autoVerifyEmail=True)
        cognito_pool.on("PostConfirmation", raises=ValueError("mail is down"))
        with refused("UserLambdaValidationException", "PostConfirmation failed with error mail is down."):
            sign_up(attributes=EMAIL)
        user = cognito_pool.users["ana"]
        assert (user.status, user.attributes["email_verified"]) == ("CONFIRMED", "true")

    @evidence("observed", "public capture: create and last-modified dates are equal")
    def test_the_creation_date_and_the_last_modified_date_are_equal(self, sign_up, cognito_pool, passed):
        @cognito_pool.on("PreSignUp")
        def slow(event, _context):
            passed(2)
            event["response"]["autoConfirmUser"] = True
            return event

        sign_up()
        user = cognito_pool.users["ana"]
        assert user.created == datetime.fromtimestamp(BEGIN + 2, timezone.utc)
        assert user.modified == user.created

    @evidence("documented", "AWS staff, amazon-cognito-identity-js#297: false refuses nobody")
    def test_false_leaves_the_user_unconfirmed(self, sign_up, decide, cognito_pool):
        decide(autoConfirmUser=False)
        assert sign_up()["UserConfirmed"] is False
        assert cognito_pool.users["ana"].status == "UNCONFIRMED"

    @evidence("documented", "user-pool-settings-attributes.md: an alias works once it is verified")
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_without_auto_verify_the_address_does_not_become_an_alias(self, sign_up, decide, cognito_pool):
        decide(autoConfirmUser=True)
        cognito_pool.add_user("bob", email="ana@example.com")
        sign_up(attributes=EMAIL)
        assert cognito_pool.users["ana@example.com"].username == "bob"

    @evidence("inferred", "the password is checked whatever the function answers")
    def test_a_password_that_breaks_the_policy_is_still_refused(self, sign_up, decide, cognito_pool, refused):
        decide(autoConfirmUser=True)
        with refused("InvalidPasswordException"):
            sign_up(Password="short")
        assert not cognito_pool.users


class TestAutoVerify:
    @evidence("documented", "developer guide pre-sign-up: the address counts as verified")
    @pytest.mark.parametrize(
        ("flag", "attributes", "verified"),
        [
            ("autoVerifyEmail", EMAIL, {"email_verified": "true"}),
            ("autoVerifyPhone", PHONE, {"phone_number_verified": "true"}),
        ],
    )
    def test_the_address_is_verified(self, sign_up, decide, cognito_pool, flag, attributes, verified):
        decide(autoConfirmUser=True, **{flag: True})
        sign_up(attributes=attributes)
        user = cognito_pool.users["ana"]
        assert user.attributes == {**attributes, **verified}
        assert user.status == "CONFIRMED"

    @evidence("observed", "aws-sdk-java#1049 and two more; the type is inferred")
    @pytest.mark.parametrize("flag", ["autoVerifyEmail", "autoVerifyPhone"])
    @pytest.mark.parametrize("attributes", [{}, {**EMAIL, **PHONE}], ids=["no address", "addresses"])
    def test_the_address_of_a_user_who_is_not_confirmed_cannot_be_verified(
        self, sign_up, decide, cognito_pool, refused, flag, attributes
    ):
        decide(**{flag: True})
        text = "Phone or email cannot be auto verified, when user is not being auto confirmed."
        with refused("InvalidLambdaResponseException", text):
            sign_up(attributes=attributes)
        assert not cognito_pool.users
        assert cognito_pool.outbox == []
        assert cognito_pool.calls[-1].why == f"the PreSignUp function answered {flag}=true without autoConfirmUser=true"

    @evidence("inferred", "each flag verifies only its own address")
    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email", "phone_number"], SmsConfiguration=SMS)
    def test_the_other_address_is_not_verified(self, sign_up, decide, cognito_pool):
        decide(autoConfirmUser=True, autoVerifyPhone=True)
        sign_up(attributes={**EMAIL, **PHONE})
        attributes = cognito_pool.users["ana"].attributes
        assert (attributes["phone_number_verified"], attributes["email_verified"]) == ("true", "false")

    @evidence("documented", "developer guide pre-sign-up: the sign-up fails; neither type nor text is known")
    @pytest.mark.parametrize(
        ("flag", "attribute", "given"),
        [
            ("autoVerifyEmail", "email", {}),
            ("autoVerifyEmail", "email", {"email": ""}),
            ("autoVerifyEmail", "email", PHONE),
            ("autoVerifyPhone", "phone_number", EMAIL),
        ],
    )
    def test_sign_up_fails_when_the_user_does_not_have_the_address(
        self, sign_up, decide, cognito_pool, refused, flag, attribute, given
    ):
        decide(autoConfirmUser=True, **{flag: True})
        with refused("InvalidParameterException") as caught:
            sign_up(attributes=given)
        assert attribute in caught.value.response["Error"]["Message"]
        assert cognito_pool.calls[-1].why == f"the PreSignUp function answered {flag}=true"
        assert not cognito_pool.users
        assert cognito_pool.triggers.of("PostConfirmation") == []

    @evidence("inferred", "the event that follows shows the user as stored")
    def test_the_post_confirmation_event_shows_the_verified_address(self, sign_up, decide, cognito_pool):
        decide(autoConfirmUser=True, autoVerifyEmail=True)
        sign_up(attributes=EMAIL)
        event = cognito_pool.triggers.one("PostConfirmation").event
        assert event.request.user_attributes["email_verified"] == "true"

    @evidence(
        "documented", "developer guide pre-sign-up: the alias moves, its old owner's address is marked unverified"
    )
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_an_alias_moves_from_its_old_owner_to_the_new_user(self, passed, sign_up, decide, cognito_pool):
        cognito_pool.add_user("bob", email="ana@example.com")
        passed(60)
        decide(autoConfirmUser=True, autoVerifyEmail=True)
        sign_up(attributes=EMAIL)
        assert cognito_pool.users["ana@example.com"].username == "ana"
        bob = cognito_pool.users["bob"]
        assert bob.attributes == {"email": "ana@example.com", "email_verified": "false"}
        assert (bob.status, bob.modified) == ("CONFIRMED", datetime.fromtimestamp(BEGIN + 60, timezone.utc))

    @evidence("inferred", "a refused request changes nothing")
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    @pytest.mark.parametrize(
        ("username", "password", "code"),
        [("bob", "Passw0rd!", "UsernameExistsException"), ("ana", "short", "InvalidPasswordException")],
    )
    def test_a_refused_sign_up_moves_no_alias(self, sign_up, decide, cognito_pool, refused, username, password, code):
        cognito_pool.add_user("bob", email="ana@example.com")
        decide(autoConfirmUser=True, autoVerifyEmail=True)
        with refused(code):
            sign_up(username, EMAIL, Password=password)
        assert cognito_pool.users["ana@example.com"].username == "bob"
        assert cognito_pool.users["bob"].attributes["email_verified"] == "true"

    @evidence("documented", "user-pool-settings-attributes.md: an alias works once it is verified")
    @pytest.mark.cognito_pool(AliasAttributes=["phone_number"])
    def test_the_verified_address_is_an_alias_at_once(self, sign_up, decide, cognito_pool):
        decide(autoConfirmUser=True, autoVerifyPhone=True)
        sign_up(attributes=PHONE)
        assert cognito_pool.users["+15551234567"].username == "ana"

    @evidence("inferred", "the address that the user signs up with counts as given")
    @pytest.mark.cognito_pool(UsernameAttributes=["email", "phone_number"])
    @pytest.mark.parametrize(
        ("username", "flag", "attributes"),
        [
            ("ana@example.com", "autoVerifyEmail", {**EMAIL, "email_verified": "true"}),
            ("+15551234567", "autoVerifyPhone", {**PHONE, "phone_number_verified": "true"}),
        ],
    )
    def test_the_sign_up_address_can_be_verified(self, sign_up, decide, cognito_pool, username, flag, attributes):
        decide(autoConfirmUser=True, **{flag: True})
        sub = sign_up(username)["UserSub"]
        user = cognito_pool.users[username]
        assert (user.username, user.status, user.attributes) == (sub, "CONFIRMED", attributes)

    @evidence("inferred", "observed that the sign-up address of another user is taken; here no alias moves")
    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_the_sign_up_email_of_another_user_does_not_move(self, sign_up, decide, cognito_pool, refused):
        owner = cognito_pool.add_user("ana@example.com")
        decide(autoConfirmUser=True, autoVerifyEmail=True)
        with refused("UsernameExistsException", "An account with the given email already exists."):
            sign_up("ana@example.com")
        assert cognito_pool.users["ana@example.com"] == owner
        assert owner.attributes["email_verified"] == "true"


class TestAdminCreateUser:
    @evidence("documented", "developer guide pre-sign-up: the flags are ignored where an administrator creates users")
    def test_the_flags_are_ignored(self, create, decide, cognito_pool):
        decide(autoConfirmUser=True, autoVerifyEmail=True, autoVerifyPhone=True)
        user = create(attributes=EMAIL)
        assert user["UserStatus"] == "FORCE_CHANGE_PASSWORD"
        assert cognito_pool.users["ana"].attributes == EMAIL
        assert cognito_pool.users["ana"].history == []
        assert cognito_pool.triggers.sources == ["PreSignUp_AdminCreateUser", "CustomMessage_AdminCreateUser"]

    @evidence("documented", "developer guide pre-sign-up: the flags are ignored where an administrator creates users")
    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_no_alias_moves(self, create, decide, cognito_pool):
        cognito_pool.add_user("bob", email="ana@example.com")
        decide(autoVerifyEmail=True)
        create(attributes=EMAIL)
        assert cognito_pool.users["ana@example.com"].username == "bob"

    @evidence("inferred", "no evidence that a second invitation invokes it: no user signs up")
    def test_a_second_invitation_does_not_invoke_the_function(self, create, cognito_pool):
        create()
        cognito_pool.on("PreSignUp", raises=ValueError("no"))
        create(MessageAction="RESEND")
        assert cognito_pool.triggers.sources == ["PreSignUp_AdminCreateUser"]

    @evidence("documented", "developer guide: PreSignUp, then CustomMessage unless SUPPRESS")
    @pytest.mark.parametrize(
        ("given", "sources"),
        [
            ({}, ["PreSignUp_AdminCreateUser", "CustomMessage_AdminCreateUser"]),
            ({"MessageAction": "SUPPRESS"}, ["PreSignUp_AdminCreateUser"]),
        ],
    )
    def test_pre_sign_up_is_invoked_before_custom_message(self, create, cognito_pool, given, sources):
        create(attributes=PHONE, **given)
        assert cognito_pool.triggers.sources == sources
