"""What is audited: tables whose rows people change by hand, and what is never written down."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Any

from expo.words import Sentence, say

# Tables by name, because the rooms that own them stand above this one. Rows that solvers and imports write by
# the thousand (slots, allotments, meetings) are told of by one note each, and in row detail where a person
# changes one through the session.
SUBJECTS: dict[str, Sentence] = {
    "edition": say("Edition"),
    "edition_day": say("Day"),
    "rate": say("Exchange rate"),
    "country_group_member": say("Country group"),
    "grant": say("Role"),
    "hall": say("Hall"),
    "zone": say("Zone"),
    "zone_area": say("Area of a zone"),
    "stand": say("Stand"),
    "organisation": say("Organisation"),
    "exhibitor": say("Exhibitor"),
    "wish": say("Wish"),
    "rivalry": say("Rivalry"),
    "partnership": say("Partnership"),
    "pavilion_invitation": say("Invitation to a pavilion"),
    "points_rule": say("Rule for points"),
    "points_fact": say("Fact that earns points"),
    "exhibitor_order": say("Order"),
    "exhibitor_order_line": say("Order line"),
    "invoice": say("Invoice"),
    "price_list": say("Price list"),
    "service": say("Service"),
    "billing": say("Billing particulars"),
    "permit": say("Permit"),
    "permit_drawing": say("Drawing of a permit"),
    "payment": say("Payment"),
    "reminder": say("Reminder"),
    "allocation_run": say("Allocation"),
    "allotment": say("Allotment"),
    "selection_round": say("Selection round"),
    "selection_settings": say("Selection settings"),
    "waiting_wish": say("Wish on the waiting list"),
    "stand_offer": say("Offer of a stand"),
    "stand_swap": say("Swap of stands"),
    "allocation_publication": say("Published plan"),
    "allocation_draft": say("Edited plan"),
    "plan_settings": say("Public plan"),
    "room": say("Room"),
    "forum": say("Forum"),
    "speaker": say("Speaker"),
    "talk": say("Talk"),
    "talk_speaker": say("Speaker of a talk"),
    "forum_chair": say("Chair of a forum"),
    "availability": say("Availability"),
    "travel": say("Way between buildings"),
    "programme_settings": say("Settings of the programme"),
    "speaker_answer": say("Answer of a speaker"),
    "call_for_talks": say("Call for talks"),
    "review_criterion": say("Criterion of the reviews"),
    "call_letter": say("Letter of the call"),
    "proposal": say("Proposal"),
    "proposal_speaker": say("Speaker of a proposal"),
    "reviewer_forum": say("Forum of a reviewer"),
    "proposal_review": say("Review"),
    "review_score": say("Score of a review"),
    "slot": say("Slot"),
    "timetable_act": say("Change of the timetable"),
    "release": say("Published timetable"),
    "ceremony_item": say("Item of a ceremony"),
    "ceremony_guest": say("Guest of a ceremony"),
    "ceremony_rank": say("Protocol rank"),
    "ceremony_part": say("Part in a ceremony"),
    "person": say("Person"),
    "registration_settings": say("Registration"),
    "ticket": say("Sort of registration"),
    "quota": say("Quota"),
    "invitation": say("Invitation code"),
    "question": say("Question"),
    "consent": say("Consent"),
    "visa_letter": say("Letter of invitation"),
    "visa_settings": say("Letterhead"),
    "purpose_text": say("Words of a consent"),
    "privacy_settings": say("Rules of privacy"),
    "staff_rule": say("Rule for staff badges"),
    "staff_allowance": say("Exception for staff badges"),
    "badge": say("Badge"),
    "badge_key": say("Key of badges"),
    "gate_settings": say("Settings of the gates"),
    "gate_area": say("Area"),
    "gate": say("Gate"),
    "gate_rule": say("Rule of access"),
    "gate_exemption": say("Exemption at the gates"),
    "gate_device": say("Device at the gates"),
    "gate_conflict": say("Conflict at the gates"),
    "passage": say("Passage"),
    "badge_design": say("Design of badges"),
    "badge_design_kind": say("Design of a kind of badges"),
    "badge_art": say("Logo"),
    "product": say("Product"),
    "hs_code": say("Nomenclature of goods"),
    "buyer": say("Buyer"),
    "need": say("Need"),
    "exhibitor_profile": say("Profile for meetings"),
    "export_source": say("Table of exports"),
    "meeting_phase": say("Phase of matchmaking"),
    "request_settings": say("Rules of requests"),
    "meeting_request": say("Request for a meeting"),
    "request_report": say("Complaint about messages"),
    "meeting": say("Meeting"),
    "delegate": say("Person who sits in meetings"),
    "meeting_table": say("Table of the meetings"),
    "agenda_version": say("Version of the agenda"),
    "supply_chain": say("Supply chain"),
    "onsite_settings": say("Rules of the day of meetings"),
    "meeting_attendance": say("Attendance of a meeting"),
    "meeting_no_show": say("No-show"),
    "meeting_opening": say("Seat that came free"),
    "interpreter": say("Interpreter"),
    "interpreter_duty": say("Duty of an interpreter"),
    "deal": say("Deal"),
    "deal_line": say("Deal line"),
    "deal_party": say("Party of a deal"),
    "deal_publication": say("Publication of deals"),
    "deal_settings": say("Rule for publishing deals"),
    "till_close": say("Closing of a till"),
    "lead_question": say("Question at the stands"),
    "lead_device": say("Phone that scans at a stand"),
    "lead_letter": say("Letter of an exhibitor"),
}
ACTIONS: dict[str, Sentence] = {
    "created": say("Created"),
    "changed": say("Changed"),
    "deleted": say("Deleted"),
    "imported": say("Imported"),
    "published": say("Published"),
    "solved": say("Solved"),
    "withdrawn": say("Taken back"),
}
SECRET = frozenset({"password_hash", "code_digest", "digest", "secret", "token", "token_digest"})
BULKY = frozenset(
    {"answer", "curve", "content", "email_key", "explanations", "libraries", "once", "placements"}
    | {"search_name", "search_text", "snapshot", "steps", "svg"}
)
LONGEST = 500


def is_told(column: str) -> bool:
    """Whether a column's values belong into the trail: no secrets, nothing that only machines read."""
    return column not in SECRET and column not in BULKY


def plain(value: Any) -> Any:
    """A value as JSON holds it, shortened where nobody would read it all."""
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and isfinite(value)):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value[:50]]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
