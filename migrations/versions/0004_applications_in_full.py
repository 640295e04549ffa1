"""What an application asks for and what points are made of."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
# Rivals named before were seen by both sides. They become the property of the one whose person typed them;
# where nobody's did (an import), of the organiser.
OWNERS = """
UPDATE rivalry SET named_by = found.exhibitor_id
FROM (
    SELECT DISTINCT ON (rivalry.id) rivalry.id, exhibitor.id AS exhibitor_id
      FROM rivalry
      JOIN audit_entry ON audit_entry.subject = 'rivalry' AND audit_entry.action = 'created'
                      AND audit_entry.subject_id = rivalry.id::text
      JOIN "grant" ON "grant".user_id = audit_entry.user_id
      JOIN exhibitor ON exhibitor.organisation_id = "grant".organisation_id
                    AND exhibitor.id IN (rivalry.one_id, rivalry.other_id)
     ORDER BY rivalry.id, audit_entry.id DESC, exhibitor.id
) AS found
WHERE found.id = rivalry.id
"""
# A pavilion is one storey high: a lead has no lead, and both take part in the same edition. Both rows are
# held, so that two who join each other at once meet here.
PAVILIONS = """
CREATE FUNCTION pavilion_is_flat() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE lead exhibitor;
BEGIN
    IF NEW.lead_id IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT * INTO lead FROM exhibitor WHERE id = NEW.lead_id FOR SHARE;
    IF lead.edition_id <> NEW.edition_id OR lead.lead_id IS NOT NULL
       OR EXISTS (SELECT FROM exhibitor WHERE lead_id = NEW.id) THEN
        RAISE EXCEPTION 'exhibitor % cannot stand in the pavilion of %', NEW.code, lead.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pavilion_is_flat';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exhibitor_pavilion_is_flat BEFORE INSERT OR UPDATE OF lead_id ON exhibitor
    FOR EACH ROW EXECUTE FUNCTION pavilion_is_flat();
