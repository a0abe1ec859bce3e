"""工会 Unions: grassroots unions, street, park and industry federations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.core import cleaning, lookups
from content.core.models import RegisterRow
from content.core.register import NOTES, Column, Problem, Register, register

# An enterprise of 25 people and more founds its own union (Trade Union Law, article 11).
OWN_UNION_THRESHOLD = 25


class Union(RegisterRow):
    class Kind(models.TextChoices):
        GRASSROOTS = "grassroots", _("independent grassroots union")
        JOINT = "joint", _("joint grassroots union")
        STREET = "street", _("town or street union")
        PARK = "park", _("park union")
        INDUSTRY = "industry", _("industry union")
        GROUP = "group", _("group union")

    class Founding(models.TextChoices):
        SEPARATE = "separate", _("founded separately")
        JOINT = "joint", _("founded jointly")
        FALLBACK = "fallback", _("covered by fallback union")

    class Status(models.TextChoices):
        ACTIVE = "active", _("union in operation")
        PREPARING = "preparing", _("being founded")
        DISSOLVED = "dissolved", _("dissolved")

    code = models.CharField(_("union code"), max_length=30, unique=True)
    name = models.CharField(_("union name"), max_length=150)
    name_key = models.CharField(max_length=150, editable=False)
    credit_code = models.CharField(
        _("union unified social credit code"), max_length=18, unique=True, null=True, blank=True
    )
    kind = models.CharField(_("union kind"), max_length=12, choices=Kind, default=Kind.GRASSROOTS)
    organisation = models.CharField(_("form of organisation"), max_length=60, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("superior union"),
    )
    unit_name = models.CharField(_("name of the work unit"), max_length=150, blank=True)
    unit_code = models.CharField(_("credit code of the work unit"), max_length=18, blank=True)
    unit_nature = models.CharField(_("nature of the work unit"), max_length=40, blank=True)
    industry = models.CharField(_("industry of the work unit"), max_length=60, blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    founding_way = models.CharField(_("way of founding"), max_length=60, blank=True)
    approval_number = models.CharField(_("approval document number"), max_length=80, blank=True)
    term = models.CharField(_("term of office"), max_length=40, blank=True)
    term_from = models.DateField(_("term begins"), null=True, blank=True)
    term_to = models.DateField(_("term ends"), null=True, blank=True)
    chair = models.CharField(_("union chair"), max_length=60, blank=True)
    chair_phone = models.CharField(_("phone of the chair"), max_length=60, blank=True)
    contact = models.CharField(_("union contact"), max_length=60, blank=True)
    contact_phone = models.CharField(_("phone of the union contact"), max_length=60, blank=True)
    employees = models.PositiveIntegerField(_("number of employees"), null=True, blank=True)
    women_employees = models.PositiveIntegerField(_("number of women employees"), null=True, blank=True)
    members = models.PositiveIntegerField(_("number of members"), null=True, blank=True)
    women_members = models.PositiveIntegerField(_("number of women members"), null=True, blank=True)
    migrant_workers = models.PositiveIntegerField(_("number of migrant workers"), null=True, blank=True)
    new_form_workers = models.PositiveIntegerField(
        _("number of workers in new forms of employment"), null=True, blank=True
    )
    over_25 = models.BooleanField(_("25 people or more"), null=True, blank=True)
    founding_form = models.CharField(_("form of founding"), max_length=10, choices=Founding, blank=True)
    stars = models.PositiveSmallIntegerField(
        _("current stars"), null=True, blank=True, choices=[(n, "★" * n) for n in range(1, 6)]
    )
    status = models.CharField(_("union status"), max_length=10, choices=Status, default=Status.ACTIVE)

    class Meta:
        verbose_name = _("union")
        verbose_name_plural = _("unions")
        constraints = [
            models.UniqueConstraint(fields=["division", "name_key"], name="union_name_in_division"),
        ]
        indexes = [models.Index(fields=["division", "stars"]), models.Index(fields=["status", "pinyin"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/unions/{self.code}/"


def derive_threshold(values: MutableMapping[str, Any]) -> None:
    """Derive "25 people or more" from the number of employees where the file does not say."""
    if values.get("over_25") is None and values.get("employees") is not None:
        values["over_25"] = values["employees"] >= OWN_UNION_THRESHOLD


_PARTS = (
    ("members", "employees", _("There are more members than employees.")),
    ("women_employees", "employees", _("There are more women employees than employees.")),
    ("women_members", "members", _("There are more women members than members.")),
)


def headcounts_agree(values: Mapping[str, Any]) -> Iterator[Problem]:
    for part, whole, message in _PARTS:
        if values.get(whole) is not None and (values.get(part) or 0) > values[whole]:
            yield Problem("part_exceeds_whole", message, part)


def threshold_agrees(values: Mapping[str, Any]) -> Iterator[Problem]:
    employees, over = values.get("employees"), values.get("over_25")
    if employees is not None and over is not None and over != (employees >= OWN_UNION_THRESHOLD):
        message = _("“25 people or more” contradicts the number of employees.")
        yield Problem("contradiction", message, "over_25", "warning")


def dates_in_order(values: Mapping[str, Any]) -> Iterator[Problem]:
    if values.get("founded_on") and values["founded_on"] > date.today():
        yield Problem("date_in_future", _("The founding date lies in the future."), "founded_on")
    if values.get("term_from") and values.get("term_to") and values["term_from"] > values["term_to"]:
        yield Problem("dates_reversed", _("The term ends before it begins."), "term_to")


def not_its_own_parent(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Refuse a parent that is the union itself or one of its descendants."""
    own, seen, above = values.get("id"), set(), values.get("parent")
    while above and own:
        if above == own:
            yield Problem("cycle", _("A union cannot be its own superior."), "parent")
            return
        if above in seen:
            return
        seen.add(above)
        row = lookups.find(Union, above)
        above = row["parent"] if row else None


