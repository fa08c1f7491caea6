"""`Cognito.load` of CloudFormation's templates, in each form that public projects use."""

from __future__ import annotations

import json

import boto3
import pytest

from pytest_cognito_pool import Cognito, TemplateWarning, UnsupportedOperationError, UsageError
from pytest_cognito_pool._service.protocol import model

from .conftest import client_of, described, mfa_of

POOL = {"Type": "AWS::Cognito::UserPool", "Properties": {"UserPoolName": "customers"}}
ARN = "arn:aws:lambda:us-east-1:123456789012:function:"


def stack(pool=None, **resources):
    return {"Resources": {"Customers": {**POOL, "Properties": {**POOL["Properties"], **(pool or {})}}, **resources}}


SAM = """
    AWSTemplateFormatVersion: 2010-09-09
    Transform: AWS::Serverless-2016-10-31
    Parameters:
      Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}
      Callbacks: {Type: CommaDelimitedList, Default: "https://a.example.com/cb, https://b.example.com/cb"}
    Conditions:
      IsProd: !Equals [!Ref Stage, prod]
    Resources:
      Customers:
        Type: AWS::Cognito::UserPool
        Properties:
          UserPoolName: !Sub "customers-${Stage}"
          UsernameAttributes: [email]
          AutoVerifiedAttributes: [email]
          Policies: {PasswordPolicy: {MinimumLength: "12", RequireSymbols: "false"}}
          MfaConfiguration: "OFF"
          Schema:
            - Name: plan
              AttributeDataType: String
              StringAttributeConstraints: {MinLength: 1, MaxLength: "10"}
          UserPoolTags: {number: 12, flag: true}
          LambdaConfig:
            PreSignUp: !GetAtt Check.Arn
      Web:
        Type: AWS::Cognito::UserPoolClient
        Properties:
          UserPoolId: !Ref Customers
          GenerateSecret: !If [IsProd, true, !Ref "AWS::NoValue"]
          CallbackURLs: !Ref Callbacks
          AllowedOAuthFlows: [code]
          AllowedOAuthFlowsUserPoolClient: yes
          AllowedOAuthScopes: [openid, !Join ["/", [!Ref Api, read]]]
          SupportedIdentityProviders: [COGNITO]
      Api:
        Type: AWS::Cognito::UserPoolResourceServer
        Properties:
          UserPoolId: !Ref Customers
          Identifier: orders
          Name: Orders
          Scopes: [{ScopeName: read, ScopeDescription: read orders}]
      Staff:
        Type: AWS::Cognito::UserPoolGroup
        Properties: {UserPoolId: !Ref Customers, GroupName: staff, Precedence: "3"}
      Boss:
        Type: AWS::Cognito::UserPoolUser
        Properties:
          UserPoolId: !Ref Customers
          Username: boss@example.com
          UserAttributes: [{Name: email, Value: boss@example.com}]
      BossIsStaff:
        Type: AWS::Cognito::UserPoolUserToGroupAttachment
        Properties: {UserPoolId: !Ref Customers, GroupName: !Ref Staff, Username: !Ref Boss}
      Login:
        Type: AWS::Cognito::UserPoolDomain
        Properties: {UserPoolId: !Ref Customers, Domain: !Sub "shop-${Stage}"}
      OnlyProd:
        Type: AWS::Cognito::UserPoolGroup
        Condition: IsProd
        Properties: {UserPoolId: !Ref Customers, GroupName: prod}
      Check:
        Type: AWS::Serverless::Function
        Properties: {Handler: app.handler, Runtime: python3.12, CodeUri: check/}
      Welcome:
        Type: AWS::Serverless::Function
        Properties:
          AutoPublishAlias: live
          Environment: {Variables: {POOL: !Ref Customers, LATER: !Ref Unknown}}
          Events:
            Confirmed: {Type: Cognito, Properties: {UserPool: !Ref Customers, Trigger: [PostConfirmation]}}
            Api: {Type: Api, Properties: {Path: /}}
      Table: {Type: AWS::DynamoDB::Table}
    Outputs:
      Url: {Value: !Sub "https://${Login}.auth.${AWS::Region}.amazoncognito.com/${NotThere}"}
"""


