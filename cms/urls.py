"""Every address of the house. The rooms bring their own; Wagtail's pages take what is left."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Pictures only: documents go through Wagtail's view, which asks for permission.
    re_path(r"^media/(?P<path>(?:images|original_images)/.+)$", serve, {"document_root": settings.MEDIA_ROOT}),
    path("api/v3/", include("cms.api.urls")),
    path("", include("cms.ops.urls")),
    path("", include("exports.bulletins.urls")),
    path("", include("exports.resources.urls")),
    path("", include("content.core.urls")),
    # Before the registers: /bases/alliance/ is no code of a base.
    path("", include("content.pages.urls")),
    path("", include("content.registers.urls")),
    path("", include("content.search.urls")),
    path("", include(wagtail_urls)),
]
