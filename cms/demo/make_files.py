"""Writes the demo spreadsheets under data/registers: `python -m cms.demo.make_files [FOLDER]`.

It knows the truth (`truth/`) and writes it as federations might really send it: clean enough to be read without one
error, dirty enough to be worth reading. The same seed gives the same files; a test holds the shipped ones to it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from . import dirt
from .dirt import Cell
from .sheets import Sheet, numbered, write_gb18030, write_xlsx
from .truth.base_words import KINDS
from .truth.bases import BaseTruth, bases
from .truth.competitions import CompetitionTruth, competitions
from .truth.places import SUZHOU
from .truth.points import PointTruth, points
from .truth.ratings import RatingTruth, ratings
from .truth.unions import UnionTruth, unions

FOLDER = Path(__file__).parent / "data" / "registers"
ERRORS = "示例-有错误的基地表.xlsx"
SIGNATURE = "填表人：示例·陆知行    审核人：示例·范明湖    联系电话：0512-00001235"

UNION_KINDS = {
    "grassroots": ("独立基层", "独立基层工会", "基层工会"),
    "joint": ("联合基层", "联合", "联合基层"),
    "street": ("街道", "街道", "乡镇"),
    "park": ("园区", "园区", "园区"),
    "industry": ("行业", "行业", "行业"),
    "group": ("集团", "集团", "集团"),
}
FORMS = {"separate": ("单独", "单独建会"), "joint": ("联合", "联合建会"), "fallback": ("兜底", "兜底建")}


def make_files(folder: Path = FOLDER) -> list[Path]:
    """Write every file into `folder` and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    all_bases, all_unions = bases(), unions()
    all_points, all_ratings = points(all_bases), ratings(all_unions)
    rng = Random(41)
    at_home = {base.division for base in all_bases if base.city is SUZHOU}
    central = {union.division for union in all_unions if union.division <= "510114"}
    written: list[Path] = []

    def write(name: str, sheet: Sheet) -> None:
        path = folder / name
        (write_xlsx if name.endswith(".xlsx") else write_gb18030)(path, sheet)
        written.append(path)

    write("苏州市疗休养基地汇总表.xlsx", suzhou_bases(rng, [b for b in all_bases if b.division in at_home]))
    write("联盟成员城市疗休养基地登记表.csv", other_bases(rng, [b for b in all_bases if b.division not in at_home]))
    write("苏州市疗休养活动点一览表.xlsx", suzhou_points(rng, [p for p in all_points if p.division in at_home]))
    write("联盟成员城市疗休养活动点.csv", other_points(rng, [p for p in all_points if p.division not in at_home]))
    write("成都市中心城区工会台账.xlsx", central_unions(rng, [u for u in all_unions if u.division in central]))
    write("成都市近郊区县工会台账.csv", outer_unions(rng, [u for u in all_unions if u.division not in central]))
    for year, suffix in ((2022, "xlsx"), (2023, "csv"), (2024, "xlsx")):
        rated = [rating for rating in all_ratings if rating.year == year]
        write(f"{year}年度工会星级评定结果.{suffix}", rating_results(rng, year, rated))
    write("引领性劳动竞赛项目表.xlsx", competition_list(rng, competitions()))
    write(ERRORS, wrong_bases(rng, [b for b in all_bases if b.city is SUZHOU][:8]))
    return written


def suzhou_bases(rng: Random, rows: list[BaseTruth]) -> Sheet:
    """Suzhou's own list: with codes, a numbering column, a line of totals and signatures."""
    headers, lines = numbered(
        ("基地编码", "单位名称*", "社会统一信用代码", "所在市县", "类别", "级别(省/市/县)", "命名批次", "授牌日期", "有效期", "详细地址",
         "经度", "纬度", "负责人", "负责人手机", "预订联系人", "联系方式", "可接待人数", "床位\n（张）", "餐位", "车位", "协议价", "天数", "推荐线路",
         "适宜季节", "住宿折扣", "餐饮折扣", "周边景点", "特色", "交通", "荣誉", "基地简介", "基地状态", "价格包含"),
        [[f"JD{b.division}{_serial(rows, b):04d}", *_base_cells(rng, b)] for b in rows],
    )  # fmt: skip
    total: list[Cell] = [None] * len(headers)
    total[1], total[2] = "合计", f"{len(rows)}家"
    total[headers.index("床位\n（张）")] = sum(b.beds for b in rows)
    return Sheet(
        title="苏州市职工疗休养基地汇总表",
        subtitle="填报单位：苏州市总工会（示例）        填报日期：2023年4月26日        单位：家、张、元/人/天",
        headers=headers,
        rows=lines,
        total=total,
        footer=(SIGNATURE, "说明：本表所列基地均为示例数据。"),
        guide=(
            "填表说明",
            "1. 单位名称须与营业执照一致。",
            "2. 类别按旅游民宿、乡村旅游、小镇、红色旅游、康养填写。",
            "3. 协议价按元/人/天填写，可填区间。",
        ),
        sheet_name="疗休养基地",
        wide=("推荐线路", "基地简介", "交通", "特色"),
    )


