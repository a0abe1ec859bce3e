"""docs/error-codes.md names every code that the program can answer with, and no other."""

import ast
import re
from pathlib import Path

PROJECT = Path(__file__).parent.parent
RAISED = {"Unclean", "FileRefused", "Refused", "Problem", "ImportRefused", "Busy", "NotPrintable"}
NOTES = {"problem", "_leave", "_note"}
SEVERITIES = {"error", "warning", "hint"}
WITH_KEYWORD = RAISED | {"ValidationError", "problem", "_problem"}
NOT_OURS = {"invalid_choice", "invalid"}  # Django's own


def codes_of(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in RAISED and node.args and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value
            if name in NOTES:
                words = [
                    arg.value for arg in node.args if isinstance(arg, ast.Constant) and arg.value not in SEVERITIES
                ]
                yield from words[-1:]
            yield from (
                keyword.value.value
                for keyword in node.keywords
                if isinstance(keyword.value, ast.Constant)
                and (keyword.arg == "error_code" or (keyword.arg == "code" and name in WITH_KEYWORD))
            )
        elif isinstance(node, ast.Dict):
            yield from (
                value.value
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant) and key.value == "code" and isinstance(value, ast.Constant)
            )
        elif isinstance(node, ast.ClassDef):
            yield from (
                statement.value.value
                for statement in node.body
                if isinstance(statement, ast.Assign)
                and getattr(statement.targets[0], "id", "") == "code"
                and isinstance(statement.value, ast.Constant)
            )


def in_code():
    found = {}
    for room in ("content", "exports"):
        for file in sorted((PROJECT / room).rglob("*.py")):
            if "migrations" not in file.parts:
                for code in codes_of(ast.parse(file.read_text("utf-8"))):
                    if isinstance(code, str) and re.fullmatch(r"[a-z]\w+", code) and code not in NOT_OURS:
                        found.setdefault(code, file.relative_to(PROJECT))
    return found


def in_docs():
    text = (PROJECT / "docs" / "error-codes.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|$", text, re.M)
    assert all(meaning.strip() and remedy.strip() for _code, meaning, remedy in rows)
    assert len(rows) == len({code for code, *_rest in rows}), "a code stands twice"
    return {code for code, *_rest in rows}


def test_every_code_is_documented():
    missing = {code: str(file) for code, file in in_code().items() if code not in in_docs()}
    assert not missing


def test_every_documented_code_exists():
    assert not in_docs() - set(in_code())
