"""The list of imports: filters, search, hash and same files, how long they are kept, and taking a file."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from content.core.register import get_register
from exports.imports import services
from exports.imports.models import ImportJob

from .conftest import HEADERS, union_row

pytestmark = pytest.mark.django_db
CENTRE = "/admin/imports/"


@pytest.fixture
def role(db):
    group = Group.objects.create(name="示例名录管理员")
    codenames = ["access_admin", "view_union", "add_union", "change_union", "import_registers"]
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    return group


@pytest.fixture
def job(make_user, role):
    def make(name="名册.csv", *, user, number=1, register="unions"):
        rows = [HEADERS, union_row(number)]
        content = "\n".join(",".join(map(str, row)) for row in rows).encode()
        return services.create_job(
            register=get_register(register), file=ContentFile(content, name=name), name=name, user=user
        )

    return make


def names(response):
    return [line.job.original_name for line in response.context["lines"]]


def test_filters_and_search(root_client, superuser, job, make_user, role):
    li = make_user("li", last_name="李", first_name="示例", divisions=["510104"], groups=[role])
    first, second = job("甲.csv", user=superuser), job("乙.csv", user=li, number=2)
    ImportJob.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(days=10), state="committed")
    today = timezone.localdate().isoformat()
    assert names(root_client.get(CENTRE)) == ["乙.csv", "甲.csv"]
    assert names(root_client.get(CENTRE, {"who": li.pk})) == ["乙.csv"]
    assert names(root_client.get(CENTRE, {"state": "committed"})) == ["甲.csv"]
    assert names(root_client.get(CENTRE, {"register": "bases"})) == []
    assert names(root_client.get(CENTRE, {"since": today})) == ["乙.csv"]
    assert names(root_client.get(CENTRE, {"until": (timezone.localdate() - timedelta(days=3)).isoformat()})) == [
        "甲.csv"
    ]
    assert names(root_client.get(CENTRE, {"q": "甲"})) == ["甲.csv"]
    assert names(root_client.get(CENTRE, {"q": second.sha256[:12].upper()})) == ["乙.csv"]
    assert names(root_client.get(CENTRE, {"q": f"#{first.pk}"})) == ["甲.csv"]
    assert len(names(root_client.get(CENTRE, {"since": "nonsense", "state": "x", "who": "-1", "p": "99"}))) == 2
    assert "没有" in root_client.get(CENTRE, {"q": "丙"}).content.decode()


def test_same_files_and_how_long_they_stay(root_client, superuser, job, settings):
    first, again = job(user=superuser), job("又是它.csv", user=superuser)
    other = job("别的.csv", user=superuser, number=2)
    lines = {line.job.pk: line for line in root_client.get(CENTRE).context["lines"]}
    assert (lines[first.pk].twin, lines[again.pk].twin, lines[other.pk].twin) == (again.pk, first.pk, None)
    page = root_client.get(CENTRE).content.decode()
    assert f"与第 {first.pk} 次导入是同一个文件" in page
    assert first.sha256 in page
    due = timezone.localtime(first.created_at + timedelta(days=settings.IMPORT_KEEP_DAYS))
    assert due.strftime("%Y-%m-%d") in page
    ImportJob.objects.filter(pk=first.pk).update(committed_at=first.created_at)
    line = next(line for line in root_client.get(CENTRE).context["lines"] if line.job.pk == first.pk)
    assert line.kept_until == first.created_at + timedelta(days=settings.IMPORT_UNDO_DAYS)


def test_the_file_goes_to_those_permitted(client, superuser, job, make_user, role):
    owner = make_user("owner", divisions=["510104"], groups=[role])
    above = make_user("above", divisions=["510100"], groups=[role])
    beside = make_user("beside", divisions=["510105"], groups=[role])
    sent = job("=名册.csv", user=owner)
    url = reverse("imports:file", args=[sent.pk])
    client.force_login(owner)
    answer = client.get(url)
    assert b"".join(answer.streaming_content) == sent.file.open().read()
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not ModelLogEntry.objects.filter(action="imports.download").exists()
    client.force_login(beside)
    assert client.get(url).status_code == 404
    client.force_login(above)
    assert client.get(url).status_code == 302  # may see the job, but not the personal data in the file
    assert "下载原文件" not in client.get(CENTRE).content.decode()
    role.permissions.add(Permission.objects.get(codename="view_personal_data"))
    client.force_login(above)
    assert client.get(url).status_code == 200
    assert ModelLogEntry.objects.get(action="imports.download").user == above
    sent.file.delete(save=True)
    assert client.get(url, follow=True).redirect_chain
    assert "已删除" in client.get(CENTRE).content.decode()


def test_the_list_leaves_as_a_file(root_client, superuser, job):
    job("甲.csv", user=superuser)
    job("=乙.csv", user=superuser, number=2)
    answer = root_client.get(f"{CENTRE}list.csv", {"q": "乙"})
    header, row = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert header[:2] == ["编号", "文件名"]
    assert row[1] == "'=乙.csv"
    book = openpyxl.load_workbook(io.BytesIO(b"".join(root_client.get(f"{CENTRE}list.xlsx").streaming_content)))
    assert book.active.max_row == 3
    assert root_client.get(f"{CENTRE}list.pdf").status_code == 404


def test_queries_do_not_grow_with_the_jobs(client, job, make_user, role, django_assert_max_num_queries):
    owner = make_user("owner", divisions=["510104"], groups=[role])
    for number in range(1, 26):
        job(f"{number}.csv", user=owner, number=number)
    client.force_login(owner)
    client.get(CENTRE)
    with django_assert_max_num_queries(16):
        page = client.get(CENTRE)
    assert (len(names(page)), page.context["page"].paginator.num_pages) == (20, 2)
    with django_assert_max_num_queries(9):
        b"".join(client.get(f"{CENTRE}list.csv").streaming_content)
