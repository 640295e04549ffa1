"""Kinds of products are counted from an index"""

from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index('ix_product_kind_key', table_name='product')
    op.create_index('ix_product_kinds', 'product', ['edition_id', 'kind_key', 'exhibitor_id'])


def downgrade() -> None:
    op.drop_index('ix_product_kinds', table_name='product')
    op.create_index('ix_product_kind_key', 'product', ['kind_key'])
