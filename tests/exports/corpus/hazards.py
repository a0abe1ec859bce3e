"""Files that one row of a grid cannot describe: broken, hostile or odd ones, and rows that contradict each other."""

import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from msoffcrypto.format.ooxml import OOXMLFile

from tests.exports.files.make import ole
from tests.exports.files.make import xls as biff

from . import make
from .containers import Extras, openpyxl_book, separated
from .dirt import credit_code, wide
from .make import UNIONS, Case, Row, clean_row, clean_rows

HEADERS = [c.header for c in UNIONS]


def hazards() -> Iterator[Case]:
    yield from refusals()
    yield from formulas()
    yield from bodies()
    yield from contradictions()


def plain(rows: list[Row]) -> list[list[Any]]:
    return [list(HEADERS), *(list(row.cells) for row in rows)]


def grid_case(name: str, rows: list[Row], *, headers: list[str] | None = None, **more: Any) -> Case:
    return make.build(name, "unions", rows, headers=headers, **more)


def edited(change: Callable[[str, bytes], bytes], *, grid: Any = None, count: int = 5) -> Callable[[Path], None]:
    """Return a writer of a workbook whose parts are changed after they are written."""

    def write(path: Path) -> None:
        openpyxl_book(path, grid or plain(clean_rows("unions", count)), Extras())
        content = path.read_bytes()
        with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for part in old.namelist():
                new.writestr(part, change(part, old.read(part)))

    return write


def sheet_part(change: Callable[[bytes], bytes]) -> Callable[[str, bytes], bytes]:
    return lambda part, content: change(content) if part == "xl/worksheets/sheet1.xml" else content


# --- not read at all --------------------------------------------------------------------------------------------------


