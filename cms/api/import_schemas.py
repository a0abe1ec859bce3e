"""What the import endpoints take and answer."""

from typing import Any

from ninja import Schema
from pydantic import Field


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
