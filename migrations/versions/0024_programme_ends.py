"""The programme's last ends: a talk's place lasts as long as the talk, whoever writes either of them."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

# A place begins where it is put and lasts the talk's minutes. The other way round the place follows at the
# commit: whoever changes a length and moves the talk in the same transaction has said all by then, and what
# they did is one act of the log.
LENGTHS = """
CREATE FUNCTION slot_lasts_its_talk() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE length integer;
BEGIN
    SELECT minutes INTO length FROM talk WHERE id = NEW.talk_id;
    IF length IS NOT NULL AND NOT isempty(NEW.during) AND lower(NEW.during) IS NOT NULL THEN
        NEW.during := tstzrange(lower(NEW.during), lower(NEW.during) + make_interval(mins => length));
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER slot_lasts_its_talk BEFORE INSERT OR UPDATE OF during, talk_id ON slot
    FOR EACH ROW EXECUTE FUNCTION slot_lasts_its_talk();
CREATE FUNCTION talk_stretches_its_slot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE slot SET during = during
     WHERE talk_id = NEW.id
       AND upper(during) <> lower(during)
           + make_interval(mins => (SELECT minutes FROM talk WHERE id = NEW.id));
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER talk_stretches_its_slot AFTER UPDATE OF minutes ON talk
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.minutes IS DISTINCT FROM OLD.minutes)
    EXECUTE FUNCTION talk_stretches_its_slot();
"""


# Lengths are changed on the board, too.
ACTS = """
ALTER TABLE timetable_act DROP CONSTRAINT ck_timetable_act_kind, ADD CONSTRAINT ck_timetable_act_kind CHECK
    (kind IN ('move','shift','swap','stretch','pin','clear','undo','redo','build','import',
              'withdraw','other'));
"""


def upgrade() -> None:
    """Places that are of another length stay until they are written again: none is moved behind anybody."""
    for statement in (LENGTHS, ACTS):
        op.get_bind().connection.driver_connection.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
