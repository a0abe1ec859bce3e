"""疗休养活动点 Activity points: separate from bases, sometimes belonging to one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.core import cleaning
from content.core.models import RegisterRow
from content.core.register import NOTES, Column, Register, register

from .bases import Base, inside_china


class Point(RegisterRow):
    class Status(models.TextChoices):
        OPEN = "open", _("point open")
        PAUSED = "paused", _("point paused")
        CLOSED = "closed", _("point closed")

    code = models.CharField(_("point code"), max_length=30, unique=True)
    name = models.CharField(_("point name"), max_length=150)
    name_key = models.CharField(max_length=150, editable=False)
    base = models.ForeignKey(
        Base,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="points",
        verbose_name=_("base it belongs to"),
    )
    activity = models.CharField(_("kind of activity"), max_length=60, blank=True)
    address = models.CharField(_("point address"), max_length=255, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=6, null=True, blank=True)
    contact = models.CharField(_("point contact"), max_length=60, blank=True)
    contact_phone = models.CharField(_("phone of the point"), max_length=60, blank=True)
    opening_hours = models.CharField(_("opening hours"), max_length=120, blank=True)
    introduction = models.TextField(_("introduction"), blank=True)
    status = models.CharField(_("point status"), max_length=8, choices=Status, default=Status.OPEN)

    class Meta:
        verbose_name = _("activity point")
        verbose_name_plural = _("activity points")
        constraints = [models.UniqueConstraint(fields=["division", "name_key"], name="point_name_in_division")]
        indexes = [models.Index(fields=["status", "pinyin"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/points/{self.code}/"


POINTS = register(
    Register(
        slug="points",
        model=Point,
        key=("code",),
        alternates=(("division", "name_key"),),
        code_prefix="HD",
        published=Q(status="open"),
        rules=(inside_china,),
        retired={"status": "closed"},
        sorts=("name",),
        icon="tag",
        order=20,
        pages=True,
        columns=(
            Column(
                "code",
                public=True,
                required=False,
                synonyms=("编码", "编号", "活动点编号"),
                example="HD3205060001",
            ),
            Column(
                "name",
                public=True,
                searchable=True,
                listed=True,
                clean=cleaning.name,
                synonyms=("活动点名称", "疗休养活动点", "点位名称"),
                example="示例·平江路评弹体验点",
            ),
            Column(
                "base",
                lookups=("code", "name"),
                public=True,
                listed=True,
                synonyms=("所属基地", "所属疗休养基地", "依托基地"),
            ),
            Column(
                "division",
                public=True,
                filterable=True,
                listed=True,
                synonyms=("所在地", "区划", "所属地区", "城市", "地区"),
            ),
            Column(
                "activity",
                public=True,
                filterable=True,
                listed=True,
                searchable=True,
                synonyms=("活动类别", "类型", "项目"),
            ),
            Column("address", public=True, searchable=True, synonyms=("地址", "详细地址")),
            Column("longitude", public=True),
            Column("latitude", public=True),
            Column("contact", public=True, synonyms=("联系人姓名",)),
            Column("contact_phone", public=True, clean=cleaning.phone, synonyms=("联系方式", "电话", "手机")),
            Column("opening_hours", public=True, synonyms=("开放时段", "营业时间")),
            Column("introduction", public=True, searchable=True, synonyms=("简介", "活动点介绍")),
            Column(
                "status",
                filterable=True,
                clean=cleaning.choice(
                    Point.Status, 开放="open", 正常="open", 暂停="paused", 停用="paused", 关闭="closed"
                ),
            ),
            NOTES,
        ),
    )
)
