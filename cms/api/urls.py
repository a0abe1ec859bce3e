"""The API: Wagtail's v3 with our routers beside its own, added before `api.urls` is read."""

from django.urls import path
from wagtail.api.v3.urls import api

from .imports import build_import_router
from .problems import speak_our_language
from .registers import build_router

api.title = "星汇 API"
api.description = "页面与公开名录的接口。名录无需登录，只含已公布的记录和公开的字段。"
api.add_router("/registers/", build_router())
api.add_router("/imports/", build_import_router())
speak_our_language(api)

urlpatterns = [path("", api.urls)]
