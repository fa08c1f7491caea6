"""UserPool.event: what the service would send, for the unit test of a function."""

from __future__ import annotations

import json

import pytest

from pytest_cognito_pool import UsageError
from pytest_cognito_pool._service.events.sources import TRIGGER_OF, TRIGGERS
from pytest_cognito_pool._service.protocol import model

# The installed service model may be older than version 3.
VERSIONS = [version[1] for version in model.shape("PreTokenGenerationLambdaVersionType").enum]
CONFIRMED = "PostConfirmation_ConfirmSignUp"
ARN = "arn:aws:lambda:us-east-1:123456789012:function:f"
NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE"
CLIENT_CREDENTIALS = "TokenGeneration_ClientCredentials"
# Where an administrator is the one who calls.
BY_ADMINISTRATORS = {
    CONFIRMED: None,
    **dict.fromkeys(
        (source for source in TRIGGER_OF if source.endswith(("_AdminCreateUser", "_UpdateUserAttribute"))), NO_CLIENT
    ),
}
every_source = pytest.mark.parametrize("source", TRIGGER_OF)
GROUPS = {"groupsToOverride": [], "iamRolesToOverride": [], "preferredRole": None}
MESSAGE = {"codeParameter": "{####}", "linkParameter": "{##Click Here##}", "usernameParameter": None}
SENDER = {"code": "AYADeA==", "clientMetadata": None}
# The request less the attributes, and the response, of each trigger.
EXPECTED = {
    "PreSignUp": (
        {"validationData": None},
        {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
    ),
    "PostConfirmation": ({}, {}),
    "PreAuthentication": ({"validationData": None}, {}),
    "PostAuthentication": ({"newDeviceUsed": False}, {}),
    "DefineAuthChallenge": (
        {"session": []},
        {"challengeName": None, "issueTokens": None, "failAuthentication": None},
    ),
    "CreateAuthChallenge": (
        {"challengeName": "CUSTOM_CHALLENGE", "session": []},
        {"publicChallengeParameters": None, "privateChallengeParameters": None, "challengeMetadata": None},
    ),
    "VerifyAuthChallengeResponse": (
        {"privateChallengeParameters": {}, "challengeAnswer": ""},
        {"answerCorrect": None},
    ),
    "PreTokenGeneration": ({"groupConfiguration": GROUPS}, {"claimsOverrideDetails": None}),
    "UserMigration": (
        {"password": "", "validationData": None},
        {
            "userAttributes": None,
            "forceAliasCreation": None,
            "enableSMSMFA": None,
            "finalUserStatus": None,
            "messageAction": None,
            "desiredDeliveryMediums": None,
        },
    ),
    "CustomMessage": (MESSAGE, {"smsMessage": None, "emailMessage": None, "emailSubject": None}),
    "CustomEmailSender": ({"type": "customEmailSenderRequestV1", **SENDER}, None),
    "CustomSMSSender": ({"type": "customSMSSenderRequestV1", **SENDER}, None),
    "InboundFederation": ({"providerName": "", "providerType": "", "attributes": {}}, {"userAttributesToMap": {}}),
}
WITH_METADATA = [
    source for source, trigger in TRIGGER_OF.items() if trigger not in {"PreAuthentication", "InboundFederation"}
]
WITH_VALIDATION_DATA = [
    source for source, trigger in TRIGGER_OF.items() if trigger in {"PreSignUp", "PreAuthentication", "UserMigration"}
]


def expected(source):
    request, response = EXPECTED[TRIGGER_OF[source]]
    if source == "CustomMessage_AdminCreateUser":
        request = request | {"usernameParameter": "{username}"}
    if source == CLIENT_CREDENTIALS:
        return {"groupConfiguration": None, "scopes": []}, {"claimsAndScopeOverrideDetails": None}
    return request, response


def attributes_of(event):
    return event["request"]["userAttributes"]


def refusal(call):
    with pytest.raises(UsageError) as caught:
        call()
    return str(caught.value)


@pytest.fixture
def ana(cognito_pool):
    return cognito_pool.add_user("ana", phone_number="+15551234567")


@pytest.fixture
def event(cognito_pool, ana):
    """The event of that source for ana."""
    return lambda source, **given: cognito_pool.event(source, "ana", **given)


class TestEnvelope:
    @every_source
    def test_it_is_the_services(self, event, cognito_pool, source):
        payload = event(source)
        request, response = payload.pop("request"), payload.pop("response", None)
        assert payload == {
            "version": "3" if source == CLIENT_CREDENTIALS else "1",
            "region": "us-east-1",
            "userPoolId": cognito_pool.id,
            "userName": "ClientCredentials" if source == CLIENT_CREDENTIALS else "ana",
            "callerContext": {
                "awsSdkVersion": "aws-sdk-unknown-unknown",
                "clientId": BY_ADMINISTRATORS.get(source, cognito_pool.client.id),
            },
            "triggerSource": source,
        }
        request.pop("userAttributes", None)
        assert (request, response) == expected(source)

    @every_source
    def test_the_members_come_in_the_services_order(self, event, source):
        order = ["version", "region", "userPoolId", "userName", "callerContext", "triggerSource", "request"]
        if source == CLIENT_CREDENTIALS:
            order = ["version", "triggerSource", "region", "userPoolId", "userName", "callerContext", "request"]
        if "Sender" not in source:
            order.append("response")
        assert list(event(source)) == order

    @every_source
    def test_it_is_json(self, event, source):
        payload = event(source)
        assert json.loads(json.dumps(payload)) == payload

    def test_the_region_is_the_pools(self, cognito):
        pool = cognito.create_pool(Id="eu-west-1_AbCdEf123")
        pool.add_user("ana")
        payload = pool.event(CONFIRMED, "ana")
        assert (payload["region"], payload["userPoolId"]) == ("eu-west-1", "eu-west-1_AbCdEf123")

    def test_nothing_is_recorded(self, event, cognito_pool, ana):
        ran = []
        cognito_pool.on("PostConfirmation", lambda event, _context: ran.append(event))
        event(CONFIRMED)
        assert cognito_pool.calls == []
        assert cognito_pool.triggers == []
        assert (ran, ana.history) == ([], [])

    @pytest.mark.cognito_pool(LambdaConfig={"PreSignUp": ARN})
    def test_the_pool_need_not_have_the_trigger(self, event):
        assert event(CONFIRMED)["triggerSource"] == CONFIRMED

    @pytest.mark.parametrize("source", [source for source in TRIGGER_OF if TRIGGER_OF[source] != "InboundFederation"])
    def test_each_is_of_its_own(self, event, source):
        first = event(source)
        pristine = json.dumps(first)
        spoil(first)
        assert json.dumps(event(source)) == pristine

    def test_each_is_of_its_own_where_the_response_has_a_map(self, event):
        source = "InboundFederation_ExternalProvider"
        payload = event(source)
        payload["response"]["userAttributesToMap"]["email"] = "ana@example.com"
        try:
            assert event(source)["response"] == {"userAttributesToMap": {}}
        finally:
            payload["response"]["userAttributesToMap"].clear()

    def test_what_is_given_stays_the_authors(self, event):
        session = [{"challengeName": "SRP_A", "challengeResult": True}]
        event("DefineAuthChallenge_Authentication", request={"session": session})["request"]["session"].clear()
        assert session == [{"challengeName": "SRP_A", "challengeResult": True}]


def spoil(value):
    """Put something into every list and map of an event."""
    if isinstance(value, dict):
        for item in value.values():
            spoil(item)
        value["spoilt"] = True
    elif isinstance(value, list):
        value.append("spoilt")


class TestClientIds:
    @every_source
    def test_the_client_that_is_named(self, event, cognito_pool, source):
        web = cognito_pool.create_client(ClientName="web")
        assert event(source, client=web)["callerContext"]["clientId"] == web.id

    def test_else_the_first_one(self, event, cognito_pool):
        first = cognito_pool.client
        cognito_pool.create_client(ClientName="web")
        assert event("PreAuthentication_Authentication")["callerContext"]["clientId"] == first.id

    def test_a_pool_need_not_have_one(self, event, cognito_pool, cognito_idp):
        cognito_idp.delete_user_pool_client(UserPoolId=cognito_pool.id, ClientId=cognito_pool.client.id)
        assert event("PreAuthentication_Authentication")["callerContext"]["clientId"] == NO_CLIENT
        assert event(CONFIRMED)["callerContext"]["clientId"] is None

    def test_a_client_of_another_pool_is_refused(self, event, cognito, cognito_pool):
        other = cognito.create_pool().client
        text = refusal(lambda: event(CONFIRMED, client=other))
        assert text == f"the pool has no app client {other.id!r}; known names: {cognito_pool.client.id!r}"

    def test_an_id_is_no_client(self, event, cognito_pool):
        assert "client" in refusal(lambda: event(CONFIRMED, client=cognito_pool.client.id))

    @pytest.mark.parametrize(
        "source",
        [
            "PreAuthentication_Authentication",
            "DefineAuthChallenge_Authentication",
            "CreateAuthChallenge_Authentication",
            "VerifyAuthChallengeResponse_Authentication",
        ],
    )
    def test_one_that_hides_unknown_users_tells_that_they_are_known(self, event, cognito_pool, source):
        hiding = cognito_pool.create_client(PreventUserExistenceErrors="ENABLED")
        legacy = cognito_pool.create_client(PreventUserExistenceErrors="LEGACY")
        assert event(source, client=hiding)["request"]["userNotFound"] is False
        assert "userNotFound" not in event(source, client=legacy)["request"]
        assert "userNotFound" not in event(source)["request"]

    def test_one_that_hides_unknown_users_tells_no_other_trigger(self, event, cognito_pool):
        hiding = cognito_pool.create_client(PreventUserExistenceErrors="ENABLED")
        told = {"PreAuthentication", "DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"}
        for source, trigger in TRIGGER_OF.items():
            assert ("userNotFound" in event(source, client=hiding)["request"]) == (trigger in told)


class TestAttributes:
    @every_source
    def test_they_are_theirs_as_events_list_them(self, event, ana, source):
        own = {"phone_number": "+15551234567", "email": "ana@example.com"}
        flags = {"email_verified": "true", "phone_number_verified": "true"}
        usual = {"sub": ana.sub, **flags, "cognito:user_status": "CONFIRMED", **own}
        of = {
            "PreSignUp_SignUp": own,
            "PreSignUp_AdminCreateUser": own | flags,
            "PreSignUp_ExternalProvider": own | flags,
            CLIENT_CREDENTIALS: {},
            "UserMigration_Authentication": None,
            "UserMigration_ForgotPassword": None,
            "InboundFederation_ExternalProvider": None,
        }
        assert event(source)["request"].get("userAttributes") == of.get(source, usual)

    def test_they_are_in_the_order_of_a_java_map(self, event):
        attributes = event(CONFIRMED)["request"]["userAttributes"]
        flags = ["email_verified", "cognito:user_status", "phone_number_verified"]
        assert list(attributes) == ["sub", *flags, "phone_number", "email"]

    @pytest.mark.parametrize("source", ["CustomEmailSender_SignUp", "CustomSMSSender_SignUp"])
    def test_senders_are_told_of_them_last(self, event, source):
        request = event(source, client_metadata={"plan": "pro"})["request"]
        assert list(request) == ["type", "code", "clientMetadata", "userAttributes"]

    @pytest.mark.parametrize("source", TRIGGERS["PostConfirmation"])
    @pytest.mark.parametrize("status", ["UNCONFIRMED", "FORCE_CHANGE_PASSWORD", "RESET_REQUIRED", "CONFIRMED"])
    def test_they_are_confirmed_when_a_post_confirmation_function_runs(self, cognito_pool, source, status):
        bob = cognito_pool.add_user("bob", status=status)
        payload = cognito_pool.event(source, "bob")
        assert payload["request"]["userAttributes"]["cognito:user_status"] == "CONFIRMED"
        assert bob.status == status

    @pytest.mark.parametrize("source", ["PreAuthentication_Authentication", "CustomMessage_ResendCode"])
    @pytest.mark.parametrize("status", ["UNCONFIRMED", "FORCE_CHANGE_PASSWORD", "RESET_REQUIRED"])
    def test_elsewhere_they_have_their_status(self, cognito_pool, source, status):
        cognito_pool.add_user("bob", status=status)
        attributes = cognito_pool.event(source, "bob")["request"]["userAttributes"]
        assert attributes["cognito:user_status"] == status

    @pytest.mark.cognito_pool(Schema=[{"Name": "plan", "AttributeDataType": "String"}])
    def test_they_are_those_of_now(self, cognito_pool, cognito_idp, ana):
        pairs = [{"Name": "custom:plan", "Value": "pro"}, {"Name": "email", "Value": ""}]
        cognito_idp.admin_update_user_attributes(UserPoolId=cognito_pool.id, Username="ana", UserAttributes=pairs)
        attributes = cognito_pool.event(CONFIRMED, "ana")["request"]["userAttributes"]
        assert attributes == {
            "sub": ana.sub,
            "phone_number_verified": "true",
            "cognito:user_status": "CONFIRMED",
            "phone_number": "+15551234567",
            "custom:plan": "pro",
        }

    @pytest.mark.cognito_pool(AliasAttributes=["email"])
    def test_any_name_of_theirs_does(self, cognito_pool, ana):
        for name in ("ana", ana.sub, "ana@example.com"):
            assert cognito_pool.event(CONFIRMED, name)["userName"] == "ana"


class TestAsRecorded:
    @pytest.mark.parametrize("metadata", [None, {}, {"plan": "pro"}])
    @pytest.mark.parametrize("verified", ["false", "true"])
    def test_of_an_administrators_confirmation(self, cognito_pool, cognito_idp, metadata, verified):
        flags = {"email_verified": verified}
        cognito_pool.add_user("bob", status="UNCONFIRMED", attributes=flags, phone_number="+15551234567")
        foretold = cognito_pool.event(CONFIRMED, "bob", client_metadata=metadata)
        given = {} if metadata is None else {"ClientMetadata": metadata}
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="bob", **given)
        payload = cognito_pool.triggers.one("PostConfirmation").payload
        assert payload == foretold
        assert json.dumps(payload) == json.dumps(foretold)

    @pytest.mark.cognito_pool(UsernameAttributes=["email"])
    def test_of_one_where_users_sign_up_with_an_address(self, cognito_pool, cognito_idp):
        bob = cognito_pool.add_user("bob@example.com", status="UNCONFIRMED")
        foretold = cognito_pool.event(CONFIRMED, "bob@example.com")
        cognito_idp.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="bob@example.com")
        assert json.dumps(cognito_pool.triggers.one("PostConfirmation").payload) == json.dumps(foretold)
        assert foretold["userName"] == bob.sub

    def test_of_a_sign_up(self, cognito_pool, cognito_idp):
        cognito_idp.sign_up(
            ClientId=cognito_pool.client.id,
            Username="bob",
            Password="Passw0rd!",
            UserAttributes=[{"Name": "email", "Value": "bob@example.com"}],
            ValidationData=[{"Name": "captcha", "Value": "1"}],
            ClientMetadata={"plan": "pro"},
        )
        told = {"validation_data": {"captcha": "1"}, "client_metadata": {"plan": "pro"}}
        foretold = cognito_pool.event("PreSignUp_SignUp", "bob", **told)
        assert json.dumps(cognito_pool.triggers.one("PreSignUp_SignUp").payload) == json.dumps(foretold)

    def test_of_a_user_whom_an_administrator_creates(self, cognito_pool, cognito_idp):
        pairs = [{"Name": "email", "Value": "bob@example.com"}, {"Name": "email_verified", "Value": "true"}]
        cognito_idp.admin_create_user(
            UserPoolId=cognito_pool.id, Username="bob", UserAttributes=pairs, DesiredDeliveryMediums=["EMAIL"]
        )
        for source in ("PreSignUp_AdminCreateUser", "CustomMessage_AdminCreateUser"):
            foretold = cognito_pool.event(source, "bob")
            assert json.dumps(cognito_pool.triggers.one(source).payload) == json.dumps(foretold)

    @pytest.mark.cognito_pool(AutoVerifiedAttributes=["email"])
    def test_of_a_code_that_is_sent_again(self, cognito_pool, cognito_idp):
        cognito_pool.add_user("bob", status="UNCONFIRMED")
        cognito_idp.resend_confirmation_code(ClientId=cognito_pool.client.id, Username="bob")
        foretold = cognito_pool.event("CustomMessage_ResendCode", "bob")
        assert json.dumps(cognito_pool.triggers.one("CustomMessage").payload) == json.dumps(foretold)


