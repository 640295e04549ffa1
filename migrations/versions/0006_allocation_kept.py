"""What a run keeps so that it can be compared, repeated and taken back."""

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
