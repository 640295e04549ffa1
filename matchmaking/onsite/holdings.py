"""The personal data of the day of meetings."""

from expo.personal import Holding
from expo.words import say

HOLDINGS = (
    Holding(
        "interpreter",
        say("Interpreting in meetings"),
        say("Who interprets in which meetings."),
        ("interpreter", "interpreter_duty"),
        """SELECT name, email, phone, languages, unavailable FROM interpreter
            WHERE edition_id = :edition AND :email <> '' AND lower(email) = lower(:email) ORDER BY id""",
        (
            """UPDATE interpreter SET name = '–', email = '', phone = '', languages = '[]', unavailable = '[]'
                WHERE edition_id = :edition AND :email <> '' AND lower(email) = lower(:email)""",
        ),
        """SELECT 'interpreter', CAST(id AS text) FROM interpreter
            WHERE edition_id = :edition AND :email <> '' AND lower(email) = lower(:email)""",
        after=say("That somebody interpreted stays."),
    ),
    Holding(
        "meeting_feedback",
        say("What you said of meetings"),
        say("How good meetings were, for the organiser alone."),
        (
            "meeting_feedback", "meeting_attendance", "meeting_no_show", "meeting_opening", "agenda_feed",
            "onsite_settings",
        ),
        """SELECT meeting_feedback.meeting_id, rating, follow_up, again, expected_minor, currency, words,
                  given_at
             FROM meeting_feedback LEFT JOIN "user" ON "user".id = meeting_feedback.user_id
            WHERE meeting_feedback.edition_id = :edition AND :email <> ''
              AND lower(:email) IN (lower("user".email), lower(meeting_feedback.author))
            ORDER BY meeting_id""",
        (
            """UPDATE meeting_feedback SET words = '', author = '' WHERE edition_id = :edition
                  AND :email <> '' AND (lower(author) = lower(:email) OR user_id IN
                      (SELECT id FROM "user" WHERE lower(email) = lower(:email)))""",
        ),
        after=say("What an organisation said of a meeting stays, without words."),
    ),
)  # fmt: skip