class TestMembersGiven:
    @pytest.mark.parametrize("source", WITH_METADATA)
    @pytest.mark.parametrize("metadata", [{"plan": "pro"}, {}])
    def test_client_metadata(self, event, source, metadata):
        assert event(source, client_metadata=metadata)["request"]["clientMetadata"] == metadata

    @pytest.mark.parametrize("source", [source for source in WITH_METADATA if "Sender" not in source])
    def test_without_metadata_there_is_no_key(self, event, source):
        assert "clientMetadata" not in event(source)["request"]

    @pytest.mark.parametrize("source", WITH_VALIDATION_DATA)
    def test_validation_data(self, event, source):
        request = event(source, validation_data={"captcha": "1"})["request"]
        assert request["validationData"] == {"captcha": "1"}

    @every_source
    def test_none_where_the_service_sends_none(self, event, source):
        trigger = TRIGGER_OF[source]
        members = {
            "PreAuthentication": "'userAttributes', 'userNotFound', 'validationData'",
            "InboundFederation": "'attributes', 'providerName', 'providerType'",
        }
        if source not in WITH_METADATA:
            assert refusal(lambda: event(source, client_metadata={})) == (
                f"the request of {source} has no member 'clientMetadata'; known names: {members[trigger]}"
            )
        if source not in WITH_VALIDATION_DATA:
            text = refusal(lambda: event(source, validation_data={}))
            assert text.startswith(f"the request of {source} has no member 'validationData'; ")

    @pytest.mark.parametrize(
        ("source", "given"),
        [
            ("PreAuthentication_Authentication", {"userNotFound": True}),
            ("PostAuthentication_Authentication", {"newDeviceUsed": True}),
            ("UserMigration_Authentication", {"password": "Passw0rd!"}),
            (
                "CreateAuthChallenge_Authentication",
                {"session": [{"challengeName": "SRP_A", "challengeResult": True, "challengeMetadata": None}]},
            ),
            (
                "VerifyAuthChallengeResponse_Authentication",
                {"privateChallengeParameters": {"answer": "42"}, "challengeAnswer": "41"},
            ),
            ("TokenGeneration_HostedAuth", {"groupConfiguration": GROUPS | {"groupsToOverride": ["staff"]}}),
            ("CustomMessage_SignUp", {"linkParameter": "https://example.com"}),
            ("CustomEmailSender_SignUp", {"code": "123456", "type": "customEmailSenderRequestV2"}),
            (
                "InboundFederation_ExternalProvider",
                {"providerName": "corp", "providerType": "SAML", "attributes": {"idToken": {"groups": ["a"]}}},
            ),
            (CONFIRMED, {"userAttributes": {"sub": "1"}, "clientMetadata": {"plan": "pro"}}),
        ],
    )
    def test_any_other_member_as_the_json_spells_it(self, event, source, given):
        usual = event(source)
        assert event(source, request=given) == usual | {"request": usual["request"] | given}

    def test_what_has_a_parameter_of_its_own_is_taken_from_there(self, event):
        payload = event(CONFIRMED, client_metadata={"plan": "pro"}, request={"clientMetadata": {"plan": "free"}})
        assert payload["request"]["clientMetadata"] == {"plan": "pro"}


