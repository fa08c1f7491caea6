"""Managed login branding and UI customization: facts/other-operations.md, sections 7 and 8."""

from __future__ import annotations

import pytest

from pytest_cognito_pool import UnreportedError, UnsupportedOperationError

evidence = pytest.mark.evidence
TRIAL = "public capture of 2026, of all operations"
LOGO = {"Category": "FORM_LOGO", "ColorMode": "LIGHT", "Extension": "PNG", "Bytes": b"png"}


@pytest.fixture
def named(cognito_pool):
    return {"UserPoolId": cognito_pool.id, "ClientId": cognito_pool.client.id}


@pytest.fixture
def create(cognito_idp, named):
    def create(**given):
        return cognito_idp.create_managed_login_branding(**{**named, **given})["ManagedLoginBranding"]

    return create


class TestManagedLoginBranding:
    @evidence("observed", f"{TRIAL}: Assets always, Settings where given")
    def test_both_describe_operations_return_the_created_style(self, create, cognito_idp, cognito_pool, named):
        style = create(UseCognitoProvidedValues=True)
        assert style.pop("CreationDate") == style.pop("LastModifiedDate")
        key = style["ManagedLoginBrandingId"]
        assert style == {
            "Assets": [],
            "ManagedLoginBrandingId": key,
            "UseCognitoProvidedValues": True,
            "UserPoolId": cognito_pool.id,
        }
        by_id = cognito_idp.describe_managed_login_branding(UserPoolId=cognito_pool.id, ManagedLoginBrandingId=key)
        by_client = cognito_idp.describe_managed_login_branding_by_client(**named)
        assert by_id["ManagedLoginBranding"] == by_client["ManagedLoginBranding"]
        assert by_id["ManagedLoginBranding"]["ManagedLoginBrandingId"] == key

    @evidence("observed", f"{TRIAL}; UseCognitoProvidedValues together with Assets is accepted")
    def test_a_style_may_have_its_own_settings_and_assets(self, create):
        style = create(Settings={"categories": {"global": {}}}, Assets=[LOGO])
        assert style["Settings"] == {"categories": {"global": {}}}
        assert style["UseCognitoProvidedValues"] is False
        assert style["Assets"] == [LOGO]

    @evidence("observed", TRIAL)
    @pytest.mark.parametrize(
        "given", [{}, {"UseCognitoProvidedValues": False}, {"UseCognitoProvidedValues": True, "Settings": {}}]
    )
    def test_exactly_one_of_use_cognito_provided_values_and_settings_is_required(self, create, refused, given):
        text = "useCognitoProvidedValues or settings should be specified (but not both)"
        with refused("InvalidParameterException", text):
            create(**given)

    @evidence("observed", TRIAL)
    def test_an_app_client_has_at_most_one_style(self, create, cognito_pool, refused):
        create(UseCognitoProvidedValues=True)
        text = f"A ManagedLoginBranding already exists for client {cognito_pool.client.id}"
        with refused("ManagedLoginBrandingExistsException", text):
            create(UseCognitoProvidedValues=True)

    @evidence("observed", TRIAL)
    def test_an_unknown_style_or_app_client_is_refused(self, cognito_idp, cognito_pool, named, create, refused):
        text = f"ManagedLoginBranding for client {cognito_pool.client.id} does not exist."
        with refused("ResourceNotFoundException", text):
            cognito_idp.describe_managed_login_branding_by_client(**named)
        unknown = {"UserPoolId": cognito_pool.id, "ManagedLoginBrandingId": "4d2b1c3a-0000-4000-8000-000000000000"}
        for operation in ("describe", "update", "delete"):
            with refused("ResourceNotFoundException", "ManagedLoginBranding does not exist."):
                getattr(cognito_idp, f"{operation}_managed_login_branding")(**unknown)
        with refused("ResourceNotFoundException", "User pool client unknown does not exist."):
            create(ClientId="unknown", UseCognitoProvidedValues=True)

    @evidence("observed", f"{TRIAL}: omitted values stay, a new list replaces the old one")
    def test_an_update_keeps_omitted_assets_and_replaces_given_ones(self, create, cognito_idp, cognito_pool):
        key = create(UseCognitoProvidedValues=True, Assets=[LOGO])["ManagedLoginBrandingId"]
        named = {"UserPoolId": cognito_pool.id, "ManagedLoginBrandingId": key}
        updated = cognito_idp.update_managed_login_branding(**named, Settings={"a": 1})["ManagedLoginBranding"]
        assert (updated["UseCognitoProvidedValues"], updated["Settings"]) == (False, {"a": 1})
        assert updated["Assets"] == [LOGO]
        updated = cognito_idp.update_managed_login_branding(**named, UseCognitoProvidedValues=True, Assets=[])
        assert updated["ManagedLoginBranding"]["Assets"] == []
        assert "Settings" not in updated["ManagedLoginBranding"]

    @evidence("observed", f"{TRIAL}: a refused update changes nothing")
    def test_a_refused_update_changes_nothing(self, create, cognito_idp, cognito_pool, refused):
        key = create(Settings={"a": 1})["ManagedLoginBrandingId"]
        named = {"UserPoolId": cognito_pool.id, "ManagedLoginBrandingId": key}
        text = "useCognitoProvidedValues or settings should be specified (but not both)"
        with refused("InvalidParameterException", text):
            cognito_idp.update_managed_login_branding(**named, Assets=[])
        assert cognito_idp.describe_managed_login_branding(**named)["ManagedLoginBranding"]["Settings"] == {"a": 1}

    @evidence("inferred", "the model does not mark the ids as required")
    def test_an_update_needs_the_user_pool_id(self, cognito_idp, refused):
        with refused("InvalidParameterException") as caught:
            cognito_idp.update_managed_login_branding(UseCognitoProvidedValues=True)
        assert "'userPoolId' failed to satisfy constraint" in caught.value.response["Error"]["Message"]

    @evidence("observed", "terraform-aws-cognito-user-pool#238: the text, cut after colorMode")
    def test_an_ico_file_is_allowed_for_the_favicon_only(self, create, refused):
        with refused("InvalidParameterException") as caught:
            create(UseCognitoProvidedValues=True, Assets=[{**LOGO, "Category": "PAGE_BACKGROUND", "Extension": "ICO"}])
        assert caught.value.response["Error"]["Message"].startswith(
            "Invalid assets provided. Validation errors: [{category: PAGE_BACKGROUND, extension: ICO, colorMode: LIGHT"
        )
        assert create(UseCognitoProvidedValues=True, Assets=[{**LOGO, "Category": "FAVICON_ICO", "Extension": "ICO"}])

    @evidence("inferred", "a style belongs to its app client")
    def test_a_style_is_deleted_with_its_app_client(self, create, cognito_idp, cognito_pool, named, refused):
        key = create(UseCognitoProvidedValues=True)["ManagedLoginBrandingId"]
        cognito_idp.delete_user_pool_client(**named)
        with refused("ResourceNotFoundException", "ManagedLoginBranding does not exist."):
            cognito_idp.describe_managed_login_branding(UserPoolId=cognito_pool.id, ManagedLoginBrandingId=key)

    @evidence("inferred", "the default document was never recorded")
    def test_return_merged_resources_is_not_simulated(self, create, cognito, cognito_idp, named):
        create(UseCognitoProvidedValues=True)
        with pytest.raises(UnsupportedOperationError, match="ReturnMergedResources=True"):
            cognito_idp.describe_managed_login_branding_by_client(**named, ReturnMergedResources=True)
        with pytest.raises(UnreportedError):
            cognito.check()

    @evidence("model", "DeleteManagedLoginBranding has no reply")
    def test_a_deleted_style_is_not_found(self, create, cognito_idp, cognito_pool, named, refused):
        key = create(UseCognitoProvidedValues=True)["ManagedLoginBrandingId"]
        cognito_idp.delete_managed_login_branding(UserPoolId=cognito_pool.id, ManagedLoginBrandingId=key)
        with refused("ResourceNotFoundException"):
            cognito_idp.describe_managed_login_branding_by_client(**named)


