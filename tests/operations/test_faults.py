"""Every error on demand, and replies that are lost: facts/admin-confirm-sign-up.md, sections 1.1, 7 and 8."""

from __future__ import annotations

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ReadTimeoutError

from pytest_cognito_pool._service.protocol import model

evidence = pytest.mark.evidence
ARN = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_TestPool1"
# The API reference's list; the model has OperationNotEnabledException too, where it is new enough.
DOCUMENTED = {
    "InternalErrorException": 500,
    "InvalidLambdaResponseException": 400,
    "InvalidParameterException": 400,
    "LimitExceededException": 400,
    "NotAuthorizedException": 400,
    "ResourceNotFoundException": 400,
    "TooManyFailedAttemptsException": 400,
    "TooManyRequestsException": 400,
    "UnexpectedLambdaException": 400,
    "UserLambdaValidationException": 400,
    "UserNotFoundException": 400,
}
OBSERVED = {
    "InternalErrorException": "Internal server error.",
    "InvalidLambdaResponseException": "Invalid lambda function output : Invalid JSON",
    "InvalidSignatureException": (
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
        "Key and signing method. Consult the service documentation for details."
    ),
    "LimitExceededException": "Attempt limit exceeded, please try after some time.",
    "MissingAuthenticationTokenException": "Missing Authentication Token",
    "NotAuthorizedException": "User cannot be confirmed. Current status is CONFIRMED",
    "ResourceNotFoundException": "User pool us-east-1_TestPool1 does not exist.",
    "TooManyRequestsException": "Rate exceeded",
    "UnexpectedLambdaException": "PostConfirmation invocation failed due to error AccessDeniedException.",
    "UnrecognizedClientException": "The security token included in the request is invalid.",
    "UserLambdaValidationException": "PostConfirmation failed with error name 'userAttributes' is not defined.",
    "UserNotFoundException": "User does not exist.",
    "AccessDeniedException": (
        f"User: arn:aws:iam::123456789012:user/pytest is not authorized to perform: cognito-idp:AdminConfirmSignUp on "
        f"resource: {ARN} because no identity-based policy allows the cognito-idp:AdminConfirmSignUp action"
    ),
}
COMMON = {
    "AccessDeniedException": 400,
    "ExpiredTokenException": 400,
    "IncompleteSignature": 400,
    "InternalFailure": 500,
    "InvalidSignatureException": 400,
    "MissingAuthenticationTokenException": 400,
    "OptInRequired": 403,
    "RequestExpired": 400,
    "SerializationException": 400,
    "ServiceUnavailable": 503,
    "ThrottlingException": 400,
    "UnknownOperationException": 400,
    "UnrecognizedClientException": 400,
    "ValidationError": 400,
}


@pytest.fixture
def impatient(cognito):
    """A client that does not retry, so that every error reaches the application."""
    return boto3.client("cognito-idp", config=Config(retries={"mode": "standard", "total_max_attempts": 1}))


@pytest.fixture
def confirm(cognito_pool, impatient):
    cognito_pool.add_user("ana", status="UNCONFIRMED")
    return lambda: impatient.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")


@evidence("documented", "API reference: 11 errors, all 400 but InternalErrorException")
@pytest.mark.parametrize("code", DOCUMENTED)
def test_every_documented_error_has_its_http_status(cognito_pool, confirm, impatient, code):
    cognito_pool.fail("AdminConfirmSignUp", code)
    with pytest.raises(getattr(impatient.exceptions, code)) as raised:
        confirm()
    response = raised.value.response
    assert response["ResponseMetadata"]["HTTPStatusCode"] == DOCUMENTED[code]
    assert response["ResponseMetadata"]["HTTPHeaders"]["x-amzn-errortype"] == f"{code}:"
    assert response["message"] == response["Error"]["Message"] != ""
    assert cognito_pool.users["ana"].status == "UNCONFIRMED"
    assert cognito_pool.triggers == []


