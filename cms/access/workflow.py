"""起草 → 审核 → 签发: the way of a page to the public."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from .roles import ISSUER, REVIEWER

NAME = "起草→审核→签发"
STEPS = (("审核", REVIEWER), ("签发", ISSUER))


@transaction.atomic
def ensure_workflow() -> bool:
    """Make the workflow and put the whole page tree under it. Leave it alone once it is there; tell whether made."""
    root = Page.get_first_root_node()
    if Workflow.objects.filter(name=NAME).exists() or not root:
        return False
    workflow = Workflow.objects.create(name=NAME)
    for order, (name, role) in enumerate(STEPS):
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.set(Group.objects.filter(name=role))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})
    return True
