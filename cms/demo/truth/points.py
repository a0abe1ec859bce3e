"""205 invented activity points; about two in five belong to a base."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .bases import BaseTruth
from .deck import Deck
from .invented import MARK, landline, mobile, person
from .places import OTHERS, SUZHOU, City, District

COUNT = 205
IN_SUZHOU = 70

ACTIVITIES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "非遗体验": (
        ("{craft}体验馆", "{craft}工坊", "{craft}传习所"),
        (
            "由传承人带着做，两小时可完成一件{craft}小作品。",
            "一楼看展，二楼动手，{craft}的工具和材料都已备齐。",
            "讲清来历再上手，{craft}体验每场不超过二十人。",
        ),
    ),
    "农事采摘": (
        ("{poetic}果园", "{poetic}茶园", "{poetic}稻田课堂"),
        (
            "按节气安排采摘，入园赠竹篮一只，称重结算。",
            "茶季可采可炒，其余时节以除草、堆肥等农活代替。",
            "田埂已加宽，轮椅可以到达第一观景台。",
        ),
    ),
    "红色教育": (
        ("{scene}红色讲堂", "{scene}旧址教学点", "{scene}初心广场"),
        (
            "现场教学四十分钟，配有无线讲解器六十副。",
            "可预约重温誓词、红色家书诵读两项活动。",
            "讲解由志愿者承担，团队请提前三天预约。",
        ),
    ),
    "康养保健": (
        ("{poetic}中医馆", "{poetic}温泉汤院", "{poetic}理疗中心"),
        (
            "提供体质辨识、推拿和艾灸，医师均持证上岗。",
            "温泉水温三十八至四十二摄氏度，患有心脏病者请先咨询医师。",
            "肩颈调理每次四十分钟，适合长期伏案的职工。",
        ),
    ),
    "户外运动": (
        ("{scene}健步道", "{scene}骑行驿站", "{scene}露营地"),
        (
            "步道全长五公里，每公里设一处饮水点。",
            "提供头盔和公路车，骑行前由领队讲解安全事项。",
            "营地有固定帐篷三十顶，夜间有值守。",
        ),
    ),
    "文化演艺": (
        ("{scene}书场", "{scene}小剧场", "{poetic}音乐厅"),
        (
            "每周三、周六下午有一场地方戏，职工凭会员证免票。",
            "可容纳一百二十人，也接受班组自排节目登台。",
            "演出结束后留二十分钟，请演员与职工交流。",
        ),
    ),
    "亲子研学": (
        ("{scene}自然教室", "{poetic}亲子农场", "{scene}科普馆"),
        (
            "课程分六岁以下和六岁以上两组，家长可全程陪同。",
            "暑期每天一场，内容包括观鸟、辨叶和做标本。",
            "设母婴室和儿童餐，雨天课程移到室内。",
        ),
    ),
    "工业参观": (
        ("{scene}老厂房展馆", "{scene}茶厂参观线", "{scene}酿造工坊"),
        (
            "参观通道与生产区以玻璃隔开，全程约五十分钟。",
            "由退休职工担任讲解，讲机器，也讲人。",
            "末站可品尝当日出品，不设购物任务。",
        ),
    ),
    "阅读书屋": (
        ("{poetic}职工书屋", "{scene}湖畔书房", "{poetic}读书角"),
        (
            "藏书五千余册，可凭会员证借阅，到任一成员基地归还。",
            "临窗座位二十个，晚八点前不用预约。",
            "每月末有读书分享，欢迎自带一本书来交换。",
        ),
    ),
}
"""Kind of activity → (names, introductions)."""

POETIC = (
    "青梅", "杨梅坡", "白茶", "小暑", "芒种", "月见", "四时", "采薇", "南风", "远岫", "临波", "草木间", "知味", "悦享", "和煦", "百草", "听泉", "长亭",
    "绿野", "葵园", "晚晴", "拾穗", "朝露", "兰舟", "浅溪",
)  # fmt: skip
HOURS = (
    "9:00—17:00，周一闭馆",
    "全天开放",
    "8:30-16:30",
    "9:00-21:00",
    "周二至周日 9:00—16:30",
    "预约开放",
    "上午9点至下午5点",
    "4月—10月 8:00—18:00；11月—次年3月 8:30—17:00",
)


@dataclass
class PointTruth:
    city: City
    district: District
    name: str
    base: str
    activity: str
    address: str
    longitude: float
    latitude: float
    contact: str
    contact_phone: str
    opening_hours: str
    introduction: str

    @property
    def division(self) -> str:
        return self.city.code(self.district)


def points(bases: list[BaseTruth], seed: int = 20230415) -> list[PointTruth]:
    """Return all points, Suzhou's first. One that belongs to a base lies within walking distance of it."""
    rng = Random(seed)
    activities = Deck(rng, list(ACTIVITIES))
    names = {kind: Deck(rng, ACTIVITIES[kind][0]) for kind in ACTIVITIES}
    texts = {kind: Deck(rng, ACTIVITIES[kind][1]) for kind in ACTIVITIES}
    poetic, hours = Deck(rng, POETIC), Deck(rng, HOURS)
    suzhou = [base for base in bases if base.city is SUZHOU]
    others = [base for base in bases if base.city is not SUZHOU]
    made: list[PointTruth] = []
    taken: set[str] = set()
    while len(made) < COUNT:
        at_home = len(made) < IN_SUZHOU
        base = rng.choice(suzhou if at_home else others) if rng.random() < 0.4 else None
        city = base.city if base else SUZHOU if at_home else rng.choice(OTHERS)
        district = base.district if base else rng.choice(city.districts)
        activity = activities.deal()
        scene = rng.choice(district.landscape)
        filling = {"scene": scene, "poetic": poetic.deal(), "craft": rng.choice(city.crafts)}
        name = names[activity].deal().format(**filling)
        if not name.startswith(scene):
            name = scene + name
        if name in taken:
            continue
        taken.add(name)
        spread = 0.004 if base else 0.04
        made.append(
            PointTruth(
                city=city,
                district=district,
                name=MARK + name,
                base=base.name if base else "",
                activity=activity,
                address=f"{rng.choice(('文昌路', '湖滨路', '老街', '迎春巷', '竹园村', '桥西村', '南门外', '茶场路'))}{rng.randrange(1, 260)}号",
                longitude=round((base.longitude if base else district.longitude) + rng.uniform(-spread, spread), 6),
                latitude=round((base.latitude if base else district.latitude) + rng.uniform(-spread, spread), 6),
                contact=person(rng),
                contact_phone=rng.choice((mobile(rng), landline(rng, city.name))),
                opening_hours=hours.deal(),
                introduction=texts[activity].deal().format(**filling),
            )
        )
    return made
