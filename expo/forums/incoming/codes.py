"""Six capital letters and digits for every event: its own where it has them, else made of its guid."""

import re
from hashlib import sha256
from uuid import UUID

from lxml import etree

LETTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE = re.compile("[0-9A-Z]{6}")


class Codes:
    """Gives each code once."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def code_of(self, element: etree._Element, guid: UUID) -> str:
        """The `code` of the event, the one in its pretalx address, or one made of its guid."""
        address = re.search(r"/talk/([0-9A-Z]{6})/?$", element.findtext("url") or "")
        for own in (element.get("code") or "", address[1] if address else ""):
            if CODE.fullmatch(own) and own not in self.taken:
                self.taken.add(own)
                return own
        return self.made_of(guid)

    def made_of(self, guid: UUID) -> str:
        """A code for a guid, the same every time unless it is taken."""
        for turn in range(1000):
            number = int.from_bytes(sha256(f"{guid}/{turn}".encode()).digest()[:8], "big")
            code = "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(6))
            if code not in self.taken:
                break
        self.taken.add(code)
        return code
