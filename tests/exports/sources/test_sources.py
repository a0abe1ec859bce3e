"""Recurring imports: schedule, addresses that change or do not, the bucket, pauses, leases, and who may what."""

import datetime as dt
import http.server
import os
import socket
import threading
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from content.registers.unions import Union
from exports.imports.models import ImportJob, ImportProfile
from exports.sources import running, schedule
from exports.sources.models import ImportSource, SourceRun
from tests.exports.imports.conftest import HEADERS, command, union_row

BEIJING = dt.timezone(dt.timedelta(hours=8))


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def rhythm(every, time="06:00", weekday=0, day=1):
    return SimpleNamespace(every=every, at=dt.time.fromisoformat(time), weekday=weekday, day=day)


class TestSchedule:
    @pytest.mark.parametrize(
        ("source", "after", "next_"),
        [
            (rhythm("hour", "00:20"), "2026-11-23 09:19", "2026-11-23 09:20"),
            (rhythm("hour", "00:20"), "2026-11-23 23:20", "2026-11-24 00:20"),
            (rhythm("day"), "2026-11-23 05:59", "2026-11-23 06:00"),
            (rhythm("day"), "2026-11-23 06:00", "2026-11-24 06:00"),
            (rhythm("week", weekday=0), "2026-11-23 06:01", "2026-11-30 06:00"),  # the 23rd is a Monday
            (rhythm("week", weekday=2), "2026-11-23 06:01", "2026-11-25 06:00"),
            (rhythm("month", day=31), "2026-02-01 00:00", "2026-02-28 06:00"),
            (rhythm("month", day=31), "2026-02-28 06:00", "2026-03-31 06:00"),
            (rhythm("month", day=1), "2026-12-01 06:00", "2027-01-01 06:00"),
        ],
    )
    def test_next_time(self, source, after, next_):
        assert schedule.following(source, at(after)) == at(next_)

    @given(
        st.sampled_from(["hour", "day", "week", "month"]),
        st.times(),
        st.integers(0, 6),
        st.integers(1, 31),
        st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2030, 1, 1)),
    )
    def test_is_always_later_and_never_far(self, every, time, weekday, day, after):
        source = SimpleNamespace(every=every, at=time, weekday=weekday, day=day)
        now = after.replace(tzinfo=dt.UTC)
        found = schedule.following(source, now)
        assert now < found <= now + dt.timedelta(days={"hour": 1, "day": 2, "week": 8, "month": 32}[every])
        assert found.astimezone(BEIJING).minute == time.minute


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        state = self.server.state
        state["asked"].append(dict(self.headers))
        if state["etag"] and self.headers["If-None-Match"] == state["etag"]:
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(state["status"])
        if state["etag"]:
            self.send_header("ETag", state["etag"])
        self.send_header("Content-Disposition", 'attachment; filename="../roll.csv"')
        self.end_headers()
        self.wfile.write(state["body"])

    def log_message(self, *args):
        pass


def table(*rows):
    return "\n".join(",".join(map(str, row)) for row in [HEADERS, *rows]).encode("gb18030")


@pytest.fixture
def web(settings):
    settings.IMPORT_URL_SCHEMES, settings.IMPORT_URL_INTERNAL_HOSTS = ["https", "http"], ["localhost"]
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        server.state = {"etag": "", "status": 200, "body": table(union_row(1)), "asked": []}
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        server.state["url"] = f"http://localhost:{server.server_port}/list.csv"
        yield server.state
        server.shutdown()


@pytest.fixture
def make_source(make_user, web):
    def make(**fields):
        user = fields.pop("user", None) or make_user("acting", is_superuser=True)
        return ImportSource.objects.create(
            **{"name": "示例·市总名册", "kind": "url", "place": web["url"], "register_slug": "unions", "user": user}
            | fields
        )

    return make


def due(source):
    ImportSource.objects.filter(pk=source.pk).update(next_run=timezone.now() - dt.timedelta(days=3))
    source.refresh_from_db()
    return source


def run(source):
    done = running.run(due(source))
    source.refresh_from_db()
    return [one.outcome for one in done]


