"""The operations on resource servers: facts/other-operations.md, section 3."""

from __future__ import annotations

import pytest

evidence = pytest.mark.evidence
READ = {"ScopeName": "read", "ScopeDescription": "read orders"}
WRITE = {"ScopeName": "write", "ScopeDescription": "write orders"}


@pytest.fixture
def create(cognito_idp, cognito_pool):
    def create(identifier="orders", **given):
        reply = cognito_idp.create_resource_server(
            UserPoolId=cognito_pool.id, Identifier=identifier, Name="Orders", **given
        )
        return reply["ResourceServer"]

    return create


@pytest.fixture
def named(cognito_pool):
    return {"UserPoolId": cognito_pool.id, "Identifier": "orders"}


@evidence("documented", "AWS CLI examples: the reply has no dates")
def test_the_created_resource_server_is_described(create, cognito_idp, named):
    server = create(Scopes=[READ])
    assert server == {**named, "Name": "Orders", "Scopes": [READ]}
    assert cognito_idp.describe_resource_server(**named)["ResourceServer"] == server


@evidence("inferred", "another fake: without scopes there is no member for them")
def test_scopes_may_be_omitted(create, named):
    assert create() == {**named, "Name": "Orders"}


@evidence("observed", "alchemy's live tests: an update replaces the values; for omitted values: the model")
def test_an_update_replaces_name_and_scopes(create, cognito_idp, named):
    create(Scopes=[READ])
    updated = cognito_idp.update_resource_server(**named, Name="All orders", Scopes=[WRITE])["ResourceServer"]
    assert updated == {**named, "Name": "All orders", "Scopes": [WRITE]}
    assert cognito_idp.update_resource_server(**named, Name="None")["ResourceServer"] == {**named, "Name": "None"}


@evidence("observed", "alchemy's live tests: the type; the text is inferred")
def test_a_deleted_resource_server_is_not_found(create, cognito_idp, cognito_pool, named, refused):
    create()
    assert set(cognito_idp.delete_resource_server(**named)) == {"ResponseMetadata"}
    jobs = {
        "describe": lambda: cognito_idp.describe_resource_server(**named),
        "update": lambda: cognito_idp.update_resource_server(**named, Name="Orders"),
        "delete": lambda: cognito_idp.delete_resource_server(**named),
    }
    for job in jobs.values():
        with refused("ResourceNotFoundException", "Resource server orders does not exist."):
            job()
        assert cognito_pool.calls[-1].why == "existing resource servers: []"


@evidence("inferred", "another fake; the model declares no type for it but InvalidParameterException")
def test_an_existing_identifier_is_refused(create, cognito_pool, refused):
    create(Scopes=[READ])
    with refused("InvalidParameterException", f"orders already exists in user pool {cognito_pool.id}."):
        create()
    assert cognito_pool.calls[-1].why == "existing resource servers: ['orders']"


@evidence("observed", "cdk-preflight 2026-09")
@pytest.mark.parametrize(
    ("given", "text"),
    [
        (
            {"Scopes": [{"ScopeName": "read all", "ScopeDescription": "x"}]},
            (
                "Value 'read all' at 'scopes.1.member.scopeName' failed to satisfy constraint: Member must satisfy "
                r"regular expression pattern: [\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+"
            ),
        ),
        (
            {"identifier": "my api"},
            (
                "Value 'my api' at 'identifier' failed to satisfy constraint: Member must satisfy regular expression "
                r"pattern: [\x21\x23-\x5B\x5D-\x7E]+"
            ),
        ),
    ],
)
def test_an_invalid_identifier_or_scope_name_is_refused(create, refused, given, text):
    with refused("InvalidParameterException", f"1 validation error detected: {text}"):
        create(**given)


@evidence("model", "ListResourceServers: pages of at most 50")
def test_the_list_is_returned_in_pages(create, cognito_idp, cognito_pool):
    for number in range(5):
        create(f"server{number}")
    named, found, token = {"UserPoolId": cognito_pool.id}, [], {}
    while token is not None:
        page = cognito_idp.list_resource_servers(**named, MaxResults=2, **token)
        found += [server["Identifier"] for server in page["ResourceServers"]]
        token = {"NextToken": page["NextToken"]} if "NextToken" in page else None
    assert found == [f"server{number}" for number in range(5)]
    assert len(cognito_idp.list_resource_servers(**named)["ResourceServers"]) == 5


@evidence("inferred", "a snapshot has the resource servers too")
def test_a_snapshot_includes_the_resource_servers(create, cognito, cognito_idp, cognito_pool):
    with cognito.rollback():
        create()
    assert cognito_idp.list_resource_servers(UserPoolId=cognito_pool.id)["ResourceServers"] == []
