"""StreamField blocks of articles, bulletins and standing pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock

from .figures import FigureBlock, FiguresBlock
from .media import CaptionedImageBlock, DocumentBlock
from .register_list import RegisterListBlock
from .shortcuts import ShortcutBlock
from .tables import TableBlock
from .text import HeadingBlock, ParagraphBlock, QuoteBlock

__all__ = ["BodyBlock", "FigureBlock", "FiguresBlock", "RegisterListBlock", "ShortcutBlock"]


class BodyBlock(StreamBlock):
    """The body of every page that has one. Names are a contract with the PDF, the API and the demo."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    quote = QuoteBlock()
    image = CaptionedImageBlock()
    document = DocumentBlock()
    figures = FiguresBlock()
    table = TableBlock()
    register_list = RegisterListBlock()

    class Meta:
        label = _("Body")