@pytest.mark.django_db
class TestAddress:
    def test_waits_for_a_person_unless_told_to_write(self, make_source):
        source = make_source()
        assert run(source) == ["waiting"]
        job = ImportJob.objects.get()
        assert (job.state, job.original_name, Union.objects.count()) == ("previewed", "roll.csv", 0)
        other = make_source(user=source.user, name="示例·自动", write=True)
        assert run(other) == ["written"]
        assert Union.objects.count() == 1

    @pytest.mark.parametrize("etag", ["", '"one"'])
    def test_the_same_file_makes_no_new_job(self, make_source, web, etag):
        web["etag"] = etag
        source = make_source()
        run(source)
        for _again in range(3):
            assert run(source) in ([], ["unchanged"])
        assert ImportJob.objects.count() == 1
        assert source.runs.count() <= 2  # however many looks
        if etag:
            assert web["asked"][-1]["If-None-Match"] == etag
        web["etag"], web["body"] = '"two"', table(union_row(1), union_row(2))
        assert run(source) == ["waiting"]
        assert ImportJob.objects.count() == 2

    def test_errors_in_rows_wait_for_a_person_also_when_clean_files_are_written(self, make_source, web):
        web["body"] = table(union_row(1), union_row(2, 职工人数="若干"))
        source = make_source(write=True)
        assert run(source) == ["waiting"]
        assert (ImportJob.objects.get().state, Union.objects.count(), source.failures) == ("previewed", 0, 0)
        skipping = make_source(user=source.user, write=True, policy={"on_error": "skip"}, name="示例·跳过")
        assert run(skipping) == ["written"]
        assert Union.objects.count() == 1

    def test_a_second_person_is_waited_for_also_when_clean_files_are_written(self, make_source):
        source = make_source(write=True, policy={"approval": "second_person"})
        assert run(source) == ["waiting"]
        assert (ImportJob.objects.get().state, Union.objects.count()) == ("submitted", 0)

    def test_pauses_after_failures_says_so_and_goes_on(self, make_source, web, client):
        web["status"] = 503
        source = make_source(pause_after=2)
        assert run(source) == ["failed"]
        assert (source.active, source.failures) == (True, 1)
        assert run(source) == ["failed"]
        assert (source.active, source.paused) == (False, True)
        assert run(source) == []
        client.force_login(source.user)
        assert "已暂停的定期导入" in client.get("/admin/").content.decode()
        assert "连续失败 2 次，已暂停" in client.get(f"/admin/import-sources/{source.pk}/").content.decode()
        web["status"] = 200
        client.post(f"/admin/import-sources/{source.pk}/run/")
        command("watch_imports", "--once")
        source.refresh_from_db()
        assert (source.active, source.failures, source.last_error) == (True, 0, "")
        assert ImportJob.objects.count() == 1

    def test_what_is_no_spreadsheet_fails_again_although_it_did_not_change(self, make_source, web):
        web["body"], web["etag"] = b"%PDF-1.7 x", '"one"'
        source = make_source(pause_after=2)
        assert [run(source), run(source)] == [["failed"], ["failed"]]
        assert source.paused

    def test_a_saved_mapping_and_policy_are_used(self, make_source, web):
        web["body"] = table(union_row(1)).replace("职工人数".encode("gb18030"), "甲列".encode("gb18030"))
        profile = ImportProfile.objects.create(
            register_slug="unions", name="示例", mapping={"甲列": "employees"}, headers=["甲列"], fingerprint="x"
        )
        source = make_source(profile=profile, write=True, policy={"blank": "clear"})
        assert run(source) == ["written"]
        assert Union.objects.get().employees == 100
        assert ImportJob.objects.get().policy["blank"] == "clear"

    def test_whoever_lost_the_permission_imports_nothing(self, make_source, make_user):
        source = make_source(user=make_user("li", divisions=["510104"]))
        assert run(source) == ["failed"]
        assert ImportJob.objects.count() == 0
        assert "li" in source.last_error

    def test_missed_times_are_made_up_for_once(self, make_source):
        source = due(make_source(every="day"))
        command("watch_imports", "--once")
        source.refresh_from_db()
        assert source.next_run > timezone.now()
        command("watch_imports", "--once")
        assert SourceRun.objects.filter(source=source).count() == 1

    def test_only_one_looks_at_a_time(self, make_source):
        source = due(make_source())
        alive = f"0a.{os.getpid()}.{socket.gethostname()}"[:32]
        ImportSource.objects.filter(pk=source.pk).update(
            worker=alive, lease_until=timezone.now() + dt.timedelta(minutes=9)
        )
        assert running.run(source) == []
        ImportSource.objects.filter(pk=source.pk).update(lease_until=timezone.now() - dt.timedelta(minutes=1))
        assert len(running.run(source)) == 1

    def test_another_import_that_writes_is_waited_for(self, make_source):
        source = make_source(write=True)
        busy = ImportJob.objects.create(
            register_slug="unions", original_name="a.csv", state="committing", worker="x",
            lease_until=timezone.now() + dt.timedelta(minutes=5),
        )  # fmt: skip
        assert run(source) == []
        assert source.next_run < timezone.now() + dt.timedelta(minutes=2)
        assert (source.failures, source.runs.count()) == (0, 0)
        busy.delete()
        assert run(source) == ["written"]