class TestSam:
    def test_all_that_it_declares(self, cognito, load):
        loaded = load(SAM)
        pool = loaded.pool
        assert loaded.pools["Customers"] is pool is cognito.pools[pool.id]
        assert repr(loaded) == "<Loaded ['Customers']>"
        assert cognito.calls == []
        assert pool.triggers == []
        assert pool.outbox == []
        assert list(pool.groups) == ["staff"]
        (boss,) = pool.groups["staff"].users
        assert (boss.attributes["email"], boss.status) == ("boss@example.com", "FORCE_CHANGE_PASSWORD")
        found = described(pool)
        assert found["Name"] == "customers-dev"
        assert found["Policies"]["PasswordPolicy"]["MinimumLength"] == 12
        assert found["Policies"]["PasswordPolicy"]["RequireSymbols"] is False
        assert found["UserPoolTags"] == {"number": "12", "flag": "true"}
        assert found["Domain"] == "shop-dev"
        assert found["LambdaConfig"] == {"PreSignUp": f"{ARN}Check", "PostConfirmation": f"{ARN}Welcome:live"}
        web = client_of(pool, loaded.clients["Web"])
        assert web["CallbackURLs"] == ["https://a.example.com/cb", "https://b.example.com/cb"]
        assert web["AllowedOAuthScopes"] == ["openid", "orders/read"]
        assert loaded.clients["Web"].secret is None
        assert loaded.clients["Web"].name.startswith("Web-")

    def test_ids_are_the_same_in_every_run(self, cognito, load):
        with cognito.rollback():
            first = load(SAM)
        second = load(SAM)
        assert first.pool.id == second.pool.id
        assert first.clients["Web"].id == second.clients["Web"].id

    def test_parameters(self, load):
        loaded = load(SAM, parameters={"Stage": "prod", "Callbacks": ["https://c.example.com/cb"]})
        assert list(loaded.pool.groups) == ["staff", "prod"]
        assert loaded.clients["Web"].secret
        assert client_of(loaded.pool, loaded.clients["Web"])["CallbackURLs"] == ["https://c.example.com/cb"]

    def test_functions_are_attached_to_their_triggers(self, load):
        ran = []
        functions = {"Welcome": lambda event, _context: ran.append("Welcome") or event, f"{ARN}Check": lambda e, _c: e}
        pool = load(SAM, functions=functions).pool
        pool.add_user("ana@example.com", status="UNCONFIRMED")
        client = boto3.client("cognito-idp", region_name="us-east-1")
        client.admin_confirm_sign_up(UserPoolId=pool.id, Username="ana@example.com")
        assert ran == ["Welcome"]
        assert pool.triggers.one("PostConfirmation").handler_name.endswith("<lambda>")

    def test_a_pool_that_is_not_of_the_template(self, refusal):
        event = {
            "Type": "Cognito",
            "Properties": {"UserPool": {"Fn::GetAtt": ["Stack", "Pool"]}, "Trigger": "PreSignUp"},
        }
        function = {"Type": "AWS::Serverless::Function", "Properties": {"Events": {"Hook": event}}}
        assert refusal(stack(Fn=function)) == (
            "cfn.yaml: Resource with id [Fn] is invalid. Event with id [Hook] is invalid. Cognito events must reference a "
            "Cognito UserPool in the same template."
        )

    def test_a_trigger_that_is_attached_twice(self, refusal):
        event = {"Type": "Cognito", "Properties": {"UserPool": {"Ref": "Customers"}, "Trigger": "PreSignUp"}}
        function = {"Type": "AWS::Serverless::Function", "Properties": {"Events": {"Hook": event}}}
        assert 'Cognito trigger "PreSignUp" defined multiple times.' in refusal(
            stack({"LambdaConfig": {"PreSignUp": f"{ARN}f"}}, Fn=function)
        )


class TestCdk:
    TEMPLATE = {
        "Resources": {
            "Patients7C4D90EF": {
                "Type": "AWS::Cognito::UserPool",
                "Properties": {
                    "AccountRecoverySetting": {
                        "RecoveryMechanisms": [
                            {"Name": "verified_phone_number", "Priority": 1},
                            {"Name": "verified_email", "Priority": 2},
                        ]
                    },
                    "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True},
                    "EmailVerificationMessage": "The verification code to your new account is {####}",
                    "EmailVerificationSubject": "Verify your new account",
                    "EnabledMfas": ["SOFTWARE_TOKEN_MFA"],
                    "LambdaConfig": {
                        "PostConfirmation": {"Fn::GetAtt": ["WelcomeFn", "Arn"]},
                        "PreTokenGenerationConfig": {"LambdaArn": {"Ref": "ClaimsAlias"}, "LambdaVersion": "V2_0"},
                        "PreAuthentication": {"Ref": "ClaimsVersion"},
                    },
                    "MfaConfiguration": "OPTIONAL",
                    "Schema": [{"Mutable": True, "Name": "email", "Required": True}],
                    "SmsVerificationMessage": "The verification code to your new account is {####}",
                    "UserPoolName": "patients",
                    "VerificationMessageTemplate": {
                        "DefaultEmailOption": "CONFIRM_WITH_CODE",
                        "EmailMessage": "The verification code to your new account is {####}",
                        "EmailSubject": "Verify your new account",
                        "SmsMessage": "The verification code to your new account is {####}",
                    },
                },
                "UpdateReplacePolicy": "Retain",
                "DeletionPolicy": "Retain",
                "Metadata": {"aws:cdk:path": "PortalStack/Patients/Resource"},
            },
            "PatientsWeb1234ABCD": {
                "Type": "AWS::Cognito::UserPoolClient",
                "Properties": {
                    "AllowedOAuthFlows": ["implicit", "code"],
                    "AllowedOAuthFlowsUserPoolClient": True,
                    "AllowedOAuthScopes": ["profile", "phone", "email", "openid", "aws.cognito.signin.user.admin"],
                    "CallbackURLs": ["https://example.com"],
                    "IdTokenValidity": 60,
                    "SupportedIdentityProviders": ["COGNITO"],
                    "TokenValidityUnits": {"IdToken": "minutes"},
                    "UserPoolId": {"Ref": "Patients7C4D90EF"},
                },
                "Metadata": {"aws:cdk:path": "PortalStack/Patients/Web/Resource"},
            },
            "WelcomeFn": {
                "Type": "AWS::Lambda::Function",
                "Properties": {"FunctionName": "welcome", "Role": {"Fn::GetAtt": ["Role", "Arn"]}},
                "Metadata": {"aws:cdk:path": "PortalStack/Welcome/Resource"},
            },
            "ClaimsFn": {"Type": "AWS::Lambda::Function", "Properties": {}},
            "ClaimsVersion": {"Type": "AWS::Lambda::Version", "Properties": {"FunctionName": {"Ref": "ClaimsFn"}}},
            "ClaimsAlias": {
                "Type": "AWS::Lambda::Alias",
                "Properties": {"FunctionName": {"Ref": "ClaimsFn"}, "Name": "live"},
            },
            "Describe": {
                "Type": "Custom::DescribeCognitoUserPoolClient",
                "Properties": {
                    "Create": '{"service":"CognitoIdentityServiceProvider","action":"describeUserPoolClient"}'
                },
            },
            "CDKMetadata": {"Type": "AWS::CDK::Metadata", "Properties": {"Analytics": {"Ref": "NotThere"}}},
        },
        "Parameters": {
            "BootstrapVersion": {
                "Type": "AWS::SSM::Parameter::Value<String>",
                "Default": "/cdk-bootstrap/hnb659fds/version",
            }
        },
        "Rules": {"CheckBootstrapVersion": {"Assertions": [{"Assert": {"Fn::Not": [{"Fn::Contains": [["1"], "x"]}]}}]}},
    }

    def test_constructs_by_their_paths(self, load):
        ran = []
        handler = lambda event, _context: ran.append(event["triggerSource"]) or event  # noqa: E731 - passed twice
        functions = {"PortalStack/Welcome": handler, "ClaimsFn": handler}
        loaded = load(self.TEMPLATE, "PortalStack.template.json", functions=functions)
        pool = loaded.pools["PortalStack/Patients"]
        assert pool is loaded.pools["PortalStack/Patients/Resource"] is loaded.pools["Patients7C4D90EF"]
        assert loaded.clients["PortalStack/Patients/Web"].id == loaded.clients["PatientsWeb1234ABCD"].id
        assert list(loaded.pools) == ["Patients7C4D90EF"]
        pool.add_user("ana", status="UNCONFIRMED")
        client = boto3.client("cognito-idp", region_name="us-east-1")
        client.admin_confirm_sign_up(UserPoolId=pool.id, Username="ana")
        pool.sign_in("ana", run_triggers=True)
        assert ran == ["PostConfirmation_ConfirmSignUp", "TokenGeneration_Authentication"]

    def test_second_factors(self, load):
        found = mfa_of(load(self.TEMPLATE, resource="PortalStack/Patients").pool)
        assert found["MfaConfiguration"] == "OPTIONAL"
        assert found["SoftwareTokenMfaConfiguration"] == {"Enabled": True}

    def test_a_custom_resource_that_changes_a_pool(self, load):
        changing = {"Create": '{"service":"CognitoIdentityServiceProvider","action":"updateUserPool"}'}
        template = stack(Later={"Type": "Custom::AWS", "Properties": changing})
        with pytest.warns(TemplateWarning, match=r"Later \(Custom::AWS\) changes a user pool after it is deployed"):
            load(template)


