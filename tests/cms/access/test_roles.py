"""The roles and the workflow that an instance starts with."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page, Workflow

from cms.access.roles import EDITOR, ISSUER, REGISTRAR, REVIEWER, ensure_roles
from cms.access.workflow import NAME, ensure_workflow
from content.core.jurisdiction import may_export, may_import, may_see_personal_data
from content.core.register import registers

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(make_user):
    """Return a maker of a person with one role."""

    def make(role: str, **options):
        return make_user(role, groups=[Group.objects.get(name=role)], **options)

    return make


def test_a_fresh_instance_has_our_roles_and_not_wagtails():
    assert set(Group.objects.values_list("name", flat=True)) == {EDITOR, REVIEWER, ISSUER, REGISTRAR}


def test_making_them_again_changes_nothing_that_people_changed():
    group = Group.objects.get(name=REGISTRAR)
    taken = group.permissions.get(codename="delete_union")
    group.permissions.remove(taken)
    assert ensure_roles() == []
    assert not group.permissions.filter(pk=taken.pk).exists()
    assert not ensure_workflow()


def test_a_new_register_comes_to_the_registrar():
    group = Group.objects.get(name=REGISTRAR)
    of_unions = group.permissions.filter(content_type__model="union")
    group.permissions.remove(*of_unions)
    ensure_roles()
    assert group.permissions.filter(content_type__model="union").count() == 4


def test_the_registrar_keeps_registers_and_no_pages(holder):
    person = holder(REGISTRAR, divisions=["510104"])
    assert all(may_import(person, register) and may_export(person, register) for register in registers())
    assert may_see_personal_data(person)
    assert not Page.objects.first().permissions_for_user(person).can_edit()


def test_the_editor_writes_pages_and_publishes_none(holder):
    rights = Page.objects.get(depth=1).permissions_for_user(holder(EDITOR, divisions=["510104"]))
    assert rights.can_add_subpage()
    assert not rights.can_publish_subpage()
    assert not any(may_import(rights.user, register) for register in registers())


@pytest.mark.parametrize("role", [REVIEWER, ISSUER])
def test_reviewer_and_issuer_publish(holder, role):
    assert Page.objects.get(depth=1).permissions_for_user(holder(role)).can_publish_subpage()


def test_every_page_goes_through_review_and_sign_off():
    workflow = Workflow.objects.get(active=True)
    assert workflow.name == NAME
    steps = [(step.task.name, list(step.task.specific.groups.values_list("name", flat=True)))
             for step in workflow.workflow_tasks.order_by("sort_order")]  # fmt: skip
    assert steps == [("审核", [REVIEWER]), ("签发", [ISSUER])]
    assert Page.objects.last().get_workflow() == workflow


def test_permissions_and_roots_are_named_in_chinese():
    from django.contrib.auth.models import Permission
    from wagtail.models import Collection

    assert Permission.objects.get(codename="change_union").name == "可以修改工会"
    assert Page.objects.get(depth=1).title == "全部页面"
    assert Collection.objects.get(depth=1).name == "全部文件"
