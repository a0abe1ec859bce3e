"""The page cache, through requests: what is kept, for whom, and what makes it fall."""

import threading
import time

import pytest
from django.core.cache import caches
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Page, Site

from cms.delivery import page_cache, versions
from content.core.signals import register_rows_changed
from content.registers.bases import Base


@pytest.fixture(autouse=True)
def cached(settings):
    settings.PAGE_CACHE_SECONDS = 60
    caches["pages"].clear()
    yield
    caches["pages"].clear()


def make_base(number: int = 1, **fields) -> Base:
    usual = {"code": f"JD{number:04}", "name": f"示例·太湖{number}", "kind": "homestay", "division_id": "320506"}
    return Base.objects.create(**usual | fields)


def said(response) -> str:
    return response["X-Cache"]


@pytest.mark.django_db
class TestWhatIsKept:
    def test_the_second_reader_gets_it_without_rendering(self, client, django_assert_num_queries):
        first = client.get("/bases/")
        with django_assert_num_queries(1):  # the publish version
            second = client.get("/bases/")
        assert (said(first), said(second)) == ("MISS", "HIT")
        assert second.content == first.content
        assert second["Content-Security-Policy"]
        assert second["X-Frame-Options"]

    @pytest.mark.parametrize(
        "other",
        [
            {"HTTP_ACCEPT_LANGUAGE": "en"},
            {"HTTP_COOKIE": "text_size=large"},
            {"HTTP_HOST": "other.example.cn"},
            {"HTTP_HX_REQUEST": "true"},
            {"QUERY_STRING": "page=2"},
        ],
    )
    def test_what_changes_a_page_is_kept_apart(self, client, other):
        client.get("/bases/")
        assert said(client.get("/bases/", **other)) == "MISS"
        assert said(client.get("/bases/", **other)) == "HIT"
        assert said(client.get("/bases/")) == "HIT"

    def test_one_set_of_filters_is_one_page(self, client):
        first = client.get("/bases/?kind=town&price_max=300")
        for query in ("price_max=300&kind=town", "q=&kind=town&price_max=300&page=", "kind=town&price_max=300&utm_a=b"):
            again = client.get(f"/bases/?{query}")
            assert said(again) == "HIT"
            assert again.content == first.content

    def test_tracking_parameters_do_not_reach_the_page(self, client):
        assert "example-campaign" not in client.get("/bases/?utm_source=example-campaign").content.decode()

    @pytest.mark.parametrize("query", ["unheard_of=1", "q=" + "长" * 700])
    def test_a_query_that_no_page_reads_is_not_kept(self, client, query):
        assert [said(client.get(f"/bases/?{query}")) for _ in range(2)] == ["BYPASS", "BYPASS"]

    @pytest.mark.parametrize(
        "path", ["/no/such/page/", "/admin/login/", "/healthz", "/bases/download.csv", "/api/v3/pages/"]
    )
    def test_other_answers_are_not(self, client, path):
        assert [said(client.get(path)) for _ in range(2)] == ["BYPASS", "BYPASS"]

    def test_who_has_signed_in_always_gets_a_page_of_their_own(self, client, root_client):
        Client().get("/bases/")
        assert said(root_client.get("/bases/")) == "BYPASS"

    @pytest.mark.parametrize("cookie", ["sessionid=x", "csrftoken=x", "messages=x"])
    def test_a_cookie_of_ones_own_passes_by(self, client, cookie):
        client.get("/bases/")
        assert said(client.get("/bases/", HTTP_COOKIE=cookie)) == "BYPASS"

    def test_a_draft_that_is_previewed_is_neither_kept_nor_taken_from_what_is(self, client):
        page = Site.objects.get(is_default_site=True).root_page.specific
        before = client.get("/")
        page.title = "示例·草稿标题"
        preview = page.make_preview_request()
        assert said(preview) == "BYPASS"
        assert client.get("/").content == before.content

    def test_the_api_is_kept_too(self, client, commits):
        path = "/api/v3/registers/bases/"
        assert [said(client.get(path)) for _ in range(2)] == ["MISS", "HIT"]
        with commits():
            make_base()
        assert client.get(path).json()["count"] == 1
        assert client.get(f"{path}?unheard_of=1").status_code == 422
        assert client.get(f"{path}?q=").status_code == 422