class TestServerless:
    def test_its_own_template(self, load):
        function = {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "shop-dev-welcome"}}
        pool = {
            "Type": "AWS::Cognito::UserPool",
            "Properties": {
                "UserPoolName": "Singers",
                "LambdaConfig": {"PostConfirmation": {"Fn::GetAtt": ["WelcomeLambdaFunction", "Arn"]}},
            },
            "DependsOn": ["WelcomeLambdaFunction"],
        }
        permission = {"Type": "AWS::Lambda::Permission", "Properties": {"Principal": "cognito-idp.amazonaws.com"}}
        template = {
            "Resources": {
                "CognitoUserPoolSingers": pool,
                "WelcomeLambdaFunction": function,
                "WelcomeLambdaPermission": permission,
            }
        }
        loaded = load(template, functions={"shop-dev-welcome": lambda event, _context: event})
        assert described(loaded.pool)["LambdaConfig"] == {"PostConfirmation": f"{ARN}shop-dev-welcome"}

    def test_its_variables(self, refusal):
        assert refusal(
            "Resources: {P: {Type: 'AWS::Cognito::UserPool', Properties: {UserPoolName: '${self:service}'}}}"
        ) == (
            "cfn.yaml: P (AWS::Cognito::UserPool): ${self:service} is a variable of the Serverless Framework; load the file "
            "that `sls package` writes: .serverless/cloudformation-template-update-stack.json"
        )

    def test_its_own_file(self, refusal):
        assert refusal("service: shop\nprovider: {name: aws}").startswith(
            "cfn.yaml: it has no Resources: load a CloudFo"
        )


class TestAmplify:
    def test_triggers_by_parameters_and_conditions(self, load):
        template = {
            "Parameters": {
                "env": {"Type": "String"},
                "functionwelcomeArn": {"Type": "String", "Default": f"{ARN}welcome-dev"},
                "aliasAttributes": {"Type": "CommaDelimitedList"},
                "passwordPolicyMinLength": {"Type": "Number"},
            },
            "Conditions": {"ShouldNotCreateEnvResources": {"Fn::Equals": [{"Ref": "env"}, "NONE"]}},
            "Resources": {
                "UserPool": {
                    "Type": "AWS::Cognito::UserPool",
                    "Properties": {
                        "UserPoolName": {
                            "Fn::If": [
                                "ShouldNotCreateEnvResources",
                                "shop",
                                {"Fn::Join": ["", ["shop-", {"Ref": "env"}]]},
                            ]
                        },
                        "AliasAttributes": {"Ref": "aliasAttributes"},
                        "Policies": {"PasswordPolicy": {"MinimumLength": {"Ref": "passwordPolicyMinLength"}}},
                        "LambdaConfig": {"PostConfirmation": {"Ref": "functionwelcomeArn"}},
                    },
                }
            },
        }
        given = {"env": "dev", "aliasAttributes": ["email"], "passwordPolicyMinLength": 10}
        functions = {f"{ARN}welcome-dev": lambda event, _context: event}
        found = described(load(template, parameters=given, functions=functions).pool)
        assert found["Name"] == "shop-dev"
        assert found["AliasAttributes"] == ["email"]
        assert found["Policies"]["PasswordPolicy"]["MinimumLength"] == 10


