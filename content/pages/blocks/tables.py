"""A table whose first row is always a header, so that it can be read aloud."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DecimalBlock, RichTextBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from .figures import DATA


class NumberBlock(DecimalBlock):
    """A decimal that keeps the digits it was given: 98.6 sent as a JSON number stays 98.6."""

    def to_python(self, value: Any) -> Decimal | None:
        return super().to_python(str(value) if isinstance(value, float) else value)


class TableBlock(TypedTableBlock):
    def __init__(self, local_blocks: object = None, **kwargs: object) -> None:
        cells = [
            ("text", CharBlock(label=_("Text cell"), required=False)),
            ("number", NumberBlock(label=_("Number cell"), required=False)),
            ("rich_text", RichTextBlock(label=_("Rich cell"), required=False, features=["bold", "link"])),
        ]
        super().__init__(local_blocks or cells, **kwargs)

    class Meta:
        label = _("Table block")
        icon = "table"
        group = DATA
        template = "pages/blocks/table.html"
        description = _("Rows and columns; the column headings are read aloud with every cell.")
        preview_value = {
            "caption": "各赛区进度（示例）",
            "columns": [{"type": "text", "heading": "赛区"}, {"type": "number", "heading": "完成（%）"}],
            "rows": [{"values": ["示例一标段", 86]}, {"values": ["示例二标段", 92]}],
        }
