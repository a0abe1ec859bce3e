"""The part of the OpenAPI document that partners rely on: registers, imports, and the schemas they use."""

import re
from typing import Any

from django.urls import get_resolver

REGISTERS, IMPORTS = "/api/v3/registers/", "/api/v3/imports/"


def register_document(*paths_of: str) -> dict[str, Any]:
    """Return the OpenAPI document narrowed to the registers, or to the paths that begin so. The whole is at `/api/v3/openapi.json`."""
    get_resolver().url_patterns  # noqa: B018  reads the addresses, which adds our routers to the API
    from wagtail.api.v3.urls import api

    whole: dict[str, Any] = api.get_openapi_schema()
    paths = {path: entry for path, entry in whole["paths"].items() if path.startswith(paths_of or REGISTERS)}
    schemas, wanted, used = whole["components"]["schemas"], _named(paths), set[str]()
    while wanted:
        name = wanted.pop()
        used.add(name)
        wanted |= _named(schemas[name]) - used
    components = {"schemas": {name: schemas[name] for name in sorted(used)}}
    if IMPORTS in paths_of:
        components["securitySchemes"] = whole["components"].get("securitySchemes", {})
    return {"openapi": whole["openapi"], "info": whole["info"], "paths": paths, "components": components}


def _named(part: Any) -> set[str]:
    return set(re.findall(r"#/components/schemas/(\w+)", str(part)))
