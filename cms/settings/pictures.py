"""Pictures for visitors (content/core/pictures.py)."""

from .environment import env

# Whether the worker draws all sizes and formats as soon as a picture comes; else pages show one small JPEG each.
DRAW_PICTURES_AHEAD = env.bool("DRAW_PICTURES_AHEAD", default=True)
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILIMAGES_WEBP_QUALITY = 78
WAGTAILIMAGES_JPEG_QUALITY = 80
