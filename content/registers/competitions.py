"""劳动竞赛 Labour competitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.core import cleaning
from content.core.models import RegisterRow
from content.core.register import NOTES, Column, Problem, Register, register


class Competition(RegisterRow):
    class Grade(models.TextChoices):
        NATIONAL = "national", _("national competition")
        PROVINCE = "province", _("provincial competition")
        CITY = "city", _("city competition")
        DISTRICT = "district", _("district competition")

    class Status(models.TextChoices):
        APPLIED = "applied", _("competition applied for")
        APPROVED = "approved", _("competition approved")
        STARTED = "started", _("competition started")
        RUNNING = "running", _("competition running")
        SUMMED_UP = "summed_up", _("competition summed up")
        COMMENDED = "commended", _("competition commended")

    code = models.CharField(_("competition code"), max_length=30, unique=True)
    name = models.CharField(_("competition name"), max_length=200)
    name_key = models.CharField(max_length=200, editable=False)
    industry = models.CharField(_("competition industry"), max_length=60, blank=True)
    grade = models.CharField(_("competition grade"), max_length=10, choices=Grade, blank=True)
    plan_period = models.CharField(_("plan period"), max_length=40, blank=True)
    approver = models.CharField(_("approving body"), max_length=120, blank=True)
    organiser = models.CharField(_("organising body"), max_length=200, blank=True)
    project = models.CharField(_("supporting project"), max_length=200, blank=True)
    investment = models.DecimalField(
        _("total investment (100 million yuan)"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    investment_to = models.DecimalField(
        _("total investment up to (100 million yuan)"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    units = models.PositiveIntegerField(_("number of units taking part"), null=True, blank=True)
    workers = models.PositiveIntegerField(_("number of workers taking part"), null=True, blank=True)
    status = models.CharField(_("competition status"), max_length=10, choices=Status, default=Status.RUNNING)

    class Meta:
        verbose_name = _("labour competition")
        verbose_name_plural = _("labour competitions")
        constraints = [models.UniqueConstraint(fields=["division", "name_key"], name="competition_name_in_division")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("competition", args=[self.code])


def competition_dates_in_order(values: Mapping[str, Any]) -> Iterator[Problem]:
    if values.get("starts_on") and values.get("ends_on") and values["ends_on"] < values["starts_on"]:
        yield Problem("dates_reversed", _("The competition ends before it begins."), "ends_on")


def investment_in_order(values: Mapping[str, Any]) -> Iterator[Problem]:
    low, high = values.get("investment"), values.get("investment_to")
    if low is not None and high is not None and high < low:
        yield Problem("range_reversed", _("The upper investment is below the lower one."), "investment_to")


COMPETITIONS = register(
    Register(
        slug="competitions",
        model=Competition,
        key=("code",),
        alternates=(("division", "name_key"),),
        code_prefix="JS",
        published=~Q(status="applied"),
        rules=(competition_dates_in_order, investment_in_order),
        icon="pick",
        order=50,
        columns=(
            Column("code", public=True, required=False, synonyms=("编码", "编号")),
            Column(
                "name",
                public=True,
                searchable=True,
                listed=True,
                clean=cleaning.name,
                synonyms=("竞赛项目", "名称", "项目名称"),
            ),
            Column("division", public=True, filterable=True, listed=True, synonyms=("所在地", "地区", "区划")),
            Column(
                "industry",
                public=True,
                filterable=True,
                listed=True,
                searchable=True,
                synonyms=("行业", "系统"),
            ),
            Column(
                "grade",
                public=True,
                filterable=True,
                listed=True,
                synonyms=("竞赛级别",),
                clean=cleaning.choice(
                    Competition.Grade,
                    全国="national",
                    全国级="national",
                    国家级="national",
                    省="province",
                    省级="province",
                    市="city",
                    市级="city",
                    区县="district",
                    区级="district",
                ),
            ),
            Column("plan_period", public=True, synonyms=("规划期",)),
            Column("approver", public=True, synonyms=("批准部门",)),
            Column("organiser", public=True, searchable=True, synonyms=("主办单位", "承办")),
            Column("project", public=True, searchable=True, synonyms=("重点工程", "工程名称")),
            Column(
                "investment",
                upper="investment_to",
                public=True,
                clean=cleaning.range_of(cleaning.yi_yuan),
                synonyms=("总投资", "投资额", "总投资(亿元)"),
            ),
            Column("starts_on", public=True, listed=True, synonyms=("启动日期", "开始时间")),
            Column("ends_on", clean=cleaning.end_date, public=True, synonyms=("结束时间", "完成日期")),
            Column("units", public=True, synonyms=("参赛单位",)),
            Column("workers", public=True, synonyms=("参赛人数", "参赛职工")),
            Column(
                "status",
                public=True,
                filterable=True,
                synonyms=("阶段",),
                clean=cleaning.choice(
                    Competition.Status,
                    申报="applied",
                    批准="approved",
                    启动="started",
                    进行="running",
                    进行中="running",
                    总结="summed_up",
                    表彰="commended",
                ),
            ),
            NOTES,
        ),
    )
)
