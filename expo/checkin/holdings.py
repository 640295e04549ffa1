"""The personal data that gates keep."""

from expo.personal import Holding
from expo.words import say

HOLDINGS = (
    Holding(
        "passages",
        say("Your passages"),
        say("To let nobody in twice, to know how many are in a room, and to count visitors and visits."),
        ("passage", "gate_place", "gate_exemption", "gate_find"),
        """SELECT gate_area.name AS area, passage.type, passage.at, passage.verdict, passage.reason
             FROM passage LEFT JOIN gate_area ON gate_area.id = passage.area_id
            WHERE passage.person_id = :person ORDER BY passage.at, passage.id""",
        (
            "DELETE FROM gate_exemption WHERE person_id = :person",
            "DELETE FROM gate_place WHERE person_id = :person",
        ),
        after=say("That somebody of your kind and country passed a gate stays, not who."),
    ),
)
