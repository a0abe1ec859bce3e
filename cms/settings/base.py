"""What every instance shares. One small file a service stands beside this one."""

from django.utils.translation import gettext_lazy as _

from .cache import *
from .database import *
from .environment import PROJECT, env
from .imports import *
from .lockout import *
from .logs import *
from .pictures import *
from .search import *
from .security import *
from .storage import *
from .tasks import *
from .wagtail import *

INSTALLED_APPS = [
    # the rooms, lowest last, so that a higher room may override a template of a lower one
    "cms.admin",
    "cms.access.apps.AccessConfig",
    "cms.api",
    "cms.delivery",
    "cms.ops",
    "cms.demo",
    "exports.bulletins",
    "exports.imports",
    "exports.resources",
    "exports.sources",
    "content.pages",
    "content.registers",
    "content.search",
    "content.core",
    # Wagtail
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.access.apps.UsersAppConfig",  # wagtail.users with our user forms
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "content.search.index_app.SearchIndexConfig",  # wagtail.search, indexing at once
    "wagtail.admin",
    "wagtail.api.v3",
    "wagtail",
    "modelcluster",
    "taggit",
    "ninja",
    "import_export",
    "django_filters",
    "django_tables2",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "axes",
    # Django
    "django.contrib.admin.apps.SimpleAdminConfig",  # templates that import-export and taggit name; no URL
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.ops.maintenance.MaintenanceMiddleware",
    "cms.delivery.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cms.admin.middleware.BackofficeMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
AUTH_USER_MODEL = "core.User"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    }
]

# Simplified Chinese is the first language of every screen.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
# The rooms, then what Wagtail itself leaves in English (cms/translations/wagtail).
LOCALE_PATHS = [PROJECT / room / "locale" for room in ("site", "cms", "exports", "content")]
LOCALE_PATHS.append(PROJECT / "cms" / "translations" / "wagtail")
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["cms.formats"]

# Each process keeps the names of divisions in memory and looks this often (s) whether another one changed them.
DIVISION_NAMES_SECONDS = 10

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # StreamField forms are long
BASE_URL = env.str("BASE_URL", default="http://localhost:8000")
