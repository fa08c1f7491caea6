"""ListUsers: facts/lifecycle.md C2, facts/sign-in.md 7."""

from __future__ import annotations

import pytest

evidence = pytest.mark.evidence
CONSTRAINTS = "Input fails to satisfy the constraints."


@pytest.fixture
def listing(cognito_pool, cognito_idp):
    """List the users; return their usernames and the token of the next page."""

    def listing(**given):
        reply = cognito_idp.list_users(UserPoolId=cognito_pool.id, **given)
        return [user["Username"] for user in reply["Users"]], reply.get("PaginationToken")

    return listing


@pytest.fixture
def five(cognito_pool):
    """Five users, u0 to u4."""
    for number in range(5):
        cognito_pool.add_user(f"u{number}")


@pytest.fixture
def people(cognito_pool):
    """Users who differ in every attribute that can be searched."""
    cognito_pool.add_user(
        "cleo",
        email="cleo@example.com",
        phone_number="+15550000003",
        status="UNCONFIRMED",
        attributes={"name": "Cleo", "given_name": "Cleo", "family_name": "Smithson", "preferred_username": "cl"},
    )
    cognito_pool.add_user(
        "ana",
        email="ana@example.com",
        phone_number="+15550000001",
        attributes={"name": "Ana", "given_name": "Ana", "family_name": "Smith", "preferred_username": "an"},
    )
    cognito_pool.add_user("bob", email="bob@example.org", enabled=False, attributes={"name": 'Bob "B" \\ Bobson'})


class TestUsers:
    @evidence("model", "UserType")
    def test_a_user_is_described_with_all_their_attributes(self, cognito_pool, cognito_idp):
        sub = cognito_pool.add_user("ana", email="ana@example.com", enabled=False).sub
        one = cognito_idp.admin_get_user(UserPoolId=cognito_pool.id, Username="ana")
        (user,) = cognito_idp.list_users(UserPoolId=cognito_pool.id)["Users"]
        assert user == {
            "Username": "ana",
            "Attributes": [
                {"Name": "sub", "Value": sub},
                {"Name": "email", "Value": "ana@example.com"},
                {"Name": "email_verified", "Value": "true"},
            ],
            "UserCreateDate": one["UserCreateDate"],
            "UserLastModifiedDate": one["UserLastModifiedDate"],
            "Enabled": False,
            "UserStatus": "CONFIRMED",
        }

    @evidence("inferred", "a pool may have no user")
    def test_the_list_is_empty_for_a_pool_without_users(self, listing):
        assert listing() == ([], None)

    @evidence("inferred", "no evidence for an order without a filter")
    def test_without_a_filter_users_come_in_the_order_of_their_creation(self, people, listing):
        assert listing() == (["cleo", "ana", "bob"], None)


