"""A party may agree to as many meetings in one slot as it has people who are there, and to no more."""

from alembic import op

revision = "0038"
down_revision = "0035"
branch_labels = None
depends_on = None

RULE = """
-- How many meetings a party can sit in at once: its people who are there then; one where it names none.
CREATE FUNCTION people_in_slot(side text, party integer, one_slot integer) RETURNS integer
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN count(*) = 0 THEN 1
                ELSE count(*) FILTER (WHERE NOT unavailable @> to_jsonb(one_slot)) END::integer
      FROM delegate WHERE CASE side WHEN 'buyer' THEN buyer_id ELSE exhibitor_id END = party
$$;

CREATE FUNCTION agreed_slot_is_free() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE taken integer;
BEGIN
    -- Always the buyer first: two agreements wait for each other in one order only.
    PERFORM 1 FROM buyer WHERE id = NEW.buyer_id FOR NO KEY UPDATE;
    PERFORM 1 FROM exhibitor WHERE id = NEW.exhibitor_id FOR NO KEY UPDATE;
    SELECT count(*) INTO taken FROM meeting_request
     WHERE buyer_id = NEW.buyer_id AND slot = NEW.slot AND state = 'agreed' AND slot IS NOT NULL;
    IF taken > 1 AND taken > people_in_slot('buyer', NEW.buyer_id, NEW.slot) THEN
        RAISE EXCEPTION 'buyer % has agreed to slot % often enough', NEW.buyer_id, NEW.slot
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agreed_slot_of_buyer';
    END IF;
    SELECT count(*) INTO taken FROM meeting_request
     WHERE exhibitor_id = NEW.exhibitor_id AND slot = NEW.slot AND state = 'agreed' AND slot IS NOT NULL;
    IF taken > 1 AND taken > people_in_slot('supplier', NEW.exhibitor_id, NEW.slot) THEN
        RAISE EXCEPTION 'exhibitor % has agreed to slot % often enough', NEW.exhibitor_id, NEW.slot
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agreed_slot_of_exhibitor';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER agreed_slot_is_free AFTER INSERT OR UPDATE OF state, slot ON meeting_request
    FOR EACH ROW WHEN (NEW.state = 'agreed' AND NEW.slot IS NOT NULL) EXECUTE FUNCTION agreed_slot_is_free();
"""


def upgrade() -> None:
    """The unique indexes go: they knew parties, not people. The rule counts people, in line for both."""
    for side in ("buyer", "exhibitor"):
        op.execute(f"DROP INDEX uq_meeting_request_{side}_slot")
        op.execute(
            f"CREATE INDEX ix_meeting_request_{side}_slot ON meeting_request ({side}_id, slot)"
            " WHERE state = 'agreed' AND slot IS NOT NULL"
        )
    op.execute(RULE)


def downgrade() -> None:
    """Fails where somebody has agreed to two meetings at once meanwhile."""
    op.execute("DROP TRIGGER agreed_slot_is_free ON meeting_request")
    op.execute("DROP FUNCTION agreed_slot_is_free()")
    op.execute("DROP FUNCTION people_in_slot(text, integer, integer)")
    for side in ("buyer", "exhibitor"):
        op.execute(f"DROP INDEX ix_meeting_request_{side}_slot")
        op.execute(
            f"CREATE UNIQUE INDEX uq_meeting_request_{side}_slot ON meeting_request ({side}_id, slot)"
            " WHERE state = 'agreed' AND slot IS NOT NULL"
        )
