"""What a source answers in advance to the questions that a file may raise, as nobody sits before the screen."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from exports.imports import questions

from .models import ImportSource

ASK = "ask"
CHOICES: dict[str, tuple[Any, list[tuple[str, Any]]]] = {
    "hidden": (
        _("Hidden rows and columns"),
        [
            ("", _("as usual: ask where the file waits for a person, else import them and say so")),
            ("import", _("import them")),
            ("leave", _("leave them out")),
            (ASK, _("wait for a person's answer")),
        ],
    ),
    "sheets": (
        _("Several sheets with data"),
        [
            (
                "",
                _(
                    "as usual: those of the saved mapping; else ask where the file waits for a person, or take the best one"
                ),
            ),
            ("all", _("all visible ones with the same header")),
            (ASK, _("wait for a person's answer")),
        ],
    ),
}


def answers_of(source: ImportSource) -> dict[str, Any]:
    """Return `ImportJob.answers` for a file of the source; where something is left open, a person is asked or not."""
    hidden, sheets = (source.answers.get(kind, "") for kind in CHOICES)
    said: dict[str, Any] = {questions.ASK: True} if not source.write or ASK in (hidden, sheets) else {}
    if hidden in ("import", "leave"):
        said |= {questions.ROWS: hidden == "import", questions.COLUMNS: hidden == "import"}
    if sheets == "all":
        said |= {questions.SHEETS: "all"}
    return said | ({questions.SAID_BY: source.name} if set(said) - {questions.ASK} else {})