class TestPages:
    @evidence("model", "Limit 0..60, PaginationToken")
    @pytest.mark.parametrize(
        ("limit", "pages"),
        [
            (2, [["u0", "u1"], ["u2", "u3"], ["u4"]]),
            (5, [["u0", "u1", "u2", "u3", "u4"]]),
            (60, [["u0", "u1", "u2", "u3", "u4"]]),
        ],
    )
    @pytest.mark.usefixtures("five")
    @pytest.mark.parametrize(
        "chosen", [{}, {"Filter": 'username ^= "u"'}, {"Filter": 'cognito:user_status = "CONFIRMED"'}]
    )
    def test_pages_are_full_and_the_last_has_no_token(self, cognito_pool, cognito_idp, limit, pages, chosen):
        paginator = cognito_idp.get_paginator("list_users")
        seen = paginator.paginate(UserPoolId=cognito_pool.id, PaginationConfig={"PageSize": limit}, **chosen)
        assert [[user["Username"] for user in page["Users"]] for page in seen] == pages

    @pytest.mark.parametrize(
        "given",
        [
            pytest.param({}, marks=evidence("model", "Limit: 60 at most")),
            pytest.param({"Limit": 0}, marks=evidence("inferred", "no evidence for 0")),
        ],
    )
    def test_a_page_has_at_most_sixty_users(self, cognito_pool, listing, given):
        for number in range(61):
            cognito_pool.add_user(f"u{number}")
        names, token = listing(**given)
        assert len(names) == 60
        assert listing(PaginationToken=token) == (["u60"], None)

    @evidence("inferred", "an application that deletes what it lists must see every user")
    @pytest.mark.parametrize(
        "chosen", [{}, {"Filter": 'username ^= "u"'}, {"Filter": 'cognito:user_status = "CONFIRMED"'}]
    )
    def test_deleting_between_pages_hides_no_user(self, five, cognito_pool, cognito_idp, listing, chosen):
        names, token = listing(Limit=2, **chosen)
        for name in names:
            cognito_idp.admin_delete_user(UserPoolId=cognito_pool.id, Username=name)
        assert names == ["u0", "u1"]
        assert listing(PaginationToken=token, **chosen) == (["u2", "u3", "u4"], None)

    @evidence("inferred", "a user created later is on a later page")
    def test_a_user_created_between_pages_is_listed(self, five, cognito_pool, listing):
        _, token = listing(Limit=4)
        cognito_pool.add_user("u5")
        assert listing(PaginationToken=token) == (["u4", "u5"], None)

    @evidence("inferred", "a token can be used again")
    def test_a_page_can_be_asked_for_again(self, five, listing):
        _, token = listing(Limit=4)
        assert listing(PaginationToken=token) == listing(PaginationToken=token) == (["u4"], None)

    @evidence("inferred", "no capture of the text")
    def test_a_made_up_token_is_refused(self, five, listing, refused):
        with refused("InvalidParameterException"):
            listing(PaginationToken="made-up")

    @evidence("inferred", "a token is valid only with the parameters of the request that returned it")
    def test_a_token_of_another_filter_is_refused(self, five, listing, refused):
        _, token = listing(Limit=1)
        with refused("InvalidParameterException"):
            listing(PaginationToken=token, Filter='username ^= "u"')

    @evidence("inferred", "a token is valid only for its pool")
    def test_a_token_of_another_pool_is_refused(self, five, cognito, cognito_idp, listing, refused):
        _, token = listing(Limit=1)
        with refused("InvalidParameterException"):
            cognito_idp.list_users(UserPoolId=cognito.create_pool().id, PaginationToken=token)

    @evidence("documented", "model: a token expires after an hour; the text is inferred")
    def test_a_token_lasts_an_hour(self, five, cognito_pool, listing, refused, monkeypatch):
        now = cognito_pool.users["u0"].created.timestamp()
        monkeypatch.setattr("time.time", lambda: now)
        _, token = listing(Limit=4)
        now += 3600
        assert listing(PaginationToken=token) == (["u4"], None)
        now += 1
        with refused("InvalidParameterException"):
            listing(PaginationToken=token)

    @evidence("inferred", "the number of tokens that are kept is limited")
    def test_the_oldest_tokens_become_invalid_first(self, five, listing, refused, monkeypatch):
        monkeypatch.setattr("pytest_cognito_pool._service.paging._MOST", 2)
        tokens = [listing(Limit=4)[1] for _ in range(3)]
        with refused("InvalidParameterException"):
            listing(PaginationToken=tokens[0])
        assert [listing(PaginationToken=token) for token in tokens[1:]] == [(["u4"], None)] * 2


