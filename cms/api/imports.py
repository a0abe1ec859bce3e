"""Importing by API: a file in, a job out. The same permissions, divisions and pipeline as the import centre."""

from collections.abc import Callable
from contextlib import suppress
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
from .import_schemas import Answers, ImportStatus, RowPage, SourceOut, UndoWish, UploadWish
from .problems import missing

JobNumber = Annotated[int, Path(description="导入任务编号", ge=1, le=2**31 - 1)]
SourceNumber = Annotated[int, Path(description="来源编号", ge=1, le=2**31 - 1)]
Show = Literal["new", "changed", "unchanged", "error", "skipped", "warning", "missing", "retired"]
Verb = Callable[[ImportJob], object]


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
    @sensitive_variables("wish")
    def create(
        request: HttpRequest,
        slug: Annotated[str, Path(description="名录标识")],
        file: Annotated[UploadedFile, File(description="电子表格")],
        wish: Form[UploadWish],
    ) -> Any:
        try:
            known = get_register(slug)
        except KeyError:
            return missing(_("There is no register of this name."))
        try:
            job = services.create_job(
                register=known,
                file=file,
                name=file.name or "upload",
                user=request.user,
                policy=wish.policy(),
                answers={questions.ASK: wish.hidden == "ask"} | wish.said(),
                profile=profiles.named(known, wish.profile, codes_of(request.user)) if wish.profile else None,
            )
        except ImportRefused as refusal:
            return refused(refusal)
        with suppress(ImportRefused):  # the job says why
            if password := wish.password.get_secret_value():
                services.unlock(job, password=password)
            if wish.retire is not None:
                services.confirm_retiring(job, count=wish.retire)
            _go_on(job, request, commit=wish.commit)
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
    def decide(name: str, summary: str, description: str = "") -> Any:
        """Declare a verb on a job: `/jobs/{job}/<name>/`, which answers with how the job then stands."""
        return router.post(
            f"/jobs/{{job}}/{name}/",
            response={200: ImportStatus},
            by_alias=True,
            operation_id=f"{name.removesuffix('s')}_import",
            url_name=f"imports_{name}",
            summary=summary,
            description=description,
        )

    @decide(
        "answers",
        "回答关于文件的问题",
        "状态为 needs_answer 时：文件的打开密码、读取哪些工作表、隐藏的行和列是否导入；写入之前也可以改口，或指定表头所在的行。"
        "随后重新核对。密码不对时返回 422，任务和文件都还在。",
    )
    @sensitive_variables("said")
    def answer(request: HttpRequest, job: JobNumber, said: Form[Answers]) -> Any:
        @sensitive_variables("password")
        def take(found: ImportJob) -> None:
            if not may_import(request.user, found.register):
                message = _("You may not import into this register. Ask an administrator.")
                raise ImportRefused("forbidden", message)
            if password := said.password.get_secret_value():
                services.unlock(found, password=password)
            if answers := said.said():
                services.answer(found, answers)
            with suppress(ImportRefused):  # the job says why
                queueing.check(found)

        return _decide(request, job, take)

    @decide(
        "commit",
        "写入一次核对过的导入",
        "重复提交不会写两次。有错误行返回 409；名录正被另一次导入写入时排队等候；要第二人复核的停在 submitted。",
    )
    def commit_(request: HttpRequest, job: JobNumber) -> Any:
        return _decide(request, job, lambda found: queueing.commit(found, user=request.user))

    @decide("undo", "撤销一次写入的导入，或其中几行", "此后又被改过、已被引用的行不动，列在 undo_report 里。")
    def undo(request: HttpRequest, job: JobNumber, wish: UndoWish | None = None) -> Any:
        def take_back(found: ImportJob) -> None:
            chosen = ranges.parse(wish.rows) if wish and wish.rows else None
            queueing.undo(found, user=request.user, rows=chosen)

        return _decide(request, job, take_back)

    @decide("cancel", "放弃一次还没有写入的导入")
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


def _go_on(job: ImportJob, request: HttpRequest, *, commit: bool) -> None:
    queueing.check(job)
    clean = not job.counts.get("error") or job.policy["on_error"] == "skip"
    if commit and job.state == ImportJob.State.PREVIEWED and clean:
        queueing.commit(job, user=request.user)


def _decide(request: HttpRequest, number: int, verb: Verb) -> Any:
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