class TestUICustomization:
    CSS = ".submitButton-customizable { background: #123456 } .label-customizable:hover { color: red }"

    @pytest.fixture
    def put(self, cognito_idp, cognito_pool):
        def put(**given):
            return cognito_idp.set_ui_customization(UserPoolId=cognito_pool.id, **given)["UICustomization"]

        return put

    @pytest.fixture
    def got(self, cognito_idp, cognito_pool):
        def got(**given):
            return cognito_idp.get_ui_customization(UserPoolId=cognito_pool.id, **given)["UICustomization"]

        return got

    @evidence("observed", "amazon-connect/voicemail-for-amazon-connect#5, with the type")
    def test_the_pool_must_have_a_domain(self, put, refused):
        with refused("InvalidParameterException", "A domain must be associated with this user pool."):
            put(CSS=self.CSS)

    @evidence(
        "observed", "terraform: a client without its own has the one for all clients; without either the reply is empty"
    )
    def test_an_app_client_without_its_own_gets_the_customization_for_all(self, put, got, cognito_pool):
        cognito_pool.add_domain("myapp")
        assert got() == {}
        of_all = put(CSS=self.CSS, ImageFile=b"png")
        assert of_all["ClientId"] == "ALL"
        assert of_all["CSS"] == self.CSS
        assert len(of_all["CSSVersion"]) == 14
        assert of_all["ImageUrl"].endswith("/assets/images/image.jpg")
        assert got(ClientId=cognito_pool.client.id) == of_all
        own = put(ClientId=cognito_pool.client.id, CSS="")
        assert own["ClientId"] == cognito_pool.client.id
        assert got(ClientId=cognito_pool.client.id)["CSS"] == ""
        assert got() == of_all

    @evidence("observed", "terraform's delete path: only the ids reset it")
    def test_a_request_with_neither_css_nor_image_resets_the_customization(self, put, got, cognito_pool):
        cognito_pool.add_domain("myapp")
        created = put(CSS=self.CSS)["CreationDate"]
        assert "CSS" not in put()
        assert set(got()) == {"ClientId", "CreationDate", "LastModifiedDate", "UserPoolId"}
        assert got()["CreationDate"] == created

    @evidence("observed", "trial of 2026")
    def test_a_css_class_that_is_not_allowed_is_refused(self, put, cognito_pool, refused):
        cognito_pool.add_domain("myapp")
        with refused("InvalidParameterException", "The CSS class body is not in the list of allowed classes."):
            put(CSS=".body { color: red }")

    @evidence("model", "ResourceNotFoundException")
    def test_an_unknown_app_client_is_refused(self, put, got, cognito_pool, refused):
        cognito_pool.add_domain("myapp")
        for job in (put, got):
            with refused("ResourceNotFoundException", "User pool client unknown does not exist."):
                job(ClientId="unknown")
