"""A register whose rows have drafts: an import and a pending draft do not undo each other."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.urls import reverse
from wagtail.models import DraftStateMixin, RevisionMixin

from content.core import register as kit
from content.core.models import RegisterLogEntry, RegisterRow
from content.core.register import Column, Register, register
from exports.imports import journal, services
from exports.imports.models import ImportJob

from .conftest import command

pytestmark = pytest.mark.django_db
HEADERS = ["name", "行政区划", "seats", "hours"]


def library_model():
    """A model that lives for one test: no other test shall find it among those of the house."""

    class Library(DraftStateMixin, RevisionMixin, RegisterRow):
        name = models.CharField("name", max_length=100, unique=True)
        seats = models.PositiveIntegerField("seats", null=True, blank=True)
        hours = models.CharField("hours", max_length=60, blank=True)

        class Meta:
            app_label = "registers"
            verbose_name = "示例书屋"
            verbose_name_plural = "示例书屋"

        def __str__(self) -> str:
            return self.name

    return Library


@pytest.fixture
def libraries(db):
    """The register and its table: both go with the test's transaction."""
    model = library_model()
    declared = register(
        Register(
            slug="drafted-libraries",
            model=model,
            key=("name",),
            columns=(Column("name"), Column("division"), Column("seats"), Column("hours")),
        )
    )
    editor = connection.SchemaEditorClass(connection, collect_sql=True)
    editor.deferred_sql = []
    editor.create_model(model)
    with connection.cursor() as cursor:
        for statement in editor.collected_sql:
            cursor.execute(statement)
    yield declared
    del kit._registers["drafted-libraries"]
    del apps.all_models["registers"]["library"]
    apps.clear_cache()
    ContentType.objects.clear_cache()


@pytest.fixture
def library(libraries):
    return libraries.model.objects.get


@pytest.fixture
def staged(libraries, book, superuser):
    def make(*rows, **policy) -> ImportJob:
        with book([HEADERS, *rows]).open("rb") as file:
            job = services.create_job(register=libraries, file=file, name="书屋.xlsx", user=superuser, policy=policy)
        services.stage(job)
        return job

    return make


@pytest.fixture
def drafted(staged, superuser, library):
    """A library of 20 seats; its draft says that it opens on Sundays."""
    services.commit(staged(["甲书屋", "510104", 20, "周一"]))
    row = library()
    row.hours = "周日"
    row.save_revision(user=superuser)
    assert library().has_unpublished_changes
    return library()


def test_new_rows_are_live_and_have_no_draft(staged, library) -> None:
    services.commit(staged(["甲书屋", "510104", 20, "周一"]))
    row = library()
    assert (row.live, row.has_unpublished_changes, row.latest_revision) == (True, False, None)


def test_the_preview_warns_and_counts(staged, drafted, library) -> None:
    job = staged(["甲书屋", "510104", 30, "周一"])
    assert (job.counts["changed"], job.findings["warnings"]) == (1, 1)
    (problem,) = job.rows.get().problems
    assert (problem["code"], problem["severity"]) == ("pending_draft", "warning")


def test_such_rows_can_be_left_out(staged, drafted, library) -> None:
    job = staged(["甲书屋", "510104", 30, "周一"], ["乙书屋", "510104", 5, ""])
    assert services.set_policy(job, policy={"drafts": "skip"})
    services.stage(job)
    assert (job.counts["changed"], job.counts["unchanged"], job.counts["new"]) == (0, 1, 1)
    services.commit(job)
    assert library(name="甲书屋").seats == 20


def test_publishing_the_draft_does_not_bring_old_values_back(staged, drafted, library) -> None:
    services.commit(staged(["甲书屋", "510104", 30, "周一"]))
    live = library()
    assert (live.seats, live.hours, live.has_unpublished_changes) == (30, "周一", True)
    live.latest_revision.publish()
    published = library()
    assert (published.seats, published.hours) == (30, "周日")


def test_what_both_changed_stays_in_the_draft_and_is_told(staged, drafted, library) -> None:
    services.commit(staged(["甲书屋", "510104", 30, "周三"]))
    live = library()
    assert live.hours == "周三"
    draft = live.get_latest_revision_as_object()
    assert (draft.seats, draft.hours) == (30, "周日")
    entry = RegisterLogEntry.objects.get(action=journal.DRAFT)
    assert entry.data["fields"] == ["hours"]


def test_undo_carries_the_draft_back(staged, drafted, library) -> None:
    job = staged(["甲书屋", "510104", 30, "周一"])
    services.commit(job)
    assert command("undo_import", job.pk).code == 0
    live = library()
    live.latest_revision.publish()
    assert (library().seats, library().hours) == (20, "周日")


def test_an_added_row_with_a_draft_is_not_removed(staged, drafted, library) -> None:
    job = ImportJob.objects.earliest("pk")
    result = command("undo_import", job.pk, "--json")
    assert [row["code"] for row in result.json["left"]] == ["draft_since"]
    assert library()


def test_a_published_row_is_edited_from_what_was_imported(staged, drafted, library) -> None:
    drafted.latest_revision.publish()
    services.commit(staged(["甲书屋", "510104", 45, "周日"]))
    assert library().get_latest_revision_as_object().seats == 45


def test_the_choice_stands_on_the_preview(libraries, drafted, root_client, book) -> None:
    path = book([HEADERS, ["甲书屋", "510104", 30, "周一"]])
    file = SimpleUploadedFile("书屋.xlsx", path.read_bytes())
    url = reverse("imports:upload", args=["drafted-libraries"])
    page = root_client.post(url, {"file": file}, follow=True).content.decode()
    assert "有未发布的草稿" in page
    job = ImportJob.objects.latest("pk")
    page = root_client.post(reverse("imports:policy", args=[job.pk]), {"drafts": "skip"}, follow=True).content.decode()
    assert "照样写入" in page
