"""What the import endpoints take and answer."""

from datetime import date
from typing import Any, Literal

from ninja import Schema
from pydantic import Field, SecretStr

from exports.imports import header_rows, questions


class CellError(Schema):
    sheet: str
    row: int | None
    column: str
    value: str
    code: str = Field(description="错误代码，见 docs/error-codes.md")
    message: str


class Kind(Schema):
    code: str = Field(description="问题代码，见 docs/error-codes.md")
    severity: str = Field(description="error 错误、warning 提醒、hint 提示")
    rows: int = Field(description="有这种问题的行数")


class SheetChoice(Schema):
    name: str
    rows: int = Field(description="表头以下的行数")
    hidden: bool = Field(description="工作表是隐藏的")
    hidden_rows: int


class ImportStatus(Schema):
    job: int = Field(description="导入任务编号")
    register_: str = Field(alias="register", serialization_alias="register", description="名录标识")
    state: str = Field(
        description="uploaded、inspecting、needs_answer、needs_mapping、validating、previewed、submitted、committing、"
        "committed、undoing、undone、failed、cancelled、expired"
    )
    queued: str = Field(description="等待任务进程做什么：check、commit、undo，或空")
    url: str = Field(description="查询此任务的地址")
    sha256: str
    counts: dict[str, int]
    error_code: str = Field(description="失败原因或等待回答的问题：password、sheets、hidden_rows、hidden_columns 等")
    error: str
    errors: list[CellError] = Field(description="有错误的单元格，最多 1000 个")
    questions: list[str] = Field(
        default=[], description="文件引出的问题：password、sheets、hidden_rows、hidden_columns；已经回答的也列出"
    )
    sheets: list[SheetChoice] = Field(default=[], description="可选的工作表")
    findings: list[Kind] = Field(default=[], description="核对发现的问题，按种类计数")
    notes: list[str] = Field(default=[], description="读取文件时的说明")
    undo_report: dict[str, Any] = Field(default={}, description="撤销的结果：恢复、删除的行数和没有动的行")


class Answers(Schema):
    """What is said about the file itself; the password is used once and shows in no log."""

    hidden: Literal["ask", "import", "leave"] = Field(
        default="ask",
        description="文件里隐藏的行和列：import 导入，leave 不导入（行列入搁置）；ask 有隐藏的行列、或有几张工作表像是要导入的数据时，"
        "停在 needs_answer，等人在页面上或用 answers 接口回答",
    )
    sheet: list[str] = Field(default=[], description="要读取的工作表，可重复；几张一起时表头须相同")
    header_rows: str = Field(
        default="", max_length=40, description="表头所在的行，如 3 或 2-3；none 没有表头；不填由程序识别"
    )
    password: SecretStr = Field(default=SecretStr(""), description="文件的打开密码；只用一次，不保存，不写日志")

    def said(self) -> dict[str, Any]:
        """Return what `ImportJob.answers` would say. Raises ImportRefused for rows that are no header."""
        said: dict[str, Any] = {questions.SHEETS: self.sheet} if self.sheet else {}
        if self.header_rows:
            said |= {header_rows.ANSWER: {header_rows.ANY: header_rows.parse(self.header_rows)}}
        if self.hidden != "ask":
            said |= {questions.ROWS: self.hidden == "import", questions.COLUMNS: self.hidden == "import"}
        return said


class UploadWish(Answers):
    commit: bool = Field(default=False, description="没有错误时随即写入")
    on_error: Literal["stop", "skip"] = Field(default="stop", description="有错误的行：stop 全部不写，skip 跳过")
    conflict: str = Field(
        default="", description="已有的记录：overwrite 以文件为准、empty 只填空白、keep 不动、newer 只接受更新的数据"
    )
    blank: str = Field(default="", description="空白单元格：keep 保留原值，clear 清空")
    approval: str = Field(default="", description="second_person：须另一人复核后写入")
    as_of: date | None = Field(default=None, description="文件数据的日期，配合 conflict=newer")
    missing: str = Field(
        default="", description="文件里没有的记录：ignore 不管，report 列出，retire 撤下（须填 retire）"
    )
    retire: int | None = Field(default=None, description="确认撤下的条数，与核对结果不符时不写入")
    warnings: str = Field(default="", description="有提醒的行：accept 照写，stop 等人看过再写")
    profile: str = Field(default="", description="匹配方案的名称或编号（#3）")

    def policy(self) -> dict[str, str]:
        """Return the choices that were made, as `services.create_job` takes them."""
        names = ("on_error", "conflict", "blank", "approval", "missing", "warnings")
        chosen = {name: getattr(self, name) for name in names} | {"as_of": self.as_of and self.as_of.isoformat()}
        return {name: choice for name, choice in chosen.items() if choice}


class UndoWish(Schema):
    rows: str = Field(default="", max_length=2000, description="只撤销这些行，如 3,7-9；不填则全部撤销")


class CellOut(Schema):
    column: str = Field(description="文件里的表头")
    raw: str = Field(description="文件里的原文")
    value: str = Field(description="将写入的值")
    old: str = Field(description="名录里现在的值；没有权限看的个人信息以＊＊＊代替")
    changed: bool
    problems: list[str]


class RowOut(Schema):
    number: int = Field(description="文件里的行号")
    action: str = Field(description="new 新增、changed 变更、unchanged 不变、error 错误、skipped 搁置")
    cells: list[CellOut]
    problems: list[str] = Field(description="与某一列无关的问题")


class RowPage(Schema):
    count: int
    page: int
    pages: int
    rows: list[RowOut]


class SourceOut(Schema):
    source: int = Field(description="来源编号")
    name: str
    register_: str = Field(alias="register", serialization_alias="register", description="名录标识")
    kind: str = Field(description="folder 收件文件夹、s3 存储桶前缀、url 网址")
    schedule: str
    write: bool = Field(description="没有错误的文件自动写入")
    active: bool
    paused: bool = Field(description="连续失败后自己停下")
    last_run: str | None
    next_run: str | None
    last_error: str
    last_job: int | None = Field(description="最近一次导入任务")
