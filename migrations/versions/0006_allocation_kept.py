"""What a run keeps so that it can be compared, repeated and taken back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# What was answered and what was published is evidence: nobody changes it afterwards.
EVIDENCE = """
CREATE FUNCTION allocation_answer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'running'
       AND (OLD.seed, OLD.rounds, OLD.input_id, OLD.input_digest, OLD.solver_version, OLD.placements,
            OLD.objective, OLD.bound, OLD.violations)
           IS DISTINCT FROM
           (NEW.seed, NEW.rounds, NEW.input_id, NEW.input_digest, NEW.solver_version, NEW.placements,
            NEW.objective, NEW.bound, NEW.violations) THEN
        RAISE EXCEPTION 'what allocation run % answered stays as it is', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_answer_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER allocation_answer_stays BEFORE UPDATE ON allocation_run
    FOR EACH ROW EXECUTE FUNCTION allocation_answer_stays();
CREATE TRIGGER allocation_input_stays BEFORE UPDATE ON allocation_input
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER allocation_publication_stays
    BEFORE UPDATE OF edition_id, number, kind, run_id, placements, locked, reason, at
    ON allocation_publication
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

# Plans published before versions were counted become their edition's first version.
FIRST_VERSIONS = """
INSERT INTO allocation_publication (edition_id, number, kind, run_id, placements, locked, reason, at)
SELECT run.edition_id, 1, 'published', run.id,
       coalesce((SELECT jsonb_object_agg(code, stands) FROM (
           SELECT exhibitor.code, jsonb_agg(stand.code ORDER BY stand.code) AS stands
             FROM allotment JOIN exhibitor ON exhibitor.id = allotment.exhibitor_id
             JOIN stand ON stand.id = allotment.stand_id
            WHERE allotment.edition_id = run.edition_id GROUP BY exhibitor.code) places), '{}'::jsonb),
       coalesce((SELECT jsonb_agg(DISTINCT exhibitor.code) FROM allotment
                   JOIN exhibitor ON exhibitor.id = allotment.exhibitor_id
                  WHERE allotment.edition_id = run.edition_id AND allotment.locked), '[]'::jsonb),
       '', coalesce(run.published_at, run.created_at)
  FROM allocation_run run WHERE run.state = 'published'
"""


def _json() -> postgresql.JSONB:
    return postgresql.JSONB(astext_type=sa.Text())


def _key(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def _time(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def upgrade() -> None:
    _inputs()
    _runs()
    _replays()
    _publications()
    _drafts()
    _letters()
    op.add_column("mail", sa.Column("paper", _json(), nullable=False, server_default="{}"))
    op.execute(FIRST_VERSIONS)
    op.get_bind().connection.driver_connection.execute(EVIDENCE)


def _inputs() -> None:
    op.create_table(
        "allocation_input",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _time("created_at"),
        _key("allocation_input", "edition_id", "edition.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation_input")),
        sa.UniqueConstraint("edition_id", "digest", name=op.f("uq_allocation_input_edition_id_digest")),
    )
    op.create_index(op.f("ix_allocation_input_edition_id"), "allocation_input", ["edition_id"])


def _runs() -> None:
    for column in (
        sa.Column("kind", sa.String(), nullable=False, server_default="solver"),
        sa.Column("name", sa.String(), nullable=False, server_default=""),
        sa.Column("note", sa.String(), nullable=False, server_default=""),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("settings", _json(), nullable=False, server_default="{}"),
        sa.Column("input_id", sa.Integer(), nullable=True),
        sa.Column("solver_version", sa.String(), nullable=False, server_default=""),
        sa.Column("libraries", _json(), nullable=False, server_default="{}"),
    ):
        op.add_column("allocation_run", column)
    op.create_check_constraint(op.f("ck_allocation_run_kind"), "allocation_run", "kind IN ('solver','hand')")
    for column, to, ondelete in (
        ("parent_id", "allocation_run", "SET NULL"),
        ("job_id", "job", "SET NULL"),
        ("input_id", "allocation_input", None),
    ):
        name = op.f(f"fk_allocation_run_{column}")
        op.create_foreign_key(name, "allocation_run", to, [column], ["id"], ondelete=ondelete)
    op.create_index("uq_allocation_run_job_id", "allocation_run", ["job_id"], unique=True)


def _replays() -> None:
    op.create_table(
        "allocation_replay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.Column("differing", sa.Integer(), nullable=False),
        sa.Column("objective", sa.Float(), nullable=False),
        sa.Column("solver_version", sa.String(), nullable=False),
        sa.Column("replayed_by", sa.Integer(), nullable=True),
        _time("at"),
        _key("allocation_replay", "edition_id", "edition.id", "CASCADE"),
        _key("allocation_replay", "run_id", "allocation_run.id", "CASCADE"),
        _key("allocation_replay", "replayed_by", "user.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation_replay")),
    )
    for column in ("edition_id", "run_id"):
        op.create_index(op.f(f"ix_allocation_replay_{column}"), "allocation_replay", [column])


def _publications() -> None:
    table = "allocation_publication"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("placements", _json(), nullable=False),
        sa.Column("locked", _json(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        _time("at"),
        sa.CheckConstraint("kind IN ('published','withdrawn')", name=op.f(f"ck_{table}_kind")),
        sa.CheckConstraint("number >= 1", name=op.f(f"ck_{table}_number")),
        sa.CheckConstraint("kind <> 'withdrawn' OR reason <> ''", name=op.f(f"ck_{table}_reason")),
        _key(table, "edition_id", "edition.id", "CASCADE"),
        _key(table, "run_id", "allocation_run.id"),
        _key(table, "published_by", "user.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("edition_id", "number", name=op.f(f"uq_{table}_edition_id_number")),
    )
    op.create_index(op.f(f"ix_{table}_edition_id"), table, ["edition_id"])


def _drafts() -> None:
    table = "allocation_draft"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("placements", _json(), nullable=False),
        sa.Column("start", _json(), nullable=False),
        sa.Column("locks", _json(), nullable=False),
        sa.Column("known", _json(), nullable=False),
        sa.Column("steps", _json(), nullable=False),
        sa.Column("at_step", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        _time("created_at"),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        _time("changed_at"),
        sa.CheckConstraint("version >= 0 AND at_step >= 0", name=op.f(f"ck_{table}_counts")),
        _key(table, "edition_id", "edition.id", "CASCADE"),
        _key(table, "run_id", "allocation_run.id", "SET NULL"),
        _key(table, "created_by", "user.id", "SET NULL"),
        _key(table, "changed_by", "user.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_edition_id"), table, ["edition_id"])


def _letters() -> None:
    table = "allocation_letter"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("stands", _json(), nullable=False),
        sa.Column("former", _json(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        _time("at"),
        sa.CheckConstraint("kind IN ('placed','moved','lost')", name=op.f(f"ck_{table}_kind")),
        _key(table, "edition_id", "edition.id", "CASCADE"),
        _key(table, "publication_id", "allocation_publication.id", "CASCADE"),
        _key(table, "exhibitor_id", "exhibitor.id", "CASCADE"),
        _key(table, "mail_id", "mail.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "publication_id", "exhibitor_id", name=op.f(f"uq_{table}_publication_id_exhibitor_id")
        ),
    )
    for column in ("edition_id", "exhibitor_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
