"""Badge designs, keys of an edition and what was printed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

# A withdrawn key has no valid badge. Who issues holds the key's row until the end, so that who withdraws
# it waits, and sees the new badges; who issues after that sees the key withdrawn.
RULES = """
CREATE FUNCTION badge_key_lives() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE gone integer;
BEGIN
    PERFORM 1 FROM badge_key AS key
      WHERE (key.edition_id, key.number) IN
            (SELECT edition_id, key_number FROM fresh WHERE revoked_at IS NULL)
      ORDER BY key.edition_id, key.number FOR SHARE;
    SELECT key.number INTO gone FROM badge_key AS key
      WHERE key.retired_at IS NOT NULL AND (key.edition_id, key.number) IN
            (SELECT edition_id, key_number FROM fresh WHERE revoked_at IS NULL) LIMIT 1;
    IF gone IS NOT NULL THEN
        RAISE EXCEPTION 'key % is withdrawn', gone
            USING ERRCODE = 'check_violation', CONSTRAINT = 'badge_key_lives';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER badge_key_lives_insert AFTER INSERT ON badge REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION badge_key_lives();
CREATE TRIGGER badge_key_lives_update AFTER UPDATE ON badge REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION badge_key_lives();

CREATE FUNCTION badge_key_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.public_key <> OLD.public_key OR NEW.number <> OLD.number OR NEW.edition_id <> OLD.edition_id
       OR (OLD.retired_at IS NOT NULL AND NEW.retired_at IS DISTINCT FROM OLD.retired_at) THEN
        RAISE EXCEPTION 'a key of badges is never changed, and never comes back'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'badge_key_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER badge_key_stays BEFORE UPDATE ON badge_key
    FOR EACH ROW EXECUTE FUNCTION badge_key_stays();

CREATE FUNCTION badge_design_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of a design is never changed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'badge_design_version_stays';
END $$;
CREATE TRIGGER badge_design_version_stays BEFORE UPDATE ON badge_design_version
    FOR EACH ROW EXECUTE FUNCTION badge_design_version_stays();

CREATE FUNCTION badge_stays_revoked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at
       OR NEW.serial <> OLD.serial OR NEW.person_id <> OLD.person_id OR NEW.key_number <> OLD.key_number THEN
        RAISE EXCEPTION 'a revoked badge never comes back, and no badge changes its code'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'badge_stays_revoked';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER badge_stays_revoked BEFORE UPDATE ON badge
    FOR EACH ROW EXECUTE FUNCTION badge_stays_revoked();
"""
TRIGGER = """
CREATE TRIGGER {table}_{rule}_{verb} AFTER {verb} ON {table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION {rule}({links});
"""


def upgrade() -> None:
    """Badges that are printed already were signed with the house's key, number 0."""
    op.create_table(
        "badge_key",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_because", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint("number >= 0", name=op.f("ck_badge_key_number")),
        sa.CheckConstraint("octet_length(public_key) = 32", name=op.f("ck_badge_key_public_key")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_badge_key_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", "number", name=op.f("pk_badge_key")),
    )
    op.add_column("badge", sa.Column("key_number", sa.Integer(), server_default="0", nullable=False))
    op.alter_column("badge", "key_number", server_default="1")
    op.add_column("badge", sa.Column("printed_by", sa.String(), server_default="", nullable=False))
    op.add_column("badge", sa.Column("revoked_because", sa.String(), server_default="", nullable=False))
    _designs()
    op.add_column("badge", sa.Column("design_version_id", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f("fk_badge_design_version_id"), "badge", "badge_design_version", ["design_version_id"], ["id"],
        ondelete="SET NULL",
    )  # fmt: skip
    run = op.get_bind().connection.driver_connection.execute
    run(RULES)
    for verb in ("insert", "update"):
        run(TRIGGER.format(table="badge", rule="of_one_edition", verb=verb, links="'person_id', 'person'"))
        run(
            TRIGGER.format(
                table="badge_design_kind",
                rule="of_one_edition",
                verb=verb,
                links="'design_id', 'badge_design'",
            )
        )


def _designs() -> None:
    def of_edition(table: str) -> list:
        return [
            sa.Column("edition_id", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(
                ["edition_id"], ["edition.id"], name=op.f(f"fk_{table}_edition_id"), ondelete="CASCADE"
            ),
        ]

    def at(name: str, *, nullable: bool = False) -> sa.Column:
        return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)

    def text(name: str) -> sa.Column:
        return sa.Column(name, sa.String(), nullable=False)

    def number(name: str = "id") -> sa.Column:
        return sa.Column(name, sa.Integer(), nullable=False)

    def primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
        return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))

    def json(name: str) -> sa.Column:
        return sa.Column(name, postgresql.JSONB(astext_type=sa.Text()), nullable=False)

    def to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
        return sa.ForeignKeyConstraint(
            [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE"
        )

    op.create_table(
        "badge_art", number(), *of_edition("badge_art"), text("name"), text("svg"), at("made_at"),
        primary("badge_art"),
    )  # fmt: skip
    op.create_table(
        "badge_design", number(), *of_edition("badge_design"), text("name"), at("made_at"),
        primary("badge_design"),
        sa.UniqueConstraint("edition_id", "name", name=op.f("uq_badge_design_edition_id_name")),
    )  # fmt: skip
    op.create_table(
        "badge_design_version", number(), number("design_id"), number("number"), json("spec"), at("made_at"),
        text("made_by"), primary("badge_design_version"),
        to("badge_design_version", "design_id", "badge_design"),
        sa.UniqueConstraint("design_id", "number", name=op.f("uq_badge_design_version_design_id_number")),
    )  # fmt: skip
    kinds = "'visitor', 'buyer', 'vip', 'speaker', 'press', 'exhibitor', 'organiser', 'service'"
    op.create_table(
        "badge_design_kind", *of_edition("badge_design_kind"), text("kind"), number("design_id"),
        primary("badge_design_kind", "edition_id", "kind"),
        to("badge_design_kind", "design_id", "badge_design"),
        sa.CheckConstraint(f"kind IN ({kinds})", name=op.f("ck_badge_design_kind_kind")),
    )  # fmt: skip
    op.create_table(
        "badge_batch", number(), *of_edition("badge_batch"), number("job_id"), text("language"), json("plan"),
        json("unfit"), at("made_at"), at("finished_at", nullable=True), primary("badge_batch"),
        to("badge_batch", "job_id", "job"),
        sa.UniqueConstraint("job_id", name=op.f("uq_badge_batch_job_id")),
    )  # fmt: skip
    for table, column in (
        ("badge_art", "edition_id"), ("badge_design", "edition_id"), ("badge_design_version", "design_id"),
        ("badge_design_kind", "design_id"), ("badge_batch", "edition_id"),
    ):  # fmt: skip
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
