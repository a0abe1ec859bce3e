"""A cache in the process, or Redis/Valkey when REDIS_URL names one. Public pages have a cache of their own."""

from .environment import env

PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=600)

if _redis := env.str("REDIS_URL", default=""):
    _shared = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _redis}
    CACHES = {"default": _shared, "pages": {**_shared, "KEY_PREFIX": "pages"}}
else:
    _local = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    CACHES = {
        "default": {**_local, "LOCATION": "default"},
        "pages": {**_local, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 500}},  # some 40 MB
    }
