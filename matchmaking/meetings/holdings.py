"""The personal data in the agenda of meetings."""

from expo.personal import Holding
from expo.words import say

HOLDINGS = (
    Holding(
        "meetings",
        say("Your meetings"),
        say("Meetings of the buyer whose contact you are."),
        (),
        """SELECT organisation.name AS exhibitor, meeting.starts_at, meeting.ends_at, meeting.table_number,
                  meeting.state FROM meeting JOIN buyer ON buyer.id = meeting.buyer_id
             JOIN exhibitor ON exhibitor.id = meeting.exhibitor_id
             JOIN organisation ON organisation.id = exhibitor.organisation_id
            WHERE meeting.edition_id = :edition AND :email <> ''
              AND lower(buyer.contact_email) = lower(:email)
            ORDER BY meeting.starts_at, meeting.id""",
        (
            """UPDATE buyer SET contact_name = '', contact_email = '' WHERE edition_id = :edition
                  AND :email <> '' AND lower(contact_email) = lower(:email)""",
        ),
        after=say("That two organisations met stays."),
    ),
    Holding(
        "delegate",
        say("Meetings that you sit in"),
        say("Who sits in the meetings of an organisation, with the times they cannot come."),
        ("delegate", "meeting_hold"),
        """SELECT name, email, languages, unavailable FROM delegate
            WHERE edition_id = :edition AND :email <> '' AND lower(email) = lower(:email) ORDER BY id""",
        (
            """UPDATE delegate SET name = '–', email = '', languages = '[]', unavailable = '[]'
                WHERE edition_id = :edition AND :email <> '' AND lower(email) = lower(:email)""",
        ),
        """SELECT 'delegate', CAST(id AS text) FROM delegate
            WHERE edition_id = :edition AND :email <> '' AND lower(email) = lower(:email)""",
        after=say("That somebody of the organisation sat there stays."),
    ),
)
