"""An edition goes in and comes out the same, or not at all."""

import pytest

from matchmaking.folder import queries, services
from matchmaking.folder.writing import files_of
from tests.matchmaking.folder import small


def imported(session, files, **more):
    parsed, problems = services.read_files(files)
    assert [str(problem) for problem in problems.listed] == []
    return parsed, services.import_edition(session, parsed, **more)


def test_what_goes_in_comes_out_equal(session):
    parsed, edition = imported(session, small.files())
    session.expire_all()
    out = queries.collect(session, edition)
    assert out.settings == parsed.settings
    assert out.values() == parsed.values()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_exported_folder_imports_as_the_same_edition(session, form):
    parsed, edition = imported(session, small.files())
    session.expire_all()
    again, problems = services.read_files(files_of(queries.collect(session, edition), form))
    assert [str(problem) for problem in problems.listed] == []
    assert (again.settings, again.values()) == (parsed.settings, parsed.values())


def test_a_canonical_folder_comes_back_byte_for_byte(session):
    canonical = files_of(services.read_files(small.files())[0])
    _, edition = imported(session, canonical)
    session.expire_all()
    assert files_of(queries.collect(session, edition)) == canonical
