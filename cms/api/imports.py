"""Importing by API: a file in, a job out. The same permissions, divisions and pipeline as the import centre."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from ninja import File, Form, Path, Router, Schema, Status, UploadedFile
from pydantic import Field
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.api.v3.errors import problem_response

from content.core.register import get_register
from exports.imports import queueing, report, services
from exports.imports.models import ImportJob
from exports.imports.permissions import may_import, may_see
from exports.imports.problems import Busy, ImportRefused

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
STATUS_OF = {"forbidden": 403, "busy": 409, "wrong_state": 409, "errors_in_rows": 409}


class CellError(Schema):
    sheet: str
    row: int | None
    column: str
    value: str
    code: str = Field(description="错误代码，见 docs/error-codes.md")
    message: str


class ImportStatus(Schema):
    job: int = Field(description="导入任务编号")
    register_: str = Field(alias="register", serialization_alias="register", description="名录标识")
    state: str = Field(
        description="uploaded、inspecting、needs_answer、needs_mapping、validating、previewed、committing、committed、failed 等"
    )
    queued: str = Field(description="等待任务进程做什么：check、commit、undo，或空")
    url: str = Field(description="查询此任务的地址")
    sha256: str
    counts: dict[str, int]
    error_code: str
    error: str
    errors: list[CellError] = Field(description="有错误的单元格，最多 1000 个")


def build_import_router() -> Router:
    """Return the router below `/imports/`. A bearer token names the user."""
    router = Router(tags=["导入"], auth=BearerTokenAuth())

    @router.post(
        "/{slug}/",
        response={201: ImportStatus},
        by_alias=True,
        operation_id="create_import",
        url_name="imports_create",
        summary="上传一个文件",
        description="文件按导入中心的同一规则核对。commit=true 且没有错误时随即写入；否则停在预览，由人确认。",
    )
    def create(
        request: HttpRequest,
        slug: Annotated[str, Path(description="名录标识")],
        file: Annotated[UploadedFile, File(description="电子表格")],
        commit: Annotated[bool, Form(description="没有错误时随即写入")] = False,
        on_error: Annotated[Literal["stop", "skip"], Form(description="有错误的行：stop 全部不写，skip 跳过")] = "stop",
        hidden: Hidden = "ask",
        sheet: Sheets = [],  # noqa: B006 - read only, by pydantic
        password: Password = "",
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
                policy={"on_error": on_error},
                answers={"ask": hidden == "ask"} | _answers(hidden, sheet),
            )
        except ImportRefused as refusal:
            return _refused(refusal)
        try:
            if password:
                services.unlock(job, password=password)
            queueing.check(job)
            if commit and _ready(job):
                queueing.commit(job, user=request.user)
        except ImportRefused:
            job.refresh_from_db()  # the job says why
        return Status(201, _status(job))

    @router.get(
        "/jobs/{job}/",
        response={200: ImportStatus},
        by_alias=True,
        operation_id="get_import",
        url_name="imports_status",
        summary="一次导入的进展和结果",
        description="只能查看自己的导入，以及自己负责的区划内的导入。",
    )
    def status(request: HttpRequest, job: JobNumber) -> Any:
        found = _visible(request, job)
        return _status(found) if found else missing(_("There is no such import, or it is not yours to see."))

    @router.post(
        "/jobs/{job}/answers/",
        response={200: ImportStatus},
        by_alias=True,
        operation_id="answer_import",
        url_name="imports_answers",
        summary="回答关于文件的问题",
        description="状态为 needs_answer 时：文件的打开密码、读取哪些工作表、隐藏的行和列是否导入。随后重新核对。密码不对时返回 422，任务和文件都还在。",
    )
    @sensitive_variables("password")
    def answer(
        request: HttpRequest,
        job: JobNumber,
        hidden: Hidden = "ask",
        sheet: Sheets = [],  # noqa: B006 - read only
        password: Password = "",
    ) -> Any:
        found = _visible(request, job)
        if found is None:
            return missing(_("There is no such import, or it is not yours to see."))
        if not may_import(request.user, found.register):
            return _refused(
                ImportRefused("forbidden", _("You may not import into this register. Ask an administrator."))
            )
        try:
            if password:
                services.unlock(found, password=password)
            if answers := _answers(hidden, sheet):
                services.answer(found, answers)
        except ImportRefused as refusal:
            return _refused(refusal)
        try:
            queueing.check(found)
        except ImportRefused:
            found.refresh_from_db()  # the job says why
        return _status(found)

    @router.post(
        "/jobs/{job}/commit/",
        response={200: ImportStatus},
        by_alias=True,
        operation_id="commit_import",
        url_name="imports_commit",
        summary="写入一次核对过的导入",
        description="重复提交不会写两次。有错误行、或名录正被另一次导入写入时返回 409。",
    )
    def commit_(request: HttpRequest, job: JobNumber) -> Any:
        found = _visible(request, job)
        if found is None:
            return missing(_("There is no such import, or it is not yours to see."))
        try:
            queueing.commit(found, user=request.user)
        except ImportRefused as refusal:
            return _refused(refusal)
        return _status(found)

    return router


def _answers(hidden: str, sheets: list[str]) -> dict[str, Any]:
    said: dict[str, Any] = {"sheets": sheets} if sheets else {}
    return said if hidden == "ask" else said | {"hidden_rows": hidden == "import", "hidden_columns": hidden == "import"}


def _ready(job: ImportJob) -> bool:
    clean = not job.counts.get("error") or job.policy["on_error"] == "skip"
    return job.state == ImportJob.State.PREVIEWED and clean


def _visible(request: HttpRequest, number: int) -> ImportJob | None:
    job = ImportJob.objects.filter(pk=number).first()
    return job if job is not None and may_see(request.user, job) else None


def _status(job: ImportJob) -> dict[str, Any]:
    errors = []
    for error in report.errors(job):
        errors.append(error)
        if len(errors) == 1000:
            break
    return {
        "job": job.pk,
        "register": job.register_slug,
        "state": str(job.state),
        "queued": job.queued,
        "url": reverse("wagtailapi_v3:imports_status", kwargs={"job": job.pk}),
        "sha256": job.sha256,
        "counts": {name: job.counts.get(name, 0) for name in report.COUNTS},
        "error_code": job.error_code,
        "error": job.error,
        "errors": errors,
    }


def _refused(refusal: ImportRefused) -> HttpResponse:
    status = 409 if isinstance(refusal, Busy) else STATUS_OF.get(refusal.code, 422)
    errors = [{"type": refusal.code, "msg": str(refusal.message)}]
    return problem_response(
        status=status, title=_("The import was refused"), detail=str(refusal.message), errors=errors
    )
