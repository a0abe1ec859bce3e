"""What `make audit` found: a small JSON for machines, a table for people, and what is not as it must be."""

from __future__ import annotations

import json

from tests.system.conftest import PROJECT

FOLDER = PROJECT / "docs" / "audit"
LARGEST_PAINT = 1_800  # ms on Lighthouse's slow 4G
SHIFT = 0.05
WITHOUT_PICTURES = 150_000  # bytes
NAMES = {"home": "首页", "bases": "疗休养基地（查找）", "bases row": "基地页", "news page": "文章"}


def write(*, scores: list[dict] | None, checked: dict[str, list[str]] | None) -> list[str]:
    """Write the reports of a complete run and return the problems."""
    problems = [*_slow(scores or []), *_invalid(checked or {})]
    if scores is not None and checked is not None:
        FOLDER.mkdir(exist_ok=True)
        summary = {"lighthouse": scores, "markup": {name: len(found) for name, found in checked.items()}}
        (FOLDER / "report.json").write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n")
        (FOLDER / "report.md").write_text(_table(scores, checked))
    for score in scores or []:
        print(score["page"], score["categories"], score["largest_paint"], score["shift"], score["below"])
    return problems


def _slow(scores: list[dict]) -> list[str]:
    found = []
    for score in scores:
        found += [f"{score['page']}: {key} {value}" for key, value in score["categories"].items() if value < 100]
        if score["largest_paint"] > LARGEST_PAINT:
            found.append(f"{score['page']}: largest paint after {score['largest_paint']} ms")
        if score["shift"] >= SHIFT:
            found.append(f"{score['page']}: layout shift {score['shift']}")
        if score["bytes_without_pictures"] > WITHOUT_PICTURES:
            found.append(f"{score['page']}: {score['bytes_without_pictures']} bytes without pictures")
    return found


def _invalid(checked: dict[str, list[str]]) -> list[str]:
    return [f"{name}: {message}" for name, messages in checked.items() for message in messages]


def _table(scores: list[dict], checked: dict[str, list[str]]) -> str:
    lines = [
        "# 网页质量报告",
        "",
        "由 `make audit` 写出：全新的演示实例，按正式方式提供（压缩、带指纹的静态文件，页面缓存），Debian 的 Chromium，"
        "Lighthouse 的手机与慢速 4G 设定，每页三次取中位数。",
        "",
        "| 页面 | 性能 | 无障碍 | 最佳做法 | SEO | 首次绘制 ms | 最大绘制 ms | 阻塞 ms | 布局移动 | 传输 KB（不含图片） |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for score in scores:
        values = [NAMES[score["page"]], *score["categories"].values()]
        values += [score["first_paint"], score["largest_paint"], score["blocking"], score["shift"]]
        sizes = f"{score['bytes_all'] / 1000:.0f}（{score['bytes_without_pictures'] / 1000:.0f}）"
        lines.append(f"| {' | '.join(map(str, [*values, sizes]))} |")
    total = sum(map(len, checked.values()))
    lines += [
        "",
        f"Nu 检查器：{len(checked)} 种页面，{total} 条错误或警告（唯一不计的一条建议及原因见 `tests/audit/markup.py`）。",
        "",
    ]
    return "\n".join(lines)
