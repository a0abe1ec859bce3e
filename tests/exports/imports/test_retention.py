"""What stays of an import, and for how long; and what is said when a file comes twice."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from content.registers.unions import Union
from exports.imports.models import ImportJob

from .conftest import HEADERS, union_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(root_client, book):
    def post(*rows, client=root_client):
        file = SimpleUploadedFile("名册.xlsx", book([HEADERS, *rows]).read_bytes())
        return client.post(reverse("imports:upload", args=["unions"]), {"file": file}, follow=True)

    return post


def age(job, **days):
    ImportJob.objects.filter(pk=job.pk).update(
        **{name: timezone.now() - timedelta(days=number) for name, number in days.items()}
    )


def test_an_import_never_written_expires_with_its_file(root_client, upload) -> None:
    upload(union_row(1))
    job = ImportJob.objects.get()
    call_command("prune_imports")
    assert job.file.storage.exists(job.file.name)
    age(job, created_at=31)
    call_command("prune_imports")
    assert not job.file.storage.exists(job.file.name)
    assert not job.rows.exists()
    job.refresh_from_db()
    assert job.state == "expired"
    page = root_client.get(reverse("imports:job", args=[job.pk])).content.decode()
    assert "没有写入任何数据" in page
    root_client.post(reverse("imports:commit", args=[job.pk]))
    assert not Union.objects.exists()


def test_a_written_import_can_be_undone_for_a_year(root_client, upload) -> None:
    upload(union_row(1))
    job = ImportJob.objects.get()
    root_client.post(reverse("imports:commit", args=[job.pk]))
    age(job, created_at=300, committed_at=300)
    call_command("prune_imports")
    assert job.rows.exists()
    age(job, created_at=366, committed_at=366)
    call_command("prune_imports")
    assert not job.rows.exists()
    page = root_client.get(reverse("imports:job", args=[job.pk])).content.decode()
    assert "不能再撤销" in page
    root_client.post(reverse("imports:undo", args=[job.pk]))
    assert Union.objects.count() == 1


def test_work_under_way_does_not_expire(upload) -> None:
    upload(union_row(1))
    ImportJob.objects.update(queued="commit", created_at=timezone.now() - timedelta(days=99))
    call_command("prune_imports")
    assert ImportJob.objects.get().state == "previewed"


def test_the_same_file_is_told_with_who_and_what(client, make_user, book) -> None:
    user = make_user("zhang", is_superuser=True, is_staff=True, last_name="示例张", first_name="三")
    client.force_login(user)
    content = book([HEADERS, union_row(1)]).read_bytes()

    def post():
        file = SimpleUploadedFile("名册.xlsx", content)
        return client.post(reverse("imports:upload", args=["unions"]), {"file": file}, follow=True).content.decode()

    assert "上传过" not in post()
    job = ImportJob.objects.get()
    client.post(reverse("imports:commit", args=[job.pk]))
    page = post()
    assert "这个文件上传过" in page
    assert "示例张三" in page
    assert "新增 1" in page
    assert "示例张三" in client.get(reverse("imports:index")).content.decode()


def test_a_text_file_has_no_sheet(root_client) -> None:
    lines = [",".join(map(str, row)) for row in (HEADERS, union_row(1))]
    file = SimpleUploadedFile("名册.csv", "\n".join(lines).encode("gb18030"))
    page = root_client.post(reverse("imports:upload", args=["unions"]), {"file": file}, follow=True).content.decode()
    assert "工作表" not in page
