"""Blocks of numbers."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock

DATA = _("Data blocks")

_PREVIEW = [
    {"label": "引领性劳动竞赛", "value": "16", "unit": "项", "note": "全国总工会批准"},
    {"label": "参赛职工", "value": "12.6", "unit": "万人", "note": "示例数据"},
]


class FigureBlock(StructBlock):
    """One number that matters. `value` is text, as "近200" and "6:4" are figures too."""

    label = CharBlock(label=_("What is counted"), max_length=40)
    value = CharBlock(label=_("Figure value"), max_length=20)
    unit = CharBlock(label=_("Figure unit"), required=False, max_length=12)
    note = CharBlock(label=_("Figure note"), required=False, max_length=80)

    class Meta:
        label = _("Figure")
        icon = "order"
        template = "pages/blocks/figure.html"
        preview_value = _PREVIEW[0]


class FiguresBlock(StructBlock):
    title = CharBlock(label=_("Title of the figures"), required=False, max_length=60)
    items = ListBlock(FigureBlock(), label=_("Figures"), min_num=1, max_num=12)

    class Meta:
        label = _("Figures block")
        icon = "order"
        group = DATA
        template = "pages/blocks/figures.html"
        preview_value = {"title": "竞赛成果", "items": _PREVIEW}
        description = _("Numbers set large, each with its unit and a note.")
