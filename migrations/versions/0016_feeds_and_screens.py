"""Programmes from other systems, past midnight."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# A day whose programme ends at or before the hour it began ends on the next date. The hours of two days never
# overlap, or a talk would belong to both.
PROGRAMME_HOURS = """
ALTER TABLE edition_day
    DROP CONSTRAINT ck_edition_day_hours,
    ADD CONSTRAINT edition_day_apart EXCLUDE USING gist (
        int4range(edition_id, edition_id, '[]') WITH =,
        tsrange(date + programme_from, date + programme_until + CASE WHEN programme_until <= programme_from
                THEN interval '1 day' ELSE interval '0' END) WITH &&
    ) WHERE (programme_from IS NOT NULL AND programme_until IS NOT NULL) DEFERRABLE INITIALLY DEFERRED;
"""
# The same conference may be imported twice, as two editions: a guid is one talk's within an edition.
TALKS = """
ALTER TABLE talk
    DROP CONSTRAINT ck_talk_minutes,
    ADD CONSTRAINT ck_talk_minutes CHECK (minutes BETWEEN 1 AND 1440),
    DROP CONSTRAINT uq_talk_guid,
    ADD CONSTRAINT uq_talk_edition_id_guid UNIQUE (edition_id, guid),
    ADD COLUMN origin jsonb NOT NULL DEFAULT '{}';
"""

# Whoever writes a place takes the row of the edition's number first, not only when the place is logged: else
# two writers of one room might both stand in the index and, at their commits, wait for each other.
IN_TURN = """
CREATE FUNCTION take_turn_in_timetable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO timetable_head (edition_id, revision) VALUES (NEW.edition_id, 0)
        ON CONFLICT (edition_id) DO NOTHING;
    PERFORM 1 FROM timetable_head WHERE edition_id = NEW.edition_id FOR UPDATE;
    RETURN NEW;
END $$;
CREATE TRIGGER slot_waits_its_turn BEFORE INSERT OR UPDATE ON slot
    FOR EACH ROW EXECUTE FUNCTION take_turn_in_timetable();
"""


def upgrade() -> None:
    """Existing days end on the date they began, so they keep apart already."""
    for statement in (PROGRAMME_HOURS, TALKS, IN_TURN):
        op.get_bind().connection.driver_connection.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
