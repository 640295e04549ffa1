"""Sums of deals by every two of their traits, who calls off from a framework, how figures are published."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# What a deal adds to the sums by two traits: one of the deal, and another of it or of its lines.
PAIRS = """
CREATE VIEW deal_pair_fact AS
SELECT deal.edition_id, deal.id AS deal_id, deal.type, deal.stage,
       (known.counts AND deal.standing <> 'disputed' AND deal.framework_id IS NULL) AS counted,
       pair.one, pair.one_key, pair.other, pair.other_key, pair.minor
  FROM deal
  JOIN deal_stage AS known USING (type, stage)
  LEFT JOIN forum ON forum.id = deal.forum_id
  CROSS JOIN LATERAL (VALUES (
      ARRAY['country', 'buyer', 'zone', 'forum', 'day', 'newcomer', 'origin', 'currency', 'reach',
            'standing'],
      ARRAY[deal.seller_country, deal.buyer_country, deal.zone_code, coalesce(forum.code, ''),
            deal.signed_on::text, CASE WHEN deal.newcomer THEN 'new' ELSE 'known' END, deal.origin,
            deal.currency, CASE WHEN deal.abroad THEN 'abroad' ELSE 'home' END, deal.standing]
  )) AS trait (names, keys)
  CROSS JOIN LATERAL (
      SELECT trait.names[i], trait.keys[i], trait.names[j], trait.keys[j], deal.home_minor
        FROM generate_series(1, 9) AS i CROSS JOIN LATERAL generate_series(i + 1, 10) AS j
      UNION ALL
      SELECT trait.names[i], trait.keys[i], goods.dimension, goods.key, goods.minor
        FROM generate_series(1, 10) AS i CROSS JOIN (
            SELECT 'chapter', left(line.hs, 2), sum(line.home_minor)::bigint
              FROM deal_line AS line WHERE line.deal_id = deal.id GROUP BY left(line.hs, 2)
            UNION ALL
            SELECT 'section', hs_section(left(line.hs, 2)), sum(line.home_minor)::bigint
              FROM deal_line AS line WHERE line.deal_id = deal.id GROUP BY hs_section(left(line.hs, 2))
        ) AS goods (dimension, key, minor)
  ) AS pair (one, one_key, other, other_key, minor);
INSERT INTO deal_pair (edition_id, one, one_key, other, other_key, type, stage, counted, deals, minor)
SELECT edition_id, one, one_key, other, other_key, type, stage, counted, count(*), sum(minor)
  FROM deal_pair_fact GROUP BY edition_id, one, one_key, other, other_key, type, stage, counted;
"""

# A framework and its call-offs meet at the framework's row, whichever of them is written.
CALLS = """
CREATE FUNCTION refuse_calls_of(frame integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM deal WHERE id = frame FOR UPDATE;
    IF EXISTS (
        SELECT FROM deal AS call JOIN deal AS framework ON framework.id = call.framework_id
          LEFT JOIN buyer ON buyer.id = call.buyer_id
         WHERE call.framework_id = frame AND call.stage NOT IN ('lapsed', 'cancelled')
           AND (call.seller_id <> framework.seller_id
                OR buyer.id IS NOT NULL AND NOT EXISTS (
                       SELECT FROM deal_party AS party WHERE party.deal_id = frame
                          AND party.organisation_id = buyer.organisation_id AND party.role <> 'witness'))
    ) THEN
        RAISE EXCEPTION 'framework % is called off by others than its parties', frame
            USING ERRCODE = 'check_violation', CONSTRAINT = 'parties_call_off';
    END IF;
END $$;
CREATE FUNCTION parties_call_off() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'deal_party' THEN
        PERFORM refuse_calls_of(OLD.deal_id) FROM deal WHERE id = OLD.deal_id AND framework;
    ELSIF NEW.framework_id IS NOT NULL THEN
        PERFORM refuse_calls_of(NEW.framework_id);
    ELSIF NEW.framework THEN
        PERFORM refuse_calls_of(NEW.id);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER deal_parties_call_off
    AFTER INSERT OR UPDATE OF framework, framework_id, seller_id, buyer_id, stage ON deal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.framework OR NEW.framework_id IS NOT NULL)
    EXECUTE FUNCTION parties_call_off();
CREATE CONSTRAINT TRIGGER deal_party_parties_call_off
    AFTER DELETE OR UPDATE OF deal_id, organisation_id, role ON deal_party
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION parties_call_off();
"""


def upgrade() -> None:
    """Call-offs that broke the rule before it was one stay until somebody changes them."""
    op.create_table(
        "deal_pair",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        *(sa.Column(n, sa.String(), nullable=False) for n in ("one", "one_key", "other", "other_key")),
        *(sa.Column(n, sa.String(), nullable=False) for n in ("type", "stage")),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("deals", sa.Integer(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_deal_pair_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "edition_id", "one", "one_key", "other", "other_key", "type", "stage", "counted",
            name=op.f("pk_deal_pair"),
        ),
    )  # fmt: skip
    op.create_table(
        "deal_settings",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("least_deals", sa.SmallInteger(), nullable=False, server_default="3"),
        sa.Column("off_reason", sa.String(), nullable=False, server_default=""),
        sa.CheckConstraint("least_deals BETWEEN 0 AND 100", name=op.f("ck_deal_settings_least")),
        sa.CheckConstraint("least_deals > 0 OR off_reason <> ''", name=op.f("ck_deal_settings_reason")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_deal_settings_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_deal_settings")),
    )
    for name, column in (("buyer", "buyer_country"), ("origin", "origin"), ("standing", "standing")):
        op.create_index(f"ix_deal_{name}", "deal", ["edition_id", column, "id"])
    op.create_index(
        "ix_deal_line_section", "deal_line", [sa.literal_column('hs_section("left"(hs, 2))'), "deal_id"]
    )
    for rules in (PAIRS, CALLS):
        op.get_bind().connection.driver_connection.execute(rules)


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
