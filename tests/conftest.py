"""What every test may rely on."""

import os

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)  # a busy machine is no fault of what is tested
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def _no_keys_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests bring their own keys: those of whoever runs them must never be used."""
    monkeypatch.delenv("ROOMKEEPER_VAULT_KEYS", raising=False)


def pytest_report_header() -> str:
    """Say at the top whether a missing server fails or skips."""
    return f"missing servers: {'fail' if os.environ.get('CI') == 'true' else 'skip'}"
