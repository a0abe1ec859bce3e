"""The tables of the statistics as files: what the page shows, in every format for tables."""

import csv
import io
import json

import openpyxl
import pytest

pytestmark = pytest.mark.django_db


def body(response):
    return b"".join(response.streaming_content)


def test_years(client, ratings):
    header, row = csv.reader(io.StringIO(body(client.get("/unions/statistics/years.csv")).decode("utf-8-sig")))
    assert header[:3] == ["评定年度", "参评家次", "1 星"]
    assert row == ["2024", "1", "0", "0", "0", "1", "0", "100.0%", "100.0%"]


def test_districts(client, ratings):
    sheet = openpyxl.load_workbook(io.BytesIO(body(client.get("/unions/statistics/districts.xlsx?year=2024")))).active
    assert [cell.value for cell in sheet[2]][:2] == ["四川省成都市锦江区", 1]
    (row,) = map(json.loads, body(client.get("/unions/statistics/districts.jsonl")).decode().splitlines())
    assert row["2024"] == 1


def test_the_page_links_to_them_and_nothing_else_is_there(client, ratings):
    page = client.get("/unions/statistics/").content.decode()
    for name in ("years.xlsx", "years.jsonl", "districts.csv?year=2024"):
        assert f"/unions/statistics/{name}" in page
    assert client.get("/unions/statistics/years.pdf").status_code == 404
    assert client.get("/unions/statistics/nothing.csv").status_code == 404
