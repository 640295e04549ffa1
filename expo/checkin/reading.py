"""What a scanner sends, read with suspicion: values of the right shape, or a word about each that is not."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

LONGEST_SECRET = 256
"""Letters; a badge's code has 94. Whatever is longer is no code of ours."""
LONGEST_CODE = 20
LONGEST_WHY = 160
MOST_AT_ONCE = 500
LARGEST_ID = 2**31 - 1
SCAN_ID = re.compile(r"[!-~][ -~]{0,126}[!-~]|[!-~]")
TYPED = re.compile(r"\s*([A-Za-z]{1,4})[\s-]?([0-9]{1,10})\s*")
YEARS = range(1970, 2200)
TYPES = ("entry", "exit")
WORD = re.compile(r"[a-z_]{1,30}")
REQUIRED = "This field is required."


class Incomplete(ValueError):
    """Fields that are missing or make no sense: `fields` maps each to a word about it."""

    def __init__(self, **fields: str):
        super().__init__(", ".join(fields))
        self.fields = fields


@dataclass(frozen=True)
class Scan:
    """One scan. `type` None: as the gate has it; `claimed` None: now, or (`odd`) no time that can be read."""

    secret: str
    gate: int
    scan_id: str
    type: str | None = None
    claimed: datetime | None = None
    odd: bool = False
    force: bool = False
    verdict: str | None = None
    reason: str = ""
    because: str = ""
    """Why somebody was let in against the verdict, as our own app says it beside `force`."""


def redeem(data: Any, scan_id: str) -> Scan:
    """The body of a redeem call; `scan_id` stands in for a nonce. Incomplete names what is wrong."""
    if not isinstance(data, Mapping):
        raise Incomplete(secret=REQUIRED, lists=REQUIRED)
    wrong: dict[str, str] = {}
    secret, gate = data.get("secret"), None
    if not isinstance(secret, str) or not secret:
        wrong["secret"] = REQUIRED
    try:
        gate = one_gate(data.get("lists"))
    except Incomplete as incomplete:
        wrong |= incomplete.fields
    kind = data.get("type") or None
    if kind is not None and kind not in TYPES:
        wrong["type"] = "Send entry or exit."
    nonce = data.get("nonce")
    if nonce not in (None, "") and not (isinstance(nonce, str) and SCAN_ID.fullmatch(nonce)):
        wrong["nonce"] = "Send 1 to 128 printable letters of ASCII."
    if wrong:
        raise Incomplete(**wrong)
    claimed, odd = moment(data.get("datetime"))
    return Scan(
        secret or "", gate or 0, nonce or scan_id, kind, claimed, odd, data.get("force") in (True, "true"),
        because=_because(data),
    )  # fmt: skip


def _because(data: Mapping) -> str:
    said = data.get("force_reason")
    return said[:LONGEST_WHY] if isinstance(said, str) and said.isprintable() else ""


def one_gate(lists: Any) -> int:
    """The one gate of `lists`: pretix takes lists of several events, a device of ours belongs to one."""
    lists = [lists] if isinstance(lists, int) else lists
    if not isinstance(lists, list) or not lists:
        raise Incomplete(lists=REQUIRED)
    if len(set(map(repr, lists))) > 1:
        raise Incomplete(lists="Selecting two check-in lists from the same event is not supported.")
    return gate_id(lists[0])


def gate_id(value: Any) -> int:
    """A gate's number. Incomplete for anything else."""
    if isinstance(value, str) and re.fullmatch("[0-9]{1,10}", value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= LARGEST_ID:
        raise Incomplete(lists="Invalid number of a check-in list.")
    return value


def synced(data: Any) -> Scan:
    """One scan of those that a device made without a net. Incomplete names what is wrong."""
    if not isinstance(data, Mapping):
        raise Incomplete(scan="Each scan is an object.")
    scan_id, verdict, kind = data.get("scan_id"), data.get("verdict"), data.get("type") or None
    if not isinstance(scan_id, str) or not SCAN_ID.fullmatch(scan_id):
        raise Incomplete(scan_id="Send 1 to 128 printable letters of ASCII.")
    if verdict not in ("ok", "refused"):
        raise Incomplete(verdict="Send ok or refused.")
    if kind is not None and kind not in TYPES:
        raise Incomplete(type="Send entry or exit.")
    secret, reason = data.get("secret"), data.get("reason")
    if not isinstance(secret, str):
        raise Incomplete(secret=REQUIRED)
    claimed, odd = moment(data.get("datetime"))
    return Scan(
        secret, gate_id(data.get("gate")), scan_id, kind, claimed, odd or claimed is None,
        data.get("forced") is True, verdict,
        reason if isinstance(reason, str) and WORD.fullmatch(reason) else "", _because(data),
    )  # fmt: skip


def moment(value: Any) -> tuple[datetime | None, bool]:
    """A time with its offset, and whether something stood there that is none."""
    if value in (None, ""):
        return None, False
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None, True
    if found.tzinfo is None or found.year not in YEARS:
        return None, True
    return found, False


def typed_code(secret: str) -> str | None:
    """The short code that a badge also bears in letters, as somebody typed it; None for anything else."""
    found = TYPED.fullmatch(secret[:60])
    code = f"{found[1].upper()}{found[2]}" if found else ""
    return code if 0 < len(code) <= LONGEST_CODE else None


def flaw_of(secret: str) -> str | None:
    """Why a text cannot be a badge at all: 'oversized' or 'binary'; None where it may be one."""
    if len(secret) > LONGEST_SECRET:
        return "oversized"
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Cn", "Co") for letter in secret.strip()):
        return "binary"
    return None