class TestTokens:
    @pytest.mark.parametrize("source", TRIGGERS["PreTokenGeneration"][:-1])
    @pytest.mark.parametrize("version", VERSIONS)
    def test_the_version_is_that_of_the_pools_function(self, cognito, source, version):
        config = {"LambdaArn": ARN, "LambdaVersion": f"V{version}_0"}
        pool = cognito.create_pool(LambdaConfig={"PreTokenGenerationConfig": config})
        ana = pool.add_user("ana", email="")
        attributes = {"sub": ana.sub, "cognito:user_status": "CONFIRMED"}
        payload = pool.event(source, "ana")
        assert payload["version"] == version
        if version == "1":
            assert list(payload)[1] == "region"
            assert payload["request"] == {"userAttributes": attributes, "groupConfiguration": GROUPS}
            assert payload["response"] == {"claimsOverrideDetails": None}
        else:
            assert list(payload)[1] == "triggerSource"
            scopes = ["aws.cognito.signin.user.admin"]
            assert payload["request"] == {
                "userAttributes": attributes,
                "groupConfiguration": GROUPS,
                "scopes": scopes,
            }
            assert payload["response"] == {"claimsAndScopeOverrideDetails": None}

    @pytest.mark.cognito_pool(LambdaConfig={"PreTokenGeneration": ARN})
    def test_the_older_setting_is_version_1(self, event):
        assert event("TokenGeneration_Authentication")["version"] == "1"

    @pytest.mark.cognito_pool(LambdaConfig={"PreTokenGenerationConfig": {"LambdaArn": ARN, "LambdaVersion": "V2_0"}})
    def test_where_no_user_takes_part_it_is_version_3(self, cognito_pool):
        payload = cognito_pool.event(CLIENT_CREDENTIALS, "anybody", client_metadata={"plan": "pro"})
        assert payload == {
            "version": "3",
            "triggerSource": CLIENT_CREDENTIALS,
            "region": "us-east-1",
            "userPoolId": cognito_pool.id,
            "userName": "ClientCredentials",
            "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": cognito_pool.client.id},
            "request": {
                "userAttributes": {},
                "groupConfiguration": None,
                "scopes": [],
                "clientMetadata": {"plan": "pro"},
            },
            "response": {"claimsAndScopeOverrideDetails": None},
        }

    @pytest.mark.cognito_pool(LambdaConfig={"PreTokenGenerationConfig": {"LambdaArn": ARN, "LambdaVersion": "V2_0"}})
    def test_scopes_can_be_given_in_these_versions(self, event):
        scopes = ["openid", "profile"]
        payload = event("TokenGeneration_HostedAuth", request={"scopes": scopes})
        assert payload["request"]["scopes"] == scopes

    def test_version_1_has_no_scopes(self, event):
        assert refusal(lambda: event("TokenGeneration_HostedAuth", request={"scopes": []})) == (
            "the request of TokenGeneration_HostedAuth has no member 'scopes'; "
            "known names: 'clientMetadata', 'groupConfiguration', 'userAttributes'"
        )


