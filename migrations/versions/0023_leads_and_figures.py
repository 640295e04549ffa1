"""Leads of exhibitors and the gate's live figures."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

# What an exhibitor gets to know of somebody it met, and whether it still may: every page, file and letter
# reads people through this view. Nothing is copied, so a consent that is withdrawn hides at once.
CONTACT = """
CREATE VIEW lead_contact AS
    SELECT lead.id AS lead_id, lead.exhibitor_id, given.id IS NOT NULL AS consented,
           CASE WHEN given.id IS NULL THEN gone.at END AS withdrawn_at,
           CASE WHEN given.id IS NOT NULL THEN person.name END AS name,
           CASE WHEN given.id IS NOT NULL THEN person.organisation ELSE '' END AS organisation,
           CASE WHEN given.id IS NOT NULL THEN person.position ELSE '' END AS position,
           CASE WHEN given.id IS NOT NULL THEN person.country ELSE '' END AS country,
           CASE WHEN given.id IS NOT NULL THEN person.email ELSE '' END AS email,
           CASE WHEN given.id IS NOT NULL THEN person.language ELSE '' END AS language
      FROM lead
      LEFT JOIN person ON person.id = lead.person_id
      LEFT JOIN consent AS given ON given.person_id = lead.person_id AND given.purpose = 'leads'
                                AND given.withdrawn_at IS NULL
      LEFT JOIN LATERAL (SELECT max(withdrawn_at) AS at FROM consent
                          WHERE consent.person_id = lead.person_id AND purpose = 'leads') AS gone ON true;
"""
RULES = """
CREATE FUNCTION lead_stays_with_its_exhibitor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.exhibitor_id <> NEW.exhibitor_id OR OLD.number <> NEW.number THEN
        RAISE EXCEPTION 'a lead stays with its exhibitor and keeps its number'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lead_stays_with_its_exhibitor';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lead_stays_with_its_exhibitor BEFORE UPDATE ON lead
    FOR EACH ROW EXECUTE FUNCTION lead_stays_with_its_exhibitor();

CREATE FUNCTION lead_answer_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM lead_question AS question JOIN lead ON lead.id = NEW.lead_id
         WHERE question.id = NEW.question_id AND question.edition_id = lead.edition_id
           AND (question.exhibitor_id IS NULL OR question.exhibitor_id = lead.exhibitor_id)
           AND NEW.choice < jsonb_array_length(question.choices)) THEN
        RAISE EXCEPTION 'no such answer for this lead'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lead_answer_fits';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lead_answer_fits BEFORE INSERT OR UPDATE ON lead_answer
    FOR EACH ROW EXECUTE FUNCTION lead_answer_fits();

CREATE FUNCTION lead_interest_is_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.product_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM product WHERE id = NEW.product_id AND exhibitor_id = NEW.exhibitor_id) THEN
        RAISE EXCEPTION 'a product of another exhibitor'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lead_interest_is_own';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lead_interest_is_own BEFORE INSERT OR UPDATE ON lead_interest
    FOR EACH ROW EXECUTE FUNCTION lead_interest_is_own();

CREATE FUNCTION lead_mail_is_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM lead WHERE id = NEW.lead_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT 1 FROM lead WHERE id = NEW.lead_id AND muted_at IS NOT NULL)
       OR NOT EXISTS (SELECT 1 FROM lead_contact WHERE lead_id = NEW.lead_id AND consented AND email <> '')
    THEN
        RAISE EXCEPTION 'this visitor is not written to'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lead_mail_is_wanted';
    END IF;
    IF (SELECT count(*) FROM lead_mail WHERE lead_id = NEW.lead_id) >= 3 THEN
        RAISE EXCEPTION 'nobody gets more than three letters of one exhibitor'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lead_mail_is_wanted';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lead_mail_is_wanted BEFORE INSERT ON lead_mail
    FOR EACH ROW EXECUTE FUNCTION lead_mail_is_wanted();
