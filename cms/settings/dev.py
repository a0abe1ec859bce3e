"""`manage.py` and `make run` on one's own machine."""

from .base import *
from .environment import env, secret_key

SECRET_KEY = secret_key(make=True)
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
