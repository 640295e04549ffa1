"""Models and migrations agree, and the rules that only the database can keep are there."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from expo.db import make_engine
from expo.errors import SetupProblem
from expo.schema import metadata, migrate


def test_models_and_migrations_agree(connection):
    def ours(name, kind, _parents):
        return not (kind == "table" and name.startswith("procrastinate_"))

    options = {"include_name": ours, "compare_type": True}
    context = MigrationContext.configure(connection, opts=options)
    assert compare_metadata(context, metadata()) == []


def test_every_named_constraint_of_the_models_exists(connection):
    rows = connection.execute(text("SELECT conname FROM pg_constraint"))
    there = {row.conname for row in rows}
    wanted = {
        str(connection.dialect.identifier_preparer.format_constraint(constraint)).strip('"')
        for table in metadata().tables.values()
        for constraint in table.constraints
        if constraint.name
    }
    assert wanted - there == set()


def test_a_database_of_another_version_is_told_in_one_sentence(fresh_database):
    engine = make_engine(fresh_database)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SetupProblem, match="was made by another version of this program"):
        migrate(engine)
    engine.dispose()
