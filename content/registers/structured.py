"""What search engines read of a row's page: JSON-LD in the words of schema.org."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from content.core import divisions
from content.core.faces.cell import number
from content.core.register import Register
from content.core.row_pictures import RowPicture

from .bases import Base

Address = Callable[[str], str]


def data(
    register: Register,
    row: Any,
    crumbs: Iterable[tuple[Any, str]],
    absolute: Address,
    *,
    pictures: Iterable[RowPicture] = (),
) -> list[dict[str, Any]]:
    """Return the JSON-LD objects of a row's page; `absolute` makes a full address of a path. pictures: in order."""
    found = [breadcrumb(crumbs, row, absolute)]
    if isinstance(row, Base):
        found.append(lodging(row, absolute, pictures))
    return found


def breadcrumb(crumbs: Iterable[tuple[Any, str]], row: Any, absolute: Address) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": at, "name": str(label), "item": absolute(path or row.get_absolute_url())}
        for at, (label, path) in enumerate(crumbs, start=1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def lodging(base: Base, absolute: Address, pictures: Iterable[RowPicture] = ()) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LodgingBusiness",
        "@id": absolute(base.get_absolute_url()),
        "url": absolute(base.get_absolute_url()),
        "name": base.name,
        "description": base.introduction or base.features,
        "telephone": base.booking_phone,
        "address": {
            "@type": "PostalAddress",
            "addressCountry": "CN",
            "addressRegion": divisions.full_names().get(base.division_id, ""),
            "streetAddress": base.address,
        },
    }
    if base.latitude is not None and base.longitude is not None:
        described["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": number(base.latitude),
            "longitude": number(base.longitude),
        }
    if base.price is not None:
        upper = f"–{number(base.price_to)}" if base.price_to not in (None, base.price) else ""
        described["priceRange"] = f"¥{number(base.price)}{upper}"
    described["image"] = [absolute(picture.image.file.url) for picture in pictures]
    return {name: value for name, value in described.items() if value}