@pytest.fixture(scope="module")
def s3():
    """A real HTTP server that speaks S3."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3, settings):
    import boto3

    settings.IMPORT_S3 = {
        "endpoint": s3, "region": "us-east-1", "bucket": "imports", "prefix": "in/", "access_key": "示例".encode().hex(),
        "secret_key": "secret", "addressing": "path",
    }  # fmt: skip
    keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
    client = boto3.client("s3", endpoint_url=s3, region_name="us-east-1", **keys)
    client.create_bucket(Bucket="imports")

    def put(key, body):
        client.put_object(Bucket="imports", Key=key, Body=body)

    def names():
        return {entry["Key"] for entry in client.list_objects_v2(Bucket="imports").get("Contents", ())}

    yield SimpleNamespace(put=put, names=names)
    for key in names():
        client.delete_object(Bucket="imports", Key=key)
    client.delete_bucket(Bucket="imports")


@pytest.mark.django_db
class TestBucket:
    def test_takes_new_objects_of_its_prefix_once_and_leaves_them(self, bucket, make_source):
        bucket.put("in/suzhou/a.csv", table(union_row(1)))
        bucket.put("in/suzhou/b.csv", table(union_row(2)))
        bucket.put("in/suzhou/", b"")
        bucket.put("in/other/c.csv", table(union_row(3)))
        bucket.put("suzhou/d.csv", table(union_row(4)))
        source = make_source(kind="s3", place="suzhou/", write=True)
        assert run(source) == ["written", "written"]
        assert Union.objects.count() == 2
        assert run(source) == []
        assert "in/suzhou/a.csv" in bucket.names()
        bucket.put("in/suzhou/a.csv", table(union_row(1, 职工人数=120)))
        assert run(source) == ["written"]
        assert Union.objects.filter(employees=120).count() == 1
        bucket.put("in/suzhou/a.csv", table(union_row(1)))  # what it was at first: taken before, but put there anew
        assert ImportJob.objects.count() == 3

    def test_one_bad_object_does_not_stop_the_others(self, bucket, make_source, settings):
        settings.IMPORT_LIMITS = settings.IMPORT_LIMITS | {"file_bytes": 5_000}
        bucket.put("in/a.pdf", b"%PDF-1.7 x")
        bucket.put("in/big.csv", b"0" * 6_000)
        bucket.put("in/c.csv", table(union_row(1)))
        source = make_source(kind="s3", place="", write=True)
        assert sorted(run(source)) == ["failed", "failed", "written"]
        assert run(source) == []
        assert source.failures == 0

    def test_a_bucket_that_is_not_there_pauses(self, bucket, make_source, settings):
        settings.IMPORT_S3 = settings.IMPORT_S3 | {"bucket": "nowhere"}
        source = make_source(kind="s3", place="", pause_after=1)
        assert run(source) == ["failed"]
        assert "NoSuchBucket" in source.last_error
        assert source.paused
        settings.IMPORT_S3 = settings.IMPORT_S3 | {"bucket": ""}
        other = make_source(kind="s3", place="x", user=source.user, name="示例二")
        run(other)
        assert "IMPORT_S3_BUCKET" in other.last_error


@pytest.fixture
def district_admin(make_user):
    group = Group.objects.create(name="示例名录管理员")
    codenames = ["access_admin", "view_union", "add_union", "change_union", "import_registers"]
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    return make_user("jinjiang", divisions=["510104"], groups=[group])


@pytest.mark.django_db
class TestScreens:
    def form(self, **fields):
        return {
            "name": "示例·每周名册", "kind": "url", "register_slug": "unions", "place": "", "every": "week", "at": "07:30",
            "weekday": "2", "day": "1", "pause_after": "3", "active": "on",
        } | fields  # fmt: skip

    def test_a_district_admin_sets_one_up_that_acts_as_himself(self, client, district_admin, web, make_source):
        foreign = make_source()
        client.force_login(district_admin)
        page = client.get("/admin/import-sources/new/").content.decode()
        assert 'value="folder"' not in page
        assert "以谁的权限导入" not in page
        answer = client.post("/admin/import-sources/new/", self.form(place=web["url"], policy_on_error="skip"))
        source = ImportSource.objects.get(name="示例·每周名册")
        assert answer.url == f"/admin/import-sources/{source.pk}/"
        assert (source.user, source.policy, source.write) == (district_admin, {"on_error": "skip"}, False)
        local = timezone.localtime(source.next_run)
        assert (local.weekday(), local.hour, local.minute) == (2, 7, 30)
        page = client.get("/admin/import-sources/").content.decode()
        assert "每周三 07:30" in page
        assert foreign.name not in page
        assert client.get(f"/admin/import-sources/{foreign.pk}/").status_code == 404
        assert client.post(f"/admin/import-sources/{foreign.pk}/run/").status_code == 404
        assert client.post(f"/admin/import-sources/{foreign.pk}/delete/").status_code == 404
        run(source)
        assert ImportJob.objects.get().scope == ["510104"]

    @pytest.mark.parametrize(
        ("fields", "where"),
        [
            ({"place": "https://127.0.0.1/a.csv"}, "place"),
            ({"place": "https://169.254.169.254/latest/"}, "place"),
            ({"place": "ftp://8.8.8.8/a.csv"}, "place"),
            ({"kind": "folder", "place": "unions"}, "kind"),
            ({"kind": "s3", "place": ""}, "kind"),
            ({"every": "arrival"}, "every"),
            ({"register_slug": "bases"}, "register_slug"),
            ({"day": "32"}, "day"),
        ],
    )
    def test_what_may_not_be_is_refused_in_words(self, client, district_admin, web, fields, where):
        client.force_login(district_admin)
        answer = client.post("/admin/import-sources/new/", self.form(**{"place": web["url"]} | fields))
        assert where in answer.context["form"].errors
        assert not ImportSource.objects.exists()

    def test_nobody_else_may_be_acted_for(self, client, district_admin, superuser, web):
        client.force_login(district_admin)
        client.post("/admin/import-sources/new/", self.form(place=web["url"], user=superuser.pk))
        assert ImportSource.objects.get().user == district_admin

    def test_a_superuser_lets_it_act_as_another(self, root_client, district_admin, web, make_user):
        weak = make_user("weak")
        answer = root_client.post("/admin/import-sources/new/", self.form(place=web["url"], user=weak.pk))
        assert "user" in answer.context["form"].errors
        folder = self.form(kind="folder", place="suzhou/unions", user=district_admin.pk, every="arrival")
        root_client.post("/admin/import-sources/new/", folder)
        assert ImportSource.objects.get().user == district_admin
        again = root_client.post("/admin/import-sources/new/", folder)
        assert "place" in again.context["form"].errors

    def test_a_place_that_a_superuser_gave_stays_as_it_is(self, client, district_admin, make_source):
        source = make_source(kind="folder", place="jinjiang/unions", user=district_admin, every="day")
        client.force_login(district_admin)
        url = f"/admin/import-sources/{source.pk}/"
        assert "收件文件夹" in client.get(url).content.decode()
        client.post(url, self.form(kind="url", place="unions", every="arrival"))
        source.refresh_from_db()
        assert (source.kind, source.place, source.every) == ("folder", "jinjiang/unions", "arrival")

    def test_deleting_leaves_the_imports(self, root_client, make_source):
        source = make_source()
        run(source)
        assert "都保留" in root_client.get(f"/admin/import-sources/{source.pk}/delete/").content.decode()
        root_client.post(f"/admin/import-sources/{source.pk}/delete/")
        assert (ImportSource.objects.count(), ImportJob.objects.count()) == (0, 1)

    def test_who_may_not_import_sees_none(self, client, make_user):
        group = Group.objects.create(name="示例宣传员")
        group.permissions.set(Permission.objects.filter(codename="access_admin"))
        user = make_user("writer", divisions=["510104"], groups=[group])
        client.force_login(user)
        assert client.get("/admin/import-sources/").status_code == 302
        assert client.get("/admin/").status_code == 200

    def test_queries_do_not_grow(self, root_client, make_source, django_assert_max_num_queries):
        first = make_source()
        for number in range(12):
            make_source(user=first.user, name=f"示例{number}")
        root_client.get("/admin/import-sources/")
        with django_assert_max_num_queries(12):
            root_client.get("/admin/import-sources/")
