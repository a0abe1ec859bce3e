"""Whose imports a person sees: asked of one job and of the whole list, the answer is the same."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from exports.imports.models import ImportJob
from exports.imports.permissions import may_see
from exports.imports.selectors import visible_jobs

pytestmark = pytest.mark.django_db
SCOPES = (None, [], ["510000"], ["510100"], ["510104"], ["510104", "510105"], ["510104001"], ["510100", "320500"], ["320500"])  # fmt: skip


@pytest.fixture
def jobs(make_user):
    owner = make_user("owner")
    return [
        ImportJob.objects.create(register_slug=slug, user=user, scope=scope, original_name="名册.xlsx")
        for scope in SCOPES
        for slug in ("unions", "bases")
        for user in (owner, None)
    ]


@pytest.fixture
def admin(make_user):
    def make(name, *divisions, names=("access_admin", "add_union", "change_union", "import_registers")):
        user = make_user(name, divisions=list(divisions))
        user.user_permissions.set(Permission.objects.filter(codename__in=names))
        return user

    return make


@pytest.mark.parametrize(
    "divisions", [[], ["510000"], ["510100"], ["510104"], ["510104", "510105"], ["510100", "320500"]]
)
def test_the_list_holds_what_a_person_may_see(jobs, admin, superuser, divisions, django_assert_num_queries) -> None:
    for user in (admin("beside", *divisions), admin("nobody", *divisions, names=()), superuser, jobs[0].user):
        expected = {job.pk for job in jobs if may_see(user, job)}
        with django_assert_num_queries(1):
            assert {job.pk for job in visible_jobs(user)} == expected


def test_the_list_asks_no_more_for_many_imports(client, admin, django_assert_max_num_queries) -> None:
    city = admin("city", "510100")
    for number in range(300):
        ImportJob.objects.create(register_slug="unions", scope=["510104" if number % 2 else "320500"],
                                 original_name=f"名册{number}.xlsx", sha256=f"{number:064x}")  # fmt: skip
    client.force_login(city)
    with django_assert_max_num_queries(20):
        page = client.get(reverse("imports:index"))
    assert page.context["page"].paginator.count == 150
    assert "名册299.xlsx" in page.content.decode()
    assert "名册298.xlsx" not in page.content.decode()
