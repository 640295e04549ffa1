"""The personal data that exhibitors keep of whom they met."""

from expo.personal import Holding
from expo.words import say

HOLDINGS = (
    Holding(
        "leads",
        say("Exhibitors who scanned your badge"),
        say("Exhibitors whom you let scan your badge keep who you are and what you spoke of."),
        ("lead", "lead_visit", "lead_device"),
        """SELECT organisation.name AS exhibitor, lead.first_at, lead.last_at, lead.visits, lead.rating,
                  lead.notes, lead.next_step,
                  (SELECT string_agg(note, E'\\n' ORDER BY at) FROM lead_visit
                    WHERE lead_id = lead.id AND note <> '') AS notes_of_visits
             FROM lead JOIN exhibitor ON exhibitor.id = lead.exhibitor_id
             JOIN organisation ON organisation.id = exhibitor.organisation_id
            WHERE lead.person_id = :person ORDER BY lead.id""",
        (
            "UPDATE lead_visit SET note = '' WHERE lead_id IN"
            " (SELECT id FROM lead WHERE person_id = :person)",
            """UPDATE lead SET person_id = NULL, notes = '', next_step = '', next_on = NULL
                WHERE person_id = :person""",
            "UPDATE lead_visit SET staff_id = NULL, staff_name = '' WHERE staff_id = :person",
            "DELETE FROM lead_device WHERE staff_id = :person",
        ),
        after=say("That an exhibitor met somebody stays, not whom."),
    ),
)
