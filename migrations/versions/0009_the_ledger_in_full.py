"""What the ledger keeps of a deal's parties, projects, documents, deliveries and sales at stands."""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