class TestFunctionsOfTemplates:
    @pytest.mark.parametrize(
        ("value", "name"),
        [
            ({"Fn::Join": ["-", ["a", {"Ref": "Number"}, True]]}, "a-7-true"),
            ({"Fn::Sub": "${AWS::Region}-${AWS::AccountId}"}, "us-east-1-123456789012"),
            ({"Fn::Sub": ["${own}-${!Literal}", {"own": "x"}]}, "x-${Literal}"),
            ({"Fn::Select": ["1", {"Fn::Split": [",", "a,b"]}]}, "b"),
            ({"Fn::Select": [0, {"Ref": "List"}]}, "one"),
            ({"Fn::If": ["Yes", "y", "n"]}, "y"),
            ({"Fn::If": ["No", "y", "n"]}, "n"),
            ({"Fn::If": ["Mixed", "y", "n"]}, "y"),
            ({"Fn::FindInMap": ["Stages", "dev", "name"]}, "shop-dev"),
            ({"Fn::FindInMap": ["Stages", "prod", "name", {"DefaultValue": "shop"}]}, "shop"),
            ({"Fn::ImportValue": "Shared:Name"}, "imported"),
            ({"Fn::Base64": "a"}, "YQ=="),
            ({"Fn::ToJsonString": {"a": 1}}, '{"a":1}'),
            ({"Fn::Length": [1, 2]}, "2"),
            ({"Ref": "AWS::StackName"}, "cfn"),
            ({"Ref": "AWS::URLSuffix"}, "amazonaws.com"),
            ({"Ref": "AWS::Partition"}, "aws"),
            ({"Ref": "Table"}, "Table-"),
            ({"Fn::GetAtt": "Table.StreamArn"}, "Table.StreamArn"),
            ({"Fn::GetAtt": ["Role", "Arn"]}, "arn:aws:iam::123456789012:role/clerk"),
            ({"Fn::GetAtt": ["Table", "Arn"]}, "arn:aws:dynamodb:us-east-1:123456789012:Table"),
            ({"Ref": "Certificate"}, "arn:aws:acm:us-east-1:123456789012:certificate/"),
            ({"Ref": "Fn"}, "Fn"),
        ],
        ids=str,
    )
    def test_they_are_resolved(self, load, value, name):
        template = {
            "Parameters": {
                "Number": {"Type": "Number", "Default": 7, "MinValue": 1, "MaxValue": 9},
                "List": {"Type": "List<Number>", "Default": "one, two"},
            },
            "Conditions": {
                "Yes": {"Fn::Equals": [True, "true"]},
                "No": {"Fn::Not": [{"Condition": "Yes"}]},
                "Mixed": {"Fn::And": [{"Fn::Or": [{"Condition": "No"}, {"Condition": "Yes"}]}, {"Condition": "Yes"}]},
            },
            "Mappings": {"Stages": {"dev": {"name": "shop-dev"}}},
            **stack(
                {"UserPoolTags": {"value": value}},
                Table={"Type": "AWS::DynamoDB::Table"},
                Role={"Type": "AWS::IAM::Role", "Properties": {"RoleName": "clerk"}},
                Certificate={"Type": "AWS::CertificateManager::Certificate"},
                Fn={"Type": "AWS::Lambda::Function"},
            ),
        }
        imported = {"Shared:Name": "imported"} if "Fn::ImportValue" in value else {}
        found = described(load(template, parameters=imported).pool)["UserPoolTags"]["value"]
        assert found == name or (name.endswith(("-", "/")) and found.startswith(name))

    def test_a_function_in_its_short_form_with_a_mapping(self, refusal):
        text = "Resources: {P: {Type: 'AWS::Cognito::UserPool', Properties: {UserPoolName: !Transform {Name: x}}}}"
        assert refusal(text).endswith("the function Fn::Transform is not supported")

    def test_a_domain_before_it_is_made(self, load):
        template = stack(
            Group={
                "Type": "AWS::Cognito::UserPoolGroup",
                "Properties": {"UserPoolId": {"Ref": "Customers"}, "Description": {"Ref": "Login"}},
            },
            Login={
                "Type": "AWS::Cognito::UserPoolDomain",
                "Properties": {"UserPoolId": {"Ref": "Customers"}, "Domain": "shop"},
            },
        )
        (group,) = load(template).pool.groups.values()
        assert group.description == "shop"

    def test_attributes_of_what_was_made(self, load):
        template = stack(
            Web={"Type": "AWS::Cognito::UserPoolClient", "Properties": {"UserPoolId": {"Ref": "Customers"}}},
            Group={
                "Type": "AWS::Cognito::UserPoolGroup",
                "Properties": {
                    "UserPoolId": {"Fn::GetAtt": ["Customers", "UserPoolId"]},
                    "Description": {"Fn::Sub": "${Web} ${Web.Name} ${Customers.ProviderName} ${Customers.Arn}"},
                },
            },
        )
        loaded = load(template)
        pool, web = loaded.pool, loaded.clients["Web"]
        (group,) = pool.groups.values()
        assert group.name.startswith("Group-")
        host = f"cognito-idp.us-east-1.amazonaws.com/{pool.id}"
        assert group.description == f"{web.id} {web.name} {host} {pool.arn}"

    REFUSED = {
        "a function": ({"Fn::Transform": {}}, "the function Fn::Transform is not supported"),
        "a reference": ({"Ref": "Tabel"}, "there is no parameter and no resource 'Tabel'; did you mean 'Table'?"),
        "a false condition": ({"Ref": "Gone"}, "it refers to Gone, whose condition Never is false"),
        "a condition": ({"Fn::If": ["Nevr", 1, 2]}, "there is no condition 'Nevr'; did you mean 'Never'?"),
        "an import": (
            {"Fn::ImportValue": "Shared:Name"},
            "Fn::ImportValue 'Shared:Name' is of another stack; give parameters={'Shared:Name': ...}",
        ),
        "a map": ({"Fn::FindInMap": ["Stages", "x", "y"]}, "Fn::FindInMap finds no 'Stages' in Stages.x.y"),
        "an element": ({"Fn::Select": [5, ["a"]]}, "Fn::Select has no element 5 of ['a']"),
        "a list of two": ({"Fn::Split": ["a"]}, "Fn::Split takes [separator, text], not ['a']"),
        "a parameter": ({"Ref": "Needed"}, "the parameter Needed has no value; give parameters={'Needed': ...}"),
        "a path of SSM": ({"Ref": "Ssm"}, "the parameter Ssm has no value; give parameters={'Ssm': ...}"),
        "a map for a string": ({"Fn::Join": ["", [{"a": 1}]]}, "a string is needed, not {'a': 1}"),
        "an attribute of what was made": (
            {"Fn::GetAtt": ["Customers", "Arns"]},
            "Customers (AWS::Cognito::UserPool) has no attribute 'Arns'; did you mean 'Arn'?",
        ),
        "null": (None, "null is not a value of a template"),
        "itself": ({"Fn::GetAtt": ["Loop", "Arn"]}, "circular dependency: Loop.Arn -> Ref LoopVersion -> Loop.Arn"),
    }

    @pytest.mark.parametrize("case", REFUSED)
    def test_what_cannot_be_resolved(self, refusal, case):
        value, text = self.REFUSED[case]
        of_group = case == "an attribute of what was made"
        template = {
            "Parameters": {
                "Needed": {"Type": "String"},
                "Ssm": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/a/path"},
            },
            "Conditions": {"Never": {"Fn::Equals": ["a", "b"]}},
            **stack(
                {} if of_group else {"UserPoolTags": {"value": value}},
                Table={"Type": "AWS::DynamoDB::Table"},
                Group={
                    "Type": "AWS::Cognito::UserPoolGroup",
                    "Properties": {"UserPoolId": {"Ref": "Customers"}, **({"Description": value} if of_group else {})},
                },
                Gone={"Type": "AWS::DynamoDB::Table", "Condition": "Never"},
                Loop={
                    "Type": "AWS::Lambda::Function",
                    "Properties": {"FunctionName": {"Ref": "LoopVersion"}},
                },
                LoopVersion={
                    "Type": "AWS::Lambda::Version",
                    "Properties": {"FunctionName": {"Fn::GetAtt": "Loop.Arn"}},
                },
            ),
        }
        where = "Group (AWS::Cognito::UserPoolGroup)" if of_group else "Customers (AWS::Cognito::UserPool)"
        assert refusal(template) == f"cfn.yaml: {where}: {text}"

    PARAMETERS = {
        "allowed values": ({"AllowedValues": ["a", "b"]}, "c", "is 'c'; its AllowedValues are ['a', 'b']"),
        "a pattern": ({"AllowedPattern": "[a-z]+"}, "A", "is 'A'; its AllowedPattern is '[a-z]+'"),
        "too short": ({"MinLength": 3}, "ab", "is 'ab'; its MinLength is 3"),
        "too long": ({"MaxLength": "1"}, "ab", "is 'ab'; its MaxLength is 1"),
        "too small": ({"Type": "Number", "MinValue": 3}, 2, "is '2'; its MinValue is 3"),
        "too large": ({"Type": "Number", "MaxValue": 3}, "4", "is '4'; its MaxValue is 3"),
        "no number": ({"Type": "Number"}, "four", "is a Number, not 'four'"),
        "one of a list": (
            {"Type": "CommaDelimitedList", "AllowedValues": ["a"]},
            ["a", "b"],
            "is 'b'; its AllowedValues are ['a']",
        ),
    }

    @pytest.mark.parametrize("case", PARAMETERS)
    def test_a_value_that_a_parameter_does_not_allow(self, refusal, case):
        declared, value, text = self.PARAMETERS[case]
        parameters = {"Parameters": {"P": {"Type": "String", **declared}}}
        tags = {"UserPoolTags": {"p": {"Fn::Join": ["", [{"Fn::Sub": "x"}, {"Ref": "P"}]]}}}
        told = refusal({**parameters, **stack(tags)}, parameters={"P": value})
        assert told == f"cfn.yaml: Customers (AWS::Cognito::UserPool): the parameter P {text}"

    def test_a_parameter_that_the_template_does_not_have(self, refusal):
        template = {"Parameters": {"Stage": {"Type": "String"}}, **stack()}
        assert refusal(template, parameters={"Stege": "dev"}) == (
            "cfn.yaml: the template has no parameter 'Stege'; did you mean 'Stage'?"
        )

    def test_many_aliases(self, refusal):
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 7)]
        text = "\n".join(lines) + (
            "\nResources: {Customers: {Type: 'AWS::Cognito::UserPool', Properties: {AliasAttributes: *a6}}}"
        )
        assert refusal(text).endswith("the template has more than 200000 values, counting aliases")