UNIONS = register(
    Register(
        slug="unions",
        model=Union,
        key=("credit_code",),
        alternates=(("code",), ("division", "name_key")),
        code_prefix="GH",
        published=Q(status="active"),
        derive=derive_threshold,
        rules=(headcounts_agree, threshold_agrees, dates_in_order, not_its_own_parent),
        retired={"status": "dissolved"},
        sorts=("name", "stars"),
        icon="group",
        order=30,
        pages=True,
        columns=(
            Column("code", public=True, required=False, synonyms=("编码", "工会编号"), example="GH5101040001"),
            Column(
                "name",
                public=True,
                searchable=True,
                listed=True,
                clean=cleaning.name,
                synonyms=("工会全称", "基层工会名称", "名称", "单位工会名称"),
                example="示例·锦江区春熙商贸公司工会",
            ),
            Column(
                "credit_code",
                public=True,
                searchable=True,
                listed=True,
                clean=cleaning.credit_code,
                synonyms=("统一社会信用代码", "社会统一信用代码", "信用代码", "税号"),
                example="81510104MC0000012P",
            ),
            Column(
                "kind",
                public=True,
                filterable=True,
                listed=True,
                synonyms=("类型", "工会类别"),
                clean=cleaning.choice(
                    Union.Kind,
                    独立基层="grassroots",
                    独立="grassroots",
                    单独基层工会="grassroots",
                    基层工会="grassroots",
                    联合基层="joint",
                    联合="joint",
                    街道="street",
                    乡镇="street",
                    镇街="street",
                    园区="park",
                    行业="industry",
                    集团="group",
                ),
            ),
            Column("organisation", synonyms=("组织类型",)),
            Column(
                "parent",
                lookups=("code", "credit_code", "name"),
                public=True,
                synonyms=("隶属工会", "上级工会名称"),
            ),
            Column(
                "division",
                public=True,
                filterable=True,
                listed=True,
                synonyms=("所在区划", "区县", "所属区县", "所在区县", "地区", "所属区域"),
                example="成都市锦江区",
            ),
            Column("unit_name", synonyms=("单位名称", "企业名称")),
            Column("unit_code", clean=cleaning.credit_code, synonyms=("单位统一社会信用代码", "企业信用代码")),
            Column("unit_nature", filterable=True, synonyms=("企业性质", "经济类型")),
            Column("industry", public=True, filterable=True, synonyms=("行业",)),
            Column("founded_on", public=True, synonyms=("成立时间", "建会日期", "成立日期")),
            Column("founding_way"),
            Column("approval_number", synonyms=("批准文号", "文号")),
            Column("term", synonyms=("届次",)),
            Column("term_from", synonyms=("任期开始", "本届起始")),
            Column("term_to", clean=cleaning.end_date, synonyms=("任期结束", "本届届满")),
            Column("chair", personal=True, synonyms=("工会主席", "负责人", "主席姓名")),
            Column(
                "chair_phone",
                personal=True,
                clean=cleaning.phone,
                synonyms=("主席联系电话", "主席手机", "负责人电话"),
            ),
            Column("contact", personal=True, synonyms=("工会联系人", "经办人")),
            Column(
                "contact_phone",
                personal=True,
                clean=cleaning.phone,
                synonyms=("联系方式", "电话", "手机", "手机号码"),
            ),
            Column("employees", synonyms=("职工数", "职工总数", "员工人数")),
            Column("women_employees", synonyms=("女职工数", "其中女职工")),
            Column("members", synonyms=("会员数", "工会会员数")),
            Column("women_members", synonyms=("女会员数", "其中女会员")),
            Column("migrant_workers", synonyms=("农民工会员数", "农民工人数")),
            Column("new_form_workers", synonyms=("新业态劳动者数", "新就业形态人数")),
            Column("over_25", filterable=True, synonyms=("25人及以上", "是否25人以上")),
            Column(
                "founding_form",
                filterable=True,
                clean=cleaning.choice(
                    Union.Founding,
                    单独="separate",
                    单独建会="separate",
                    联合="joint",
                    联合建会="joint",
                    联合建="joint",
                    兜底="fallback",
                    兜底建="fallback",
                    兜底建会="fallback",
                ),
            ),
            Column(
                "stars",
                public=True,
                filterable=True,
                listed=True,
                clean=cleaning.stars,
                synonyms=("星级", "现星级", "评定星级"),
            ),
            Column(
                "status",
                filterable=True,
                clean=cleaning.choice(
                    Union.Status,
                    正常="active",
                    已建="active",
                    筹建="preparing",
                    筹备="preparing",
                    注销="dissolved",
                    撤销="dissolved",
                ),
            ),
            NOTES,
        ),
    )
)
