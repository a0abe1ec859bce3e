"""Importing by API: a file in, a job out. The same permissions, divisions and pipeline as the import centre."""

from contextlib import suppress
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from ninja import File, Form, Path, Query, Router, Status, UploadedFile
from wagtail.api.v3.auth import BearerTokenAuth

from content.core.jurisdiction import codes_of
from content.core.register import get_register
from exports.imports import profiles, questions, queueing, ranges, services, states
from exports.imports.models import ImportJob
from exports.imports.permissions import may_import
from exports.imports.problems import ImportRefused
from exports.sources import running
from exports.sources.permissions import own_sources

from .import_answers import refused, rows, source, sources, status, visible
from .import_schemas import ImportStatus, RowPage, SourceOut, UndoWish
from .problems import missing

JobNumber = Annotated[int, Path(description="导入任务编号", ge=1, le=2**31 - 1)]
Hidden = Annotated[
    Literal["ask", "import", "leave"],
    Form(
        description="文件里隐藏的行和列：import 导入，leave 不导入（行列入搁置）；ask 有隐藏的行列、或有几张工作表像是要导入的数据时，"
        "停在 needs_answer，等人在页面上或用 answers 接口回答"
    ),
]
Sheets = Annotated[list[str], Form(description="要读取的工作表，可重复；几张一起时表头须相同")]
Password = Annotated[str, Form(description="文件的打开密码；只用一次，不保存，不写日志")]
SourceNumber = Annotated[int, Path(description="来源编号", ge=1, le=2**31 - 1)]
Show = Literal["new", "changed", "unchanged", "error", "skipped", "warning", "missing", "retired"]


def build_import_router() -> Router:
    """Return the router below `/imports/`. A bearer token names the user."""
    router = Router(tags=["导入"], auth=BearerTokenAuth())
    _add_sources(router)  # first: /sources/ is no register
    _add_upload(router)
    _add_reading(router)
    _add_deciding(router)
    return router


def _add_upload(router: Router) -> None:
    @router.post(
        "/{slug}/",
        response={201: ImportStatus},
        by_alias=True,
        operation_id="create_import",
        url_name="imports_create",
        summary="上传一个文件",
        description="文件按导入中心的同一规则核对。commit=true 且没有错误时随即写入；否则停在预览，由人确认。"
        "需要密码、有几张工作表或有隐藏行列而没有预先说明的文件停在 needs_answer，等待回答。",
    )
    def create(
        request: HttpRequest,
        slug: Annotated[str, Path(description="名录标识")],
        file: Annotated[UploadedFile, File(description="电子表格")],
        commit: Annotated[bool, Form(description="没有错误时随即写入")] = False,
        on_error: Annotated[Literal["stop", "skip"], Form(description="有错误的行：stop 全部不写，skip 跳过")] = "stop",
        conflict: Annotated[
            str, Form(description="已有的记录：overwrite 以文件为准、empty 只填空白、keep 不动、newer 只接受更新的数据")
        ] = "",
        blank: Annotated[str, Form(description="空白单元格：keep 保留原值，clear 清空")] = "",
        approval: Annotated[str, Form(description="second_person：须另一人复核后写入")] = "",
        as_of: Annotated[date | None, Form(description="文件数据的日期，配合 conflict=newer")] = None,
        missing_records: Annotated[
            str,
            Form(alias="missing", description="文件里没有的记录：ignore 不管，report 列出，retire 撤下（须填 retire）"),
        ] = "",
        retire: Annotated[int | None, Form(description="确认撤下的条数，与核对结果不符时不写入")] = None,
        warnings: Annotated[str, Form(description="有提醒的行：accept 照写，stop 等人看过再写")] = "",
        hidden: Hidden = "ask",
        sheet: Sheets = [],  # noqa: B006 - read only, by pydantic
        password: Password = "",
        profile: Annotated[str, Form(description="匹配方案的名称或编号（#3）")] = "",
    ) -> Any:
        try:
            known = get_register(slug)
        except KeyError:
            return missing(_("There is no register of this name."))
        policy = {"on_error": on_error, "conflict": conflict, "blank": blank, "approval": approval}
        policy |= {"missing": missing_records, "warnings": warnings, "as_of": as_of.isoformat() if as_of else ""}
        policy = {name: choice for name, choice in policy.items() if choice}
        try:
            services.check_policy(policy)
            job = services.create_job(
                register=known,
                file=file,
                name=file.name or "upload",
                user=request.user,
                policy=policy,
                answers={questions.ASK: hidden == "ask"} | _answers(hidden, sheet),
                profile=profiles.named(known, profile, codes_of(request.user)) if profile else None,
            )
        except ImportRefused as refusal:
            return refused(refusal)
        with suppress(ImportRefused):  # the job says why
            if password:
                services.unlock(job, password=password)
            if retire is not None:
                services.confirm_retiring(job, count=retire)
            _go_on(job, request, commit=commit)
        job.refresh_from_db()
        return Status(201, status(job))