def other_bases(rng: Random, rows: list[BaseTruth]) -> Sheet:
    """The other cities' list: GB18030, no codes, other words in the header."""
    return Sheet(
        title="长三角及更大区域疗休养基地联盟成员基地登记表（示例）",
        headers=("酒店名称", "信用代码", "所属地区", "基地类别", "等级", "批次", "命名时间", "有效期至", "地址", "经度", "纬度", "法人", "负责人电话",
                 "联系人", "预定电话", "接待人数", "床位数", "餐位数", "停车位", "收费标准", "疗休养天数", "线路", "季节", "住宿优惠", "餐饮优惠", "周边",
                 "推荐理由", "交通指南", "荣誉称号", "介绍", "状态", "费用包含"),
        rows=[_base_cells(rng, base) for base in rows],
        footer=("填表人：示例·傅思齐  填表日期：2023.5.8",),
    )  # fmt: skip


def _serial(rows: list[BaseTruth], base: BaseTruth) -> int:
    return [row.name for row in rows if row.division == base.division].index(base.name) + 1


def _base_cells(rng: Random, b: BaseTruth) -> list[Cell]:
    return [
        dirt.name(rng, b.name), dirt.code(rng, b.credit_code),
        dirt.place(rng, b.city.province, b.city.name, b.district.name, b.division), rng.choice(KINDS[b.kind]),
        rng.choice((b.grade, b.grade[0])), b.batch, dirt.day(rng, b.named_on), dirt.day(rng, b.valid_until), dirt.words(rng, b.address),
        b.longitude, b.latitude, b.manager, dirt.phone(rng, [b.manager_phone]), b.booking_contact, dirt.phone(rng, b.booking_phones),
        dirt.number(rng, b.capacity, "人"), dirt.number(rng, b.beds, "张"), dirt.number(rng, b.dining_seats), dirt.number(rng, b.parking, "个"),
        dirt.price(rng, b.price, b.price_to), dirt.number(rng, b.days, "天"), b.routes, dirt.seasons(rng, b.seasons),
        b.room_discount, b.meal_discount, dirt.words(rng, b.nearby), b.features, dirt.words(rng, b.transport), dirt.words(rng, b.honours),
        b.introduction, rng.choice(("授牌", "已授牌", "正常")), b.price_includes,
    ]  # fmt: skip


def suzhou_points(rng: Random, rows: list[PointTruth]) -> Sheet:
    headers, lines = numbered(
        (
            "活动点名称",
            "所属疗休养基地",
            "所属地区",
            "活动类别",
            "详细地址",
            "经度",
            "纬度",
            "联系人",
            "电话",
            "开放时间",
            "活动点介绍",
            "状态",
        ),
        [_point_cells(rng, point) for point in rows],
    )
    return Sheet(
        title="苏州市职工疗休养活动点一览表",
        subtitle="（示例数据，2023年4月）",
        headers=headers,
        rows=lines,
        footer=(f"合计：{len(rows)}个", SIGNATURE),
        repeat=40,
        sheet_name="活动点",
        wide=("活动点介绍",),
    )


def other_points(rng: Random, rows: list[PointTruth]) -> Sheet:
    return Sheet(
        title="疗休养基地联盟成员城市活动点（示例）",
        headers=(
            "名称",
            "依托基地",
            "城市",
            "活动类型",
            "地址",
            "经度",
            "纬度",
            "联系人姓名",
            "手机",
            "营业时间",
            "简介",
            "状态",
        ),
        rows=[_point_cells(rng, point) for point in rows],
        footer=("填表人：示例·傅思齐",),
    )