class TestGroups:
    @pytest.fixture
    def configuration(self, cognito_pool, cognito_idp):
        """The groupConfiguration of a user in groups, each given as (precedence, role)."""

        def configuration(*groups):
            for number, (precedence, role) in enumerate(groups):
                settings = {} if precedence is None else {"Precedence": precedence}
                if role:
                    settings["RoleArn"] = role
                cognito_idp.create_group(UserPoolId=cognito_pool.id, GroupName=f"group{number}", **settings)
            cognito_idp.create_group(UserPoolId=cognito_pool.id, GroupName="other", Precedence=0, RoleArn=OTHER)
            cognito_pool.add_user("bob", groups=[f"group{number}" for number in range(len(groups))])
            return cognito_pool.event("TokenGeneration_Authentication", "bob")["request"]["groupConfiguration"]

        return configuration

    def test_in_none(self, configuration):
        assert configuration() == GROUPS

    def test_in_one_without_a_role(self, configuration):
        assert configuration((1, None)) == GROUPS | {"groupsToOverride": ["group0"]}

    @pytest.mark.parametrize(
        ("groups", "roles", "preferred"),
        [
            ([(0, "A")], "A", "A"),
            ([(5, "A"), (1, "B"), (9, "C")], "ABC", "B"),
            ([(None, "A"), (2**31 - 1, "B")], "AB", "B"),
            ([(1, "A"), (2, None)], "A", "A"),
            ([(1, "A"), (1, "B")], "AB", None),
            ([(1, "A"), (1, "B"), (0, "C")], "ABC", "C"),
            ([(None, "A"), (None, "B")], "AB", None),
        ],
    )
    def test_the_role_of_the_lowest_precedence_is_preferred(self, configuration, groups, roles, preferred):
        found = configuration(*((precedence, role and arn(role)) for precedence, role in groups))
        assert found == {
            "groupsToOverride": [f"group{number}" for number in range(len(groups))],
            "iamRolesToOverride": list(map(arn, roles)),
            "preferredRole": preferred and arn(preferred),
        }

    def test_of_equals_a_role_that_they_share_is_preferred(self, configuration):
        found = configuration((1, arn("A")), (1, arn("A")), (2, arn("B")))
        assert found["preferredRole"] == arn("A")

    @pytest.mark.parametrize("groups", [[(None, "A")], [(None, "A"), (None, "A")]])
    def test_without_a_precedence_the_only_role_is_preferred(self, configuration, groups):
        found = configuration(*((precedence, arn(role)) for precedence, role in groups))
        assert found["preferredRole"] == arn("A")

    def test_it_is_of_now(self, cognito_pool, cognito_idp):
        cognito_pool.add_user("bob", groups=["staff", "editors"])
        cognito_idp.delete_group(UserPoolId=cognito_pool.id, GroupName="staff")
        payload = cognito_pool.event("TokenGeneration_RefreshTokens", "bob")
        assert payload["request"]["groupConfiguration"]["groupsToOverride"] == ["editors"]


