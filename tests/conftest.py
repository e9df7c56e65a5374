"""What every test may rely on."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.support.postgres import Postgres, running

settings.register_profile("unhurried", deadline=None)  # a busy machine is no fault of what is tested
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def _no_keys_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests bring their own keys: those of whoever runs them must never be used."""
    monkeypatch.delenv("ROOMKEEPER_VAULT_KEYS", raising=False)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server for all tests of this process."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def prepared(postgres: Postgres) -> str:
    """The URL of a database with tables, which tests use one after another, each emptying it first."""
    from tests.unit.storage import databases

    url = postgres.create()
    databases.prepare(url)
    return url


def pytest_report_header() -> str:
    """Say at the top whether a missing server fails or skips."""
    return f"missing servers: {'fail' if os.environ.get('CI') == 'true' else 'skip'}"
