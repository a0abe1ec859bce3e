"""星级评定 Star ratings: one decision on one union in one cycle (家次, not distinct unions)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.core import cleaning, lookups
from content.core.models import RegisterRow
from content.core.register import Column, Problem, Register, register

from .unions import Union

STARS = [(n, "★" * n) for n in range(1, 6)]


class Rating(RegisterRow):
    notes = None  # type: ignore[assignment]  # the remark takes them

    class Result(models.TextChoices):
        PENDING = "pending", _("rating under way")
        NOTICED = "noticed", _("rating in public notice")
        RATED = "rated", _("rated")
        FAILED = "failed", _("not passed")
        WITHDRAWN = "withdrawn", _("rating withdrawn")

    year = models.PositiveSmallIntegerField(_("rating year"))
    union = models.ForeignKey(Union, models.PROTECT, related_name="ratings", verbose_name=_("rated union"))
    # The name at the time of the decision; a union may change its name later.
    union_name = models.CharField(max_length=150, editable=False)
    union_kind = models.CharField(_("kind of the rated union"), max_length=12, choices=Union.Kind, blank=True)
    applied_stars = models.PositiveSmallIntegerField(_("stars applied for"), choices=STARS, null=True, blank=True)
    previous_stars = models.PositiveSmallIntegerField(_("previous stars"), choices=STARS, null=True, blank=True)
    self_score = models.DecimalField(_("self-assessed score"), max_digits=6, decimal_places=2, null=True, blank=True)
    operation_score = models.DecimalField(
        _("score for operation mechanism"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    duty_score = models.DecimalField(
        _("score for performance of duties"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    innovation_score = models.DecimalField(
        _("score for innovation"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    review_score = models.DecimalField(_("reviewed score"), max_digits=6, decimal_places=2, null=True, blank=True)
    first_reviewer = models.CharField(_("unit of first review"), max_length=100, blank=True)
    final_reviewer = models.CharField(_("unit of final review"), max_length=100, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    inspected = models.BooleanField(_("inspected on site"), null=True, blank=True)
    stars = models.PositiveSmallIntegerField(_("stars awarded"), choices=STARS, null=True, blank=True)
    result = models.CharField(_("rating status"), max_length=10, choices=Result, default=Result.RATED)
    notice_from = models.DateField(_("public notice begins"), null=True, blank=True)
    notice_to = models.DateField(_("public notice ends"), null=True, blank=True)
    valid_until = models.DateField(_("stars valid until"), null=True, blank=True)
    certificate = models.CharField(_("certificate number"), max_length=60, blank=True)
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("star rating")
        verbose_name_plural = _("star ratings")
        constraints = [models.UniqueConstraint(fields=["union", "year"], name="one_rating_a_union_a_year")]
        indexes = [models.Index(fields=["year", "stars"]), models.Index(fields=["division", "year"])]

    def __str__(self) -> str:
        return f"{self.union_name} {self.year}"


def notice_in_order(values: Mapping[str, Any]) -> Iterator[Problem]:
    if values.get("notice_from") and values.get("notice_to") and values["notice_to"] < values["notice_from"]:
        yield Problem("dates_reversed", _("The public notice ends before it begins."), "notice_to")


def plausible_year(values: Mapping[str, Any]) -> Iterator[Problem]:
    """The rules of the star rating are of 2019."""
    if values.get("year") is not None and not 2019 <= values["year"] <= 2100:
        yield Problem("out_of_range", _("The rating year must be 2019 or later."), "year")


def derive_from_union(values: MutableMapping[str, Any]) -> None:
    """Take name, division and kind from the rated union where the row does not say."""
    if values.get("union") and not (values.get("union_name") and values.get("division") and values.get("union_kind")):
        known = lookups.find(Union, values["union"])
        if known:
            values["union_name"] = values.get("union_name") or known["name"]
            values["division"] = values.get("division") or known["division"]
            values["union_kind"] = values.get("union_kind") or known["kind"]


RATINGS = register(
    Register(
        slug="ratings",
        notes_field="remark",
        model=Rating,
        key=("union", "year"),
        title_field="union_name",
        published=Q(result="rated"),
        derive=derive_from_union,
        rules=(notice_in_order, plausible_year),
        ordering=("-year", "union"),
        dated_by="reviewed_on",
        retired={"result": "withdrawn"},
        icon="pick",
        order=40,
        columns=(
            Column("year", public=True, filterable=True, listed=True, synonyms=("评定年度", "评定年份", "年份")),
            Column(
                "union",
                lookups=("name",),
                public=True,
                listed=True,
                header=_("rated union name"),
                synonyms=("单位名称", "基层工会名称", "工会"),
            ),
            Column(
                "union",
                name="union_code",
                lookups=("credit_code", "code"),
                public=True,
                header=_("rated union credit code"),
                required=False,
                synonyms=("统一社会信用代码", "工会统一社会信用代码", "工会信用代码", "工会编码"),
            ),
            Column(
                "division",
                public=True,
                filterable=True,
                listed=True,
                required=False,
                synonyms=("区县", "所属区县", "所在区县", "地区"),
            ),
            Column(
                "union_kind",
                public=True,
                filterable=True,
                synonyms=("类型",),
                clean=cleaning.choice(
                    Union.Kind,
                    独立基层="grassroots",
                    独立="grassroots",
                    联合基层="joint",
                    联合="joint",
                    街道="street",
                    乡镇="street",
                    镇街="street",
                    园区="park",
                    行业="industry",
                    集团="group",
                    基层工会="grassroots",
                ),
            ),
            Column("applied_stars", clean=cleaning.stars, synonyms=("申报等级",)),
            Column("previous_stars", clean=cleaning.stars, public=True, synonyms=("上年星级",)),
            Column("self_score", synonyms=("自评得分",)),
            Column("operation_score", synonyms=("运行机制",)),
            Column("duty_score", synonyms=("履职作为",)),
            Column("innovation_score", synonyms=("工作创新",)),
            Column("review_score", synonyms=("审核得分", "得分")),
            Column("first_reviewer", synonyms=("初审",)),
            Column("final_reviewer", public=True, synonyms=("终审", "评定单位")),
            Column("reviewed_on", synonyms=("评定日期",)),
            Column("inspected", synonyms=("是否现场核查",)),
            Column(
                "stars",
                public=True,
                filterable=True,
                listed=True,
                clean=cleaning.stars,
                synonyms=("评定星级", "星级", "评定等级"),
            ),
            Column(
                "result",
                public=True,
                filterable=True,
                clean=cleaning.choice(
                    Rating.Result,
                    审核中="pending",
                    公示="noticed",
                    公示中="noticed",
                    已评定="rated",
                    通过="rated",
                    未通过="failed",
                    撤销="withdrawn",
                ),
            ),
            Column("notice_from", public=True, synonyms=("公示开始",)),
            Column("notice_to", clean=cleaning.end_date, public=True, synonyms=("公示结束",)),
            Column("valid_until", clean=cleaning.end_date, public=True, synonyms=("有效期",)),
            Column("certificate", public=True, synonyms=("证书号",)),
            Column("remark", synonyms=("说明",)),
        ),
    )
)
