"""Sorts of registration: questions, quotas, waiting lists, codes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KINDS = "'visitor', 'buyer', 'vip', 'speaker', 'press', 'exhibitor', 'organiser', 'service'"
STATE = """
ALTER TABLE person
    ADD COLUMN state varchar NOT NULL DEFAULT 'confirmed',
    ADD CONSTRAINT ck_person_state
        CHECK (state IN ('pending', 'waiting', 'confirmed', 'declined', 'cancelled'));
"""
PEOPLE = """
ALTER TABLE person
    ADD COLUMN ticket_id integer CONSTRAINT fk_person_ticket_id REFERENCES ticket (id) ON DELETE SET NULL,
    ADD COLUMN invitation_id integer
        CONSTRAINT fk_person_invitation_id REFERENCES invitation (id) ON DELETE SET NULL,
    ADD COLUMN waiting_since timestamptz,
    ADD COLUMN offered_until timestamptz,
    ADD COLUMN decided_at timestamptz,
    ADD COLUMN reason varchar NOT NULL DEFAULT '',
    ADD COLUMN email_key varchar,
    ADD COLUMN once varchar,
    ADD CONSTRAINT ck_person_offer CHECK (offered_until IS NULL OR state = 'waiting'),
    ADD CONSTRAINT uq_person_ticket_id_email_key UNIQUE (ticket_id, email_key),
    ADD CONSTRAINT uq_person_edition_id_once UNIQUE (edition_id, once);
CREATE INDEX ix_person_ticket_id ON person (ticket_id);
CREATE INDEX ix_person_invitation_id ON person (invitation_id);
CREATE INDEX ix_person_waiting ON person (edition_id, waiting_since) WHERE state = 'waiting';
"""
# Places are counted where people are written, in the same transaction: whoever asks for the last one waits
# for whoever is taking it, and the checks of the counters refuse one too many, at any isolation level. A
# statement counts once for all its rows: twenty thousand changes of one counter, one by one, take minutes.
PLACES = """
CREATE FUNCTION takes_place(state varchar, offered timestamptz) RETURNS boolean IMMUTABLE LANGUAGE sql AS
    $$ SELECT state = 'confirmed' OR (state = 'waiting' AND offered IS NOT NULL) $$;
CREATE FUNCTION uses_code(state varchar) RETURNS boolean IMMUTABLE LANGUAGE sql AS
    $$ SELECT state IN ('pending', 'waiting', 'confirmed') $$;

