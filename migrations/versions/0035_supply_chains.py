"""Supply chains that an organiser draws: stages from upstream to downstream, each with its codes of goods."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One new table; editions made before begin without chains and may take the starting set."""
    op.create_table(
        "supply_chain",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", JSONB(), nullable=False),
        sa.Column("stages", JSONB(), nullable=False),
        sa.CheckConstraint("code ~ '^[a-z0-9-]{1,40}$'", name=op.f("ck_supply_chain_code")),
        sa.CheckConstraint(
            "jsonb_typeof(stages) = 'array' AND jsonb_array_length(stages) BETWEEN 1 AND 12",
            name=op.f("ck_supply_chain_stages"),
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_supply_chain_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supply_chain")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_supply_chain_edition_id_code")),
    )
    op.create_index(op.f("ix_supply_chain_edition_id"), "supply_chain", ["edition_id"])


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
