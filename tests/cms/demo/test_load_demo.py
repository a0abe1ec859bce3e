"""`load_demo` on an empty database, and again on a full one."""

import io

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from wagtail.images import get_image_model
from wagtail.models import Page, PageLogEntry, Revision

from content.core.models import RegisterLogEntry, User
from content.pages.models import ArticlePage, BulletinPage, HomePage, InitiativePage, Subject
from content.registers.bases import Base
from content.registers.competitions import Competition
from content.registers.points import Point
from content.registers.ratings import Rating
from content.registers.unions import Union
from exports.imports.models import ImportJob

pytestmark = pytest.mark.django_db

WATCHED = (
    Base, Point, Union, Rating, Competition, Page, Revision, PageLogEntry, RegisterLogEntry, ImportJob, User, get_image_model(),
)  # fmt: skip


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in WATCHED}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """What `load_demo` said. It runs once for the module, in a transaction that is taken back at its end."""
    out = io.StringIO()
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        transaction.atomic(),
    ):
        call_command("load_demo", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def said(loaded, db) -> str:
    """The demo in the database; what the test itself changes is taken back after it."""
    return loaded


def test_everything_is_there(said):
    assert Base.objects.count() == 120
    assert Point.objects.count() == 205
    assert Union.objects.count() >= 600
    assert Rating.objects.exclude(stars=None).count() >= 900
    assert Rating.objects.values("year").distinct().count() == 3
    assert Competition.objects.count() == 16
    jobs = list(ImportJob.objects.all())
    assert {job.state for job in jobs} == {"committed"}
    assert sum(job.counts["error"] for job in jobs) == 0
    assert "120家基地配图" in said
    assert "导入40行" in said


def test_rows_are_what_the_files_meant(said):
    from cms.demo.truth.bases import bases
    from cms.demo.truth.points import points
    from cms.demo.truth.ratings import ratings
    from cms.demo.truth.unions import unions

    every_base, every_union = bases(), unions()
    rated = ratings(every_union)
    rows = {row.name: row for row in Base.objects.all()}
    for truth in every_base:
        row = rows[truth.name]
        assert (row.division_id, row.kind, row.credit_code, row.beds) == (
            truth.division, truth.kind, truth.credit_code, truth.beds,
        )  # fmt: skip
        assert (row.price, row.price_to, row.seasons) == (truth.price, truth.price_to, "、".join(truth.seasons))
        assert (row.named_on, row.booking_phone) == (truth.named_on, "、".join(truth.booking_phones))
        assert row.photo_id
    belongs = dict(Point.objects.values_list("name", "base__name"))
    assert belongs == {point.name: point.base or None for point in points(every_base)}
    stars = dict(Union.objects.values_list("name", "stars"))
    assert stars == {union.name: union.stars for union in every_union}
    parents = dict(Union.objects.values_list("name", "parent__name"))
    assert parents == {union.name: union.parent or None for union in every_union}
    awarded = {(row.union.name, row.year): row.stars for row in Rating.objects.select_related("union")}
    assert awarded == {(rating.union.name, rating.year): rating.stars for rating in rated}


def test_pages_are_published_and_answer(said, client):
    assert set(ArticlePage.objects.live().values_list("subject", flat=True)) == set(Subject.values)
    assert BulletinPage.objects.live().count() == 1
    assert InitiativePage.objects.live().count() == 1
    bulletin, initiative = BulletinPage.objects.get(), InitiativePage.objects.get()
    assert (bulletin.issue_number, bulletin.competitions.count(), bulletin.articles.count()) == (1, 16, 2)
    assert initiative.appeals.count() == 4
    assert [len(issuer.names) for issuer in initiative.issuers.all()] == [1, 1, 2]
    assert HomePage.objects.get().headlines.count() == 5
    # One page of each kind: every picture on them is cut to size here for the first time.
    pages = [HomePage.objects.get(), bulletin, initiative, ArticlePage.objects.get(slug="wu-tian-man-xia-lai")]
    for page in pages:
        response = client.get(page.url, headers={"accept-language": "zh-hans"})
        assert response.status_code == 200, page.url
        assert page.title in response.content.decode()


def test_each_page_was_published_from_a_revision(said):
    for page in ArticlePage.objects.all():
        assert page.latest_revision_id == page.live_revision_id
        assert not page.has_unpublished_changes
        assert page.owner.username == "demo-editor"


def test_again_changes_nothing(said):
    before, changed = counts(), dict(Base.objects.values_list("pk", "updated_at"))
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    assert counts() == before
    assert dict(Base.objects.values_list("pk", "updated_at")) == changed
    assert "此前已导入" in out.getvalue()


def test_again_leaves_what_staff_changed(said):
    base, article = Base.objects.first(), ArticlePage.objects.first()
    Base.objects.filter(pk=base.pk).update(beds=7, photo=None)
    article.title = "改过的标题"
    article.save_revision().publish()
    call_command("load_demo", verbosity=0)
    base.refresh_from_db()
    article.refresh_from_db()
    assert (base.beds, base.photo, article.title) == (7, None, "改过的标题")


def test_nobody_can_sign_in_as_a_demo_account(said):
    people = User.objects.filter(username__startswith="demo-")
    assert people.count() == 5
    assert not any(person.has_usable_password() or person.is_superuser for person in people)


def test_quiet_says_nothing(said):
    out = io.StringIO()
    call_command("load_demo", "--quiet", stdout=out)
    assert out.getvalue() == ""


def test_the_foot_of_every_page_leads_to_the_standing_pages(said, client):
    page = client.get("/privacy/", headers={"accept-language": "zh-hans"}).content.decode()
    for address in ("/about/", "/accessibility/", "/privacy/"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200
