"""`Cognito.load` of Terraform's JSON: states and plans."""

from __future__ import annotations

import pytest

from pytest_cognito_pool import TemplateWarning, UnsupportedOperationError, UsageError

from .conftest import client_of, described, mfa_of

ARN = "arn:aws:lambda:us-east-1:123456789012:function:"


def of_terraform(kind, name, values, *, module="", index=None, **more):
    """A resource as terraform show -json prints it."""
    place = "" if index is None else f"[{index}]"
    return {
        "address": f"{module}{kind}.{name}{place}",
        "mode": "managed",
        "type": kind,
        "name": name,
        **({} if index is None else {"index": index}),
        "provider_name": "registry.terraform.io/hashicorp/aws",
        "schema_version": 0,
        "values": values,
        "sensitive_values": {},
        **more,
    }


STATE_POOL = {
    "id": "eu-west-1_AbCdEf123",
    "arn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEf123",
    "name": "customers",
    "account_recovery_setting": [
        {
            "recovery_mechanism": [
                {"name": "verified_email", "priority": 1},
                {"name": "verified_phone_number", "priority": 2},
            ]
        }
    ],
    "admin_create_user_config": [
        {
            "allow_admin_create_user_only": False,
            "invite_message_template": [
                {"email_message": "{username} {####}", "email_subject": "hello", "sms_message": "{username} {####}"}
            ],
        }
    ],
    "alias_attributes": None,
    "auto_verified_attributes": ["email"],
    "creation_date": "2026-01-01T00:00:00Z",
    "custom_domain": "",
    "deletion_protection": "INACTIVE",
    "device_configuration": [],
    "domain": "",
    "email_configuration": [{"email_sending_account": "COGNITO_DEFAULT", "from_email_address": "", "source_arn": ""}],
    "email_verification_message": "",
    "endpoint": "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123",
    "estimated_number_of_users": 3,
    "lambda_config": [
        {
            "create_auth_challenge": "",
            "custom_email_sender": [],
            "custom_sms_sender": [],
            "kms_key_id": "",
            "post_confirmation": "arn:aws:lambda:eu-west-1:123456789012:function:welcome",
            "pre_sign_up": "",
            "pre_token_generation": "",
            "pre_token_generation_config": [],
        }
    ],
    "last_modified_date": "2026-01-01T00:00:00Z",
    "mfa_configuration": "OPTIONAL",
    "password_policy": [
        {
            "minimum_length": 12,
            "password_history_size": 0,
            "require_lowercase": True,
            "require_numbers": True,
            "require_symbols": False,
            "require_uppercase": True,
            "temporary_password_validity_days": 7,
        }
    ],
    "region": "eu-west-1",
    "schema": [
        {
            "attribute_data_type": "String",
            "developer_only_attribute": False,
            "mutable": True,
            "name": "plan",
            "number_attribute_constraints": [],
            "required": False,
            "string_attribute_constraints": [{"max_length": "10", "min_length": "1"}],
        }
    ],
    "sms_authentication_message": "",
    "sms_configuration": [],
    "sms_verification_message": "",
    "software_token_mfa_configuration": [{"enabled": True}],
    "tags": {"a": "b"},
    "tags_all": {"a": "b", "c": "d"},
    "user_attribute_update_settings": [],
    "user_pool_add_ons": [],
    "username_attributes": ["email"],
    "username_configuration": [{"case_sensitive": False}],
    "verification_message_template": [
        {
            "default_email_option": "CONFIRM_WITH_CODE",
            "email_message": "code {####}",
            "email_message_by_link": "",
            "email_subject": "code",
            "email_subject_by_link": "",
            "sms_message": "",
        }
    ],
}
STATE_CLIENT = {
    "id": "1example23456789",
    "user_pool_id": "eu-west-1_AbCdEf123",
    "name": "web",
    "access_token_validity": 0,
    "allowed_oauth_flows": ["code"],
    "allowed_oauth_flows_user_pool_client": True,
    "allowed_oauth_scopes": ["openid", "orders/read"],
    "analytics_configuration": [],
    "callback_urls": ["https://a.example.com/cb"],
    "client_secret": "s" * 30,
    "default_redirect_uri": "",
    "enable_token_revocation": True,
    "explicit_auth_flows": ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
    "generate_secret": True,
    "id_token_validity": 0,
    "logout_urls": [],
    "prevent_user_existence_errors": "ENABLED",
    "read_attributes": [],
    "refresh_token_validity": 30,
    "supported_identity_providers": ["COGNITO", "Google"],
    "token_validity_units": [],
    "write_attributes": [],
}