@pytest.mark.django_db
class TestToReaders:
    def test_not_modified(self, client):
        first = client.get("/bases/")
        again = client.get("/bases/", HTTP_IF_NONE_MATCH=first["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        assert first["Cache-Control"] == "max-age=0, must-revalidate"
        assert {name.strip() for name in first["Vary"].split(",")} >= {"Accept-Encoding", "Accept-Language", "Cookie"}

    def test_compressed_for_those_who_read_it(self, client):
        import brotli

        plain = client.get("/bases/")
        packed = client.get("/bases/", HTTP_ACCEPT_ENCODING="gzip, deflate, br")
        assert packed["Content-Encoding"] == "br"
        assert brotli.decompress(packed.content) == plain.content
        assert "Content-Encoding" not in client.get("/bases/", HTTP_ACCEPT_ENCODING="br;q=0")

    def test_head(self, client):
        client.get("/bases/")
        answer = client.head("/bases/")
        assert (said(answer), answer.content) == ("HIT", b"")


@pytest.mark.django_db
class TestWhatMakesItFall:
    def falls(self, client, commits, change) -> bool:
        client.get("/bases/")
        with commits():
            change()
        return said(client.get("/bases/")) == "MISS"

    def test_rows_saved_and_deleted(self, client, commits):
        assert self.falls(client, commits, make_base)
        assert "示例·太湖1" in client.get("/bases/").content.decode()
        assert self.falls(client, commits, Base.objects.get().delete)

    def test_rows_written_in_bulk(self, client, commits):
        send = lambda: register_rows_changed.send(sender=Base, register=Base.register, changed=[1], deleted=[])  # noqa: E731
        assert self.falls(client, commits, send)

    def test_pages(self, client, commits):
        home = Site.objects.get(is_default_site=True).root_page
        page = Page(title="示例消息", slug="shi-li-xiao-xi", live=False)
        assert not self.falls(client, commits, lambda: home.add_child(instance=page))
        assert self.falls(client, commits, lambda: page.save_revision().publish())
        assert not self.falls(client, commits, page.save_revision)
        page = Page.objects.get(slug=page.slug)
        assert self.falls(client, commits, page.unpublish)
        assert self.falls(client, commits, lambda: page.move(home, pos="first-child"))
        page.save_revision().publish()
        assert self.falls(client, commits, page.delete)

    def test_settings_of_the_site(self, client, commits):
        site = Site.objects.get(is_default_site=True)
        assert self.falls(client, commits, site.save)

    def test_once_a_transaction(self, commits):
        before = versions.current()
        with commits() as callbacks:
            for number in range(5):
                make_base(number)
        raised = [hook.args for hook in callbacks if getattr(hook, "func", None) is versions.raise_version]
        assert raised == [("",), ("bases",), ("points",)]  # a point shows the base that it belongs to
        assert versions.current() > before

    def test_not_for_what_is_rolled_back(self, commits):
        with commits() as callbacks, transaction.atomic():
            make_base()
            transaction.set_rollback(True)
        assert not callbacks


class TestTogether:
    """In threads, which do not see what the test's transaction holds: so here the version is a plain number."""

    @pytest.fixture(autouse=True)
    def version(self, monkeypatch):
        numbers = [1]
        monkeypatch.setattr(versions, "current", lambda: numbers[-1])
        return numbers

    def test_one_renders_and_the_others_get_the_page_before(self, rf, version):
        begun, go = threading.Event(), threading.Event()
        rendered = []

        def render(request):
            rendered.append(request)
            if len(rendered) == 2:
                begun.set()
                go.wait(10)
            return HttpResponse(f"page {len(rendered)}")

        middleware = page_cache.PageCacheMiddleware(render)
        assert said(middleware(rf.get("/x/"))) == "MISS"
        version.append(2)
        slow = threading.Thread(target=lambda: middleware(rf.get("/x/")))
        slow.start()
        assert begun.wait(10)
        stale = middleware(rf.get("/x/"))
        go.set()
        slow.join()
        assert (said(stale), stale.content) == ("STALE", b"page 1")
        fresh = middleware(rf.get("/x/"))
        assert (said(fresh), fresh.content) == ("HIT", b"page 2")
        assert len(rendered) == 2

    def test_where_there_is_none_they_wait(self, rf):
        rendered, answers = [], []

        def render(request):
            rendered.append(request)
            time.sleep(0.3)
            return HttpResponse("page")

        middleware = page_cache.PageCacheMiddleware(render)
        ask = lambda: answers.append(middleware(rf.get("/y/")))  # noqa: E731
        readers = [threading.Thread(target=ask) for _ in range(4)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        assert len(rendered) == 1
        assert sorted(said(answer) for answer in answers) == ["HIT", "HIT", "HIT", "MISS"]
