"""How fast a spreadsheet of unions goes in, against stock django-import-export on the same file and database.

    make bench, or python tests/bench/import_unions.py [--rows 50000] [--stock-rows 1000] [--repeat 3] [--output bench.json]

CPU seconds of this process and of the readers it starts, which are steadier than wall time; those of PostgreSQL's own
process stand apart (`…_on_server`, and `with_server`, which adds them on all sides). Ours is the whole way:
upload, read, match, clean, check, preview kept row by row, commit with history and undo data; `…_with_indexes` also
what renews the search index and Wagtail's reference index. Updates are 10,000 rows with another number of employees.
Stock is its own preview (dry run) and run; it does the same work for every row, so fewer rows suffice for its rate.
The limit is calamine, plain checks and one `executemany`, or COPY and a merge, into the same table: no preview, history,
undo, search or references. PostgreSQL does most of a merge, so there the server's CPU counts on both sides.
Uses a database of its own: a temporary SQLite file, or DATABASE_URL (an empty PostgreSQL database).
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))
from tests.bench._databases import QUICK, flat, instance, run_on, server_seconds  # noqa: E402 (run as a file, too)

REPEAT = 1 if QUICK else 3
RUNS = f"median of {REPEAT}, stock, limit and ours in turns"
DISTRICTS = ("成都市锦江区", "青羊区", "510106", "成都市武侯区", "四川省成都市成华区")
DATES = ("2023.4.12", "2023年4月1日", 45028, "20230412")
STARS = ("五星级", "★★★", None, 3)
HEADERS = (
    "序号",
    "工会全称*",
    "社会统一信用代码",
    "所属区县",
    "建会日期",
    "工会主席",
    "主席手机",
    "职工人数\n(人)",
    "会员数",
    "女职工数",
    "现星级",
    "隶属工会",
    "状态",
)


def write_workbook(path: Path, rows: int, *, more: int = 0) -> None:
    """Write a sheet as a federation sends it: a title, synonyms, mixed formats, a total.

    more: so many more employees in every union, which changes every row.
    """
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("花名册")
        sheet.write(0, 0, "某市基层工会花名册（示例）")
        sheet.write_row(1, 0, HEADERS)
        for number in range(rows):
            sheet.write_row(2 + number, 0, union_cells(number, more))
        sheet.write_row(2 + rows, 0, ("合计", None, None, None, None, None, None, 9_999_999))


def union_cells(number: int, more: int = 0) -> tuple[Any, ...]:
    from stdnum.cn.uscc import calc_check_digit

    stem = f"81510104MC{number:07d}"
    return (
        number + 1,
        f"示例·第{number}号贸易有限公司工会",
        stem + calc_check_digit(stem),
        DISTRICTS[number % 5],
        DATES[number % 4],
        f"示例{number % 500}",
        13_800_000_000 + number,
        f"约{200 + number % 50 + more}人" if number % 7 == 0 else 100 + number % 900 + more,
        80,
        20,
        STARS[number % 4],
        "示例·第0号贸易有限公司工会" if number % 10 == 5 else None,
        "正常",
    )


class Clock:
    """CPU seconds since the last look, with those of finished child processes; `server`: PostgreSQL's meanwhile."""

    def __init__(self) -> None:
        self.last, self.last_server, self.server = self._now(), server_seconds(), 0.0

    def lap(self) -> float:
        now, server = self._now(), server_seconds()
        spent, self.last = now - self.last, now
        self.server, self.last_server = server - self.last_server, server
        return spent

    @staticmethod
    def _now() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime


class Spent(NamedTuple):
    """CPU seconds of this process and its children, and of PostgreSQL's."""

    client: float
    server: float


