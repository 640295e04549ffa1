"""The sectors that exhibitors are grouped by, in words."""

from expo.words import Sentence, say

SECTORS: dict[str, Sentence] = {
    "consumer": say("Consumer goods"),
    "crafts": say("Handicrafts"),
    "electronics": say("Electronics"),
    "energy": say("Energy"),
    "farm": say("Farm products"),
    "food": say("Food and drink"),
    "machinery": say("Machinery"),
    "materials": say("Materials and chemicals"),
    "medicine": say("Medicine and health"),
    "metals": say("Metals"),
    "services": say("Services"),
    "textiles": say("Textiles and clothing"),
    "transport": say("Transport and aviation"),
}


def sector_name(sector: str) -> Sentence | str:
    """A sector in words; one that the organiser made up stays as it was written."""
    return SECTORS.get(sector, sector[:1].upper() + sector[1:])