class TestProperties:
    REFUSED = {
        "a property": (
            {"UserPoolTag": {}},
            "it has no property 'UserPoolTag'; did you mean 'UserPoolTags'?",
        ),
        "the word of the API": ({"PoolName": "x"}, "it has no property 'PoolName'; did you mean 'UserPoolName'?"),
        "a nested property": (
            {"Policies": {"PasswordPolicy": {"MinLength": 8}}},
            "it has no property 'Policies.PasswordPolicy.MinLength'; did you mean 'MinimumLength'?",
        ),
        "a number": (
            {"Policies": {"PasswordPolicy": {"MinimumLength": "ten"}}},
            "Policies.PasswordPolicy.MinimumLength is 'ten'; it must be a whole number",
        ),
        "a flag": (
            {"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": "perhaps"}},
            "AdminCreateUserConfig.AllowAdminCreateUserOnly is 'perhaps'; it must be true or false",
        ),
        "a list": ({"AliasAttributes": "email"}, "AliasAttributes is 'email'; it must be a list"),
        "a mapping": ({"Policies": ["x"]}, "Policies is ['x']; it must be a mapping"),
        "one value": ({"EmailVerificationSubject": ["x"]}, "EmailVerificationSubject is ['x'], and not one value"),
        "a factor": (
            {"EnabledMfas": ["SMS"]},
            "EnabledMfas has no value 'SMS'; did you mean 'SMS_MFA'?",
        ),
        "what Cognito refuses": (
            {"AliasAttributes": ["email"], "UsernameAttributes": ["email"]},
            "Cognito refuses that: InvalidParameterException: Only one of the aliasAttributes or usernameAttributes can "
            "be set in a User pool.",
        ),
    }

    @pytest.mark.parametrize("case", REFUSED)
    def test_what_is_refused(self, refusal, case):
        properties, text = self.REFUSED[case]
        told = refusal(stack(properties))
        assert told.partition("\n")[0] == f"cfn.yaml: Customers (AWS::Cognito::UserPool): {text}"

    def test_off_without_quotes(self, refusal):
        told = refusal("Resources: {Customers: {Type: 'AWS::Cognito::UserPool', Properties: {MfaConfiguration: OFF}}}")
        assert told == (
            "cfn.yaml: Customers (AWS::Cognito::UserPool): 1 validation error detected: Value 'false' at "
            "'mfaConfiguration' failed to satisfy constraint: Member must satisfy enum value set: [OFF, ON, OPTIONAL]\n"
            "YAML reads OFF and ON without quotes as False; quote it"
        )

    def test_sms_as_a_factor(self, load):
        role = "arn:aws:iam::123456789012:role/sms"
        properties = {
            "EnabledMfas": ["SMS_MFA"],
            "MfaConfiguration": "ON",
            "SmsConfiguration": {"SnsCallerArn": role, "ExternalId": "x"},
        }
        found = mfa_of(load(stack(properties)).pool)
        assert found["MfaConfiguration"] == "ON"
        assert found["SmsMfaConfiguration"]["SmsConfiguration"]["SnsCallerArn"] == role

    def test_mail_and_passkeys(self, load):
        properties = {
            "EnabledMfas": ["EMAIL_OTP"],
            "EmailAuthenticationMessage": "code {####}",
            "EmailAuthenticationSubject": "code",
            "EmailConfiguration": {
                "EmailSendingAccount": "DEVELOPER",
                "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/a@example.com",
            },
            "AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]},
            "MfaConfiguration": "OPTIONAL",
            "UserPoolTier": "ESSENTIALS",
        }
        found = mfa_of(load(stack(properties)).pool)
        assert found["EmailMfaConfiguration"] == {"Message": "code {####}", "Subject": "code"}

    def test_passkeys(self, load):
        properties = {"WebAuthnRelyingPartyID": "example.com", "WebAuthnUserVerification": "required"}
        found = mfa_of(load(stack(properties)).pool)["WebAuthnConfiguration"]
        assert (found["RelyingPartyId"], found["UserVerification"]) == ("example.com", "required")

    def test_a_list_out_of_a_text_of_a_parameter(self, load):
        template = {
            "Parameters": {"Urls": {"Type": "String", "Default": "https://a.example.com, https://b.example.com"}},
            **stack(
                Web={
                    "Type": "AWS::Cognito::UserPoolClient",
                    "Properties": {"UserPoolId": {"Ref": "Customers"}, "LogoutURLs": {"Ref": "Urls"}},
                }
            ),
        }
        loaded = load(template)
        found = client_of(loaded.pool, loaded.clients["Web"])["LogoutURLs"]
        assert found == ["https://a.example.com", "https://b.example.com"]

    def test_a_customization_of_all_clients(self, load):
        template = stack(
            Domain={
                "Type": "AWS::Cognito::UserPoolDomain",
                "Properties": {"UserPoolId": {"Ref": "Customers"}, "Domain": "shop"},
            },
            Look={
                "Type": "AWS::Cognito::UserPoolUICustomizationAttachment",
                "Properties": {"UserPoolId": {"Ref": "Customers"}, "ClientId": "ALL", "CSS": ".label-customizable {}"},
            },
        )
        pool = load(template).pool
        client = boto3.client("cognito-idp", region_name="us-east-1")
        assert client.get_ui_customization(UserPoolId=pool.id)["UICustomization"]["CSS"] == ".label-customizable {}"

    def test_an_identity_provider_before_its_client(self, load):
        template = stack(
            Web={
                "Type": "AWS::Cognito::UserPoolClient",
                "Properties": {
                    "UserPoolId": {"Ref": "Customers"},
                    "SupportedIdentityProviders": ["COGNITO", {"Ref": "Corp"}],
                },
            },
            Corp={
                "Type": "AWS::Cognito::UserPoolIdentityProvider",
                "Properties": {
                    "UserPoolId": {"Ref": "Customers"},
                    "ProviderName": "corp",
                    "ProviderType": "SAML",
                    "ProviderDetails": {"MetadataURL": "https://login.example.com/metadata"},
                },
            },
        )
        loaded = load(template)
        assert client_of(loaded.pool, loaded.clients["Web"])["SupportedIdentityProviders"] == ["COGNITO", "corp"]


