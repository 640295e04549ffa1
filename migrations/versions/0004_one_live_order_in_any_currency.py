"""One live order an exhibitor, in any currency"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

AMOUNTS = {
    "exhibitor_order": ("net_minor", "tax_minor", "total_minor"),
    "exhibitor_order_line": ("unit_price_minor", "net_minor", "tax_minor"),
    "invoice": ("total_minor",),
}


def upgrade() -> None:
    # A column named by a trigger keeps its type, so the trigger steps aside.
    op.execute("DROP TRIGGER order_adds_up ON exhibitor_order")
    for table, columns in AMOUNTS.items():
        for column in columns:
            op.alter_column(table, column, existing_type=sa.Integer(), type_=sa.BigInteger())
    op.execute(
        "CREATE CONSTRAINT TRIGGER order_adds_up AFTER INSERT OR UPDATE OF net_minor, tax_minor, total_minor"
        " ON exhibitor_order DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION order_adds_up()"
    )
    op.create_index(
        "uq_exhibitor_order_live",
        "exhibitor_order",
        ["exhibitor_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'cancelled'"),
    )


def downgrade() -> None:
    op.drop_index("uq_exhibitor_order_live", "exhibitor_order")
