"""The reference edition, made once for all tests of the room."""

import pytest

from matchmaking.demo.reference import Reference, reference


@pytest.fixture(scope="session")
def made() -> Reference:
    return reference()