def arn(letter):
    return f"arn:aws:iam::123456789012:role/{letter}"


OTHER = arn("other")


class TestUsernameAttributes:
    pytestmark = pytest.mark.cognito_pool(UsernameAttributes=["email", "phone_number"])

    @pytest.mark.parametrize(
        "source",
        [source for source, trigger in TRIGGER_OF.items() if trigger not in {"UserMigration", "InboundFederation"}],
    )
    def test_their_username_is_their_sub(self, cognito_pool, source):
        ana = cognito_pool.add_user("ana@example.com")
        payload = cognito_pool.event(source, "ana@example.com")
        assert payload["userName"] == ("ClientCredentials" if source == CLIENT_CREDENTIALS else ana.sub)

    def test_their_address_is_an_attribute(self, cognito_pool):
        ana = cognito_pool.add_user("ana@example.com")
        assert cognito_pool.event(CONFIRMED, ana.sub)["request"]["userAttributes"] == {
            "sub": ana.sub,
            "email_verified": "true",
            "cognito:user_status": "CONFIRMED",
            "email": "ana@example.com",
        }

    @pytest.mark.parametrize(
        ("username", "attribute"), [("new@example.com", "email"), ("+15551234567", "phone_number")]
    )
    @pytest.mark.parametrize("source", ["PreSignUp_SignUp", "PreSignUp_AdminCreateUser"])
    def test_an_address_of_a_new_user_is_in_the_event(self, cognito_pool, source, username, attribute):
        payload = cognito_pool.event(source, username)
        assert payload["request"]["userAttributes"] == {attribute: username}

    @pytest.mark.parametrize("source", TRIGGERS["UserMigration"])
    def test_one_who_comes_from_elsewhere_is_named_as_they_typed(self, cognito_pool, source):
        assert cognito_pool.event(source, "new@example.com")["userName"] == "new@example.com"


