"""What the organiser lets strangers see of the floor plan, and who may embed it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_settings",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("names", sa.String(), server_default="published", nullable=False),
        sa.Column("shows_free", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("shows_held", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("embedding", sa.String(), server_default="nowhere", nullable=False),
        sa.Column("embed_sites", postgresql.JSONB(), server_default="[]", nullable=False),
        sa.CheckConstraint("names IN ('published','at_once','never')", name=op.f("ck_plan_settings_names")),
        sa.CheckConstraint(
            "embedding IN ('nowhere','listed','anywhere')", name=op.f("ck_plan_settings_embedding")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_plan_settings_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_plan_settings")),
    )


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
