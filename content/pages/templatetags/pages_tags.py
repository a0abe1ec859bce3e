"""What page templates ask for: structured data, pictures for sharing, paragraphs of plain text."""

from __future__ import annotations

import json
import re
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Site

from content.pages import structured_data
from content.pages.models import SiteSettings

register = template.Library()

# `</script>` inside a title must not end the block.
_UNSAFE = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def json_ld(context: Context, page: Any, *kinds: str) -> SafeString:
    """Write the structured data of a page: `{% json_ld page "breadcrumb" "article" %}`."""
    request: Any = context["request"]
    settings = SiteSettings.for_request(request)
    site = Site.find_for_request(request)
    data = []
    if "breadcrumb" in kinds:
        data.append(structured_data.breadcrumb(page, request=request))
    if "article" in kinds:
        site_name = site.site_name if site else ""
        data.append(structured_data.article(page, request=request, site_settings=settings, site_name=site_name))
    blocks = (json.dumps(item, ensure_ascii=False).translate(_UNSAFE) for item in data)
    return mark_safe("\n".join(f'<script type="application/ld+json">{block}</script>' for block in blocks))  # noqa: S308


@register.simple_tag(takes_context=True)
def share_picture(context: Context, page: Any) -> Any:
    """Return the rendition for sharing, with an absolute `href`, or None."""
    request: Any = context["request"]
    rendition = structured_data.share_picture(page, site_settings=SiteSettings.for_request(request))
    if rendition:
        rendition.href = request.build_absolute_uri(rendition.url)
    return rendition


@register.filter
def paragraphs(text: str) -> list[str]:
    """Split plain text at line breaks, as people write letters; blank lines do not count."""
    return [line.strip() for line in re.split(r"[\r\n]+", text or "") if line.strip()]
