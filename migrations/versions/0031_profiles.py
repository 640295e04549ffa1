"""Profiles of who buys and sells, and whom they are told to meet."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

JSON = postgresql.JSONB(astext_type=sa.Text())
INSTANT = sa.DateTime(timezone=True)
HALVES = "half_day IN ('', 'am', 'pm')"

RULES = """
CREATE TRIGGER buyer_stays_in_edition BEFORE UPDATE OF edition_id ON buyer
    FOR EACH ROW WHEN (OLD.edition_id IS DISTINCT FROM NEW.edition_id) EXECUTE FUNCTION stays_in_edition();
CREATE TRIGGER product_stays_in_edition BEFORE UPDATE OF edition_id ON product
    FOR EACH ROW WHEN (OLD.edition_id IS DISTINCT FROM NEW.edition_id) EXECUTE FUNCTION stays_in_edition();
CREATE TRIGGER exhibitor_profile_of_one_edition_insert AFTER INSERT ON exhibitor_profile
    REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION of_one_edition('exhibitor_id', 'exhibitor');
CREATE TRIGGER exhibitor_profile_of_one_edition_update AFTER UPDATE ON exhibitor_profile
    REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION of_one_edition('exhibitor_id', 'exhibitor');

-- Whom a list names is of its edition and of another organisation, and what it is founded on is theirs.
CREATE FUNCTION recommendation_is_sound() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM fresh JOIN buyer ON buyer.id = fresh.buyer_id
                 JOIN exhibitor ON exhibitor.id = fresh.exhibitor_id
                 JOIN need ON need.id = fresh.need_id JOIN product ON product.id = fresh.product_id
                WHERE buyer.edition_id <> fresh.edition_id OR exhibitor.edition_id <> fresh.edition_id
                   OR buyer.organisation_id = exhibitor.organisation_id
                   OR need.buyer_id <> buyer.id OR product.exhibitor_id <> exhibitor.id) THEN
        RAISE EXCEPTION 'a recommendation of another edition, of oneself or without a foundation'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'recommendation_is_sound';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER recommendation_is_sound_insert AFTER INSERT ON recommendation
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION recommendation_is_sound();
CREATE TRIGGER recommendation_is_sound_update AFTER UPDATE ON recommendation
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION recommendation_is_sound();
CREATE TRIGGER recommendation_dismissal_insert AFTER INSERT ON recommendation_dismissal
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT
    EXECUTE FUNCTION between_one_edition('buyer_id', 'buyer', 'exhibitor_id', 'exhibitor');
"""

# Whatever a list is made from says, when it changes, whose list is due: also what files and programs write.
DUE = """
CREATE FUNCTION recommendation_due_by_buyer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO recommendation_due (edition_id, buyer_id) SELECT edition_id, id FROM fresh;
    RETURN NULL;
END $$;
CREATE FUNCTION recommendation_due_by_need() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO recommendation_due (edition_id, buyer_id)
    SELECT DISTINCT buyer.edition_id, buyer.id FROM fresh JOIN buyer ON buyer.id = fresh.buyer_id;
    RETURN NULL;
END $$;
CREATE FUNCTION recommendation_due_by_offer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO recommendation_due (edition_id, exhibitor_id)
    SELECT DISTINCT exhibitor.edition_id, exhibitor.id
      FROM fresh JOIN exhibitor ON exhibitor.id = fresh.exhibitor_id;
    RETURN NULL;
END $$;
CREATE FUNCTION recommendation_due_by_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO recommendation_due (edition_id, exhibitor_id)
    SELECT fresh.edition_id, fresh.id FROM fresh JOIN stale ON stale.id = fresh.id
     WHERE (fresh.state = 'accepted') <> (stale.state = 'accepted');
    RETURN NULL;
END $$;
CREATE TRIGGER recommendation_due_by_state AFTER UPDATE ON exhibitor
    REFERENCING NEW TABLE AS fresh OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION recommendation_due_by_state();
"""
DUE_BY = """
CREATE TRIGGER recommendation_due_{verb} AFTER {verb} ON {table}
    REFERENCING {which} TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION recommendation_due_by_{rule}();
