"""疗休养基地 Recuperation bases of the alliance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from content.core import cleaning
from content.core.models import RegisterRow
from content.core.register import NOTES, Column, Problem, Register, register
from content.core.row_pictures import RowPicture
from content.core.traits import Trait


class Season(models.TextChoices):
    SPRING = "春", _("spring")
    SUMMER = "夏", _("summer")
    AUTUMN = "秋", _("autumn")
    WINTER = "冬", _("winter")


class Base(RegisterRow, ClusterableModel):  # type: ignore[django-manager-missing]
    class Kind(models.TextChoices):
        HOMESTAY = "homestay", _("tourist homestay")
        RURAL = "rural", _("rural-tourism cluster")
        TOWN = "town", _("characteristic town")
        RED = "red", _("red-tourism site")
        WELLNESS = "wellness", _("wellness service")
        OTHER = "other", _("other kind of base")

    class Grade(models.TextChoices):
        PROVINCE = "province", _("provincial base")
        CITY = "city", _("city base")
        COUNTY = "county", _("county base")

    class Status(models.TextChoices):
        APPLIED = "applied", _("base applied for")
        INSPECTED = "inspected", _("base inspected")
        REVIEWED = "reviewed", _("base under expert review")
        NOTICED = "noticed", _("base in public notice")
        NAMED = "named", _("base named")
        REMOVED = "removed", _("base removed")

    code = models.CharField(_("base code"), max_length=30, unique=True)
    name = models.CharField(_("base name"), max_length=150)
    name_key = models.CharField(max_length=150, editable=False)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    kind = models.CharField(_("base kind"), max_length=10, choices=Kind)
    grade = models.CharField(_("base grade"), max_length=10, choices=Grade, blank=True)
    batch = models.CharField(_("naming batch"), max_length=40, blank=True)
    named_on = models.DateField(_("named on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    address = models.CharField(_("base address"), max_length=255, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=6, null=True, blank=True)
    manager = models.CharField(_("person in charge"), max_length=60, blank=True)
    manager_phone = models.CharField(_("phone of the person in charge"), max_length=60, blank=True)
    booking_contact = models.CharField(_("booking contact"), max_length=60, blank=True)
    booking_phone = models.CharField(_("booking phone"), max_length=60, blank=True)
    capacity = models.PositiveIntegerField(_("reception capacity"), null=True, blank=True)
    beds = models.PositiveIntegerField(_("number of beds"), null=True, blank=True)
    dining_seats = models.PositiveIntegerField(_("dining seats"), null=True, blank=True)
    parking = models.PositiveIntegerField(_("parking spaces"), null=True, blank=True)
    price = models.DecimalField(_("price (yuan/person/day)"), max_digits=9, decimal_places=2, null=True, blank=True)
    price_to = models.DecimalField(
        _("price up to (yuan/person/day)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    price_includes = models.TextField(_("what the price includes"), blank=True)
    days = models.PositiveSmallIntegerField(_("days of stay"), null=True, blank=True)
    routes = models.TextField(_("routes"), blank=True)
    seasons = models.CharField(_("suitable seasons"), max_length=20, blank=True, help_text="春、夏、秋、冬")
    room_discount = models.CharField(_("discount on rooms"), max_length=60, blank=True)
    meal_discount = models.CharField(_("discount on meals"), max_length=60, blank=True)
    nearby = models.TextField(_("sights nearby"), blank=True)
    features = models.TextField(_("special recommendation"), blank=True)
    transport = models.TextField(_("how to get there"), blank=True)
    honours = models.TextField(_("honours"), blank=True)
    # The first of its pictures, kept in step by row_pictures.py.
    photo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    introduction = models.TextField(_("introduction"), blank=True)
    status = models.CharField(_("base status"), max_length=10, choices=Status, default=Status.NAMED)

    class Meta:
        verbose_name = _("recuperation base")
        verbose_name_plural = _("recuperation bases")
        constraints = [models.UniqueConstraint(fields=["division", "name_key"], name="base_name_in_division")]
        indexes = [models.Index(fields=["status", "pinyin"]), models.Index(fields=["kind", "division"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/bases/{self.code}/"


class BasePicture(RowPicture):
    base = ParentalKey(Base, on_delete=models.CASCADE, related_name="pictures")

    class Meta(RowPicture.Meta):
        verbose_name = _("picture of a base")
        verbose_name_plural = _("pictures of a base")


def price_in_order(values: Mapping[str, Any]) -> Iterator[Problem]:
    if values.get("price") is not None and values.get("price_to") is not None and values["price_to"] < values["price"]:
        yield Problem("range_reversed", _("The upper price is below the lower one."), "price_to")


def validity_in_order(values: Mapping[str, Any]) -> Iterator[Problem]:
    if values.get("named_on") and values.get("valid_until") and values["valid_until"] < values["named_on"]:
        yield Problem("dates_reversed", _("The naming ends before it begins."), "valid_until")


def inside_china(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Longitudes 73–136, latitudes 3–54: the country's extreme points, rounded outwards."""
    bounds = (
        ("longitude", 73, 136, _("The longitude lies outside China; have the two been swapped?")),
        ("latitude", 3, 54, _("The latitude lies outside China; have the two been swapped?")),
    )
    for name, low, high, message in bounds:
        if values.get(name) is not None and not low <= values[name] <= high:
            yield Problem("out_of_range", message, name)


