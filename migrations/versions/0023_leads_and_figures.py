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
    IF OLD.exhibitor_id <> NEW.exhibitor_id OR OLD.number <> NEW.number
       OR (NEW.person_id IS NOT NULL AND NEW.person_id IS DISTINCT FROM OLD.person_id) THEN
        RAISE EXCEPTION 'a lead stays with its exhibitor and its person'
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
