"""`manage.py compile_bulletin`, a contract that scripts rely on."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def test_writes_the_pdf(bulletin, tmp_path):
    out = StringIO()
    call_command("compile_bulletin", bulletin.slug, output=tmp_path / "b.pdf", stdout=out)
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF-1.")
    assert "第3期" in out.getvalue()
    assert "SHA-256" in out.getvalue()


def test_initiative_prints_too(initiative, tmp_path):
    call_command("compile_bulletin", initiative.slug, output=tmp_path / "i.pdf", stdout=StringIO())
    assert (tmp_path / "i.pdf").stat().st_size > 5_000


def test_unpublished_issue_prints_its_draft_and_says_so(make_bulletin, tmp_path):
    page = make_bulletin(live=False)
    err = StringIO()
    call_command("compile_bulletin", page.slug, output=tmp_path / "b.pdf", stdout=StringIO(), stderr=err)
    assert "尚未发布" in err.getvalue()


def test_unknown_slug_exits_2_and_names_what_there_is(bulletin, tmp_path):
    with pytest.raises(CommandError, match=r"没有别名为“mei-you”的简报.*jian-bao") as raised:
        call_command("compile_bulletin", "mei-you", output=tmp_path / "b.pdf")
    assert raised.value.returncode == 2
    assert not (tmp_path / "b.pdf").exists()


def test_folder_that_is_not_there_exits_2(bulletin, tmp_path):
    with pytest.raises(CommandError, match="无法写入") as raised:
        call_command("compile_bulletin", bulletin.slug, output=tmp_path / "no" / "b.pdf")
    assert raised.value.returncode == 2


def test_text_that_cannot_be_set_exits_2(make_bulletin, tmp_path):
    page = make_bulletin(editor_note="\U0001f7f0")
    with pytest.raises(CommandError, match=r"U\+1F7F0") as raised:
        call_command("compile_bulletin", page.slug, output=tmp_path / "b.pdf")
    assert raised.value.returncode == 2