@evidence("model", "botocore: the operation's own list")
def test_the_model_declares_only_the_documented_errors():
    assert {*model.errors("AdminConfirmSignUp")} - {"OperationNotEnabledException"} == {*DOCUMENTED}


@evidence("inferred", "a client's fault without a status in the model; its text is the model's description")
@pytest.mark.skipif(
    "OperationNotEnabledException" not in model.errors("AdminConfirmSignUp"), reason="an older service model"
)
def test_operation_not_enabled_exception_can_be_raised(cognito_pool, confirm, refused):
    cognito_pool.fail("AdminConfirmSignUp", "OperationNotEnabledException")
    with refused("OperationNotEnabledException"):
        confirm()


@evidence(
    "observed", "boto3#2517, aws-sdk-android#2022, amplify-js#8013; anomalyco/guide#18, #336; sections 3, 6.4 and 7"
)
@pytest.mark.parametrize("code", OBSERVED)
def test_the_default_message_is_the_observed_message(cognito_pool, confirm, refused, code):
    cognito_pool.fail("AdminConfirmSignUp", code)
    with refused(code, OBSERVED[code], status=500 if code == "InternalErrorException" else 400):
        confirm()


@evidence("inferred", "statuses of the errors common to AWS: no capture of Cognito's")
@pytest.mark.parametrize("code", COMMON)
def test_an_error_common_to_all_aws_services_can_be_raised(cognito_pool, confirm, refused, code):
    cognito_pool.fail("AdminConfirmSignUp", code)
    with refused(code, status=COMMON[code]):
        confirm()


@evidence("observed", "amplify-js#6014: a SerializationException without a text")
@pytest.mark.parametrize("code", ["SerializationException", "UnknownOperationException"])
def test_some_errors_have_no_message(cognito_pool, confirm, refused, code):
    cognito_pool.fail("AdminConfirmSignUp", code)
    with refused(code, "") as caught:
        confirm()
    assert "message" not in caught.value.response
    assert cognito_pool.calls[0].error.message is None


@evidence("observed", "mifi/cognito-backup#28: `Too many requests` was seen as well")
def test_a_fault_can_have_its_own_message(cognito_pool, confirm, refused):
    cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException", message="Too many {requests}")
    with refused("TooManyRequestsException", "Too many {requests}"):
        confirm()


@evidence("documented", "API reference: InvalidParameterException alone has a reasonCode")
def test_a_fault_can_have_a_reason_code(cognito_pool, confirm, impatient):
    cognito_pool.fail("AdminConfirmSignUp", "InvalidParameterException", reason_code="LAMBDA_CONFIG", message="no")
    with pytest.raises(impatient.exceptions.InvalidParameterException) as raised:
        confirm()
    assert raised.value.response["reasonCode"] == "LAMBDA_CONFIG"


@evidence("inferred", "captured InvalidParameterException bodies have none")
def test_a_fault_has_no_reason_code_by_default(cognito_pool, confirm, impatient):
    cognito_pool.fail("AdminConfirmSignUp", "InvalidParameterException")
    with pytest.raises(impatient.exceptions.InvalidParameterException) as raised:
        confirm()
    assert "reasonCode" not in raised.value.response


@evidence("observed", "floci-rec ForgotPassword; localstack#3201; pmill/aws-cognito#37; localstack#4465")
@pytest.mark.parametrize(
    ("operation", "code", "parameters", "text"),
    [
        ("ForgotPassword", "UserNotFoundException", {}, "Username/client id combination not found."),
        ("SignUp", "NotAuthorizedException", {"Password": "Passw0rd!"}, "SignUp is not permitted for this user pool"),
        ("SignUp", "UsernameExistsException", {"Password": "Passw0rd!"}, "User already exists"),
        (
            "SignUp",
            "ResourceNotFoundException",
            {"Password": "Passw0rd!"},
            "User pool client testclient0000000000000001 does not exist.",
        ),
        (
            "SignUp",
            "InvalidPasswordException",
            {"Password": "Passw0rd!"},
            "Password did not conform with policy: Password not long enough",
        ),
        (
            "ConfirmSignUp",
            "CodeMismatchException",
            {"ConfirmationCode": "123456"},
            "Invalid verification code provided, please try again.",
        ),
    ],
)
def test_another_operation_has_its_own_messages(cognito_pool, impatient, refused, operation, code, parameters, text):
    cognito_pool.fail(operation, code)
    with refused(code, text):
        impatient._make_api_call(operation, {"ClientId": cognito_pool.client.id, "Username": "ana", **parameters})


