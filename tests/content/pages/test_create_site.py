"""A fresh instance gets its pages, once."""

import pytest
from django.core.management import call_command
from wagtail.models import Locale, Page, Site

from content.pages.models import HomePage
from content.pages.services import create_site_tree

pytestmark = pytest.mark.django_db


def test_fresh_instance_has_every_section(client):
    call_command("create_site")
    for address in ("/", "/news/", "/initiatives/", "/competitions/", "/about/", "/accessibility/", "/privacy/"):
        assert client.get(address).status_code == 200, address


def test_running_twice_changes_nothing():
    def state():
        return list(Page.objects.order_by("path").values_list("pk", "path", "title", "slug", "latest_revision_id"))

    create_site_tree()
    before = state()
    create_site_tree()
    assert state() == before


def test_welcome_page_is_gone_and_the_site_has_a_name():
    home = create_site_tree()
    site = Site.objects.get(is_default_site=True)
    assert site.root_page_id == home.pk
    assert site.site_name == "星汇"
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert home.locale == Locale.objects.get(language_code="zh-hans")


def test_site_takes_its_address_from_the_environment(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://www.example.org"
    create_site_tree()
    assert Site.objects.values_list("hostname", "port").get() == ("www.example.org", 443)
    settings.WAGTAILADMIN_BASE_URL = "https://elsewhere.example.org"
    create_site_tree()
    assert Site.objects.get().hostname == "www.example.org", "an address once given stays"


def test_what_staff_have_changed_stays():
    home = create_site_tree()
    home.title = "总首页"
    home.save_revision().publish()
    home.get_children().get(slug="privacy").delete()
    again = create_site_tree()
    assert again.title == "总首页"
    assert HomePage.objects.count() == 1
    assert again.get_children().filter(slug="privacy").exists()


def test_a_site_root_of_the_staffs_own_is_left_alone():
    home = create_site_tree()
    site = Site.objects.get()
    site.site_name = "示例市总工会"
    site.save()
    create_site_tree()
    site.refresh_from_db()
    assert (site.site_name, site.root_page_id) == ("示例市总工会", home.pk)
