"""The back office and Wagtail's own API search through the same index."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

pytestmark = pytest.mark.django_db
QUERIES = ["联盟", "疗休养", "lianmeng", "苏"]


def found(client, address, **params):
    response = client.get(address, params)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("query", QUERIES)
def test_pages(root_client, pages, query):
    assert "疗休养基地联盟在苏州成立" in found(root_client, "/admin/pages/search/results/", q=query)


def test_drafts_are_found_by_staff(root_client, pages):
    assert "疗休养草稿" in found(root_client, "/admin/pages/search/results/", q="草稿")


def test_images(root_client):
    get_image_model().objects.create(title="示例：太湖晨光", file=get_test_image_file())
    for query in ("太湖", "晨光", "taihu"):
        assert "示例：太湖晨光" in found(root_client, "/admin/images/results/", q=query)
    assert "示例：太湖晨光" not in found(root_client, "/admin/images/results/", q="虞山")


def test_documents(root_client):
    get_document_model().objects.create(
        title="示例：名录附件", file=ContentFile(b"x", "a.txt"), collection=Collection.get_first_root_node()
    )
    assert "示例：名录附件" in found(root_client, "/admin/documents/results/", q="附件")


def test_register_rows(root_client, bases):
    for query in ("太湖", "JD1"):
        assert "示例·太湖明月疗休养基地" in found(root_client, "/admin/registers/bases/results/", q=query)


@pytest.mark.parametrize("query", ['"', "*", "AND", "(", "a:b", "NEAR(", "，", "'; --", "\\"])
def test_operators_are_harmless(root_client, pages, bases, query):
    for address in ("pages/search/results", "images/results", "registers/bases/results"):
        found(root_client, f"/admin/{address}/", q=query)
    assert root_client.get("/api/v3/pages/", {"search": query}).status_code == 200


@pytest.mark.parametrize("operator", ["and", "or"])
def test_wagtails_api_for_anyone(client, pages, operator):
    answer = client.get("/api/v3/pages/", {"search": "联盟 苏州", "search_operator": operator}).json()
    assert [item["title"] for item in answer["items"]] == ["疗休养基地联盟在苏州成立"]
    assert client.get("/api/v3/pages/", {"search": "草稿"}).json()["count"] == 0
