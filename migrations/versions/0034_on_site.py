"""The day itself: who came, who did not, seats that came free, interpreters, feedback, calendars."""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE onsite_settings (
    edition_id INTEGER NOT NULL,
    early_minutes INTEGER NOT NULL,
    grace_minutes INTEGER NOT NULL,
    alarm_after INTEGER NOT NULL,
    CONSTRAINT pk_onsite_settings PRIMARY KEY (edition_id),
    CONSTRAINT ck_onsite_settings_early CHECK (early_minutes BETWEEN 0 AND 240),
    CONSTRAINT ck_onsite_settings_grace CHECK (grace_minutes BETWEEN 0 AND 60),
    CONSTRAINT ck_onsite_settings_alarm CHECK (alarm_after BETWEEN 1 AND 100),
    CONSTRAINT fk_onsite_settings_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE
        CASCADE
);
CREATE TABLE meeting_attendance (
    meeting_id INTEGER NOT NULL,
    side VARCHAR NOT NULL,
    edition_id INTEGER NOT NULL,
    late_minutes INTEGER NOT NULL,
    arrived_at TIMESTAMP WITH TIME ZONE,
    how VARCHAR NOT NULL,
    user_id INTEGER,
    CONSTRAINT pk_meeting_attendance PRIMARY KEY (meeting_id, side),
    CONSTRAINT ck_meeting_attendance_side CHECK (side IN ('buyer','supplier')),
    CONSTRAINT ck_meeting_attendance_how CHECK (how IN ('self','host','badge')),
    CONSTRAINT ck_meeting_attendance_late CHECK (late_minutes BETWEEN 0 AND 60),
    CONSTRAINT fk_meeting_attendance_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE
        CASCADE,
    CONSTRAINT fk_meeting_attendance_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE
        CASCADE,
    CONSTRAINT fk_meeting_attendance_user_id FOREIGN KEY(user_id) REFERENCES "user" (id) ON DELETE SET NULL
);
CREATE INDEX ix_meeting_attendance_edition_id ON meeting_attendance (edition_id);
CREATE INDEX ix_meeting_attendance_user_id ON meeting_attendance (user_id);
CREATE TABLE meeting_no_show (
    meeting_id INTEGER NOT NULL,
    side VARCHAR NOT NULL,
    edition_id INTEGER NOT NULL,
    noted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    user_id INTEGER,
    excused BOOLEAN NOT NULL,
    told_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_meeting_no_show PRIMARY KEY (meeting_id, side),
    CONSTRAINT ck_meeting_no_show_side CHECK (side IN ('buyer','supplier')),
    CONSTRAINT fk_meeting_no_show_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE
        CASCADE,
    CONSTRAINT fk_meeting_no_show_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE
        CASCADE,
    CONSTRAINT fk_meeting_no_show_user_id FOREIGN KEY(user_id) REFERENCES "user" (id) ON DELETE SET NULL
);
CREATE INDEX ix_meeting_no_show_edition_id ON meeting_no_show (edition_id);
CREATE INDEX ix_meeting_no_show_user_id ON meeting_no_show (user_id);
CREATE TABLE meeting_opening (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    table_number INTEGER NOT NULL,
    seat INTEGER NOT NULL,
    buyer_id INTEGER,
    exhibitor_id INTEGER,
    asked JSONB NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    taken_id INTEGER,
    CONSTRAINT pk_meeting_opening PRIMARY KEY (id),
    CONSTRAINT ck_meeting_opening_side CHECK (num_nonnulls(buyer_id, exhibitor_id) = 1),
    CONSTRAINT ck_meeting_opening_taken CHECK (taken_id IS NULL OR closed_at IS NOT NULL),
    CONSTRAINT fk_meeting_opening_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE
        CASCADE,
    CONSTRAINT fk_meeting_opening_buyer_id FOREIGN KEY(buyer_id) REFERENCES buyer (id) ON DELETE CASCADE,
    CONSTRAINT fk_meeting_opening_exhibitor_id FOREIGN KEY(exhibitor_id) REFERENCES exhibitor (id) ON
        DELETE CASCADE,
    CONSTRAINT fk_meeting_opening_taken_id FOREIGN KEY(taken_id) REFERENCES meeting (id) ON DELETE SET NULL
);
CREATE INDEX ix_meeting_opening_buyer_id ON meeting_opening (buyer_id);
CREATE INDEX ix_meeting_opening_edition_id ON meeting_opening (edition_id);
CREATE INDEX ix_meeting_opening_exhibitor_id ON meeting_opening (exhibitor_id);
CREATE INDEX ix_meeting_opening_taken_id ON meeting_opening (taken_id);
CREATE UNIQUE INDEX uq_meeting_opening_seat ON meeting_opening (edition_id, slot, table_number, seat)
    WHERE closed_at IS NULL;
