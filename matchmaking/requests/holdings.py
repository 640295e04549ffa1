"""The personal data in requests for meetings: what somebody wrote."""

from expo.personal import Holding
from expo.words import say

HOLDINGS = (
    Holding(
        "request_messages",
        say("Messages about meetings"),
        say("What you wrote to those whom you want to meet, or who want to meet you."),
        ("request_message",),
        """SELECT request_message.written_at, request_message.body FROM request_message
             JOIN meeting_request ON meeting_request.id = request_message.request_id
             LEFT JOIN "user" ON "user".id = request_message.user_id
            WHERE meeting_request.edition_id = :edition AND :email <> ''
              AND lower(:email) IN ("user".email, lower(request_message.author))
            ORDER BY request_message.id""",
        (
            """UPDATE request_message SET body = '–', user_id = NULL, author = ''
                FROM meeting_request
               WHERE meeting_request.id = request_message.request_id
                 AND meeting_request.edition_id = :edition AND :email <> ''
                 AND (lower(request_message.author) = lower(:email) OR request_message.user_id IN
                      (SELECT id FROM "user" WHERE email = lower(:email)))""",
        ),
        after=say("That two organisations asked and answered each other stays, not what was written."),
    ),
)
