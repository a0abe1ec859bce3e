"""Who gets which PDF over the web."""

import io
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import storages
from django.urls import reverse
from PIL import Image as Pillow
from wagtail.models import GroupPagePermission, PageViewRestriction

from content.pages.models import BulletinPage


@pytest.fixture
def address(bulletin):
    return reverse("bulletin-pdf", args=[bulletin.pk])


@pytest.fixture
def editor(make_user, site_tree):
    group = Group.objects.create(name="示例宣传员")
    group.permissions.add(*_admin_access())
    GroupPagePermission.objects.create(group=group, page=site_tree, permission_type="change")
    return make_user("editor", groups=[group])


def _admin_access():
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename="access_admin")


def test_anyone_gets_the_published_issue(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert "劳动竞赛简报2026年第3期.pdf" in unquote(response["Content-Disposition"])
    assert response["Content-Disposition"].startswith("inline")
    assert response.content.startswith(b"%PDF-")
    assert set(response["Cache-Control"].split(", ")) == {"no-cache", "public"}


def test_second_reader_costs_no_typesetting(client, address, bulletin):
    first = client.get(address)
    files = storages["private"].listdir(f"bulletins/{bulletin.pk}")[1]
    assert client.get(address).content == first.content
    assert storages["private"].listdir(f"bulletins/{bulletin.pk}")[1] == files
    assert len(files) == 1
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_a_change_makes_a_new_pdf_and_drops_the_old(client, address, bulletin):
    before = client.get(address)
    bulletin.editor_note = "改过的编者按。"
    bulletin.save_revision().publish()
    after = client.get(address)
    assert after["ETag"] != before["ETag"]
    assert len(storages["private"].listdir(f"bulletins/{bulletin.pk}")[1]) == 1


def test_reading_costs_few_queries(client, address, django_assert_max_num_queries):
    client.get(address)
    with django_assert_max_num_queries(35):
        client.get(address)


def test_draft_asks_for_signing_in(client, address):
    response = client.get(address, {"draft": "1"})
    assert response.status_code == 302
    assert reverse("wagtailadmin_login") in response["Location"]


def test_unpublished_issue_is_no_ones_business(client, make_bulletin, make_user):
    page = make_bulletin(live=False)
    address = reverse("bulletin-pdf", args=[page.pk])
    assert client.get(address).status_code == 302
    client.force_login(make_user("stranger"))
    assert client.get(address).status_code == 403


def test_editor_gets_the_latest_draft(client, address, bulletin, editor, opened):
    bulletin.title = "草稿里的新标题"
    bulletin.save_revision()
    client.force_login(editor)
    draft = client.get(address, {"draft": "1"})
    assert "no-store" in draft["Cache-Control"]
    assert "草稿里的新标题" in opened(draft.content).metadata["Title"]
    assert "草稿里的新标题" not in opened(client.get(address).content).metadata["Title"]


def test_draft_that_cannot_be_set_leads_back_to_the_editor(client, bulletin, address, editor):
    bulletin.editor_note = "\U0001f7f0"
    bulletin.save_revision()
    client.force_login(editor)
    response = client.get(address, {"draft": "1"}, follow=True)
    assert response.redirect_chain[0][0] == reverse("wagtailadmin_pages:edit", args=[bulletin.pk])
    assert "U+1F7F0" in response.content.decode()


def test_restricted_page_keeps_its_pdf(client, bulletin, address):
    PageViewRestriction.objects.create(page=bulletin, restriction_type=PageViewRestriction.LOGIN)
    response = client.get(address)
    assert response.status_code == 302
    assert not response.content.startswith(b"%PDF")


def test_other_pages_have_none(client, article):
    assert client.get(reverse("bulletin-pdf", args=[article.pk])).status_code == 404
    assert client.get(reverse("bulletin-pdf", args=[999999])).status_code == 404


@pytest.mark.parametrize("view", ["wagtailadmin_pages:edit", "wagtailadmin_explore"])
def test_back_office_offers_the_pdf(client, editor, bulletin, address, view):
    client.force_login(editor)
    page = bulletin if view.endswith("edit") else bulletin.get_parent()
    html = client.get(reverse(view, args=[page.pk])).content.decode()
    assert "生成 PDF" in html
    assert f"{address}?draft=1" in html


def test_back_office_offers_none_where_nothing_prints(client, superuser, article):
    client.force_login(superuser)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "生成 PDF" not in html


def test_failure_is_told_in_chinese(client, bulletin, address):
    BulletinPage.objects.filter(pk=bulletin.pk).update(editor_note="\U0001f7f0")
    response = client.get(address)
    assert response.status_code == 500
    assert "无法生成 PDF" in response.content.decode()
    assert bulletin.title in response.content.decode()


def test_public_pages_offer_the_pdf(client, bulletin, initiative, address):
    assert address in client.get(bulletin.url).content.decode()
    assert reverse("bulletin-pdf", args=[initiative.pk]) in client.get(initiative.url).content.decode()


class TestCover:
    @pytest.fixture
    def cover(self, bulletin):
        return reverse("bulletin-cover", args=[bulletin.pk])

    def test_is_the_first_leaf_as_a_small_picture(self, client, cover):
        response = client.get(cover)
        assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
        with Pillow.open(io.BytesIO(response.content)) as picture:
            assert picture.width == 360
            assert picture.height / picture.width == pytest.approx(297 / 210, rel=0.01)
            red = [
                colour for _n, colour in picture.convert("RGB").getcolors(1 << 20) if colour[0] > 180 > 80 > colour[1]
            ]
        assert red  # the masthead

    def test_follows_the_issue(self, client, cover, bulletin):
        before = client.get(cover)
        assert client.get(cover, headers={"If-None-Match": before["ETag"]}).status_code == 304
        bulletin.series = "示例竞赛快报"
        bulletin.save_revision().publish()
        after = client.get(cover)
        assert after["ETag"] != before["ETag"]
        assert after.content != before.content
        assert len(storages["private"].listdir(f"bulletins/{bulletin.pk}/cover")[1]) == 1

    def test_is_drawn_when_the_issue_is_published(self, client, bulletin, commits, settings):
        settings.TASKS = settings.TASKS | {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
        with commits():
            bulletin.save_revision().publish()
        assert len(storages["private"].listdir(f"bulletins/{bulletin.pk}/cover")[1]) == 1

    def test_of_what_not_everyone_may_read_there_is_none(self, client, cover, bulletin):
        PageViewRestriction.objects.create(page=bulletin, restriction_type="login")
        assert client.get(cover).status_code == 404
        PageViewRestriction.objects.all().delete()
        bulletin.unpublish()
        assert client.get(cover).status_code == 404
