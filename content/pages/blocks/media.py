"""Blocks of pictures and files."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

MEDIA = _("Picture and file blocks")


# Wagtail names the field after its key, in English, and takes no label for it.
ImageBlock.base_blocks["image"].meta.label = _("Picture file")


class CaptionedImageBlock(StructBlock):
    """A picture. Wagtail's own ImageBlock asks for alternative text, or the mark "decorative", before publishing."""

    image = ImageBlock(label=_("Picture with alternative text"))
    caption = CharBlock(label=_("Caption"), required=False, max_length=200)
    credit = CharBlock(label=_("Photographer"), required=False, max_length=60)

    class Meta:
        label = _("Picture block")
        icon = "image"
        group = MEDIA
        template = "pages/blocks/image.html"
        description = _("A picture with a caption. Say in words what it shows, for those who cannot see it.")


class DocumentBlock(StructBlock):
    document = DocumentChooserBlock(label=_("File"))
    title = CharBlock(label=_("Name shown"), required=False, max_length=120, help_text=_("The file's own when empty."))

    class Meta:
        label = _("File block")
        icon = "doc-full"
        group = MEDIA
        template = "pages/blocks/document.html"
        description = _("An attachment to download, with its type and size.")
