"""The operations on domains: facts/other-operations.md, section 6."""

from __future__ import annotations

import pytest

evidence = pytest.mark.evidence
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/0b1c2d3e-0000-4000-8000-000000000000"
CUSTOM = {"CertificateArn": CERTIFICATE}


@pytest.fixture
def create(cognito_idp, cognito_pool):
    def create(name="myapp", **given):
        return cognito_idp.create_user_pool_domain(**{"UserPoolId": cognito_pool.id, "Domain": name, **given})

    return create


@pytest.fixture
def described(cognito_idp):
    def described(name="myapp"):
        return cognito_idp.describe_user_pool_domain(Domain=name)["DomainDescription"]

    return described


@evidence("documented", "AWS CLI examples: a prefix has a distribution, and an empty CustomDomainConfig")
def test_a_prefix_domain_is_created_and_described(create, described, cognito_pool):
    reply = create()
    assert reply["ManagedLoginVersion"] == 1
    assert "CloudFrontDomain" not in reply
    description = described()
    assert description.pop("CloudFrontDistribution").endswith(".cloudfront.net")
    assert len(description.pop("Version")) == 14
    assert description.pop("S3Bucket")
    assert description == {
        "AWSAccountId": "123456789012",
        "CustomDomainConfig": {},
        "Domain": "myapp",
        "ManagedLoginVersion": 1,
        "Status": "ACTIVE",
        "UserPoolId": cognito_pool.id,
    }
    assert cognito_pool.calls.operations == ["CreateUserPoolDomain", "DescribeUserPoolDomain"]


@evidence("documented", "AWS CLI examples: the reply has the distribution")
def test_creating_a_custom_domain_returns_its_cloudfront_distribution(create, described, cognito_idp, cognito_pool):
    reply = create("auth.example.com", CustomDomainConfig=CUSTOM)
    assert described("auth.example.com")["CloudFrontDistribution"] == reply["CloudFrontDomain"]
    assert described("auth.example.com")["CustomDomainConfig"] == CUSTOM
    create()
    pool = cognito_idp.describe_user_pool(UserPoolId=cognito_pool.id)["UserPool"]
    assert (pool["Domain"], pool["CustomDomain"]) == ("myapp", "auth.example.com")


@evidence("observed", "amplify-cli end-to-end tests, terraform: an empty description and no error")
def test_the_description_of_an_unknown_domain_is_empty(described):
    assert described("nobodys") == {}


@evidence("observed", "eight reports, and amplify-cli#1845; that the first text is for the same pool is inferred")
def test_a_domain_name_can_be_used_only_once(create, cognito, refused):
    create()
    with refused("InvalidParameterException", "Domain already exists."):
        create()
    with refused("InvalidParameterException", "Domain already associated with another user pool."):
        create(UserPoolId=cognito.create_pool().id)


@evidence("observed", "aws-cdk#10062: one of each kind")
@pytest.mark.parametrize(
    ("names", "config"), [(("one", "two"), {}), (("a.one.com", "a.two.com"), {"CustomDomainConfig": CUSTOM})]
)
def test_a_pool_has_at_most_one_prefix_domain_and_one_custom_domain(create, refused, names, config):
    create(names[0], **config)
    with refused("InvalidParameterException", "User pool already has a domain configured."):
        create(names[1], **config)


@evidence("observed", "trial of pairs in 2026: whole parts between hyphens")
@pytest.mark.parametrize(("name", "word"), [("x-aws-y", "aws"), ("amazon", "amazon"), ("my-cognito", "cognito")])
def test_a_reserved_word_in_a_prefix_is_refused(create, refused, name, word):
    with refused("InvalidParameterException", f"Domain cannot contain reserved word: {word}"):
        create(name)


@evidence("observed", "trial of pairs in 2026: no substring is reserved")
def test_a_prefix_may_contain_a_reserved_word_inside_a_longer_word(create):
    assert create("my-awsome-app")["ManagedLoginVersion"] == 1


@evidence("observed", "trial of 2026, and a report")
@pytest.mark.parametrize("name", ["My-App", "my_app", "my.app", "-myapp", "myapp-"])
def test_a_prefix_has_only_lower_case_letters_digits_and_inner_hyphens(create, refused, name):
    text = (
        "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and "
        "hyphens. Please enter a different name that follows this format: "
        r"^[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?$"
    )
    with refused("InvalidParameterException", text):
        create(name)


