"""What the site says about itself: footer, filings, contact."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="cog", order=100)
class SiteSettings(BaseSiteSetting):
    """Filings are configured, never invented: an empty one is not shown."""

    host_organisation = models.CharField(_("host organisation"), max_length=120, blank=True)
    run_by = models.CharField(_("run by"), max_length=120, blank=True)
    address = models.CharField(_("postal address"), max_length=200, blank=True)
    phone = models.CharField(_("contact phone"), max_length=60, blank=True)
    icp_number = models.CharField(_("ICP filing number"), max_length=60, blank=True, help_text="京ICP备12345678号-1")
    police_number = models.CharField(
        _("public-security filing number"), max_length=60, blank=True, help_text="京公网安备 11010102000001号"
    )
    site_code = models.CharField(_("site identification code"), max_length=20, blank=True)
    share_image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("default picture for sharing"),
    )
    map_picture = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("standard map"),
        help_text=_(
            "A map from the standard-map service of the state or the province, unaltered. Shown on the page of the alliance."
        ),
    )
    map_number = models.CharField(
        _("map approval number"),
        max_length=40,
        blank=True,
        validators=[
            RegexValidator(
                r"^[^\s()（）]{1,4}[(（]\d{4}[)）]\d{1,6}号$",
                _("Write the number as it stands on the map, as GS(2019)1822号."),
            )
        ],
        help_text=_(
            "As it stands on the map, without the words before it: GS(2019)1822号. A map must not be shown without."
        ),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("host_organisation"), FieldPanel("run_by"), FieldPanel("address"), FieldPanel("phone")],
            heading=_("Who runs the site"),
        ),
        MultiFieldPanel(
            [FieldPanel("icp_number"), FieldPanel("police_number"), FieldPanel("site_code")], heading=_("Filings")
        ),
        MultiFieldPanel([FieldPanel("map_picture"), FieldPanel("map_number")], heading=_("Standard map")),
        FieldPanel("share_image"),
    ]

    class Meta:
        verbose_name = _("site details")
        verbose_name_plural = _("site details")

    def clean(self) -> None:
        super().clean()
        if self.map_picture and not self.map_number:
            message = _("A map may only be published with its approval number: write it, or take the map out.")
            raise ValidationError({"map_number": ValidationError(message, code="map_number_missing")})
