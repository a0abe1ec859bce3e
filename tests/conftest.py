"""Fixtures that more than one room needs. The database is real; divisions come with the migrations."""

from collections.abc import Callable

import pytest
from django.db import connection

from content.core import divisions, freshness
from content.core.faces import drawn, tally
from content.core.models import Division, User


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    """Return a maker of users: `make_user("zhang", divisions=["510104"], groups=[…])`."""

    def make(username: str, *, divisions: list[str] = (), groups: list = (), **fields) -> User:
        user = User.objects.create_user(username=username, password="示例-Password-2026", **fields)
        user.divisions.set(Division.objects.filter(code__in=divisions))
        user.groups.set(groups)
        return user

    return make


@pytest.fixture(autouse=True)
def _memory_ends_with_the_test():
    """What a test writes is rolled back; the names and counts in memory must not outlive it."""
    generation = divisions.names.generation
    yield
    if divisions.names.generation != generation:
        divisions.names.forget()
    freshness.forget()
    tally.forget()
    drawn.forget()


@pytest.fixture
def superuser(make_user: Callable[..., User]) -> User:
    return make_user("root", is_superuser=True, is_staff=True)


@pytest.fixture
def root_client(client, superuser):
    """A browser signed in as a superuser."""
    client.force_login(superuser)
    return client


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """Return what runs a block as a transaction that commits; what stands planned from before is dropped."""

    def commit():
        connection.run_on_commit.clear()
        return django_capture_on_commit_callbacks(execute=True)

    return commit