class TestFilter:
    @evidence("documented", "model and developer guide how-to-manage-user-accounts")
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ('username = "ana"', ["ana"]),
            ('username ^= "a"', ["ana"]),
            ('email = "ana@example.com"', ["ana"]),
            ('email ^= "ana@"', ["ana"]),
            ('phone_number = "+15550000001"', ["ana"]),
            ('phone_number ^= "+1555"', ["ana", "cleo"]),
            ('name = "Ana"', ["ana"]),
            ('given_name = "Cleo"', ["cleo"]),
            ('family_name = "Smith"', ["ana"]),
            ('family_name ^= "Smith"', ["ana", "cleo"]),
            ('preferred_username = "cl"', ["cleo"]),
            ('cognito:user_status = "UNCONFIRMED"', ["cleo"]),
            ('cognito:user_status = "unconfirmed"', ["cleo"]),
            ('cognito:user_status ^= "CONF"', ["ana", "bob"]),
            ('status = "Enabled"', ["ana", "cleo"]),
            ('status = "Disabled"', ["bob"]),
            ('status = "disabled"', []),
            ('status ^= "Dis"', ["bob"]),
            ('username = "an"', []),
            ('username = "nobody"', []),
        ],
    )
    def test_a_filter_finds_users_by_one_attribute(self, people, listing, text, found):
        names, token = listing(Filter=text)
        assert (sorted(names), token) == (found, None)

    @evidence("documented", "model: sub can be searched")
    @pytest.mark.parametrize("form", ['sub = "{}"', 'sub ^= "{:.30}"'])
    def test_a_filter_finds_a_user_by_the_sub(self, people, cognito_pool, listing, form):
        assert listing(Filter=form.format(cognito_pool.users["bob"].sub)) == (["bob"], None)

    @evidence("documented", "model: an empty filter is none")
    @pytest.mark.parametrize("text", ["", " "])
    def test_an_empty_filter_finds_all_users(self, people, listing, text):
        assert listing(Filter=text) == (["cleo", "ana", "bob"], None)

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            pytest.param('email="ana@example.com"', ["ana"], marks=evidence("inferred", "blanks do not count")),
            pytest.param(' name  ^=  "A" ', ["ana"], marks=evidence("inferred", "blanks do not count")),
            pytest.param('"name" = "Ana"', ["ana"], marks=evidence("inferred", "the attribute may be quoted")),
            pytest.param(
                r'name = "Bob \"B\" \\ Bobson"',
                ["bob"],
                marks=evidence("documented", "model: quotes are escaped by \\"),
            ),
        ],
    )
    def test_a_filter_may_have_blanks_and_a_quoted_attribute_and_escaped_quotes(self, people, listing, text, found):
        assert listing(Filter=text) == (found, None)

    @evidence("documented", "model: ascending by the attribute of the filter")
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ('email ^= ""', ["ana", "bob", "cleo"]),
            ('family_name ^= "S"', ["ana", "cleo"]),
            ('phone_number ^= "+"', ["ana", "cleo"]),
        ],
    )
    def test_users_are_sorted_by_the_attribute_of_the_filter(self, people, listing, text, found):
        assert listing(Filter=text) == (found, None)

    @evidence("observed", "aws-sdk-php#1088 raw body, aws-aspnet-cognito-identity-provider#235")
    @pytest.mark.parametrize(
        "text",
        [
            "ana",
            "email = ana",
            "email",
            'email == "ana"',
            'email = "ana" extra',
            'email = "ana" AND name = "Ana"',
            'email != "ana"',
            '= "ana"',
            'email = "a"b"',
        ],
    )
    def test_bad_syntax_is_refused(self, people, cognito_pool, listing, refused, text):
        with refused("InvalidParameterException", "Error while parsing filter."):
            listing(Filter=text)
        assert cognito_pool.calls[-1].why == (
            f'Filter is {text!r}; expected: attribute = "value" or attribute ^= "value"'
        )

    @pytest.mark.parametrize(
        "name",
        [
            pytest.param("custom:plan", marks=evidence("observed", "capture 2026")),
            pytest.param("custom:favourite-colour", marks=evidence("observed", "capture 2026 of a custom attribute")),
        ],
    )
    def test_a_custom_attribute_cannot_be_searched(self, cognito, cognito_idp, refused, name):
        own = {"Name": name.removeprefix("custom:"), "AttributeDataType": "String"}
        pool = cognito.create_pool(Schema=[own])
        with refused("InvalidParameterException", CONSTRAINTS):
            cognito_idp.list_users(UserPoolId=pool.id, Filter=f'{name} = "x"')
        assert pool.calls[-1].why.startswith(
            f"{name!r} cannot be searched; searchable attributes: ['cognito:user_status', "
        )

    @evidence("inferred", "observed for a custom attribute; documented that the others cannot be searched")
    @pytest.mark.parametrize("name", ["address", "birthdate", "email_verified", "Email", "nothing"])
    def test_other_attributes_cannot_be_searched(self, people, listing, refused, name):
        with refused("InvalidParameterException"):
            listing(Filter=f'{name} = "x"')