class TestAttributesOfTheTests:
    def test_somebody_who_signs_up_has_an_address(self, cognito_pool):
        assert attributes_of(cognito_pool.event("PreSignUp_SignUp", "new")) == {"email": "new@example.com"}
        assert attributes_of(cognito_pool.event("PreSignUp_SignUp", "new@shop.example")) == {
            "email": "new@shop.example"
        }

    def test_where_users_sign_up_with_an_address_it_is_theirs(self, cognito):
        pool = cognito.create_pool(UsernameAttributes=["phone_number"])
        event = pool.event("PreSignUp_SignUp", "+15551234567")
        assert attributes_of(event) == {"phone_number": "+15551234567"}

    def test_given_ones_are_theirs(self, cognito_pool):
        event = cognito_pool.event("PreSignUp_SignUp", "new", attributes={"name": "New", "email": ""})
        assert attributes_of(event) == {"name": "New"}

    def test_given_ones_come_beside_those_of_a_user_or_instead(self, cognito_pool):
        user = cognito_pool.add_user("ana", attributes={"name": "Ana"})
        event = cognito_pool.event(CONFIRMED, "ana", attributes={"name": "Anna", "locale": "de"})
        own = attributes_of(event)
        assert (own["name"], own["locale"], own["email"]) == ("Anna", "de", "ana@example.com")
        assert user.attributes["name"] == "Ana"

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"nam": "x"}, "the pool's schema has no attribute 'nam'; did you mean 'name'?"),
            ({"name": 5}, "attribute values must be strings: name=5; did you mean '5'?"),
            (["name"], "attributes must be a dict of strings, not ['name']"),
        ],
    )
    def test_what_cannot_be_is_refused(self, cognito_pool, given, message):
        assert refusal(lambda: cognito_pool.event("PreSignUp_SignUp", "new", attributes=given)) == message


