"""Files about which a person would be asked, with the answers as arguments of the command: passwords, sheets, what is hidden."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from io import BytesIO
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile

from .columns import REGISTERS
from .containers import Broken, Extras, openpyxl_book
from .hazards import grid_case
from .make import Case, build, clean_rows

BOOKS = ("xlsx", "xls", "et", "ods")
PASSWORD = "示例Pass 2024"


def questions() -> Iterator[Case]:
    yield from unseen()
    yield from sheets()
    yield from passwords()
    yield from broken_formulas()
    yield from districts()
    yield from coordinates()


def union_case(name: str, *layouts: str, container: str = "xlsx", count: int = 5) -> Case:
    return build(name, "unions", clean_rows("unions", count), container=container, layouts=layouts)


def unseen() -> Iterator[Case]:
    """Hidden rows and columns in every kind of file: read by default, left out when that was answered."""
    for container in (*BOOKS, "html-called-xls"):
        case = union_case(f"unseen-rows-{container}", "hidden_rows", container=container)
        case.notes = ("2 行是隐藏的",)
        yield case
        case = union_case(f"unseen-rows-left-{container}", "titles", "hidden_rows", "totals", container=container)
        for number in sorted(case.rows)[1:3]:
            del case.rows[number]
        case.skipped += 2
        case.arguments, case.notes = ("--hidden-rows", "leave"), ("2 行被隐藏，已按",)
        yield case
    for container in BOOKS:
        case = union_case(f"unseen-columns-{container}", "hidden_columns", container=container)
        case.notes = ("隐藏的列也一并读取：B、C",)
        yield case
        case = union_case(f"unseen-columns-left-{container}", "stars_hidden", container=container)
        for row in case.rows.values():
            row.values["stars"] = None
        case.arguments, case.notes = ("--hidden-columns", "leave"), ("已按选择不读取：J",)
        yield case


def sheets() -> Iterator[Case]:
    """Several sheets with the same header, read as one."""
    for container in ("xlsx", "xls", "ods"):
        case = union_case(f"sheets-all-{container}", "next_district", container=container, count=3)
        offset = max(case.rows)
        case.rows |= {offset + 2 + at: row for at, row in enumerate(clean_rows("unions", 8)[3:])}
        case.arguments = ("--all-sheets",)
        yield case
    case = union_case("sheets-one-by-name", "next_district", count=3)
    case.rows = {at + 2: row for at, row in enumerate(clean_rows("unions", 8)[3:])}
    case.arguments, case.notes = ("--sheet", "二区"), ("Sheet1",)
    yield case
    case = union_case("sheets-of-different-headers", "other_header")
    case.rows, case.refused = {}, "sheets_differ"
    case.arguments = ("--sheet", "Sheet1", "--sheet", "另一种")
    yield case


def passwords() -> Iterator[Case]:
    def sealed(case: Case, password: str = PASSWORD) -> Case:
        write = case.write

        def write_sealed(path: Path) -> None:
            write(path)
            with BytesIO(path.read_bytes()) as source, path.open("wb") as target:
                OOXMLFile(source).encrypt(password, target)

        case.write, case.password = write_sealed, PASSWORD
        return case

    yield sealed(union_case("password-given"))
    yield sealed(union_case("password-and-titles-and-totals", "titles", "totals", "signatures"))
    yield sealed(union_case("password-and-hidden-rows", "hidden_rows"))
    # Excel opens these without asking, for only the structure is protected.
    case = sealed(union_case("password-of-the-structure-only"), "VelvetSweatshop")
    case.password = ""
    yield case
    case = sealed(union_case("password-wrong"), "another")
    case.rows, case.refused = {}, "password_wrong"
    yield case


def broken_formulas() -> Iterator[Case]:
    """Errors of formulas as every kind of workbook keeps them."""
    for container in BOOKS:
        for error, name in (("#N/A", "na"), ("#REF!", "ref"), ("#DIV/0!", "div")):
            rows = clean_rows("unions")
            rows[1].cells[5] = rows[3].cells[2] = Broken(error)
            rows[1].errors.add(("employees", "formula_error"))
            rows[3].errors.add(("division", "formula_error"))
            yield grid_case(f"formula-{name}-{container}", rows, container=container)


def coordinates() -> Iterator[Case]:
    """Longitude and latitude, and the two swapped."""
    for swapped in (False, True):
        case = build("coordinates-swapped" if swapped else "coordinates", "bases", clean_rows("bases", 3))
        rows = list(case.rows.values())
        headers = [c.header for c in REGISTERS["bases"]]
        pairs = [(120.585316, 31.298886), ("120.6195", "31.3"), (31.298886, 120.585316) if swapped else (116.4, 39.9)]
        for row, (longitude, latitude) in zip(rows, pairs, strict=True):
            row.cells += [longitude, latitude]
            row.values |= {"longitude": Decimal(str(longitude)), "latitude": Decimal(str(latitude))}
        if swapped:
            rows[2].errors |= {("longitude", "out_of_range"), ("latitude", "out_of_range")}
        case.columns |= {"longitude": "经度", "latitude": "纬度"}
        grid = [[*headers, "经度", "纬度"], *(row.cells for row in rows)]
        case.write = partial(openpyxl_book, grid=grid, extras=Extras())
        yield case


def districts() -> Iterator[Case]:
    """Rows outside the divisions of the one who imports."""
    rows = clean_rows("unions", 5)
    for at, place in ((1, "成都市青羊区"), (3, "江苏省苏州市吴中区")):
        rows[at].cells[2] = place
        rows[at].errors.add(("division", "out_of_scope"))
    case = grid_case("outside-the-district", rows)
    case.divisions = ("510104",)
    yield case
    case = union_case("inside-the-city")
    case.divisions = ("510100",)
    yield case