@evidence("observed", "localstack#4465; public capture of Resend not possible; floci#2018")
@pytest.mark.parametrize(
    ("operation", "code", "parameters", "text"),
    [
        ("AdminCreateUser", "UsernameExistsException", {}, "User account already exists"),
        (
            "AdminCreateUser",
            "UnsupportedUserStateException",
            {},
            "Resend not possible. ana status is not FORCE_CHANGE_PASSWORD",
        ),
        (
            "AdminInitiateAuth",
            "NotAuthorizedException",
            {"AuthFlow": "ADMIN_USER_PASSWORD_AUTH", "ClientId": "testclient0000000000000001"},
            "Incorrect username or password.",
        ),
    ],
)
def test_an_operation_of_administrators_has_its_own_messages(
    cognito_pool, impatient, refused, operation, code, parameters, text
):
    cognito_pool.fail(operation, code)
    sent = {"UserPoolId": cognito_pool.id, "Username": "ana", **parameters}
    if "Username" not in model.parameters(operation):
        del sent["Username"]
    with refused(code, text):
        impatient._make_api_call(operation, sent)


@evidence("observed", "captures of each; of RevokeToken the types are the model's")
@pytest.mark.parametrize(
    ("operation", "code", "text"),
    [
        ("ForgotPassword", "CodeDeliveryFailureException", "Unable to deliver code to user"),
        ("ForgotPassword", "NotAuthorizedException", "User password cannot be reset in the current state."),
        ("ConfirmForgotPassword", "PasswordHistoryPolicyViolationException", "Password has previously been used"),
        ("ConfirmForgotPassword", "UserNotFoundException", "Username/client id combination not found."),
        ("RespondToAuthChallenge", "NotAuthorizedException", "Incorrect username or password."),
        ("RevokeToken", "UnauthorizedException", None),
    ],
)
def test_an_operation_for_sign_in_and_recovery_has_its_own_messages(
    cognito_pool, impatient, refused, operation, code, text
):
    likely = {
        "ChallengeName": "PASSWORD_VERIFIER", "ClientId": cognito_pool.client.id, "ConfirmationCode": "123456",
        "Password": "Passw0rd!", "Token": "token", "Username": "ana",
    }  # fmt: skip
    cognito_pool.fail(operation, code)
    sent = {name: value for name, value in likely.items() if name in model.parameters(operation)}
    with refused(code, text):
        impatient._make_api_call(operation, sent)


@evidence("observed", "floci-io/floci#2018, of VerifyUserAttribute")
def test_an_operation_with_an_access_token_has_its_own_message(cognito, impatient, refused):
    cognito.fail("GetUser", "NotAuthorizedException")
    with refused("NotAuthorizedException", "Invalid Access Token"):
        impatient.get_user(AccessToken="token")


@evidence("inferred", "the order of DESIGN.md: the form of a request is checked before a fault applies")
def test_a_request_that_breaks_a_constraint_is_refused_before_a_fault_applies(cognito_pool, impatient, refused):
    fault = cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException", optional=True)
    with refused("InvalidParameterException"):
        impatient.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="a b")
    assert fault.hits == 0


@evidence("inferred", "the order of DESIGN.md: permission is checked before a fault applies")
def test_a_request_that_no_policy_allows_is_refused_before_a_fault_applies(cognito, cognito_pool, confirm, refused):
    fault = cognito_pool.fail("AdminConfirmSignUp", "TooManyRequestsException", optional=True)
    cognito.enforce({"Version": "2012-10-17", "Statement": []})
    with refused("AccessDeniedException"):
        confirm()
    assert fault.hits == 0


