"""Meetings that come in from a folder: who wrote what, without an account, and who came to a missed one."""

from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

# An address stays where no account is known by it, so that an erasure finds what somebody wrote.
AUTHORS = """
ALTER TABLE request_message ADD COLUMN author VARCHAR NOT NULL DEFAULT '';
ALTER TABLE meeting_feedback ADD COLUMN author VARCHAR NOT NULL DEFAULT '';
"""
# A meeting that one side missed comes in as missed, and the other side was there: it came before the first
# was noted as missing. Whoever comes later than that comes to no meeting, as ever.
ARRIVALS = """
CREATE OR REPLACE FUNCTION attendance_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE standing text;
BEGIN
    SELECT state INTO standing FROM meeting WHERE id = NEW.meeting_id FOR UPDATE;
    IF standing NOT IN ('planned','held') AND NOT (standing = 'no_show'
        AND EXISTS (SELECT 1 FROM meeting_no_show WHERE meeting_id = NEW.meeting_id
                       AND side <> NEW.side AND noted_at >= NEW.arrived_at)
        AND NOT EXISTS (SELECT 1 FROM meeting_no_show WHERE meeting_id = NEW.meeting_id
                           AND side = NEW.side)) THEN
        RAISE EXCEPTION 'meeting % does not take place', NEW.meeting_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_counts';
    END IF;
    RETURN NEW;
END $$;
"""


def upgrade() -> None:
    """Nothing that is there changes."""
    op.execute(AUTHORS)
    op.execute(ARRIVALS)


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
