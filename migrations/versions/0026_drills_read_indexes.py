"""Drill-downs by three traits and more read indexes alone: a million lines need not be fetched for a sum."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

TRAITS = [
    "type", "stage", "standing", "framework_id", "newcomer", "abroad", "seller_country", "zone_code",
    "origin", "home_minor",
]  # fmt: skip
OF_DEALS = {
    "country": "seller_country",
    "buyer": "buyer_country",
    "origin": "origin",
    "zone": "zone_code",
    "signed": "signed_on",
}
OF_LINES = {"chapter": '"left"(hs, 2)', "section": 'hs_section("left"(hs, 2))'}


def upgrade() -> None:
    """The same indexes, with what is added up and asked beside."""
    for name, column in OF_DEALS.items():
        op.drop_index(f"ix_deal_{name}", "deal")
        beside = [trait for trait in TRAITS if trait != column]
        op.create_index(f"ix_deal_{name}", "deal", ["edition_id", column, "id"], postgresql_include=beside)
    for name, trait in OF_LINES.items():
        op.drop_index(f"ix_deal_line_{name}", "deal_line")
        op.create_index(
            f"ix_deal_line_{name}",
            "deal_line",
            [sa.literal_column(trait), "deal_id"],
            postgresql_include=["hs", "home_minor"],
        )


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