def _point_cells(rng: Random, p: PointTruth) -> list[Cell]:
    return [
        dirt.name(rng, p.name), dirt.words(rng, p.base), dirt.place(rng, p.city.province, p.city.name, p.district.name, p.division),
        p.activity, p.address, p.longitude, p.latitude, p.contact, dirt.phone(rng, [p.contact_phone]), dirt.words(rng, p.opening_hours),
        p.introduction, rng.choice(("开放", "正常")),
    ]  # fmt: skip


def central_unions(rng: Random, rows: list[UnionTruth]) -> Sheet:
    headers, lines = numbered(
        ("工会全称", "社会统一信用代码", "工会类型", "组织形式", "隶属工会", "所属区县", "单位名称", "单位统一社会信用代码", "企业性质", "所属行业", "成立时间", "建会方式",
         "批准文号", "届次", "任期起", "任期止", "工会主席", "主席手机", "经办人", "联系方式", "职工总数", "其中女职工", "会员数", "其中女会员", "农民工数",
         "新就业形态劳动者数", "25人以上", "建会形式\n（单独/联合/兜底）", "现星级", "状态"),
        [_union_cells(rng, union) for union in rows],
    )  # fmt: skip
    return Sheet(
        title="成都市中心城区工会组织台账（示例）",
        subtitle="填报单位：成都市总工会（示例）      统计截止：2024年12月31日",
        headers=headers,
        rows=lines,
        footer=(f"合计 {len(rows)} 家", "填表人：示例·谭若谷    复核：示例·程舒窈"),
        group=("人数情况", "职工总数", "新就业形态劳动者数"),
        sheet_name="工会台账",
        wide=("工会全称", "单位名称"),
    )


def outer_unions(rng: Random, rows: list[UnionTruth]) -> Sheet:
    return Sheet(
        title="成都市近郊及远郊区县工会组织台账（示例）",
        headers=("基层工会名称", "税号", "工会类别", "组织类型", "上级工会", "所在区划", "企业名称", "企业信用代码", "单位性质", "行业", "建会日期", "建会方式",
                 "批复文号", "届期", "本届起始", "本届届满", "负责人", "负责人电话", "联系人", "手机号码", "员工人数", "女职工人数", "工会会员数", "女会员人数",
                 "农民工人数", "新就业形态人数", "是否25人以上", "建会形式", "评定星级", "状态"),
        rows=[_union_cells(rng, union) for union in rows],
        footer=("制表：示例·乔文心",),
    )  # fmt: skip


def _union_cells(rng: Random, u: UnionTruth) -> list[Cell]:
    return [
        dirt.name(rng, u.name), dirt.code(rng, u.credit_code), rng.choice(UNION_KINDS[u.kind]), u.organisation, dirt.words(rng, u.parent),
        dirt.place(rng, "四川省", "成都市", u.district, u.division), u.unit_name, u.unit_code, u.unit_nature, u.industry,
        dirt.day(rng, u.founded_on), u.founding_way, u.approval_number, u.term, dirt.day(rng, u.term_from), dirt.day(rng, u.term_to),
        u.chair, dirt.phone(rng, [u.chair_phone]), u.contact, dirt.phone(rng, [u.contact_phone]), dirt.number(rng, u.employees, "人"),
        dirt.number(rng, u.women_employees, "人"), dirt.number(rng, u.members, "人"), dirt.number(rng, u.women_members), dirt.number(rng, u.migrant_workers),
        dirt.number(rng, u.new_form_workers), dirt.yes(rng, u.employees >= 25), rng.choice(FORMS[u.founding_form]), dirt.stars(rng, u.stars),
        rng.choice(("正常", "已建")),
    ]  # fmt: skip


def rating_results(rng: Random, year: int, rows: list[RatingTruth]) -> Sheet:
    headers, lines = numbered(
        ("年度", "单位名称", "工会统一社会信用代码", "所属区县", "类型", "申报等级", "上年星级", "自评得分", "运行机制", "履职作为", "工作创新", "审核得分",
         "初审单位", "终审单位", "评定日期", "是否现场核查", "评定星级", "评定状态", "公示起", "公示止", "有效期至", "证书号", "说明"),
        [_rating_cells(rng, rating) for rating in rows],
    )  # fmt: skip
    awarded = [rating for rating in rows if rating.stars]
    summary = "，".join(f"{'一二三四五'[n - 1]}星级{sum(r.stars == n for r in awarded)}家" for n in range(1, 6))
    return Sheet(
        title=f"{year}年度工会星级评定结果汇总表（示例）",
        subtitle="主办：成都市总工会（示例）",
        headers=headers,
        rows=lines,
        footer=(f"合计：{len(awarded)}家，其中{summary}", "填表人：示例·谭若谷"),
        sheet_name=f"{year}年度",
        wide=("单位名称", "初审单位", "终审单位"),
    )


