"""A plan is not taken back in part: the state of its run and who stands where change together."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WHOLE = """
CREATE FUNCTION allocation_taken_back_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM allocation_run WHERE id = OLD.id AND state = 'published') THEN
        RETURN NULL; -- back again within the transaction
    END IF;
    IF EXISTS (SELECT FROM allotment WHERE run_id = OLD.id AND NOT locked) THEN
        RAISE EXCEPTION 'places of allocation run % stay although it is not published any more', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_taken_back_whole';
    END IF;
    IF EXISTS (SELECT FROM allocation_publication WHERE run_id = OLD.id)
       AND (SELECT kind = 'published' AND run_id = OLD.id FROM allocation_publication
             WHERE edition_id = OLD.edition_id ORDER BY number DESC LIMIT 1) THEN
        RAISE EXCEPTION 'the newest version says that allocation run % is published', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_taken_back_whole';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER allocation_taken_back_whole
    AFTER UPDATE OF state ON allocation_run DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.state = 'published' AND NEW.state <> 'published')
    EXECUTE FUNCTION allocation_taken_back_whole();
"""


def upgrade() -> None:
    """At the end of the transaction, as both may be changed in either order within it."""
    op.execute(WHOLE)
