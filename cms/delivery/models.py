"""The one number that says which state of the site the public sees."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublishVersion(models.Model):
    """One row, written by versions.py. It lives in the database, since processes need not share a cache."""

    number = models.PositiveBigIntegerField(_("publish version"), default=0)

    def __str__(self) -> str:
        return str(self.number)
