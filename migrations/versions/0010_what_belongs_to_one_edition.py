"""What belongs together lies in one edition, and an invoice says what its order says."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Rows with an edition of their own → column → the table it leads to.
OWNED = {
    "stand": {"hall_id": "hall", "zone_id": "zone"},
    "allotment": {"stand_id": "stand", "exhibitor_id": "exhibitor", "run_id": "allocation_run"},
    "allocation_publication": {"run_id": "allocation_run"},
    "allocation_letter": {"exhibitor_id": "exhibitor", "publication_id": "allocation_publication"},
    "stand_hold": {"stand_id": "stand", "exhibitor_id": "exhibitor", "round_id": "selection_round",
                   "offer_id": "stand_offer"},
    "stand_offer": {"exhibitor_id": "exhibitor", "wish_id": "waiting_wish"},
    "waiting_wish": {"exhibitor_id": "exhibitor", "stand_id": "stand", "zone_id": "zone"},
    "stand_swap": {"asker_id": "exhibitor", "other_id": "exhibitor"},
    "partnership": {"asker_id": "exhibitor", "asked_id": "exhibitor"},
    "pavilion_invitation": {"lead_id": "exhibitor", "guest_id": "exhibitor"},
    "rivalry": {"one_id": "exhibitor", "other_id": "exhibitor"},
    "exhibitor_order": {"exhibitor_id": "exhibitor"},
    "invoice": {"order_id": "exhibitor_order", "credits_id": "invoice"},
    "payment": {"exhibitor_id": "exhibitor", "invoice_id": "invoice"},
    "permit": {"exhibitor_id": "exhibitor"},
}  # fmt: skip
# Rows without one: everything they lead to lies in the edition of the first.
BETWEEN = {
    "zone_area": {"hall_id": "hall", "zone_id": "zone"},
    "selection_turn": {"round_id": "selection_round", "exhibitor_id": "exhibitor"},
    "exhibitor_order_line": {"order_id": "exhibitor_order", "service_id": "service", "permit_id": "permit"},
    "cart_line": {"exhibitor_id": "exhibitor", "service_id": "service"},
}
# As no row ever changes its edition, looking when a link is made is enough, and two writers cannot slip past
# one another.
STAYS = sorted(
    {"hall", "zone", "stand", "exhibitor", "service", *OWNED}
    | {to for links in (*OWNED.values(), *BETWEEN.values()) for to in links.values()}
)
RULES = """
CREATE FUNCTION refuse_foreign(place text, link text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%.% leads into another edition', place, link
        USING ERRCODE = 'check_violation', CONSTRAINT = 'of_one_edition', DETAIL = place || '.' || link;
END $$;
CREATE FUNCTION of_one_edition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found boolean;
BEGIN
    FOR place IN 0 .. TG_NARGS / 2 - 1 LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM fresh JOIN %I AS there ON there.id = fresh.%I
                        WHERE there.edition_id <> fresh.edition_id)',
                       TG_ARGV[2 * place + 1], TG_ARGV[2 * place]) INTO found;
        IF found THEN PERFORM refuse_foreign(TG_TABLE_NAME, TG_ARGV[2 * place]); END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE FUNCTION between_one_edition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found boolean;
BEGIN
    FOR place IN 1 .. TG_NARGS / 2 - 1 LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM fresh JOIN %I AS here ON here.id = fresh.%I
                        JOIN %I AS there ON there.id = fresh.%I WHERE there.edition_id <> here.edition_id)',
                       TG_ARGV[1], TG_ARGV[0], TG_ARGV[2 * place + 1], TG_ARGV[2 * place]) INTO found;
        IF found THEN PERFORM refuse_foreign(TG_TABLE_NAME, TG_ARGV[2 * place]); END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE FUNCTION stays_in_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a % stays in its edition', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = 'stays_in_edition';
END $$;
"""
TRIGGER = """
CREATE TRIGGER {table}_{rule}_{verb} AFTER {verb} ON {table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION {rule}({links});
"""
STAY = """
CREATE TRIGGER {table}_stays_in_edition BEFORE UPDATE OF edition_id ON {table}
    FOR EACH ROW WHEN (OLD.edition_id IS DISTINCT FROM NEW.edition_id) EXECUTE FUNCTION stays_in_edition();
"""
PAPERS = """
CREATE FUNCTION invoice_says_its_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE o exhibitor_order;
BEGIN
    SELECT * INTO o FROM exhibitor_order WHERE id = NEW.order_id;
    IF (o.total_minor, o.currency) IS DISTINCT FROM (NEW.total_minor, NEW.currency) THEN
        RAISE EXCEPTION 'order % comes to % %, its invoice to % %', o.number, o.total_minor, o.currency,
                        NEW.total_minor, NEW.currency
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_says_its_order';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER invoice_says_its_order AFTER INSERT ON invoice
    FOR EACH ROW WHEN (NEW.kind = 'invoice') EXECUTE FUNCTION invoice_says_its_order();
CREATE FUNCTION no_more_goes_back() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE whose integer := NEW.exhibitor_id; money bigint;
BEGIN
    PERFORM 1 FROM exhibitor WHERE id = whose FOR NO KEY UPDATE;
    SELECT sum(CASE kind WHEN 'payment' THEN amount_minor ELSE -amount_minor END) INTO money
      FROM payment WHERE exhibitor_id = whose AND invoice_id IS NULL AND voided_at IS NULL;
    IF money < 0 THEN
        RAISE EXCEPTION 'more would go back to exhibitor % than ever came', whose
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_more_goes_back';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER no_more_goes_back AFTER INSERT OR UPDATE ON payment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.exhibitor_id IS NOT NULL)
    EXECUTE FUNCTION no_more_goes_back();
CREATE FUNCTION publication_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF edition_is_gone(OLD.edition_id) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'version % of the plan was published and stays', OLD.number
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'publication_is_kept';
END $$;
CREATE TRIGGER publication_is_kept BEFORE DELETE ON allocation_publication
    FOR EACH ROW EXECUTE FUNCTION publication_is_kept();
CREATE FUNCTION stock_is_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() > 1 THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'what is taken of service % follows from orders', NEW.code
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'stock_is_counted';
END $$;
CREATE TRIGGER stock_is_counted BEFORE UPDATE OF taken ON service
    FOR EACH ROW WHEN (OLD.taken IS DISTINCT FROM NEW.taken) EXECUTE FUNCTION stock_is_counted();
"""


def upgrade() -> None:
    """Rows that broke a rule before it was one stay until somebody changes them."""
    run = op.get_bind().connection.driver_connection.execute
    run(RULES)
    for rule, tables in (("of_one_edition", OWNED), ("between_one_edition", BETWEEN)):
        for table, links in tables.items():
            told = ", ".join(f"'{column}', '{to}'" for column, to in links.items())
            for verb in ("insert", "update"):
                run(TRIGGER.format(table=table, rule=rule, verb=verb, links=told))
    for table in STAYS:
        run(STAY.format(table=table))
    run(PAPERS)


def downgrade() -> None:
    raise NotImplementedError("Restore a backup: going back would lose what was entered since.")
