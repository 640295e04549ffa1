"""The personal data that badges are."""

from expo.personal import Holding
from expo.words import say

HOLDINGS = (
    Holding(
        "badges",
        say("Your badges"),
        say("To know which badge is good, and that there is only one."),
        ("badge",),
        """SELECT serial, issued_at, printed_at, prints, revoked_at FROM badge
            WHERE person_id = :person ORDER BY id""",
        (
            """UPDATE badge SET revoked_at = now(), revoked_because = '' WHERE person_id = :person
                  AND revoked_at IS NULL""",
        ),
        after=say("That a badge of that number was printed stays; it opens no gate."),
    ),
)
