"""Invented persons, phones and credit codes: plainly not real, yet well-formed."""

from __future__ import annotations

from random import Random

from stdnum.cn import uscc

MARK = "示例·"
"""What every invented person and unit begins with."""

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = (
    "安澜", "柏川", "春和", "存义", "道宁", "恩泽", "芳洲", "风眠", "光霁", "海晏", "涵秋", "和畅", "怀瑾", "惠风", "江月", "景行",
    "静远", "君竹", "可嘉", "岚清", "乐山", "立新", "临川", "令仪", "茂林", "明湖", "慕云", "念慈", "宁远", "沛霖", "清和", "秋实",
    "如松", "若谷", "善长", "书恒", "舒窈", "思齐", "松涛", "天舒", "庭芳", "望舒", "微澜", "文心", "希仁", "晓棠", "心远", "星野",
    "修竹", "雅集", "彦青", "一鸣", "以宁", "雨禾", "毓秀", "云起", "泽兰", "知行", "致和", "子衿", "卓然", "梓桐", "晴岚", "砚秋",
)  # fmt: skip

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def person(rng: Random) -> str:
    return f"{MARK}{rng.choice(SURNAMES)}{rng.choice(GIVEN)}"


def mobile(rng: Random) -> str:
    """A number of 138 0000 xxxx, a block that tutorials use."""
    return f"1380000{rng.randrange(10000):04d}"


AREA_CODES = {
    "苏州市": "0512", "无锡市": "0510", "常州市": "0519", "南通市": "0513", "扬州市": "0514", "盐城市": "0515", "泰州市": "0523",
    "杭州市": "0571", "湖州市": "0572", "嘉兴市": "0573", "绍兴市": "0575", "宁波市": "0574", "丽水市": "0578", "上海市": "021",
    "黄山市": "0559", "宣城市": "0563", "池州市": "0566", "六安市": "0564", "上饶市": "0793", "景德镇市": "0798", "吉安市": "0796",
    "南平市": "0599", "厦门市": "0592", "龙岩市": "0597", "宜昌市": "0717", "十堰市": "0719", "张家界市": "0744", "湘潭市": "0731",
    "遵义市": "0851", "铜仁市": "0856", "延安市": "0911", "汉中市": "0916", "成都市": "028",
}  # fmt: skip


def landline(rng: Random, city: str) -> str:
    """A number with the city's area code that begins with zeros, as no real one does: 0512-00001234."""
    area = AREA_CODES[city]
    return f"{area}-{'0000' if area in ('0512', '021', '028', '0571', '0574', '0731', '0851') else '000'}{rng.randrange(10000):04d}"


def credit_code(rng: Random, kind: str, division: str) -> str:
    """Return a valid code of GB 32100-2015: two characters of `kind`, the division, an organisation code and the check.

    The organisation code carries its own check character (GB 11714), as real ones do.
    """
    body = "MA" + "".join(rng.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(6))
    total = sum((int(c, 36)) * weight for c, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    remainder = 11 - total % 11
    organisation = body + {10: "X", 11: "0"}.get(remainder, str(remainder))
    stem = kind + division + organisation
    return stem + uscc.calc_check_digit(stem)
