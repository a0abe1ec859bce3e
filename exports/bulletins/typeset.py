"""Sets what WeasyPrint leaves: full Chinese lines reach the margin, the end block sinks to the last page's foot.

Works on the finished layout (boxes with positions), so nothing inside WeasyPrint is replaced. CSS Text would call it
`text-justify: inter-character`; WeasyPrint's own justification widens spaces, and Chinese has none. Style sheets ask
for it with the custom properties `--spread` (inherited) and, on the end block, the class `end-block`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

# Forbidden line starts, numbers and Latin words leave up to a few characters' room; more stays ragged.
MOST = 4


def settle(pages: Iterable[Any]) -> None:
    """Finish the pages of a laid-out `weasyprint.Document` in place."""
    for page in pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.BlockContainerBox) and _wants_spreading(box):
                spread_lines(box)
        sink_end_block(page._page_box)


def _wants_spreading(box: Any) -> bool:
    return any(getattr(token, "value", "") == "on" for token in box.style["__spread"])


def spread_lines(block: Any) -> None:
    """Spread the rest of every line, but the paragraph's last, over the gaps between its characters."""
    lines = [child for child in block.children if isinstance(child, boxes.LineBox)]
    goes_on = "bottom" in block.remove_decoration_sides  # the paragraph continues on the next page
    for line in lines if goes_on else lines[:-1]:
        characters = sum(len(box.text) for box in line.descendants() if isinstance(box, boxes.TextBox))
        rest = block.content_box_x() + block.width - line.position_x - line.width
        forced = any(box.element_tag.startswith("br") for box in line.descendants())
        if characters > 1 and not forced and 0 < rest <= MOST * block.style["font_size"]:
            _widen(line, rest / (characters - 1), 0)


def _widen(box: Any, gap: float, shift: float) -> float:
    """Move an inline box by `shift` CSS pixels, add `gap` after each character inside; return the next box's shift."""
    if isinstance(box, boxes.TextBox):
        added = gap * len(box.text)
        box.position_x += shift
        box.width += added
        box.style = box.style.copy()
        own = box.style["letter_spacing"]
        box.style["letter_spacing"] = gap + (0 if own == "normal" else own)
        return shift + added
    if not isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.translate(shift, 0)
        return shift
    box.position_x += shift
    reached = shift
    for child in box.children:
        if child.is_in_normal_flow():
            reached = _widen(child, gap, reached)
    box.width += reached - shift
    return reached


def sink_end_block(page_box: Any) -> None:
    """Move the end block 版记 down to the foot of the type area; it never shares its last line with text."""
    foot = page_box.content_box_y() + page_box.height
    for block in _with_class(page_box, "end-block"):
        block.translate(0, foot - (block.position_y + block.margin_height()))


def _with_class(page_box: Any, name: str) -> Iterator[Any]:
    for box in page_box.descendants():
        if box.element is not None and isinstance(box, boxes.BlockBox) and name in box.element.get("class", "").split():
            yield box
