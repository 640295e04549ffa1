"""What stands behind a scanned text: a person's badge, a typed code, or why it is neither."""

from dataclasses import dataclass, field
from typing import Any

from expo.badges.tokens import Flaw, Ring, Token, read
from expo.checkin.reading import flaw_of, typed_code


@dataclass(frozen=True)
class Scanned:
    """One of: `person` with `serial` of the badge; `code`, typed by hand; `flaw` ({"why": …})."""

    person: int | None = None
    serial: int | None = None
    code: str | None = None
    flaw: dict[str, Any] | None = field(default=None)

    @property
    def is_tampered(self) -> bool:
        """Whether it has our form, but no signature we know; a newer ring of keys may know it."""
        return self.flaw is not None and self.flaw["why"] in (Flaw.TAMPERED, Flaw.FOREIGN)


def scanned(secret: str, ring: Ring) -> Scanned:
    """Read a text with the keys of an edition. Never raises, whatever the text."""
    why = flaw_of(secret)
    if why is not None:
        return Scanned(flaw={"why": why})
    code = typed_code(secret)
    if code is not None:
        return Scanned(code=code)
    found = read(secret, ring)
    if isinstance(found, Token):
        if found.person_id > 2**31 - 1:
            return Scanned(flaw={"why": "unknown"})
        return Scanned(person=found.person_id, serial=found.serial)
    if found is Flaw.RETIRED:
        return Scanned(flaw={"why": str(found), "reason": "revoked"})
    return Scanned(flaw={"why": str(found)})
