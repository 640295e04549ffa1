"""Holds, windows, waiting lists and swaps."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Each hold and each allotment claims its stand in one table with one primary key, so that a stand is held
# once or given once, whoever writes and at whatever isolation. Expired holds make way for whoever comes. A
# statement claims its stands in the order of their numbers, so that two never wait for one another.
CLAIMS = """
CREATE FUNCTION stand_is_claimed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'allotment' THEN
        DELETE FROM stand_hold USING fresh
         WHERE stand_hold.stand_id = fresh.stand_id AND stand_hold.expires_at <= now();
    END IF;
    INSERT INTO stand_claim (stand_id, holder) SELECT stand_id, TG_TABLE_NAME FROM fresh ORDER BY stand_id;
    RETURN NULL;
END $$;
CREATE FUNCTION stand_is_let_go() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM stand_claim USING gone
     WHERE stand_claim.stand_id = gone.stand_id AND stand_claim.holder = TG_TABLE_NAME;
    RETURN NULL;
END $$;
CREATE FUNCTION stand_is_exchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM stand_claim WHERE holder = TG_TABLE_NAME AND stand_id IN (
        SELECT gone.stand_id FROM gone JOIN fresh USING (id) WHERE gone.stand_id <> fresh.stand_id);
    INSERT INTO stand_claim (stand_id, holder)
    SELECT fresh.stand_id, TG_TABLE_NAME FROM gone JOIN fresh USING (id)
     WHERE gone.stand_id <> fresh.stand_id ORDER BY fresh.stand_id;
    RETURN NULL;
END $$;
CREATE FUNCTION expired_hold_makes_way() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM stand_hold WHERE stand_id = NEW.stand_id AND expires_at <= now();
    RETURN NEW;
END $$;
CREATE TRIGGER stand_hold_makes_way BEFORE INSERT ON stand_hold
    FOR EACH ROW EXECUTE FUNCTION expired_hold_makes_way();
"""
BOTH = """
CREATE TRIGGER {table}_claims AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION stand_is_claimed();
CREATE TRIGGER {table}_lets_go AFTER DELETE ON {table} REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION stand_is_let_go();
CREATE TRIGGER {table}_exchanges AFTER UPDATE ON {table} REFERENCING OLD TABLE AS gone NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION stand_is_exchanged();
"""
# Claims follow from holds and allotments alone; nobody writes them by hand.
UNTOUCHED = """
CREATE FUNCTION claims_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' OR pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'claims follow from holds and allotments'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER stand_claim_follows BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON stand_claim
    FOR EACH STATEMENT EXECUTE FUNCTION claims_follow();
