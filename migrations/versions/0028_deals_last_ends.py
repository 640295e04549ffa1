"""Which deals have a trait, packed in blocks: any drill-down is an intersection of those, however common."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

# A deal's traits as the sums know them; its number in the block is a bit, worth and kind are bytes. The
# kind says type, stage (by its place in the table of stages) and whether the deal counts as an outcome.
TRAITS = """
CREATE VIEW deal_trait_fact AS
SELECT fact.edition_id, fact.deal_id, deal.number, fact.dimension, fact.key, fact.minor, said.kind,
       set_bit(repeat('0', 1024)::bit(1024), deal.number % 1024, 1) AS packed_bit,
       CASE WHEN fact.dimension IN ('all', 'chapter', 'section') THEN int8send(fact.minor) ELSE '' END
           AS packed_minor,
       CASE WHEN fact.dimension = 'all' THEN set_byte('\\x00', 0, said.kind) ELSE '' END AS packed_kind
  FROM deal_fact AS fact JOIN deal ON deal.id = fact.deal_id
  JOIN deal_stage AS known ON known.type = deal.type AND known.stage = deal.stage
  CROSS JOIN LATERAL (VALUES (
      32 * (array_position(ARRAY['purchase', 'investment', 'cooperation', 'report', 'retail'],
                           deal.type::text) - 1) + 2 * known.position + fact.counted::integer
  )) AS said (kind);
-- read whole again and again: not worth unpacking
ALTER TABLE deal_trait ALTER COLUMN minors SET STORAGE EXTERNAL;
INSERT INTO deal_trait (edition_id, dimension, key, block, bits, minors, kinds)
SELECT edition_id, dimension, key, number / 1024, substring(varbit_send(bit_or(packed_bit)::varbit) FROM 5),
       string_agg(packed_minor, '' ORDER BY number), string_agg(packed_kind, '' ORDER BY number)
  FROM deal_trait_fact GROUP BY edition_id, dimension, key, number / 1024;
"""


def upgrade() -> None:
    """Sums by two traits and the indexes that drill-downs read go: the blocks answer all of it."""
    op.create_table(
        "deal_trait",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.LargeBinary(), nullable=False) for name in ("bits", "minors", "kinds")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_deal_trait_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", "dimension", "key", "block", name=op.f("pk_deal_trait")),
    )
    op.get_bind().connection.driver_connection.execute(TRAITS)
    op.execute("DROP VIEW deal_pair_fact")
    op.drop_table("deal_pair")
    for name in ("country", "buyer", "standing", "zone", "signed", "origin"):
        op.drop_index(f"ix_deal_{name}", "deal")
    op.create_index("ix_deal_origin", "deal", ["edition_id", "origin", "id"])
    for name in ("chapter", "section"):
        op.drop_index(f"ix_deal_line_{name}", "deal_line")


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
