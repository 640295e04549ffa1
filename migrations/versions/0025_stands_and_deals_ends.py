"""Nobody's points are left as they were when what they count changes; HS codes that an edition knows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

DUE = """
-- Every row that points are counted from says whom it concerns: the firm, in this edition and later ones.
CREATE FUNCTION points_due_since(firm integer, since date) RETURNS void LANGUAGE sql AS $$
    INSERT INTO points_due (exhibitor_id)
    SELECT exhibitor.id FROM exhibitor JOIN edition ON edition.id = exhibitor.edition_id
     WHERE exhibitor.organisation_id = firm AND exhibitor.state IN ('submitted', 'accepted')
       AND edition.starts_on >= since
$$;

CREATE FUNCTION points_due_by_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM points_due_since(exhibitor.organisation_id, edition.starts_on)
       FROM exhibitor JOIN edition ON edition.id = exhibitor.edition_id WHERE exhibitor.id = NEW.exhibitor_id;
    RETURN NULL;
END $$;
CREATE TRIGGER points_due_by_new_order AFTER INSERT ON exhibitor_order
    FOR EACH ROW WHEN (NEW.state = 'paid') EXECUTE FUNCTION points_due_by_order();
CREATE TRIGGER points_due_by_order AFTER UPDATE OF state, net_minor, currency ON exhibitor_order
    FOR EACH ROW WHEN ((OLD.state = 'paid' OR NEW.state = 'paid') AND
        (OLD.state, OLD.net_minor, OLD.currency) IS DISTINCT FROM (NEW.state, NEW.net_minor, NEW.currency))
    EXECUTE FUNCTION points_due_by_order();

CREATE FUNCTION points_due_by_fact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM points_due_since(NEW.organisation_id, edition.starts_on)
       FROM edition WHERE edition.id = NEW.edition_id;
    RETURN NULL;
END $$;
CREATE TRIGGER points_due_by_fact AFTER INSERT OR UPDATE ON points_fact
    FOR EACH ROW EXECUTE FUNCTION points_due_by_fact();

-- Being accepted is a year in later editions; area, and being ranked at all, count in this one.
CREATE FUNCTION points_due_by_exhibitor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR (OLD.state = 'accepted') <> (NEW.state = 'accepted') THEN
        PERFORM points_due_since(NEW.organisation_id, edition.starts_on + 1)
           FROM edition WHERE edition.id = NEW.edition_id;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.state IN ('submitted', 'accepted')
       AND (OLD.area_m2 <> NEW.area_m2 OR OLD.state NOT IN ('submitted', 'accepted')) THEN
        INSERT INTO points_due (exhibitor_id) VALUES (NEW.id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER points_due_by_new_exhibitor AFTER INSERT ON exhibitor
    FOR EACH ROW WHEN (NEW.state = 'accepted') EXECUTE FUNCTION points_due_by_exhibitor();
CREATE TRIGGER points_due_by_exhibitor AFTER UPDATE OF state, area_m2 ON exhibitor
    FOR EACH ROW WHEN ((OLD.state, OLD.area_m2) IS DISTINCT FROM (NEW.state, NEW.area_m2))
    EXECUTE FUNCTION points_due_by_exhibitor();

-- A rate changes what was paid in that currency is worth in this edition.
CREATE FUNCTION points_due_by_rate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone rate;
BEGIN
    gone := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    INSERT INTO points_due (exhibitor_id)
    SELECT DISTINCT ranked.id
      FROM exhibitor_order JOIN exhibitor payer ON payer.id = exhibitor_order.exhibitor_id
      JOIN exhibitor ranked ON ranked.organisation_id = payer.organisation_id
     WHERE exhibitor_order.state = 'paid' AND exhibitor_order.currency = gone.currency
       AND ranked.edition_id = gone.edition_id AND ranked.state IN ('submitted', 'accepted');
    RETURN NULL;
END $$;
CREATE TRIGGER points_due_by_rate AFTER INSERT OR UPDATE OR DELETE ON rate
    FOR EACH ROW EXECUTE FUNCTION points_due_by_rate();
"""


def upgrade() -> None:
    """Nobody is due at first: what an edition came with stays until something changes."""
    op.add_column("exhibitor", sa.Column("points_counted_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "points_due",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_points_due_exhibitor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_due")),
    )
    op.create_index(op.f("ix_points_due_exhibitor_id"), "points_due", ["exhibitor_id"])
    op.execute(DUE)
    op.create_table(
        "hs_code",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("code ~ '^[0-9]{4}([0-9]{2})?$'", name=op.f("ck_hs_code_code")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_hs_code_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", "code", name=op.f("pk_hs_code")),
    )