@evidence("observed", "trial of 2026")
def test_a_prefix_longer_than_63_characters_is_refused(create, refused):
    name = "a" * 64
    text = (
        f"1 validation error detected: Value '{name}' at 'domain' failed to satisfy constraint: "
        "Member must have length less than or equal to 63"
    )
    with refused("InvalidParameterException", text):
        create(name)


@evidence("observed", "trial of 2026, of the parent; that other names are refused in the same way is inferred")
@pytest.mark.parametrize(
    "name", ["example.com", "AUTH.example.com", "https://auth.example.com", "127.0.0.1", "a b.example.com"]
)
def test_a_custom_domain_must_be_a_valid_subdomain(create, refused, name):
    text = (
        "Custom domain is not a valid subdomain: Was not able to resolve a DNS A record for the parent domain or "
        "domain parent is a top-level domain."
    )
    with refused("InvalidParameterException", text):
        create(name, CustomDomainConfig=CUSTOM)


@evidence("observed", "trial of 2026; the request id differs")
def test_a_certificate_must_be_in_us_east_1(create, refused):
    config = {"CertificateArn": CERTIFICATE.replace("us-east-1", "eu-west-1")}
    with refused("InvalidParameterException") as caught:
        create("auth.example.com", CustomDomainConfig=config)
    assert caught.value.response["Error"]["Message"].startswith(
        "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a "
        "valid certificate chain. (Service: CloudFront, Status Code: 400, Request ID: "
    )


@evidence("observed", "trial of 2026; the type is the model's")
@pytest.mark.cognito_pool(UserPoolTier="LITE")
def test_managed_login_is_not_available_in_the_lite_tier(create, refused):
    text = "The following feature is not available for the LITE pricing tier configured: Managed Login Version 2"
    with refused("FeatureUnavailableInTierException", text):
        create(ManagedLoginVersion=2)


@evidence("inferred", "an update keeps the settings that it omits")
def test_an_update_keeps_the_settings_that_it_omits(create, described, cognito_idp, cognito_pool):
    create("auth.example.com", CustomDomainConfig=CUSTOM)
    named = {"UserPoolId": cognito_pool.id, "Domain": "auth.example.com"}
    assert cognito_idp.update_user_pool_domain(**named, ManagedLoginVersion=2)["ManagedLoginVersion"] == 2
    other = {"CertificateArn": f"{CERTIFICATE[:-1]}1"}
    cognito_idp.update_user_pool_domain(**named, CustomDomainConfig=other)
    assert described("auth.example.com")["CustomDomainConfig"] == other
    assert described("auth.example.com")["ManagedLoginVersion"] == 2


@evidence("observed", "amplify-cli end-to-end tests, of DeleteUserPoolDomain; inferred for the update")
@pytest.mark.parametrize("operation", ["delete_user_pool_domain", "update_user_pool_domain"])
def test_a_domain_of_another_pool_cannot_be_updated_or_deleted(create, cognito, cognito_idp, refused, operation):
    create()
    with refused("InvalidParameterException", "No such domain or user pool exists."):
        getattr(cognito_idp, operation)(UserPoolId=cognito.create_pool().id, Domain="myapp")


@evidence("observed", "terraform-provider-aws#16479")
def test_a_pool_with_a_domain_cannot_be_deleted(create, described, cognito_idp, cognito_pool, refused):
    create()
    text = "User pool cannot be deleted. It has a domain configured that should be deleted first."
    with refused("InvalidParameterException", text):
        cognito_idp.delete_user_pool(UserPoolId=cognito_pool.id)
    cognito_idp.delete_user_pool_domain(UserPoolId=cognito_pool.id, Domain="myapp")
    assert described() == {}
    cognito_idp.delete_user_pool(UserPoolId=cognito_pool.id)


@evidence("inferred", "a domain belongs to its region")
def test_a_domain_of_another_region_is_not_found(cognito, described):
    cognito.create_pool(Id="eu-west-1_Other").add_domain("myapp")
    assert described() == {}
