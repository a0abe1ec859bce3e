"""docs/environment.md lists every variable that the code reads, and none that it does not."""

import re

from cms.settings.environment import PROJECT

READ = re.compile(r"""env(?:\.\w+)?\(\s*["']([A-Z][A-Z0-9_]+)["']""")


def test_documented_variables_are_those_that_the_code_reads():
    read = {name for file in (PROJECT / "cms").rglob("*.py") for name in READ.findall(file.read_text())}
    documented = set(re.findall(r"^\| `([A-Z0-9_]+)`", (PROJECT / "docs/environment.md").read_text(), re.MULTILINE))
    assert documented == read