def measure_ours(path: Path, changed: Path) -> dict[str, float]:
    """Import the file into an empty register, import it again, change every row, and undo. CPU seconds a step."""
    from content.core.register import get_register
    from exports.imports import services
    from exports.imports.aftermath import refresh
    from exports.imports.commit import write
    from exports.imports.models import ImportJob
    from exports.imports.undo import take_back

    spent: dict[str, float] = {}

    def upload(path: Path) -> ImportJob:
        with path.open("rb") as file:
            job = services.create_job(register=get_register("unions"), file=file, name=path.name)
        services.stage(job, workbook=services.prepare(job))
        return job

    clock = Clock()
    job = upload(path)
    spent["check"] = clock.lap()
    server = [clock.server]
    write(job)
    spent["write"] = clock.lap()
    server.append(clock.server)
    refresh(job)
    spent["indexes"] = clock.lap()
    server.append(clock.server)
    spent |= dict(zip(("check_on_server", "write_on_server", "indexes_on_server"), server, strict=True))
    again = upload(path)
    spent["again"] = clock.lap()
    if again.counts["unchanged"] != job.counts["new"]:
        raise AssertionError(again.counts)
    clock.lap()
    update = upload(changed)
    write(update)
    spent["update"] = clock.lap()
    refresh(update)
    spent["update_indexes"] = clock.lap()
    if update.counts["new"] or update.counts["unchanged"]:
        raise AssertionError(update.counts)
    take_back(update)
    clock.lap()
    take_back(job)
    spent["undo"] = clock.lap()
    ImportJob.objects.all().delete()
    return spent


def measure_stock(rows: int) -> Spent:
    """Import clean values by a stock ModelResource: preview (dry run) and import."""
    import tablib
    from import_export import resources

    from content.registers.unions import Union

    class Stock(resources.ModelResource):
        class Meta:
            model = Union
            import_id_fields = ("credit_code",)
            fields = (
                "code",
                "name",
                "credit_code",
                "division",
                "chair",
                "chair_phone",
                "employees",
                "members",
                "stars",
            )

    def data() -> tablib.Dataset:
        found = tablib.Dataset(headers=Stock._meta.fields)
        for number in range(rows):
            cells = union_cells(number)
            found.append((f"GH{number}", cells[1], cells[2], "510104", cells[5], cells[6], 100, 80, 3))
        return found

    clock = Clock()
    resource_class = Stock()
    if resource_class.import_data(data(), dry_run=True, raise_errors=True).has_errors():
        raise AssertionError
    resource_class.import_data(data(), dry_run=False, raise_errors=True)
    spent = Spent(clock.lap(), clock.server)
    Union.objects.all()._raw_delete("default")  # type: ignore[attr-defined]
    return spent


def measure_limit(path: Path) -> Spent:
    """Go the shortest way from the file into the table."""
    from django.db import connection, transaction
    from python_calamine import CalamineWorkbook

    from content.registers.unions import Union
    from exports.imports import bulk

    codes = dict(zip(DISTRICTS, ("510104", "510105", "510106", "510107", "510108"), strict=True))
    fields = [field for field in Union._meta.concrete_fields if not field.primary_key]
    names = [field.name for field in fields]
    usual = {field.name: field.get_prep_value(field.get_default()) for field in fields}
    now = "2026-01-01 00:00:00+00:00"
    clock = Clock()
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()

    def values() -> Iterator[tuple[Any, ...]]:
        seen = set()
        for number, cells in enumerate(rows[2:-1]):
            name, code, employees = str(cells[1]).strip(), str(cells[2]), str(cells[7]).strip("约人")
            if len(code) != 18 or not name or code in seen or float(employees) < float(cells[8]):
                raise AssertionError(cells)
            seen.add(code)
            own = {
                "code": f"GH{number}",
                "name": name,
                "name_key": name,
                "credit_code": code,
                "division": codes[cells[3]],
                "chair": str(cells[5]),
                "chair_phone": f"{cells[6]:.0f}",
                "employees": int(float(employees)),
                "members": int(cells[8]),
                "created_at": now,
                "updated_at": now,
            }
            yield tuple((usual | own).values())

    with transaction.atomic():
        merge(Union, names, values()) if connection.vendor == "postgresql" else bulk.insert(Union, names, values())
    spent = Spent(clock.lap(), clock.server)
    Union.objects.all()._raw_delete("default")  # type: ignore[attr-defined]
    return spent


