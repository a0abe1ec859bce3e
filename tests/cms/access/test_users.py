"""Users in the back office: divisions in charge, and nobody gives away more than is their own."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from cms.access.roles import EDITOR
from content.core.models import User

pytestmark = pytest.mark.django_db

ACCOUNT = {"username": "zhang", "last_name": "张", "first_name": "示例", "email": ""}


@pytest.fixture
def manager_client(make_user):
    """A person who may manage users, without being a superuser, in charge of one district."""
    manager = make_user("manager", divisions=["510104"])
    manager.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "add_user", "change_user"]))
    client = Client()
    client.force_login(manager)
    return client


def test_a_user_is_made_with_divisions(root_client):
    password = "示例-Password-2026"
    response = root_client.post(
        "/admin/users/new/",
        {**ACCOUNT, "password1": password, "password2": password, "divisions": ["510104", "510105"]},
    )
    assert response.status_code == 302, response.context["form"].errors
    user = User.objects.get(username="zhang")
    assert set(user.divisions.values_list("code", flat=True)) == {"510104", "510105"}
    assert user.get_full_name() == "张示例"


def test_the_form_shows_divisions_and_takes_them_away(root_client, make_user):
    user = make_user("zhang", divisions=["510104"])
    assert "四川省成都市锦江区" in root_client.get(f"/admin/users/edit/{user.pk}/").content.decode()
    root_client.post(f"/admin/users/edit/{user.pk}/", {**ACCOUNT, "is_active": "on"})
    assert not user.divisions.exists()


@pytest.mark.parametrize("password", ["short-1A", "12345678901234", "password1234"])
def test_weak_passwords_are_refused(root_client, password):
    root_client.post("/admin/users/new/", {**ACCOUNT, "password1": password, "password2": password})
    assert not User.objects.filter(username="zhang").exists()


def test_a_manager_gives_only_own_divisions(manager_client, make_user):
    user = make_user("zhang")
    response = manager_client.post(
        f"/admin/users/edit/{user.pk}/", {**ACCOUNT, "is_active": "on", "divisions": ["510105"]}
    )
    assert "不在您自己负责的行政区划之内" in response.content.decode()
    manager_client.post(f"/admin/users/edit/{user.pk}/", {**ACCOUNT, "is_active": "on", "divisions": ["510104"]})
    assert list(user.divisions.values_list("code", flat=True)) == ["510104"]


def test_a_manager_neither_makes_nor_changes_superusers(manager_client, make_user, superuser):
    user = make_user("zhang")
    manager_client.post(f"/admin/users/edit/{user.pk}/", {**ACCOUNT, "is_active": "on", "is_superuser": "on"})
    user.refresh_from_db()
    assert user.last_name == "张"
    assert not user.is_superuser
    manager_client.post(f"/admin/users/edit/{superuser.pk}/", {**ACCOUNT, "username": "taken", "is_active": "on"})
    superuser.refresh_from_db()
    assert superuser.username == "root"


def test_the_list_tells_roles_and_divisions(root_client, make_user, django_assert_max_num_queries):
    for number in range(12):
        make_user(f"user{number}", divisions=["510104"])
    with django_assert_max_num_queries(25):
        body = root_client.get("/admin/users/").content.decode()
    assert "四川省成都市锦江区" in body


def test_the_sign_in_page_is_chinese_and_keeps_the_strict_policy(client):
    response = client.get("/admin/login/", headers={"accept-language": "en"})
    body = response.content.decode()
    assert "登录星汇管理后台" in body
    assert "Password" not in body
    assert "unsafe-inline" not in response["Content-Security-Policy"]


def test_sign_in_is_shut_after_failures_and_says_so(client, make_user):
    make_user("zhang", groups=[Group.objects.get(name=EDITOR)])
    attempt = {"username": "zhang", "password": "wrong"}
    answers = [client.post("/admin/login/", attempt) for _number in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert "请等待 15 分钟" in answers[-1].content.decode()
    right = {"username": "zhang", "password": "示例-Password-2026"}
    assert client.post("/admin/login/", right).status_code == 429
    assert client.post("/admin/login/", right, REMOTE_ADDR="192.0.2.7").status_code == 302