def state(*resources, children=()):
    module = {"resources": list(resources)}
    if children:
        module["child_modules"] = list(children)
    return {"format_version": "1.0", "terraform_version": "1.9.0", "values": {"root_module": module}}


class TestTerraformState:
    @pytest.fixture
    def whole(self):
        pool_id = {"user_pool_id": STATE_POOL["id"]}
        google = {
            **pool_id,
            "id": "x:Google",
            "provider_name": "Google",
            "provider_type": "Google",
            "attribute_mapping": {"email": "email"},
            "idp_identifiers": [],
            "provider_details": {"client_id": "c", "client_secret": "s", "authorize_scopes": "openid"},
        }
        orders = {
            **pool_id,
            "id": "x|orders",
            "identifier": "orders",
            "name": "Orders",
            "scope": [{"scope_name": "read", "scope_description": "read orders"}],
            "scope_identifiers": ["orders/read"],
        }
        user = {
            **pool_id,
            "id": "x/ana",
            "username": "ana@example.com",
            "attributes": {"email": "ana@example.com", "email_verified": "true", "plan": "pro", "sub": "1"},
            "password": "Passw0rd!Passw0rd",
            "temporary_password": None,
            "enabled": False,
            "message_action": "SUPPRESS",
            "sub": "1",
            "status": "CONFIRMED",
        }
        return state(
            of_terraform("aws_cognito_user_pool_client", "web", STATE_CLIENT, index=0),
            of_terraform("aws_cognito_identity_provider", "google", google),
            of_terraform("aws_cognito_resource_server", "orders", orders),
            of_terraform("aws_cognito_user", "ana", user),
            of_terraform(
                "aws_cognito_user_group",
                "staff",
                {**pool_id, "id": "x/staff", "name": "staff", "precedence": 0, "description": "", "role_arn": None},
            ),
            of_terraform(
                "aws_cognito_user_in_group",
                "ana",
                {**pool_id, "id": "i", "group_name": "staff", "username": "ana@example.com"},
            ),
            of_terraform(
                "aws_cognito_user_pool_domain",
                "own",
                {
                    **pool_id,
                    "id": "auth.example.com",
                    "domain": "auth.example.com",
                    "certificate_arn": "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-4000-8000-000000000000",
                    "aws_account_id": "123456789012",
                    "cloudfront_distribution": "x.cloudfront.net",
                    "s3_bucket": "b",
                    "version": "1",
                },
            ),
            of_terraform("aws_s3_bucket", "other", {"id": "bucket"}),
            {"address": "data.aws_region.here", "mode": "data", "type": "aws_region", "name": "here", "values": {}},
            children=[
                {
                    "address": "module.auth",
                    "resources": [
                        of_terraform("aws_cognito_user_pool", "this", STATE_POOL, module="module.auth."),
                        of_terraform(
                            "aws_lambda_function",
                            "welcome",
                            {
                                "function_name": "welcome",
                                "arn": "arn:aws:lambda:eu-west-1:123456789012:function:welcome",
                            },
                            module="module.auth.",
                        ),
                    ],
                }
            ],
        )

    def test_all_that_it_has(self, load, cognito, whole):
        loaded = load(whole, "state.json", functions={"module.auth.aws_lambda_function.welcome": lambda e, _c: e})
        pool = loaded.pools["module.auth.aws_cognito_user_pool.this"]
        assert (pool.id, pool.region) == ("eu-west-1_AbCdEf123", "eu-west-1")
        found = described(pool)
        assert found["Name"] == "customers"
        assert found["UserPoolTags"] == {"a": "b", "c": "d"}
        assert found["Policies"]["PasswordPolicy"]["MinimumLength"] == 12
        assert found["AdminCreateUserConfig"]["InviteMessageTemplate"]["SMSMessage"] == "{username} {####}"
        assert found["LambdaConfig"] == {"PostConfirmation": "arn:aws:lambda:eu-west-1:123456789012:function:welcome"}
        assert [row["Name"] for row in found["SchemaAttributes"]][-1] == "custom:plan"
        assert mfa_of(pool)["SoftwareTokenMfaConfiguration"] == {"Enabled": True}
        assert found["CustomDomain"] == "auth.example.com"
        client = loaded.clients["aws_cognito_user_pool_client.web[0]"]
        assert (client.id, client.secret, client.name) == ("1example23456789", "s" * 30, "web")
        assert client_of(pool, client)["AllowedOAuthScopes"] == ["openid", "orders/read"]
        ana = pool.users["ana@example.com"]
        assert (ana.status, ana.enabled, ana.groups) == ("CONFIRMED", False, ["staff"])
        assert (ana.attributes["custom:plan"], ana.password) == ("pro", "Passw0rd!Passw0rd")
        assert pool.groups["staff"].precedence is None
        assert cognito.calls.operations == ["DescribeUserPool", "GetUserPoolMfaConfig", "DescribeUserPoolClient"]

    def test_one_pool_by_its_address(self, load, whole):
        assert load(whole, resource="module.auth.aws_cognito_user_pool.this").pool.id == "eu-west-1_AbCdEf123"

    def test_a_client_that_another_service_made(self, load):
        client = {**STATE_CLIENT, "supported_identity_providers": ["COGNITO"], "allowed_oauth_scopes": ["openid"]}
        loaded = load(
            state(
                of_terraform("aws_cognito_user_pool", "main", {"id": "eu-west-1_AbCdEf123", "name": "x"}),
                of_terraform("aws_cognito_managed_user_pool_client", "search", client),
            )
        )
        assert loaded.clients["aws_cognito_managed_user_pool_client.search"].secret == "s" * 30

    def test_numbers_where_texts_are_meant(self, load):
        schema = {"attribute_data_type": "Number", "name": "age", "number_attribute_constraints": [{"min_value": 1}]}
        pool = load(state(of_terraform("aws_cognito_user_pool", "main", {"name": "x", "schema": [schema]}))).pool
        row = described(pool)["SchemaAttributes"][-1]
        assert (row["Name"], row["NumberAttributeConstraints"]) == ("custom:age", {"MinValue": "1"})

    def test_an_empty_state(self, refusal):
        assert refusal({"format_version": "1.0", "terraform_version": "1.9.0"}) == "cfn.yaml declares no user pool"

    def test_parameters_are_of_templates(self, refusal):
        assert refusal(state(), parameters={"a": "b"}) == (
            "cfn.yaml: Terraform's JSON has no parameters: its variables have their values already"
        )

    def test_passkeys_and_mail(self, load):
        values = {
            "id": "us-east-1_AbCdEf123",
            "name": "x",
            "mfa_configuration": "OFF",
            "web_authn_configuration": [{"relying_party_id": "example.com", "user_verification": "required"}],
            "sign_in_policy": [{"allowed_first_auth_factors": ["PASSWORD", "WEB_AUTHN"]}],
            "user_pool_tier": "ESSENTIALS",
        }
        pool = load(state(of_terraform("aws_cognito_user_pool", "main", values))).pool
        assert mfa_of(pool)["WebAuthnConfiguration"]["RelyingPartyId"] == "example.com"

    def test_sms(self, load):
        values = {
            "id": "us-east-1_AbCdEf123",
            "name": "x",
            "mfa_configuration": "ON",
            "sms_configuration": [
                {"external_id": "x", "sns_caller_arn": "arn:aws:iam::123456789012:role/sms", "sns_region": ""}
            ],
        }
        pool = load(state(of_terraform("aws_cognito_user_pool", "main", values))).pool
        assert "SmsConfiguration" in mfa_of(pool)["SmsMfaConfiguration"]

    REFUSED = {
        "risk": (
            "aws_cognito_risk_configuration",
            UnsupportedOperationError,
            "SetRiskConfiguration with aws_cognito_risk_configuration.x (aws_cognito_risk_configuration) is not simulated",
        ),
        "unknown": (
            "aws_cognito_user_pools",
            UsageError,
            "cfn.yaml: aws_cognito_user_pools.x has an unknown type 'aws_cognito_user_pools'; did you mean",
        ),
    }

    @pytest.mark.parametrize("case", REFUSED)
    def test_what_is_refused(self, refusal, case):
        kind, error, text = self.REFUSED[case]
        assert refusal(state(of_terraform(kind, "x", {})), kind=error).startswith(text)

    def test_forms(self, refusal):
        nameless = {"address": "aws_cognito_user_pool.x", "type": "aws_cognito_user_pool"}
        assert refusal(state(nameless)) == "cfn.yaml: values.root_module.resources.0 has no name"
        block = of_terraform("aws_cognito_user_pool", "x", {"name": "x", "password_policy": ["long"]})
        assert refusal(state(block)) == (
            "cfn.yaml: aws_cognito_user_pool.x (aws_cognito_user_pool): a block is 'long'; it must be a mapping"
        )

    def test_an_attribute_that_is_unknown(self, refusal):
        pool = of_terraform("aws_cognito_user_pool", "x", {"name": "x", "password_polcy": [{"a": 1}]})
        assert refusal(state(pool)).startswith(
            "cfn.yaml: aws_cognito_user_pool.x (aws_cognito_user_pool): it has an attribute that the API does not have: "
            "'password_polcy'; "
        )

    def test_logs_and_identity_pools(self, load):
        with pytest.warns(TemplateWarning, match=r"aws_cognito_log_delivery_configuration.x .* is left out"):
            load(
                state(
                    of_terraform("aws_cognito_user_pool", "main", {"name": "x"}),
                    of_terraform("aws_cognito_log_delivery_configuration", "x", {}),
                    of_terraform("aws_cognito_identity_pool", "x", {}),
                )
            )