class TestLostAnswer:
    @pytest.fixture
    def client(self, cognito):
        """A client that sends a second request where no answer comes."""
        return boto3.client("cognito-idp", config=Config(retries={"mode": "standard", "total_max_attempts": 2}))

    @evidence("inferred", "section 7: a second call after the first took effect; section 8: botocore sends it")
    def test_the_retry_is_refused_because_the_first_request_took_effect(self, cognito_pool, client, refused):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        cognito_pool.fail("AdminConfirmSignUp", ReadTimeoutError, after=True, attempts=1)
        with refused("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED"):
            client.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert cognito_pool.users["ana"].status == "CONFIRMED"
        assert cognito_pool.triggers.sources == ["PostConfirmation_ConfirmSignUp"]
        (call,) = cognito_pool.calls
        assert [attempt.outcome() for attempt in call.attempts] == ["ReadTimeoutError", "NotAuthorizedException"]
        assert call.outcome() == "NotAuthorizedException, 'ana' UNCONFIRMED -> CONFIRMED"

    @evidence("inferred", "an error may come after the effect as well as a reply may be lost")
    @pytest.mark.parametrize("error", ["InternalErrorException", "TooManyRequestsException", ReadTimeoutError])
    def test_the_user_stays_confirmed_when_every_answer_is_lost(self, cognito_pool, client, error):
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        fault = cognito_pool.fail("AdminConfirmSignUp", error, after=True)
        assert fault.after
        with pytest.raises((ClientError, ReadTimeoutError)) as raised:
            client.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert type(raised.value).__name__ == getattr(error, "__name__", error)
        assert cognito_pool.users["ana"].status == "CONFIRMED"
        assert len(cognito_pool.triggers) == 1

    @evidence("inferred", "the function runs inside the call whose reply is lost")
    def test_the_lambda_function_runs_although_the_answer_is_lost(self, cognito_pool, client):
        ran = []
        cognito_pool.on("PostConfirmation", lambda event, _context: ran.append(event["userName"]) or event)
        cognito_pool.add_user("ana", status="UNCONFIRMED")
        cognito_pool.fail("AdminConfirmSignUp", "InternalErrorException", after=True)
        with pytest.raises(client.exceptions.InternalErrorException):
            client.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert ran == ["ana"]

    @evidence("inferred", "a refusal is an answer, and lost like any other")
    def test_a_refusal_is_lost_too(self, cognito_pool, client):
        cognito_pool.add_user("ana")
        cognito_pool.fail("AdminConfirmSignUp", ReadTimeoutError, after=True)
        with pytest.raises(ReadTimeoutError):
            client.admin_confirm_sign_up(UserPoolId=cognito_pool.id, Username="ana")
        assert cognito_pool.users["ana"].history == []

    @evidence("inferred", "the user was created before the reply was lost")
    def test_the_user_exists_although_the_answer_of_sign_up_is_lost(self, cognito_pool, client, refused):
        cognito_pool.fail("SignUp", ReadTimeoutError, after=True, attempts=1)
        with refused("UsernameExistsException"):
            client.sign_up(ClientId=cognito_pool.client.id, Username="ana", Password="Passw0rd!")
        assert cognito_pool.users["ana"].status == "UNCONFIRMED"

    @evidence("inferred", "an operation that is not simulated has no effect")
    def test_an_operation_that_is_not_simulated_cannot_take_effect(self, cognito, cognito_pool, client):
        cognito_pool.fail("DescribeRiskConfiguration", ReadTimeoutError, after=True)
        with pytest.raises(NotImplementedError, match="DescribeRiskConfiguration is not simulated"):
            client.describe_risk_configuration(UserPoolId=cognito_pool.id)
        with pytest.raises(AssertionError, match="is not simulated"):
            cognito.check()