"""
# An allotment passes from hand to hand within a pavilion, or by a swap that both sides agreed to.
HANDS = """
CREATE FUNCTION allotment_stays_in_hands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM exhibitor one, exhibitor other
                WHERE one.id = OLD.exhibitor_id AND other.id = NEW.exhibitor_id
                  AND coalesce(one.lead_id, one.id) = coalesce(other.lead_id, other.id))
       OR EXISTS (SELECT 1 FROM stand_swap s WHERE s.state = 'agreed'
                     AND least(s.asker_id, s.other_id) = least(OLD.exhibitor_id, NEW.exhibitor_id)
                     AND greatest(s.asker_id, s.other_id) = greatest(OLD.exhibitor_id, NEW.exhibitor_id)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an allotment passes within a pavilion or by an agreed swap only'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'allotment_stays_in_hands';
END $$;
CREATE TRIGGER allotment_stays_in_hands BEFORE UPDATE OF exhibitor_id ON allotment
    FOR EACH ROW WHEN (OLD.exhibitor_id IS DISTINCT FROM NEW.exhibitor_id)
    EXECUTE FUNCTION allotment_stays_in_hands();
CREATE FUNCTION leaver_returns_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_entry (at, edition_id, actor, request_id, action, subject, subject_id, changes)
    SELECT now(), a.edition_id, 'pavilion', '', 'changed', 'allotment', a.id::text,
           jsonb_build_object('exhibitor_id', jsonb_build_array(a.exhibitor_id, OLD.lead_id))
      FROM allotment a WHERE a.exhibitor_id = NEW.id;
    UPDATE allotment SET exhibitor_id = OLD.lead_id WHERE exhibitor_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER exhibitor_leaves_pavilion AFTER UPDATE OF lead_id, state ON exhibitor
    FOR EACH ROW WHEN (OLD.lead_id IS NOT NULL AND (NEW.lead_id IS DISTINCT FROM OLD.lead_id
                       OR (OLD.state = 'accepted' AND NEW.state <> 'accepted')))
    EXECUTE FUNCTION leaver_returns_stands();
"""
ALREADY = "INSERT INTO stand_claim (stand_id, holder) SELECT stand_id, 'allotment' FROM allotment;"


def upgrade() -> None:
    op.create_table(
        "selection_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("zones", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("stands", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("per_window", sa.Integer(), nullable=False),
        sa.Column("window_minutes", sa.Integer(), nullable=False),
        sa.Column("day_from", sa.Time(), nullable=False),
        sa.Column("day_until", sa.Time(), nullable=False),
        sa.Column("weekends", sa.Boolean(), nullable=False),
        sa.Column("lasting", sa.Boolean(), nullable=False),
        sa.Column("hold_minutes", sa.Integer(), nullable=False),
        sa.Column("tolerance_percent", sa.Integer(), nullable=False),
        sa.Column("most_stands", sa.Integer(), nullable=False),
        sa.Column("rival_m", sa.Integer(), nullable=False),
        sa.Column("keep_zones", sa.Boolean(), nullable=False),
        sa.Column("keep_needs", sa.Boolean(), nullable=False),
        sa.Column("keep_touching", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("mode IN ('turns','open')", name=op.f("ck_selection_round_mode")),
        sa.CheckConstraint(
            "state IN ('draft','open','paused','closed')", name=op.f("ck_selection_round_state")
        ),
        sa.CheckConstraint(
            "per_window > 0 AND window_minutes > 0 AND hold_minutes > 0",
            name=op.f("ck_selection_round_times"),
        ),
        sa.CheckConstraint("rival_m >= 0", name=op.f("ck_selection_round_rivals")),
        sa.CheckConstraint(
            "tolerance_percent BETWEEN 0 AND 100 AND most_stands > 0", name=op.f("ck_selection_round_limits")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["user.id"], name=op.f("fk_selection_round_created_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_selection_round_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selection_round")),
    )
    op.create_index(op.f("ix_selection_round_edition_id"), "selection_round", ["edition_id"], unique=False)
    op.create_index(
        "uq_selection_round_live",
        "selection_round",
        ["edition_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('open','paused')"),
    )
    op.create_table(
        "selection_settings",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("waiting_open", sa.Boolean(), nullable=False),
        sa.Column("offer_hours", sa.Integer(), nullable=False),
        sa.Column("swaps_open", sa.Boolean(), nullable=False),
        sa.Column("swaps_need_approval", sa.Boolean(), nullable=False),
        sa.Column("swap_days", sa.Integer(), nullable=False),
        sa.CheckConstraint("offer_hours > 0 AND swap_days > 0", name=op.f("ck_selection_settings_times")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_selection_settings_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_selection_settings")),
    )
    op.create_table(
        "selection_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("stands", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("worth_minor", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('held','released','expired','confirmed','returned')",
            name=op.f("ck_selection_event_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_selection_event_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"],
            ["exhibitor.id"],
            name=op.f("fk_selection_event_exhibitor_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["selection_round.id"], name=op.f("fk_selection_event_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selection_event")),
    )
    op.create_index(op.f("ix_selection_event_edition_id"), "selection_event", ["edition_id"], unique=False)
    op.create_index(
        op.f("ix_selection_event_exhibitor_id"), "selection_event", ["exhibitor_id"], unique=False
    )
    op.create_index("ix_selection_event_round_at", "selection_event", ["round_id", "at"], unique=False)
    op.create_table(
        "selection_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"],
            ["exhibitor.id"],
            name=op.f("fk_selection_turn_exhibitor_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["selection_round.id"], name=op.f("fk_selection_turn_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selection_turn")),
        sa.UniqueConstraint("round_id", "exhibitor_id", name=op.f("uq_selection_turn_round_id_exhibitor_id")),
        sa.UniqueConstraint("round_id", "position", name=op.f("uq_selection_turn_round_id_position")),
    )
    op.create_index(op.f("ix_selection_turn_exhibitor_id"), "selection_turn", ["exhibitor_id"], unique=False)
    op.create_table(
        "stand_swap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("asker_stands", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("other_stands", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked','agreed','done','declined','refused','withdrawn','expired')",
            name=op.f("ck_stand_swap_state"),
        ),
        sa.CheckConstraint("asker_id <> other_id", name=op.f("ck_stand_swap_two")),
        sa.ForeignKeyConstraint(
            ["asker_id"], ["exhibitor.id"], name=op.f("fk_stand_swap_asker_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_stand_swap_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["exhibitor.id"], name=op.f("fk_stand_swap_other_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_swap")),
    )
    op.create_index(op.f("ix_stand_swap_asker_id"), "stand_swap", ["asker_id"], unique=False)
    op.create_index(op.f("ix_stand_swap_edition_id"), "stand_swap", ["edition_id"], unique=False)
    op.create_index(op.f("ix_stand_swap_other_id"), "stand_swap", ["other_id"], unique=False)
    op.create_index(
        "uq_stand_swap_live",
        "stand_swap",
        ["asker_id", "other_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('asked','agreed')"),
    )
    op.create_table(
        "stand_claim",
        sa.Column("stand_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["stand_id"], ["stand.id"], name=op.f("fk_stand_claim_stand_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("stand_id", name=op.f("pk_stand_claim")),
    )
    op.create_table(
        "waiting_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=True),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("least_m2", sa.Integer(), nullable=False),
        sa.Column("most_m2", sa.Integer(), nullable=False),
        sa.Column("replaces", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(kind = 'stand') = (stand_id IS NOT NULL)", name=op.f("ck_waiting_wish_stand")),
        sa.CheckConstraint("kind <> 'zone' OR zone_id IS NOT NULL", name=op.f("ck_waiting_wish_zone")),
        sa.CheckConstraint("kind IN ('stand','zone','size')", name=op.f("ck_waiting_wish_kind")),
        sa.CheckConstraint("state IN ('waiting','served','left')", name=op.f("ck_waiting_wish_state")),
        sa.CheckConstraint("least_m2 > 0 AND least_m2 <= most_m2", name=op.f("ck_waiting_wish_area")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_waiting_wish_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_waiting_wish_exhibitor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["stand_id"], ["stand.id"], name=op.f("fk_waiting_wish_stand_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["zone.id"], name=op.f("fk_waiting_wish_zone_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_wish")),
    )
    op.create_index(op.f("ix_waiting_wish_edition_id"), "waiting_wish", ["edition_id"], unique=False)
    op.create_index(op.f("ix_waiting_wish_exhibitor_id"), "waiting_wish", ["exhibitor_id"], unique=False)
    op.create_index(
        "uq_waiting_wish_once",
        "waiting_wish",
        ["exhibitor_id", "kind", "stand_id", "zone_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "stand_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("wish_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("stands", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('open','accepted','declined','expired','withdrawn')", name=op.f("ck_stand_offer_state")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_stand_offer_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_stand_offer_exhibitor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["wish_id"], ["waiting_wish.id"], name=op.f("fk_stand_offer_wish_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_offer")),
    )
    op.create_index(op.f("ix_stand_offer_edition_id"), "stand_offer", ["edition_id"], unique=False)
    op.create_index(op.f("ix_stand_offer_exhibitor_id"), "stand_offer", ["exhibitor_id"], unique=False)
    op.create_index(
        "uq_stand_offer_open",
        "stand_offer",
        ["wish_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "stand_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("offer_id", sa.Integer(), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remaining_s", sa.Integer(), nullable=True),
        sa.CheckConstraint("(round_id IS NULL) <> (offer_id IS NULL)", name=op.f("ck_stand_hold_origin")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_stand_hold_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_stand_hold_exhibitor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["stand_offer.id"], name=op.f("fk_stand_hold_offer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["selection_round.id"], name=op.f("fk_stand_hold_round_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["stand_id"], ["stand.id"], name=op.f("fk_stand_hold_stand_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_hold")),
        sa.UniqueConstraint("stand_id", name=op.f("uq_stand_hold_stand_id")),
    )
    op.create_index(op.f("ix_stand_hold_edition_id"), "stand_hold", ["edition_id"], unique=False)
    op.create_index(op.f("ix_stand_hold_exhibitor_id"), "stand_hold", ["exhibitor_id"], unique=False)
    op.create_index(op.f("ix_stand_hold_expires_at"), "stand_hold", ["expires_at"], unique=False)
    op.create_index(op.f("ix_stand_hold_offer_id"), "stand_hold", ["offer_id"], unique=False)
    op.create_index(op.f("ix_stand_hold_round_id"), "stand_hold", ["round_id"], unique=False)

    rules = (
        ALREADY,
        CLAIMS,
        BOTH.format(table="stand_hold"),
        BOTH.format(table="allotment"),
        UNTOUCHED,
        HANDS,
    )
    for rule in rules:
        op.get_bind().connection.driver_connection.execute(rule)


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