"""
SEED = """
CREATE FUNCTION published_seed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.seed_published_at IS NOT NULL AND (NEW.seed <> OLD.seed
       OR NEW.seed_published_at IS DISTINCT FROM OLD.seed_published_at) THEN
        RAISE EXCEPTION 'the seed of edition % is published', OLD.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'published_seed_stays';
    END IF;
    IF NEW.seed <> OLD.seed AND EXISTS (
        SELECT FROM allocation_run WHERE edition_id = OLD.id AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'stands were given out by the seed of edition %', OLD.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'used_seed_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER edition_published_seed_stays BEFORE UPDATE ON edition
    FOR EACH ROW EXECUTE FUNCTION published_seed_stays();
CREATE FUNCTION applied_rule_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'applied' THEN
        RAISE EXCEPTION 'version % of the rule for points is applied', OLD.version
            USING ERRCODE = 'check_violation', CONSTRAINT = 'applied_rule_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER points_rule_applied_stays BEFORE UPDATE OF rule, version, state, applied_at ON points_rule
    FOR EACH ROW EXECUTE FUNCTION applied_rule_stays();
"""


def upgrade() -> None:
    _editions()
    _exhibitors()
    _rivals()
    _partners()
    _invitations()
    _views()
    _points()
    op.execute(PAVILIONS)
    op.execute(SEED)


def _editions() -> None:
    op.add_column("edition", sa.Column("seed_published_at", INSTANT))
    op.add_column("edition", sa.Column("seed_note", sa.String(), nullable=False, server_default=""))
    op.add_column("edition", sa.Column("applications_open_at", INSTANT))
    op.add_column("edition", sa.Column("applications_close_at", INSTANT))
    op.create_check_constraint(
        op.f("ck_edition_applications"), "edition", "applications_open_at < applications_close_at"
    )


def _exhibitors() -> None:
    for column in (
        sa.Column("least_m2", sa.Integer()),
        sa.Column("water", sa.Boolean(), nullable=False, server_default="false"),
        sa.Column("load_kg_m2", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("pavilion_m2", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("late_reason", sa.String(), nullable=False, server_default=""),
        sa.Column("revision", sa.Integer(), nullable=False, server_default="0"),
    ):
        op.add_column("exhibitor", column)
    op.create_check_constraint(
        op.f("ck_exhibitor_more_needs"),
        "exhibitor",
        "load_kg_m2 >= 0 AND pavilion_m2 >= 0 AND revision >= 0",
    )
    op.create_check_constraint(
        op.f("ck_exhibitor_least"), "exhibitor", "least_m2 IS NULL OR least_m2 BETWEEN 1 AND area_m2"
    )
    op.create_index(op.f("ix_exhibitor_lead_id"), "exhibitor", ["lead_id"])


def _rivals() -> None:
    op.add_column("rivalry", sa.Column("named_by", sa.Integer()))
    op.add_column("rivalry", sa.Column("words", sa.String(), nullable=False, server_default=""))
    op.alter_column("rivalry", "other_id", nullable=True)
    op.create_foreign_key(
        op.f("fk_rivalry_named_by"), "rivalry", "exhibitor", ["named_by"], ["id"], ondelete="CASCADE"
    )
    op.create_index(op.f("ix_rivalry_named_by"), "rivalry", ["named_by"])
    op.drop_constraint(op.f("uq_rivalry_one_id_other_id"), "rivalry")
    op.execute(OWNERS)
    op.create_index(
        "uq_rivalry_owner",
        "rivalry",
        ["one_id", "other_id", sa.text("coalesce(named_by, 0)")],
        unique=True,
        postgresql_where=sa.text("other_id IS NOT NULL"),
    )
    op.create_check_constraint(
        op.f("ck_rivalry_owner"), "rivalry", "named_by IS NULL OR named_by IN (one_id, other_id)"
    )
    op.create_check_constraint(
        op.f("ck_rivalry_words"), "rivalry", "other_id IS NOT NULL OR (words <> '' AND named_by = one_id)"
    )


def _of_edition(table: str) -> list:
    """The columns every table of an edition begins with."""
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f(f"fk_{table}_edition_id"), ondelete="CASCADE"
        ),
    ]


def _refers(table: str, column: str, other: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
    )


def _index(table: str, *columns: str) -> None:
    for column in ("edition_id", *columns):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _partners() -> None:
    op.create_table(
        "partnership",
        *_of_edition("partnership"),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer()),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT),
        _refers("partnership", "asker_id", "exhibitor"),
        _refers("partnership", "asked_id", "exhibitor"),
        sa.CheckConstraint(
            "state IN ('asked', 'accepted', 'declined', 'ended')", name=op.f("ck_partnership_state")
        ),
        sa.CheckConstraint("asker_id <> asked_id", name=op.f("ck_partnership_two")),
        sa.CheckConstraint(
            "state <> 'accepted' OR asked_id IS NOT NULL", name=op.f("ck_partnership_answered")
        ),
    )
    _index("partnership", "asker_id", "asked_id")
    op.create_index(
        "uq_partnership_live",
        "partnership",
        [sa.text("least(asker_id, asked_id)"), sa.text("greatest(asker_id, asked_id)")],
        unique=True,
        postgresql_where=sa.text("asked_id IS NOT NULL AND state IN ('asked', 'accepted')"),
    )


def _invitations() -> None:
    op.create_table(
        "pavilion_invitation",
        *_of_edition("pavilion_invitation"),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("guest_id", sa.Integer()),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("area_m2", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT),
        _refers("pavilion_invitation", "lead_id", "exhibitor"),
        _refers("pavilion_invitation", "guest_id", "exhibitor"),
        sa.CheckConstraint(
            "state IN ('invited', 'accepted', 'declined', 'withdrawn')",
            name=op.f("ck_pavilion_invitation_state"),
        ),
        sa.CheckConstraint("lead_id <> guest_id", name=op.f("ck_pavilion_invitation_two")),
        sa.CheckConstraint("area_m2 >= 1", name=op.f("ck_pavilion_invitation_area")),
        sa.CheckConstraint(
            "state <> 'accepted' OR guest_id IS NOT NULL", name=op.f("ck_pavilion_invitation_answered")
        ),
    )
    _index("pavilion_invitation", "lead_id", "guest_id")
    op.create_index(
        "uq_pavilion_invitation_open",
        "pavilion_invitation",
        ["lead_id", "guest_id"],
        unique=True,
        postgresql_where=sa.text("state = 'invited'"),
    )


def _views() -> None:
    op.create_table(
        "saved_view",
        *_of_edition("saved_view"),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        _refers("saved_view", "user_id", "user"),
        sa.UniqueConstraint(
            "edition_id", "user_id", "name", name=op.f("uq_saved_view_edition_id_user_id_name")
        ),
    )
    _index("saved_view", "user_id")


def _points() -> None:
    op.create_table(
        "points_rule",
        *_of_edition("points_rule"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rule", postgresql.JSONB(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("effect", postgresql.JSONB(), nullable=False),
        sa.Column("created_by", sa.Integer()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("applied_at", INSTANT),
        _refers("points_rule", "created_by", "user", "SET NULL"),
        sa.UniqueConstraint("edition_id", "version", name=op.f("uq_points_rule_edition_id_version")),
        sa.CheckConstraint("state IN ('draft','applied')", name=op.f("ck_points_rule_state")),
        sa.CheckConstraint("version >= 1 AND revision >= 0", name=op.f("ck_points_rule_version")),
        sa.CheckConstraint(
            "(state = 'applied') = (applied_at IS NOT NULL)", name=op.f("ck_points_rule_applied")
        ),
    )
    _index("points_rule")
    op.create_index(
        "uq_points_rule_draft",
        "points_rule",
        ["edition_id"],
        unique=True,
        postgresql_where=sa.text("state = 'draft'"),
    )
    op.create_table(
        "points_fact",
        *_of_edition("points_fact"),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("figure", sa.Numeric(16, 2), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Integer()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("retracted_at", INSTANT),
        sa.Column("retract_note", sa.String(), nullable=False),
        _refers("points_fact", "organisation_id", "organisation"),
        _refers("points_fact", "recorded_by", "user", "SET NULL"),
        sa.CheckConstraint("abs(figure) <= 1000000000000", name=op.f("ck_points_fact_figure")),
        sa.CheckConstraint(
            "(retracted_at IS NULL) = (retract_note = '')", name=op.f("ck_points_fact_retracted")
        ),
    )
    _index("points_fact", "organisation_id")


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