CREATE TABLE interpreter (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    email VARCHAR NOT NULL,
    phone VARCHAR NOT NULL,
    languages JSONB NOT NULL,
    unavailable JSONB NOT NULL,
    CONSTRAINT pk_interpreter PRIMARY KEY (id),
    CONSTRAINT ck_interpreter_name CHECK (name <> ''),
    CONSTRAINT fk_interpreter_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE
);
CREATE INDEX ix_interpreter_edition_id ON interpreter (edition_id);
CREATE TABLE interpreter_duty (
    meeting_id INTEGER NOT NULL,
    edition_id INTEGER NOT NULL,
    interpreter_id INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    CONSTRAINT pk_interpreter_duty PRIMARY KEY (meeting_id),
    CONSTRAINT uq_interpreter_duty_interpreter_id_slot UNIQUE (interpreter_id, slot),
    CONSTRAINT fk_interpreter_duty_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE
        CASCADE,
    CONSTRAINT fk_interpreter_duty_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE
        CASCADE,
    CONSTRAINT fk_interpreter_duty_interpreter_id FOREIGN KEY(interpreter_id) REFERENCES interpreter (id)
        ON DELETE CASCADE
);
CREATE INDEX ix_interpreter_duty_edition_id ON interpreter_duty (edition_id);
CREATE TABLE meeting_feedback (
    meeting_id INTEGER NOT NULL,
    side VARCHAR NOT NULL,
    edition_id INTEGER NOT NULL,
    rating INTEGER NOT NULL,
    follow_up BOOLEAN NOT NULL,
    again BOOLEAN NOT NULL,
    expected_minor BIGINT,
    currency VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    user_id INTEGER,
    given_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_meeting_feedback PRIMARY KEY (meeting_id, side),
    CONSTRAINT ck_meeting_feedback_side CHECK (side IN ('buyer','supplier')),
    CONSTRAINT ck_meeting_feedback_rating CHECK (rating BETWEEN 1 AND 5),
    CONSTRAINT ck_meeting_feedback_expected CHECK (expected_minor >= 0 AND (expected_minor IS NULL) =
        (currency = '')),
    CONSTRAINT ck_meeting_feedback_words CHECK (length(words) <= 2000),
    CONSTRAINT fk_meeting_feedback_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE
        CASCADE,
    CONSTRAINT fk_meeting_feedback_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE
        CASCADE,
    CONSTRAINT fk_meeting_feedback_user_id FOREIGN KEY(user_id) REFERENCES "user" (id) ON DELETE SET NULL
);
CREATE INDEX ix_meeting_feedback_edition_id ON meeting_feedback (edition_id);
CREATE INDEX ix_meeting_feedback_user_id ON meeting_feedback (user_id);
CREATE TABLE agenda_feed (
    id SERIAL NOT NULL,
    edition_id INTEGER NOT NULL,
    buyer_id INTEGER,
    exhibitor_id INTEGER,
    delegate_id INTEGER,
    key VARCHAR NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_agenda_feed PRIMARY KEY (id),
    CONSTRAINT uq_agenda_feed_key UNIQUE (key),
    CONSTRAINT ck_agenda_feed_side CHECK (num_nonnulls(buyer_id, exhibitor_id) = 1),
    CONSTRAINT fk_agenda_feed_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT fk_agenda_feed_buyer_id FOREIGN KEY(buyer_id) REFERENCES buyer (id) ON DELETE CASCADE,
    CONSTRAINT fk_agenda_feed_exhibitor_id FOREIGN KEY(exhibitor_id) REFERENCES exhibitor (id) ON DELETE
        CASCADE,
    CONSTRAINT fk_agenda_feed_delegate_id FOREIGN KEY(delegate_id) REFERENCES delegate (id) ON DELETE
        CASCADE
);
CREATE INDEX ix_agenda_feed_buyer_id ON agenda_feed (buyer_id);
CREATE INDEX ix_agenda_feed_delegate_id ON agenda_feed (delegate_id);
CREATE INDEX ix_agenda_feed_edition_id ON agenda_feed (edition_id);
CREATE INDEX ix_agenda_feed_exhibitor_id ON agenda_feed (exhibitor_id);
"""
RULES = """
-- Both came: the meeting is held, whoever tapped last. Nobody comes to one that is off, or failed.
CREATE FUNCTION attendance_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE standing text;
BEGIN
    SELECT state INTO standing FROM meeting WHERE id = NEW.meeting_id FOR UPDATE;
    IF standing NOT IN ('planned','held') THEN
        RAISE EXCEPTION 'meeting % does not take place', NEW.meeting_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_counts';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attendance_counts BEFORE INSERT OR UPDATE ON meeting_attendance
    FOR EACH ROW WHEN (NEW.arrived_at IS NOT NULL) EXECUTE FUNCTION attendance_counts();
CREATE FUNCTION attendance_holds_the_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE meeting SET state = 'held' WHERE id = NEW.meeting_id AND state = 'planned'
       AND (SELECT count(*) FROM meeting_attendance
             WHERE meeting_id = NEW.meeting_id AND arrived_at IS NOT NULL) = 2;
    RETURN NULL;
END $$;
CREATE TRIGGER attendance_holds_the_meeting AFTER INSERT OR UPDATE ON meeting_attendance
    FOR EACH ROW WHEN (NEW.arrived_at IS NOT NULL) EXECUTE FUNCTION attendance_holds_the_meeting();

