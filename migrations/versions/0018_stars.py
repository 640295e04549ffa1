"""Stars for anybody: followers, their browsers and addresses; whose stars are demand."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

MOVE = """
INSERT INTO follower (edition_id, person_id, language, made_at)
    SELECT edition_id, id, language, registered_at FROM person
     WHERE id IN (SELECT person_id FROM star) ORDER BY id;
UPDATE star SET follower_id = follower.id FROM follower WHERE follower.person_id = star.person_id;
"""
# A browser is nobody in particular: one program could be a thousand of them. What is asked of the timetable
# and written about counts those only whom somebody knows.
RULES = """
CREATE VIEW demand AS
    SELECT follower.edition_id, star.follower_id, star.talk_id
      FROM star JOIN follower ON follower.id = star.follower_id
     WHERE follower.person_id IS NOT NULL OR follower.email IS NOT NULL;

CREATE FUNCTION stars_have_an_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM star WHERE follower_id IN (SELECT follower_id FROM fresh)
               GROUP BY follower_id HAVING count(*) > 2000) THEN
        RAISE EXCEPTION 'nobody has more than 2000 stars'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stars_have_an_end';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER stars_have_an_end AFTER INSERT ON star REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION stars_have_an_end();
"""
TRIGGER = """
CREATE TRIGGER {table}_{rule}_{verb} AFTER {verb} ON {table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION {rule}({links});
"""
STAY = """
CREATE OR REPLACE TRIGGER {table}_stays_in_edition BEFORE UPDATE OF edition_id ON {table}
    FOR EACH ROW WHEN (OLD.edition_id IS DISTINCT FROM NEW.edition_id) EXECUTE FUNCTION stays_in_edition();
"""


def upgrade() -> None:
    _tables()
    run = op.get_bind().connection.driver_connection.execute
    op.add_column("star", sa.Column("follower_id", sa.Integer(), nullable=True))
    op.add_column(
        "star",
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )
    run(MOVE)
    op.alter_column("star", "follower_id", nullable=False)
    op.drop_column("star", "person_id")  # its index and constraints go with it
    op.create_foreign_key(
        op.f("fk_star_follower_id"), "star", "follower", ["follower_id"], ["id"], ondelete="CASCADE"
    )
    op.create_unique_constraint(op.f("uq_star_follower_id_talk_id"), "star", ["follower_id", "talk_id"])
    op.create_index(op.f("ix_star_follower_id"), "star", ["follower_id"])
    run(RULES)
    links = {
        ("follower", "of_one_edition"): "'person_id', 'person'",
        ("star", "between_one_edition"): "'follower_id', 'follower', 'talk_id', 'talk'",
    }
    for (table, rule), told in links.items():
        for verb in ("insert", "update"):
            run(TRIGGER.format(table=table, rule=rule, verb=verb, links=told))
    for table in ("follower", "person", "talk"):
        run(STAY.format(table=table))


def _tables() -> None:
    op.create_table(
        "follower",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("wants_mail", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("calendar_key", sa.String(), nullable=True),
        sa.Column("share_key", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("num_nonnulls(person_id, email) <= 1", name=op.f("ck_follower_one_identity")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_follower_email_lower")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_follower_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_follower_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follower")),
        sa.UniqueConstraint("person_id", name=op.f("uq_follower_person_id")),
        sa.UniqueConstraint("edition_id", "email", name=op.f("uq_follower_edition_id_email")),
        sa.UniqueConstraint("calendar_key", name=op.f("uq_follower_calendar_key")),
        sa.UniqueConstraint("share_key", name=op.f("uq_follower_share_key")),
    )
    op.create_index(op.f("ix_follower_edition_id"), "follower", ["edition_id"])
    op.create_table(
        "follower_browser",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follower_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["follower_id"],
            ["follower.id"],
            name=op.f("fk_follower_browser_follower_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follower_browser")),
        sa.UniqueConstraint("digest", name=op.f("uq_follower_browser_digest")),
    )
    op.create_index(op.f("ix_follower_browser_follower_id"), "follower_browser", ["follower_id"])
    op.create_table(
        "follower_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("follower_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_follower_code_email_lower")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_follower_code_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["follower_id"], ["follower.id"], name=op.f("fk_follower_code_follower_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follower_code")),
        sa.UniqueConstraint("digest", name=op.f("uq_follower_code_digest")),
    )
    op.create_index(op.f("ix_follower_code_edition_id"), "follower_code", ["edition_id"])


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