class TestTerraformPlan:
    @staticmethod
    def plan(resources, unknown, configuration, children=()):
        module = {"resources": resources, **({"child_modules": children} if children else {})}
        changes = [{"address": address, "change": {"after_unknown": value}} for address, value in unknown.items()]
        return {
            "format_version": "1.2",
            "planned_values": {"root_module": module},
            "resource_changes": changes,
            "configuration": {"root_module": configuration},
        }

    def test_references_of_the_configuration(self, load):
        resources = [
            of_terraform(
                "aws_cognito_user_pool", "main", {"name": "customers", "lambda_config": [{"kms_key_id": None}]}
            ),
            of_terraform("aws_cognito_user_pool_client", "web", {"name": "web"}, index=0),
            of_terraform(
                "aws_cognito_resource_server",
                "orders",
                {"identifier": "orders", "name": "Orders", "scope": [{"scope_name": "read", "scope_description": "r"}]},
            ),
            of_terraform("aws_cognito_user_group", "staff", {"name": "staff"}),
            of_terraform("aws_cognito_user", "ana", {"username": "ana"}),
            of_terraform("aws_cognito_user_in_group", "ana", {"group_name": "staff", "username": "ana"}),
            of_terraform("aws_lambda_function", "welcome", {"function_name": "welcome"}),
        ]
        of_pool = {"user_pool_id": {"references": ["aws_cognito_user_pool.main.id", "aws_cognito_user_pool.main"]}}
        unknown = {
            "aws_cognito_user_pool.main": {
                "arn": True,
                "id": True,
                "lambda_config": [{"post_confirmation": True, "custom_email_sender": []}],
                "schema": [],
            },
            "aws_cognito_user_pool_client.web[0]": {"id": True, "user_pool_id": True, "allowed_oauth_scopes": True},
            "aws_cognito_resource_server.orders": {"id": True, "user_pool_id": True, "scope_identifiers": True},
            "aws_cognito_user_group.staff": {"user_pool_id": True, "role_arn": True},
            "aws_cognito_user.ana": {"user_pool_id": True, "sub": True},
            "aws_cognito_user_in_group.ana": {"user_pool_id": True},
            "aws_lambda_function.welcome": {"arn": True},
        }
        configuration = {
            "resources": [
                {
                    "type": "aws_cognito_user_pool",
                    "name": "main",
                    "expressions": {
                        "lambda_config": [
                            {
                                "post_confirmation": {
                                    "references": ["aws_lambda_function.welcome.arn", "aws_lambda_function.welcome"]
                                }
                            }
                        ]
                    },
                },
                {
                    "type": "aws_cognito_user_pool_client",
                    "name": "web",
                    "expressions": {
                        **of_pool,
                        "allowed_oauth_scopes": {
                            "references": ["aws_cognito_resource_server.orders.scope_identifiers"]
                        },
                    },
                },
                {"type": "aws_cognito_resource_server", "name": "orders", "expressions": of_pool},
                {
                    "type": "aws_cognito_user_group",
                    "name": "staff",
                    "expressions": {**of_pool, "role_arn": {"references": ["aws_iam_role.staff.arn"]}},
                },
                {"type": "aws_cognito_user", "name": "ana", "expressions": of_pool},
                {"type": "aws_cognito_user_in_group", "name": "ana", "expressions": of_pool},
            ]
        }
        resources.append(of_terraform("aws_iam_role", "staff", {"name": "staff"}))
        loaded = load(self.plan(resources, unknown, configuration), functions={"welcome": lambda e, _c: e})
        pool = loaded.pool
        assert described(pool)["LambdaConfig"] == {"PostConfirmation": f"{ARN}welcome"}
        assert client_of(pool, loaded.clients["aws_cognito_user_pool_client.web[0]"])["AllowedOAuthScopes"] == [
            "orders/read"
        ]
        assert pool.users["ana"].groups == ["staff"]
        assert pool.groups["staff"].role_arn == "arn:aws:iam::123456789012:role/staff"

    def test_modules(self, load):
        pool = of_terraform("aws_cognito_user_pool", "this", {"name": "x"}, module='module.auth["eu"].', index=0)
        web = of_terraform("aws_cognito_user_pool_client", "web", {"name": "web"}, module="module.web.")
        desk = of_terraform("aws_cognito_user_pool_client", "desk", {"name": "desk"})
        unknown = {each["address"]: {"user_pool_id": True} for each in (web, desk)}
        inner = {
            "resources": [
                {
                    "type": "aws_cognito_user_pool_client",
                    "name": "web",
                    "expressions": {"user_pool_id": {"references": ["var.pool_id"]}},
                }
            ]
        }
        configuration = {
            "resources": [
                {
                    "type": "aws_cognito_user_pool_client",
                    "name": "desk",
                    "expressions": {"user_pool_id": {"references": ["module.auth.pool_id", "module.auth"]}},
                }
            ],
            "module_calls": {
                "auth": {
                    "module": {
                        "outputs": {"pool_id": {"expression": {"references": ["aws_cognito_user_pool.this[0].id"]}}},
                        "resources": [{"type": "aws_cognito_user_pool", "name": "this", "expressions": {}}],
                    }
                },
                "web": {"expressions": {"pool_id": {"references": ["module.auth.pool_id"]}}, "module": inner},
            },
        }
        children = [
            {"address": 'module.auth["eu"]', "resources": [pool]},
            {"address": "module.web", "resources": [web]},
        ]
        loaded = load(self.plan([desk], unknown, configuration, children))
        assert set(loaded.clients) == {
            "module.web.aws_cognito_user_pool_client.web",
            "aws_cognito_user_pool_client.desk",
        }

    @staticmethod
    def one_group(expression, pools=1):
        resources = [
            of_terraform("aws_cognito_user_pool", "main", {"name": "x"}, index=place) for place in range(pools)
        ]
        resources.append(of_terraform("aws_cognito_user_group", "staff", {"name": "staff"}))
        unknown = {"aws_cognito_user_group.staff": {"user_pool_id": True, "description": True, "role_arn": True}}
        of_pool = {"references": ["aws_cognito_user_pool.main"]}
        staff = {
            "type": "aws_cognito_user_group",
            "name": "staff",
            "expressions": {"user_pool_id": of_pool, **expression},
        }
        return TestTerraformPlan.plan(resources, unknown, {"resources": [staff]})

    def test_what_no_expression_says_is_left_out(self, load):
        (group,) = load(self.one_group({"description": {}})).pool.groups.values()
        assert (group.description, group.role_arn) == (None, None)

    def test_a_data_source(self, load):
        role = {"role_arn": {"references": ["data.aws_iam_role.clerk.arn", "data.aws_iam_role.clerk"]}}
        (group,) = load(self.one_group(role)).pool.groups.values()
        assert group.role_arn == "arn:aws:iam::123456789012:role/clerk"

    def test_another_attribute(self, load):
        text = {"description": {"references": ["random_pet.name.result"]}}
        (group,) = load(self.one_group(text)).pool.groups.values()
        assert group.description == "name-result"

    def test_several_instances(self, refusal):
        assert refusal(self.one_group({}, pools=2)) == (
            "cfn.yaml: aws_cognito_user_group.staff (aws_cognito_user_group): user_pool_id refers to "
            "aws_cognito_user_pool.main, which may be any of ['aws_cognito_user_pool.main[0]', "
            "'aws_cognito_user_pool.main[1]']; load a state instead"
        )

    def test_the_instance_of_the_same_index(self, load):
        resources = [
            of_terraform("aws_cognito_user_pool", "main", {"name": f"pool{place}"}, index=place) for place in range(2)
        ]
        resources += [
            of_terraform("aws_cognito_user_pool_client", "web", {"name": f"web{place}"}, index=place)
            for place in range(2)
        ]
        unknown = {f"aws_cognito_user_pool_client.web[{place}]": {"user_pool_id": True} for place in range(2)}
        web = {
            "type": "aws_cognito_user_pool_client",
            "name": "web",
            "expressions": {"user_pool_id": {"references": ["aws_cognito_user_pool.main"]}},
        }
        loaded = load(self.plan(resources, unknown, {"resources": [web]}))
        for place in range(2):
            pool = loaded.pools[f"aws_cognito_user_pool.main[{place}]"]
            assert [client.name for client in pool.clients] == [f"web{place}"]

    def test_dynamic_blocks_and_constants_of_modules(self, load):
        pool = of_terraform(
            "aws_cognito_user_pool", "this", {"name": "x", "lambda_config": [{}]}, module="module.auth."
        )
        group = of_terraform("aws_cognito_user_group", "staff", {"name": "staff"}, module="module.auth.")
        unknown = {
            pool["address"]: {"lambda_config": [{"post_confirmation": True}]},
            group["address"]: {"user_pool_id": True, "description": True},
        }
        inner = {
            "resources": [
                {
                    "type": "aws_cognito_user_pool",
                    "name": "this",
                    "expressions": {"lambda_config": {"references": ["aws_lambda_function.welcome.arn"]}},
                },
                {
                    "type": "aws_cognito_user_group",
                    "name": "staff",
                    "expressions": {
                        "user_pool_id": {"references": ["aws_cognito_user_pool.this.id"]},
                        "description": {"references": ["var.text"]},
                    },
                },
            ]
        }
        configuration = {
            "module_calls": {"auth": {"expressions": {"text": {"constant_value": "people"}}, "module": inner}}
        }
        children = [{"address": "module.auth", "resources": [pool, group]}]
        loaded = load(self.plan([], unknown, configuration, children))
        assert described(loaded.pool)["LambdaConfig"] == {"PostConfirmation": f"{ARN}welcome"}
        assert loaded.pool.groups["staff"].description == "people"

    def test_a_variable_of_a_module_without_a_value(self, refusal):
        pool = of_terraform("aws_cognito_user_pool", "this", {}, module="module.auth.")
        inner = {
            "resources": [
                {"type": "aws_cognito_user_pool", "name": "this", "expressions": {"name": {"references": ["var.name"]}}}
            ]
        }
        plan = self.plan(
            [],
            {pool["address"]: {"name": True}},
            {"module_calls": {"auth": {"module": inner}}},
            [{"address": "module.auth", "resources": [pool]}],
        )
        assert refusal(plan).endswith("name is var.name, which the plan does not contain; load a state instead")

    @pytest.mark.parametrize("reference", ["local.pool_id", "var.pool_id", "module.auth.pool_id"])
    def test_what_the_plan_does_not_have(self, refusal, reference):
        resources = [
            of_terraform("aws_cognito_user_pool", "main", {"name": "x"}),
            of_terraform("aws_cognito_user_pool_client", "web", {"name": "web"}),
        ]
        unknown = {"aws_cognito_user_pool_client.web": {"user_pool_id": True}}
        web = {
            "type": "aws_cognito_user_pool_client",
            "name": "web",
            "expressions": {"user_pool_id": {"references": [reference]}},
        }
        assert refusal(self.plan(resources, unknown, {"resources": [web]})) == (
            f"cfn.yaml: aws_cognito_user_pool_client.web (aws_cognito_user_pool_client): user_pool_id is {reference}, which "
            "the plan does not contain; load a state instead"
        )

    def test_a_managed_client(self, refusal):
        resources = [
            of_terraform("aws_cognito_user_pool", "main", {"name": "x", "id": "us-east-1_AbCdEf123"}),
            of_terraform("aws_cognito_managed_user_pool_client", "search", {"user_pool_id": "us-east-1_AbCdEf123"}),
        ]
        assert "it takes over an app client that another service makes; load a state instead" in refusal(
            self.plan(resources, {}, {})
        )