def merge(model: Any, names: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """COPY rows into a temporary table, and from there insert or overwrite by the code."""
    from django.db import connection

    from exports.imports import bulk

    table, columns = bulk.table_of(model), bulk.columns_of(model, names)
    every, sets = ", ".join(columns), ", ".join(f"{column} = excluded.{column}" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE given ON COMMIT DROP AS SELECT {every} FROM {table} WITH NO DATA")
        with cursor.copy(f"COPY given ({every}) FROM STDIN") as copy:  # type: ignore[attr-defined]
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            f"INSERT INTO {table} ({every}) SELECT {every} FROM given ON CONFLICT (code) DO UPDATE SET {sets}"
        )


def run(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    path = folder / "unions.xlsx"
    write_workbook(path, options.rows)
    changed = folder / "changed.xlsx"
    updates = min(10_000, options.rows)
    write_workbook(changed, updates, more=1)
    stock, limit, ours = [], [], []
    for _turn in range(options.repeat):  # in turns, so that a busy machine is as hard on the one as on the other
        stock.append(measure_stock(options.stock_rows))
        limit.append(measure_limit(path))
        ours.append(measure_ours(path, changed))
    median = {step: statistics.median(one[step] for one in ours) for step in ours[0]}
    stock_rate = options.stock_rows / statistics.median(one.client for one in stock)
    rates = {
        "import": options.rows / (median["check"] + median["write"]),
        "import_with_indexes": options.rows / (median["check"] + median["write"] + median["indexes"]),
        "again": options.rows / median["again"],
        "update": updates / median["update"],
        "update_with_indexes": updates / (median["update"] + median["update_indexes"]),
        "undo": options.rows / median["undo"],
    }
    steps = ("check", "write", "indexes")
    with_server = {step: median[step] + median[f"{step}_on_server"] for step in steps}
    all_of_ours = sum(with_server.values())
    all_of_limit = statistics.median(sum(one) for one in limit)
    all_of_stock = statistics.median(sum(one) for one in stock) / options.stock_rows * options.rows
    return {
        "rows": options.rows,
        "seconds": {step: round(value, 2) for step, value in median.items()},
        "rows_per_cpu_second": {step: round(rate) for step, rate in rates.items()} | {"stock": round(stock_rate)},
        "ratio_to_stock": {step: round(rate / stock_rate, 1) for step, rate in rates.items()},
        "with_server": {
            "rows_per_cpu_second": round(options.rows / all_of_ours),
            "ratio_to_stock": round(all_of_stock / all_of_ours, 1),
        },
        # The limit keeps no search and reference index, so the first of the two is the comparison of like with like.
        "times_the_limit": {
            "import": round((with_server["check"] + with_server["write"]) / all_of_limit, 1),
            "import_with_indexes": round(all_of_ours / all_of_limit, 1),
        },
        "update_to_insert_with_indexes": round(rates["update_with_indexes"] / rates["import_with_indexes"], 2),
    }


def measure() -> dict[str, float | int | str]:
    """Run this file on an empty database of each kind and return its figures, flat (see `make bench`)."""
    few = ("--rows", "10000", "--stock-rows", "500") if QUICK else ()
    found: dict[str, float | int | str] = {}
    for kind in ("sqlite", "postgresql"):
        found |= flat(run_on(kind, "import_unions.py", *few), kind)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--stock-rows", type=int, default=1_000)
    parser.add_argument("--repeat", type=int, default=REPEAT)
    parser.add_argument("--output", type=Path, default=Path("bench.json"))
    options = parser.parse_args()
    with instance() as folder:
        result = run(options, folder)
    options.output.write_text(json.dumps(result, indent=2, ensure_ascii=False))
    print(json.dumps(result, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
