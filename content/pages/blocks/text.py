"""Blocks of words."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, RichTextBlock, StructBlock, TextBlock

TEXT = _("Text blocks")


class HeadingBlock(StructBlock):
    text = CharBlock(label=_("Heading text"), max_length=80)
    level = ChoiceBlock(
        label=_("Heading level"),
        choices=[("h2", _("Section heading")), ("h3", _("Subsection heading"))],
        default="h2",
        required=True,
    )

    class Meta:
        label = _("Heading block")
        icon = "title"
        group = TEXT
        template = "pages/blocks/heading.html"
        preview_value = {"text": "以赛促建，推动重点工程提速", "level": "h2"}
        description = _("Divides a long text; readers jump from heading to heading.")


class ParagraphBlock(RichTextBlock):
    def __init__(self, **kwargs: object) -> None:
        features = ["bold", "italic", "ol", "ul", "link", "document-link", "superscript", "subscript"]
        super().__init__(**({"features": features} | kwargs))

    class Meta:
        label = _("Paragraph block")
        icon = "pilcrow"
        group = TEXT
        template = "pages/blocks/paragraph.html"
        preview_value = "<p>各级工会围绕重点工程组织职工开展劳动竞赛，比质量、比进度、比创新、比安全。</p>"
        description = _("Running text with links, lists and emphasis. Paste it from Word; foreign styles are dropped.")


class QuoteBlock(StructBlock):
    text = TextBlock(label=_("Quoted text"))
    attribution = CharBlock(label=_("Who said it"), required=False, max_length=80)

    class Meta:
        label = _("Quote block")
        icon = "openquote"
        group = TEXT
        template = "pages/blocks/quote.html"
        preview_value = {"text": "技能提升了，收入也跟着涨了。", "attribution": "示例·一线职工"}
        description = _("One person's words, set apart.")
