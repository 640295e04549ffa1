"""What does not travel in a folder, and why: every table of the house is in a folder or named here."""

from expo.words import Sentence
from expo.words import say as _t

STAYS: tuple[tuple[Sentence, tuple[str, ...]], ...] = (
    (
        _t("Accounts, roles, keys and links belong to a house and its people, not to an edition."),
        (
            "user", "grant", "sign_in", "one_time_code", "attempt", "saved_view", "badge_key", "person_link",
            "personal_link", "proposal_link", "follower_browser", "follower_code", "agenda_feed",
            "gate_device", "gate_device_gate", "lead_device",
        ),
    ),
    (
        _t("The audit trail, long work and letters tell of what happened in this house."),
        (
            "audit_entry", "job", "mail", "hall_edit", "drawing_import", "release_letter", "release_telling",
            "allocation_letter", "request_notice", "reminder", "points_due",
            "board_presence",
        ),
    ),
    (
        _t("What people consented to, asked to be erased or showed of themselves is theirs: a copy would live"
           " on after it was erased here."),
        (
            "consent", "erasure", "erased_entry", "retention_report", "person_photo", "person_upload",
            "person_likeness", "person_merge", "not_same", "visa_letter",
        ),
    ),
    (
        _t("The rules of privacy and visa letters name who answers for them: they are written anew."),
        ("privacy_settings", "purpose_text", "visa_settings"),
    ),
    (
        _t("Leads are the exhibitors' own; organisers do not read them."),
        (
            "lead", "lead_answer", "lead_book", "lead_interest", "lead_letter", "lead_mail", "lead_question",
            "lead_visit",
        ),
    ),
    (
        _t("Derived: made again from what travels."),
        (
            "meeting_hold", "recommendation", "recommendation_due", "recommendation_exposure",
            "recommendation_run", "deal_head", "deal_sum", "deal_trait", "deal_stage", "deal_step",
        ),
    ),
    (
        _t("Runs of solvers, and seats that are free for some minutes: what came of them travels."),
        ("agenda_run", "meeting_opening"),
    ),
    (
        _t("The plan of stands and how it came about: publish it, and take it as plan.json."),
        (
            "allocation_draft", "allocation_input", "allocation_publication", "allocation_replay",
            "allocation_run", "allotment", "plan_settings", "selection_event", "selection_round",
            "selection_settings", "selection_turn", "stand_claim", "stand_hold", "stand_offer", "stand_swap",
            "waiting_wish", "pavilion_invitation",
        ),
    ),
    (
        _t("Facts about points count for a firm in all editions of a house: a copy would count them twice."
           " The rule in force travels with the settings."),
        ("points_fact", "points_rule"),
    ),
    (
        _t("The timetable and how it came about: release it, and take it as schedule.xml or schedule.json."),
        (
            "slot", "slot_change", "timetable_act", "timetable_input", "timetable_run", "release",
            "released_programme", "released_slot", "timetable_head",
        ),
    ),
    (
        _t("Proposals are judged, and speakers answer, in the house that asked; the talks travel."),
        (
            "proposal", "proposal_remark", "proposal_review", "proposal_speaker", "review_score",
            "reviewer_forum", "speaker_answer",
        ),
    ),
    (
        _t("Orders, invoices and payments are the books of who issued them, as the law has it."),
        (
            "billing", "cart_line", "exhibitor_order", "exhibitor_order_line", "invoice", "payment", "permit",
            "permit_drawing", "price_list", "service",
        ),
    ),
    (
        _t("Figures are made public by two people of the house: one prepares what the other approves."),
        ("deal_publication",),
    ),
    (
        _t("Papers drawn up for signing carry the address of the page that vouches for them."),
        ("deal_document",),
    ),
    (
        _t("A badge is valid in the house that printed it; gates, passages and their counts stay with it."),
        (
            "badge", "badge_art", "badge_batch", "badge_design", "badge_design_kind", "badge_design_version",
            "gate", "gate_area", "gate_conflict", "gate_exemption", "gate_rule", "gate_settings", "passage",
            "passage_annulment", "gate_box", "gate_count", "gate_find", "gate_place", "figure_arrival",
            "figure_day", "figure_gate_day", "figure_minute", "figure_stay", "figure_todo", "figure_visit",
            "staff_allowance", "staff_rule",
        ),
    ),
)  # fmt: skip
"""(why, the tables of the database that stay for it)."""
