"""What can go wrong between a page and its PDF; every message is for the person who asked for it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _


class NotPrintable(Exception):
    """A text or picture that cannot be set. `code` is of docs/error-codes.md."""

    code = "not_printable"


class MissingGlyphs(NotPrintable):
    """Characters that no face holds: printed, each would be an empty box."""

    code = "missing_glyphs"

    def __init__(self, characters: Sequence[str]) -> None:
        self.characters = tuple(characters)
        listed = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in self.characters[:10])
        super().__init__(
            _(
                "The fonts of the PDF lack %(count)d characters: %(characters)s. "
                "Replace them in the text, or install the system font Noto CJK (fonts-noto-cjk), then try again."
            )
            % {"count": len(self.characters), "characters": listed}
        )


class ResourcesRefused(NotPrintable):
    """Pictures or files that lie outside the site's own media, or are gone."""

    code = "resource_refused"

    def __init__(self, addresses: Sequence[str]) -> None:
        self.addresses = tuple(addresses)
        super().__init__(
            _(
                "These pictures or files cannot be put into the PDF: %(addresses)s. "
                "Upload them to the picture library of this site and choose them there."
            )
            % {"addresses": "、".join(address[:80] for address in self.addresses[:5])}
        )


class TooManyRows(NotPrintable):
    """A register list that is longer than a PDF may be."""

    code = "too_many_rows"

    def __init__(self, limit: int) -> None:
        super().__init__(
            _("A PDF list holds %(limit)d rows at most. Filter the list, or export XLSX or CSV instead.")
            % {"limit": limit}
        )
