"""The working timetable edited by several people: every change of a place has a number and an author."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSTZRANGE

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# Whoever writes a place, also by hand, does it under a number: services open an act and name it in the
# transaction's setting; a writer that named none gets one of its own. The row of the edition's number stays
# locked until the commit, so that numbers become visible in their order and none is passed over.
LOG = """
CREATE FUNCTION open_timetable_act(edition integer, who integer, name text, what text, undone integer)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE number integer; act integer;
BEGIN
    INSERT INTO timetable_head (edition_id, revision) VALUES (edition, 1)
        ON CONFLICT (edition_id) DO UPDATE SET revision = timetable_head.revision + 1
        RETURNING revision INTO number;
    INSERT INTO timetable_act (edition_id, revision, user_id, actor, kind, undoes_id, at)
        VALUES (edition, number, who, name, what, undone, clock_timestamp()) RETURNING id INTO act;
    PERFORM set_config('expo.timetable_act', act::text, true);
    RETURN act;
END $$;
CREATE FUNCTION log_slot() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whose integer; which integer; named text; act integer;
    was slot; becomes slot;
BEGIN
    IF TG_OP <> 'INSERT' THEN was := OLD; END IF;
    IF TG_OP <> 'DELETE' THEN becomes := NEW; END IF;
    whose := coalesce(becomes.edition_id, was.edition_id);
    which := coalesce(becomes.talk_id, was.talk_id);
    IF edition_is_gone(whose) THEN RETURN NULL; END IF;
    IF TG_OP = 'UPDATE' AND was = becomes THEN RETURN NULL; END IF;
    named := nullif(current_setting('expo.timetable_act', true), '');
    SELECT id INTO act FROM timetable_act WHERE id = named::integer AND edition_id = whose;
    IF act IS NULL THEN act := open_timetable_act(whose, NULL, '', 'other', NULL); END IF;
    INSERT INTO slot_change (act_id, edition_id, talk_id, talk_code, room_before, before, locked_before,
                             room_after, after, locked_after)
        VALUES (act, whose, which,
                coalesce((SELECT code FROM talk WHERE id = which),
                         (SELECT talk_code FROM slot_change WHERE talk_id = which ORDER BY id DESC LIMIT 1),
                         ''),
                was.room_id, was.during, coalesce(was.locked, false),
                becomes.room_id, becomes.during, coalesce(becomes.locked, false))
        ON CONFLICT (act_id, talk_id) DO UPDATE SET room_after = excluded.room_after,
            after = excluded.after, locked_after = excluded.locked_after;
    RETURN NULL;
END $$;
CREATE TRIGGER slot_is_logged AFTER INSERT OR UPDATE OR DELETE ON slot
    FOR EACH ROW EXECUTE FUNCTION log_slot();
CREATE FUNCTION timetable_log_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() > 1 THEN RETURN coalesce(NEW, OLD); END IF;
    RAISE EXCEPTION 'what was changed in the timetable stays written'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'timetable_log_is_kept';
END $$;
CREATE TRIGGER slot_change_is_kept BEFORE UPDATE OR DELETE ON slot_change
    FOR EACH ROW EXECUTE FUNCTION timetable_log_is_kept();
CREATE TRIGGER timetable_act_is_kept BEFORE UPDATE OR DELETE ON timetable_act
    FOR EACH ROW EXECUTE FUNCTION timetable_log_is_kept();
"""


def upgrade() -> None:
    """Places that are there already count as revision 0: the log begins with the next change."""
    op.create_table(
        "timetable_head",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("edition_id", name="pk_timetable_head"),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_timetable_head_edition_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "timetable_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(), server_default="", nullable=False),
        sa.Column("kind", sa.String(), server_default="other", nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_timetable_act"),
        sa.UniqueConstraint("edition_id", "revision", name="uq_timetable_act_edition_id_revision"),
        sa.CheckConstraint(
            "kind IN ('move','shift','swap','pin','clear','undo','redo','build','import','withdraw','other')",
            name=op.f("ck_timetable_act_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_timetable_act_edition_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["timetable_act.id"], name="fk_timetable_act_undoes_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_timetable_act_undoes_id", "timetable_act", ["undoes_id"])
    op.create_table(
        "slot_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("talk_id", sa.Integer(), nullable=False),
        sa.Column("talk_code", sa.String(), server_default="", nullable=False),
        sa.Column("room_before", sa.Integer(), nullable=True),
        sa.Column("before", TSTZRANGE(), nullable=True),
        sa.Column("locked_before", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("room_after", sa.Integer(), nullable=True),
        sa.Column("after", TSTZRANGE(), nullable=True),
        sa.Column("locked_after", sa.Boolean(), server_default="false", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_slot_change"),
        sa.UniqueConstraint("act_id", "talk_id", name="uq_slot_change_act_id_talk_id"),
        sa.ForeignKeyConstraint(
            ["act_id"], ["timetable_act.id"], name="fk_slot_change_act_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_slot_change_edition_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_slot_change_edition_id", "slot_change", ["edition_id"])
    op.create_index("ix_slot_change_talk_id", "slot_change", ["talk_id"])
    op.create_table(
        "board_presence",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), server_default="", nullable=False),
        sa.Column("carrying", sa.String(), server_default="", nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "user_id", name="pk_board_presence"),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_board_presence_edition_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_board_presence_user_id", ondelete="CASCADE"
        ),
    )
    op.get_bind().connection.driver_connection.execute(LOG)


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
