"""Groups, duplicates, photos, visa letters and what people consent to."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _consents()


def _consents() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("language", sa.String(), server_default="en", nullable=False),
        sa.Column("by", sa.String(), server_default="person", nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose IN ('leads', 'news', 'photo', 'visa')", name=op.f("ck_consent_purpose")),
        sa.CheckConstraint("by IN ('person', 'organiser', 'exhibitor')", name=op.f("ck_consent_by")),
        sa.CheckConstraint("withdrawn_at >= given_at", name=op.f("ck_consent_order")),
        sa.CheckConstraint("version >= 0", name=op.f("ck_consent_version")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"])
    op.create_index(
        "uq_consent_given",
        "consent",
        ["person_id", "purpose"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
