"""The doors on the home page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, PageChooserBlock, StructBlock, StructValue
from wagtail.blocks.struct_block import StructBlockValidationError


class ShortcutValue(StructValue):
    @property
    def url(self) -> str:
        page = self.get("page")
        return (page.url if page and page.live else "") or self.get("address") or ""


class ShortcutBlock(StructBlock):
    label = CharBlock(label=_("Name of the shortcut"), max_length=20)
    hint = CharBlock(label=_("What one finds there"), required=False, max_length=60)
    page = PageChooserBlock(label=_("Page it leads to"), required=False)
    address = CharBlock(
        label=_("Or an address of this site"), required=False, max_length=200, help_text=_("Begins with /, as /bases/.")
    )

    class Meta:
        label = _("Shortcut")
        icon = "link"
        value_class = ShortcutValue
        template = "pages/blocks/shortcut.html"
        preview_value = {"label": "疗休养基地", "hint": "按地区、类型查找联盟基地", "address": "/bases/"}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        address = cleaned.get("address") or ""
        if address and (not address.startswith("/") or address.startswith("//")):
            message = _("Write an address of this site that begins with a single /, as /bases/.")
            raise StructBlockValidationError(block_errors={"address": ValidationError(message)})
        if not self.is_deferred_validation and not cleaned.get("page") and not address:
            message = _("Choose a page, or write an address: the shortcut leads nowhere yet.")
            raise StructBlockValidationError(block_errors={"page": ValidationError(message)})
        return cleaned
