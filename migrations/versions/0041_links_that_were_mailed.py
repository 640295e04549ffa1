"""Which links to one's own registration were mailed, and where: only those prove whose address it is."""

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Links made before count as not mailed: some of them were shown to whoever typed the address."""
    op.execute("ALTER TABLE person_link ADD COLUMN mailed_to VARCHAR NOT NULL DEFAULT ''")


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