def refusals() -> Iterator[Case]:
    def refused(name: str, code: str, write: Callable[[Path], Any], suffix: str = "xlsx") -> Case:
        return Case(name=name, register="unions", write=write, suffix=suffix, refused=code)

    def under_password(path: Path) -> None:
        openpyxl_book(path, plain(clean_rows("unions")), Extras())
        with BytesIO(path.read_bytes()) as source, path.open("wb") as target:
            OOXMLFile(source).encrypt("示例密码", target)

    def truncated(path: Path) -> None:
        openpyxl_book(path, plain(clean_rows("unions", 50)), Extras())
        path.write_bytes(path.read_bytes()[:-700])

    def torn(path: Path) -> None:
        openpyxl_book(path, plain(clean_rows("unions", 50)), Extras())
        content = path.read_bytes()
        path.write_bytes(content[:1000] + b"\0" * 3000 + content[4000:])

    def bomb(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("xl/workbook.xml", "<workbook/>")
            with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
                for _block in range(600):
                    part.write(b"0" * 2**20)

    def entity(part: str, content: bytes) -> bytes:
        if part != "xl/workbook.xml":
            return content
        declaration = b'<!DOCTYPE x [<!ENTITY name SYSTEM "file:///etc/hostname">]>'
        return declaration + re.sub(rb'name="Sheet1"', b'name="&name;"', content)

    def zipped_csv(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("名册.csv", "工会名称,行政区划\n示例,510104\n")

    def document(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("word/document.xml", "<document/>")

    giant = sheet_part(
        lambda xml: xml.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    )
    yield refused("broken-truncated", "damaged", truncated)
    yield refused("broken-torn", "damaged", torn)
    yield refused("hostile-bomb", "unpacks_too_big", bomb)
    yield refused("hostile-entity", "damaged", edited(entity))
    yield refused("sparse-giant", "too_large", edited(giant))
    yield refused("password-xlsx", "password", under_password)
    yield refused(
        "password-of-a-server",
        "password_kind",
        lambda path: ole(path, {"EncryptedPackage": b"\1" * 5000, "EncryptionInfo": b"\1"}),
    )
    yield refused(
        "password-xls",
        "password",
        lambda path: biff(path, [["工会名称", "行政区划"], ["示例", 510104.0]], protected=True),
        "xls",
    )
    yield refused("other-zip", "not_a_spreadsheet", zipped_csv)
    yield refused("other-word", "not_a_spreadsheet", document)
    yield refused("other-pdf", "not_a_spreadsheet", lambda path: path.write_bytes(b"%PDF-1.7\n" + b"x" * 500))
    yield refused(
        "other-picture", "not_a_spreadsheet", lambda path: path.write_bytes(b"\x89PNG\r\n" + b"\0" * 500), "xls"
    )
    yield refused("other-binary", "not_a_spreadsheet", lambda path: path.write_bytes(bytes(range(256)) * 20), "csv")
    yield refused(
        "other-web-page", "not_a_spreadsheet", lambda path: path.write_text("<html><body>请登录</body></html>"), "xls"
    )
    yield refused("empty-file", "empty_file", lambda path: path.write_bytes(b""), "csv")
    yield refused("empty-book", "no_rows", lambda path: openpyxl_book(path, [], Extras()))
    yield refused("header-only", "no_rows", lambda path: openpyxl_book(path, [HEADERS], Extras()))
    yield refused(
        "totals-only", "no_rows", lambda path: openpyxl_book(path, [HEADERS, ["合计", None, None, 3]], Extras())
    )
    yield refused("no-header", "no_header", lambda path: openpyxl_book(path, [["甲", "乙"], [1, 2]], Extras()))
    yield refused("another-register", "missing_column", lambda path: openpyxl_book(path, [["律师姓名", "行政区划"], ["示例", 510104]], Extras()))  # fmt: skip
    two_names = [["工会名称", "行政区划", "工会名称"], ["示例甲", "510104", "示例乙"]]
    yield refused("duplicate-header", "ambiguous_columns", lambda path: openpyxl_book(path, two_names, Extras()))
    wide_rows = [[*HEADERS, *map(str, range(300))], ["示例", *["x"] * 309]]
    yield refused("too-wide", "too_many_columns", lambda path: openpyxl_book(path, wide_rows, Extras()))
    yield refused("xml-of-2003", "old_xml", lambda path: path.write_text('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'), "xls")  # fmt: skip


# --- formulas and odd sheets ------------------------------------------------------------------------------------------


def formulas() -> Iterator[Case]:
    def employees(cell: bytes) -> Callable[[str, bytes], bytes]:
        return sheet_part(lambda xml: re.sub(rb'<c r="F3"[^>]*>.*?</c>', cell, xml))

    def case(name: str, cell: bytes, *, value: Any = None, error: str = "") -> Case:
        rows = clean_rows("unions")
        rows[1].values["employees"] = value
        if error:
            rows[1].errors.add(("employees", error))
        found = grid_case(f"formula-{name}", rows)
        found.write = edited(employees(cell))
        return found

    yield case("with-result", b'<c r="F3"><f>SUM(1,2)</f><v>30</v></c>', value=30)
    yield case("without-result", b'<c r="F3"><f>SUM(1,2)</f></c>', error="formula_error")
    yield case("with-empty-result", b'<c r="F3"><f>SUM(1,2)</f><v></v></c>', error="formula_error")
    yield case("not-available", b'<c r="F3" t="e"><f>VLOOKUP(1,A:B,2)</f><v>#N/A</v></c>', error="formula_error")
    yield case("text-result", b'<c r="F3" t="str"><f>"1"&amp;"20"</f><v>120</v></c>', value=120)
    yield case("inline-text", '<c r="F3" t="inlineStr"><is><t>约120人</t></is></c>'.encode(), value=120)
    yield case(
        "rich-text", '<c r="F3" t="inlineStr"><is><r><t>120</t></r><r><t>人</t></r></is></c>'.encode(), value=120
    )

    def blank_million(xml: bytes) -> bytes:
        styled = b'<row r="1048576" ht="15"><c r="A1048576" s="0"/></row></sheetData>'
        return xml.replace(b"</sheetData>", styled).replace(b'ref="A1:J6"', b'ref="A1:J1048576"')

    for name, change in (
        ("a-million-blank-rows", sheet_part(blank_million)),
        (
            "lying-dimension",
            sheet_part(lambda xml: re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:B2"/>', xml)),
        ),
        ("no-dimension", sheet_part(lambda xml: re.sub(rb'<dimension ref="[^"]*"/>', b"", xml))),
        ("five-hundred-blank-columns", sheet_part(lambda xml: xml.replace(b"</row>", b'<c r="SF1" s="0"/></row>', 1))),
    ):
        found = grid_case(f"odd-{name}", clean_rows("unions"))
        found.write = edited(change)
        yield found

    def macro(part: str, content: bytes) -> bytes:
        return content

    found = grid_case("odd-macros", clean_rows("unions"))
    plain_write = edited(macro)

    def with_macros(path: Path) -> None:
        plain_write(path)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/vbaProject.bin", struct.pack("<4I", 1, 2, 3, 4))

    found.write, found.suffix = with_macros, "xlsm"
    yield found


# --- bodies of text files ---------------------------------------------------------------------------------------------


def bodies() -> Iterator[Case]:
    rows = clean_rows("unions", 1)
    rows[0].cells[0] = "示例·㐀𠮷䶮公司工会"
    rows[0].values["name"] = rows[0].cells[0]
    yield grid_case("gb18030-one-row-of-four-byte-characters", rows, container="csv-gb18030")
    mostly_ascii = clean_rows("unions", 30)
    for row in mostly_ascii:
        row.cells[2], row.cells[3], row.cells[8], row.cells[9] = "510104", "grassroots", "Y", "2"
        row.cells[0] = row.values["name"] = f"ACME {row.cells[5]} {row.cells[1][-5:]}"
    yield grid_case("gb18030-mostly-ascii", mostly_ascii, container="csv-gb18030")
    broken = clean_rows("unions", 3)
    broken[1].cells[3] = "独立\n基层"
    yield grid_case("newline-in-quotes", broken, container="csv-utf-8")
    yield grid_case("newline-in-quotes-semicolon", broken, container="csv-semicolon")
    commas = clean_rows("unions", 3)
    commas[0].cells[5], commas[0].values["employees"] = "1,200", 1200
    yield grid_case("commas-in-semicolons", commas, container="csv-semicolon")
    ragged = grid_case("ragged-rows", clean_rows("unions", 3), container="csv-utf-8")
    cut = [row[:-3] if n == 2 else row for n, row in enumerate(plain(clean_rows("unions", 3)))]
    ragged.write, ragged.rows[3].values = (
        lambda path: separated("utf-8")(path, cut, Extras()),
        {k: v for k, v in ragged.rows[3].values.items() if k not in ("contact_phone", "over_25", "stars")},
    )
    yield ragged
    nul = grid_case("nul-bytes", clean_rows("unions", 3), container="csv-utf-8")
    nul.write = lambda path: path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(",".join(map(str, row)) for row in plain(clean_rows("unions", 3))).replace("成都市", "成都\0市").encode())  # fmt: skip
    yield nul


# --- rows against each other and against rules ------------------------------------------------------------------------


def contradictions() -> Iterator[Case]:
    def twin(name: str, column: int, cell: Any, field: str) -> Case:
        rows = clean_rows("unions", 4)
        rows[2].cells[column] = cell
        rows[2].errors.add((field, "duplicate_in_file"))
        return grid_case(f"twin-{name}", rows)

    first = clean_row("unions", 1)
    yield twin("same-code", 1, credit_code(1), "credit_code")
    yield twin("code-in-small-letters", 1, credit_code(1).lower(), "credit_code")
    yield twin("code-in-full-width", 1, wide(credit_code(1)), "credit_code")
    yield twin("same-name-other-code", 0, first.cells[0], "name")
    yield twin("name-in-other-width", 0, wide(first.cells[0]), "name")
    rows = clean_rows("unions", 4)
    rows[0].cells[0], rows[2].cells[0] = "示例·甲（分）工会", "示例·甲(分) 工会"
    rows[0].values["name"] = rows[0].cells[0]
    rows[2].errors.add(("name", "duplicate_in_file"))
    yield grid_case("twin-name-in-other-brackets", rows)

    def ruled(name: str, field: str, code: str, **cells: Any) -> Case:
        rows = clean_rows("unions", 3)
        headers = [*HEADERS, *(header for header in cells if header not in HEADERS)]
        for row in rows:
            row.cells += [None] * (len(headers) - len(HEADERS))
        for header, cell in cells.items():
            rows[1].cells[headers.index(header)] = cell
        rows[1].errors.add((field, code))
        case = make.Case(
            name=f"rule-{name}", register="unions", rows={n + 2: row for n, row in enumerate(rows)},
            write=lambda path: openpyxl_book(path, [headers, *(row.cells for row in rows)], Extras()),
            columns={c.field: c.header for c in UNIONS} | {"members": "会员人数", "term_to": "任期止"},
        )  # fmt: skip
        for row in rows[::2]:
            row.values = {k: v for k, v in row.values.items() if k in ("name", "credit_code", "division")}
        return case

    yield ruled("members-above-employees", "members", "part_exceeds_whole", 职工人数=100, 会员人数="一百二十")
    tomorrow = date.today() + timedelta(days=2)
    yield ruled("founded-in-future", "founded_on", "date_in_future", 建会时间=tomorrow)
    yield ruled("founded-in-future-in-words", "founded_on", "date_in_future", 建会时间=f"{tomorrow.year + 1}年1月")
    yield ruled("term-reversed", "term_to", "dates_reversed", 任期起="2024.5", 任期止="2023.5")
