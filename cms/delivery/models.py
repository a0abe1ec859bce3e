"""The numbers that say which state of the site the public sees."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublishVersion(models.Model):
    """The state of the whole site (`register` is empty) and of each register, written by versions.py.

    It lives in the database, since processes need not share a cache.
    """

    register = models.CharField(_("register"), max_length=60, default="", blank=True, unique=True)
    number = models.PositiveBigIntegerField(_("publish version"), default=0)

    def __str__(self) -> str:
        return f"{self.register or '*'} {self.number}"