CREATE TYPE place_move AS (ticket_id integer, invitation_id integer, held integer, used integer);
CREATE FUNCTION moves_places(moves place_move[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF moves IS NULL THEN RETURN; END IF;
    UPDATE invitation AS one SET used = one.used + m.used, held = one.held + m.held
      FROM (SELECT invitation_id, sum(used) AS used, sum(held) AS held FROM unnest(moves)
             WHERE invitation_id IS NOT NULL GROUP BY 1) AS m WHERE one.id = m.invitation_id;
    UPDATE ticket AS one SET taken = one.taken + m.held, reserved = one.reserved - m.kept
      FROM (SELECT a.ticket_id, sum(a.held) AS held,
                   sum(CASE WHEN i.reserves AND i.closed_at IS NULL THEN a.held ELSE 0 END) AS kept
              FROM unnest(moves) AS a LEFT JOIN invitation AS i ON i.id = a.invitation_id
             WHERE a.ticket_id IS NOT NULL GROUP BY 1) AS m
     WHERE one.id = m.ticket_id AND (m.held, m.kept) <> (0, 0);
    UPDATE quota AS one SET taken = one.taken + m.held, reserved = one.reserved - m.kept
      FROM (SELECT q.quota_id, sum(a.held) AS held,
                   sum(CASE WHEN i.reserves AND i.closed_at IS NULL THEN a.held ELSE 0 END) AS kept
              FROM unnest(moves) AS a JOIN quota_ticket AS q USING (ticket_id)
              LEFT JOIN invitation AS i ON i.id = a.invitation_id GROUP BY 1) AS m
     WHERE one.id = m.quota_id AND (m.held, m.kept) <> (0, 0);
END $$;

CREATE FUNCTION places_are_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moves place_move[];
BEGIN
    IF TG_OP <> 'DELETE' THEN
        IF EXISTS (SELECT 1 FROM fresh JOIN invitation AS i ON i.id = fresh.invitation_id WHERE i.reserves
                      AND i.ticket_id IS DISTINCT FROM fresh.ticket_id AND uses_code(fresh.state)) THEN
            RAISE EXCEPTION 'the code is for another sort of registration'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'code_fits_ticket';
        END IF;
    END IF;
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(ROW(ticket_id, invitation_id, held, used)::place_move) INTO moves FROM (
            SELECT ticket_id, invitation_id, count(*) FILTER (
                       WHERE ticket_id IS NOT NULL AND takes_place(state, offered_until))::integer AS held,
                   count(*) FILTER (WHERE uses_code(state))::integer AS used
              FROM fresh WHERE ticket_id IS NOT NULL OR invitation_id IS NOT NULL GROUP BY 1, 2) AS a;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(ROW(ticket_id, invitation_id, -held, -used)::place_move) INTO moves FROM (
            SELECT ticket_id, invitation_id, count(*) FILTER (
                       WHERE ticket_id IS NOT NULL AND takes_place(state, offered_until))::integer AS held,
                   count(*) FILTER (WHERE uses_code(state))::integer AS used
              FROM stale WHERE ticket_id IS NOT NULL OR invitation_id IS NOT NULL GROUP BY 1, 2) AS a;
    ELSE
        SELECT array_agg(ROW(ticket_id, invitation_id, held, used)::place_move) INTO moves FROM (
            SELECT ticket_id, invitation_id,
                   sum(step * (ticket_id IS NOT NULL
                               AND takes_place(state, offered_until))::integer)::integer AS held,
                   sum(step * uses_code(state)::integer)::integer AS used
              FROM (SELECT ticket_id, invitation_id, state, offered_until, 1 AS step FROM fresh
                    UNION ALL
                    SELECT ticket_id, invitation_id, state, offered_until, -1 FROM stale) AS both_
             WHERE ticket_id IS NOT NULL OR invitation_id IS NOT NULL GROUP BY 1, 2) AS a
         WHERE (held, used) <> (0, 0);
    END IF;
    PERFORM moves_places(moves);
    RETURN NULL;
END $$;
CREATE TRIGGER person_takes_place AFTER INSERT ON person REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION places_are_counted();
CREATE TRIGGER person_moves_place AFTER UPDATE ON person REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION places_are_counted();
CREATE TRIGGER person_leaves_place AFTER DELETE ON person REFERENCING OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION places_are_counted();

CREATE FUNCTION reservations_are_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE old_kept integer := 0; new_kept integer := 0;
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.reserves AND OLD.closed_at IS NULL THEN
        old_kept := OLD.uses - OLD.held;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.reserves AND NEW.closed_at IS NULL THEN
        new_kept := NEW.uses - NEW.held;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.ticket_id IS NOT DISTINCT FROM NEW.ticket_id THEN
        PERFORM reserves_places(NEW.ticket_id, new_kept - old_kept);
    ELSE
        IF old_kept > 0 THEN PERFORM reserves_places(OLD.ticket_id, -old_kept); END IF;
        IF new_kept > 0 THEN PERFORM reserves_places(NEW.ticket_id, new_kept); END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION reserves_places(whose integer, step integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF step = 0 OR whose IS NULL THEN RETURN; END IF;
    UPDATE ticket SET reserved = reserved + step WHERE id = whose;
    UPDATE quota SET reserved = reserved + step
     WHERE id IN (SELECT quota_id FROM quota_ticket WHERE ticket_id = whose);
END $$;
CREATE TRIGGER invitation_reserves AFTER INSERT ON invitation
    FOR EACH ROW WHEN (NEW.reserves) EXECUTE FUNCTION reservations_are_counted();
CREATE TRIGGER invitation_changes AFTER UPDATE OF uses, reserves, closed_at, ticket_id ON invitation
    FOR EACH ROW WHEN (OLD.reserves OR NEW.reserves) EXECUTE FUNCTION reservations_are_counted();
CREATE TRIGGER invitation_goes AFTER DELETE ON invitation
    FOR EACH ROW WHEN (OLD.reserves) EXECUTE FUNCTION reservations_are_counted();

CREATE FUNCTION quota_takes_ticket() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE whose integer := CASE TG_OP WHEN 'INSERT' THEN NEW.ticket_id ELSE OLD.ticket_id END;
        which integer := CASE TG_OP WHEN 'INSERT' THEN NEW.quota_id ELSE OLD.quota_id END;
        step integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END; one ticket;
BEGIN
    SELECT * INTO one FROM ticket WHERE id = whose FOR UPDATE;
    IF FOUND THEN
        UPDATE quota SET taken = taken + step * one.taken, reserved = reserved + step * one.reserved
         WHERE id = which;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER quota_takes_ticket AFTER INSERT OR DELETE ON quota_ticket
    FOR EACH ROW EXECUTE FUNCTION quota_takes_ticket();
CREATE FUNCTION quota_link_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what a quota counts is linked or not' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'quota_link_stays';
END $$;
CREATE TRIGGER quota_link_stays BEFORE UPDATE ON quota_ticket
    FOR EACH ROW EXECUTE FUNCTION quota_link_stays();

CREATE FUNCTION places_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() > 1 THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'what is taken of % % follows from people', TG_TABLE_NAME, NEW.id
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'places_follow';
END $$;
"""
FOLLOW = """
CREATE TRIGGER {table}_places_follow BEFORE UPDATE OF {columns} ON {table} FOR EACH ROW
    WHEN ({changed}) EXECUTE FUNCTION places_follow();
CREATE TRIGGER {table}_starts_empty BEFORE INSERT ON {table} FOR EACH ROW
    WHEN ({filled}) EXECUTE FUNCTION places_follow();
"""
# An address counts once for a sort that says so, while its registration lives. Written before the row is, so
# that the unique constraint sees it.
ADDRESSES = """
CREATE FUNCTION address_counts_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.email_key := CASE WHEN NEW.email <> '' AND uses_code(NEW.state) AND
        (SELECT one_per_email FROM ticket WHERE id = NEW.ticket_id) THEN lower(btrim(NEW.email)) END;
    RETURN NEW;
END $$;
CREATE TRIGGER address_counts_once BEFORE INSERT OR UPDATE OF email, state, ticket_id, email_key ON person
    FOR EACH ROW EXECUTE FUNCTION address_counts_once();
"""
OWNED = {
    "person": {"ticket_id": "ticket", "invitation_id": "invitation"},
    "invitation": {"ticket_id": "ticket"},
    "question": {"after_id": "question"},
}
BETWEEN = {
    "quota_ticket": {"quota_id": "quota", "ticket_id": "ticket"},
    "question_ticket": {"question_id": "question", "ticket_id": "ticket"},
    "answer": {"person_id": "person", "question_id": "question"},
}
TRIGGER = """
CREATE TRIGGER {table}_registered_{rule}_{verb} AFTER {verb} ON {table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION {rule}({links});
"""
STAY = """
CREATE TRIGGER {table}_stays_in_edition BEFORE UPDATE OF edition_id ON {table}
    FOR EACH ROW WHEN (OLD.edition_id IS DISTINCT FROM NEW.edition_id) EXECUTE FUNCTION stays_in_edition();
"""


def _texts(name: str) -> sa.Column:
    return sa.Column(name, JSONB, nullable=False)


def _number() -> sa.Column:
    return sa.Column("id", sa.Integer, primary_key=True)


def _edition(table: str) -> sa.Column:
    key = sa.ForeignKey("edition.id", name=f"fk_{table}_edition_id", ondelete="CASCADE")
    return sa.Column("edition_id", sa.Integer, key, nullable=False)


def _key(table: str, column: str, to: str, ondelete: str = "CASCADE", **more) -> sa.Column:
    key = sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{column}", ondelete=ondelete)
    return sa.Column(column, sa.Integer, key, **more)


def _text(name: str, **more) -> sa.Column:
    return sa.Column(name, sa.String, nullable=False, **more)


def _flag(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean, nullable=False)


def _whole(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer, nullable=nullable)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _make_tickets() -> None:
    op.create_table(
        "registration_settings",
        _number(), _edition("registration_settings"), _flag("is_open"), _texts("text"), _whole("offer_hours"),
        _unique("registration_settings", "edition_id"),
        _check("registration_settings", "offer", "offer_hours BETWEEN 1 AND 720"),
    )  # fmt: skip
    op.create_table(
        "ticket",
        _number(), _edition("ticket"), _text("code"), _whole("position"), _text("kind"), _texts("name"),
        _texts("text"), sa.Column("opens_at", INSTANT), sa.Column("closes_at", INSTANT),
        _whole("places", nullable=True), _whole("taken"), _whole("reserved"), _flag("needs_approval"),
        _flag("invitation_only"), _flag("one_per_email"), _flag("keeps_list"), _flag("is_offered"),
        _unique("ticket", "edition_id", "code"),
        _check("ticket", "code", "code ~ '^[a-z0-9][a-z0-9-]{0,39}$'"),
        _check("ticket", "kind", f"kind IN ({KINDS})"),
        _check("ticket", "period", "opens_at < closes_at"),
        _check("ticket", "counts", "taken >= 0 AND reserved >= 0"),
        _check("ticket", "places", "taken + reserved <= places"),
    )  # fmt: skip
    op.create_table(
        "quota",
        _number(), _edition("quota"), _text("code"), _text("name"), _whole("places"), _whole("taken"),
        _whole("reserved"),
        _unique("quota", "edition_id", "code"),
        _check("quota", "counts", "taken >= 0 AND reserved >= 0"),
        _check("quota", "places", "taken + reserved <= places"),
    )  # fmt: skip
    op.create_table(
        "quota_ticket",
        _key("quota_ticket", "quota_id", "quota", primary_key=True),
        _key("quota_ticket", "ticket_id", "ticket", primary_key=True),
    )
    op.create_table(
        "invitation",
        _number(), _edition("invitation"), _text("code"), _key("invitation", "ticket_id", "ticket"),
        _text("note"), _whole("uses"), _whole("used"), _whole("held"), _flag("reserves"),
        _flag("skips_approval"), sa.Column("expires_at", INSTANT), sa.Column("closed_at", INSTANT),
        sa.Column("created_at", INSTANT, nullable=False),
        _unique("invitation", "edition_id", "code"),
        _check("invitation", "code", "code ~ '^[A-Z0-9-]{4,40}$'"),
        _check("invitation", "uses", "uses BETWEEN 1 AND 100000"),
        _check("invitation", "used", "used BETWEEN 0 AND uses"),
        _check("invitation", "held", "held BETWEEN 0 AND used"),
        _check("invitation", "reserves", "NOT reserves OR ticket_id IS NOT NULL"),
    )  # fmt: skip


def _make_questions() -> None:
    kinds = "'text', 'long', 'number', 'choice', 'choices', 'yesno', 'date', 'country'"
    op.create_table(
        "question",
        _number(), _edition("question"), _text("code"), _whole("position"), _text("kind"), _texts("text"),
        _texts("hint"), _flag("is_required"), _texts("options"), _whole("least", nullable=True),
        _whole("most", nullable=True), _key("question", "after_id", "question", "SET NULL"),
        _texts("after_values"), _flag("on_list"), _flag("on_badge"), _flag("is_retired"),
        _unique("question", "edition_id", "code"),
        _check("question", "code", "code ~ '^[a-z0-9][a-z0-9_]{0,39}$'"),
        _check("question", "kind", f"kind IN ({kinds})"),
        _check("question", "bounds", "least <= most"),
        _check("question", "after", "after_id <> id"),
    )  # fmt: skip
    op.create_table(
        "question_ticket",
        _key("question_ticket", "question_id", "question", primary_key=True),
        _key("question_ticket", "ticket_id", "ticket", primary_key=True),
    )
    op.create_table(
        "answer",
        _key("answer", "person_id", "person", primary_key=True),
        _key("answer", "question_id", "question", primary_key=True),
        sa.Column("value", JSONB, nullable=False),
    )
    op.create_table(
        "person_link",
        _number(), _key("person_link", "person_id", "person", nullable=False), _text("digest"),
        sa.Column("made_at", INSTANT, nullable=False),
        _unique("person_link", "digest"),
    )  # fmt: skip
    indexes = {
        "ticket": ["edition_id"], "quota": ["edition_id"], "invitation": ["edition_id", "ticket_id"],
        "question": ["edition_id"], "quota_ticket": ["ticket_id"], "question_ticket": ["ticket_id"],
        "answer": ["question_id"], "person_link": ["person_id"],
    }  # fmt: skip
    for table, columns in indexes.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    """Everybody who is registered already is confirmed, and of no sort: nobody takes a place of one."""
    run = op.get_bind().connection.driver_connection.execute
    run(STATE)
    _make_tickets()
    _make_questions()
    for statement in (PEOPLE, PLACES, ADDRESSES):
        run(statement)
    for table, columns in (
        ("ticket", ("taken", "reserved")),
        ("quota", ("taken", "reserved")),
        ("invitation", ("used", "held")),
    ):
        changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
        filled = " OR ".join(f"NEW.{column} <> 0" for column in columns)
        run(FOLLOW.format(table=table, columns=", ".join(columns), changed=changed, filled=filled))
    for rule, tables in (("of_one_edition", OWNED), ("between_one_edition", BETWEEN)):
        for table, links in tables.items():
            told = ", ".join(f"'{column}', '{to}'" for column, to in links.items())
            for verb in ("insert", "update"):
                run(TRIGGER.format(table=table, rule=rule, verb=verb, links=told))
    for table in ("ticket", "quota", "invitation", "question"):
        run(STAY.format(table=table))


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