class TestChoice:
    TWO = stack(
        Staff={"Type": "AWS::Cognito::UserPool", "Properties": {"UserPoolName": {"Fn::ImportValue": "elsewhere"}}},
        Web={"Type": "AWS::Cognito::UserPoolClient", "Properties": {"UserPoolId": {"Ref": "Customers"}}},
        Desk={"Type": "AWS::Cognito::UserPoolClient", "Properties": {"UserPoolId": {"Ref": "Staff"}}},
        Other={"Type": "AWS::Cognito::UserPoolClient", "Properties": {"UserPoolId": {"Fn::ImportValue": "other"}}},
    )

    def test_one_pool_with_what_belongs_to_it(self, load):
        loaded = load(self.TWO, resource="Customers")
        assert list(loaded.pools) == ["Customers"]
        assert list(loaded.clients) == ["Web"]

    def test_several_pools(self, load):
        template = {"Resources": {name: self.TWO["Resources"][name] for name in ("Customers", "Staff", "Web", "Desk")}}
        loaded = load(template, parameters={"elsewhere": "staff"})
        with pytest.raises(UsageError, match=r"the template has the pools \['Customers', 'Staff'\]; choose one"):
            _ = loaded.pool
        assert loaded.clients["Desk"] in loaded.pools["Staff"].clients
        assert repr(loaded.pools).startswith("{'Customers': <UserPool")
        assert len(loaded.clients) == 2

    def test_a_pool_that_is_not_there(self, refusal):
        assert refusal(self.TWO, resource="Custmers") == (
            "cfn.yaml: it has no user pool 'Custmers'; did you mean 'Customers'?"
        )

    def test_a_name_that_was_not_loaded(self, load):
        loaded = load(stack())
        with pytest.raises(KeyError) as caught:
            _ = loaded.pools["Staff"]
        assert str(caught.value) == "the template has no user pool 'Staff'; known names: 'Customers'"
        with pytest.raises(KeyError) as caught:
            _ = loaded.clients["Web"]
        assert str(caught.value) == "the template has no app client 'Web'; there are none"

    def test_a_client_of_a_pool_of_elsewhere(self, refusal):
        web = {"Type": "AWS::Cognito::UserPoolClient", "Properties": {"UserPoolId": "us-east-1_Other0001"}}
        assert refusal(stack(Web=web)).startswith(
            "cfn.yaml: Web (AWS::Cognito::UserPoolClient): Cognito refuses that: ResourceNotFoundException"
        )

    def test_a_function_that_is_not_there(self, refusal):
        template = stack(Welcome={"Type": "AWS::Lambda::Function"})
        assert refusal(template, functions={"Welcom": print}) == (
            "cfn.yaml: it has no function 'Welcom'; did you mean 'Welcome'?"
        )

    def test_a_template_without_a_pool(self, refusal):
        assert refusal({"Resources": {"T": {"Type": "AWS::DynamoDB::Table"}}}) == "cfn.yaml declares no user pool"

    def test_a_type_that_is_unknown(self, refusal):
        assert refusal(stack(X={"Type": "AWS::Cognito::UserPoolClints"})).startswith(
            "cfn.yaml: X has an unknown Type 'AWS::Cognito::UserPoolClints'; did you mean 'AWS::Cognito::UserPoolClient'"
        )

    def test_what_is_not_simulated(self, refusal):
        risk = {"Type": "AWS::Cognito::UserPoolRiskConfigurationAttachment", "Properties": {}}
        told = refusal(stack(Risk=risk), kind=UnsupportedOperationError)
        assert told.startswith(
            "SetRiskConfiguration with Risk (AWS::Cognito::UserPoolRiskConfigurationAttachment) is not"
        )

    @pytest.mark.skipif("AcrConfiguration" not in model.parameters("CreateUserPool"), reason="new")
    def test_a_setting_that_is_not_simulated(self, refusal):
        told = refusal(stack({"AcrConfiguration": {}}), kind=UnsupportedOperationError)
        assert told.startswith(
            "CreateUserPool with AcrConfiguration in cfn.yaml: Customers (AWS::Cognito::UserPool) is not simulated"
        )

    def test_what_has_no_effect(self, load):
        logs = {"Type": "AWS::Cognito::LogDeliveryConfiguration", "Properties": {}}
        with pytest.warns(TemplateWarning, match=r"Logs \(AWS::Cognito::LogDeliveryConfiguration\) is left out"):
            load(stack(Logs=logs, Identity={"Type": "AWS::Cognito::IdentityPool"}))

    def test_twice(self, load):
        load(stack())
        with pytest.raises(UsageError, match="exists already"):
            load(stack())

    def test_the_hook_for_new_pools(self, tmp_path):
        made = []
        path = tmp_path / "cfn.json"
        path.write_text(json.dumps(stack()))
        with Cognito(region="cn-north-1", on_pool=made.append) as cognito:
            assert made == [cognito.load(path).pool]


