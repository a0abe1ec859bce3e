"""`manage.py draw_pictures`: every public picture in all sizes and formats, now and in this process."""

import time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from content.core.pictures import draw
from content.core.signals import pictures_drawn


class Command(BaseCommand):
    help = "Draw what is missing of all pictures. The worker does so by itself; this is for after an upgrade."

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        drawn = 0
        model = get_image_model()
        for image in model.objects.iterator(chunk_size=100):
            drawn += draw(image)
        if drawn:
            pictures_drawn.send(sender=model, image=None)
        facts = {"count": drawn, "seconds": time.monotonic() - began}
        self.stdout.write(_("%(count)d cuts of pictures drawn in %(seconds).1f s.") % facts)
