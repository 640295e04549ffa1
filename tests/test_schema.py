"""Models and migrations agree, and the rules that only the database can keep are there."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from expo.schema import metadata


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
