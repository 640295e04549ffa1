"""Argon2 with small parameters, so that signing in costs tests little; one test looks at the real ones."""

import pytest
from argon2 import PasswordHasher

from expo.accounts import passwords

REAL_HASHER = passwords.hasher


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch):
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()
