"""Solves of the timetable that can be compared and taken over."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# A run is evidence: what it was asked and what it answered, nobody changes afterwards.
EVIDENCE = """
CREATE FUNCTION timetable_answer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.kind, OLD.seed, OLD.rounds, OLD.input_id, OLD.input_digest, OLD.solver_version, OLD.origin,
        OLD.places, OLD.unplaced, OLD.hard, OLD.total, OLD.parts, OLD.violations, OLD.moved, OLD.proven)
       IS DISTINCT FROM
       (NEW.kind, NEW.seed, NEW.rounds, NEW.input_id, NEW.input_digest, NEW.solver_version, NEW.origin,
        NEW.places, NEW.unplaced, NEW.hard, NEW.total, NEW.parts, NEW.violations, NEW.moved, NEW.proven) THEN
        RAISE EXCEPTION 'what solve % of the timetable answered stays as it is', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'timetable_answer_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER timetable_answer_stays BEFORE UPDATE ON timetable_run
    FOR EACH ROW EXECUTE FUNCTION timetable_answer_stays();
CREATE TRIGGER timetable_input_stays BEFORE UPDATE ON timetable_input
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


def upgrade() -> None:
    """Runs made before keep their figures; they have no input, so they can be neither repeated nor taken."""
    op.create_table(
        "timetable_input",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timetable_input")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_timetable_input_edition_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("edition_id", "digest", name=op.f("uq_timetable_input_edition_id_digest")),
    )
    op.create_index(op.f("ix_timetable_input_edition_id"), "timetable_input", ["edition_id"])
    texts = {"kind": "solve", "input_digest": "", "solver_version": ""}
    for name, default in texts.items():
        op.add_column("timetable_run", sa.Column(name, sa.String(), server_default=default, nullable=False))
    objects = ("weights", "places", "libraries")
    lists = ("moved", "reasons", "proposals")
    for name in objects + lists:
        default = "{}" if name in objects else "[]"
        op.add_column("timetable_run", sa.Column(name, JSONB(), server_default=default, nullable=False))
    op.add_column("timetable_run", sa.Column("input_id", sa.Integer(), nullable=True))
    op.add_column("timetable_run", sa.Column("origin", sa.DateTime(timezone=True), nullable=True))
    op.add_column("timetable_run", sa.Column("violations", sa.Integer(), nullable=True))
    op.add_column("timetable_run", sa.Column("baseline", sa.Float(), nullable=True))
    op.add_column("timetable_run", sa.Column("proven", sa.Boolean(), nullable=True))
    op.add_column("timetable_run", sa.Column("created_by", sa.Integer(), nullable=True))
    op.add_column("timetable_run", sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("timetable_run", sa.Column("repeated_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("timetable_run", sa.Column("repeated_differing", sa.Integer(), nullable=True))
    op.create_check_constraint(op.f("ck_timetable_run_kind"), "timetable_run", "kind IN ('solve','replan')")
    op.create_foreign_key(
        op.f("fk_timetable_run_input_id"), "timetable_run", "timetable_input", ["input_id"], ["id"]
    )
    op.create_foreign_key(
        op.f("fk_timetable_run_created_by"), "timetable_run", "user", ["created_by"], ["id"],
        ondelete="SET NULL",
    )  # fmt: skip
    op.get_bind().connection.driver_connection.execute(EVIDENCE)


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
