"""The words that a fresh site begins with. Staff change them in the back office; nothing writes over theirs."""

from dataclasses import dataclass, field
from typing import Any

Body = list[tuple[str, Any]]


@dataclass(frozen=True)
class Start:
    """One page of a fresh site: model, address, title, and the fields it begins with."""

    model: str
    slug: str
    title: str
    fields: dict[str, Any] = field(default_factory=dict)


def _body(*sections: tuple[str, str]) -> Body:
    blocks: Body = []
    for heading, text in sections:
        if heading:
            blocks.append(("heading", {"text": heading, "level": "h2"}))
        blocks.append(("paragraph", text))
    return blocks


HOME = Start(
    "HomePage",
    "shou-ye",
    "首页",
    {
        "introduction": "工会要闻、倡议书、劳动竞赛简报，疗休养基地联盟与星级工会名录，都可以在这里查到。",
        "search_description": "工会新闻、倡议书、劳动竞赛简报，疗休养基地联盟和星级工会名录的公开查询。",
        "shortcuts": [
            ("shortcut", {"label": "找疗休养基地", "hint": "按地区、类型、季节筛选联盟基地", "address": "/bases/"}),
            ("shortcut", {"label": "联盟概览", "hint": "成员城市、基地分布、推介活动", "address": "/bases/alliance/"}),
            ("shortcut", {"label": "找活动点", "hint": "疗休养活动点地址与开放时间", "address": "/points/"}),
            ("shortcut", {"label": "查星级工会", "hint": "输入单位名称，查工会当前星级", "address": "/unions/"}),
            ("shortcut", {"label": "全站搜索", "hint": "搜文章、基地、工会", "address": "/search/"}),
        ],
    },
)

SECTIONS = (
    Start(
        "NewsIndexPage",
        "news",
        "新闻",
        {"introduction": "各级工会工作动态，按专题查看或订阅。", "show_in_menus": True},
    ),
    Start(
        "InitiativeIndexPage",
        "initiatives",
        "倡议书",
        {"introduction": "各单位联合发出的倡议及响应情况。", "show_in_menus": True},
    ),
    Start(
        "CompetitionIndexPage",
        "competitions",
        "劳动竞赛",
        {"introduction": "引领性劳动竞赛的进展与成果，按期编印简报。", "show_in_menus": True},
    ),
    Start(
        "StandardPage",
        "about",
        "关于本站",
        {
            "search_description": "本站由谁主办、公开哪些内容、如何联系。",
            "body": _body(
                ("", "<p>本站是工会联合会的信息公开与服务网站，面向职工、基层工会和社会公众。</p>"),
                (
                    "公开的内容",
                    "<ul><li>工作动态、倡议书和劳动竞赛简报；</li><li>疗休养基地联盟的基地与活动点；</li>"
                    "<li>基层工会的星级评定结果。</li></ul><p>名录由各级工会维护，按行政区划分级管理；"
                    "每份名录都可以筛选、打印和下载。</p>",
                ),
                (
                    "内容有误怎么办",
                    "<p>请通过页脚公布的电话与主办单位联系，说明网址和有误之处。名录信息由所在区划的工会核实后更正。</p>",
                ),
            ),
        },
    ),
    Start(
        "StandardPage",
        "accessibility",
        "无障碍声明",
        {
            "search_description": "本站为方便所有人浏览所做的工作和意见反馈方式。",
            "body": _body(
                ("", "<p>我们希望每一位职工都能方便地使用本站，包括使用读屏软件、键盘或放大页面的读者。</p>"),
                (
                    "已经做到的",
                    "<ul><li>所有功能都能用键盘完成，页面开头可以直接跳到正文；</li>"
                    "<li>图片配有文字说明，表格标明行列标题；</li>"
                    "<li>文字可以放大，页面在手机上自动换行，支持深色和大字；</li>"
                    "<li>关闭脚本后仍可浏览、筛选和下载。</li></ul>"
                    "<p>建设时以《信息技术 互联网内容无障碍可访问性技术要求与测试方法》（GB/T 37668—2019）"
                    "和 WCAG 2.2 AA 级为目标。</p>",
                ),
                (
                    "告诉我们",
                    "<p>如果哪个页面不好用，请拨打页脚的电话，我们会改进，并先用其他方式向您提供所需内容。</p>",
                ),
            ),
        },
    ),
    Start(
        "StandardPage",
        "privacy",
        "隐私说明",
        {
            "search_description": "本站记录哪些信息、名录中公开哪些信息、您的权利。",
            "body": _body(
                ("", "<p>浏览本站不需要注册，也不需要提供个人信息。</p>"),
                (
                    "访问记录",
                    "<p>为保障网络安全，服务器会记录访问时间、网址和网络地址，只用于安全防护和故障排查，"
                    "保存期限按网络安全的有关规定执行。本站页面不加载第三方统计、广告或字体。</p>",
                ),
                (
                    "名录中的信息",
                    "<p>名录只公开单位名称、地址、预订电话等服务信息；负责人姓名、手机等个人信息不在网站公开，"
                    "仅供获得授权的工作人员使用。</p>",
                ),
                (
                    "收藏、对比和位置",
                    "<p>收藏和对比的基地只保存在您的设备上，本站不收集。点“用我的位置”时，浏览器会先征得您的同意；"
                    "位置取整到约1公里，只用于计算这一次的距离，不写进网址，除非您选择写入以便转发。</p>",
                ),
                ("您的权利", "<p>如果发现本站公开了您的个人信息，可以通过页脚的电话要求查阅、更正或删除。</p>"),
            ),
        },
    ),
)
