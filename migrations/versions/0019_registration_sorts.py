"""Sorts of registration: questions, quotas, waiting lists, codes."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

PEOPLE = """
ALTER TABLE person
    ADD COLUMN state varchar NOT NULL DEFAULT 'confirmed',
    ADD CONSTRAINT ck_person_state
        CHECK (state IN ('pending', 'waiting', 'confirmed', 'declined', 'cancelled'));
"""


def upgrade() -> None:
    """Everybody who is registered already is confirmed."""
    for statement in (PEOPLE,):
        op.get_bind().connection.driver_connection.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