class TestForms:
    """What an author writes in a wrong form is refused by its place."""

    WELCOME = "AWS::Serverless::Function"
    REFUSED = {
        "no type": ({"Properties": {}}, "X has no Type"),
        "nothing": (None, "X is empty; it must be a mapping"),
        "empty properties": ({"Type": "A::B::C", "Properties": None}, "X.Properties is empty; it must be a mapping"),
        "events": (
            {"Type": WELCOME, "Properties": {"Events": ["a"]}},
            "X.Properties.Events is ['a']; it must be a mapping",
        ),
        "an event without a trigger": (
            {"Type": WELCOME, "Properties": {"Events": {"Hook": {"Type": "Cognito"}}}},
            "X.Properties.Events.Hook.Properties has no Trigger",
        ),
        "a condition": (
            {"Type": "AWS::Cognito::UserPoolGroup", "Condition": "Odd"},
            "X (AWS::Cognito::UserPoolGroup): Fn::Not takes [condition], not []",
        ),
        "properties that are a text": (
            {"Type": "AWS::Cognito::UserPoolGroup", "Properties": {"Fn::Sub": "x"}},
            "X (AWS::Cognito::UserPoolGroup): Properties is 'x'; it must be a mapping",
        ),
    }

    @pytest.mark.parametrize("case", REFUSED)
    def test_of_a_resource(self, refusal, case):
        resource, text = self.REFUSED[case]
        told = refusal({"Conditions": {"Odd": {"Fn::Not": []}}, **stack(X=resource)})
        assert told.removeprefix("cfn.yaml: ").removeprefix("Resources.") == text

    ARGUMENTS = {
        "a name": ({"Ref": ["Customers"]}, "Ref takes a name, not ['Customers']"),
        "an attribute": ({"Fn::GetAtt": "Customers"}, "Fn::GetAtt takes [resource, attribute], not 'Customers'"),
        "a branch": ({"Fn::If": ["A", 1]}, "Fn::If takes [condition, value, other value], not ['A', 1]"),
        "parts": ({"Fn::Join": [",", "a"]}, "Fn::Join needs a list, not 'a'"),
        "a separator": ({"Fn::Split": ["", "a"]}, "Fn::Split needs a separator"),
        "an index": ({"Fn::Select": ["one", ["a"]]}, "Fn::Select has no element one of ['a']"),
        "a version of nothing": ({"Ref": "Version"}, "what it refers to has no property FunctionName"),
        "a default": ({"Ref": "Null"}, "the parameter Null has no value; give parameters={'Null': ...}"),
    }

    @pytest.mark.parametrize("case", ARGUMENTS)
    def test_of_an_argument(self, refusal, case):
        value, text = self.ARGUMENTS[case]
        template = {
            "Parameters": {"Null": {"Default": None}},
            **stack({"UserPoolTags": {"x": value}}, Version={"Type": "AWS::Lambda::Version"}),
        }
        assert refusal(template) == f"cfn.yaml: Customers (AWS::Cognito::UserPool): {text}"

    def test_of_a_parameter(self, refusal):
        told = refusal({"Parameters": {"Stage": {"MinLength": "short"}}, **stack()})
        assert told == "cfn.yaml: Parameters.Stage.MinLength is 'short'; it must be a number"

    def test_a_pattern_that_java_alone_can_read(self, load):
        template = {"Parameters": {"P": {"AllowedPattern": r"\p{Alpha}+"}}, **stack({"UserPoolName": {"Ref": "P"}})}
        assert described(load(template, parameters={"P": "club"}).pool)["Name"] == "club"

    def test_triggers_of_a_pool_that_are_not_a_mapping(self, refusal):
        hook = {"Type": "Cognito", "Properties": {"UserPool": {"Ref": "Customers"}, "Trigger": "PreSignUp"}}
        function = {"Type": self.WELCOME, "Properties": {"Events": {"Hook": hook}}}
        assert refusal(stack({"LambdaConfig": "x"}, Welcome=function)) == (
            "cfn.yaml: Customers.Properties.LambdaConfig is 'x'; it must be a mapping"
        )

    def test_a_loop_that_makes_other_resources(self, load):
        loop = ["Name", ["a", "b"], {"Table${Name}": {"Type": "AWS::DynamoDB::Table"}}]
        template = stack()
        template["Resources"]["Fn::ForEach::Tables"] = loop
        with pytest.warns(TemplateWarning, match=r"Resources\.Fn::ForEach::Tables is left out: macros are not run"):
            assert described(load(template).pool)["Name"] == "customers"

    def test_a_loop_that_makes_resources_of_pools(self, refusal):
        template = stack()
        template["Resources"]["Fn::ForEach::Pools"] = ["Name", ["a", "b"], {"Pool${Name}": POOL}]
        assert refusal(template) == (
            "cfn.yaml: the function Fn::ForEach is not supported: Resources.Fn::ForEach::Pools"
        )


