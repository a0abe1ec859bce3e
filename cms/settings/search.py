"""Full-text search that reads Chinese (see content/search)."""

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "content.search.backend"}}
MODELSEARCH_BACKENDS = WAGTAILSEARCH_BACKENDS
