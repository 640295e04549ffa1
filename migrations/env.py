"""Alembic's entry: online only, with the engine that `expo.schema` hands over."""

from alembic import context

from expo.schema import metadata


def ours(name, type_, parent_names) -> bool:
    """Leave the queue's tables to the queue."""
    return not (type_ == "table" and name is not None and name.startswith("procrastinate_"))


with context.config.attributes["engine"].connect() as connection:
    # Pages give up on a statement after a while; a step of the schema over a large edition may take longer.
    connection.exec_driver_sql("SET statement_timeout = 0")
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=metadata(),
        include_name=ours,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.exec_driver_sql("RESET statement_timeout")
    connection.commit()