def _add_reading(router: Router) -> None:
    @router.get(
        "/jobs/{job}/",
        response={200: ImportStatus},
        by_alias=True,
        operation_id="get_import",
        url_name="imports_status",
        summary="一次导入的进展和结果",
        description="只能查看自己的导入，以及自己负责的区划内的导入。",
    )
    def get(request: HttpRequest, job: JobNumber) -> Any:
        found = visible(request, job)
        return status(found) if found else _no_job()

    @router.get(
        "/jobs/{job}/rows/",
        response={200: RowPage},
        operation_id="list_import_rows",
        url_name="imports_rows",
        summary="预览：逐行逐格会发生什么",
        description="每页 50 行。show 选择一类，code 选择有某种问题的行。",
    )
    def read_rows(
        request: HttpRequest,
        job: JobNumber,
        show: Annotated[Show, Query(description="哪一类的行")] = "changed",
        code: Annotated[str, Query(description="只要有这种问题的行", max_length=40)] = "",
        page: Annotated[int, Query(description="第几页", ge=1, le=100_000)] = 1,
    ) -> Any:
        found = visible(request, job)
        return rows(request, found, action=show, page=page, code=code) if found else _no_job()


def _add_deciding(router: Router) -> None:
    @router.post(
        "/jobs/{job}/answers/",
        response={200: ImportStatus},
        by_alias=True,
        operation_id="answer_import",
        url_name="imports_answers",
        summary="回答关于文件的问题",
        description="状态为 needs_answer 时：文件的打开密码、读取哪些工作表、隐藏的行和列是否导入。随后重新核对。"
        "密码不对时返回 422，任务和文件都还在。",
    )
    @sensitive_variables("password")
    def answer(
        request: HttpRequest,
        job: JobNumber,
        hidden: Hidden = "ask",
        sheet: Sheets = [],  # noqa: B006 - read only
        password: Password = "",
    ) -> Any:
        def take(found: ImportJob) -> None:
            if not may_import(request.user, found.register):
                message = _("You may not import into this register. Ask an administrator.")
                raise ImportRefused("forbidden", message)
            if password:
                services.unlock(found, password=password)
            if said := _answers(hidden, sheet):
                services.answer(found, said)
            with suppress(ImportRefused):  # the job says why
                queueing.check(found)

        return _decide(request, job, take)

    @router.post(
        "/jobs/{job}/commit/",
        response={200: ImportStatus},
        by_alias=True,
        operation_id="commit_import",
        url_name="imports_commit",
        summary="写入一次核对过的导入",
        description="重复提交不会写两次。有错误行返回 409；名录正被另一次导入写入时排队等候；要第二人复核的停在 submitted。",
    )
    def commit_(request: HttpRequest, job: JobNumber) -> Any:
        return _decide(request, job, lambda found: queueing.commit(found, user=request.user))

    @router.post(
        "/jobs/{job}/undo/",
        response={200: ImportStatus},
        by_alias=True,
        operation_id="undo_import",
        url_name="imports_undo",
        summary="撤销一次写入的导入，或其中几行",
        description="此后又被改过、已被引用的行不动，列在 undo_report 里。",
    )
    def undo(request: HttpRequest, job: JobNumber, wish: UndoWish | None = None) -> Any:
        def take_back(found: ImportJob) -> None:
            chosen = ranges.parse(wish.rows) if wish and wish.rows else None
            queueing.undo(found, user=request.user, rows=chosen)

        return _decide(request, job, take_back)

    @router.post(
        "/jobs/{job}/cancel/",
        response={200: ImportStatus},
        by_alias=True,
        operation_id="cancel_import",
        url_name="imports_cancel",
        summary="放弃一次还没有写入的导入",
    )
    def cancel(request: HttpRequest, job: JobNumber) -> Any:
        def give_up(found: ImportJob) -> None:
            services.may_undo(found, user=request.user)
            if not queueing.withdraw(found) and not services.cancel(found):
                raise states.wrong_state(found)

        return _decide(request, job, give_up)


def _add_sources(router: Router) -> None:
    @router.get(
        "/sources/",
        response={200: list[SourceOut]},
        by_alias=True,
        operation_id="list_import_sources",
        url_name="imports_sources",
        summary="定期导入的来源和最近的结果",
        description="自己的来源；超级管理员看到全部。新建和修改在后台“导入中心 → 定期导入”。",
    )
    def list_sources(request: HttpRequest) -> Any:
        return sources(request.user)

    @router.post(
        "/sources/{number}/run/",
        response={200: SourceOut},
        by_alias=True,
        operation_id="run_import_source",
        url_name="imports_run_source",
        summary="让一个来源马上运行",
        description="几秒内由后台进程运行；因失败暂停的来源随之恢复。",
    )
    def run_source(request: HttpRequest, number: SourceNumber) -> Any:
        found = own_sources(request.user).filter(pk=number).first()
        if found is None:
            return missing(_("There is no such source, or it is not yours."))
        running.ask(found)
        return source(found)


def _answers(hidden: str, sheets: list[str]) -> dict[str, Any]:
    said: dict[str, Any] = {questions.SHEETS: sheets} if sheets else {}
    if hidden == "ask":
        return said
    return said | {questions.ROWS: hidden == "import", questions.COLUMNS: hidden == "import"}


def _go_on(job: ImportJob, request: HttpRequest, *, commit: bool) -> None:
    queueing.check(job)
    clean = not job.counts.get("error") or job.policy["on_error"] == "skip"
    if commit and job.state == ImportJob.State.PREVIEWED and clean:
        queueing.commit(job, user=request.user)


def _decide(request: HttpRequest, number: int, verb: Any) -> Any:
    found = visible(request, number)
    if found is None:
        return _no_job()
    try:
        verb(found)
    except ImportRefused as refusal:
        return refused(refusal)
    found.refresh_from_db()
    return status(found)


def _no_job() -> Any:
    return missing(_("There is no such import, or it is not yours to see."))
