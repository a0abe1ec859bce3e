"""Draws the demo's pictures under data/pictures: `python -m cms.demo.make_pictures [FOLDER]`.

All are drawn by this project's own code and carry its licence. The same seed draws the same picture.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

from .drawing import industry, landscapes, lodging, palettes, rooms, streets
from .drawing.canvas import Canvas
from .drawing.palettes import Palette

FOLDER = Path(__file__).parent / "data" / "pictures"
WIDE, PHOTO = (1600, 900), (960, 540)
Scene = Callable[[Canvas, Palette], None]

ARTICLES: dict[str, tuple[Scene, str, int]] = {
    "lake-at-dawn": (landscapes.lake, "dawn", 11),
    "tea-terraces": (landscapes.terraces, "day", 12),
    "old-town": (landscapes.old_town, "dusk", 13),
    "memorial-hill": (landscapes.monument, "dawn", 14),
    "wellness-garden": (landscapes.garden, "day", 15),
    "chemical-works": (industry.factory, "dusk", 16),
    "gorge-dam": (industry.dam, "day", 17),
    "offshore-wind": (industry.offshore, "dawn", 18),
    "five-star-street": (streets.street, "day", 19),
    "mountain-road": (streets.road, "dawn", 20),
    "service-counter": (rooms.clinic, "day", 21),
    "lecture-hall": (rooms.lecture, "autumn", 22),
    "counsel-desk": (rooms.counsel, "day", 23),
    "phone-quiz": (streets.phone_quiz, "dusk", 24),
    "workshop": (rooms.workshop, "day", 26),
    "solar-plain": (industry.solar, "autumn", 27),
    "phone-order": (rooms.phone_order, "day", 28),
    "many-trades": (industry.crew, "dawn", 25),
}
BASES: dict[str, tuple[tuple[Scene, str], ...]] = {
    "homestay": (
        (landscapes.courtyard, "day"), (landscapes.courtyard, "dusk"), (landscapes.courtyard, "autumn"), (landscapes.courtyard, "dawn"),
        (landscapes.courtyard, "night"), (landscapes.lake, "day"), (landscapes.courtyard, "winter"), (landscapes.lake, "dusk"),
    ),
    "rural": (
        (landscapes.terraces, "day"), (landscapes.fields, "day"), (landscapes.fields, "autumn"), (landscapes.terraces, "dawn"), (landscapes.fields, "dawn"),
        (landscapes.terraces, "autumn"), (landscapes.fields, "dusk"),
    ),
    "town": ((landscapes.old_town, "day"), (landscapes.old_town, "night"), (landscapes.old_town, "autumn"), (landscapes.old_town, "winter"), (landscapes.old_town, "dawn")),
    "red": ((landscapes.monument, "day"), (landscapes.monument, "autumn"), (landscapes.monument, "dawn"), (landscapes.monument, "winter"), (landscapes.monument, "dusk")),
    "wellness": ((landscapes.garden, "day"), (landscapes.garden, "dawn"), (landscapes.garden, "autumn"), (landscapes.lake, "dawn"), (landscapes.garden, "dusk"), (landscapes.garden, "winter")),
    "room": ((lodging.guest_room, "day"), (lodging.guest_room, "dusk"), (lodging.guest_room, "autumn")),
    "dining": ((lodging.dining_room, "day"), (lodging.dining_room, "dusk")),
}  # fmt: skip

SCENES: dict[Scene, str] = {
    landscapes.courtyard: "白墙黛瓦的小院门口挂着灯笼，石板路旁的大树下摆着茶桌",
    landscapes.lake: "湖上有一叶白帆，远山和村落倒映在水里",
    landscapes.terraces: "层层茶园铺满山坡，有人戴着斗笠劳作，坡上是白墙农舍",
    landscapes.fields: "田垄伸向远方的村庄，两位戴斗笠的人走在田间，路边有一座凉亭",
    landscapes.old_town: "水乡人家临河而居，石拱桥下停着小船",
    landscapes.monument: "松林环抱的纪念碑前红旗飘扬，一队参观者站在台阶下",
    lodging.guest_room: "客房里两张铺好的床，床间亮着一盏台灯，窗外是青山",
    lodging.dining_room: "餐厅里红灯笼下一张圆桌，摆好了八副碗碟和几道热菜",
    landscapes.garden: "竹林旁有一池冒着热气的温泉，凉亭边几位职工在晨练",
    industry.factory: "化工厂区倒映水面，三位戴安全帽的工人站在岸边",
    industry.dam: "峡谷中的大坝正在泄水，山脊上立着输电塔",
    industry.offshore: "海上立着一排风力发电机，一艘红色作业船驶过",
    streets.street: "城市街边立着一块公示栏，栏头有五颗金星，四位职工驻足观看",
    streets.road: "山间公路上，一辆白色车厢、红色车头的货车正在行驶",
    rooms.clinic: "服务大厅里，两位工作人员在柜台后接待前来办事的职工",
    rooms.lecture: "讲课人站在带盾徽的大屏幕前，听众坐满礼堂",
    rooms.counsel: "律师与一位职工隔桌而坐，墙上屏幕里另一位律师在线，旁边是一架天平",
    streets.phone_quiz: "手机屏幕上显示带盾徽的答题页面，旁边有翻开的书和三位职工",
    rooms.workshop: "车间里，一位师傅和两位徒弟站在车床旁，墙上挂着一排小铜牌",
    industry.solar: "雪山下的戈壁上排满光伏板，三位戴安全帽的建设者站在前面",
    rooms.phone_order: "手机屏幕上是一位律师的名片和五颗星，两旁的职工与律师正在对话",
    industry.crew: "九位不同行业的职工并肩站在工地与风机前",
}
LIGHTS = {"dawn": "清晨", "day": "晴日里", "autumn": "秋天", "dusk": "黄昏", "winter": "冬日里", "night": "夜色中"}


def names_of(kind: str) -> list[str]:
    """Return the names of the pictures for bases of a kind."""
    return [f"base-{kind}-{number}" for number in range(1, len(BASES[kind]) + 1)]


def alternatives() -> dict[str, str]:
    """Return the name of every picture and what it shows, in words."""
    found = {name: f"插画：{LIGHTS[light]}，{SCENES[scene]}" for name, (scene, light, _seed) in ARTICLES.items()}
    for kind, variants in BASES.items():
        for name, (scene, light) in zip(names_of(kind), variants, strict=True):
            found[name] = f"插画：{LIGHTS[light]}，{SCENES[scene]}"
    return found


def draw(scene: Scene, light: str, seed: int, size: tuple[int, int], *, mirrored: bool = False) -> bytes:
    """Return one picture as JPEG."""
    canvas = Canvas(Random(seed), size)
    scene(canvas, palettes.ALL[light])
    if mirrored:
        canvas.mirror()
    return canvas.finish(78)


def draw_base(kind: str, number: int) -> bytes:
    """Return the picture for bases of a kind with this number, counted from 1; every second one is mirrored."""
    scene, light = BASES[kind][number - 1]
    return draw(scene, light, 100 + number * 37 + len(kind), PHOTO, mirrored=number % 2 == 0)


def make_pictures(folder: Path = FOLDER) -> list[Path]:
    """Draw every picture into `folder` and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, (scene, light, seed) in ARTICLES.items():
        written.append(folder / f"{name}.jpg")
        written[-1].write_bytes(draw(scene, light, seed, WIDE))
    for kind in BASES:
        for number, name in enumerate(names_of(kind), 1):
            written.append(folder / f"{name}.jpg")
            written[-1].write_bytes(draw_base(kind, number))
    return written


if __name__ == "__main__":
    for path in make_pictures(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        sys.stdout.write(f"{path.name} {path.stat().st_size // 1024} KB\n")