-- Who came, did not fail to come; a meeting that somebody missed lets its people and its seat go.
CREATE FUNCTION no_show_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE standing text;
BEGIN
    SELECT state INTO standing FROM meeting WHERE id = NEW.meeting_id FOR UPDATE;
    IF standing NOT IN ('planned','no_show') OR EXISTS (
        SELECT 1 FROM meeting_attendance WHERE meeting_id = NEW.meeting_id AND side = NEW.side
           AND arrived_at IS NOT NULL) THEN
        RAISE EXCEPTION 'meeting % was not missed', NEW.meeting_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_show_counts';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER no_show_counts BEFORE INSERT ON meeting_no_show
    FOR EACH ROW EXECUTE FUNCTION no_show_counts();
CREATE FUNCTION no_show_ends_the_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE meeting SET state = 'no_show' WHERE id = NEW.meeting_id AND state = 'planned';
    RETURN NULL;
END $$;
CREATE TRIGGER no_show_ends_the_meeting AFTER INSERT ON meeting_no_show
    FOR EACH ROW EXECUTE FUNCTION no_show_ends_the_meeting();

-- A seat that somebody took stays taken.
CREATE FUNCTION opening_is_taken_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.taken_id IS NOT NULL AND NEW.taken_id IS DISTINCT FROM OLD.taken_id
       AND EXISTS (SELECT 1 FROM meeting WHERE id = OLD.taken_id)
       OR OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at THEN
        RAISE EXCEPTION 'opening % is over', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'opening_is_taken_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER opening_is_taken_once BEFORE UPDATE ON meeting_opening
    FOR EACH ROW EXECUTE FUNCTION opening_is_taken_once();

-- Interpreters sit where and when the meeting is; one that moves or falls through lets them go.
CREATE FUNCTION duty_is_of_a_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found_slot integer;
BEGIN
    SELECT slot INTO found_slot FROM meeting
     WHERE id = NEW.meeting_id AND state IN ('planned','held') FOR UPDATE;
    IF found_slot IS DISTINCT FROM NEW.slot THEN
        RAISE EXCEPTION 'meeting % is not in slot %', NEW.meeting_id, NEW.slot
            USING ERRCODE = 'check_violation', CONSTRAINT = 'duty_is_of_a_meeting';
    END IF;
    IF EXISTS (SELECT 1 FROM interpreter WHERE id = NEW.interpreter_id
                  AND unavailable @> to_jsonb(NEW.slot)) THEN
        RAISE EXCEPTION 'interpreter % is not there', NEW.interpreter_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'interpreter_is_there';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER duty_is_of_a_meeting BEFORE INSERT OR UPDATE ON interpreter_duty
    FOR EACH ROW EXECUTE FUNCTION duty_is_of_a_meeting();
CREATE FUNCTION duty_ends_with_the_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM interpreter_duty WHERE meeting_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER duty_ends_with_the_meeting AFTER UPDATE ON meeting FOR EACH ROW
    WHEN (OLD.slot <> NEW.slot OR OLD.state <> NEW.state AND NEW.state IN ('cancelled','no_show'))
    EXECUTE FUNCTION duty_ends_with_the_meeting();

-- Only of what took place there is something to say.
CREATE FUNCTION feedback_of_a_held_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM meeting WHERE id = NEW.meeting_id AND state = 'held' FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'meeting % was not held', NEW.meeting_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'feedback_of_a_held_meeting';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feedback_of_a_held_meeting BEFORE INSERT ON meeting_feedback
    FOR EACH ROW EXECUTE FUNCTION feedback_of_a_held_meeting();
"""
# Rows may lead only into their own edition (the functions are those of 0010).
OWNED = {
    "meeting_attendance": {"meeting_id": "meeting"},
    "meeting_no_show": {"meeting_id": "meeting"},
    "meeting_opening": {"buyer_id": "buyer", "exhibitor_id": "exhibitor", "taken_id": "meeting"},
    "interpreter_duty": {"meeting_id": "meeting", "interpreter_id": "interpreter"},
    "meeting_feedback": {"meeting_id": "meeting"},
    "agenda_feed": {"buyer_id": "buyer", "exhibitor_id": "exhibitor", "delegate_id": "delegate"},
}
ONE_EDITION = """
CREATE TRIGGER {table}_of_one_edition_{verb} AFTER {verb} ON {table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION of_one_edition({links});
"""
STAY = """
CREATE TRIGGER {table}_stays_in_edition BEFORE UPDATE OF edition_id ON {table}
    FOR EACH ROW WHEN (OLD.edition_id IS DISTINCT FROM NEW.edition_id) EXECUTE FUNCTION stays_in_edition();
"""


def upgrade() -> None:
    """The tables, then the rules that hold whoever writes."""
    run = op.get_bind().connection.driver_connection.execute
    run(TABLES)
    run(RULES)
    for table, links in OWNED.items():
        told = ", ".join(f"'{column}', '{to}'" for column, to in links.items())
        for verb in ("insert", "update"):
            run(ONE_EDITION.format(table=table, verb=verb, links=told))
    for table in (*OWNED, "interpreter"):
        run(STAY.format(table=table))


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
