"""Whose data were erased stays erased, and letters say whom to answer and how to get no more."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

MAIL = """
ALTER TABLE mail ADD COLUMN reply_to varchar NOT NULL DEFAULT '',
                 ADD COLUMN unsubscribe varchar NOT NULL DEFAULT '';
"""
# An erasure that is done cannot be undone by a colleague who had the page open, by a file, or by a worker:
# both sides hold the person's row, so whoever comes second sees what the first did.
ERASED = """
CREATE FUNCTION stays_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM erasure WHERE person_id = NEW.id AND done_at IS NOT NULL AND taken_back_at IS NULL)
    THEN
        RAISE EXCEPTION 'the data of person % were erased', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stays_erased';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER person_stays_erased BEFORE UPDATE ON person FOR EACH ROW
    WHEN ((NEW.state IN ('pending', 'waiting', 'confirmed') AND OLD.state IN ('declined', 'cancelled'))
          OR NEW.name IS DISTINCT FROM OLD.name OR NEW.email <> OLD.email
          OR NEW.organisation <> OLD.organisation OR NEW.position <> OLD.position)
    EXECUTE FUNCTION stays_erased();

CREATE FUNCTION nothing_of_the_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM person WHERE id IN (SELECT person_id FROM fresh) FOR KEY SHARE;
    IF EXISTS (SELECT FROM erasure JOIN fresh USING (person_id)
                WHERE erasure.done_at IS NOT NULL AND erasure.taken_back_at IS NULL) THEN
        RAISE EXCEPTION 'a row of % is about somebody whose data were erased', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stays_erased';
    END IF;
    RETURN NULL;
END $$;
"""
NOTHING = """
CREATE TRIGGER {table}_of_nobody_erased AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION nothing_of_the_erased();
"""
# The words of one state were broken over two lines, so that nobody could take a letter back.
STATES = """
ALTER TABLE visa_letter DROP CONSTRAINT ck_visa_letter_state;
ALTER TABLE visa_letter ADD CONSTRAINT ck_visa_letter_state
    CHECK (state IN ('asked', 'signed', 'refused', 'revoked', 'taken back'));
"""
ABOUT_PEOPLE = ("answer", "consent", "person_link", "person_photo", "visa_letter")


def upgrade() -> None:
    """Mail that is there is answered as before."""
    run = op.get_bind().connection.driver_connection.execute
    run(MAIL)
    run(ERASED)
    run(STATES)
    for table in ABOUT_PEOPLE:
        run(NOTHING.format(table=table))