def _rating_cells(rng: Random, r: RatingTruth) -> list[Cell]:
    return [
        _year(rng, r.year), r.union.name, dirt.code(rng, r.union.credit_code), f"成都市{r.union.district}", rng.choice(UNION_KINDS[r.union.kind]),
        dirt.stars(rng, r.applied), dirt.stars(rng, r.previous), r.self_score, *r.parts, r.review_score, r.first_reviewer, r.final_reviewer,
        dirt.day(rng, r.reviewed_on), dirt.yes(rng, r.inspected), dirt.stars(rng, r.stars), "已评定" if r.stars else "未通过",
        dirt.day(rng, r.notice_from), dirt.day(rng, r.notice_to), dirt.day(rng, r.valid_until), r.certificate or None, dirt.words(rng, r.remark),
    ]  # fmt: skip


def _year(rng: Random, year: int) -> Cell:
    return dirt.pick(rng, [(8, year), (1, f"{year}年"), (1, float(year))])


def competition_list(rng: Random, rows: list[CompetitionTruth]) -> Sheet:
    headers, lines = numbered(
        ("竞赛项目", "所在地", "行业", "竞赛级别", "规划期", "批准部门", "承办单位", "重点工程", "总投资(亿元)", "启动日期", "完成日期", "参赛单位", "参赛职工", "阶段"),
        [
            [
                c.name, c.place[0], c.industry, rng.choice(("全国", "国家级")), "“十四五”", "中华全国总工会", c.organiser, c.project,
                "—".join(end for end in c.investment if end), dirt.day(rng, c.starts_on), dirt.day(rng, c.ends_on), dirt.number(rng, c.units, "家"),
                dirt.number(rng, c.workers, "人"), c.status,
            ]
            for c in rows
        ],
    )  # fmt: skip
    return Sheet(
        title="“十四五”全国引领性劳动竞赛项目表（能源化学地质系统，示例）",
        headers=headers,
        rows=lines,
        footer=("注：工程与承办单位均为示例。",),
        sheet_name="项目表",
        wide=("竞赛项目", "承办单位", "重点工程"),
    )


def wrong_bases(rng: Random, rows: list[BaseTruth]) -> Sheet:
    """Two good rows, then one mistake in each: for trying out the preview, and for tests."""
    headers, lines = numbered(
        ("基地名称", "统一社会信用代码", "行政区划", "基地类型", "命名日期", "有效期至", "单位地址", "经度", "纬度", "预订电话", "床位数", "价格(元/人/天)", "适宜季节"),
        [
            [
                b.name.replace("示例·", "示例·试用"), b.credit_code, f"苏州市{b.district.name}", KINDS[b.kind][0], b.named_on, b.valid_until, b.address,
                b.longitude, b.latitude, b.booking_phones[0], b.beds, f"{b.price}-{b.price + 40}", "春、秋",
            ]
            for b in rows
        ],
    )  # fmt: skip
    at = headers.index
    code = rows[2].credit_code
    lines[2][at("统一社会信用代码")] = code[:-1] + ("0" if code[-1] != "0" else "1")
    lines[3][at("行政区划")] = "苏州市太湖新城示范区"
    lines[4][at("命名日期")] = "2023年4月31日"
    lines[5][at("床位数")] = "很多"
    lines[6][at("预订电话")] = "请联系前台"
    lines[7][at("基地名称")] = None
    lines += [[9, *lines[0][1:]], [10, *lines[1][1:]]]
    lines[8][at("基地名称")], lines[8][at("价格(元/人/天)")] = "示例·试用价格倒挂民宿", "380-280"
    lines[9][at("基地名称")], lines[9][at("经度")], lines[9][at("纬度")] = (
        "示例·试用经纬颠倒小院",
        lines[1][at("纬度")],
        lines[1][at("经度")],
    )
    return Sheet(
        title="疗休养基地汇总表（示例：有意留有错误，供试用）",
        headers=headers,
        rows=lines,
        footer=(SIGNATURE,),
        sheet_name="有错误",
    )


if __name__ == "__main__":
    for path in make_files(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        sys.stdout.write(f"{path.name} {path.stat().st_size} B\n")