@evidence("inferred", "three independent applications send it; no output was pasted")
@pytest.mark.parametrize(
    "text", ["email = 'ana@example.com'", "'email' = 'x'", "username ^= 'an'", "name = 'it\\'s \"'"]
)
def test_the_value_of_a_filter_may_be_in_single_quotes(cognito_idp, cognito_pool, text):
    for name in ("ana", "bob"):
        cognito_pool.add_user(name, attributes={"name": "it's \""})
    if text.startswith("'"):
        with pytest.raises(cognito_idp.exceptions.InvalidParameterException):
            cognito_idp.list_users(UserPoolId=cognito_pool.id, Filter=text)
        return
    users = cognito_idp.list_users(UserPoolId=cognito_pool.id, Filter=text)["Users"]
    assert [user["Username"] for user in users] == (["ana", "bob"] if text.startswith("name") else ["ana"])


class TestAttributesToGet:
    @evidence("documented", "model: only these attributes")
    def test_only_the_requested_attributes_are_returned(self, people, cognito_pool, cognito_idp):
        reply = cognito_idp.list_users(UserPoolId=cognito_pool.id, AttributesToGet=["email", "name"])
        assert [{each["Name"]: each["Value"] for each in user["Attributes"]} for user in reply["Users"]] == [
            {"email": "cleo@example.com", "name": "Cleo"},
            {"email": "ana@example.com", "name": "Ana"},
            {"email": "bob@example.org", "name": 'Bob "B" \\ Bobson'},
        ]

    @evidence("inferred", "observed that sub cannot be asked for together with others")
    def test_the_sub_can_be_the_only_requested_attribute(self, cognito_pool, cognito_idp):
        sub = cognito_pool.add_user("ana").sub
        (user,) = cognito_idp.list_users(UserPoolId=cognito_pool.id, AttributesToGet=["sub"])["Users"]
        assert user["Attributes"] == [{"Name": "sub", "Value": sub}]

    @evidence("inferred", "five applications ask so; the one refusal that was observed had another cause")
    def test_the_sub_can_be_requested_with_other_attributes(self, people, cognito_pool, cognito_idp):
        users = cognito_idp.list_users(UserPoolId=cognito_pool.id, AttributesToGet=["sub", "email"])["Users"]
        assert {tuple(pair["Name"] for pair in user["Attributes"]) for user in users} == {("sub", "email")}

    @evidence("observed", "public capture of the words; the final dot is inferred")
    def test_an_attribute_that_the_schema_lacks_is_refused(self, cognito_pool, listing, refused):
        with refused("InvalidParameterException") as caught:
            listing(AttributesToGet=["colour"])
        assert "One or more requested attributes do not exist" in caught.value.response["Error"]["Message"]
        assert cognito_pool.calls[-1].why == "'colour' is not set on any user"

    @evidence("documented", "model: an attribute that is not set on every user is an error; the text is inferred")
    def test_an_attribute_that_some_user_does_not_have_is_refused(self, people, cognito_pool, listing, refused):
        with refused("InvalidParameterException"):
            listing(AttributesToGet=["phone_number"])
        assert cognito_pool.calls[-1].why == "'phone_number' is not set on ['bob']"

    @evidence("inferred", "in a pool without users no user lacks the attribute")
    def test_any_attribute_is_accepted_in_a_pool_without_users(self, listing):
        assert listing(AttributesToGet=["email"]) == ([], None)

    @evidence("inferred", "an empty list counts as no list")
    def test_an_empty_list_returns_all_attributes(self, people, cognito_pool, cognito_idp):
        asked = cognito_idp.list_users(UserPoolId=cognito_pool.id, AttributesToGet=[])
        assert asked["Users"] == cognito_idp.list_users(UserPoolId=cognito_pool.id)["Users"]


@pytest.mark.evidence("inferred", "our own: the `why` of the call")
@pytest.mark.parametrize(
    ("given", "question"),
    [
        ({}, "a ListUsers without Filter"),
        ({"Filter": 'email ^= "a"'}, "a ListUsers with the Filter email ^= 'a'"),
        ({"Filter": 'status = "Enabled"'}, "a ListUsers with the Filter status = 'Enabled'"),
    ],
)
def test_the_why_of_an_invalid_token_names_the_request(cognito_pool, cognito_idp, refused, given, question):
    with refused("InvalidParameterException"):
        cognito_idp.list_users(UserPoolId=cognito_pool.id, PaginationToken="foo", **given)
    assert cognito_pool.calls[-1].why == f"this token was not issued for {question}, or is older than an hour"