class TestFiles:
    REFUSED = {
        "JSON": ("{", "cfn.yaml is not valid JSON: line 1: Expecting property name enclosed in double quotes"),
        "YAML": ("a: [", "cfn.yaml is not valid YAML: line 1: expected the node content, but found '<stream end>'"),
        "a list": ("- a", "cfn.yaml is not a template: its content is not a mapping"),
        "a key twice": ("a: 1\na: 2", "cfn.yaml has the key 'a' twice in one mapping, in line 2"),
        "a key twice in JSON": ('{"a": 1, "a": 2}', "cfn.yaml has the key 'a' twice in one mapping"),
        "a raw state": (
            '{"version": 4, "terraform_version": "1.9.0"}',
            "cfn.yaml: it is a raw state; load the output of: terraform show -json",
        ),
        "another format": (
            '{"format_version": "2.0", "values": {}}',
            "cfn.yaml: its format_version is 2.0; 0.x and 1.x can be read",
        ),
    }

    @pytest.mark.parametrize("case", REFUSED)
    def test_what_cannot_be_read(self, refusal, case):
        text, message = self.REFUSED[case]
        assert refusal(text) == message

    def test_a_file_that_is_not_there(self, cognito, tmp_path):
        with pytest.raises(UsageError, match=r"there is no template .*: No such file or directory"):
            cognito.load(tmp_path / "nothing.yaml")

    def test_a_file_that_is_not_text(self, cognito, tmp_path):
        path = tmp_path / "cfn.yaml"
        path.write_bytes(b"\xff\xff")
        with pytest.raises(UsageError, match=r"cfn.yaml is not a text file in UTF-8"):
            cognito.load(path)

    def test_terraforms_own_language(self, cognito):
        with pytest.raises(UsageError, match=r"main.tf is Terraform's own language; load .*: terraform show -json"):
            cognito.load("main.tf")

    def test_dates_and_numbers_are_texts(self, load):
        template = """
            Resources:
              Customers:
                Type: AWS::Cognito::UserPool
                Properties:
                  <<: {UserPoolName: merged}
                  UserPoolTags: {date: 2026-01-02, octal: 012, time: 12:30, plain: 12, half: 0.5, big: 1_000}
        """
        found = described(load(template).pool)
        assert found["Name"] == "merged"
        assert found["UserPoolTags"] == {
            "date": "2026-01-02", "octal": "012", "time": "12:30", "plain": "12", "half": "0.5", "big": "1_000",
        }  # fmt: skip


class TestSettingsOfFixtures:
    PROPERTIES = {
        "UserPoolName": "customers",
        "UsernameAttributes": ["email"],
        "Policies": {"PasswordPolicy": {"MinimumLength": "12"}},
        "EnabledMfas": ["SOFTWARE_TOKEN_MFA"],
        "MfaConfiguration": "OPTIONAL",
    }

    @pytest.mark.parametrize("wrapped", [True, False], ids=["resource", "properties"])
    def test_the_properties_of_a_resource(self, cognito, wrapped):
        given = {"Type": "AWS::Cognito::UserPool", "Properties": self.PROPERTIES} if wrapped else self.PROPERTIES
        pool = cognito.create_pool(**given, Id="us-east-1_AbCdEf123")
        found = described(pool)
        assert (found["Name"], found["Policies"]["PasswordPolicy"]["MinimumLength"]) == ("customers", 12)
        assert mfa_of(pool)["MfaConfiguration"] == "OPTIONAL"
        assert pool.id == "us-east-1_AbCdEf123"

    def test_without_a_name(self, cognito):
        found = cognito.create_pool(Type="AWS::Cognito::UserPool", Properties={"AliasAttributes": ["email"]})
        assert described(found)["AliasAttributes"] == ["email"]

    @pytest.mark.cognito_pool(UserPoolName="customers")
    def test_in_a_marker(self, cognito_pool):
        assert described(cognito_pool)["Name"] == "customers"

    def test_what_is_refused_leaves_no_pool(self, cognito):
        with pytest.raises(UsageError, match="it has no property 'UsernameAttribute'; did you mean"):
            cognito.create_pool(UserPoolName="x", UsernameAttribute=[])
        with pytest.raises(UsageError, match="can't turn off MFA and configure an MFA together"):
            cognito.create_pool(UserPoolName="x", EnabledMfas=["SOFTWARE_TOKEN_MFA"], MfaConfiguration="OFF")
        assert not cognito.pools