FACILITIES = Trait(
    key="facilities",
    label=_("facilities of the base"),
    choices=(
        ("beds", _("rooms to stay in")),
        ("dining", _("dining room")),
        ("parking", _("car park")),
        ("room_discount", _("discount on rooms")),
        ("meal_discount", _("discount on meals")),
    ),
    where={
        "beds": Q(beds__gt=0),
        "dining": Q(dining_seats__gt=0),
        "parking": Q(parking__gt=0),
        "room_discount": ~Q(room_discount=""),
        "meal_discount": ~Q(meal_discount=""),
    }.__getitem__,
    every=True,
)


SOON = timedelta(days=183)


def naming_is(value: str) -> Q:
    """Return the condition on the validity of the naming, as of today; the last day still counts."""
    today = localdate()
    return {
        "valid": Q(valid_until__gte=today),
        "ending": Q(valid_until__range=(today, today + SOON)),
        "ended": Q(valid_until__lt=today),
        "open": Q(valid_until=None),
    }[value]


VALIDITY = Trait(
    key="validity",
    label=_("validity of the naming"),
    choices=(
        ("valid", _("naming still valid")),
        ("ending", _("naming ends within half a year")),
        ("ended", _("naming has ended")),
        ("open", _("no end stated")),
    ),
    where=naming_is,
)