class TestUnknown:
    @pytest.mark.parametrize(
        "source",
        [
            source
            for source, trigger in TRIGGER_OF.items()
            if trigger in {"PreSignUp", "UserMigration", "InboundFederation"}
        ],
    )
    def test_somebody_the_pool_need_not_have(self, cognito_pool, source):
        payload = cognito_pool.event(source, "new")
        assert payload["userName"] == "new"
        usual = {"email": "new@example.com"} if source.startswith("PreSignUp") else None
        assert payload["request"].get("userAttributes") == usual
        assert not cognito_pool.users

    @pytest.mark.parametrize(
        "source",
        [
            source
            for source, trigger in TRIGGER_OF.items()
            if trigger not in {"PreSignUp", "UserMigration", "InboundFederation"} and source != CLIENT_CREDENTIALS
        ],
    )
    def test_else_an_unknown_user_is_refused(self, cognito_pool, ana, source):
        text = refusal(lambda: cognito_pool.event(source, "anna"))
        assert text == f"no user of {cognito_pool.id} has the name 'anna'; did you mean 'ana'?"

    def test_a_pool_without_users_says_so(self, cognito_pool):
        text = refusal(lambda: cognito_pool.event(CONFIRMED, "ana"))
        assert text == f"no user of {cognito_pool.id} has the name 'ana'; it has no users"

    @pytest.mark.parametrize("username", ["", "two words", "a" * 129])
    def test_a_name_that_nobody_can_have_is_refused(self, cognito_pool, username):
        assert refusal(lambda: cognito_pool.event("PreSignUp_SignUp", username)).startswith(
            f"invalid username {username!r}; a valid one is 'ana'"
        )

    @pytest.mark.parametrize(("trigger", "sources"), TRIGGERS.items())
    def test_a_trigger_is_no_source(self, event, trigger, sources):
        listed = ", ".join(map(repr, sources))
        assert refusal(lambda: event(trigger)) == f"{trigger} is a trigger; its sources are {listed}"

    @pytest.mark.parametrize(
        ("source", "hint"),
        [
            ("PostConfirmation_ConfirmSignup", "did you mean 'PostConfirmation_ConfirmSignUp'?"),
            ("CustomSmsSender_SignUp", "did you mean 'CustomSMSSender_SignUp'?"),
            (
                "zzz",
                (
                    "known names: 'CreateAuthChallenge', 'CustomEmailSender', 'CustomMessage', 'CustomSMSSender', "
                    "'DefineAuthChallenge', 'InboundFederation', 'PostAuthentication', 'PostConfirmation' and 5 more"
                ),
            ),
        ],
    )
    def test_an_unknown_source_is_refused(self, event, source, hint):
        text = refusal(lambda: event(source))
        assert text == f"Cognito has no trigger or trigger source {source!r}; {hint}"

    @pytest.mark.parametrize(
        ("member", "hint"),
        [
            ("usernotfound", "did you mean 'userNotFound'?"),
            ("user_attributes", "did you mean 'userAttributes'?"),
            ("zzz", "known names: 'userAttributes', 'userNotFound', 'validationData'"),
        ],
    )
    def test_an_unknown_member_is_refused(self, event, member, hint):
        source = "PreAuthentication_Authentication"
        text = refusal(lambda: event(source, request={member: True}))
        assert text == f"the request of {source} has no member {member!r}; {hint}"