"""
WATCHED = {"buyer": "buyer", "need": "need", "product": "offer", "exhibitor_profile": "offer"}

# Who is in the agenda of an edition already has agreed to be.
OPENED = """
INSERT INTO exhibitor_profile (edition_id, exhibitor_id)
SELECT edition_id, id FROM exhibitor WHERE state = 'accepted';
"""


def upgrade() -> None:
    """Profiles of those who are there already are open: they take part in meetings now."""
    _profiles()
    _lists()
    _exports()
    run = op.get_bind().connection.driver_connection.execute
    run(RULES)
    run(DUE)
    for table, rule in WATCHED.items():
        for verb in ("insert", "update") if table == "buyer" else ("insert", "update", "delete"):
            which = "OLD" if verb == "delete" else "NEW"
            run(DUE_BY.format(verb=verb, table=table, which=which, rule=rule))
    run(OPENED)
    run("INSERT INTO recommendation_due (edition_id, buyer_id) SELECT edition_id, id FROM buyer")


def _profiles() -> None:
    for column in (
        _flag("open_to_meetings", "true"), _flag("share_forums", "false"), _json("about", "{}"),
        _json("certificates", "[]"), _word("park"), _word("committee"), _word("half_day"),
    ):  # fmt: skip
        op.add_column("buyer", column)
    op.create_check_constraint(op.f("ck_buyer_half_day"), "buyer", HALVES)
    op.add_column("need", sa.Column("min_price_minor", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_check_constraint(
        op.f("ck_need_band"),
        "need",
        "min_price_minor >= 0 AND (max_price_minor = 0 OR min_price_minor <= max_price_minor)",
    )
    op.create_table(
        "exhibitor_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        _flag("open_to_meetings", "true"),
        _flag("share_forums", "false"),
        _json("languages", "[]"),
        _json("markets", "[]"),
        _json("certificates", "[]"),
        _word("park"),
        _word("committee"),
        _word("half_day"),
        _json("unavailable", "[]"),
        sa.Column("min_meetings", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("max_meetings", sa.Integer(), nullable=False, server_default="60"),
        sa.CheckConstraint(HALVES, name=op.f("ck_exhibitor_profile_half_day")),
        sa.CheckConstraint(
            "min_meetings >= 0 AND max_meetings >= min_meetings", name=op.f("ck_exhibitor_profile_meetings")
        ),
        _to("exhibitor_profile", "edition_id", "edition"),
        _to("exhibitor_profile", "exhibitor_id", "exhibitor"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibitor_profile")),
        sa.UniqueConstraint("exhibitor_id", name=op.f("uq_exhibitor_profile_exhibitor_id")),
    )
    op.create_index(op.f("ix_exhibitor_profile_edition_id"), "exhibitor_profile", ["edition_id"])


def _lists() -> None:
    op.create_table(
        "recommendation",
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.SmallInteger(), nullable=False) for name in SCORES),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("likeness", sa.SmallInteger(), nullable=False),
        sa.Column("buyer_value", sa.SmallInteger(), nullable=True),
        sa.Column("exhibitor_value", sa.SmallInteger(), nullable=True),
        *(sa.CheckConstraint(f"{n} BETWEEN 0 AND 100", name=op.f(f"ck_recommendation_{n}")) for n in SCORES),
        sa.CheckConstraint(
            "num_nonnulls(buyer_value, exhibitor_value) > 0", name=op.f("ck_recommendation_listed")
        ),
        *(
            _to("recommendation", f"{name}_id", name)
            for name in ("edition", "buyer", "exhibitor", "need", "product")
        ),
        sa.PrimaryKeyConstraint("buyer_id", "exhibitor_id", name=op.f("pk_recommendation")),
    )
    for column in ("edition_id", "exhibitor_id", "need_id", "product_id"):
        op.create_index(op.f(f"ix_recommendation_{column}"), "recommendation", [column])
    op.create_table(
        "recommendation_dismissal",
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("by IN ('buyer', 'exhibitor')", name=op.f("ck_recommendation_dismissal_by")),
        _to("recommendation_dismissal", "buyer_id", "buyer"),
        _to("recommendation_dismissal", "exhibitor_id", "exhibitor"),
        sa.PrimaryKeyConstraint("by", "buyer_id", "exhibitor_id", name=op.f("pk_recommendation_dismissal")),
    )
    op.create_index(
        op.f("ix_recommendation_dismissal_exhibitor_id"), "recommendation_dismissal", ["exhibitor_id"]
    )
    op.create_index(op.f("ix_recommendation_dismissal_buyer_id"), "recommendation_dismissal", ["buyer_id"])
    op.create_table(
        "recommendation_exposure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=True),
        sa.Column("exhibitor_id", sa.Integer(), nullable=True),
        sa.Column("points", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(buyer_id, exhibitor_id) = 1", name=op.f("ck_recommendation_exposure_one")
        ),
        *(_to("recommendation_exposure", f"{name}_id", name) for name in ("edition", "buyer", "exhibitor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_exposure")),
        sa.UniqueConstraint("buyer_id", name=op.f("uq_recommendation_exposure_buyer_id")),
        sa.UniqueConstraint("exhibitor_id", name=op.f("uq_recommendation_exposure_exhibitor_id")),
    )
    op.create_index(op.f("ix_recommendation_exposure_edition_id"), "recommendation_exposure", ["edition_id"])
    op.create_table(
        "recommendation_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        _json("figures", "{}"),
        _to("recommendation_run", "edition_id", "edition"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_run")),
    )
    op.create_index(op.f("ix_recommendation_run_edition_id"), "recommendation_run", ["edition_id"])
    op.create_table(
        "recommendation_due",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=True),
        sa.Column("exhibitor_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_due")),
    )
    op.create_index(op.f("ix_recommendation_due_edition_id"), "recommendation_due", ["edition_id"])


def _exports() -> None:
    op.create_table(
        "export_source",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("taken_at", INSTANT, nullable=False),
        _to("export_source", "edition_id", "edition"),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_export_source")),
    )
    op.create_table(
        "export_flow",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("chapter", sa.String(), nullable=False),
        sa.Column("value", sa.Numeric(20, 2), nullable=False),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$'", name=op.f("ck_export_flow_country")),
        sa.CheckConstraint("chapter ~ '^[0-9]{2}$'", name=op.f("ck_export_flow_chapter")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_export_flow_value")),
        _to("export_flow", "edition_id", "edition"),
        sa.PrimaryKeyConstraint("edition_id", "country", "chapter", name=op.f("pk_export_flow")),
    )


SCORES = ("score", "buyer_score", "exhibitor_score")


def _flag(name: str, default: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.text(default))


def _json(name: str, default: str) -> sa.Column:
    return sa.Column(name, JSON, nullable=False, server_default=sa.text(f"'{default}'"))


def _word(name: str) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=False, server_default="")


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE"
    )


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
