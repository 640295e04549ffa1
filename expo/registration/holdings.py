"""The personal data that registration keeps, and those of the rooms below that belong to the same people."""

from expo.personal import Holding
from expo.words import say

ERASED = '{"en": "Erased", "zh": "已删除", "ru": "Удалено", "ur": "حذف شدہ"}'
_SHARED = """EXISTS (SELECT FROM person other WHERE other.edition_id = :edition AND other.id <> :person
    AND lower(other.email) = lower(:email) AND other.state NOT IN ('cancelled', 'declined'))"""

HOLDINGS = (
    Holding(
        "person",
        say("Your registration"),
        say("To let you in and to know who comes: name, organisation, position, country, e-mail, language."),
        ("person", "person_link", "person_likeness", "not_same", "person_merge"),
        """SELECT code, kind, state, name, organisation, position, country, email, language, registered_at,
                  decided_at, reason FROM person WHERE id = :person""",
        (
            f"""UPDATE person
                   SET name = '{ERASED}', organisation = '', position = '', email = '', once = NULL,
                       reason = '', speaker_id = NULL, exhibitor_id = NULL, waiting_since = NULL,
                       offered_until = NULL,
                       state = CASE WHEN state = 'declined' THEN state ELSE 'cancelled' END
                 WHERE id = :person""",
            "DELETE FROM person_link WHERE person_id = :person",
            "DELETE FROM not_same WHERE one_id = :person OR other_id = :person",
            "UPDATE person_merge SET before = '{}' WHERE kept_id = :person OR gone_id = :person",
        ),
        trail="SELECT 'person', CAST(:person AS text)",
        after=say("Number, kind, country and the day of registration stay, for statistics."),
    ),
    Holding(
        "answers",
        say("Your answers"),
        say("What the organiser asked when you registered."),
        ("answer",),
        """SELECT question.text AS question, answer.value AS answer FROM answer
             JOIN question ON question.id = answer.question_id WHERE answer.person_id = :person
            ORDER BY question.position, question.id""",
        ("DELETE FROM answer WHERE person_id = :person",),
        trail="SELECT DISTINCT subject, subject_id FROM audit_entry"
        " WHERE subject = 'answer' AND subject_id LIKE CAST(:person AS text) || ',%'",
    ),
    Holding(
        "consents",
        say("What you agreed to"),
        say("To prove what you agreed to, and since when you no longer do."),
        ("consent",),
        """SELECT purpose, version, language, by, given_at, withdrawn_at FROM consent
            WHERE person_id = :person ORDER BY id""",
        (
            "UPDATE consent SET withdrawn_at = greatest(clock_timestamp(), given_at)"
            " WHERE person_id = :person AND withdrawn_at IS NULL",
        ),
        after=say("That and when you agreed stays, without your name."),
    ),
    Holding(
        "photo",
        say("Your photo"),
        say("Shown at the gate, so that nobody else comes in with your badge."),
        ("person_photo",),
        "SELECT added_at, octet_length(content) AS bytes FROM person_photo WHERE person_id = :person",
        ("DELETE FROM person_photo WHERE person_id = :person",),
    ),
    Holding(
        "visa",
        say("Your letters of invitation"),
        say("To write a letter for your visa. What your passport says is encrypted, and deleted soon after."),
        ("visa_letter",),
        """SELECT number, state, language, arrives_on, leaves_on, asked_at, signed_at, signed_by,
                  decided_at, reason
             FROM visa_letter WHERE person_id = :person ORDER BY id""",
        (
            """UPDATE visa_letter SET passport = NULL, arrives_on = NULL, leaves_on = NULL, reason = '',
                      state = CASE state WHEN 'asked' THEN 'taken back'
                                 WHEN 'signed' THEN 'revoked' ELSE state END
                WHERE person_id = :person""",
        ),
        trail="SELECT 'visa_letter', CAST(id AS text) FROM visa_letter WHERE person_id = :person",
        after=say("That a letter of that number was given stays, without your name; it is no longer good."),
    ),
    Holding(
        "stars",
        say("Your stars"),
        say("Your own timetable, and to plan rooms by how many want to hear a talk."),
        ("follower",),
        """SELECT talk.title AS talk, star.at FROM follower JOIN star ON star.follower_id = follower.id
             JOIN talk ON talk.id = star.talk_id WHERE follower.person_id = :person ORDER BY star.id""",
        (
            """DELETE FROM follower_browser WHERE follower_id IN
                   (SELECT id FROM follower WHERE person_id = :person)""",
            """UPDATE follower SET person_id = NULL, email = NULL, calendar_key = NULL, share_key = NULL
                WHERE person_id = :person""",
        ),
        after=say("That somebody starred a talk stays, not who."),
    ),
    Holding(
        "mail",
        say("Mail we sent you"),
        say("To write to you about your registration."),
        (),
        f"""SELECT kind, subject, CASE WHEN {_SHARED} THEN '' ELSE
                   regexp_replace(body, '/registration/[A-Za-z0-9_-]+', '/registration/…', 'g') END AS body,
                   state, created_at, sent_at FROM mail
             WHERE edition_id = :edition AND :email <> '' AND lower(recipient) = lower(:email) ORDER BY id""",
        (
            f"""UPDATE mail SET recipient = '', subject = '', body = '', paper = '{{}}', error = '',
                       unsubscribe = '',
                       state = CASE WHEN state IN ('waiting', 'approved', 'failed') THEN 'discarded'
                                    ELSE state END
                 WHERE edition_id = :edition AND :email <> '' AND lower(recipient) = lower(:email)
                   AND NOT {_SHARED}""",
        ),
        after=say("That a mail was sent stays, without address and text."),
    ),
    Holding(
        "trail",
        say("Changes of your registration"),
        say("Who changed what, and when."),
        (),
        """SELECT at, action, changes FROM audit_entry
            WHERE subject = 'person' AND subject_id = CAST(:person AS text) ORDER BY id""",
        after=say("Who changed something and when stays, without what it was."),
    ),
    Holding(
        "erasures",
        say("Erasures"),
        say("To show that your data were erased when you asked for it."),
        ("erasure",),
        "SELECT asked_by, asked_at, due_at, done_at, taken_back_at FROM erasure"
        " WHERE person_id = :person ORDER BY id",
        after=say("That and when the data of this number were erased."),
    ),
)