BASES = register(
    Register(
        slug="bases",
        model=Base,
        key=("code",),
        alternates=(("division", "name_key"),),
        code_prefix="JD",
        published=Q(status="named"),
        rules=(price_in_order, validity_in_order, inside_china),
        retired={"status": "removed"},
        traits=(FACILITIES, VALIDITY),
        sorts=("name", "price", "capacity"),
        newest="named_on",
        pictures="pictures",
        icon="home",
        order=10,
        pages=True,
        columns=(
            Column(
                "code",
                public=True,
                required=False,
                synonyms=("编码", "编号", "基地编号"),
                example="JD3205060001",
            ),
            Column(
                "name",
                public=True,
                searchable=True,
                listed=True,
                clean=cleaning.name,
                synonyms=("单位名称", "酒店名称", "名称", "疗休养基地名称"),
                example="示例·太湖明月民宿",
            ),
            Column("credit_code", clean=cleaning.credit_code, synonyms=("信用代码", "社会统一信用代码", "税号")),
            Column(
                "division",
                public=True,
                filterable=True,
                listed=True,
                synonyms=("所在地", "区划", "所属地区", "所在市县", "城市", "地区"),
                example="江苏省苏州市吴中区",
            ),
            Column(
                "kind",
                public=True,
                filterable=True,
                listed=True,
                synonyms=("类别", "类型", "基地类别"),
                clean=cleaning.choice(
                    Base.Kind,
                    民宿="homestay",
                    旅游民宿="homestay",
                    乡村旅游="rural",
                    乡村旅游集聚区="rural",
                    乡村旅游产业聚集区="rural",
                    特色小镇="town",
                    小镇="town",
                    红色景区="red",
                    红色旅游="red",
                    红色旅游景区="red",
                    康养="wellness",
                    康养服务="wellness",
                    康养服务产业="wellness",
                    其他="other",
                ),
            ),
            Column(
                "grade",
                public=True,
                filterable=True,
                listed=True,
                synonyms=("级别(省/市/县)", "级别", "等级", "基地级别", "基地等级"),
                clean=cleaning.choice(
                    Base.Grade,
                    省="province",
                    省级="province",
                    市="city",
                    市级="city",
                    县="county",
                    县级="county",
                    区级="county",
                    区县级="county",
                ),
            ),
            Column("batch", public=True, synonyms=("批次",)),
            Column("named_on", public=True, synonyms=("命名时间", "授牌日期", "授牌时间")),
            Column("valid_until", clean=cleaning.end_date, public=True, synonyms=("有效期", "有效期限", "到期日期")),
            Column("address", public=True, searchable=True, synonyms=("地址", "详细地址", "基地地址")),
            Column("longitude", public=True),
            Column("latitude", public=True),
            Column("manager", personal=True, synonyms=("法人", "负责人姓名", "总经理")),
            Column(
                "manager_phone",
                personal=True,
                clean=cleaning.phone,
                synonyms=("负责人手机", "负责人联系方式"),
            ),
            Column("booking_contact", public=True, synonyms=("联系人", "预定联系人")),
            Column(
                "booking_phone",
                public=True,
                clean=cleaning.phone,
                synonyms=("联系方式", "联系电话", "电话", "手机", "预定电话"),
            ),
            Column(
                "capacity",
                public=True,
                filterable=True,
                bands=(50, 100, 200, 400),
                listed=True,
                synonyms=("可接待人数", "接待规模"),
            ),
            Column("beds", public=True, listed=True, synonyms=("床位", "接待能力")),
            Column("dining_seats", public=True, synonyms=("餐位数",)),
            Column("parking", public=True, synonyms=("车位", "停车位数")),
            Column(
                "price",
                upper="price_to",
                bands=(200, 300, 400, 500),
                public=True,
                filterable=True,
                listed=True,
                clean=cleaning.range_of(cleaning.yuan),
                synonyms=("价格", "协议价", "优惠价", "收费标准", "价格（元/人/天）"),
                example="280-320",
            ),
            Column(
                "price_includes",
                public=True,
                synonyms=("费用包含", "费用说明", "价格说明"),
                example="住宿、一日三餐",
            ),
            Column("days", public=True, filterable=True, synonyms=("疗休养天数", "天")),
            Column("routes", public=True, synonyms=("疗休养线路", "推荐线路")),
            Column(
                "seasons",
                public=True,
                filterable=True,
                clean=cleaning.several(Season),
                parts=tuple(Season.values),
                synonyms=("季节",),
                example="春、秋",
            ),
            Column("room_discount", public=True, synonyms=("住宿优惠",)),
            Column("meal_discount", public=True, synonyms=("餐饮优惠",)),
            Column("nearby", public=True, searchable=True, synonyms=("周边",)),
            Column("features", public=True, searchable=True, synonyms=("推荐理由", "特色")),
            Column("transport", public=True, synonyms=("交通", "交通指引")),
            Column("honours", public=True, synonyms=("荣誉称号",)),
            Column("photo", public=True, importable=False),
            Column("introduction", public=True, searchable=True, synonyms=("简介", "基地简介", "基地介绍")),
            Column(
                "status",
                filterable=True,
                synonyms=("基地状态",),
                clean=cleaning.choice(
                    Base.Status,
                    申报="applied",
                    考察="inspected",
                    专家评审="reviewed",
                    公示="noticed",
                    授牌="named",
                    已授牌="named",
                    保留="named",
                    正常="named",
                    摘牌="removed",
                    已摘牌="removed",
                ),
            ),
            NOTES,
        ),
    )
)