"""
# ---- live figures ----
# The gate only notes which passages are new (one row, nobody waits); a sweep every few seconds adds them up.
# Minutes and people's days that were touched are counted anew from the passages themselves, so that
# late and annulled ones come right whatever the order. Tables grow by thousands of rows before the planner
# hears of it, so that it is told to go by the indexes.
FIGURES = """
CREATE TABLE figure_todo (
    passage_id bigint NOT NULL, CONSTRAINT pk_figure_todo PRIMARY KEY (passage_id)
);
CREATE TABLE figure_minute (
    edition_id integer NOT NULL, gate_id integer NOT NULL, minute timestamptz NOT NULL, day date NOT NULL,
    entries integer NOT NULL, exits integer NOT NULL, refused integer NOT NULL,
    CONSTRAINT pk_figure_minute PRIMARY KEY (edition_id, day, minute, gate_id),
    CONSTRAINT fk_figure_minute_edition_id FOREIGN KEY (edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT fk_figure_minute_gate_id FOREIGN KEY (gate_id) REFERENCES gate (id) ON DELETE CASCADE
);
CREATE INDEX ix_figure_minute_gate_id ON figure_minute (gate_id);
CREATE TABLE figure_visit (
    id bigserial NOT NULL, edition_id integer NOT NULL, person_id integer, day date NOT NULL,
    kind varchar NOT NULL, country varchar NOT NULL, counted boolean NOT NULL, is_first boolean NOT NULL,
    entries integer NOT NULL, first_at timestamptz NOT NULL, last_at timestamptz NOT NULL,
    inside_s integer,
    CONSTRAINT pk_figure_visit PRIMARY KEY (id),
    CONSTRAINT uq_figure_visit_person_id_day UNIQUE (person_id, day),
    CONSTRAINT fk_figure_visit_edition_id FOREIGN KEY (edition_id) REFERENCES edition (id) ON DELETE CASCADE,
    CONSTRAINT fk_figure_visit_person_id FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE SET NULL
);
CREATE INDEX ix_figure_visit_edition_id ON figure_visit (edition_id, day, id);
CREATE TABLE figure_day (
    edition_id integer NOT NULL, day date NOT NULL, kind varchar NOT NULL, country varchar NOT NULL,
    counted boolean NOT NULL, visits integer NOT NULL, firsts integer NOT NULL,
    CONSTRAINT pk_figure_day PRIMARY KEY (edition_id, day, kind, country, counted),
    CONSTRAINT fk_figure_day_edition_id FOREIGN KEY (edition_id) REFERENCES edition (id) ON DELETE CASCADE
);
CREATE TABLE figure_stay (
    edition_id integer NOT NULL, day date NOT NULL, quarter integer NOT NULL, people integer NOT NULL,
    CONSTRAINT pk_figure_stay PRIMARY KEY (edition_id, day, quarter),
    CONSTRAINT fk_figure_stay_edition_id FOREIGN KEY (edition_id) REFERENCES edition (id) ON DELETE CASCADE
);

-- Gates that lead into the event from outside: no area around theirs has gates. Talks are never outside.
CREATE VIEW figure_gate AS
    SELECT gate.id AS gate_id, gate.edition_id, area.kind = 'hall' AS is_hall,
           area.kind <> 'talk' AND NOT EXISTS (
               SELECT 1 FROM gate AS other
                WHERE other.area_id = ANY (area.path) AND other.area_id <> area.id) AS is_outer
      FROM gate JOIN gate_area AS area ON area.id = gate.area_id;

-- Whom FKM and UFI count as a visitor: who comes for information or to meet exhibitors, not stand staff,
-- press, service or organisers; speakers as far as they attend the exhibition itself, here: enter a hall.
CREATE FUNCTION figure_counts(kind text, in_hall boolean) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT kind IN ('visitor', 'buyer', 'vip') OR (kind = 'speaker' AND in_hall)
$$;

CREATE FUNCTION figure_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO figure_todo SELECT id FROM fresh;
    RETURN NULL;
END $$;
CREATE TRIGGER figure_note AFTER INSERT ON passage REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION figure_note();
CREATE FUNCTION figure_note_annulled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO figure_todo SELECT passage_id FROM fresh ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER figure_note AFTER INSERT ON passage_annulment REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION figure_note_annulled();

-- One person's day at the gates, from the passages: NULL where nobody entered.
CREATE FUNCTION figure_days(people integer[], on_days date[])
RETURNS TABLE (person_id integer, day date, entries integer, first_at timestamptz, last_at timestamptz,
               in_hall boolean, inside_s integer) LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    WITH wanted AS MATERIALIZED (SELECT DISTINCT * FROM unnest(people, on_days) AS w (person_id, day)),
    ok AS MATERIALIZED (
        SELECT p.person_id, p.day, p.type, p.at, p.id, g.is_outer, g.is_hall
          FROM wanted JOIN passage AS p ON p.person_id = wanted.person_id AND p.day = wanted.day
          JOIN figure_gate AS g ON g.gate_id = p.gate_id
         WHERE p.verdict = 'ok'
           AND NOT EXISTS (SELECT 1 FROM passage_annulment AS a WHERE a.passage_id = p.id)),
    marked AS (
        SELECT *, lag(type) OVER (PARTITION BY person_id, day, is_outer ORDER BY at, id) AS before FROM ok),
    runs AS (
        SELECT *, max(at) FILTER (WHERE type = 'entry' AND before IS DISTINCT FROM 'entry')
                      OVER (PARTITION BY person_id, day, is_outer ORDER BY at, id) AS since FROM marked)
    SELECT person_id, day, count(*) FILTER (WHERE type = 'entry')::integer,
           min(at) FILTER (WHERE type = 'entry'), max(at), bool_or(is_hall AND type = 'entry'),
           sum(extract(epoch FROM at - since))
               FILTER (WHERE is_outer AND type = 'exit' AND before = 'entry')::integer
      FROM runs GROUP BY person_id, day HAVING count(*) FILTER (WHERE type = 'entry') > 0
$$;

CREATE FUNCTION figure_people(people integer[], on_days date[]) RETURNS date[] LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE touched date[];
BEGIN
    -- the days that changed anything, so that their sums are made anew
    WITH fresh AS MATERIALIZED (
        SELECT person.edition_id, d.*, person.kind, person.country,
               figure_counts(person.kind, d.in_hall) AS counted
          FROM figure_days(people, on_days) AS d JOIN person ON person.id = d.person_id
          JOIN edition ON edition.id = person.edition_id
                      AND d.day BETWEEN edition.starts_on AND edition.ends_on),
    written AS (
        INSERT INTO figure_visit AS v (edition_id, person_id, day, kind, country, counted, is_first, entries,
                                       first_at, last_at, inside_s)
        SELECT edition_id, person_id, day, kind, country, counted, false, entries, first_at, last_at, inside_s
          FROM fresh ORDER BY person_id, day
        ON CONFLICT (person_id, day) DO UPDATE
           SET kind = excluded.kind, country = excluded.country, counted = excluded.counted,
               entries = excluded.entries, first_at = excluded.first_at, last_at = excluded.last_at,
               inside_s = excluded.inside_s
        RETURNING v.day),
    gone AS (
        DELETE FROM figure_visit AS v
         USING (SELECT * FROM unnest(people, on_days) EXCEPT SELECT person_id, day FROM fresh)
               AS w (person_id, day)
         WHERE v.person_id = w.person_id AND v.day = w.day
        RETURNING v.day)
    SELECT array_agg(day) INTO touched FROM (SELECT day FROM written UNION SELECT day FROM gone) AS both_ways;
    WITH earliest AS (
        SELECT person_id, min(day) FILTER (WHERE counted) AS day FROM figure_visit
         WHERE person_id = ANY (people) GROUP BY person_id),
    moved AS (
        UPDATE figure_visit AS v SET is_first = NOT v.is_first FROM earliest AS e
         WHERE v.person_id = e.person_id AND v.is_first <> (v.counted AND v.day IS NOT DISTINCT FROM e.day)
        RETURNING v.day)
    SELECT touched || array_agg(DISTINCT day) INTO touched FROM moved;
    RETURN touched;
END $$;

CREATE FUNCTION figure_sum(p_edition integer, days date[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM figure_day WHERE edition_id = p_edition AND day = ANY (days);
    INSERT INTO figure_day (edition_id, day, kind, country, counted, visits, firsts)
        SELECT edition_id, day, kind, country, counted, count(*), count(*) FILTER (WHERE is_first)
          FROM figure_visit WHERE edition_id = p_edition AND day = ANY (days)
         GROUP BY edition_id, day, kind, country, counted;
    DELETE FROM figure_stay WHERE edition_id = p_edition AND day = ANY (days);
    INSERT INTO figure_stay (edition_id, day, quarter, people)
        SELECT edition_id, day, inside_s / 900, count(*)
          FROM figure_visit
         WHERE edition_id = p_edition AND day = ANY (days) AND counted AND inside_s IS NOT NULL
         GROUP BY edition_id, day, inside_s / 900;
END $$;

CREATE FUNCTION figure_minutes(p_edition integer, minutes timestamptz[]) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
    DELETE FROM figure_minute AS m USING unnest(minutes) AS w (minute)
     WHERE m.edition_id = p_edition AND m.minute = w.minute;
    INSERT INTO figure_minute (edition_id, gate_id, minute, day, entries, exits, refused)
        SELECT p_edition, p.gate_id, w.minute, p.day,
               count(*) FILTER (WHERE verdict = 'ok' AND type = 'entry'),
               count(*) FILTER (WHERE verdict = 'ok' AND type = 'exit'),
               count(*) FILTER (WHERE verdict = 'refused')
          FROM (SELECT DISTINCT minute FROM unnest(minutes) AS u (minute)) AS w
          JOIN passage AS p ON p.edition_id = p_edition AND p.at >= w.minute
                           AND p.at < w.minute + interval '1 minute'
         WHERE NOT EXISTS (SELECT 1 FROM passage_annulment AS a WHERE a.passage_id = p.id)
         GROUP BY p.gate_id, w.minute, p.day;
END $$;

CREATE FUNCTION figure_catch_up(most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE one record; done integer := 0; days date[];
BEGIN
    IF NOT pg_try_advisory_xact_lock(7230, 1) THEN RETURN -1; END IF;  -- somebody else is at it
    FOR one IN
        WITH taken AS (
            DELETE FROM figure_todo WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM figure_todo LIMIT most FOR UPDATE SKIP LOCKED)) RETURNING passage_id)
        SELECT p.edition_id, count(*)::integer AS count,
               array_agg(DISTINCT date_trunc('minute', p.at)) AS minutes,
               array_agg(p.person_id) FILTER (WHERE p.person_id IS NOT NULL) AS people,
               array_agg(p.day) FILTER (WHERE p.person_id IS NOT NULL) AS days
          FROM taken JOIN passage AS p ON p.id = taken.passage_id GROUP BY p.edition_id
    LOOP
        PERFORM figure_minutes(one.edition_id, one.minutes);
        days := figure_people(one.people, one.days);
        IF days IS NOT NULL THEN PERFORM figure_sum(one.edition_id, days); END IF;
        done := done + one.count;
    END LOOP;
    RETURN done;
END $$;
"""
LINKS = {
    "lead": "'exhibitor_id', 'exhibitor', 'person_id', 'person'",
    "lead_question": "'exhibitor_id', 'exhibitor'",
    "lead_device": "'exhibitor_id', 'exhibitor', 'staff_id', 'person'",
    "lead_letter": "'exhibitor_id', 'exhibitor'",
}
TRIGGER = """
CREATE TRIGGER {table}_of_one_edition_{verb} AFTER {verb} ON {table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION of_one_edition({links});
"""
STAY = """
CREATE OR REPLACE TRIGGER {table}_stays_in_edition BEFORE UPDATE OF edition_id ON {table}
    FOR EACH ROW WHEN (OLD.edition_id IS DISTINCT FROM NEW.edition_id) EXECUTE FUNCTION stays_in_edition();
"""
DAY = sa.DateTime(timezone=True)
JSON = postgresql.JSONB()


def upgrade() -> None:
    _leads()
    _qualifiers()
    _phones()
    _letters()
    run = op.get_bind().connection.driver_connection.execute
    run(CONTACT)
    run(RULES)
    run(FIGURES)
    for table, links in LINKS.items():
        for verb in ("insert", "update"):
            run(TRIGGER.format(table=table, verb=verb, links=links))
        run(STAY.format(table=table))


def _to(table: str, column: str, there: str, gone: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{there}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=gone
    )


def _to_own(table: str, column: str, there: str) -> sa.ForeignKeyConstraint:
    """A link that only leads to rows of the same exhibitor."""
    return sa.ForeignKeyConstraint(
        [column, "exhibitor_id"],
        [f"{there}.id", f"{there}.exhibitor_id"],
        name=op.f(f"fk_{table}_{column}_exhibitor_id"),
        ondelete="CASCADE",
    )


def _leads() -> None:
    op.create_table(
        "lead_book",
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), server_default="0", nullable=False),
        _to("lead_book", "exhibitor_id", "exhibitor"),
        sa.PrimaryKeyConstraint("exhibitor_id", name=op.f("pk_lead_book")),
    )
    op.create_table(
        "lead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_at", DAY, nullable=False),
        sa.Column("last_at", DAY, nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("next_step", sa.String(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("done_at", DAY, nullable=True),
        sa.Column("muted_at", DAY, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_lead_rating")),
        sa.CheckConstraint("first_at <= last_at AND visits >= 1 AND number >= 1", name=op.f("ck_lead_order")),
        sa.CheckConstraint("length(notes) <= 4000 AND length(next_step) <= 200", name=op.f("ck_lead_length")),
        _to("lead", "edition_id", "edition"),
        _to("lead", "exhibitor_id", "exhibitor"),
        _to("lead", "person_id", "person", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
        sa.UniqueConstraint("exhibitor_id", "number", name=op.f("uq_lead_exhibitor_id_number")),
        sa.UniqueConstraint("exhibitor_id", "person_id", name=op.f("uq_lead_exhibitor_id_person_id")),
        sa.UniqueConstraint("id", "exhibitor_id", name=op.f("uq_lead_id_exhibitor_id")),
    )
    op.create_index(op.f("ix_lead_edition_id"), "lead", ["edition_id"])
    op.create_index(op.f("ix_lead_person_id"), "lead", ["person_id"])
    op.create_table(
        "lead_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("scan_id", sa.String(), nullable=False),
        sa.Column("at", DAY, nullable=False),
        sa.Column("received_at", DAY, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("staff_name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("marked_at", DAY, nullable=True),
        sa.CheckConstraint("source IN ('camera', 'typed', 'reader')", name=op.f("ck_lead_visit_source")),
        sa.CheckConstraint("length(note) <= 2000", name=op.f("ck_lead_visit_length")),
        _to_own("lead_visit", "lead_id", "lead"),
        _to("lead_visit", "user_id", "user", "SET NULL"),
        _to("lead_visit", "staff_id", "person", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_visit")),
        sa.UniqueConstraint("exhibitor_id", "scan_id", name=op.f("uq_lead_visit_exhibitor_id_scan_id")),
    )
    op.create_index("ix_lead_visit_lead_id", "lead_visit", ["lead_id", "at"])


def _qualifiers() -> None:
    op.create_table(
        "lead_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", JSON, nullable=False),
        sa.Column("choices", JSON, nullable=False),
        sa.Column("retired_at", DAY, nullable=True),
        sa.CheckConstraint(
            "jsonb_typeof(choices) = 'array' AND jsonb_array_length(choices) BETWEEN 2 AND 6",
            name=op.f("ck_lead_question_choices"),
        ),
        _to("lead_question", "edition_id", "edition"),
        _to("lead_question", "exhibitor_id", "exhibitor"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_question")),
    )
    op.create_index(op.f("ix_lead_question_edition_id"), "lead_question", ["edition_id"])
    op.create_index(op.f("ix_lead_question_exhibitor_id"), "lead_question", ["exhibitor_id"])
    op.create_table(
        "lead_answer",
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.CheckConstraint("choice >= 0", name=op.f("ck_lead_answer_choice")),
        _to_own("lead_answer", "lead_id", "lead"),
        _to("lead_answer", "question_id", "lead_question"),
        sa.PrimaryKeyConstraint("lead_id", "question_id", name=op.f("pk_lead_answer")),
    )
    op.create_table(
        "lead_interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("chapter", sa.String(), nullable=True),
        sa.CheckConstraint("num_nonnulls(product_id, chapter) = 1", name=op.f("ck_lead_interest_one")),
        sa.CheckConstraint("chapter ~ '^[0-9]{2}$'", name=op.f("ck_lead_interest_chapter")),
        _to_own("lead_interest", "lead_id", "lead"),
        _to("lead_interest", "product_id", "product"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_interest")),
        sa.UniqueConstraint("lead_id", "product_id", name=op.f("uq_lead_interest_lead_id_product_id")),
        sa.UniqueConstraint("lead_id", "chapter", name=op.f("uq_lead_interest_lead_id_chapter")),
    )
    op.create_index(op.f("ix_lead_interest_product_id"), "lead_interest", ["product_id"])


def _phones() -> None:
    op.create_table(
        "lead_device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("code_until", DAY, nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("made_at", DAY, nullable=False),
        sa.Column("enrolled_at", DAY, nullable=True),
        sa.Column("seen_at", DAY, nullable=True),
        sa.Column("revoked_at", DAY, nullable=True),
        sa.CheckConstraint("(digest IS NULL) = (enrolled_at IS NULL)", name=op.f("ck_lead_device_enrolled")),
        _to("lead_device", "edition_id", "edition"),
        _to("lead_device", "exhibitor_id", "exhibitor"),
        _to("lead_device", "staff_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_device")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_lead_device_code_digest")),
        sa.UniqueConstraint("digest", name=op.f("uq_lead_device_digest")),
    )
    for column in ("edition_id", "exhibitor_id", "staff_id"):
        op.create_index(op.f(f"ix_lead_device_{column}"), "lead_device", [column])


def _letters() -> None:
    op.create_table(
        "lead_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("subject", JSON, nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.Column("made_at", DAY, nullable=False),
        _to("lead_letter", "edition_id", "edition"),
        _to("lead_letter", "exhibitor_id", "exhibitor"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_letter")),
        sa.UniqueConstraint("exhibitor_id", "name", name=op.f("uq_lead_letter_exhibitor_id_name")),
        sa.UniqueConstraint("id", "exhibitor_id", name=op.f("uq_lead_letter_id_exhibitor_id")),
    )
    op.create_index(op.f("ix_lead_letter_edition_id"), "lead_letter", ["edition_id"])
    op.create_table(
        "lead_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column("at", DAY, nullable=False),
        _to_own("lead_mail", "lead_id", "lead"),
        _to_own("lead_mail", "letter_id", "lead_letter"),
        _to("lead_mail", "mail_id", "mail", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_mail")),
        sa.UniqueConstraint("lead_id", "letter_id", name=op.f("uq_lead_mail_lead_id_letter_id")),
    )
    op.create_index("ix_lead_mail_exhibitor_id", "lead_mail", ["exhibitor_id", "at"])


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
