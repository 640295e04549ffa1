"""Agendas with versions, delegates, tables with seats, and nobody booked twice by the database alone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

# Rows may lead only into their own edition (the functions are those of 0010).
OWNED = {
    "meeting": {"buyer_id": "buyer", "exhibitor_id": "exhibitor", "run_id": "agenda_run",
                "buyer_delegate_id": "delegate", "exhibitor_delegate_id": "delegate"},
    "delegate": {"buyer_id": "buyer", "exhibitor_id": "exhibitor"},
    "meeting_table": {"buyer_id": "buyer", "exhibitor_id": "exhibitor"},
    "agenda_version": {"run_id": "agenda_run"},
}  # fmt: skip
STAYS = ("meeting", "delegate", "meeting_table", "agenda_version", "agenda_run")
TRIGGER = """
CREATE TRIGGER {table}_{rule}_{verb} AFTER {verb} ON {table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION {rule}({links});
"""
STAY = """
CREATE TRIGGER {table}_stays_in_edition BEFORE UPDATE OF edition_id ON {table}
    FOR EACH ROW WHEN (OLD.edition_id IS DISTINCT FROM NEW.edition_id) EXECUTE FUNCTION stays_in_edition();
"""
# What a meeting holds: its seat, and a person on either side.
HOLD = """
    INSERT INTO meeting_hold (edition_id, slot, resource, meeting_id)
    SELECT m.edition_id, m.slot, held.resource, m.id
      FROM meeting m
      JOIN buyer b ON b.id = m.buyer_id JOIN exhibitor x ON x.id = m.exhibitor_id
     CROSS JOIN LATERAL (VALUES
        ('table ' || m.table_number || '/' || m.seat),
        (coalesce('delegate ' || m.buyer_delegate_id, 'firm ' || b.organisation_id)),
        (coalesce('delegate ' || m.exhibitor_delegate_id, 'firm ' || x.organisation_id))) AS held(resource)
     WHERE m.state IN ('planned','held') AND"""
RULES = """
-- Nothing of a meeting that is locked or took place changes but what came of it; deals and papers lean on it.
CREATE FUNCTION meeting_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moved boolean;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state IN ('planned','cancelled') AND NOT OLD.locked OR edition_is_gone(OLD.edition_id)
           OR NOT EXISTS (SELECT 1 FROM buyer WHERE id = OLD.buyer_id)
           OR NOT EXISTS (SELECT 1 FROM exhibitor WHERE id = OLD.exhibitor_id) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'meeting % is locked or took place', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_stays', DETAIL = OLD.id::text;
    END IF;
    moved := (OLD.slot, OLD.table_number, OLD.seat, OLD.starts_at)
        IS DISTINCT FROM (NEW.slot, NEW.table_number, NEW.seat, NEW.starts_at);
    IF moved AND (OLD.locked AND NEW.locked OR OLD.state IN ('held','no_show'))
       OR (OLD.buyer_id, OLD.exhibitor_id) IS DISTINCT FROM (NEW.buyer_id, NEW.exhibitor_id) THEN
        RAISE EXCEPTION 'meeting % is locked or took place', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_stays', DETAIL = OLD.id::text;
    END IF;
    IF moved OR OLD.state IS DISTINCT FROM NEW.state THEN
        NEW.sequence := OLD.sequence + 1;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER meeting_stays BEFORE UPDATE OR DELETE ON meeting
    FOR EACH ROW EXECUTE FUNCTION meeting_stays();

-- Who is named, sits: as soon as a party has delegates, each of its meetings says which.
CREATE FUNCTION meeting_places_hold(meetings integer[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE bad record;
BEGIN
    SELECT m.id, m.table_number INTO bad FROM meeting m
      JOIN meeting_table t ON t.edition_id = m.edition_id AND t.number = m.table_number
     WHERE m.id = ANY(meetings) AND m.state = 'planned'
       AND (m.seat > t.seats OR t.closed @> to_jsonb(m.slot)
            OR t.exclusive AND t.exhibitor_id IS DISTINCT FROM m.exhibitor_id
                           AND t.buyer_id IS DISTINCT FROM m.buyer_id) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'meeting % cannot take place at table %', bad.id, bad.table_number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_table_is_open',
                  DETAIL = bad.table_number::text;
    END IF;
    SELECT m.id INTO bad FROM meeting m LEFT JOIN delegate d ON d.id = m.buyer_delegate_id
     WHERE m.id = ANY(meetings) AND m.state IN ('planned','held')
       AND (d.id IS NOT NULL AND d.buyer_id IS DISTINCT FROM m.buyer_id
            OR d.id IS NULL AND EXISTS (SELECT 1 FROM delegate o WHERE o.buyer_id = m.buyer_id)) LIMIT 1;
    IF NOT FOUND THEN
        SELECT m.id INTO bad FROM meeting m LEFT JOIN delegate d ON d.id = m.exhibitor_delegate_id
         WHERE m.id = ANY(meetings) AND m.state IN ('planned','held')
           AND (d.id IS NOT NULL AND d.exhibitor_id IS DISTINCT FROM m.exhibitor_id
                OR d.id IS NULL AND EXISTS (SELECT 1 FROM delegate o WHERE o.exhibitor_id = m.exhibitor_id))
         LIMIT 1;
    END IF;
    IF FOUND THEN
        RAISE EXCEPTION 'nobody of the party sits in meeting %', bad.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_has_its_people', DETAIL = bad.id::text;
    END IF;
END $$;
CREATE FUNCTION hold_meetings(meetings integer[]) RETURNS void LANGUAGE sql AS $$
    HOLD m.id = ANY(meetings) ORDER BY 1, 2, 3
$$;
CREATE FUNCTION meeting_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE meetings integer[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(f.id) INTO meetings FROM fresh f JOIN gone g ON g.id = f.id
         WHERE (f.slot, f.table_number, f.seat, f.buyer_delegate_id, f.exhibitor_delegate_id, f.state)
               IS DISTINCT FROM
               (g.slot, g.table_number, g.seat, g.buyer_delegate_id, g.exhibitor_delegate_id, g.state);
        DELETE FROM meeting_hold WHERE meeting_id = ANY(meetings);
    ELSE
        SELECT array_agg(id) INTO meetings FROM fresh;
    END IF;
    IF meetings IS NOT NULL THEN
        PERFORM meeting_places_hold(meetings);
        PERFORM hold_meetings(meetings);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER meeting_holds_insert AFTER INSERT ON meeting REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION meeting_holds();
CREATE TRIGGER meeting_holds_update AFTER UPDATE ON meeting REFERENCING OLD TABLE AS gone NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION meeting_holds();
CREATE FUNCTION meeting_hold_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() > 1 THEN RETURN NULL; END IF;
    RAISE EXCEPTION 'what meetings hold follows from them'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'meeting_hold_follows';
END $$;
CREATE TRIGGER meeting_hold_follows BEFORE INSERT OR UPDATE OR DELETE ON meeting_hold
    FOR EACH STATEMENT EXECUTE FUNCTION meeting_hold_follows();

-- The first delegate takes over what was arranged for the party while it had named nobody.
CREATE FUNCTION delegate_comes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.buyer_id IS NOT NULL THEN PERFORM 1 FROM buyer WHERE id = NEW.buyer_id FOR UPDATE; END IF;
    IF NEW.exhibitor_id IS NOT NULL THEN
        PERFORM 1 FROM exhibitor WHERE id = NEW.exhibitor_id FOR UPDATE;
    END IF;
    IF NEW.buyer_id IS NOT NULL AND NEW.exhibitor_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM buyer b JOIN exhibitor x USING (organisation_id)
         WHERE b.id = NEW.buyer_id AND x.id = NEW.exhibitor_id) THEN
        RAISE EXCEPTION 'delegate % serves two organisations', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'delegate_of_one_organisation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER delegate_comes BEFORE INSERT OR UPDATE OF buyer_id, exhibitor_id ON delegate
    FOR EACH ROW EXECUTE FUNCTION delegate_comes();
CREATE FUNCTION delegate_takes_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE meeting SET buyer_delegate_id = CASE WHEN buyer_id = NEW.buyer_id
                           THEN coalesce(buyer_delegate_id, NEW.id) ELSE buyer_delegate_id END,
                       exhibitor_delegate_id = CASE WHEN exhibitor_id = NEW.exhibitor_id
                           THEN coalesce(exhibitor_delegate_id, NEW.id) ELSE exhibitor_delegate_id END
     WHERE buyer_id = NEW.buyer_id AND buyer_delegate_id IS NULL
        OR exhibitor_id = NEW.exhibitor_id AND exhibitor_delegate_id IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER delegate_takes_over AFTER INSERT OR UPDATE OF buyer_id, exhibitor_id ON delegate
    FOR EACH ROW EXECUTE FUNCTION delegate_takes_over();

-- Versions count 1, 2, 3 and stay; what a run answered stays as well.
CREATE FUNCTION agenda_version_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE next integer;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        IF TG_OP = 'DELETE' AND edition_is_gone(OLD.edition_id) THEN RETURN OLD; END IF;
        IF TG_OP = 'UPDATE' AND (OLD.id, OLD.edition_id, OLD.number, OLD.kind, OLD.note, OLD.changes, OLD.at)
           IS NOT DISTINCT FROM (NEW.id, NEW.edition_id, NEW.number, NEW.kind, NEW.note, NEW.changes, NEW.at)
           AND (NEW.user_id IS NULL OR NEW.user_id = OLD.user_id)
           AND (NEW.run_id IS NULL OR NEW.run_id = OLD.run_id) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'version % of the agenda stays', OLD.number
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'agenda_version_is_kept';
    END IF;
    PERFORM 1 FROM edition WHERE id = NEW.edition_id FOR NO KEY UPDATE;
    SELECT coalesce(max(number), 0) + 1 INTO next FROM agenda_version WHERE edition_id = NEW.edition_id;
    IF NEW.number <> next THEN
        RAISE EXCEPTION 'the next version of the agenda is %, not %', next, NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agenda_version_counts';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agenda_version_counts BEFORE INSERT OR UPDATE OR DELETE ON agenda_version
    FOR EACH ROW EXECUTE FUNCTION agenda_version_counts();
CREATE FUNCTION agenda_answer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'running' AND
       (OLD.kind, OLD.seed, OLD.rounds, OLD.based_on, OLD.objective, OLD.bound, OLD.baseline, OLD.requests,
        OLD.breaks, OLD.violations, OLD.unmet, OLD.figures, OLD.answer)
       IS DISTINCT FROM
       (NEW.kind, NEW.seed, NEW.rounds, NEW.based_on, NEW.objective, NEW.bound, NEW.baseline, NEW.requests,
        NEW.breaks, NEW.violations, NEW.unmet, NEW.figures, NEW.answer) THEN
        RAISE EXCEPTION 'what solve % of the agenda answered stays as it is', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agenda_answer_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agenda_answer_stays BEFORE UPDATE ON agenda_run
    FOR EACH ROW EXECUTE FUNCTION agenda_answer_stays();
"""
# Agendas made before get their tables, their first version, and hold what they hold.
TAKE_OVER = """
INSERT INTO meeting_table (edition_id, number, seats, exclusive, closed, note)
SELECT e.id, n, 1, false, '[]', '' FROM edition e
 CROSS JOIN LATERAL generate_series(1, greatest(
    CASE WHEN jsonb_typeof(e.meetings -> 'tables') = 'number'
         THEN least((e.meetings ->> 'tables')::numeric, 100000)::integer ELSE 0 END,
    (SELECT coalesce(max(table_number), 0) FROM meeting WHERE edition_id = e.id))) AS n;
INSERT INTO agenda_version (edition_id, number, kind, run_id, note, changes, at)
SELECT edition_id, 1, 'run', max(run_id), '', jsonb_build_object('added', count(*)), now()
  FROM meeting GROUP BY edition_id;
UPDATE agenda_run SET state = 'published'
 WHERE id IN (SELECT run_id FROM meeting WHERE run_id IS NOT NULL);
UPDATE agenda_run r SET based_on = 1 FROM meeting m WHERE m.run_id = r.id;
HOLD true ON CONFLICT DO NOTHING;
"""


def _edition(table: str) -> list:
    return [
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f(f"fk_{table}_edition_id"), ondelete="CASCADE"
        ),
    ]


def _link(table: str, column: str, to: str, ondelete: str) -> list:
    return [
        sa.Column(column, sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete),
    ]


def _kept(name: str, kind: sa.types.TypeEngine) -> sa.Column:
    return sa.Column(name, kind, nullable=False)


def _make(table: str, *parts: object) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *_edition(table),
        *parts,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_edition_id"), table, ["edition_id"])


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _tables() -> None:
    _make(
        "agenda_version",
        _kept("number", sa.Integer()), _kept("kind", sa.String()),
        *_link("agenda_version", "run_id", "agenda_run", "SET NULL"),
        _kept("note", sa.String()), _kept("changes", JSONB()),
        *_link("agenda_version", "user_id", "user", "SET NULL"),
        _kept("at", sa.DateTime(timezone=True)),
        _check("agenda_version", "number", "number >= 1"),
        _check("agenda_version", "kind", "kind IN ('run','hand','site')"),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_agenda_version_edition_id_number")),
    )  # fmt: skip
    _make(
        "delegate",
        *_link("delegate", "buyer_id", "buyer", "CASCADE"),
        *_link("delegate", "exhibitor_id", "exhibitor", "CASCADE"),
        _kept("name", sa.String()), _kept("email", sa.String()),
        _kept("languages", JSONB()), _kept("unavailable", JSONB()),
        _check("delegate", "side", "num_nonnulls(buyer_id, exhibitor_id) >= 1"),
        _check("delegate", "name", "name <> ''"),
    )  # fmt: skip
    _make(
        "meeting_table",
        _kept("number", sa.Integer()), _kept("seats", sa.Integer()), _kept("exclusive", sa.Boolean()),
        *_link("meeting_table", "exhibitor_id", "exhibitor", "CASCADE"),
        *_link("meeting_table", "buyer_id", "buyer", "CASCADE"),
        _kept("closed", JSONB()), _kept("note", sa.String()),
        *(
            sa.UniqueConstraint("edition_id", one, name=op.f(f"uq_meeting_table_edition_id_{one}"))
            for one in ("number", "exhibitor_id", "buyer_id")
        ),
        _check("meeting_table", "number", "number BETWEEN 1 AND 100000"),
        _check("meeting_table", "seats", "seats BETWEEN 1 AND 100"),
        _check("meeting_table", "owner", "num_nonnulls(buyer_id, exhibitor_id) <= 1"),
        _check("meeting_table", "exclusive", "NOT exclusive OR num_nonnulls(buyer_id, exhibitor_id) = 1"),
    )  # fmt: skip
    for table in ("delegate", "meeting_table"):
        for side in ("buyer_id", "exhibitor_id"):
            op.create_index(op.f(f"ix_{table}_{side}"), table, [side])
    op.create_table(
        "meeting_hold",
        *_edition("meeting_hold"),
        _kept("slot", sa.Integer()), _kept("resource", sa.String()), _kept("meeting_id", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_hold_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", "slot", "resource", name=op.f("pk_meeting_hold")),
    )  # fmt: skip
    op.create_index(op.f("ix_meeting_hold_meeting_id"), "meeting_hold", ["meeting_id"])


def _add(table: str, name: str, kind: sa.types.TypeEngine, default: str | None) -> None:
    op.add_column(table, sa.Column(name, kind, server_default=default, nullable=default is None))


def _columns() -> None:
    for name, kind, default in (
        ("kind", sa.String(), "whole"), ("state", sa.String(), "done"), ("based_on", sa.Integer(), "0"),
        ("figures", JSONB(), "{}"), ("answer", sa.LargeBinary(), None), ("job_id", sa.Integer(), None),
        ("created_by", sa.Integer(), None),
    ):  # fmt: skip
        _add("agenda_run", name, kind, default)
    for name, to in (("job_id", "job"), ("created_by", "user")):
        op.create_foreign_key(
            op.f(f"fk_agenda_run_{name}"), "agenda_run", to, [name], ["id"], ondelete="SET NULL"
        )
    op.create_index("uq_agenda_run_job_id", "agenda_run", ["job_id"], unique=True)
    op.create_check_constraint(op.f("ck_agenda_run_kind"), "agenda_run", "kind IN ('whole','rest','repair')")
    op.create_check_constraint(
        op.f("ck_agenda_run_state"), "agenda_run", "state IN ('running','done','published','failed')"
    )
    for name, kind, default in (
        ("seat", sa.Integer(), "1"), ("origin", sa.String(), "run"), ("locked", sa.Boolean(), "false"),
        ("note", sa.String(), ""), ("sequence", sa.Integer(), "0"), ("told", sa.Integer(), None),
        ("buyer_delegate_id", sa.Integer(), None), ("exhibitor_delegate_id", sa.Integer(), None),
    ):  # fmt: skip
        _add("meeting", name, kind, default)
    for side in ("buyer", "exhibitor"):
        name = f"{side}_delegate_id"
        op.create_foreign_key(op.f(f"fk_meeting_{name}"), "meeting", "delegate", [name], ["id"])
        op.create_index(op.f(f"ix_meeting_{name}"), "meeting", [name])


def _rules() -> None:
    for pair in ("buyer_id_exhibitor_id", "buyer_id_slot", "exhibitor_id_slot", "table_number_slot"):
        op.drop_constraint(op.f(f"uq_meeting_edition_id_{pair}"), "meeting", type_="unique")
    op.drop_constraint(op.f("ck_meeting_place"), "meeting", type_="check")
    op.create_check_constraint(
        op.f("ck_meeting_place"), "meeting", "slot >= 1 AND table_number >= 1 AND seat >= 1"
    )
    op.create_check_constraint(op.f("ck_meeting_origin"), "meeting", "origin IN ('run','hand','site')")
    op.create_index(
        "uq_meeting_planned_pair", "meeting", ["edition_id", "buyer_id", "exhibitor_id"], unique=True,
        postgresql_where=sa.text("state = 'planned'"),
    )  # fmt: skip
    op.create_index("ix_meeting_edition_id_slot", "meeting", ["edition_id", "slot"])
    run = op.get_bind().connection.driver_connection.execute
    run(TAKE_OVER.replace("HOLD", HOLD))
    run(RULES.replace("HOLD", HOLD))
    for table, links in OWNED.items():
        told = ", ".join(f"'{column}', '{to}'" for column, to in links.items())
        for verb in ("insert", "update"):
            run(TRIGGER.format(table=table, rule="of_one_edition", verb=verb, links=told))
    for table in STAYS:
        run(STAY.format(table=table))


def upgrade() -> None:
    """What was published before stays in force; its people are the parties themselves."""
    _tables()
    _columns()
    _rules()


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
