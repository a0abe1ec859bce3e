"""Schemathesis holds the register endpoints to their own OpenAPI document, in the process, with few examples."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from cms.api.document import register_document

FEW = settings(
    max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None
)


@pytest.fixture
def open_connection():
    """Keep the test's transaction: at the end of a request the handler would close its connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def operations():
    return [operation for path in register_document()["paths"].values() for operation in path.values()]


@pytest.mark.django_db
@pytest.mark.parametrize("path", register_document()["paths"])
def test_answers_are_as_documented(rows, open_connection, path):
    schema = schemathesis.openapi.from_dict(register_document())
    schema.app = get_wsgi_application()
    operation = schema[path]["GET"]

    @FEW
    @given(case=operation.as_strategy())
    def answer(case):
        # The document cannot say which division codes there are, so a well-formed one may be refused.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    answer()


def test_every_operation_is_told_in_chinese():
    for operation in operations():
        assert operation["tags"] == ["名录"]
        assert any("\u4e00" <= char <= "\u9fff" for char in operation["summary"])
    assert len({operation["operationId"] for operation in operations()}) == len(operations()) >= 11
