"""What must never happen: rules that a single table's constraints cannot say, and the queue's own schema."""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER deal_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON deal_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

# Checked a statement at a time, so that a hall of 75,000 stands costs a handful of sums, not 75,000.
ZONE_AREAS = """
CREATE FUNCTION zone_holds_its_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE broken text;
BEGIN
    SELECT zone.code INTO broken
      FROM zone JOIN stand ON stand.zone_id = zone.id
     WHERE zone.id IN (SELECT DISTINCT touched.zone_id FROM touched)
     GROUP BY zone.id
    HAVING sum(stand.width::bigint * stand.depth) > zone.net_m2::bigint * 10000
     LIMIT 1;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'zone % has more stand area than net area', broken
            USING ERRCODE = 'check_violation', CONSTRAINT = 'zone_holds_its_stands';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER stand_insert_within_zone AFTER INSERT ON stand REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION zone_holds_its_stands();
CREATE TRIGGER stand_update_within_zone AFTER UPDATE ON stand REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION zone_holds_its_stands();
CREATE FUNCTION zone_stays_large_enough() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT coalesce(sum(stand.width::bigint * stand.depth), 0) FROM stand WHERE stand.zone_id = NEW.id)
       > NEW.net_m2::bigint * 10000 THEN
        RAISE EXCEPTION 'zone % has more stand area than net area', NEW.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'zone_holds_its_stands';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER zone_update_holds_stands AFTER UPDATE OF net_m2 ON zone
    FOR EACH ROW EXECUTE FUNCTION zone_stays_large_enough();
"""

# A person's parts carry the time of the talk, so that an exclusion constraint can keep people from being in
# two places at once.
PEOPLE_FOLLOW_SLOTS = """
CREATE FUNCTION people_follow_slot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND (TG_OP = 'DELETE' OR OLD.talk_id <> NEW.talk_id) THEN
        UPDATE talk_speaker SET during = NULL WHERE talk_id = OLD.talk_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        UPDATE talk_speaker SET during = NEW.during WHERE talk_id = NEW.talk_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER slot_moves_people AFTER INSERT OR UPDATE OR DELETE ON slot
    FOR EACH ROW EXECUTE FUNCTION people_follow_slot();
CREATE FUNCTION part_takes_slot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.during := (SELECT slot.during FROM slot WHERE slot.talk_id = NEW.talk_id);
    RETURN NEW;
END $$;
CREATE TRIGGER talk_speaker_takes_slot BEFORE INSERT OR UPDATE OF talk_id, speaker_id ON talk_speaker
    FOR EACH ROW EXECUTE FUNCTION part_takes_slot();
"""

SUMS = """
CREATE FUNCTION deal_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE which integer;
BEGIN
    IF TG_TABLE_NAME = 'deal' THEN which := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN which := OLD.deal_id;
    ELSE which := NEW.deal_id; END IF;
    IF EXISTS (SELECT 1 FROM deal WHERE deal.id = which AND deal.total_minor <>
               (SELECT coalesce(sum(amount_minor), 0) FROM deal_line WHERE deal_id = which)) THEN
        RAISE EXCEPTION 'deal % does not add up', which
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deal_adds_up';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER deal_adds_up AFTER INSERT OR UPDATE OF total_minor ON deal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION deal_adds_up();
CREATE CONSTRAINT TRIGGER deal_line_adds_up AFTER INSERT OR UPDATE OR DELETE ON deal_line
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION deal_adds_up();
CREATE FUNCTION order_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE which integer;
BEGIN
    IF TG_TABLE_NAME = 'exhibitor_order' THEN which := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN which := OLD.order_id;
    ELSE which := NEW.order_id; END IF;
    IF EXISTS (
        SELECT 1 FROM exhibitor_order o
          LEFT JOIN LATERAL (SELECT coalesce(sum(net_minor), 0) AS net, coalesce(sum(tax_minor), 0) AS tax
                               FROM exhibitor_order_line WHERE order_id = o.id) lines ON true
         WHERE o.id = which
           AND (o.net_minor <> lines.net OR o.tax_minor <> lines.tax
                OR o.total_minor <> lines.net + lines.tax)
    ) THEN
        RAISE EXCEPTION 'order % does not add up', which
            USING ERRCODE = 'check_violation', CONSTRAINT = 'order_adds_up';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER order_adds_up AFTER INSERT OR UPDATE OF net_minor, tax_minor, total_minor
    ON exhibitor_order DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION order_adds_up();
CREATE CONSTRAINT TRIGGER order_line_adds_up AFTER INSERT OR UPDATE OR DELETE ON exhibitor_order_line
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION order_adds_up();
"""


def upgrade() -> None:
    for rules in (APPEND_ONLY, ZONE_AREAS, PEOPLE_FOLLOW_SLOTS, SUMS, SchemaManager.get_schema()):
        op.get_bind().connection.driver_connection.execute(rules)


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: these rules hold the data together.")