class TestTypes:
    @pytest.mark.parametrize(
        ("source", "given", "broken"),
        [
            (CONFIRMED, {"client_metadata": {"n": 1}}, "request.clientMetadata.n: Input should be a valid string"),
            (
                "PreAuthentication_Authentication",
                {"validation_data": {"n": True}},
                "request.validationData.n: Input should be a valid string",
            ),
            (
                "PreAuthentication_Authentication",
                {"request": {"userNotFound": "true"}},
                "request.userNotFound: Input should be a valid boolean",
            ),
            (
                "UserMigration_Authentication",
                {"request": {"password": None}},
                "request.password: Input should be a valid string",
            ),
            (
                "DefineAuthChallenge_Authentication",
                {"request": {"session": [{"challengeName": "SRP_A"}]}},
                "request.session.0.challengeResult: Field required",
            ),
            (
                CONFIRMED,
                {"request": {"userAttributes": {"email_verified": True, "updated_at": 5}}},
                (
                    "request.userAttributes.email_verified: Input should be a valid string; "
                    "request.userAttributes.updated_at: Input should be a valid string"
                ),
            ),
        ],
    )
    def test_a_value_of_another_type_is_refused(self, event, source, given, broken):
        assert refusal(lambda: event(source, **given)) == f"that is not an event of {source}: {broken}"

    @pytest.mark.parametrize("name", ["client_metadata", "validation_data"])
    @pytest.mark.parametrize("value", ["pro", ["ab"]])
    def test_what_is_no_map_is_refused(self, event, name, value):
        refusal(lambda: event("PreSignUp_SignUp", **{name: value}))


def test_none_names_no_user(cognito_pool):
    with pytest.raises(UsageError, match=r"^invalid username None; a valid one is 'ana'$"):
        cognito_pool.event("PreSignUp_SignUp", None)
