"""Gathers the registers: every file of this folder that declares one. Adding a register is adding a file."""

from importlib import import_module
from pathlib import Path

_SUPPORT = {
    "__init__",
    "models",
    "apps",
    "chosen",
    "chosen_views",
    "listing",
    "selectors",
    "structured",
    "urls",
    "views",
    "wagtail_hooks",
}

for _file in sorted(Path(__file__).parent.glob("*.py")):
    if _file.stem not in _SUPPORT:
        import_module(f"{__package__}.{_file.stem}")
