"""What staff do in the back office, and what the public sees of it."""

import datetime
from unittest import mock

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from content.pages.models import ArticlePage, InitiativeIndexPage, InitiativePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(form_data):
    def make(**fields):
        defaults = {
            "title": "疗休养基地联盟成立",
            "subject": "recuperation",
            "lead": "一百二十家基地向职工开放。",
            "cover": "",
            "cover_alt": "",
            "body": streamfield([("paragraph", rich_text("<p>来自三十二个城市的代表见证成立。</p>"))]),
            "date": "2026-05-01",
            "source": "示例市总工会",
            "author": "",
        }
        return form_data(**(defaults | fields))

    return make


def add_url(parent, model="articlepage"):
    return reverse("wagtailadmin_pages:add", args=("pages", model, parent.pk))


def test_published_article_is_public(root_client, client, news, article):
    answer = root_client.post(add_url(news), article(**{"action-publish": "1"}))
    assert answer.status_code == 302, answer.context["form"].errors
    page = ArticlePage.objects.get()
    assert page.url == "/news/liao-xiu-yang-ji-di-lian-meng-cheng-li/"
    html = client.get(page.url).content.decode()
    assert "来自三十二个城市的代表见证成立。" in html
    assert "来源：示例市总工会" in html
    assert '<meta name="PubDate" content="2026-05-01">' in html
    assert "疗休养基地联盟成立" in client.get("/news/").content.decode()


def test_draft_is_not_public(root_client, client, news, article):
    root_client.post(add_url(news), article())
    page = ArticlePage.objects.get()
    assert not page.live
    assert client.get(page.url).status_code == 404
    assert "疗休养基地联盟成立" not in client.get("/news/").content.decode()
    assert "疗休养基地联盟成立" not in client.get("/feed.xml").content.decode()


def test_incomplete_draft_is_saved_and_not_published(root_client, news, article):
    empty = article(title="只有标题", subject="", lead="", body=streamfield([]))
    assert root_client.post(add_url(news), empty).status_code == 302
    refused = root_client.post(add_url(news), empty | {"action-publish": "1", "title": "只有标题二"})
    assert refused.status_code == 200
    assert "subject" in refused.context["form"].errors
    assert ArticlePage.objects.get().title == "只有标题"


def test_scheduled_article_appears_when_its_time_comes(root_client, client, news, article):
    soon = timezone.localtime() + datetime.timedelta(hours=1)
    scheduled = article(go_live_at=soon.strftime("%Y-%m-%d %H:%M"), **{"action-publish": "1"})
    assert root_client.post(add_url(news), scheduled).status_code == 302
    page = ArticlePage.objects.get()
    assert client.get(page.url).status_code == 404
    with mock.patch.object(timezone, "now", return_value=soon + datetime.timedelta(minutes=1)):
        call_command("publish_scheduled")
    assert client.get(page.url).status_code == 200


def test_picture_needs_alternative_text_or_the_mark_decorative(root_client, news, article, picture):
    def body(**image):
        values = {"image": {"image": picture.pk, "decorative": "", "alt_text": ""} | image, "caption": "", "credit": ""}
        return streamfield([("image", values)])

    refused = root_client.post(add_url(news), article(body=body(), **{"action-publish": "1"}))
    assert refused.status_code == 200
    assert "body" in refused.context["form"].errors
    assert root_client.post(add_url(news), article(body=body())).status_code == 302, "a draft may lack it"
    told = article(title="有说明", body=body(alt_text="山坡上的民宿"), **{"action-publish": "1"})
    assert root_client.post(add_url(news), told).status_code == 302


def test_slug_is_pinyin_unique_and_follows_the_title_until_published(root_client, news, article):
    root_client.post(add_url(news), article(title="关于"))
    page = ArticlePage.objects.get()
    assert page.slug == "guan-yu"
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    root_client.post(edit, article(title="关于评星定级", slug="guan-yu"))
    page.refresh_from_db()
    assert page.slug == "guan-yu-ping-xing-ding-ji"
    root_client.post(edit, article(title="关于评星定级", slug="ping-xing", **{"action-publish": "1"}))
    root_client.post(edit, article(title="关于评星定级的通知", slug="ping-xing", **{"action-publish": "1"}))
    page.refresh_from_db()
    assert page.slug == "ping-xing", "a slug that was written, or has been public, stays"
    root_client.post(add_url(news), article(title="评星"))
    root_client.post(add_url(news), article(title="评 星"))
    assert set(ArticlePage.objects.values_list("slug", flat=True)) == {"ping-xing", "ping-xing-2", "ping-xing-3"}


def test_preview_shows_what_is_typed(root_client, news, article):
    preview = reverse("wagtailadmin_pages:preview_on_add", args=("pages", "articlepage", news.pk))
    assert root_client.post(preview, article(title="还没有保存")).json()["is_valid"]
    html = root_client.get(preview).content.decode()
    assert "还没有保存" in html
    assert not ArticlePage.objects.exists()


@pytest.fixture
def initiative(form_data):
    def make(*, issuers, **fields):
        defaults = {
            "title": "产改倡议书",
            "salutation": "广大非公有制企业家",
            "preamble": "第一段。\n\n第二段。",
            "closing": "让我们携手前行！",
            "issue_date": "2023-04-12",
            "source": "",
            "appeals": inline_formset([{"heading": "舍得在技能上投入", "text": "让学技术的人有奔头。"}]),
            "issuers": inline_formset([{"name": n, "countersign": c, "signed_on": ""} for n, c in issuers]),
            "responses": inline_formset([]),
            "action-publish": "1",
        }
        return form_data(**(defaults | fields))

    return make


def test_initiative_reads_like_a_signed_letter(root_client, client, home, initiative):
    index = InitiativeIndexPage.objects.get()
    issuers = [("示例总工会", ""), ("示例企业联合会/示例企业家协会", "signed")]
    answer = root_client.post(add_url(index, "initiativepage"), initiative(issuers=issuers))
    assert answer.status_code == 302, answer.context["form"].errors
    html = client.get("/initiatives/chan-gai-chang-yi-shu/").content.decode()
    assert "广大非公有制企业家：" in html
    assert "——舍得在技能上投入。</strong>让学技术的人有奔头。" in html
    assert "<span>示例企业联合会</span><br><span>示例企业家协会</span>" in html
    assert html.index("示例总工会") < html.index("示例企业联合会") < html.rindex("2023年4月12日")


def test_initiative_waits_for_every_countersignature(root_client, home, initiative):
    index = InitiativeIndexPage.objects.get()
    data = initiative(issuers=[("示例总工会", "signed"), ("示例工商业联合会", "pending")])
    refused = root_client.post(add_url(index, "initiativepage"), data)
    assert "示例工商业联合会" in refused.content.decode()
    assert not InitiativePage.objects.exists()
    del data["action-publish"]
    root_client.post(add_url(index, "initiativepage"), data | {"action-submit": "1"})
    assert not InitiativePage.objects.exists(), "nor does it go to review"
    assert root_client.post(add_url(index, "initiativepage"), data).status_code == 302, "the draft may wait"
